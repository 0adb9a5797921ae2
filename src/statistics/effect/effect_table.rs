//! Counts before and after, in a place with a measure and in a place without: what every estimate of an effect reads.
//!
//! In: four counts of equal windows. Out: nothing but themselves and the [`RatioEstimate`] that the methods of
//! this folder give back. Which places may be compared, and how few events are too few, is the caller's business.

use crate::statistics::distribution::confidence_level::{ConfidenceLevel, Limits};
use crate::statistics::distribution::normal::two_sided_p;

/// The events of one place in two windows of equal length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BeforeAfter {
    /// Events of the window before the measure began.
    pub before: u64,
    /// Events of the window after.
    pub after: u64,
}

/// A treated place beside one that is comparable and was left alone, both over the same two windows.
///
/// Read as a 2×2 table its odds ratio is (after/before treated) / (after/before compared):
/// below 1 where events fell more, or rose less, than they did elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct EffectTable {
    /// The place with the measure.
    pub treated: BeforeAfter,
    /// The place, or the sum of places, without it.
    pub comparison: BeforeAfter,
}

/// A ratio whose logarithm is treated as normal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RatioEstimate {
    /// The ratio; 1 is no effect.
    pub ratio: f64,
    /// Its limits, exp(ln ratio ∓ z·s).
    pub limits: Limits,
    /// s, the standard error of ln ratio.
    pub log_standard_error: f64,
    /// ln ratio / s.
    pub z: f64,
    /// Two-sided probability of such a deviate without any effect.
    pub p: f64,
}

impl BeforeAfter {
    /// After less before.
    pub(in crate::statistics) fn change(self) -> f64 {
        self.after as f64 - self.before as f64
    }

    /// Events of both windows.
    pub(in crate::statistics) fn total(self) -> f64 {
        self.after as f64 + self.before as f64
    }
}

/// The cells of a 2×2 table in their usual letters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::statistics) struct FourfoldCells {
    /// The treated place, after.
    pub(in crate::statistics) a: f64,
    /// The treated place, before.
    pub(in crate::statistics) b: f64,
    /// The comparison, after.
    pub(in crate::statistics) c: f64,
    /// The comparison, before.
    pub(in crate::statistics) d: f64,
}

impl EffectTable {
    /// The counts as the cells of a 2×2 table.
    pub(in crate::statistics) fn cells(self) -> FourfoldCells {
        FourfoldCells {
            a: self.treated.after as f64,
            b: self.treated.before as f64,
            c: self.comparison.after as f64,
            d: self.comparison.before as f64,
        }
    }
}

impl RatioEstimate {
    /// The estimate of a logarithm and its variance; `None` unless both are finite and the variance is above 0.
    pub(in crate::statistics) fn of_logarithm(logarithm: f64, variance: f64, level: ConfidenceLevel) -> Option<Self> {
        if !logarithm.is_finite() || !variance.is_finite() || variance <= 0.0 {
            return None;
        }
        let log_standard_error = variance.sqrt();
        let reach = level.normal_deviate() * log_standard_error;
        let z = logarithm / log_standard_error;
        Some(Self {
            ratio: logarithm.exp(),
            limits: Limits { low: (logarithm - reach).exp(), high: (logarithm + reach).exp() },
            log_standard_error,
            z,
            p: two_sided_p(z),
        })
    }

    /// Two-sided probability of a ratio so far from another one, were that the true one.
    pub fn p_against(&self, ratio: f64) -> f64 {
        two_sided_p((self.ratio / ratio).ln() / self.log_standard_error)
    }

    /// Whether the limits leave no room for a ratio of 1.
    pub fn excludes_one(&self) -> bool {
        self.limits.low > 1.0 || self.limits.high < 1.0
    }
}

#[cfg(test)]
pub(super) mod test_tables {
    use super::*;

    /// A table of counts before and after.
    pub(in crate::statistics::effect) fn table(treated: (u64, u64), comparison: (u64, u64)) -> EffectTable {
        let pair = |(before, after)| BeforeAfter { before, after };
        EffectTable { treated: pair(treated), comparison: pair(comparison) }
    }

    /// The level of 95 %.
    pub(in crate::statistics::effect) fn level() -> ConfidenceLevel {
        ConfidenceLevel::new(0.95).unwrap()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithm_without_a_variance_is_no_estimate() {
        let level = ConfidenceLevel::new(0.95).unwrap();
        for (logarithm, variance) in [(0.0, 0.0), (f64::NAN, 1.0), (f64::INFINITY, 1.0), (0.1, f64::INFINITY)] {
            assert_eq!(RatioEstimate::of_logarithm(logarithm, variance, level), None);
        }
    }

    #[test]
    fn limits_exclude_one_where_the_deviate_passes_that_of_the_level() {
        let level = ConfidenceLevel::new(0.95).unwrap();
        let excludes = |z: f64| RatioEstimate::of_logarithm(0.1 * z, 0.01, level).unwrap().excludes_one();
        assert_eq!([-1.97, -1.95, 0.0, 1.95, 1.97].map(excludes), [true, false, false, false, true]);
    }
}
