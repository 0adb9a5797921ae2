//! The cells of a tile, 32 by 32: how many incidents of a filter each holds, which category most, how severe the
//! worst, and where the cell stands.

use std::ops::Range;

use super::cube::CellReader;
use super::tiles::{OccupiedTiles, mean_e7};
use crate::domain::area::Position;
use crate::domain::incident::row_filter::{CountSummary, Counts, RowFilter};
use crate::domain::incident::taxonomy::{CategoryIndex, Severity};
use crate::geometry::projection::{MAX_ZOOM, TileAddress, WorldPoint};
use crate::snapshot::overlay::layered_incidents::{LayeredIncidents, RowPiece};

/// Cells are the tiles so many zooms below.
pub const CELL_DEPTH: u8 = 5;
/// Cells along one side of a tile.
const SIDE: usize = 1 << CELL_DEPTH;
/// A tile of so few rows is read row by row even where its cells are counted ahead.
pub(super) const FEW_ROWS: usize = 50_000;

/// The incidents of a filter in one cell of a tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IncidentCell {
    /// The mean position of all incidents in the cell, whatever the filter.
    pub position: Position,
    /// How many incidents the filter counts.
    pub count: u32,
    /// The most frequent category; of equally frequent ones the first.
    pub main_category: CategoryIndex,
    /// The greatest severity.
    pub worst: Severity,
}

impl IncidentCell {
    fn new(position: Position, sum: CountSummary) -> Self {
        Self { position, count: sum.count, main_category: sum.main_category, worst: sum.worst }
    }
}

/// The cells of a tile from the days that were sorted ahead.
pub(super) fn counted(
    tiles: &OccupiedTiles,
    address: TileAddress,
    mut reader: CellReader<'_>,
    counts: Counts,
) -> Vec<IncidentCell> {
    each_cell(tiles, address, counts, |key, _, counts| reader.add_cell(key, counts))
}

/// How many zooms lie between the cells of a tile and the deepest zoom.
pub(super) fn levels_up(address: TileAddress) -> u8 {
    MAX_ZOOM.saturating_sub(address.z() + CELL_DEPTH)
}

/// The cells of a tile that is not so deep that its cells are smaller than a tile of the deepest zoom. What a cell holds
/// is counted by whoever knows, given its key and its deepest tiles.
pub(super) fn each_cell(
    tiles: &OccupiedTiles,
    address: TileAddress,
    mut counts: Counts,
    mut add: impl FnMut(u32, Range<usize>, &mut Counts),
) -> Vec<IncidentCell> {
    let cell = |(key, cell): (u32, Range<usize>)| {
        counts.clear();
        add(key, cell.clone(), &mut counts);
        Some(IncidentCell::new(tiles.mean(cell)?, counts.summary()?))
    };
    tiles.grouped(tiles.within(address), levels_up(address)).filter_map(cell).collect()
}

/// The cells of a tile from its rows, where cells are smaller than a tile of the deepest zoom.
pub(super) fn fine(
    incidents: &LayeredIncidents,
    in_tile: &[RowPiece],
    address: TileAddress,
    rows: &RowFilter,
) -> Vec<IncidentCell> {
    let grid = FineGrid::new(address);
    let mut sums = vec![([0_i64; 2], 0_usize); SIDE * SIDE];
    // Cell, category and severity of the rows that are counted.
    let mut counted: Vec<(u16, [u8; 2])> = Vec::new();
    // The mean position is taken over all rows of a cell, the counts over those of the filter only: a cell must not
    // move when the filter changes.
    for row in in_tile.iter().flat_map(|piece| incidents.rows_of(piece)) {
        let Some(at) = incidents.position(row) else { continue };
        let cell = grid.cell_of(at);
        let ([lon, lat], count) = sums[cell];
        sums[cell] = ([lon + i64::from(at.e7().0), lat + i64::from(at.e7().1)], count + 1);
        if rows.holds(incidents, row) {
            counted.push((cell as u16, [incidents.category(row).index() as u8, incidents.severity(row).number()]));
        }
    }
    let (first, kinds) = grouped(&counted);
    let mut counts = rows.zero();
    let cell = |cell: usize| {
        counts.clear();
        for [category, severity] in &kinds[first[cell] as usize..first[cell + 1] as usize] {
            counts.add(CategoryIndex::new(*category), Severity::new(*severity).ok()?, 1);
        }
        let (sum, count) = sums[cell];
        Some(IncidentCell::new(mean_e7(sum, count)?, counts.summary()?))
    };
    (0..SIDE * SIDE).filter_map(cell).collect()
}

/// What is counted by cell: where that of each cell begins, and all of it in the order of the cells.
fn grouped(counted: &[(u16, [u8; 2])]) -> (Vec<u32>, Vec<[u8; 2]>) {
    let mut first = vec![0_u32; SIDE * SIDE + 1];
    for (cell, _) in counted {
        first[usize::from(*cell) + 1] += 1;
    }
    for cell in 0..SIDE * SIDE {
        first[cell + 1] += first[cell];
    }
    // A counting sort by cell: `next[c]` is the slot of cell c's next entry, and ends where cell c + 1 begins.
    let (mut next, mut kinds) = (first.clone(), vec![[0; 2]; counted.len()]);
    for (cell, kind) in counted {
        let slot = &mut next[usize::from(*cell)];
        kinds[*slot as usize] = *kind;
        *slot += 1;
    }
    (first, kinds)
}

/// The cells of one tile, separated by their edges in ten-millionths of a degree.
struct FineGrid {
    north_west: [f64; 2],
    cells_per_unit: [f64; 2],
    /// The northern edges of the lines of cells, from north to south.
    edges_e7: [i32; SIDE],
}

impl FineGrid {
    fn new(address: TileAddress) -> Self {
        let bounds = address.bounds();
        let lines = f64::from(1_u32 << address.z()) * SIDE as f64;
        let edge = |line: usize| {
            let y = (f64::from(address.y()) * SIDE as f64 + line as f64) / lines;
            (WorldPoint { x: 0.5, y }.to_lon_lat().lat * 1e7) as i32
        };
        let cells_per_unit = |from: f64, to: f64| SIDE as f64 / ((to - from) * 1e7);
        Self {
            north_west: [bounds.west * 1e7, bounds.north * 1e7],
            cells_per_unit: [cells_per_unit(bounds.west, bounds.east), cells_per_unit(bounds.south, bounds.north)],
            edges_e7: std::array::from_fn(edge),
        }
    }

    fn cell_of(&self, at: Position) -> usize {
        let (lon_e7, lat_e7) = at.e7();
        let column = ((f64::from(lon_e7) - self.north_west[0]) * self.cells_per_unit[0]) as usize;
        // Lines are almost equally high in degrees, so the line is this one or one beside it.
        let guess = ((self.north_west[1] - f64::from(lat_e7)) * self.cells_per_unit[1]) as usize;
        let (mut line, last) = (guess.min(SIDE - 1), SIDE - 1);
        // North of its upper edge goes up, at or south of its lower edge goes down: only one of the two loops ever
        // turns, and it stops at the line whose edges hold the latitude.
        while line > 0 && lat_e7 > self.edges_e7[line] {
            line -= 1;
        }
        while line < last && lat_e7 <= self.edges_e7[line + 1] {
            line += 1;
        }
        line * SIDE + column.min(last)
    }
}
