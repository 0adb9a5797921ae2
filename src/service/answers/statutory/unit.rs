//! One unit of a reading: who it is, what was decided, and what our check says of it.

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use super::criterion::CriterionAnswer;
use super::movement::MovementGradeAnswer;
use crate::assessment::statutory::{Agreement, CommuneEvaluation, RegisterEntry, Statutory, UnitCheck};
use crate::domain::area::edition::EditionId;
use crate::domain::area::{AreaCode, AreaKey};
use crate::domain::standard::certification::{Decision, Declared, UnitKind};
use crate::service::answers::AssessedLevel;

/// How much is said of each commune.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StatutoryDetail {
    /// Decision, check and agreement.
    Summary,
    /// Every criterion with its facts as well.
    Criteria,
}

/// Who a unit is, and its official decision.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct UnitAnswer {
    /// The stable id of the unit.
    unit_id: String,
    /// What it is.
    kind: UnitKind,
    /// What people call the place.
    #[schema(required)]
    label: Option<String>,
    /// The commune it belongs to; of a commune itself.
    commune: CommuneName,
    /// The official decision.
    decision: DecisionAnswer,
}

/// A commune by edition, code and name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CommuneName {
    /// The edition of the code.
    edition: EditionId,
    /// The code within the edition.
    code: AreaCode,
    /// The official name; null where the edition does not have the code.
    #[schema(required)]
    name: Option<String>,
}

/// An official decision.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct DecisionAnswer {
    /// What was decided.
    verdict: Statutory,
    /// The number of the decision.
    #[schema(required)]
    number: Option<String>,
    /// The day of the decision.
    #[schema(required, value_type = Option<String>, format = Date)]
    decided_on: Option<Date>,
    /// Who decided.
    #[schema(required)]
    body: Option<String>,
}

impl UnitAnswer {
    /// The unit of a check with its decision, and nothing of the check: this much is for everybody.
    pub(super) fn of(assessed: &AssessedLevel, check: &UnitCheck<'_>) -> Self {
        let UnitCheck { unit, official, criteria: _, check: _, agreement: _ } = check;
        let RegisterEntry { kind, unit_id, label, area, decision, decided_on, registered: _, recognised: _ } = unit;
        Self {
            unit_id: (*unit_id).to_owned(),
            kind: *kind,
            label: label.map(str::to_owned),
            commune: CommuneName::of(assessed, area),
            decision: DecisionAnswer {
                verdict: *official,
                number: decision.map(|decision: &Decision| decision.number.clone()),
                decided_on: *decided_on,
                body: decision.map(|decision| decision.body.clone()),
            },
        }
    }
}

impl CommuneName {
    fn of(assessed: &AssessedLevel, key: &AreaKey) -> Self {
        let name = assessed.snapshot().edition(key.edition).and_then(|edition_data| {
            let communes = edition_data.shape.communes();
            communes.iter().find(|area| area.code == key.code).map(|area| area.name.clone())
        });
        Self { edition: key.edition, code: key.code.clone(), name }
    }
}

/// What our check says of a unit.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CheckAnswer {
    /// Whether the unit registered; null where nobody said.
    #[schema(required)]
    registered: Option<bool>,
    /// Where the unit stands by our check.
    check: Statutory,
    /// Whether the check agrees with the decision.
    agreement: Agreement,
}

impl CheckAnswer {
    /// The check of a unit.
    pub(super) fn of(check: &UnitCheck<'_>) -> Self {
        Self { registered: check.unit.registered.map(Declared::holds), check: check.check, agreement: check.agreement }
    }
}

/// One commune of an area: its decision, and our check for the roles that see it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[expect(clippy::option_option, reason = "a member is absent for the public and null where nothing is known")]
pub(crate) struct CommuneAnswer {
    #[serde(flatten)]
    unit: UnitAnswer,
    /// Whether the commune registered, null where nobody said; absent, as all that follows, for the public.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<bool>)]
    registered: Option<Option<bool>>,
    /// Where the commune stands by our check.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    check: Option<Statutory>,
    /// Whether the check agrees with the decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    agreement: Option<Agreement>,
    /// The movement's grade in the window.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<MovementGradeAnswer>)]
    movement_grade: Option<Option<MovementGradeAnswer>>,
    /// The movement's grade in the window before.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<MovementGradeAnswer>)]
    movement_grade_before: Option<Option<MovementGradeAnswer>>,
    /// The criteria with their facts; in an explanation only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    criteria: Option<Vec<CriterionAnswer>>,
}

impl CommuneAnswer {
    /// The commune and its decision.
    pub(super) fn public(assessed: &AssessedLevel, commune: &CommuneEvaluation<'_>) -> Self {
        let CommuneEvaluation { check, movement_grade: _, movement_grade_before: _, evidence: _ } = commune;
        Self {
            unit: UnitAnswer::of(assessed, check),
            registered: None,
            check: None,
            agreement: None,
            movement_grade: None,
            movement_grade_before: None,
            criteria: None,
        }
    }

    /// The commune with our check, and its criteria where they are requested.
    pub(super) fn full(assessed: &AssessedLevel, commune: &CommuneEvaluation<'_>, detail: StatutoryDetail) -> Self {
        let CheckAnswer { registered, check, agreement } = CheckAnswer::of(&commune.check);
        let criteria = || {
            let judged = commune.check.criteria.iter();
            judged.map(|criterion| CriterionAnswer::of(assessed, commune, criterion)).collect()
        };
        Self {
            unit: UnitAnswer::of(assessed, &commune.check),
            registered: Some(registered),
            check: Some(check),
            agreement: Some(agreement),
            movement_grade: Some(commune.movement_grade.map(MovementGradeAnswer::of)),
            movement_grade_before: Some(commune.movement_grade_before.map(MovementGradeAnswer::of)),
            criteria: (detail == StatutoryDetail::Criteria).then(criteria),
        }
    }
}
