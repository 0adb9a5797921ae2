//! Lines to whole grid units without making them cross.
//!
//! Rounding each vertex alone can push it over a neighbouring line. So every line that passes through the
//! pixel of any vertex is led through that pixel's centre (snap rounding). Lines that did not cross before
//! then at most touch, and they touch at vertices. A check on the whole numbers follows: where lines still
//! cross (crossing input, or rounding of a rounding) both get a vertex there, and the check runs again.
//!
//! # Reference
//! J. D. Hobby, "Practical segment intersection with finite precision output", Computational Geometry 13 (1999).

use std::collections::HashMap;

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use crate::geometry::projection::{GridPoint, UnroundedGridPoint};
use crate::geometry::validity::ring::{cross, cross_properly, dot, on_segment, step};

/// How often the check may find crossings and mend them before it gives up and counts them.
const MAX_SNAP_ROUNDS: usize = 32;

/// Lines on the grid and what could not be kept apart.
#[derive(Debug, Clone)]
pub(crate) struct RoundedLines {
    pub(crate) lines: Vec<Vec<GridPoint>>,
    /// Pairs of edges that still cross.
    pub(crate) crossings: usize,
}

/// Rounds lines to the grid they lie on; first and last vertices round to their own pixel.
pub(crate) fn rounded_lines(lines: &[Vec<UnroundedGridPoint>]) -> RoundedLines {
    let mut pixels: Vec<GridPoint> = lines.iter().flatten().map(|&place| GridPoint::holding(place)).collect();
    pixels.sort_unstable();
    pixels.dedup();
    let tree = RTree::bulk_load(pixels.into_iter().map(|p| [f64::from(p.x), f64::from(p.y)]).collect());
    let mut lines: Vec<Vec<GridPoint>> = lines.iter().map(|line| through_hot_pixels(line, &tree)).collect();
    let mut crossings = 0;
    // Each round adds vertices where edges meet without one. Rounding a crossing to a grid point bends both edges
    // a little and can lay them over a third, so one round may not be enough; the bound is for input that is no
    // coverage, and what is left is counted.
    for _ in 0..MAX_SNAP_ROUNDS {
        let meetings = unnoded_meetings(&lines);
        crossings = meetings.crossings;
        if meetings.by_edge.is_empty() {
            break;
        }
        for line in &mut lines {
            *line = with_meetings(line, &meetings.by_edge);
        }
    }
    RoundedLines { lines, crossings }
}

/// One line through the centres of all the pixels it passes.
fn through_hot_pixels(line: &[UnroundedGridPoint], tree: &RTree<[f64; 2]>) -> Vec<GridPoint> {
    let mut rounded: Vec<GridPoint> = line.first().map(|&place| GridPoint::holding(place)).into_iter().collect();
    for pair in line.windows(2) {
        let (from, to) = (<[f64; 2]>::from(pair[0]), <[f64; 2]>::from(pair[1]));
        let along = [to[0] - from[0], to[1] - from[1]];
        // Hot pixels are visited in the order in which the segment passes their centres, equal ones by the pixel
        // itself: the result depends on the segment alone, whichever area it belongs to.
        let progress = |p: &[f64; 2]| (p[0] - from[0]) * along[0] + (p[1] - from[1]) * along[1];
        let reach = AABB::from_corners(
            [from[0].min(to[0]) - 0.5, from[1].min(to[1]) - 0.5],
            [from[0].max(to[0]) + 0.5, from[1].max(to[1]) + 0.5],
        );
        let (start, end) = (GridPoint::holding(pair[0]), GridPoint::holding(pair[1]));
        let mut passed: Vec<([f64; 2], GridPoint)> = tree
            .locate_in_envelope(reach)
            .filter(|centre| passes_pixel(from, along, **centre))
            .map(|&centre| (centre, GridPoint::holding(centre.into())))
            .filter(|&(_, pixel)| pixel != start && pixel != end)
            .collect();
        passed.sort_by(|a, b| progress(&a.0).total_cmp(&progress(&b.0)).then(a.1.cmp(&b.1)));
        for (_, pixel) in passed {
            push_on(&mut rounded, pixel);
        }
        push_on(&mut rounded, end);
    }
    rounded
}

/// Whether the segment, already near the pixel in both axes, comes within the square around its centre.
fn passes_pixel(from: [f64; 2], along: [f64; 2], centre: [f64; 2]) -> bool {
    let off = along[0] * (centre[1] - from[1]) - along[1] * (centre[0] - from[0]);
    // The half width of the unit square seen across the segment: |dx|/2 + |dy|/2, times the length as in `off`.
    // The border counts in, so a line through a corner is bound to both pixels rather than to none.
    off.abs() <= 0.5 * (along[0].abs() + along[1].abs())
}

