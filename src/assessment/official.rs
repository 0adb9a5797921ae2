//! What officials decided and what our check says of it, area by area, for every filter alike.
//!
//! In: a snapshot, a level, a period. Out: certification shares and standings, worked out once for all periods
//! between whose ends no window ends: a period is judged by windows that ended by its end.

use std::sync::Arc;

use super::area::CertificationShare;
use super::statutory::{AreaStanding, Reading, Statutory};
use super::{certification, statutory};
use crate::domain::period::Period;
use crate::snapshot::{EditionPicture, LevelPicture, Occasion, Snapshot};

/// Decisions, shares and standings, each with one entry per area.
#[derive(Debug)]
pub(super) struct Official {
    pub(super) shares: Vec<(Statutory, Arc<[CertificationShare]>)>,
    pub(super) standings: Vec<AreaStanding>,
}

impl Official {
    /// What is official of the areas of a level at the end of a period.
    pub(super) fn remembered(
        snapshot: &Snapshot,
        picture: &EditionPicture,
        areas: &LevelPicture,
        period: Period,
    ) -> Arc<Self> {
        let ends = snapshot.rules.windows.iter().map(|window| window.period.to());
        let since = ends.filter(|end| *end <= period.to()).max();
        let occasion = Occasion { edition: picture.entry.id, level: areas.level, since, year: None };
        snapshot.remembered(occasion, || {
            let reading = Reading::of(snapshot, period);
            Self {
                shares: certification::by_area(snapshot, picture, areas, period),
                standings: statutory::by_area(reading.as_ref(), picture, areas),
            }
        })
    }
}
