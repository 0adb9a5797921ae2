//! What is said of an effect, in both languages. What happened beside what happened elsewhere, never what caused it.
//!
//! In: the evaluated effect of a model or a kind. Out: sentences of the catalogue. No verdict is reached here.

use super::compared::Obstacle;
use super::estimate::{EffectVerdict, KindEffect, ModelEffect};
use crate::domain::rules::EffectRule;
use crate::domain::text::Names;
use crate::statistics::RatioEstimate;
use crate::texts::{decimal, text};

/// A ratio with its limits.
pub(super) fn ratio_in_words(ratio: &RatioEstimate, level: f64) -> Names {
    text!(
        "effect-ratio",
        ratio = decimal(ratio.ratio, 2),
        level = decimal(level * 100.0, 0),
        low = decimal(ratio.limits.low, 2),
        high = decimal(ratio.limits.high, 2)
    )
}

/// What is said of one model.
pub fn of_model(effect: &ModelEffect, rule: &EffectRule) -> Names {
    let verdict = verdict(effect.verdict, effect.ratio, rule, rule.min_before);
    match &effect.compared {
        None => verdict,
        Some(compared) => {
            let treated = compared.inside.treated;
            text!("effect-inside", before = treated.before, after = treated.after).joined([verdict])
        }
    }
}

/// What is said of a kind.
pub fn of_kind(effect: &KindEffect, rule: &EffectRule) -> Names {
    let verdict = verdict(effect.verdict, effect.pooled, rule, rule.min_before_of_kind);
    text!("effect-pooled", models = effect.strata, before = effect.before).joined([verdict])
}

fn verdict(verdict: EffectVerdict, ratio: Option<RatioEstimate>, rule: &EffectRule, least: u32) -> Names {
    let ratio = || ratio.map_or_else(|| Names::same(""), |ratio| ratio_in_words(&ratio, rule.level));
    match verdict {
        EffectVerdict::CannotTell(obstacle) => no_conclusion(obstacle, least),
        EffectVerdict::Lower => text!("effect-lower", ratio = ratio()),
        EffectVerdict::Higher => text!("effect-higher", ratio = ratio()),
        EffectVerdict::NotClear => text!("effect-not-clear", ratio = ratio()),
    }
}

fn no_conclusion(obstacle: Obstacle, least: u32) -> Names {
    match obstacle {
        Obstacle::NoLocation => text!("effect-no-location"),
        Obstacle::NotCovered => text!("effect-not-covered"),
        Obstacle::EndedTooSoon => text!("effect-ended-too-soon"),
        Obstacle::KindWasThere => text!("effect-kind-was-there"),
        Obstacle::NoComparison => text!("effect-no-comparison"),
        Obstacle::TooFew => text!("effect-too-few", least = least),
    }
}

/// How the comparison is made, and what it cannot show.
pub fn method(rule: &EffectRule) -> Names {
    text!("effect-method", days = rule.window_days, places = rule.comparison_places)
}
