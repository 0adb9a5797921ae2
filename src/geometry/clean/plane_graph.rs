//! The plane that edges cut into faces, and how often each area covers each face.
//!
//! In: edges that meet at their ends only. Out: half-edges (a edge as one of its two sides sees it), cycles of them with
//! the face on their left, faces with their cover. All decisions are exact, in whole numbers.
//!
//! # Reference
//! M. de Berg et al., "Computational Geometry" (2008), section 2.2: the doubly connected edge list.

use std::cmp::Ordering;
use std::collections::HashMap;

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::edges::{Edge, Gain};
use crate::geometry::coverage::lattice::LatticePoint;
use crate::geometry::validity::ring::{cross, doubled_area, step};

/// Edges as a graph: half-edge 2i walks edge i from its lesser end, 2i + 1 walks it back.
#[derive(Debug)]
pub(super) struct PlaneGraph {
    pub(super) edges: Vec<Edge>,
    next: Vec<usize>,
    cycle_of: Vec<usize>,
    /// The face of each cycle.
    face_of_cycle: Vec<usize>,
    /// First half-edge of each cycle.
    first: Vec<usize>,
    pub(super) faces: Vec<Face>,
    /// The half-edges that leave each vertex, counter-clockwise.
    leaving: HashMap<LatticePoint, Vec<usize>>,
}

/// A piece of the plane that no edge crosses.
#[derive(Debug, Clone, Default)]
pub(super) struct Face {
    /// Its border: counter-clockwise outside, clockwise around what lies in it.
    pub(super) cycles: Vec<usize>,
    /// How often each area covers it, areas with none left out.
    pub(super) cover: Vec<Gain>,
    /// Whether it reaches to infinity.
    pub(super) unbounded: bool,
}

impl Face {
    /// Whether no area covers it.
    pub(super) fn is_empty_ground(&self) -> bool {
        // Where only unshared edges are known the cover of single areas is not, but its sum is: a shared border takes
        // one area and gives another.
        self.cover.iter().map(|gain| gain.count).sum::<i32>() <= 0
    }

    /// The areas that cover it, ascending.
    pub(super) fn areas(&self) -> impl Iterator<Item = usize> + '_ {
        self.cover.iter().filter(|gain| gain.count > 0).map(|gain| gain.area)
    }
}

impl PlaneGraph {
    pub(super) fn new(edges: Vec<Edge>) -> Self {
        let leaving = leaving(&edges);
        let mut next = vec![0; 2 * edges.len()];
        for around in leaving.values() {
            for (place, &half_edge) in around.iter().enumerate() {
                // A walk that keeps its face on the left leaves a vertex by the half-edge that comes first clockwise
                // from the way back.
                next[half_edge ^ 1] = around[(place + around.len() - 1) % around.len()];
            }
        }
        let mut graph = Self {
            edges,
            next,
            cycle_of: Vec::new(),
            face_of_cycle: Vec::new(),
            first: Vec::new(),
            faces: Vec::new(),
            leaving,
        };
        graph.find_cycles();
        graph.find_faces();
        graph
    }

    pub(super) fn twin(half_edge: usize) -> usize {
        half_edge ^ 1
    }

    /// Where a half-edge begins.
    pub(super) fn origin(&self, half_edge: usize) -> LatticePoint {
        let edge = &self.edges[half_edge / 2];
        if half_edge.is_multiple_of(2) { edge.from } else { edge.to }
    }

    pub(super) fn edge(&self, half_edge: usize) -> &Edge {
        &self.edges[half_edge / 2]
    }

    /// The face on the left of a half-edge.
    pub(super) fn face_of(&self, half_edge: usize) -> usize {
        self.face_of_cycle[self.cycle_of[half_edge]]
    }

    /// The half-edges of a cycle in walking order.
    pub(super) fn cycle(&self, cycle: usize) -> Vec<usize> {
        let mut half_edges = vec![self.first[cycle]];
        loop {
            let next = self.next[half_edges[half_edges.len() - 1]];
            if next == self.first[cycle] {
                return half_edges;
            }
            half_edges.push(next);
        }
    }

    /// All half-edges with the face on their left.
    pub(super) fn border_of(&self, face: usize) -> Vec<usize> {
        self.faces[face].cycles.iter().flat_map(|&cycle| self.cycle(cycle)).collect()
    }

    /// The vertices of a cycle.
    pub(super) fn points(&self, cycle: usize) -> Vec<LatticePoint> {
        self.cycle(cycle).into_iter().map(|half_edge| self.origin(half_edge)).collect()
    }

