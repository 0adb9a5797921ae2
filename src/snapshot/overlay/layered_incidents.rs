//! The incidents of a snapshot: columns that snapshots share, and few beside them that came since.
//!
//! In: columns in drawing order, and changes one after another. Out: what any row says. A changed incident leaves its row
//! and comes again behind all others, so a change costs what it changes and a copy of what came since the columns were
//! laid down, whatever the number of incidents. Rows that went are skipped by whoever walks over rows; they are there
//! to be read still. Which incidents are drawn where is known to [`crate::snapshot::incident_points`].

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::domain::area::{AreaKey, Position};
use crate::domain::holdings::IncidentColumns;
use crate::domain::incident::row_filter::CountedColumns;
use crate::domain::incident::taxonomy::{CategoryIndex, ChannelIndex, PrecisionIndex, Severity, StatusIndex};
use crate::domain::incident::{Incident, IncidentLocation, IncidentRow};

/// Rows that one thread walks at a time.
const PIECE_ROWS: usize = 100_000;

/// Incidents as shared columns with an overlay.
#[derive(Debug, Clone, Default)]
pub struct LayeredIncidents {
    base: Arc<IncidentColumns>,
    /// What came since, in the order in which it came. Its rows follow those of the base.
    added: Arc<IncidentColumns>,
    /// The rows of the overlay in the order of their ids, those that went left out.
    added_by_id: Arc<Vec<IncidentRow>>,
    /// The rows that went, ascending.
    removed: Arc<Vec<IncidentRow>>,
}

/// Some rows to be walked over: a run, of which those that went are skipped, or a list of rows that are there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowPiece {
    /// Rows one after another.
    Run(Range<usize>),
    /// Single rows.
    Listed(Vec<IncidentRow>),
}

impl RowPiece {
    /// The same in pieces, none too long for one thread.
    pub fn split(self) -> Vec<Self> {
        match self {
            Self::Run(run) => {
                let end = run.end;
                run.step_by(PIECE_ROWS).map(|from| Self::Run(from..end.min(from + PIECE_ROWS))).collect()
            }
            Self::Listed(rows) => vec![Self::Listed(rows)],
        }
    }
}

impl From<IncidentColumns> for LayeredIncidents {
    fn from(base: IncidentColumns) -> Self {
        Self { base: Arc::new(base), ..Self::default() }
    }
}

impl LayeredIncidents {
    /// The columns that snapshots share. Some of their rows may have gone.
    pub fn base(&self) -> &IncidentColumns {
        &self.base
    }

    /// How many incidents there are.
    pub fn len(&self) -> usize {
        self.base.len() + self.added.len() - self.removed.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many rows the overlay holds or takes away.
    pub fn overlay_rows(&self) -> usize {
        self.added.len() + self.removed.len()
    }

    /// The memory that columns and overlay take, in bytes.
    pub fn bytes(&self) -> usize {
        let listed = self.added_by_id.capacity() + self.removed.capacity();
        self.base.bytes() + self.added.bytes() + size_of::<IncidentRow>() * listed
    }

    /// Every row that is there.
    pub fn rows(&self) -> impl Iterator<Item = IncidentRow> + '_ {
        self.present_in(self.all_rows())
    }

    /// Every row, those that went too.
    pub(in crate::snapshot) fn all_rows(&self) -> Range<usize> {
        0..self.base.len() + self.added.len()
    }

    /// The rows of a piece that are there.
    pub fn rows_of<'a>(&'a self, piece: &'a RowPiece) -> Box<dyn Iterator<Item = IncidentRow> + 'a> {
        match piece {
            RowPiece::Run(run) => Box::new(self.present_in(run.clone())),
            RowPiece::Listed(rows) => Box::new(rows.iter().copied()),
        }
    }

