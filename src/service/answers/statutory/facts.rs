//! The facts behind a criterion, and its threshold.

use serde::Serialize;
use utoipa::ToSchema;

use crate::assessment::statutory::{
    CriterionCheck, Facts, KindCounts, KindShare, ModelFacts, RegisterCoverage, ShareFacts, StatutoryVerdict, UnitName,
};
use crate::domain::model::Review;
use crate::domain::standard::certification::{Declared, UnitKind};
use crate::domain::standard::criterion::{CriterionTest, Pool, ShareRule};
use crate::domain::standard::fraction::Fraction;

/// What a criterion is compared with.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum ThresholdAnswer {
    /// One model must have worked effectively.
    EffectiveModels(ModelThreshold),
    /// So many of the units must have registered and be recognised.
    Shares(ShareThreshold),
}

/// How many models must have worked effectively.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ModelThreshold {
    /// The least number of effective models.
    effective_models: u32,
    /// The least review of an effective model.
    least_review: Review,
}

/// How many of the units under a commune must have registered and be recognised.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ShareThreshold {
    /// The least share that registered, as numerator and denominator.
    registered_min: Fraction,
    /// The least share that is recognised, as numerator and denominator.
    recognised_min: Fraction,
    /// Whether each kind has to reach it by itself.
    pool: Pool,
    /// The kinds of unit.
    of: Vec<UnitKind>,
}

impl ThresholdAnswer {
    /// The threshold of a test; none where the criterion is declared.
    pub(super) fn of(test: &CriterionTest) -> Option<Self> {
        match test {
            CriterionTest::Declared | CriterionTest::Evidence => None,
            CriterionTest::EffectiveModel { least_review } => {
                Some(Self::EffectiveModels(ModelThreshold { effective_models: 1, least_review: *least_review }))
            }
            CriterionTest::Shares(ShareRule { registered_min, recognised_min, pool, of }) => {
                Some(Self::Shares(ShareThreshold {
                    registered_min: *registered_min,
                    recognised_min: *recognised_min,
                    pool: *pool,
                    of: of.clone(),
                }))
            }
        }
    }
}

/// What a verdict rests on.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum FactsAnswer {
    /// What was declared.
    Declared(DeclaredFact),
    /// Models that ran in the window.
    Models(ModelsAnswer),
    /// Units that registered and are recognised.
    Shares(SharesAnswer),
}

/// What was declared of a criterion.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct DeclaredFact {
    /// Whether it is met; null where nothing was declared.
    #[schema(required)]
    declared: Option<bool>,
}

/// The models of a commune in a window.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ModelsAnswer {
    /// Models that ran on some day of the window.
    active: u32,
    /// Those whose last review was at least the one needed.
    effective: u32,
    /// Those without a review by the end of the window.
    unreviewed: u32,
}

/// The units under a commune, kind by kind and together.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SharesAnswer {
    /// Kind by kind, in the order of the rule.
    kinds: Vec<KindShareAnswer>,
    /// All kinds together.
    together: KindCountsAnswer,
}

/// One kind of unit under a commune.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct KindShareAnswer {
    /// The kind.
    kind: UnitKind,
    /// The id of the window in which it was counted.
    window: String,
    /// The counts.
    counts: KindCountsAnswer,
    /// What they say by themselves.
    verdict: StatutoryVerdict,
    /// The units that are missing, by name.
    missing: MissingUnits,
}

/// Units of a kind under a commune, counted.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct KindCountsAnswer {
    /// Whether the register says how many units there are.
    register: RegisterCoverage,
    /// Units on the roll.
    units: u32,
    /// Those that registered.
    registered: u32,
    /// Those that did not.
    unregistered: u32,
    /// Those that are recognised.
    recognised: u32,
    /// Those that are not.
    unrecognised: u32,
    /// How many of the units must be recognised.
    recognised_needed: u32,
}

/// The units that are missing, by name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct MissingUnits {
    /// Units on the register of which nobody said whether they registered.
    silent: Vec<UnitName>,
    /// Units that did not register.
    unregistered: Vec<UnitName>,
    /// Units that registered and are not recognised.
    unrecognised: Vec<UnitName>,
}

impl FactsAnswer {
    /// The facts of a criterion; none where the models of the commune are not known.
    pub(super) fn of(check: &CriterionCheck<'_>) -> Option<Self> {
        match (&check.facts, &check.criterion.test) {
            (Facts::Declared(declared), _) => {
                Some(Self::Declared(DeclaredFact { declared: declared.map(Declared::holds) }))
            }
            (Facts::Models(found), _) => found.map(|found| Self::Models(ModelsAnswer::of(found))),
            (Facts::Shares(found), CriterionTest::Shares(rule)) => {
                Some(Self::Shares(SharesAnswer::of(found, rule.recognised_min)))
            }
            (Facts::Shares(_), _) => None,
        }
    }
}

impl ModelsAnswer {
    fn of(found: ModelFacts) -> Self {
        Self { active: found.active, effective: found.effective, unreviewed: found.unreviewed }
    }
}

impl SharesAnswer {
    fn of(found: &ShareFacts, recognised_min: Fraction) -> Self {
        let kind = |share: &KindShare| KindShareAnswer {
            kind: share.kind,
            window: share.window.clone(),
            counts: KindCountsAnswer::of(&share.counts, recognised_min),
            verdict: share.verdict,
            missing: MissingUnits::of(share),
        };
        Self {
            kinds: found.kinds.iter().map(kind).collect(),
            together: KindCountsAnswer::of(&found.together, recognised_min),
        }
    }
}

impl KindCountsAnswer {
    fn of(counts: &KindCounts, recognised_min: Fraction) -> Self {
        Self {
            register: counts.coverage,
            units: counts.units,
            registered: counts.registered,
            unregistered: counts.unregistered,
            recognised: counts.recognised,
            unrecognised: counts.unrecognised,
            recognised_needed: recognised_min.least_part_of(counts.units),
        }
    }
}

impl MissingUnits {
    /// The missing units of a kind.
    pub(super) fn of(share: &KindShare) -> Self {
        Self {
            silent: share.silent.clone(),
            unregistered: share.unregistered.clone(),
            unrecognised: share.unrecognised.clone(),
        }
    }
}
