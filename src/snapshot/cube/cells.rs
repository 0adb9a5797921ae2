//! Which triples of row, category and severity ever hold an incident.
//!
//! In: events. Out: their cells, numbered row by row, within a row by category, within a category by rising
//! severity. The cells of a row stand together, so that a filter reads them in one run. Nothing is counted here.

use std::ops::Range;

use super::event::{CubeRow, Event};
use crate::domain::filter::Filter;
use crate::domain::incident::taxonomy::{CategoryIndex, Severity};

/// A cell, by its number. As wide as the ranges of cells that loops run over: nothing is converted there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CubeCell(usize);

impl CubeCell {
    /// The cell of a number.
    #[inline]
    pub(super) fn new(number: usize) -> Self {
        Self(number)
    }

    /// The number of the cell.
    #[inline]
    pub(super) fn index(self) -> usize {
        self.0
    }
}

/// The cells in use.
#[derive(Debug, Clone, Default)]
pub(super) struct CubeCells {
    rows: usize,
    categories: usize,
    /// Where the cells of each pair of row and category begin; one more entry ends the last.
    starts: Vec<u32>,
    /// The severity of each cell, by index.
    severities: Vec<u8>,
}

/// What a filter selects of the cells of any row.
#[derive(Debug, Clone)]
pub(super) struct CubeQuery<'a> {
    cells: &'a CubeCells,
    categories: Vec<CategoryIndex>,
    least: usize,
}

impl<'a> CubeQuery<'a> {
    /// The query of a filter, whatever its period.
    pub(super) fn of(filter: &Filter, cells: &'a CubeCells) -> Self {
        let categories = filter.categories.iter().filter(|category| category.index() < cells.categories).collect();
        Self { cells, categories, least: filter.min_severity.index() }
    }

    /// The cells that it selects from.
    pub(super) fn cells(&self) -> &'a CubeCells {
        self.cells
    }

    /// For each category selected of a row: the category, and its cells of enough severity, if any.
    pub(super) fn of_row(&self, row: CubeRow) -> impl Iterator<Item = (CategoryIndex, Range<usize>)> {
        let has_any = !self.cells.row(row).is_empty();
        let categories = if has_any { self.categories.as_slice() } else { &[] };
        let first = row.index() * self.cells.categories;
        let groups = categories.iter().map(move |category| (*category, first + category.index()));
        let cells_of_groups = groups.map(|(category, group)| (category, self.cells.at_least(group, self.least)));
        cells_of_groups.filter(|(_, cells)| !cells.is_empty())
    }
}

impl CubeCells {
    /// The cells of events, with the cell of each event; none for an event of a row or category outside.
    pub(super) fn of(rows: usize, categories: usize, events: &[Event]) -> (Self, Vec<Option<u32>>) {
        let slot = |event: &Event| {
            let fits = event.row.index() < rows && event.category.index() < categories;
            fits.then(|| {
                (event.row.index() * categories + event.category.index()) * Severity::COUNT + event.severity.index()
            })
        };
        let mut is_used = vec![false; rows * categories * Severity::COUNT];
        events.iter().filter_map(slot).for_each(|slot| is_used[slot] = true);
        let mut cells =
            Self { rows, categories, starts: Vec::with_capacity(rows * categories + 1), severities: vec![] };
        let mut cell_of_slot = vec![0; is_used.len()];
        // Slots ascend by row, category and severity, so cells are numbered in the order in which a filter reads
        // them, whatever the order of the events.
        for (slot, _) in is_used.iter().enumerate().filter(|(_, is_used)| **is_used) {
            cells.start_groups_up_to(slot / Severity::COUNT);
            cell_of_slot[slot] = cells.severities.len() as u32;
            cells.severities.push((slot % Severity::COUNT) as u8);
        }
        cells.start_groups_up_to(rows * categories);
        let cell_of_event = events.iter().map(|event| slot(event).map(|slot| cell_of_slot[slot])).collect();
        (cells, cell_of_event)
    }

    fn start_groups_up_to(&mut self, group: usize) {
        // Groups without cells get the start of the next one: an empty range.
        while self.starts.len() <= group {
            self.starts.push(self.severities.len() as u32);
        }
    }

    /// How many cells there are.
    pub(super) fn len(&self) -> usize {
        self.severities.len()
    }

    /// How many rows there are.
    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// How many categories there are.
    pub(super) fn categories(&self) -> usize {
        self.categories
    }

    /// The bytes the numbering takes.
    pub(super) fn bytes(&self) -> usize {
        self.starts.len() * size_of::<u32>() + self.severities.len()
    }

    /// The cells of a row.
    fn row(&self, row: CubeRow) -> Range<usize> {
        let row = row.index();
        self.starts[row * self.categories] as usize..self.starts[(row + 1) * self.categories] as usize
    }

    fn at_least(&self, group: usize, least: usize) -> Range<usize> {
        let (mut first, end) = (self.starts[group] as usize, self.starts[group + 1] as usize);
        // Severities rise within a group and there are four at most, so stepping beats a binary search.
        while first < end && usize::from(self.severities[first]) < least {
            first += 1;
        }
        first..end
    }

    /// The severity of a cell, by index.
    pub(super) fn severity(&self, cell: CubeCell) -> usize {
        usize::from(self.severities[cell.index()])
    }

    /// The cells of every pair of row and category that has any.
    pub(super) fn groups(&self) -> impl Iterator<Item = Range<usize>> {
        let pairs = self.starts.windows(2).map(|pair| pair[0] as usize..pair[1] as usize);
        pairs.filter(|cells| !cells.is_empty())
    }
}
