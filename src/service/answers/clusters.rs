//! Clusters above the common level, with what they rest on and how they were found.
//!
//! In: a scan and the question it answers. Out: the answer of `/clusters`, for roles that see all counts.

use serde::Serialize;
use utoipa::ToSchema;

use super::area_name::AreaName;
use super::heading::Heading;
use crate::assessment::clusters::scan::{ClusterScan, ClusterShape, ScanCluster, ScanError};
use crate::domain::area::Level;
use crate::domain::rules::cluster_rule::ClusterRule;
use crate::domain::text::Names;
use crate::service::live::ServedSnapshot;
use crate::service::questions::clusters::ClusterQuestion;
use crate::snapshot::AreaEntry;
use crate::texts::{decimal, text};

/// The clusters of a level under a filter.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ClustersAnswer {
    #[serde(flatten)]
    heading: Heading,
    /// The level of the areas.
    level: Level,
    /// Clusters above the common level, beyond chance; the most likely first. No two share an area.
    pub(crate) clusters: Vec<ClusterAnswer>,
    /// The most likely cluster, whether beyond chance or not; null where no zone holds more than is expected.
    #[schema(required)]
    pub(crate) most_likely: Option<ClusterAnswer>,
    /// Why nothing was scanned; null where it was.
    #[schema(required)]
    unscanned: Option<UnscannedReason>,
    /// What was found, in a sentence.
    pub(crate) sentence: Names,
    /// How it was found.
    pub(crate) method: ClusterMethod,
}

/// Why nothing was scanned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum UnscannedReason {
    /// Fewer than two incidents.
    TooFewIncidents,
    /// One area, or one that holds nearly all residents.
    NoZone,
}

/// Areas that together lie above the common level.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ClusterAnswer {
    /// Its number, the most likely being 1.
    pub(crate) number: usize,
    /// What stands beside it on a map.
    pub(crate) label: Names,
    /// Its areas, from the centre outwards.
    pub(crate) areas: Vec<AreaName>,
    /// The code of the area in whose label point it is centred.
    pub(crate) centre: String,
    /// Long axis over short axis of its zone; 1 for a circle.
    pub(crate) axis_ratio: f64,
    /// Direction of the long axis in degrees, from east towards north.
    pub(crate) axis_degrees: f64,
    /// Incidents inside.
    pub(crate) observed: u64,
    /// Incidents expected inside at the common rate.
    pub(crate) expected: f64,
    /// The rate inside over that outside; null where all incidents are inside.
    #[schema(required)]
    pub(crate) relative_risk: Option<f64>,
    /// Natural logarithm of the likelihood ratio.
    pub(crate) log_likelihood_ratio: f64,
    /// The same less the penalty of an ellipse: by it clusters are found and judged.
    pub(crate) statistic: f64,
    /// (R + 1)/(M + 1), where R of M maps of chance reach the statistic anywhere.
    pub(crate) p: f64,
    /// The tail of a Gumbel distribution fitted to the maps of chance; null where they do not vary.
    #[schema(required)]
    pub(crate) gumbel_p: Option<f64>,
}

/// How clusters are found.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ClusterMethod {
    /// The statistic.
    statistic: &'static str,
    /// The outlines of zones.
    shape: ClusterShape,
    /// The greatest share of the person-years in a zone.
    max_share: f64,
    /// The exponent of the penalty (4s/(s + 1)²)^a of an ellipse of axis ratio s.
    penalty: f64,
    /// Maps of chance.
    replicas: u32,
    /// What their random numbers begin with.
    seed: u64,
    /// Clusters are told up to this p.
    max_p: f64,
    /// Incidents in the areas that were scanned.
    incidents: u64,
    /// Areas that were scanned: those with residents.
    areas_scanned: usize,
    /// Zones that were looked at.
    zones: usize,
    /// The method in a sentence.
    pub(crate) sentence: Names,
}

impl ClustersAnswer {
    /// The answer to a question.
    pub(crate) fn of(served: &ServedSnapshot, question: &ClusterQuestion, found: &ClusterScan) -> Self {
        let snapshot = &served.snapshot;
        let level = snapshot.edition(question.requested.filter.edition);
        let level = level.and_then(|edition_data| edition_data.shape.level(question.level));
        let areas = level.map_or(&[][..], |level| &level.areas);
        let rule = &snapshot.rules.clusters;
        let all = found.clusters.as_deref().unwrap_or_default();
        let told: Vec<ClusterAnswer> =
            (1..).zip(all).map(|(number, cluster)| ClusterAnswer::of(number, cluster, areas)).collect();
        let most_likely = told.first().cloned();
        let clusters: Vec<ClusterAnswer> = told.into_iter().filter(|cluster| cluster.p <= rule.max_p).collect();
        let unscanned = found.clusters.as_ref().err().map(UnscannedReason::of);
        Self {
            heading: Heading::of(snapshot, &question.requested),
            level: question.level,
            sentence: sentence(unscanned, &clusters, rule),
            clusters,
            most_likely,
            unscanned,
            method: ClusterMethod::of(found, rule),
        }
    }
}

impl UnscannedReason {
    fn of(error: &ScanError) -> Self {
        match error {
            ScanError::TooFewEvents { events: _ } => Self::TooFewIncidents,
            ScanError::NoZone | ScanError::OtherAreas { counts: _, areas: _ } => Self::NoZone,
        }
    }
}

fn sentence(unscanned: Option<UnscannedReason>, clusters: &[ClusterAnswer], rule: &ClusterRule) -> Names {
    match (unscanned, clusters.len()) {
        (Some(UnscannedReason::TooFewIncidents), _) => text!("clusters-too-few-incidents"),
        (Some(UnscannedReason::NoZone), _) => text!("clusters-no-zone"),
        (None, 0) => text!("clusters-none", level = decimal(rule.max_p, 2)),
        (None, count) => text!("clusters-some", count = count, level = decimal(rule.max_p, 2)),
    }
}

impl ClusterAnswer {
    fn of(number: usize, cluster: &ScanCluster, areas: &[AreaEntry]) -> Self {
        let members = cluster.members.iter().filter_map(|member| areas.get(member.index()));
        let label = text!(
            "clusters-label",
            number = number,
            observed = cluster.observed,
            expected = decimal(cluster.expected, 1),
            p = decimal(cluster.p, 3)
        );
        Self {
            number,
            label,
            areas: members.map(AreaName::of).collect(),
            centre: areas.get(cluster.centre.index()).map(|area| area.code.to_string()).unwrap_or_default(),
            axis_ratio: cluster.outline.ratio,
            axis_degrees: cluster.outline.degrees,
            observed: cluster.observed,
            expected: cluster.expected,
            relative_risk: cluster.relative_risk,
            log_likelihood_ratio: cluster.log_likelihood_ratio,
            statistic: cluster.statistic,
            p: cluster.p,
            gumbel_p: cluster.gumbel_p,
        }
    }
}

impl ClusterMethod {
    fn of(found: &ClusterScan, rule: &ClusterRule) -> Self {
        Self {
            statistic: "Kulldorff's spatial scan, Poisson model, high rates; p by Monte Carlo under a fixed total",
            shape: found.shape,
            max_share: rule.max_share,
            penalty: rule.penalty,
            replicas: rule.replicas,
            seed: rule.seed,
            max_p: rule.max_p,
            incidents: found.incidents,
            areas_scanned: found.areas_scanned,
            zones: found.zones,
            sentence: text!("clusters-method", replicas = rule.replicas, seed = rule.seed.to_string()),
        }
    }
}