    /// The areas that lie on the right of a half-edge and not on its left.
    pub(super) fn areas_across(&self, half_edge: usize) -> impl Iterator<Item = usize> + '_ {
        let sign = if half_edge.is_multiple_of(2) { -1 } else { 1 };
        self.edge(half_edge).gains.iter().filter(move |gain| gain.count * sign > 0).map(|gain| gain.area)
    }

    pub(super) fn leaving(&self, vertex: LatticePoint) -> &[usize] {
        self.leaving.get(&vertex).map_or(&[], Vec::as_slice)
    }

    /// The face into which a direction points from a vertex; none when a edge runs that way.
    pub(super) fn face_towards(&self, vertex: LatticePoint, direction: [i128; 2]) -> Option<usize> {
        let around = self.leaving(vertex);
        let way = |half_edge: usize| step(vertex, self.origin(Self::twin(half_edge)));
        let place = around.partition_point(|&half_edge| by_angle(way(half_edge), direction) != Ordering::Greater);
        let before = if place == 0 { around.last()? } else { &around[place - 1] };
        (by_angle(way(*before), direction) != Ordering::Equal).then(|| self.face_of(*before))
    }

    fn find_cycles(&mut self) {
        let unknown = usize::MAX;
        self.cycle_of = vec![unknown; self.next.len()];
        for start in 0..self.next.len() {
            if self.cycle_of[start] != unknown {
                continue;
            }
            let mut half_edge = start;
            while self.cycle_of[half_edge] == unknown {
                self.cycle_of[half_edge] = self.first.len();
                half_edge = self.next[half_edge];
            }
            self.first.push(start);
        }
    }

    /// Joins cycles to faces and finds what covers them.
    fn find_faces(&mut self) {
        let roots = self.component_roots();
        let tree = (roots.len() > 1).then(|| edge_tree(&self.edges));
        let mut cover: Vec<Option<Vec<Gain>>> = vec![None; self.first.len()];
        // The number after the last cycle stands for the border at infinity.
        let mut joined = Groups::new(self.first.len() + 1);
        for outer in roots {
            let seen = self.seen_to_the_west(outer, tree.as_ref());
            joined.join(self.cycle_of[outer], seen.cycle.unwrap_or(self.first.len()));
            self.spread_cover(self.cycle_of[outer], seen.cover, &mut cover);
        }
        let infinite = joined.root(self.first.len());
        let mut numbers: HashMap<usize, usize> = HashMap::new();
        for (cycle, cover) in cover.into_iter().enumerate() {
            let root = joined.root(cycle);
            let faces = &mut self.faces;
            let face = *numbers.entry(root).or_insert_with(|| {
                let cover = cover.unwrap_or_default();
                faces.push(Face { cycles: Vec::new(), cover, unbounded: root == infinite });
                faces.len() - 1
            });
            self.faces[face].cycles.push(cycle);
            self.face_of_cycle.push(face);
        }
    }

    /// For each connected part the half-edge at its westernmost vertex that has the outside on its left.
    fn component_roots(&self) -> Vec<usize> {
        let mut vertices: Vec<LatticePoint> = self.leaving.keys().copied().collect();
        vertices.sort_unstable();
        let mut seen = vec![false; self.edges.len()];
        let mut roots = Vec::new();
        for vertex in vertices {
            let around = self.leaving(vertex);
            if around.iter().any(|&half_edge| seen[half_edge / 2]) {
                continue;
            }
            let mut open: Vec<usize> = around.to_vec();
            while let Some(half_edge) = open.pop() {
                if !seen[half_edge / 2] {
                    seen[half_edge / 2] = true;
                    let far = self.origin(Self::twin(half_edge));
                    open.extend(self.leaving(far).iter().filter(|other| !seen[**other / 2]));
                }
            }
            // Vertices come from west to east, so all edges of this one lead east or north: the outside is on the left
            // of the one that is turned furthest to the north.
            let way = |half_edge: usize| step(vertex, self.origin(Self::twin(half_edge)));
            let northmost = around.iter().copied().max_by(|&a, &b| 0.cmp(&cross(way(a), way(b))));
            roots.extend(northmost);
        }
        roots
    }

    /// What a look to the west from the origin of a half-edge meets: the nearest cycle, and what covers the ground there.
    fn seen_to_the_west(&self, half_edge: usize, tree: Option<&EdgeTree>) -> Seen {
        let from = self.origin(half_edge);
        let mut seen = Seen::default();
        let Some(tree) = tree else { return seen };
        let [x, y] = [f64::from(from.lon), f64::from(from.lat)];
        let mut nearest: Option<usize> = None;
        for candidate in tree.locate_in_envelope_intersecting(AABB::from_corners([f64::from(i32::MIN), y], [x, y])) {
            let edge = candidate.data;
            let Edge { from: a, to: b, gains, .. } = &self.edges[edge];
            // Half open in latitude: a vertex on the line of sight counts once.
            if (a.lat > from.lat) == (b.lat > from.lat) || !self.is_west(edge, from) {
                continue;
            }
            let sign = if b.lat > a.lat { -1 } else { 1 };
            for gain in gains {
                add(&mut seen.cover, Gain { count: gain.count * sign, ..*gain });
            }
            if nearest.is_none_or(|known| self.is_nearer(edge, known, from)) {
                nearest = Some(edge);
            }
        }
        seen.cycle = nearest.map(|edge| {
            let up = self.edges[edge].to.lat > self.edges[edge].from.lat;
            self.cycle_of[2 * edge + usize::from(up)]
        });
        seen
    }

    /// Whether a edge that reaches across the latitude of a vertex passes it in the west.
    fn is_west(&self, edge: usize, vertex: LatticePoint) -> bool {
        let Edge { from: a, to: b, .. } = &self.edges[edge];
        let (low, high) = if a.lat < b.lat { (*a, *b) } else { (*b, *a) };
        // The vertex lies to the right of the way up.
        cross(step(low, high), step(low, vertex)) < 0
    }

    /// Whether of two edges in the west of a vertex the first is nearer.
    fn is_nearer(&self, one: usize, other: usize, vertex: LatticePoint) -> bool {
        let crossing = |edge: usize| {
            let Edge { from: a, to: b, .. } = &self.edges[edge];
            let (low, high) = if a.lat < b.lat { (*a, *b) } else { (*b, *a) };
            let [run, rise] = step(low, high);
            // Longitude where the edge meets the latitude, as a fraction.
            (i128::from(low.lon) * rise + run * (i128::from(vertex.lat) - i128::from(low.lat)), rise, run)
        };
        let ((x_1, rise_1, run_1), (x_2, rise_2, run_2)) = (crossing(one), crossing(other));
        // Of edges that leave one vertex upwards the one that leans further east is met first from there.
        let meeting = (x_1 * rise_2).cmp(&(x_2 * rise_1));
        meeting.then_with(|| (run_1 * rise_2).cmp(&(run_2 * rise_1))) == Ordering::Greater
    }

    /// Carries the cover of one cycle to all that edges connect with it.
    fn spread_cover(&self, start: usize, first: Vec<Gain>, cover: &mut [Option<Vec<Gain>>]) {
        cover[start] = Some(first);
        let mut open = vec![start];
        while let Some(cycle) = open.pop() {
            for half_edge in self.cycle(cycle) {
                let other = self.cycle_of[Self::twin(half_edge)];
                if cover[other].is_none() {
                    let sign = if half_edge.is_multiple_of(2) { -1 } else { 1 };
                    let mut across = cover[cycle].clone().unwrap_or_default();
                    for gain in &self.edge(half_edge).gains {
                        add(&mut across, Gain { count: gain.count * sign, ..*gain });
                    }
                    cover[other] = Some(across);
                    open.push(other);
                }
            }
        }
    }
}

