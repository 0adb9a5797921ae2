//! The incidents that may be drawn as points: found by tile, and counted in the cells of a tile.
//!
//! In: incident columns in the order of [`order`]. Out: the run of rows of any tile, and its cells for any filter:
//! from sorted days where a tile holds millions of incidents, else from the rows themselves. Both give the same.
//! A cell stands at the mean position of all its incidents, so that it does not move when the filter changes. Where few
//! incidents change, the tiles follow and the counts ahead stay, with what changed beside them.

mod cell_changes;
mod cells;
mod change;
mod cube;
mod order;
#[cfg(test)]
mod tests;
mod tiles;

use std::ops::Range;

pub(super) use self::change::OrderedChange;
use self::cube::CellCube;
pub(super) use self::order::OrderedIncidents;
use self::tiles::OccupiedTiles;
use crate::domain::filter::Filter;
use crate::domain::holdings::IncidentColumns;
use crate::domain::incident::IncidentRow;
use crate::domain::incident::incident_change::IncidentChange;
use crate::domain::incident::row_filter::RowFilter;
use crate::geometry::projection::{LonLatBounds, MAX_ZOOM, TileAddress};

pub use self::cells::{CELL_DEPTH, IncidentCell};

/// The first zoom whose cells are counted ahead; those of lesser zooms are summed from them.
const FIRST_COUNTED_ZOOM: u8 = 8;
/// Rows that may be read one by one for a tile: a few milliseconds.
const MAX_ROWS_READ: usize = 2_000_000;

/// The drawn incidents of a snapshot, which are its first rows.
#[derive(Debug, Clone, Default)]
pub struct IncidentPoints {
    tiles: OccupiedTiles,
    cube: CellCube,
}

impl IncidentPoints {
    /// The points of incidents.
    pub(super) fn new(ordered: &OrderedIncidents) -> Self {
        Self::reading_at_most(ordered, MAX_ROWS_READ)
    }

    fn reading_at_most(ordered: &OrderedIncidents, max_rows_read: usize) -> Self {
        let OrderedIncidents { incidents, keys } = ordered;
        let tiles = OccupiedTiles::new(incidents, keys);
        let cube = CellCube::new(incidents, &tiles, FIRST_COUNTED_ZOOM, CELL_DEPTH, max_rows_read);
        Self { tiles, cube }
    }

    /// A change of the incidents that these are the points of, in drawing order.
    pub(super) fn change(
        &self,
        incidents: &IncidentColumns,
        change: &IncidentChange,
        may_draw: impl Fn(&IncidentColumns, IncidentRow) -> bool + Sync,
    ) -> OrderedChange {
        OrderedChange::new(incidents, &self.tiles, change, may_draw)
    }

    /// The points after it.
    #[must_use]
    pub(super) fn changed(&self, change: &OrderedChange) -> Self {
        let OrderedChange { lost, gained, splice: _ } = change;
        Self { tiles: self.tiles.changed(lost, gained), cube: self.cube.changed(lost, gained) }
    }

    /// The rows of all points.
    pub fn rows(&self) -> Range<usize> {
        self.tiles.all_rows()
    }

    /// The rows of the points inside a tile, its buffer left out.
    pub fn rows_in(&self, address: TileAddress) -> Range<usize> {
        self.tiles.rows(self.tiles.within(address))
    }

    /// The rows of all points in a box and of some near it, as runs that ascend.
    pub fn runs_in(&self, bounds: LonLatBounds) -> Vec<Range<usize>> {
        self.tiles.runs_in(bounds)
    }

    /// The cells of a tile that hold incidents of a filter.
    pub fn cells_in(&self, incidents: &IncidentColumns, address: TileAddress, filter: &Filter) -> Vec<IncidentCell> {
        let rows = RowFilter::new(filter);
        let zoom = address.z() + CELL_DEPTH;
        if zoom > MAX_ZOOM {
            return cells::fine(incidents, self.rows_in(address), address, &rows);
        }
        let counted = self.cube.reader(zoom, filter, &rows).filter(|_| self.rows_in(address).len() > cells::FEW_ROWS);
        match counted {
            Some(reader) => cells::counted(&self.tiles, address, reader, rows.zero()),
            None => cells::read(&self.tiles, incidents, address, &rows),
        }
    }

    /// The memory they take beside the incidents themselves, in bytes.
    pub fn bytes(&self) -> usize {
        self.tiles.bytes() + self.cube.bytes()
    }
}
