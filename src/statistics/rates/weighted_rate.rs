//! A rate made comparable: the mean of the rates of strata, weighted by a standard population.
//!
//! In: per stratum (age group, kind of area) a count, its exposure and its weight. Out: the weighted rate with the
//! limits of Dobson and of Fay and Feuer, which hold for counts too small for a normal deviate. Where the weights
//! come from, and below how many events no weighted rate is published, is the caller's business.

use super::ExposedCount;
use crate::statistics::distribution::confidence_level::{ConfidenceLevel, Limits};
use crate::statistics::distribution::gamma::quantile;
use crate::statistics::distribution::poisson::exact_limits;
use crate::statistics::distribution::root::Tail;

/// One stratum of a weighted rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stratum {
    /// What was counted, over which exposure.
    pub area: ExposedCount,
    /// Weight in the standard, at least 0; only the proportions matter.
    pub weight: f64,
}

/// A directly standardised rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WeightedRate {
    /// Σ wᵢdᵢ/nᵢ / Σ wᵢ, per unit of exposure.
    pub rate: f64,
    /// Its Poisson standard error.
    pub standard_error: f64,
    /// Limits by Dobson: those of the sum of the counts, carried over.
    pub dobson: Limits,
    /// Limits by Fay and Feuer: two gamma distributions, safe for uneven weights.
    pub fay_feuer: Limits,
}

/// Why strata have no weighted rate.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum WeightedRateError {
    /// A weight is negative or not finite.
    #[error("stratum {stratum}: the weight must be at least 0 and finite; given {weight}")]
    Weight {
        /// Position of the culprit, from 0.
        stratum: usize,
        /// The weight given.
        weight: f64,
    },
    /// A stratum that counts has no exposure, hence no rate.
    #[error("stratum {stratum} has a weight and no exposure: it has no rate")]
    NoExposure {
        /// Position of the culprit, from 0.
        stratum: usize,
    },
    /// All weights are 0.
    #[error("the weights sum to 0")]
    NoWeight,
}

/// The weighted rate of strata with both kinds of limits.
///
/// With vᵢ = wᵢ/(nᵢ Σw): rate y = Σ vᵢdᵢ, variance s² = Σ vᵢ²dᵢ. Dobson: y + √(s²/D)·(L − D) with the exact limits
/// L of D = Σ dᵢ. Fay and Feuer: quantiles of Gamma(y²/s²)·s²/y below, and above of the same with y + v, s² + v²
/// for the largest v. A stratum of weight 0 is left out.
///
/// # Units
/// Events per unit of exposure.
///
/// # Errors
/// [`WeightedRateError`] for a weight out of range, weights that sum to 0, or a weighted stratum without exposure.
///
/// # Example
/// Rates 0.1 and 0.3, weights 3 : 1.
/// ```
/// use binhyen::statistics::{ExposedCount, ConfidenceLevel, Stratum, weighted_rate};
/// let stratum = |count, weight| Stratum { area: ExposedCount { count, person_years: 100.0 }, weight };
/// let rate = weighted_rate(&[stratum(10, 3.0), stratum(30, 1.0)], ConfidenceLevel::new(0.95)?)?;
/// assert!((rate.rate - 0.15).abs() < 1e-15);
/// // 0.0075²·10 + 0.0025²·30
/// assert!((rate.standard_error.powi(2) - 0.00075).abs() < 1e-15);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Reference
/// A. J. Dobson, K. Kuulasmaa, E. Eberle and J. Scherer, "Confidence intervals for weighted sums of Poisson
/// parameters", Statistics in Medicine 10 (1991); M. P. Fay and E. J. Feuer, "Confidence intervals for directly
/// standardized rates", Statistics in Medicine 16 (1997), equations 3 and 4.
pub fn weighted_rate(strata: &[Stratum], level: ConfidenceLevel) -> Result<WeightedRate, WeightedRateError> {
    let terms = terms(strata)?;
    let rate: f64 = terms.iter().map(|term| term.per_event * term.count).sum();
    let variance: f64 = terms.iter().map(|term| term.per_event * term.per_event * term.count).sum();
    let events = strata.iter().filter(|stratum| stratum.weight > 0.0).map(|stratum| stratum.area.count).sum();
    let heaviest = terms.iter().map(|term| term.per_event).fold(0.0, f64::max);
    Ok(WeightedRate {
        rate,
        standard_error: variance.sqrt(),
        dobson: dobson(rate, variance, exact_limits(events, level), events as f64, heaviest),
        fay_feuer: fay_feuer(rate, variance, heaviest, level),
    })
}

