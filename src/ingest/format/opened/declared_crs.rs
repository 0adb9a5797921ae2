//! The one place where a declared reference system is taken or refused.
//!
//! In: what a file says of its coordinates: the WKT of a `.prj`, a code such as `EPSG:4326`, PROJJSON. Out: nothing,
//! where these are degrees of WGS 84, longitude first; else an error with the line that converts the file. A file that
//! says nothing is taken here; its numbers are looked at later.

use geojson::JsonValue;

use crate::ingest::error::ReadError;

/// Ends of the codes that say "degrees of WGS 84".
const WGS84_CODES: [&str; 5] = ["CRS84", "EPSG::4326", "EPSG:4326", "CRS:84", "WGS84"];
/// What names of the datum WGS 84 begin with, letters and digits alone.
const WGS84_NAMES: [&str; 3] = ["wgs84", "wgs1984", "worldgeodeticsystem1984"];
/// How the WKT of a geographic system begins.
const GEOGRAPHIC: [&str; 5] = ["GEOGCS[", "GEOGCRS[", "GEODCRS[", "GEOGRAPHICCRS[", "GEODETICCRS["];
/// Characters of a long declaration that a message quotes.
const QUOTED_CHARS: usize = 80;

/// Refuses a declared system other than WGS 84.
pub(in crate::ingest::format) fn check_declared_crs(file: &str, declared: Option<&str>) -> Result<(), ReadError> {
    match declared.filter(|declared| !is_wgs84(declared)) {
        Some(declared) => Err(ReadError::Crs { file: file.to_owned(), crs: named(declared) }),
        None => Ok(()),
    }
}

/// Whether a declaration says degrees of WGS 84.
fn is_wgs84(declared: &str) -> bool {
    let declared = declared.trim();
    if declared.starts_with('{') {
        return serde_json::from_str::<JsonValue>(declared).is_ok_and(|crs| is_wgs84_json(&crs));
    }
    let bare: String = declared.chars().filter(|letter| !letter.is_whitespace()).collect();
    if !bare.contains('[') {
        return WGS84_CODES.iter().any(|code| bare.ends_with(code));
    }
    let upper = bare.to_uppercase();
    GEOGRAPHIC.iter().any(|start| upper.starts_with(start)) && {
        // The ellipsoid is called WGS 84 by other systems too, VN-2000 among them: the datum counts.
        let datum = ["DATUM[", "ENSEMBLE["].into_iter().find_map(|mark| upper.split_once(mark));
        datum.is_some_and(|(_, datum)| is_wgs84_name(datum.split('"').nth(1).unwrap_or_default()))
    }
}

fn is_wgs84_json(crs: &JsonValue) -> bool {
    let text = |path: &str| crs.pointer(path).and_then(JsonValue::as_str).unwrap_or_default();
    let code = crs.pointer("/id/code").map(|code| code.as_str().map_or_else(|| code.to_string(), str::to_owned));
    match (text("/id/authority"), code.as_deref()) {
        ("EPSG", Some(code)) => code == "4326",
        ("OGC", Some(code)) => code == "CRS84",
        _ => {
            let datum = [text("/datum/name"), text("/datum_ensemble/name")].concat();
            text("/type") == "GeographicCRS" && is_wgs84_name(&datum)
        }
    }
}

fn is_wgs84_name(name: &str) -> bool {
    let letters: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    let letters = letters.strip_prefix('d').filter(|rest| rest.starts_with("wgs")).unwrap_or(&letters);
    WGS84_NAMES.iter().any(|known| letters.starts_with(known))
}

/// A declaration as a message names it: the name of the system where it has one.
fn named(declared: &str) -> String {
    let json = serde_json::from_str::<JsonValue>(declared).ok();
    let name = json.as_ref().and_then(|crs| crs.pointer("/name")?.as_str());
    let name = name.or_else(|| declared.split_once('[').and_then(|(_, inside)| inside.split('"').nth(1)));
    name.unwrap_or(declared).chars().take(QUOTED_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ESRI_WGS84: &str = r#"GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;
    const ESRI_VN2000: &str = r#"GEOGCS["GCS_VN_2000",DATUM["D_Vietnam_2000",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;
    const WKT2: &str = r#"GEOGCRS["WGS 84",ENSEMBLE["World Geodetic System 1984 ensemble",MEMBER["World Geodetic System 1984 (Transit)"],ELLIPSOID["WGS 84",6378137,298.257223563]],CS[ellipsoidal,2],ID["EPSG",4326]]"#;

    #[test]
    fn degrees_of_wgs84_are_known_in_every_form() {
        let codes = ["EPSG:4326", "urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326", "OGC:CRS84"];
        let json = [
            r#"{"type":"GeographicCRS","name":"WGS 84","id":{"authority":"EPSG","code":4326}}"#,
            r#"{"type":"GeographicCRS","name":"WGS 84 (CRS84)","id":{"authority":"OGC","code":"CRS84"}}"#,
            r#"{"type":"GeographicCRS","name":"WGS 84","datum":{"name":"World Geodetic System 1984"}}"#,
        ];
        for declared in codes.into_iter().chain(json).chain([ESRI_WGS84, WKT2]) {
            assert!(check_declared_crs("f", Some(declared)).is_ok(), "{declared}");
        }
        assert!(check_declared_crs("f", None).is_ok());
    }

    #[test]
    fn other_systems_are_refused_by_their_names() {
        let told = |declared: &str| check_declared_crs("f", Some(declared)).unwrap_err().to_string();
        assert!(told(ESRI_VN2000).starts_with("f: the file says its coordinates are GCS_VN_2000, not WGS 84"));
        let projected = format!(r#"PROJCS["VN_2000_TM-3_107-45",{ESRI_WGS84},PROJECTION["Transverse_Mercator"]]"#);
        assert!(told(&projected).contains("VN_2000_TM-3_107-45"));
        assert!(told("EPSG:5899").contains("EPSG:5899"));
        assert!(told("EPSG:43260").contains("EPSG:43260"));
        let json = r#"{"type":"ProjectedCRS","name":"VN-2000 / TM-3 107-45","id":{"authority":"EPSG","code":5899}}"#;
        assert!(told(json).contains("VN-2000 / TM-3 107-45"));
    }
}
