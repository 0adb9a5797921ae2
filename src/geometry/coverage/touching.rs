//! Which areas of anybody's making touch, within a tolerance that is told.
//!
//! In: outlines in degrees, what counts as touching, how far borders may stand apart. Out: a list of neighbours per area,
//! and the pairs whose borders nearly meet or overlap: what looks like a border on a map and is none in the numbers. Our
//! own editions are asked by shared vertices ([`super::contiguity`]), for their borders were made to meet.

use std::collections::BTreeMap;

use geo::{Coord, Line, LineString, MultiPolygon};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::contiguity::Contiguity;
use crate::geometry::local_metres::{LocalFrame, LocalPoint};
use crate::geometry::projection::LonLat;

/// Metres beyond the tolerance within which two borders are told to nearly meet.
const NEAR_M: f64 = 20.0;
/// Metres of one degree of latitude at least, and of longitude at the equator at most: for boxes that are wide enough.
const LEAST_METRES_PER_DEGREE: f64 = 110_000.0;

/// Who touches whom, and who nearly does.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Touching {
    /// The neighbours of every area, ascending; empty for an island.
    pub neighbours: Vec<Vec<usize>>,
    /// Pairs whose borders nearly meet or overlap, in the order of the areas.
    pub slivers: Vec<Sliver>,
}

/// Two areas between which, or in both of which, a sliver lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sliver {
    /// The first of them in the order of the areas.
    pub first: usize,
    /// The other one.
    pub second: usize,
    /// Where it lies.
    pub kind: SliverKind,
}

/// Where a sliver lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SliverKind {
    /// Between areas that touch nowhere: the least distance of their borders.
    Gap {
        /// Metres.
        width_m: f64,
    },
    /// In both areas: their borders cross.
    Overlap,
}

/// The neighbours of every area, borders that stand no further apart than the tolerance being taken for one.
///
/// # Shape
/// One list per outline, positions in `outlines`.
pub fn touching(outlines: &[MultiPolygon<f64>], contiguity: Contiguity, tolerance_m: f64) -> Touching {
    let edges: Vec<(usize, Line<f64>)> =
        outlines.iter().enumerate().flat_map(|(area, outline)| edges(outline).map(move |line| (area, line))).collect();
    let tree = RTree::bulk_load(edges.iter().map(|&(area, line)| boxed(area, line)).collect());
    let mut pairs: BTreeMap<(usize, usize), Approach> = BTreeMap::new();
    for &(area, line) in &edges {
        for other in tree.locate_in_envelope_intersecting(reach(line, tolerance_m + NEAR_M)) {
            let (second, beside) = other.data;
            if area < second {
                pairs.entry((area, second)).or_default().note(line, beside, tolerance_m);
            }
        }
    }
    let mut touching = Touching { neighbours: vec![Vec::new(); outlines.len()], slivers: Vec::new() };
    for ((first, second), approach) in pairs {
        touching.slivers.extend(approach.sliver(tolerance_m).map(|kind| Sliver { first, second, kind }));
        if approach.touches(contiguity, tolerance_m) {
            touching.neighbours[first].push(second);
            touching.neighbours[second].push(first);
        }
    }
    touching.neighbours.iter_mut().for_each(|list| list.sort_unstable());
    touching
}

/// How near two areas come.
#[derive(Debug, Clone, Copy)]
struct Approach {
    distance_m: f64,
    shared_m: f64,
    crosses: bool,
}

impl Default for Approach {
    fn default() -> Self {
        Self { distance_m: f64::INFINITY, shared_m: 0.0, crosses: false }
    }
}

impl Approach {
    fn note(&mut self, one: Line<f64>, other: Line<f64>, tolerance_m: f64) {
        let frame = LocalFrame::around(LonLat::new(one.start.x, one.start.y));
        let local = |at: Coord<f64>| frame.to_local(LonLat::new(at.x, at.y));
        let one = Edge { from: local(one.start), to: local(one.end) };
        let other = Edge { from: local(other.start), to: local(other.end) };
        let ends = [
            one.distance_m(other.from),
            one.distance_m(other.to),
            other.distance_m(one.from),
            other.distance_m(one.to),
        ];
        let nearest_m = ends.into_iter().fold(f64::INFINITY, f64::min);
        let crosses = one.crosses(other);
        self.crosses |= crosses && nearest_m > tolerance_m;
        self.distance_m = self.distance_m.min(if crosses { 0.0 } else { nearest_m });
        self.shared_m = self.shared_m.max(one.shared_m(other, tolerance_m));
    }

    fn touches(self, contiguity: Contiguity, tolerance_m: f64) -> bool {
        match contiguity {
            Contiguity::Queen => self.distance_m <= tolerance_m,
            Contiguity::Rook => self.shared_m > tolerance_m || self.crosses,
        }
    }

    fn sliver(self, tolerance_m: f64) -> Option<SliverKind> {
        if self.crosses {
            return Some(SliverKind::Overlap);
        }
        let is_gap = self.distance_m > tolerance_m && self.distance_m <= tolerance_m + NEAR_M;
        is_gap.then_some(SliverKind::Gap { width_m: self.distance_m })
    }
}

/// A piece of border in metres.
#[derive(Debug, Clone, Copy)]
struct Edge {
    from: LocalPoint,
    to: LocalPoint,
}

impl Edge {
    fn length_m(self) -> f64 {
        self.from.distance_m(self.to)
    }

    /// Metres along the edge to the foot of a point.
    fn along_m(self, point: LocalPoint) -> f64 {
        let (dx, dy) = (self.to.x_m - self.from.x_m, self.to.y_m - self.from.y_m);
        ((point.x_m - self.from.x_m) * dx + (point.y_m - self.from.y_m) * dy) / self.length_m()
    }

