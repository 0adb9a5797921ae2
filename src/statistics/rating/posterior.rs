//! What is believed of a rate ratio after the counts are in.
//!
//! In: shape and rate of a gamma distribution, or one point when the prior
//! leaves no doubt. Out: mean, quantiles, interval, the probability of a tail and
//! of a band. How shape and rate come about is the matter of the prior.

use crate::statistics::distribution::confidence_level::{ConfidenceLevel, Limits};
use crate::statistics::distribution::gamma;
use crate::statistics::distribution::root::Tail;

/// A gamma distribution of a positive quantity, by shape and rate.
///
/// The density at x is proportional to x^(shape − 1)·exp(−rate·x).
///
/// # Example
/// Shape 1 is the exponential distribution: with rate 2 its median is ln 2 / 2
/// and P(X > 1) = exp(−2).
/// ```
/// use binhyen::statistics::GammaPosterior;
/// let posterior = GammaPosterior::new(1.0, 2.0)?;
/// assert_eq!(posterior.mean(), 0.5);
/// assert!((posterior.median() - 2_f64.ln() / 2.0).abs() < 1e-14);
/// assert!((posterior.probability_above(1.0) - (-2_f64).exp()).abs() < 1e-14);
/// # Ok::<(), binhyen::statistics::GammaPosteriorError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GammaPosterior {
    shape: f64,
    rate: f64,
}

/// Shape or rate is not a positive finite number.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("a gamma distribution needs a positive, finite shape and rate; given shape {shape}, rate {rate}")]
pub struct GammaPosteriorError {
    /// The shape given.
    pub shape: f64,
    /// The rate given.
    pub rate: f64,
}

impl GammaPosterior {
    /// Checks shape and rate.
    ///
    /// # Errors
    /// [`GammaPosteriorError`] unless both are positive and finite.
    pub fn new(shape: f64, rate: f64) -> Result<Self, GammaPosteriorError> {
        let usable = |x: f64| x > 0.0 && x.is_finite();
        if usable(shape) && usable(rate) { Ok(Self { shape, rate }) } else { Err(GammaPosteriorError { shape, rate }) }
    }

    /// The first parameter: prior weight plus events.
    pub fn shape(self) -> f64 {
        self.shape
    }

    /// The rate, one over the scale.
    pub fn rate(self) -> f64 {
        self.rate
    }

    /// shape / rate.
    pub fn mean(self) -> f64 {
        self.shape / self.rate
    }

    /// The value that is exceeded with probability one half.
    pub fn median(self) -> f64 {
        gamma::quantile(self.shape, Tail::Lower, 0.5) / self.rate
    }

    /// The value not exceeded with probability `share`; `None` unless 0 < `share` < 1.
    pub fn quantile(self, share: f64) -> Option<f64> {
        (share > 0.0 && share < 1.0).then(|| gamma::quantile(self.shape, Tail::Lower, share) / self.rate)
    }

    /// The equal-tailed interval that holds `level` of the probability.
    pub fn limits(self, level: ConfidenceLevel) -> Limits {
        let end = |tail| gamma::interval_end(self.shape, tail, level) / self.rate;
        Limits { low: end(Tail::Lower), high: end(Tail::Upper) }
    }

    /// P(X > `value`).
    pub fn probability_above(self, value: f64) -> f64 {
        gamma::upper_tail(self.shape, self.rate * value)
    }

    /// P(`low` < X ≤ `high`); 0 where the ends are in the wrong order, `high` may be infinite.
    ///
    /// # Example
    /// The exponential distribution with rate 2: P(0.5 < X ≤ 1) = exp(−1) − exp(−2).
    /// ```
    /// use binhyen::statistics::{GammaPosterior, Limits};
    /// let within = GammaPosterior::new(1.0, 2.0)?.probability_within(Limits { low: 0.5, high: 1.0 });
    /// assert!((within - ((-1_f64).exp() - (-2_f64).exp())).abs() < 1e-15);
    /// # Ok::<(), binhyen::statistics::GammaPosteriorError>(())
    /// ```
    pub fn probability_within(self, Limits { low, high }: Limits) -> f64 {
        let (low, high) = (self.rate * low, self.rate * high);
        // Taken on the side of the mean where both tails are small, so that a band far out keeps its digits.
        let within = if low >= self.shape {
            gamma::upper_tail(self.shape, low) - gamma::upper_tail(self.shape, high)
        } else {
            gamma::lower_tail(self.shape, high) - gamma::lower_tail(self.shape, low)
        };
        within.max(0.0)
    }
}

/// A gamma distribution, or a single point where the prior variance is 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Posterior {
    /// The usual case.
    Gamma(GammaPosterior),
    /// All probability at one value: the areas do not differ beyond chance, so
    /// each has the common value.
    Point(f64),
}

impl Posterior {
    /// The expected value: Marshall's estimate.
    pub fn mean(self) -> f64 {
        match self {
            Self::Gamma(gamma) => gamma.mean(),
            Self::Point(value) => value,
        }
    }

