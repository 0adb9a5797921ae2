//! The incidents that may be drawn as points: found by tile, and counted in the cells of a tile.
//!
//! In: incident columns in the order of [`order`], and what came and went since. Out: the rows of any tile, and its cells
//! for any filter: from sorted days where a tile holds millions of incidents, else from the rows themselves. Both give
//! the same. A cell stands at the mean position of all its incidents, so that it does not move when the filter changes.
//! Where few incidents change, the runs of the base stay, and so do the counts ahead, with what changed beside them.

mod added;
mod cell_changes;
mod cells;
mod change;
mod cube;
mod order;
#[cfg(test)]
mod tests;
mod tiles;

use std::sync::Arc;

use self::added::AddedPoints;
pub(super) use self::change::OrderedChange;
use self::cube::CellCube;
pub(super) use self::order::OrderedIncidents;
use self::order::{key_of, keys_of};
use self::tiles::OccupiedTiles;
use crate::domain::filter::Filter;
use crate::domain::holdings::IncidentColumns;
use crate::domain::incident::row_filter::{Counts, RowFilter};
use crate::domain::incident::{Incident, IncidentLocation, IncidentRow};
use crate::geometry::projection::{LonLatBounds, MAX_ZOOM, TileAddress};
use crate::snapshot::overlay::layered_incidents::{LayeredIncidents, RowPiece};

pub use self::cells::{CELL_DEPTH, IncidentCell};

/// The first zoom whose cells are counted ahead; those of lesser zooms are summed from them.
const FIRST_COUNTED_ZOOM: u8 = 8;
/// Rows that may be read one by one for a tile: a few milliseconds.
const MAX_ROWS_READ: usize = 2_000_000;

/// The drawn incidents of a snapshot.
#[derive(Debug, Clone, Default)]
pub struct IncidentPoints {
    /// The deepest tiles of the base, whose first rows are its drawn ones.
    base: Arc<OccupiedTiles>,
    /// The deepest tiles of all that is there: how many each holds, and where these lie.
    tiles: Arc<OccupiedTiles>,
    added: Arc<AddedPoints>,
    cube: CellCube,
}

/// A change of incidents as it came: what went and what came, each in drawing order.
#[derive(Debug, Clone)]
pub(super) struct PointChange<'a> {
    /// The rows that went, ascending.
    pub(super) outdated: &'a [IncidentRow],
    /// What stood in them.
    pub(super) lost: &'a OrderedIncidents,
    /// What came, and follows all other rows.
    pub(super) gained: &'a OrderedIncidents,
}

impl IncidentPoints {
    /// The points of incidents.
    pub(super) fn new(ordered: &OrderedIncidents) -> Self {
        Self::reading_at_most(ordered, MAX_ROWS_READ)
    }

    fn reading_at_most(ordered: &OrderedIncidents, max_rows_read: usize) -> Self {
        let OrderedIncidents { incidents, keys } = ordered;
        let tiles = Arc::new(OccupiedTiles::new(incidents, keys));
        let cube = CellCube::new(incidents, &tiles, FIRST_COUNTED_ZOOM, CELL_DEPTH, max_rows_read);
        Self { base: Arc::clone(&tiles), tiles, added: Arc::default(), cube }
    }

    /// The points after a change of the incidents that these are the points of.
    #[must_use]
    pub(super) fn changed(&self, incidents: &LayeredIncidents, change: &PointChange<'_>) -> Self {
        let PointChange { outdated, lost, gained } = *change;
        let first_new = incidents.all_rows().end;
        let new = first_new..first_new + gained.incidents.len();
        Self {
            base: Arc::clone(&self.base),
            tiles: Arc::new(self.tiles.changed(lost, gained)),
            added: Arc::new(self.added.changed(outdated, new, &gained.keys)),
            cube: self.cube.changed(lost, gained),
        }
    }

    /// How the columns of the base change so that they hold all incidents that are there, in drawing order.
    pub(super) fn merge(
        &self,
        incidents: &LayeredIncidents,
        may_draw: impl Fn(&IncidentColumns, IncidentRow) -> bool + Sync,
    ) -> OrderedChange {
        OrderedChange::new(incidents, &self.base, may_draw)
    }

    /// The points of the columns after it.
    #[must_use]
    pub(super) fn merged(&self) -> Self {
        let tiles = Arc::clone(&self.tiles);
        Self { base: Arc::clone(&tiles), tiles, added: Arc::default(), cube: self.cube.clone() }
    }

