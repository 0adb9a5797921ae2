//! One incident as it is counted, and the rows that incidents are counted in.

use crate::domain::area::CommuneIndex;
use crate::domain::incident::taxonomy::{CategoryIndex, Severity};
use crate::domain::index::list_index;

list_index!(
    /// A row of the cube: the communes by what was located in them, the communes by what was not, outside, unlocated.
    pub(crate) CubeRow
);

impl CubeRow {
    /// How many rows an edition with some communes has.
    pub(in crate::snapshot) fn count(communes: usize) -> usize {
        2 * communes + 2
    }

    /// The row of what lies at a point in a commune.
    pub(in crate::snapshot) fn located_in(commune: CommuneIndex) -> Self {
        Self::new(commune.index())
    }

    /// The row of what lies in a commune, nobody knows where.
    pub(in crate::snapshot) fn unlocated_in(commune: CommuneIndex, communes: usize) -> Self {
        Self::new(communes + commune.index())
    }

    /// The row of what lies outside every commune.
    pub(in crate::snapshot) fn outside(communes: usize) -> Self {
        Self::new(2 * communes)
    }

    /// The row of what lies nobody knows where.
    pub(in crate::snapshot) fn unlocated(communes: usize) -> Self {
        Self::new(2 * communes + 1)
    }
}

/// One incident as the cube sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::snapshot) struct Event {
    /// The row of counts it belongs to.
    pub row: CubeRow,
    /// What happened.
    pub category: CategoryIndex,
    /// How severe it was.
    pub severity: Severity,
    /// The local day, counted from 1 January 1970.
    pub day: i32,
}
