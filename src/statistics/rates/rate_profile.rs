//! Every statistic of one count on one map: what an analyst gets for data of his own.
//!
//! In: counts with exposures and the weights of neighbours. Out: a profile of the
//! map and of each area. It composes the methods of this layer and adds none.

use super::ExposedCount;
use super::funnel::{Funnel, funnel};
use crate::statistics::distribution::confidence_level::{ConfidenceLevel, ConfidenceLevelOutOfRange, Limits};
use crate::statistics::distribution::gamma::{lower_tail, upper_tail};
use crate::statistics::distribution::poisson::{byar_limits, exact_limits};
use crate::statistics::hypothesis::false_discovery::benjamini_hochberg;
use crate::statistics::rating::prior::{Observation, Prior};
use crate::statistics::spatial::getis_ord::{Focus, HotSpot, hot_spots};
use crate::statistics::spatial::moran::{LocalMoran, MoransI, local_morans, morans_i};
use crate::statistics::spatial::neighbours::{Neighbours, WeightStyle};
use crate::statistics::spatial::spatial_rates::{locally_smoothed_rates, standardised_rates};

/// The map as a whole and its areas.
#[derive(Debug, Clone, PartialEq)]
pub struct RateProfile {
    /// Events of the areas that have exposure.
    pub observed: u64,
    /// Exposure of all areas.
    pub exposure: f64,
    /// Events per unit of exposure; `None` without exposure.
    pub rate: Option<f64>,
    /// Marshall's mean and variance of the rates.
    pub prior: Prior,
    /// Where each area stands in the funnel, and how far all spread beyond chance.
    pub funnel: Funnel,
    /// Spatial statistics of the raw rates.
    pub spatial: SpatialProfile,
    /// Moran's I of the Assunção–Reis values, row-standardised weights.
    pub moran_ebi: Option<MoransI>,
    /// One entry per area; `None` without exposure.
    pub areas: Vec<Option<AreaProfile>>,
}

/// The numbers of one area that need no neighbours, and its local smoothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AreaProfile {
    /// Events per unit of exposure.
    pub rate: f64,
    /// Events expected at the rate of the map.
    pub expected: f64,
    /// Observed to expected; 0 when nothing happened anywhere.
    pub ratio: f64,
    /// Exact limits of the ratio; `None` when nothing is expected.
    pub exact: Option<Limits>,
    /// Byar's limits of the ratio.
    pub byar: Option<Limits>,
    /// P(X ≥ observed) at the expectation.
    pub p_upper: f64,
    /// P(X ≤ observed) at the expectation.
    pub p_lower: f64,
    /// Rate smoothed towards the map.
    pub eb_global: f64,
    /// Share of the own rate in it.
    pub shrink_weight: f64,
    /// Rate smoothed towards the neighbours; `None` for an island.
    pub eb_local: Option<f64>,
    /// Limits of the posterior of the rate; `None` where the areas differ by no more than chance.
    pub posterior: Option<Limits>,
    /// P(true rate > rate of the map); `None` likewise.
    pub prob_above_overall: Option<f64>,
    /// The Assunção–Reis value; `None` when nothing happened anywhere.
    pub ebi_z: Option<f64>,
}

/// Spatial statistics of one value per area, `None` where the value is missing.
///
/// # Shape
/// Every list has one entry per area; p is two-sided, q by Benjamini–Hochberg over the areas that have p.
#[derive(Debug, Clone, PartialEq)]
pub struct SpatialProfile {
    /// Moran's I, row-standardised weights.
    pub moran_row: Option<MoransI>,
    /// Moran's I, binary weights.
    pub moran_binary: Option<MoransI>,
    /// Local Moran's I, row-standardised weights.
    pub local_moran: Vec<Option<LocalMoran>>,
    /// q of the local Moran's I.
    pub local_moran_q: Vec<Option<f64>>,
    /// Gi*, binary weights, the area itself with weight 1.
    pub gi_star: Vec<Option<HotSpot>>,
    /// The p of Gi* adjusted over the areas by Benjamini and Hochberg.
    pub gi_star_q: Vec<Option<f64>>,
    /// Gi, binary weights, the area itself left out.
    pub gi: Vec<Option<HotSpot>>,
    /// The p of Gi adjusted over the areas by Benjamini and Hochberg.
    pub gi_q: Vec<Option<f64>>,
}

impl SpatialProfile {
    /// The spatial statistics of a value; areas without one are as if absent.
    pub fn of(values: &[Option<f64>], neighbours: &Neighbours) -> Self {
        let local_moran = local_morans(values, neighbours);
        let (gi_star, gi) =
            (hot_spots(values, neighbours, Focus::Included), hot_spots(values, neighbours, Focus::Excluded));
        let p = |spots: &[Option<HotSpot>]| -> Vec<Option<f64>> {
            spots.iter().map(|spot| spot.map(|spot| spot.p)).collect()
        };
        let local_p: Vec<Option<f64>> = local_moran.iter().map(|local| local.and_then(|local| local.p)).collect();
        Self {
            moran_row: morans_i(values, neighbours, WeightStyle::RowStandardised),
            moran_binary: morans_i(values, neighbours, WeightStyle::Binary),
            local_moran_q: q_values(&local_p),
            local_moran,
            gi_star_q: q_values(&p(&gi_star)),
            gi_star,
            gi_q: q_values(&p(&gi)),
            gi,
        }
    }
}

