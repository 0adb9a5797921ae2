//! Counts by row, category and severity, and their sums.

use crate::domain::filter::CategorySet;
use crate::domain::incident::taxonomy::{CategoryIndex, Severity};

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
        let cell = self.cell(row, category.index(), severity.index());
        self.counts[cell] += 1;
    }

    /// Counts more incidents of a category and severity, both by index.
    pub(super) fn add_to(&mut self, row: usize, category: usize, severity: usize, more: u32) {
        let cell = self.cell(row, category, severity);
        self.counts[cell] += more;
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

    /// The counts of one row: category after category, each by rising severity.
    pub fn row(&self, row: usize) -> &[u32] {
        let width = self.categories * Severity::COUNT;
        &self.counts[row * width..(row + 1) * width]
    }

    /// The count of one row, category and severity.
    pub fn count(&self, row: usize, category: CategoryIndex, severity: Severity) -> u32 {
        self.counts[self.cell(row, category.index(), severity.index())]
    }

    /// The count of one row over a set of categories.
    pub fn row_total(&self, row: usize, categories: CategorySet) -> u32 {
        let within = categories.iter().filter(|category| category.index() < self.categories);
        within.map(|category| self.category_total(row, category)).sum()
    }

    /// The count of one row and category over all severities.
    pub fn category_total(&self, row: usize, category: CategoryIndex) -> u32 {
        let start = category.index() * Severity::COUNT;
        self.row(row)[start..start + Severity::COUNT].iter().sum()
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
