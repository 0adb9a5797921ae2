//! One answer from two estimates of the same ratio, each of which may be misled in its own way.
//!
//! In: two estimates. Out: the more cautious of them and the probability by which both speak. Which estimates are made,
//! and what misleads them, is the caller's business.

use super::effect_table::RatioEstimate;

/// What two estimates say together of a ratio.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RatioAgreement {
    /// The estimate that is nearer to the ratio asked about.
    pub nearer: RatioEstimate,
    /// The larger of the two-sided p-values; 1 where the estimates lie on different sides.
    pub p: f64,
}

/// Both estimates held against a ratio: to reject where both do keeps the level if either estimate is right.
///
/// # Example
/// A half and three quarters, each with an error of 0.1 on the logarithm, held against 1: three quarters speaks.
/// ```
/// use binhyen::statistics::{ConfidenceLevel, agreement, mantel_haenszel, BeforeAfter, EffectTable};
/// let level = ConfidenceLevel::new(0.95)?;
/// let of = |after| EffectTable {
///     treated: BeforeAfter { before: 400, after },
///     comparison: BeforeAfter { before: 400, after: 400 },
/// };
/// let [half, most] = [200, 300].map(|after| mantel_haenszel(&[of(after)], level).unwrap());
/// let both = agreement(half, most, 1.0);
/// assert_eq!((both.nearer.ratio, both.p), (most.ratio, most.p));
/// assert_eq!(agreement(half, most, 0.6).p, 1.0);
/// # Ok::<(), binhyen::statistics::ConfidenceLevelOutOfRange>(())
/// ```
///
/// # Reference
/// R. L. Berger, "Multiparameter hypothesis testing and acceptance sampling", Technometrics 24 (1982): the
/// intersection–union test.
pub fn agreement(one: RatioEstimate, other: RatioEstimate, against: f64) -> RatioAgreement {
    let distance = |estimate: &RatioEstimate| (estimate.ratio / against).ln();
    let nearer = if distance(&one).abs() <= distance(&other).abs() { one } else { other };
    let is_one_sided = distance(&one) * distance(&other) > 0.0;
    let p = if is_one_sided { one.p_against(against).max(other.p_against(against)) } else { 1.0 };
    RatioAgreement { nearer, p }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::ConfidenceLevel;
    use proptest::prelude::*;

    fn estimate(ratio: f64, error: f64) -> RatioEstimate {
        RatioEstimate::of_logarithm(ratio.ln(), error * error, ConfidenceLevel::new(0.95).unwrap()).unwrap()
    }

    #[test]
    fn different_sides_and_no_difference_say_nothing() {
        assert_eq!(agreement(estimate(0.5, 0.01), estimate(2.0, 0.01), 1.0).p, 1.0);
        assert_eq!(agreement(estimate(1.0, 0.01), estimate(2.0, 0.01), 1.0).p, 1.0);
    }

    proptest! {
        #[test]
        fn order_does_not_matter_and_p_is_below_the_level_where_both_limits_exclude(
            one in (0.2..5.0_f64, 0.02..0.6_f64), other in (0.2..5.0_f64, 0.02..0.6_f64),
        ) {
            let (one, other) = (estimate(one.0, one.1), estimate(other.0, other.1));
            let (forth, back) = (agreement(one, other, 1.0), agreement(other, one, 1.0));
            prop_assert_eq!(forth.p, back.p);
            let is_same_side = (one.ratio < 1.0) == (other.ratio < 1.0);
            prop_assert_eq!(forth.p < 0.05, is_same_side && one.excludes_one() && other.excludes_one());
        }
    }
}
