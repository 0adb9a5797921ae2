//! One incident as it is counted.

use crate::domain::incident::taxonomy::{CategoryIndex, Severity};

/// One incident as the cube sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::snapshot) struct Event {
    /// The row of counts it belongs to.
    pub row: u32,
    /// What happened.
    pub category: CategoryIndex,
    /// How severe it was.
    pub severity: Severity,
    /// The local day, counted from 1 January 1970.
    pub day: i32,
}
