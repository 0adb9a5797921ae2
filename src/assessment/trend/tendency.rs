//! Whether a series rises or falls beyond chance.
//!
//! In: what was measured in steps that follow one another. Out: the log-linear trend of the rate with its limits, the
//! rank test and the slope that no single step can pull. Steps that the period cuts and steps whose count is hidden
//! are left out; below five steps nothing is said.

use crate::assessment::rating::clarity::Clarity;
use crate::assessment::rating::measured::{MEASURED_LEVEL, Measured};
use crate::domain::time::calendar::{Step, StepExtent};
use crate::statistics::{ConfidenceLevel, MannKendall, PoissonTrend, SeriesPoint, SlopeEstimate, TrendPoint};
use crate::statistics::{mann_kendall, poisson_trend, theil_sen};

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

impl Tendency {
    /// The tendency of what was measured in some steps; `None` where too few of them are whole and known.
    pub fn of(steps: &[Step], measured: &[Measured]) -> Option<Self> {
        let level = ConfidenceLevel::new(MEASURED_LEVEL).ok()?;
        let whole = steps.iter().zip(measured).enumerate().filter(|(_, (step, _))| step.extent == StepExtent::Whole);
        let known: Vec<(f64, Measured)> = whole.map(|(index, (_, measured))| (index as f64, *measured)).collect();
        let points: Vec<TrendPoint> =
            known.iter().filter_map(|(time, one)| Some(TrendPoint { time: *time, area: one.exposed()? })).collect();
        let series: Vec<SeriesPoint> = known
            .iter()
            .filter_map(|(time, one)| Some(SeriesPoint { time: *time, value: one.rate()?.value }))
            .collect();
        if points.len() < LEAST_STEPS {
            return None;
        }
        let is_ranked = series.len() <= MOST_RANKED_STEPS;
        let rates: Vec<f64> = series.iter().map(|point| point.value).collect();
        Some(Self {
            steps: points.len(),
            poisson: poisson_trend(&points, level),
            ranks: is_ranked.then(|| mann_kendall(&rates)).flatten(),
            slope: is_ranked.then(|| theil_sen(&series, level)).flatten(),
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
    use super::*;
    use crate::domain::time::period::{Day, Period};

    fn of(counts: &[u32]) -> Option<Tendency> {
        let day = |index: usize| Day::from_number(30 * index as i32);
        let step =
            |index: usize| Step { period: Period::new(day(index), day(index + 1)).unwrap(), extent: StepExtent::Whole };
        let steps: Vec<Step> = (0..counts.len()).map(step).collect();
        let one = |count: &u32| Measured { incidents: Some(*count), residents: Some(9000), person_years: Some(9000.0) };
        Tendency::of(&steps, &counts.iter().map(one).collect::<Vec<_>>())
    }

    #[test]
    fn doubling_counts_rise_by_two_a_step() {
        let tendency = of(&[5, 10, 20, 40, 80]).unwrap();
        assert!((tendency.poisson.unwrap().per_step.ratio - 2.0).abs() < 1e-9);
        assert_eq!((tendency.ranks.unwrap().tau, tendency.clarity()), (1.0, Clarity::Higher));
    }

    #[test]
    fn counts_that_waver_show_no_tendency() {
        assert_eq!(of(&[7, 9, 6, 8, 7, 9]).unwrap().clarity(), Clarity::Unclear);
    }

    #[test]
    fn four_steps_are_too_few_and_silence_has_no_trend() {
        assert_eq!(of(&[1, 2, 3, 4]), None);
        let quiet = of(&[0; 6]).unwrap();
        assert_eq!((quiet.poisson, quiet.ranks, quiet.clarity()), (None, None, Clarity::Unclear));
    }
}
