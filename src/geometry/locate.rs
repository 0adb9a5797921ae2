//! From a point to the area that holds it.
//!
//! **The rule.** Areas are closed sets. A point inside one area belongs to it. A point exactly on the border
//! of several belongs to the one with the smallest index; the caller passes areas sorted by code, so that is
//! the lowest code, whatever the order of the points. A point on the outer border belongs to the area it
//! bounds. A point outside every area, or with a coordinate that is not a number, belongs to none.
//!
//! Three steps, each only for what the one before leaves open: a raster whose cells lie wholly in one area (or
//! in none) answers most points at once; an R-tree over the boxes of the polygons names the candidates for the
//! rest; an index of edges by bands of latitude keeps the exact test (adaptive `orient2d`) to a few edges.

use geo::{Line, MultiPolygon, Polygon};
use rayon::prelude::*;
use robust::{Coord, orient2d};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use crate::geometry::projection::LonLat;
use crate::geometry::raster::{Raster, RasterCell};

/// Points per piece of work in [`Locator::locate_all`].
const CHUNK: usize = 16_384;

/// An index over a set of areas that answers which of them holds a point.
#[derive(Debug)]
pub struct Locator {
    parts: Vec<PartIndex>,
    tree: RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>,
    raster: Raster,
}

impl Locator {
    /// The index of the given areas. Polygons with a coordinate that is not finite are left out.
    pub fn new(areas: &[MultiPolygon<f64>]) -> Self {
        let polygons = areas.iter().enumerate().flat_map(|(area, shape)| shape.iter().map(move |part| (area, part)));
        let parts: Vec<PartIndex> = polygons.filter_map(|(area, polygon)| PartIndex::new(area, polygon)).collect();
        let boxes = parts.iter().enumerate().map(|(number, part)| GeomWithData::new(part.envelope(), number));
        let tree = RTree::bulk_load(boxes.collect());
        let mut locator = Self { parts, tree, raster: Raster::empty() };
        let edges = locator.parts.iter().flat_map(|part| part.edges.iter().copied());
        locator.raster = Raster::new(edges, |lon, lat| locator.locate_exactly(lon, lat));
        locator
    }

    /// The area that holds the point, by the rule of this module.
    ///
    /// # Units
    /// Degrees.
    ///
    /// # Example
    /// ```
    /// use binhyen::geometry::locate::Locator;
    /// use geo::{MultiPolygon, polygon};
    /// let west = polygon![(x: 0.0, y: 0.0), (x: 1.0, y: 0.0), (x: 1.0, y: 1.0), (x: 0.0, y: 1.0)];
    /// let east = polygon![(x: 1.0, y: 0.0), (x: 2.0, y: 0.0), (x: 2.0, y: 1.0), (x: 1.0, y: 1.0)];
    /// let locator = Locator::new(&[MultiPolygon::from(west), MultiPolygon::from(east)]);
    /// assert_eq!(locator.locate(1.5, 0.5), Some(1));
    /// assert_eq!(locator.locate(1.0, 0.5), Some(0)); // on the border: the lower index
    /// assert_eq!(locator.locate(3.0, 0.5), None);
    /// ```
    pub fn locate(&self, lon: f64, lat: f64) -> Option<usize> {
        match self.raster.cell(lon, lat) {
            RasterCell::Outside => None,
            RasterCell::Inside(area) => Some(area),
            RasterCell::Mixed => self.locate_exactly(lon, lat),
        }
    }

    /// The area that holds a point in ten-millionths of a degree; the answer is that of [`Locator::locate`].
    #[inline]
    pub fn locate_e7(&self, lon_e7: i32, lat_e7: i32) -> Option<usize> {
        match self.raster.cell_e7(lon_e7, lat_e7) {
            RasterCell::Outside => None,
            RasterCell::Inside(area) => Some(area),
            RasterCell::Mixed => self.locate_exactly(f64::from(lon_e7) / 1e7, f64::from(lat_e7) / 1e7),
        }
    }

    /// The areas of many points, in the points' order, computed in parallel.
    pub fn locate_all(&self, points: &[LonLat]) -> Vec<Option<usize>> {
        points.par_iter().with_min_len(CHUNK).map(|at| self.locate(at.lon, at.lat)).collect()
    }

    /// Every area that holds the point, borders included.
    pub(crate) fn areas_containing(&self, lon: f64, lat: f64) -> Vec<usize> {
        let candidates = self.tree.locate_in_envelope_intersecting(AABB::from_point([lon, lat]));
        let parts = candidates.map(|candidate| &self.parts[candidate.data]);
        parts.filter(|part| part.holds(lon, lat)).map(|part| part.area).collect()
    }

    /// The areas whose boxes come as near to a point as a number of degrees of longitude and of latitude.
    pub(crate) fn near(&self, at: LonLat, reach: LonLat) -> Vec<usize> {
        let (west_south, east_north) =
            ([at.lon - reach.lon, at.lat - reach.lat], [at.lon + reach.lon, at.lat + reach.lat]);
        let boxed = AABB::from_corners(west_south, east_north);
        self.tree.locate_in_envelope_intersecting(boxed).map(|found| self.parts[found.data].area).collect()
    }

