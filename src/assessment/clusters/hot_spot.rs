//! Where high or low rates gather, and how far an area stands outside the funnel of all.
//!
//! In: counts, person-years and expectations of a level, and which of its areas touch. Out: per area
//! Gi* and local Moran on the Assunção–Reis value with q over the areas, and the deviate in the
//! funnel. An island has neither neighbour nor statistic. No permutations, no sharper map than areas.
//! Gi* is judged by the normal distribution, which few incidents do not have: areas in which fewer than the rule says
//! are expected take no part, and clusters are told by the scan instead.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::rules::{HotSpotRule, Rules};
use crate::snapshot::LevelData;
pub use crate::statistics::Quadrant;
use crate::statistics::funnel;
use crate::statistics::{
    ConfidenceLevel, ExposedCount, Focus, FunnelArea, HotSpot, LocalMoran, Neighbours, Observation, benjamini_hochberg,
    hot_spots, local_morans, standardised_rates,
};

/// Whether high or low rates gather.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HotSpotKind {
    /// High ones.
    Hot,
    /// Low ones.
    Cold,
    /// Neither beyond chance.
    #[serde(rename = "none")]
    Neither,
}

/// What gathers around an area, and what that rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AreaHotSpot {
    /// The word for it.
    pub kind: HotSpotKind,
    /// The area's rate as a deviate from the common one (Assunção and Reis).
    pub value: f64,
    /// Gi* of the value.
    pub gi_star: HotSpot,
    /// Its p adjusted over the areas, by Benjamini and Hochberg.
    pub gi_star_q: f64,
    /// Local Moran of the value.
    pub moran: Option<LocalMoran>,
    /// Its p adjusted over the areas.
    pub moran_q: Option<f64>,
}

/// Where an area stands in the funnel of all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FunnelPosition {
    /// Deviate of the square root.
    pub z: f64,
    /// The same with the spread between areas added.
    pub z_adjusted: f64,
    /// How far outside.
    pub outside: Outside,
}

/// Outside which over-dispersed limits an area stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outside {
    /// Inside all.
    No,
    /// Outside the inner limits.
    Inner,
    /// Outside the outer limits.
    Outer,
}

impl HotSpotKind {
    /// The word in tiles and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hot => "hot",
            Self::Cold => "cold",
            Self::Neither => "none",
        }
    }
}

impl AreaHotSpot {
    /// The quadrant of local Moran as two letters.
    pub fn quadrant(&self) -> Option<&'static str> {
        self.moran.map(|moran| Quadrant::as_str(moran.quadrant))
    }
}

/// Which areas of a level touch; nobody's neighbours where the lists are none.
pub(in crate::assessment) fn neighbours(areas: &LevelData) -> Neighbours {
    Neighbours::new(areas.contiguity.clone()).unwrap_or_default()
}

/// The hot spots of a level; `None` for an island, for an area without exposure and for one in which fewer incidents
/// are expected than the rule says.
pub(in crate::assessment) fn of_areas(
    areas: &[ExposedCount],
    neighbours: &Neighbours,
    rule: &HotSpotRule,
) -> Vec<Option<AreaHotSpot>> {
    // The deviate of each rate, not the rate: rates of small areas scatter most, and would make clusters of
    // chance.
    let values = judged(&standardised_rates(areas), areas, rule.min_expected);
    let spots = hot_spots(&values, neighbours, Focus::Included);
    let morans = local_morans(&values, neighbours);
    let spot_q = q_values(spots.iter().map(|spot| spot.map(|spot| spot.p)));
    let moran_q = q_values(morans.iter().map(|moran| moran.and_then(|moran| moran.p)));
    let of_area = |area: usize| {
        let (gi_star, gi_star_q) = (spots[area]?, spot_q[area]?);
        let kind = match (gi_star_q < rule.max_q, gi_star.z > 0.0) {
            (false, _) => HotSpotKind::Neither,
            (true, true) => HotSpotKind::Hot,
            (true, false) => HotSpotKind::Cold,
        };
        let (moran, moran_q) = (morans[area], moran_q[area]);
        Some(AreaHotSpot { kind, value: values[area]?, gi_star, gi_star_q, moran, moran_q })
    };
    (0..areas.len()).map(of_area).collect()
}

/// The values of areas in which at least so many incidents are expected at the common rate.
fn judged(values: &[Option<f64>], areas: &[ExposedCount], min_expected: f64) -> Vec<Option<f64>> {
    let (incidents, person_years) =
        areas.iter().fold((0, 0.0), |(count, years), area| (count + area.count, years + area.person_years));
    let common = if person_years > 0.0 { incidents as f64 / person_years } else { 0.0 };
    let is_judged = |area: &ExposedCount| area.person_years * common >= min_expected;
    values.iter().zip(areas).map(|(value, area)| value.filter(|_| is_judged(area))).collect()
}

