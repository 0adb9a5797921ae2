//! The incidents layer of planners: squares of one fixed grid that hold enough incidents.
//!
//! There is one grid at every zoom. A coarser one at low zooms would, less its shown squares, disclose the sum of the
//! few that are hidden, sometimes of a single one. So below the zoom at which a tile holds a readable number of
//! squares there is nothing. A square on the edge of tiles carries all its incidents in each of them.

use mvt::{GeomData, GeomEncoder, GeomType, Layer};

use super::source::{AskedSquares, TileError, TileSource};
use super::values::add_incident_values;
use crate::geometry::clip::DEFAULT_BUFFER;
use crate::geometry::projection::{EXTENT, LonLatBounds, MAX_ZOOM, TileAddress, ZoomGrid};
use crate::tile::incident_record::IncidentGroup;

/// Squares along one side of a tile, at most.
const MAX_SIDE: u32 = 90;
/// Squares that meet a tile and its buffer, at most. With 40 bytes for each the layer stays below 400 kB.
const MAX_SQUARES: usize = 10_000;
/// Metres around the parallel on which a cell is square, at 15.6° N.
const PARALLEL_M: f64 = 40_075_016.7 * 0.963_163;

/// The first zoom at which squares of a side in metres are readable; none where no zoom is deep enough.
pub(in crate::tile) fn first_zoom(side_m: f64) -> Option<u8> {
    let tile_m = |z: u8| PARALLEL_M / f64::from(1_u32 << z);
    (crate::tile::MIN_ZOOM..=MAX_ZOOM).find(|z| tile_m(*z) / side_m <= f64::from(MAX_SIDE))
}

/// The squares that meet a tile, cut to the tile and its buffer.
pub(in crate::tile) fn layer(
    source: &TileSource<'_>,
    mut layer: Layer,
    address: TileAddress,
) -> Result<Layer, TileError> {
    let rule = &source.snapshot.rules.disclosure;
    if first_zoom(rule.planner_cell_m).is_none_or(|first| address.z() < first) {
        return Ok(layer);
    }
    let Some(AskedSquares { table, question }) = source.squares else { return Ok(layer) };
    for cell in table.meeting(question, buffered(address), MAX_SQUARES) {
        let Some(geometry) = square(address, cell.bounds)? else { continue };
        let mut feature = layer.into_feature(geometry);
        let square =
            IncidentGroup { kind: "square", category: None, severity: None, count: cell.count, role: source.role };
        add_incident_values(&mut feature, |attribute| square.value(attribute));
        layer = feature.into_layer();
    }
    Ok(layer)
}

/// A tile with its buffer.
fn buffered(address: TileAddress) -> LonLatBounds {
    let bounds = address.bounds();
    let share = f64::from(DEFAULT_BUFFER) / f64::from(EXTENT);
    bounds.widened((bounds.east - bounds.west) * share, (bounds.north - bounds.south) * share)
}

/// The part of a square in the tile or its buffer; none where nothing of it is left on the grid.
fn square(address: TileAddress, bounds: LonLatBounds) -> Result<Option<GeomData>, TileError> {
    let (grid, origin): (ZoomGrid, _) = (address.grid(), address.origin());
    let reach = -i32::from(DEFAULT_BUFFER)..=EXTENT as i32 + i32::from(DEFAULT_BUFFER);
    let cut = |place: i32| place.clamp(*reach.start(), *reach.end());
    let (top_left, bottom_right) = (grid.snap(bounds.north_west()), grid.snap(bounds.south_east()));
    let (left, top) = (cut(top_left.x - origin.x), cut(top_left.y - origin.y));
    let (right, bottom) = (cut(bottom_right.x - origin.x), cut(bottom_right.y - origin.y));
    if left >= right || top >= bottom {
        return Ok(None);
    }
    let ring = GeomEncoder::new(GeomType::Polygon).point(left, top)?.point(right, top)?;
    Ok(Some(ring.point(right, bottom)?.point(left, bottom)?.encode()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn squares_of_500_m_begin_at_zoom_10() {
        // 38,598 km around the parallel: 151 squares along a tile at zoom 9, 75 at zoom 10.
        assert_eq!(first_zoom(500.0), Some(10));
        assert_eq!(first_zoom(250.0), Some(11));
        assert_eq!(first_zoom(1.0), None);
    }

    #[test]
    fn squares_never_outnumber_what_a_tile_may_hold() {
        // A tile is widest on the equator; its buffer adds one part in 32, and two squares are cut by its edges.
        let side = f64::from(MAX_SIDE) / 0.963 * 33.0 / 32.0 + 2.0;
        assert!(side * side <= MAX_SQUARES as f64, "{side}");
        const { assert!(MAX_SQUARES * 40 <= 400_000) };
    }
}
