//! `/tiles`: the list, TileJSON, and the tiles themselves.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;

use super::filter_and;
use crate::http::answer::{Freshness, Head, JSON, LanguageVariance, document};
use crate::http::error::ApiError;
use crate::http::extract::api_request::ApiRequest;
use crate::http::extract::tile_request::ParsedTile;
use crate::http::layers::headers::RELATIVE_ADDRESSES;
use crate::http::site::KnownHost;
use crate::http::state::AppState;
use crate::service::answers::about::listing::TilesetsAnswer;
use crate::service::questions::tileset::{TilesetQuestion, tileset};
use crate::texts::text;

/// The tilesets that the role may have.
pub(in crate::http) async fn list(api_request: ApiRequest) -> Result<Response, ApiError> {
    api_request.query(&[])?;
    let served = api_request.served()?;
    let head = Head::new(&api_request, &served, "", Freshness::Revalidate, LanguageVariance::Neutral);
    let (site, role) = (Arc::clone(&api_request.site), api_request.role());
    document(&api_request, head, JSON, move || Ok(TilesetsAnswer::of(&served, role, |route| site.address(route)))).await
}

/// The TileJSON of a tileset under a filter.
pub(in crate::http) async fn description(
    api_request: ApiRequest,
    Path(name): Path<String>,
) -> Result<Response, ApiError> {
    let query = api_request.query(&filter_and(&["edition", "properties"]))?;
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

/// Answers `/tiles/{tileset}/{z}/{x}/{y}`; 204 where nothing lies in the tile.
pub(in crate::http) async fn tile(
    State(state): State<Arc<AppState>>,
    parsed: ParsedTile,
) -> Result<Response, ApiError> {
    let request = parsed.0?;
    if let Some(response) = request.not_modified() {
        return Ok(response);
    }
    let worker = Arc::clone(&request);
    let body = state.service.compute(request.work_order(), move || worker.body()).await?;
    Ok(request.response(body))
}
