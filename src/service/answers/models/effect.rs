//! What was counted around the start of a model, beside its comparison places.
//!
//! Planners and above see effects; the public never does.

use std::collections::BTreeSet;

use serde::Serialize;
use utoipa::ToSchema;

use super::model::{ModelDetails, ModelHeading};
use crate::assessment::effect::{
    BeforeAfter, ChangeEstimate, DisplacementDifference, EffectTable, EffectVerdict, KindEffect, ModelEffect, Obstacle,
    RatioEstimate, wording,
};
use crate::domain::area::{AreaCode, CommuneIndex};
use crate::domain::rules::EffectRule;
use crate::domain::text::Names;
use crate::domain::time::period::PeriodDates;
use crate::snapshot::{EditionData, Snapshot};

/// The effect of one model, with that of its kind.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ModelEffectAnswer {
    #[serde(flatten)]
    heading: ModelHeading,
    /// The model itself.
    model: ModelDetails,
    /// The ids of the components whose incidents are counted.
    components: BTreeSet<String>,
    /// The days before its start that are looked at.
    before: PeriodDates,
    /// The days from its start on that are looked at.
    after: PeriodDates,
    /// Counts inside its reach; null where an obstacle stands before any count.
    #[schema(required)]
    inside: Option<EffectCounts>,
    /// Counts in the ring of one to two reaches; null where the kind works over its whole commune.
    #[schema(required)]
    ring: Option<EffectCounts>,
    /// The codes of the communes of the comparison places, the best-matched first.
    #[schema(required)]
    comparison_areas: Option<Vec<AreaCode>>,
    /// Change inside its reach over change at the comparison places.
    #[schema(required)]
    ratio: Option<RatioAnswer>,
    /// The same for the ring.
    #[schema(required)]
    ring_ratio: Option<RatioAnswer>,
    /// In incidents, against the best-matched place alone.
    #[schema(required)]
    displacement: Option<DisplacementAnswer>,
    /// What can be said.
    verdict: EffectVerdictAnswer,
    /// The same as a sentence.
    sentence: Names,
    /// The pooled effect of its kind.
    of_kind: PooledEffect,
    /// How effects are looked at.
    method: EffectMethod,
}

/// The pooled effect of all models of a kind.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PooledEffect {
    /// The id of the kind.
    #[schema(required)]
    kind: Option<String>,
    /// How many models are pooled.
    models: u32,
    /// Incidents before inside the reaches of these.
    before: u64,
    /// The pooled ratio.
    #[schema(required)]
    ratio: Option<RatioAnswer>,
    /// What can be said of the kind.
    verdict: EffectVerdictAnswer,
    /// The same as a sentence.
    sentence: Names,
}

/// How effects are looked at, with the values used.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct EffectMethod {
    /// The method in a few sentences.
    text: Names,
    /// Days of the windows before and after the start of a model.
    window_days: u32,
    /// Comparison places of a model, at most.
    comparison_places: u32,
    /// How far the count before of a comparison place may lie from that of the model, as a part of it.
    match_tolerance: f64,
    /// Incidents before below which nothing is concluded of one model.
    min_before: u32,
    /// Incidents before below which nothing is concluded of a kind.
    min_before_of_kind: u32,
    /// Coverage of the limits, 0 to 1.
    level: f64,
    /// The ratio from which downwards a drop is useful.
    useful_ratio: f64,
    /// How many of the last reviews must agree before a model is proposed for anything.
    reviews: u32,
    /// How the ratio of one model is found.
    ratio: &'static str,
    /// How the ratio of a kind is found.
    pooled: &'static str,
    /// How a displacement is found.
    displacement: &'static str,
}

/// Incidents before and after, at a model and at its comparison places.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct EffectCounts {
    /// At the model.
    model: BeforeAfterCounts,
    /// At the comparison places together.
    comparison: BeforeAfterCounts,
}

/// Incidents before and after the start of a model.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct BeforeAfterCounts {
    /// Before.
    before: u64,
    /// After.
    after: u64,
}

/// A ratio of two changes with its limits.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct RatioAnswer {
    /// The ratio; below 1 where the model fell more.
    ratio: f64,
    /// Lower limit.
    low: f64,
    /// Upper limit.
    high: f64,
    /// Two-sided probability of a ratio as far from 1.
    p: f64,
}

/// A difference in incidents: at the place itself, around it, and both together.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct DisplacementAnswer {
    /// Inside the reach.
    #[schema(required)]
    local: Option<ChangeAnswer>,
    /// In the ring.
    #[schema(required)]
    displaced: Option<ChangeAnswer>,
    /// Both together.
    #[schema(required)]
    total: Option<ChangeAnswer>,
}

/// A difference in incidents with its limits.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct ChangeAnswer {
    /// The difference; below 0 where fewer came about.
    difference: f64,
    /// Lower limit.
    low: f64,
    /// Upper limit.
    high: f64,
    /// Two-sided probability of a difference as far from 0.
    p: f64,
}

/// What can be said of a change, and why nothing can where it cannot.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct EffectVerdictAnswer {
    /// What can be said, in one word.
    word: EffectWord,
    /// Why nothing can be said; null where something can.
    #[schema(required)]
    obstacle: Option<Obstacle>,
}

/// What can be said of a change beside that of the comparison places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum EffectWord {
    /// Fell more, or rose less.
    Lower,
    /// Fell less, or rose more.
    Higher,
    /// The limits leave room for no difference.
    NotClearlyDifferent,
    /// Nothing.
    CannotTell,
}

