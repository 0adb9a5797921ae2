//! Counts from sorted days: the days of each cell stand in one run.
//!
//! A count is the distance between two binary searches. Four bytes an incident, whatever the number of days and
//! cells: the form for what a dense one would not fit.

use super::cells::{CubeCell, CubeQuery};
use super::event::CubeRow;
use super::table::CountTable;
use crate::domain::index::ListIndex;
use crate::domain::time::period::Period;

/// The days of all incidents, sorted within each cell.
#[derive(Debug, Clone, Default)]
pub(super) struct Sparse {
    /// Where the run of each cell begins; one more entry ends the last.
    starts: Vec<u32>,
    days: Vec<i32>,
}

impl Sparse {
    /// The runs of events given as day and cell in the order of their days.
    pub(super) fn of(cells: usize, events: &[(i32, u32)]) -> Self {
        let mut starts = vec![0_u32; cells + 1];
        for (_, cell) in events {
            starts[*cell as usize + 1] += 1;
        }
        for cell in 0..cells {
            starts[cell + 1] += starts[cell];
        }
        // A counting sort by cell. Events arrive by day and are laid down in that order, so the run of each cell
        // is sorted by day without sorting.
        let mut next = starts.clone();
        let mut days = vec![0_i32; events.len()];
        for (day, cell) in events {
            let slot = &mut next[*cell as usize];
            days[*slot as usize] = *day;
            *slot += 1;
        }
        Self { starts, days }
    }

    /// The bytes it takes.
    pub(super) fn bytes(&self) -> usize {
        (self.starts.len() + self.days.len()) * size_of::<u32>()
    }

    /// Adds the counts of a period by category and severity, row by row of the table.
    pub(super) fn add_counts<I: ListIndex>(
        &self,
        query: &CubeQuery<'_>,
        period: Period,
        first_row: CubeRow,
        table: &mut CountTable<I>,
    ) {
        for (number, row) in table.indices().enumerate() {
            for (category, cells) in query.of_row(CubeRow::new(first_row.index() + number)) {
                for cell in cells.map(CubeCell::new) {
                    table.add_to(row, category, query.cells().severity(cell), self.count(cell, period));
                }
            }
        }
    }

    /// Adds the count of a period of each row.
    pub(super) fn add_totals(
        &self,
        query: &CubeQuery<'_>,
        period: Period,
        rows: impl Iterator<Item = CubeRow>,
        totals: &mut [u32],
    ) {
        for (row, total) in rows.zip(totals) {
            let cells = query.of_row(row).flat_map(|(_, cells)| cells).map(CubeCell::new);
            *total += cells.map(|cell| self.count(cell, period)).sum::<u32>();
        }
    }

    /// Adds the counts of each group and step.
    pub(super) fn add_steps(
        &self,
        query: &CubeQuery<'_>,
        group_of: &[Option<usize>],
        bounds: &[i32],
        steps: &mut [Vec<u32>],
    ) {
        for (row, group) in CubeRow::of_all(group_of.len()).zip(group_of) {
            let Some(group) = *group else { continue };
            for cell in query.of_row(row).flat_map(|(_, cells)| cells).map(CubeCell::new) {
                add_by_step(self.run(cell), bounds, &mut steps[group]);
            }
        }
    }

    fn run(&self, cell: CubeCell) -> &[i32] {
        let (from, to) = (self.starts[cell.index()], self.starts[cell.index() + 1]);
        &self.days[from as usize..to as usize]
    }

    fn count(&self, cell: CubeCell, period: Period) -> u32 {
        let days = self.run(cell);
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
    // `step` is the step of the day before, and steps never go back, for days ascend. `within` ends before the
    // last bound, so there is always a step to land in.
    for day in within {
        if *day >= bounds[step + 1] {
            step += bounds[step + 1..].partition_point(|bound| bound <= day);
        }
        counts[step] += 1;
    }
}
