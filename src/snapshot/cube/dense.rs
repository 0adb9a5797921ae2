//! Counts from prefix sums: for every day and cell how many incidents came before it.
//!
//! A count of any period is two loads and a subtraction. Sums within a category run over its severities from the
//! highest down, so that "at least so severe" is one cell as well. Every so many days the sums stand in full; the
//! days between hold what came since, in the narrowest number that fits. One day lies after another, and the cells
//! of a row lie together in each.

use super::cells::{CubeCell, CubeCells, CubeQuery};
use super::event::CubeRow;
use super::table::CountTable;
use crate::domain::index::ListIndex;
use crate::domain::time::period::Period;

/// The lengths of blocks to choose from, as powers of two days.
const BLOCK_SHIFTS: [u32; 5] = [2, 3, 4, 5, 6];

/// How the sums are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    /// The day that moment 0 begins.
    pub(super) first_day: i32,
    /// How many days are covered.
    pub(super) days: usize,
    /// A block has two to this power days.
    block_shift: u32,
    width: Width,
}

/// The number that holds what came since the start of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Width {
    Byte,
    Short,
    Long,
}

impl Width {
    fn holding(most: u32) -> Self {
        match most {
            0..=0xff => Self::Byte,
            0x100..=0xffff => Self::Short,
            _ => Self::Long,
        }
    }

    fn bytes(self) -> usize {
        match self {
            Self::Byte => 1,
            Self::Short => 2,
            Self::Long => 4,
        }
    }
}

impl Layout {
    /// The fewest bytes that any layout of so many days and cells can take.
    pub(super) fn least_bytes(days: usize, cells: usize) -> usize {
        let shift = BLOCK_SHIFTS[BLOCK_SHIFTS.len() - 1];
        Self { first_day: 0, days, block_shift: shift, width: Width::Byte }.bytes(cells)
    }

    /// The smallest layout for events given as day and cell in the order of their days.
    pub(super) fn smallest(cells: &CubeCells, first_day: i32, days: usize, events: &[(i32, u32)]) -> Self {
        let layout = |block_shift: u32| {
            let most = most_in_a_block(cells, first_day, block_shift, events);
            Self { first_day, days, block_shift, width: Width::holding(most) }
        };
        let of_all = BLOCK_SHIFTS.into_iter().map(layout);
        of_all.min_by_key(|layout| layout.bytes(cells.len())).unwrap_or_else(|| layout(0))
    }

    /// The bytes of the sums of so many cells.
    pub(super) fn bytes(&self, cells: usize) -> usize {
        cells * (self.moments() * self.width.bytes() + self.blocks() * size_of::<u32>())
    }

    /// The start of each day, and the end of the last.
    fn moments(&self) -> usize {
        self.days + 1
    }

    fn blocks(&self) -> usize {
        (self.days >> self.block_shift) + 1
    }

    /// How many of the days lie before a day.
    fn moment(&self, day: i32) -> usize {
        let before = i64::from(day) - i64::from(self.first_day);
        usize::try_from(before).map_or(0, |before| before.min(self.days))
    }
}

/// The highest sum that a cell reaches within a block.
fn most_in_a_block(cells: &CubeCells, first_day: i32, block_shift: u32, events: &[(i32, u32)]) -> u32 {
    let firsts = first_of_group(cells);
    let mut within = vec![0_u32; cells.len()];
    let mut most = 0;
    // Sums within a block only grow, so their last state is their greatest; this walks the same blocks as
    // `Sums::of` and decides the width that must hold them.
    for block in events.chunk_by(|one, next| (one.0 - first_day) >> block_shift == (next.0 - first_day) >> block_shift)
    {
        within.fill(0);
        for (_, cell) in block {
            within[firsts[*cell as usize] as usize..=*cell as usize].iter_mut().for_each(|sum| *sum += 1);
        }
        most = most.max(within.iter().copied().max().unwrap_or(0));
    }
    most
}

