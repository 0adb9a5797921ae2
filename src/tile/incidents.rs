//! The incidents layer. A tile with few incidents shows each as a point; one with
//! many shows cells with their count, most frequent category and greatest
//! severity. Nothing is left out silently.

use std::collections::BTreeMap;

use mvt::Layer;

use super::points::point;
use super::source::{TileError, TileSource};
use crate::domain::period::{Day, local_time};
use crate::domain::taxonomy::{CategoryIndex, Severity};
use crate::geometry::projection::{EXTENT, LonLat, TileAddress, TilePoint};

/// Above this many incidents a tile shows cells.
const MAX_SINGLE_POINTS: usize = 2_000;
/// Cells along one side of a tile.
const CELLS_PER_SIDE: i32 = 32;

/// From the first zoom on a tile shows single incidents, unless they are too many.
const FIRST_ZOOM_OF_POINTS: u8 = 9;

struct Cell {
    sum: (i64, i64),
    by_category: BTreeMap<CategoryIndex, u64>,
    severity: Severity,
    count: u64,
}

impl Cell {
    /// The mean of its incidents' places.
    fn middle(&self) -> TilePoint {
        let count = self.count as i64;
        TilePoint { x: (self.sum.0 / count) as i32, y: (self.sum.1 / count) as i32 }
    }
}

/// The layer of the incidents of the filter inside a tile.
pub(super) fn layer(source: &TileSource<'_>, layer: Layer, address: TileAddress) -> Result<Layer, TileError> {
    let rows = source.snapshot.points.rows_in(address).iter().map(|row| *row as usize);
    let rows: Vec<usize> = rows.filter(|row| is_counted(source, *row)).collect();
    if address.z() < FIRST_ZOOM_OF_POINTS || rows.len() > MAX_SINGLE_POINTS {
        cells(source, layer, address, &rows)
    } else {
        singles(source, layer, address, &rows)
    }
}

fn is_counted(source: &TileSource<'_>, row: usize) -> bool {
    let (incidents, filter) = (&source.snapshot.incidents, source.filter);
    filter.period.contains(Day::of_unix_seconds(incidents.unix_seconds(row)))
        && filter.categories.contains(incidents.category(row))
        && incidents.severity(row) >= filter.min_severity
}

/// The place of an incident that the index put into the tile; rounding to the grid never moves it out.
fn place(source: &TileSource<'_>, address: TileAddress, row: usize) -> Option<TilePoint> {
    let position = source.snapshot.incidents.position(row)?;
    let at = address.grid().snap(LonLat::new(position.lon(), position.lat()));
    let (origin, last) = (address.origin(), EXTENT as i32 - 1);
    Some(TilePoint { x: (at.x - origin.x).clamp(0, last), y: (at.y - origin.y).clamp(0, last) })
}

fn singles(
    source: &TileSource<'_>,
    mut layer: Layer,
    address: TileAddress,
    rows: &[usize],
) -> Result<Layer, TileError> {
    let (incidents, taxonomy) = (&source.snapshot.incidents, &source.snapshot.taxonomy);
    for row in rows {
        let Some(at) = place(source, address, *row) else { continue };
        let mut feature = layer.into_feature(point(at)?);
        feature.add_tag_string("id", incidents.id(*row));
        feature.add_tag_string("time", &local_time(incidents.unix_seconds(*row)));
        if let Some(precision) = taxonomy.precisions.get(incidents.precision(*row).place()) {
            feature.add_tag_string("precision", &precision.id);
        }
        if let Some(category) = taxonomy.category_entry(incidents.category(*row)) {
            feature.add_tag_string("category", &category.id);
        }
        feature.add_tag_uint("severity", u64::from(incidents.severity(*row).number()));
        feature.add_tag_uint("count", 1);
        layer = feature.into_layer();
    }
    Ok(layer)
}

fn cells(source: &TileSource<'_>, mut layer: Layer, address: TileAddress, rows: &[usize]) -> Result<Layer, TileError> {
    let side = EXTENT as i32 / CELLS_PER_SIDE;
    for cell in cells_of(source, address, rows, side).into_values() {
        let mut feature = layer.into_feature(point(cell.middle())?);
        let most = cell.by_category.iter().max_by_key(|(category, count)| (**count, std::cmp::Reverse(**category)));
        let category = most.and_then(|(category, _)| source.snapshot.taxonomy.category_entry(*category));
        if let Some(category) = category {
            feature.add_tag_string("category", &category.id);
        }
        feature.add_tag_uint("severity", u64::from(cell.severity.number()));
        feature.add_tag_uint("count", cell.count);
        layer = feature.into_layer();
    }
    Ok(layer)
}

fn cells_of(source: &TileSource<'_>, address: TileAddress, rows: &[usize], side: i32) -> BTreeMap<(i32, i32), Cell> {
    let incidents = &source.snapshot.incidents;
    let mut cells = BTreeMap::new();
    for row in rows {
        let Some(at) = place(source, address, *row) else { continue };
        let key = (at.x / side, at.y / side);
        let cell = cells.entry(key).or_insert_with(|| Cell {
            sum: (0, 0),
            by_category: BTreeMap::new(),
            severity: Severity::LEAST,
            count: 0,
        });
        *cell.by_category.entry(incidents.category(*row)).or_insert(0) += 1;
        cell.severity = cell.severity.max(incidents.severity(*row));
        cell.sum = (cell.sum.0 + i64::from(at.x), cell.sum.1 + i64::from(at.y));
        cell.count += 1;
    }
    cells
}