/// Appends a vertex; repeats are left out, and a way out and straight back is undone.
fn push_on(line: &mut Vec<GridPoint>, vertex: GridPoint) {
    if line.last() == Some(&vertex) {
        return;
    }
    // A → B → A encloses nothing. Left in, it would be an edge walked both ways that no neighbour has.
    if line.len() >= 2 && line[line.len() - 2] == vertex {
        line.pop();
    } else {
        line.push(vertex);
    }
}

/// An edge between two grid points, the lesser end first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct GridEdge {
    first: GridPoint,
    last: GridPoint,
}

impl GridEdge {
    fn between(a: GridPoint, b: GridPoint) -> Self {
        Self { first: a.min(b), last: a.max(b) }
    }

    fn ends_at(self, vertex: GridPoint) -> bool {
        vertex == self.first || vertex == self.last
    }

    /// Whether a vertex lies on the edge, its ends left out.
    fn passes(self, vertex: GridPoint) -> bool {
        !self.ends_at(vertex) && on_segment(self.first, self.last, vertex)
    }

    /// The box around the edge, for the tree.
    fn envelope(self) -> Rectangle<[f64; 2]> {
        let corner = |point: GridPoint| [f64::from(point.x), f64::from(point.y)];
        Rectangle::from_corners(corner(self.first), corner(self.last))
    }
}

/// Places where edges meet without a vertex of both.
struct Meetings {
    by_edge: HashMap<GridEdge, Vec<GridPoint>>,
    crossings: usize,
}

fn unnoded_meetings(lines: &[Vec<GridPoint>]) -> Meetings {
    let mut edges: Vec<GridEdge> =
        lines.iter().flat_map(|line| line.windows(2)).map(|pair| GridEdge::between(pair[0], pair[1])).collect();
    edges.sort_unstable();
    edges.dedup();
    let tree = RTree::bulk_load(edges.iter().map(|&edge| GeomWithData::new(edge.envelope(), edge)).collect());
    let mut meetings = Meetings { by_edge: HashMap::new(), crossings: 0 };
    // The tree is joined with itself and gives every pair twice and each edge with itself; the order of the ends
    // lets one of each pair through.
    for (one, other) in tree.intersection_candidates_with_other_tree(&tree) {
        let (one, other) = (one.data, other.data);
        if one >= other {
            continue;
        }
        // A vertex in the middle of an edge is a touch, not a crossing; both must become vertices of both lines
        // before arcs can share them.
        for (edge, vertex) in [(one, other.first), (one, other.last), (other, one.first), (other, one.last)] {
            if edge.passes(vertex) {
                meetings.add(edge, vertex);
            }
        }
        if cross_properly(one.first, one.last, other.first, other.last) {
            meetings.crossings += 1;
            let place = crossing_pixel(one, other);
            meetings.add(one, place);
            meetings.add(other, place);
        }
    }
    meetings
}

impl Meetings {
    fn add(&mut self, edge: GridEdge, vertex: GridPoint) {
        if !edge.ends_at(vertex) {
            let vertices = self.by_edge.entry(edge).or_default();
            if !vertices.contains(&vertex) {
                vertices.push(vertex);
            }
        }
    }
}

/// The grid point nearest to where two edges cross.
fn crossing_pixel(one: GridEdge, other: GridEdge) -> GridPoint {
    let (first, second) = (step(one.first, one.last), step(other.first, other.last));
    // Cramer's rule for one.first + share·first = other.first + t·second. The edges cross properly, so the
    // denominator is not 0; it is exact, and only the division is rounded.
    let share = cross(step(one.first, other.first), second) as f64 / cross(first, second) as f64;
    let at = |start: i32, length: i128| f64::from(start) + share * length as f64;
    GridPoint::holding(UnroundedGridPoint { x: at(one.first.x, first[0]), y: at(one.first.y, first[1]) })
}

/// A line with the meeting points inserted in their order.
fn with_meetings(line: &[GridPoint], by_edge: &HashMap<GridEdge, Vec<GridPoint>>) -> Vec<GridPoint> {
    let mut noded: Vec<GridPoint> = line.first().copied().into_iter().collect();
    for pair in line.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        if let Some(vertices) = by_edge.get(&GridEdge::between(from, to)) {
            let mut vertices = vertices.clone();
            // Progress from this line's own start: the edge is stored undirected, and two lines may walk it in
            // opposite ways.
            vertices.sort_by_key(|&vertex| (dot(step(from, vertex), step(from, to)), vertex));
            for vertex in vertices {
                push_on(&mut noded, vertex);
            }
        }
        push_on(&mut noded, to);
    }
    noded
}
