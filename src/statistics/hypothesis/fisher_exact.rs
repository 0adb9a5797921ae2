//! Fisher's exact test of a table whose counts are too small for a normal deviate.
//!
//! In: an [`EffectTable`]. Out: the probabilities of such a split of the events, given both margins, when nothing
//! has an effect. No estimate and no limits: those are given by `ratio_of_ratios`.

use crate::statistics::distribution::count_distribution::CountDistribution;
use crate::statistics::effect::effect_table::EffectTable;

/// Probabilities given the margins of the table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FisherExact {
    /// Of every table no likelier than the one seen.
    pub two_sided: f64,
    /// Of at most as many events after, in the treated place, as were seen: small where events fell.
    pub less: f64,
    /// Of at least as many: small where events rose.
    pub greater: f64,
}

/// Above this total the walk over the tables would be long, and no count of events is so large.
const LARGEST_TOTAL: u64 = 100_000_000;

/// Two tables that mirror each other are equally likely; rounding must not part them.
const TIE: f64 = 1.0 + 1e-7;

/// Fisher's exact test; `None` above a total of 10⁸.
///
/// A margin of 0 leaves one table only, hence probabilities of 1.
///
/// # Example
/// The lady tasting tea, three of four right: 17/70 for as many or more, both tails alike.
/// ```
/// use binhyen::statistics::{BeforeAfter, EffectTable, fisher_exact};
/// let tea = EffectTable {
///     treated: BeforeAfter { before: 1, after: 3 },
///     comparison: BeforeAfter { before: 3, after: 1 },
/// };
/// let test = fisher_exact(tea).unwrap();
/// assert!((test.greater - 17.0 / 70.0).abs() < 1e-15);
/// assert!((test.two_sided - 34.0 / 70.0).abs() < 1e-15);
/// # Ok::<(), binhyen::statistics::ConfidenceLevelOutOfRange>(())
/// ```
///
/// # Reference
/// R. A. Fisher, "The Design of Experiments" (1935), chapter 2; the two-sided rule is that of P. Armitage and
/// G. Berry, also used by `scipy.stats.fisher_exact`.
pub fn fisher_exact(table: EffectTable) -> Option<FisherExact> {
    let (treated, comparison) = (table.treated, table.comparison);
    let total = [treated.after, treated.before, comparison.after, comparison.before]
        .into_iter()
        .try_fold(0_u64, u64::checked_add)
        .filter(|total| *total <= LARGEST_TOTAL)?;
    let split = TableMargins { total, row: treated.after + treated.before, column: treated.after + comparison.after };
    let chance = split.distribution();
    let limit = chance.probability(treated.after) * TIE;
    let no_likelier = chance.counts().map(|(_, probability)| probability).filter(|probability| *probability <= limit);
    Some(FisherExact {
        two_sided: no_likelier.sum::<f64>().min(1.0),
        less: chance.at_most(treated.after),
        greater: chance.at_least(treated.after),
    })
}

/// The margins of a table.
struct TableMargins {
    total: u64,
    row: u64,
    column: u64,
}

impl TableMargins {
    /// The hypergeometric distribution of the first cell.
    fn distribution(&self) -> CountDistribution {
        let (least, most) = ((self.row + self.column).saturating_sub(self.total), self.row.min(self.column));
        // The mode of a hypergeometric count is ⌊(row + 1)(column + 1)/(total + 2)⌋: there `rise` passes 1.
        let likeliest = (self.row + 1) as f64 * (self.column + 1) as f64 / (self.total + 2) as f64;
        CountDistribution::around((likeliest as u64).clamp(least, most), least..=most, |count| self.rise(count))
    }

    /// How many times likelier `count` + 1 is than `count`.
    fn rise(&self, count: u64) -> f64 {
        // The quotient of neighbouring hypergeometric probabilities; all factorials cancel to four numbers.
        let (ways, left) = ((self.row - count) as f64 * (self.column - count) as f64, (count + 1) as f64);
        ways / (left * (self.total + count + 1 - self.row - self.column) as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::effect::effect_table::BeforeAfter;
    use proptest::prelude::*;

    fn table(treated: (u64, u64), comparison: (u64, u64)) -> EffectTable {
        let pair = |(before, after)| BeforeAfter { before, after };
        EffectTable { treated: pair(treated), comparison: pair(comparison) }
    }

    #[test]
    fn empty_margin_leaves_one_table() {
        for certain in [EffectTable::default(), table((0, 0), (5, 4)), table((0, 3), (0, 4))] {
            assert_eq!(fisher_exact(certain), Some(FisherExact { two_sided: 1.0, less: 1.0, greater: 1.0 }));
        }
    }

    #[test]
    fn total_beyond_all_counting_has_no_answer() {
        assert_eq!(fisher_exact(table((u64::MAX, 1), (1, 1))), None);
        assert_eq!(fisher_exact(table((LARGEST_TOTAL, 1), (1, 1))), None);
    }

    #[test]
    fn hopeless_table_has_probability_zero_and_no_nan() {
        let test = fisher_exact(table((0, 100_000), (100_000, 0))).unwrap();
        assert_eq!((test.two_sided, test.greater, test.less), (0.0, 0.0, 1.0));
    }

    /// By binomial coefficients in whole numbers.
    fn direct(a: u64, b: u64, c: u64, d: u64) -> f64 {
        let ways = |n: u64, k: u64| (0..k).fold(1_u128, |ways, i| ways * u128::from(n - i) / u128::from(i + 1));
        let weight = |first: u64| ways(a + b, first) * ways(c + d, a + c - first);
        let (least, most) = ((a + c).saturating_sub(c + d), (a + b).min(a + c));
        let (seen, all): (u128, u128) = (weight(a), (least..=most).map(weight).sum());
        (least..=most).map(weight).filter(|weight| *weight <= seen).sum::<u128>() as f64 / all as f64
    }

    proptest! {
        #[test]
        fn two_sided_is_the_sum_of_its_definition(a in 0_u64..15, b in 0_u64..15, c in 0_u64..15, d in 0_u64..15) {
            let test = fisher_exact(table((b, a), (d, c))).unwrap();
            prop_assert!((test.two_sided - direct(a, b, c, d)).abs() < 1e-12);
        }

        #[test]
        fn tails_hold_the_table_seen_twice(a in 0_u64..300, b in 0_u64..300, c in 0_u64..300, d in 0_u64..300) {
            let test = fisher_exact(table((b, a), (d, c))).unwrap();
            prop_assert!(test.less + test.greater > 1.0 - 1e-12);
            prop_assert!(test.two_sided >= test.less.min(test.greater) - 1e-12);
            let mirrored = fisher_exact(table((a, b), (c, d))).unwrap();
            prop_assert!((mirrored.less - test.greater).abs() < 1e-12);
        }
    }
}
