//! Does a series rise or fall? The rank test of Mann and Kendall.
//!
//! In: values in the order of time. Out: how often later ones are larger, and how surprising that is. It uses only
//! for the order, so a single wild year does little; how steep the trend is, `theil_sen` says. Where the year has
//! seasons, only values of the same season are compared.

use crate::statistics::distribution::normal::two_sided_p;

/// The test of one series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MannKendall {
    /// S: pairs that rise less pairs that fall.
    pub rises: i64,
    /// S over the number of pairs: 1 where every later value is larger.
    pub tau: f64,
    /// Variance of S under no trend, less what ties take away.
    pub variance: f64,
    /// Deviate of S, brought one step nearer to 0 because S moves in steps.
    pub z: f64,
    /// Its two-sided probability.
    pub p: f64,
}

/// The test of Mann and Kendall, with ties and continuity correction.
///
/// S = Σᵢ<ⱼ sgn(yⱼ − yᵢ), Var S = [n(n−1)(2n+5) − Σ t(t−1)(2t+5)]/18 over groups of t equal values,
/// z = (S ∓ 1)/√Var S. `None` below three values, for a value that is not finite, and where all are equal.
/// The normal p is coarse below about eight values.
///
/// # Example
/// Five values that only rise: S = 10, Var S = 5·4·15/18 = 50/3.
/// ```
/// use binhyen::statistics::mann_kendall;
/// let trend = mann_kendall(&[1.0, 2.0, 4.0, 7.0, 9.0]).unwrap();
/// assert_eq!((trend.rises, trend.tau), (10, 1.0));
/// assert!((trend.z - 9.0 / (50.0_f64 / 3.0).sqrt()).abs() < 1e-15);
/// ```
///
/// # Reference
/// H. B. Mann, "Nonparametric tests against trend", Econometrica 13 (1945); M. G. Kendall, "Rank Correlation
/// Methods" (1975), chapter 4.
pub fn mann_kendall(series: &[f64]) -> Option<MannKendall> {
    seasonal_mann_kendall(series, &vec![0; series.len()])
}

/// The test of Mann and Kendall within seasons: only values of the same season are compared.
///
/// S and its variance are the sums of those of the seasons, tau is S over the pairs of all seasons; a regular course
/// within the year, which makes neighbouring values differ, is no trend. The seasons are taken as independent. With one
/// season it is [`mann_kendall`]. `None` where that has none, where no season has two values, and where the number of
/// seasons is not that of values.
///
/// # Example
/// Two years of two seasons, each 3 higher in the second year: S = 1 + 1, Var S = 1 + 1.
/// ```
/// use binhyen::statistics::seasonal_mann_kendall;
/// let trend = seasonal_mann_kendall(&[1.0, 50.0, 4.0, 53.0], &[0, 1, 0, 1]).unwrap();
/// assert_eq!((trend.rises, trend.variance, trend.tau), (2, 2.0, 1.0));
/// assert!((trend.z - 1.0 / 2.0_f64.sqrt()).abs() < 1e-15);
/// ```
///
/// # Reference
/// R. M. Hirsch, J. R. Slack and R. A. Smith, "Techniques of trend analysis for monthly water quality data", Water
/// Resources Research 18 (1982).
pub fn seasonal_mann_kendall(series: &[f64], seasons: &[usize]) -> Option<MannKendall> {
    if series.len() < 3 || series.len() != seasons.len() || series.iter().any(|value| !value.is_finite()) {
        return None;
    }
    let (mut rises, mut variance, mut pairs) = (0, 0.0, 0.0);
    for own in by_season(series, seasons) {
        rises += rises_of(&own);
        variance += variance_of(&own);
        pairs += own.len() as f64 * (own.len() as f64 - 1.0) / 2.0;
    }
    if variance <= 0.0 {
        return None;
    }
    let z = (rises - rises.signum()) as f64 / variance.sqrt();
    Some(MannKendall { rises, tau: rises as f64 / pairs, variance, z, p: two_sided_p(z) })
}

