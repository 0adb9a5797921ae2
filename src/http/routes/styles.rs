//! `/styles`: the MapLibre styles, with the addresses of this server filled in, and the GeoJSON files they draw from.

use axum::extract::Path;
use axum::response::Response;
use serde_json::{Value as Json, json};

use crate::config::Basemap;
use crate::export::map_image::{STYLES, style_ids};
use crate::http::answer::{Freshness, GEOJSON, Head, JSON, LanguageVariance, bytes, document};
use crate::http::error::{ApiError, names, quoted};
use crate::http::extract::api_request::ApiRequest;
use crate::http::layers::headers::{CROSS_ORIGIN, CROSS_ORIGIN_RESOURCE_POLICY};
use crate::service::error::ServiceError;

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
            json!({ "id": id, "name": style_name(&id), "url": url })
        };
        let styles: Vec<Json> = style_ids().into_iter().map(entry).collect();
        Ok(json!({ "sample": served.snapshot.is_sample(), "styles": styles }))
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
        return Err(ServiceError::NotFound {
            what: names(
                format!("Không có kiểu bản đồ “{}”.", quoted(&id)),
                format!("No style is called \"{}\".", quoted(&id)),
            ),
            known: style_ids(),
        }
        .into());
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

/// A style with the tiles of another server under its areas, pale and grey, so that the numbers stay in front.
fn over_basemap(style: &str, basemap: &Basemap) -> Option<String> {
    let mut style: Json = serde_json::from_str(style).ok()?;
    style["sources"][BASEMAP] =
        json!({ "type": "raster", "tiles": [basemap.tiles], "tileSize": 256, "attribution": basemap.attribution });
    let layers = style["layers"].as_array_mut()?;
    let is_area = |layer: &Json| layer["source"] == AREAS;
    for layer in layers.iter_mut().filter(|layer| is_area(layer) && layer["type"] == "fill") {
        if layer["paint"]["fill-opacity"].is_null() {
            layer["paint"]["fill-opacity"] = json!(OVER_BASEMAP);
        }
    }
    let first = layers.iter().position(is_area)?;
    let paint = json!({ "raster-saturation": -0.85, "raster-opacity": 0.6 });
    layers.insert(first, json!({ "id": BASEMAP, "type": "raster", "source": BASEMAP, "paint": paint }));
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
