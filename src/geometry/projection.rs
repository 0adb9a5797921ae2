//! Coordinate spaces as types, and the way from one to the next.
//!
//! Four spaces meet in the tile path: degrees ([`LonLat`], WGS 84), the unit square of Web Mercator
//! ([`WorldPoint`], y grows southwards), the integer grid of one zoom ([`GridPoint`] on a [`ZoomGrid`])
//! and the integers inside one tile ([`TilePoint`]). A [`TileAddress`] names a tile and is checked once,
//! when it is made. Local measures (geodesic area, great-circle distance) stand here too.
//! Nothing here knows a file, an area or a request.

use std::f64::consts::PI;

use geo::{Coord, GeodesicArea, MultiPolygon, Rect};
use serde::Serialize;
use thiserror::Error;

use super::validity::ring::Vertex;

/// Grid units along one side of a tile (the MVT extent).
pub const EXTENT: u32 = 4096;

/// The deepest zoom whose grid is used: there the world is 2^28 units wide, well inside `i32`.
pub const MAX_ZOOM: u8 = 16;

/// The latitude at which the Web Mercator square ends, in degrees.
pub const MAX_LATITUDE: f64 = 85.051_128_779_806_59;

/// Mean earth radius of the haversine formula, in metres (IUGG).
const EARTH_RADIUS_M: f64 = 6_371_008.8;

/// A place in WGS 84 degrees, longitude first; in JSON the position of GeoJSON.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(into = "[f64; 2]")]
pub struct LonLat {
    /// Longitude in degrees, east positive.
    pub lon: f64,
    /// Latitude in degrees, north positive.
    pub lat: f64,
}

impl LonLat {
    /// A place from its longitude and latitude in degrees, unchecked.
    pub const fn new(lon: f64, lat: f64) -> Self {
        Self { lon, lat }
    }

    /// The place with each of its two coordinates changed.
    #[must_use]
    pub fn map(self, change: impl Fn(f64) -> f64) -> Self {
        Self { lon: change(self.lon), lat: change(self.lat) }
    }

    /// The place in the Web Mercator unit square; latitudes beyond [`MAX_LATITUDE`] are held at the edge.
    ///
    /// # Example
    /// ```
    /// use binhyen::geometry::projection::LonLat;
    /// let centre = LonLat::new(0.0, 0.0).to_world();
    /// assert_eq!((centre.x, centre.y), (0.5, 0.5));
    /// ```
    pub fn to_world(self) -> WorldPoint {
        let lat = self.lat.clamp(-MAX_LATITUDE, MAX_LATITUDE).to_radians();
        // ln tan(π/4 + φ/2) = artanh(sin φ): the same number without a tangent near its pole (Snyder 1987,
        // equation 7-2).
        let northing = lat.sin().atanh();
        WorldPoint { x: self.lon / 360.0 + 0.5, y: 0.5 - northing / (2.0 * PI) }
    }
}

impl From<Coord<f64>> for LonLat {
    fn from(at: Coord<f64>) -> Self {
        Self { lon: at.x, lat: at.y }
    }
}

impl From<LonLat> for [f64; 2] {
    /// Longitude, latitude: the order of GeoJSON.
    fn from(place: LonLat) -> Self {
        [place.lon, place.lat]
    }
}

/// A place in the Web Mercator unit square: (0, 0) is the north-west corner, y grows southwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WorldPoint {
    /// Fraction of the world's width from 180° W.
    pub x: f64,
    /// Fraction of the world's height from the northern edge.
    pub y: f64,
}

impl WorldPoint {
    /// The place in degrees, the inverse of [`LonLat::to_world`].
    pub fn to_lon_lat(self) -> LonLat {
        let northing = (0.5 - self.y) * 2.0 * PI;
        LonLat { lon: (self.x - 0.5) * 360.0, lat: northing.sinh().atan().to_degrees() }
    }
}

/// A place on the integer grid of one zoom, counted over the whole world from its north-west corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GridPoint {
    /// Grid units eastwards.
    pub x: i32,
    /// Grid units southwards.
    pub y: i32,
}

