//! What was counted around the start of a model, beside its comparison places.
//!
//! Planners and above see effects; the public never does.

use std::collections::BTreeSet;

use serde::Serialize;
use utoipa::ToSchema;

use super::effect_method::EffectMethod;
use super::model::{ModelDetails, ModelHeading};
use crate::assessment::effect::{
    BeforeAfter, ByDesign, ChangeEstimate, Design, DisplacementDifference, EffectTable, EffectVerdict, KindEffect,
    KindMethod, ModelEffect, Obstacle, PanelEffect, PanelErrors, RatioEstimate, wording,
};
use crate::domain::area::{AreaCode, CommuneIndex};
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
    /// The days before its start that are compared: the window before the last one.
    before: PeriodDates,
    /// The last window before its start, in which comparison places are like it.
    matched: PeriodDates,
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
    /// The second comparison, which must say the same; null where no place is left for it.
    #[schema(required)]
    both_windows: Option<BothWindowsAnswer>,
    /// What can be said.
    verdict: EffectVerdictAnswer,
    /// The same as a sentence.
    sentence: Names,
    /// The pooled effect of its kind.
    of_kind: PooledEffect,
    /// How effects are looked at.
    method: EffectMethod,
}

/// The comparison of both windows before a start, at places with a like count over the two.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct BothWindowsAnswer {
    /// The days before the start.
    before: PeriodDates,
    /// Counts inside the reach.
    inside: EffectCounts,
    /// The codes of the communes of the comparison places, the best-matched first.
    comparison_areas: Vec<AreaCode>,
    /// Change inside the reach over change at the comparison places.
    #[schema(required)]
    ratio: Option<RatioAnswer>,
}

/// The pooled effect of all models of a kind.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PooledEffect {
    /// The id of the kind.
    #[schema(required)]
    kind: Option<String>,
    /// How many models are pooled.
    models: u32,
    /// Incidents inside the reaches of these in the window before the last one.
    before: u64,
    /// How the kind is looked at.
    method: KindMethodWord,
    /// Why: what happened inside the reaches was enough to be counted, or too little.
    reason: KindMethodReason,
    /// The ratio that is told: that of the comparison nearer to 1, or of the communes.
    #[schema(required)]
    ratio: Option<RatioAnswer>,
    /// Both comparisons; null where the kind is looked at by commune.
    #[schema(required)]
    comparisons: Option<ComparisonsAnswer>,
    /// Communes over quarters; null where the kind is looked at inside its reaches, or where there is no answer.
    #[schema(required)]
    communes: Option<PanelAnswer>,
    /// Of no difference: the larger p of both comparisons; 1 where they point in different directions.
    #[schema(required)]
    p: Option<f64>,
    /// The same over all kinds with an answer (Benjamini and Hochberg); a verdict needs less than `method.max_q`.
    #[schema(required)]
    q: Option<f64>,
    /// Of a drop that is just useful, over all kinds looked at inside their reaches.
    #[schema(required)]
    q_useful: Option<f64>,
    /// What can be said of the kind.
    verdict: EffectVerdictAnswer,
    /// The same as a sentence.
    sentence: Names,
}

/// How the effect of a kind is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum KindMethodWord {
    /// Inside the reaches, beside comparison places.
    ComparisonPlaces,
    /// By commune and quarter.
    CommunesOverQuarters,
}

/// Why a kind is looked at in that way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum KindMethodReason {
    /// At least `method.min_before_of_kind` incidents inside the reaches before.
    EnoughInside,
    /// Fewer.
    TooFewInside,
}

/// The pooled ratios of both comparisons.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct ComparisonsAnswer {
    /// The last window before the start left out.
    #[schema(required)]
    last_window_left_out: Option<RatioAnswer>,
    /// Both windows before the start.
    #[schema(required)]
    both_windows: Option<RatioAnswer>,
}

