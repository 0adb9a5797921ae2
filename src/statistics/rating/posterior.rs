//! What is believed of a rate ratio after the counts are in.
//!
//! In: shape and rate of a gamma distribution, or one point when the prior
//! leaves no doubt. Out: mean, quantiles, interval, tail probability. How shape
//! and rate come about is the matter of the prior.

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

    /// The equal-tailed interval at `level`; both ends coincide for a point.
    pub fn limits(self, level: ConfidenceLevel) -> Limits {
        match self {
            Self::Gamma(gamma) => gamma.limits(level),
            Self::Point(value) => Limits { low: value, high: value },
        }
    }

    /// P(X > `value`); for a point 0 or 1, and one half when `value` is the point itself.
    ///
    /// One half is the limit of ever narrower distributions around the point,
    /// so that "no clear difference" is said where there is none.
    pub fn probability_above(self, value: f64) -> f64 {
        match self {
            Self::Gamma(gamma) => gamma.probability_above(value),
            // A point on the bound itself is neither above nor below; without this, rounding would decide for
            // certain.
            Self::Point(point) if within_rounding(point, value) => 0.5,
            Self::Point(point) => f64::from(u8::from(point > value)),
        }
    }
}

/// A provincial mean is a quotient of two long sums and meets 1 only to within their rounding.
const ROUNDING: f64 = 1e-12;

fn within_rounding(point: f64, value: f64) -> bool {
    (point - value).abs() <= ROUNDING * value.abs()
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
    fn point_at_the_value_is_neither_above_nor_below() {
        assert_eq!(Posterior::Point(1.0).probability_above(1.0), 0.5);
        assert_eq!(Posterior::Point(1.0 - 1e-16).probability_above(1.0), 0.5);
        assert_eq!(Posterior::Point(0.0).probability_above(1.0), 0.0);
        assert_eq!(Posterior::Point(2.0).probability_above(1.0), 1.0);
    }

    #[test]
    fn narrow_gamma_approaches_its_point() {
        let narrow = Posterior::Gamma(GammaPosterior::new(1e14, 1e14).unwrap());
        let limits = narrow.limits(ConfidenceLevel::new(0.8).unwrap());
        assert!((limits.low - 1.0).abs() < 2e-7 && (limits.high - 1.0).abs() < 2e-7);
        assert!((narrow.probability_above(1.0) - 0.5).abs() < 1e-6);
    }

    proptest! {
        #[test]
        fn interval_holds_its_level(shape in 0.05..400.0_f64, rate in 0.01..400.0_f64, share in 0.05..0.99_f64) {
            let posterior = GammaPosterior::new(shape, rate).unwrap();
            let limits = posterior.limits(ConfidenceLevel::new(share).unwrap());
            let held = posterior.probability_above(limits.low) - posterior.probability_above(limits.high);
            prop_assert!((held - share).abs() < 1e-10);
            prop_assert!(limits.low <= posterior.median() && posterior.median() <= limits.high);
        }
    }
}
