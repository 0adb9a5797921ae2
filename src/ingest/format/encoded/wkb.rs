//! Well-Known Binary: OGC and ISO forms, and the flags that PostGIS adds.
//!
//! In: bytes. Out: a geometry in the plane; heights and measures are passed over. Every count is held against the bytes
//! that are left, so that a wrong one costs nothing. The crate `wkb` reserves memory by such counts.

use geojson::{Geometry, GeometryValue, Position};

use super::rings::{PositionRing, turned};
use crate::ingest::format::geojson_feature::sole_member;

/// Collections inside one another.
const MAX_DEPTH: usize = 8;

/// A geometry and the reference system that its bytes name.
#[derive(Debug, PartialEq)]
pub(in crate::ingest::format) struct WkbGeometry {
    /// The geometry; none where it is empty.
    pub(in crate::ingest::format) geometry: Option<Geometry>,
    /// The number of its reference system, as PostGIS writes it.
    pub(in crate::ingest::format) srid: Option<u32>,
}

/// The geometry that bytes encode.
pub(in crate::ingest::format) fn wkb_geometry(bytes: &[u8]) -> Result<WkbGeometry, String> {
    let mut walk = Walk { bytes, little: true, srid: None };
    let geometry = walk.geometry(0)?;
    if !walk.bytes.is_empty() {
        return Err(format!("{} bytes follow the end of the geometry", walk.bytes.len()));
    }
    let geometry = (!is_empty(&geometry)).then(|| sole_member(Geometry::new(geometry)));
    Ok(WkbGeometry { geometry, srid: walk.srid })
}

/// Whether a geometry has no position.
pub(in crate::ingest::format) fn is_empty(value: &GeometryValue) -> bool {
    match value {
        GeometryValue::Point { coordinates } => coordinates.as_slice().iter().any(|number| number.is_nan()),
        GeometryValue::MultiPoint { coordinates } | GeometryValue::LineString { coordinates } => coordinates.is_empty(),
        GeometryValue::MultiLineString { coordinates } | GeometryValue::Polygon { coordinates } => {
            coordinates.iter().all(Vec::is_empty)
        }
        GeometryValue::MultiPolygon { coordinates } => coordinates.iter().flatten().all(Vec::is_empty),
        GeometryValue::GeometryCollection { geometries } => geometries.iter().all(|geometry| is_empty(&geometry.value)),
    }
}

/// What is left of the bytes, and how to read them.
struct Walk<'a> {
    bytes: &'a [u8],
    little: bool,
    srid: Option<u32>,
}

/// The type of a geometry and how many numbers a position has.
struct Head {
    kind: u32,
    axes: usize,
}

