//! A distribution of counts, walked outward from its likeliest count.
//!
//! In: the likeliest count and how many times likelier each next count is. Out: probabilities and both tails,
//! each summed from its small end. No logarithm of a factorial is taken, so none loses its digits.

use std::ops::RangeInclusive;

/// Where a probability has fallen to this share of the largest, the walk ends: nothing beyond can be seen.
const VANISHING: f64 = 1e-250;

/// Probabilities of the counts around the likeliest; the others are 0.
#[derive(Debug, Clone)]
pub(in crate::statistics) struct CountDistribution {
    first: u64,
    probabilities: Vec<f64>,
    at_most: Vec<f64>,
    at_least: Vec<f64>,
}

impl CountDistribution {
    /// Walks the support; `rise(k)` is P(k + 1)/P(k), above 1 below the likeliest count and at most 1 from there on.
    pub(in crate::statistics) fn around(
        likeliest: u64,
        support: RangeInclusive<u64>,
        rise: impl Fn(u64) -> f64,
    ) -> Self {
        let (least, most) = support.into_inner();
        let seen = |weight: &f64| *weight > VANISHING;
        // Relative weights from the mode outwards: each is a product of factors of at most 1, so nothing
        // overflows. Unimodal, so once a weight vanishes all beyond it have.
        let down = (least..likeliest).rev().scan(1.0, |weight, count| {
            *weight /= rise(count);
            Some(*weight)
        });
        let up = (likeliest..most).scan(1.0, |weight, count| {
            *weight *= rise(count);
            Some(*weight)
        });
        let mut weights: Vec<f64> = down.take_while(seen).collect();
        let first = likeliest - weights.len() as u64;
        weights.reverse();
        weights.push(1.0);
        weights.extend(up.take_while(seen));
        Self::of_weights(first, &weights)
    }

    /// The Poisson distribution of a mean ≥ 0.
    pub(in crate::statistics) fn poisson(mean: f64) -> Self {
        Self::around(mean.floor() as u64, 0..=u64::MAX, |count| mean / (count as f64 + 1.0))
    }

    fn of_weights(first: u64, weights: &[f64]) -> Self {
        let mode = weights.partition_point(|weight| *weight < 1.0);
        // Each side from its small end towards the mode, so that small weights are not lost against the large
        // ones.
        let sum: f64 = weights[..mode].iter().sum::<f64>() + weights[mode..].iter().rev().sum::<f64>();
        let probabilities: Vec<f64> = weights.iter().map(|weight| weight / sum).collect();
        let running = |total: &mut f64, probability: &f64| {
            *total += probability;
            Some(total.min(1.0))
        };
        // Both tails are summed from outside in: 1 minus the other one would lose every digit of a small tail.
        let at_most = probabilities.iter().scan(0.0, running).collect();
        let mut at_least: Vec<f64> = probabilities.iter().rev().scan(0.0, running).collect();
        at_least.reverse();
        Self { first, probabilities, at_most, at_least }
    }

    /// The least count that can be seen.
    pub(in crate::statistics) fn first(&self) -> u64 {
        self.first
    }

    /// P(X = `count`).
    pub(in crate::statistics) fn probability(&self, count: u64) -> f64 {
        self.index(count).and_then(|index| self.probabilities.get(index)).copied().unwrap_or(0.0)
    }

    /// P(X ≤ `count`).
    pub(in crate::statistics) fn at_most(&self, count: u64) -> f64 {
        self.index(count).map_or(0.0, |index| self.at_most.get(index).copied().unwrap_or(1.0))
    }

    /// P(X ≥ `count`).
    pub(in crate::statistics) fn at_least(&self, count: u64) -> f64 {
        self.index(count).map_or(1.0, |index| self.at_least.get(index).copied().unwrap_or(0.0))
    }

    /// The counts that can be seen with their probabilities, ascending.
    pub(in crate::statistics) fn counts(&self) -> impl Iterator<Item = (u64, f64)> {
        (self.first..).zip(self.probabilities.iter().copied())
    }

    fn index(&self, count: u64) -> Option<usize> {
        count.checked_sub(self.first).and_then(|index| usize::try_from(index).ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::distribution::gamma::{lower_tail, upper_tail};
    use proptest::prelude::*;

    #[test]
    fn poisson_of_mean_two_by_hand() {
        let two = CountDistribution::poisson(2.0);
        // e⁻², 2e⁻², 2e⁻².
        for (count, times) in [(0, 1.0), (1, 2.0), (2, 2.0)] {
            assert!((two.probability(count) / ((-2_f64).exp() * times) - 1.0).abs() < 1e-14, "{count}");
        }
        assert_eq!((two.at_least(0), two.at_most(1_000), two.at_least(1_000)), (1.0, 1.0, 0.0));
    }

    #[test]
    fn mean_zero_is_the_count_zero() {
        let nothing = CountDistribution::poisson(0.0);
        assert_eq!(nothing.counts().collect::<Vec<_>>(), [(0, 1.0)]);
        assert_eq!((nothing.at_most(0), nothing.at_least(1)), (1.0, 0.0));
    }

    proptest! {
        #[test]
        fn tails_are_those_of_the_gamma_distribution(log_mean in -3.0..4.0_f64, offset in -3.0..3.0_f64) {
            let mean = 10_f64.powf(log_mean);
            let count = (mean + offset * mean.sqrt()).max(0.0) as u64;
            let poisson = CountDistribution::poisson(mean);
            let below = upper_tail(count as f64 + 1.0, mean);
            prop_assert!((poisson.at_most(count) / below - 1.0).abs() < 1e-10);
            let above = if count == 0 { 1.0 } else { lower_tail(count as f64, mean) };
            prop_assert!((poisson.at_least(count) / above - 1.0).abs() < 1e-10);
        }
    }
}
