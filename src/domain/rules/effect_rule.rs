//! How the effect of community models is evaluated: values of the rule file, checked.

use serde::Deserialize;

/// The values of `[effect]`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EffectRule {
    /// Days of the windows before and after the start of a model.
    pub window_days: u32,
    /// Comparison places of a model, at most.
    pub comparison_places: u32,
    /// How far the count before of a comparison place may lie from that of the model, as a part of it.
    pub match_tolerance: f64,
    /// Incidents before below which nothing is concluded of one model.
    pub min_before: u32,
    /// Incidents before below which nothing is concluded of a kind: comparison places may serve several models.
    pub min_before_of_kind: u32,
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
            ("effect.level", "above 0 and below 1", self.level > 0.0 && self.level < 1.0),
            ("effect.useful_ratio", "above 0 and below 1", self.useful_ratio > 0.0 && self.useful_ratio < 1.0),
            ("effect.reviews", "from 1 to 20", (1..=20).contains(&self.reviews)),
        ];
        checks.into_iter().find(|(_, _, holds)| !holds).map(|(what, expected, _)| (what, expected))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_outside_their_range_are_named() {
        let rule = EffectRule {
            window_days: 365,
            comparison_places: 5,
            match_tolerance: 0.25,
            min_before: 10,
            min_before_of_kind: 30,
            level: 0.95,
            useful_ratio: 0.8,
            reviews: 2,
        };
        assert_eq!(rule.fault(), None);
        let named = |rule: EffectRule| rule.fault().map(|(what, _)| what);
        assert_eq!(named(EffectRule { window_days: 0, ..rule.clone() }), Some("effect.window_days"));
        assert_eq!(named(EffectRule { level: 1.0, ..rule.clone() }), Some("effect.level"));
        assert_eq!(named(EffectRule { match_tolerance: f64::NAN, ..rule.clone() }), Some("effect.match_tolerance"));
        assert_eq!(named(EffectRule { useful_ratio: 1.0, ..rule }), Some("effect.useful_ratio"));
    }
}
