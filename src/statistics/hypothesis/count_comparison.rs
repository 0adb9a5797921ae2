//! Is one count larger than another beyond chance, given their exposures?
//!
//! In: two counts with person-years. Out: two-sided p-values of the exact
//! conditional test and its mid-P form. No interval and no decision: how many
//! areas are compared, and at what level, is the caller's business.

use std::ops::Range;

use crate::statistics::distribution::binomial_tail::at_least;
use crate::statistics::distribution::ln_factorial::ln_factorial;
use crate::statistics::rates::ExposedCount;

/// Two-sided p-values for "both rates are the same".
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CountComparison {
    /// Exact conditional p: the probability of every split that is no likelier than the one seen.
    pub exact_p: f64,
    /// Twice the smaller one-sided mid-P, at most 1: less cautious, closer to its level on average.
    ///
    /// One-sided mid-P counts half the probability of the split seen. This is the form of textbooks and of epitools;
    /// statsmodels takes half that probability off `exact_p` instead, which two equally likely splits make larger
    /// ([`CountTest::MidP`](super::count_tests::CountTest::MidP) gives that form).
    pub mid_p: f64,
}

/// Compares two counts given their total: under equal rates the first is binomial.
///
/// With n = k₁ + k₂ and share t₁/(t₁ + t₂) of the exposure. `None` unless both
/// exposures are positive and finite. Without events nothing speaks against
/// equality: both p-values are 1.
///
/// # Example
/// Six events against none with equal exposure: 2/2⁶, and twice the half of 1/2⁶.
/// ```
/// use binhyen::statistics::{ExposedCount, compare_counts};
/// let year = |count| ExposedCount { count, person_years: 1.0 };
/// let comparison = compare_counts(year(6), year(0)).unwrap();
/// assert!((comparison.exact_p - 2.0 / 64.0).abs() < 1e-12);
/// assert!((comparison.mid_p - 1.0 / 64.0).abs() < 1e-12);
/// ```
///
/// # Reference
/// J. Przyborowski, H. Wilenski, "Homogeneity of results in testing samples from
/// Poisson series", Biometrika 31 (1940); mid-P: H. O. Lancaster, J. Am. Stat. Assoc. 56 (1961); two-sided:
/// K. J. Rothman, S. Greenland, "Modern Epidemiology" (1998), chapter 14.
pub fn compare_counts(first: ExposedCount, second: ExposedCount) -> Option<CountComparison> {
    let split = Split::of(first, second)?;
    if split.events == 0 {
        return Some(CountComparison { exact_p: 1.0, mid_p: 1.0 });
    }
    let exact_p = split.no_likelier_than(first.count);
    let half = split.probability(first.count) / 2.0;
    let one_sided = split.up_to(first.count).min(split.from(first.count)) - half;
    Some(CountComparison { exact_p: exact_p.clamp(0.0, 1.0), mid_p: (2.0 * one_sided).clamp(0.0, 1.0) })
}

/// The binomial distribution of the first count given the total.
pub(in crate::statistics) struct Split {
    events: u64,
    share: f64,
    /// 1 − `share`, kept as such so that a share near 1 loses no digits.
    other_share: f64,
    ln_share: f64,
    ln_other_share: f64,
    /// Of the number of events.
    ln_factorial: f64,
}

/// Two splits that mirror each other have equal probabilities; rounding must not
/// part them. The same slack is usual in statistical packages.
const TIE: f64 = 1.0 + 1e-7;

impl Split {
    /// `None` unless both exposures are positive and finite.
    pub(in crate::statistics) fn of(first: ExposedCount, second: ExposedCount) -> Option<Self> {
        let (first_exposure, second_exposure) = (first.exposure()?, second.exposure()?);
        let total = first_exposure + second_exposure;
        let events = first.count.checked_add(second.count)?;
        let (share, other_share) = (first_exposure / total, second_exposure / total);
        Some(Self {
            events,
            share,
            other_share,
            ln_share: share.ln(),
            ln_other_share: other_share.ln(),
            ln_factorial: ln_factorial(events),
        })
    }

    /// P(first = `count`).
    pub(in crate::statistics) fn probability(&self, count: u64) -> f64 {
        let others = self.events - count;
        let ways = self.ln_factorial - ln_factorial(count) - ln_factorial(others);
        (ways + times(count, self.ln_share) + times(others, self.ln_other_share)).exp()
    }

    /// P(first ≤ `count`).
    pub(in crate::statistics) fn up_to(&self, count: u64) -> f64 {
        if count >= self.events {
            return 1.0;
        }
        at_least(self.events, self.events - count, self.other_share, self.share, self.probability(count))
    }

    /// P(first ≥ `count`).
    pub(in crate::statistics) fn from(&self, count: u64) -> f64 {
        if count == 0 {
            return 1.0;
        }
        at_least(self.events, count, self.share, self.other_share, self.probability(count))
    }

    /// The summed probability of all splits no likelier than `count`.
    pub(in crate::statistics) fn no_likelier_than(&self, count: u64) -> f64 {
        let mean = self.events as f64 * self.share;
        let limit = self.probability(count) * TIE;
        // The two sides are nearly alike.
        let mirror = (2.0 * mean - count as f64).max(0.0).round() as u64;
        if (count as f64) < mean {
            // Probabilities fall from the mean upwards: the far tail starts at the first that is small enough.
            let beyond = self.events + 1;
            let start = first_where(mean.ceil() as u64..beyond, mirror, |k| self.probability(k) <= limit);
            self.up_to(count) + if start > self.events { 0.0 } else { self.from(start) }
        } else if count as f64 > mean {
            let above_mean = mean.floor() as u64 + 1;
            let end = first_where(0..above_mean, mirror, |k| self.probability(k) > limit);
            self.from(count) + if end == 0 { 0.0 } else { self.up_to(end - 1) }
        } else {
            1.0
        }
    }
}

