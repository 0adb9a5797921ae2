//! Builds a [`Coverage`] from polygons: lattice, noding, nodes, arcs, rings.

use std::collections::HashMap;
use std::sync::Arc;

use geo::MultiPolygon;

use super::lattice::{LatticeCounts, LatticePoint, lattice_ring};
use super::noding::{AreaRing, RingRole, node_rings};
use crate::geometry::coverage::{
    ArcIndex, ArcSides, ArcUse, BorderArc, Coverage, CoveragePart, CoverageReport, Direction,
};
use crate::geometry::validity::ring::doubled_area;

impl Coverage {
    /// The coverage of the given areas. Any input is accepted; what could not be used is in the report.
    ///
    /// # Example
    /// ```
    /// use binhyen::geometry::coverage::Coverage;
    /// use geo::{MultiPolygon, polygon};
    /// let west = polygon![(x: 0.0, y: 0.0), (x: 1.0, y: 0.0), (x: 1.0, y: 1.0), (x: 0.0, y: 1.0)];
    /// let east = polygon![(x: 1.0, y: 0.0), (x: 2.0, y: 0.0), (x: 2.0, y: 1.0), (x: 1.0, y: 1.0)];
    /// let coverage = Coverage::build(&[MultiPolygon::from(west), MultiPolygon::from(east)]);
    /// assert_eq!(coverage.arcs().len(), 3); // one shared border, two outer ones
    /// assert_eq!(coverage.neighbours(0), [1]);
    /// ```
    pub fn build(areas: &[MultiPolygon<f64>]) -> Self {
        let mut report = CoverageReport::default();
        let mut rings = lattice_rings(areas, &mut report.lattice);
        let before = vertex_count(&rings);
        report.noding = node_rings(&mut rings);
        report.collapsed =
            (before + report.noding.inserted).saturating_sub(report.noding.dropped + vertex_count(&rings));
        let mut cutter = ArcCutter::new(&rings);
        report.nodes = cutter.is_node.iter().filter(|&&node| node).count();
        let areas = cutter.cut_all(&rings, areas.len());
        report.conflicts = cutter.conflicts.len();
        let (arcs, sides, mut conflicts) = (cutter.arcs, cutter.sides, cutter.conflicts);
        conflicts.retain(|pair| pair.0 != pair.1);
        conflicts.sort_unstable();
        conflicts.dedup();
        report.shared_arcs = sides.iter().filter(|sides| sides.left.is_some() && sides.right.is_some()).count();
        report.unshared_arcs = sides.len() - report.shared_arcs;
        report.arc_vertices = arcs.iter().map(|arc| arc.points.len()).sum();
        let mut coverage = Self { arcs: Arc::from(arcs), sides, areas, report, conflicts };
        coverage.report.ring_vertices = coverage.counted_ring_vertices();
        coverage
    }

    fn counted_ring_vertices(&self) -> usize {
        let uses = (0..self.len()).flat_map(|area| self.ring_uses(area));
        uses.map(|use_| self.arcs[use_.arc.index()].points.len() - 1).sum()
    }
}

/// The rings from which a coverage is built, made to meet within its tolerance.
pub(crate) fn noded_rings(areas: &[MultiPolygon<f64>]) -> Vec<AreaRing> {
    let mut rings = lattice_rings(areas, &mut LatticeCounts::default());
    node_rings(&mut rings);
    rings
}

fn vertex_count(rings: &[AreaRing]) -> usize {
    rings.iter().map(|ring| ring.points.len()).sum()
}

/// All usable rings on the lattice, wound so that the area lies on their left.
fn lattice_rings(areas: &[MultiPolygon<f64>], counts: &mut LatticeCounts) -> Vec<AreaRing> {
    let mut rings = Vec::new();
    for (area, shape) in areas.iter().enumerate() {
        for (part, polygon) in shape.iter().enumerate() {
            let holes = polygon.interiors().iter().map(|ring| (RingRole::Hole, ring));
            for (role, ring) in std::iter::once((RingRole::Shell, polygon.exterior())).chain(holes) {
                if let Some(mut points) = lattice_ring(ring, counts) {
                    // From here on every ring has its area on the left, so each arc has at most one area on either
                    // side, and two walks of a shared border always go opposite ways.
                    if (doubled_area(&points) > 0) != (role == RingRole::Shell) {
                        points.reverse();
                    }
                    rings.push(AreaRing { area: area as u32, part: part as u32, role, points });
                }
            }
        }
    }
    rings
}

/// Cuts rings at nodes into arcs and keeps each arc once.
struct ArcCutter {
    /// All vertices, sorted; a vertex is known by its index here.
    vertices: Vec<LatticePoint>,
    is_node: Vec<bool>,
    /// The arc that starts with a given directed edge, and the way it is walked from there.
    by_first_edge: HashMap<(u32, u32), ArcUse>,
    arcs: Vec<BorderArc>,
    sides: Vec<ArcSides>,
    conflicts: Vec<(usize, usize)>,
}

impl ArcCutter {
    fn new(rings: &[AreaRing]) -> Self {
        let mut vertices: Vec<LatticePoint> = rings.iter().flat_map(|ring| ring.points.iter().copied()).collect();
        vertices.sort_unstable();
        vertices.dedup();
        let is_node = nodes(rings, &vertices);
        Self {
            vertices,
            is_node,
            by_first_edge: HashMap::new(),
            arcs: Vec::new(),
            sides: Vec::new(),
            conflicts: Vec::new(),
        }
    }

