//! `/styles`: the MapLibre styles, with the addresses of this server filled in, and what they draw from: GeoJSON files,
//! glyphs, sprites. The same colours for QGIS.
//!
//! A style has two faces. Other programs get what they can draw from the tiles alone (`light`); the page gets layers that
//! it fills in itself (`page-light`), which is no concern of theirs and stands in no list.

mod basemap;
pub(in crate::http) mod glyphs;
pub(in crate::http) mod sprites;

use std::sync::Arc;

use axum::extract::Path;
use axum::response::Response;
use serde_json::Value as Json;

use super::filter_and;
use super::ogc::linked::LinkedDocument;
use crate::domain::text::Language;
use crate::export::client_style::{ClientStyleOptions, StyleForm, client_style, client_themes, qml};
use crate::export::map_image::{STYLES, style_ids};
use crate::http::answer::download::language;
use crate::http::answer::{Freshness, GEOJSON, Head, JSON, LanguageVariance, XML, bytes};
use crate::http::error::{ApiError, quoted};
use crate::http::extract::api_request::ApiRequest;
use crate::http::extract::negotiation::{is_named, media};
use crate::http::layers::headers::{CROSS_ORIGIN, CROSS_ORIGIN_RESOURCE_POLICY};
use crate::http::site::KnownHost;
use crate::service::answers::maps::styles::{GL_STYLE, StyleEntry, StyleMetadata, StylesAnswer};
use crate::service::error::ServiceError;
use crate::service::filter::{FILTER, RequestedFilter, default_edition, edition};
use crate::service::live::ServedSnapshot;
use crate::service::query::{Query, encoded};
use crate::texts::{text, text_id};
use basemap::over_basemap;

/// What stands in a style where the address of the server belongs.
const BASE: &str = "{base}";
/// How the id of a style of the page begins.
const OF_PAGE: &str = "page-";
/// How the address of the colours for QGIS ends.
const QML_SUFFIX: &str = ".qml";
/// The parameters of a style beside the filter.
const STYLE: [&str; 5] = ["edition", "layer", "lang", "simple", "f"];
/// The theme of a style unless another is named.
const FIRST_THEME: &str = "grade";
/// What programs ask for that want JSON from every address.
const JSON_WORDS: [&str; 3] = ["json", "pjson", "mapbox"];

/// The styles there are.
pub(in crate::http) async fn list(api_request: ApiRequest) -> Result<Response, ApiError> {
    let list = LinkedDocument::of(&api_request, text_id!("features-styles"))?;
    let is_sample = api_request.served()?.snapshot.is_sample();
    list.answer(&api_request, move |address| {
        let entry = |id: String| StyleEntry::of(style_name(&id), id, address);
        Ok(StylesAnswer::of(is_sample, style_ids().into_iter().map(entry).collect(), address))
    })
    .await
}

/// What a style is, by OGC API – Styles.
pub(in crate::http) async fn metadata(api_request: ApiRequest, Path(id): Path<String>) -> Result<Response, ApiError> {
    let document = LinkedDocument::of(&api_request, text_id!("features-styles"))?;
    if text(&id).is_none() {
        return Err(no_style(&id));
    }
    let made = move |address: &dyn Fn(&str) -> String| {
        Ok(StyleMetadata::of(style_name(&id), &id, client_themes(&id), address))
    };
    document.answer(&api_request, made).await
}

/// One style, or a file that styles draw from.
pub(in crate::http) async fn one(api_request: ApiRequest, Path(id): Path<String>) -> Result<Response, ApiError> {
    if let Some(text) = source(&id) {
        api_request.query(&carried_over())?;
        return source_file(&api_request, text).await;
    }
    if let Some(text) = id.strip_prefix(OF_PAGE).and_then(text) {
        api_request.query(&[])?;
        let served = api_request.served()?;
        return style(&api_request, &served, text, LanguageVariance::Neutral, JSON).await;
    }
    let (id, is_qml) = id.strip_suffix(QML_SUFFIX).map_or((id.as_str(), false), |id| (id, true));
    if text(id).is_none() {
        return Err(no_style(id));
    }
    let query = api_request.query(&filter_and(&STYLE))?;
    let requested = StyleRequest::of(&api_request, &query, id)?;
    if is_qml || query.value("f") == Some("qml") {
        return of_qgis(&api_request, requested, id).await;
    }
    form(&query)?;
    if api_request.state.note_host(&api_request.headers) == KnownHost::Foreign {
        return Err(ApiError::NotOffered { what: text!("style-needs-public-url") });
    }
    let made = client_style(id, &requested.options).ok_or_else(|| ApiError::internal(&"a style that is not read"))?;
    let media = style_media(&api_request, &query);
    style(&api_request, &requested.served, &made.to_string(), LanguageVariance::ByLanguage, media).await
}

/// The parameters of a style, which clients may carry over to the files that it names.
fn carried_over() -> Vec<&'static str> {
    filter_and(&STYLE)
}

/// A style as it is asked for.
struct StyleRequest {
    served: Arc<ServedSnapshot>,
    options: ClientStyleOptions,
}

