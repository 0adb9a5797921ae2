//! What every request that writes has in common: an operator, a body of JSON, a key, an answer.
//!
//! In: a request. Out: its body with the write that it asks for, and the answer with what became of it. What the body
//! may say is the affair of the routes beside this.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, IF_MATCH};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Request, StatusCode};
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use crate::domain::audit::AuditAction;
use crate::domain::role::Role;
use crate::http::answer::{GEOJSON, JSON, json_bytes};
use crate::http::error::ApiError;
use crate::http::extract::access::TokenScope;
use crate::http::extract::access_log::logged_request_id;
use crate::http::extract::api_request::ApiRequest;
use crate::http::extract::received::Received;
use crate::http::layers::size_limits::MAX_BODY_BYTES;
use crate::http::state::AppState;
use crate::service::answers::writing::WriteAnswer;
use crate::service::error::ServiceError;
use crate::service::query::Query;
use crate::service::writing::hand_in::{HandInOutcome, WhenRejected, WriteRequest};
use crate::service::writing::{HandInWords, IdempotencyKey, SourceKind, WriteDone, WriteOrigin};
use crate::texts::text;

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
const MAX_KEY_BYTES: usize = 128;
/// Several outcomes in one answer, as the report of each says.
const MULTI_STATUS: StatusCode = StatusCode::MULTI_STATUS;

/// A collection of features that an operator hands in.
pub(super) struct HandedCollection {
    pub(super) api_request: ApiRequest,
    pub(super) body: Arc<[u8]>,
    pub(super) words: HandInWords,
    pub(super) write: WriteRequest,
    pub(super) when_rejected: WhenRejected,
}

impl HandedCollection {
    pub(super) async fn read(request: Request<Body>, state: &Arc<AppState>) -> Result<Self, ApiError> {
        let HandIn { api_request, body, digest } = HandIn::read(request, state).await?;
        let when_rejected = when_rejected(&api_request.query(&["partial"])?)?;
        let served = api_request.served()?;
        let words = state.service.hand_in_words(&served)?;
        let write = write_request(&api_request, digest, None)?;
        Ok(Self { api_request, body, words, write, when_rejected })
    }
}

/// What became of a collection.
pub(super) fn outcome_answered(
    api_request: &ApiRequest,
    what: &'static str,
    outcome: HandInOutcome,
) -> Result<Response, ApiError> {
    let HandInOutcome { read, done, rejects } = outcome;
    let Some(done) = done else { return Err(ServiceError::RejectedFeatures { read, rejects }.into()) };
    let status = match done {
        _ if !rejects.is_empty() => MULTI_STATUS,
        WriteDone { added: 1.., .. } => StatusCode::CREATED,
        WriteDone { .. } => StatusCode::OK,
    };
    log_write(api_request, what, done);
    answered(status, &WriteAnswer::of(read, done, &rejects))
}

/// A request of an operator with its body.
pub(super) struct HandIn {
    pub(super) api_request: ApiRequest,
    pub(super) body: Arc<[u8]>,
    pub(super) digest: [u8; 32],
}

impl HandIn {
    /// Reads a request: who sends it first, its body only from those who may write.
    pub(super) async fn read(request: Request<Body>, state: &Arc<AppState>) -> Result<Self, ApiError> {
        let (parts, body) = request.into_parts();
        let api_request = operator_request(&parts, state)?;
        check_media(&parts.headers)?;
        let body = to_bytes(body, MAX_BODY_BYTES as usize).await.map_err(|_| ApiError::TooLarge)?;
        let digest = request_digest(&parts, &body);
        Ok(Self { api_request, body: body.as_ref().into(), digest })
    }
}

pub(super) fn operator_request(parts: &Parts, state: &Arc<AppState>) -> Result<ApiRequest, ApiError> {
    let api_request = ApiRequest::of(Received::of_parts(parts), state)?;
    api_request.viewer.at_least(Role::Operator)?;
    Ok(api_request)
}

