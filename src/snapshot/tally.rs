//! Counts of incidents by area, category and severity for any span of days.
//!
//! The days of the incidents of one area, category and severity stand sorted in
//! one run; the count of a period is the distance between two binary searches.
//! The cost of a question grows with the number of runs, not with the number of
//! incidents.

use rayon::prelude::*;

use crate::domain::filter::{CategorySet, Filter};
use crate::domain::period::Period;
use crate::domain::taxonomy::{CategoryIndex, Severity};

/// One incident as the tally sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Event {
    /// The row of counts it belongs to.
    pub row: u32,
    /// What happened.
    pub category: CategoryIndex,
    /// How severe it was.
    pub severity: Severity,
    /// The local day, counted from 1 January 1970.
    pub day: i32,
}

/// The days of all incidents, sorted within each run of (row, category, severity).
#[derive(Debug, Clone, Default)]
pub(super) struct Tally {
    rows: usize,
    categories: usize,
    run_starts: Vec<u32>,
    days: Vec<i32>,
}

impl Tally {
    /// The tally of events over `rows` rows and `categories` categories.
    /// Events of a row or category outside these are not counted.
    pub(super) fn new(rows: usize, categories: usize, events: &[Event]) -> Self {
        let runs = rows * categories * Severity::COUNT;
        let run_of = |event: &Event| {
            let fits = (event.row as usize) < rows && event.category.place() < categories;
            fits.then(|| {
                (event.row as usize * categories + event.category.place()) * Severity::COUNT + event.severity.place()
            })
        };
        let mut run_starts = vec![0_u32; runs + 1];
        for run in events.iter().filter_map(run_of) {
            run_starts[run + 1] += 1;
        }
        for run in 0..runs {
            run_starts[run + 1] += run_starts[run];
        }
        let mut next = run_starts.clone();
        let mut days = vec![0_i32; run_starts[runs] as usize];
        for event in events {
            if let Some(run) = run_of(event) {
                days[next[run] as usize] = event.day;
                next[run] += 1;
            }
        }
        sort_runs(&run_starts, &mut days);
        Self { rows, categories, run_starts, days }
    }

    /// Counts by row, category and severity in a period, for the categories of the filter.
    pub(super) fn counts(&self, filter: &Filter) -> CountTable {
        let mut table = CountTable::zero(self.rows, self.categories);
        for category in filter.categories.iter().filter(|category| category.place() < self.categories) {
            for row in 0..self.rows {
                for severity in filter.min_severity.place()..Severity::COUNT {
                    let cell = table.cell(row, category.place(), severity);
                    table.counts[cell] = self.run_count(cell, filter.period);
                }
            }
        }
        table
    }

    /// Counts by group and step of time for the categories of the filter, in one pass over its days. Row `r` counts for
    /// group `group_of[r]`; step `s` holds the days from `bounds[s]` up to `bounds[s + 1]`, whatever the filter's period.
    pub(super) fn stepped(
        &self,
        filter: &Filter,
        group_of: &[Option<usize>],
        groups: usize,
        bounds: &[i32],
    ) -> Vec<Vec<u32>> {
        let mut counts = vec![vec![0; bounds.len().saturating_sub(1)]; groups];
        let categories: Vec<usize> = filter.categories.iter().map(CategoryIndex::place).collect();
        for (row, group) in group_of.iter().enumerate().take(self.rows) {
            let Some(group) = *group else { continue };
            for category in categories.iter().filter(|category| **category < self.categories) {
                let first = (row * self.categories + category) * Severity::COUNT;
                for run in first + filter.min_severity.place()..first + Severity::COUNT {
                    let days = &self.days[self.run_starts[run] as usize..self.run_starts[run + 1] as usize];
                    add_by_step(days, bounds, &mut counts[group]);
                }
            }
        }
        counts
    }

    fn run_count(&self, run: usize, period: Period) -> u32 {
        let days = &self.days[self.run_starts[run] as usize..self.run_starts[run + 1] as usize];
        let from = days.partition_point(|day| *day < period.from().number());
        let to = days.partition_point(|day| *day < period.to().number());
        (to - from) as u32
    }
}

