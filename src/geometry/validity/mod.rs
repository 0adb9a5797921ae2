//! What is wrong with a set of boundaries, before anything is built on them.
//!
//! Goes in: the areas as they came and the coverage built from them. Comes out: findings with the areas
//! concerned, how often, how large and where; errors make an area unusable, warnings are reported. Nothing is
//! changed here: mending is `repair`'s work, and only on request. A ring that does not close is closed in
//! silence by the polygon type, so readers call [`raw_ring_findings`] while they still hold the raw ring.

pub(super) mod finding;
mod mutual_tangles;
pub mod repair;
pub(super) mod ring;
pub(super) mod ring_validity;
pub(super) mod self_meeting;
pub(super) mod set_validity;

use geo::MultiPolygon;
use rayon::prelude::*;

use crate::geometry::coverage::Coverage;
pub use finding::{Extent, FindingSeverity, Flaw, GeometryFinding};
use mutual_tangles::mutual_tangles;
use ring_validity::area_findings;
pub use ring_validity::{VIET_NAM, raw_ring_findings};
use set_validity::set_findings;
pub use set_validity::{OPEN_GAP_WIDTH_M, SLIVER_KM2};

/// The areas whose borders cross so often that neither a coverage nor anything else should be built of them: to be asked
/// before [`Coverage::build`], which has no such bound.
pub fn tangles(areas: &[MultiPolygon<f64>]) -> Vec<GeometryFinding> {
    let own = areas.par_iter().enumerate().flat_map_iter(|(area, shape)| area_findings(area, shape));
    let tangled: Vec<GeometryFinding> = own.filter(|finding| finding.flaw == Flaw::Tangled).collect();
    if tangled.is_empty() { mutual_tangles(areas) } else { tangled }
}

/// Whether every area can be used as it is, whatever lies between them.
pub fn all_sound(areas: &[MultiPolygon<f64>]) -> bool {
    let unsound = |finding: &GeometryFinding| finding.severity() == FindingSeverity::Error;
    areas.par_iter().enumerate().all(|(area, shape)| !area_findings(area, shape).iter().any(unsound))
}

/// All flaws of the areas and between them, errors first, then by kind and area.
///
/// `coverage` must be the one built from these very areas.
pub fn findings(areas: &[MultiPolygon<f64>], coverage: &Coverage) -> Vec<GeometryFinding> {
    let mut findings: Vec<GeometryFinding> =
        areas.par_iter().enumerate().flat_map_iter(|(area, shape)| area_findings(area, shape)).collect();
    findings.extend(set_findings(coverage));
    findings.sort_by(|a, b| (a.severity(), a.flaw, &a.areas).cmp(&(b.severity(), b.flaw, &b.areas)));
    findings
}
