//! Incidents in cells of a fixed grid: what a planner sees in place of points.
//!
//! In: a snapshot, a filter, and the side of a cell. Out: the cells with enough incidents, and how many incidents lie
//! in cells with too few. The grid hangs on one point of the earth and not on the request, so that no two
//! questions cut it differently. Categories never shown as points are in no cell.

use std::collections::BTreeMap;

use crate::domain::filter::Filter;
use crate::domain::incident::IncidentRow;
use crate::domain::incident::row_filter::RowFilter;
use crate::domain::incident::taxonomy::CategoryIndex;
use crate::geometry::projection::{LonLat, LonLatBounds};
use crate::snapshot::Snapshot;

/// Where the grid begins: south-west of the province, in degrees.
const ORIGIN: LonLat = LonLat::new(107.0, 14.5);
/// The parallel on which a cell is square, through the middle of the province, in degrees.
const SQUARE_AT_LAT: f64 = 15.6;
/// Metres along a degree of a meridian (mean radius of the earth).
const METRES_PER_DEGREE: f64 = 6_371_008.8 * std::f64::consts::PI / 180.0;

/// The cells of a filter.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CountGrid {
    /// The cells with enough incidents, from south to north and west to east.
    pub cells: Vec<CountCell>,
    /// Incidents in all cells together, shown or not.
    pub incidents: u32,
    /// Incidents in cells that are not shown.
    pub in_small_cells: u32,
}

/// A square of the fixed grid with what it holds, or that it holds too few.
#[derive(Debug, Clone, PartialEq)]
pub struct CountCell {
    /// Its position in the grid: column, row.
    pub id: (i32, i32),
    /// Where it lies.
    pub bounds: LonLatBounds,
    /// Incidents in it.
    pub count: u32,
    /// The most frequent category; of equally frequent ones the first.
    pub main_category: CategoryIndex,
}

/// How large a cell is and how much it must hold to be shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CellRule {
    /// The side of a cell, in metres.
    pub side_m: f64,
    /// The fewest incidents with which a cell is shown.
    pub least: u32,
}

/// Counts the incidents of a filter in cells; those with too few incidents are summed, not shown.
pub fn cells(snapshot: &Snapshot, filter: &Filter, rule: CellRule) -> CountGrid {
    let (grid, rows) = (Grid::new(rule.side_m), RowFilter::new(filter));
    let mut counted: BTreeMap<(i32, i32), BTreeMap<CategoryIndex, u32>> = BTreeMap::new();
    for row in snapshot.points.rows().map(IncidentRow::new).filter(|row| rows.holds(&snapshot.incidents, *row)) {
        if let Some(at) = snapshot.incidents.position(row) {
            // Rows further north come later in the order of the answer.
            let (column, line) = grid.cell_of(at.lon(), at.lat());
            *counted.entry((line, column)).or_default().entry(snapshot.incidents.category(row)).or_default() += 1;
        }
    }
    let mut cells = CountGrid::default();
    for ((line, column), by_category) in counted {
        let count = by_category.values().sum::<u32>();
        cells.incidents += count;
        let main = by_category.iter().max_by_key(|(category, count)| (**count, std::cmp::Reverse(category.index())));
        match main {
            Some((category, _)) if count >= rule.least => cells.cells.push(CountCell {
                id: (column, line),
                bounds: grid.bounds(column, line),
                count,
                main_category: *category,
            }),
            _ => cells.in_small_cells += count,
        }
    }
    cells
}

/// The cells with enough incidents that meet a box, each with all its incidents, those outside the box too, so that no
/// two boxes give different counts of a cell. None where more than `most_cells` meet the box.
pub fn cells_meeting(
    snapshot: &Snapshot,
    filter: &Filter,
    rule: CellRule,
    bounds: LonLatBounds,
    most_cells: usize,
) -> Vec<CountCell> {
    let (grid, rows) = (Grid::new(rule.side_m), RowFilter::new(filter));
    let (first, last) = (grid.cell_of(bounds.west, bounds.south), grid.cell_of(bounds.east, bounds.north));
    let (columns, lines) = (first.0..=last.0, first.1..=last.1);
    let width = columns.clone().count();
    if width.saturating_mul(lines.clone().count()) > most_cells {
        return Vec::new();
    }
    let categories = snapshot.taxonomy.categories.len();
    let mut counts = vec![0_u32; width * lines.clone().count() * categories];
    for row in snapshot.points.runs_in(grid.outline(first, last)).into_iter().flatten().map(IncidentRow::new) {
        let Some(at) = snapshot.incidents.position(row).filter(|_| rows.holds(&snapshot.incidents, row)) else {
            continue;
        };
        let (column, line) = grid.cell_of(at.lon(), at.lat());
        if columns.contains(&column) && lines.contains(&line) {
            let index = (line - first.1) as usize * width + (column - first.0) as usize;
            counts[index * categories + snapshot.incidents.category(row).index()] += 1;
        }
    }
    let cell = |(index, by_category): (usize, &[u32])| {
        let id = (first.0 + (index % width) as i32, first.1 + (index / width) as i32);
        let count = by_category.iter().sum::<u32>();
        let most =
            by_category.iter().enumerate().max_by_key(|(category, count)| (**count, std::cmp::Reverse(*category)));
        let main_category = CategoryIndex::new(most?.0 as u8);
        (count >= rule.least).then(|| CountCell { id, bounds: grid.bounds(id.0, id.1), count, main_category })
    };
    counts.chunks_exact(categories.max(1)).enumerate().filter_map(cell).collect()
}

/// A grid of cells that are as many metres wide as high on one parallel.
#[derive(Debug, Clone, Copy)]
struct Grid {
    lon_step: f64,
    lat_step: f64,
}

impl Grid {
    fn new(side_m: f64) -> Self {
        let lat_step = side_m / METRES_PER_DEGREE;
        Self { lon_step: lat_step / SQUARE_AT_LAT.to_radians().cos(), lat_step }
    }

    fn cell_of(self, lon: f64, lat: f64) -> (i32, i32) {
        let line = |degrees: f64, origin: f64, step: f64| ((degrees - origin) / step).floor() as i32;
        (line(lon, ORIGIN.lon, self.lon_step), line(lat, ORIGIN.lat, self.lat_step))
    }

    /// The box around all cells from one to another.
    fn outline(self, first: (i32, i32), last: (i32, i32)) -> LonLatBounds {
        self.bounds(first.0, first.1).union(self.bounds(last.0, last.1))
    }

    fn bounds(self, column: i32, line: i32) -> LonLatBounds {
        let (west, south) =
            (ORIGIN.lon + f64::from(column) * self.lon_step, ORIGIN.lat + f64::from(line) * self.lat_step);
        LonLatBounds { west, south, east: west + self.lon_step, north: south + self.lat_step }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cell_is_as_wide_as_it_is_asked_for_and_holds_its_points() {
        let grid = Grid::new(500.0);
        let (column, line) = grid.cell_of(108.474, 15.6);
        let LonLatBounds { west, south, east, north } = grid.bounds(column, line);
        assert!((west..east).contains(&108.474) && (south..north).contains(&15.6));
        let height_m = (north - south) * METRES_PER_DEGREE;
        let width_m = (east - west) * METRES_PER_DEGREE * SQUARE_AT_LAT.to_radians().cos();
        assert!((height_m - 500.0).abs() < 1e-6 && (width_m - 500.0).abs() < 1e-6);
    }
}