fn q_values(p_values: &[Option<f64>]) -> Vec<Option<f64>> {
    let present: Vec<f64> = p_values.iter().copied().flatten().collect();
    let mut q_values = benjamini_hochberg(&present).unwrap_or_default().into_iter();
    p_values.iter().map(|p| p.and_then(|_| q_values.next())).collect()
}

/// Every statistic of the counts, with limits at 95 %.
///
/// Areas without exposure have no entry and are as if absent for the others.
///
/// # Shape
/// `neighbours` speaks of the areas in the order of `areas`.
///
/// # Errors
/// Never for the level used here; the type is that of [`ConfidenceLevel::new`].
pub fn rate_profile(areas: &[ExposedCount], neighbours: &Neighbours) -> Result<RateProfile, ConfidenceLevelOutOfRange> {
    let level = ConfidenceLevel::new(0.95)?;
    let exposed: Vec<ExposedCount> = areas.iter().copied().filter(|area| area.exposure().is_some()).collect();
    let observations: Vec<Observation> = exposed.iter().filter_map(|area| area.observation()).collect();
    let prior = Prior::marshall(&observations).unwrap_or_default();
    let observed = exposed.iter().map(|area| area.count).sum();
    let exposure: f64 = exposed.iter().map(|area| area.person_years).fold(0.0, |sum, years| sum + years);
    let overall = Overall { rate: prior.mean(), prior, level };
    let expected = |area: &ExposedCount| Observation {
        count: area.count as f64,
        expected: area.exposure().map_or(0.0, |exposure| exposure * overall.rate),
    };
    let funnel = funnel(&areas.iter().map(expected).collect::<Vec<_>>());
    let ebi = standardised_rates(areas);
    let local = locally_smoothed_rates(areas, neighbours);
    let raw: Vec<Option<f64>> =
        areas.iter().map(|area| area.exposure().map(|exposure| area.count as f64 / exposure)).collect();
    let profile = |(area, count): (usize, &ExposedCount)| {
        let own = overall.profile(*count)?;
        Some(AreaProfile { eb_local: local[area], ebi_z: ebi[area], ..own })
    };
    Ok(RateProfile {
        observed,
        exposure,
        rate: (!observations.is_empty()).then_some(overall.rate),
        prior,
        funnel,
        spatial: SpatialProfile::of(&raw, neighbours),
        moran_ebi: morans_i(&ebi, neighbours, WeightStyle::RowStandardised),
        areas: areas.iter().enumerate().map(profile).collect(),
    })
}

/// What each area is measured against.
struct Overall {
    rate: f64,
    prior: Prior,
    level: ConfidenceLevel,
}

impl Overall {
    /// The numbers of an area by itself.
    fn profile(&self, area: ExposedCount) -> Option<AreaProfile> {
        let observation = area.observation()?;
        let count = observation.count;
        let expected = observation.expected * self.rate;
        let on_ratio = |limits: Limits| (expected > 0.0).then(|| limits.scaled(1.0 / expected));
        let posterior = self.prior.posterior(observation);
        Some(AreaProfile {
            rate: count / observation.expected,
            expected,
            ratio: if expected > 0.0 { count / expected } else { 0.0 },
            exact: on_ratio(exact_limits(area.count, self.level)),
            byar: on_ratio(byar_limits(area.count, self.level)),
            p_upper: if area.count == 0 { 1.0 } else { lower_tail(count, expected) },
            p_lower: if expected > 0.0 { upper_tail(count + 1.0, expected) } else { 1.0 },
            eb_global: posterior.mean(),
            shrink_weight: self.prior.reliability(observation.expected),
            eb_local: None,
            posterior: posterior.limits(self.level),
            prob_above_overall: posterior.probability_above(self.rate),
            ebi_z: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn place_where_nobody_lives_is_as_if_absent() {
        let areas =
            [(0, 0.0), (3, 300.0), (2, 100.0)].map(|(count, person_years)| ExposedCount { count, person_years });
        let triangle = Neighbours::new(vec![vec![1, 2], vec![0, 2], vec![0, 1]]).unwrap();
        let pair = Neighbours::new(vec![vec![1], vec![0]]).unwrap();
        let with = rate_profile(&areas, &triangle).unwrap();
        let without = rate_profile(&areas[1..], &pair).unwrap();
        assert_eq!((with.areas[0], &with.areas[1..]), (None, &without.areas[..]));
        assert_eq!(with.spatial.moran_row, without.spatial.moran_row);
    }

    #[test]
    fn quiet_map_has_zeros_and_no_limits() {
        let areas = [10.0, 20.0, 5.0].map(|person_years| ExposedCount { count: 0, person_years });
        let neighbours = Neighbours::new(vec![vec![1], vec![0], vec![]]).unwrap();
        let profile = rate_profile(&areas, &neighbours).unwrap();
        let area = profile.areas[0].unwrap();
        assert_eq!((area.ratio, area.eb_global, area.p_upper, area.p_lower), (0.0, 0.0, 1.0, 1.0));
        assert_eq!((area.exact, area.ebi_z, profile.funnel.areas[0]), (None, None, None));
        assert_eq!((area.posterior, area.prob_above_overall), (None, None));
        assert_eq!(rate_profile(&[], &Neighbours::default()).unwrap().rate, None);
    }
}
