//! The improved algorithm of Farrington: a step against the same season of former years.
//!
//! In: counts by step, the step that is judged, a [`FarringtonDesign`]. Out: a [`FarringtonExpectation`], from which the
//! limit and the p of the step follow. The reference values are all steps of the years before but the last ones, in as
//! many seasons as the design has; the season of the step itself is the window around it in every year. A trend is
//! fitted and dropped where it would carry the mean beyond all that was ever seen. High reference values count less, by
//! their Anscombe residuals. The last step of a series is not among its references, so a rise that goes on is still one.
//!
//! A step of few cases is no alarm, whatever its p: see [`FewCases`].
//!
//! References: C. P. Farrington, N. J. Andrews, A. D. Beale and M. A. Catchpole, "A statistical algorithm for the early
//! detection of outbreaks of infectious disease", Journal of the Royal Statistical Society A 159 (1996); A. Noufaily and
//! others, "An improved algorithm for outbreak detection in multiple surveillance systems", Statistics in Medicine 32
//! (2013). Held to `farringtonFlexible` of the R package surveillance.

use super::quasi_poisson::{Course, SeasonFit, SeasonPoint};
use crate::statistics::distribution::count_distribution::CountDistribution;

/// Years that a trend needs.
const YEARS_OF_A_TREND: usize = 3;

/// Which steps a step is held against, and how.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FarringtonDesign {
    /// Steps in a year.
    pub steps_a_year: usize,
    /// Years before the step.
    pub years: usize,
    /// Steps on either side of the same step of a former year that are its season.
    pub half_window: usize,
    /// Seasons of a year, that of the step among them.
    pub seasons: usize,
    /// Steps just before the judged one that are no references, so that what begins slowly does not hide itself.
    pub left_out: usize,
    /// From this residual on a reference value counts less.
    pub reweighted_above: f64,
    /// When there are too few cases for an alarm.
    pub few_cases: FewCases,
}

/// Too few cases for an alarm: fewer than `cases` in the last `steps`, the judged one among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FewCases {
    /// Cases that there must be.
    pub cases: u64,
    /// Steps in which they are counted.
    pub steps: usize,
}

/// What was to be expected of a step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FarringtonExpectation {
    /// The count of the step.
    pub observed: u64,
    /// The mean of such a step.
    pub mean: f64,
    /// Its variance over its mean, at least 1.
    pub dispersion: f64,
    /// Whether the mean follows a trend.
    pub has_trend: bool,
    /// Whether there are enough cases for an alarm.
    pub has_enough_cases: bool,
}

impl FarringtonDesign {
    /// Weeks as Noufaily and others set it: five years, three weeks on either side, ten seasons, half a year left out.
    pub const WEEKS: Self = Self {
        steps_a_year: 52,
        years: 5,
        half_window: 3,
        seasons: 10,
        left_out: 26,
        reweighted_above: 2.58,
        few_cases: FewCases { cases: 5, steps: 4 },
    };

    /// The season of a step so many steps before the judged one, which has season 0; none where it is no reference.
    fn season(&self, before: usize) -> Option<usize> {
        let Self { steps_a_year, years, half_window, seasons, left_out, .. } = *self;
        if before <= left_out || before > steps_a_year * years + half_window {
            return None;
        }
        let (year, after) = ((before + half_window) / steps_a_year, (before + half_window) % steps_a_year);
        if after <= 2 * half_window {
            return Some(0);
        }
        // What lies between the windows of two years is cut into the other seasons from its older end on; the first
        // ones are a step longer where it does not divide evenly.
        let (between, others) =
            (steps_a_year - 2 * half_window - 1, seasons.checked_sub(1).filter(|count| *count > 0)?);
        let offset = steps_a_year * (year + 1) - half_window - 1 - before;
        let (length, longer) = (between / others, between % others);
        let of_longer = longer * (length + 1);
        Some(1 + if offset < of_longer { offset / (length + 1) } else { longer + (offset - of_longer) / length })
    }

