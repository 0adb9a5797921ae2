//! Rates seen through their neighbourhood: standardised for their exposure, and smoothed towards it.
//!
//! In: [`ExposedCount`]s and [`Neighbours`]. Out: one number per area, `None` where it has no exposure.
//!
//! Reference: R. M. Assunção and E. A. Reis, "A new proposal to adjust Moran's I for population density",
//! Statistics in Medicine 18 (1999); R. J. Marshall, Applied Statistics 40 (1991), section 4.

use super::neighbours::Neighbours;
use crate::statistics::position::AreaPosition;
use crate::statistics::rates::ExposedCount;
use crate::statistics::rating::prior::{Observation, Prior};

/// z = (p − b)/√(a + b/n): an area's rate p as a deviate from the common rate b, with the variance
/// it would have by chance and by Marshall's a, which never falls below 0.
///
/// `None` without exposure, and everywhere where nothing happened.
///
/// # Example
/// Rates 0.04 and 0.02 over 100 each: b = 0.03, s² = 0.0001, a = max(0, 0.0001 − 0.0003) = 0,
/// z = 0.01/√(0.03/100).
/// ```
/// use binhyen::statistics::{ExposedCount, standardised_rates};
/// let areas = [4, 2].map(|count| ExposedCount { count, person_years: 100.0 });
/// let z = standardised_rates(&areas)[0].unwrap();
/// assert!((z - 0.01 / 0.0003_f64.sqrt()).abs() < 1e-12);
/// ```
pub fn standardised_rates(areas: &[ExposedCount]) -> Vec<Option<f64>> {
    let observed: Vec<Option<Observation>> = areas.iter().map(|area| area.observation()).collect();
    let exposed: Vec<Observation> = observed.iter().copied().flatten().collect();
    let prior = Prior::marshall(&exposed).unwrap_or_default();
    let standardised = |area: Observation| {
        // Assunção and Reis 1999: the variance a between areas and the Poisson variance b/n within.
        let variance = prior.variance() + prior.mean() / area.expected;
        (variance > 0.0).then(|| (area.count / area.expected - prior.mean()) / variance.sqrt())
    };
    observed.into_iter().map(|area| standardised(area?)).collect()
}

/// Empirical-Bayes rates per unit of exposure, each shrunk towards the mean of the area and its neighbours.
///
/// `None` without exposure and for islands, which have nothing to lean on.
pub fn locally_smoothed_rates(areas: &[ExposedCount], neighbours: &Neighbours) -> Vec<Option<f64>> {
    let observed: Vec<Option<Observation>> = areas.iter().map(|area| area.observation()).collect();
    let smoothed = |(index, area): (usize, &Option<Observation>)| {
        let own = (*area)?;
        let around: Vec<Observation> =
            neighbours.of(AreaPosition::new(index)).iter().filter_map(|other| observed[other.index()]).collect();
        if around.is_empty() {
            return None;
        }
        let group: Vec<Observation> = around.into_iter().chain([own]).collect();
        Some(Prior::marshall(&group)?.posterior(own).mean())
    };
    observed.iter().enumerate().map(smoothed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn areas(pairs: &[(u64, f64)]) -> Vec<ExposedCount> {
        pairs.iter().map(|&(count, person_years)| ExposedCount { count, person_years }).collect()
    }

    #[test]
    fn nothing_anywhere_has_no_deviate() {
        assert_eq!(standardised_rates(&areas(&[(0, 10.0), (0, 20.0)])), [None, None]);
        assert!(standardised_rates(&[]).is_empty());
    }

    #[test]
    fn place_where_nobody_lives_disturbs_no_other() {
        let neighbours = Neighbours::new(vec![vec![1, 2], vec![0], vec![0]]).unwrap();
        let with = areas(&[(3, 30.0), (2, 90.0), (4, 0.0)]);
        let alone = Neighbours::new(vec![vec![1], vec![0]]).unwrap();
        let (smoothed, without) =
            (locally_smoothed_rates(&with, &neighbours), locally_smoothed_rates(&with[..2], &alone));
        assert_eq!(smoothed, [without[0], without[1], None]);
        assert_eq!(standardised_rates(&with)[..2], standardised_rates(&with[..2])[..]);
    }

    #[test]
    fn island_is_not_smoothed() {
        let neighbours = Neighbours::new(vec![vec![1], vec![0], vec![]]).unwrap();
        let smoothed = locally_smoothed_rates(&areas(&[(3, 30.0), (2, 90.0), (4, 50.0)]), &neighbours);
        assert!(smoothed[0].is_some() && smoothed[2].is_none());
    }
}
