//! `/tiles`: the list, TileJSON, and the tiles themselves.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;

use super::{AssessmentRequest, filter_and};
use crate::domain::text::{Language, Names};
use crate::http::answer::{Freshness, Head, JSON, LanguageVariance, document};
use crate::http::error::ApiError;
use crate::http::extract::api_request::ApiRequest;
use crate::http::extract::tile_request::{ParsedTile, allowed, key, properties, selection};
use crate::http::state::AppState;
use crate::service::Selection;
use crate::service::answers::about::listing::TilesetsAnswer;
use crate::service::error::ServiceError;
use crate::service::filter::RequestedFilter;
use crate::texts::phrasing::edition_name;
use crate::texts::{PRODUCT_NAME, text};
use crate::tile::tilejson::{TileJson, TileJsonRequest};
use crate::tile::tileset::Tileset;

/// The tilesets that the role may have.
pub(in crate::http) async fn list(api_request: ApiRequest) -> Result<Response, ApiError> {
    api_request.query(&[])?;
    let served = api_request.served()?;
    let head = Head::new(&api_request, &served, "", Freshness::Revalidate, LanguageVariance::Neutral);
    let (site, role) = (Arc::clone(&api_request.site), api_request.role());
    document(&api_request, head, JSON, move || {
        Ok(TilesetsAnswer::of(&served.snapshot, role, |route| site.address(route)))
    })
    .await
}

/// The TileJSON of a tileset under a filter.
pub(in crate::http) async fn description(
    api_request: ApiRequest,
    Path(tileset): Path<String>,
) -> Result<Response, ApiError> {
    let query = api_request.query(&filter_and(&["edition", "properties"]))?;
    let tileset = allowed(&tileset, &api_request)?;
    let served = api_request.served()?;
    let requested = RequestedFilter::resolved(&query, &served, api_request.viewer)?;
    let selection = selection(&query)?;
    let key = key(&requested, selection, &served);
    let assessment_request = AssessmentRequest::new(&api_request, &served, requested);
    let head = Head::new(&api_request, &served, &key, Freshness::Revalidate, LanguageVariance::ByLanguage);
    let language = api_request.language;
    document(&api_request, head, JSON, move || described(&assessment_request, tileset, selection, language)).await
}

fn described(
    assessment_request: &AssessmentRequest,
    tileset: Tileset,
    selection: Selection,
    language: Language,
) -> Result<TileJson, ServiceError> {
    let (served, requested) = (&assessment_request.served, &assessment_request.requested);
    let snapshot = &served.snapshot;
    let edition_data = snapshot.edition(requested.filter.edition).ok_or(ServiceError::NotReady)?;
    let filter = requested.address(snapshot);
    let template = format!("/tiles/{}/{{z}}/{{x}}/{{y}}", tileset.as_str());
    let properties = properties(selection);
    let query = format!("{filter}{properties}&epoch={}&revision={}", snapshot.epoch, served.revision);
    let period = requested.filter.period;
    let description = text!(
        "tilejson-description",
        edition = edition_name(&edition_data.entry),
        from = period.from().to_string(),
        until = period.to().to_string()
    );
    let attribution =
        if snapshot.is_sample() { text!("tilejson-sample-attribution") } else { Names::same(PRODUCT_NAME) };
    Ok(TileJson::of(&TileJsonRequest {
        tileset,
        selection,
        role: assessment_request.viewer.role(),
        square_m: snapshot.rules.disclosure.planner_cell_m,
        language,
        tiles_url: &assessment_request.site.address(&format!("{template}?{query}")),
        epoch: snapshot.epoch,
        bounds: edition_data.shape.bounds,
        attribution: attribution.in_language(language),
        description: description.in_language(language),
        is_sample: snapshot.is_sample(),
    }))
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
    let body = state.service.compute(move || worker.body()).await?;
    Ok(request.response(body))
}
