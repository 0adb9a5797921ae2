//! A filter made ready for many rows of incident columns.
//!
//! In: a filter, columns. Out: whether a row is counted; counts of a run of rows by category and severity. The one
//! module that says which incidents a filter counts.

use std::ops::Range;

use super::IncidentRow;
use super::incident_columns::IncidentColumns;
use super::taxonomy::{CategoryIndex, Severity};
use crate::domain::filter::Filter;
use crate::domain::time::period::Period;

/// Slots in [`Counts`] for each category: its severities, and some without use, so that a slot is found by a shift.
const STRIDE: usize = 8;
const CELLS: usize = 256 * STRIDE;

/// Which rows a filter counts.
#[derive(Debug, Clone)]
pub struct RowFilter {
    seconds: Range<i64>,
    counted: [u8; CELLS],
    categories: usize,
}

/// Incidents whose rows a filter can be held against.
pub trait CountedColumns {
    /// The moment at a row, in seconds since 1970 UTC.
    fn unix_seconds(&self, row: IncidentRow) -> i64;
    /// The category at a row.
    fn category(&self, row: IncidentRow) -> CategoryIndex;
    /// The severity at a row.
    fn severity(&self, row: IncidentRow) -> Severity;
}

impl CountedColumns for IncidentColumns {
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

impl RowFilter {
    /// The filter for rows; its edition and its scheme choose no incidents.
    pub fn new(filter: &Filter) -> Self {
        let mut counted = [0; CELLS];
        let mut categories = 0;
        for category in filter.categories.iter() {
            let first = category.index() * STRIDE;
            counted[first + usize::from(filter.min_severity.number())..first + STRIDE].fill(1);
            categories = category.index() + 1;
        }
        Self { seconds: seconds(filter.period), counted, categories }
    }

    /// Whether a row is counted.
    pub fn holds(&self, incidents: &impl CountedColumns, row: IncidentRow) -> bool {
        self.seconds.contains(&incidents.unix_seconds(row))
            && self.counts_kind(incidents.category(row), incidents.severity(row))
    }

    /// Whether incidents of a category and a severity are counted, on days of the period.
    pub fn counts_kind(&self, category: CategoryIndex, severity: Severity) -> bool {
        self.counted[cell_of(category.index() as u8, severity.number())] == 1
    }

    /// No counts yet, for the categories of the filter.
    pub fn zero(&self) -> Counts {
        Counts { counts: [0; CELLS], categories: self.categories }
    }

    /// Adds the rows of a run that are counted.
    pub fn add_rows(&self, incidents: &IncidentColumns, rows: Range<usize>, counts: &mut Counts) {
        let (categories, severities) = incidents.kinds(rows.clone());
        let kinds = categories.iter().zip(severities);
        let (low, high) = incidents.moments(rows);
        if high.is_empty() {
            self.add(low.iter().map(|low| i64::from(*low)).zip(kinds), counts);
        } else {
            let moments = low.iter().zip(high).map(|(low, high)| i64::from(*high) << 32 | i64::from(*low));
            self.add(moments.zip(kinds), counts);
        }
    }

    fn add<'a>(&self, rows: impl Iterator<Item = (i64, (&'a u8, &'a u8))>, counts: &mut Counts) {
        let (from, length) = (self.seconds.start, (self.seconds.end - self.seconds.start) as u64);
        // One unsigned comparison tests both ends of the period: a moment before `from` wraps around to a number
        // above any length.
        for (moment, (category, severity)) in rows {
            let cell = cell_of(*category, *severity);
            // Without a branch: which rows are counted cannot be foreseen.
            let is_within = u32::from((moment.wrapping_sub(from) as u64) < length);
            counts.counts[cell] += is_within & u32::from(self.counted[cell]);
        }
    }
}

fn cell_of(category: u8, severity: u8) -> usize {
    usize::from(category) * STRIDE + usize::from(severity) % STRIDE
}

/// The moments of a period, in seconds since 1970 UTC.
fn seconds(period: Period) -> Range<i64> {
    period.from().first_second()..period.to().first_second()
}

/// Counts by category and severity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    counts: [u32; CELLS],
    categories: usize,
}

/// What counts come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountSummary {
    /// How many incidents there are.
    pub count: u32,
    /// The most frequent category; of equally frequent ones the first.
    pub main_category: CategoryIndex,
    /// The greatest severity.
    pub worst: Severity,
}

impl Counts {
    /// Adds incidents of one category and severity.
    pub fn add(&mut self, category: CategoryIndex, severity: Severity, count: u32) {
        self.counts[cell_of(category.index() as u8, severity.number())] += count;
    }

    /// Takes away one incident that was counted.
    pub fn take_one(&mut self, category: CategoryIndex, severity: Severity) {
        self.counts[cell_of(category.index() as u8, severity.number())] -= 1;
    }

    /// Sets all counts back to 0.
    pub fn clear(&mut self) {
        self.counts[..self.categories * STRIDE].fill(0);
    }

