//! Parts of a gap by the areas that lie beside them: where the borders of many areas lie apart the gaps are one network,
//! which must not become one area's.
//!
//! In: the faces of a gap, cut by chords. Out: the same faces in groups, each between the same areas; faces where three or
//! more areas meet stand apart.

use std::collections::{BTreeMap, BTreeSet};

use super::plane_graph::{Groups, PlaneGraph};

/// A face with the areas that lie beside it and the faces of the gap that lie behind its chords, by their places.
struct Cell {
    areas: BTreeSet<usize>,
    neighbours: BTreeSet<usize>,
}

impl Cell {
    /// Whether it lies between areas; else it is a corner that crossing chords have cut off.
    fn is_between(&self) -> bool {
        self.areas.len() > 1
    }
}

/// The areas that lie beside a face.
pub(super) fn areas_beside(graph: &PlaneGraph, face: usize) -> BTreeSet<usize> {
    graph.border_of(face).into_iter().flat_map(|half_edge| graph.areas_across(half_edge)).collect()
}

/// The faces of a gap, ascending, in groups that lie between the same areas.
pub(super) fn parts_by_neighbours(graph: &PlaneGraph, faces: &[usize]) -> Vec<Vec<usize>> {
    let cells: Vec<Cell> = faces.iter().map(|&face| cell(graph, face, faces)).collect();
    if !cells.iter().any(Cell::is_between) {
        return vec![faces.to_vec()];
    }
    let mut groups = Groups::new(cells.len());
    for (place, cell) in cells.iter().enumerate().filter(|(_, cell)| cell.is_between()) {
        for &other in cell.neighbours.iter().filter(|&&other| cells[other].areas == cell.areas) {
            groups.join(place, other);
        }
    }
    join_corners(&cells, &mut groups);
    let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (place, &face) in faces.iter().enumerate() {
        parts.entry(groups.root(place)).or_default().push(face);
    }
    parts.into_values().collect()
}

fn cell(graph: &PlaneGraph, face: usize, faces: &[usize]) -> Cell {
    let border = graph.border_of(face);
    let chords = border.into_iter().filter(|&half_edge| graph.edge(half_edge).chord);
    let neighbours = chords.filter_map(|chord| faces.binary_search(&graph.face_of(PlaneGraph::twin(chord))).ok());
    Cell { areas: areas_beside(graph, face), neighbours: neighbours.collect() }
}

/// Joins what lies beside one area or none to a neighbour that lies beside the same one, or to any.
fn join_corners(cells: &[Cell], groups: &mut Groups) {
    let mut is_joined: Vec<bool> = cells.iter().map(Cell::is_between).collect();
    let mut open: Vec<usize> = (0..cells.len()).filter(|&place| !is_joined[place]).collect();
    loop {
        let before = open.len();
        open.retain(|&place| {
            let cell = &cells[place];
            let joined = cell.neighbours.iter().copied().filter(|&other| is_joined[other]);
            let host = joined.min_by_key(|&other| (!cells[other].areas.is_superset(&cell.areas), other));
            if let Some(host) = host {
                groups.join(place, host);
                is_joined[place] = true;
            }
            host.is_none()
        });
        if open.len() == before {
            return;
        }
    }
}
