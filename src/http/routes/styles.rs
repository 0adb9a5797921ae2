//! `/styles`: the MapLibre styles, with the addresses of this server filled in, and the GeoJSON files they draw from.

use axum::extract::Path;
use axum::response::Response;
use serde::Serialize;
use serde_json::Value as Json;

use crate::config::Basemap;
use crate::export::map_image::{STYLES, style_ids};
use crate::http::answer::{Freshness, GEOJSON, Head, JSON, LanguageVariance, bytes, document};
use crate::http::error::{ApiError, quoted};
use crate::http::extract::api_request::ApiRequest;
use crate::http::layers::headers::{CROSS_ORIGIN, CROSS_ORIGIN_RESOURCE_POLICY};
use crate::service::answers::about::listing::{StyleEntry, StylesAnswer};
use crate::service::error::ServiceError;
use crate::texts::text;

/// What stands in a style where the address of the server belongs.
const BASE: &str = "{base}";
/// The source of our own tiles.
const AREAS: &str = "areas";
/// The source and the layer of foreign tiles.
const BASEMAP: &str = "basemap";
/// How much of an area's colour covers foreign tiles.
const OVER_BASEMAP: f64 = 0.8;

/// The styles there are.
pub(in crate::http) async fn list(api_request: ApiRequest) -> Result<Response, ApiError> {
    api_request.query(&[])?;
    let served = api_request.served()?;
    let head = Head::new(&api_request, &served, "", Freshness::Revalidate, LanguageVariance::Neutral);
    let site = api_request.site.clone();
    document(&api_request, head, JSON, move || {
        let entry = |id: String| {
            let url = site.address(&format!("/styles/{id}"));
            StyleEntry { name: style_name(&id), id, url }
        };
        let styles = style_ids().into_iter().map(entry).collect();
        Ok(StylesAnswer { sample: served.snapshot.is_sample(), styles })
    })
    .await
}

/// One style, or a file that styles draw from.
pub(in crate::http) async fn one(api_request: ApiRequest, Path(id): Path<String>) -> Result<Response, ApiError> {
    api_request.query(&[])?;
    if let Some(text) = source(&id) {
        return source_file(&api_request, text).await;
    }
    let Some(text) = text(&id) else {
        let what = text!("request-no-style", name = quoted(&id));
        return Err(ServiceError::NotFound { what, known: style_ids() }.into());
    };
    let served = api_request.served()?;
    // The prefix was checked to hold nothing that JSON would have to escape.
    let filled = text.replace(BASE, api_request.site.prefix());
    let filled = match &api_request.site.basemap {
        Some(basemap) => over_basemap(&filled, basemap).ok_or_else(|| ApiError::internal(&"a style without layers"))?,
        None => filled,
    };
    let head = Head::new(&api_request, &served, &filled, Freshness::Revalidate, LanguageVariance::Neutral);
    bytes(&api_request, head, JSON, move || Ok(filled.into_bytes())).await
}

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
fn over_basemap(style: &str, basemap: &Basemap) -> Option<String> {
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

/// A file that styles draw from, which maps on other sites load with them.
async fn source_file(api_request: &ApiRequest, text: &'static str) -> Result<Response, ApiError> {
    let served = api_request.served()?;
    let head = Head::new(api_request, &served, text, Freshness::Revalidate, LanguageVariance::Neutral);
    let mut response = bytes(api_request, head, GEOJSON, move || Ok(text.as_bytes().to_vec())).await?;
    response.headers_mut().insert(CROSS_ORIGIN_RESOURCE_POLICY, CROSS_ORIGIN);
    Ok(response)
}

fn source(id: &str) -> Option<&'static str> {
    let is_listed = |file: &&include_dir::File<'static>| file.path().to_str() == Some(id) && id.ends_with(".geojson");
    STYLES.files().find(is_listed)?.contents_utf8()
}

fn text(id: &str) -> Option<&'static str> {
    style_ids()
        .iter()
        .any(|known| known == id)
        .then(|| STYLES.get_file(format!("{id}.json"))?.contents_utf8())
        .flatten()
}

fn style_name(id: &str) -> Option<String> {
    let style: Json = serde_json::from_str(text(id)?).ok()?;
    style["name"].as_str().map(str::to_owned)
}
