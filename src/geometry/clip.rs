//! Cuts an area's rings to one tile and its buffer.
//!
//! Goes in: a [`ZoomArea`] on the tile's own grid. Comes out: polygons in the tile's own integers, shells
//! clockwise on screen (MVT 2.1), rings without a closing or repeated vertex and without edges laid upon one
//! another along the cut. Where an edge crosses the cut, the new vertex is computed from the edge's ends in a
//! fixed order, so both neighbours of a border are cut at the same vertex.

use std::mem;

use super::coverage::trace::clean_rings;
use super::simplify::zoom_geometry::{GridBounds, ZoomArea};
use super::validity::ring::nest_rings;
use crate::geometry::projection::{EXTENT, GridPoint, TileAddress, TilePoint};

/// Grid units of buffer around a tile, so that outlines drawn along the cut lie outside what is shown.
pub const DEFAULT_BUFFER: u16 = 64;

/// A polygon inside one tile; rings without their closing vertex.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TilePolygon {
    /// Outer ring: positive area where y grows southwards, clockwise on screen.
    pub shell: Vec<TilePoint>,
    /// Inner rings, wound the other way.
    pub holes: Vec<Vec<TilePoint>>,
}

/// The part of an area that lies in a tile or its buffer; nothing when they do not meet.
///
/// # Units
/// `buffer` in grid units (a tile is 4096 wide). The area must stand on the grid of the tile's zoom.
pub fn clipped_area(area: &ZoomArea, tile: TileAddress, buffer: u16) -> Vec<TilePolygon> {
    let frame = Frame::new(tile, buffer);
    let Some(bounds) = area.bounds.filter(|bounds| frame.meets(bounds)) else { return Vec::new() };
    let rings = area.polygons.iter().flat_map(|polygon| std::iter::once(&polygon.shell).chain(&polygon.holes));
    if frame.holds(&bounds) {
        let whole = area.polygons.iter();
        return whole.map(|part| frame.tile_polygon(&part.shell, &part.holes)).collect();
    }
    let mut cut: Vec<Vec<GridPoint>> = rings.map(|ring| frame.cut(ring)).filter(|ring| ring.len() >= 3).collect();
    frame.node_sides(&mut cut);
    nest_rings(clean_rings(&cut), Vec::clone)
        .into_iter()
        .map(|nested| frame.tile_polygon(&nested.shell, &nested.holes))
        .collect()
}

/// The tiles of a zoom whose frame (tile and buffer) an area's box meets, row by row.
pub fn tiles_of(area: &ZoomArea, zoom: u8, buffer: u16) -> Vec<TileAddress> {
    let Some(GridBounds { min, max }) = area.bounds else { return Vec::new() };
    let (extent, buffer) = (EXTENT as i32, i32::from(buffer));
    // A tile reaches its buffer beyond its edge, so a box must be met from one buffer further away. Division
    // truncates towards 0, which only the clamped tiles left of 0 notice.
    let first = |low: i32| ((low - buffer) / extent).max(0) as u32;
    let last = |high: i32| ((high + buffer) / extent).max(0) as u32;
    let columns = first(min.x)..=last(max.x);
    let tiles = (first(min.y)..=last(max.y)).flat_map(|y| columns.clone().map(move |x| (x, y)));
    tiles.filter_map(|(x, y)| TileAddress::new(zoom, x, y).ok()).collect()
}

/// A tile with its buffer, on the grid.
struct Frame {
    origin: GridPoint,
    min: GridPoint,
    max: GridPoint,
}

/// The axis a cutting line is perpendicular to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Axis {
    X,
    Y,
}

/// The side of a cutting line that is kept, the line included.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keep {
    AtLeast(i32),
    AtMost(i32),
}

impl Frame {
    fn new(tile: TileAddress, buffer: u16) -> Self {
        let (origin, extent, buffer) = (tile.origin(), EXTENT as i32, i32::from(buffer));
        let min = GridPoint { x: origin.x - buffer, y: origin.y - buffer };
        let max = GridPoint { x: origin.x + extent + buffer, y: origin.y + extent + buffer };
        Self { origin, min, max }
    }

    fn meets(&self, other: &GridBounds) -> bool {
        self.min.x <= other.max.x && other.min.x <= self.max.x && self.min.y <= other.max.y && other.min.y <= self.max.y
    }

    fn holds(&self, other: &GridBounds) -> bool {
        self.min.x <= other.min.x && other.max.x <= self.max.x && self.min.y <= other.min.y && other.max.y <= self.max.y
    }

    /// A ring cut by the four sides in turn (Sutherland and Hodgman).
    fn cut(&self, ring: &[GridPoint]) -> Vec<GridPoint> {
        let sides = [
            (Axis::X, Keep::AtLeast(self.min.x)),
            (Axis::X, Keep::AtMost(self.max.x)),
            (Axis::Y, Keep::AtLeast(self.min.y)),
            (Axis::Y, Keep::AtMost(self.max.y)),
        ];
        let mut kept = ring.to_vec();
        let mut next = Vec::with_capacity(ring.len());
        // After each side the ring lies within all the lines before it, because cutting by a vertical line moves
        // no vertex across a horizontal one. A concave ring comes out with edges laid along the cut; they cancel
        // in `clean_rings`.
        for (axis, keep) in sides {
            cut_by_line(&kept, axis, keep, &mut next);
            mem::swap(&mut kept, &mut next);
        }
        kept
    }

