//! The polygon layers: areas of one level with their attributes.

use mvt::{Feature, GeomData, GeomEncoder, GeomType, Layer};

use super::layers::{AREA_ATTRIBUTES, AreaRow, Attribute, Value};
use super::source::{TileError, TileSource};
use super::tileset::Tileset;
use crate::geometry::clip::{DEFAULT_BUFFER, TilePolygon, clipped_area};
use crate::geometry::projection::TileAddress;

/// Decimals kept in tiles; the JSON answers keep all.
const TILE_DECIMALS: f64 = 1e4;

/// The layer of the areas of one level.
pub(super) fn layer(
    source: &TileSource<'_>,
    part: Tileset,
    mut layer: Layer,
    address: TileAddress,
) -> Result<Layer, TileError> {
    let Some(level) = part.level() else { return Ok(layer) };
    let (Some(areas), Some(assessment)) = (source.picture.shape.level(level), source.assessment(level)) else {
        return Ok(layer);
    };
    let Some(zoom) = areas.zoom(address.z()) else { return Ok(layer) };
    for place in 0..areas.areas.len() {
        let polygons = clipped_area(&zoom.areas[place], address, DEFAULT_BUFFER);
        if polygons.is_empty() {
            continue;
        }
        let row = AreaRow { area: &areas.areas[place], level, assessment: &assessment.rows[place] };
        let mut feature = layer.into_feature(encoded(&polygons)?);
        feature.set_id(row.area.code.number());
        add_attributes(&mut feature, &row, AREA_ATTRIBUTES.iter());
        layer = feature.into_layer();
    }
    Ok(layer)
}

/// Adds the attributes that an area has.
pub(super) fn add_attributes<'t>(
    feature: &mut Feature,
    row: &AreaRow<'_>,
    attributes: impl Iterator<Item = &'t Attribute>,
) {
    for attribute in attributes {
        match (attribute.value)(row) {
            Some(Value::Text(text)) => feature.add_tag_string(attribute.name, &text),
            Some(Value::Integer(number)) => feature.add_tag_uint(attribute.name, number),
            Some(Value::Number(number)) => {
                feature.add_tag_double(attribute.name, (number * TILE_DECIMALS).round() / TILE_DECIMALS);
            }
            None => {}
        }
    }
}

/// The rings one after another. A ring that begins where the one before it ended is walked from its second
/// vertex: the encoder takes a repeated point for a continued line and leaves the `MoveTo` out (mvt 0.15).
fn encoded(polygons: &[TilePolygon]) -> Result<GeomData, TileError> {
    let mut encoder = GeomEncoder::new(GeomType::Polygon);
    let mut last = None;
    for ring in polygons.iter().flat_map(|polygon| std::iter::once(&polygon.shell).chain(&polygon.holes)) {
        let start = usize::from(ring.first().copied() == last);
        for point in ring[start..].iter().chain(&ring[..start]) {
            encoder.add_point(point.x, point.y)?;
            last = Some(*point);
        }
        encoder.complete_geom()?;
    }
    Ok(encoder.encode()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::projection::TilePoint;

    fn triangle(corners: [(i32, i32); 3]) -> TilePolygon {
        TilePolygon { shell: corners.map(|(x, y)| TilePoint { x, y }).to_vec(), holes: Vec::new() }
    }

    #[test]
    fn ring_that_begins_where_another_ended_has_its_own_move_to() {
        // MoveTo with one point, LineTo with two, ClosePath: nine integers a triangle.
        let first = triangle([(0, 0), (10, 1), (9, 10)]);
        let touching = triangle([(9, 10), (20, 11), (19, 20)]);
        let apart = triangle([(30, 30), (40, 31), (39, 40)]);
        assert_eq!(encoded(&[first.clone(), apart]).unwrap().len(), 18);
        assert_eq!(encoded(&[first, touching]).unwrap().len(), 18);
    }

    #[test]
    fn no_polygon_gives_no_geometry() {
        assert!(encoded(&[]).unwrap().is_empty());
    }
}