/// What communes over quarters show.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct PanelAnswer {
    /// Communes with incidents in two quarters or more of exposure.
    communes: u32,
    /// Of these, those in which the kind came or went.
    switching: u32,
    /// Communes in which nothing happened.
    silent: u32,
    /// Quarters with incidents.
    quarters: u32,
    /// Incidents counted.
    incidents: u64,
    /// Standard error of the logarithm of the ratio if counts were Poisson and independent.
    error_poisson: f64,
    /// The same clustered by commune, with the factor G/(G − 1).
    error_clustered: f64,
    /// The same by leaving one commune out (CR3); the limits take the largest.
    error_jackknife: f64,
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
        let ModelEffect { model, windows, designs, verdict } = effect;
        let codes = |indices: &[CommuneIndex]| -> Vec<AreaCode> {
            indices
                .iter()
                .filter_map(|index| edition_data.shape.commune(*index))
                .map(|area| area.code.clone())
                .collect()
        };
        let left_out = designs.last_window_left_out.as_ref();
        let both_windows = designs.both_windows.as_ref().map(|found| BothWindowsAnswer {
            before: PeriodDates::from(windows.before(Design::BothWindows)),
            inside: EffectCounts::of(found.compared.inside),
            comparison_areas: codes(&found.compared.communes),
            ratio: found.ratio.map(RatioAnswer::of),
        });
        let rule = &snapshot.rules.effect;
        Some(Self {
            heading: ModelHeading::of(snapshot, edition_data),
            model: ModelDetails::of(snapshot, edition_data, *model)?,
            components: snapshot.rules.model_kinds.at(of_kind.kind)?.components.clone(),
            before: PeriodDates::from(windows.earlier),
            matched: PeriodDates::from(windows.last),
            after: PeriodDates::from(windows.after),
            inside: left_out.map(|found| EffectCounts::of(found.compared.inside)),
            ring: left_out.and_then(|found| found.compared.ring).map(EffectCounts::of),
            comparison_areas: left_out.map(|found| codes(&found.compared.communes)),
            ratio: left_out.and_then(|found| found.ratio).map(RatioAnswer::of),
            ring_ratio: left_out.and_then(|found| found.ring_ratio).map(RatioAnswer::of),
            displacement: left_out.map(|found| DisplacementAnswer::of(found.displacement)),
            both_windows,
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
        let KindEffect { kind, models: _, strata, before, method, pooled, p, q, q_useful, verdict } = effect;
        let (method, reason, comparisons, communes) = match method {
            KindMethod::Places(ratios) => (
                KindMethodWord::ComparisonPlaces,
                KindMethodReason::EnoughInside,
                Some(ComparisonsAnswer::of(ratios)),
                None,
            ),
            KindMethod::Communes(panel) => {
                (KindMethodWord::CommunesOverQuarters, KindMethodReason::TooFewInside, None, panel.map(PanelAnswer::of))
            }
        };
        Self {
            kind: snapshot.rules.model_kinds.at(*kind).map(|kind| kind.id.clone()),
            models: *strata,
            before: *before,
            method,
            reason,
            ratio: pooled.map(RatioAnswer::of),
            comparisons,
            communes,
            p: *p,
            q: *q,
            q_useful: *q_useful,
            verdict: EffectVerdictAnswer::of(*verdict),
            sentence: wording::of_kind(effect, &snapshot.rules.effect),
        }
    }
}

impl ComparisonsAnswer {
    fn of(ratios: &ByDesign<Option<RatioEstimate>>) -> Self {
        let ByDesign { last_window_left_out, both_windows } = *ratios;
        Self {
            last_window_left_out: last_window_left_out.map(RatioAnswer::of),
            both_windows: both_windows.map(RatioAnswer::of),
        }
    }
}

impl PanelAnswer {
    fn of(panel: PanelEffect) -> Self {
        let PanelEffect { ratio: _, errors, places, switching, silent, periods, events } = panel;
        let PanelErrors { poisson, clustered, jackknife } = errors;
        Self {
            communes: places,
            switching,
            silent,
            quarters: periods,
            incidents: events,
            error_poisson: poisson,
            error_clustered: clustered,
            error_jackknife: jackknife,
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
            (Obstacle::TooFewCommunes, "too_few_communes"),
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
