//! `/reports` and `/hooks`: word from people and from other servers, and what operators make of it.

pub(in crate::http) mod hooks;
pub(in crate::http) mod moderating;
pub(in crate::http) mod submitting;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;

use crate::domain::report::ReportNumber;
use crate::http::answer::{JSON, json_bytes};
use crate::http::error::{ApiError, quoted};
use crate::http::layers::size_limits::MAX_SMALL_BODY_BYTES;
use crate::texts::text;

/// The whole body, where it is not over the limit.
async fn body_bytes(body: Body) -> Result<Bytes, ApiError> {
    // What says its length was looked at before; what does not is cut off here.
    to_bytes(body, MAX_SMALL_BODY_BYTES).await.map_err(|_| ApiError::TooLarge)
}

/// The whole body, which says that it is JSON.
async fn json_body(headers: &HeaderMap, body: Body) -> Result<Bytes, ApiError> {
    let media = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media = media.split(';').next().unwrap_or_default().trim();
    if !media.eq_ignore_ascii_case(JSON) {
        return Err(ApiError::UnsupportedMedia { what: text!("report-no-content-type") });
    }
    body_bytes(body).await
}

/// The number in an address; a text that is none names nothing.
fn number_in(path: &str) -> Result<ReportNumber, ApiError> {
    path.parse().map_err(|_| ApiError::absent(text!("report-missing", number = quoted(path))))
}

/// An answer that nobody keeps.
fn unkept(status: StatusCode, answer: &impl Serialize) -> Result<Response, ApiError> {
    let head = [(CONTENT_TYPE, JSON), (CACHE_CONTROL, "no-store")];
    Ok((status, head, json_bytes(answer)?).into_response())
}
