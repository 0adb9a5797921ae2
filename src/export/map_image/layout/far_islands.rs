//! The inset with the islands far out at sea, as maps of provinces in Việt Nam carry it: Hoàng Sa and Trường Sa with
//! their names, and the areas of the edition that lie there in their own colours.
//!
//! In: a scene and the frame of its map. Out: a corner of the map that covers no area and no legend, and the drawing.

use super::viewport::MapViewport;
use crate::export::map_image::drawing::map::Map;
use crate::export::map_image::drawing::svg::{PagePoint, Rect};
use crate::export::map_image::error::MapImageError;
use crate::export::map_image::scene::Scene;
use crate::export::map_image::style::page_inks::PageColours;
use crate::tile::LonLatBounds;

/// The sea with both archipelagos.
const SEEN: LonLatBounds = LonLatBounds { west: 110.2, south: 7.2, east: 117.0, north: 17.6 };
/// The size of the inset: the shape of that sea on the map, wide enough for the names.
const WIDTH_PX: f64 = 128.0;
const HEIGHT_PX: f64 = 202.0;
/// From this size on a map has room for it.
const MAP_FROM_PX: (f64, f64) = (560.0, 400.0);
const MARGIN_PX: f64 = 10.0;
/// What its parts are called by, beside those of the map.
const PREFIX: &str = "far-";

/// Where the inset stands; none where every corner is taken, or the map is small.
pub(super) fn place(scene: &Scene<'_>, viewport: &MapViewport, covered: &[Rect]) -> Option<Rect> {
    let map = &viewport.map;
    if map.width < MAP_FROM_PX.0 || map.height < MAP_FROM_PX.1 {
        return None;
    }
    let areas: Vec<Rect> = scene.areas.iter().map(|area| on_page(area.entry.bounds, viewport)).collect();
    let is_free = |corner: &Rect| !covered.iter().chain(&areas).any(|other| other.overlaps(corner));
    corners(map).into_iter().find(is_free)
}

/// The corners, those at sea first.
fn corners(map: &Rect) -> [Rect; 4] {
    let (left, top) = (map.x + MARGIN_PX, map.y + MARGIN_PX);
    let (right, bottom) = (map.right() - MARGIN_PX - WIDTH_PX, map.bottom() - MARGIN_PX - HEIGHT_PX);
    [(right, bottom), (right, top), (left, bottom), (left, top)].map(|(x, y)| Rect {
        x,
        y,
        width: WIDTH_PX,
        height: HEIGHT_PX,
    })
}

fn on_page(bounds: LonLatBounds, viewport: &MapViewport) -> Rect {
    let PagePoint { x, y } = viewport.place(bounds.north_west());
    let PagePoint { x: right, y: bottom } = viewport.place(bounds.south_east());
    Rect { x, y, width: right - x, height: bottom - y }
}

/// The inset in its place.
pub(super) fn drawn(
    scene: &Scene<'_>,
    inks: &PageColours,
    inset: Rect,
    dots_per_pixel: f64,
) -> Result<String, MapImageError> {
    let viewport = MapViewport::around(SEEN, &inset, inset);
    let map = Map::new(scene, viewport, &[], dots_per_pixel).beside_another(PREFIX).drawn()?;
    Ok(map + &inset.filled(&format!(" fill=\"none\" stroke=\"{}\"", inks.soft)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_lie_within_the_map_and_the_sea_fills_them() {
        let map = Rect { x: 0.0, y: 60.0, width: 900.0, height: 500.0 };
        assert!(corners(&map).iter().all(|corner| map.contains(corner)));
        let [corner, ..] = corners(&map);
        let seen = on_page(SEEN, &MapViewport::around(SEEN, &corner, corner));
        assert!(seen.width > 0.9 * WIDTH_PX && seen.height > 0.9 * HEIGHT_PX, "{seen:?}");
    }
}
