//! Mends areas, only on request, and says what was done.
//!
//! Area by area: rings with coordinates that are no places, too few vertices or no area are dropped, repeats
//! and spikes go, rings are closed and wound as RFC 7946 requires, crossings are resolved by a union of the area
//! with itself. Then neighbours that miss each other by at most the coverage's tolerance are made to meet.
//! Larger overlaps and gaps are left as they are: which neighbour is right is not for a program to say.

use geo::bool_ops::{FillRule, OpType};
use geo::orient::{Direction, Orient};
use geo::{BooleanOps, Coord, CoordinatePosition, LineString, MultiPolygon, Polygon, coordinate_position::CoordPos};
use rayon::prelude::*;

use super::finding::{Flaw, GeometryFinding};
use super::ring_validity::area_findings;
use crate::geometry::coverage::Coverage;
use crate::geometry::projection::area_km2;

/// A kind of repair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Repair {
    /// Rings that were no rings, and holes wholly outside their shell, were dropped.
    RingsDropped,
    /// Vertices equal to the one before were dropped.
    RepeatsDropped,
    /// Tips of spikes were dropped.
    SpikesDropped,
    /// Rings were turned round.
    RingsTurned,
    /// Crossings were resolved by a union of the area with itself.
    CrossingsResolved,
    /// Vertices were moved onto or inserted from a neighbour's border within the coverage's tolerance.
    NeighboursMet,
}

/// One repair that was made.
#[derive(Debug, Clone, PartialEq)]
pub struct RepairStep {
    /// What was done.
    pub repair: Repair,
    /// The area; none for what concerns the set as a whole.
    pub area: Option<usize>,
    /// How often.
    pub count: usize,
    /// By how much the area (or the sum of all) changed, in square kilometres.
    pub change_km2: f64,
}

/// Repaired areas in the order of the input, and what was done to them.
#[derive(Debug, Clone, PartialEq)]
pub struct Repaired {
    /// The areas after repair, in the order given.
    pub areas: Vec<MultiPolygon<f64>>,
    /// Everything that was done, by area.
    pub steps: Vec<RepairStep>,
}

/// The areas with what can be mended mended.
pub fn repaired(areas: &[MultiPolygon<f64>]) -> Repaired {
    let mended: Vec<(MultiPolygon<f64>, Vec<RepairStep>)> =
        areas.par_iter().enumerate().map(|(area, shape)| repaired_area(area, shape)).collect();
    let (mut areas, steps): (Vec<_>, Vec<_>) = mended.into_iter().unzip();
    let mut steps: Vec<RepairStep> = steps.into_iter().flatten().collect();
    let coverage = Coverage::build(&areas);
    let noding = coverage.report().noding;
    let count = noding.merged + noding.inserted;
    if count > 0 {
        let met: Vec<MultiPolygon<f64>> = (0..coverage.len()).map(|area| coverage.multi_polygon(area)).collect();
        let sum = |areas: &[MultiPolygon<f64>]| areas.iter().map(area_km2).sum::<f64>();
        let change_km2 = sum(&met) - sum(&areas);
        steps.push(RepairStep { repair: Repair::NeighboursMet, area: None, count, change_km2 });
        areas = met;
    }
    Repaired { areas, steps }
}

/// Counts of the repairs to one area.
#[derive(Default)]
struct RepairCounts {
    dropped: usize,
    repeats: usize,
    spikes: usize,
    turned: usize,
}

fn repaired_area(area: usize, shape: &MultiPolygon<f64>) -> (MultiPolygon<f64>, Vec<RepairStep>) {
    let mut counts = RepairCounts::default();
    let polygons = shape.iter().filter_map(|polygon| repaired_polygon(polygon, &mut counts)).collect();
    let mut mended = MultiPolygon::new(polygons);
    let step = |repair, count, change_km2| RepairStep { repair, area: Some(area), count, change_km2 };
    let simple = [
        (Repair::RingsDropped, counts.dropped),
        (Repair::RepeatsDropped, counts.repeats),
        (Repair::SpikesDropped, counts.spikes),
        (Repair::RingsTurned, counts.turned),
    ];
    let mut steps: Vec<RepairStep> =
        simple.into_iter().filter(|&(_, count)| count > 0).map(|(repair, count)| step(repair, count, 0.0)).collect();
    let findings = area_findings(area, &mended);
    let crossings = crossing_count(&findings);
    // A tangle is left as it is: resolving it would take as long as it takes.
    if crossings > 0 && findings.iter().all(|finding| finding.flaw != Flaw::Tangled) {
        let before_km2 = area_km2(&mended);
        let nothing = MultiPolygon::<f64>::new(Vec::new());
        let resolved = mended.boolean_op_with_fill_rule(&nothing, OpType::Union, FillRule::NonZero);
        mended = resolved.orient(Direction::Default);
        steps.push(step(Repair::CrossingsResolved, crossings, area_km2(&mended) - before_km2));
    }
    (mended, steps)
}

