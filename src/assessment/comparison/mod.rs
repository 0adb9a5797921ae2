//! One rate against another: areas in pairs, two periods of one area, an area and the rest of a group.
//!
//! In: counts and person-years as far as the role may see them. Out: the ratio of the rates and what chance allows,
//! with q over all that are compared at once. A hidden count hides everything that is computed from it.
//! No order of merit: whoever reads decides.

pub mod comparison_sentence;
pub mod reference;

pub use super::rating::clarity::Clarity;
use super::rating::measured::{MEASURED_LEVEL, Measured};
use crate::statistics::rate_ratio;
use crate::statistics::{AreaPosition, ConfidenceLevel, benjamini_hochberg, compare_counts};

/// One area against another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AreaPair {
    /// The first among those compared.
    pub first: AreaPosition,
    /// The second.
    pub second: AreaPosition,
    /// What can be said; absent where a count is hidden, nobody lives, or nothing happened.
    pub difference: Option<Difference>,
}

/// The rate of the first against that of the second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// Rate per 100,000 person-years of the first less that of the second.
    pub rate_difference: f64,
    /// First rate over second; absent when nothing happened in the second.
    pub rate_ratio: Option<f64>,
    /// Lower limit of the ratio.
    pub low: f64,
    /// Upper limit of the ratio; absent when it is unbounded.
    pub high: Option<f64>,
    /// Two-sided exact conditional probability.
    pub p: f64,
    /// The same adjusted over all pairs, by Benjamini and Hochberg.
    pub q: f64,
    /// Whether the limits leave no room for equal rates, and q, over all pairs, neither.
    pub clear: Clarity,
}

/// Every pair, the earlier named first.
pub fn pairs(compared: &[Measured]) -> Vec<AreaPair> {
    let area_indices =
        (0..compared.len()).flat_map(|first| (first + 1..compared.len()).map(move |second| (first, second)));
    let mut pairs: Vec<AreaPair> = area_indices
        .map(|(first, second)| AreaPair {
            first: AreaPosition::new(first),
            second: AreaPosition::new(second),
            difference: difference(compared[first], compared[second]),
        })
        .collect();
    hold_over_all(pairs.iter_mut().filter_map(|pair| pair.difference.as_mut()));
    pairs
}

/// The rates of one area in two periods.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// In the first period.
    pub first: Measured,
    /// What was measured in the second period.
    pub second: Measured,
    /// The second against the first.
    pub difference: Option<Difference>,
}

/// The change of every area between two periods.
pub fn changes(periods: &[(Measured, Measured)]) -> Vec<Change> {
    let change =
        |&(first, second): &(Measured, Measured)| Change { first, second, difference: difference(second, first) };
    let mut changes: Vec<Change> = periods.iter().map(change).collect();
    hold_over_all(changes.iter_mut().filter_map(|change| change.difference.as_mut()));
    changes
}

/// The first rate against the second; q is p as long as nothing else is compared.
pub fn difference(first: Measured, second: Measured) -> Option<Difference> {
    let (one, two) = (first.exposed()?, second.exposed()?);
    let ratio = rate_ratio(one, two, ConfidenceLevel::new(MEASURED_LEVEL).ok()?)?;
    let p = compare_counts(one, two)?.exact_p;
    let mut found = Difference {
        rate_difference: first.rate()?.value - second.rate()?.value,
        rate_ratio: ratio.ratio,
        low: ratio.low,
        high: ratio.high,
        p,
        q: p,
        clear: match (ratio.excludes_one(), ratio.low > 1.0) {
            (false, _) => Clarity::Unclear,
            (true, true) => Clarity::Higher,
            (true, false) => Clarity::Lower,
        },
    };
    found.hold();
    Some(found)
}

impl Difference {
    /// One pair of fifteen may differ by chance at a level that is meant for one: q decides as well.
    fn hold(&mut self) {
        if self.q > 1.0 - MEASURED_LEVEL {
            self.clear = Clarity::Unclear;
        }
    }
}

fn hold_over_all<'a>(compared: impl Iterator<Item = &'a mut Difference>) {
    let compared: Vec<&mut Difference> = compared.collect();
    let p_values: Vec<f64> = compared.iter().map(|difference| difference.p).collect();
    let q_values = benjamini_hochberg(&p_values).unwrap_or(p_values);
    for (difference, q) in compared.into_iter().zip(q_values) {
        difference.q = q;
        difference.hold();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn measured(incidents: u32, person_years: f64) -> Measured {
        Measured { incidents: Some(incidents), residents: None, person_years: Some(person_years) }
    }

    #[test]
    fn six_against_none_is_clear_alone_and_not_among_many() {
        let alone = changes(&[(measured(0, 1000.0), measured(6, 1000.0))]);
        let found = alone[0].difference.unwrap();
        // Two-sided: 2 / 2⁶.
        assert!((found.p - 2.0 / 64.0).abs() < 1e-12 && found.q == found.p);
        assert_eq!((found.rate_ratio, found.rate_difference), (None, 600.0));
        assert_eq!(found.clear, Clarity::Higher);
        let quiet = (measured(5, 1000.0), measured(5, 1000.0));
        let among = changes(&[(measured(0, 1000.0), measured(6, 1000.0)), quiet, quiet]);
        let held = among[0].difference.unwrap();
        assert!((held.q - 3.0 * held.p).abs() < 1e-12);
        assert_eq!(held.clear, Clarity::Unclear);
    }

    #[test]
    fn rates_of_periods_of_unlike_length_are_per_person_year() {
        // Ten in one year and thirty in three are the same rate.
        let change = changes(&[(measured(10, 5000.0), measured(30, 15_000.0))])[0].difference.unwrap();
        assert!((change.rate_ratio.unwrap() - 1.0).abs() < 1e-12 && change.rate_difference.abs() < 1e-9);
        assert_eq!(change.clear, Clarity::Unclear);
    }

    #[test]
    fn nothing_to_compare_is_no_difference() {
        assert!(changes(&[]).is_empty() && pairs(&[]).is_empty() && pairs(&[measured(1, 1.0)]).is_empty());
        assert_eq!(difference(measured(0, 10.0), measured(0, 10.0)), None);
        assert_eq!(difference(Measured { incidents: None, ..measured(0, 1.0) }, measured(3, 1.0)), None);
        assert_eq!(difference(measured(3, 0.0), measured(3, 1.0)), None);
    }

    proptest! {
        #[test]
        fn clear_changes_keep_within_limits_and_q(
            counts in prop::collection::vec((0_u32..60, 0_u32..60), 1..12), years in 100.0..9000.0_f64,
        ) {
            let periods: Vec<_> = counts.iter().map(|(a, b)| (measured(*a, years), measured(*b, 1000.0))).collect();
            for found in changes(&periods).iter().filter_map(|change| change.difference) {
                prop_assert!(found.q >= found.p * (1.0 - 1e-12));
                if found.clear != Clarity::Unclear {
                    prop_assert!(found.q <= 0.05 && (found.low > 1.0 || found.high.unwrap() < 1.0));
                }
            }
        }
    }
}
