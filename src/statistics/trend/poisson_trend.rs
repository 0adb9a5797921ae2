//! By how much a rate changes from step to step: the log-linear Poisson model.
//!
//! In: counts with exposures at times, and the season of each where the year has seasons. Out: the rate ratio of one
//! unit of time with limits, and how far the counts spread beyond Poisson around the line. A straight line in the
//! logarithm is assumed, not tested.
//!
//! Reference: P. `McCullagh` and J. A. Nelder, "Generalized Linear Models" (1989), section 6.2.

use crate::statistics::distribution::confidence_level::ConfidenceLevel;
use crate::statistics::effect::effect_table::RatioEstimate;
use crate::statistics::rates::ExposedCount;

/// A count at a time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrendPoint {
    /// When, in the unit that one step of the trend shall have.
    pub time: f64,
    /// What was counted, over which exposure.
    pub area: ExposedCount,
}

/// The trend of a rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PoissonTrend {
    /// How many times larger the rate is one unit of time later.
    pub per_step: RatioEstimate,
    /// Pearson's χ² over its degrees of freedom: 1 where counts spread as Poisson; `None` below three points.
    pub dispersion: Option<f64>,
}

/// The likeliest log-linear trend, with limits from its information.
///
/// ln(rate) = α + βx; with α at its best for every β, the score is Σ k(x − x̄) with x̄ weighed by t·exp(βx), the
/// information Σk times the variance of x so weighed. Points without exposure are left out. `None` without two
/// times or without events, and where all events lie at the first or at the last time: there no β is likeliest.
///
/// # Example
/// Three events, then six, over equal exposure: the rate doubles, s² = 1/3 + 1/6.
/// ```
/// use binhyen::statistics::{ExposedCount, ConfidenceLevel, TrendPoint, poisson_trend};
/// let year = |time, count| TrendPoint { time, area: ExposedCount { count, person_years: 1.0 } };
/// let trend = poisson_trend(&[year(2021.0, 3), year(2022.0, 6)], ConfidenceLevel::new(0.95)?).unwrap();
/// assert!((trend.per_step.ratio - 2.0).abs() < 1e-12);
/// assert!((trend.per_step.log_standard_error.powi(2) - 0.5).abs() < 1e-12);
/// # Ok::<(), binhyen::statistics::ConfidenceLevelOutOfRange>(())
/// ```
pub fn poisson_trend(points: &[TrendPoint], level: ConfidenceLevel) -> Option<PoissonTrend> {
    seasonal_poisson_trend(points, &vec![0; points.len()], level)
}

/// The same with a level of its own for every season: ln(rate) = αₛ + βx.
///
/// Given the events of a season its points are multinomial, so that the score is the sum over seasons of Σ k(x − x̄ₛ)
/// and the information that of nₛ times the variance of x within the season: only points of the same season are
/// compared. With one season it is [`poisson_trend`]. `None` where no season with events has two times, and where in
/// every season the events lie at its last time, or in every season at its first.
///
/// # Example
/// Twice 3 → 6 a year later, at very different levels of the two halves of the year: 2 a year, √2 a half-year.
/// ```
/// use binhyen::statistics::{ExposedCount, ConfidenceLevel, TrendPoint, seasonal_poisson_trend};
/// let half = |time, count| TrendPoint { time, area: ExposedCount { count, person_years: 1.0 } };
/// let points = [half(0.0, 3), half(1.0, 300), half(2.0, 6), half(3.0, 600)];
/// let trend = seasonal_poisson_trend(&points, &[0, 1, 0, 1], ConfidenceLevel::new(0.95)?).unwrap();
/// assert!((trend.per_step.ratio - 2.0_f64.sqrt()).abs() < 1e-12);
/// # Ok::<(), binhyen::statistics::ConfidenceLevelOutOfRange>(())
/// ```
pub fn seasonal_poisson_trend(
    points: &[TrendPoint],
    seasons: &[usize],
    level: ConfidenceLevel,
) -> Option<PoissonTrend> {
    let series = ScaledSeries::of(points, seasons)?;
    let slope = series.likeliest_slope()?;
    let logarithm = slope / series.scale;
    let variance = 1.0 / (series.at(slope).information * series.scale * series.scale);
    let per_step = RatioEstimate::of_logarithm(logarithm, variance, level)?;
    Some(PoissonTrend { per_step, dispersion: series.dispersion(slope) })
}

/// The points with times from −1 to 1, so that no exponential overflows.
struct ScaledSeries {
    seasons: Vec<Season>,
    /// Half the length of the series.
    scale: f64,
}

