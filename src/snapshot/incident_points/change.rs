//! A change of incidents, laid out in the drawing order of those that it changes.
//!
//! In: incidents in drawing order, and what becomes of them. Out: those that go, those that come, and the splice that
//! leads to the order in which all of them would stand if they were ordered anew.

use std::ops::Range;

use super::order::OrderedIncidents;
use super::tiles::OccupiedTiles;
use crate::domain::holdings::IncidentColumns;
use crate::domain::incident::IncidentRow;
use crate::domain::incident::incident_change::IncidentChange;
use crate::domain::incident::row_splice::RowSplice;

/// A change in drawing order.
#[derive(Debug, Clone)]
pub(in crate::snapshot) struct OrderedChange {
    /// The incidents that go, as they were.
    pub(in crate::snapshot) lost: OrderedIncidents,
    /// Those that come, or come back changed.
    pub(in crate::snapshot) gained: OrderedIncidents,
    /// How columns of the incidents change.
    pub(in crate::snapshot) splice: RowSplice,
}

impl OrderedChange {
    /// A change of incidents that stand in drawing order, with the tiles of those that are drawn.
    pub(super) fn new(
        incidents: &IncidentColumns,
        tiles: &OccupiedTiles,
        change: &IncidentChange,
        may_draw: impl Fn(&IncidentColumns, IncidentRow) -> bool + Sync,
    ) -> Self {
        let mut current = IncidentColumns::default();
        for incident in &change.current {
            current.push(incident);
        }
        let gained = OrderedIncidents::new(current, may_draw);
        let drawn = tiles.all_rows().end;
        let gap = |row: IncidentRow| {
            let run = gained.keys.get(row.index()).map_or(drawn..incidents.len(), |key| tiles.rows_of_key(*key));
            first_not_before(incidents, run, gained.incidents.id(row))
        };
        let gaps: Vec<IncidentRow> = gained.incidents.rows().map(gap).collect();
        let splice = RowSplice::new(incidents.len(), &change.outdated, &gaps);
        Self { lost: OrderedIncidents::of_rows(incidents, &change.outdated, drawn), gained, splice }
    }
}

/// The first of some rows, in the order of their ids, whose id does not come before another; their end, if none.
fn first_not_before(incidents: &IncidentColumns, rows: Range<usize>, id: &str) -> IncidentRow {
    let Range { start: mut from, end: mut to } = rows;
    // The ids before `from` come before, those from `to` on do not.
    while from < to {
        let middle = from.midpoint(to);
        if incidents.id(IncidentRow::new(middle)) < id {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    IncidentRow::new(from)
}
