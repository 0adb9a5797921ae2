//! From counts to what can be said: the ratios of one model, the ratio of a kind, and their verdicts.
//!
//! In: the models of a kind with their comparison places. Out: estimates with limits, or why there is none. A verdict
//! needs both designs to say the same ([`Design`]), and of a kind a false discovery rate over all kinds below that of
//! the rule file. Kinds within whose reach too little happened are looked at by commune instead.

use rayon::prelude::*;

use super::commune_panel::over_communes;
use super::compared::{ByDesign, Compared, Design, Obstacle, Windows};
use super::comparison_places::{ComparedModel, ComparisonSearch};
use super::kind_incidents::KindIncidents;
use crate::domain::model::ModelIndex;
use crate::domain::rules::{EffectRule, ModelKind, ModelKindIndex};
use crate::snapshot::{EditionData, Snapshot};
use crate::statistics::{
    ConfidenceLevel, DisplacementDifference, EffectTable, PanelEffect, RatioAgreement, RatioEstimate, ZeroCells,
    agreement, benjamini_hochberg, displacement_difference, mantel_haenszel_clustered, ratio_of_ratios,
};

/// What can be said of a change beside that of the comparison places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EffectVerdict {
    /// Fell more, or rose less: the limits of the ratio lie below 1.
    Lower,
    /// Fell less, or rose more: the limits lie above 1.
    Higher,
    /// The limits leave room for no difference, or the designs disagree.
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

    /// The verdict of a ratio and its p; clear where p is below what the limits leave out, which is where they (of two
    /// designs both) exclude 1.
    fn of(ratio: &RatioEstimate, p: f64, rule: &EffectRule) -> Self {
        match (p < 1.0 - rule.level, ratio.ratio < 1.0) {
            (false, _) => Self::NotClear,
            (true, true) => Self::Lower,
            (true, false) => Self::Higher,
        }
    }
}

/// The counts around the start of one model in one design, and what follows from them.
#[derive(Debug, Clone, PartialEq)]
pub struct DesignEffect {
    /// Its counts beside those of comparison places.
    pub compared: Compared,
    /// Change inside its reach over change at the comparison places.
    pub ratio: Option<RatioEstimate>,
    /// The same for the ring of one to two reaches; absent where a kind works over its whole area.
    pub ring_ratio: Option<RatioEstimate>,
    /// In events, against the best-matched place alone.
    pub displacement: DisplacementDifference,
}

/// What was found around the start of one model.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelEffect {
    /// Its index among the models of the snapshot.
    pub model: ModelIndex,
    /// The windows before and after its start.
    pub windows: Windows,
    /// By design; absent where an obstacle stands before any count, or no comparison place is left.
    pub designs: ByDesign<Option<DesignEffect>>,
    /// What can be said.
    pub verdict: EffectVerdict,
}

/// How the effect of a kind is looked at.
#[derive(Debug, Clone, PartialEq)]
pub enum KindMethod {
    /// Inside the reaches, beside comparison places: enough happened there.
    Places(ByDesign<Option<RatioEstimate>>),
    /// By commune and quarter: too little happened inside the reaches.
    Communes(Option<PanelEffect>),
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
    /// Incidents inside the reaches of these in the window before the last one.
    pub before: u64,
    /// How it was looked at, with what was found.
    pub method: KindMethod,
    /// The ratio that is told: that of the design which is nearer to no difference, or of the communes.
    pub pooled: Option<RatioEstimate>,
    /// Of no difference: the larger p of the designs, 1 where they point in different directions.
    pub p: Option<f64>,
    /// The same over all kinds with an answer, by Benjamini and Hochberg.
    pub q: Option<f64>,
    /// Of a drop that is just useful, over all kinds looked at inside their reaches; absent for others.
    pub q_useful: Option<f64>,
    /// What can be said of the kind.
    pub verdict: EffectVerdict,
}

/// The effects of every kind, in the order of the rule file.
pub fn by_kind(snapshot: &Snapshot, edition_data: &EditionData) -> Vec<KindEffect> {
    let kinds: Vec<(ModelKindIndex, &ModelKind)> = snapshot.rules.model_kinds.indexed().collect();
    let mut effects: Vec<KindEffect> =
        kinds.par_iter().map(|(index, kind)| of_kind(snapshot, edition_data, *index, kind)).collect();
    let q_values = over_kinds(effects.iter().map(|effect| effect.p));
    let useful = over_kinds(effects.iter().map(|effect| effect.p_useful(snapshot.rules.effect.useful_ratio)));
    for ((effect, q), q_useful) in effects.iter_mut().zip(q_values).zip(useful) {
        (effect.q, effect.q_useful) = (q, q_useful);
        let is_discovery = q.is_some_and(|q| q < snapshot.rules.effect.max_q);
        if effect.verdict.obstacle().is_none() && !is_discovery {
            effect.verdict = EffectVerdict::NotClear;
        }
    }
    effects
}

/// The q-values of the kinds that have a p-value, each at its place.
fn over_kinds(p_values: impl Iterator<Item = Option<f64>>) -> Vec<Option<f64>> {
    let p_values: Vec<Option<f64>> = p_values.collect();
    let known: Vec<f64> = p_values.iter().flatten().copied().collect();
    let mut q_values = benjamini_hochberg(&known).unwrap_or(known).into_iter();
    p_values.into_iter().map(|p| p.and_then(|_| q_values.next())).collect()
}

impl KindEffect {
    /// Of a drop that is just useful: the larger p of the designs, where both lie on the same side of it.
    fn p_useful(&self, useful_ratio: f64) -> Option<f64> {
        if self.verdict.obstacle().is_some() {
            return None;
        }
        match &self.method {
            KindMethod::Places(ratios) => agreed(ratios, useful_ratio).map(|agreed| agreed.p),
            KindMethod::Communes(_) => None,
        }
    }