/// The points of one season in which anything happened.
struct Season {
    scaled_times: Vec<f64>,
    counts: Vec<f64>,
    exposures: Vec<f64>,
    events: f64,
}

/// What a slope makes expect.
struct Expected {
    /// Σ k(x − x̄ₛ).
    score: f64,
    /// Σ nₛ Var(x).
    information: f64,
}

/// The slope is solved to this part of itself, or of 1.
const PRECISION: f64 = 1e-13;

/// A step longer than this would run past any slope a series can show.
const LONGEST_STEP: f64 = 2.0;

impl ScaledSeries {
    fn of(points: &[TrendPoint], seasons: &[usize]) -> Option<Self> {
        if points.len() != seasons.len() || points.iter().any(|point| !point.time.is_finite()) {
            return None;
        }
        let exposed: Vec<(usize, f64, f64, f64)> = points
            .iter()
            .zip(seasons)
            .filter_map(|(point, season)| Some((*season, point.time, point.area.count as f64, point.area.exposure()?)))
            .collect();
        let times = || exposed.iter().map(|point| point.1);
        let (first, last) = (lowest(times()), highest(times()));
        let (middle, scale) = (f64::midpoint(first, last), (last - first) / 2.0);
        if !(scale > 0.0 && scale.is_finite()) {
            return None;
        }
        let seasons = (0..=seasons.iter().copied().max()?).map(|season| {
            let own = || exposed.iter().filter(|point| point.0 == season);
            Season {
                scaled_times: own().map(|point| (point.1 - middle) / scale).collect(),
                counts: own().map(|point| point.2).collect(),
                exposures: own().map(|point| point.3).collect(),
                events: own().map(|point| point.2).sum(),
            }
        });
        Some(Self { seasons: seasons.filter(|season| season.events > 0.0).collect(), scale })
    }

    fn at(&self, slope: f64) -> Expected {
        self.seasons.iter().fold(Expected { score: 0.0, information: 0.0 }, |sum, season| {
            let (mean, variance) = season.moments(slope);
            Expected {
                score: sum.score + season.events * (season.seen() - mean),
                information: sum.information + season.events * variance,
            }
        })
    }

    /// Newton's steps within a bracket that every step narrows.
    fn likeliest_slope(&self) -> Option<f64> {
        let could_rise = self.seasons.iter().any(|season| season.seen() < highest(season.times()));
        let could_fall = self.seasons.iter().any(|season| season.seen() > lowest(season.times()));
        if !could_rise || !could_fall {
            return None;
        }
        let (mut slope, mut low, mut high) = (0.0_f64, f64::NEG_INFINITY, f64::INFINITY);
        // The score falls as the slope rises, so the solution stays between `low` and `high`. Steps are Newton's
        // where they fall inside, else the middle. That the events do not all lie at one end of their seasons, checked
        // above, makes the solution finite.
        for _ in 0..200 {
            let Expected { score, information } = self.at(slope);
            if score > 0.0 {
                low = slope;
            } else {
                high = slope;
            }
            let step = score / information;
            let precision = PRECISION * slope.abs().max(1.0);
            if step.abs() <= precision || high - low <= precision {
                return Some(slope);
            }
            // Where no share but the last is left, the variance is 0 and the step has no length of its own.
            let newton = slope + step.abs().min(LONGEST_STEP).copysign(score);
            slope = if newton > low && newton < high { newton } else { f64::midpoint(low, high) };
        }
        None
    }

    fn dispersion(&self, slope: f64) -> Option<f64> {
        let points: usize = self.seasons.iter().map(|season| season.counts.len()).sum();
        let freedom = points.checked_sub(self.seasons.len() + 1).filter(|freedom| *freedom > 0)? as f64;
        let squares = self.seasons.iter().flat_map(|season| {
            season.counts.iter().zip(season.shares(slope)).map(|(count, share)| {
                let mean = share * season.events;
                (count - mean).powi(2) / mean
            })
        });
        Some(squares.sum::<f64>() / freedom).filter(|dispersion| dispersion.is_finite())
    }
}

impl Season {
    fn times(&self) -> impl Iterator<Item = f64> {
        self.scaled_times.iter().copied()
    }

    /// The mean time of the events.
    fn seen(&self) -> f64 {
        self.scaled_times.iter().zip(&self.counts).map(|(time, count)| time * count).sum::<f64>() / self.events
    }

