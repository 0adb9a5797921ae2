//! Pieces of ground that two areas claim, or that lie between areas and belong to none: how large, how wide, whose.
//!
//! The width of a piece is the diameter of the largest circle that fits into it. A gap that is open at its end counts as
//! one where it is at least [`SLOT_LENGTHS`] times as long as wide: anything stouter is the shape of a coast.

use std::collections::{BTreeMap, BTreeSet};
use std::f64::consts::PI;

use geo::algorithm::buffer::{BufferStyle, LineJoin};
use geo::{
    Area as _, BoundingRect as _, Buffer as _, Contains as _, Coord, InteriorPoint as _, Line, LineString,
    MapCoords as _, MultiPolygon, Polygon,
};
use rayon::prelude::*;

use super::neighbours::parts_by_neighbours;
use super::plane_graph::{Groups, PlaneGraph, enclosed};
use crate::geometry::coverage::lattice::LatticePoint;
use crate::geometry::local_metres::LocalFrame;
use crate::geometry::projection::{LonLat, area_km2};

/// How many times as long as wide a gap must be that is not closed all around.
const SLOT_LENGTHS: f64 = 4.0;
/// The share to which a width is found.
const WIDTH_PRECISION: f64 = 0.02;
/// How much nearer than its radius the outline may come to the middle of a circle, as a share: rounded corners are cut.
const CIRCLE_TOLERANCE: f64 = 0.03;
/// Angle between the vertices of a rounded corner, in radians.
const CORNER_ANGLE: f64 = 0.3;

/// What is wrong with a piece of ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PieceKind {
    /// Two or more areas cover it.
    Overlap,
    /// No area covers it, and areas lie all around.
    Gap,
    /// No area covers it, areas lie along both sides, and an end is open.
    OpenGap,
}

/// A piece of ground that is not exactly one area's.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// What is wrong with it.
    pub kind: PieceKind,
    /// The areas that claim it, or between which it lies, ascending.
    pub areas: Vec<usize>,
    /// Square kilometres.
    pub km2: f64,
    /// The diameter of the largest circle in it, in metres.
    pub width_m: f64,
    /// Half its outline less its width, in metres.
    pub length_m: f64,
    /// A place in it.
    pub place: Option<LonLat>,
    /// The area that gets it; none when it is left as it is.
    pub winner: Option<usize>,
}

/// The narrowest slot that is one, in metres: vertices lie on a lattice of a centimetre, and two borders that meet on it may
/// part by a step.
const LEAST_SLOT_M: f64 = 0.03;

/// A piece and the faces of the graph that make it up.
#[derive(Debug, Clone)]
pub(super) struct PieceFaces {
    pub(super) piece: Piece,
    pub(super) faces: Vec<usize>,
}

/// A face as a polygon in degrees.
fn polygon(graph: &PlaneGraph, face: usize) -> Polygon<f64> {
    let ring = |cycle: usize| {
        let places = graph.points(cycle).into_iter().map(LatticePoint::to_lon_lat);
        places.map(|place| Coord { x: place.lon, y: place.lat }).collect::<LineString<f64>>()
    };
    let (outer, inner): (Vec<usize>, Vec<usize>) =
        graph.faces[face].cycles.iter().copied().partition(|&cycle| enclosed(graph, cycle) > 0);
    let shell = outer.first().map_or_else(|| LineString::new(Vec::new()), |&cycle| ring(cycle));
    Polygon::new(shell, inner.into_iter().map(ring).collect())
}

/// A polygon in metres around its middle.
fn in_metres(polygon: &Polygon<f64>) -> Option<Polygon<f64>> {
    let middle = polygon.bounding_rect()?.center();
    let frame = LocalFrame::around(LonLat::from(middle));
    Some(polygon.map_coords(|at| {
        let local = frame.to_local(LonLat::from(at));
        Coord { x: local.x_m, y: local.y_m }
    }))
}

fn perimeter_m(polygon: &Polygon<f64>) -> f64 {
    let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
    rings.flat_map(LineString::lines).map(|line| line.delta().x.hypot(line.delta().y)).sum()
}