/// Adds sorted days to the steps that hold them. A gap costs a binary search, so sparse days over many
/// steps cost no more than many days over few.
fn add_by_step(days: &[i32], bounds: &[i32], counts: &mut [u32]) {
    let (Some(first), Some(end)) = (bounds.first(), bounds.last()) else { return };
    let within = &days[days.partition_point(|day| day < first)..days.partition_point(|day| day < end)];
    let mut step = 0;
    for day in within {
        if *day >= bounds[step + 1] {
            step += bounds[step + 1..].partition_point(|bound| bound <= day);
        }
        counts[step] += 1;
    }
}

fn sort_runs(run_starts: &[u32], days: &mut [i32]) {
    let mut runs: Vec<&mut [i32]> = Vec::with_capacity(run_starts.len());
    let mut rest = days;
    for pair in run_starts.windows(2) {
        let (run, tail) = rest.split_at_mut((pair[1] - pair[0]) as usize);
        runs.push(run);
        rest = tail;
    }
    runs.par_iter_mut().for_each(|run| run.sort_unstable());
}

/// Counts by row, category and severity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountTable {
    rows: usize,
    categories: usize,
    counts: Vec<u32>,
}

impl CountTable {
    /// A table of zeros.
    pub fn zero(rows: usize, categories: usize) -> Self {
        Self { rows, categories, counts: vec![0; rows * categories * Severity::COUNT] }
    }

    fn cell(&self, row: usize, category: usize, severity: usize) -> usize {
        (row * self.categories + category) * Severity::COUNT + severity
    }

    /// Counts one more incident.
    pub fn count_one(&mut self, row: usize, category: CategoryIndex, severity: Severity) {
        let cell = self.cell(row, category.place(), severity.place());
        self.counts[cell] += 1;
    }

    /// Adds a table of the same rows and categories, cell by cell.
    pub fn add(&mut self, other: &Self) {
        self.counts.iter_mut().zip(&other.counts).for_each(|(count, more)| *count += more);
    }

    /// How many rows the table has.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// How many categories the table has.
    pub fn categories(&self) -> usize {
        self.categories
    }

    /// The count of one row, category and severity.
    pub fn count(&self, row: usize, category: CategoryIndex, severity: Severity) -> u32 {
        self.counts[self.cell(row, category.place(), severity.place())]
    }

    /// The count of one row over a set of categories.
    pub fn row_total(&self, row: usize, categories: CategorySet) -> u32 {
        let within = categories.iter().filter(|category| category.place() < self.categories);
        within.map(|category| self.category_total(row, category)).sum()
    }

    /// The count of one row and category over all severities.
    pub fn category_total(&self, row: usize, category: CategoryIndex) -> u32 {
        let start = self.cell(row, category.place(), 0);
        self.counts[start..start + Severity::COUNT].iter().sum()
    }