/// The values of each season, in the order of the series; seasons in the order of their numbers.
pub(in crate::statistics) fn by_season(series: &[f64], seasons: &[usize]) -> Vec<Vec<f64>> {
    let last = seasons.iter().max().map_or(0, |last| last + 1);
    let mut values = vec![Vec::new(); last];
    series.iter().zip(seasons).for_each(|(value, season)| values[*season].push(*value));
    values
}

/// S of values in the order of time.
fn rises_of(series: &[f64]) -> i64 {
    let pairs =
        series.iter().enumerate().flat_map(|(index, early)| series[index + 1..].iter().map(move |late| (early, late)));
    pairs.map(|(early, late)| i64::from(late > early) - i64::from(late < early)).sum()
}

/// Kendall 1975: [n(n−1)(2n+5) − Σ t(t−1)(2t+5)]/18 over the groups of t equal values. A group of one adds 0.
fn variance_of(series: &[f64]) -> f64 {
    let spread = |n: f64| n * (n - 1.0) * (2.0 * n + 5.0);
    (spread(series.len() as f64) - tie_sizes(series).into_iter().map(spread).sum::<f64>()) / 18.0
}

/// How many values each group of equal ones has, in ascending order of the values; 1 for a value alone.
pub(in crate::statistics) fn tie_sizes(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.chunk_by(|one, other| one == other).map(|group| group.len() as f64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn short_or_flat_series_has_no_trend_to_test() {
        assert_eq!(mann_kendall(&[]), None);
        assert_eq!(mann_kendall(&[1.0, 2.0]), None);
        assert_eq!(mann_kendall(&[3.0; 9]), None);
        assert_eq!(mann_kendall(&[1.0, f64::NAN, 2.0, 3.0]), None);
    }

    #[test]
    fn course_of_the_year_is_no_trend() {
        // Quarters that rise within every year and are the same in all: by themselves they rise.
        let series: Vec<f64> = (0..12).map(|step| f64::from(step % 4)).collect();
        let seasons: Vec<usize> = (0..12).map(|step| step % 4).collect();
        assert!(mann_kendall(&series).unwrap().rises > 0);
        assert_eq!(seasonal_mann_kendall(&series, &seasons), None, "within a season all are equal");
        let falling: Vec<f64> =
            series.iter().enumerate().map(|(step, value)| value - 0.1 * (step / 4) as f64).collect();
        let found = seasonal_mann_kendall(&falling, &seasons).unwrap();
        // Four seasons of three that fall: S = −12, Var S = 4·3·2·11/18.
        assert_eq!((found.rises, found.tau), (-12, -1.0));
        assert!((found.variance - 4.0 * 66.0 / 18.0).abs() < 1e-12);
    }

    #[test]
    fn seasons_of_one_value_each_have_nothing_to_compare() {
        assert_eq!(seasonal_mann_kendall(&[1.0, 2.0, 3.0], &[0, 1, 2]), None);
        assert_eq!(seasonal_mann_kendall(&[1.0, 2.0, 3.0], &[0, 1]), None);
    }

    #[test]
    fn ties_take_away_from_the_variance() {
        // Two pairs of equal values among five: (5·4·15 − 2·(2·1·9))/18 = 264/18; S = 10 − 2.
        let trend = mann_kendall(&[1.0, 1.0, 2.0, 2.0, 3.0]).unwrap();
        assert_eq!(trend.rises, 8);
        assert!((trend.variance - 264.0 / 18.0).abs() < 1e-13);
    }

    proptest! {
        #[test]
        fn only_the_order_matters(values in proptest::collection::vec(0_i32..20, 3..40)) {
            let plain: Vec<f64> = values.iter().map(|value| f64::from(*value)).collect();
            let grown: Vec<f64> = plain.iter().map(|value| value.powi(3) + 7.0).collect();
            prop_assert_eq!(mann_kendall(&plain), mann_kendall(&grown));
            let back: Vec<f64> = plain.iter().rev().copied().collect();
            let turned = mann_kendall(&back).map(|trend| (-trend.rises, -trend.z, trend.p));
            prop_assert_eq!(mann_kendall(&plain).map(|trend| (trend.rises, trend.z, trend.p)), turned);
        }
    }
}