    /// The value with probability one half on either side.
    pub fn median(self) -> f64 {
        match self {
            Self::Gamma(gamma) => gamma.median(),
            Self::Point(value) => value,
        }
    }

    /// The distribution, where there is one: a point says how the areas lie together, not how sure that is of one.
    pub fn gamma(self) -> Option<GammaPosterior> {
        match self {
            Self::Gamma(gamma) => Some(gamma),
            Self::Point(_) => None,
        }
    }

    /// The equal-tailed interval at `level`; `None` for a point, and where no two numbers tell the ends apart: an
    /// interval of width 0 would claim what nobody knows.
    pub fn limits(self, level: ConfidenceLevel) -> Option<Limits> {
        self.gamma().map(|gamma| gamma.limits(level)).filter(|limits| limits.low < limits.high)
    }

    /// P(X > `value`); `None` for a point.
    pub fn probability_above(self, value: f64) -> Option<f64> {
        self.gamma().map(|gamma| gamma.probability_above(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn shape_or_rate_that_is_not_positive_is_refused() {
        for (shape, rate) in [(0.0, 1.0), (1.0, 0.0), (-1.0, 1.0), (f64::NAN, 1.0), (1.0, f64::INFINITY)] {
            assert!(GammaPosterior::new(shape, rate).is_err(), "{shape} {rate}");
        }
    }

    #[test]
    fn shares_outside_the_unit_interval_have_no_quantile() {
        let posterior = GammaPosterior::new(2.0, 3.0).unwrap();
        assert_eq!(posterior.quantile(0.0), None);
        assert_eq!(posterior.quantile(f64::NAN), None);
        assert_eq!(posterior.quantile(0.5), Some(posterior.median()));
    }

    #[test]
    fn point_has_neither_interval_nor_probability() {
        let point = Posterior::Point(1.0);
        assert_eq!((point.mean(), point.median()), (1.0, 1.0));
        assert_eq!((point.limits(ConfidenceLevel::new(0.8).unwrap()), point.probability_above(1.0)), (None, None));
    }

    #[test]
    fn narrow_gamma_has_an_interval_until_its_ends_are_one_number() {
        let limits = |shape: f64| {
            let narrow = Posterior::Gamma(GammaPosterior::new(shape, shape).unwrap());
            narrow.limits(ConfidenceLevel::new(0.8).unwrap())
        };
        let narrow = limits(1e14).unwrap();
        assert!(narrow.low < 1.0 && 1.0 - narrow.low < 2e-7 && narrow.high > 1.0 && narrow.high - 1.0 < 2e-7);
        assert_eq!(limits(1e34), None);
    }

    #[test]
    fn bands_of_two_events_by_hand() {
        // Gamma(2, 2): P(X > x) = (1 + 2x)·exp(−2x).
        let posterior = GammaPosterior::new(2.0, 2.0).unwrap();
        let above = |x: f64| (1.0 + 2.0 * x) * (-2.0 * x).exp();
        let within = |low, high| posterior.probability_within(Limits { low, high });
        for (low, high) in [(0.5, 0.8), (0.8, 1.25), (1.25, 2.0), (3.0, 9.0)] {
            assert!((within(low, high) - (above(low) - above(high))).abs() < 1e-14, "{low} {high}");
        }
        assert!((within(0.0, 0.5) - (1.0 - above(0.5))).abs() < 1e-14);
        assert!((within(2.0, f64::INFINITY) - above(2.0)).abs() < 1e-15);
        assert_eq!((within(0.5, 0.5), within(2.0, 1.0)), (0.0, 0.0));
    }

    proptest! {
        #[test]
        fn interval_holds_its_level(shape in 0.05..400.0_f64, rate in 0.01..400.0_f64, share in 0.05..0.99_f64) {
            let posterior = GammaPosterior::new(shape, rate).unwrap();
            let limits = posterior.limits(ConfidenceLevel::new(share).unwrap());
            let held = posterior.probability_above(limits.low) - posterior.probability_above(limits.high);
            prop_assert!((held - share).abs() < 1e-10);
            prop_assert!((posterior.probability_within(limits) - share).abs() < 1e-10);
            prop_assert!(limits.low <= posterior.median() && posterior.median() <= limits.high);
        }

        #[test]
        fn bands_share_out_all_probability(shape in 0.05..400.0_f64, rate in 0.01..400.0_f64) {
            let posterior = GammaPosterior::new(shape, rate).unwrap();
            let ends = [0.0, 0.5, 0.8, 1.25, 2.0, f64::INFINITY];
            let bands = ends.windows(2).map(|ends| posterior.probability_within(Limits { low: ends[0], high: ends[1] }));
            let bands: Vec<f64> = bands.collect();
            prop_assert!(bands.iter().all(|share| (0.0..=1.0).contains(share)));
            prop_assert!((bands.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        }
    }
}