#[derive(Default)]
struct Seen {
    cycle: Option<usize>,
    cover: Vec<Gain>,
}

/// Adds to a cover, which stays sorted by area and without zeros.
fn add(cover: &mut Vec<Gain>, gain: Gain) {
    match cover.binary_search_by_key(&gain.area, |known| known.area) {
        Ok(place) => {
            cover[place].count += gain.count;
            if cover[place].count == 0 {
                cover.remove(place);
            }
        }
        Err(place) => cover.insert(place, gain),
    }
}

fn leaving(edges: &[Edge]) -> HashMap<LatticePoint, Vec<usize>> {
    let mut leaving: HashMap<LatticePoint, Vec<usize>> = HashMap::with_capacity(edges.len());
    for (number, edge) in edges.iter().enumerate() {
        leaving.entry(edge.from).or_default().push(2 * number);
        leaving.entry(edge.to).or_default().push(2 * number + 1);
    }
    let end = |half_edge: usize| {
        let edge = &edges[half_edge / 2];
        if half_edge.is_multiple_of(2) { edge.to } else { edge.from }
    };
    for (&vertex, around) in &mut leaving {
        around.sort_unstable_by(|&a, &b| by_angle(step(vertex, end(a)), step(vertex, end(b))));
    }
    leaving
}

/// Orders directions counter-clockwise, from due east on.
fn by_angle(u: [i128; 2], v: [i128; 2]) -> Ordering {
    let half = |w: [i128; 2]| w[1] < 0 || (w[1] == 0 && w[0] < 0);
    half(u).cmp(&half(v)).then_with(|| 0.cmp(&cross(u, v)))
}

type EdgeTree = RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>;

fn edge_tree(edges: &[Edge]) -> EdgeTree {
    let corner = |point: LatticePoint| [f64::from(point.lon), f64::from(point.lat)];
    let boxed = |(number, edge): (usize, &Edge)| {
        GeomWithData::new(Rectangle::from_corners(corner(edge.from), corner(edge.to)), number)
    };
    RTree::bulk_load(edges.iter().enumerate().map(boxed).collect())
}

/// Sets of numbers that are joined.
#[derive(Debug, Clone)]
pub(super) struct Groups {
    parents: Vec<usize>,
}

impl Groups {
    pub(super) fn new(count: usize) -> Self {
        Self { parents: (0..count).collect() }
    }

    /// The number that stands for the group.
    pub(super) fn root(&mut self, mut number: usize) -> usize {
        while self.parents[number] != number {
            self.parents[number] = self.parents[self.parents[number]];
            number = self.parents[number];
        }
        number
    }

    pub(super) fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.parents[one.max(other)] = one.min(other);
    }
}

/// Twice the area that a cycle encloses, in square lattice steps, positive when counter-clockwise.
pub(super) fn enclosed(graph: &PlaneGraph, cycle: usize) -> i128 {
    doubled_area(&graph.points(cycle))
}
