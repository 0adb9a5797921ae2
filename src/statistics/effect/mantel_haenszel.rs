//! One ratio from many small tables that are each too small to speak.
//!
//! In: an [`EffectTable`] per place (stratum). Out: the pooled ratio with limits that hold both for few large and
//! for many sparse tables, and, where asked for, for places that spread beyond Poisson. It does not test whether the
//! places have one common ratio at all.

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
    let sums = Products::summed(strata)?;
    RatioEstimate::of_logarithm(sums.logarithm(), sums.variance(), level)
}

/// The pooled ratio with the larger of two errors: that of Poisson counts and that which the strata show.
///
/// The second is the variance of the estimating function of the pooled ratio ψ, K/(K − 1) · Σ (ad/n − ψ·bc/n)² over
/// (Σ ad/n)², K the strata with an event before or after at both places: it grows where the years of one place are less
/// alike than chance makes them, which that of Robins, Breslow and Greenland does not see. With few strata it is often
/// too small, hence the larger of both. `None` where [`mantel_haenszel`] is.
///
/// # Example
/// Two strata that say ¼ and 1 of like size: ψ = ½, and each is as far from it as the other.
/// ```
/// use binhyen::statistics::{BeforeAfter, EffectTable, ConfidenceLevel, mantel_haenszel_clustered};
/// let pair = |before, after| BeforeAfter { before, after };
/// let strata = [
///     EffectTable { treated: pair(80, 20), comparison: pair(40, 40) },
///     EffectTable { treated: pair(40, 40), comparison: pair(40, 40) },
/// ];
/// let pooled = mantel_haenszel_clustered(&strata, ConfidenceLevel::new(0.95)?).unwrap();
/// let (r, s) = ([20.0_f64 * 40.0 / 180.0, 10.0], [80.0 * 40.0 / 180.0, 10.0]);
/// let (sum, ratio) = (r[0] + r[1], (r[0] + r[1]) / (s[0] + s[1]));
/// let squares = (r[0] - ratio * s[0]).powi(2) + (r[1] - ratio * s[1]).powi(2);
/// assert!((pooled.log_standard_error - (2.0 * squares).sqrt() / sum).abs() < 1e-12);
/// # Ok::<(), binhyen::statistics::ConfidenceLevelOutOfRange>(())
/// ```
///
/// # Reference
/// K.-Y. Liang, "Odds ratio inference with dependent data", Biometrika 72 (1985).
pub fn mantel_haenszel_clustered(strata: &[EffectTable], level: ConfidenceLevel) -> Option<RatioEstimate> {
    let sums = Products::summed(strata)?;
    let ratio = sums.rising / sums.falling;
    let speaking = strata.iter().filter(|table| table.treated.total() > 0.0 && table.comparison.total() > 0.0);
    let products: Vec<Products> = speaking.filter_map(|table| Products::of(*table)).collect();
    let squares: f64 = products.iter().map(|of| (of.rising - ratio * of.falling).powi(2)).sum();
    let clusters = products.len() as f64;
    let between = if clusters > 1.0 { clusters / (clusters - 1.0) * squares / sums.rising.powi(2) } else { 0.0 };
    RatioEstimate::of_logarithm(sums.logarithm(), sums.variance().max(between), level)
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
    /// The sums over strata; `None` where no stratum rises or none falls.
    fn summed(strata: &[EffectTable]) -> Option<Self> {
        let sums = strata.iter().filter_map(|table| Self::of(*table)).fold(Self::default(), Self::plus);
        (sums.rising > 0.0 && sums.falling > 0.0).then_some(sums)
    }

    fn logarithm(self) -> f64 {
        (self.rising / self.falling).ln()
    }

    /// Robins, Breslow and Greenland 1986: consistent for few large and for many sparse tables alike.
    fn variance(self) -> f64 {
        let (r, s) = (self.rising, self.falling);
        self.p_rising / (2.0 * r * r) + self.mixed / (2.0 * r * s) + self.q_falling / (2.0 * s * s)
    }

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
        fn clustered_error_is_never_below_that_of_poisson_counts(
            counts in proptest::collection::vec((0_u64..40, 0_u64..40, 0_u64..40, 1_u64..40), 1..12),
        ) {
            let strata: Vec<EffectTable> = counts.iter().map(|&(a, b, c, d)| table((a, b), (c, d))).collect();
            match (mantel_haenszel(&strata, level()), mantel_haenszel_clustered(&strata, level())) {
                (Some(plain), Some(clustered)) => {
                    prop_assert_eq!(plain.ratio, clustered.ratio);
                    prop_assert!(clustered.log_standard_error >= plain.log_standard_error);
                }
                (plain, clustered) => prop_assert_eq!(plain, clustered),
            }
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
