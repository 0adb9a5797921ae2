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

use crate::geometry::projection::GridPoint;
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

/// Rounds lines given in grid units; first and last vertices round to their own pixel.
pub(crate) fn rounded_lines(lines: &[Vec<[f64; 2]>]) -> RoundedLines {
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
fn through_hot_pixels(line: &[[f64; 2]], tree: &RTree<[f64; 2]>) -> Vec<GridPoint> {
    let mut rounded: Vec<GridPoint> = line.first().map(|&place| GridPoint::holding(place)).into_iter().collect();
    for pair in line.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let along = [to[0] - from[0], to[1] - from[1]];
        // Hot pixels are visited in the order in which the segment passes their centres, equal ones by the pixel
        // itself: the result depends on the segment alone, whichever area it belongs to.
        let progress = |p: &[f64; 2]| (p[0] - from[0]) * along[0] + (p[1] - from[1]) * along[1];
        let reach = AABB::from_corners(
            [from[0].min(to[0]) - 0.5, from[1].min(to[1]) - 0.5],
            [from[0].max(to[0]) + 0.5, from[1].max(to[1]) + 0.5],
        );
        let (start, end) = (GridPoint::holding(from), GridPoint::holding(to));
        let mut passed: Vec<([f64; 2], GridPoint)> = tree
            .locate_in_envelope(reach)
            .filter(|centre| passes_pixel(from, along, **centre))
            .map(|&centre| (centre, GridPoint::holding(centre)))
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

type Edge = (GridPoint, GridPoint);

/// Places where edges meet without a vertex of both.
struct Meetings {
    by_edge: HashMap<Edge, Vec<GridPoint>>,
    crossings: usize,
}

fn unnoded_meetings(lines: &[Vec<GridPoint>]) -> Meetings {
    let mut edges: Vec<Edge> = lines
        .iter()
        .flat_map(|line| line.windows(2))
        .map(|pair| (pair[0].min(pair[1]), pair[0].max(pair[1])))
        .collect();
    edges.sort_unstable();
    edges.dedup();
    let corner = |p: GridPoint| [f64::from(p.x), f64::from(p.y)];
    let boxes = edges.iter().map(|&(a, b)| GeomWithData::new(Rectangle::from_corners(corner(a), corner(b)), (a, b)));
    let tree = RTree::bulk_load(boxes.collect());
    let mut meetings = Meetings { by_edge: HashMap::new(), crossings: 0 };
    // The tree is joined with itself and gives every pair twice and each edge with itself; the order of the ends
    // lets one of each pair through.
    for (one, other) in tree.intersection_candidates_with_other_tree(&tree) {
        let ((a, b), (c, d)) = (one.data, other.data);
        if (a, b) >= (c, d) {
            continue;
        }
        // A vertex in the middle of an edge is a touch, not a crossing; both must become vertices of both lines
        // before arcs can share them.
        for (edge, vertex) in [((a, b), c), ((a, b), d), ((c, d), a), ((c, d), b)] {
            if vertex != edge.0 && vertex != edge.1 && on_segment(edge.0, edge.1, vertex) {
                meetings.add(edge, vertex);
            }
        }
        if cross_properly(a, b, c, d) {
            meetings.crossings += 1;
            let place = crossing_pixel((a, b), (c, d));
            meetings.add((a, b), place);
            meetings.add((c, d), place);
        }
    }
    meetings
}

impl Meetings {
    fn add(&mut self, edge: Edge, vertex: GridPoint) {
        if vertex != edge.0 && vertex != edge.1 {
            let vertices = self.by_edge.entry(edge).or_default();
            if !vertices.contains(&vertex) {
                vertices.push(vertex);
            }
        }
    }
}

/// The grid point nearest to where two edges cross.
fn crossing_pixel((a, b): Edge, (c, d): Edge) -> GridPoint {
    let (first, second) = (step(a, b), step(c, d));
    // Cramer's rule for a + share·first = c + t·second. The edges cross properly, so the denominator is not 0; it
    // is exact, and only the division is rounded.
    let share = cross(step(a, c), second) as f64 / cross(first, second) as f64;
    let at = |start: i32, length: i128| f64::from(start) + share * length as f64;
    GridPoint::holding([at(a.x, first[0]), at(a.y, first[1])])
}

/// A line with the meeting points inserted in their order.
fn with_meetings(line: &[GridPoint], by_edge: &HashMap<Edge, Vec<GridPoint>>) -> Vec<GridPoint> {
    let mut noded: Vec<GridPoint> = line.first().copied().into_iter().collect();
    for pair in line.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        if let Some(vertices) = by_edge.get(&(from.min(to), from.max(to))) {
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
