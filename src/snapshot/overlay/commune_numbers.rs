//! The commune of every incident of an edition, by row.
//!
//! In: numbers of communes, of the columns that snapshots share and of what came since. Out: the number at a row.

use std::sync::Arc;

use crate::domain::incident::IncidentRow;

/// The number of the commune in which each incident counts, by row; `u16::MAX` for one in none.
#[derive(Debug, Clone, Default)]
pub(in crate::snapshot) struct CommuneNumbers {
    /// Of the columns that snapshots share.
    base: Arc<Vec<u16>>,
    /// Of the overlay.
    added: Arc<Vec<u16>>,
}

impl CommuneNumbers {
    /// Those of the columns that snapshots share.
    pub(in crate::snapshot) fn base(&self) -> &[u16] {
        &self.base
    }

    /// The number at a row.
    pub(in crate::snapshot) fn at(&self, row: IncidentRow) -> Option<u16> {
        match row.index().checked_sub(self.base.len()) {
            None => self.base.get(row.index()).copied(),
            Some(added) => self.added.get(added).copied(),
        }
    }

    /// The same with the rows of more incidents behind them.
    pub(in crate::snapshot) fn with(&self, more: &[u16]) -> Self {
        Self { base: Arc::clone(&self.base), added: Arc::new([self.added.as_slice(), more].concat()) }
    }
}

impl From<Vec<u16>> for CommuneNumbers {
    fn from(base: Vec<u16>) -> Self {
        Self { base: Arc::new(base), added: Arc::default() }
    }
}
