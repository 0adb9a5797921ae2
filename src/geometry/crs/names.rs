//! Names that people and programs give to the systems.
//!
//! In: a name, as ArcGIS, QGIS and AutoCAD write it or as it stands in a decision. Out: its system. Names are compared by
//! their letters and digits; a zone of three degrees is known by its central meridian, its number or its province.

use unicode_normalization::UnicodeNormalization as _;

use super::codes;
use super::systems::{Method, SystemIndex, TM3_SCALE};

/// Names that stand for a code.
const NAMES: [(&str, u32); 14] = [
    ("wgs84", 4326),
    ("wgs1984", 4326),
    ("gcswgs1984", 4326),
    ("wgs84webmercator", 3857),
    ("webmercator", 3857),
    ("pseudomercator", 3857),
    ("wgs84pseudomercator", 3857),
    ("wgs1984webmercatorauxiliarysphere", 3857),
    ("wgs1984webmercator", 3857),
    ("vn2000", 4756),
    ("gcsvn2000", 4756),
    ("vietnam2000", 4756),
    ("vn2k", 4756),
    ("gcsvietnam2000", 4756),
];

/// Numbers of the zones of three degrees that have one, with their codes.
const ZONES: [(&str, u32); 3] = [("481", 5896), ("482", 5897), ("491", 5898)];

/// Provinces whose zone is known here, with its code.
const PROVINCES: [(&str, u32); 2] = [("danang", 5899), ("quangnam", 5899)];

/// The system of a name; none where the name is unknown.
pub(super) fn system(name: &str) -> Option<SystemIndex> {
    let name = plain(&without_marks(name));
    if let Some((_, code)) = NAMES.iter().find(|(known, _)| *known == name) {
        return codes::of_code(*code);
    }
    if let Some(zone) = utm(&name) {
        return codes::of_code(zone);
    }
    let rest =
        ["vn2000", "vn2k", "vietnam2000"].iter().find_map(|datum| name.split_once(datum).map(|(_, rest)| rest))?;
    let rest = rest.strip_prefix("tm3").or_else(|| rest.strip_prefix("tm")).unwrap_or(rest);
    let rest = rest.trim_start_matches("degree").trim_start_matches("zone").trim_end_matches("zone");
    let listed = |table: &[(&str, u32)]| table.iter().find(|(known, _)| *known == rest).map(|(_, code)| *code);
    match listed(&ZONES).or_else(|| listed(&PROVINCES)) {
        Some(code) => codes::of_code(code),
        None => of_meridian(rest),
    }
}

/// The code of `VN-2000 / UTM zone 49N` and its like.
fn utm(name: &str) -> Option<u32> {
    let (datum, zone) = name.split_once("utm")?;
    let zone = zone.strip_prefix("zone").unwrap_or(zone);
    match (datum, zone) {
        ("wgs84" | "wgs1984", "48n") => Some(32648),
        ("wgs84" | "wgs1984", "49n") => Some(32649),
        ("vn2000" | "vietnam2000", "48n" | "48") => Some(3405),
        ("vn2000" | "vietnam2000", "49n" | "49") => Some(3406),
        _ => None,
    }
}

/// The zone of three degrees with a central meridian: 107-45, 10745, 107d45, 107.75, 108.
fn of_meridian(written: &str) -> Option<SystemIndex> {
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    if digits.is_empty() || written.chars().any(|letter| !letter.is_ascii_digit() && letter != 'd') {
        return None;
    }
    let (degrees, rest) = digits.split_at_checked(3)?;
    let degrees: f64 = degrees.parse().ok()?;
    let parts = match rest {
        "" | "0" | "00" => 0.0,
        "15" | "25" => 0.25,
        "30" | "5" | "50" => 0.5,
        "45" | "75" => 0.75,
        _ => return None,
    };
    let meridian = degrees + parts;
    let fits = |method: Method| match method {
        Method::TransverseMercator { central_meridian, scale } => {
            (scale - TM3_SCALE).abs() < 1e-9 && (central_meridian - meridian).abs() < 1e-9
        }
        _ => false,
    };
    SystemIndex::find(|system| fits(system.method))
}

/// Letters and digits of a name in lower case: programs write it with other signs between them.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

/// The name without the marks over and under its letters.
fn without_marks(name: &str) -> String {
    let bare = |letter: char| match letter {
        '\u{111}' => 'd',
        '\u{110}' => 'D',
        other => other,
    };
    name.nfd().filter(|letter| letter.is_ascii() || letter.is_alphabetic()).map(bare).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_known_by_meridian_number_and_province() {
        for (name, code) in [
            ("VN_2000_TM_3_107_45", 5899),
            ("VN-2000_TM-3_107-45", 5899),
            ("VN_2000_TM-3_107-45", 5899),
            ("VN2000 TM3 107.75", 5899),
            ("VN-2000 / TM-3 Da Nang zone", 5899),
            ("VN-2000 / TM-3 \u{110}\u{e0} N\u{1eb5}ng zone", 5899),
            ("VN2000.TM3-QuangNam", 5899),
            ("VN-2000 / TM-3 zone 491", 5898),
            ("VN-2000 / TM-3 108-00", 5898),
            ("VN_2000_TM_3_108", 5898),
            ("VN-2000 TM-3 107d30", 9216),
            ("VN_2000_UTM_Zone_48N", 3405),
            ("WGS_1984_UTM_Zone_49N", 32649),
            ("GCS_VN_2000", 4756),
            ("wgs 84", 4326),
        ] {
            assert_eq!(system(name).map(SystemIndex::code), Some(code), "{name}");
        }
    }

    #[test]
    fn other_names_are_unknown() {
        for name in
            ["", "VN-2000 / TM-3 109-00", "VN-2000 / TM-3 107-20", "Hanoi 1972", "WGS 84 / UTM zone 50N", "10745"]
        {
            assert_eq!(system(name), None, "{name}");
        }
    }
}
