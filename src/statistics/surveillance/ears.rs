//! EARS: a step against the few before it, for series without years behind them.
//!
//! In: counts by step, the step that is judged, a method and its baseline. Out: the statistic and what it rests on. C1
//! takes the steps just before, C2 leaves two between, C3 adds what C2 showed beyond one standard deviation over three
//! steps. A season is not seen: what is usual for the time of year is an alarm here.
//!
//! With seven steps the spread itself is hardly known, so that the normal limits of the method cry far oftener than they
//! say. [`EarsStatistic::p`] is therefore that of a further value of a normal sample, by Student's distribution.
//!
//! References: L. Hutwagner, W. Thompson, G. M. Seeman and T. Treadwell, "The bioterrorism preparedness and response Early
//! Aberration Reporting System (EARS)", Journal of Urban Health 80 (2003); R. D. Fricker, B. L. Hegler and D. A. Dunfee,
//! "Comparing syndromic surveillance detection methods: EARS' versus a CUSUM-based methodology", Statistics in Medicine
//! 27 (2008). C1 and C2 are held to `earsC` of the R package surveillance; C3 is that of the definition.

use crate::statistics::distribution::normal::upper_normal_quantile;
use crate::statistics::distribution::student::two_sided_p;

/// Steps that the second and third method leave between.
const LAG: usize = 2;
/// Steps over which the third method adds up.
const ADDED_STEPS: usize = 3;

/// Which steps are the baseline, and what is added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EarsMethod {
    /// The steps just before.
    C1,
    /// Those before the last two.
    C2,
    /// As C2, over the last three steps.
    C3,
}

/// The baseline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EarsDesign {
    /// How many steps it has, at least three.
    pub baseline: usize,
    /// The least standard deviation that is believed.
    pub min_deviation: f64,
}

/// What a method says of a step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EarsStatistic {
    /// The method.
    pub method: EarsMethod,
    /// The count of the step.
    pub observed: u64,
    /// The mean of the baseline.
    pub mean: f64,
    /// Its standard deviation (n − 1), never below the least one that is believed.
    pub deviation: f64,
    /// Steps of the baseline.
    pub baseline: usize,
    /// Standard deviations above the mean; for C3 the sum of what lies beyond one of them.
    pub statistic: f64,
    /// What the two steps before add to the sum of C3; 0 for the others.
    carried: f64,
}

/// The statistic of a step. None where the baseline is not whole, has fewer than three steps, or does not vary at all.
///
/// # Example
/// Baseline 2, 4, 6, 4, 4, 2, 6 has the mean 4 and the variance 16/6.
/// ```
/// use binhyen::statistics::{EarsDesign, EarsMethod, ears};
/// let counts = [2, 4, 6, 4, 4, 2, 6, 9].map(Some);
/// let design = EarsDesign { baseline: 7, min_deviation: 0.0 };
/// let found = ears(&counts, 7, EarsMethod::C1, design).unwrap();
/// assert!((found.statistic - 5.0 / (16.0_f64 / 6.0).sqrt()).abs() < 1e-12);
/// ```
pub fn ears(counts: &[Option<u64>], at: usize, method: EarsMethod, design: EarsDesign) -> Option<EarsStatistic> {
    let lag = if method == EarsMethod::C1 { 0 } else { LAG };
    let own = Baseline::before(counts, at, lag, design)?;
    let observed = (*counts.get(at)?)?;
    let above = own.above(observed);
    let carried = match method {
        EarsMethod::C1 | EarsMethod::C2 => 0.0,
        EarsMethod::C3 => {
            (1..ADDED_STEPS).map(|before| excess(counts, at.checked_sub(before)?, design)).sum::<Option<f64>>()?
        }
    };
    let statistic = if method == EarsMethod::C3 { (above - 1.0).max(0.0) + carried } else { above };
    let Baseline { mean, deviation } = own;
    Some(EarsStatistic { method, observed, mean, deviation, baseline: design.baseline, statistic, carried })
}

/// What C2 shows beyond one standard deviation.
fn excess(counts: &[Option<u64>], at: usize, design: EarsDesign) -> Option<f64> {
    let observed = (*counts.get(at)?)?;
    Some((Baseline::before(counts, at, LAG, design)?.above(observed) - 1.0).max(0.0))
}

struct Baseline {
    mean: f64,
    deviation: f64,
}

impl Baseline {
    fn before(counts: &[Option<u64>], at: usize, lag: usize, design: EarsDesign) -> Option<Self> {
        let EarsDesign { baseline, min_deviation } = design;
        let to = at.checked_sub(lag)?;
        let from = to.checked_sub(baseline).filter(|_| baseline >= 3)?;
        let values: Vec<f64> =
            counts.get(from..to)?.iter().map(|count| count.map(|count| count as f64)).collect::<Option<_>>()?;
        let mean = values.iter().sum::<f64>() / baseline as f64;
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        let deviation = (squares / (baseline - 1) as f64).sqrt().max(min_deviation);
        (deviation > 0.0).then_some(Self { mean, deviation })
    }