impl Walk<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], String> {
        let (taken, rest) = self.bytes.split_first_chunk::<N>().ok_or("the bytes of the geometry are cut off")?;
        self.bytes = rest;
        Ok(*taken)
    }

    fn number(&mut self) -> Result<u32, String> {
        let bytes = self.take::<4>()?;
        Ok(if self.little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    /// A count of things that take so many bytes each, at least.
    fn count(&mut self, least_bytes: usize) -> Result<usize, String> {
        let count = self.number()? as usize;
        if count.saturating_mul(least_bytes) > self.bytes.len() {
            return Err(format!("the geometry says it has {count} parts, more than its bytes hold"));
        }
        Ok(count)
    }

    fn head(&mut self) -> Result<Head, String> {
        self.little = match self.take::<1>()? {
            [0] => false,
            [1] => true,
            [other] => return Err(format!("byte order {other} is none: this is no WKB")),
        };
        let code = self.number()?;
        let (kind, of_iso) = (code & 0x1FFF_FFFF, (code & 0x1FFF_FFFF) / 1000);
        if code & 0x2000_0000 != 0 {
            self.srid = Some(self.number()?);
        }
        let (has_z, has_m) = (code & 0x8000_0000 != 0 || of_iso & 1 == 1, code & 0x4000_0000 != 0 || of_iso & 2 == 2);
        Ok(Head { kind: kind % 1000, axes: 2 + usize::from(has_z) + usize::from(has_m) })
    }

    fn position(&mut self, axes: usize) -> Result<Position, String> {
        let mut place = [0.0; 2];
        for axis in 0..axes {
            let bytes = self.take::<8>()?;
            let number = if self.little { f64::from_le_bytes(bytes) } else { f64::from_be_bytes(bytes) };
            if let Some(place) = place.get_mut(axis) {
                *place = number;
            }
        }
        Ok(Position::from(place))
    }

    fn positions(&mut self, axes: usize) -> Result<Vec<Position>, String> {
        let count = self.count(8 * axes)?;
        (0..count).map(|_| self.position(axes)).collect()
    }

    fn rings(&mut self, axes: usize) -> Result<Vec<PositionRing>, String> {
        let count = self.count(4)?;
        let rings = (0..count).map(|_| self.positions(axes)).collect::<Result<Vec<_>, _>>()?;
        Ok(turned(rings))
    }

    fn geometry(&mut self, depth: usize) -> Result<GeometryValue, String> {
        if depth > MAX_DEPTH {
            return Err(format!("collections are nested deeper than {MAX_DEPTH} levels"));
        }
        let Head { kind, axes } = self.head()?;
        Ok(match kind {
            1 => GeometryValue::Point { coordinates: self.position(axes)? },
            2 => GeometryValue::LineString { coordinates: self.positions(axes)? },
            3 => GeometryValue::Polygon { coordinates: self.rings(axes)? },
            4..=7 => self.members(kind, depth)?,
            8..=14 => return Err("the geometry has curves: save it with straight edges".to_owned()),
            other => return Err(format!("there is no geometry of type {other} in WKB that is read")),
        })
    }

    /// A geometry of geometries.
    fn members(&mut self, kind: u32, depth: usize) -> Result<GeometryValue, String> {
        let count = self.count(5)?;
        let (mut points, mut lines, mut polygons, mut geometries) = (vec![], vec![], vec![], vec![]);
        for _ in 0..count {
            match (kind, self.geometry(depth + 1)?) {
                (4, GeometryValue::Point { coordinates }) => points.push(coordinates),
                (5, GeometryValue::LineString { coordinates }) => lines.push(coordinates),
                (6, GeometryValue::Polygon { coordinates }) => polygons.push(coordinates),
                (7, value) => geometries.push(Geometry::new(value)),
                (_, other) => return Err(format!("a {} stands where it does not belong", other.type_name())),
            }
        }
        Ok(match kind {
            4 => GeometryValue::MultiPoint { coordinates: points },
            5 => GeometryValue::MultiLineString { coordinates: lines },
            6 => GeometryValue::MultiPolygon { coordinates: polygons },
            _ => GeometryValue::GeometryCollection { geometries },
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn hex(text: &str) -> Vec<u8> {
        hex::decode(text).unwrap()
    }

    fn shown(text: &str) -> String {
        let read = wkb_geometry(&hex(text)).unwrap();
        read.geometry.map_or("none".to_owned(), |geometry| geometry.to_string())
    }

    // SELECT ST_AsBinary(…), ST_AsEWKB(…) of PostGIS.
    const POINT: &str = "0101000000000000000000F03F0000000000000040";
    const POINT_Z_M_BIG: &str = "0000000BB93FF0000000000000400000000000000040080000000000004010000000000000";
    const POINT_SRID: &str = "0101000020E6100000000000000000F03F0000000000000040";

    #[test]
    fn points_of_every_form_are_read_in_the_plane() {
        let expected = r#"{"type":"Point","coordinates":[1.0,2.0]}"#;
        assert_eq!([shown(POINT), shown(POINT_Z_M_BIG), shown(POINT_SRID)], [expected; 3]);
        assert_eq!(wkb_geometry(&hex(POINT_SRID)).unwrap().srid, Some(4326));
        assert_eq!(shown("0101000000000000000000F87F000000000000F87F"), "none");
    }

    #[test]
    fn shells_are_turned_to_the_left() {
        let clockwise = "010300000001000000040000000000000000000000000000000000000000000000000000000000000000\
                         00F03F000000000000F03F000000000000000000000000000000000000000000000000";
        assert_eq!(shown(clockwise), r#"{"type":"Polygon","coordinates":[[[0.0,0.0],[1.0,0.0],[0.0,1.0],[0.0,0.0]]]}"#);
    }

    #[test]
    fn wrong_bytes_are_refused_in_words() {
        let fault = |text: &str| wkb_geometry(&hex(text)).unwrap_err();
        assert_eq!(fault("0102000000FFFFFFFF"), "the geometry says it has 4294967295 parts, more than its bytes hold");
        assert_eq!(fault("07"), "byte order 7 is none: this is no WKB");
        assert_eq!(fault("0101000000"), "the bytes of the geometry are cut off");
        assert!(fault("010A00000000000000").contains("curves"));
        assert!(fault("01070000000100000001").contains("1 parts, more than its bytes hold"));
        let deep = "010700000001000000".repeat(40) + POINT;
        assert_eq!(fault(&deep), "collections are nested deeper than 8 levels");
        assert_eq!(fault(&(POINT.to_owned() + "00")), "1 bytes follow the end of the geometry");
    }

    proptest! {
        #[test]
        fn no_bytes_break_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = wkb_geometry(&bytes);
        }
    }
}