    /// The share of each point when the rate grows by a slope.
    fn shares(&self, slope: f64) -> Vec<f64> {
        // The largest exponent is taken off before: only shares are needed.
        let grown = |(time, exposure): (&f64, &f64)| exposure * (slope * time - slope.abs()).exp();
        let weights: Vec<f64> = self.scaled_times.iter().zip(&self.exposures).map(grown).collect();
        let total: f64 = weights.iter().sum();
        weights.iter().map(|weight| weight / total).collect()
    }

    /// Mean and variance of the times under these shares.
    fn moments(&self, slope: f64) -> (f64, f64) {
        let shares = self.shares(slope);
        let mean: f64 = self.times().zip(&shares).map(|(time, share)| time * share).sum();
        let variance = self.times().zip(&shares).map(|(time, share)| share * (time - mean).powi(2)).sum();
        (mean, variance)
    }
}

fn lowest(values: impl Iterator<Item = f64>) -> f64 {
    values.fold(f64::INFINITY, f64::min)
}

fn highest(values: impl Iterator<Item = f64>) -> f64 {
    values.fold(f64::NEG_INFINITY, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn points(counts: &[u64]) -> Vec<TrendPoint> {
        let point = |(time, count): (usize, &u64)| TrendPoint {
            time: 2015.0 + time as f64,
            area: ExposedCount { count: *count, person_years: 1_000.0 },
        };
        counts.iter().enumerate().map(point).collect()
    }

    fn level() -> ConfidenceLevel {
        ConfidenceLevel::new(0.95).unwrap()
    }

    #[test]
    fn series_that_names_no_slope_has_none() {
        for nothing in [&[][..], &[4], &[0, 0, 0], &[0, 0, 7], &[7, 0, 0]] {
            assert_eq!(poisson_trend(&points(nothing), level()), None, "{nothing:?}");
        }
        let mut timeless = points(&[3, 4, 5]);
        timeless[1].time = f64::NAN;
        assert_eq!(poisson_trend(&timeless, level()), None);
    }

    #[test]
    fn year_without_exposure_is_as_if_absent() {
        let mut with = points(&[3, 5, 4, 9]);
        with[1].area.person_years = 0.0;
        let without: Vec<TrendPoint> = [with[0], with[2], with[3]].to_vec();
        assert_eq!(poisson_trend(&with, level()), poisson_trend(&without, level()));
    }

    #[test]
    fn steep_series_still_has_a_slope() {
        let trend = poisson_trend(&points(&[1, 0, 0, 0, 1_000_000]), level()).unwrap();
        assert!(trend.per_step.ratio > 20.0 && trend.per_step.limits.high.is_finite(), "{trend:?}");
        let interior = poisson_trend(&points(&[0, 5, 0]), level()).unwrap();
        assert!((interior.per_step.ratio - 1.0).abs() < 1e-12);
    }

    #[test]
    fn level_of_a_season_is_no_trend() {
        // Three years of a quiet and a loud half: no step rises, whatever the halves are like.
        let points = points(&[3, 300, 3, 300, 3, 300]);
        let found = seasonal_poisson_trend(&points, &[0, 1, 0, 1, 0, 1], level()).unwrap();
        assert!((found.per_step.ratio - 1.0).abs() < 1e-12 && found.dispersion.unwrap() < 1e-12, "{found:?}");
        assert!(poisson_trend(&points, level()).unwrap().per_step.ratio > 1.1);
        assert_eq!(seasonal_poisson_trend(&points[..2], &[0, 1], level()), None, "no season has two times");
    }

    proptest! {
        #[test]
        fn unit_of_time_and_of_exposure_do_not_matter(counts in proptest::collection::vec(1_u64..60, 3..15), unit in 0.1..20.0_f64) {
            let plain = points(&counts);
            let scaled: Vec<TrendPoint> = plain
                .iter()
                .map(|point| TrendPoint {
                    time: point.time * unit,
                    area: ExposedCount { person_years: point.area.person_years * unit, ..point.area },
                })
                .collect();
            let (one, other) = (poisson_trend(&plain, level()).unwrap(), poisson_trend(&scaled, level()).unwrap());
            prop_assert!((one.per_step.ratio.ln() - unit * other.per_step.ratio.ln()).abs() < 1e-9);
            prop_assert!((one.per_step.p - other.per_step.p).abs() < 1e-9);
        }

        #[test]
        fn two_points_give_their_ratio(early in 1_u64..500, late in 1_u64..500) {
            let trend = poisson_trend(&points(&[early, late]), level()).unwrap();
            prop_assert!((trend.per_step.ratio * early as f64 / late as f64 - 1.0).abs() < 1e-10);
        }
    }
}
