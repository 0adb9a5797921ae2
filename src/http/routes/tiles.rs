//! `/tiles`: the list, TileJSON, and the tiles themselves.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;

use super::filter_and;
use super::ogc::linked::LinkedDocument;
use super::styles::json_only;
use crate::domain::audit::AuditAction;
use crate::domain::role::Role;
use crate::http::answer::{Freshness, Head, JSON, LanguageVariance, document, json_bytes};
use crate::http::error::ApiError;
use crate::http::extract::api_request::ApiRequest;
use crate::http::extract::tile_request::{OF_STYLE, ParsedTile};
use crate::http::extract::tile_signature::{Maker, SignedTiles};
use crate::http::layers::headers::RELATIVE_ADDRESSES;
use crate::http::site::KnownHost;
use crate::http::state::AppState;
use crate::service::accounting::SIGNATURE;
use crate::service::answers::maps::tilesets::TilesetsAnswer;
use crate::service::query::Query;
use crate::service::questions::tileset::{TilesetQuestion, tileset};
use crate::texts::{text, text_id};

/// The tilesets that the role may have.
pub(in crate::http) async fn list(api_request: ApiRequest) -> Result<Response, ApiError> {
    let list = LinkedDocument::of(&api_request, text_id!("features-tilesets"))?;
    let (served, role, language) = (api_request.served()?, api_request.role(), list.language);
    list.answer(&api_request, move |address| Ok(TilesetsAnswer::of(&served, role, language, address))).await
}

/// The TileJSON of a tileset under a filter.
pub(in crate::http) async fn description(
    api_request: ApiRequest,
    Path(name): Path<String>,
) -> Result<Response, ApiError> {
    let query = api_request.query(&filter_and(&[&["edition", "properties", "f"][..], &OF_STYLE].concat()))?;
    json_only(&query)?;
    let tileset = tileset(&name, api_request.viewer)?;
    let host = api_request.state.note_host(&api_request.headers);
    // A template without a host means nothing to whoever did not read the address himself, as our page does.
    if host == KnownHost::Foreign && !api_request.headers.contains_key(RELATIVE_ADDRESSES) {
        return Err(ApiError::NotOffered { what: text!("tilejson-needs-public-url") });
    }
    let served = api_request.served()?;
    let question = TilesetQuestion::of(tileset, &query, &served, api_request.viewer)?;
    let (key, variance) = (question.key(&served), LanguageVariance::ByLanguage);
    let head = Head::new(&api_request, &served, &key, Freshness::Revalidate, variance);
    let (site, language) = (Arc::clone(&api_request.site), api_request.language);
    document(&api_request, head, JSON, move || question.described(&served, language, |route| site.address(route))).await
}

/// The TileJSON of a tileset with a signature in its addresses, for programs that cannot send a token.
pub(in crate::http) async fn template(api_request: ApiRequest, Path(name): Path<String>) -> Result<Response, ApiError> {
    api_request.viewer.at_least(Role::Planner)?;
    let query = api_request.query(&filter_and(&["edition", "properties", "hours"]))?;
    let (state, site) = (Arc::clone(&api_request.state), Arc::clone(&api_request.site));
    let most = state.template_hours;
    if state.signing_key().is_none() {
        return Err(ApiError::NotOffered { what: text!("template-not-offered") });
    }
    if !site.is_absolute() {
        return Err(ApiError::NotOffered { what: text!("tilejson-needs-public-url") });
    }
    let hours = hours(&query, most)?;
    let served = api_request.served()?;
    let question = TilesetQuestion::of(tileset(&name, api_request.viewer)?, &query, &served, api_request.viewer)?;
    let until_s = Timestamp::now().as_second() + i64::from(hours) * 3600;
    api_request.account(AuditAction::Template, None).await?;
    let (holder, language) = (api_request.holder.clone(), api_request.language);
    let signed_address = move |route: &str| {
        let Some(key) = state.signing_key() else { return String::new() };
        let parameters = route.split_once('?').map_or("", |(_, parameters)| parameters);
        let signed = SignedTiles { tileset: &name, query: parameters, role: holder.role, until_s };
        let maker = Maker { token_id: &holder.token_id, label: &holder.label };
        let mark = if parameters.is_empty() { '?' } else { '&' };
        format!("{}{mark}{SIGNATURE}={}", site.address(route), key.signature(&signed, maker))
    };
    let described = question.described(&served, language, signed_address)?;
    let bytes = json_bytes(&described)?;
    Ok(([(CONTENT_TYPE, JSON), (CACHE_CONTROL, "private, no-store")], bytes).into_response())
}

/// For how many hours addresses are to be good.
fn hours(query: &Query, most: u32) -> Result<u32, ApiError> {
    let Some(text) = query.value("hours") else { return Ok(most) };
    let number = text.parse::<u32>().ok().filter(|hours| (1..=most).contains(hours));
    number.ok_or_else(|| ApiError::invalid("hours", text, text!("expected-number-up-to", most = most.to_string())))
}

/// Answers `/tiles/{tileset}/{z}/{x}/{y}`; 204 where nothing lies in the tile.
pub(in crate::http) async fn tile(
    State(state): State<Arc<AppState>>,
    parsed: ParsedTile,
) -> Result<Response, ApiError> {
    let request = parsed.0?;
    if let Some(response) = request.not_modified() {
        return Ok(request.accounted(response).await?);
    }
    let worker = Arc::clone(&request);
    let body = state.service.compute(request.work_order(), move || worker.body()).await?;
    Ok(request.accounted(request.response(body)).await?)
}