    /// How many points there are.
    pub fn len(&self) -> usize {
        self.tiles.all_rows().len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The rows of all points.
    pub fn rows(&self) -> [RowPiece; 2] {
        [RowPiece::Run(self.base.all_rows()), RowPiece::Listed(self.added.rows().collect())]
    }

    /// The rows of all incidents that are no points.
    pub fn other_rows(&self, incidents: &LayeredIncidents) -> [RowPiece; 2] {
        let others = incidents.present_added().filter(|row| !self.is_point(incidents, *row));
        [RowPiece::Run(self.base.all_rows().end..incidents.first_added()), RowPiece::Listed(others.collect())]
    }

    /// Whether a row is a point.
    pub fn is_point(&self, incidents: &LayeredIncidents, row: IncidentRow) -> bool {
        match row.index().checked_sub(incidents.first_added()) {
            None => self.base.all_rows().contains(&row.index()),
            Some(number) => self.added.is_drawn(number),
        }
    }

    /// The rows of the points inside a tile, its buffer left out.
    pub fn rows_in(&self, address: TileAddress) -> [RowPiece; 2] {
        let added = self.added.of_keys(keys_of(address)).collect();
        [RowPiece::Run(self.base.rows(self.base.within(address))), RowPiece::Listed(added)]
    }

    /// How many points lie inside a tile.
    pub fn count_in(&self, address: TileAddress) -> usize {
        self.tiles.rows(self.tiles.within(address)).len()
    }

    /// The rows of all points in a box and of some near it.
    pub fn rows_near(&self, bounds: LonLatBounds) -> Vec<RowPiece> {
        let runs = self.base.runs_in(bounds).into_iter().map(RowPiece::Run);
        runs.chain([RowPiece::Listed(self.added.rows().collect())]).collect()
    }

    /// Brings rows of points into the order in which they would stand if all were laid down anew.
    pub fn in_drawing_order(&self, incidents: &LayeredIncidents, mut rows: Vec<IncidentRow>) -> Vec<IncidentRow> {
        if rows.iter().any(|row| row.index() >= incidents.first_added()) {
            rows.sort_by_cached_key(|row| (incidents.position(*row).map(key_of), incidents.id(*row).to_owned()));
        }
        rows
    }

    /// The row of an incident, found by what it is and not by a walk; none where no such incident is there.
    pub(super) fn row_of(&self, incidents: &LayeredIncidents, incident: &Incident) -> Option<IncidentRow> {
        if let Some(row) = incidents.added_row(&incident.id) {
            return Some(row);
        }
        let drawn = match incident.location {
            IncidentLocation::Point(at) => Some(self.base.rows_of_key(key_of(at))),
            IncidentLocation::Area(_) | IncidentLocation::Unknown => None,
        };
        let others = self.base.all_rows().end..incidents.first_added();
        let found = drawn.into_iter().chain([others]).find_map(|run| {
            let row = change::first_not_before(incidents.base(), run.clone(), &incident.id);
            (run.contains(&row.index()) && incidents.id(row) == incident.id).then_some(row)
        });
        found.filter(|row| incidents.is_present(*row))
    }

    /// The cells of a tile that hold incidents of a filter.
    pub fn cells_in(&self, incidents: &LayeredIncidents, address: TileAddress, filter: &Filter) -> Vec<IncidentCell> {
        let rows = RowFilter::new(filter);
        let zoom = address.z() + CELL_DEPTH;
        if zoom > MAX_ZOOM {
            return cells::fine(incidents, &self.rows_in(address), address, &rows);
        }
        let counted = self.cube.reader(zoom, filter, &rows).filter(|_| self.count_in(address) > cells::FEW_ROWS);
        match counted {
            Some(reader) => cells::counted(&self.tiles, address, reader, rows.zero()),
            None if Arc::ptr_eq(&self.base, &self.tiles) => {
                let add = |_, cell, counts: &mut Counts| rows.add_rows(incidents.base(), self.tiles.rows(cell), counts);
                cells::each_cell(&self.tiles, address, rows.zero(), add)
            }
            None => {
                let shift = 2 * u32::from(cells::levels_up(address));
                let add = |key: u32, _, counts: &mut Counts| {
                    self.add_cell(incidents, u64::from(key) << shift..(u64::from(key) + 1) << shift, &rows, counts);
                };
                cells::each_cell(&self.tiles, address, rows.zero(), add)
            }
        }
    }

    /// Counts what a filter holds in the deepest tiles of some keys.
    fn add_cell(
        &self,
        incidents: &LayeredIncidents,
        keys: std::ops::Range<u64>,
        rows: &RowFilter,
        counts: &mut Counts,
    ) {
        let run = self.base.rows_of_keys(keys.clone());
        rows.add_rows(incidents.base(), run.clone(), counts);
        for row in incidents.removed_in(&run).iter().copied().filter(|row| rows.holds(incidents, *row)) {
            counts.take_one(incidents.category(row), incidents.severity(row));
        }
        for row in self.added.of_keys(keys).filter(|row| rows.holds(incidents, *row)) {
            counts.add(incidents.category(row), incidents.severity(row), 1);
        }
    }

    /// The memory they take beside the incidents themselves, in bytes.
    pub fn bytes(&self) -> usize {
        let all = if Arc::ptr_eq(&self.base, &self.tiles) { 0 } else { self.tiles.bytes() };
        self.base.bytes() + all + self.added.bytes() + self.cube.bytes()
    }
}
