//! What officials decided and what our check says of it, area by area, for every filter alike.
//!
//! In: a snapshot, a level, a period. Out: certification shares and standings. A period is judged by windows that
//! ended by its end.

use std::sync::Arc;

use super::area::CertificationShare;
use super::statutory::{OfficialStatus, Statutory, StatutoryEvaluation};
use super::{certification, statutory};
use crate::domain::area::AreaIndex;
use crate::domain::index::IndexVec;
use crate::domain::time::period::Period;
use crate::snapshot::{EditionData, LevelData, Snapshot};

/// Decisions, shares and standings, each with one entry per area.
#[derive(Debug)]
pub(super) struct Official {
    pub(super) shares: IndexVec<AreaIndex, (Statutory, Arc<[CertificationShare]>)>,
    pub(super) official_statuses: IndexVec<AreaIndex, OfficialStatus>,
}

impl Official {
    /// What is official of the areas of a level at the end of a period.
    pub(super) fn of(snapshot: &Snapshot, edition_data: &EditionData, areas: &LevelData, period: Period) -> Self {
        let reading = StatutoryEvaluation::of(snapshot, period);
        Self {
            shares: certification::by_area(snapshot, edition_data, areas, period),
            official_statuses: statutory::by_area(reading.as_ref(), edition_data, areas),
        }
    }
}
