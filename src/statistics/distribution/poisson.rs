//! Two-sided limits for the mean of a Poisson count.
//!
//! In: an observed count and a [`ConfidenceLevel`]. Out: [`Limits`] of the expected count,
//! in events. Dividing by an exposure is the matter of `rates`; no
//! limit is given for a difference or a ratio of counts here.

use super::confidence_level::{ConfidenceLevel, Limits};
use super::gamma::{density, interval_end, lower_tail, upper_tail};
use super::root::{Tail, TailPoint, solve_tail};

/// Exact limits: both tails hold at most (1 − level)/2 whatever the true mean.
///
/// With k events and tail t: low is the t-quantile of Gamma(k, 1), which is
/// χ²(t; 2k)/2, high the (1 − t)-quantile of Gamma(k + 1, 1). For k = 0, low is 0.
///
/// # Units
/// Events, as the count.
///
/// # Example
/// No event at 95 %: the upper limit m solves exp(−m) = 0.025.
/// ```
/// use binhyen::statistics::{ConfidenceLevel, exact_limits};
/// let limits = exact_limits(0, ConfidenceLevel::new(0.95)?);
/// assert_eq!(limits.low, 0.0);
/// assert!((limits.high - 40_f64.ln()).abs() < 1e-12);
/// # Ok::<(), binhyen::statistics::ConfidenceLevelOutOfRange>(())
/// ```
///
/// # Reference
/// F. Garwood, "Fiducial limits for the Poisson distribution", Biometrika 28 (1936).
pub fn exact_limits(count: u64, level: ConfidenceLevel) -> Limits {
    let events = count as f64;
    let low = if count == 0 { 0.0 } else { interval_end(events, Tail::Lower, level) };
    Limits { low, high: interval_end(events + 1.0, Tail::Upper, level) }
}

/// Byar's approximation of the exact limits, within a few per mille from ten events on.
///
/// low = k(1 − 1/(9k) − z/(3√k))³, not below 0; high the same with k + 1 for k
/// and + z for − z.
///
/// # Units
/// Events, as the count.
///
/// # Example
/// Nine events: √9 = 3, so that low = 9(1 − 1/81 − z/9)³.
/// ```
/// use binhyen::statistics::{ConfidenceLevel, byar_limits};
/// let limits = byar_limits(9, ConfidenceLevel::new(0.95)?);
/// let z = 1.959963984540054;
/// assert!((limits.low - 9.0 * (1.0_f64 - 1.0 / 81.0 - z / 9.0).powi(3)).abs() < 1e-12);
/// # Ok::<(), binhyen::statistics::ConfidenceLevelOutOfRange>(())
/// ```
///
/// # Reference
/// N. E. Breslow, N. E. Day, "Statistical Methods in Cancer Research" II (1987), p. 69.
pub fn byar_limits(count: u64, level: ConfidenceLevel) -> Limits {
    let deviate = level.normal_deviate();
    let end = |events: f64, z: f64| {
        let cube_root = 1.0 - 1.0 / (9.0 * events) + z / (3.0 * events.sqrt());
        events * cube_root.max(0.0).powi(3)
    };
    let events = count as f64;
    let low = if count == 0 { 0.0 } else { end(events, -deviate) };
    Limits { low, high: end(events + 1.0, deviate) }
}

/// Mid-P limits: the observed count itself enters each tail with half its probability.
///
/// low solves P(X > k) + P(X = k)/2 = t, high solves P(X < k) + P(X = k)/2 = t,
/// with t = (1 − level)/2. Narrower than the exact limits, on average at the level.
///
/// # Units
/// Events, as the count.
///
/// # Example
/// No event at 95 %: exp(−m)/2 = 0.025.
/// ```
/// use binhyen::statistics::{ConfidenceLevel, mid_p_limits};
/// let limits = mid_p_limits(0, ConfidenceLevel::new(0.95)?);
/// assert_eq!(limits.low, 0.0);
/// assert!((limits.high - 20_f64.ln()).abs() < 1e-12);
/// # Ok::<(), binhyen::statistics::ConfidenceLevelOutOfRange>(())
/// ```
///
/// # Reference
/// H. O. Lancaster, "Significance tests in discrete distributions", J. Am. Stat. Assoc. 56 (1961).
pub fn mid_p_limits(count: u64, level: ConfidenceLevel) -> Limits {
    let tail = level.tail();
    if count == 0 {
        return Limits { low: 0.0, high: -(2.0 * tail).ln() };
    }
    let events = count as f64;
    let exact = exact_limits(count, level);
    // The two tails of X at mean m, each with half of P(X = k), are means of gamma tails of shapes k and k + 1.
    let low = solve_tail(Tail::Lower, tail, exact.low, |mean| TailPoint {
        probability: f64::midpoint(lower_tail(events, mean), lower_tail(events + 1.0, mean)),
        density: f64::midpoint(density(events, mean), density(events + 1.0, mean)),
    });
    let high = solve_tail(Tail::Upper, tail, exact.high, |mean| TailPoint {
        probability: f64::midpoint(upper_tail(events, mean), upper_tail(events + 1.0, mean)),
        density: f64::midpoint(density(events, mean), density(events + 1.0, mean)),
    });
    Limits { low, high }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn level(share: f64) -> ConfidenceLevel {
        ConfidenceLevel::new(share).unwrap()
    }

    #[test]
    fn one_event_has_a_lower_limit_by_hand() {
        // P(X ≥ 1) = 1 − exp(−m) = 0.025.
        let low = exact_limits(1, level(0.95)).low;
        assert!((low / -0.975_f64.ln() - 1.0).abs() < 1e-13, "{low}");
    }

    #[test]
    fn byar_never_falls_below_zero() {
        assert_eq!(byar_limits(1, level(0.998)).low, 0.0);
        assert_eq!(byar_limits(0, level(0.9)).low, 0.0);
    }

    #[test]
    fn limits_of_vast_counts_are_finite_and_close_to_normal() {
        for count in [100_000_u64, 10_000_000, 1_000_000_000_000, u64::MAX] {
            for limits in [exact_limits, byar_limits, mid_p_limits].map(|limits| limits(count, level(0.95))) {
                let deviate = (limits.high - count as f64) / (count as f64).sqrt();
                assert!((deviate - 1.96).abs() < 0.02, "{count}: {limits:?}");
                assert!(limits.low < count as f64, "{count}: {limits:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn mid_p_limits_lie_inside_the_exact_ones(count in 0_u64..50_000, share in 0.5..0.999_f64) {
            let (exact, mid_p) = (exact_limits(count, level(share)), mid_p_limits(count, level(share)));
            prop_assert!(exact.low <= mid_p.low && mid_p.high < exact.high);
            prop_assert!(mid_p.low <= count as f64 && count as f64 <= mid_p.high.max(exact.high));
        }

        #[test]
        fn limits_widen_with_the_level_and_rise_with_the_count(count in 0_u64..5_000, share in 0.5..0.99_f64) {
            for limits in [exact_limits, byar_limits, mid_p_limits] {
                let (base, wider, more) =
                    (limits(count, level(share)), limits(count, level(share + 0.005)), limits(count + 1, level(share)));
                prop_assert!(wider.low <= base.low && base.high < wider.high);
                prop_assert!(base.low <= more.low && base.high < more.high);
            }
        }
    }
}
