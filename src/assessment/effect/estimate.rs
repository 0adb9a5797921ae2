//! From counts to what can be said: the ratio of one model, the pooled ratio of a kind, and their verdicts.
//!
//! In: the models of a kind with their comparison places. Out: estimates with limits, or why there is none.

use rayon::prelude::*;

use super::compared::{Compared, Obstacle, Windows};
use super::comparison_places::ComparisonSearch;
use super::kind_incidents::KindIncidents;
use crate::domain::model::ModelIndex;
use crate::domain::rules::{EffectRule, ModelKind, ModelKindIndex};
use crate::snapshot::{EditionData, Snapshot};
use crate::statistics::{
    ConfidenceLevel, DisplacementDifference, EffectTable, RatioEstimate, ZeroCells, displacement_difference,
};
use crate::statistics::{mantel_haenszel, ratio_of_ratios};

/// What can be said of a change beside that of the comparison places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EffectVerdict {
    /// Fell more, or rose less: the limits of the ratio lie below 1.
    Lower,
    /// Fell less, or rose more: the limits lie above 1.
    Higher,
    /// The limits leave room for no difference.
    NotClear,
    /// Chưa thể kết luận, and why.
    CannotTell(Obstacle),
}

impl EffectVerdict {
    /// Why nothing can be said.
    pub fn obstacle(self) -> Option<Obstacle> {
        match self {
            Self::CannotTell(obstacle) => Some(obstacle),
            _ => None,
        }
    }

    fn of(ratio: Option<RatioEstimate>) -> Self {
        match ratio {
            None => Self::CannotTell(Obstacle::TooFew),
            Some(ratio) if ratio.limits.high < 1.0 => Self::Lower,
            Some(ratio) if ratio.limits.low > 1.0 => Self::Higher,
            Some(_) => Self::NotClear,
        }
    }
}

/// The counts around the start of one model and what follows from them.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelEffect {
    /// Its index among the models of the snapshot.
    pub model: ModelIndex,
    /// The windows before and after its start.
    pub windows: Windows,
    /// Its counts beside those of comparison places; absent where an obstacle stands before any count.
    pub compared: Option<Compared>,
    /// Change inside its reach over change at the comparison places.
    pub ratio: Option<RatioEstimate>,
    /// The same for the ring of one to two reaches; absent where a kind works over its whole area.
    pub ring_ratio: Option<RatioEstimate>,
    /// In events, against the best-matched place alone.
    pub displacement: Option<DisplacementDifference>,
    /// What can be said.
    pub verdict: EffectVerdict,
}

/// The effect of all models of one kind.
#[derive(Debug, Clone, PartialEq)]
pub struct KindEffect {
    /// The index of the kind in the rule file.
    pub kind: ModelKindIndex,
    /// The models of the kind, in the order of their ids.
    pub models: Vec<ModelEffect>,
    /// How many of them are pooled.
    pub strata: u32,
    /// Incidents before inside the reaches of these.
    pub before: u64,
    /// The pooled ratio (Mantel–Haenszel).
    pub pooled: Option<RatioEstimate>,
    /// What can be said of the kind.
    pub verdict: EffectVerdict,
}

/// The effects of every kind, in the order of the rule file.
pub fn by_kind(snapshot: &Snapshot, edition_data: &EditionData) -> Vec<KindEffect> {
    let kinds: Vec<(ModelKindIndex, &ModelKind)> = snapshot.rules.model_kinds.indexed().collect();
    kinds.par_iter().map(|(index, kind)| of_kind(snapshot, edition_data, *index, kind)).collect()
}

fn of_kind(snapshot: &Snapshot, edition_data: &EditionData, index: ModelKindIndex, kind: &ModelKind) -> KindEffect {
    let rule = &snapshot.rules.effect;
    let incidents_of_kind = KindIncidents::of(snapshot, kind);
    let search = ComparisonSearch::new(snapshot, edition_data, kind, &incidents_of_kind);
    let of_kind = snapshot.models.indexed().filter(|(_, model)| model.kind == kind.id);
    let models: Vec<ModelEffect> = of_kind.map(|(model, _)| of_model(&search, model, rule)).collect();
    let strata: Vec<EffectTable> =
        models.iter().filter_map(|effect| effect.compared.as_ref().map(|compared| compared.inside)).collect();
    let before = strata.iter().map(|table| table.treated.before).sum();
    let pooled = level(rule).and_then(|level| mantel_haenszel(&strata, level));
    let verdict = if before < u64::from(rule.min_before_of_kind) {
        EffectVerdict::CannotTell(Obstacle::TooFew)
    } else {
        EffectVerdict::of(pooled)
    };
    KindEffect { kind: index, models, strata: strata.len() as u32, before, pooled, verdict }
}

fn of_model(search: &ComparisonSearch<'_>, model: ModelIndex, rule: &EffectRule) -> ModelEffect {
    let windows = Windows::around(search.started(model), rule.window_days);
    let untold = ModelEffect {
        model,
        windows,
        compared: None,
        ratio: None,
        ring_ratio: None,
        displacement: None,
        verdict: EffectVerdict::CannotTell(Obstacle::NoLocation),
    };
    let compared = match search.compared(model, windows) {
        Ok(compared) => compared,
        Err(obstacle) => return ModelEffect { verdict: EffectVerdict::CannotTell(obstacle), ..untold },
    };
    let Some(level) = level(rule) else { return untold };
    let ratio = ratio_of_ratios(compared.inside, ZeroCells::AddHalf, level);
    let too_few = compared.inside.treated.before < u64::from(rule.min_before);
    ModelEffect {
        ratio,
        ring_ratio: compared.ring.and_then(|ring| ratio_of_ratios(ring, ZeroCells::AddHalf, level)),
        displacement: Some(displacement_difference(compared.nearest, level)),
        verdict: if too_few { EffectVerdict::CannotTell(Obstacle::TooFew) } else { EffectVerdict::of(ratio) },
        compared: Some(compared),
        ..untold
    }
}

/// The coverage of the limits; the rule file has been checked, so there always is one.
fn level(rule: &EffectRule) -> Option<ConfidenceLevel> {
    ConfidenceLevel::new(rule.level).ok()
}
