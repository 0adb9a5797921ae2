//! The prospective space-time scan: where more happened lately than chance would gather.
//!
//! In: the zones of the spatial scan, counts by area and step, and what is expected. Out: a [`SpaceTimeScan`]: the most
//! likely cylinder, and those beside it that share no area with it. A cylinder is a zone over the last so many steps,
//! the very last among them: what was and is over is nobody's alarm. Its p is that among all cylinders of maps made by
//! chance, so that the number of zones and lengths is allowed for; that of repeated scans is the caller's.
//!
//! Two models say what is expected. [`SpaceTimeModel::Poisson`] is given it, cell by cell. [`SpaceTimeModel::Permutation`]
//! takes it from the margins: each area keeps its events, each step keeps its own, and chance shuffles which belong
//! together; so an area that always has many, or a season in which all have, is no cluster.
//!
//! Ties are settled as in the spatial scan; of cylinders with one statistic and as many areas the shorter goes first. A
//! cylinder in which more than half of everything is expected is not looked at.
//!
//! References: M. Kulldorff, "Prospective time periodic geographical disease surveillance using a scan statistic",
//! Journal of the Royal Statistical Society A 164 (2001); M. Kulldorff, R. Heffernan, J. Hartman, R. Assunção and
//! F. Mostashari, "A space-time permutation scan statistic for disease outbreak detection", `PLoS` Medicine 2 (2005).

mod chance;
mod cylinders;
mod design;
mod expectation;

use super::significance::Significance;
use super::zones::ScanZones;
use super::{ScanError, relative_risk};
use crate::statistics::position::AreaPosition;
use chance::maxima_by_chance;
use cylinders::CylinderTable;
pub use design::{SpaceTimeCounts, SpaceTimeDesign, SpaceTimeModel};
use expectation::Expectation;

/// What a scan found.
#[derive(Debug, Clone, PartialEq)]
pub struct SpaceTimeScan {
    /// The events that were scanned.
    pub events: u64,
    /// The most likely cluster, then those beside it; empty where no cylinder holds more than expected.
    pub clusters: Vec<SpaceTimeCluster>,
    /// The greatest statistic of each map of chance, in their order.
    pub maxima: Vec<f64>,
}

/// Areas that together hold more events than expected in the last steps.
#[derive(Debug, Clone, PartialEq)]
pub struct SpaceTimeCluster {
    /// The areas, from the centre outwards.
    pub members: Vec<AreaPosition>,
    /// The area in whose point the zone is centred.
    pub centre: AreaPosition,
    /// How many of the last steps it lasts.
    pub steps: usize,
    /// Events inside.
    pub observed: u64,
    /// Events expected inside.
    pub expected: f64,
    /// Observed over expected inside, over the same outside; `None` where all events are inside.
    pub relative_risk: Option<f64>,
    /// ln of the likelihood ratio times the penalty of the outline: by this clusters are found and judged.
    pub statistic: f64,
    /// (R + 1)/(M + 1), where R of M maps of chance reach the statistic.
    pub p: f64,
    /// The tail of a Gumbel distribution fitted to the maps of chance by moments; `None` where they do not vary.
    pub gumbel_p: Option<f64>,
}

/// Scans the last steps of some areas.
///
/// # Errors
/// [`ScanError`] for fewer than two events, no zone, or counts of other areas.
///
/// # Example
/// Four areas alike over four steps; the last step of the first area has four events, and each area had one before.
/// ```
/// use binhyen::statistics::*;
/// let area = |east: f64| Some(ScanArea { point: PlanePoint { x_m: east, y_m: 0.0 }, exposure: 10.0 });
/// let zones = ScanZones::new(&[0.0, 1.0, 2.5, 4.5].map(area), &ZoneShapes::circles(), 0.5);
/// let rows = [vec![1, 0, 0, 4], vec![0, 1, 0, 0], vec![0, 0, 1, 0], vec![1, 0, 0, 0]];
/// let design = SpaceTimeDesign { max_steps: 2, replicas: 99, seed: 1, max_p: 0.05 };
/// let counts = SpaceTimeCounts::new(&rows).unwrap();
/// let scan = prospective_scan(&zones, &counts, SpaceTimeModel::Permutation, design)?;
/// let found = &scan.clusters[0];
/// assert_eq!((found.members.len(), found.steps, found.observed), (1, 1, 4));
/// // Five of the eight events lie in the area, four in the step.
/// assert!((found.expected - 5.0 * 4.0 / 8.0).abs() < 1e-12);
/// # Ok::<(), ScanError>(())
/// ```
pub fn prospective_scan(
    zones: &ScanZones,
    counts: &SpaceTimeCounts,
    model: SpaceTimeModel<'_>,
    design: SpaceTimeDesign,
) -> Result<SpaceTimeScan, ScanError> {
    let counts = within_zones(zones, counts)?;
    let events: u64 = counts.counts.iter().map(|count| u64::from(*count)).sum();
    if events < 2 {
        return Err(ScanError::TooFewEvents { events });
    }
    let lengths = design.max_steps.min(counts.steps);
    let expectation = Expectation::of(zones, &counts, model, lengths)?;
    let table = CylinderTable::new(zones, &expectation, events);
    if table.is_empty() {
        return Err(ScanError::NoZone);
    }
    let maxima = maxima_by_chance(&table, &counts, &expectation, design);
    let significance = Significance::of(&maxima);
    let suffixes = cylinders::suffixes(&counts, lengths);
    let mut taken = vec![false; zones.areas()];
    let mut clusters: Vec<SpaceTimeCluster> = Vec::new();
    // As in the spatial scan: each round's statistic is never above the one before, so the rounds may end at the first
    // that chance explains.
    while let Some(found) = table.best(&suffixes, &taken) {
        let p = significance.by_rank(found.statistic);
        if !clusters.is_empty() && p > design.max_p {
            break;
        }
        let run = &zones.runs()[found.run];
        let members: Vec<AreaPosition> = zones.members(run, found.length).map(AreaPosition::new).collect();
        for member in &members {
            taken[member.index()] = true;
        }
        clusters.push(SpaceTimeCluster {
            members,
            centre: AreaPosition::new(run.centre),
            steps: found.steps,
            observed: found.observed,
            expected: found.expected,
            relative_risk: relative_risk(found.observed, found.expected, events),
            statistic: found.statistic,
            p,
            gumbel_p: significance.gumbel(found.statistic),
        });
    }
    Ok(SpaceTimeScan { events, clusters, maxima })
}

/// The counts of areas that lie in zones; what was counted elsewhere is left out.
fn within_zones(zones: &ScanZones, counts: &SpaceTimeCounts) -> Result<SpaceTimeCounts, ScanError> {
    if counts.areas != zones.areas() {
        return Err(ScanError::OtherAreas { counts: counts.areas, areas: zones.areas() });
    }
    let mut within = counts.clone();
    for (area, _) in zones.shares().iter().enumerate().filter(|(_, share)| **share <= 0.0) {
        within.counts[area * counts.steps..(area + 1) * counts.steps].fill(0);
    }
    Ok(within)
}

#[cfg(test)]
mod tests;