    /// Gives edges that run along one side of the frame a vertex wherever another one ends there, so that
    /// edges laid upon one another cancel out.
    fn node_sides(&self, rings: &mut [Vec<GridPoint>]) {
        let along = [(Axis::X, self.min.x), (Axis::X, self.max.x), (Axis::Y, self.min.y), (Axis::Y, self.max.y)];
        for (axis, line) in along {
            let on_line = |point: &GridPoint| coordinate(*point, axis) == line;
            // Only edges along the cut can overlap one another: inside the frame they are those of a coverage.
            // Given the same stops, overlapping edges become equal edges, and equal edges walked both ways cancel.
            let mut stops: Vec<GridPoint> = rings.iter().flatten().copied().filter(on_line).collect();
            stops.sort_unstable();
            stops.dedup();
            if stops.len() > 2 {
                for ring in rings.iter_mut() {
                    *ring = with_stops(ring, axis, line, &stops);
                }
            }
        }
    }

    fn tile_polygon(&self, shell: &[GridPoint], holes: &[Vec<GridPoint>]) -> TilePolygon {
        let local = |ring: &[GridPoint]| -> Vec<TilePoint> {
            ring.iter().map(|point| TilePoint { x: point.x - self.origin.x, y: point.y - self.origin.y }).collect()
        };
        TilePolygon { shell: local(shell), holes: holes.iter().map(|hole| local(hole)).collect() }
    }
}

fn coordinate(point: GridPoint, axis: Axis) -> i32 {
    if axis == Axis::X { point.x } else { point.y }
}

impl Keep {
    fn keeps(self, value: i32) -> bool {
        match self {
            Self::AtLeast(line) => value >= line,
            Self::AtMost(line) => value <= line,
        }
    }

    fn line(self) -> i32 {
        let (Self::AtLeast(line) | Self::AtMost(line)) = self;
        line
    }
}

fn cut_by_line(ring: &[GridPoint], axis: Axis, keep: Keep, kept: &mut Vec<GridPoint>) {
    kept.clear();
    let Some(&last) = ring.last() else { return };
    let mut push = |point: GridPoint| {
        if kept.last() != Some(&point) {
            kept.push(point);
        }
    };
    let mut before = last;
    // `before` starts as the last vertex, so the closing edge is cut like any other.
    for &point in ring {
        let (was_kept, is_kept) = (keep.keeps(coordinate(before, axis)), keep.keeps(coordinate(point, axis)));
        if was_kept != is_kept {
            push(crossing_vertex(before, point, axis, keep.line()));
        }
        if is_kept {
            push(point);
        }
        before = point;
    }
    while kept.len() > 1 && kept.first() == kept.last() {
        kept.pop();
    }
}

/// Where an edge crosses a cutting line, rounded half up; the same whichever way the edge is walked.
fn crossing_vertex(one: GridPoint, other: GridPoint, axis: Axis, line: i32) -> GridPoint {
    let along = |point: GridPoint| i64::from(coordinate(point, axis));
    let across = |point: GridPoint| i64::from(if axis == Axis::X { point.y } else { point.x });
    // Two neighbours walk their border in opposite directions; ordered by the coordinate along the cut both
    // compute the same division.
    let (a, b) = if along(one) <= along(other) { (one, other) } else { (other, one) };
    let length = along(b) - along(a);
    let share = (i64::from(line) - along(a)) * (across(b) - across(a));
    // share/length rounded half up: floor((2·share + length) / (2·length)). Whole numbers throughout, and 64 bits
    // hold the product of two coordinates.
    let value = (across(a) + (2 * share + length).div_euclid(2 * length)) as i32;
    match axis {
        Axis::X => GridPoint { x: line, y: value },
        Axis::Y => GridPoint { x: value, y: line },
    }
}

/// A ring whose edges along the line stop at every vertex that stands on it.
fn with_stops(ring: &[GridPoint], axis: Axis, line: i32, stops: &[GridPoint]) -> Vec<GridPoint> {
    let mut noded = Vec::with_capacity(ring.len());
    for (index, &from) in ring.iter().enumerate() {
        let to = ring[(index + 1) % ring.len()];
        noded.push(from);
        if coordinate(from, axis) != line || coordinate(to, axis) != line {
            continue;
        }
        // On one line the order of points is that of the free coordinate.
        let first = stops.partition_point(|&stop| stop <= from.min(to));
        let end = stops.partition_point(|&stop| stop < from.max(to));
        let between = &stops[first.min(end)..end];
        if from < to {
            noded.extend(between);
        } else {
            noded.extend(between.iter().rev());
        }
    }
    noded
}
