//! Kulldorff's spatial scan: where more happened than chance would gather, valid for counts as small as two.
//!
//! In: a point and an exposure per area ([`ScanZones`]), the counts, a [`ScanDesign`]. Out: a [`Scan`]: the most likely
//! cluster, and those beside it that share no area with it, each with its p against the greatest likelihood ratio of
//! maps made by chance. Only clusters above the common level are looked for.
//!
//! All ties are settled: areas at one distance enter a zone together; of zones with one statistic the one with fewer
//! areas goes first, then the one whose centre comes first; a map of chance that reaches the statistic counts against
//! it. An area without exposure belongs to no zone, and what was counted there is left out.
//!
//! Reference: M. Kulldorff, "A spatial scan statistic", Communications in Statistics: Theory and Methods 26 (1997);
//! for ellipses M. Kulldorff, L. Huang, L. Pickle and L. Duczmal, "An elliptic spatial scan statistic", Statistics in
//! Medicine 25 (2006); for the tail A. Abrams, K. Kleinman and M. Kulldorff, "Gumbel based p-value approximations for
//! spatial scan statistics", International Journal of Health Geographics 9 (2010).

mod binomial;
mod likelihood;
pub(in crate::statistics) mod prospective;
mod significance;
mod zones;

use rayon::prelude::*;

use crate::statistics::position::AreaPosition;
use binomial::{ChanceMap, Randomness};
use likelihood::{LANES, ZoneTable};
use significance::Significance;
pub use zones::{Ellipse, ScanArea, ScanZones, ZoneOutline, ZoneShapes};

pub use likelihood::log_likelihood_ratio;

/// How chance is judged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScanDesign {
    /// How many maps are made by chance.
    pub replicas: u32,
    /// What their random numbers begin with.
    pub seed: u64,
    /// Clusters after the most likely one are told up to this p.
    pub max_p: f64,
}

/// Why a map cannot be scanned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ScanError {
    /// One event gathers nowhere.
    #[error("a scan needs at least two events in areas with an exposure; there are {events}")]
    TooFewEvents {
        /// How many there are.
        events: u64,
    },
    /// No zone is small enough, because there is one area or one holds nearly all the exposure.
    #[error("no zone holds at most the allowed share of the exposure")]
    NoZone,
    /// The counts are not those of the areas.
    #[error("{counts} counts do not belong to {areas} areas")]
    OtherAreas {
        /// How many counts were given.
        counts: usize,
        /// How many areas there are.
        areas: usize,
    },
}

/// What a scan found.
#[derive(Debug, Clone, PartialEq)]
pub struct Scan {
    /// The events in areas with an exposure.
    pub events: u64,
    /// The most likely cluster, then those beside it; empty where no zone holds more than expected.
    pub clusters: Vec<ScanCluster>,
    /// The greatest statistic of each map of chance, in their order.
    pub maxima: Vec<f64>,
}

/// Areas that together hold more events than expected.
#[derive(Debug, Clone, PartialEq)]
pub struct ScanCluster {
    /// The areas, from the centre outwards.
    pub members: Vec<AreaPosition>,
    /// The area in whose point the zone is centred.
    pub centre: AreaPosition,
    /// The outline of the zone.
    pub outline: ZoneOutline,
    /// Events inside.
    pub observed: u64,
    /// Events expected inside.
    pub expected: f64,
    /// Observed over expected inside, over the same outside; `None` where all events are inside.
    pub relative_risk: Option<f64>,
    /// ln of the likelihood ratio, without penalty.
    pub log_likelihood_ratio: f64,
    /// The same times the penalty of the outline: by this clusters are found and judged.
    pub statistic: f64,
    /// (R + 1)/(M + 1), where R of M maps of chance reach the statistic.
    pub p: f64,
    /// The tail of a Gumbel distribution fitted to the maps of chance by moments; `None` where they do not vary.
    pub gumbel_p: Option<f64>,
}

