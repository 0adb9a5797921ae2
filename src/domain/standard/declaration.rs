//! Declarations: what a unit says about one criterion in one window.
//!
//! In: checked rows. Out: [`Declaration`]s. One yes or no each: no reasons, no
//! events, no persons are stored.

use super::certification::{Declared, UnitKind};
use super::criterion::CriterionId;
use crate::domain::area::AreaKey;

/// What a unit declares about one criterion in a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// The stable id of the unit.
    pub unit_id: String,
    /// What the unit is.
    pub unit_kind: UnitKind,
    /// The commune-level area it belongs to (for a commune: itself).
    pub area: AreaKey,
    /// The id of the window.
    pub window: String,
    /// The criterion, by its name in the circular in force at the end of the window.
    pub criterion: CriterionId,
    /// Whether it is met.
    pub met: Declared,
}
