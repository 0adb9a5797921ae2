//! Edges: the pieces of border from which a plane graph is made, each stored once.
//!
//! In: rings that have their area on the left, or arcs that know the areas beside them. Out: edges that meet at their
//! ends only, with what each adds to the areas on its left. Nothing is moved further than half a lattice step: borders
//! that cross get a vertex there (snap rounding).

use crate::geometry::coverage::lattice::LatticePoint;
use crate::geometry::coverage::noding::AreaRing;
use crate::geometry::coverage::snap_round::rounded_lines;
use crate::geometry::coverage::{ArcSides, Coverage};
use crate::geometry::projection::{GridPoint, UnroundedGridPoint};

/// What is added for one area when a edge is crossed from its right to its left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Gain {
    pub(super) area: usize,
    pub(super) count: i32,
}

/// A piece of border, from the lesser end to the greater.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edge {
    pub(super) from: LatticePoint,
    pub(super) to: LatticePoint,
    /// What lies on the left more often than on the right; empty for a chord, which bounds no area.
    pub(super) gains: Vec<Gain>,
    /// The edges of the input that it is a piece of.
    pub(super) sources: Vec<u32>,
    /// Whether it was drawn across empty ground, to close a gap that is open.
    pub(super) chord: bool,
}

impl Edge {
    fn between(a: LatticePoint, b: LatticePoint, area: usize, count: i32) -> Self {
        let count = if a <= b { count } else { -count };
        let gains = vec![Gain { area, count }];
        Self { from: a.min(b), to: a.max(b), gains, sources: Vec::new(), chord: false }
    }

    /// A line across empty ground.
    pub(super) fn chord(a: LatticePoint, b: LatticePoint) -> Self {
        Self { from: a.min(b), to: a.max(b), gains: Vec::new(), sources: Vec::new(), chord: true }
    }
}

/// The edges of rings, each numbered as its own source.
pub(super) fn edges_of_rings(rings: &[AreaRing]) -> Vec<Edge> {
    let edges = rings.iter().flat_map(|ring| {
        let ends = ring.points.iter().copied().cycle().skip(1);
        ring.points.iter().copied().zip(ends).map(|(a, b)| Edge::between(a, b, ring.area as usize, 1))
    });
    numbered(merged(edges.collect()))
}

/// The edges with an area on one side only.
pub(super) fn unshared_edges(coverage: &Coverage) -> Vec<Edge> {
    let unshared = coverage.arcs().iter().zip(coverage.sides());
    let edges = unshared.flat_map(|(arc, sides)| {
        let beside = match *sides {
            ArcSides { left: Some(area), right: None } => Some((area, 1)),
            ArcSides { left: None, right: Some(area) } => Some((area, -1)),
            _ => None,
        };
        let pairs = arc.points.windows(2);
        beside
            .into_iter()
            .flat_map(move |(area, count)| pairs.clone().map(move |pair| Edge::between(pair[0], pair[1], area, count)))
    });
    numbered(merged(edges.collect()))
}

fn numbered(mut edges: Vec<Edge>) -> Vec<Edge> {
    for (number, edge) in edges.iter_mut().enumerate() {
        edge.sources = vec![number as u32];
    }
    edges
}

/// Equal edges as one. What cancels out bounds nothing, and only a chord is kept without gains.
fn merged(mut edges: Vec<Edge>) -> Vec<Edge> {
    edges.sort_unstable_by_key(|edge| (edge.from, edge.to));
    let same = |a: &Edge, b: &Edge| (a.from, a.to) == (b.from, b.to);
    let one = |alike: &[Edge]| {
        let mut gains: Vec<Gain> = Vec::new();
        for gain in alike.iter().flat_map(|edge| &edge.gains) {
            match gains.iter_mut().find(|known| known.area == gain.area) {
                Some(known) => known.count += gain.count,
                None => gains.push(*gain),
            }
        }
        gains.retain(|gain| gain.count != 0);
        gains.sort_unstable();
        let mut sources: Vec<u32> = alike.iter().flat_map(|edge| edge.sources.iter().copied()).collect();
        sources.sort_unstable();
        sources.dedup();
        let chord = gains.is_empty() && alike.iter().any(|edge| edge.chord);
        (chord || !gains.is_empty()).then(|| Edge { from: alike[0].from, to: alike[0].to, gains, sources, chord })
    };
    edges.chunk_by(same).filter_map(one).collect()
}

/// Edges that meet at their ends only.
#[derive(Debug, Clone)]
pub(super) struct NodedEdges {
    pub(super) edges: Vec<Edge>,
    /// Crossings that rounding could not resolve; edges that still cross are no plane graph.
    pub(super) crossings: usize,
}

/// The edges cut wherever they meet.
pub(super) fn noded(edges: &[Edge]) -> NodedEdges {
    let place = |point: LatticePoint| UnroundedGridPoint { x: f64::from(point.lon), y: f64::from(point.lat) };
    let lines: Vec<Vec<UnroundedGridPoint>> = edges.iter().map(|edge| vec![place(edge.from), place(edge.to)]).collect();
    let rounded = rounded_lines(&lines);
    let back = |point: GridPoint| LatticePoint { lon: point.x, lat: point.y };
    let mut pieces = Vec::with_capacity(edges.len());
    for (edge, line) in edges.iter().zip(&rounded.lines) {
        for pair in line.windows(2) {
            let (a, b) = (back(pair[0]), back(pair[1]));
            let turned = if a <= b { 1 } else { -1 };
            let gains = edge.gains.iter().map(|gain| Gain { count: gain.count * turned, ..*gain }).collect();
            pieces.push(Edge { from: a.min(b), to: a.max(b), gains, ..edge.clone() });
        }
    }
    NodedEdges { edges: merged(pieces), crossings: rounded.crossings }
}
