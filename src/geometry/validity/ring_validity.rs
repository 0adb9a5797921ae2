//! Flaws of one area by itself, judged on the coordinates as they came.

use geo::coordinate_position::{CoordPos, CoordinatePosition};
use geo::{Area, BoundingRect, Coord, LineString, MultiPolygon, Polygon, Rect};

use super::finding::{Flaw, GeometryFinding};
use super::self_meeting::{SelfMeetings, common_ground, distinct_run, rings_of, self_meetings, side, touches_ring};
use crate::geometry::projection::{LonLat, LonLatBounds};

/// Where every area of Viet Nam lies, its islands included.
pub const VIET_NAM: LonLatBounds = LonLatBounds { west: 102.0, south: 6.0, east: 118.0, north: 24.0 };

/// Vertices of shells that all vertices of the holes of one polygon may be held against.
const SIDE_TESTS: usize = 200_000_000;

/// The flaws of a ring as a file gives it, before a polygon type closes it in silence.
///
/// Readers call this for every ring of area number `area`; all other flaws are found by
/// [`crate::geometry::validity::findings`].
pub fn raw_ring_findings(area: usize, ring: &[LonLat]) -> Vec<GeometryFinding> {
    let place = ring.first().copied();
    let found = |flaw| GeometryFinding::of_area(flaw, area, 1, place);
    let mut findings = Vec::new();
    if ring.len() < 4 {
        findings.push(found(Flaw::TooFewVertices));
    }
    if ring.first() != ring.last() {
        findings.push(found(Flaw::OpenRing));
    }
    findings
}

/// The flaws of one area, numbered `area`, by itself.
pub(crate) fn area_findings(area: usize, shape: &MultiPolygon<f64>) -> Vec<GeometryFinding> {
    let unusable = |flaw, place| vec![GeometryFinding::of_area(flaw, area, 1, place)];
    let coords = || shape.iter().flat_map(rings_of).flat_map(LineString::coords);
    if coords().next().is_none() {
        return unusable(Flaw::Empty, None);
    }
    if coords().any(|place| !place.x.is_finite() || !place.y.is_finite()) {
        let first = coords().find(|place| place.x.is_finite() && place.y.is_finite());
        return unusable(Flaw::NotFinite, first.map(|&place| lon_lat(place)));
    }
    let Some(bounds) = shape.bounding_rect() else { return unusable(Flaw::Empty, None) };
    if let Some(flaw) = wrong_coordinates(bounds) {
        return unusable(flaw, Some(lon_lat(bounds.center())));
    }
    let mut counter = FindingCounter { area, findings: Vec::new() };
    for polygon in shape {
        count_polygon(polygon, &mut counter);
    }
    count_crossings(shape, &mut counter);
    counter.findings
}

pub(crate) fn lon_lat(place: Coord<f64>) -> LonLat {
    LonLat::new(place.x, place.y)
}

fn wrong_coordinates(bounds: Rect<f64>) -> Option<Flaw> {
    let (min, max) = (bounds.min(), bounds.max());
    let fits = |lon_min, lat_min, lon_max, lat_max| {
        VIET_NAM.contains(LonLat::new(lon_min, lat_min)) && VIET_NAM.contains(LonLat::new(lon_max, lat_max))
    };
    if !fits(min.x, min.y, max.x, max.y) && fits(min.y, min.x, max.y, max.x) {
        Some(Flaw::SwappedAxes)
    } else if min.x < -180.0 || max.x > 180.0 || min.y < -90.0 || max.y > 90.0 {
        Some(Flaw::NotDegrees)
    } else {
        None
    }
}

/// The findings of one area, one per kind of flaw.
struct FindingCounter {
    area: usize,
    findings: Vec<GeometryFinding>,
}

