//! How much true ratios differ between areas, estimated from the areas themselves.
//!
//! In: per area a count and the number expected. Out: mean and variance of the
//! true ratios ([`Prior`]) and, for one area, its [`Posterior`] and how much of
//! it rests on the area's own count. Counts may be fractional: a weighted score
//! divided by its dispersion counts as one.
//!
//! Reference: R. J. Marshall, "Mapping disease and mortality rates using
//! empirical Bayes estimators", Applied Statistics 40 (1991), section 3.

use super::posterior::{GammaPosterior, Posterior};

/// What was counted in one area and what was to be expected there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Observation {
    /// Events counted, whole or effective, at least 0.
    pub count: f64,
    /// Events expected at the common rate, or the exposure itself, at least 0.
    pub expected: f64,
}

/// Mean and variance of the true ratios over all areas; by default 0 and 0, the prior of a place without events.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Prior {
    mean: f64,
    variance: f64,
}

/// Mean or variance is negative or not finite.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("a prior needs a finite mean and variance of at least 0; given mean {mean}, variance {variance}")]
pub struct PriorError {
    /// The mean given.
    pub mean: f64,
    /// The variance given.
    pub variance: f64,
}

impl Prior {
    /// A prior fixed from outside instead of estimated.
    ///
    /// # Errors
    /// [`PriorError`] unless both numbers are finite and at least 0.
    pub fn new(mean: f64, variance: f64) -> Result<Self, PriorError> {
        let usable = |x: f64| x >= 0.0 && x.is_finite();
        if usable(mean) && usable(variance) { Ok(Self { mean, variance }) } else { Err(PriorError { mean, variance }) }
    }

    /// Marshall's moment estimate over the areas whose `expected` is above 0.
    ///
    /// With n such areas, p = O/E of each: mean b = ΣO/ΣE, spread
    /// s² = ΣE(p − b)²/ΣE, variance a = max(0, s² − b·n/ΣE). The cut at 0 says
    /// that the areas differ by no more than chance. `None` without such an area.
    ///
    /// # Example
    /// Two areas expecting 10 each and counting 4 and 16: b = 1, s² = 0.36, a = 0.36 − 0.1.
    /// ```
    /// use binhyen::statistics::{Observation, Prior};
    /// let areas = [4.0, 16.0].map(|count| Observation { count, expected: 10.0 });
    /// let prior = Prior::marshall(&areas).unwrap();
    /// assert_eq!(prior.mean(), 1.0);
    /// assert!((prior.variance() - 0.26).abs() < 1e-15);
    /// ```
    pub fn marshall(areas: &[Observation]) -> Option<Self> {
        let exposed = || areas.iter().filter(|area| area.expected > 0.0);
        let expected: f64 = exposed().map(|area| area.expected).sum();
        if expected <= 0.0 {
            return None;
        }
        let mean = exposed().map(|area| area.count).sum::<f64>() / expected;
        let spread =
            exposed().map(|area| area.expected * (area.count / area.expected - mean).powi(2)).sum::<f64>() / expected;
        // Marshall 1991, section 3: a = s² − b/Ē, the spread beyond what Poisson counts around a common b would
        // show. It can come out negative; a variance cannot.
        let by_chance = mean * exposed().count() as f64 / expected;
        Self::new(mean, (spread - by_chance).max(0.0)).ok()
    }

    /// The mean b.
    pub fn mean(self) -> f64 {
        self.mean
    }

    /// The variance a; 0 when the areas differ by no more than chance.
    pub fn variance(self) -> f64 {
        self.variance
    }

    /// Gamma(b²/a + O, b/a + E) for one area, or the mean b as a point when a = 0.
    ///
    /// # Example
    /// Mean 1 and variance 0.5 are worth two events in two expected; with 4
    /// counted in 2 expected the posterior mean is (2 + 4)/(2 + 2).
    /// ```
    /// use binhyen::statistics::{Observation, Prior};
    /// let posterior = Prior::new(1.0, 0.5)?.posterior(Observation { count: 4.0, expected: 2.0 });
    /// assert_eq!(posterior.mean(), 1.5);
    /// # Ok::<(), binhyen::statistics::PriorError>(())
    /// ```
    pub fn posterior(self, area: Observation) -> Posterior {
        let rate = self.mean / self.variance;
        // A variance so small that the division overflows leaves a point as well.
        GammaPosterior::new(self.mean * rate + area.count, rate + area.expected)
            .map_or(Posterior::Point(self.mean), Posterior::Gamma)
    }

    /// The weight of the area's own ratio in its estimate: a/(a + b/E), from 0 to 1.
    ///
    /// Without an expectation, or when a = 0, nothing of the estimate is the area's own: 0.
    ///
    /// # Example
    /// ```
    /// use binhyen::statistics::Prior;
    /// assert_eq!(Prior::new(1.0, 0.25)?.reliability(12.0), 0.75);
    /// # Ok::<(), binhyen::statistics::PriorError>(())
    /// ```
    pub fn reliability(self, expected: f64) -> f64 {
        let own = self.variance * expected;
        if own > 0.0 { own / (own + self.mean) } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn areas(pairs: &[(f64, f64)]) -> Vec<Observation> {
        pairs.iter().map(|&(count, expected)| Observation { count, expected }).collect()
    }

    #[test]
    fn less_spread_than_chance_gives_variance_zero() {
        let prior = Prior::marshall(&areas(&[(5.0, 5.0), (5.0, 5.05), (6.0, 5.95), (5.0, 4.95)])).unwrap();
        assert_eq!(prior.variance(), 0.0);
        assert_eq!(prior.posterior(Observation { count: 6.0, expected: 5.95 }), Posterior::Point(prior.mean()));
        assert_eq!(prior.reliability(5.0), 0.0);
    }

    #[test]
    fn area_without_expectation_is_as_if_absent() {
        let with = Prior::marshall(&areas(&[(0.0, 0.0), (3.0, 2.0), (2.0, 6.0)]));
        assert_eq!(with, Prior::marshall(&areas(&[(3.0, 2.0), (2.0, 6.0)])));
    }

    #[test]
    fn no_area_has_no_prior() {
        assert_eq!(Prior::marshall(&[]), None);
        assert_eq!(Prior::marshall(&areas(&[(0.0, 0.0)])), None);
    }

    #[test]
    fn wrong_moments_are_refused() {
        for (mean, variance) in [(-1.0, 1.0), (1.0, -1.0), (f64::NAN, 1.0), (1.0, f64::INFINITY)] {
            assert!(Prior::new(mean, variance).is_err());
        }
    }

    #[test]
    fn vanishing_variance_leaves_a_point() {
        let prior = Prior::new(1.0, 1e-320).unwrap();
        assert_eq!(prior.posterior(Observation { count: 3.0, expected: 1.0 }), Posterior::Point(1.0));
    }

    proptest! {
        #[test]
        fn posterior_mean_is_the_shrunk_ratio(
            mean in 0.1..5.0_f64, variance in 0.01..5.0_f64, count in 0.0..50.0_f64, expected in 0.1..50.0_f64,
        ) {
            let prior = Prior::new(mean, variance).unwrap();
            let own = prior.reliability(expected);
            let shrunk = mean + own * (count / expected - mean);
            let posterior = prior.posterior(Observation { count, expected }).mean();
            prop_assert!((posterior - shrunk).abs() < 1e-12 * mean.max(shrunk).max(1.0));
        }
    }
}