/// Benjamini and Hochberg over the probabilities that exist.
fn q_values(p_values: impl Iterator<Item = Option<f64>>) -> Vec<Option<f64>> {
    let p_values: Vec<Option<f64>> = p_values.collect();
    let present: Vec<f64> = p_values.iter().copied().flatten().collect();
    // Adjusted over the areas that have a p, in their order, so handing the values back one by one meets each area
    // with its own.
    let mut adjusted = benjamini_hochberg(&present).unwrap_or(present).into_iter();
    p_values.into_iter().map(|p| p.and_then(|_| adjusted.next())).collect()
}

/// The position of every area in the funnel; `None` where nothing is expected.
pub(in crate::assessment) fn funnel_positions(
    areas: &[ExposedCount],
    expected: &[Option<f64>],
    rules: &Rules,
) -> Vec<Option<FunnelPosition>> {
    let observations: Vec<Observation> = areas
        .iter()
        .zip(expected)
        .map(|(area, expected)| Observation { count: area.count as f64, expected: expected.unwrap_or(0.0) })
        .collect();
    let levels = rules.funnel.levels;
    let (Ok(inner), Ok(outer)) = (ConfidenceLevel::new(levels.inner), ConfidenceLevel::new(levels.outer)) else {
        return vec![None; areas.len()];
    };
    let area_index = |(observation, found): (&Observation, Option<FunnelArea>)| {
        let found = found?;
        let ratio = observation.count / observation.expected;
        let is_outside = |level: ConfidenceLevel| {
            let limits = found.dispersed_limits(level);
            ratio < limits.low || ratio > limits.high
        };
        let outside = match (is_outside(inner), is_outside(outer)) {
            (_, true) => Outside::Outer,
            (true, false) => Outside::Inner,
            (false, false) => Outside::No,
        };
        Some(FunnelPosition { z: found.z, z_adjusted: found.z_adjusted, outside })
    };
    observations.iter().zip(funnel(&observations).areas).map(area_index).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A row of areas in which each touches the next.
    fn row(count: usize) -> Vec<Vec<usize>> {
        (0..count)
            .map(|area| [area.checked_sub(1), Some(area + 1).filter(|next| *next < count)])
            .map(|pair| pair.into_iter().flatten().collect())
            .collect()
    }

    fn rule(min_expected: f64) -> HotSpotRule {
        HotSpotRule { max_q: 0.10, min_expected }
    }

    fn exposed(counts: &[u64]) -> Vec<ExposedCount> {
        counts.iter().map(|count| ExposedCount { count: *count, person_years: 1000.0 }).collect()
    }

    #[test]
    fn high_areas_together_are_hot_and_an_island_is_nothing() {
        let counts: Vec<u64> = (0..40).map(|area| if area < 5 { 60 } else { 10 + area % 3 }).collect();
        let mut contiguity = row(40);
        contiguity[38].retain(|area| *area != 39);
        contiguity[39].clear();
        let spots = of_areas(&exposed(&counts), &Neighbours::new(contiguity).unwrap(), &rule(5.0));
        assert_eq!(spots[1].unwrap().kind, HotSpotKind::Hot);
        assert_eq!(spots[1].unwrap().quadrant(), Some("HH"));
        assert_eq!(spots[20].unwrap().kind, HotSpotKind::Neither);
        assert_eq!(spots[39], None);
    }

    #[test]
    fn figures_are_those_of_the_statistics() {
        let (areas, neighbours) = (exposed(&[9, 4, 7, 1]), Neighbours::new(row(4)).unwrap());
        let found = of_areas(&areas, &neighbours, &rule(0.0));
        let values = standardised_rates(&areas);
        let spots = hot_spots(&values, &neighbours, Focus::Included);
        for (found, (spot, value)) in found.iter().zip(spots.iter().zip(values)) {
            let found = found.unwrap();
            assert_eq!((Some(found.gi_star), Some(found.value)), (*spot, value));
        }
    }

    #[test]
    fn areas_with_too_little_expected_take_no_part() {
        // Two incidents over 40 areas: 0.05 expected in each. Without the rule Gi* calls their neighbours hot.
        let counts: Vec<u64> = (0..40).map(|area| u64::from(area == 10 || area == 11)).collect();
        let neighbours = Neighbours::new(row(40)).unwrap();
        let all = of_areas(&exposed(&counts), &neighbours, &rule(0.0));
        assert!(all.iter().flatten().any(|spot| spot.kind == HotSpotKind::Hot));
        assert!(of_areas(&exposed(&counts), &neighbours, &rule(5.0)).iter().all(Option::is_none));
    }

    #[test]
    fn nothing_happened_gathers_nowhere() {
        assert!(
            of_areas(&exposed(&[0, 0, 0]), &Neighbours::new(row(3)).unwrap(), &rule(0.0)).iter().all(Option::is_none)
        );
        assert!(of_areas(&[], &Neighbours::default(), &rule(0.0)).is_empty());
        assert!(of_areas(&exposed(&[4]), &Neighbours::new(row(1)).unwrap(), &rule(0.0)).iter().all(Option::is_none));
    }
}
