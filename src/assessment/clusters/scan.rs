//! Clusters above the common level: the spatial scan over the areas of a level under a filter.
//!
//! In: a snapshot, a level, a filter and the shape of zones. Out: a [`ClusterScan`], with the rule that it followed. A
//! zone grows around the label point of an area; what is expected is in proportion to person-years.

use serde::Serialize;
use utoipa::ToSchema;

use crate::assessment::{AssessmentError, counting, level_data};
use crate::domain::area::Level;
use crate::domain::filter::Filter;
use crate::domain::rules::cluster_rule::ClusterRule;
use crate::geometry::local_metres::LocalFrame;
use crate::geometry::projection::LonLat;
use crate::snapshot::{LevelData, Snapshot};
use crate::statistics::{Ellipse, PlanePoint, ScanArea, ScanDesign, ScanZones, ZoneShapes, spatial_scan};
pub use crate::statistics::{ScanCluster, ScanError};

/// Which outlines zones have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClusterShape {
    /// Circles.
    Circle,
    /// Circles, and ellipses of the ratios and directions of the rule file.
    Ellipse,
}

impl ClusterShape {
    /// Both, the usual one first.
    pub const ALL: [Self; 2] = [Self::Circle, Self::Ellipse];

    /// The word in addresses and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Circle => "circle",
            Self::Ellipse => "ellipse",
        }
    }

    fn zones(self, rule: &ClusterRule) -> ZoneShapes {
        match self {
            Self::Circle => ZoneShapes::circles(),
            Self::Ellipse => ZoneShapes {
                ellipses: rule
                    .ellipses
                    .iter()
                    .map(|shape| Ellipse { ratio: shape.ratio, angles: shape.angles })
                    .collect(),
                penalty: rule.penalty,
            },
        }
    }
}

/// What a scan of a level found.
#[derive(Debug, Clone, PartialEq)]
pub struct ClusterScan {
    /// The outlines of its zones.
    pub shape: ClusterShape,
    /// Incidents in areas that were scanned.
    pub incidents: u64,
    /// Areas that were scanned: those with residents.
    pub areas_scanned: usize,
    /// How many zones were looked at.
    pub zones: usize,
    /// The most likely cluster, whatever its p, and those beside it up to the greatest p of the rule; or why there is
    /// nothing to be scanned.
    pub clusters: Result<Vec<ScanCluster>, ScanError>,
}

/// Scans the areas of a level under a filter.
///
/// # Errors
/// When the edition or the level is not loaded.
pub fn clusters(
    snapshot: &Snapshot,
    level: Level,
    filter: &Filter,
    shape: ClusterShape,
) -> Result<ClusterScan, AssessmentError> {
    let (edition_data, areas) = level_data(snapshot, level, filter.edition)?;
    let rule = &snapshot.rules.clusters;
    let exposure = counting::exposures(edition_data, areas, &snapshot.coverage, filter.period).person_years;
    let counts = counting::incidents_by_area(snapshot, edition_data, areas, filter);
    let scanned: Vec<Option<ScanArea>> = points(areas)
        .zip(exposure.iter())
        .map(|(point, exposure)| exposure.filter(|years| *years > 0.0).map(|exposure| ScanArea { point, exposure }))
        .collect();
    let counts: Vec<u64> = counts.iter().map(|count| u64::from(*count)).collect();
    let zones = ScanZones::new(&scanned, &shape.zones(rule), rule.max_share);
    let design = ScanDesign { replicas: rule.replicas, seed: rule.seed, max_p: rule.max_p };
    let in_scanned = scanned.iter().zip(&counts).filter(|(area, _)| area.is_some());
    Ok(ClusterScan {
        shape,
        incidents: in_scanned.map(|(_, count)| count).sum(),
        areas_scanned: scanned.iter().flatten().count(),
        zones: zones.len(),
        clusters: spatial_scan(&zones, &counts, design).map(|scan| scan.clusters),
    })
}

/// The label points of the areas, in metres from the middle of them all.
pub(in crate::assessment) fn points(areas: &LevelData) -> impl Iterator<Item = PlanePoint> {
    let labels: Vec<LonLat> = areas.areas.iter().map(|area| area.label).collect();
    let count = labels.len().max(1) as f64;
    let middle = LonLat::new(
        labels.iter().map(|label| label.lon).sum::<f64>() / count,
        labels.iter().map(|label| label.lat).sum::<f64>() / count,
    );
    let frame = LocalFrame::around(middle);
    labels.into_iter().map(move |label| {
        let local = frame.to_local(label);
        PlanePoint { x_m: local.x_m, y_m: local.y_m }
    })
}
