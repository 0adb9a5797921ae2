//! Certification shares by kind of unit: area by area, and of the whole edition, each kind over its own units.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::shares::{CertificationShareAnswer, shares};
use super::window::{CircularAnswer, StatutoryWindow};
use crate::assessment::statutory::judged_window;
use crate::domain::area::{AreaCode, Level};
use crate::domain::standard::certification::UnitKind;
use crate::service::answers::AssessedLevel;
use crate::service::answers::heading::Heading;

/// Certification shares of a level and of the whole edition.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CertificationsAnswer {
    #[serde(flatten)]
    heading: Heading,
    /// The level of the areas.
    level: Level,
    /// The window judged for each kind of unit; kinds without one are left out.
    windows: BTreeMap<UnitKind, JudgedWindow>,
    /// The shares of the whole edition.
    total: Vec<CertificationShareAnswer>,
    /// The shares of every area, in the order of codes.
    areas: Vec<AreaShares>,
}

/// The window judged for a kind of unit.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct JudgedWindow {
    /// The window.
    window: StatutoryWindow,
    /// The circular that judges it; null where none is in force.
    #[schema(required)]
    circular: Option<CircularAnswer>,
}

/// The certification shares of an area.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct AreaShares {
    /// The code within the edition.
    code: AreaCode,
    /// The official name.
    name: String,
    /// The code of the area of the next wider level.
    #[schema(required)]
    parent: Option<AreaCode>,
    /// The shares by kind of unit.
    shares: Vec<CertificationShareAnswer>,
}

impl CertificationsAnswer {
    /// The shares of every area of the level, and those of the whole edition from a province's row.
    pub(crate) fn of(assessed: &AssessedLevel, province: &AssessedLevel) -> Self {
        let areas = assessed.rows().map(|row| AreaShares {
            code: row.area.code.clone(),
            name: row.area.name.clone(),
            parent: row.area.parent.clone(),
            shares: shares(&row.assessment.certification, assessed.viewer.role()),
        });
        let total = province.assessment.rows.first().map(|row| shares(&row.certification, province.viewer.role()));
        Self {
            heading: Heading::of(assessed.snapshot(), &assessed.requested),
            level: assessed.assessment.level,
            windows: windows(assessed),
            total: total.unwrap_or_default(),
            areas: areas.collect(),
        }
    }
}

/// The window judged for each kind, and the circular that judges it.
fn windows(assessed: &AssessedLevel) -> BTreeMap<UnitKind, JudgedWindow> {
    let snapshot = assessed.snapshot();
    let judged = |kind: UnitKind| {
        let window = judged_window(snapshot, kind, assessed.requested.filter.period)?;
        let circular = snapshot.circulars.in_force_for(window.period).map(CircularAnswer::of);
        Some((kind, JudgedWindow { window: StatutoryWindow::of(window), circular }))
    };
    UnitKind::ALL.into_iter().filter_map(judged).collect()
}
