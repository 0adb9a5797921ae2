//! Student's t: how far an estimate lies from 0 where its error rests on few groups.
//!
//! In: a deviate, or a confidence level, and degrees of freedom. Out: a two-sided p, or the deviate of the level.

use statrs::function::beta::beta_reg;

use super::confidence_level::ConfidenceLevel;

/// P(|T| ≥ |t|) with `freedom` degrees of freedom, above 0: the regularised incomplete beta function of
/// ν/(ν + t²) with shapes ν/2 and ½.
pub(in crate::statistics) fn two_sided_p(t: f64, freedom: f64) -> f64 {
    beta_reg(freedom / 2.0, 0.5, freedom / (freedom + t * t))
}

/// The deviate that |T| stays below with the probability of the level.
pub(in crate::statistics) fn deviate(level: ConfidenceLevel, freedom: f64) -> f64 {
    let tails = 2.0 * level.tail();
    let (mut low, mut high) = (0.0, 1.0);
    while two_sided_p(high, freedom) > tails {
        high *= 2.0;
    }
    // The p falls as t rises, so the deviate stays between `low` and `high`; each turn halves what is left, and 100 leave
    // less than the last digit.
    for _ in 0..100 {
        let middle = f64::midpoint(low, high);
        if two_sided_p(middle, freedom) > tails { low = middle } else { high = middle }
    }
    high
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deviates_are_those_of_tables() {
        // `scipy.stats.t.ppf(0.975, ν)` 1.17.1.
        let level = ConfidenceLevel::new(0.95).unwrap();
        for (freedom, expected) in
            [(1.0, 12.706_204_736_174_7), (9.0, 2.262_157_162_798_2), (29.0, 2.045_229_642_132_7)]
        {
            assert!((deviate(level, freedom) - expected).abs() < 1e-9, "{freedom}: {}", deviate(level, freedom));
        }
        assert!((deviate(level, 1e7) - level.normal_deviate()).abs() < 1e-6);
    }

    #[test]
    fn one_degree_of_freedom_is_the_cauchy_distribution() {
        // P(|T| ≥ 1) = ½.
        assert!((two_sided_p(1.0, 1.0) - 0.5).abs() < 1e-14);
        assert_eq!(two_sided_p(0.0, 4.0), 1.0);
        assert_eq!(two_sided_p(-2.0, 4.0), two_sided_p(2.0, 4.0));
    }
}
