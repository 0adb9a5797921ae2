//! The log-linear model of counts by season and trend, whose variance is a multiple of the mean.
//!
//! In: points with a season, a time, a count and a weight. Out: the mean at time 0 of season 0, what was fitted, how much
//! each point bends the fit, and the dispersion. Nothing is said where the steps do not settle.
//!
//! Reference: P. `McCullagh` and J. A. Nelder, "Generalized Linear Models" (1989), sections 2.5, 9.2 and 12.5.

use crate::statistics::effect::cholesky::{CholeskyFactor, Symmetric};

/// Two deviances that differ by no more than this part are one.
const SETTLED: f64 = 1e-11;
/// A fit that has not settled after so many steps never does.
const MOST_STEPS: usize = 50;
/// What is added to a count before its first logarithm.
const FIRST_GUESS: f64 = 0.1;

/// One step of a series with what is known of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct SeasonPoint {
    /// The season; that of the step which is judged is 0.
    pub(super) season: usize,
    /// When, the step that is judged being 0.
    pub(super) time: f64,
    /// What was counted.
    pub(super) count: f64,
}

/// Whether the mean may rise or fall over the years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Course {
    /// It stays.
    Level,
    /// Its logarithm changes evenly.
    Trend,
}

/// A model that was fitted.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SeasonFit {
    /// The mean of the step that is judged.
    pub(super) mean_now: f64,
    /// Pearson's χ² over its degrees of freedom, never below 1.
    pub(super) dispersion: f64,
    /// The mean of each point.
    pub(super) fitted: Vec<f64>,
    /// How much of its own mean each point decides, 0 to 1.
    pub(super) leverages: Vec<f64>,
}

/// The columns of the model: one for every season in which anything was counted, and one for time.
struct Columns {
    of_season: Vec<Option<usize>>,
    count: usize,
    course: Course,
    time_scale: f64,
}

impl Columns {
    fn of(points: &[SeasonPoint], course: Course) -> Option<Self> {
        let seasons = points.iter().map(|point| point.season).max()? + 1;
        let mut totals = vec![0.0; seasons];
        for point in points {
            totals[point.season] += point.count;
        }
        // A season without an event has the mean 0 whatever the others have, which no logarithm can hold: its points fit
        // exactly and take no column.
        let mut count = 0;
        let mut next = |total: &f64| {
            (*total > 0.0).then(|| {
                count += 1;
                count - 1
            })
        };
        let of_season: Vec<Option<usize>> = totals.iter().map(&mut next).collect();
        let time_scale = points.iter().map(|point| point.time.abs()).fold(1.0, f64::max);
        Some(Self { of_season, count: count + usize::from(course == Course::Trend), course, time_scale })
    }

    /// The row of a point; none where its mean is 0.
    fn row(&self, point: &SeasonPoint) -> Option<Vec<f64>> {
        let mut row = vec![0.0; self.count];
        row[self.of_season[point.season]?] = 1.0;
        if self.course == Course::Trend {
            row[self.count - 1] = point.time / self.time_scale;
        }
        Some(row)
    }
}

impl SeasonFit {
    /// The likeliest model of some points, each counting by its weight. None without points, without an event in the
    /// season that is judged, without degrees of freedom, and where the fit does not settle.
    pub(super) fn of(points: &[SeasonPoint], weights: &[f64], course: Course) -> Option<Self> {
        let columns = Columns::of(points, course)?;
        let now = columns.of_season.first().copied().flatten()?;
        let rows: Vec<Option<Vec<f64>>> = points.iter().map(|point| columns.row(point)).collect();
        let freedom = points.len().checked_sub(columns.parameters()).filter(|freedom| *freedom > 0)?;
        let Solution { coefficients, means, factor } = solved(points, weights, &rows, columns.count)?;
        let leverage = |(row, weight): (&Option<Vec<f64>>, f64)| {
            let Some(row) = row else { return 0.0 };
            weight * dot(row, &factor.solve(row))
        };
        let working = means.iter().zip(weights).map(|(mean, weight)| mean * weight);
        let leverages = rows.iter().zip(working).map(leverage).collect();
        let squares = points.iter().zip(&means).zip(weights);
        let squares = squares.filter(|((_, mean), _)| **mean > 0.0);
        let chi_square: f64 = squares.map(|((point, mean), weight)| weight * (point.count - mean).powi(2) / mean).sum();
        Some(Self {
            mean_now: coefficients[now].exp(),
            dispersion: (chi_square / freedom as f64).max(1.0),
            fitted: means,
            leverages,
        })
    }
}

impl Columns {
    /// How many numbers are chosen, those of seasons without an event among them.
    fn parameters(&self) -> usize {
        self.of_season.len() + usize::from(self.course == Course::Trend)
    }
}

/// Where the steps settled.
struct Solution {
    coefficients: Vec<f64>,
    means: Vec<f64>,
    factor: CholeskyFactor,
}

