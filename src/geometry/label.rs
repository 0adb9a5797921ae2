//! The place for an area's label: the point of its largest polygon that is farthest from every border.
//!
//! A quadtree search: the polygon's box is tiled with squares, and the square that can still hold a better
//! place than the best one known is split until none can. Distances are measured on a local plane, with
//! longitudes shortened by the cosine of the latitude. The place lies strictly inside unless the polygon
//! encloses nothing.
//!
//! # Reference
//! D. Garcia-Castellanos, U. Lombardo, "Poles of inaccessibility", Scottish Geographical Journal 123 (2007).

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use geo::{Area, BoundingRect, CoordsIter, InteriorPoint, MultiPolygon, Polygon};
use rayon::prelude::*;

use crate::geometry::projection::LonLat;

/// The search ends when nothing better than this share of the polygon's smaller side can be gained.
const PRECISION: f64 = 0.005;

/// The most squares examined, a stop for degenerate shapes.
const MAX_SQUARES: usize = 20_000;

/// A place well inside the largest polygon of an area; none when no polygon has only finite coordinates.
///
/// # Example
/// ```
/// use binhyen::geometry::label::label_point;
/// use geo::{MultiPolygon, polygon};
/// let square = polygon![(x: 0.0, y: 0.0), (x: 2.0, y: 0.0), (x: 2.0, y: 2.0), (x: 0.0, y: 2.0)];
/// let place = label_point(&MultiPolygon::from(square)).expect("the square is not empty");
/// assert!((place.lon - 1.0).abs() < 0.02 && (place.lat - 1.0).abs() < 0.02);
/// ```
pub fn label_point(area: &MultiPolygon<f64>) -> Option<LonLat> {
    let sound = area.iter().filter(|polygon| is_finite(polygon));
    let largest = sound.max_by(|a, b| a.unsigned_area().total_cmp(&b.unsigned_area()))?;
    let pole = pole_of_inaccessibility(largest).filter(|square| square.distance > 0.0);
    match pole {
        Some(square) => Some(LonLat::new(square.x / shortening(largest), square.y)),
        None => largest.interior_point().map(|point| LonLat::new(point.x(), point.y())),
    }
}

/// The label places of many areas, computed in parallel.
pub fn label_points(areas: &[MultiPolygon<f64>]) -> Vec<Option<LonLat>> {
    areas.par_iter().map(label_point).collect()
}

fn is_finite(polygon: &Polygon<f64>) -> bool {
    polygon.coords_iter().all(|place| place.x.is_finite() && place.y.is_finite())
}

/// How much shorter a degree of longitude is than one of latitude, at the polygon's middle.
fn shortening(polygon: &Polygon<f64>) -> f64 {
    polygon.bounding_rect().map_or(1.0, |bounds| bounds.center().y.to_radians().cos().max(1e-6))
}

/// A square of the search: its centre, half its side, and the centre's distance to the border (inside positive).
#[derive(Debug, Clone, Copy)]
struct Square {
    x: f64,
    y: f64,
    half: f64,
    distance: f64,
}

impl Square {
    /// The greatest distance any place of the square can have.
    fn reach(&self) -> f64 {
        self.distance + self.half * std::f64::consts::SQRT_2
    }
}

impl PartialEq for Square {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Square {}

impl PartialOrd for Square {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Square {
    fn cmp(&self, other: &Self) -> Ordering {
        self.reach().total_cmp(&other.reach()).then(other.x.total_cmp(&self.x)).then(other.y.total_cmp(&self.y))
    }
}

fn pole_of_inaccessibility(polygon: &Polygon<f64>) -> Option<Square> {
    let shortening = shortening(polygon);
    let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
    let edges: Vec<[f64; 4]> = rings
        .flat_map(geo::LineString::lines)
        .map(|line| [line.start.x * shortening, line.start.y, line.end.x * shortening, line.end.y])
        .collect();
    let bounds = polygon.bounding_rect()?;
    let (west, south) = (bounds.min().x * shortening, bounds.min().y);
    let (width, height) = (bounds.width() * shortening, bounds.height());
    let side = width.min(height);
    // A polygon without extent, or so thin that the first layer of squares would already exceed the budget.
    if !(side > 0.0 && (width / side) * (height / side) < MAX_SQUARES as f64) {
        return None;
    }
    let square = |x: f64, y: f64, half: f64| Square { x, y, half, distance: distance_inside(&edges, x, y) };
    let (columns, rows) = ((width / side).ceil() as usize, (height / side).ceil() as usize);
    let centre = |number: usize| (number as f64 + 0.5) * side;
    let start = (0..rows).flat_map(|row| (0..columns).map(move |column| (column, row)));
    let mut queue: BinaryHeap<Square> =
        start.map(|(column, row)| square(west + centre(column), south + centre(row), side / 2.0)).collect();
    let mut best = *queue.iter().max_by(|a, b| a.distance.total_cmp(&b.distance))?;
    // The square on top has the greatest reach, an upper bound of the distance of every point in it. Once that
    // exceeds the best by no more than the precision, no square in the queue can hold a better place. Each turn
    // splits one square and halves its part of the bound.
    for _ in 0..MAX_SQUARES {
        let Some(current) = queue.pop().filter(|current| current.reach() - best.distance > PRECISION * side) else {
            break;
        };
        let half = current.half / 2.0;
        for (dx, dy) in [(-half, -half), (half, -half), (-half, half), (half, half)] {
            let quarter = square(current.x + dx, current.y + dy, half);
            if quarter.distance > best.distance {
                best = quarter;
            }
            queue.push(quarter);
        }
    }
    Some(best)
}

/// Distance from a place to the nearest edge, negative outside the polygon (even-odd).
fn distance_inside(edges: &[[f64; 4]], x: f64, y: f64) -> f64 {
    let (mut inside, mut nearest_2) = (false, f64::INFINITY);
    for &[x_1, y_1, x_2, y_2] in edges {
        // Half open in y, so a vertex on the ray flips the parity once; the first comparison also keeps the
        // divisor from being 0.
        if (y_1 > y) != (y_2 > y) && x < (x_2 - x_1) * (y - y_1) / (y_2 - y_1) + x_1 {
            inside = !inside;
        }
        let (dx, dy) = (x_2 - x_1, y_2 - y_1);
        let length_2 = dx * dx + dy * dy;
        let share = if length_2 > 0.0 { (((x - x_1) * dx + (y - y_1) * dy) / length_2).clamp(0.0, 1.0) } else { 0.0 };
        let (off_x, off_y) = (x - x_1 - share * dx, y - y_1 - share * dy);
        nearest_2 = nearest_2.min(off_x * off_x + off_y * off_y);
    }
    if inside { nearest_2.sqrt() } else { -nearest_2.sqrt() }
}
