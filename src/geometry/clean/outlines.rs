//! From a graph whose pieces have been given away back to outlines.
//!
//! In: the graph, who got which face, the outlines as they came. Out: outlines that meet exactly. An area that no piece
//! concerns keeps its outline to the last digit; vertices that were made only to cut edges go again.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use geo::{Coord, CoordsIter, LineString, MultiPolygon, Polygon};

use super::pieces::PieceFaces;
use super::plane_graph::PlaneGraph;
use crate::geometry::coverage::lattice::LatticePoint;
use crate::geometry::coverage::trace::{Link, simple_loops};
use crate::geometry::validity::ring::{nest_rings, step};

/// Who covers which face after all pieces are given away.
pub(super) struct Settled<'a> {
    graph: &'a PlaneGraph,
    /// The faces that were given away.
    owner: BTreeMap<usize, usize>,
}

impl<'a> Settled<'a> {
    pub(super) fn new(graph: &'a PlaneGraph, pieces: &[PieceFaces]) -> Self {
        let given = pieces.iter().filter_map(|found| Some((found.piece.winner?, &found.faces)));
        let owner = given.flat_map(|(winner, faces)| faces.iter().map(move |&face| (face, winner))).collect();
        Self { graph, owner }
    }

    /// The areas that cover a face, ascending.
    fn areas(&self, face: usize) -> Vec<usize> {
        match self.owner.get(&face) {
            Some(&owner) => vec![owner],
            None => self.graph.faces[face].areas().collect(),
        }
    }

    /// The areas among so many that cover no face at all.
    pub(super) fn without_ground(&self, areas: usize) -> BTreeSet<usize> {
        let mut missing: BTreeSet<usize> = (0..areas).collect();
        for face in 0..self.graph.faces.len() {
            for area in self.areas(face) {
                missing.remove(&area);
            }
        }
        missing
    }

    /// The outlines, those of the areas in `changed` made anew.
    pub(super) fn outlines(&self, given: &[MultiPolygon<f64>], changed: &BTreeSet<usize>) -> Vec<MultiPolygon<f64>> {
        let borders = self.borders();
        let made = self.made_vertices(&borders);
        let mut links: BTreeMap<usize, Vec<Link<LatticePoint>>> = BTreeMap::new();
        for &(half_edge, area) in borders.iter().filter(|(_, area)| changed.contains(area)) {
            let (from, to) = (self.graph.origin(half_edge), self.graph.origin(PlaneGraph::twin(half_edge)));
            let way = step(from, to);
            links.entry(area).or_default().push(Link { from, to, leaving: way, arriving: way });
        }
        let exact = exact_places(given);
        let place = |point: LatticePoint| {
            let rounded = point.to_lon_lat();
            exact.get(&point).copied().unwrap_or(Coord { x: rounded.lon, y: rounded.lat })
        };
        let outline = |area: usize, shape: &MultiPolygon<f64>| match links.get(&area) {
            _ if !changed.contains(&area) => shape.clone(),
            None => MultiPolygon::new(Vec::new()),
            Some(links) => outline_of(links, &made, place),
        };
        given.iter().enumerate().map(|(area, shape)| outline(area, shape)).collect()
    }

    /// Every half-edge with an area on its left that is not on its right, with that area.
    fn borders(&self) -> Vec<(usize, usize)> {
        let mut borders = Vec::new();
        for half_edge in 0..2 * self.graph.edges.len() {
            let across = self.areas(self.graph.face_of(PlaneGraph::twin(half_edge)));
            let here = self.areas(self.graph.face_of(half_edge));
            borders.extend(here.into_iter().filter(|area| !across.contains(area)).map(|area| (half_edge, area)));
        }
        borders
    }

    /// Vertices at which a single border goes straight on along one edge of the input.
    fn made_vertices(&self, borders: &[(usize, usize)]) -> HashSet<LatticePoint> {
        let mut edges: HashMap<LatticePoint, BTreeSet<usize>> = HashMap::new();
        for &(half_edge, _) in borders {
            for end in [half_edge, PlaneGraph::twin(half_edge)].map(|half_edge| self.graph.origin(half_edge)) {
                edges.entry(end).or_default().insert(half_edge / 2);
            }
        }
        let goes_on = |edges: &BTreeSet<usize>| {
            let mut sources = edges.iter().map(|&edge| &self.graph.edges[edge].sources);
            // Both pieces of one edge: without the vertex the border is again what it was.
            match (sources.next(), sources.next(), sources.next()) {
                (Some(one), Some(other), None) => one.iter().any(|source| other.contains(source)),
                _ => false,
            }
        };
        edges.into_iter().filter(|(_, edges)| goes_on(edges)).map(|(vertex, _)| vertex).collect()
    }
}

/// The outline that links enclose, without the vertices that were made.
fn outline_of(
    links: &[Link<LatticePoint>],
    made: &HashSet<LatticePoint>,
    place: impl Fn(LatticePoint) -> Coord<f64>,
) -> MultiPolygon<f64> {
    let loops = simple_loops(links).into_iter();
    let rings = loops.map(|ring| ring.into_iter().map(|link| links[link].from).collect::<Vec<_>>());
    let rings = rings.map(|mut ring| {
        ring.retain(|point| !made.contains(point));
        // Where a ring begins must not depend on where the walk began.
        let least = ring.iter().enumerate().min_by_key(|(_, point)| **point).map_or(0, |(place, _)| place);
        ring.rotate_left(least);
        ring
    });
    let nested = nest_rings(rings.filter(|ring| ring.len() >= 3).collect(), Clone::clone);
    let line = |ring: &Vec<LatticePoint>| {
        let mut line: Vec<Coord<f64>> = ring.iter().map(|&point| place(point)).collect();
        line.extend(line.first().copied());
        LineString::new(line)
    };
    let polygons = nested.iter().map(|part| Polygon::new(line(&part.shell), part.holes.iter().map(line).collect()));
    MultiPolygon::new(polygons.collect())
}

/// The coordinates of the file at each lattice point, of several the least.
fn exact_places(given: &[MultiPolygon<f64>]) -> HashMap<LatticePoint, Coord<f64>> {
    let mut exact: HashMap<LatticePoint, Coord<f64>> = HashMap::new();
    for at in given.iter().flat_map(CoordsIter::coords_iter) {
        let Some(point) = LatticePoint::nearest(at) else { continue };
        let known = exact.entry(point).or_insert(at);
        if (at.x, at.y) < (known.x, known.y) {
            *known = at;
        }
    }
    exact
}
