//! Rings: turned as GeoJSON wants them, and nested where a format lists them side by side.
//!
//! In: rings as positions. Out: polygons whose first ring is the shell. Nothing is mended: a hole outside every shell
//! stays a hole, so that the checks of boundaries find it.

use geojson::{GeometryValue, Position};

/// Positions that begin and end at the same place.
pub(in crate::ingest::format) type PositionRing = Vec<Position>;

/// Rings of one shape; one with more is no boundary, and nesting would take too long.
pub(in crate::ingest::format) const MAX_RINGS: usize = 20_000;

/// Twice the area that a ring encloses in the plane, positive where it turns counter-clockwise.
fn doubled_area(ring: &[Position]) -> f64 {
    let Some(first) = ring.first() else { return 0.0 };
    let place = |position: &Position| {
        let at = |axis: usize| position.as_slice().get(axis).copied().unwrap_or(0.0);
        (at(0) - first.as_slice()[0], at(1) - first.as_slice()[1])
    };
    ring.windows(2)
        .map(|edge| {
            let ((x0, y0), (x1, y1)) = (place(&edge[0]), place(&edge[1]));
            x0 * y1 - x1 * y0
        })
        .sum()
}

/// The rings of a polygon, the shell counter-clockwise and the holes clockwise (RFC 7946, 3.1.6).
pub(in crate::ingest::format) fn turned(mut rings: Vec<PositionRing>) -> Vec<PositionRing> {
    for (place, ring) in rings.iter_mut().enumerate() {
        let area = doubled_area(ring);
        if (place == 0 && area < 0.0) || (place > 0 && area > 0.0) {
            ring.reverse();
        }
    }
    rings
}

/// One polygon or several as a geometry.
pub(in crate::ingest::format) fn polygons(mut polygons: Vec<Vec<PositionRing>>) -> GeometryValue {
    match polygons.len() {
        1 => GeometryValue::Polygon { coordinates: polygons.pop().unwrap_or_default() },
        _ => GeometryValue::MultiPolygon { coordinates: polygons },
    }
}

/// A ring with what is asked of it again and again.
struct SizedRing {
    ring: PositionRing,
    doubled_area: f64,
    west: f64,
    south: f64,
    east: f64,
    north: f64,
}

impl SizedRing {
    fn new(ring: PositionRing) -> Self {
        let axis = |axis: usize| ring.iter().map(move |position| position.as_slice()[axis]);
        Self {
            doubled_area: doubled_area(&ring),
            west: axis(0).fold(f64::INFINITY, f64::min),
            south: axis(1).fold(f64::INFINITY, f64::min),
            east: axis(0).fold(f64::NEG_INFINITY, f64::max),
            north: axis(1).fold(f64::NEG_INFINITY, f64::max),
            ring,
        }
    }

    /// Whether another ring lies in this one, as its vertices tell.
    fn holds(&self, other: &Self) -> bool {
        let within = self.west <= other.west
            && other.east <= self.east
            && self.south <= other.south
            && other.north <= self.north;
        within && other.ring.iter().find_map(|vertex| self.holds_vertex(vertex)).unwrap_or(true)
    }

    /// Whether a vertex lies inside; none where it lies on the border.
    fn holds_vertex(&self, vertex: &Position) -> Option<bool> {
        let (x, y) = (vertex.as_slice()[0], vertex.as_slice()[1]);
        let mut inside = false;
        for edge in self.ring.windows(2) {
            let ((x0, y0), (x1, y1)) =
                ((edge[0].as_slice()[0], edge[0].as_slice()[1]), (edge[1].as_slice()[0], edge[1].as_slice()[1]));
            if (x0, y0) == (x, y) || (x1, y1) == (x, y) {
                return None;
            }
            // A ray to the east: each edge that it crosses changes the side.
            if (y0 > y) != (y1 > y) && x < (x1 - x0) * (y - y0) / (y1 - y0) + x0 {
                inside = !inside;
            }
        }
        Some(inside)
    }
}

