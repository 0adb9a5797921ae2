//! The statutory reading of an area: decision and check, for a role that may see it criterion by criterion.

use std::collections::BTreeSet;

use serde::Serialize;
use utoipa::ToSchema;

use super::movement::MovementGradeAnswer;
use super::unit::{CommuneAnswer, StatutoryDetail};
use super::window::{CircularAnswer, StatutoryWindow};
use crate::assessment::statutory::{
    Agreement, AreaEvaluation, CommuneEvaluation, Statutory, StatutoryEvaluation, evaluate_area, own_keys,
};
use crate::domain::area::{AreaIndex, CommuneIndex, Level};
use crate::service::answers::AssessedLevel;

/// Whether an area meets the standard "An toàn về an ninh, trật tự": the decision, and our check beside it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[expect(clippy::option_option, reason = "a member is absent for the public and null where nothing is known")]
pub(crate) struct StatutoryAnswer {
    /// The official decision on the area itself.
    #[schema(required)]
    verdict: Option<Statutory>,
    /// The window judged; null where the period reaches none.
    #[schema(required)]
    pub(crate) window: Option<StatutoryWindow>,
    /// The circular by which is judged; null where none is in force.
    #[schema(required)]
    circular: Option<CircularAnswer>,
    /// Whether our check agrees with the decision, of a commune; absent for the public.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Agreement>)]
    agreement: Option<Option<Agreement>>,
    /// The movement's grade, of a commune; absent for the public.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<MovementGradeAnswer>)]
    movement_grade: Option<Option<MovementGradeAnswer>>,
    /// How many communes of the area stand how; absent for the public.
    #[serde(skip_serializing_if = "Option::is_none")]
    counts: Option<StatutoryCounts>,
    /// The communes that lie in the area; null for a district or the province.
    #[schema(required)]
    communes: Option<Vec<CommuneAnswer>>,
}

impl StatutoryAnswer {
    /// The reading of an area of the level, as the role may see it.
    pub(crate) fn of(assessed: &AssessedLevel, area_index: AreaIndex, detail: StatutoryDetail) -> Self {
        let verdict = assessed.assessment.row(area_index).map(|row| row.statutory);
        let reading = StatutoryEvaluation::of(assessed.snapshot(), assessed.requested.filter.period);
        let (Some(edition_data), Some(areas), Some(reading)) = (assessed.edition_data(), assessed.areas(), reading)
        else {
            return Self::nothing_judged(verdict);
        };
        let keys = own_keys(edition_data);
        let members: BTreeSet<CommuneIndex> = areas.communes_of(area_index).collect();
        let area = evaluate_area(&reading, edition_data, &keys, &members, assessed.viewer.role());
        let public = Self::public(assessed, verdict, &reading, &area);
        if assessed.viewer.role().sees_small_counts() {
            public.with_check(assessed, area_index, &area, detail)
        } else {
            public
        }
    }

    fn nothing_judged(verdict: Option<Statutory>) -> Self {
        Self {
            verdict,
            window: None,
            circular: None,
            agreement: None,
            movement_grade: None,
            counts: None,
            communes: Some(Vec::new()),
        }
    }

    /// The decisions, without what we found ourselves.
    fn public(
        assessed: &AssessedLevel,
        verdict: Option<Statutory>,
        reading: &StatutoryEvaluation<'_>,
        area: &AreaEvaluation<'_>,
    ) -> Self {
        let communes = || area.communes.iter().map(|commune| CommuneAnswer::public(assessed, commune)).collect();
        Self {
            window: Some(StatutoryWindow::of(reading.window)),
            circular: reading.circular.map(CircularAnswer::of),
            communes: is_listed(assessed).then(communes),
            ..Self::nothing_judged(verdict)
        }
    }

    /// The same with what our check says: of a commune its agreement, of a wider area how many of each.
    fn with_check(
        self,
        assessed: &AssessedLevel,
        area_index: AreaIndex,
        area: &AreaEvaluation<'_>,
        detail: StatutoryDetail,
    ) -> Self {
        let status = assessed.assessment.row(area_index).map(|row| row.official_status);
        let communes = || area.communes.iter().map(|commune| CommuneAnswer::full(assessed, commune, detail)).collect();
        Self {
            agreement: Some(status.and_then(|status| status.agreement)),
            movement_grade: Some(status.and_then(|status| status.movement_grade).map(MovementGradeAnswer::of)),
            counts: Some(StatutoryCounts::of(area)),
            communes: is_listed(assessed).then(communes),
            ..self
        }
    }
}

/// A province of communes is requested commune by commune, or as the list of disagreements.
fn is_listed(assessed: &AssessedLevel) -> bool {
    assessed.assessment.level == Level::Commune
}

/// How many communes of an area stand how.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct StatutoryCounts {
    /// All communes of the area.
    communes: usize,
    /// By our check.
    check: CheckCounts,
    /// By whether the check agrees with the decision.
    agreement: AgreementCounts,
}

/// Communes by our check.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CheckCounts {
    /// Those that meet every criterion.
    met: usize,
    /// Those that fail one.
    not_met: usize,
    /// Those of which too little is known.
    insufficient: usize,
}

/// Communes by whether our check agrees with the decision.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct AgreementCounts {
    /// Both say the same.
    agrees: usize,
    /// One of them says nothing.
    unknown: usize,
    /// They contradict each other.
    disagrees: usize,
}

impl StatutoryCounts {
    fn of(area: &AreaEvaluation<'_>) -> Self {
        let count = |holds: &dyn Fn(&CommuneEvaluation<'_>) -> bool| {
            area.communes.iter().filter(|commune| holds(commune)).count()
        };
        let checks = |wanted| count(&|commune| commune.check.check == wanted);
        let agreements = |wanted| count(&|commune| commune.check.agreement == wanted);
        Self {
            communes: area.communes.len(),
            check: CheckCounts {
                met: checks(Statutory::Met),
                not_met: checks(Statutory::NotMet),
                insufficient: checks(Statutory::Insufficient),
            },
            agreement: AgreementCounts {
                agrees: agreements(Agreement::Agrees),
                unknown: agreements(Agreement::Unknown),
                disagrees: agreements(Agreement::Disagrees),
            },
        }
    }
}
