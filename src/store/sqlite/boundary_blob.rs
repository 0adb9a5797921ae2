//! Boundaries as well-known binary (OGC 06-103r4, clause 8): every coordinate
//! keeps all its bits. In and out: multipolygons. Only the little-endian,
//! two-dimensional form that this file writes is read.
//!
//! By hand, because it is one shape of the standard in some seventy lines: the `wkb` crate (0.9) writes the very same
//! bytes, also finds cut ones, and would bring eight crates along, a second `thiserror` and a TOML editor among them.
//! Where files of other programs are read, with all their shapes and dimensions, it is the one to take.

use geo::{Coord, LineString, MultiPolygon, Polygon};

const LITTLE_ENDIAN: u8 = 1;
const POLYGON: u32 = 3;
const MULTI_POLYGON: u32 = 6;

/// The binary form of a boundary.
pub(in crate::store) fn encoded(boundary: &MultiPolygon<f64>) -> Vec<u8> {
    let mut bytes = Vec::new();
    put_header(&mut bytes, MULTI_POLYGON, boundary.0.len());
    for polygon in boundary {
        put_header(&mut bytes, POLYGON, 1 + polygon.interiors().len());
        put_ring(&mut bytes, polygon.exterior());
        polygon.interiors().iter().for_each(|ring| put_ring(&mut bytes, ring));
    }
    bytes
}

fn put_header(bytes: &mut Vec<u8>, kind: u32, count: usize) {
    bytes.push(LITTLE_ENDIAN);
    bytes.extend(kind.to_le_bytes());
    bytes.extend((count as u32).to_le_bytes());
}

fn put_ring(bytes: &mut Vec<u8>, ring: &LineString<f64>) {
    bytes.extend((ring.0.len() as u32).to_le_bytes());
    for vertex in ring {
        bytes.extend(vertex.x.to_le_bytes());
        bytes.extend(vertex.y.to_le_bytes());
    }
}

/// The boundary of a binary form; none when the bytes are not of that form.
pub(in crate::store) fn decoded(bytes: &[u8]) -> Option<MultiPolygon<f64>> {
    let mut rest = bytes;
    let polygons = take_header(&mut rest, MULTI_POLYGON)?;
    let boundary = (0..polygons).map(|_| take_polygon(&mut rest)).collect::<Option<Vec<_>>>()?;
    rest.is_empty().then_some(MultiPolygon(boundary))
}

fn take_polygon(rest: &mut &[u8]) -> Option<Polygon<f64>> {
    let rings = take_header(rest, POLYGON)?;
    let mut rings = (0..rings).map(|_| take_ring(rest)).collect::<Option<Vec<_>>>()?.into_iter();
    Some(Polygon::new(rings.next()?, rings.collect()))
}

fn take_header(rest: &mut &[u8], kind: u32) -> Option<u32> {
    let (order, tail) = rest.split_first()?;
    *rest = tail;
    let fits = *order == LITTLE_ENDIAN && take_u32(rest)? == kind;
    if fits { take_u32(rest) } else { None }
}

fn take_ring(rest: &mut &[u8]) -> Option<LineString<f64>> {
    let vertices = take_u32(rest)?;
    let mut ring = Vec::new();
    for _ in 0..vertices {
        ring.push(Coord { x: take_f64(rest)?, y: take_f64(rest)? });
    }
    Some(LineString(ring))
}

fn take_u32(rest: &mut &[u8]) -> Option<u32> {
    let (head, tail) = rest.split_first_chunk()?;
    *rest = tail;
    Some(u32::from_le_bytes(*head))
}

fn take_f64(rest: &mut &[u8]) -> Option<f64> {
    let (head, tail) = rest.split_first_chunk()?;
    *rest = tail;
    Some(f64::from_le_bytes(*head))
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::polygon;

    fn ring_with_hole() -> MultiPolygon<f64> {
        MultiPolygon(vec![polygon!(
            exterior: [(x: 108.1, y: 15.1), (x: 108.123_456_789_012_34, y: 15.1), (x: 108.2, y: 15.3), (x: 108.1, y: 15.1)],
            interiors: [[(x: 108.11, y: 15.11), (x: 108.12, y: 15.11), (x: 108.12, y: 15.12), (x: 108.11, y: 15.11)]],
        )])
    }

    #[test]
    fn every_bit_of_a_vertex_comes_back() {
        let boundary = ring_with_hole();
        assert_eq!(decoded(&encoded(&boundary)), Some(boundary));
    }

    #[test]
    fn an_empty_boundary_comes_back_empty() {
        assert_eq!(decoded(&encoded(&MultiPolygon(vec![]))), Some(MultiPolygon(vec![])));
    }

    #[test]
    fn cut_or_longer_bytes_are_no_boundary() {
        let bytes = encoded(&ring_with_hole());
        assert!((0..bytes.len()).all(|end| decoded(&bytes[..end]).is_none()));
        assert_eq!(decoded(&[bytes.as_slice(), &[0]].concat()), None);
    }

    #[test]
    fn the_first_bytes_are_those_of_the_standard() {
        // Byte order 1, type 6, one polygon; byte order 1, type 3, two rings; four vertices.
        let bytes = encoded(&ring_with_hole());
        assert_eq!(bytes[..22], [1, 6, 0, 0, 0, 1, 0, 0, 0, 1, 3, 0, 0, 0, 2, 0, 0, 0, 4, 0, 0, 0]);
    }
}
