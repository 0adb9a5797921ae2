//! Counts of incidents by area, category and severity for any span of days.
//!
//! In: events (row, category, severity, day). Out: a `Cube`, whose answer to a filter costs a time that grows with
//! the cells it selects and not with the number of incidents. Where prefix sums by day fit the room, they are held
//! (`dense`); where a few incidents lie far from all others, or the sums would not fit, sorted days are (`sparse`).
//! Both count alike; which is used shows only in `Cube::summary`. What changes afterwards stands beside the cube
//! (`changed_cube`).

mod cells;
mod changed_cube;
mod dense;
mod event;
mod listed_events;
mod sparse;
mod table;

use std::fmt;
use std::ops::Range;

use cells::{CubeCells, CubeQuery};
pub(super) use changed_cube::ChangedCube;
use dense::{Dense, Layout};
pub(super) use event::{CubeRow, Event};
use sparse::Sparse;
pub use table::CountTable;

use crate::domain::filter::Filter;
use crate::domain::index::ListIndex;

/// Room for the prefix sums of all editions of a snapshot together; each edition may use an equal share.
pub(super) const PREFIX_SUM_BUDGET_BYTES: usize = 512 << 20;

/// The part of the incidents, at each end of time, that may be kept apart so that the sums of the others fit.
const OUTLIER_SHARE: f64 = 0.001;

/// A part kept apart must make the sums so many times smaller: it costs a second pass over every query.
const MIN_SPLIT_GAIN: usize = 2;

/// Days that are sorted by counting them: about 2,900 years.
const MAX_COUNTING_SORT_DAYS: i64 = 1 << 20;

/// The counted incidents of one edition.
#[derive(Debug, Clone, Default)]
pub(super) struct Cube {
    cells: CubeCells,
    dense: Option<Dense>,
    sparse: Option<Sparse>,
}

/// How incidents are held for counting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CubeSummary {
    /// Prefix sums, sorted days, or both.
    pub form: CubeForm,
    /// Triples of row, category and severity that hold any incident.
    pub cells: usize,
    /// Days covered by prefix sums.
    pub days: usize,
    /// What all this takes in memory.
    pub bytes: usize,
}

/// Which of its two ways of counting a cube uses, for the log and the metrics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CubeForm {
    /// Prefix sums by day.
    Dense,
    /// Sorted days.
    Sparse,
    /// Prefix sums over the days that hold nearly all incidents, sorted days for the few far off.
    Mixed,
}

impl fmt::Display for CubeForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Dense => "dense",
            Self::Sparse => "sparse",
            Self::Mixed => "mixed",
        })
    }
}

impl Cube {
    /// The cube of events over `rows` rows and `categories` categories, with prefix sums where they fit into
    /// `budget_bytes`. Events of a row or category outside these are not counted.
    pub(super) fn new(rows: usize, categories: usize, events: &[Event], budget_bytes: usize) -> Self {
        let (cells, cell_of_event) = CubeCells::of(rows, categories, events);
        let events = by_day(events, &cell_of_event);
        let Some((layout, core)) = dense_part(&cells, &events, budget_bytes) else {
            let sparse = Sparse::of(cells.len(), &events);
            return Self { cells, dense: None, sparse: Some(sparse) };
        };
        let outlying = [&events[..core.start], &events[core.end..]].concat();
        let dense = Dense::of(&cells, layout, &events[core]);
        let sparse = (!outlying.is_empty()).then(|| Sparse::of(cells.len(), &outlying));
        Self { cells, dense: Some(dense), sparse }
    }

    /// Counts by row, category and severity in the period of a filter, of the rows that are requested.
    pub(super) fn counts<I: ListIndex>(&self, filter: &Filter, rows: Range<usize>) -> CountTable<I> {
        let mut table = CountTable::zero(rows.len(), self.cells.categories());
        self.add_counts(filter, rows, &mut table);
        table
    }

    /// Adds what [`Cube::counts`] gives.
    fn add_counts<I: ListIndex>(&self, filter: &Filter, rows: Range<usize>, table: &mut CountTable<I>) {
        let first_row = CubeRow::new(rows.start);
        let query = CubeQuery::of(filter, &self.cells);
        if let Some(dense) = &self.dense {
            dense.add_counts(&query, filter.period, first_row, table);
        }
        if let Some(sparse) = &self.sparse {
            sparse.add_counts(&query, filter.period, first_row, table);
        }
    }

    /// How many incidents a filter counts in each of the rows that are requested.
    pub(super) fn totals(&self, filter: &Filter, rows: impl Iterator<Item = CubeRow> + Clone) -> Vec<u32> {
        let mut totals = vec![0; rows.clone().count()];
        let query = CubeQuery::of(filter, &self.cells);
        if let Some(dense) = &self.dense {
            dense.add_totals(&query, filter.period, rows.clone(), &mut totals);
        }
        if let Some(sparse) = &self.sparse {
            sparse.add_totals(&query, filter.period, rows, &mut totals);
        }
        totals
    }

