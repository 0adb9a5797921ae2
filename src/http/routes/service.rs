//! What is said of the server itself: `/api`, `/healthz`, `/readyz`, `/version`, `/meta`, `/problems/{kind}`.

use std::sync::Arc;

use axum::extract::{OriginalUri, Path, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value as Json, json};

use crate::domain::text::short_hash;
use crate::http::answer::{Freshness, Head, JSON, LanguageVariance, bytes, document};
use crate::http::error::{ApiError, quoted};
use crate::http::extract::api_request::ApiRequest;
use crate::http::layers::problem_kind::kind_of;
use crate::http::openapi::{self, OPENAPI};
use crate::http::state::AppState;
use crate::service::answers;
use crate::service::error::ServiceError;
use crate::service::query::Query;

/// 200 as long as the server runs.
pub(in crate::http) async fn health(OriginalUri(uri): OriginalUri) -> Result<Response, ApiError> {
    Query::parse(uri.query(), &[])?;
    Ok(plain(StatusCode::OK, &json!({ "status": "ok" })))
}

/// 200 once a snapshot with an edition is served.
pub(in crate::http) async fn readiness(
    State(state): State<Arc<AppState>>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, ApiError> {
    Query::parse(uri.query(), &[])?;
    if state.service.is_ready() {
        Ok(plain(StatusCode::OK, &json!({ "status": "ready", "epoch": state.service.epoch() })))
    } else {
        Err(ServiceError::NotReady.into())
    }
}

/// Which program serves which epoch under which rules, and to whom.
pub(in crate::http) async fn version(api_request: ApiRequest) -> Result<Response, ApiError> {
    api_request.query(&[])?;
    let served = api_request.served()?;
    let head = Head::new(&api_request, &served, "", Freshness::Always, LanguageVariance::Neutral);
    let role = api_request.role();
    document(&api_request, head, JSON, move || {
        let snapshot = &served.snapshot;
        Ok(json!({
            "name": env!("CARGO_PKG_NAME"),
            "version": env!("CARGO_PKG_VERSION"),
            "epoch": snapshot.epoch,
            "revision": served.revision,
            "sample": snapshot.is_sample(),
            "rules": { "version": snapshot.rules.version, "hash": snapshot.rules.hash },
            "taxonomy": {
                "version": snapshot.taxonomy.version,
                "hash": short_hash(&format!("{:?}", snapshot.taxonomy)),
            },
            "role": role,
        }))
    })
    .await
}

/// What the page needs to draw itself.
pub(in crate::http) async fn meta(api_request: ApiRequest) -> Result<Response, ApiError> {
    api_request.query(&[])?;
    let served = api_request.served()?;
    // What is released, and the default window with it, changes with the day.
    let today = api_request.viewer.today();
    let head = Head::new(&api_request, &served, &today.to_string(), Freshness::Always, LanguageVariance::Neutral);
    let role = api_request.role();
    document(&api_request, head, JSON, move || Ok(answers::about::meta::meta(&served.snapshot, role, today))).await
}

/// The OpenAPI document of this server.
pub(in crate::http) async fn api(api_request: ApiRequest) -> Result<Response, ApiError> {
    api_request.query(&[])?;
    let served = api_request.served()?;
    let head = Head::new(&api_request, &served, "", Freshness::Revalidate, LanguageVariance::Neutral);
    let address = api_request.site.address("");
    bytes(&api_request, head, OPENAPI, move || {
        let address = if address.is_empty() { "/" } else { &address };
        openapi::document(address).to_json().map(String::into_bytes).map_err(|error| ServiceError::internal(&error))
    })
    .await
}

/// What a kind of problem means.
pub(in crate::http) async fn problem(
    Path(name): Path<String>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, ApiError> {
    Query::parse(uri.query(), &[])?;
    let kind = kind_of(&name).ok_or_else(|| {
        let name = quoted(&name);
        ApiError::absent(format!("Không có loại lỗi “{name}”."), format!("There is no problem of the kind \"{name}\"."))
    })?;
    Ok(plain(
        StatusCode::OK,
        &json!({
            "kind": kind.name,
            "title": { "vi": kind.title.vi, "en": kind.title.en },
            "description": { "vi": kind.summary.vi, "en": kind.summary.en },
        }),
    ))
}

/// Anything else that no route takes.
pub(in crate::http) fn nothing_here(path: &str) -> ApiError {
    let path = quoted(path);
    ApiError::absent(format!("Không có gì ở địa chỉ {path}."), format!("There is nothing at the address {path}."))
}

fn plain(status: StatusCode, document: &Json) -> Response {
    (status, [(CONTENT_TYPE, JSON), (CACHE_CONTROL, "no-store")], document.to_string()).into_response()
}
