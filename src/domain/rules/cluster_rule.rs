//! How clusters above the common level are looked for: values of the rule file, checked.

use serde::Deserialize;

/// The values of `[clusters]`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClusterRule {
    /// How many maps are made by chance.
    pub replicas: u32,
    /// What their random numbers begin with.
    pub seed: u64,
    /// The greatest share of the person-years that a cluster may hold.
    pub max_share: f64,
    /// A cluster is told up to this p.
    pub max_p: f64,
    /// The exponent of the penalty of ellipses.
    pub penalty: f64,
    /// The ellipses beside circles.
    pub ellipses: Vec<EllipseRule>,
}

/// The ellipses of one ratio of axes.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EllipseRule {
    /// The long axis over the short one.
    pub ratio: f64,
    /// How many directions of the long axis.
    pub angles: u32,
}

impl ClusterRule {
    /// The first value outside its range, with the range.
    pub(in crate::domain) fn fault(&self) -> Option<(&'static str, &'static str)> {
        let ellipses = &self.ellipses;
        let checks = [
            ("clusters.replicas", "from 19 to 9999", (19..=9999).contains(&self.replicas)),
            ("clusters.max_share", "above 0 and at most 0.5", self.max_share > 0.0 && self.max_share <= 0.5),
            ("clusters.max_p", "above 0 and below 1", self.max_p > 0.0 && self.max_p < 1.0),
            ("clusters.penalty", "from 0 to 1", (0.0..=1.0).contains(&self.penalty)),
            (
                "clusters.ellipses.ratio",
                "above 1 and at most 20",
                ellipses.iter().all(|shape| shape.ratio > 1.0 && shape.ratio <= 20.0),
            ),
            ("clusters.ellipses.angles", "from 1 to 36", ellipses.iter().all(|shape| (1..=36).contains(&shape.angles))),
        ];
        checks.into_iter().find(|(_, _, holds)| !holds).map(|(what, expected, _)| (what, expected))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_outside_their_range_are_named() {
        let rule = ClusterRule {
            replicas: 999,
            seed: 1,
            max_share: 0.5,
            max_p: 0.05,
            penalty: 0.5,
            ellipses: vec![EllipseRule { ratio: 2.0, angles: 6 }],
        };
        assert_eq!(rule.fault(), None);
        let named = |rule: ClusterRule| rule.fault().map(|(what, _)| what);
        assert_eq!(named(ClusterRule { replicas: 5, ..rule.clone() }), Some("clusters.replicas"));
        assert_eq!(named(ClusterRule { max_share: 0.6, ..rule.clone() }), Some("clusters.max_share"));
        assert_eq!(named(ClusterRule { max_p: 0.0, ..rule.clone() }), Some("clusters.max_p"));
        assert_eq!(named(ClusterRule { penalty: f64::NAN, ..rule.clone() }), Some("clusters.penalty"));
        let ellipses = |ratio, angles| vec![EllipseRule { ratio, angles }];
        let flat = ClusterRule { ellipses: ellipses(1.0, 4), ..rule.clone() };
        assert_eq!(named(flat), Some("clusters.ellipses.ratio"));
        assert_eq!(named(ClusterRule { ellipses: ellipses(2.0, 0), ..rule }), Some("clusters.ellipses.angles"));
    }
}