    /// Counts by group and step of time for the categories and severities of the filter, whatever its period. Row `r`
    /// counts for group `group_of[r]`; step `s` holds the days from `bounds[s]` up to `bounds[s + 1]`.
    pub(super) fn stepped(
        &self,
        filter: &Filter,
        group_of: &[Option<usize>],
        groups: usize,
        bounds: &[i32],
    ) -> Vec<Vec<u32>> {
        let mut steps = vec![vec![0; bounds.len().saturating_sub(1)]; groups];
        let group_of = &group_of[..group_of.len().min(self.cells.rows())];
        let query = CubeQuery::of(filter, &self.cells);
        if let Some(dense) = &self.dense {
            dense.add_steps(&query, group_of, bounds, &mut steps);
        }
        if let Some(sparse) = &self.sparse {
            sparse.add_steps(&query, group_of, bounds, &mut steps);
        }
        steps
    }

    /// How the incidents are held.
    pub(super) fn summary(&self) -> CubeSummary {
        CubeSummary {
            form: match (&self.dense, &self.sparse) {
                (Some(_), None) => CubeForm::Dense,
                (Some(_), Some(_)) => CubeForm::Mixed,
                (None, _) => CubeForm::Sparse,
            },
            cells: self.cells.len(),
            days: self.dense.as_ref().map_or(0, Dense::days),
            bytes: self.bytes(),
        }
    }

    fn bytes(&self) -> usize {
        let (dense, sparse) = (self.dense.as_ref().map(Dense::bytes), self.sparse.as_ref().map(Sparse::bytes));
        self.cells.bytes() + dense.unwrap_or(0) + sparse.unwrap_or(0)
    }
}

/// Days and cells of the events that have a cell, in the order of their days.
fn by_day(events: &[Event], cell_of_event: &[Option<u32>]) -> Vec<(i32, u32)> {
    let counted = || events.iter().zip(cell_of_event).filter_map(|(event, cell)| Some((event.day, (*cell)?)));
    let days = counted().fold((i32::MAX, i32::MIN), |(first, last), (day, _)| (first.min(day), last.max(day)));
    let span = i64::from(days.1) - i64::from(days.0) + 1;
    if span > MAX_COUNTING_SORT_DAYS {
        let mut sorted: Vec<(i32, u32)> = counted().collect();
        sorted.sort_unstable();
        return sorted;
    }
    let mut next = vec![0_usize; span.max(0) as usize + 1];
    counted().for_each(|(day, _)| next[(day - days.0) as usize + 1] += 1);
    // Counting sort. After this loop `next[d]` is where day d begins; the loop below moves it past each event it
    // lays down, so equal days keep their order and each slot is written once.
    for day in 1..next.len() {
        next[day] += next[day - 1];
    }
    let mut sorted = vec![(0, 0); next[next.len() - 1]];
    for (day, cell) in counted() {
        let slot = &mut next[(day - days.0) as usize];
        sorted[*slot] = (day, cell);
        *slot += 1;
    }
    sorted
}

/// The layout of the prefix sums and the events they hold; none where they would not fit.
fn dense_part(cells: &CubeCells, events: &[(i32, u32)], budget_bytes: usize) -> Option<(Layout, Range<usize>)> {
    let outlying = (events.len() as f64 * OUTLIER_SHARE) as usize;
    let fitting = |part: Range<usize>| Some((fitting_layout(cells, &events[part.clone()], budget_bytes)?, part));
    let (whole, core) = (fitting(0..events.len()), fitting(outlying..events.len() - outlying));
    let bytes = |part: &Option<(Layout, Range<usize>)>| part.as_ref().map(|(layout, _)| layout.bytes(cells.len()));
    match (bytes(&whole), bytes(&core)) {
        // Two parts mean two queries: the split must pay for that.
        (Some(whole_bytes), Some(core_bytes)) if core_bytes > whole_bytes / MIN_SPLIT_GAIN => whole,
        (Some(_), None) => whole,
        _ => core,
    }
}

fn fitting_layout(cells: &CubeCells, events: &[(i32, u32)], budget_bytes: usize) -> Option<Layout> {
    let (first, last) = (events.first()?.0, events.last()?.0);
    let days = usize::try_from(i64::from(last) - i64::from(first) + 1).ok()?;
    let may_fit = Layout::least_bytes(days, cells.len()) <= budget_bytes;
    let layout = may_fit.then(|| Layout::smallest(cells, first, days, events))?;
    (layout.bytes(cells.len()) <= budget_bytes).then_some(layout)
}

#[cfg(test)]
mod tests;
