//! The statistical rating of one area by its weighted counts.
//!
//! In: an area's score and expected score, the dispersion and the prior of the
//! standard. Out: the ratio to the province with its interval, the probability
//! of being above it, and how much of all that is the area's own; nothing of these
//! where the counts tell the area from no other. Letters are the matter of the
//! bands; whether a letter is shown is the caller's decision.

pub(super) mod bands;
pub(super) mod class_table;
pub(super) mod leave_one_out;
pub(super) mod posterior;
pub(super) mod prior;
pub(super) mod standard;

use super::distribution::confidence_level::{ConfidenceLevel, Limits};
use posterior::{GammaPosterior, Posterior};
use prior::{Observation, Prior};

/// Where one area stands against the province. No field is ever NaN or infinite.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AreaRating {
    /// Weighted score S = Σ wO, in points.
    pub score: f64,
    /// Expected score `E_S` = Σ wE, in points.
    pub expected_score: f64,
    /// Raw ratio S/`E_S`; `None` when nothing is expected.
    pub ratio: Option<f64>,
    /// Effective number of events S/φ.
    pub effective_count: f64,
    /// Effective number of events expected, `E_S`/φ.
    pub effective_expected: f64,
    /// Belief about the true ratio.
    pub posterior: Posterior,
    /// The ratio with its interval; `None` where the counts hold no information on it: nothing was counted, nothing is
    /// expected of the area, or the areas differ by no more than chance.
    pub estimate: Option<RiskEstimate>,
}

/// What is known of the true ratio of one area. The interval always has a width.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RiskEstimate {
    /// The posterior.
    pub posterior: GammaPosterior,
    /// Its median: the ratio to report.
    pub median: f64,
    /// Its equal-tailed interval.
    pub limits: Limits,
    /// Probability that the true ratio is above 1.
    pub probability_above_one: f64,
    /// Share of the area's own ratio in the estimate, from 0 (all prior) to 1.
    pub reliability: f64,
}

/// Observed and expected score of one area, in points.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scores {
    pub(super) observed: f64,
    pub(super) expected: f64,
}

impl Scores {
    /// The scores as numbers of independent events; nothing when there is no dispersion.
    pub(super) fn effective(self, dispersion: Option<f64>) -> Observation {
        dispersion.map_or(Observation { count: 0.0, expected: 0.0 }, |points_per_event| Observation {
            count: self.observed / points_per_event,
            expected: self.expected / points_per_event,
        })
    }

    fn ratio(self) -> Option<f64> {
        (self.expected > 0.0).then(|| self.observed / self.expected)
    }
}

impl AreaRating {
    pub(super) fn new(scores: Scores, dispersion: Option<f64>, prior: Prior, level: ConfidenceLevel) -> Self {
        let effective = scores.effective(dispersion);
        let posterior = prior.posterior(effective);
        Self {
            score: scores.observed,
            expected_score: scores.expected,
            ratio: scores.ratio(),
            effective_count: effective.count,
            effective_expected: effective.expected,
            posterior,
            // Where nothing is expected, the posterior is the prior: it says what other areas are like.
            estimate: RiskEstimate::of(posterior, prior.reliability(effective.expected), level)
                .filter(|_| effective.expected > 0.0),
        }
    }
}