impl GridPoint {
    /// The grid point whose pixel holds a place; pixels are half open upwards.
    pub(crate) fn holding(place: UnroundedGridPoint) -> Self {
        Self { x: (place.x + 0.5).floor() as i32, y: (place.y + 0.5).floor() as i32 }
    }
}

/// A place on the grid of one zoom before it is rounded to a [`GridPoint`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct UnroundedGridPoint {
    /// Grid units eastwards.
    pub(crate) x: f64,
    /// Grid units southwards.
    pub(crate) y: f64,
}

impl From<[f64; 2]> for UnroundedGridPoint {
    fn from([x, y]: [f64; 2]) -> Self {
        Self { x, y }
    }
}

impl From<UnroundedGridPoint> for [f64; 2] {
    fn from(place: UnroundedGridPoint) -> Self {
        [place.x, place.y]
    }
}

impl Vertex for GridPoint {
    fn xy(self) -> [i128; 2] {
        [i128::from(self.x), i128::from(self.y)]
    }
}

/// A place inside one tile, in grid units from its north-west corner; the buffer reaches outside 0..4096.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TilePoint {
    /// Grid units eastwards.
    pub x: i32,
    /// Grid units southwards.
    pub y: i32,
}

/// Why a zoom or a tile address is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum AddressError {
    /// The zoom is deeper than the deepest grid.
    #[error("zoom {0} is out of range: expected 0 to {MAX_ZOOM}")]
    Zoom(u8),
    /// The column or the row lies outside the world at this zoom.
    #[error("tile {z}/{x}/{y} is outside the world: expected x and y below {side}")]
    Outside {
        /// Zoom requested.
        z: u8,
        /// Column requested.
        x: u32,
        /// Row requested.
        y: u32,
        /// Number of columns (and rows) at this zoom.
        side: u32,
    },
}

/// The address of a tile: zoom, column from the west, row from the north.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TileAddress {
    z: u8,
    x: u32,
    y: u32,
}

impl TileAddress {
    /// A checked address.
    ///
    /// # Errors
    /// Fails when the zoom is deeper than [`MAX_ZOOM`] or the tile lies outside the world.
    ///
    /// # Example
    /// ```
    /// use binhyen::geometry::projection::TileAddress;
    /// assert!(TileAddress::new(1, 1, 0).is_ok());
    /// assert!(TileAddress::new(1, 2, 0).is_err());
    /// ```
    pub fn new(z: u8, x: u32, y: u32) -> Result<Self, AddressError> {
        if z > MAX_ZOOM {
            return Err(AddressError::Zoom(z));
        }
        let side = 1_u32 << z;
        if x >= side || y >= side {
            return Err(AddressError::Outside { z, x, y, side });
        }
        Ok(Self { z, x, y })
    }

    /// Zoom.
    pub const fn z(self) -> u8 {
        self.z
    }

    /// Column, counted from the west.
    pub const fn x(self) -> u32 {
        self.x
    }

    /// Row, counted from the north.
    pub const fn y(self) -> u32 {
        self.y
    }

    /// The grid on which this tile's coordinates count.
    pub const fn grid(self) -> ZoomGrid {
        ZoomGrid { z: self.z }
    }

    /// The north-west corner on the grid of the tile's zoom.
    pub const fn origin(self) -> GridPoint {
        GridPoint { x: (self.x * EXTENT) as i32, y: (self.y * EXTENT) as i32 }
    }

    /// The tile without its buffer, in degrees.
    pub fn bounds(self) -> LonLatBounds {
        let side = f64::from(1_u32 << self.z);
        let corner = |x: u32, y: u32| WorldPoint { x: f64::from(x) / side, y: f64::from(y) / side }.to_lon_lat();
        let (north_west, south_east) = (corner(self.x, self.y), corner(self.x + 1, self.y + 1));
        LonLatBounds { west: north_west.lon, south: south_east.lat, east: south_east.lon, north: north_west.lat }
    }
}

