//! How the effect of community models is evaluated: values of the rule file, checked.

use serde::Deserialize;

/// The values of `[effect]`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EffectRule {
    /// Days of each of the two windows before the start of a model and of the one after it.
    pub window_days: u32,
    /// Comparison places of a model, at most.
    pub comparison_places: u32,
    /// How far the matched count of a comparison place may lie from that of the model, as a part of it.
    pub match_tolerance: f64,
    /// Incidents before below which nothing is concluded of one model.
    pub min_before: u32,
    /// Incidents before, inside the reaches of a kind, below which it is looked at by commune and quarter instead.
    pub min_before_of_kind: u32,
    /// Windows before a start that are left out where a kind is looked at by commune.
    pub panel_windows_left_out: u32,
    /// Communes in which a kind came or went, below which nothing is concluded from communes.
    pub min_communes: u32,
    /// The false discovery rate over the kinds below which a difference counts.
    pub max_q: f64,
    /// Coverage of the limits.
    pub level: f64,
    /// The ratio from which downwards a drop is useful.
    pub useful_ratio: f64,
    /// How many of the last reviews must agree before a model is proposed for anything.
    pub reviews: u32,
}

impl EffectRule {
    /// The first value outside its range, with the range.
    pub(in crate::domain) fn fault(&self) -> Option<(&'static str, &'static str)> {
        let checks = [
            ("effect.window_days", "from 1 to 3660", (1..=3660).contains(&self.window_days)),
            ("effect.comparison_places", "from 1 to 100", (1..=100).contains(&self.comparison_places)),
            ("effect.match_tolerance", "from 0 to 1", (0.0..=1.0).contains(&self.match_tolerance)),
            ("effect.panel_windows_left_out", "from 0 to 10", self.panel_windows_left_out <= 10),
            ("effect.max_q", "above 0 and below 1", self.max_q > 0.0 && self.max_q < 1.0),
            ("effect.level", "above 0 and below 1", self.level > 0.0 && self.level < 1.0),
            ("effect.useful_ratio", "above 0 and below 1", self.useful_ratio > 0.0 && self.useful_ratio < 1.0),
            ("effect.reviews", "from 1 to 20", (1..=20).contains(&self.reviews)),
        ];
        checks.into_iter().find(|(_, _, holds)| !holds).map(|(what, expected, _)| (what, expected))
    }
}

#[cfg(test)]
impl EffectRule {
    /// The values of the built-in rule file.
    pub(crate) fn for_tests() -> Self {
        Self {
            window_days: 365,
            comparison_places: 5,
            match_tolerance: 0.25,
            min_before: 10,
            min_before_of_kind: 30,
            panel_windows_left_out: 3,
            min_communes: 10,
            max_q: 0.10,
            level: 0.95,
            useful_ratio: 0.8,
            reviews: 2,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_outside_their_range_are_named() {
        let rule = EffectRule::for_tests();
        assert_eq!(rule.fault(), None);
        let named = |rule: EffectRule| rule.fault().map(|(what, _)| what);
        assert_eq!(named(EffectRule { window_days: 0, ..rule.clone() }), Some("effect.window_days"));
        assert_eq!(named(EffectRule { level: 1.0, ..rule.clone() }), Some("effect.level"));
        assert_eq!(named(EffectRule { max_q: 0.0, ..rule.clone() }), Some("effect.max_q"));
        assert_eq!(named(EffectRule { match_tolerance: f64::NAN, ..rule.clone() }), Some("effect.match_tolerance"));
        assert_eq!(named(EffectRule { useful_ratio: 1.0, ..rule }), Some("effect.useful_ratio"));
    }
}
