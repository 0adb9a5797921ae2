//! A coverage: areas that tile the ground, held as arcs so that every border is stored once.
//!
//! An arc runs between two nodes (places where borders meet or part) or closes on itself. A ring is a list of
//! arcs, each walked forwards or backwards. Built from polygons by [`Coverage::build`], coarsened by
//! [`Coverage::dissolve`]; both levels share the same arcs, so borders of all levels coincide exactly.
//! Unclean input still gives a coverage: borders that do not match are arcs with one side empty, and the
//! [`CoverageReport`] counts them.

pub(super) mod build;
pub mod contiguity;
pub(super) mod dissolve;
pub mod lattice;
pub mod nesting;
pub mod noding;
pub mod overlay;
pub(super) mod snap_round;
pub mod touching;
pub(super) mod trace;

use std::collections::BTreeSet;
use std::sync::Arc;

use geo::{Coord, LineString, MultiPolygon, Polygon};

use lattice::{LatticeCounts, LatticePoint};
use noding::NodingCounts;

/// An arc, by its index in [`Coverage::arcs`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ArcIndex(u32);

impl ArcIndex {
    /// The index of a number.
    pub fn new(number: usize) -> Self {
        Self(number as u32)
    }

    /// The number of the index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A piece of border between two nodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BorderArc {
    /// Vertices from node to node; first and last are equal when the arc closes on itself.
    pub points: Vec<LatticePoint>,
}

/// The areas beside an arc, seen along its direction.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ArcSides {
    /// Area on the left.
    pub left: Option<usize>,
    /// Area on the right.
    pub right: Option<usize>,
}

/// The direction in which a ring walks an arc.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// As stored.
    Forward,
    /// From the last vertex to the first.
    Backward,
}

/// One step of a ring: an arc and the way it is walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ArcUse {
    /// The arc.
    pub arc: ArcIndex,
    /// The way the ring walks it.
    pub direction: Direction,
}

/// One polygon of an area as rings of arcs; the area lies to the left of every ring.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CoveragePart {
    /// The outer ring.
    pub shell: Vec<ArcUse>,
    /// The inner rings.
    pub holes: Vec<Vec<ArcUse>>,
}

/// What building the coverage did with the vertices, and how well the borders match.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CoverageReport {
    /// Reading onto the lattice.
    pub lattice: LatticeCounts,
    /// Making neighbours meet.
    pub noding: NodingCounts,
    /// Vertices of rings that were lost to noding (they collapsed).
    pub collapsed: usize,
    /// Places where borders meet or part.
    pub nodes: usize,
    /// Arcs with an area on both sides.
    pub shared_arcs: usize,
    /// Arcs with an area on one side only: the outer border, and borders that do not match.
    pub unshared_arcs: usize,
    /// Arc uses by a second area on the same side: certain overlaps.
    pub conflicts: usize,
    /// Vertices over all rings as the arcs give them, closing vertices not counted.
    pub ring_vertices: usize,
    /// Vertices stored in arcs, each border once.
    pub arc_vertices: usize,
}

impl CoverageReport {
    /// Whether every vertex of the input is either in the arcs or counted as left out.
    pub fn accounts_for_every_vertex(&self) -> bool {
        let (read, noding) = (&self.lattice, &self.noding);
        let left_out = read.closing + read.repeated + read.spikes + read.unusable + noding.dropped + self.collapsed;
        read.input_vertices + noding.inserted == self.ring_vertices + left_out
    }
}

/// Areas as rings of shared arcs.
#[derive(Debug, Clone)]
pub struct Coverage {
    pub(crate) arcs: Arc<[BorderArc]>,
    pub(crate) sides: Vec<ArcSides>,
    pub(crate) areas: Vec<Vec<CoveragePart>>,
    pub(crate) report: CoverageReport,
    /// Pairs of areas (lower index first) that lie on the same side of an arc.
    pub(crate) conflicts: Vec<(usize, usize)>,
}

impl Coverage {
    /// Number of areas, those without any ring included.
    pub fn len(&self) -> usize {
        self.areas.len()
    }

    /// Whether there is no area at all.
    pub fn is_empty(&self) -> bool {
        self.areas.is_empty()
    }

    /// All arcs; dissolved coverages keep those that run inside a group, unused.
    pub fn arcs(&self) -> &[BorderArc] {
        &self.arcs
    }

    /// The areas beside each arc, in the order of [`Coverage::arcs`].
    pub fn sides(&self) -> &[ArcSides] {
        &self.sides
    }

    /// The polygons of an area; none when the area is unknown or has no usable ring.
    pub fn parts(&self, area: usize) -> &[CoveragePart] {
        self.areas.get(area).map_or(&[], Vec::as_slice)
    }

    /// What the build found; a dissolved coverage carries the report of the one it came from.
    pub fn report(&self) -> &CoverageReport {
        &self.report
    }

    /// The areas that share an arc with this one, ascending.
    pub fn neighbours(&self, area: usize) -> Vec<usize> {
        let across = |use_: &ArcUse| {
            let ArcSides { left, right } = self.sides[use_.arc.index()];
            [left, right].into_iter().flatten().find(|&other| other != area)
        };
        let found: BTreeSet<usize> = self.ring_uses(area).filter_map(across).collect();
        found.into_iter().collect()
    }

    /// The areas that share no arc with another, ascending; areas without any ring are not listed.
    pub fn islands(&self) -> Vec<usize> {
        let alone = |&area: &usize| !self.parts(area).is_empty() && self.neighbours(area).is_empty();
        (0..self.len()).filter(alone).collect()
    }

    /// The area's shape in degrees, on the lattice, wound as RFC 7946 requires.
    pub fn multi_polygon(&self, area: usize) -> MultiPolygon<f64> {
        let ring = |uses: &Vec<ArcUse>| {
            let places = self.ring_points(uses).into_iter().map(LatticePoint::to_lon_lat);
            places.map(|place| Coord { x: place.lon, y: place.lat }).collect::<LineString<f64>>()
        };
        let polygon = |part: &CoveragePart| Polygon::new(ring(&part.shell), part.holes.iter().map(ring).collect());
        MultiPolygon::new(self.parts(area).iter().map(polygon).collect())
    }

    /// The vertices of a ring of arcs, without the closing one.
    pub fn ring_points(&self, uses: &[ArcUse]) -> Vec<LatticePoint> {
        let mut points = Vec::new();
        for use_ in uses {
            extend_with_arc(&mut points, &self.arcs[use_.arc.index()].points, use_.direction);
        }
        points
    }

    /// Every arc use of an area, ring by ring.
    pub(crate) fn ring_uses(&self, area: usize) -> impl Iterator<Item = &ArcUse> {
        self.parts(area).iter().flat_map(|part| part.shell.iter().chain(part.holes.iter().flatten()))
    }
}

/// Appends an arc's vertices in walking order, its last one left to the arc that follows.
pub(crate) fn extend_with_arc<V: Copy>(points: &mut Vec<V>, arc: &[V], direction: Direction) {
    // The last vertex of an arc is the first of the next: each arc gives all but its last, and the ring closes
    // without a repeat.
    let count = arc.len().saturating_sub(1);
    match direction {
        Direction::Forward => points.extend(arc.iter().take(count)),
        Direction::Backward => points.extend(arc.iter().rev().take(count)),
    }
}
