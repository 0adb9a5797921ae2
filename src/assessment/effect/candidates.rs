//! Which models a committee may want to review: to retire, or to replicate. Never by an effect alone.
//!
//! In: the reviews of the models of a kind and the pooled effect of the kind. Out: proposals with their reasons as
//! sentences. Both reviews and effect must speak for a proposal; what is decided is the committee's business.

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use super::estimate::{EffectVerdict, KindEffect, KindMethod};
use super::wording::ratio_in_words;
use crate::domain::model::model_event::reviews;
use crate::domain::model::model_stock::events_of;
use crate::domain::model::{ModelIndex, Review};
use crate::domain::rules::EffectRule;
use crate::domain::text::Names;
use crate::domain::time::period::Day;
use crate::snapshot::Snapshot;
use crate::statistics::RatioEstimate;
use crate::texts::{decimal, text};

/// What is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Proposal {
    /// To be reviewed: whether the model should be retired.
    Retire,
    /// To be reviewed: whether the model should be replicated.
    Replicate,
}

/// One model and why it should be reviewed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its index among the models of the snapshot.
    pub model: ModelIndex,
    /// What is proposed.
    pub proposal: Proposal,
    /// The reasons, a sentence each.
    pub reasons: Vec<Names>,
}

/// The candidates among the models of a kind that run on a day.
pub fn candidates(snapshot: &Snapshot, effect: &KindEffect, day: Day) -> Vec<Candidate> {
    let rule = &snapshot.rules.effect;
    let Some((pooled, proposal)) = effect.pooled.zip(proposed(effect, rule)) else { return Vec::new() };
    let wanted = match proposal {
        Proposal::Retire => Review::Weak,
        Proposal::Replicate => Review::Good,
    };
    let kind = &snapshot.rules.model_kinds[effect.kind];
    let active = snapshot.models.indexed().filter(|(_, model)| model.kind == kind.id && model.is_active_on(day));
    let found = active.filter_map(|(row, model)| {
        let history = reviews(model, events_of(&model.id, &snapshot.model_events));
        let days = last_days_of(&history, wanted, rule.reviews as usize, day)?;
        let of_kind = of_kind(&pooled, effect, proposal, rule);
        Some(Candidate {
            model: row,
            proposal,
            reasons: vec![of_reviews(&days, proposal), of_kind, text!("effect-candidate-caution")],
        })
    });
    found.collect()
}

/// What the effect of a kind speaks for, beyond the false discovery rate over the kinds; nothing where it leaves room
/// for both.
fn proposed(effect: &KindEffect, rule: &EffectRule) -> Option<Proposal> {
    if effect.verdict.obstacle().is_some() {
        return None;
    }
    if effect.leaves_no_useful_drop(rule) {
        return Some(Proposal::Retire);
    }
    (effect.verdict == EffectVerdict::Lower).then_some(Proposal::Replicate)
}

/// The days of the last reviews by a day, where there are so many and all had the result.
fn last_days_of(history: &[(Date, Review)], wanted: Review, count: usize, day: Day) -> Option<Vec<Date>> {
    let known: Vec<&(Date, Review)> = history.iter().filter(|(on, _)| Day::of_date(*on) <= day).collect();
    let last = known.len().checked_sub(count.max(1)).map(|from| &known[from..])?;
    last.iter().all(|(_, review)| *review == wanted).then(|| last.iter().map(|(on, _)| *on).collect())
}

fn of_reviews(days: &[Date], proposal: Proposal) -> Names {
    let list = |format: &str| days.iter().map(|day| day.strftime(format).to_string()).collect::<Vec<_>>().join(", ");
    let listed = Names { vi: list("%d/%m/%Y"), en: list("%Y-%m-%d") };
    match proposal {
        Proposal::Retire => text!("effect-candidate-weak-reviews", count = days.len(), days = listed),
        Proposal::Replicate => text!("effect-candidate-good-reviews", count = days.len(), days = listed),
    }
}

fn of_kind(pooled: &RatioEstimate, effect: &KindEffect, proposal: Proposal, rule: &EffectRule) -> Names {
    let ratio = ratio_in_words(pooled, rule.level);
    match (&effect.method, proposal) {
        (KindMethod::Places(_), Proposal::Retire) => text!(
            "effect-candidate-no-useful-drop",
            models = effect.strata,
            ratio = ratio,
            useful = decimal(rule.useful_ratio, 2)
        ),
        (KindMethod::Places(_), Proposal::Replicate) => {
            text!("effect-candidate-below-one", models = effect.strata, ratio = ratio)
        }
        (KindMethod::Communes(_), Proposal::Retire) => text!("effect-candidate-communes-above-one", ratio = ratio),
        (KindMethod::Communes(_), Proposal::Replicate) => text!("effect-candidate-communes-below-one", ratio = ratio),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn only_the_last_reviews_by_the_day_count_and_all_of_them() {
        let history = [
            (date(2021, 11, 1), Review::Good),
            (date(2022, 11, 1), Review::Weak),
            (date(2023, 11, 1), Review::Weak),
            (date(2024, 11, 1), Review::Fair),
        ];
        let on = |year| Day::of_date(date(year, 12, 1));
        let weak = |year| last_days_of(&history, Review::Weak, 2, on(year));
        assert_eq!(weak(2023), Some(vec![date(2022, 11, 1), date(2023, 11, 1)]));
        assert_eq!((weak(2022), weak(2024), weak(2020)), (None, None, None));
        assert_eq!(last_days_of(&[], Review::Weak, 2, on(2024)), None);
    }
}
