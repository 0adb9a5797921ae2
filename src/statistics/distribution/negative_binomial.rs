//! Counts that scatter more than Poisson by one factor: the negative binomial distribution.
//!
//! In: a mean and how many times the variance is larger. Out: probabilities, tails and the ends of a range. A factor of 1
//! is the Poisson distribution, so that nothing jumps where data scatter no more than that.

use super::count_distribution::CountDistribution;

impl CountDistribution {
    /// The distribution of a `mean` ≥ 0 and a variance of `dispersion` ≥ 1 times as much.
    ///
    /// With δ = dispersion − 1 and size mean/δ, P(k + 1)/P(k) = (mean + kδ)/((1 + δ)(k + 1)): no size that grows beyond
    /// all bounds as δ falls to 0.
    pub(in crate::statistics) fn negative_binomial(mean: f64, dispersion: f64) -> Self {
        let excess = dispersion - 1.0;
        let likeliest = (mean - 1.0 - excess).ceil().max(0.0) as u64;
        Self::around(likeliest, 0..=u64::MAX, |count| {
            let count = count as f64;
            (mean + count * excess) / ((1.0 + excess) * (count + 1.0))
        })
    }

    /// The least count that is exceeded with at most the probability `tail`.
    pub(in crate::statistics) fn upper_end(&self, tail: f64) -> u64 {
        let ends = self.counts().find(|(count, _)| self.at_least(count + 1) <= tail);
        ends.map_or(self.first(), |(count, _)| count)
    }

    /// The least count up to which the probability is at least `tail`.
    pub(in crate::statistics) fn lower_end(&self, tail: f64) -> u64 {
        let ends = self.counts().find(|(count, _)| self.at_most(*count) >= tail);
        ends.map_or(self.first(), |(count, _)| count)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use statrs::function::beta::beta_reg;

    use super::*;

    #[test]
    fn mean_one_and_twice_its_variance_by_hand() {
        // Size 1, so that the counts are geometric with ½: ½, ¼, ⅛.
        let found = CountDistribution::negative_binomial(1.0, 2.0);
        for (count, expected) in [(0, 0.5), (1, 0.25), (2, 0.125)] {
            assert!((found.probability(count) - expected).abs() < 1e-14, "{count}");
        }
        assert_eq!(
            (found.upper_end(0.25), found.upper_end(0.24), found.lower_end(0.5), found.lower_end(0.51)),
            (1, 2, 0, 1)
        );
    }

    #[test]
    fn no_more_scatter_than_poisson_is_poisson() {
        let (found, poisson) = (CountDistribution::negative_binomial(7.3, 1.0), CountDistribution::poisson(7.3));
        for count in 0..40 {
            assert!((found.at_least(count) / poisson.at_least(count) - 1.0).abs() < 1e-12, "{count}");
        }
        let nothing = CountDistribution::negative_binomial(0.0, 3.0);
        assert_eq!((nothing.upper_end(0.001), nothing.lower_end(0.999)), (0, 0));
    }

    proptest! {
        #[test]
        fn tails_are_those_of_the_incomplete_beta_function(
            log_mean in -1.0..3.0_f64, dispersion in 1.05..9.0_f64, offset in -2.5..4.0_f64,
        ) {
            let mean = 10_f64.powf(log_mean);
            let count = (mean + offset * (mean * dispersion).sqrt()).max(1.0) as u64;
            let size = mean / (dispersion - 1.0);
            let expected = beta_reg(count as f64, size, 1.0 - 1.0 / dispersion);
            let found = CountDistribution::negative_binomial(mean, dispersion).at_least(count);
            prop_assert!((found - expected).abs() < 1e-9, "{found} {expected}");
        }
    }
}
