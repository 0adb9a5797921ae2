//! Codes: `EPSG:5899`, `5899`, the URNs and addresses of the OGC, `OGC:CRS84`.

use super::systems::SystemIndex;

/// Other codes of systems of the table: before the registry had them, in ArcGIS, and with a height.
const SAME_AS: [(u32, u32); 5] = [(900_913, 3857), (102_100, 3857), (102_113, 3857), (3785, 3857), (4979, 4326)];

/// The system of a code.
pub(super) fn of_code(code: u32) -> Option<SystemIndex> {
    let code = SAME_AS.iter().find(|(other, _)| *other == code).map_or(code, |(_, known)| *known);
    SystemIndex::find(|system| system.code == code)
}

/// The system that a text names by a code; none where it is no code.
pub(super) fn system(text: &str) -> Option<Result<SystemIndex, String>> {
    let text = text.trim_matches(['[', ']', '<', '>', '"', '\'', ' ']).to_lowercase();
    if text.contains(['[', '(', '=']) {
        return None; // WKT, or parameters
    }
    let parts: Vec<&str> = text.split([':', '/', '#', ',']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let (last, before) = parts.split_last()?;
    let is_registry = |part: &&str| matches!(*part, "epsg" | "epsg.xml" | "esri" | "iau" | "ignf");
    if matches!(*last, "crs84" | "crs84h") && before.iter().all(|part| part.bytes().all(is_of_names)) {
        return Some(Ok(SystemIndex::WGS84));
    }
    if *last == "84" && before == ["crs"] {
        return Some(Ok(SystemIndex::WGS84));
    }
    if !last.bytes().all(|byte| byte.is_ascii_digit()) || !(before.is_empty() || before.iter().any(is_registry)) {
        return None;
    }
    let found = last.parse().ok().and_then(of_code);
    Some(found.ok_or_else(|| "is not among the supported codes".to_owned()))
}

fn is_of_names(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_in_every_way_they_are_written() {
        for (text, code) in [
            ("EPSG:5899", 5899),
            ("epsg:5899", 5899),
            ("5899", 5899),
            ("[EPSG:5899]", 5899),
            ("urn:ogc:def:crs:EPSG::5899", 5899),
            ("urn:ogc:def:crs:EPSG:9.9.1:9218", 9218),
            ("urn:x-ogc:def:crs:EPSG:3405", 3405),
            ("http://www.opengis.net/def/crs/EPSG/0/3857", 3857),
            ("https://www.opengis.net/def/crs/EPSG/0/32649", 32649),
            ("http://www.opengis.net/gml/srs/epsg.xml#3406", 3406),
            ("urn:ogc:def:crs:OGC:1.3:CRS84", 4326),
            ("http://www.opengis.net/def/crs/OGC/1.3/CRS84", 4326),
            ("http://www.opengis.net/def/crs/OGC/0/CRS84h", 4326),
            ("OGC:CRS84", 4326),
            ("CRS84", 4326),
            ("CRS:84", 4326),
            ("EPSG:900913", 3857),
            ("ESRI:102100", 3857),
        ] {
            assert_eq!(system(text).map(|found| found.map(SystemIndex::code)), Some(Ok(code)), "{text}");
        }
    }

    #[test]
    fn other_codes_are_refused_and_other_texts_left_to_others() {
        for text in ["EPSG:2263", "99999999999999", "urn:ogc:def:crs:EPSG::43260", "EPSG:0"] {
            assert!(matches!(system(text), Some(Err(_))), "{text}");
        }
        for text in ["VN-2000 / TM-3 107-45", "WGS 84 / UTM zone 49N", "EPSG:", "EPSG:58x9", ":", "CRS83", "x y/CRS84"]
        {
            assert_eq!(system(text), None, "{text}");
        }
    }
}
