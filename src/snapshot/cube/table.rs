//! Counts by row, category and severity, and their sums.
//!
//! In: counts one by one, or a table to add. Out: counts and sums by row. A table does not know what was filtered.

use std::marker::PhantomData;

use crate::domain::filter::CategorySet;
use crate::domain::incident::taxonomy::{CategoryIndex, Severity};
use crate::domain::index::ListIndex;

/// Counts by row, category and severity. What a row is, an area, a commune or a block, its index says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountTable<I> {
    rows: usize,
    categories: usize,
    counts: Vec<u32>,
    index: PhantomData<fn(I)>,
}

impl<I: ListIndex> CountTable<I> {
    /// A table of zeros.
    pub fn zero(rows: usize, categories: usize) -> Self {
        Self { rows, categories, counts: vec![0; rows * categories * Severity::COUNT], index: PhantomData }
    }

    fn cell(&self, row: I, category: CategoryIndex, severity: usize) -> usize {
        (row.number() * self.categories + category.index()) * Severity::COUNT + severity
    }

    /// Counts one more incident.
    pub fn count_one(&mut self, row: I, category: CategoryIndex, severity: Severity) {
        let cell = self.cell(row, category, severity.index());
        self.counts[cell] += 1;
    }

    /// Takes one incident away that the table counts.
    pub(crate) fn uncount_one(&mut self, row: I, category: CategoryIndex, severity: Severity) {
        let cell = self.cell(row, category, severity.index());
        self.counts[cell] -= 1;
    }

    /// Counts more incidents of a category and of a severity by index.
    pub(crate) fn add_to(&mut self, row: I, category: CategoryIndex, severity: usize, more: u32) {
        let cell = self.cell(row, category, severity);
        self.counts[cell] += more;
    }

    /// Adds a table of the same rows and categories, cell by cell.
    pub fn add(&mut self, other: &Self) {
        self.counts.iter_mut().zip(&other.counts).for_each(|(count, more)| *count += more);
    }

    /// Takes away what a table of the same rows and categories counts and this one does too, cell by cell.
    pub fn subtract(&mut self, other: &Self) {
        self.counts.iter_mut().zip(&other.counts).for_each(|(count, less)| *count -= less);
    }

    /// How many rows the table has.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// How many categories the table has.
    pub fn categories(&self) -> usize {
        self.categories
    }

    /// The counts of one row: category after category, each by rising severity.
    pub fn row(&self, row: I) -> &[u32] {
        let width = self.categories * Severity::COUNT;
        let row = row.number();
        &self.counts[row * width..(row + 1) * width]
    }

    /// Forgets what was counted in a row.
    pub fn clear_row(&mut self, row: I) {
        let width = self.categories * Severity::COUNT;
        let row = row.number();
        self.counts[row * width..(row + 1) * width].fill(0);
    }

    /// The count of one row, category and severity.
    pub fn count(&self, row: I, category: CategoryIndex, severity: Severity) -> u32 {
        self.counts[self.cell(row, category, severity.index())]
    }

    /// The count of one row over a set of categories.
    pub fn row_total(&self, row: I, categories: CategorySet) -> u32 {
        let within = categories.iter().filter(|category| category.index() < self.categories);
        within.map(|category| self.category_total(row, category)).sum()
    }

    /// The count of one row and category over all severities.
    pub fn category_total(&self, row: I, category: CategoryIndex) -> u32 {
        let start = category.index() * Severity::COUNT;
        self.row(row)[start..start + Severity::COUNT].iter().sum()
    }

    /// The indices of the rows.
    pub fn indices(&self) -> impl Iterator<Item = I> + use<I> {
        (0..self.rows).map(I::from)
    }

    /// The same table with rows of another name.
    #[must_use]
    pub fn renamed<R: From<I>>(self) -> CountTable<R> {
        CountTable { rows: self.rows, categories: self.categories, counts: self.counts, index: PhantomData }
    }

    /// The table of groups: row `r` is added to group `group_of[r]`; rows without a group are left out.
    #[must_use]
    pub fn grouped<G: ListIndex>(&self, group_of: &[Option<G>], groups: usize) -> CountTable<G> {
        let mut table = CountTable::zero(groups, self.categories);
        let width = self.categories * Severity::COUNT;
        for (row, group) in group_of.iter().enumerate().take(self.rows) {
            let Some(group) = group.map(G::number) else { continue };
            for cell in 0..width {
                table.counts[group * width + cell] += self.counts[row * width + cell];
            }
        }
        table
    }
}
