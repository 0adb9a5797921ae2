//! How steep a series is, by the median of all slopes between its points.
//!
//! In: points of time and value. Out: slope with limits, and the line through the medians. Whether there is a
//! trend at all is tested by ranks in `mann_kendall`; the limits here answer the same from the side of the slope.

use super::mann_kendall::{by_season, tie_sizes};
use crate::statistics::class_breaks::quantile;
use crate::statistics::distribution::confidence_level::{ConfidenceLevel, Limits};

/// A line through a series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SlopeEstimate {
    /// Median of the slopes: change of the value per unit of time.
    pub slope: f64,
    /// Limits of the slope.
    pub limits: Limits,
    /// Median value less slope times median time.
    pub intercept: f64,
}

/// One value of a series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SeriesPoint {
    /// When, in any unit.
    pub time: f64,
    /// What was measured.
    pub value: f64,
}

/// The slope of Theil and Sen: the median of (yⱼ − yᵢ)/(xⱼ − xᵢ) over all pairs of different times.
///
/// The limits are the slopes whose ranks lie z·σ/2 from the middle, with the σ of Kendall's S less its ties.
/// `None` without two different times, or for a number that is not finite.
///
/// # Units
/// Of the value per unit of time.
///
/// # Example
/// Slopes between 0, 1 and 5 at times 0, 1, 2 are 1, 2.5 and 4.
/// ```
/// use binhyen::statistics::{ConfidenceLevel, SeriesPoint, theil_sen};
/// let series = [(0.0, 0.0), (1.0, 1.0), (2.0, 5.0)].map(|(time, value)| SeriesPoint { time, value });
/// let line = theil_sen(&series, ConfidenceLevel::new(0.95)?).unwrap();
/// assert_eq!((line.slope, line.intercept), (2.5, 1.0 - 2.5));
/// # Ok::<(), binhyen::statistics::ConfidenceLevelOutOfRange>(())
/// ```
///
/// # Reference
/// P. K. Sen, "Estimates of the regression coefficient based on Kendall's tau", J. Am. Stat. Assoc. 63 (1968),
/// equation 2.6; H. Theil 1950.
pub fn theil_sen(series: &[SeriesPoint], level: ConfidenceLevel) -> Option<SlopeEstimate> {
    seasonal_theil_sen(series, &vec![0; series.len()], level)
}

/// The slope of Theil and Sen within seasons: the median of the slopes between points of the same season.
///
/// The limits take σ of the sum of Kendall's S over the seasons. With one season it is [`theil_sen`]. `None` without a
/// season of two different times, for a number that is not finite, and where the number of seasons is not that of points.
///
/// # Reference
/// R. M. Hirsch, J. R. Slack and R. A. Smith, Water Resources Research 18 (1982), section "Seasonal Kendall slope
/// estimator".
pub fn seasonal_theil_sen(series: &[SeriesPoint], seasons: &[usize], level: ConfidenceLevel) -> Option<SlopeEstimate> {
    let is_finite = |point: &SeriesPoint| point.time.is_finite() && point.value.is_finite();
    if series.len() != seasons.len() || !series.iter().all(is_finite) {
        return None;
    }
    let slopes = ascending_slopes(series, seasons);
    let slope = quantile(&slopes, 0.5)?;
    let times: Vec<f64> = series.iter().map(|point| point.time).collect();
    let values: Vec<f64> = series.iter().map(|point| point.value).collect();
    let own = by_season(&times, seasons).into_iter().zip(by_season(&values, seasons));
    let reach = level.normal_deviate() * own.map(|(times, values)| rank_variance(&times, &values)).sum::<f64>().sqrt();
    let (pairs, last) = (slopes.len() as f64, slopes.len() - 1);
    // A rank below 0 casts to 0.
    // Sen 1968: the limits are the slopes whose ranks lie z·σ(S)/2 below and above the middle of all pairs.
    let low = (((pairs - reach) / 2.0).round_ties_even() - 1.0).max(0.0) as usize;
    let high = (f64::midpoint(pairs, reach).round_ties_even() as usize).min(last);
    let limits = Limits { low: slopes[low.min(last)], high: slopes[high] };
    Some(SlopeEstimate { slope, limits, intercept: median(&values)? - slope * median(&times)? })
}

fn ascending_slopes(series: &[SeriesPoint], seasons: &[usize]) -> Vec<f64> {
    let mut slopes = Vec::new();
    for (index, (one, season)) in series.iter().zip(seasons).enumerate() {
        let others = series[index + 1..].iter().zip(&seasons[index + 1..]);
        let others = others.filter(|(other, own)| *own == season && other.time != one.time);
        slopes.extend(others.map(|(other, _)| (other.value - one.value) / (other.time - one.time)));
    }
    slopes.sort_by(f64::total_cmp);
    slopes
}

/// σ² of Kendall's S with the ties of both columns taken away.
fn rank_variance(times: &[f64], values: &[f64]) -> f64 {
    let spread = |n: f64| n * (n - 1.0) * (2.0 * n + 5.0);
    let ties = tie_sizes(times).into_iter().chain(tie_sizes(values)).map(spread).sum::<f64>();
    ((spread(times.len() as f64) - ties) / 18.0).max(0.0)
}

fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    quantile(&sorted, 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn series(values: &[f64]) -> Vec<SeriesPoint> {
        values.iter().enumerate().map(|(time, value)| SeriesPoint { time: time as f64, value: *value }).collect()
    }

    fn level() -> ConfidenceLevel {
        ConfidenceLevel::new(0.95).unwrap()
    }

    #[test]
    fn single_time_has_no_slope() {
        assert_eq!(theil_sen(&[], level()), None);
        assert_eq!(theil_sen(&series(&[4.0]), level()), None);
        let at_once = [1.0, 2.0].map(|value| SeriesPoint { time: 3.0, value });
        assert_eq!(theil_sen(&at_once, level()), None);
        assert_eq!(theil_sen(&series(&[4.0, f64::NAN, 2.0]), level()), None);
    }

    #[test]
    fn one_wild_year_does_not_turn_the_slope() {
        let calm: Vec<f64> = (0..11).map(|year| 2.0 * f64::from(year)).collect();
        let mut wild = calm.clone();
        wild[10] = -500.0;
        let [before, after] = [calm, wild].map(|values| theil_sen(&series(&values), level()).unwrap().slope);
        assert_eq!((before, after), (2.0, 2.0));
    }

    proptest! {
        #[test]
        fn tilting_the_series_tilts_the_line(values in proptest::collection::vec(0.0..50.0_f64, 2..25), tilt in -5.0..5.0_f64) {
            let tilted: Vec<f64> = values.iter().enumerate().map(|(time, value)| value + tilt * time as f64).collect();
            let (one, other) = (theil_sen(&series(&values), level()).unwrap(), theil_sen(&series(&tilted), level()).unwrap());
            prop_assert!((one.slope + tilt - other.slope).abs() < 1e-9);
            prop_assert!(one.limits.low <= one.slope && one.slope <= one.limits.high);
        }
    }
}