    /// Whether seasons are no shorter than a step, and a year longer than what is left out of it.
    fn is_sound(&self) -> bool {
        let between = self.steps_a_year.checked_sub(2 * self.half_window + 1);
        between.is_some_and(|between| between >= self.seasons.saturating_sub(1))
            && self.left_out + self.half_window < self.steps_a_year
    }
}

/// What was to be expected of the step `at` of a series, whose absent steps are no zeros. None where the step itself is
/// absent, where the years of the design do not lie behind it, where nothing was ever counted in its season, and where
/// no model fits.
///
/// # Example
/// Ten a week for six years, then thirty.
/// ```
/// use binhyen::statistics::{FarringtonDesign, farrington};
/// let mut weeks = vec![Some(10); 312];
/// weeks.push(Some(30));
/// let expected = farrington(&weeks, 312, &FarringtonDesign::WEEKS).unwrap();
/// assert!((expected.mean - 10.0).abs() < 1e-9 && expected.p() < 1e-6);
/// assert_eq!(expected.upper_limit(0.01), 18);
/// ```
pub fn farrington(counts: &[Option<u64>], at: usize, design: &FarringtonDesign) -> Option<FarringtonExpectation> {
    let observed = (*counts.get(at)?)?;
    if !design.is_sound() || at < design.steps_a_year * design.years + design.half_window {
        return None;
    }
    let point = |before: usize| {
        let season = design.season(before)?;
        let count = counts[at - before]?;
        Some(SeasonPoint { season, time: -(before as f64), count: count as f64 })
    };
    let points: Vec<SeasonPoint> = (1..=at).rev().filter_map(point).collect();
    let highest = points.iter().map(|point| point.count).fold(0.0, f64::max);
    let with_trend = (design.years >= YEARS_OF_A_TREND).then(|| reweighted(&points, Course::Trend, design)).flatten();
    let with_trend = with_trend.filter(|fit| fit.mean_now <= highest);
    let has_trend = with_trend.is_some();
    let fit = with_trend.or_else(|| reweighted(&points, Course::Level, design))?;
    let FewCases { cases, steps } = design.few_cases;
    let last: u64 = counts[(at + 1).saturating_sub(steps)..=at].iter().flatten().sum();
    Some(FarringtonExpectation {
        observed,
        mean: fit.mean_now,
        dispersion: fit.dispersion,
        has_trend,
        has_enough_cases: last >= cases,
    })
}

/// A fit of all points, and another in which those far above it count less.
fn reweighted(points: &[SeasonPoint], course: Course, design: &FarringtonDesign) -> Option<SeasonFit> {
    let first = SeasonFit::of(points, &vec![1.0; points.len()], course)?;
    let residuals = points.iter().zip(&first.fitted).zip(&first.leverages);
    // Anscombe's transformation, which makes the residuals of counts nearly normal.
    let residual = |((point, mean), leverage): ((&SeasonPoint, &f64), &f64)| {
        if *mean == 0.0 {
            return 0.0;
        }
        let distance = 1.5 * (point.count.powf(2.0 / 3.0) * mean.powf(-1.0 / 6.0) - mean.sqrt());
        distance / (first.dispersion * (1.0 - leverage)).sqrt()
    };
    let shares: Vec<f64> = residuals
        .map(residual)
        .map(|residual| if residual > design.reweighted_above { residual.powi(-2) } else { 1.0 })
        .collect();
    // The weights keep their sum, so that the dispersion keeps its scale.
    let scale = shares.len() as f64 / shares.iter().sum::<f64>();
    let weights: Vec<f64> = shares.iter().map(|share| share * scale).collect();
    SeasonFit::of(points, &weights, course)
}

impl FarringtonExpectation {
    fn distribution(&self) -> CountDistribution {
        CountDistribution::negative_binomial(self.mean, self.dispersion)
    }

    /// The greatest count that is still usual: more come with at most the probability `tail`.
    pub fn upper_limit(&self, tail: f64) -> u64 {
        self.distribution().upper_end(tail)
    }