/// Whether a circle of this diameter fits into a polygon in metres.
fn holds_circle(polygon: &Polygon<f64>, diameter_m: f64) -> bool {
    let area_m2 = polygon.unsigned_area();
    // A polygon lies within half its width of its outline, so its area is at most the outline times that.
    if 2.0 * area_m2 > diameter_m * perimeter_m(polygon) {
        return true;
    }
    if PI * diameter_m * diameter_m / 4.0 > area_m2 {
        return false;
    }
    let radius_m = diameter_m / 2.0;
    let style = BufferStyle::new(-radius_m).line_join(LineJoin::Round(CORNER_ANGLE));
    // What is left after the outline has moved inwards must be as far from it as it moved: an outline that moved past
    // itself may leave something turned inside out.
    let is_centre =
        |at: &Coord<f64>| polygon.contains(at) && distance_m(polygon, *at) > radius_m * (1.0 - CIRCLE_TOLERANCE);
    polygon.buffer_with_style(style).iter().filter_map(|left| left.exterior().0.first()).any(is_centre)
}

/// The distance of a place to the outline of a polygon in metres.
fn distance_m(polygon: &Polygon<f64>, at: Coord<f64>) -> f64 {
    let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
    let distance = |line: Line<f64>| {
        let (along, off) = (line.delta(), at - line.start);
        let length_2 = along.x * along.x + along.y * along.y;
        let share = if length_2 > 0.0 { ((off.x * along.x + off.y * along.y) / length_2).clamp(0.0, 1.0) } else { 0.0 };
        (off.x - share * along.x).hypot(off.y - share * along.y)
    };
    rings.flat_map(LineString::lines).map(distance).fold(f64::INFINITY, f64::min)
}