    fn above(&self, observed: u64) -> f64 {
        (observed as f64 - self.mean) / self.deviation
    }
}

impl EarsStatistic {
    /// The count above which the statistic passes the normal deviate of a tail, never below 0.
    pub fn upper_limit(&self, tail: f64) -> f64 {
        let deviate = upper_normal_quantile(tail);
        let beyond = if self.method == EarsMethod::C3 { deviate + 1.0 - self.carried } else { deviate };
        (self.mean + self.deviation * beyond).max(0.0)
    }

    /// The probability of so many or more as a further value of the sample that the baseline is; none for C3, which adds
    /// up steps that share their baselines.
    pub fn p(&self) -> Option<f64> {
        if self.method == EarsMethod::C3 {
            return None;
        }
        let steps = self.baseline as f64;
        let t = self.statistic / (1.0 + 1.0 / steps).sqrt();
        let both = two_sided_p(t, steps - 1.0);
        Some(if t > 0.0 { both / 2.0 } else { 1.0 - both / 2.0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DESIGN: EarsDesign = EarsDesign { baseline: 3, min_deviation: 0.0 };

    fn of(counts: &[u64], method: EarsMethod) -> Option<EarsStatistic> {
        let counts: Vec<Option<u64>> = counts.iter().copied().map(Some).collect();
        ears(&counts, counts.len() - 1, method, DESIGN)
    }

    #[test]
    fn methods_take_their_baselines_from_where_they_say() {
        // The three before: mean 5, deviation 1; those before the last two: mean 3, deviation 1.
        let counts = [2, 3, 4, 5, 6, 7];
        let first = of(&counts, EarsMethod::C1).unwrap();
        assert_eq!((first.mean, first.deviation, first.statistic), (5.0, 1.0, 2.0));
        let second = of(&counts, EarsMethod::C2).unwrap();
        assert_eq!((second.mean, second.deviation, second.statistic), (3.0, 1.0, 4.0));
        assert_eq!(of(&counts, EarsMethod::C3), None, "the steps before have no baseline yet");
    }

    #[test]
    fn third_method_adds_up_what_lies_beyond_one_deviation() {
        // Baselines 1 2 3, 2 3 4 and 3 4 3 with their steps two later: 3 (1 above 2), 6 (3 above 3), 8.
        let counts = [1, 2, 3, 4, 3, 3, 6, 8];
        let last = of(&counts, EarsMethod::C3).unwrap();
        let third = (8.0 - 10.0 / 3.0) / (1.0_f64 / 3.0).sqrt() - 1.0;
        assert!((last.statistic - (third + 2.0)).abs() < 1e-12, "{last:?}");
        // The limit is where the sum passes the deviate.
        let tail = 1e-9;
        let at_limit = (last.upper_limit(tail) - last.mean) / last.deviation - 1.0 + 2.0;
        assert!((at_limit - upper_normal_quantile(tail)).abs() < 1e-9);
    }

    #[test]
    fn a_baseline_that_does_not_vary_or_is_not_whole_says_nothing() {
        assert_eq!(of(&[4, 4, 4, 9], EarsMethod::C1), None);
        let least = EarsDesign { min_deviation: 1.0, ..DESIGN };
        assert_eq!(ears(&[4, 4, 4, 9].map(Some), 3, EarsMethod::C1, least).unwrap().statistic, 5.0);
        assert_eq!(ears(&[Some(4), None, Some(3), Some(9)], 3, EarsMethod::C1, least), None);
        assert_eq!(ears(&[], 0, EarsMethod::C1, least), None);
        assert_eq!(ears(&[4, 4, 9].map(Some), 2, EarsMethod::C1, EarsDesign { baseline: 2, min_deviation: 1.0 }), None);
    }

    #[test]
    fn p_is_that_of_one_value_more() {
        // Two degrees of freedom: P(T > t) = ½ − t/(2√(2 + t²)).
        let found = of(&[2, 3, 4, 5], EarsMethod::C1).unwrap();
        let t = 2.0 / (4.0_f64 / 3.0).sqrt();
        assert!((found.p().unwrap() - (0.5 - t / (2.0 * (2.0 + t * t).sqrt()))).abs() < 1e-12);
        assert!((of(&[2, 3, 4, 3], EarsMethod::C1).unwrap().p().unwrap() - 0.5).abs() < 1e-12);
    }
}
