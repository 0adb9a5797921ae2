//! An overlay of incidents, laid out in the drawing order of the base that it is merged into.
//!
//! In: incidents in drawing order with an overlay. Out: those that come, and the splice that leads to the order in which
//! all of them would stand if they were ordered anew.

use std::ops::Range;

use super::order::OrderedIncidents;
use super::tiles::OccupiedTiles;
use crate::domain::holdings::IncidentColumns;
use crate::domain::incident::IncidentRow;
use crate::domain::incident::row_splice::RowSplice;
use crate::snapshot::overlay::layered_incidents::LayeredIncidents;

/// A change in drawing order.
#[derive(Debug, Clone)]
pub(in crate::snapshot) struct OrderedChange {
    /// The incidents that come, or come back changed.
    pub(in crate::snapshot) gained: OrderedIncidents,
    /// How columns of the base change.
    pub(in crate::snapshot) splice: RowSplice,
}

impl OrderedChange {
    /// What an overlay changes in the columns of its base, with the tiles of those that are drawn.
    pub(super) fn new(
        incidents: &LayeredIncidents,
        tiles: &OccupiedTiles,
        may_draw: impl Fn(&IncidentColumns, IncidentRow) -> bool + Sync,
    ) -> Self {
        let base = incidents.base();
        let mut current = IncidentColumns::default();
        incidents.present_added().filter_map(|row| incidents.at(row)).for_each(|incident| current.push(&incident));
        let gained = OrderedIncidents::new(current, may_draw);
        let drawn = tiles.all_rows().end;
        let gap = |row: IncidentRow| {
            let run = gained.keys.get(row.index()).map_or(drawn..base.len(), |key| tiles.rows_of_key(*key));
            first_not_before(base, run, gained.incidents.id(row))
        };
        let gaps: Vec<IncidentRow> = gained.incidents.rows().map(gap).collect();
        let gone = incidents.removed_in(&(0..base.len()));
        let splice = RowSplice::new(base.len(), gone, &gaps);
        Self { gained, splice }
    }
}

/// The first of some rows, in the order of their ids, whose id does not come before another; their end, if none.
pub(super) fn first_not_before(incidents: &IncidentColumns, rows: Range<usize>, id: &str) -> IncidentRow {
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