/// Rings side by side, shells and holes told apart by the way they turn, as polygons.
///
/// The largest ring is a shell, and those that turn as it does are shells too. A hole goes to the smallest shell around
/// it; one outside every shell stays with the largest.
pub(in crate::ingest::format) fn nested(rings: Vec<PositionRing>) -> Vec<Vec<PositionRing>> {
    let rings: Vec<SizedRing> = rings.into_iter().filter(|ring| !ring.is_empty()).map(SizedRing::new).collect();
    let largest = rings.iter().map(|ring| ring.doubled_area).max_by(|a, b| a.abs().total_cmp(&b.abs()));
    let shells_turn_left = largest.is_some_and(|area| area > 0.0);
    let (mut shells, holes): (Vec<SizedRing>, Vec<SizedRing>) =
        rings.into_iter().partition(|ring| ring.doubled_area == 0.0 || (ring.doubled_area > 0.0) == shells_turn_left);
    // From the smallest on, so that the first shell that holds a hole is the closest around it.
    shells.sort_by(|a, b| a.doubled_area.abs().total_cmp(&b.doubled_area.abs()));
    let mut holes_of: Vec<Vec<PositionRing>> = vec![Vec::new(); shells.len()];
    for hole in holes {
        let around = shells.iter().position(|shell| shell.holds(&hole)).or(shells.len().checked_sub(1));
        if let Some(holes) = around.and_then(|shell| holes_of.get_mut(shell)) {
            holes.push(hole.ring);
        }
    }
    let polygon =
        |(shell, holes): (SizedRing, Vec<PositionRing>)| turned(std::iter::once(shell.ring).chain(holes).collect());
    shells.into_iter().zip(holes_of).rev().map(polygon).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(west: f64, south: f64, side: f64) -> PositionRing {
        let (east, north) = (west + side, south + side);
        [[west, south], [east, south], [east, north], [west, north], [west, south]].map(Position::from).to_vec()
    }

    fn reversed(mut ring: PositionRing) -> PositionRing {
        ring.reverse();
        ring
    }

    #[test]
    fn holes_find_the_smallest_shell_around_them_whichever_way_a_file_turns() {
        let lake_with_isle = [square(0.0, 0.0, 10.0), reversed(square(1.0, 1.0, 8.0)), square(2.0, 2.0, 6.0)];
        let isle_with_pond = [reversed(square(3.0, 3.0, 1.0)), square(20.0, 0.0, 1.0)];
        let rings: Vec<PositionRing> = lake_with_isle.into_iter().chain(isle_with_pond).collect();
        let other: Vec<PositionRing> = rings.iter().cloned().map(reversed).collect();
        for rings in [rings, other] {
            let found = nested(rings);
            let sizes: Vec<Vec<f64>> =
                found.iter().map(|rings| rings.iter().map(|ring| doubled_area(ring) / 2.0).collect()).collect();
            assert_eq!(sizes, [vec![100.0, -64.0], vec![36.0, -1.0], vec![1.0]]);
        }
    }

    #[test]
    fn hole_outside_every_shell_stays_one() {
        let found = nested(vec![square(0.0, 0.0, 5.0), reversed(square(9.0, 9.0, 1.0))]);
        assert_eq!((found.len(), found[0].len()), (1, 2));
    }

    #[test]
    fn nothing_and_empty_rings_are_no_polygon() {
        assert!(nested(Vec::new()).is_empty());
        assert!(nested(vec![Vec::new()]).is_empty());
    }

    #[test]
    fn hole_that_touches_its_shell_in_a_vertex_is_in_it() {
        let hole = [[0.0, 0.0], [1.0, 2.0], [2.0, 1.0], [0.0, 0.0]].map(Position::from).to_vec();
        let shells = [square(0.0, 0.0, 5.0), square(-9.0, -9.0, 30.0)];
        let found = nested(shells.into_iter().chain([reversed(turned(vec![hole]).remove(0))]).collect());
        assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [1, 2]);
    }
}