impl StyleRequest {
    fn of(api_request: &ApiRequest, query: &Query, id: &str) -> Result<Self, ApiError> {
        let served = api_request.served()?;
        let filter: Vec<&str> = FILTER.into_iter().filter(|name| query.value(name).is_some()).collect();
        if !filter.is_empty() {
            // Refused here and not tile by tile.
            RequestedFilter::resolved(query, &served, api_request.viewer)?;
        }
        let snapshot = &served.snapshot;
        let shown = match query.value("edition") {
            None => default_edition(snapshot)?,
            Some(text) => edition(snapshot, text)?,
        };
        let options = ClientStyleOptions {
            theme: theme(query, id)?,
            form: style_form(query)?,
            language: language(query, api_request.language)?,
            edition: shown,
            tiles_route: tiles_route(query),
        };
        Ok(Self { served, options })
    }
}

/// The route of the tiles under the filter of a style. A style that names no period follows the newest one.
fn tiles_route(query: &Query) -> String {
    let given = ["edition"].into_iter().chain(FILTER);
    let pairs = given.filter_map(|name| Some(format!("{name}={}", encoded(query.value(name)?))));
    let pairs: Vec<String> = pairs.collect();
    if pairs.is_empty() { "/tiles/map".to_owned() } else { format!("/tiles/map?{}", pairs.join("&")) }
}

fn theme(query: &Query, id: &str) -> Result<Option<String>, ApiError> {
    let Some(text) = query.value("layer") else { return Ok(None) };
    let known = client_themes(id);
    if known.iter().any(|theme| theme == text) {
        Ok(Some(text.to_owned()))
    } else {
        Err(ApiError::none_of("layer", text, known))
    }
}

fn style_form(query: &Query) -> Result<StyleForm, ApiError> {
    match query.value("simple") {
        None | Some("false") => Ok(StyleForm::Full),
        Some("true") => Ok(StyleForm::Simple),
        Some(other) => Err(ApiError::none_of("simple", other, vec!["false".into(), "true".into()])),
    }
}

fn form(query: &Query) -> Result<(), ApiError> {
    let Some(text) = query.value("f").filter(|text| !JSON_WORDS.contains(text)) else { return Ok(()) };
    let known = JSON_WORDS.into_iter().chain(["qml"]).map(str::to_owned).collect();
    Err(ApiError::none_of("f", text, known))
}

/// The media type of a style: that of its links to whoever names it, plain JSON to browsers and everybody else.
fn style_media(api_request: &ApiRequest, query: &Query) -> &'static str {
    let is_preferred = || media(&api_request.headers, &[GL_STYLE, JSON]) == Some(GL_STYLE);
    let is_wanted = match query.value("f") {
        Some(form) => form == "mapbox",
        None => is_named(&api_request.headers, GL_STYLE) && is_preferred(),
    };
    if is_wanted { GL_STYLE } else { JSON }
}

/// Refuses any form but JSON, which some programs name at every address.
pub(in crate::http) fn json_only(query: &Query) -> Result<(), ApiError> {
    let words = &JSON_WORDS[..2];
    let Some(text) = query.value("f").filter(|text| !words.contains(text)) else { return Ok(()) };
    Err(ApiError::none_of("f", text, words.iter().map(|word| (*word).to_owned()).collect()))
}

/// Answers with a style whose addresses are filled in.
async fn style(
    api_request: &ApiRequest,
    served: &ServedSnapshot,
    text: &str,
    variance: LanguageVariance,
    media: &'static str,
) -> Result<Response, ApiError> {
    // The prefix was checked to hold nothing that JSON would have to escape.
    let filled = text.replace(BASE, api_request.site.prefix());
    let filled = match &api_request.site.basemap {
        Some(basemap) => over_basemap(&filled, basemap).ok_or_else(|| ApiError::internal(&"a style without layers"))?,
        None => filled,
    };
    let key = format!("{media} {filled}");
    let head = Head::new(api_request, served, &key, Freshness::Revalidate, variance).varying_by_media();
    bytes(api_request, head, media, move || Ok(filled.into_bytes())).await
}

/// Answers with the layer properties of QGIS.
async fn of_qgis(api_request: &ApiRequest, requested: StyleRequest, id: &str) -> Result<Response, ApiError> {
    let StyleRequest { served, options } = requested;
    let theme = options.theme.as_deref().unwrap_or(FIRST_THEME);
    let made = |theme: &str, language: Language| qml(id, theme, language);
    let Some(text) = made(theme, options.language) else {
        let known = client_themes(id).into_iter().filter(|theme| made(theme, options.language).is_some()).collect();
        return Err(ApiError::none_of("layer", theme, known));
    };
    let head = Head::new(api_request, &served, &text, Freshness::Revalidate, LanguageVariance::ByLanguage);
    let head = head.saved_as(format!("binhyen-{id}-{theme}.qml"));
    bytes(api_request, head, XML, move || Ok(text.into_bytes())).await
}

fn no_style(id: &str) -> ApiError {
    let what = text!("request-no-style", name = quoted(id));
    ServiceError::NotFound { what, known: style_ids() }.into()
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
