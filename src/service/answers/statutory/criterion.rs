//! One criterion of a circular, judged: what it asks, what was found, and what that means.

use serde::Serialize;
use utoipa::ToSchema;

use super::evidence::EvidenceAnswer;
use super::facts::{FactsAnswer, ThresholdAnswer};
use crate::assessment::statutory::{CommuneEvaluation, CriterionCheck, StatutoryVerdict};
use crate::domain::standard::criterion::{CriterionId, CriterionKind, CriterionTest};
use crate::domain::text::Names;
use crate::service::answers::AssessedLevel;

/// Which criterion it is, and its verdict.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CriterionVerdict {
    /// The name of the criterion within its circular.
    id: CriterionId,
    /// The article of the circular.
    article: u8,
    /// The number in the article.
    number: u8,
    /// What is asked.
    text: Names,
    /// Who says whether it is met.
    kind: CriterionKind,
    /// Whether it is met.
    verdict: StatutoryVerdict,
    /// The same for people.
    verdict_text: Names,
}

impl CriterionVerdict {
    /// The verdict on a criterion.
    pub(super) fn of(check: &CriterionCheck<'_>) -> Self {
        let (criterion, verdict) = (check.criterion, check.verdict);
        Self {
            id: criterion.id.clone(),
            article: criterion.article,
            number: criterion.number,
            text: criterion.text.clone(),
            kind: criterion.test.kind(),
            verdict,
            verdict_text: verdict.names(),
        }
    }
}

/// A criterion with its threshold, its facts and the evidence beside it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[expect(clippy::option_option, reason = "evidence is absent where none is requested and null where none is known")]
pub(crate) struct CriterionAnswer {
    #[serde(flatten)]
    criterion: CriterionVerdict,
    /// What it is compared with; null where it is declared.
    #[schema(required)]
    threshold: Option<ThresholdAnswer>,
    /// What the verdict rests on.
    #[schema(required)]
    facts: Option<FactsAnswer>,
    /// The incidents of this window and the one before; only where the criterion asks for them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<EvidenceAnswer>)]
    evidence: Option<Option<EvidenceAnswer>>,
}

impl CriterionAnswer {
    /// A criterion of a commune.
    pub(super) fn of(assessed: &AssessedLevel, commune: &CommuneEvaluation<'_>, check: &CriterionCheck<'_>) -> Self {
        let taxonomy = &assessed.snapshot().taxonomy;
        let evidence = || commune.evidence.as_ref().map(|evidence| EvidenceAnswer::of(evidence, taxonomy));
        Self {
            criterion: CriterionVerdict::of(check),
            threshold: ThresholdAnswer::of(&check.criterion.test),
            facts: FactsAnswer::of(check),
            evidence: (check.criterion.test == CriterionTest::Evidence).then(evidence),
        }
    }
}
