//! What came and went since the cells were counted ahead, event by event.
//!
//! In: incidents in drawing order that are gone or new. Out: the difference that they make to the counts of a cell. Few
//! beside what is counted ahead; when there are many, whoever builds snapshots has everything counted anew.

use std::ops::Range;

use super::order::OrderedIncidents;
use crate::domain::incident::row_filter::{Counts, RowFilter};
use crate::domain::incident::taxonomy::{CategoryIndex, Severity};
use crate::domain::time::period::{Day, Period};
use crate::geometry::projection::MAX_ZOOM;

/// One drawn incident as its cell counts it.
#[derive(Debug, Clone, Copy)]
struct CellEvent {
    /// The index of its deepest tile along the curve.
    key: u32,
    day: Day,
    category: CategoryIndex,
    severity: Severity,
}

/// Drawn incidents that came or went.
#[derive(Debug, Clone, Default)]
pub(super) struct CellChanges {
    /// By key.
    gained: Vec<CellEvent>,
    /// By key.
    lost: Vec<CellEvent>,
}

/// The changes that a filter counts, in the cells of one zoom.
#[derive(Debug, Clone)]
pub(super) struct CountedChanges<'a> {
    changes: &'a CellChanges,
    period: Period,
    rows: &'a RowFilter,
    zoom: u8,
}

impl CellChanges {
    /// These and more.
    pub(super) fn with(&self, lost: &OrderedIncidents, gained: &OrderedIncidents) -> Self {
        Self { gained: merged(&self.gained, gained), lost: merged(&self.lost, lost) }
    }

    /// What a filter counts of them in the cells of a zoom.
    pub(super) fn counted<'a>(&'a self, zoom: u8, period: Period, rows: &'a RowFilter) -> CountedChanges<'a> {
        CountedChanges { changes: self, period, rows, zoom }
    }

    /// The memory they take.
    pub(super) fn bytes(&self) -> usize {
        size_of::<CellEvent>() * (self.gained.capacity() + self.lost.capacity())
    }
}

impl CountedChanges<'_> {
    /// Applies those in the cell of a key to the counts of all that was in it before.
    pub(super) fn apply(&self, key: u32, counts: &mut Counts) {
        let shift = 2 * u32::from(MAX_ZOOM.saturating_sub(self.zoom));
        let keys = u64::from(key) << shift..(u64::from(key) + 1) << shift;
        // What came is added first: of an incident that came and went again there is nothing to take away before.
        for event in self.counted(&self.changes.gained, &keys) {
            counts.add(event.category, event.severity, 1);
        }
        for event in self.counted(&self.changes.lost, &keys) {
            counts.take_one(event.category, event.severity);
        }
    }

    fn counted<'a>(&'a self, events: &'a [CellEvent], keys: &Range<u64>) -> impl Iterator<Item = &'a CellEvent> {
        let place = |bound: u64| events.partition_point(|event| u64::from(event.key) < bound);
        let in_cell = &events[place(keys.start)..place(keys.end)];
        in_cell
            .iter()
            .filter(|event| self.period.contains(event.day) && self.rows.counts_kind(event.category, event.severity))
    }
}

fn merged(events: &[CellEvent], more: &OrderedIncidents) -> Vec<CellEvent> {
    let incidents = &more.incidents;
    let new = more.drawn().map(|(row, key)| CellEvent {
        key,
        day: Day::of_unix_seconds(incidents.unix_seconds(row)),
        category: incidents.category(row),
        severity: incidents.severity(row),
    });
    let mut all: Vec<CellEvent> = events.iter().copied().chain(new).collect();
    all.sort_by_key(|event| event.key);
    all
}