/// What one event of a stratum adds to the rate, and its events.
struct StratumTerm {
    per_event: f64,
    count: f64,
}

fn terms(strata: &[Stratum]) -> Result<Vec<StratumTerm>, WeightedRateError> {
    for (stratum, &Stratum { weight, .. }) in strata.iter().enumerate() {
        if weight < 0.0 || !weight.is_finite() {
            return Err(WeightedRateError::Weight { stratum, weight });
        }
    }
    let weights: f64 = strata.iter().map(|stratum| stratum.weight).sum();
    if weights <= 0.0 || !weights.is_finite() {
        return Err(WeightedRateError::NoWeight);
    }
    let term = |(index, stratum): (usize, &Stratum)| {
        let exposure = stratum.area.exposure().ok_or(WeightedRateError::NoExposure { stratum: index })?;
        Ok(StratumTerm { per_event: stratum.weight / exposure / weights, count: stratum.area.count as f64 })
    };
    strata.iter().enumerate().filter(|(_, stratum)| stratum.weight > 0.0).map(term).collect()
}

/// Without any event the scale √(s²/D) does not exist; the heaviest event takes its place, which errs upward.
fn dobson(rate: f64, variance: f64, exact: Limits, events: f64, heaviest: f64) -> Limits {
    // Dobson et al. 1991: the exact limits of the plain count, moved to the weighted rate and scaled by the ratio
    // of the standard errors.
    let scale = if events > 0.0 { (variance / events).sqrt() } else { heaviest };
    Limits { low: (rate + scale * (exact.low - events)).max(0.0), high: rate + scale * (exact.high - events) }
}

