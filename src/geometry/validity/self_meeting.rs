//! Where the border of one area meets itself: where it crosses, and where it only touches.
//!
//! In: the rings of an area as they came. Out: the places, with counts. Rings may touch at a point, vertex on vertex or
//! vertex on edge, and lie on the same side before and behind it (OGC 06-103r4, 6.1.11.1); where a ring passes to the
//! other side it crosses, whether between vertices or through one. The search has bounds, because a few kilobytes can
//! hold millions of crossings. Nothing is mended here.

use std::collections::BTreeMap;

use geo::{
    BoundingRect, Coord, CoordinatePosition, InteriorPoint, Line, LineString, MultiPolygon, Polygon,
    coordinate_position::CoordPos,
};
use robust::orient2d;
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use crate::geometry::coverage::lattice::STEPS_PER_DEGREE;
use crate::geometry::coverage::noding::MEETING_TOLERANCE;

/// Crossings after which counting ends: no outline has as many.
pub(super) const MAX_CROSSINGS: usize = 1000;
/// Pairs of edges with common boxes after which the search ends; the outlines of a province have a few thousand.
const MAX_PAIRS: usize = 20_000_000;

/// How far, in degrees, a vertex that touches an edge may stand beside it: what noding takes for a meeting, 0.11 m.
/// Files with six decimals place a vertex that should lie on an edge up to 0.7e-6° beside it.
const TOUCH_DEGREES: f64 = MEETING_TOLERANCE as f64 / STEPS_PER_DEGREE;

/// Where a border meets itself.
#[derive(Debug, Default)]
pub(super) struct SelfMeetings {
    /// Where it crosses, in the order of its edges.
    pub(super) crossings: Vec<Coord<f64>>,
    /// Where a vertex of it touches an edge.
    pub(super) touches: Vec<Coord<f64>>,
    /// Whether the search ended before it had seen everything.
    pub(super) is_tangled: bool,
}

/// A ring as its vertices, each once, without the closing one.
type Vertices = Vec<Coord<f64>>;

/// An edge or a vertex of a ring, by the indices of the ring and of the vertex, where the edge begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Spot {
    ring: usize,
    vertex: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meeting {
    Crossing,
    Touch,
}

/// Where the rings of an area meet themselves and one another.
pub(super) fn self_meetings(shape: &MultiPolygon<f64>) -> SelfMeetings {
    let rings = shape.iter().flat_map(rings_of).map(distinct_run).filter(|ring| ring.len() > 1).collect();
    let outline = Outline { rings };
    let mut found: BTreeMap<(Spot, Spot), (Meeting, Coord<f64>)> = BTreeMap::new();
    let mut is_tangled = outline.note_edges(&mut found);
    is_tangled |= outline.note_vertices(&mut found);
    let mut meetings = SelfMeetings { is_tangled, ..SelfMeetings::default() };
    for (meeting, place) in found.into_values() {
        let places = if meeting == Meeting::Crossing { &mut meetings.crossings } else { &mut meetings.touches };
        // A vertex that touches is the end of two edges.
        if !places.contains(&place) {
            places.push(place);
        }
    }
    meetings
}

/// The first place inside two polygons of an area at once, where one holds the middle of the other.
pub(super) fn common_ground(shape: &MultiPolygon<f64>) -> Vec<Coord<f64>> {
    let boxed = shape.iter().enumerate().filter_map(|(part, polygon)| {
        let bounds = polygon.bounding_rect()?;
        let corners = AABB::from_corners([bounds.min().x, bounds.min().y], [bounds.max().x, bounds.max().y]);
        Some(GeomWithData::new(Rectangle::from_aabb(corners), part))
    });
    let tree = RTree::bulk_load(boxed.collect());
    let middles: Vec<Option<Coord<f64>>> = shape.iter().map(|part| part.interior_point().map(Coord::from)).collect();
    let mut places = Vec::new();
    for (part, middle) in middles.iter().enumerate() {
        let Some(middle) = middle else { continue };
        let around = tree.locate_all_at_point([middle.x, middle.y]).filter(|around| around.data != part);
        let holds = |around: &&GeomWithData<Rectangle<[f64; 2]>, usize>| {
            shape.0.get(around.data).is_some_and(|other| other.coordinate_position(middle) == CoordPos::Inside)
        };
        if around.take(MAX_CROSSINGS).any(|around| holds(&around)) {
            places.push(*middle);
        }
    }
    places
}

