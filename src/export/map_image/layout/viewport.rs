//! From degrees and the grids of the zooms to the pixels of an image.

use crate::export::map_image::drawing::svg::Rect;
use crate::tile::{EXTENT, LonLat};

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
    /// The frame in which a box of degrees (west, south, east, north) fits into a part of the map, in its middle.
    pub(in crate::export::map_image) fn around([west, south, east, north]: [f64; 4], part: &Rect, map: Rect) -> Self {
        let (top_left, bottom_right) = (LonLat::new(west, north).to_world(), LonLat::new(east, south).to_world());
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

    /// The zoom at which a map of tiles would look like this.
    pub(in crate::export::map_image) fn zoom(&self) -> f64 {
        (self.pixels_per_world / TILE_PX).log2()
    }

    /// The place of a longitude and latitude.
    pub(in crate::export::map_image) fn place(&self, lon: f64, lat: f64) -> (f64, f64) {
        let at = LonLat::new(lon, lat).to_world();
        self.of_world(at.x, at.y)
    }

    /// The place of a point on the grid of a zoom.
    pub(in crate::export::map_image) fn on_grid(&self, z: u8, (x, y): (i32, i32)) -> (f64, f64) {
        let side = f64::from(EXTENT) * f64::from(1_u32 << z);
        self.of_world(f64::from(x) / side, f64::from(y) / side)
    }

    fn of_world(&self, x: f64, y: f64) -> (f64, f64) {
        let scale = self.pixels_per_world;
        (self.map.x + (x - self.west) * scale, self.map.y + (y - self.north) * scale)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAP: Rect = Rect { x: 10.0, y: 20.0, width: 400.0, height: 300.0 };

    #[test]
    fn box_fits_into_the_middle_of_its_part() {
        let part = Rect { x: 10.0, y: 20.0, width: 200.0, height: 300.0 };
        let viewport = MapViewport::around([107.0, 15.0, 108.0, 16.0], &part, MAP);
        let (west, north) = viewport.place(107.0, 16.0);
        let (east, south) = viewport.place(108.0, 15.0);
        assert!((west - 10.0).abs() < 1e-6 && (east - 210.0).abs() < 1e-6, "{west} {east}");
        assert!((f64::midpoint(north, south) - 170.0).abs() < 1e-6);
        assert!(south - north > 200.0, "a degree of latitude is longer than one of longitude");
    }

    #[test]
    fn grid_and_degrees_meet() {
        let viewport = MapViewport::around([-180.0, -85.0, 180.0, 85.0], &MAP, MAP);
        let centre = (EXTENT as i32) << 4;
        let ((x, y), (lon_x, lat_y)) = (viewport.on_grid(5, (centre, centre)), viewport.place(0.0, 0.0));
        assert!((x - lon_x).abs() < 1e-9 && (y - lat_y).abs() < 1e-9);
        assert!((viewport.zoom() - (300.0_f64 / 512.0).log2()).abs() < 0.1);
    }

    #[test]
    fn box_of_nothing_has_the_deepest_look() {
        let viewport = MapViewport::around([108.0, 15.0, 108.0, 15.0], &MAP, MAP);
        let (x, y) = viewport.place(108.0, 15.0);
        assert!((x - 210.0).abs() < 1e-3 && (y - 170.0).abs() < 1e-3);
        assert!(viewport.zoom() <= 16.0);
    }
}