    /// The probability of so many or more.
    pub fn p(&self) -> f64 {
        self.distribution().at_least(self.observed)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn seasons_of_a_year_are_cut_from_its_older_end_on() {
        let design = FarringtonDesign { left_out: 0, ..FarringtonDesign::WEEKS };
        // Seven weeks around the same week of the year before, nine seasons of five weeks between.
        assert_eq!((49..=55).map(|before| design.season(before)).collect::<Vec<_>>(), [Some(0); 7]);
        assert_eq!([48, 44, 43, 4].map(|before| design.season(before)), [Some(1), Some(1), Some(2), Some(9)]);
        assert_eq!([1, 3, 4, 263, 264].map(|before| design.season(before)), [Some(0), Some(0), Some(9), Some(0), None]);
        assert_eq!([26, 27].map(|before| FarringtonDesign::WEEKS.season(before).is_some()), [false, true]);
        let months = FarringtonDesign { steps_a_year: 12, half_window: 1, seasons: 5, ..design };
        // Nine months between, in four seasons: the oldest has three.
        assert_eq!([10, 9, 8, 7, 6].map(|before| months.season(before)), [1, 1, 1, 2, 2].map(Some));
    }

    #[test]
    fn a_rise_that_would_run_away_is_taken_for_a_level() {
        // Growth without an end: carried on it would be above all that was seen.
        let weeks: Vec<Option<u64>> = (0..320_u32).map(|week| Some(u64::from(5 + week / 4))).collect();
        let expected = farrington(&weeks, 319, &FarringtonDesign::WEEKS).unwrap();
        assert!(!expected.has_trend && expected.mean < 60.0, "{expected:?}");
        let falling: Vec<Option<u64>> = weeks.iter().rev().copied().collect();
        assert!(farrington(&falling, 319, &FarringtonDesign::WEEKS).unwrap().has_trend);
    }

    #[test]
    fn few_cases_are_told_and_no_history_is_nothing() {
        let mut weeks = vec![Some(0); 400];
        weeks[88] = Some(1);
        weeks[140] = Some(2);
        weeks[192] = Some(1);
        weeks[399 - 52] = Some(1);
        weeks[399] = Some(3);
        let expected = farrington(&weeks, 399, &FarringtonDesign::WEEKS).unwrap();
        assert!(!expected.has_enough_cases && expected.mean > 0.0, "{expected:?}");
        assert_eq!(farrington(&weeks, 262, &FarringtonDesign::WEEKS), None, "a window of five years is missing");
        assert_eq!(farrington(&[], 0, &FarringtonDesign::WEEKS), None);
        assert_eq!(farrington(&vec![Some(0); 300], 299, &FarringtonDesign::WEEKS), None, "nothing was ever counted");
        weeks[399] = None;
        assert_eq!(farrington(&weeks, 399, &FarringtonDesign::WEEKS), None, "an absent step is not a zero");
    }

    proptest! {
        #[test]
        fn a_higher_count_is_never_less_rare(counts in proptest::collection::vec(0_u64..20, 300), more in 1_u64..30) {
            let mut weeks: Vec<Option<u64>> = counts.into_iter().map(Some).collect();
            let before = farrington(&weeks, 299, &FarringtonDesign::WEEKS);
            weeks[299] = weeks[299].map(|count| count + more);
            let after = farrington(&weeks, 299, &FarringtonDesign::WEEKS);
            prop_assert_eq!(before.is_some(), after.is_some());
            if let (Some(before), Some(after)) = (before, after) {
                prop_assert!(after.p() <= before.p() && after.mean == before.mean);
                let limit = after.upper_limit(0.01);
                prop_assert_eq!(after.observed > limit, after.p() <= 0.01);
            }
        }

        #[test]
        fn season_is_found_for_every_step_of_the_years(steps in 12_usize..60, half in 0_usize..4, seasons in 1_usize..12, before in 1_usize..400) {
            let design = FarringtonDesign { steps_a_year: steps, half_window: half, seasons, left_out: 0, ..FarringtonDesign::WEEKS };
            prop_assume!(design.is_sound());
            if let Some(season) = design.season(before) {
                prop_assert!(season < seasons, "{season}");
            }
        }
    }
}
