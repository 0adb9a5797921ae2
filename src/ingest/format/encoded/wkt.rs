//! Well-Known Text, also with the `SRID=…;` that PostGIS writes before it.
//!
//! In: the text of a cell. Out: a geometry in the plane. Brackets are bounded in depth; the crate `wkt` follows them as
//! deep as they go.

use geojson::{Geometry, GeometryValue, Position};

use super::rings::{PositionRing, turned};
use super::wkb::is_empty;

/// Collections inside one another.
const MAX_DEPTH: usize = 8;

/// A geometry and the reference system that its text names.
#[derive(Debug, PartialEq)]
pub(in crate::ingest::format) struct WktGeometry {
    /// The geometry; none where it is empty.
    pub(in crate::ingest::format) geometry: Option<Geometry>,
    /// The number of its reference system.
    pub(in crate::ingest::format) srid: Option<u32>,
}

/// The geometry that a text describes.
pub(in crate::ingest::format) fn wkt_geometry(text: &str) -> Result<WktGeometry, String> {
    let text = text.trim();
    let (srid, text) = match text.split_once(';') {
        Some((head, rest)) if head.get(..5).is_some_and(|name| name.eq_ignore_ascii_case("SRID=")) => {
            let number = head[5..].trim().parse::<u32>().map_err(|_| format!("{head:?} names no reference system"))?;
            (Some(number), rest)
        }
        _ => (None, text),
    };
    let mut walk = Walk { rest: text.trim() };
    let value = walk.geometry(0)?;
    if !walk.rest.trim_end_matches(';').trim().is_empty() {
        return Err(format!("{:?} follows the end of the geometry", shortened(walk.rest)));
    }
    Ok(WktGeometry { geometry: (!is_empty(&value)).then(|| Geometry::new(value)), srid })
}

fn shortened(text: &str) -> String {
    text.chars().take(20).collect()
}

struct Walk<'a> {
    rest: &'a str,
}

impl<'a> Walk<'a> {
    fn take(&mut self, mark: char) -> bool {
        let rest = self.rest.trim_start();
        let taken = rest.strip_prefix(mark);
        self.rest = taken.unwrap_or(rest);
        taken.is_some()
    }

    fn expect(&mut self, mark: char) -> Result<(), String> {
        if self.take(mark) {
            return Ok(());
        }
        let found = if self.rest.is_empty() { "the end".to_owned() } else { format!("{:?}", shortened(self.rest)) };
        Err(format!("{mark:?} is expected, not {found}"))
    }