fn fay_feuer(rate: f64, variance: f64, heaviest: f64, level: ConfidenceLevel) -> Limits {
    // Fay and Feuer 1997: the rate is treated as a gamma variable of the same mean and variance, whose shape is
    // mean²/variance and scale variance/mean. The upper end adds one event in the heaviest stratum.
    let end =
        |mean: f64, variance: f64, tail: Tail| quantile(mean * mean / variance, tail, level.tail()) * variance / mean;
    Limits {
        low: if rate > 0.0 { end(rate, variance, Tail::Lower) } else { 0.0 },
        high: end(rate + heaviest, variance + heaviest * heaviest, Tail::Upper),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stratum(count: u64, person_years: f64, weight: f64) -> Stratum {
        Stratum { area: ExposedCount { count, person_years }, weight }
    }

    fn level() -> ConfidenceLevel {
        ConfidenceLevel::new(0.95).unwrap()
    }

    #[test]
    fn published_rates_are_met_to_their_digits() {
        let strata = |counts: &[u64], years: &[f64], weights: &[f64]| -> Vec<Stratum> {
            let rows = counts.iter().zip(years).zip(weights);
            rows.map(|((count, years), weight)| stratum(*count, *years, *weight)).collect()
        };
        // J. L. Fleiss, "Statistical Methods for Rates and Proportions" (1981), table 14.4, first birth order: 92.3.
        let births = strata(
            &[107, 141, 60, 40, 39, 25],
            &[230_061.0, 329_449.0, 114_920.0, 39_487.0, 14_208.0, 3_052.0],
            &[319_933.0, 931_318.0, 786_511.0, 488_235.0, 237_863.0, 61_313.0],
        );
        assert!((weighted_rate(&births, level()).unwrap().rate * 1e5 - 92.3).abs() < 0.05);
        // Help of the R package canregtools, `ageadjust` with its gamma limits.
        let cases = strata(&[50, 60, 45, 70], &[1_000.0, 1_200.0, 1_100.0, 900.0], &[800.0, 1_000.0, 1_100.0, 900.0]);
        let limits = weighted_rate(&cases, level()).unwrap().fay_feuer.scaled(1e5);
        assert!((limits.low - 4709.493).abs() < 5e-4 && (limits.high - 6154.046).abs() < 5e-4, "{limits:?}");
    }

    #[test]
    fn wrong_strata_are_named() {
        let negative = weighted_rate(&[stratum(1, 1.0, 1.0), stratum(1, 1.0, -2.0)], level());
        assert_eq!(negative, Err(WeightedRateError::Weight { stratum: 1, weight: -2.0 }));
        let empty = weighted_rate(&[stratum(0, 0.0, 1.0)], level());
        assert_eq!(empty, Err(WeightedRateError::NoExposure { stratum: 0 }));
        assert_eq!(weighted_rate(&[], level()), Err(WeightedRateError::NoWeight));
        assert_eq!(weighted_rate(&[stratum(3, 5.0, 0.0)], level()), Err(WeightedRateError::NoWeight));
    }

    #[test]
    fn stratum_of_weight_zero_may_be_empty() {
        let with = weighted_rate(&[stratum(4, 50.0, 2.0), stratum(9, 0.0, 0.0)], level());
        assert_eq!(with, weighted_rate(&[stratum(4, 50.0, 2.0)], level()));
    }

    #[test]
    fn quiet_strata_have_an_upper_limit() {
        let rate = weighted_rate(&[stratum(0, 100.0, 1.0), stratum(0, 100.0, 1.0)], level()).unwrap();
        assert_eq!((rate.rate, rate.dobson.low, rate.fay_feuer.low), (0.0, 0.0, 0.0));
        // The limit of no event, ln 40, at 1/200 of a rate per event.
        assert!((rate.fay_feuer.high - 40_f64.ln() / 200.0).abs() < 1e-12);
        assert!((rate.dobson.high - 40_f64.ln() / 200.0).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn single_stratum_has_the_exact_limits(count in 0_u64..500, person_years in 1.0..1e6_f64) {
            let rate = weighted_rate(&[stratum(count, person_years, 0.7)], level()).unwrap();
            let exact = exact_limits(count, level()).scaled(1.0 / person_years);
            for limits in [rate.dobson, rate.fay_feuer] {
                prop_assert!((limits.low - exact.low).abs() <= 1e-10 * exact.high);
                prop_assert!((limits.high / exact.high - 1.0).abs() < 1e-10);
            }
        }

        #[test]
        fn weights_times_a_constant_change_nothing(
            counts in proptest::collection::vec((0_u64..40, 10.0..900.0_f64, 0.1..5.0_f64), 1..8), factor in 0.01..100.0_f64,
        ) {
            let strata: Vec<Stratum> = counts.iter().map(|&(count, years, weight)| stratum(count, years, weight)).collect();
            let scaled: Vec<Stratum> = strata.iter().map(|one| Stratum { weight: one.weight * factor, ..*one }).collect();
            let (one, other) = (weighted_rate(&strata, level()).unwrap(), weighted_rate(&scaled, level()).unwrap());
            prop_assert!((one.rate - other.rate).abs() <= 1e-12 * one.rate);
            prop_assert!((one.fay_feuer.high / other.fay_feuer.high - 1.0).abs() < 1e-10);
            prop_assert!((one.dobson.high / other.dobson.high - 1.0).abs() < 1e-10);
        }
    }
}