    /// The rows of a run that are there.
    pub fn present_in(&self, run: Range<usize>) -> impl Iterator<Item = IncidentRow> + '_ {
        // Both ascend, and none of the rows that went lies before the run: the next of them is always ahead.
        let mut gone = self.removed_in(&run).iter().peekable();
        run.map(IncidentRow::new).filter(move |row| gone.next_if(|removed| *removed == row).is_none())
    }

    /// The rows of a run that went.
    pub(in crate::snapshot) fn removed_in(&self, run: &Range<usize>) -> &[IncidentRow] {
        let place = |bound: usize| self.removed.partition_point(|row| row.index() < bound);
        &self.removed[place(run.start)..place(run.end)]
    }

    /// Whether a row is there.
    pub fn is_present(&self, row: IncidentRow) -> bool {
        row.index() < self.all_rows().end && self.removed.binary_search(&row).is_err()
    }

    /// The first row of the overlay.
    pub(in crate::snapshot) fn first_added(&self) -> usize {
        self.base.len()
    }

    /// The rows of the overlay that are there.
    pub(in crate::snapshot) fn present_added(&self) -> impl Iterator<Item = IncidentRow> + '_ {
        self.present_in(self.base.len()..self.all_rows().end)
    }

    /// The row of the overlay with an id.
    pub(in crate::snapshot) fn added_row(&self, id: &str) -> Option<IncidentRow> {
        let place = self.added_by_id.binary_search_by(|row| self.id(*row).cmp(id)).ok()?;
        self.added_by_id.get(place).copied()
    }

    /// The rows of some ids, ascending; ids that no row has are left out. Walks all incidents.
    pub fn rows_of_ids(&self, ids: &[&str]) -> Vec<IncidentRow> {
        let mut rows = self.base.rows_of(ids.iter().copied());
        rows.retain(|row| self.removed.binary_search(row).is_err());
        rows.extend(ids.iter().filter_map(|id| self.added_row(id)));
        rows.sort_unstable();
        rows
    }

    /// The incidents without some rows, which ascend, and with others behind them.
    #[must_use]
    pub(in crate::snapshot) fn changed(&self, outdated: &[IncidentRow], new: &IncidentColumns) -> Self {
        let first_new = self.all_rows().end;
        let mut added = IncidentColumns::clone(&self.added);
        new.rows().filter_map(|row| new.at(row)).for_each(|incident| added.push(&incident));
        let mut removed = [self.removed.as_slice(), outdated].concat();
        removed.sort_unstable();
        let is_outdated = |row: &IncidentRow| outdated.binary_search(row).is_ok();
        let kept: Vec<IncidentRow> = self.added_by_id.iter().copied().filter(|row| !is_outdated(row)).collect();
        let mut new_by_id: Vec<IncidentRow> = new.rows().collect();
        new_by_id.sort_unstable_by(|one, other| new.id(*one).cmp(new.id(*other)));
        let added_by_id = self.merged_by_id(&kept, new, &new_by_id, first_new);
        Self {
            base: Arc::clone(&self.base),
            added: Arc::new(added),
            added_by_id: Arc::new(added_by_id),
            removed: Arc::new(removed),
        }
    }

    /// Rows of the overlay with new ones among them, in the order of the ids.
    fn merged_by_id(
        &self,
        kept: &[IncidentRow],
        new: &IncidentColumns,
        new_by_id: &[IncidentRow],
        first_new: usize,
    ) -> Vec<IncidentRow> {
        let mut merged = Vec::with_capacity(kept.len() + new_by_id.len());
        let mut from = 0;
        // Before each turn `kept[..from]` and the new rows so far are laid down, and the ids of the rest come after.
        for row in new_by_id {
            let to = from + kept[from..].partition_point(|known| self.id(*known) < new.id(*row));
            merged.extend_from_slice(&kept[from..to]);
            merged.push(IncidentRow::new(first_new + row.index()));
            from = to;
        }
        merged.extend_from_slice(&kept[from..]);
        merged
    }

    /// The columns that hold a row, and the row in them.
    fn columns_of(&self, row: IncidentRow) -> (&IncidentColumns, IncidentRow) {
        match row.index().checked_sub(self.base.len()) {
            None => (&self.base, row),
            Some(added) => (&self.added, IncidentRow::new(added)),
        }
    }

    /// The incident at a row, there or gone.
    pub fn at(&self, row: IncidentRow) -> Option<Incident> {
        let (columns, row) = self.columns_of(row);
        columns.at(row)
    }

    /// The id at a row.
    ///
    /// # Panics
    /// This and the other column readers panic for a row that never was.
    pub fn id(&self, row: IncidentRow) -> &str {
        let (columns, row) = self.columns_of(row);
        columns.id(row)
    }

    /// The position at a row; none for an incident without a point.
    pub fn position(&self, row: IncidentRow) -> Option<Position> {
        let (columns, row) = self.columns_of(row);
        columns.position(row)
    }

    /// Where the incident at a row happened.
    pub fn location(&self, row: IncidentRow) -> IncidentLocation {
        let (columns, row) = self.columns_of(row);
        columns.location(row)
    }

    /// The area at a row; none for an incident with a point or without any location.
    pub fn area(&self, row: IncidentRow) -> Option<&AreaKey> {
        let (columns, row) = self.columns_of(row);
        columns.area(row)
    }

    /// The moment at a row, in seconds since 1970 UTC.
    pub fn unix_seconds(&self, row: IncidentRow) -> i64 {
        let (columns, row) = self.columns_of(row);
        columns.unix_seconds(row)
    }

    /// The category at a row.
    pub fn category(&self, row: IncidentRow) -> CategoryIndex {
        let (columns, row) = self.columns_of(row);
        columns.category(row)
    }

    /// The severity at a row.
    pub fn severity(&self, row: IncidentRow) -> Severity {
        let (columns, row) = self.columns_of(row);
        columns.severity(row)
    }

    /// The status at a row.
    pub fn status(&self, row: IncidentRow) -> StatusIndex {
        let (columns, row) = self.columns_of(row);
        columns.status(row)
    }

    /// The channel at a row.
    pub fn channel(&self, row: IncidentRow) -> ChannelIndex {
        let (columns, row) = self.columns_of(row);
        columns.channel(row)
    }

    /// The precision at a row.
    pub fn precision(&self, row: IncidentRow) -> PrecisionIndex {
        let (columns, row) = self.columns_of(row);
        columns.precision(row)
    }

    /// Every row that is there, for several threads.
    pub fn par_rows(&self) -> impl ParallelIterator<Item = IncidentRow> + '_ {
        let pieces = RowPiece::Run(self.all_rows()).split();
        pieces.into_par_iter().flat_map_iter(|piece| self.rows_of(&piece).collect::<Vec<_>>())
    }

    /// The moments of all incidents that are there, for several threads.
    pub(in crate::snapshot) fn par_moments(&self) -> impl ParallelIterator<Item = i64> + '_ {
        self.par_rows().map(|row| self.unix_seconds(row))
    }
}

impl CountedColumns for LayeredIncidents {
    fn unix_seconds(&self, row: IncidentRow) -> i64 {
        self.unix_seconds(row)
    }

    fn category(&self, row: IncidentRow) -> CategoryIndex {
        self.category(row)
    }

    fn severity(&self, row: IncidentRow) -> Severity {
        self.severity(row)
    }
}