/// Scans a map of counts.
///
/// # Errors
/// [`ScanError`] for fewer than two events, no zone, or counts of other areas.
///
/// # Example
/// Four areas in a row, alike in exposure; all four events in the first: LLR = 4·ln(4/1), beside which any other zone is
/// less.
/// ```
/// use binhyen::statistics::{PlanePoint, ScanArea, ScanDesign, ScanZones, ZoneShapes, spatial_scan};
/// let area = |east: f64| Some(ScanArea { point: PlanePoint { x_m: east, y_m: 0.0 }, exposure: 10.0 });
/// let zones = ScanZones::new(&[0.0, 1.0, 2.5, 4.5].map(area), &ZoneShapes::circles(), 0.5);
/// let design = ScanDesign { replicas: 99, seed: 1, max_p: 0.05 };
/// let scan = spatial_scan(&zones, &[4, 0, 0, 0], design)?;
/// assert_eq!((scan.clusters[0].members.len(), scan.clusters[0].observed), (1, 4));
/// assert!((scan.clusters[0].log_likelihood_ratio - 4.0 * 4.0_f64.ln()).abs() < 1e-12);
/// # Ok::<(), binhyen::statistics::ScanError>(())
/// ```
pub fn spatial_scan(zones: &ScanZones, counts: &[u64], design: ScanDesign) -> Result<Scan, ScanError> {
    if counts.len() != zones.areas() {
        return Err(ScanError::OtherAreas { counts: counts.len(), areas: zones.areas() });
    }
    let counts: Vec<u64> =
        counts.iter().zip(zones.shares()).map(|(count, share)| if *share > 0.0 { *count } else { 0 }).collect();
    let events: u64 = counts.iter().sum();
    if events < 2 {
        return Err(ScanError::TooFewEvents { events });
    }
    if zones.is_empty() {
        return Err(ScanError::NoZone);
    }
    let table = ZoneTable::new(zones, events);
    let maxima = maxima_by_chance(zones, &table, events, design);
    let significance = Significance::of(&maxima);
    let mut taken = vec![false; zones.areas()];
    let mut clusters: Vec<ScanCluster> = Vec::new();
    // Every round finds the best zone that shares no area with those before it; its statistic is never above theirs, so
    // its p never below, and the rounds may end at the first that chance explains.
    while let Some(found) = table.best_zone(&counts, &taken) {
        let p = significance.by_rank(found.statistic);
        if !clusters.is_empty() && p > design.max_p {
            break;
        }
        let run = &zones.runs()[found.run];
        let members: Vec<AreaPosition> = zones.members(run, found.length).map(AreaPosition::new).collect();
        for member in &members {
            taken[member.index()] = true;
        }
        let share: f64 = members.iter().map(|member| zones.shares()[member.index()]).sum();
        let expected = events as f64 * share;
        clusters.push(ScanCluster {
            members,
            centre: AreaPosition::new(run.centre),
            outline: run.outline,
            observed: found.observed,
            expected,
            relative_risk: relative_risk(found.observed, expected, events),
            log_likelihood_ratio: log_likelihood_ratio(found.observed, expected, events),
            statistic: found.statistic,
            p,
            gumbel_p: significance.gumbel(found.statistic),
        });
    }
    Ok(Scan { events, clusters, maxima })
}

/// Observed over expected inside, over the same outside.
fn relative_risk(observed: u64, expected: f64, events: u64) -> Option<f64> {
    let outside = events - observed;
    let expected_outside = events as f64 - expected;
    (outside > 0 && expected > 0.0).then(|| (observed as f64 / expected) / (outside as f64 / expected_outside))
}

/// The greatest statistic of each map of chance. Every map has random numbers of its own, so that the order in which
/// the cores take them changes nothing.
fn maxima_by_chance(zones: &ScanZones, table: &ZoneTable<'_>, events: u64, design: ScanDesign) -> Vec<f64> {
    let chance = ChanceMap::new(zones.shares(), events);
    let replicas = design.replicas as usize;
    let blocks = replicas.div_ceil(LANES);
    let of_block = |block: usize| {
        let mut counts = vec![[0_i32; LANES]; zones.areas()];
        let lanes = 0..LANES;
        for lane in lanes {
            let mut randomness = Randomness::new(design.seed, (block * LANES + lane) as u64);
            chance.draw(&mut randomness, |area, count| counts[area][lane] = count as i32);
        }
        table.maxima(&counts)
    };
    let maxima: Vec<[f64; LANES]> = (0..blocks).into_par_iter().map(of_block).collect();
    maxima.into_iter().flatten().take(replicas).collect()
}

#[cfg(test)]
mod tests;
