//! Well-Known Binary: a geometry as bytes, little-endian.
//!
//! # Reference
//! OGC 06-103r4, "Simple feature access, part 1", clause 8.2.

use geo::{LineString, MultiPolygon, Polygon};

use super::RowGeometry;

const LITTLE_ENDIAN: u8 = 1;
const POINT: u32 = 1;
const POLYGON: u32 = 3;
const MULTI_POLYGON: u32 = 6;

/// The bytes of a geometry.
pub(super) fn wkb(geometry: &RowGeometry) -> Vec<u8> {
    let mut bytes = Vec::new();
    match geometry {
        RowGeometry::Point(at) => {
            push_kind(&mut bytes, POINT);
            push_numbers(&mut bytes, &[at.lon, at.lat]);
        }
        RowGeometry::MultiPolygon(shape, _) => push_multi_polygon(&mut bytes, shape),
    }
    bytes
}

fn push_multi_polygon(bytes: &mut Vec<u8>, shape: &MultiPolygon<f64>) {
    push_kind(bytes, MULTI_POLYGON);
    push_count(bytes, shape.0.len());
    for polygon in shape {
        push_polygon(bytes, polygon);
    }
}

fn push_polygon(bytes: &mut Vec<u8>, polygon: &Polygon<f64>) {
    push_kind(bytes, POLYGON);
    push_count(bytes, 1 + polygon.interiors().len());
    for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
        push_ring(bytes, ring);
    }
}

fn push_ring(bytes: &mut Vec<u8>, ring: &LineString<f64>) {
    push_count(bytes, ring.0.len());
    for at in ring.coords() {
        push_numbers(bytes, &[at.x, at.y]);
    }
}

fn push_kind(bytes: &mut Vec<u8>, kind: u32) {
    bytes.push(LITTLE_ENDIAN);
    bytes.extend_from_slice(&kind.to_le_bytes());
}

fn push_count(bytes: &mut Vec<u8>, count: usize) {
    bytes.extend_from_slice(&(count as u32).to_le_bytes());
}

fn push_numbers(bytes: &mut Vec<u8>, numbers: &[f64]) {
    for number in numbers {
        bytes.extend_from_slice(&number.to_le_bytes());
    }
}

#[cfg(test)]
mod tests {
    use geo::polygon;

    use super::*;
    use crate::tile::{LonLat, LonLatBounds};

    #[test]
    fn point_is_the_example_of_the_standard() {
        // POINT (2 4)
        let expected = "0101000000".to_owned() + "0000000000000040" + "0000000000001040";
        assert_eq!(hex::encode(wkb(&RowGeometry::Point(LonLat::new(2.0, 4.0)))), expected);
    }

    #[test]
    fn polygons_stand_one_within_another_with_their_counts() {
        let triangle = polygon![(x: 0.0, y: 0.0), (x: 1.0, y: 0.0), (x: 0.0, y: 1.0)];
        let bytes = wkb(&RowGeometry::MultiPolygon(MultiPolygon::new(vec![triangle]), LonLatBounds::default()));
        let head = "01 06000000 01000000 01 03000000 01000000 04000000".replace(' ', "");
        assert_eq!(hex::encode(&bytes[..head.len() / 2]), head);
        assert_eq!(bytes.len(), head.len() / 2 + 4 * 16, "a ring ends where it began");
        let none = wkb(&RowGeometry::MultiPolygon(MultiPolygon::new(Vec::new()), LonLatBounds::default()));
        assert_eq!(hex::encode(none), "010600000000000000");
    }
}