    /// Whether the limits of both designs leave no room for a useful drop, beyond the false discovery rate.
    pub fn leaves_no_useful_drop(&self, rule: &EffectRule) -> bool {
        let is_beyond = |ratio: &Option<RatioEstimate>| ratio.is_some_and(|ratio| ratio.limits.low > rule.useful_ratio);
        match &self.method {
            KindMethod::Places(ratios) => {
                is_beyond(&ratios.last_window_left_out)
                    && is_beyond(&ratios.both_windows)
                    && self.q_useful.is_some_and(|q| q < rule.max_q)
            }
            // What a few metres lose is lost in a commune: only a rise speaks against the kind.
            KindMethod::Communes(_) => self.verdict == EffectVerdict::Higher,
        }
    }
}

/// What both designs say of a ratio; none where one of them has no answer.
fn agreed(ratios: &ByDesign<Option<RatioEstimate>>, ratio: f64) -> Option<RatioAgreement> {
    Some(agreement(ratios.last_window_left_out?, ratios.both_windows?, ratio))
}

fn of_kind(snapshot: &Snapshot, edition_data: &EditionData, index: ModelKindIndex, kind: &ModelKind) -> KindEffect {
    let rule = &snapshot.rules.effect;
    let incidents_of_kind = KindIncidents::of(snapshot, kind);
    let compared = ComparisonSearch::new(snapshot, edition_data, kind, &incidents_of_kind).compared();
    let models: Vec<ModelEffect> = compared.into_iter().map(|model| of_model(model, rule)).collect();
    let strata = ByDesign::each(|design| strata(&models, design));
    let before = strata.last_window_left_out.iter().map(|table| table.treated.before).sum();
    let effect = KindEffect {
        kind: index,
        strata: strata.last_window_left_out.len() as u32,
        before,
        method: KindMethod::Communes(None),
        pooled: None,
        p: None,
        q: None,
        q_useful: None,
        verdict: EffectVerdict::CannotTell(Obstacle::TooFew),
        models,
    };
    if before < u64::from(rule.min_before_of_kind) {
        return match over_communes(snapshot, edition_data, kind, incidents_of_kind.categories) {
            Ok(panel) => KindEffect {
                pooled: Some(panel.ratio),
                p: Some(panel.ratio.p),
                verdict: EffectVerdict::of(&panel.ratio, panel.ratio.p, rule),
                method: KindMethod::Communes(Some(panel)),
                ..effect
            },
            Err(obstacle) => KindEffect { verdict: EffectVerdict::CannotTell(obstacle), ..effect },
        };
    }
    let level = level(rule);
    let ratios = strata.map(|strata| level.and_then(|level| mantel_haenszel_clustered(&strata, level)));
    let agreed = agreed(&ratios, 1.0);
    KindEffect {
        method: KindMethod::Places(ratios),
        pooled: agreed.map(|agreed| agreed.nearer),
        p: agreed.map(|agreed| agreed.p),
        verdict: agreed.map_or(effect.verdict, |agreed| EffectVerdict::of(&agreed.nearer, agreed.p, rule)),
        ..effect
    }
}

fn strata(models: &[ModelEffect], design: Design) -> Vec<EffectTable> {
    models.iter().filter_map(|effect| Some(effect.designs.of(design).as_ref()?.compared.inside)).collect()
}

fn of_model(found: ComparedModel, rule: &EffectRule) -> ModelEffect {
    let ComparedModel { model, windows, compared } = found;
    let untold = |obstacle| ModelEffect {
        model,
        windows,
        designs: ByDesign { last_window_left_out: None, both_windows: None },
        verdict: EffectVerdict::CannotTell(obstacle),
    };
    let compared = match compared {
        Ok(compared) => compared,
        Err(obstacle) => return untold(obstacle),
    };
    let Some(level) = level(rule) else { return untold(Obstacle::TooFew) };
    let designs = compared.map(|compared| compared.map(|compared| of_design(compared, level)));
    let verdict = verdict(&designs, rule);
    ModelEffect { designs, verdict, ..untold(Obstacle::TooFew) }
}

fn of_design(compared: Compared, level: ConfidenceLevel) -> DesignEffect {
    let ratio = |table: EffectTable| ratio_of_ratios(table, ZeroCells::AddHalf, level);
    DesignEffect {
        ratio: ratio(compared.inside),
        ring_ratio: compared.ring.and_then(ratio),
        displacement: displacement_difference(compared.nearest, level),
        compared,
    }
}

/// What both designs say of one model.
fn verdict(designs: &ByDesign<Option<DesignEffect>>, rule: &EffectRule) -> EffectVerdict {
    let ByDesign { last_window_left_out: Some(left_out), both_windows: Some(both) } = designs else {
        return EffectVerdict::CannotTell(Obstacle::NoComparison);
    };
    if left_out.compared.inside.treated.before < u64::from(rule.min_before) {
        return EffectVerdict::CannotTell(Obstacle::TooFew);
    }
    let ratios = ByDesign { last_window_left_out: left_out.ratio, both_windows: both.ratio };
    let agreed = agreed(&ratios, 1.0);
    agreed
        .map_or(EffectVerdict::CannotTell(Obstacle::TooFew), |agreed| EffectVerdict::of(&agreed.nearer, agreed.p, rule))
}

/// The coverage of the limits; the rule file has been checked, so there always is one.
fn level(rule: &EffectRule) -> Option<ConfidenceLevel> {
    ConfidenceLevel::new(rule.level).ok()
}
