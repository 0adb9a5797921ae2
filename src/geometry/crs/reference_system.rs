//! A reference system, and how a text is told to be one form or another.
//!
//! In: a text. Out: the row of the table, found by whoever reads its form, or the refusal with the list.

use std::fmt;

use super::projjson::JsonForm;
use super::systems::{System, SystemIndex};
use super::transformation::CrsPoint;
use super::{codes, names, proj_string, projjson, transformation, wkt};
use crate::geometry::projection::LonLat;

/// Bytes of the longest text that is looked at; a WKT has one or two thousand.
const MAX_TEXT_BYTES: usize = 200_000;
/// Letters of a text that a message quotes.
const QUOTED_CHARS: usize = 120;

/// One of the supported coordinate reference systems.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Crs {
    index: SystemIndex,
}

/// A text that names none of the supported systems.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} {why}; these reference systems are read:\n{}", Crs::table())]
pub struct CrsError {
    /// The beginning of the text.
    pub text: String,
    /// Why it is none of them, as the end of a sentence.
    pub why: String,
}

impl Crs {
    /// Degrees of WGS 84.
    pub const WGS84: Self = Self { index: SystemIndex::WGS84 };

    /// The system that a text names: `EPSG:5899`, `5899`, an OGC URN or address, WKT 1 or 2, PROJJSON, a PROJ string, or
    /// one of the usual names.
    ///
    /// Coordinates are read as x = east, y = north, even where the named system has latitude first (EPSG:4326): so they
    /// are kept in GeoJSON, Shapefile, GeoPackage, FlatGeobuf and GeoParquet.
    ///
    /// # Errors
    /// When it names none, or contradicts itself; the message lists those that are read.
    ///
    /// # Example
    /// ```
    /// use binhyen::geometry::crs::Crs;
    /// let zone = Crs::from_text("urn:ogc:def:crs:EPSG::5899").unwrap();
    /// assert_eq!(zone.to_string(), "EPSG:5899 (VN-2000 / TM-3 107-45)");
    /// assert_eq!(Crs::from_text("VN_2000_TM_3_107_45"), Ok(zone));
    /// ```
    pub fn from_text(text: &str) -> Result<Self, CrsError> {
        let shown = text.trim().trim_start_matches('\u{FEFF}').trim();
        let refused = |why: String| CrsError { text: quoted(shown), why };
        if shown.is_empty() {
            return Err(refused("names no reference system".to_owned()));
        }
        if shown.len() > MAX_TEXT_BYTES {
            return Err(refused(format!("is longer than {MAX_TEXT_BYTES} bytes, which no reference system is")));
        }
        let found = if shown.starts_with('{') {
            match projjson::form(shown) {
                Ok(JsonForm::System(index)) => Ok(index),
                // What stands in JSON inside JSON is a text like any other; each level doubles the signs that escape it.
                Ok(JsonForm::Text(inner)) => return Self::from_text(&inner),
                Err(why) => Err(why),
            }
        } else if let Some(found) = codes::system(shown) {
            found
        } else if wkt::looks_like_wkt(shown) {
            wkt::system(shown)
        } else if shown.contains("+proj") || shown.contains("+init") {
            proj_string::system(shown)
        } else {
            names::system(shown).ok_or_else(|| "is none of the names that are known".to_owned())
        };
        found.map(|index| Self { index }).map_err(refused)
    }

    /// All systems, in the order of the table.
    pub fn all() -> impl Iterator<Item = Self> {
        SystemIndex::all().map(|index| Self { index })
    }

    /// Its code in the EPSG registry.
    pub fn code(self) -> u32 {
        self.system().code
    }

    /// Its name in the EPSG registry.
    pub fn name(self) -> &'static str {
        self.system().name
    }

    /// Whether its coordinates are degrees and not metres.
    pub fn is_degrees(self) -> bool {
        self.system().is_degrees()
    }

    /// Whether it is made for Viet Nam, and not for the whole earth.
    pub fn is_national(self) -> bool {
        !matches!(self.code(), 4326 | 3857)
    }

    /// The table of all systems, a line each: code and name.
    pub fn table() -> String {
        let line = |system: &System| {
            let also = if system.code == 4326 { " (also OGC:CRS84)" } else { "" };
            format!("  EPSG:{:<5} {}{also}", system.code, system.name)
        };
        SystemIndex::all().map(|index| line(index.system())).collect::<Vec<_>>().join("\n")
    }

    /// The place of coordinates in degrees of WGS 84; none where the system does not reach.
    pub fn to_lon_lat(self, x: f64, y: f64) -> Option<LonLat> {
        transformation::to_lon_lat(self.index, x, y)
    }

    /// The coordinates of a place, the inverse of [`Crs::to_lon_lat`]; none where the system does not reach.
    pub fn coordinates(self, at: LonLat) -> Option<CrsPoint> {
        transformation::coordinates(self.index, at)
    }

    fn system(self) -> &'static System {
        self.index.system()
    }
}

impl fmt::Display for Crs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.index, f)
    }
}

impl std::str::FromStr for Crs {
    type Err = CrsError;

    fn from_str(text: &str) -> Result<Self, CrsError> {
        Self::from_text(text)
    }
}

fn quoted(text: &str) -> String {
    let mut short: String = text.chars().take(QUOTED_CHARS).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_system_is_found_by_its_code_and_its_name() {
        for crs in Crs::all() {
            assert_eq!(Crs::from_text(&format!("EPSG:{}", crs.code())), Ok(crs));
            assert_eq!(Crs::from_text(crs.name()), Ok(crs), "{crs}");
        }
        assert_eq!(Crs::all().count(), 25);
    }

    #[test]
    fn refusals_quote_the_text_and_list_every_system() {
        let message = Crs::from_text("EPSG:2263").unwrap_err().to_string();
        assert!(
            message.starts_with("\"EPSG:2263\" is not among the supported codes; these reference systems are read:\n")
        );
        assert!(message.contains("\n  EPSG:4326  WGS 84 (also OGC:CRS84)\n"), "{message}");
        assert!(message.ends_with("\n  EPSG:9218  VN-2000 / TM-3 108-30"), "{message}");
        assert_eq!(message.lines().count(), 1 + Crs::all().count());
    }

    #[test]
    fn nothing_and_too_much_are_refused() {
        assert!(Crs::from_text(" \u{FEFF}\n").unwrap_err().why.contains("names no reference system"));
        let long = "A[".repeat(MAX_TEXT_BYTES);
        let refusal = Crs::from_text(&long).unwrap_err();
        assert!(refusal.why.contains("longer than 200000 bytes"));
        assert!(refusal.text.chars().count() <= QUOTED_CHARS + 1);
    }
}
