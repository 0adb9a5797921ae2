//! The order in which a snapshot stores its incidents: those that may be drawn first, along a Hilbert curve through
//! the tiles of the deepest zoom and by id within a tile; then the others by id.
//!
//! The curve visits all of a tile before it leaves it, at every zoom. So the incidents of any tile are one run of
//! rows. The order depends on the incidents alone, not on the order in which they came.

use std::ops::Range;

use fast_hilbert::xy2h;
use rayon::prelude::*;

use crate::domain::area::Position;
use crate::domain::holdings::IncidentColumns;
use crate::domain::incident::IncidentRow;
use crate::geometry::projection::{self, MAX_ZOOM, TileAddress};

/// The index along the curve of the deepest tile that holds a position.
pub(super) fn key_of(at: Position) -> u32 {
    let world = projection::LonLat::new(at.lon(), at.lat()).to_world();
    let side = f64::from(1_u32 << MAX_ZOOM);
    let column = |fraction: f64| (fraction * side).floor().clamp(0.0, side - 1.0) as u16;
    xy2h(column(world.x), column(world.y), MAX_ZOOM)
}

/// The keys of the deepest tiles within a tile.
pub(super) fn keys_of(address: TileAddress) -> Range<u64> {
    let depth = MAX_ZOOM - address.z();
    let corner = xy2h((address.x() << depth) as u16, (address.y() << depth) as u16, MAX_ZOOM);
    // A tile holds 4^depth deepest tiles with consecutive keys. Any one of them, here the corner, gives the start
    // of the run by clearing the low bits.
    let first = u64::from(corner) >> (2 * depth) << (2 * depth);
    first..first + (1 << (2 * depth))
}

/// Incidents in drawing order.
#[derive(Debug, Clone)]
pub(in crate::snapshot) struct OrderedIncidents {
    /// The incidents, the drawn ones first.
    pub(in crate::snapshot) incidents: IncidentColumns,
    /// The curve keys of the drawn ones, ascending.
    pub(in crate::snapshot) keys: Vec<u32>,
}

impl OrderedIncidents {
    /// The order of some incidents, of which those are drawn that have a position and are let through.
    pub(in crate::snapshot) fn new(
        incidents: IncidentColumns,
        may_draw: impl Fn(&IncidentColumns, IncidentRow) -> bool + Sync,
    ) -> Self {
        let order = RowOrder::new(&incidents, |row| may_draw(&incidents, row));
        let incidents = if order.is_kept() { incidents } else { incidents.permuted(&order.rows) };
        Self { incidents, keys: order.keys }
    }

    /// The drawn rows with their keys.
    pub(super) fn drawn(&self) -> impl Iterator<Item = (IncidentRow, u32)> {
        self.incidents.rows().zip(self.keys.iter().copied())
    }
}

/// A permutation of incident rows, with the curve keys of those that may be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
struct RowOrder {
    /// The rows in their new order.
    rows: Vec<IncidentRow>,
    /// The keys of those that are drawn, ascending; these rows come first.
    keys: Vec<u32>,
}

impl RowOrder {
    fn new(incidents: &IncidentColumns, may_draw: impl Fn(IncidentRow) -> bool + Sync) -> Self {
        let key = |row: IncidentRow| incidents.position(row).filter(|_| may_draw(row)).map(key_of);
        let keys: Vec<Option<u32>> = incidents.par_rows().map(key).collect();
        // Key above row in one number: a single unstable sort orders by key and, within a tile, by row, which is
        // by id where ids ascend.
        let drawn = keys.iter().enumerate().filter_map(|(row, key)| Some(u64::from((*key)?) << 32 | row as u64));
        let mut drawn: Vec<u64> = drawn.collect();
        drawn.par_sort_unstable();
        let mut others: Vec<u64> = (0..incidents.len() as u64).filter(|row| keys[*row as usize].is_none()).collect();
        drop(keys);
        if !ids_ascend(incidents) {
            let mut runs: Vec<&mut [u64]> = drawn.chunk_by_mut(|one, next| one >> 32 == next >> 32).collect();
            runs.push(&mut others);
            runs.into_par_iter().for_each(|run| sort_by_id(incidents, run));
        }
        let keys = drawn.iter().map(|entry| (entry >> 32) as u32).collect();
        Self { rows: drawn.into_iter().chain(others).map(row_of).collect(), keys }
    }

    /// Whether the rows already stand in this order.
    fn is_kept(&self) -> bool {
        IncidentRow::of_all(self.rows.len()).eq(self.rows.iter().copied())
    }
}

fn ids_ascend(incidents: &IncidentColumns) -> bool {
    (1..incidents.len())
        .into_par_iter()
        .all(|row| incidents.id(IncidentRow::new(row - 1)) < incidents.id(IncidentRow::new(row)))
}

/// The row in the lower half of an entry.
fn row_of(entry: u64) -> IncidentRow {
    IncidentRow::new(entry as u32 as usize)
}

/// Sorts entries whose lower halves are rows; most often they are sorted.
fn sort_by_id(incidents: &IncidentColumns, entries: &mut [u64]) {
    let id = |entry: &u64| incidents.id(row_of(*entry));
    if !entries.is_sorted_by(|one, next| id(one) <= id(next)) {
        entries.sort_unstable_by(|one, next| id(one).cmp(id(next)));
    }
}
