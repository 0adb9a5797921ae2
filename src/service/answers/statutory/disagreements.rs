//! Where our check contradicts the official decision: the unit, the criteria that speak against it, who is missing.

use serde::Serialize;
use utoipa::ToSchema;

use super::criterion::CriterionVerdict;
use super::facts::MissingUnits;
use super::unit::{CheckAnswer, UnitAnswer};
use super::window::{CircularAnswer, StatutoryWindow};
use crate::assessment::statutory::{
    CriterionCheck, Disagreement, Facts, StatutoryEvaluation, StatutoryVerdict, disagreements,
};
use crate::domain::standard::certification::UnitKind;
use crate::service::answers::AssessedLevel;
use crate::service::answers::area_name::AreaName;
use crate::service::answers::heading::Heading;

/// Every disagreement of the window judged.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct DisagreementsAnswer {
    #[serde(flatten)]
    heading: Heading,
    /// The window judged; null where the period reaches none.
    #[schema(required)]
    judged_window: Option<StatutoryWindow>,
    /// The circular by which is judged; null where none is in force.
    #[schema(required)]
    circular: Option<CircularAnswer>,
    /// How many disagreements there are.
    count: usize,
    /// Communes first, then the units under them.
    disagreements: Vec<DisagreementAnswer>,
}

/// A unit whose check contradicts its decision.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct DisagreementAnswer {
    #[serde(flatten)]
    unit: UnitAnswer,
    #[serde(flatten)]
    check: CheckAnswer,
    /// The commune, in the requested edition, in which the unit lies.
    #[schema(required)]
    area: Option<AreaName>,
    /// The criteria that are not met.
    failing: Vec<FailingCriterion>,
}

/// A criterion that is not met.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct FailingCriterion {
    #[serde(flatten)]
    criterion: CriterionVerdict,
    /// Who is missing, kind by kind; only of a criterion on shares.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    missing: Option<Vec<MissingOfKind>>,
}

/// The missing units of a kind.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct MissingOfKind {
    /// The kind of unit.
    kind: UnitKind,
    /// The units, by name.
    missing: MissingUnits,
}

impl DisagreementsAnswer {
    /// Every disagreement of an edition in the window judged.
    pub(crate) fn of(assessed: &AssessedLevel) -> Self {
        let reading = StatutoryEvaluation::of(assessed.snapshot(), assessed.requested.filter.period);
        let by = reading.as_ref().and_then(|reading| reading.circular);
        let found = reading.as_ref().zip(assessed.edition_data());
        let found = found.map_or_else(Vec::new, |(reading, edition_data)| disagreements(reading, edition_data));
        Self {
            heading: Heading::of(assessed.snapshot(), &assessed.requested),
            judged_window: reading.as_ref().map(|reading| StatutoryWindow::of(reading.window)),
            circular: by.map(CircularAnswer::of),
            count: found.len(),
            disagreements: found.iter().map(|one| DisagreementAnswer::of(assessed, one)).collect(),
        }
    }
}

impl DisagreementAnswer {
    fn of(assessed: &AssessedLevel, disagreement: &Disagreement<'_>) -> Self {
        let check = &disagreement.check;
        let edition_data = assessed.edition_data();
        let failing = check.criteria.iter().filter(|criterion| criterion.verdict == StatutoryVerdict::NotMet);
        Self {
            unit: UnitAnswer::of(assessed, check),
            check: CheckAnswer::of(check),
            area: edition_data
                .and_then(|edition_data| edition_data.shape.commune(disagreement.commune))
                .map(AreaName::of),
            failing: failing.map(FailingCriterion::of).collect(),
        }
    }
}

impl FailingCriterion {
    fn of(check: &CriterionCheck<'_>) -> Self {
        let missing = match &check.facts {
            Facts::Shares(found) => {
                let failing = found.kinds.iter().filter(|share| share.verdict == StatutoryVerdict::NotMet);
                Some(
                    failing.map(|share| MissingOfKind { kind: share.kind, missing: MissingUnits::of(share) }).collect(),
                )
            }
            Facts::Declared(_) | Facts::Models(_) => None,
        };
        Self { criterion: CriterionVerdict::of(check), missing }
    }
}
