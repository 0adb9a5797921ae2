//! Keeping the share of false alarms in check when many areas are tested at once.
//!
//! In: p-values. Out: q-values in the same order. The tests themselves stand elsewhere.

/// A p-value outside 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("p-value {position} must lie between 0 and 1; given {p_value}")]
pub struct PValueOutOfRange {
    /// Position of the culprit, from 0.
    pub position: usize,
    /// The value given.
    pub p_value: f64,
}

/// Benjamini–Hochberg q-values, in the order of the input.
///
/// With p(1) ≤ … ≤ p(n): q(i) = min over j ≥ i of p(j)·n/j, at most 1. Rejecting
/// where q ≤ α keeps the expected share of false rejections at or below α.
///
/// # Errors
/// [`PValueOutOfRange`] for the first value that is no probability.
///
/// # Example
/// Three tests: 0.01·3/1, then min(0.04·3/2, 0.05·3/3) twice over.
/// ```
/// use binhyen::statistics::benjamini_hochberg;
/// let q_values = benjamini_hochberg(&[0.05, 0.01, 0.04])?;
/// let expected = [0.05, 0.03, 0.05];
/// assert!(q_values.iter().zip(expected).all(|(q, e)| (q - e).abs() < 1e-15));
/// # Ok::<(), binhyen::statistics::PValueOutOfRange>(())
/// ```
///
/// # Reference
/// Y. Benjamini, Y. Hochberg, "Controlling the false discovery rate", J. R. Stat. Soc. B 57 (1995).
pub fn benjamini_hochberg(p_values: &[f64]) -> Result<Vec<f64>, PValueOutOfRange> {
    for (position, &p_value) in p_values.iter().enumerate() {
        if !(0.0..=1.0).contains(&p_value) {
            return Err(PValueOutOfRange { position, p_value });
        }
    }
    let mut ascending: Vec<usize> = (0..p_values.len()).collect();
    ascending.sort_by(|&left, &right| p_values[left].total_cmp(&p_values[right]));
    let tests = p_values.len() as f64;
    let mut q_values = vec![1.0; p_values.len()];
    let mut least = 1.0_f64;
    // From the largest p down, `least` is the smallest p·m/rank from here on: the step-up rule of Benjamini and
    // Hochberg 1995, which keeps q-values in the order of the p-values.
    for (rank, &position) in ascending.iter().enumerate().rev() {
        least = least.min(p_values[position] * tests / (rank + 1) as f64);
        q_values[position] = least;
    }
    Ok(q_values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_test_gives_no_value() {
        assert_eq!(benjamini_hochberg(&[]), Ok(vec![]));
    }

    #[test]
    fn value_that_is_no_probability_is_named() {
        assert_eq!(benjamini_hochberg(&[0.2, 1.5]), Err(PValueOutOfRange { position: 1, p_value: 1.5 }));
        assert!(benjamini_hochberg(&[f64::NAN]).is_err());
    }

    proptest! {
        #[test]
        fn q_values_keep_the_order_and_never_fall_below_p(p_values in proptest::collection::vec(0.0..=1.0_f64, 0..50)) {
            let q_values = benjamini_hochberg(&p_values).unwrap();
            for (i, &p) in p_values.iter().enumerate() {
                prop_assert!(q_values[i] >= p * (1.0 - 1e-15) && q_values[i] <= 1.0);
                for (j, &other) in p_values.iter().enumerate() {
                    prop_assert!(p > other || q_values[i] <= q_values[j]);
                }
            }
        }
    }
}