    fn point_at(self, along_m: f64) -> LocalPoint {
        let share = along_m / self.length_m();
        LocalPoint {
            x_m: self.from.x_m + (self.to.x_m - self.from.x_m) * share,
            y_m: self.from.y_m + (self.to.y_m - self.from.y_m) * share,
        }
    }

    fn distance_m(self, point: LocalPoint) -> f64 {
        self.point_at(self.along_m(point).clamp(0.0, self.length_m())).distance_m(point)
    }

    fn turn(self, point: LocalPoint) -> f64 {
        (self.to.x_m - self.from.x_m) * (point.y_m - self.from.y_m)
            - (self.to.y_m - self.from.y_m) * (point.x_m - self.from.x_m)
    }

    fn crosses(self, other: Self) -> bool {
        self.turn(other.from) * self.turn(other.to) < 0.0 && other.turn(self.from) * other.turn(self.to) < 0.0
    }

    /// The length along which another edge runs no further off than the tolerance.
    fn shared_m(self, other: Self, tolerance_m: f64) -> f64 {
        let (one, two) = (self.along_m(other.from), self.along_m(other.to));
        let (begin, end) = (one.min(two).max(0.0), one.max(two).min(self.length_m()));
        let is_beside = |along_m: f64| other.distance_m(self.point_at(along_m)) <= tolerance_m;
        if end > begin && is_beside(begin) && is_beside(end) { end - begin } else { 0.0 }
    }
}

fn edges(outline: &MultiPolygon<f64>) -> impl Iterator<Item = Line<f64>> + '_ {
    let rings = outline.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
    rings.flat_map(LineString::lines).filter(|line| line.start != line.end)
}

fn boxed(area: usize, line: Line<f64>) -> GeomWithData<Rectangle<[f64; 2]>, (usize, Line<f64>)> {
    let corners = AABB::from_corners([line.start.x, line.start.y], [line.end.x, line.end.y]);
    GeomWithData::new(Rectangle::from_aabb(corners), (area, line))
}

/// The box of all that lies within so many metres of an edge.
fn reach(line: Line<f64>, distance_m: f64) -> AABB<[f64; 2]> {
    let Line { start, end } = line;
    let north = distance_m / LEAST_METRES_PER_DEGREE;
    let cosine = start.y.abs().max(end.y.abs()).to_radians().cos().max(1e-3);
    let east = north / cosine;
    AABB::from_corners(
        [start.x.min(end.x) - east, start.y.min(end.y) - north],
        [start.x.max(end.x) + east, start.y.max(end.y) + north],
    )
}

#[cfg(test)]
mod tests {
    use geo::{Rect, coord};

    use super::*;

    const TOLERANCE_M: f64 = 0.11;

    fn square(x: f64, y: f64) -> MultiPolygon<f64> {
        MultiPolygon(vec![Rect::new(coord! { x: x, y: y }, coord! { x: x + 1.0, y: y + 1.0 }).to_polygon()])
    }

    fn lists(outlines: &[MultiPolygon<f64>], contiguity: Contiguity) -> Vec<Vec<usize>> {
        touching(outlines, contiguity, TOLERANCE_M).neighbours
    }

    #[test]
    fn rook_needs_a_length_and_queen_a_point() {
        let squares = [square(0.0, 0.0), square(1.0, 0.0), square(1.0, 1.0), square(5.0, 5.0)];
        assert_eq!(lists(&squares, Contiguity::Queen), [vec![1, 2], vec![0, 2], vec![0, 1], vec![]]);
        assert_eq!(lists(&squares, Contiguity::Rook), [vec![1], vec![0, 2], vec![1], vec![]]);
    }

    #[test]
    fn border_without_common_vertices_is_one() {
        // The east square stands half a degree further north: of its corners none is a vertex of the other.
        let shifted = [square(0.0, 0.0), square(1.0, 0.5)];
        for contiguity in [Contiguity::Queen, Contiguity::Rook] {
            assert_eq!(lists(&shifted, contiguity), [vec![1], vec![0]]);
        }
    }

    #[test]
    fn rounding_does_not_part_neighbours_and_a_gap_is_named() {
        assert_eq!(lists(&[square(0.0, 0.0), square(1.000_000_9, 0.0)], Contiguity::Rook), [vec![1], vec![0]]);
        // 0.00005° at the equator are 5.566 m.
        let apart = [square(0.0, 0.0), square(1.000_05, 0.0)];
        let found = touching(&apart, Contiguity::Queen, TOLERANCE_M);
        assert_eq!(found.neighbours, [Vec::<usize>::new(), vec![]]);
        let [Sliver { first: 0, second: 1, kind: SliverKind::Gap { width_m } }] = found.slivers.as_slice() else {
            panic!("{found:?}")
        };
        assert!((width_m - 5.566).abs() < 0.001, "{width_m}");
        assert_eq!(touching(&apart, Contiguity::Queen, 6.0).neighbours, [vec![1], vec![0]]);
    }

    #[test]
    fn overlap_is_named_and_makes_neighbours() {
        let found = touching(&[square(0.0, 0.0), square(0.999, 0.3)], Contiguity::Rook, TOLERANCE_M);
        assert_eq!(found.neighbours, [vec![1], vec![0]]);
        assert_eq!(found.slivers, [Sliver { first: 0, second: 1, kind: SliverKind::Overlap }]);
    }

    #[test]
    fn nothing_touches_nothing() {
        assert_eq!(touching(&[], Contiguity::Queen, TOLERANCE_M), Touching::default());
        assert_eq!(lists(&[MultiPolygon(Vec::new())], Contiguity::Rook), [Vec::<usize>::new()]);
    }
}