/// For every cell the first of its row and category.
fn first_of_group(cells: &CubeCells) -> Vec<u32> {
    let mut firsts = Vec::with_capacity(cells.len());
    for group in cells.groups() {
        firsts.resize(group.end, group.start as u32);
    }
    firsts
}

/// Prefix sums in the width that fits them.
#[derive(Debug, Clone)]
pub(super) enum Dense {
    /// Of one byte a day.
    Byte(Sums<u8>),
    /// Of two bytes.
    Short(Sums<u16>),
    /// Of four bytes.
    Long(Sums<u32>),
}

/// Applies the same expression to the sums of any width.
macro_rules! of_any_width {
    ($dense:expr, $sums:ident => $answer:expr) => {
        match $dense {
            Dense::Byte($sums) => $answer,
            Dense::Short($sums) => $answer,
            Dense::Long($sums) => $answer,
        }
    };
}

impl Dense {
    /// The sums of events given as day and cell in the order of their days, all within the days of the layout.
    pub(super) fn of(cells: &CubeCells, layout: Layout, events: &[(i32, u32)]) -> Self {
        match layout.width {
            Width::Byte => Self::Byte(Sums::of(cells, layout, events, |sum| sum as u8)),
            Width::Short => Self::Short(Sums::of(cells, layout, events, |sum| sum as u16)),
            Width::Long => Self::Long(Sums::of(cells, layout, events, |sum| sum)),
        }
    }

    /// How many days it covers.
    pub(super) fn days(&self) -> usize {
        of_any_width!(self, sums => sums.layout.days)
    }

    /// The bytes it takes.
    pub(super) fn bytes(&self) -> usize {
        of_any_width!(self, sums => sums.layout.bytes(sums.cells))
    }

    /// Adds the counts of a period by category and severity, row by row of the table.
    pub(super) fn add_counts<I: ListIndex>(
        &self,
        query: &CubeQuery<'_>,
        period: Period,
        first_row: CubeRow,
        table: &mut CountTable<I>,
    ) {
        of_any_width!(self, sums => sums.add_counts(query, period, first_row, table));
    }

    /// Adds the count of a period of each row.
    pub(super) fn add_totals(
        &self,
        query: &CubeQuery<'_>,
        period: Period,
        rows: impl Iterator<Item = CubeRow>,
        totals: &mut [u32],
    ) {
        of_any_width!(self, sums => sums.add_totals(query, period, rows, totals));
    }

    /// Adds the counts of each group and step.
    pub(super) fn add_steps(
        &self,
        query: &CubeQuery<'_>,
        group_of: &[Option<usize>],
        bounds: &[i32],
        steps: &mut [Vec<u32>],
    ) {
        of_any_width!(self, sums => sums.add_steps(query, group_of, bounds, steps));
    }
}

/// Prefix sums of one width.
#[derive(Debug, Clone)]
pub(super) struct Sums<W> {
    cells: usize,
    layout: Layout,
    /// By block and cell: what came before the block.
    before_block: Vec<u32>,
    /// By day and cell: what came in the block before the day.
    in_block: Vec<W>,
}

/// All that came before one day, by cell.
#[derive(Debug, Clone, Copy)]
struct Moment<'a, W> {
    before_block: &'a [u32],
    in_block: &'a [W],
}

impl<W: Copy + Into<u32>> Moment<'_, W> {
    fn sum(self, cell: CubeCell) -> u32 {
        self.before_block[cell.index()] + self.in_block[cell.index()].into()
    }
}

