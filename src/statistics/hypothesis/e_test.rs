//! The E-test of two Poisson rates: how often chance gives two counts at least this far apart.
//!
//! In: two counts with exposures and the deviate that orders the pairs. Out: p-values at the pooled rate, the
//! pairs weighed one by one. The other tests of the same question stand in [`count_test`](super::count_test).
//!
//! Reference: K. Krishnamoorthy and J. Thompson, "A more powerful test for comparing two Poisson means",
//! Journal of Statistical Planning and Inference 119 (2004), equations 3.3 to 3.6.

use super::p_values::PValues;
use crate::statistics::distribution::count_distribution::CountDistribution;

/// What two counts with their exposures are compared by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::statistics) enum Deviate {
    /// The difference over its error at the pooled rate.
    Pooled,
    /// The difference over its error at the two own rates, as in the paper.
    Unpooled,
}

/// Pairs whose deviates are equal but for rounding are equally far apart.
const TIE: f64 = 1e-12;

/// Above this total the pairs are too many to walk, and every test of large counts agrees.
pub(in crate::statistics) const LARGEST_TOTAL: u64 = 100_000_000;

/// Two counts, and the ratio t₁/t₂ of their exposures.
#[derive(Debug, Clone, Copy)]
pub(in crate::statistics) struct CountPair {
    pub(in crate::statistics) first: u64,
    pub(in crate::statistics) second: u64,
    pub(in crate::statistics) exposures: f64,
}

impl CountPair {
    /// The deviate of the pair, 0 without events; it rises with the first count and falls with the second.
    pub(in crate::statistics) fn deviate(self, deviate: Deviate) -> f64 {
        let (first, second, r) = (self.first as f64, self.second as f64, self.exposures);
        let variance = match deviate {
            Deviate::Pooled => (first + second) * r,
            Deviate::Unpooled => first + second * r * r,
        };
        if variance > 0.0 { (first - second * r) / variance.sqrt() } else { 0.0 }
    }
}

/// The p-values at the pooled rate; `None` above a total of 10⁸.
pub(in crate::statistics) fn e_test(seen: CountPair, deviate: Deviate) -> Option<PValues> {
    let events = seen.first.checked_add(seen.second).filter(|events| *events <= LARGEST_TOTAL)?;
    let second_mean = events as f64 / (1.0 + seen.exposures);
    let chance = Chance {
        first: CountDistribution::poisson(events as f64 - second_mean),
        second: CountDistribution::poisson(second_mean),
        exposures: seen.exposures,
        deviate,
    };
    let (t, slack) = (seen.deviate(deviate), TIE * seen.deviate(deviate).abs());
    let far = t.abs() - slack;
    let two_sided = if far <= 0.0 { 1.0 } else { chance.at_least(far) + chance.at_most(-far) };
    Some(PValues {
        two_sided: two_sided.min(1.0),
        larger: chance.at_least(t - slack).min(1.0),
        smaller: chance.at_most(t + slack).min(1.0),
    })
}

/// Both counts when the rates are equal.
struct Chance {
    first: CountDistribution,
    second: CountDistribution,
    exposures: f64,
    deviate: Deviate,
}

impl Chance {
    /// P(deviate ≥ `bound`): with each first count the second ones up to some number, which rises with the first.
    fn at_least(&self, bound: f64) -> f64 {
        let mut beyond = self.second.first();
        let share = |(first, probability): (u64, f64)| {
            // The deviate rises with the first count and falls with the second, so the border of the region is a
            // staircase: `beyond` never goes back, and all turns together are as many as there are counts.
            while self.pair(first, beyond) >= bound {
                beyond += 1;
            }
            probability * beyond.checked_sub(1).map_or(0.0, |last| self.second.at_most(last))
        };
        self.first.counts().map(share).sum()
    }

    /// P(deviate ≤ `bound`): with each first count the second ones from some number on.
    fn at_most(&self, bound: f64) -> f64 {
        let mut start = self.second.first();
        let share = |(first, probability): (u64, f64)| {
            // The same staircase from the other side: `start` is the least second count that is extreme enough,
            // and never falls as the first count rises.
            while self.pair(first, start) > bound {
                start += 1;
            }
            probability * self.second.at_least(start)
        };
        self.first.counts().map(share).sum()
    }

    fn pair(&self, first: u64, second: u64) -> f64 {
        CountPair { first, second, exposures: self.exposures }.deviate(self.deviate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_against_nothing_is_no_difference() {
        let nothing = CountPair { first: 0, second: 0, exposures: 2.0 };
        assert_eq!(e_test(nothing, Deviate::Pooled), Some(PValues::NO_DIFFERENCE));
    }

    #[test]
    fn published_example_is_met_to_its_digits() {
        // Help of the R package ptools, version 2.0.0: e_test(6, 2) = 0.1748748.
        let p = e_test(CountPair { first: 6, second: 2, exposures: 1.0 }, Deviate::Unpooled).unwrap().two_sided;
        assert!((p - 0.174_874_8).abs() < 5e-8, "{p}");
    }

    #[test]
    fn total_beyond_all_counting_has_no_answer() {
        assert_eq!(e_test(CountPair { first: LARGEST_TOTAL, second: 1, exposures: 1.0 }, Deviate::Pooled), None);
    }

    /// The definition, pair by pair.
    fn direct(seen: CountPair, deviate: Deviate) -> f64 {
        let mean = (seen.first + seen.second) as f64 / (1.0 + seen.exposures);
        let (first, second) = (CountDistribution::poisson(mean * seen.exposures), CountDistribution::poisson(mean));
        let far = seen.deviate(deviate).abs() * (1.0 - TIE);
        let pairs = first.counts().flat_map(|(k, p)| second.counts().map(move |(l, q)| (k, l, p * q)));
        let beyond = pairs.filter(|&(first, second, _)| {
            CountPair { first, second, exposures: seen.exposures }.deviate(deviate).abs() >= far
        });
        beyond.map(|(_, _, probability)| probability).sum()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn walk_along_the_border_is_the_sum_over_all_pairs(
            first in 0_u64..25, second in 0_u64..25, exposures in 0.05..20.0_f64,
        ) {
            let seen = CountPair { first, second, exposures };
            for deviate in [Deviate::Pooled, Deviate::Unpooled] {
                let p = e_test(seen, deviate).unwrap().two_sided;
                prop_assert!((p - direct(seen, deviate)).abs() < 1e-10, "{p} {seen:?}");
            }
        }
    }
}