    fn word(&mut self) -> &'a str {
        let rest = self.rest.trim_start();
        let end = rest.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(rest.len());
        let (word, rest) = rest.split_at(end);
        self.rest = rest;
        word
    }

    /// Whether the word EMPTY stands for what is in brackets.
    fn is_empty(&mut self) -> bool {
        let before = self.rest;
        if self.word().eq_ignore_ascii_case("EMPTY") {
            return true;
        }
        self.rest = before;
        false
    }

    /// What stands in brackets, parted by commas.
    fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Result<T, String>) -> Result<Vec<T>, String> {
        let mut items = Vec::new();
        if self.is_empty() {
            return Ok(items);
        }
        self.expect('(')?;
        loop {
            items.push(item(self)?);
            if !self.take(',') {
                self.expect(')')?;
                return Ok(items);
            }
        }
    }

    fn position(&mut self) -> Result<Position, String> {
        let rest = self.rest.trim_start();
        let end = rest.find([',', '(', ')']).unwrap_or(rest.len());
        let (text, rest) = rest.split_at(end);
        let mut numbers = text.split_ascii_whitespace().map(str::parse::<f64>);
        let wrong = || format!("{:?} is no position: two numbers are needed, as in 108.42 15.52", shortened(text));
        let (Some(Ok(x)), Some(Ok(y))) = (numbers.next(), numbers.next()) else { return Err(wrong()) };
        if !numbers.all(|number| number.is_ok()) || !x.is_finite() || !y.is_finite() {
            return Err(wrong());
        }
        self.rest = rest;
        Ok(Position::from([x, y]))
    }

    /// A point of a list, in brackets of its own or not.
    fn point_of_many(&mut self) -> Result<Position, String> {
        if !self.take('(') {
            return self.position();
        }
        let position = self.position()?;
        self.expect(')').map(|()| position)
    }

    fn line(&mut self) -> Result<Vec<Position>, String> {
        self.list(Self::position)
    }

    fn rings(&mut self) -> Result<Vec<PositionRing>, String> {
        self.list(Self::line).map(turned)
    }

    fn geometry(&mut self, depth: usize) -> Result<GeometryValue, String> {
        if depth > MAX_DEPTH {
            return Err(format!("collections are nested deeper than {MAX_DEPTH} levels"));
        }
        let kind = self.word().to_ascii_uppercase();
        let before = self.rest;
        if !matches!(self.word().to_ascii_uppercase().as_str(), "Z" | "M" | "ZM") {
            self.rest = before;
        }
        let kind = kind.strip_suffix("ZM").or(kind.strip_suffix('Z')).or(kind.strip_suffix('M')).unwrap_or(&kind);
        Ok(match kind {
            "POINT" => match self.list(Self::position)?.as_slice() {
                [] => GeometryValue::MultiPoint { coordinates: Vec::new() },
                [only] => GeometryValue::Point { coordinates: only.clone() },
                _ => return Err("a POINT has one position".to_owned()),
            },
            "LINESTRING" => GeometryValue::LineString { coordinates: self.line()? },
            "POLYGON" => GeometryValue::Polygon { coordinates: self.rings()? },
            "MULTIPOINT" => GeometryValue::MultiPoint { coordinates: self.list(Self::point_of_many)? },
            "MULTILINESTRING" => GeometryValue::MultiLineString { coordinates: self.list(Self::line)? },
            "MULTIPOLYGON" => GeometryValue::MultiPolygon { coordinates: self.list(Self::rings)? },
            "GEOMETRYCOLLECTION" => {
                let member = |walk: &mut Self| walk.geometry(depth + 1).map(Geometry::new);
                GeometryValue::GeometryCollection { geometries: self.list(member)? }
            }
            "" => return Err(format!("{:?} is no WKT, as in POINT(108.42 15.52)", shortened(before))),
            other => return Err(format!("there is no geometry {:?} in WKT that is read", shortened(other))),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(text: &str) -> String {
        wkt_geometry(text).unwrap().geometry.map_or("none".to_owned(), |geometry| geometry.to_string())
    }

    #[test]
    fn every_kind_is_read_in_the_plane() {
        assert_eq!(shown("POINT (108.42 15.52)"), r#"{"type":"Point","coordinates":[108.42,15.52]}"#);
        assert_eq!(shown("point z(1 2 3)"), r#"{"type":"Point","coordinates":[1.0,2.0]}"#);
        assert_eq!(shown("POINTZM(1 2 3 4)"), r#"{"type":"Point","coordinates":[1.0,2.0]}"#);
        assert_eq!(shown("MULTIPOINT(1 2,(3 4))"), r#"{"type":"MultiPoint","coordinates":[[1.0,2.0],[3.0,4.0]]}"#);
        let ring = "((0 0,1 0,0 1,0 0))";
        let polygon = r#"{"type":"Polygon","coordinates":[[[0.0,0.0],[1.0,0.0],[0.0,1.0],[0.0,0.0]]]}"#;
        assert_eq!(shown(&format!("POLYGON{ring}")), polygon);
        assert_eq!(shown("Polygon ((0 0, 0 1, 1 0, 0 0))"), polygon);
        assert!(shown(&format!("MULTIPOLYGON ({ring})")).contains("MultiPolygon"));
        assert!(shown("GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(0 0,1 1))").contains("LineString"));
        assert_eq!(["POINT EMPTY", "POLYGON EMPTY", "MULTIPOLYGON(EMPTY)"].map(shown), ["none"; 3]);
        assert_eq!(wkt_geometry("SRID=5899;POINT(1 2)").unwrap().srid, Some(5899));
    }

    #[test]
    fn wrong_texts_are_refused_in_words() {
        let fault = |text: &str| wkt_geometry(text).unwrap_err();
        assert_eq!(fault("POINT(108,42 15,52)"), "\"108\" is no position: two numbers are needed, as in 108.42 15.52");
        assert_eq!(fault("POLYGON((0 0,1 1)"), "')' is expected, not the end");
        assert_eq!(fault("CIRCLE(0 0)"), "there is no geometry \"CIRCLE\" in WKT that is read");
        assert_eq!(fault("108.42 15.52"), "\"108.42 15.52\" is no WKT, as in POINT(108.42 15.52)");
        assert_eq!(fault("POINT(1 2) x"), "\" x\" follows the end of the geometry");
        assert!(fault("POINT(1 nan)").contains("no position"));
        assert!(fault(&"GEOMETRYCOLLECTION(".repeat(100_000)).contains("nested deeper"));
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_reader(text in "[A-Z(),;=0-9 .é-]{0,60}") {
            let _ = wkt_geometry(&text);
        }
    }
}