/// k·ln p with 0·ln 0 = 0.
fn times(k: u64, ln_p: f64) -> f64 {
    if k == 0 { 0.0 } else { k as f64 * ln_p }
}

/// The first number of a range for which `holds`, else its end; `holds` must not turn false again. The search begins at
/// a guess and widens until it has met both answers.
fn first_where(range: Range<u64>, guess: u64, holds: impl Fn(u64) -> bool) -> u64 {
    let Range { start: mut low, end: mut high } = range;
    let (mut probe, mut reach) = (guess, 1_u64);
    let (mut held, mut failed) = (false, false);
    // The answer lies in `low..=high` before each turn, and each turn cuts at least one number off. From a good
    // guess the reach doubles until one probe holds and one fails; from then on the rest is halved.
    while low < high {
        let at = if held && failed { low + (high - low) / 2 } else { probe.clamp(low, high - 1) };
        if holds(at) {
            (high, held, probe) = (at, true, at.saturating_sub(reach));
        } else {
            (low, failed, probe) = (at + 1, true, at.saturating_add(reach));
        }
        reach = reach.saturating_mul(2);
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn exposed(count: u64, person_years: f64) -> ExposedCount {
        ExposedCount { count, person_years }
    }

    #[test]
    fn published_comparison_is_met() {
        // Gu, Ng, Tang, Schucany 2008, example 1: one-sided exact 0.000428, so that two-sided is below twice that.
        let comparison = compare_counts(exposed(60, 51_477.5), exposed(30, 54_308.7)).unwrap();
        assert!((comparison.exact_p - 0.000_675_182_658).abs() < 1e-9, "{comparison:?}");
    }

    #[test]
    fn mid_p_is_twice_the_smaller_tail() {
        // The same pair, one-sided mid-P 0.000310 (0.00031013 in statsmodels); and 3 against 1 by hand: (1 + 4/2)/16.
        let published = compare_counts(exposed(60, 51_477.5), exposed(30, 54_308.7)).unwrap();
        assert!((published.mid_p - 2.0 * 0.000_310_132_441_982_856).abs() < 1e-12, "{published:?}");
        let by_hand = compare_counts(exposed(3, 1.0), exposed(1, 1.0)).unwrap();
        assert!((by_hand.mid_p - 2.0 * 3.0 / 16.0).abs() < 1e-12);
        assert_eq!(compare_counts(exposed(2, 1.0), exposed(2, 1.0)).unwrap().mid_p, 1.0);
    }

    #[test]
    fn equal_counts_of_equal_exposure_do_not_differ() {
        assert_eq!(compare_counts(exposed(7, 2.0), exposed(7, 2.0)).unwrap().exact_p, 1.0);
        assert_eq!(compare_counts(exposed(0, 2.0), exposed(0, 1.0)).unwrap().exact_p, 1.0);
    }

    #[test]
    fn place_without_exposure_cannot_be_compared() {
        assert_eq!(compare_counts(exposed(1, 0.0), exposed(1, 1.0)), None);
        assert_eq!(compare_counts(exposed(u64::MAX, 1.0), exposed(1, 1.0)), None);
    }

    /// The definition, summed split by split.
    fn direct_p(first: u64, second: u64, share: f64) -> f64 {
        let split = Split::of(exposed(first, share), exposed(second, 1.0 - share)).unwrap();
        let limit = split.probability(first) * TIE;
        (0..=first + second).map(|k| split.probability(k)).filter(|&p| p <= limit).sum()
    }

    #[test]
    fn first_is_found_from_any_guess() {
        for (first, guess) in [0, 3, 9, 10].into_iter().flat_map(|first| (0..14).map(move |guess| (first, guess))) {
            assert_eq!(first_where(0..10, guess, |k| k >= first), first, "{first} from {guess}");
        }
        assert_eq!(first_where(4..4, 9, |_| true), 4);
    }

    proptest! {
        #[test]
        fn p_value_is_the_sum_of_its_definition(first in 0_u64..80, second in 0_u64..80, share in 0.02..0.98_f64) {
            prop_assume!(first + second > 0);
            let comparison = compare_counts(exposed(first, share), exposed(second, 1.0 - share)).unwrap();
            prop_assert!((comparison.exact_p - direct_p(first, second, share).min(1.0)).abs() < 1e-9);
            prop_assert!((0.0..=1.0).contains(&comparison.mid_p));
        }

        #[test]
        fn swapping_the_places_changes_nothing(first in 0_u64..200, second in 0_u64..200, years in 0.1..10.0_f64) {
            let forth = compare_counts(exposed(first, years), exposed(second, 1.0)).unwrap();
            let back = compare_counts(exposed(second, 1.0), exposed(first, years)).unwrap();
            prop_assert!((forth.exact_p - back.exact_p).abs() < 1e-9);
            prop_assert!((forth.mid_p - back.mid_p).abs() < 1e-9);
        }
    }
}
