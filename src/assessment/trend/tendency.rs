//! Whether a series rises or falls beyond chance.
//!
//! In: what was measured in steps that follow one another. Out: the log-linear trend of the rate with its limits, the
//! rank test and the slope that no single step can pull. Steps shorter than a year are held against steps of the same
//! season only. Steps that the period cuts and steps whose count is hidden are left out; below five steps nothing is said.

use crate::assessment::rating::clarity::Clarity;
use crate::assessment::rating::measured::{MEASURED_LEVEL, Measured};
use crate::domain::time::calendar::{Step, StepExtent};
use crate::statistics::{ConfidenceLevel, MannKendall, PoissonTrend, SeriesPoint, SlopeEstimate, TrendPoint};
use crate::statistics::{seasonal_mann_kendall, seasonal_poisson_trend, seasonal_theil_sen};

/// Fewer steps show no tendency.
pub const LEAST_STEPS: usize = 5;
/// More steps than these are not compared pair by pair.
const MOST_RANKED_STEPS: usize = 1_000;

/// The tendency of a series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tendency {
    /// How many steps it rests on.
    pub steps: usize,
    /// The rate ratio of one step, by the log-linear Poisson model.
    pub poisson: Option<PoissonTrend>,
    /// The rank test on the rates; absent for a series of very many steps.
    pub ranks: Option<MannKendall>,
    /// Change of the rate per 100,000 person-years from step to step; absent as the rank test is.
    pub slope: Option<SlopeEstimate>,
}

/// A whole step with what was measured.
struct KnownStep {
    time: f64,
    season: usize,
    measured: Measured,
}

/// Steps of this many days and more hold all seasons.
const DAYS_OF_ALL_SEASONS: i32 = 360;

/// The season of a step: the calendar month in which it begins; one for all steps of a year.
fn season(step: &Step) -> usize {
    let (from, to) = (step.period.from(), step.period.to());
    if to.number() - from.number() >= DAYS_OF_ALL_SEASONS { 0 } else { from.date().month() as usize - 1 }
}

impl Tendency {
    /// The tendency of what was measured in some steps; `None` where too few of them are whole and known.
    pub fn of(steps: &[Step], measured: &[Measured]) -> Option<Self> {
        let level = ConfidenceLevel::new(MEASURED_LEVEL).ok()?;
        let whole = steps.iter().zip(measured).enumerate().filter(|(_, (step, _))| step.extent == StepExtent::Whole);
        let known: Vec<KnownStep> = whole
            .map(|(index, (step, measured))| KnownStep {
                time: index as f64,
                season: season(step),
                measured: *measured,
            })
            .collect();
        let (points, seasons): (Vec<TrendPoint>, Vec<usize>) = known
            .iter()
            .filter_map(|one| Some((TrendPoint { time: one.time, area: one.measured.exposed()? }, one.season)))
            .unzip();
        let (series, seasons_of_rates): (Vec<SeriesPoint>, Vec<usize>) = known
            .iter()
            .filter_map(|one| Some((SeriesPoint { time: one.time, value: one.measured.rate()?.value }, one.season)))
            .unzip();
        if points.len() < LEAST_STEPS {
            return None;
        }
        let is_ranked = series.len() <= MOST_RANKED_STEPS;
        let rates: Vec<f64> = series.iter().map(|point| point.value).collect();
        Some(Self {
            steps: points.len(),
            poisson: seasonal_poisson_trend(&points, &seasons, level),
            ranks: is_ranked.then(|| seasonal_mann_kendall(&rates, &seasons_of_rates)).flatten(),
            slope: is_ranked.then(|| seasonal_theil_sen(&series, &seasons_of_rates, level)).flatten(),
        })
    }

    /// Rising or falling where the limits of the model and the ranks both say so; unclear otherwise.
    pub fn clarity(&self) -> Clarity {
        let limits = self.poisson.map(|trend| trend.per_step.limits);
        let is_clear = self.ranks.is_some_and(|ranks| ranks.p <= 1.0 - MEASURED_LEVEL);
        match limits {
            // Both tests must agree: the Poisson line can be pulled by one step, the ranks cannot, and the ranks
            // alone see no size.
            Some(limits) if is_clear && limits.low > 1.0 => Clarity::Higher,
            Some(limits) if is_clear && limits.high < 1.0 => Clarity::Lower,
            _ => Clarity::Unclear,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan as _;
    use jiff::civil::date;

    use super::*;
    use crate::domain::time::period::{Day, Period};

    /// Steps of so many months from 2018 on, so many person-years in each.
    fn of(counts: &[u32], months: i32) -> Option<Tendency> {
        let day = |index: usize| Day::of_date(date(2018, 1, 1).saturating_add((months * index as i32).months()));
        let step =
            |index: usize| Step { period: Period::new(day(index), day(index + 1)).unwrap(), extent: StepExtent::Whole };
        let steps: Vec<Step> = (0..counts.len()).map(step).collect();
        let one = |count: &u32| Measured { incidents: Some(*count), residents: Some(9000), person_years: Some(9000.0) };
        Tendency::of(&steps, &counts.iter().map(one).collect::<Vec<_>>())
    }

    #[test]
    fn doubling_counts_rise_by_two_a_step() {
        let tendency = of(&[5, 10, 20, 40, 80], 12).unwrap();
        assert!((tendency.poisson.unwrap().per_step.ratio - 2.0).abs() < 1e-9);
        assert_eq!((tendency.ranks.unwrap().tau, tendency.clarity()), (1.0, Clarity::Higher));
    }

    #[test]
    fn counts_that_waver_show_no_tendency() {
        assert_eq!(of(&[7, 9, 6, 8, 7, 9], 12).unwrap().clarity(), Clarity::Unclear);
    }

    #[test]
    fn season_is_no_tendency_and_a_drop_under_a_season_is_one() {
        // Quarters from quiet to loud, one year after the other the same but for one incident here or there.
        let season: Vec<u32> = (0..12).map(|step| [10, 20, 40, 80][step % 4] + (step as u32 * 7) % 3).collect();
        assert_eq!(of(&season, 3).unwrap().clarity(), Clarity::Unclear);
        assert_eq!(of(&season[1..4], 3), None, "three steps are too few");
        // A year that begins loud and ends quiet is no fall where there is no other year to hold it against.
        let one_year = of(&[80, 70, 60, 50, 40, 30, 20, 10, 5, 4, 3, 2], 1).unwrap();
        assert_eq!((one_year.ranks, one_year.clarity()), (None, Clarity::Unclear));
        let falling: Vec<u32> =
            (0..20).map(|step| [10, 20, 40, 80][step % 4] * (16 - 3 * (step as u32 / 4)) / 8).collect();
        assert_eq!(of(&falling, 3).unwrap().clarity(), Clarity::Lower);
    }

    #[test]
    fn four_steps_are_too_few_and_silence_has_no_trend() {
        assert_eq!(of(&[1, 2, 3, 4], 12), None);
        let quiet = of(&[0; 6], 12).unwrap();
        assert_eq!((quiet.poisson, quiet.ranks, quiet.clarity()), (None, None, Clarity::Unclear));
    }
}