    /// What the counts come to; none where all are 0.
    pub fn summary(&self) -> Option<CountSummary> {
        let mut found: Option<(CountSummary, u32)> = None;
        for (category, of_category) in self.counts.chunks_exact(STRIDE).take(self.categories).enumerate() {
            let total: u32 = of_category.iter().sum();
            let worst =
                of_category.iter().rposition(|count| *count > 0).and_then(|worst| Severity::new(worst as u8).ok());
            let Some(worst) = worst else { continue };
            let category = CategoryIndex::new(category as u8);
            let own = (CountSummary { count: total, main_category: category, worst }, total);
            // Only a greater total replaces the main category, so of equal ones the first in the taxonomy's order
            // stays.
            found = Some(found.map_or(own, |(all, most)| {
                let main_category = if total > most { category } else { all.main_category };
                let sum = CountSummary { count: all.count + total, main_category, worst: all.worst.max(worst) };
                (sum, most.max(total))
            }));
        }
        found.map(|(summary, _)| summary)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::filter::CategorySet;
    use crate::domain::incident::taxonomy::{ChannelIndex, PrecisionIndex, StatusIndex};
    use crate::domain::incident::{Incident, IncidentLocation};
    use crate::domain::rules::scheme::SchemeIndex;
    use crate::domain::time::period::Day;

    fn filter(days: (i32, i32), categories: &[u8], least: u8) -> Filter {
        let set = categories.iter().fold(CategorySet::EMPTY, |set, index| set.with(CategoryIndex::new(*index)));
        Filter {
            edition: "2025-07".parse().unwrap(),
            period: Period::new(Day::from_number(days.0), Day::from_number(days.1)).unwrap(),
            categories: set,
            min_severity: Severity::new(least).unwrap(),
            scheme: SchemeIndex::new(0),
        }
    }

    fn columns(rows: &[(i64, u8, u8)]) -> IncidentColumns {
        let mut columns = IncidentColumns::default();
        for (unix_seconds, category, severity) in rows {
            columns.push(&Incident {
                id: String::new(),
                unix_seconds: *unix_seconds,
                location: IncidentLocation::Unknown,
                category: CategoryIndex::new(*category),
                severity: Severity::new(*severity).unwrap(),
                status: StatusIndex::new(0),
                channel: ChannelIndex::new(0),
                precision: PrecisionIndex::new(0),
            });
        }
        columns
    }

    #[test]
    fn day_begins_at_midnight_in_quang_nam() {
        // 17:00 UTC on 1 January 1970 begins the local 2 January, day 1.
        let columns = columns(&[(17 * 3600 - 1, 0, 1), (17 * 3600, 0, 1), (41 * 3600 - 1, 0, 1), (41 * 3600, 0, 1)]);
        let one_day = RowFilter::new(&filter((1, 2), &[0], 1));
        let held: Vec<bool> = columns.rows().map(|row| one_day.holds(&columns, row)).collect();
        assert_eq!(held, [false, true, true, false]);
    }

    #[test]
    fn most_frequent_category_is_the_first_of_equals_and_the_worst_severity_is_of_any() {
        let rows = RowFilter::new(&filter((0, 9), &[2, 3, 255], 1));
        let mut counts = rows.zero();
        assert_eq!(counts.summary(), None);
        for (category, severity, count) in [(3, 1, 2), (2, 2, 1), (2, 1, 1), (255, 4, 1)] {
            counts.add(CategoryIndex::new(category), Severity::new(severity).unwrap(), count);
        }
        let expected =
            CountSummary { count: 5, main_category: CategoryIndex::new(2), worst: Severity::new(4).unwrap() };
        assert_eq!(counts.summary(), Some(expected));
        counts.clear();
        assert_eq!(counts, rows.zero());
    }

    #[test]
    fn filter_without_categories_counts_nothing() {
        let none = RowFilter::new(&filter((0, 9), &[], 1));
        let mut counts = none.zero();
        none.add_rows(&columns(&[(0, 0, 1)]), 0..1, &mut counts);
        assert_eq!(counts.summary(), None);
    }

    proptest! {
        #[test]
        fn run_of_rows_is_counted_as_row_by_row(
            rows in prop::collection::vec((-9_000_000_000_i64..9_000_000_000, 0_u8..6, 1_u8..=5), 0..120),
            from in -110_000_i32..110_000, length in 1_i32..90_000, least in 1_u8..=5,
            categories in prop::collection::vec(0_u8..6, 0..6), after_1970 in prop::bool::ANY,
        ) {
            let rows: Vec<_> = rows.into_iter().map(|(s, c, v)| (if after_1970 { s.abs() / 3 } else { s }, c, v)).collect();
            let (columns, filter) = (columns(&rows), filter((from, from + length), &categories, least));
            let row_filter = RowFilter::new(&filter);
            let mut counts = row_filter.zero();
            row_filter.add_rows(&columns, 0..rows.len(), &mut counts);
            let mut one_by_one = row_filter.zero();
            for (row, (seconds, category, severity)) in columns.rows().zip(&rows) {
                let (category, severity) = (CategoryIndex::new(*category), Severity::new(*severity).unwrap());
                let is_asked = filter.period.contains(Day::of_unix_seconds(*seconds))
                    && filter.categories.contains(category)
                    && severity >= filter.min_severity;
                prop_assert_eq!(row_filter.holds(&columns, row), is_asked);
                one_by_one.add(category, severity, u32::from(is_asked));
            }
            prop_assert_eq!(counts, one_by_one);
        }
    }
}
