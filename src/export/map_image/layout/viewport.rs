//! From degrees and the grids of the zooms to the pixels of an image.

use crate::export::map_image::drawing::svg::{PagePoint, Rect};
use crate::tile::{EXTENT, GridPoint, LonLat, LonLatBounds};

/// Pixels of a tile at the zoom that styles count by.
const TILE_PX: f64 = 512.0;
/// The deepest zoom: a box of nothing would have none.
const MOST_PIXELS_PER_WORLD: f64 = TILE_PX * 65536.0;

/// Which part of the world is seen where.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::export::map_image) struct MapViewport {
    /// The box of the map.
    pub(in crate::export::map_image) map: Rect,
    west: f64,
    north: f64,
    pixels_per_world: f64,
}

impl MapViewport {
    /// The frame in which a box of degrees fits into a part of the map, in its middle.
    pub(in crate::export::map_image) fn around(bounds: LonLatBounds, part: &Rect, map: Rect) -> Self {
        let (top_left, bottom_right) = (bounds.north_west().to_world(), bounds.south_east().to_world());
        let (width, height) = (bottom_right.x - top_left.x, bottom_right.y - top_left.y);
        let scale = (part.width / width).min(part.height / height);
        let pixels_per_world = if scale.is_finite() { scale.min(MOST_PIXELS_PER_WORLD) } else { MOST_PIXELS_PER_WORLD };
        let middle = (f64::midpoint(top_left.x, bottom_right.x), f64::midpoint(top_left.y, bottom_right.y));
        let at = (part.x + part.width / 2.0 - map.x, part.y + part.height / 2.0 - map.y);
        Self {
            map,
            west: middle.0 - at.0 / pixels_per_world,
            north: middle.1 - at.1 / pixels_per_world,
            pixels_per_world,
        }
    }

    /// Where the map lies in the world of Web Mercator, which is one wide: its west, its north, the pixels of the world.
    pub(in crate::export::map_image) fn in_world(&self) -> [f64; 3] {
        [self.west, self.north, self.pixels_per_world]
    }

    /// The zoom at which a map of tiles would look like this.
    pub(in crate::export::map_image) fn zoom(&self) -> f64 {
        (self.pixels_per_world / TILE_PX).log2()
    }

    /// Where a place of the earth stands on the page.
    pub(in crate::export::map_image) fn place(&self, place: LonLat) -> PagePoint {
        let at = place.to_world();
        self.of_world(at.x, at.y)
    }

    /// Where a point on the grid of a zoom stands on the page.
    pub(in crate::export::map_image) fn on_grid(&self, z: u8, point: GridPoint) -> PagePoint {
        let side = f64::from(EXTENT) * f64::from(1_u32 << z);
        self.of_world(f64::from(point.x) / side, f64::from(point.y) / side)
    }

    fn of_world(&self, x: f64, y: f64) -> PagePoint {
        let scale = self.pixels_per_world;
        PagePoint::new(self.map.x + (x - self.west) * scale, self.map.y + (y - self.north) * scale)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAP: Rect = Rect { x: 10.0, y: 20.0, width: 400.0, height: 300.0 };

    #[test]
    fn box_fits_into_the_middle_of_its_part() {
        let part = Rect { x: 10.0, y: 20.0, width: 200.0, height: 300.0 };
        let bounds = LonLatBounds { west: 107.0, south: 15.0, east: 108.0, north: 16.0 };
        let viewport = MapViewport::around(bounds, &part, MAP);
        let PagePoint { x: west, y: north } = viewport.place(bounds.north_west());
        let PagePoint { x: east, y: south } = viewport.place(bounds.south_east());
        assert!((west - 10.0).abs() < 1e-6 && (east - 210.0).abs() < 1e-6, "{west} {east}");
        assert!((f64::midpoint(north, south) - 170.0).abs() < 1e-6);
        assert!(south - north > 200.0, "a degree of latitude is longer than one of longitude");
    }

    #[test]
    fn grid_and_degrees_meet() {
        let world = LonLatBounds { west: -180.0, south: -85.0, east: 180.0, north: 85.0 };
        let viewport = MapViewport::around(world, &MAP, MAP);
        let centre = (EXTENT as i32) << 4;
        let on_grid = viewport.on_grid(5, GridPoint { x: centre, y: centre });
        let placed = viewport.place(LonLat::new(0.0, 0.0));
        assert!((on_grid.x - placed.x).abs() < 1e-9 && (on_grid.y - placed.y).abs() < 1e-9);
        assert!((viewport.zoom() - (300.0_f64 / 512.0).log2()).abs() < 0.1);
    }

    #[test]
    fn box_of_nothing_has_the_deepest_look() {
        let nothing = LonLatBounds { west: 108.0, south: 15.0, east: 108.0, north: 15.0 };
        let viewport = MapViewport::around(nothing, &MAP, MAP);
        let at = viewport.place(nothing.middle());
        assert!((at.x - 210.0).abs() < 1e-3 && (at.y - 170.0).abs() < 1e-3);
        assert!(viewport.zoom() <= 16.0);
    }
}
