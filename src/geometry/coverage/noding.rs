//! Makes neighbours meet vertex to vertex before arcs are cut.
//!
//! Clean borders (an edge used by two areas) are never touched. Along the rest two repairs of at most
//! [`MEETING_TOLERANCE`] steps are made: vertices of different areas that nearly coincide become one, and a
//! vertex of one area that lies on an edge of another is inserted there (a T-junction). Both are counted.
//! What lies further apart stays apart: it is a gap or an overlap, for `validity` to report.

use std::collections::{BTreeMap, HashMap};

use rstar::primitives::GeomWithData;
use rstar::{AABB, RTree};

use super::lattice::{LatticePoint, drop_spikes};
use crate::geometry::validity::ring::{dot, doubled_area, step, turn};

/// How far a vertex may be moved or bent onto a neighbour's border: ten lattice steps, 1e-6° or 0.11 m.
///
/// Files with six decimals place a vertex that should lie on an edge up to 0.7e-6° beside it.
pub const MEETING_TOLERANCE: i64 = 10;

/// One ring of the input on its way to arcs.
#[derive(Debug, Clone)]
pub(crate) struct AreaRing {
    pub(crate) area: u32,
    /// Number of the polygon within the area.
    pub(crate) part: u32,
    pub(crate) role: RingRole,
    /// Vertices without the closing one; shells counter-clockwise, holes clockwise.
    pub(crate) points: Vec<LatticePoint>,
}

/// Whether a ring bounds its polygon from outside or from inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RingRole {
    Shell,
    Hole,
}

/// What noding changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NodingCounts {
    /// Distinct vertices moved onto a vertex of another area.
    pub merged: usize,
    /// Vertices inserted into edges of another area (T-junctions).
    pub inserted: usize,
    /// Vertices that fell away because the two repairs made them repeats or spikes.
    pub dropped: usize,
}

/// An edge of a ring, as the ring walks it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct LatticeEdge {
    from: LatticePoint,
    to: LatticePoint,
}

impl LatticeEdge {
    /// The same edge whichever way a ring walks it: from the lesser end to the greater.
    fn undirected(self) -> Self {
        Self { from: self.from.min(self.to), to: self.from.max(self.to) }
    }

    /// The box around the edge, wider by the tolerance.
    fn reach(self) -> AABB<[f64; 2]> {
        let Self { from: a, to: b } = self;
        let tolerance = MEETING_TOLERANCE as f64;
        AABB::from_corners(
            [f64::from(a.lon.min(b.lon)) - tolerance, f64::from(a.lat.min(b.lat)) - tolerance],
            [f64::from(a.lon.max(b.lon)) + tolerance, f64::from(a.lat.max(b.lat)) + tolerance],
        )
    }

    /// Whether a point lies beside the inside of the edge, no further off than the tolerance.
    fn passes(self, point: LatticePoint) -> bool {
        let Self { from: a, to: b } = self;
        let along = step(a, b);
        let (progress, length_2) = (dot(step(a, point), along), dot(along, along));
        let off = turn(a, b, point) as f64;
        let tolerance = MEETING_TOLERANCE as f64;
        point != a
            && point != b
            && progress > 0
            && progress < length_2
            // `off` is twice the triangle's area, distance times length; squaring both sides spares the root and
            // the division.
            && off * off <= tolerance * tolerance * length_2 as f64
    }
}

/// Merges near vertices and inserts T-junction vertices along borders that do not match yet.
pub(crate) fn node_rings(rings: &mut Vec<AreaRing>) -> NodingCounts {
    let mut counts = NodingCounts::default();
    // Moving comes before inserting: a vertex that merges into a corner needs no T-junction beside it, and an edge
    // that becomes shared by the move is not considered again.
    let moves = near_vertices(&unshared_ends(rings));
    counts.merged = moves.len();
    if !moves.is_empty() {
        move_vertices(rings, &moves, &mut counts);
    }
    insert_meeting_vertices(rings, &mut counts);
    rings.retain(|ring| ring.points.len() >= 3 && doubled_area(&ring.points) != 0);
    drop_orphan_holes(rings);
    counts
}

/// A hole whose shell was unusable or collapsed has nothing to be cut out of.
fn drop_orphan_holes(rings: &mut Vec<AreaRing>) {
    let mut shell = None;
    rings.retain(|ring| {
        // Every hole follows its shell in the list, so the last shell seen is the one that a hole must belong to.
        if ring.role == RingRole::Shell {
            shell = Some((ring.area, ring.part));
        }
        shell == Some((ring.area, ring.part))
    });
}

fn edges(points: &[LatticePoint]) -> impl Iterator<Item = LatticeEdge> + '_ {
    points.iter().enumerate().map(|(index, &from)| LatticeEdge { from, to: points[(index + 1) % points.len()] })
}