    /// The table of groups: row `r` is added to group `group_of[r]`; rows without a group are left out.
    #[must_use]
    pub fn grouped(&self, group_of: &[Option<usize>], groups: usize) -> Self {
        let mut table = Self::zero(groups, self.categories);
        let width = self.categories * Severity::COUNT;
        for (row, group) in group_of.iter().enumerate().take(self.rows) {
            let Some(group) = group else { continue };
            for cell in 0..width {
                table.counts[group * width + cell] += self.counts[row * width + cell];
            }
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::period::Day;
    use crate::domain::scheme::SchemeIndex;

    fn filter(from: i32, to: i32) -> Filter {
        let categories = CategorySet::EMPTY.with(CategoryIndex::new(0)).with(CategoryIndex::new(1));
        Filter {
            edition: "2025-07".parse().unwrap(),
            period: Period::new(Day::from_number(from), Day::from_number(to)).unwrap(),
            categories,
            min_severity: Severity::LEAST,
            scheme: SchemeIndex::new(0),
        }
    }

    fn event(row: u32, category: u8, severity: u8, day: i32) -> Event {
        Event { row, category: CategoryIndex::new(category), severity: Severity::new(severity).unwrap(), day }
    }

    #[test]
    fn the_last_day_of_a_period_is_not_counted() {
        let tally = Tally::new(1, 1, &[event(0, 0, 1, 9), event(0, 0, 1, 10), event(0, 0, 1, 20)]);
        assert_eq!(tally.counts(&filter(10, 20)).category_total(0, CategoryIndex::new(0)), 1);
        assert_eq!(tally.counts(&filter(9, 21)).category_total(0, CategoryIndex::new(0)), 3);
    }

    #[test]
    fn no_events_give_zeros() {
        let tally = Tally::new(2, 1, &[]);
        assert_eq!(tally.counts(&filter(0, 100)), CountTable::zero(2, 1));
    }

    #[test]
    fn day_on_a_bound_belongs_to_the_step_that_begins_there() {
        let tally = Tally::new(1, 1, &[9, 10, 14, 20, 21].map(|day| event(0, 0, 1, day)));
        assert_eq!(tally.stepped(&filter(0, 1), &[Some(0)], 1, &[10, 15, 16, 21]), [[2, 0, 1]]);
        assert_eq!(tally.stepped(&filter(0, 1), &[Some(0)], 1, &[]), [[0_u32; 0]]);
    }

    #[test]
    fn least_severity_leaves_lesser_incidents_out() {
        let tally = Tally::new(1, 2, &[event(0, 0, 1, 5), event(0, 1, 4, 5)]);
        let severe = Filter { min_severity: Severity::new(3).unwrap(), ..filter(0, 10) };
        assert_eq!(tally.counts(&severe).row_total(0, severe.categories), 1);
    }

    proptest! {
        #[test]
        fn steps_count_what_a_question_for_each_would(
            raw in prop::collection::vec((0_u32..4, 0_u8..2, 1_u8..=5, 0_i32..50), 0..200),
            mut bounds in prop::collection::btree_set(-5_i32..55, 2..12), least in 1_u8..=5,
        ) {
            let events: Vec<Event> = raw.iter().map(|(r, c, s, d)| event(*r, *c, *s, *d)).collect();
            let tally = Tally::new(4, 2, &events);
            let bounds: Vec<i32> = std::mem::take(&mut bounds).into_iter().collect();
            let group_of = [Some(1), None, Some(0), Some(1)];
            let asked = Filter { min_severity: Severity::new(least).unwrap(), ..filter(0, 1) };
            let stepped = tally.stepped(&asked, &group_of, 2, &bounds);
            for (step, pair) in bounds.windows(2).enumerate() {
                let one = Filter { period: filter(pair[0], pair[1]).period, ..asked };
                let grouped = tally.counts(&one).grouped(&group_of, 2);
                for (group, counts) in stepped.iter().enumerate() {
                    prop_assert_eq!(counts[step], grouped.row_total(group, asked.categories));
                }
            }
        }

        #[test]
        fn counts_equal_a_plain_scan_and_groups_conserve_them(
            raw in prop::collection::vec((0_u32..4, 0_u8..2, 1_u8..=5, 0_i32..50), 0..200),
            from in 0_i32..50, length in 1_i32..50,
        ) {
            let events: Vec<Event> = raw.iter().map(|(r, c, s, d)| event(*r, *c, *s, *d)).collect();
            let filter = filter(from, from + length);
            let counts = Tally::new(4, 2, &events).counts(&filter);
            for row in 0..4_u32 {
                let scan = events.iter().filter(|e| e.row == row && filter.period.contains(Day::from_number(e.day)));
                prop_assert_eq!(counts.row_total(row as usize, filter.categories) as usize, scan.count());
            }
            let grouped = counts.grouped(&[Some(0), Some(1), Some(0), None], 2);
            let sum = |rows: &[usize]| rows.iter().map(|r| counts.row_total(*r, filter.categories)).sum::<u32>();
            prop_assert_eq!(grouped.row_total(0, filter.categories), sum(&[0, 2]));
            prop_assert_eq!(grouped.row_total(1, filter.categories), sum(&[1]));
        }
    }
}
