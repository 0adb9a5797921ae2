//! What is said of an effect, in both languages. What happened beside what happened elsewhere, never what caused it.
//!
//! In: the evaluated effect of a model or a kind. Out: sentences of the catalogue. No verdict is reached here.

use super::compared::{Design, Obstacle};
use super::estimate::{EffectVerdict, KindEffect, KindMethod, ModelEffect};
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
    let designs = &effect.designs;
    let ratio = |design: Design| designs.of(design).as_ref().and_then(|found| found.ratio);
    let ratios = [ratio(Design::LastWindowLeftOut), ratio(Design::BothWindows)];
    let nearest = ratios.into_iter().flatten().min_by(|a, b| a.ratio.ln().abs().total_cmp(&b.ratio.ln().abs()));
    let verdict = verdict(effect.verdict, nearest, rule);
    match &designs.last_window_left_out {
        None => verdict,
        Some(found) => {
            let treated = found.compared.inside.treated;
            text!("effect-inside", before = treated.before, after = treated.after).joined([verdict])
        }
    }
}

/// What is said of a kind.
pub fn of_kind(effect: &KindEffect, rule: &EffectRule) -> Names {
    let verdict = verdict(effect.verdict, effect.pooled, rule);
    match &effect.method {
        KindMethod::Places(_) => {
            text!("effect-pooled", models = effect.strata, before = effect.before).joined([verdict])
        }
        KindMethod::Communes(panel) => {
            let why = text!("effect-communes-why", before = effect.before, least = rule.min_before_of_kind);
            let how = panel.map(|panel| {
                text!("effect-communes", communes = panel.places, switching = panel.switching, quarters = panel.periods)
            });
            let said = match (effect.verdict, effect.pooled) {
                (EffectVerdict::Lower, Some(ratio)) => {
                    text!("effect-communes-lower", ratio = communes_ratio(&ratio, rule.level))
                }
                (EffectVerdict::Higher, Some(ratio)) => {
                    text!("effect-communes-higher", ratio = communes_ratio(&ratio, rule.level))
                }
                (EffectVerdict::NotClear, Some(ratio)) => {
                    text!("effect-communes-not-clear", ratio = communes_ratio(&ratio, rule.level))
                }
                _ => verdict,
            };
            why.joined(how.into_iter().chain([said]))
        }
    }
}

/// The ratio of a rate to what commune and quarter make expect, with its limits.
fn communes_ratio(ratio: &RatioEstimate, level: f64) -> Names {
    text!(
        "effect-communes-ratio",
        ratio = decimal(ratio.ratio, 2),
        level = decimal(level * 100.0, 0),
        low = decimal(ratio.limits.low, 2),
        high = decimal(ratio.limits.high, 2)
    )
}

fn verdict(verdict: EffectVerdict, ratio: Option<RatioEstimate>, rule: &EffectRule) -> Names {
    let ratio = || ratio.map_or_else(|| Names::same(""), |ratio| ratio_in_words(&ratio, rule.level));
    match verdict {
        EffectVerdict::CannotTell(obstacle) => no_conclusion(obstacle, rule),
        EffectVerdict::Lower => text!("effect-lower", ratio = ratio()),
        EffectVerdict::Higher => text!("effect-higher", ratio = ratio()),
        EffectVerdict::NotClear => text!("effect-not-clear", ratio = ratio()),
    }
}

fn no_conclusion(obstacle: Obstacle, rule: &EffectRule) -> Names {
    match obstacle {
        Obstacle::NoLocation => text!("effect-no-location"),
        Obstacle::NotCovered => text!("effect-not-covered"),
        Obstacle::EndedTooSoon => text!("effect-ended-too-soon"),
        Obstacle::KindWasThere => text!("effect-kind-was-there"),
        Obstacle::NoComparison => text!("effect-no-comparison"),
        Obstacle::TooFew => text!("effect-too-few", least = rule.min_before),
        Obstacle::TooFewCommunes => text!("effect-too-few-communes", least = rule.min_communes),
    }
}

/// How the comparison is made, and what it cannot show.
pub fn method(rule: &EffectRule) -> Names {
    text!(
        "effect-method",
        days = rule.window_days,
        places = rule.comparison_places,
        q = decimal(rule.max_q * 100.0, 0),
        least = rule.min_before_of_kind
    )
}