fn crossing_count(findings: &[GeometryFinding]) -> usize {
    let unsound = |finding: &&GeometryFinding| {
        matches!(finding.flaw, Flaw::SelfCrossing | Flaw::HoleOutsideShell | Flaw::PartsOverlap)
    };
    findings.iter().filter(unsound).map(|finding| finding.count).sum()
}

fn repaired_polygon(polygon: &Polygon<f64>, counts: &mut RepairCounts) -> Option<Polygon<f64>> {
    let Some(shell) = repaired_ring(polygon.exterior(), counts) else {
        counts.dropped += polygon.interiors().len();
        return None;
    };
    let shell_alone = Polygon::new(shell.clone(), Vec::new());
    let outside =
        |hole: &LineString<f64>| hole.coords().all(|place| shell_alone.coordinate_position(place) == CoordPos::Outside);
    let mut holes = Vec::new();
    for hole in polygon.interiors().iter().filter_map(|hole| repaired_ring(hole, counts)).collect::<Vec<_>>() {
        if outside(&hole) {
            counts.dropped += 1;
        } else {
            holes.push(hole);
        }
    }
    let mended = Polygon::new(shell, holes);
    let wound = mended.orient(Direction::Default);
    let turned = |a: &LineString<f64>, b: &LineString<f64>| usize::from(a != b);
    counts.turned += turned(mended.exterior(), wound.exterior());
    counts.turned += mended.interiors().iter().zip(wound.interiors()).map(|(a, b)| turned(a, b)).sum::<usize>();
    Some(wound)
}

/// A ring without repeats and spikes, closed; none when nothing is left of it.
fn repaired_ring(ring: &LineString<f64>, counts: &mut RepairCounts) -> Option<LineString<f64>> {
    let mut points: Vec<Coord<f64>> = ring.0.clone();
    if points.len() > 1 && points.first() == points.last() {
        points.pop();
    }
    let given = points.len();
    points.dedup();
    while points.len() > 1 && points.first() == points.last() {
        points.pop();
    }
    let without_repeats = points.len();
    drop_spikes(&mut points);
    let usable = points.len() >= 3 && points.iter().all(|place| place.x.is_finite() && place.y.is_finite());
    if !usable {
        counts.dropped += 1;
        return None;
    }
    counts.repeats += given - without_repeats;
    counts.spikes += without_repeats - points.len();
    points.push(points[0]);
    Some(LineString::new(points))
}

fn drop_spikes(points: &mut Vec<Coord<f64>>) {
    let mut index = 0;
    let mut unchanged = 0;
    // `unchanged` counts the vertices in a row that are no spike. A removal may make a spike of the one before, so
    // the walk steps back and counts anew. It ends after a full round without one; each removal shortens the ring.
    while points.len() >= 3 && unchanged < points.len() {
        let count = points.len();
        index %= count;
        let (before, after) = (points[(index + count - 1) % count], points[(index + 1) % count]);
        if turns_back(before, points[index], after) {
            points.remove(index);
            index = index.saturating_sub(1);
            unchanged = 0;
        } else {
            index += 1;
            unchanged += 1;
        }
    }
}

fn turns_back(a: Coord<f64>, tip: Coord<f64>, b: Coord<f64>) -> bool {
    let exact = |place: Coord<f64>| robust::Coord { x: place.x, y: place.y };
    let forward = (tip - a).x * (b - tip).x + (tip - a).y * (b - tip).y;
    a == tip || tip == b || (robust::orient2d(exact(a), exact(tip), exact(b)) == 0.0 && forward < 0.0)
}
