//! How many are to be expected once more, where so many were counted before: a two-sided range.
//!
//! In: counts of steps as long as the one that is judged, and the share of the range. Out: a [`PredictedRange`]. The
//! mean is that of the former steps; its variance is theirs beyond Poisson, and that of the mean itself, which is known
//! from so many steps only. No trend and no season is fitted: the caller hands over steps of the same season.
//!
//! Reference: W. Q. Meeker, G. J. Hahn and L. A. Escobar, "Statistical Intervals" (2017), section 7.6, with the variance
//! widened by the dispersion of the former steps.

use crate::statistics::distribution::confidence_level::ConfidenceLevel;
use crate::statistics::distribution::count_distribution::CountDistribution;

/// What is added to a sum of counts: with nothing counted before, the next step is not surely empty.
const HALF: f64 = 0.5;

/// The range in which a further count lies with a probability.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PredictedRange {
    /// The mean of the former steps.
    pub mean: f64,
    /// Their variance over their mean, at least 1.
    pub dispersion: f64,
    /// The least usual count.
    pub low: u64,
    /// The greatest usual count.
    pub high: u64,
}

/// The range of one more count beside former ones; none without any.
///
/// # Example
/// ```
/// use binhyen::statistics::{ConfidenceLevel, predicted_range};
/// let range = predicted_range(&[10, 12, 8, 10], ConfidenceLevel::new(0.95)?).unwrap();
/// assert_eq!((range.mean, range.dispersion), (10.0, 1.0));
/// assert!(range.low < 6 && range.high > 15);
/// # Ok::<(), binhyen::statistics::ConfidenceLevelOutOfRange>(())
/// ```
pub fn predicted_range(former: &[u64], level: ConfidenceLevel) -> Option<PredictedRange> {
    let steps = former.len() as f64;
    if former.is_empty() {
        return None;
    }
    // Sums of whole numbers, so that the order of the steps does not matter to the last bit.
    let total = former.iter().map(|count| u128::from(*count)).sum::<u128>();
    let sum_of_squares = former.iter().map(|count| u128::from(*count).pow(2)).sum::<u128>();
    let squares = (sum_of_squares * former.len() as u128 - total * total) as f64 / steps;
    let (total, mean) = (total as f64, total as f64 / steps);
    let dispersion = if former.len() > 1 && mean > 0.0 { (squares / mean / (steps - 1.0)).max(1.0) } else { 1.0 };
    // The variance of a further count less the mean of the former ones: φm + φm/n.
    let distribution = CountDistribution::negative_binomial((total + HALF) / steps, dispersion * (1.0 + 1.0 / steps));
    let (low, high) = (distribution.lower_end(level.tail()), distribution.upper_end(level.tail()));
    Some(PredictedRange { mean, dispersion, low, high })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn level() -> ConfidenceLevel {
        ConfidenceLevel::new(0.95).unwrap()
    }

    #[test]
    fn silence_before_leaves_room_for_a_few_and_nothing_known_for_no_range() {
        let range = predicted_range(&[0; 5], level()).unwrap();
        assert_eq!((range.mean, range.low, range.high), (0.0, 0, 1));
        assert_eq!(predicted_range(&[], level()), None);
        assert_eq!(predicted_range(&[7], level()).unwrap().dispersion, 1.0);
    }

    #[test]
    fn dispersion_by_hand_widens_the_range() {
        // Mean 10, squares 25 + 25 over 10 and one degree of freedom.
        let wide = predicted_range(&[5, 15], level()).unwrap();
        assert_eq!(wide.dispersion, 5.0);
        let narrow = predicted_range(&[10, 10], level()).unwrap();
        assert!(wide.high > narrow.high && wide.low < narrow.low);
    }

    proptest! {
        #[test]
        fn order_does_not_matter_and_the_mean_is_inside(mut former in proptest::collection::vec(0_u64..200, 1..36)) {
            let range = predicted_range(&former, level()).unwrap();
            prop_assert!(range.low as f64 <= range.mean && range.mean <= range.high as f64, "{range:?}");
            former.reverse();
            prop_assert_eq!(predicted_range(&former, level()), Some(range));
        }
    }
}