/// The edges that only one ring uses, with the area, sorted.
fn unshared_edges(rings: &[AreaRing]) -> Vec<(LatticeEdge, u32)> {
    let mut uses: Vec<(LatticeEdge, u32)> =
        rings.iter().flat_map(|ring| edges(&ring.points).map(|edge| (edge.undirected(), ring.area))).collect();
    uses.sort_unstable();
    // Sorted, so equal edges stand together. A border that two rings walk is clean and must not be touched, or
    // repairing one corner would tear open another.
    uses.chunk_by(|a, b| a.0 == b.0).filter(|uses| uses.len() == 1).map(|uses| uses[0]).collect()
}

/// The vertices at the ends of unshared edges, each with all areas that use it.
fn unshared_ends(rings: &[AreaRing]) -> BTreeMap<LatticePoint, Vec<u32>> {
    let mut ends: BTreeMap<LatticePoint, Vec<u32>> = BTreeMap::new();
    for (edge, _) in unshared_edges(rings) {
        ends.entry(edge.from).or_default();
        ends.entry(edge.to).or_default();
    }
    for ring in rings {
        for point in &ring.points {
            if let Some(areas) = ends.get_mut(point)
                && !areas.contains(&ring.area)
            {
                areas.push(ring.area);
            }
        }
    }
    ends
}

/// Which vertices move where: each to the first (westernmost) vertex near it that none of its areas uses.
fn near_vertices(ends: &BTreeMap<LatticePoint, Vec<u32>>) -> HashMap<LatticePoint, LatticePoint> {
    let sorted: Vec<_> = ends.iter().collect();
    let mut moves = HashMap::new();
    // Vertices come from west to east. A target is never one that has moved itself, and a vertex moves once: so no
    // chain of moves carries a border further than the tolerance.
    for (index, &(target, target_areas)) in sorted.iter().enumerate() {
        if moves.contains_key(target) {
            continue;
        }
        let reach = sorted[index + 1..]
            .iter()
            // The order is by longitude first, so nothing further on can be near: the sweep covers a narrow
            // strip only.
            .take_while(|(point, _)| i64::from(point.lon) - i64::from(target.lon) <= MEETING_TOLERANCE);
        for (point, areas) in reach {
            // Two vertices of one area are its own detail. Merging them could pinch a narrow part of it shut.
            let apart = areas.iter().all(|area| !target_areas.contains(area));
            if apart && is_near(*target, **point) && !moves.contains_key(*point) {
                moves.insert(**point, *target);
            }
        }
    }
    moves
}

fn is_near(a: LatticePoint, b: LatticePoint) -> bool {
    let between = step(a, b);
    dot(between, between) <= i128::from(MEETING_TOLERANCE * MEETING_TOLERANCE)
}

fn move_vertices(rings: &mut [AreaRing], moves: &HashMap<LatticePoint, LatticePoint>, counts: &mut NodingCounts) {
    for ring in rings {
        let mut moved = false;
        for point in &mut ring.points {
            if let Some(&target) = moves.get(point) {
                *point = target;
                moved = true;
            }
        }
        if moved {
            counts.dropped += drop_spikes(&mut ring.points);
        }
    }
}

fn insert_meeting_vertices(rings: &mut [AreaRing], counts: &mut NodingCounts) {
    let unshared = unshared_edges(rings);
    let ends = unshared_ends(rings);
    let tree = RTree::bulk_load(
        ends.iter()
            .map(|(point, areas)| GeomWithData::new([f64::from(point.lon), f64::from(point.lat)], (*point, areas)))
            .collect(),
    );
    let mut insertions: HashMap<LatticeEdge, Vec<LatticePoint>> = HashMap::new();
    for (edge, area) in unshared {
        let mut meeting: Vec<LatticePoint> = tree
            .locate_in_envelope(edge.reach())
            .filter(|candidate| !candidate.data.1.contains(&area))
            .map(|candidate| candidate.data.0)
            .filter(|&point| edge.passes(point))
            .collect();
        if !meeting.is_empty() {
            // By progress along the edge: inserted in any other order they would fold the edge back on itself.
            meeting.sort_by_key(|&point| dot(step(edge.from, point), step(edge.from, edge.to)));
            insertions.insert(edge, meeting);
        }
    }
    if !insertions.is_empty() {
        for ring in rings {
            insert_into(ring, &insertions, counts);
        }
    }
}

fn insert_into(ring: &mut AreaRing, insertions: &HashMap<LatticeEdge, Vec<LatticePoint>>, counts: &mut NodingCounts) {
    let mut noded = Vec::with_capacity(ring.points.len());
    let mut inserted = 0;
    for edge in edges(&ring.points) {
        noded.push(edge.from);
        if let Some(meeting) = insertions.get(&edge.undirected()) {
            inserted += meeting.len();
            // The list runs from the smaller end to the greater, whichever way the ring walks the edge.
            if edge.from <= edge.to {
                noded.extend(meeting);
            } else {
                noded.extend(meeting.iter().rev());
            }
        }
    }
    if inserted > 0 {
        counts.inserted += inserted;
        ring.points = noded;
        counts.dropped += drop_spikes(&mut ring.points);
    }
}
