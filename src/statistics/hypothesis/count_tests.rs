//! The tests of two Poisson rates side by side, one-sided and two-sided.
//!
//! In: two counts with person-years and the name of a test. Out: its p-values. Which test is used where, and at
//! what level, is the caller's business: the product compares by [`compare_counts`](super::compare_counts).

use super::count_comparison::Split;
use super::e_test::{CountPair, Deviate, e_test};
use super::p_values::PValues;
use crate::statistics::distribution::normal::{two_sided_p, upper_p};
use crate::statistics::rates::ExposedCount;

/// A test of "both rates are the same".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountTest {
    /// Exact, given the total: never more false alarms than its level.
    Conditional,
    /// The same with half the probability of the counts seen; two-sided as statsmodels has it, that half taken off the
    /// exact p.
    MidP,
    /// Normal deviate with the variance of the pooled rate.
    Score,
    /// Exact at the pooled rate, pairs ordered by the deviate of the pooled rate.
    Estimated,
    /// The same ordered by the deviate of the own rates, as Krishnamoorthy and Thompson have it.
    EstimatedUnpooled,
}

/// The p-values of a test; `None` unless both exposures are positive and finite, and beyond 10⁸ events for the E-tests.
///
/// Without events nothing speaks against equality: all are 1.
///
/// # Example
/// Nine events against one with equal exposure: (9 − 1)/√10 as a normal deviate, 11/2¹⁰ given the total.
/// ```
/// use binhyen::statistics::{CountTest, ExposedCount, count_test};
/// let year = |count| ExposedCount { count, person_years: 1.0 };
/// let score = count_test(year(9), year(1), CountTest::Score).unwrap();
/// assert!((score.two_sided - 0.011412).abs() < 1e-6);
/// let exact = count_test(year(9), year(1), CountTest::Conditional).unwrap();
/// assert!((exact.larger - 11.0 / 1024.0).abs() < 1e-14);
/// ```
///
/// # Reference
/// K. Gu, H. K. T. Ng, M. L. Tang and W. R. Schucany, "Testing the ratio of two Poisson rates", Biometrical
/// Journal 50 (2008).
pub fn count_test(first: ExposedCount, second: ExposedCount, test: CountTest) -> Option<PValues> {
    let exposures = first.exposure()? / second.exposure()?;
    let events = first.count.checked_add(second.count)?;
    if events == 0 {
        return Some(PValues::NO_DIFFERENCE);
    }
    let pair = CountPair { first: first.count, second: second.count, exposures };
    match test {
        CountTest::Conditional => Some(conditional(&Split::of(first, second)?, first.count)),
        CountTest::MidP => {
            let split = Split::of(first, second)?;
            let half = split.probability(first.count) / 2.0;
            let exact = conditional(&split, first.count);
            let [two_sided, larger, smaller] =
                [exact.two_sided, exact.larger, exact.smaller].map(|p| (p - half).max(0.0));
            Some(PValues { two_sided, larger, smaller })
        }
        CountTest::Score => {
            let z = pair.deviate(Deviate::Pooled);
            Some(PValues { two_sided: two_sided_p(z), larger: upper_p(z), smaller: upper_p(-z) })
        }
        CountTest::Estimated => e_test(pair, Deviate::Pooled),
        CountTest::EstimatedUnpooled => e_test(pair, Deviate::Unpooled),
    }
}

fn conditional(split: &Split, count: u64) -> PValues {
    PValues {
        two_sided: split.no_likelier_than(count).clamp(0.0, 1.0),
        larger: split.from(count),
        smaller: split.up_to(count),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::compare_counts;
    use proptest::prelude::*;

    const ALL: [CountTest; 5] =
        [CountTest::Conditional, CountTest::MidP, CountTest::Score, CountTest::Estimated, CountTest::EstimatedUnpooled];

    fn exposed(count: u64, person_years: f64) -> ExposedCount {
        ExposedCount { count, person_years }
    }

    #[test]
    fn place_without_exposure_has_no_test() {
        for test in ALL {
            assert_eq!(count_test(exposed(1, 0.0), exposed(1, 1.0), test), None, "{test:?}");
            assert_eq!(count_test(exposed(1, 1.0), exposed(1, f64::NAN), test), None, "{test:?}");
            assert_eq!(count_test(exposed(0, 1.0), exposed(0, 3.0), test), Some(PValues::NO_DIFFERENCE), "{test:?}");
        }
    }

    proptest! {
        #[test]
        fn swapping_the_places_swaps_the_sides(first in 0_u64..60, second in 1_u64..60, years in 0.1..10.0_f64) {
            for test in ALL {
                let forth = count_test(exposed(first, years), exposed(second, 1.0), test).unwrap();
                let back = count_test(exposed(second, 1.0), exposed(first, years), test).unwrap();
                prop_assert!((forth.larger - back.smaller).abs() < 1e-9, "{test:?}");
                prop_assert!((forth.two_sided - back.two_sided).abs() < 1e-9, "{test:?}");
            }
        }

        #[test]
        fn comparison_of_the_product_is_the_conditional_test(first in 0_u64..90, second in 1_u64..90, years in 0.1..10.0_f64) {
            let (one, other) = (exposed(first, years), exposed(second, 1.0));
            let comparison = compare_counts(one, other).unwrap();
            let exact_p = count_test(one, other, CountTest::Conditional).unwrap().two_sided;
            let mid_p = count_test(one, other, CountTest::MidP).unwrap();
            prop_assert_eq!(comparison.exact_p, exact_p);
            prop_assert!((comparison.mid_p - (2.0 * mid_p.larger.min(mid_p.smaller)).min(1.0)).abs() < 1e-9);
        }
    }
}