/// Whether a place stands no further beside a ring than a vertex that touches it may.
pub(super) fn touches_ring(ring: &LineString<f64>, place: Coord<f64>) -> bool {
    ring.lines().any(|edge| place == edge.start || passes(edge, place))
}

/// The shell and the holes of a polygon.
pub(super) fn rings_of(polygon: &Polygon<f64>) -> impl Iterator<Item = &LineString<f64>> {
    std::iter::once(polygon.exterior()).chain(polygon.interiors())
}

/// The vertices of a ring without repeats and without the closing one.
pub(super) fn distinct_run(ring: &LineString<f64>) -> Vertices {
    let mut points = ring.0.clone();
    points.dedup();
    while points.len() > 1 && points.first() == points.last() {
        points.pop();
    }
    points
}

/// Twice the area of the triangle a b c, exact in its sign: positive when it turns left.
pub(super) fn side(a: Coord<f64>, b: Coord<f64>, c: Coord<f64>) -> f64 {
    let exact = |place: Coord<f64>| robust::Coord { x: place.x, y: place.y };
    orient2d(exact(a), exact(b), exact(c))
}

struct Outline {
    rings: Vec<Vertices>,
}

impl Outline {
    fn at(&self, spot: Spot) -> Coord<f64> {
        self.rings[spot.ring][spot.vertex]
    }

    fn beside(&self, spot: Spot, steps: usize) -> Spot {
        Spot { vertex: (spot.vertex + steps) % self.rings[spot.ring].len(), ..spot }
    }

    fn edge(&self, spot: Spot) -> Line<f64> {
        Line::new(self.at(spot), self.at(self.beside(spot, 1)))
    }

    /// The way through a vertex: the vertex before it, and the one behind it.
    fn way(&self, spot: Spot) -> (Coord<f64>, Coord<f64>) {
        let before = self.rings[spot.ring].len() - 1;
        (self.at(self.beside(spot, before)), self.at(self.beside(spot, 1)))
    }

    fn spots(&self) -> impl Iterator<Item = Spot> + '_ {
        self.rings
            .iter()
            .enumerate()
            .flat_map(|(ring, vertices)| (0..vertices.len()).map(move |vertex| Spot { ring, vertex }))
    }

    /// Notes where edges meet; whether the search ended early.
    fn note_edges(&self, found: &mut BTreeMap<(Spot, Spot), (Meeting, Coord<f64>)>) -> bool {
        let boxed = self.spots().map(|spot| {
            let Line { start, end } = self.edge(spot);
            GeomWithData::new(Rectangle::from_aabb(AABB::from_corners([start.x, start.y], [end.x, end.y])), spot)
        });
        let tree = RTree::bulk_load(boxed.collect());
        let mut crossings = 0;
        for (pair, (one, other)) in tree.intersection_candidates_with_other_tree(&tree).enumerate() {
            if pair >= MAX_PAIRS || crossings >= MAX_CROSSINGS {
                return true;
            }
            if one.data < other.data
                && let Some(meeting) = self.meeting(one.data, other.data)
            {
                crossings += usize::from(meeting.0 == Meeting::Crossing);
                found.insert((one.data, other.data), meeting);
            }
        }
        false
    }

    /// Notes where the border crosses through a vertex that it has twice; whether the search ended early.
    fn note_vertices(&self, found: &mut BTreeMap<(Spot, Spot), (Meeting, Coord<f64>)>) -> bool {
        let mut spots: Vec<Spot> = self.spots().collect();
        let order = |a: &Spot, b: &Spot| {
            let (one, other) = (self.at(*a), self.at(*b));
            one.x.total_cmp(&other.x).then(one.y.total_cmp(&other.y)).then(a.cmp(b))
        };
        spots.sort_by(order);
        let mut pairs = 0;
        for same in spots.chunk_by(|a, b| self.at(*a) == self.at(*b)) {
            for (index, &first) in same.iter().enumerate() {
                for &second in &same[index + 1..] {
                    pairs += 1;
                    if pairs >= MAX_PAIRS || found.len() >= 2 * MAX_CROSSINGS {
                        return true;
                    }
                    if crosses_at(self.at(first), self.way(first), self.way(second)) {
                        found.insert((first, second), (Meeting::Crossing, self.at(first)));
                    }
                }
            }
        }
        false
    }

    /// How two edges meet, and where; a common end aside.
    fn meeting(&self, first: Spot, second: Spot) -> Option<(Meeting, Coord<f64>)> {
        let (a, b) = (self.edge(first), self.edge(second));
        if [a.start, a.end].iter().any(|end| [b.start, b.end].contains(end)) {
            return None;
        }
        let ends = [(a, second), (a, self.beside(second, 1)), (b, first), (b, self.beside(first, 1))];
        let crosses = crosses_properly(a, b);
        let meets = |(edge, spot): &(Line<f64>, Spot)| {
            if crosses { passes(*edge, self.at(*spot)) } else { lies_on(*edge, self.at(*spot)) }
        };
        let mut touching = ends.into_iter().filter(meets).peekable();
        if touching.peek().is_none() {
            return crosses.then(|| (Meeting::Crossing, common_point(a, b)));
        }
        let touching: Vec<(Line<f64>, Spot)> = touching.collect();
        let through =
            touching.iter().find(|(edge, spot)| crosses_at(self.at(*spot), (edge.start, edge.end), self.way(*spot)));
        let (_, spot) = through.or(touching.first())?;
        Some((if through.is_some() { Meeting::Crossing } else { Meeting::Touch }, self.at(*spot)))
    }
}

