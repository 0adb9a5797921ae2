//! How effects of models are looked at, with the values of the rule file.
//!
//! In: the rule. Out: the part of an answer from which a reader can do the same by hand. Nothing is counted here.

use serde::Serialize;
use utoipa::ToSchema;

use crate::assessment::effect::wording;
use crate::domain::rules::EffectRule;
use crate::domain::text::Names;

/// How effects are looked at, with the values used.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct EffectMethod {
    /// The method in a few sentences.
    text: Names,
    /// Days of each of the two windows before the start of a model and of the one after it.
    window_days: u32,
    /// Comparison places of a model, at most.
    comparison_places: u32,
    /// How far the matched count of a comparison place may lie from that of the model, as a part of it.
    match_tolerance: f64,
    /// Incidents before below which nothing is concluded of one model.
    min_before: u32,
    /// Incidents inside the reaches of a kind before, below which it is looked at by commune and quarter.
    min_before_of_kind: u32,
    /// Windows before a start that are left out where a kind is looked at by commune.
    panel_windows_left_out: u32,
    /// Communes in which a kind came or went, below which nothing is concluded from communes.
    min_communes: u32,
    /// The false discovery rate over the kinds, below which a difference counts.
    max_q: f64,
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
    /// How a kind is looked at by commune.
    communes: &'static str,
    /// How a displacement is found.
    displacement: &'static str,
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
            panel_windows_left_out,
            min_communes,
            max_q,
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
            panel_windows_left_out,
            min_communes,
            max_q,
            level,
            useful_ratio,
            reviews,
            ratio: "ratio of ratios, limits on the logarithm (Woolf; one half added to each cell of a table with an empty one)",
            pooled: "Mantel-Haenszel; the larger error of Robins, Breslow and Greenland and of the spread between models; \
                     a verdict needs both comparisons, each place serving one model of the kind",
            communes: "Poisson, effects of commune and quarter, ln person-years as offset; the largest error of Poisson \
                       counts, the sandwich clustered by commune with the factor G/(G-1), and the jackknife by commune (CR3)",
            displacement: "weighted displacement difference against the best-matched place (Wheeler and Ratcliffe 2018)",
        }
    }
}
