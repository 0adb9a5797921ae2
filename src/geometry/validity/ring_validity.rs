//! Flaws of one area by itself, judged on the coordinates as they came.

use geo::coordinate_position::{CoordPos, CoordinatePosition};
use geo::{Area, BoundingRect, Coord, Line, LineString, MultiPolygon, Polygon, Rect};
use robust::orient2d;
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::finding::{Flaw, GeometryFinding};
use crate::geometry::projection::{LonLat, LonLatBounds};

/// Where every area of Viet Nam lies, its islands included.
pub const VIET_NAM: LonLatBounds = LonLatBounds { west: 102.0, south: 6.0, east: 118.0, north: 24.0 };

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
    let coords = || shape.iter().flat_map(rings).flat_map(LineString::coords);
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

fn rings(polygon: &Polygon<f64>) -> impl Iterator<Item = &LineString<f64>> {
    std::iter::once(polygon.exterior()).chain(polygon.interiors())
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
    for (number, ring) in rings(polygon).enumerate() {
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
    let shell = polygon.exterior();
    for hole in polygon.interiors() {
        let shell = Polygon::new(shell.clone(), Vec::new());
        let outside = hole.coords().find(|place| shell.coordinate_position(place) == CoordPos::Outside);
        if let Some(&place) = outside {
            counter.add(Flaw::HoleOutsideShell, 1, place);
        }
    }
}

/// The vertices of a ring without repeats and without the closing one.
fn distinct_run(ring: &LineString<f64>) -> Vec<Coord<f64>> {
    let mut points = ring.0.clone();
    points.dedup();
    while points.len() > 1 && points.first() == points.last() {
        points.pop();
    }
    points
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

fn side(a: Coord<f64>, b: Coord<f64>, c: Coord<f64>) -> f64 {
    let exact = |place: Coord<f64>| robust::Coord { x: place.x, y: place.y };
    orient2d(exact(a), exact(b), exact(c))
}

/// How two edges of one area meet.
enum Meeting {
    Crossing,
    Touch,
}

fn count_crossings(shape: &MultiPolygon<f64>, counter: &mut FindingCounter) {
    let lines = shape.iter().flat_map(rings).flat_map(LineString::lines).filter(|line| line.start != line.end);
    let boxed = lines.enumerate().map(|(number, line)| {
        let corners = ([line.start.x, line.start.y], [line.end.x, line.end.y]);
        GeomWithData::new(Rectangle::from_aabb(AABB::from_corners(corners.0, corners.1)), (number, line))
    });
    let tree = RTree::bulk_load(boxed.collect());
    let (mut crossings, mut touches) = (Vec::new(), Vec::new());
    for (one, other) in tree.intersection_candidates_with_other_tree(&tree) {
        let ((first, a), (second, b)) = (one.data, other.data);
        if first < second {
            match meeting(a, b) {
                Some(Meeting::Crossing) => crossings.push((first, second, a.start)),
                Some(Meeting::Touch) => touches.push((first, second, a.start)),
                None => {}
            }
        }
    }
    for (flaw, mut found) in [(Flaw::SelfCrossing, crossings), (Flaw::SelfTouch, touches)] {
        found.sort_by_key(|&(first, second, _)| (first, second));
        if let Some(&(_, _, place)) = found.first() {
            counter.add(flaw, found.len(), place);
        }
    }
}

/// How two edges meet, a common end aside.
fn meeting(a: Line<f64>, b: Line<f64>) -> Option<Meeting> {
    if [a.start, a.end].iter().any(|end| [b.start, b.end].contains(end)) {
        return None;
    }
    // Exact in its sign: one factor is reduced to its sign so that the product of two small areas does not
    // underflow to 0.
    let sides_of_a = side(a.start, a.end, b.start) * side(a.start, a.end, b.end).signum();
    let sides_of_b = side(b.start, b.end, a.start) * side(b.start, b.end, a.end).signum();
    if sides_of_a < 0.0 && sides_of_b < 0.0 {
        return Some(Meeting::Crossing);
    }
    let on = |line: Line<f64>, place: Coord<f64>| {
        let back = (line.start - place).x * (line.end - place).x + (line.start - place).y * (line.end - place).y;
        side(line.start, line.end, place) == 0.0 && back < 0.0
    };
    let touches = on(a, b.start) || on(a, b.end) || on(b, a.start) || on(b, a.end);
    touches.then_some(Meeting::Touch)
}