fn check_media(headers: &HeaderMap) -> Result<(), ApiError> {
    let accepted = [GEOJSON, JSON];
    let said = headers.get(CONTENT_TYPE).and_then(|media| media.to_str().ok()).unwrap_or_default();
    let media = said.split(';').next().unwrap_or_default().trim();
    if accepted.iter().any(|known| media.eq_ignore_ascii_case(known)) {
        return Ok(());
    }
    Err(ApiError::UnsupportedMedia { what: text!("write-no-content-type", accepted = accepted.join(", ")) })
}

/// All that a request says, as one digest: the same key means the same request only where this is the same.
pub(super) fn request_digest(parts: &Parts, body: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new();
    let version = parts.headers.get(IF_MATCH).map(HeaderValue::as_bytes).unwrap_or_default();
    for part in [parts.method.as_str().as_bytes(), parts.uri.to_string().as_bytes(), version, body] {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

pub(super) fn write_request(
    api_request: &ApiRequest,
    request: [u8; 32],
    reason: Option<String>,
) -> Result<WriteRequest, ApiError> {
    let origin = WriteOrigin {
        author: api_request.holder.label.to_string(),
        moment_s: Timestamp::now().as_second(),
        reason,
        request_id: logged_request_id(&api_request.headers).to_owned(),
        account: api_request.entry(AuditAction::Write, None),
        source: if api_request.holder.scope == TokenScope::LocalSample { SourceKind::Sample } else { SourceKind::Own },
    };
    let key = idempotency_key(&api_request.headers)?;
    let key = key.map(|key| IdempotencyKey { scope: origin.author.clone(), key, request });
    Ok(WriteRequest { origin, key })
}

fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, ApiError> {
    let mut given = headers.get_all(IDEMPOTENCY_KEY).iter();
    let Some(key) = given.next() else { return Ok(None) };
    let text = key.to_str().unwrap_or_default().trim_matches('"');
    let fits = !text.is_empty() && text.len() <= MAX_KEY_BYTES && text.bytes().all(|byte| byte.is_ascii_graphic());
    if fits && given.next().is_none() {
        return Ok(Some(text.to_owned()));
    }
    let most = MAX_KEY_BYTES.to_string();
    Err(ApiError::invalid("Idempotency-Key", text, text!("expected-idempotency-key", most = most)))
}

fn when_rejected(query: &Query) -> Result<WhenRejected, ApiError> {
    match query.value("partial") {
        None | Some("false") => Ok(WhenRejected::Nothing),
        Some("true") => Ok(WhenRejected::Others),
        Some(other) => Err(ApiError::none_of("partial", other, vec!["false".to_owned(), "true".to_owned()])),
    }
}

pub(super) fn log_write(api_request: &ApiRequest, what: &'static str, done: WriteDone) {
    tracing::info!(
        target: "binhyen::access",
        {
            request.id = logged_request_id(&api_request.headers),
            viewer.label = &*api_request.holder.label,
            viewer.role = api_request.role().as_str(),
            rows.added = done.added,
            rows.amended = done.amended,
            rows.withdrawn = done.withdrawn,
            epoch = done.epoch,
        },
        "{what}",
    );
}

pub(super) fn answered(status: StatusCode, answer: &WriteAnswer) -> Result<Response, ApiError> {
    Ok(json_response(status, JSON, json_bytes(answer)?))
}

pub(super) fn json_response(status: StatusCode, media: &'static str, bytes: Vec<u8>) -> Response {
    (status, [(CONTENT_TYPE, media), (CACHE_CONTROL, "private, no-store")], bytes).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_one_short_word() {
        let headers = |values: &[&str]| -> HeaderMap {
            values.iter().map(|value| (IDEMPOTENCY_KEY, HeaderValue::from_str(value).unwrap())).collect()
        };
        let key = |values: &[&str]| idempotency_key(&headers(values));
        assert_eq!(key(&["\"a-1\""]).unwrap().as_deref(), Some("a-1"));
        assert_eq!(key(&[]).unwrap(), None);
        assert!(key(&["a", "b"]).is_err() && key(&[""]).is_err() && key(&["two words"]).is_err());
        assert!(key(&["x".repeat(129).as_str()]).is_err());
    }
}
