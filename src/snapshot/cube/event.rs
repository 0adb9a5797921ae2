//! One incident as it is counted, and the rows that incidents are counted in.

use crate::domain::area::CommuneIndex;
use crate::domain::incident::taxonomy::{CategoryIndex, Severity};
use crate::domain::index::list_index;

list_index!(
    /// A row of the cube: the communes by all that is counted in them, the communes by what of it has no point, outside,
    /// in a wider area nobody knows where, and without any place. The second rows are a part of the first.
    pub(crate) CubeRow
);

impl CubeRow {
    /// How many rows an edition with some communes has.
    pub(in crate::snapshot) fn count(communes: usize) -> usize {
        2 * communes + 3
    }

    /// The row of all that is counted in a commune, with a point or without.
    pub(in crate::snapshot) fn within(commune: CommuneIndex) -> Self {
        Self::new(commune.index())
    }

    /// The row of what is known to lie in a commune, nobody knows where in it.
    pub(in crate::snapshot) fn without_point_in(commune: CommuneIndex, communes: usize) -> Self {
        Self::new(communes + commune.index())
    }

    /// The row of what lies outside every commune.
    pub(in crate::snapshot) fn outside(communes: usize) -> Self {
        Self::new(2 * communes)
    }

    /// The row of what is known to lie in a district or a province, nobody knows in which commune.
    pub(in crate::snapshot) fn in_wider_area(communes: usize) -> Self {
        Self::new(2 * communes + 1)
    }

    /// The row of what has no place at all.
    pub(in crate::snapshot) fn unplaced(communes: usize) -> Self {
        Self::new(2 * communes + 2)
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
