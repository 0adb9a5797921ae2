//! Getis–Ord Gi and Gi*: where high values gather (hot spots) and where low ones do (cold spots).
//!
//! In: a value per area (none where there is none) and [`Neighbours`], each of weight 1. Out: standard
//! deviates with their two-sided probability. Gi* counts the area itself among its neighbours, Gi does
//! not. An island has neither: with itself alone Gi* would only repeat its own value.
//!
//! Reference: J. K. Ord and A. Getis, "Local spatial autocorrelation statistics: distributional issues
//! and an application", Geographical Analysis 27 (1995), equations 5 and 6.

use super::neighbours::{Neighbours, Present};
use crate::statistics::distribution::normal::two_sided_p;
use crate::statistics::position::AreaPosition;
use crate::statistics::rating::leave_one_out::Others;

/// The deviate of one area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HotSpot {
    /// Standard deviate: above 0 among high values, below 0 among low ones.
    pub z: f64,
    /// Its two-sided probability.
    pub p: f64,
}

/// Whether an area counts among its own neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// Gi*: it does, with weight 1.
    Included,
    /// Gi: it does not; mean and variance are those of the others.
    Excluded,
}

/// Gi* or Gi of every area: (Σwy − Wȳ)/(s√((nΣw² − W²)/(n − 1))).
///
/// `None` for an area without a value, an island, an area whose neighbours are all the others, and where all
/// values are equal.
///
/// # Shape
/// One answer per value, in their order.
///
/// # Example
/// Gi* of the first of four areas in a row with values 4, 3, 1, 0: W = 2, Σwy = 7, ȳ = 2, s² = 2.5,
/// (7 − 4)/√(2.5 · (4·2 − 4)/3) = 1.643….
/// ```
/// use binhyen::statistics::{Focus, Neighbours, hot_spots};
/// let row = Neighbours::new(vec![vec![1], vec![0, 2], vec![1, 3], vec![2]])?;
/// let spots = hot_spots(&[4.0, 3.0, 1.0, 0.0].map(Some), &row, Focus::Included);
/// assert!((spots[0].unwrap().z - 3.0 / (10.0_f64 / 3.0).sqrt()).abs() < 1e-15);
/// # Ok::<(), binhyen::statistics::NeighboursError>(())
/// ```
pub fn hot_spots(values: &[Option<f64>], neighbours: &Neighbours, focus: Focus) -> Vec<Option<HotSpot>> {
    let present = Present::of(values, neighbours);
    let deviations = present.deviations();
    let squares: f64 = deviations.iter().map(|value| value * value).sum();
    let areas = deviations.len() as f64;
    let all = (squares > 0.0).then_some(Others { count: areas, mean: 0.0, variance: squares / areas });
    let spot = |area: AreaPosition| {
        let own = deviations[area.index()];
        let around = present.neighbour_sum(area, &deviations);
        let count = present.neighbours.of(area).len() as f64;
        // Gi* draws from all n areas, Gi from the n − 1 others (Ord and Getis 1995). With weights of 1 both are a
        // sum drawn without replacement from a finite population.
        let (population, weights, sum) = match focus {
            Focus::Included => (all, count + 1.0, around + own),
            Focus::Excluded => (Others::of(&deviations, squares, area), count, around),
        };
        let z = (count > 0.0).then(|| deviate(population?, weights, sum))??;
        Some(HotSpot { z, p: two_sided_p(z) })
    };
    present.spread(present.areas().map(spot).collect())
}

/// The deviate of a sum of so many values drawn from a population without one twice.
fn deviate(population: Others, weights: f64, sum: f64) -> Option<f64> {
    let Others { count, mean, variance } = population;
    // s²·(N·W − W²)/(N − 1): with binary weights Σw² = W, and the factor is 0 where all of the population is
    // drawn, for then the sum cannot vary.
    let scale = variance * (count * weights - weights * weights) / (count - 1.0);
    (count >= 2.0 && scale > 0.0).then(|| (sum - weights * mean) / scale.sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn equal_values_have_no_hot_spot() {
        let pair = Neighbours::new(vec![vec![1], vec![0], vec![1]]).unwrap();
        assert_eq!(hot_spots(&[Some(0.1); 3], &pair, Focus::Included), [None; 3]);
        assert!(hot_spots(&[], &Neighbours::default(), Focus::Included).is_empty());
    }

    #[test]
    fn island_and_area_without_a_value_have_none() {
        let neighbours = Neighbours::new(vec![vec![1], vec![0], vec![], vec![0]]).unwrap();
        let spots = hot_spots(&[Some(5.0), Some(4.0), Some(1.0), None], &neighbours, Focus::Included);
        assert!(spots[0].is_some() && spots[1].is_some());
        assert_eq!(spots[2..], [None, None]);
    }

    proptest! {
        #[test]
        fn order_of_the_areas_does_not_matter(values in proptest::collection::vec(0.0..9.0_f64, 5..20)) {
            let n = values.len();
            let lists = |turn: usize| (0..n).map(|area| vec![(area + 1) % n, (area + n - 1) % n, (area + turn) % n]
                .into_iter().filter(|other| *other != area).collect()).collect();
            let neighbours = Neighbours::new(lists(1)).unwrap();
            let turned: Vec<Option<f64>> = (0..n).map(|index| Some(values[(index + 2) % n])).collect();
            let values: Vec<Option<f64>> = values.into_iter().map(Some).collect();
            let (spots, again) = (
                hot_spots(&values, &neighbours, Focus::Excluded),
                hot_spots(&turned, &neighbours, Focus::Excluded),
            );
            for index in 0..n {
                if let (Some(one), Some(other)) = (spots[(index + 2) % n], again[index]) {
                    prop_assert!((one.z - other.z).abs() < 1e-9 * one.z.abs().max(1.0));
                }
            }
        }
    }
}