impl ModelEffectAnswer {
    /// The effect of a model; none where the snapshot no longer knows the model or its kind.
    pub(crate) fn of(
        snapshot: &Snapshot,
        edition_data: &EditionData,
        effect: &ModelEffect,
        of_kind: &KindEffect,
    ) -> Option<Self> {
        let ModelEffect { model, windows, compared, ratio, ring_ratio, displacement, verdict } = effect;
        let compared = compared.as_ref();
        let codes = |indices: &[CommuneIndex]| -> Vec<AreaCode> {
            indices
                .iter()
                .filter_map(|index| edition_data.shape.commune(*index))
                .map(|area| area.code.clone())
                .collect()
        };
        let rule = &snapshot.rules.effect;
        Some(Self {
            heading: ModelHeading::of(snapshot, edition_data),
            model: ModelDetails::of(snapshot, edition_data, *model)?,
            components: snapshot.rules.model_kinds.at(of_kind.kind)?.components.clone(),
            before: PeriodDates::from(windows.before),
            after: PeriodDates::from(windows.after),
            inside: compared.map(|compared| EffectCounts::of(compared.inside)),
            ring: compared.and_then(|compared| compared.ring).map(EffectCounts::of),
            comparison_areas: compared.map(|compared| codes(&compared.communes)),
            ratio: ratio.map(RatioAnswer::of),
            ring_ratio: ring_ratio.map(RatioAnswer::of),
            displacement: displacement.map(DisplacementAnswer::of),
            verdict: EffectVerdictAnswer::of(*verdict),
            sentence: wording::of_model(effect, rule),
            of_kind: PooledEffect::of(snapshot, of_kind),
            method: EffectMethod::of(rule),
        })
    }
}

impl PooledEffect {
    /// The pooled effect of a kind.
    pub(super) fn of(snapshot: &Snapshot, effect: &KindEffect) -> Self {
        let KindEffect { kind, models: _, strata, before, pooled, verdict } = effect;
        Self {
            kind: snapshot.rules.model_kinds.at(*kind).map(|kind| kind.id.clone()),
            models: *strata,
            before: *before,
            ratio: pooled.map(RatioAnswer::of),
            verdict: EffectVerdictAnswer::of(*verdict),
            sentence: wording::of_kind(effect, &snapshot.rules.effect),
        }
    }
}

impl EffectMethod {
    /// The method with the values of the rule file.
    pub(super) fn of(rule: &EffectRule) -> Self {
        let EffectRule {
            window_days,
            comparison_places,
            match_tolerance,
            min_before,
            min_before_of_kind,
            level,
            useful_ratio,
            reviews,
        } = *rule;
        Self {
            text: wording::method(rule),
            window_days,
            comparison_places,
            match_tolerance,
            min_before,
            min_before_of_kind,
            level,
            useful_ratio,
            reviews,
            ratio: "ratio of ratios, limits on the logarithm (Woolf; one half added to each cell of a table with an empty one)",
            pooled: "Mantel-Haenszel, limits by Robins, Breslow and Greenland",
            displacement: "weighted displacement difference against the best-matched place (Wheeler and Ratcliffe 2018)",
        }
    }
}

impl EffectCounts {
    fn of(table: EffectTable) -> Self {
        let counts = |BeforeAfter { before, after }: BeforeAfter| BeforeAfterCounts { before, after };
        Self { model: counts(table.treated), comparison: counts(table.comparison) }
    }
}

impl RatioAnswer {
    fn of(found: RatioEstimate) -> Self {
        Self { ratio: found.ratio, low: found.limits.low, high: found.limits.high, p: found.p }
    }
}

impl DisplacementAnswer {
    fn of(found: DisplacementDifference) -> Self {
        let DisplacementDifference { local, displaced, total } = found;
        Self {
            local: local.map(ChangeAnswer::of),
            displaced: displaced.map(ChangeAnswer::of),
            total: total.map(ChangeAnswer::of),
        }
    }
}

impl ChangeAnswer {
    fn of(found: ChangeEstimate) -> Self {
        Self { difference: found.difference, low: found.limits.low, high: found.limits.high, p: found.p }
    }
}

impl EffectVerdictAnswer {
    fn of(verdict: EffectVerdict) -> Self {
        let word = match verdict {
            EffectVerdict::Lower => EffectWord::Lower,
            EffectVerdict::Higher => EffectWord::Higher,
            EffectVerdict::NotClear => EffectWord::NotClearlyDifferent,
            EffectVerdict::CannotTell(_) => EffectWord::CannotTell,
        };
        Self { word, obstacle: verdict.obstacle() }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn verdicts_and_obstacles_have_their_words() {
        let obstacles = [
            (Obstacle::NoLocation, "no_place"),
            (Obstacle::NotCovered, "not_covered"),
            (Obstacle::EndedTooSoon, "ended_too_soon"),
            (Obstacle::KindWasThere, "kind_was_there"),
            (Obstacle::NoComparison, "no_comparison_place"),
            (Obstacle::TooFew, "too_few_before"),
        ];
        for (obstacle, word) in obstacles {
            let verdict = EffectVerdictAnswer::of(EffectVerdict::CannotTell(obstacle));
            assert_eq!(json!(verdict), json!({ "word": "cannot_tell", "obstacle": word }));
        }
        let clear = [
            (EffectVerdict::Lower, "lower"),
            (EffectVerdict::Higher, "higher"),
            (EffectVerdict::NotClear, "not_clearly_different"),
        ];
        for (verdict, word) in clear {
            assert_eq!(json!(EffectVerdictAnswer::of(verdict)), json!({ "word": word, "obstacle": null }));
        }
    }
}