/// The diameter of the largest circle in a polygon in metres.
pub(super) fn width_m(polygon: &Polygon<f64>) -> f64 {
    let (area_m2, perimeter_m) = (polygon.unsigned_area(), perimeter_m(polygon));
    let mut low = if perimeter_m > 0.0 { 2.0 * area_m2 / perimeter_m } else { 0.0 };
    if low <= 0.0 {
        return 0.0;
    }
    // Most pieces are long: their width is near the lower bound, far from that of a circle of the same area.
    let mut high = 1.5 * low;
    while holds_circle(polygon, high) {
        low = high;
        high *= 1.5;
    }
    while high - low > WIDTH_PRECISION * low {
        let middle = f64::midpoint(low, high);
        if holds_circle(polygon, middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

/// Whether a face is wider than so many metres.
pub(super) fn is_wider(graph: &PlaneGraph, face: usize, metres: f64) -> bool {
    graph.faces[face].unbounded || in_metres(&polygon(graph, face)).is_some_and(|shape| holds_circle(&shape, metres))
}

/// The pieces that more than one area claims.
pub(super) fn overlaps(graph: &PlaneGraph, width_m: f64) -> Vec<PieceFaces> {
    let claimed: Vec<usize> =
        (0..graph.faces.len()).filter(|&face| graph.faces[face].areas().nth(1).is_some()).collect();
    let overlap = |&face: &usize| {
        let claimants: Vec<usize> = graph.faces[face].areas().collect();
        let mut found = measured(graph, PieceKind::Overlap, vec![face])?;
        if found.piece.width_m <= width_m {
            found.piece.winner = longest_side(graph, &found.faces, &claimants);
        }
        found.piece.areas = claimants;
        Some(found)
    };
    claimed.par_iter().filter_map(overlap).collect()
}

/// The pieces that no area covers and that lie between two or more, those open at an end only where they are slots.
pub(super) fn gaps(graph: &PlaneGraph, width_m: f64) -> Vec<PieceFaces> {
    let empty: Vec<usize> = (0..graph.faces.len()).filter(|&face| graph.faces[face].is_empty_ground()).collect();
    let narrow: Vec<bool> = empty.par_iter().map(|&face| !is_wider(graph, face, width_m)).collect();
    let narrow: BTreeSet<usize> =
        empty.iter().zip(narrow).filter(|(_, narrow)| *narrow).map(|(&face, _)| face).collect();
    let slots = grouped(graph, &empty, |face, other| narrow.contains(&face) && narrow.contains(&other));
    let mut found: Vec<PieceFaces> = Vec::new();
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    let candidates = slots.into_iter().filter(|faces| faces.iter().all(|face| narrow.contains(face)));
    for faces in candidates {
        let Some(gap) = between_areas(graph, faces) else { continue };
        let is_slot = gap.piece.length_m >= SLOT_LENGTHS * gap.piece.width_m;
        if gap.piece.kind == PieceKind::OpenGap && (!is_slot || gap.piece.width_m < LEAST_SLOT_M) {
            continue;
        }
        taken.extend(&gap.faces);
        found.extend(parts(graph, gap));
    }
    // What is left is put together again: chords that close nothing are no borders.
    let left: Vec<usize> = empty.iter().copied().filter(|face| !taken.contains(face)).collect();
    let wide = grouped(graph, &left, |face, other| !taken.contains(&face) && !taken.contains(&other));
    let bounded = wide.into_iter().filter(|faces| !faces.iter().any(|&face| graph.faces[face].unbounded));
    let mut wide: Vec<PieceFaces> = bounded.filter_map(|faces| between_areas(graph, faces)).collect();
    for gap in &mut wide {
        gap.piece.kind = PieceKind::Gap;
    }
    found.extend(wide);
    found
}

/// A gap in pieces, each between the same areas and given to one of them. A gap with fewer than two slots in it stays whole,
/// so that no sliver at the end of a slot stands apart.
fn parts(graph: &PlaneGraph, gap: PieceFaces) -> Vec<PieceFaces> {
    let whole = gap.faces.clone();
    let by_neighbours = || -> Vec<PieceFaces> {
        let parts = parts_by_neighbours(graph, &whole).into_par_iter();
        parts.filter_map(|faces| between_areas(graph, faces)).collect()
    };
    let mut parts = if gap.piece.areas.len() > 2 { by_neighbours() } else { Vec::new() };
    let is_slot = |part: &&PieceFaces| part.piece.length_m >= SLOT_LENGTHS * gap.piece.width_m;
    if parts.iter().filter(is_slot).count() < 2 {
        parts = vec![gap];
    }
    for part in &mut parts {
        let is_way_out = |half_edge: usize| {
            let beyond = graph.face_of(PlaneGraph::twin(half_edge));
            graph.edge(half_edge).chord && whole.binary_search(&beyond).is_err()
        };
        let is_open = outline(graph, &part.faces).any(is_way_out);
        part.piece.kind = if is_open { PieceKind::OpenGap } else { PieceKind::Gap };
        part.piece.winner = longest_side(graph, &part.faces, &part.piece.areas);
    }
    parts
}

/// Faces joined across chords where both sides may be.
fn grouped(graph: &PlaneGraph, faces: &[usize], may_join: impl Fn(usize, usize) -> bool) -> Vec<Vec<usize>> {
    let mut groups = Groups::new(graph.faces.len());
    for (number, _) in graph.edges.iter().enumerate().filter(|(_, edge)| edge.chord) {
        let (one, other) = (graph.face_of(2 * number), graph.face_of(2 * number + 1));
        if may_join(one, other) {
            groups.join(one, other);
        }
    }
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &face in faces {
        members.entry(groups.root(face)).or_default().push(face);
    }
    members.into_values().collect()
}

/// A gap, where two or more areas lie around it.
fn between_areas(graph: &PlaneGraph, faces: Vec<usize>) -> Option<PieceFaces> {
    let border: Vec<usize> = outline(graph, &faces).collect();
    let around: BTreeSet<usize> = border.iter().flat_map(|&half_edge| graph.areas_across(half_edge)).collect();
    let open = border.iter().any(|&half_edge| graph.edge(half_edge).chord);
    if around.len() < 2 {
        return None;
    }
    let mut found = measured(graph, if open { PieceKind::OpenGap } else { PieceKind::Gap }, faces)?;
    found.piece.areas = around.into_iter().collect();
    Some(found)
}

/// The half-edges around some faces, ascending, taken together.
fn outline<'a>(graph: &'a PlaneGraph, faces: &'a [usize]) -> impl Iterator<Item = usize> + 'a {
    let half_edges = faces.iter().flat_map(|&face| graph.border_of(face));
    half_edges.filter(|&half_edge| faces.binary_search(&graph.face_of(PlaneGraph::twin(half_edge))).is_err())
}

fn measured(graph: &PlaneGraph, kind: PieceKind, faces: Vec<usize>) -> Option<PieceFaces> {
    let polygons: Vec<Polygon<f64>> = faces.iter().map(|&face| polygon(graph, face)).collect();
    let largest = polygons.iter().max_by(|a, b| a.unsigned_area().total_cmp(&b.unsigned_area()))?;
    let place = largest.interior_point().map(|point| LonLat::from(Coord::from(point)));
    let widths = polygons.iter().filter_map(in_metres).map(|shape| width_m(&shape));
    let width_m = widths.fold(0.0, f64::max);
    let outline_m: f64 = outline(graph, &faces).map(|half_edge| length_m(graph, half_edge)).sum();
    let piece = Piece {
        kind,
        areas: Vec::new(),
        km2: area_km2(&MultiPolygon::new(polygons)),
        width_m,
        length_m: (outline_m / 2.0 - width_m).max(width_m),
        place,
        winner: None,
    };
    Some(PieceFaces { piece, faces })
}

fn length_m(graph: &PlaneGraph, half_edge: usize) -> f64 {
    let edge = graph.edge(half_edge);
    let frame = LocalFrame::around(edge.from.to_lon_lat());
    let end = frame.to_local(edge.to.to_lon_lat());
    end.x_m.hypot(end.y_m)
}

/// Of the candidates the one with the longest border along the faces, of equal ones the first.
fn longest_side(graph: &PlaneGraph, faces: &[usize], candidates: &[usize]) -> Option<usize> {
    let mut sides: BTreeMap<usize, f64> = candidates.iter().map(|&area| (area, 0.0)).collect();
    for half_edge in outline(graph, faces) {
        for area in graph.faces[graph.face_of(PlaneGraph::twin(half_edge))].areas() {
            if let Some(side) = sides.get_mut(&area) {
                *side += length_m(graph, half_edge);
            }
        }
    }
    // Lengths are compared in whole millimetres: what is as long on the ground must not be decided by the last digit
    // of a sum.
    let millimetres = |side: f64| (side * 1000.0).round() as i64;
    let mut best: Option<(i64, usize)> = None;
    for (area, side) in sides {
        if best.is_none_or(|(longest, _)| millimetres(side) > longest) {
            best = Some((millimetres(side), area));
        }
    }
    best.map(|(_, area)| area)
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Rect, coord};

    fn rectangle(width: f64, height: f64) -> Polygon<f64> {
        Rect::new(coord! { x: 0.0, y: 0.0 }, coord! { x: width, y: height }).to_polygon()
    }

    #[test]
    fn width_is_that_of_the_largest_circle() {
        for (width, height, largest) in [(1.0, 1.0, 1.0), (22_000.0, 1.0, 1.0), (300.0, 50.0, 50.0)] {
            let found = width_m(&rectangle(width, height));
            assert!((found / largest - 1.0).abs() < 0.03, "{width} × {height}: {found}");
        }
        // The circle in a triangle of sides 3, 4 and 5 has radius 1.
        let triangle = Polygon::new(LineString::from(vec![(0.0, 0.0), (4.0, 0.0), (0.0, 3.0)]), Vec::new());
        assert!((width_m(&triangle) - 2.0).abs() < 0.06);
    }

    #[test]
    fn ring_of_ground_is_as_wide_as_it_is_between_its_borders() {
        let hole = Rect::new(coord! { x: 10.0, y: 10.0 }, coord! { x: 90.0, y: 90.0 }).to_polygon();
        let ring = Polygon::new(rectangle(100.0, 100.0).exterior().clone(), vec![hole.exterior().clone()]);
        // In its corners the circle that touches both sides and the corner of the hole is a little larger.
        assert!((10.0..12.2).contains(&width_m(&ring)), "{}", width_m(&ring));
        assert_eq!(width_m(&Polygon::new(LineString::new(Vec::new()), Vec::new())), 0.0);
    }
}
