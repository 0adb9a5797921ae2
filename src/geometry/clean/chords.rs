//! Chords: the shortest ways across empty ground from a corner of one area to the borders of others.
//!
//! A gap that is open at an end is no face of the plane, and a wide gap may have narrow tails. Chords no longer than a
//! width close both off. In: a graph and the faces to look into. Out: chords, which join the edges as lines that bound
//! no area.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::edges::Edge;
use super::plane_graph::PlaneGraph;
use crate::geometry::coverage::lattice::{LatticePoint, STEPS_PER_DEGREE};
use crate::geometry::local_metres::{LocalFrame, LocalPoint};
use crate::geometry::projection::LonLat;
use crate::geometry::validity::ring::{cross, cross_properly, dot, step};

/// Metres of one degree of latitude at least.
const LEAST_METRES_PER_DEGREE: f64 = 110_000.0;
/// A degree of longitude is never taken for shorter than this share of one of latitude: up to 84° from the equator.
const LEAST_SHORTENING: f64 = 0.1;

type BorderTree = RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>;

/// The chords up to a width in metres across the given faces.
pub(super) fn chords(graph: &PlaneGraph, faces: &[usize], width_m: f64) -> Vec<Edge> {
    let mut corners: BTreeMap<(LatticePoint, usize), BTreeSet<usize>> = BTreeMap::new();
    let mut boxes = Vec::new();
    for &face in faces {
        for half_edge in graph.border_of(face) {
            let (from, to) = (graph.origin(half_edge), graph.origin(PlaneGraph::twin(half_edge)));
            boxes.push(GeomWithData::new(Rectangle::from_corners(corner(from), corner(to)), half_edge));
            for end in [from, to] {
                corners.entry((end, face)).or_default().extend(graph.areas_across(half_edge));
            }
        }
    }
    let search = Search { graph, tree: RTree::bulk_load(boxes), width_m };
    let corners: Vec<_> = corners.into_iter().collect();
    // Each corner is asked alone and answers come back in the order of the corners: the same input, the same chords.
    corners.par_iter().flat_map_iter(|((corner, face), owners)| search.chords_from(*corner, *face, owners)).collect()
}

fn corner(point: LatticePoint) -> [f64; 2] {
    [f64::from(point.lon), f64::from(point.lat)]
}

struct Search<'a> {
    graph: &'a PlaneGraph,
    tree: BorderTree,
    width_m: f64,
}

/// A place on a border near a corner.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Foot {
    distance_m: f64,
    at: LatticePoint,
}

impl Search<'_> {
    /// The shortest chord from a corner across a face to each area that does not have this corner.
    fn chords_from(&self, corner: LatticePoint, face: usize, owners: &BTreeSet<usize>) -> Vec<Edge> {
        let frame = LocalFrame::around(corner.to_lon_lat());
        let mut nearest: BTreeMap<usize, Foot> = BTreeMap::new();
        for candidate in self.tree.locate_in_envelope_intersecting(reach(corner, self.width_m)) {
            let half_edge = candidate.data;
            let mut across = self.graph.areas_across(half_edge).peekable();
            let Some(&area) = across.peek() else { continue };
            if self.graph.face_of(half_edge) != face || across.any(|area| owners.contains(&area)) {
                continue;
            }
            let foot = self.foot(&frame, half_edge);
            let known = nearest.get(&area);
            let is_nearer = known.is_none_or(|known| (foot.distance_m, foot.at) < (known.distance_m, known.at));
            if foot.distance_m <= self.width_m && is_nearer {
                nearest.insert(area, foot);
            }
        }
        let is_chord = |foot: &Foot| foot.at != corner && self.is_free(corner, foot.at, face);
        nearest.into_values().filter(is_chord).map(|foot| Edge::chord(corner, foot.at)).collect()
    }

    /// The place of a edge that is nearest to the origin of the frame.
    fn foot(&self, frame: &LocalFrame, half_edge: usize) -> Foot {
        let (from, to) = (self.graph.origin(half_edge), self.graph.origin(PlaneGraph::twin(half_edge)));
        let (a, b) = (frame.to_local(from.to_lon_lat()), frame.to_local(to.to_lon_lat()));
        let (along_x, along_y) = (b.x_m - a.x_m, b.y_m - a.y_m);
        let share = -(a.x_m * along_x + a.y_m * along_y) / (along_x * along_x + along_y * along_y);
        let at = if share <= 0.0 {
            from
        } else if share >= 1.0 {
            to
        } else {
            let place = LocalPoint { x_m: a.x_m + share * along_x, y_m: a.y_m + share * along_y };
            let LonLat { lon, lat } = frame.to_lon_lat(place);
            LatticePoint::nearest(geo::Coord { x: lon, y: lat }).unwrap_or(from)
        };
        let local = frame.to_local(at.to_lon_lat());
        Foot { distance_m: local.x_m.hypot(local.y_m), at }
    }

    /// Whether the way between two places of a face's border stays in the face.
    fn is_free(&self, from: LatticePoint, to: LatticePoint, face: usize) -> bool {
        if self.graph.face_towards(from, step(from, to)) != Some(face) {
            return false;
        }
        let (a, b) = (corner(from), corner(to));
        self.tree.locate_in_envelope_intersecting(AABB::from_corners(a, b)).all(|candidate| {
            let half_edge = candidate.data;
            let (start, end) = (self.graph.origin(half_edge), self.graph.origin(PlaneGraph::twin(half_edge)));
            // The foot was rounded to the lattice and may lie half a step behind its edge.
            !cross_properly(from, to, start, end) || is_beside(to, start, end)
        })
    }
}

/// Whether a point lies no more than a step from a edge.
fn is_beside(point: LatticePoint, start: LatticePoint, end: LatticePoint) -> bool {
    let (along, off) = (step(start, end), step(start, point));
    let doubled = cross(along, off);
    let length_2 = dot(along, along);
    doubled * doubled <= length_2
}

/// A box around a point, at least so many metres wide to every side.
fn reach(point: LatticePoint, width_m: f64) -> AABB<[f64; 2]> {
    let [lon, lat] = corner(point);
    let steps = width_m / LEAST_METRES_PER_DEGREE * STEPS_PER_DEGREE;
    let shortening = point.to_lon_lat().lat.to_radians().cos().max(LEAST_SHORTENING);
    AABB::from_corners([lon - steps / shortening, lat - steps], [lon + steps / shortening, lat + steps])
}
