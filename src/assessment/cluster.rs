//! Where high or low rates gather, and how far an area stands outside the funnel of all.
//!
//! In: counts, person-years and expectations of a level, and which of its areas touch. Out: per area
//! Gi* and local Moran on the Assunção–Reis value with q over the areas, and the deviate in the
//! funnel. An island has neither neighbour nor statistic. No permutations, no sharper map than areas.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::rules::Rules;
use crate::snapshot::LevelData;
pub use crate::statistics::Quadrant;
use crate::statistics::funnel;
use crate::statistics::{
    ConfidenceLevel, ExposedCount, Focus, FunnelArea, HotSpot, LocalMoran, Neighbours, Observation, benjamini_hochberg,
    hot_spots, local_morans, standardised_rates,
};

/// What gathers around an area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cluster {
    /// The word for it.
    pub kind: ClusterKind,
    /// What it rests on; absent where the role may see the word only.
    pub figures: Option<ClusterFigures>,
}

/// Whether high or low rates gather.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClusterKind {
    /// High ones.
    Hot,
    /// Low ones.
    Cold,
    /// Neither beyond chance.
    #[serde(rename = "none")]
    Neither,
}

/// What a cluster rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClusterFigures {
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

impl ClusterKind {
    /// The word in tiles and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hot => "hot",
            Self::Cold => "cold",
            Self::Neither => "none",
        }
    }
}

impl ClusterFigures {
    /// The quadrant of local Moran as two letters.
    pub fn quadrant(&self) -> Option<&'static str> {
        self.moran.map(|moran| Quadrant::as_str(moran.quadrant))
    }
}

/// Which areas of a level touch; nobody's neighbours where the lists are none.
pub(super) fn neighbours(areas: &LevelData) -> Neighbours {
    Neighbours::new(areas.contiguity.clone()).unwrap_or_default()
}

/// The clusters of a level; `None` for an island and for an area without exposure.
pub(super) fn clusters(areas: &[ExposedCount], neighbours: &Neighbours, max_q: f64) -> Vec<Option<Cluster>> {
    // The deviate of each rate, not the rate: rates of small areas scatter most, and would make clusters of
    // chance.
    let values = standardised_rates(areas);
    let spots = hot_spots(&values, neighbours, Focus::Included);
    let morans = local_morans(&values, neighbours);
    let spot_q = q_values(spots.iter().map(|spot| spot.map(|spot| spot.p)));
    let moran_q = q_values(morans.iter().map(|moran| moran.and_then(|moran| moran.p)));
    let cluster = |area: usize| {
        let (gi_star, gi_star_q) = (spots[area]?, spot_q[area]?);
        let kind = match (gi_star_q < max_q, gi_star.z > 0.0) {
            (false, _) => ClusterKind::Neither,
            (true, true) => ClusterKind::Hot,
            (true, false) => ClusterKind::Cold,
        };
        let (moran, moran_q) = (morans[area], moran_q[area]);
        Some(Cluster {
            kind,
            figures: Some(ClusterFigures { value: values[area]?, gi_star, gi_star_q, moran, moran_q }),
        })
    };
    (0..areas.len()).map(cluster).collect()
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
pub(super) fn funnel_positions(
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

    fn exposed(counts: &[u64]) -> Vec<ExposedCount> {
        counts.iter().map(|count| ExposedCount { count: *count, person_years: 1000.0 }).collect()
    }

    #[test]
    fn high_areas_together_are_hot_and_an_island_is_nothing() {
        let counts: Vec<u64> = (0..40).map(|area| if area < 5 { 60 } else { 10 + area % 3 }).collect();
        let mut contiguity = row(40);
        contiguity[38].retain(|area| *area != 39);
        contiguity[39].clear();
        let clusters = clusters(&exposed(&counts), &Neighbours::new(contiguity).unwrap(), 0.10);
        assert_eq!(clusters[1].unwrap().kind, ClusterKind::Hot);
        assert_eq!(clusters[1].unwrap().figures.unwrap().quadrant(), Some("HH"));
        assert_eq!(clusters[20].unwrap().kind, ClusterKind::Neither);
        assert_eq!(clusters[39], None);
    }

    #[test]
    fn figures_are_those_of_the_statistics() {
        let (areas, neighbours) = (exposed(&[9, 4, 7, 1]), Neighbours::new(row(4)).unwrap());
        let clusters = clusters(&areas, &neighbours, 0.10);
        let values = standardised_rates(&areas);
        let spots = hot_spots(&values, &neighbours, Focus::Included);
        for (cluster, (spot, value)) in clusters.iter().zip(spots.iter().zip(values)) {
            let figures = cluster.unwrap().figures.unwrap();
            assert_eq!((Some(figures.gi_star), Some(figures.value)), (*spot, value));
        }
    }

    #[test]
    fn nothing_happened_gathers_nowhere() {
        assert!(clusters(&exposed(&[0, 0, 0]), &Neighbours::new(row(3)).unwrap(), 0.10).iter().all(Option::is_none));
        assert!(clusters(&[], &Neighbours::default(), 0.10).is_empty());
        assert!(clusters(&exposed(&[4]), &Neighbours::new(row(1)).unwrap(), 0.10).iter().all(Option::is_none));
    }
}