/// Iteratively reweighted least squares.
fn solved(points: &[SeasonPoint], weights: &[f64], rows: &[Option<Vec<f64>>], columns: usize) -> Option<Solution> {
    let first =
        |(point, row): (&SeasonPoint, &Option<Vec<f64>>)| row.as_ref().map_or(0.0, |_| point.count + FIRST_GUESS);
    let mut means: Vec<f64> = points.iter().zip(rows).map(first).collect();
    let mut deviance = f64::INFINITY;
    // Each turn solves the normal equations around the means of the turn before; the deviance of a log-linear model is
    // convex, so that it settles at the likeliest coefficients or not at all.
    for _ in 0..MOST_STEPS {
        let (mut normal, mut right) = (Symmetric::zeros(columns), vec![0.0; columns]);
        for ((point, row), (mean, weight)) in points.iter().zip(rows).zip(means.iter().zip(weights)) {
            let Some(row) = row else { continue };
            let working = mean.ln() + (point.count - mean) / mean;
            normal.add_outer(weight * mean, row);
            for (sum, value) in right.iter_mut().zip(row) {
                *sum += weight * mean * value * working;
            }
        }
        let factor = normal.factor().ok()?;
        let coefficients = factor.solve(&right);
        for (mean, row) in means.iter_mut().zip(rows) {
            if let Some(row) = row {
                *mean = dot(row, &coefficients).exp();
            }
        }
        if means.iter().any(|mean| !mean.is_finite()) {
            return None;
        }
        let before = std::mem::replace(&mut deviance, deviance_of(points, &means, weights));
        if (deviance - before).abs() <= SETTLED * (deviance.abs() + FIRST_GUESS) {
            return Some(Solution { coefficients, means, factor });
        }
    }
    None
}

fn deviance_of(points: &[SeasonPoint], means: &[f64], weights: &[f64]) -> f64 {
    let parts = points.iter().zip(means).zip(weights).filter(|((_, mean), _)| **mean > 0.0);
    let part = |((point, mean), weight): ((&SeasonPoint, &f64), &f64)| {
        let logarithm = if point.count > 0.0 { point.count * (point.count / mean).ln() } else { 0.0 };
        2.0 * weight * (logarithm - (point.count - mean))
    };
    parts.map(part).sum()
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(counts: &[(usize, f64, f64)]) -> Vec<SeasonPoint> {
        counts.iter().map(|(season, time, count)| SeasonPoint { season: *season, time: *time, count: *count }).collect()
    }

    #[test]
    fn means_of_seasons_are_those_of_their_counts() {
        let points = points(&[(0, -4.0, 3.0), (0, -2.0, 5.0), (1, -3.0, 10.0), (1, -1.0, 14.0)]);
        let fit = SeasonFit::of(&points, &[1.0; 4], Course::Level).unwrap();
        assert!((fit.mean_now - 4.0).abs() < 1e-10, "{fit:?}");
        assert!((fit.fitted[3] - 12.0).abs() < 1e-10);
        // 1/4 + 1/4 + 4/12 + 4/12 over two degrees of freedom is below 1.
        assert_eq!(fit.dispersion, 1.0);
        assert!(fit.leverages.iter().all(|leverage| (leverage - 0.5).abs() < 1e-6), "{fit:?}");
    }

    #[test]
    fn even_growth_is_carried_on_to_the_step_that_is_judged() {
        let points = points(&[(0, -4.0, 8.0), (0, -3.0, 16.0), (0, -2.0, 32.0), (0, -1.0, 64.0)]);
        let fit = SeasonFit::of(&points, &[1.0; 4], Course::Trend).unwrap();
        assert!((fit.mean_now - 128.0).abs() < 1e-6, "{fit:?}");
    }

    #[test]
    fn scatter_beyond_poisson_is_told_by_hand() {
        // Mean 10, squares 49 + 49 + 0, over 10 and two degrees of freedom.
        let points = points(&[(0, -3.0, 3.0), (0, -2.0, 17.0), (0, -1.0, 10.0)]);
        let fit = SeasonFit::of(&points, &[1.0; 3], Course::Level).unwrap();
        assert!((fit.dispersion - 4.9).abs() < 1e-9, "{fit:?}");
    }

    #[test]
    fn nothing_is_said_without_points_or_without_an_event_in_the_season() {
        assert_eq!(SeasonFit::of(&[], &[], Course::Level), None);
        let silent = points(&[(0, -2.0, 0.0), (0, -1.0, 0.0), (1, -3.0, 4.0), (1, -4.0, 4.0)]);
        assert_eq!(SeasonFit::of(&silent, &[1.0; 4], Course::Level), None);
        assert_eq!(SeasonFit::of(&points(&[(0, -1.0, 4.0)]), &[1.0], Course::Level), None, "no degree of freedom");
    }
}
