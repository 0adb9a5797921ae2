//! Levels of intervals and the pair of numbers an interval is.
//!
//! In: a share such as 0.95. Out: a checked [`ConfidenceLevel`] with its tail probability
//! and normal quantile. It does not compute any interval itself.

use super::normal::upper_normal_quantile;

/// The share of probability that a two-sided interval covers, strictly between 0 and 1.
///
/// # Example
/// ```
/// use binhyen::statistics::ConfidenceLevel;
/// let level = ConfidenceLevel::new(0.5)?;
/// assert_eq!(level.tail(), 0.25);
/// assert!(ConfidenceLevel::new(95.0).is_err());
/// # Ok::<(), binhyen::statistics::ConfidenceLevelOutOfRange>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct ConfidenceLevel {
    share: f64,
    normal_deviate: f64,
}

/// A level outside the open interval from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("an interval level must lie strictly between 0 and 1, for example 0.95; given {0}")]
pub struct ConfidenceLevelOutOfRange(pub f64);

/// The two ends of an interval, `low` ≤ `high`, in the units of the estimate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl ConfidenceLevel {
    /// Checks a share such as 0.95.
    ///
    /// # Errors
    /// [`ConfidenceLevelOutOfRange`] unless 0 < `share` < 1.
    pub fn new(share: f64) -> Result<Self, ConfidenceLevelOutOfRange> {
        if share > 0.0 && share < 1.0 {
            Ok(Self { share, normal_deviate: upper_normal_quantile(tail_of(share)) })
        } else {
            Err(ConfidenceLevelOutOfRange(share))
        }
    }

    /// The level as a share, for example 0.95.
    pub fn share(self) -> f64 {
        self.share
    }

    /// The probability left out on each side, (1 − level)/2.
    pub fn tail(self) -> f64 {
        tail_of(self.share)
    }

    /// The normal deviate z with P(Z > z) = [`tail`](Self::tail).
    pub(in crate::statistics) fn normal_deviate(self) -> f64 {
        self.normal_deviate
    }
}

fn tail_of(share: f64) -> f64 {
    (1.0 - share) / 2.0
}

impl Limits {
    /// Both ends multiplied by one number ≥ 0.
    #[must_use]
    pub fn scaled(self, factor: f64) -> Self {
        Self { low: self.low * factor, high: self.high * factor }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn level_outside_the_open_unit_interval_is_refused() {
        for wrong in [0.0, 1.0, -0.1, 95.0, f64::NAN, f64::INFINITY] {
            assert!(ConfidenceLevel::new(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn normal_deviates_are_the_tabulated_ones() {
        let tabulated = [(0.8, 1.281_551_565_544_600_4), (0.95, 1.959_963_984_540_054), (0.998, 3.090_232_306_167_813)];
        for (share, deviate) in tabulated {
            let computed = ConfidenceLevel::new(share).unwrap().normal_deviate();
            assert!((computed / deviate - 1.0).abs() < 1e-12, "{share}: {computed}");
        }
    }
}