/// A box in degrees.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct LonLatBounds {
    /// Western edge, degrees.
    pub west: f64,
    /// Southern edge, degrees.
    pub south: f64,
    /// Eastern edge, degrees.
    pub east: f64,
    /// Northern edge, degrees.
    pub north: f64,
}

impl LonLatBounds {
    /// The least box that holds two boxes.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self {
            west: self.west.min(other.west),
            south: self.south.min(other.south),
            east: self.east.max(other.east),
            north: self.north.max(other.north),
        }
    }

    /// The box with so many degrees more on its western and eastern, and on its southern and northern sides.
    #[must_use]
    pub fn widened(self, lon: f64, lat: f64) -> Self {
        Self { west: self.west - lon, south: self.south - lat, east: self.east + lon, north: self.north + lat }
    }

    /// The box with each of its four sides changed.
    #[must_use]
    pub fn map(self, change: impl Fn(f64) -> f64) -> Self {
        Self { west: change(self.west), south: change(self.south), east: change(self.east), north: change(self.north) }
    }

    /// The middle in degrees.
    pub fn middle(self) -> LonLat {
        LonLat { lon: f64::midpoint(self.west, self.east), lat: f64::midpoint(self.south, self.north) }
    }

    /// The corner in the south-west.
    pub const fn south_west(self) -> LonLat {
        LonLat { lon: self.west, lat: self.south }
    }

    /// The corner in the north-east.
    pub const fn north_east(self) -> LonLat {
        LonLat { lon: self.east, lat: self.north }
    }

    /// The corner in the north-west.
    pub const fn north_west(self) -> LonLat {
        LonLat { lon: self.west, lat: self.north }
    }

    /// The corner in the south-east.
    pub const fn south_east(self) -> LonLat {
        LonLat { lon: self.east, lat: self.south }
    }

    /// Whether a place lies in the box or on its edge.
    pub fn contains(&self, place: LonLat) -> bool {
        (self.west..=self.east).contains(&place.lon) && (self.south..=self.north).contains(&place.lat)
    }
}

impl From<Rect<f64>> for LonLatBounds {
    fn from(rect: Rect<f64>) -> Self {
        Self { west: rect.min().x, south: rect.min().y, east: rect.max().x, north: rect.max().y }
    }
}

impl From<LonLatBounds> for [f64; 4] {
    /// West, south, east, north: the order of a `bbox`.
    fn from(bounds: LonLatBounds) -> Self {
        [bounds.west, bounds.south, bounds.east, bounds.north]
    }
}

/// The integer grid of one zoom: 4096 units per tile side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ZoomGrid {
    z: u8,
}

impl ZoomGrid {
    /// The grid of the deepest zoom.
    pub const DEEPEST: Self = Self { z: MAX_ZOOM };

    /// The grid of a zoom.
    ///
    /// # Errors
    /// Fails when the zoom is deeper than [`MAX_ZOOM`].
    pub const fn new(z: u8) -> Result<Self, AddressError> {
        if z > MAX_ZOOM { Err(AddressError::Zoom(z)) } else { Ok(Self { z }) }
    }

    /// The zoom of this grid.
    pub const fn z(self) -> u8 {
        self.z
    }

    /// Grid units along one side of the world.
    pub fn world_units(self) -> f64 {
        f64::from(EXTENT << self.z)
    }

    /// The nearest grid point to a place (half units go up).
    pub fn snap(self, place: LonLat) -> GridPoint {
        GridPoint::holding(self.unrounded(place))
    }

    /// The place of a grid point in degrees.
    pub fn to_lon_lat(self, point: GridPoint) -> LonLat {
        let units = self.world_units();
        WorldPoint { x: f64::from(point.x) / units, y: f64::from(point.y) / units }.to_lon_lat()
    }

    /// A place in grid units before rounding.
    pub(crate) fn unrounded(self, place: LonLat) -> UnroundedGridPoint {
        let (world, units) = (place.to_world(), self.world_units());
        UnroundedGridPoint { x: world.x * units, y: world.y * units }
    }
}

