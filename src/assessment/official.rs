//! What officials decided and what our check says of it, area by area, for every filter alike.
//!
//! In: a snapshot, a level, a period. Out: certification shares and standings, computed once for all periods
//! between whose ends no window ends: a period is judged by windows that ended by its end.

use std::sync::Arc;

use super::area::CertificationShare;
use super::statutory::{OfficialStatus, Statutory, StatutoryEvaluation};
use super::{certification, statutory};
use crate::domain::time::period::Period;
use crate::snapshot::{DerivedKey, EditionData, LevelData, Snapshot};

/// Decisions, shares and standings, each with one entry per area.
#[derive(Debug)]
pub(super) struct Official {
    pub(super) shares: Vec<(Statutory, Arc<[CertificationShare]>)>,
    pub(super) official_statuses: Vec<OfficialStatus>,
}

impl Official {
    /// What is official of the areas of a level at the end of a period.
    pub(super) fn cached(
        snapshot: &Snapshot,
        edition_data: &EditionData,
        areas: &LevelData,
        period: Period,
    ) -> Arc<Self> {
        let ends = snapshot.rules.windows.iter().map(|window| window.period.to());
        let since = ends.filter(|end| *end <= period.to()).max();
        let key = DerivedKey { edition: edition_data.entry.id, level: areas.level, since, year: None };
        snapshot.derived(key, || {
            let reading = StatutoryEvaluation::of(snapshot, period);
            Self {
                shares: certification::by_area(snapshot, edition_data, areas, period),
                official_statuses: statutory::by_area(reading.as_ref(), edition_data, areas),
            }
        })
    }
}
