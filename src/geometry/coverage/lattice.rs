//! The lattice on which a coverage is built: longitude and latitude as whole ten-millionths of a degree.
//!
//! One step is 11 mm on the ground, finer than any published boundary; on it, equality of vertices and the
//! side of a line are exact. Goes in: rings in degrees. Comes out: rings of [`LatticePoint`] without the
//! closing vertex, without repeats and without spikes, and a count of what was left out.

use geo::{Coord, LineString};

use crate::geometry::projection::LonLat;
use crate::geometry::validity::ring::{Vertex, doubled_area, is_spike};

/// Lattice steps per degree.
pub const STEPS_PER_DEGREE: f64 = 1e7;

/// A vertex on the lattice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LatticePoint {
    /// Longitude in 1e-7 degrees.
    pub lon: i32,
    /// Latitude in 1e-7 degrees.
    pub lat: i32,
}

impl LatticePoint {
    /// The nearest lattice point, or nothing when the coordinate is not a place in degrees.
    pub fn nearest(place: Coord<f64>) -> Option<Self> {
        let inside = place.x.abs() <= 180.0 && place.y.abs() <= 90.0;
        inside.then(|| Self {
            lon: (place.x * STEPS_PER_DEGREE).round() as i32,
            lat: (place.y * STEPS_PER_DEGREE).round() as i32,
        })
    }

    /// The point in degrees.
    pub fn to_lon_lat(self) -> LonLat {
        LonLat { lon: f64::from(self.lon) / STEPS_PER_DEGREE, lat: f64::from(self.lat) / STEPS_PER_DEGREE }
    }
}

impl Vertex for LatticePoint {
    fn xy(self) -> [i128; 2] {
        [i128::from(self.lon), i128::from(self.lat)]
    }
}

/// What reading rings onto the lattice left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LatticeCounts {
    /// Vertices in the input, closing vertices included.
    pub input_vertices: usize,
    /// Closing vertices (one per closed ring), not stored.
    pub closing: usize,
    /// Vertices equal on the lattice to the one before.
    pub repeated: usize,
    /// Tips of spikes (a way out and back on the same line) with the repeat each leaves behind.
    pub spikes: usize,
    /// Vertices of rings that hold a coordinate outside the globe or enclose nothing.
    pub unusable: usize,
    /// Rings dropped for the same reasons.
    pub unusable_rings: usize,
}

/// A ring on the lattice without its closing vertex, or nothing when no ring is left.
pub(crate) fn lattice_ring(ring: &LineString<f64>, counts: &mut LatticeCounts) -> Option<Vec<LatticePoint>> {
    counts.input_vertices += ring.0.len();
    let points: Option<Vec<_>> = ring.coords().map(|&place| LatticePoint::nearest(place)).collect();
    let Some(mut points) = points else { return unusable(ring.0.len(), counts) };
    if points.len() > 1 && points.first() == points.last() {
        points.pop();
        counts.closing += 1;
    }
    let before = points.len();
    points.dedup();
    while points.len() > 1 && points.first() == points.last() {
        points.pop();
    }
    counts.repeated += before - points.len();
    counts.spikes += drop_spikes(&mut points);
    if points.len() < 3 || doubled_area(&points) == 0 {
        return unusable(points.len(), counts);
    }
    Some(points)
}

fn unusable(vertices: usize, counts: &mut LatticeCounts) -> Option<Vec<LatticePoint>> {
    counts.unusable += vertices;
    counts.unusable_rings += 1;
    None
}

/// Removes every vertex whose two neighbours lie on the same ray from it, until none is left.
pub(crate) fn drop_spikes(ring: &mut Vec<LatticePoint>) -> usize {
    let before = ring.len();
    let mut kept: Vec<LatticePoint> = Vec::with_capacity(before);
    for &point in ring.iter() {
        push_without_spike(&mut kept, point);
    }
    // The seam between the last and the first vertex can hide spikes of its own.
    while kept.len() >= 3 {
        let last = kept.len() - 1;
        if is_spike(kept[last - 1], kept[last], kept[0]) {
            kept.pop();
        } else if is_spike(kept[last], kept[0], kept[1]) {
            kept.remove(0);
        } else {
            break;
        }
    }
    *ring = kept;
    before - ring.len()
}

fn push_without_spike(kept: &mut Vec<LatticePoint>, point: LatticePoint) {
    // `kept` has no spike before the new point. The point can turn its last vertex into one, and removing that can
    // uncover another: so the test repeats until none is left, and each vertex is removed at most once.
    while let [.., before, tip] = kept[..] {
        if !is_spike(before, tip, point) {
            break;
        }
        kept.pop();
    }
    if kept.last() != Some(&point) {
        kept.push(point);
    }
}
