//! The features of areas: polygons of one level, and one point per area.
//!
//! In: the shape of an edition, a level, the address of a tile, and who adds attributes. Out: features with geometry
//! on the grid of the tile.

use mvt::{Feature, GeomData, GeomEncoder, GeomType, Layer};

use super::points::{point, position_in_tile};
use super::source::TileError;
use super::values::add_value;
use crate::attributes::{AreaAttribute, Attribute, AttributeValue, Selection};
use crate::domain::area::{AreaIndex, Level};
use crate::geometry::clip::{DEFAULT_BUFFER, TilePolygon, clipped_area};
use crate::geometry::projection::TileAddress;
use crate::geometry::simplify::zoom_geometry::ZoomArea;
use crate::snapshot::EditionShape;
use crate::tile::tileset::Tileset;

/// The first zoom whose tiles hold every area.
const FIRST_WHOLE_ZOOM: u8 = 5;
/// What an area takes to be held at the zooms before, in square grid units: a pixel, where a client draws a tile on 512 of
/// them. The largest of a level is held in any case, so that no tile that has areas is empty.
const LEAST_SEEN: i64 = 64;

/// An area of an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::tile) struct TileArea {
    /// Its administrative level, which names the assessment to read.
    pub(in crate::tile) level: Level,
    /// Its index among the areas of the level.
    pub(in crate::tile) index: AreaIndex,
}

/// What becomes of the point of an area that is too small to be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unseen {
    /// It is left out: it would name nothing.
    LeftOut,
    /// It stays: it stands for something else.
    Kept,
}

/// One point for each area of a level.
#[derive(Debug, Clone, Copy)]
struct AreaPoints {
    level: Level,
    unseen: Unseen,
}

/// Gives a feature its attributes.
pub(in crate::tile) type AddAttributes<'t> = dyn FnMut(&mut Feature, TileArea) + 't;

/// The features of a part that shows areas, in the order in which the tile carries them.
pub(in crate::tile) fn features(
    shape: &EditionShape,
    part: Tileset,
    layer: Layer,
    address: TileAddress,
    tag: &mut AddAttributes<'_>,
) -> Result<Layer, TileError> {
    match part {
        Tileset::Labels => Level::ALL.into_iter().try_fold(layer, |layer, level| {
            points(shape, AreaPoints { level, unseen: Unseen::LeftOut }, layer, address, tag)
        }),
        Tileset::Models => {
            points(shape, AreaPoints { level: Level::Commune, unseen: Unseen::Kept }, layer, address, tag)
        }
        _ => match part.level() {
            Some(level) => polygons(shape, level, layer, address, tag),
            None => Ok(layer),
        },
    }
}

fn polygons(
    shape: &EditionShape,
    level: Level,
    mut layer: Layer,
    address: TileAddress,
    tag: &mut AddAttributes<'_>,
) -> Result<Layer, TileError> {
    let Some(areas) = shape.level(level) else { return Ok(layer) };
    let Some(zoom) = areas.zoom(address.z()) else { return Ok(layer) };
    let least = least_doubled_area(&zoom.areas, address.z());
    for ((index, area), shape) in areas.areas.indexed().zip(&zoom.areas) {
        if shape.doubled_area() < least {
            continue;
        }
        let polygons = clipped_area(shape, address, DEFAULT_BUFFER);
        if polygons.is_empty() {
            continue;
        }
        let mut feature = layer.into_feature(encoded(&polygons)?);
        feature.set_id(area.code.number());
        tag(&mut feature, TileArea { level, index });
        layer = feature.into_layer();
    }
    Ok(layer)
}

fn points(
    shape: &EditionShape,
    of: AreaPoints,
    mut layer: Layer,
    address: TileAddress,
    tag: &mut AddAttributes<'_>,
) -> Result<Layer, TileError> {
    let AreaPoints { level, unseen } = of;
    let Some(areas) = shape.level(level) else { return Ok(layer) };
    let Some(zoom) = areas.zoom(address.z()) else { return Ok(layer) };
    let least = least_doubled_area(&zoom.areas, address.z());
    for ((index, area), shape) in areas.areas.indexed().zip(&zoom.areas) {
        if unseen == Unseen::LeftOut && shape.doubled_area() < least {
            continue;
        }
        let Some(at) = position_in_tile(address, area.label) else { continue };
        let mut feature = layer.into_feature(point(at)?);
        feature.set_id(area.code.number());
        tag(&mut feature, TileArea { level, index });
        layer = feature.into_layer();
    }
    Ok(layer)
}

/// Twice the area that the areas of a level take at least in the tiles of a zoom.
fn least_doubled_area(shapes: &[ZoomArea], z: u8) -> i64 {
    if z >= FIRST_WHOLE_ZOOM {
        return 0;
    }
    shapes.iter().map(ZoomArea::doubled_area).max().unwrap_or_default().min(2 * LEAST_SEEN)
}

/// Adds those attributes of a selection that have a value.
pub(in crate::tile) fn add_attributes<'a>(
    feature: &mut Feature,
    value: impl Fn(&Attribute<AreaAttribute>) -> Option<AttributeValue<'a>>,
    selection: Selection,
) {
    for attribute in selection.attributes() {
        if let Some(value) = value(attribute) {
            add_value(feature, attribute.name, value);
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
    use crate::geometry::projection::{GridPoint, TilePoint};
    use crate::geometry::simplify::zoom_geometry::{GridPolygon, ZoomForm};

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
    fn areas_below_a_pixel_are_left_to_the_zooms_that_show_them() {
        let square = |side: i32| {
            let corners = [(0, 0), (side, 0), (side, side), (0, side)].map(|(x, y)| GridPoint { x, y });
            ZoomArea::new(vec![GridPolygon { shell: corners.to_vec(), holes: Vec::new() }], ZoomForm::Shape)
        };
        let least = |sides: &[i32], z| least_doubled_area(&sides.iter().copied().map(square).collect::<Vec<_>>(), z);
        assert_eq!((least(&[7, 8, 30], 4), least(&[7, 8, 30], 5)), (2 * 64, 0));
        // The largest of small ones stays.
        assert_eq!((least(&[2, 7, 3], 0), least(&[], 0)), (2 * 49, 0));
    }

    #[test]
    fn no_polygon_gives_no_geometry() {
        assert!(encoded(&[]).unwrap().is_empty());
    }
}
