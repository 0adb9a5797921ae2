//! Foreign tiles under the areas of a style, where the operator names some.

use serde::Serialize;
use serde_json::Value as Json;

use crate::config::Basemap;

/// The source of our own tiles.
const AREAS: &str = "areas";
/// The source and the layer of foreign tiles.
const BASEMAP: &str = "basemap";
/// How much of an area's colour covers foreign tiles.
const OVER_BASEMAP: f64 = 0.8;

/// The source of foreign tiles, as a style writes it.
#[derive(Debug, Serialize)]
struct RasterSource<'a> {
    #[serde(rename = "type")]
    source_type: &'static str,
    tiles: [&'a str; 1],
    #[serde(rename = "tileSize")]
    tile_size_px: u16,
    attribution: &'a str,
}

impl<'a> RasterSource<'a> {
    fn of(basemap: &'a Basemap) -> Self {
        Self { source_type: "raster", tiles: [&basemap.tiles], tile_size_px: 256, attribution: &basemap.attribution }
    }
}

/// The layer of foreign tiles, as a style writes it.
#[derive(Debug, Serialize)]
struct RasterLayer {
    id: &'static str,
    #[serde(rename = "type")]
    layer_type: &'static str,
    source: &'static str,
    paint: RasterPaint,
}

/// How foreign tiles are drawn.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct RasterPaint {
    raster_saturation: f64,
    raster_opacity: f64,
}

impl RasterLayer {
    /// Pale and grey.
    const BASEMAP: Self = Self {
        id: BASEMAP,
        layer_type: "raster",
        source: BASEMAP,
        paint: RasterPaint { raster_saturation: -0.85, raster_opacity: 0.6 },
    };
}

/// A style with the tiles of another server under its areas, pale and grey, so that the numbers stay in front.
pub(super) fn over_basemap(style: &str, basemap: &Basemap) -> Option<String> {
    let mut style: Json = serde_json::from_str(style).ok()?;
    style["sources"][BASEMAP] = serde_json::to_value(RasterSource::of(basemap)).ok()?;
    let layers = style["layers"].as_array_mut()?;
    let is_area = |layer: &Json| layer["source"] == AREAS;
    for layer in layers.iter_mut().filter(|layer| is_area(layer) && layer["type"] == "fill") {
        if layer["paint"]["fill-opacity"].is_null() {
            layer["paint"]["fill-opacity"] = Json::from(OVER_BASEMAP);
        }
    }
    let first = layers.iter().position(is_area)?;
    layers.insert(first, serde_json::to_value(RasterLayer::BASEMAP).ok()?);
    Some(style.to_string())
}