impl FindingCounter {
    fn add(&mut self, flaw: Flaw, count: usize, place: Coord<f64>) {
        if count == 0 {
            return;
        }
        match self.findings.iter_mut().find(|finding| finding.flaw == flaw) {
            Some(finding) => finding.count += count,
            None => self.findings.push(GeometryFinding::of_area(flaw, self.area, count, Some(lon_lat(place)))),
        }
    }
}

fn count_polygon(polygon: &Polygon<f64>, counter: &mut FindingCounter) {
    for (number, ring) in rings_of(polygon).enumerate() {
        let Some(&start) = ring.0.first() else { continue };
        let repeated: Vec<Coord<f64>> = ring.0.windows(2).filter(|pair| pair[0] == pair[1]).map(|p| p[0]).collect();
        counter.add(Flaw::RepeatedVertices, repeated.len(), repeated.first().copied().unwrap_or(start));
        let points = distinct_run(ring);
        let spikes: Vec<Coord<f64>> = spike_tips(&points);
        counter.add(Flaw::Spikes, spikes.len(), spikes.first().copied().unwrap_or(start));
        let signed = Polygon::new(ring.clone(), Vec::new()).signed_area();
        if ring.0.len() < 4 {
            counter.add(Flaw::TooFewVertices, 1, start);
        } else if points.len() < 3 || signed == 0.0 {
            counter.add(Flaw::NoArea, 1, start);
        } else if (signed > 0.0) != (number == 0) {
            counter.add(Flaw::Orientation, 1, start);
        }
    }
    let shell = Polygon::new(polygon.exterior().clone(), Vec::new());
    let mut tests = SIDE_TESTS;
    for hole in polygon.interiors() {
        if let Some(place) = place_outside(hole, &shell, &mut tests) {
            counter.add(Flaw::HoleOutsideShell, 1, place);
        }
    }
}

/// The first vertex of a hole that lies outside its shell, further than a touch may. When the budget of tests is used
/// up, the first vertex that is clearly inside or outside stands for all: a hole that is only partly outside crosses.
fn place_outside(hole: &LineString<f64>, shell: &Polygon<f64>, tests: &mut usize) -> Option<Coord<f64>> {
    for &place in hole.coords() {
        let position = shell.coordinate_position(&place);
        if position == CoordPos::Outside && !touches_ring(shell.exterior(), place) {
            return Some(place);
        }
        *tests = tests.saturating_sub(shell.exterior().0.len());
        if *tests == 0 && position == CoordPos::Inside {
            return None;
        }
    }
    None
}

fn spike_tips(points: &[Coord<f64>]) -> Vec<Coord<f64>> {
    let count = points.len();
    let is_tip = |index: usize| {
        let (a, tip, b) = (points[(index + count - 1) % count], points[index], points[(index + 1) % count]);
        let forward = (tip - a).x * (b - tip).x + (tip - a).y * (b - tip).y;
        side(a, tip, b) == 0.0 && forward < 0.0
    };
    (0..count).filter(|&index| count >= 3 && is_tip(index)).map(|index| points[index]).collect()
}

fn count_crossings(shape: &MultiPolygon<f64>, counter: &mut FindingCounter) {
    let SelfMeetings { crossings, touches, is_tangled } = self_meetings(shape);
    let place = crossings.first().or(touches.first()).copied();
    if let (true, Some(place)) = (is_tangled, place.or(first_vertex(shape))) {
        return counter.add(Flaw::Tangled, 1, place);
    }
    for (flaw, places) in [(Flaw::SelfCrossing, crossings), (Flaw::SelfTouch, touches)] {
        if let Some(&place) = places.first() {
            counter.add(flaw, places.len(), place);
        }
    }
    let common = common_ground(shape);
    if let Some(&place) = common.first() {
        counter.add(Flaw::PartsOverlap, common.len(), place);
    }
}

fn first_vertex(shape: &MultiPolygon<f64>) -> Option<Coord<f64>> {
    shape.iter().flat_map(rings_of).flat_map(LineString::coords).next().copied()
}