/// Whether two edges cross at a point inside both.
pub(super) fn crosses_properly(a: Line<f64>, b: Line<f64>) -> bool {
    // Exact in its sign: one factor is reduced to its sign so that the product of two small areas does not
    // underflow to 0.
    let sides_of_a = side(a.start, a.end, b.start) * side(a.start, a.end, b.end).signum();
    let sides_of_b = side(b.start, b.end, a.start) * side(b.start, b.end, a.end).signum();
    sides_of_a < 0.0 && sides_of_b < 0.0
}

/// The point at which two edges that cross meet.
fn common_point(a: Line<f64>, b: Line<f64>) -> Coord<f64> {
    let (along, other) = (a.delta(), b.delta());
    let between = b.start - a.start;
    let progress = (between.x * other.y - between.y * other.x) / (along.x * other.y - along.y * other.x);
    a.start + along * progress
}

/// Whether a place lies on an edge, its ends aside.
fn lies_on(edge: Line<f64>, place: Coord<f64>) -> bool {
    side(edge.start, edge.end, place) == 0.0 && dot(edge.start - place, edge.end - place) < 0.0
}

/// Whether a place lies beside the inside of an edge, no further off than a touch.
fn passes(edge: Line<f64>, place: Coord<f64>) -> bool {
    let along = edge.delta();
    let (progress, length_2) = (dot(place - edge.start, along), dot(along, along));
    let off = side(edge.start, edge.end, place);
    progress > 0.0 && progress < length_2 && off * off <= TOUCH_DEGREES * TOUCH_DEGREES * length_2
}

fn dot(u: Coord<f64>, v: Coord<f64>) -> f64 {
    u.x * v.x + u.y * v.y
}

type Way = (Coord<f64>, Coord<f64>);

/// Whether the way through a place leads from one side of another way through it to the other side. Ways that run along
/// one another there do not.
fn crosses_at(place: Coord<f64>, one: Way, other: Way) -> bool {
    match (is_left(place, one, other.0), is_left(place, one, other.1)) {
        (Some(before), Some(behind)) => before != behind,
        _ => false,
    }
}

