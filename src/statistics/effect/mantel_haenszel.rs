//! One ratio from many small tables that are each too small to speak.
//!
//! In: an [`EffectTable`] per place (stratum). Out: the pooled ratio with limits that hold both for few large and
//! for many sparse tables. It does not test whether the places have one common ratio at all.

use super::effect_table::{EffectTable, FourfoldCells, RatioEstimate};
use crate::statistics::distribution::confidence_level::ConfidenceLevel;

/// The pooled ratio of ratios over strata: Σ ad/n / Σ bc/n, limits by Robins, Breslow and Greenland.
///
/// With a, b after and before of the treated place, c, d of its comparison, n their sum. A stratum without any
/// event is left out; an empty cell needs no correction. `None` where Σ ad/n or Σ bc/n is 0.
///
/// # Example
/// A single stratum gives its own ratio: 40 → 20 against 30 → 30.
/// ```
/// use binhyen::statistics::{BeforeAfter, EffectTable, ConfidenceLevel, mantel_haenszel};
/// let table = EffectTable {
///     treated: BeforeAfter { before: 40, after: 20 },
///     comparison: BeforeAfter { before: 30, after: 30 },
/// };
/// let pooled = mantel_haenszel(&[table], ConfidenceLevel::new(0.95)?).unwrap();
/// assert!((pooled.ratio - 0.5).abs() < 1e-15);
/// # Ok::<(), binhyen::statistics::ConfidenceLevelOutOfRange>(())
/// ```
///
/// # Reference
/// N. Mantel and W. Haenszel, Journal of the National Cancer Institute 22 (1959); J. Robins, N. Breslow and
/// S. Greenland, "Estimators of the Mantel–Haenszel variance consistent in both sparse data and large-strata
/// limiting models", Biometrics 42 (1986), equation 3.
pub fn mantel_haenszel(strata: &[EffectTable], level: ConfidenceLevel) -> Option<RatioEstimate> {
    let sums = strata.iter().filter_map(|table| Products::of(*table)).fold(Products::default(), Products::plus);
    let (r, s) = (sums.rising, sums.falling);
    if r <= 0.0 || s <= 0.0 {
        return None;
    }
    // Robins, Breslow and Greenland 1986: consistent for few large and for many sparse tables alike.
    let variance = sums.p_rising / (2.0 * r * r) + sums.mixed / (2.0 * r * s) + sums.q_falling / (2.0 * s * s);
    RatioEstimate::of_logarithm((r / s).ln(), variance, level)
}

/// R = ad/n, S = bc/n and their products with P = (a + d)/n and Q = (b + c)/n.
#[derive(Debug, Clone, Copy, Default)]
struct Products {
    rising: f64,
    falling: f64,
    p_rising: f64,
    mixed: f64,
    q_falling: f64,
}

impl Products {
    fn of(table: EffectTable) -> Option<Self> {
        let FourfoldCells { a, b, c, d } = table.cells();
        let n = a + b + c + d;
        let (p, q, r, s) = ((a + d) / n, (b + c) / n, a * d / n, b * c / n);
        (n > 0.0).then_some(Self { rising: r, falling: s, p_rising: p * r, mixed: p * s + q * r, q_falling: q * s })
    }

    fn plus(self, other: Self) -> Self {
        Self {
            rising: self.rising + other.rising,
            falling: self.falling + other.falling,
            p_rising: self.p_rising + other.p_rising,
            mixed: self.mixed + other.mixed,
            q_falling: self.q_falling + other.q_falling,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::ZeroCells;
    use crate::statistics::effect::effect_table::test_tables::{level, table};
    use crate::statistics::ratio_of_ratios;
    use proptest::prelude::*;

    #[test]
    fn nothing_to_pool_has_no_ratio() {
        assert_eq!(mantel_haenszel(&[], level()), None);
        assert_eq!(mantel_haenszel(&[EffectTable::default()], level()), None);
        assert_eq!(mantel_haenszel(&[table((3, 0), (2, 2)), table((1, 0), (4, 1))], level()), None);
    }

    #[test]
    fn stratum_without_events_is_as_if_absent() {
        let strata = [table((3, 1), (2, 2)), table((0, 2), (4, 1))];
        let with = [strata[0], EffectTable::default(), strata[1]];
        assert_eq!(mantel_haenszel(&with, level()), mantel_haenszel(&strata, level()));
    }

    #[test]
    fn empty_cell_in_one_stratum_does_not_spoil_the_pool() {
        let strata = [table((3, 0), (2, 2)), table((4, 3), (5, 6))];
        // Σ ad/n = 0 + 3·5/18, Σ bc/n = 3·2/7 + 4·6/18.
        let expected = (15.0 / 18.0) / (6.0 / 7.0 + 24.0 / 18.0);
        assert!((mantel_haenszel(&strata, level()).unwrap().ratio / expected - 1.0).abs() < 1e-14);
    }

    proptest! {
        #[test]
        fn single_stratum_gives_the_ratio_and_error_of_woolf(
            a in 1_u64..300, b in 1_u64..300, c in 1_u64..300, d in 1_u64..300,
        ) {
            let one = table((a, b), (c, d));
            let (pooled, own) = (
                mantel_haenszel(&[one], level()).unwrap(),
                ratio_of_ratios(one, ZeroCells::NoAnswer, level()).unwrap(),
            );
            prop_assert!((pooled.ratio / own.ratio - 1.0).abs() < 1e-12);
            prop_assert!((pooled.log_standard_error / own.log_standard_error - 1.0).abs() < 1e-12);
        }

        #[test]
        fn order_of_the_strata_does_not_matter(
            counts in proptest::collection::vec((0_u64..40, 0_u64..40, 0_u64..40, 1_u64..40), 1..12),
        ) {
            let strata: Vec<EffectTable> = counts.iter().map(|&(a, b, c, d)| table((a, b), (c, d))).collect();
            let reversed: Vec<EffectTable> = strata.iter().rev().copied().collect();
            match (mantel_haenszel(&strata, level()), mantel_haenszel(&reversed, level())) {
                (Some(one), Some(other)) => prop_assert!((one.ratio / other.ratio - 1.0).abs() < 1e-12),
                (one, other) => prop_assert_eq!(one, other),
            }
        }
    }
}