    /// The answer without the raster.
    fn locate_exactly(&self, lon: f64, lat: f64) -> Option<usize> {
        let mut found: Option<usize> = None;
        // `found` is the least area so far that holds the point. The tree's order is its own; the least index does
        // not depend on it.
        for candidate in self.tree.locate_in_envelope_intersecting(AABB::from_point([lon, lat])) {
            let part = &self.parts[candidate.data];
            if found.is_none_or(|area| part.area < area) && part.holds(lon, lat) {
                found = Some(part.area);
            }
        }
        found
    }
}

/// One polygon with its edges sorted into bands of latitude.
#[derive(Debug)]
struct PartIndex {
    area: usize,
    envelope: AABB<[f64; 2]>,
    bands_per_degree: f64,
    /// Where each band begins in `edges`, and one entry more for the end.
    starts: Vec<usize>,
    /// Edges band by band; an edge stands in every band it touches.
    edges: Vec<Line>,
}

/// Edges for which one band is provided.
const EDGES_PER_BAND: usize = 4;

impl PartIndex {
    fn new(area: usize, polygon: &Polygon<f64>) -> Option<Self> {
        let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
        let edges: Vec<Line> = rings.flat_map(geo::LineString::lines).collect();
        let corners: Vec<[f64; 2]> = edges.iter().map(|edge| [edge.start.x, edge.start.y]).collect();
        if corners.is_empty() || corners.iter().flatten().any(|value| !value.is_finite()) {
            return None;
        }
        let envelope = AABB::from_points(&corners);
        let height = envelope.upper()[1] - envelope.lower()[1];
        let count = (edges.len() / EDGES_PER_BAND).max(1);
        let bands_per_degree = if height > 0.0 { count as f64 / height } else { 0.0 };
        let mut index = Self { area, envelope, bands_per_degree, starts: vec![0; count + 1], edges: Vec::new() };
        index.fill_bands(&edges);
        Some(index)
    }

    fn fill_bands(&mut self, edges: &[Line]) {
        let mut bands: Vec<Vec<Line>> = vec![Vec::new(); self.starts.len() - 1];
        for &edge in edges {
            let (first, last) = (self.band(edge.start.y.min(edge.end.y)), self.band(edge.start.y.max(edge.end.y)));
            // An edge stands in every band between its lowest and its highest latitude, so a ray at any latitude
            // finds all edges it can cross in one band.
            for band in &mut bands[first..=last] {
                band.push(edge);
            }
        }
        for (number, band) in bands.into_iter().enumerate() {
            self.edges.extend(band);
            self.starts[number + 1] = self.edges.len();
        }
    }

    /// The band of a latitude; never decreasing northwards, so an edge's bands cover all its latitudes.
    fn band(&self, lat: f64) -> usize {
        let last = self.starts.len() - 2;
        (((lat - self.envelope.lower()[1]) * self.bands_per_degree) as usize).min(last)
    }

    fn envelope(&self) -> Rectangle<[f64; 2]> {
        Rectangle::from_corners(self.envelope.lower(), self.envelope.upper())
    }

    /// Whether the closed polygon holds a point of its bounding box: even-odd along the ray eastwards.
    fn holds(&self, lon: f64, lat: f64) -> bool {
        let band = self.band(lat);
        let mut inside = false;
        // `inside` is the parity of the crossings so far; the order of the edges does not matter, and a point on
        // an edge ends the question.
        for edge in &self.edges[self.starts[band]..self.starts[band + 1]] {
            match crossing(edge, lon, lat) {
                Crossing::OnEdge => return true,
                Crossing::East => inside = !inside,
                Crossing::No => {}
            }
        }
        inside
    }
}

/// How an edge meets the ray that runs eastwards from a point.
enum Crossing {
    OnEdge,
    East,
    No,
}

fn crossing(edge: &Line, lon: f64, lat: f64) -> Crossing {
    let (geo::Coord { x: x_1, y: y_1 }, geo::Coord { x: x_2, y: y_2 }) = (edge.start, edge.end);
    // Outside the edge's box the answer follows from comparisons alone; only points inside it need the
    // determinant.
    if lat < y_1.min(y_2) || lat > y_1.max(y_2) || lon > x_1.max(x_2) {
        return Crossing::No;
    }
    let straddles = (y_1 > lat) != (y_2 > lat);
    if lon < x_1.min(x_2) {
        return if straddles { Crossing::East } else { Crossing::No };
    }
    let side = orient2d(Coord { x: x_1, y: y_1 }, Coord { x: x_2, y: y_2 }, Coord { x: lon, y: lat });
    if side == 0.0 {
        Crossing::OnEdge
    // Left of an edge that runs north, or right of one that runs south, is west of it: the ray meets it.
    } else if straddles && (side > 0.0) == (y_2 > y_1) {
        Crossing::East
    } else {
        Crossing::No
    }
}