/// Whether a point lies on the left of the way through a place; none where it lies on the way itself.
fn is_left(place: Coord<f64>, way: Way, point: Coord<f64>) -> Option<bool> {
    let (from, to) = way;
    let is_on = |end: Coord<f64>| side(place, end, point) == 0.0 && dot(end - place, point - place) > 0.0;
    if is_on(from) || is_on(to) {
        return None;
    }
    let (before, behind) = (side(from, place, point) > 0.0, side(place, to, point) > 0.0);
    // Where the way turns right, its left side is more than half of the plane.
    Some(if side(from, place, to) < 0.0 { before || behind } else { before && behind })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(rings: &[&[(f64, f64)]]) -> MultiPolygon<f64> {
        let ring = |ring: &&[(f64, f64)]| LineString::from(ring.to_vec());
        let mut rings: Vec<LineString<f64>> = rings.iter().map(ring).collect();
        let shell = rings.remove(0);
        MultiPolygon::from(Polygon::new(shell, rings))
    }

    const SQUARE: [(f64, f64); 4] = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)];

    fn counts(shape: &MultiPolygon<f64>) -> (usize, usize) {
        let found = self_meetings(shape);
        (found.crossings.len(), found.touches.len())
    }

    #[test]
    fn bow_tie_crosses_in_its_middle() {
        let found = self_meetings(&area(&[&[(0.0, 0.0), (4.0, 4.0), (4.0, 0.0), (0.0, 4.0)]]));
        assert_eq!((found.crossings, found.touches.len()), (vec![Coord { x: 2.0, y: 2.0 }], 0));
    }

    #[test]
    fn crossing_through_a_vertex_is_a_crossing() {
        let shared = area(&[&[(0.0, 0.0), (2.0, 2.0), (4.0, 4.0), (4.0, 0.0), (2.0, 2.0), (0.0, 4.0)]]);
        assert_eq!(self_meetings(&shared).crossings, [Coord { x: 2.0, y: 2.0 }]);
        let on_edge = area(&[&[(0.0, 0.0), (4.0, 4.0), (4.0, 0.0), (2.0, 2.0), (0.0, 4.0)]]);
        assert_eq!(self_meetings(&on_edge).crossings, [Coord { x: 2.0, y: 2.0 }]);
    }

    #[test]
    fn rings_that_touch_at_a_point_do_not_cross() {
        let hole_on_edge = area(&[&SQUARE, &[(2.0, 0.0), (1.0, 2.0), (3.0, 2.0)]]);
        assert_eq!(counts(&hole_on_edge), (0, 1));
        let hole_on_corner = area(&[&SQUARE, &[(0.0, 0.0), (1.0, 2.0), (2.0, 1.0)]]);
        assert_eq!(counts(&hole_on_corner), (0, 0));
        let pinched = area(&[&[(0.0, 0.0), (2.0, 2.0), (4.0, 0.0), (4.0, 4.0), (2.0, 2.0), (0.0, 4.0)]]);
        assert_eq!(counts(&pinched), (0, 0));
        let mut parts = area(&[&SQUARE]);
        parts.0.extend(area(&[&[(2.0, 4.0), (3.0, 6.0), (1.0, 6.0)]]));
        assert_eq!(counts(&parts), (0, 1));
    }

    #[test]
    fn touch_may_be_a_rounding_off() {
        let slanted = [(0.0, 0.0), (4.0, 0.3), (4.0, 4.0), (0.0, 4.0)];
        let hole = |depth: f64| area(&[&slanted, &[(1.0, 0.075 - depth), (0.5, 2.0), (1.5, 2.0)]]);
        assert_eq!(counts(&hole(0.9e-6)), (0, 1));
        assert_eq!(counts(&hole(1e-4)).0, 2, "11 m outside are no touch");
    }

    #[test]
    fn rings_that_run_along_one_another_do_not_cross() {
        let along = area(&[&SQUARE, &[(1.0, 0.0), (1.0, 2.0), (3.0, 2.0), (3.0, 0.0)]]);
        assert_eq!(counts(&along).0, 0);
    }

    #[test]
    fn part_inside_another_part_shares_its_ground() {
        let mut nested = area(&[&SQUARE]);
        nested.0.extend(area(&[&[(1.0, 1.0), (2.0, 1.0), (2.0, 2.0)]]));
        assert_eq!(common_ground(&nested).len(), 1);
        let mut twice = area(&[&SQUARE]);
        twice.0.extend(area(&[&SQUARE]));
        assert_eq!(common_ground(&twice).len(), 2);
        let mut in_hole = area(&[&SQUARE, &[(1.0, 1.0), (1.0, 3.0), (3.0, 3.0), (3.0, 1.0)]]);
        in_hole.0.extend(area(&[&[(1.0, 1.0), (3.0, 1.0), (3.0, 3.0), (1.0, 3.0)]]));
        assert!(common_ground(&in_hole).is_empty());
        assert!(common_ground(&MultiPolygon::new(Vec::new())).is_empty());
    }

    #[test]
    fn tangle_is_given_up_early() {
        // Spokes of a star with an odd number of points: every one crosses nearly every other.
        let count = 2001_usize;
        let tip = |number: usize| {
            let angle = (number * 1000 % count) as f64 / count as f64 * std::f64::consts::TAU;
            (108.0 + angle.cos(), 15.0 + angle.sin())
        };
        let star: Vec<(f64, f64)> = (0..count).map(tip).collect();
        let found = self_meetings(&area(&[&star]));
        assert!(found.is_tangled && found.crossings.len() >= MAX_CROSSINGS, "{}", found.crossings.len());
        assert!(!self_meetings(&area(&[&SQUARE])).is_tangled);
        assert_eq!(counts(&MultiPolygon::new(Vec::new())), (0, 0));
    }
}
