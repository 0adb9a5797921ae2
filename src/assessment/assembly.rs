//! How the parts of an assessment are put together, area by area.
//!
//! In: the parts, each with one entry for each area. Out: the assessment with one row for each area. Nothing is
//! computed or hidden here.

use std::sync::Arc;

use super::area::{AreaAssessment, Assessment, ModelDensities};
use super::clusters::hot_spot::{AreaHotSpot, FunnelPosition};
use super::counting::{Counted, Exposure};
use super::official::Official;
use super::rating::Rating;
use super::rating::detected::Detected;
use super::rating::peers::Membership;
use super::trend::{PrecedingWindow, Trend};
use crate::domain::area::Level;
use crate::domain::filter::Filter;

/// The parts of an assessment, each with one entry per area.
pub(super) struct AssemblyInputs {
    pub(super) counted: Counted,
    pub(super) detected: Detected,
    pub(super) exposure: Exposure,
    pub(super) peers: Arc<Membership>,
    pub(super) rating: Rating,
    pub(super) trends: (Option<PrecedingWindow>, Vec<Option<Trend>>),
    pub(super) hot_spots: Vec<Option<AreaHotSpot>>,
    pub(super) funnel: Vec<Option<FunnelPosition>>,
    pub(super) densities: Arc<Vec<ModelDensities>>,
    pub(super) official: Arc<Official>,
}

/// Puts the parts of an assessment together, area by area.
pub(super) fn assembled(level: Level, filter: &Filter, parts: AssemblyInputs) -> Assessment {
    let AssemblyInputs { counted, detected, exposure, peers, rating, trends, hot_spots, funnel, densities, official } =
        parts;
    let (preceding, trends) = trends;
    let (mut trends, mut hot_spots, mut funnel) = (trends.into_iter(), hot_spots.into_iter(), funnel.into_iter());
    let mut totals = counted.totals;
    totals.models = densities.iter().map(|density| density.all.active).sum();
    let parts = rating.areas.into_iter().zip(densities.iter()).zip(&official.shares).zip(exposure.residents.indices());
    let rows = parts.map(|(((rated, models), (statutory, certification)), area_index)| AreaAssessment {
        residents: exposure.residents[area_index],
        person_years: exposure.person_years[area_index],
        not_covered: exposure.uncovered[area_index],
        incidents: Some(counted.incidents[area_index]),
        without_point: Some(counted.without_point[area_index]),
        detected: detected.of_area(area_index),
        rate: rated.rate.map(|rate| rate.value),
        rate_low: rated.rate.map(|rate| rate.low),
        rate_high: rated.rate.map(|rate| rate.high),
        rate_smoothed: rated.rate_smoothed,
        expected: rated.expected,
        ratio: rated.risk.map(|risk| risk.median),
        ratio_low: rated.risk.map(|risk| risk.limits.low),
        ratio_high: rated.risk.map(|risk| risk.limits.high),
        prob_above_1: rated.risk.map(|risk| risk.probability_above_one),
        reliability: rated.risk.map(|risk| risk.reliability),
        peer_group: peers.ids[area_index].clone(),
        grade: rated.grade.grade,
        grade_best: rated.grade.best,
        grade_worst: rated.grade.worst,
        prob_letter: rated.grade.probability,
        difference: rated.difference,
        trend: trends.next().flatten(),
        hot_spot: hot_spots.next().flatten(),
        funnel: funnel.next().flatten(),
        components: rated.components,
        statutory: *statutory,
        official_status: official.official_statuses[area_index],
        certification: Arc::clone(certification),
        models: models.all,
        models_by_kind: Arc::clone(&models.by_kind),
    });
    Assessment { level, filter: *filter, rows: rows.collect(), totals, method: rating.method, preceding }
}
