//! Did events fall more where something was done than where nothing was?
//!
//! In: an [`EffectTable`] of equal windows. Out: the ratio of the two changes with limits. The ratio knows only
//! counts: that places are chosen because they were bad, and would have calmed by themselves, it does not know.

use super::effect_table::{EffectTable, FourfoldCells, RatioEstimate};
use crate::statistics::distribution::confidence_level::ConfidenceLevel;

/// What an empty cell does to the ratio.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ZeroCells {
    /// There is no ratio.
    NoAnswer,
    /// Every cell of a table with an empty one grows by one half (Haldane 1956; Anscombe 1956).
    AddHalf,
}

/// (after/before treated) / (after/before compared), with limits on the logarithm.
///
/// The variance of the logarithm is Woolf's sum of 1/count over the four cells. `None` where a place or a
/// window has no event at all: such a table says nothing, and no correction makes it speak. `None` too for
/// any other empty cell, unless `zero_cells` requests the correction.
///
/// # Example
/// 40 → 20 against 30 → 30: ratio ½, s² = 1/40 + 1/20 + 1/30 + 1/30.
/// ```
/// use binhyen::statistics::{BeforeAfter, EffectTable, ConfidenceLevel, ZeroCells, ratio_of_ratios};
/// let table = EffectTable {
///     treated: BeforeAfter { before: 40, after: 20 },
///     comparison: BeforeAfter { before: 30, after: 30 },
/// };
/// let effect = ratio_of_ratios(table, ZeroCells::NoAnswer, ConfidenceLevel::new(0.95)?).unwrap();
/// assert!((effect.ratio - 0.5).abs() < 1e-15);
/// assert!((effect.log_standard_error.powi(2) - 17.0 / 120.0).abs() < 1e-15);
/// # Ok::<(), binhyen::statistics::ConfidenceLevelOutOfRange>(())
/// ```
///
/// # Reference
/// B. Woolf, "On estimating the relation between blood group and disease", Annals of Human Genetics 19 (1955).
pub fn ratio_of_ratios(table: EffectTable, zero_cells: ZeroCells, level: ConfidenceLevel) -> Option<RatioEstimate> {
    let FourfoldCells { a, b, c, d } = table.cells();
    let margins = [a + b, c + d, a + c, b + d];
    if margins.contains(&0.0) {
        return None;
    }
    let [a, b, c, d] = match zero_cells {
        ZeroCells::AddHalf if [a, b, c, d].contains(&0.0) => [a, b, c, d].map(|count| count + 0.5),
        _ => [a, b, c, d],
    };
    RatioEstimate::of_logarithm((a / b / (c / d)).ln(), 1.0 / a + 1.0 / b + 1.0 / c + 1.0 / d, level)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::effect::effect_table::test_tables::{level, table};
    use proptest::prelude::*;

    #[test]
    fn empty_cell_has_no_ratio_unless_the_half_is_asked_for() {
        let quiet_after = table((3, 0), (5, 4));
        assert_eq!(ratio_of_ratios(quiet_after, ZeroCells::NoAnswer, level()), None);
        let corrected = ratio_of_ratios(quiet_after, ZeroCells::AddHalf, level()).unwrap();
        assert!((corrected.ratio - (0.5 / 3.5) / (4.5 / 5.5)).abs() < 1e-15);
    }

    #[test]
    fn full_table_is_not_corrected() {
        let full = table((12, 7), (40, 38));
        let [plain, half] =
            [ZeroCells::NoAnswer, ZeroCells::AddHalf].map(|zeros| ratio_of_ratios(full, zeros, level()));
        assert_eq!(plain, half);
    }

    #[test]
    fn place_or_window_without_events_says_nothing() {
        for silent in [table((0, 0), (5, 4)), table((5, 4), (0, 0)), table((0, 3), (0, 4)), table((3, 0), (4, 0))] {
            assert_eq!(ratio_of_ratios(silent, ZeroCells::AddHalf, level()), None, "{silent:?}");
        }
        assert_eq!(ratio_of_ratios(EffectTable::default(), ZeroCells::AddHalf, level()), None);
    }

    proptest! {
        #[test]
        fn exchanging_the_places_inverts_the_ratio(a in 1_u64..500, b in 1_u64..500, c in 1_u64..500, d in 1_u64..500) {
            let forth = ratio_of_ratios(table((a, b), (c, d)), ZeroCells::NoAnswer, level()).unwrap();
            let back = ratio_of_ratios(table((c, d), (a, b)), ZeroCells::NoAnswer, level()).unwrap();
            prop_assert!((forth.ratio * back.ratio - 1.0).abs() < 1e-12);
            prop_assert!((forth.limits.low * back.limits.high - 1.0).abs() < 1e-12);
            prop_assert!((forth.p - back.p).abs() < 1e-12);
        }

        #[test]
        fn twice_the_counts_keep_the_ratio_and_narrow_the_limits(a in 1_u64..500, b in 1_u64..500, c in 1_u64..500) {
            let once = ratio_of_ratios(table((a, b), (c, c)), ZeroCells::NoAnswer, level()).unwrap();
            let twice = ratio_of_ratios(table((2 * a, 2 * b), (2 * c, 2 * c)), ZeroCells::NoAnswer, level()).unwrap();
            prop_assert!((once.ratio / twice.ratio - 1.0).abs() < 1e-12);
            prop_assert!((once.log_standard_error / twice.log_standard_error - 2_f64.sqrt()).abs() < 1e-12);
        }
    }
}
