//! Incident points in the order of a quadtree, so that the points of a tile are
//! one run found by two binary searches.

use rayon::prelude::*;

use crate::geometry::projection::{LonLat, MAX_ZOOM, TileAddress};

/// The rows of incidents in the order of the deepest tiles that hold them.
#[derive(Debug, Clone, Default)]
pub struct PointIndex {
    cells: Vec<u32>,
    rows: Vec<u32>,
}

impl PointIndex {
    /// The index of points given as (row, longitude, latitude).
    pub fn new(points: &[(u32, f64, f64)]) -> Self {
        let mut entries: Vec<(u32, u32)> =
            points.par_iter().map(|(row, lon, lat)| (cell_of(*lon, *lat), *row)).collect();
        entries.par_sort_unstable();
        Self {
            cells: entries.iter().map(|(cell, _)| *cell).collect(),
            rows: entries.iter().map(|(_, row)| *row).collect(),
        }
    }

    /// The rows of all points.
    pub fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// The rows of the points inside a tile, its buffer left out.
    pub fn rows_in(&self, address: TileAddress) -> &[u32] {
        let depth = 2 * u32::from(MAX_ZOOM - address.z());
        let first = u64::from(interleaved(address.x(), address.y())) << depth;
        let end = first + (1_u64 << depth);
        let from = self.cells.partition_point(|cell| u64::from(*cell) < first);
        let to = self.cells.partition_point(|cell| u64::from(*cell) < end);
        &self.rows[from..to]
    }
}

/// The place of the deepest tile that holds a point, in quadtree order.
fn cell_of(lon: f64, lat: f64) -> u32 {
    let side = (1_u32 << MAX_ZOOM) - 1;
    let world = LonLat::new(lon, lat).to_world();
    let column = |fraction: f64| ((fraction * f64::from(side + 1)).floor().max(0.0) as u32).min(side);
    interleaved(column(world.x), column(world.y))
}

/// The bits of two sixteen-bit numbers, those of `x` at the even places.
fn interleaved(x: u32, y: u32) -> u32 {
    let spread = |number: u32| (0..16).fold(0, |bits, place| bits | (number >> place & 1) << (2 * place));
    spread(x) | spread(y) << 1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn no_points_give_no_rows() {
        assert!(PointIndex::new(&[]).rows_in(TileAddress::new(0, 0, 0).unwrap()).is_empty());
    }

    proptest! {
        #[test]
        fn a_tile_holds_exactly_the_points_inside_it(
            places in prop::collection::vec((107.0_f64..109.0, 14.9_f64..16.1), 1..60),
            z in 5_u8..=16,
        ) {
            let points: Vec<(u32, f64, f64)> =
                places.iter().enumerate().map(|(row, (lon, lat))| (row as u32, *lon, *lat)).collect();
            let index = PointIndex::new(&points);
            let world = LonLat::new(places[0].0, places[0].1).to_world();
            let side = f64::from(1_u32 << z);
            let (x, y) = ((world.x * side) as u32, (world.y * side) as u32);
            let mut rows = index.rows_in(TileAddress::new(z, x, y).unwrap()).to_vec();
            rows.sort_unstable();
            let inside = |(lon, lat): &(f64, f64)| {
                let world = LonLat::new(*lon, *lat).to_world();
                ((world.x * side) as u32, (world.y * side) as u32) == (x, y)
            };
            let expected: Vec<u32> =
                places.iter().enumerate().filter(|(_, at)| inside(at)).map(|(row, _)| row as u32).collect();
            prop_assert_eq!(rows, expected);
        }
    }
}