/// Area on the WGS 84 ellipsoid, whatever way the rings wind.
///
/// # Units
/// Square kilometres.
///
/// # Reference
/// C. F. F. Karney, "Algorithms for geodesics", Journal of Geodesy 87 (2013), section 6.
pub fn area_km2(shape: &MultiPolygon<f64>) -> f64 {
    shape
        .iter()
        .map(|polygon| {
            let ring_m2 =
                |ring: &geo::LineString<f64>| geo::Polygon::new(ring.clone(), Vec::new()).geodesic_area_signed().abs();
            let holes_m2: f64 = polygon.interiors().iter().map(ring_m2).sum();
            (ring_m2(polygon.exterior()) - holes_m2) / 1e6
        })
        .sum()
}

/// Great-circle distance between two places.
///
/// # Units
/// Metres on a sphere of the mean earth radius; within 0.6 % of the ellipsoid.
pub fn haversine_m(from: LonLat, to: LonLat) -> f64 {
    let (lat_1, lat_2) = (from.lat.to_radians(), to.lat.to_radians());
    let half_lat = ((lat_2 - lat_1) / 2.0).sin();
    let half_lon = ((to.lon - from.lon).to_radians() / 2.0).sin();
    // The haversine form keeps its digits for near places, where the cosine rule subtracts two numbers near 1.
    // Rounding can lift the root above 1 for antipodes.
    let chord = half_lat * half_lat + lat_1.cos() * lat_2.cos() * half_lon * half_lon;
    2.0 * EARTH_RADIUS_M * chord.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOX: LonLatBounds = LonLatBounds { west: 107.0, south: 15.0, east: 109.0, north: 16.0 };

    #[test]
    fn bounds_read_west_south_east_north_and_places_longitude_first() {
        assert_eq!(<[f64; 4]>::from(BOX), [107.0, 15.0, 109.0, 16.0]);
        assert_eq!(LonLatBounds::from(Rect::new((109.0, 15.0), (107.0, 16.0))), BOX);
        assert_eq!(LonLat::from(Coord { x: 108.0, y: 15.5 }), LonLat::new(108.0, 15.5));
        assert_eq!(serde_json::to_string(&LonLat::new(108.0, 15.5)).unwrap(), "[108.0,15.5]");
    }

    #[test]
    fn corners_and_middle_are_where_they_are_called() {
        let corners = [BOX.south_west(), BOX.north_east(), BOX.north_west(), BOX.south_east()].map(<[f64; 2]>::from);
        assert_eq!(corners, [[107.0, 15.0], [109.0, 16.0], [107.0, 16.0], [109.0, 15.0]]);
        assert_eq!(BOX.middle(), LonLat::new(108.0, 15.5));
    }

    #[test]
    fn bounds_hold_their_edges_and_nothing_beyond() {
        assert!(BOX.contains(BOX.south_west()) && BOX.contains(BOX.north_east()) && BOX.contains(BOX.middle()));
        // 15.5 is a latitude of the box, and 108 a longitude: the other way round is elsewhere.
        for outside in [(106.9, 15.5), (109.1, 15.5), (108.0, 14.9), (108.0, 16.1), (15.5, 108.0), (f64::NAN, 15.5)] {
            assert!(!BOX.contains(LonLat::new(outside.0, outside.1)), "{outside:?}");
        }
    }

    #[test]
    fn widening_and_joining_move_every_side_outwards() {
        assert_eq!(<[f64; 4]>::from(BOX.widened(0.5, 0.25)), [106.5, 14.75, 109.5, 16.25]);
        let beside = LonLatBounds { west: 108.5, south: 14.0, east: 110.0, north: 15.5 };
        let both = LonLatBounds { west: 107.0, south: 14.0, east: 110.0, north: 16.0 };
        assert_eq!((BOX.union(beside), beside.union(BOX), BOX.union(BOX)), (both, both, BOX));
    }
}