impl<W: Copy + Into<u32>> Sums<W> {
    fn of(cells: &CubeCells, layout: Layout, events: &[(i32, u32)], narrow: impl Fn(u32) -> W) -> Self {
        let firsts = first_of_group(cells);
        let mut before = vec![0_u32; cells.len()];
        let mut within = vec![0_u32; cells.len()];
        let mut before_block = Vec::with_capacity(layout.blocks() * cells.len());
        let mut in_block = Vec::with_capacity(layout.moments() * cells.len());
        let mut rest = events;
        // Before each moment: `before` holds what came before its block, `within` what came since the block began
        // and before this day, `rest` the events from this day on. So `before + within` is the prefix sum of every
        // cell.
        for moment in 0..layout.moments() {
            if moment % (1 << layout.block_shift) == 0 {
                before.iter_mut().zip(&mut within).for_each(|(sum, more)| *sum += std::mem::take(more));
                before_block.extend_from_slice(&before);
            }
            in_block.extend(within.iter().map(|sum| narrow(*sum)));
            let day = layout.first_day + moment as i32;
            // Events come in the order of their days and all lie within the layout, so the day's own are the head
            // of `rest`.
            let (today, later) = rest.split_at(rest.iter().take_while(|event| event.0 == day).count());
            // An event of a severity counts for every lower one of its group too: the sum of a cell is "at least
            // so severe".
            for (_, cell) in today {
                within[firsts[*cell as usize] as usize..=*cell as usize].iter_mut().for_each(|sum| *sum += 1);
            }
            rest = later;
        }
        Self { cells: cells.len(), layout, before_block, in_block }
    }

    fn moment(&self, day: i32) -> Moment<'_, W> {
        let (moment_index, cells) = (self.layout.moment(day), self.cells);
        let block = moment_index >> self.layout.block_shift;
        Moment {
            before_block: &self.before_block[block * cells..(block + 1) * cells],
            in_block: &self.in_block[moment_index * cells..(moment_index + 1) * cells],
        }
    }

    fn add_counts<I: ListIndex>(
        &self,
        query: &CubeQuery<'_>,
        period: Period,
        first_row: CubeRow,
        table: &mut CountTable<I>,
    ) {
        let (from, to) = (self.moment(period.from().number()), self.moment(period.to().number()));
        for (number, row) in table.indices().enumerate() {
            for (category, cells) in query.of_row(CubeRow::new(first_row.index() + number)) {
                // From the most severe down: each sum includes those above it, and the difference to the one
                // before is the cell's own count.
                let mut more_severe = 0;
                for cell in cells.rev().map(CubeCell::new) {
                    let at_least = to.sum(cell) - from.sum(cell);
                    table.add_to(row, category, query.cells().severity(cell), at_least - more_severe);
                    more_severe = at_least;
                }
            }
        }
    }

    fn add_totals(
        &self,
        query: &CubeQuery<'_>,
        period: Period,
        rows: impl Iterator<Item = CubeRow>,
        totals: &mut [u32],
    ) {
        let (from, to) = (self.moment(period.from().number()), self.moment(period.to().number()));
        for (row, total) in rows.zip(totals) {
            // The lowest cell requested already sums all above it.
            let least = query.of_row(row).map(|(_, cells)| CubeCell::new(cells.start));
            *total += least.map(|cell| to.sum(cell) - from.sum(cell)).sum::<u32>();
        }
    }

    fn add_steps(&self, query: &CubeQuery<'_>, group_of: &[Option<usize>], bounds: &[i32], steps: &mut [Vec<u32>]) {
        let grouped = CubeRow::of_all(group_of.len()).zip(group_of).filter_map(|(row, group)| Some((row, (*group)?)));
        let cells: Vec<(CubeCell, usize)> = grouped
            .flat_map(|(row, group)| query.of_row(row).map(move |(_, cells)| (CubeCell::new(cells.start), group)))
            .collect();
        // Step by step, not cell by cell: two moments are two runs of memory that all cells share.
        for (step, pair) in bounds.windows(2).enumerate() {
            let (from, to) = (self.moment(pair[0]), self.moment(pair[1]));
            for (cell, group) in &cells {
                steps[*group][step] += to.sum(*cell) - from.sum(*cell);
            }
        }
    }
}
