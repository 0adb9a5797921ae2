//! `/styles`: the MapLibre styles, with the addresses of this server filled in, and the GeoJSON files they draw from.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::response::Response;
use serde_json::{Value as Json, json};

use crate::export::picture::STYLES;
use crate::http::answer::{Freshness, GEOJSON, Head, JSON, Wording, bytes, document};
use crate::http::ask::Ask;
use crate::http::error::{ApiError, names, shown};
use crate::http::headers::{CROSS_ORIGIN, CROSS_ORIGIN_RESOURCE_POLICY};

/// What stands in a style where the address of the server belongs.
const BASE: &str = "{base}";

/// The styles there are.
pub(in crate::http) async fn list(ask: Ask) -> Result<Response, ApiError> {
    ask.query(&[])?;
    let served = ask.served()?;
    let head = Head::new(&ask, &served, "", Freshness::Revalidate, Wording::Neutral);
    let site = ask.site.clone();
    document(&ask, head, JSON, move || {
        let entry = |id: String| {
            let url = site.address(&format!("/styles/{id}"));
            json!({ "id": id, "name": style_name(&id), "url": url })
        };
        let styles: Vec<Json> = ids().into_iter().map(entry).collect();
        Ok(json!({ "sample": served.snapshot.is_sample(), "styles": styles }))
    })
    .await
}

/// One style, or a file that styles draw from.
pub(in crate::http) async fn one(ask: Ask, Path(id): Path<String>) -> Result<Response, ApiError> {
    ask.query(&[])?;
    if let Some(text) = source(&id) {
        return source_file(&ask, text).await;
    }
    let Some(text) = text(&id) else {
        return Err(ApiError::NotFound {
            what: names(
                format!("Không có kiểu bản đồ “{}”.", shown(&id)),
                format!("No style is called \"{}\".", shown(&id)),
            ),
            known: ids(),
        });
    };
    let served = ask.served()?;
    let head = Head::new(&ask, &served, text, Freshness::Revalidate, Wording::Neutral);
    // The prefix was checked to hold nothing that JSON would have to escape.
    let filled = text.replace(BASE, ask.site.prefix());
    bytes(&ask, head, JSON, move || Ok(filled.into_bytes())).await
}

/// A file that styles draw from, which maps on other sites load with them.
async fn source_file(ask: &Ask, text: &'static str) -> Result<Response, ApiError> {
    let served = ask.served()?;
    let head = Head::new(ask, &served, text, Freshness::Revalidate, Wording::Neutral);
    let mut response = bytes(ask, head, GEOJSON, move || Ok(text.as_bytes().to_vec())).await?;
    response.headers_mut().insert(CROSS_ORIGIN_RESOURCE_POLICY, CROSS_ORIGIN);
    Ok(response)
}

fn source(id: &str) -> Option<&'static str> {
    let is_listed = |file: &&include_dir::File<'static>| file.path().to_str() == Some(id) && id.ends_with(".geojson");
    STYLES.files().find(is_listed)?.contents_utf8()
}

fn ids() -> Vec<String> {
    let files = STYLES.files().filter(|file| file.path().extension().is_some_and(|extension| extension == "json"));
    let mut ids: Vec<String> = files.filter_map(|file| Some(file.path().file_stem()?.to_str()?.to_owned())).collect();
    ids.sort();
    ids
}

fn text(id: &str) -> Option<&'static str> {
    ids().iter().any(|known| known == id).then(|| STYLES.get_file(format!("{id}.json"))?.contents_utf8()).flatten()
}

/// What the map can be coloured by, in the order of the styles.
pub(super) fn layers() -> &'static [String] {
    static LAYERS: LazyLock<Vec<String>> = LazyLock::new(|| {
        let style = |id: String| serde_json::from_str::<Json>(text(&id)?).ok();
        let themes = ids().into_iter().filter_map(style).flat_map(|style| {
            let layers = style["layers"].as_array().cloned().unwrap_or_default();
            layers.into_iter().filter_map(|layer| layer["metadata"]["binhyen:theme"].as_str().map(str::to_owned))
        });
        let mut known = Vec::new();
        for theme in themes {
            if !known.contains(&theme) {
                known.push(theme);
            }
        }
        known
    });
    &LAYERS
}

fn style_name(id: &str) -> Option<String> {
    let style: Json = serde_json::from_str(text(id)?).ok()?;
    style["name"].as_str().map(str::to_owned)
}
