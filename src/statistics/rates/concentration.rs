//! How unevenly something is spread over areas.
//!
//! In: one number of at least 0 per area: a count, or a rate. Out: Gini's coefficient, Theil's T, and the share
//! that the highest areas hold. Every area counts the same, however many people live there.

/// Three measures of the same spread.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Concentration {
    /// Half the mean difference over the mean: 0 where all areas are alike, 1 − 1/n where one has all.
    pub gini: f64,
    /// Σ s·ln(n·s) over the shares s: 0 where all are alike, ln n where one has all.
    pub theil: f64,
    /// The share of the whole that the highest fifth of the areas holds.
    pub top_fifth: f64,
}

/// The measures of the values; `None` without a value, for one below 0 or not finite, and where all are 0.
///
/// # Example
/// Of five areas with 0, 1, 2, 3 and 4: Σᵢⱼ|xᵢ − xⱼ| = 40, Gini 40/(2·25·2), the highest one holds 4 of 10.
/// ```
/// use binhyen::statistics::concentration;
/// let spread = concentration(&[0.0, 1.0, 2.0, 3.0, 4.0]).unwrap();
/// assert!((spread.gini - 0.4).abs() < 1e-15);
/// assert!((spread.top_fifth - 0.4).abs() < 1e-15);
/// ```
///
/// # Reference
/// C. Gini 1912; H. Theil, "Economics and Information Theory" (1967), chapter 4.
pub fn concentration(values: &[f64]) -> Option<Concentration> {
    let ascending = ascending(values)?;
    let (areas, sum) = (ascending.len() as f64, ascending.iter().sum::<f64>());
    let ranked = |(index, value): (usize, &f64)| (2.0 * (index as f64 + 1.0) - areas - 1.0) * value;
    let share = |value: &f64| {
        let share = value / sum;
        if share > 0.0 { share * (areas * share).ln() } else { 0.0 }
    };
    Some(Concentration {
        // G = Σ (2i − n − 1)·xᵢ / (n·Σ xᵢ) over ascending values, i from 1: half the mean absolute difference over
        // the mean, without the n² pairs.
        gini: ascending.iter().enumerate().map(ranked).sum::<f64>() / (areas * sum),
        theil: ascending.iter().map(share).sum::<f64>().max(0.0),
        top_fifth: held_by_highest(&ascending, areas / 5.0) / sum,
    })
}

/// The share of the whole that the highest `share` of the areas holds; `None` as for [`concentration`], and for a
/// `share` outside 0 to 1.
///
/// Where the share is not a whole number of areas, the last one counts with the fraction that is left.
///
/// # Example
/// Three areas: a half of them is one and a half, hence 5 + 3/2 of 10.
/// ```
/// use binhyen::statistics::top_share;
/// assert_eq!(top_share(&[3.0, 5.0, 2.0], 0.5), Some(0.65));
/// ```
pub fn top_share(values: &[f64], share: f64) -> Option<f64> {
    let ascending = ascending(values)?;
    let sum: f64 = ascending.iter().sum();
    (0.0..=1.0).contains(&share).then(|| held_by_highest(&ascending, share * ascending.len() as f64) / sum)
}

fn ascending(values: &[f64]) -> Option<Vec<f64>> {
    let usable = values.iter().all(|value| *value >= 0.0 && value.is_finite());
    let sum: f64 = values.iter().sum();
    let mut ascending = values.to_vec();
    ascending.sort_by(f64::total_cmp);
    (usable && sum > 0.0 && sum.is_finite()).then_some(ascending)
}

/// The sum over the highest areas, the last one with the fraction of an area that is left.
fn held_by_highest(ascending: &[f64], areas: f64) -> f64 {
    let whole = areas.floor();
    let mut highest = ascending.iter().rev();
    // A fifth of eleven areas is two and a part of the third: the part counts in proportion, so the share does not
    // jump with the number of areas.
    let held: f64 = highest.by_ref().take(whole as usize).sum();
    held + highest.next().map_or(0.0, |next| next * (areas - whole))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_to_share_has_no_concentration() {
        for nothing in [&[][..], &[0.0, 0.0], &[1.0, -1.0], &[f64::NAN, 1.0], &[f64::INFINITY]] {
            assert_eq!(concentration(nothing), None, "{nothing:?}");
            assert_eq!(top_share(nothing, 0.2), None);
        }
        assert_eq!(top_share(&[1.0], 1.5), None);
    }

    #[test]
    fn one_area_holds_its_fifth() {
        let alone = concentration(&[7.0]).unwrap();
        assert_eq!((alone.gini, alone.theil, alone.top_fifth), (0.0, 0.0, 0.2));
    }

    #[test]
    fn one_of_many_that_has_all_is_the_extreme() {
        let mut values = [0.0; 10];
        values[3] = 5.0;
        let all = concentration(&values).unwrap();
        assert!((all.gini - 0.9).abs() < 1e-15 && (all.theil - 10_f64.ln()).abs() < 1e-15);
        assert_eq!(all.top_fifth, 1.0);
    }

    proptest! {
        #[test]
        fn order_and_scale_do_not_matter(values in proptest::collection::vec(0.0..90.0_f64, 2..40), scale in 0.01..100.0_f64) {
            prop_assume!(values.iter().sum::<f64>() > 0.0);
            let turned: Vec<f64> = values.iter().rev().map(|value| value * scale).collect();
            let (one, other) = (concentration(&values).unwrap(), concentration(&turned).unwrap());
            prop_assert!((one.gini - other.gini).abs() < 1e-12);
            prop_assert!((one.theil - other.theil).abs() < 1e-12);
            prop_assert!((one.top_fifth - other.top_fifth).abs() < 1e-12);
            prop_assert!(one.gini >= -1e-15 && one.top_fifth >= 0.2 - 1e-12);
        }

        #[test]
        fn every_area_twice_is_as_concentrated(values in proptest::collection::vec(0.0..90.0_f64, 1..30)) {
            prop_assume!(values.iter().sum::<f64>() > 0.0);
            let twice: Vec<f64> = values.iter().chain(&values).copied().collect();
            let (one, other) = (concentration(&values).unwrap(), concentration(&twice).unwrap());
            prop_assert!((one.gini - other.gini).abs() < 1e-12);
            prop_assert!((one.theil - other.theil).abs() < 1e-12);
            prop_assert!((one.top_fifth - other.top_fifth).abs() < 1e-12);
        }
    }
}
