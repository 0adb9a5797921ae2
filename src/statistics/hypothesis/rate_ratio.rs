//! How many times one rate is another, with exact limits.
//!
//! In: two counts with person-years and a [`ConfidenceLevel`]. Out: the ratio with limits from the conditional
//! distribution of the first count given the total. The p-values of the same comparison stand in
//! [`compare_counts`](super::compare_counts); the limits exclude 1 when its one-sided halves do.

use statrs::function::beta::{beta_reg, ln_beta};

use crate::statistics::distribution::confidence_level::ConfidenceLevel;
use crate::statistics::distribution::root::{Tail, TailPoint, solve_tail};
use crate::statistics::rates::ExposedCount;

/// A ratio of two rates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RateRatio {
    /// First rate over second; `None` when the second count is 0.
    pub ratio: Option<f64>,
    /// Lower limit; 0 when the first count is 0.
    pub low: f64,
    /// Upper limit; `None` (unbounded) when the second count is 0.
    pub high: Option<f64>,
}

/// The ratio of the first rate to the second; `None` without exposure on either side, or without any event.
///
/// Given n = k₁ + k₂, k₁ is binomial with p = θt₁/(θt₁ + t₂); the limits of θ are those of Clopper and Pearson for p.
///
/// # Example
/// One event against one with equal exposure: the limits of p solve 1 − (1 − p)² = 0.025 and 1 − p² = 0.025.
/// ```
/// use binhyen::statistics::{ExposedCount, ConfidenceLevel, rate_ratio};
/// let once = ExposedCount { count: 1, person_years: 1.0 };
/// let ratio = rate_ratio(once, once, ConfidenceLevel::new(0.95)?).unwrap();
/// let p = 1.0 - 0.975_f64.sqrt();
/// assert_eq!(ratio.ratio, Some(1.0));
/// assert!((ratio.low / (p / (1.0 - p)) - 1.0).abs() < 1e-12);
/// assert!((ratio.high.unwrap() * ratio.low - 1.0).abs() < 1e-12);
/// # Ok::<(), binhyen::statistics::ConfidenceLevelOutOfRange>(())
/// ```
///
/// # Reference
/// N. E. Breslow, N. E. Day, "Statistical Methods in Cancer Research" II (1987), section 3.5;
/// C. J. Clopper, E. S. Pearson, Biometrika 26 (1934).
pub fn rate_ratio(first: ExposedCount, second: ExposedCount, level: ConfidenceLevel) -> Option<RateRatio> {
    let exposures = first.exposure()? / second.exposure()?;
    if first.count == 0 && second.count == 0 {
        return None;
    }
    let (own, other) = (first.count as f64, second.count as f64);
    let tail = level.tail();
    let low = if first.count == 0 { 0.0 } else { odds(own, other + 1.0, tail, Tail::Lower) / exposures };
    let high = (second.count > 0).then(|| odds(own + 1.0, other, tail, Tail::Upper) / exposures);
    let ratio = (second.count > 0).then(|| own / other / exposures);
    let usable = |x: &f64| x.is_finite();
    Some(RateRatio { ratio: ratio.filter(usable), low: Some(low).filter(usable)?, high: high.filter(usable) })
}

impl RateRatio {
    /// Whether the limits leave no room for equal rates.
    pub fn excludes_one(&self) -> bool {
        self.low > 1.0 || self.high.is_some_and(|high| high < 1.0)
    }
}

/// The odds p/(1 − p) at which the beta distribution of shapes a and b has a tail of the given size.
fn odds(a: f64, b: f64, tail: f64, side: Tail) -> f64 {
    solve_tail(side, tail, a / b, |odds| {
        let (p, q) = (odds / (1.0 + odds), 1.0 / (1.0 + odds));
        let probability = match side {
            Tail::Lower => beta_reg(a, b, p),
            Tail::Upper => beta_reg(b, a, q),
        };
        // The density of p times dp/d(odds) = q².
        let density = ((a - 1.0) * p.ln() + (b - 1.0) * q.ln() - ln_beta(a, b)).exp() * q * q;
        TailPoint { probability, density }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::{CountTest, count_test};
    use proptest::prelude::*;

    fn level() -> ConfidenceLevel {
        ConfidenceLevel::new(0.95).unwrap()
    }

    fn counted(count: u64, person_years: f64) -> ExposedCount {
        ExposedCount { count, person_years }
    }

    /// Quantiles of `scipy.stats.beta` 1.17.1 at 0.025 and 0.975, shapes k₁, k₂ + 1 and k₁ + 1, k₂, as odds.
    #[test]
    fn limits_are_those_of_scipy() {
        for (first, second, low, high) in SCIPY {
            let ratio = rate_ratio(counted(first, 1.0), counted(second, 1.0), level()).unwrap();
            assert!((ratio.low / low - 1.0).abs() < 1e-9, "{first}:{second} {} {low}", ratio.low);
            assert!((ratio.high.unwrap() / high - 1.0).abs() < 1e-9, "{first}:{second} {:?} {high}", ratio.high);
        }
    }

    const SCIPY: [(u64, u64, f64, f64); 4] = [
        (3, 9, 0.058_045_032_418_098, 1.335_676_198_078_9),
        (40, 20, 1.141_911_604_809_2, 3.611_069_106_631_6),
        (1, 250, 0.000_100_872_848_217_23, 0.022_491_418_239_147),
        (700, 650, 0.966_487_083_164_9, 1.200_110_024_406_9),
    ];

    #[test]
    fn nothing_against_nothing_has_no_ratio() {
        assert_eq!(rate_ratio(counted(0, 1.0), counted(0, 1.0), level()), None);
        assert_eq!(rate_ratio(counted(3, 0.0), counted(1, 1.0), level()), None);
    }

    #[test]
    fn something_against_nothing_has_a_lower_limit_only() {
        let ratio = rate_ratio(counted(6, 1.0), counted(0, 1.0), level()).unwrap();
        assert_eq!((ratio.ratio, ratio.high), (None, None));
        // p⁶ = 0.025.
        let p = 0.025_f64.powf(1.0 / 6.0);
        assert!((ratio.low / (p / (1.0 - p)) - 1.0).abs() < 1e-9);
        assert!(ratio.excludes_one());
    }

    proptest! {
        #[test]
        fn the_other_way_round_gives_the_inverse(
            first in 1_u64..400, second in 1_u64..400, own in 0.1..50.0_f64, other in 0.1..50.0_f64,
        ) {
            let (one, two) = (counted(first, own), counted(second, other));
            let (there, back) = (rate_ratio(one, two, level()).unwrap(), rate_ratio(two, one, level()).unwrap());
            prop_assert!((there.low * back.high.unwrap() - 1.0).abs() < 1e-8);
            prop_assert!(there.low < there.ratio.unwrap() && there.ratio.unwrap() < there.high.unwrap());
            // Central limits exclude 1 exactly where one tail has less than half the level.
            let tails = count_test(one, two, CountTest::Conditional).unwrap();
            prop_assert_eq!(there.excludes_one(), tails.larger.min(tails.smaller) < 0.025);
        }
    }
}