    fn cut_all(&mut self, rings: &[AreaRing], area_count: usize) -> Vec<Vec<CoveragePart>> {
        let mut areas: Vec<Vec<CoveragePart>> = vec![Vec::new(); area_count];
        for ring in rings {
            let uses = self.cut(ring);
            let parts = &mut areas[ring.area as usize];
            match (ring.role, parts.last_mut()) {
                // Noding leaves no hole without its shell before it.
                (RingRole::Hole, Some(part)) => part.holes.push(uses),
                _ => parts.push(CoveragePart { shell: uses, holes: Vec::new() }),
            }
        }
        areas
    }

    fn cut(&mut self, ring: &AreaRing) -> Vec<ArcUse> {
        let ids = vertex_ids(&ring.points, &self.vertices);
        let start = ids
            .iter()
            .position(|&id| self.is_node[id as usize])
            // A ring without a node is a border that only its two sides share, an island or an enclave. Both sides
            // must cut it at the same vertex, and the smallest is the same for both.
            .or_else(|| ids.iter().enumerate().min_by_key(|&(_, id)| *id).map(|(index, _)| index))
            .unwrap_or(0);
        let mut walk: Vec<u32> = ids[start..].iter().chain(&ids[..=start]).copied().collect();
        let mut uses = Vec::new();
        // `walk` begins at a node and holds the rest of the ring with its start repeated at the end. Each turn
        // takes at least one edge off and leaves the cut vertex as the next beginning, so every edge lands in
        // exactly one arc.
        while walk.len() > 1 {
            let end = (1..walk.len()).find(|&index| self.is_node[walk[index] as usize]).unwrap_or(walk.len() - 1);
            let rest = walk.split_off(end);
            walk.push(rest[0]);
            uses.push(self.arc_use(&walk, ring.area as usize));
            walk = rest;
        }
        uses
    }

    fn arc_use(&mut self, piece: &[u32], area: usize) -> ArcUse {
        let (first, last) = ((piece[0], piece[1]), (piece[piece.len() - 1], piece[piece.len() - 2]));
        // Between nodes both neighbours walk the same vertices, so the first directed edge names the whole arc:
        // forwards from its first edge, backwards from its last.
        let known = self.by_first_edge.get(&first).copied();
        let use_ = known.unwrap_or_else(|| {
            let arc = ArcIndex::new(self.arcs.len());
            self.arcs.push(BorderArc { points: piece.iter().map(|&id| self.vertices[id as usize]).collect() });
            self.sides.push(ArcSides::default());
            self.by_first_edge.insert(last, ArcUse { arc, direction: Direction::Backward });
            let forward = ArcUse { arc, direction: Direction::Forward };
            self.by_first_edge.insert(first, forward);
            forward
        });
        let sides = &mut self.sides[use_.arc.index()];
        let side = if use_.direction == Direction::Forward { &mut sides.left } else { &mut sides.right };
        match *side {
            // Two areas on the same side of one arc overlap. The first keeps the side, so the answer does not
            // depend on more than the order of the areas.
            Some(other) => self.conflicts.push((other.min(area), other.max(area))),
            None => *side = Some(area),
        }
        use_
    }
}

fn vertex_ids(points: &[LatticePoint], vertices: &[LatticePoint]) -> Vec<u32> {
    points.iter().map(|point| vertices.partition_point(|vertex| vertex < point) as u32).collect()
}

/// Which vertices are nodes: those where not exactly two edges meet, or two edges of different areas.
fn nodes(rings: &[AreaRing], vertices: &[LatticePoint]) -> Vec<bool> {
    let mut uses: Vec<((u32, u32), u32)> = Vec::new();
    for ring in rings {
        let ids = vertex_ids(&ring.points, vertices);
        let edges = ids.iter().zip(ids.iter().cycle().skip(1)).map(|(&a, &b)| (a.min(b), a.max(b)));
        uses.extend(edges.map(|edge| (edge, ring.area)));
    }
    uses.sort_unstable();
    let owners = |uses: &[((u32, u32), u32)]| uses.iter().map(|&(_, area)| area).collect::<Vec<_>>();
    let mut seen: Vec<(u8, usize)> = vec![(0, 0); vertices.len()];
    let mut owner_sets: Vec<Vec<u32>> = Vec::new();
    let mut set_numbers: HashMap<Vec<u32>, usize> = HashMap::new();
    let mut is_node = vec![false; vertices.len()];
    // Each distinct edge comes once, with all areas that use it. A vertex is passed through, and is no node,
    // exactly when two edges meet there and both have the same owners.
    for edge_uses in uses.chunk_by(|a, b| a.0 == b.0) {
        let set = owners(edge_uses);
        let number = *set_numbers.entry(set.clone()).or_insert_with(|| {
            owner_sets.push(set);
            owner_sets.len() - 1
        });
        let (a, b) = edge_uses[0].0;
        for vertex in [a as usize, b as usize] {
            let (degree, first) = &mut seen[vertex];
            is_node[vertex] |= *degree >= 2 || (*degree == 1 && *first != number);
            if *degree == 0 {
                *first = number;
            }
            *degree = degree.saturating_add(1);
        }
    }
    is_node
}