impl RiskEstimate {
    fn of(posterior: Posterior, reliability: f64, level: ConfidenceLevel) -> Option<Self> {
        let limits = posterior.limits(level)?;
        let gamma = posterior.gamma()?;
        Some(Self {
            posterior: gamma,
            median: gamma.median(),
            limits,
            probability_above_one: gamma.probability_above(1.0),
            reliability,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{AreaPosition, ClassStandard, ClassTable, ColumnPosition, Standard};
    use super::*;
    use proptest::prelude::*;

    fn level() -> ConfidenceLevel {
        ConfidenceLevel::new(0.8).unwrap()
    }

    fn ratings(weights: &[f64], exposure: &[f64], counts: &[u64]) -> Vec<Option<AreaRating>> {
        let table = ClassTable::with_common_exposure(weights, exposure.to_vec(), counts.to_vec()).unwrap();
        Standard::of(&table).ratings(&table, level()).unwrap()
    }

    fn finite(rating: &AreaRating) -> bool {
        let own = [
            rating.score,
            rating.expected_score,
            rating.ratio.unwrap_or(0.0),
            rating.effective_count,
            rating.effective_expected,
        ];
        let estimate = rating
            .estimate
            .map(|of| [of.median, of.limits.low, of.limits.high, of.probability_above_one, of.reliability]);
        own.into_iter().chain(estimate.into_iter().flatten()).all(f64::is_finite)
    }

    /// A commune of 2,000 in a province of 1,495,812 with 549 order cases a year, as 60 : 27 : 9 : 4 %.
    fn worked_commune(counts: Vec<u64>) -> AreaRating {
        let weights = [3.0, 7.0, 15.0, 20.0];
        let cases = [0.60, 0.27, 0.09, 0.04].map(|share| 549.0 * share);
        let class =
            |(weight, count): (f64, f64)| ClassStandard { weight, rate: count / 1_495_812.0, provincial_count: count };
        let classes = weights.into_iter().zip(cases).map(class).collect();
        let standard = Standard::new(classes, Prior::new(1.0, 0.25).unwrap()).unwrap();
        let commune = ClassTable::with_common_exposure(&weights, vec![2_000.0], counts).unwrap();
        standard.ratings(&commune, level()).unwrap()[0].unwrap()
    }

    fn to_places(number: f64, places: i32) -> f64 {
        (number * 10_f64.powi(places)).round() / 10_f64.powi(places)
    }

    #[test]
    fn one_killing_in_a_small_commune_says_little() {
        let rating = worked_commune(vec![0, 0, 0, 1]);
        assert_eq!(rating.ratio.map(|ratio| to_places(ratio, 1)), Some(4.7));
        let estimate = rating.estimate.unwrap();
        assert_eq!(to_places(estimate.median, 1), 1.3);
        assert_eq!((to_places(estimate.limits.low, 2), to_places(estimate.limits.high, 2)), (0.73, 2.12));
        assert_eq!(to_places(estimate.reliability, 2), 0.10);
    }

    #[test]
    fn one_quiet_year_does_not_make_a_small_commune_safe() {
        let rating = worked_commune(vec![0, 0, 0, 0]);
        assert_eq!(rating.ratio, Some(0.0));
        let estimate = rating.estimate.unwrap();
        assert_eq!(to_places(estimate.median, 2), 0.82);
        assert_eq!((to_places(estimate.limits.low, 2), to_places(estimate.limits.high, 2)), (0.39, 1.50));
    }

    #[test]
    fn area_without_exposure_has_no_rating_and_changes_no_other() {
        let with = ratings(&[3.0, 7.0], &[0.0, 300.0, 100.0], &[2, 1, 3, 0, 9, 4]);
        let without = ratings(&[3.0, 7.0], &[300.0, 100.0], &[3, 0, 9, 4]);
        assert_eq!(with[0], None);
        assert_eq!(with[1..], without[..]);
    }

    #[test]
    fn province_without_incident_has_no_ratio_anywhere() {
        for rating in ratings(&[3.0, 7.0], &[100.0, 200.0], &[0; 4]) {
            let rating = rating.unwrap();
            assert!(finite(&rating));
            assert_eq!((rating.score, rating.ratio, rating.estimate), (0.0, None, None));
        }
    }

    #[test]
    fn single_area_has_its_raw_ratio_and_no_estimate() {
        let rating = ratings(&[3.0, 7.0], &[100.0], &[5, 2])[0].unwrap();
        assert_eq!(rating.ratio.map(|ratio| to_places(ratio, 12)), Some(1.0));
        assert_eq!(rating.estimate, None);
    }

    #[test]
    fn areas_that_differ_by_chance_alone_share_the_mean_and_have_no_estimate() {
        for rating in ratings(&[1.0], &[1000.0, 1010.0, 1190.0, 990.0, 1000.0, 820.0], &[5, 5, 6, 5, 5, 4]) {
            let rating = rating.unwrap();
            assert!(matches!(rating.posterior, Posterior::Point(_)));
            assert_eq!((to_places(rating.posterior.mean(), 12), rating.estimate), (1.0, None));
        }
    }

    #[test]
    fn incident_where_none_is_expected_has_neither_ratio_nor_estimate() {
        let quiet = ClassStandard { weight: 1.0, rate: 0.0, provincial_count: 0.0 };
        let standard = Standard::new(vec![quiet], Prior::new(1.0, 0.5).unwrap()).unwrap();
        let table = ClassTable::with_common_exposure(&[1.0], vec![10.0], vec![3]).unwrap();
        let rating = standard.ratings(&table, level()).unwrap()[0].unwrap();
        assert!(finite(&rating));
        assert_eq!((rating.ratio, rating.estimate), (None, None));
        assert_eq!(rating.posterior.mean(), 1.0, "what is left is the prior");
    }

    #[test]
    fn components_are_measured_against_their_own_exposure() {
        let classes = vec![
            super::super::SeverityClass { weight: 1.0, exposure_column: ColumnPosition::new(0) },
            super::super::SeverityClass { weight: 1.0, exposure_column: ColumnPosition::new(1) },
        ];
        // Residents 100 and 300, road km 30 and 10: expected 1 + 3 and 3 + 1 events.
        let table = ClassTable::new(classes, vec![vec![100.0, 300.0], vec![30.0, 10.0]], vec![4, 0, 0, 4]).unwrap();
        let standard = Standard::of(&table);
        let contributions = standard.contributions(&table, AreaPosition::new(0)).unwrap().unwrap();
        assert_eq!(contributions.iter().map(|class| class.expected).collect::<Vec<_>>(), [1.0, 3.0]);
        assert_eq!(contributions.iter().map(|class| class.share).collect::<Vec<_>>(), [0.75, -0.75]);
        assert_eq!(standard.ratings(&table, level()).unwrap()[0].unwrap().ratio, Some(1.0));
    }

    fn close(left: f64, right: f64) -> bool {
        (left - right).abs() <= 1e-9 * left.abs().max(right.abs()).max(1e-3)
    }

    fn same_standing(left: &AreaRating, right: &AreaRating) -> bool {
        let is_same = match (left.estimate, right.estimate) {
            (Some(one), Some(other)) => {
                close(one.median, other.median)
                    && close(one.limits.low, other.limits.low)
                    && close(one.limits.high, other.limits.high)
                    && close(one.reliability, other.reliability)
            }
            (one, other) => one == other,
        };
        is_same && close(left.effective_expected, right.effective_expected)
    }

    const WEIGHTS: [f64; 4] = [3.0, 7.0, 15.0, 20.0];

    /// Areas of (exposure, counts by class) far enough from a zero variance that
    /// rounding cannot push the estimate across its cut.
    fn province() -> impl Strategy<Value = Vec<(f64, [u64; 4])>> {
        let area = (500.0..30_000.0_f64, (0_u64..90, 0_u64..30, 0_u64..6, 0_u64..3));
        proptest::collection::vec(area, 2..30)
            .prop_map(|areas| areas.into_iter().map(|(exposure, (a, b, c, d))| (exposure, [a, b, c, d])).collect())
    }

    fn table_of(areas: &[(f64, [u64; 4])], weights: &[f64; 4]) -> ClassTable {
        let exposure = areas.iter().map(|area| area.0).collect();
        let counts = areas.iter().flat_map(|area| area.1).collect();
        ClassTable::with_common_exposure(weights, exposure, counts).unwrap()
    }

    fn rated(areas: &[(f64, [u64; 4])], weights: &[f64; 4]) -> Vec<AreaRating> {
        let table = table_of(areas, weights);
        Standard::of(&table).ratings(&table, level()).unwrap().into_iter().flatten().collect()
    }

    proptest! {
        #[test]
        fn weights_times_a_constant_change_nothing(areas in province(), factor in 0.01..100.0_f64) {
            let scaled = rated(&areas, &WEIGHTS.map(|weight| weight * factor));
            for (left, right) in rated(&areas, &WEIGHTS).iter().zip(&scaled) {
                prop_assert!(same_standing(left, right));
            }
        }

        #[test]
        fn equal_weights_are_plain_counts(areas in province(), weight in 0.01..100.0_f64) {
            let table = table_of(&areas, &[weight; 4]);
            if let Some(dispersion) = Standard::of(&table).dispersion() {
                prop_assert!(close(dispersion, weight));
            }
            for (rating, (_, counts)) in rated(&areas, &[weight; 4]).iter().zip(&areas) {
                prop_assert!(close(rating.effective_count, counts.iter().sum::<u64>() as f64));
            }
        }

        #[test]
        fn contributions_sum_to_the_ratio_minus_one(areas in province()) {
            let table = table_of(&areas, &WEIGHTS);
            let standard = Standard::of(&table);
            for (area, rating) in table.areas().zip(&rated(&areas, &WEIGHTS)) {
                let contributions = standard.contributions(&table, area).unwrap().unwrap();
                let sum: f64 = contributions.iter().map(|class| class.share).sum();
                prop_assert!(rating.expected_score == 0.0 || (sum - (rating.ratio.unwrap() - 1.0)).abs() < 1e-9);
            }
        }

        #[test]
        fn merging_areas_adds_scores_and_expectations(areas in province()) {
            let standard = Standard::of(&table_of(&areas, &WEIGHTS));
            let mut merged = areas.clone();
            let last = merged.pop().unwrap();
            merged[0].0 += last.0;
            for (sum, count) in merged[0].1.iter_mut().zip(last.1) {
                *sum += count;
            }
            let merged_standard = Standard::of(&table_of(&merged, &WEIGHTS));
            prop_assert_eq!(standard.dispersion(), merged_standard.dispersion());
            let (parts, whole) = (rated(&areas, &WEIGHTS), rated(&merged, &WEIGHTS));
            let last = parts[parts.len() - 1];
            prop_assert!(close(whole[0].score, parts[0].score + last.score));
            prop_assert!(close(whole[0].expected_score, parts[0].expected_score + last.expected_score));
            prop_assert!(close(whole[0].effective_count, parts[0].effective_count + last.effective_count));
        }

        #[test]
        fn order_of_areas_does_not_matter(areas in province()) {
            let reversed: Vec<_> = areas.iter().rev().copied().collect();
            for (left, right) in rated(&areas, &WEIGHTS).iter().zip(rated(&reversed, &WEIGHTS).iter().rev()) {
                prop_assert!(same_standing(left, right));
            }
        }

        #[test]
        fn no_number_leaves_that_is_not_finite(
            exposure in proptest::collection::vec(prop_oneof![Just(0.0), 1e-9..1e15_f64, Just(1e-9), Just(1e15)], 0..8),
            counts in proptest::collection::vec(prop_oneof![Just(0), Just(1), 0_u64..1_000, Just(u64::MAX)], 32),
        ) {
            let counts = counts[..exposure.len() * 4].to_vec();
            let weights = [0.0, 1e-9, 1.0, 1e9];
            let table = ClassTable::with_common_exposure(&weights, exposure, counts).unwrap();
            for rating in Standard::of(&table).ratings(&table, level()).unwrap().iter().flatten() {
                prop_assert!(finite(rating), "{rating:?}");
                if let Some(RiskEstimate { median, limits, .. }) = rating.estimate {
                    prop_assert!(limits.low <= median && median <= limits.high && limits.low < limits.high);
                    prop_assert!(rating.effective_expected > 0.0);
                }
            }
        }
    }
}
