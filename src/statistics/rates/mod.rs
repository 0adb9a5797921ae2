//! Rates per 100,000 person-years: crude with exact limits, and smoothed.
//!
//! In: counts with their person-years. Out: rates. Weights and severity play no
//! part here; the weighted comparison is the rating.

pub(super) mod concentration;
pub(super) mod funnel;
pub(super) mod rate_profile;
pub(super) mod weighted_rate;

use super::distribution::confidence_level::{ConfidenceLevel, Limits};
use super::distribution::limits_table::LimitsTable;
use super::distribution::poisson::exact_limits;
use super::rating::prior::{Observation, Prior};

/// Rates are given per this many person-years.
pub const RATE_BASE: f64 = 100_000.0;

/// A count and the person-years it arose from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ExposedCount {
    /// Events counted.
    pub count: u64,
    /// Person-years; 0 where nobody lives.
    pub person_years: f64,
}

/// A rate with its exact limits.
///
/// # Units
/// Events per 100,000 person-years.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CrudeRate {
    /// Events per 100,000 person-years.
    pub rate_per_100k: f64,
    /// Exact (Garwood) limits of the rate.
    pub limits_per_100k: Limits,
}

/// Events per 100,000 person-years with exact limits; `None` unless the person-years are positive and finite.
///
/// # Example
/// Three events in 6,000 person-years are 50 per 100,000.
/// ```
/// use binhyen::statistics::{ExposedCount, ConfidenceLevel, crude_rate};
/// let level = ConfidenceLevel::new(0.95)?;
/// let rate = crude_rate(ExposedCount { count: 3, person_years: 6_000.0 }, level).unwrap();
/// assert!((rate.rate_per_100k - 50.0).abs() < 1e-12);
/// assert_eq!(crude_rate(ExposedCount { count: 3, person_years: 0.0 }, level), None);
/// # Ok::<(), binhyen::statistics::ConfidenceLevelOutOfRange>(())
/// ```
pub fn crude_rate(area: ExposedCount, level: ConfidenceLevel) -> Option<CrudeRate> {
    with_limits(area, |count| exact_limits(count, level))
}

/// The same by a table of limits: for many areas at one level.
pub fn crude_rate_of(area: ExposedCount, limits: &LimitsTable) -> Option<CrudeRate> {
    with_limits(area, |count| limits.limits(count))
}

fn with_limits(area: ExposedCount, limits: impl Fn(u64) -> Limits) -> Option<CrudeRate> {
    let per_event = RATE_BASE / area.exposure()?;
    Some(CrudeRate { rate_per_100k: crude_rate_per_100k(area)?, limits_per_100k: limits(area.count).scaled(per_event) })
}

/// Events per 100,000 person-years without limits; `None` unless the person-years are positive and finite.
///
/// # Example
/// ```
/// use binhyen::statistics::{ExposedCount, crude_rate_per_100k};
/// assert_eq!(crude_rate_per_100k(ExposedCount { count: 3, person_years: 0.0 }), None);
/// assert_eq!(crude_rate_per_100k(ExposedCount { count: 3, person_years: 150_000.0 }), Some(2.0));
/// ```
pub fn crude_rate_per_100k(area: ExposedCount) -> Option<f64> {
    Some(area.count as f64 * (RATE_BASE / area.exposure()?))
}

/// Marshall's empirical Bayes rate of every area: the posterior mean, per 100,000 person-years.
///
/// With r the crude rate of an area and n its person-years, b and a the mean and
/// variance over the areas: b + a/(a + b/n)·(r − b). Without events all are 0,
/// a single area keeps its crude rate, and where the areas differ by no more
/// than chance all have the common rate. `None` for an area whose person-years
/// are not positive and finite; it is as if absent for the others.
///
/// # Example
/// Two areas of 10 person-years with 4 and 16 events: b = 1, a = 0.26, so each
/// keeps 0.26/0.36 of its distance from the mean.
/// ```
/// use binhyen::statistics::{ExposedCount, smoothed_rates_per_100k};
/// let areas = [4, 16].map(|count| ExposedCount { count, person_years: 10.0 });
/// let low = smoothed_rates_per_100k(&areas)[0].unwrap();
/// assert!((low / 100_000.0 - (1.0 - 0.6 * 0.26 / 0.36)).abs() < 1e-12);
/// ```
///
/// # Reference
/// R. J. Marshall, Applied Statistics 40 (1991), section 3.
pub fn smoothed_rates_per_100k(areas: &[ExposedCount]) -> Vec<Option<f64>> {
    let observed: Vec<Option<Observation>> = areas.iter().map(|area| area.observation()).collect();
    let exposed: Vec<Observation> = observed.iter().copied().flatten().collect();
    let prior = Prior::marshall(&exposed).unwrap_or_default();
    observed.into_iter().map(|area| area.map(|area| prior.posterior(area).mean() * RATE_BASE)).collect()
}

impl ExposedCount {
    pub(super) fn exposure(self) -> Option<f64> {
        (self.person_years >= MIN_PERSON_YEARS && self.person_years.is_finite()).then_some(self.person_years)
    }

    pub(super) fn observation(self) -> Option<Observation> {
        self.exposure().map(|expected| Observation { count: self.count as f64, expected })
    }
}

/// Less than a second of one person is no exposure; the bound keeps rates finite.
const MIN_PERSON_YEARS: f64 = 1e-9;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn areas(pairs: &[(u64, f64)]) -> Vec<ExposedCount> {
        pairs.iter().map(|&(count, person_years)| ExposedCount { count, person_years }).collect()
    }

    #[test]
    fn place_where_nobody_lives_has_no_rate_and_disturbs_no_other() {
        let with = smoothed_rates_per_100k(&areas(&[(0, 0.0), (3, 300.0), (2, 100.0)]));
        let without = smoothed_rates_per_100k(&areas(&[(3, 300.0), (2, 100.0)]));
        assert_eq!(with[0], None);
        assert_eq!(with[1..], without[..]);
        let level = ConfidenceLevel::new(0.95).unwrap();
        for person_years in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e-300] {
            assert_eq!(crude_rate(ExposedCount { count: 1, person_years }, level), None);
        }
    }

    #[test]
    fn no_area_has_no_rate() {
        assert!(smoothed_rates_per_100k(&[]).is_empty());
    }

    #[test]
    fn no_event_anywhere_smooths_to_zero() {
        let smoothed = smoothed_rates_per_100k(&areas(&[(0, 100.0), (0, 200.0), (0, 300.0)]));
        assert_eq!(smoothed, [Some(0.0); 3]);
    }

    #[test]
    fn single_area_keeps_its_crude_rate() {
        assert_eq!(smoothed_rates_per_100k(&areas(&[(3, 100.0)])), [Some(0.03 * RATE_BASE)]);
    }

    proptest! {
        #[test]
        fn smoothed_rate_lies_between_the_crude_and_the_common_rate(
            pairs in proptest::collection::vec((0_u64..60, 100.0..50_000.0_f64), 1..40),
        ) {
            let areas = areas(&pairs);
            let events: u64 = pairs.iter().map(|pair| pair.0).sum();
            let common = events as f64 / pairs.iter().map(|pair| pair.1).sum::<f64>() * RATE_BASE;
            for (area, smoothed) in areas.iter().zip(smoothed_rates_per_100k(&areas)) {
                let crude = area.count as f64 / area.person_years * RATE_BASE;
                let slack = 1e-9 * crude.max(common);
                let smoothed = smoothed.unwrap();
                prop_assert!(smoothed >= crude.min(common) - slack && smoothed <= crude.max(common) + slack);
            }
        }
    }
}
