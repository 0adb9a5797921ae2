//! Writing incidents: `POST /incidents`, `GET`, `PATCH` and `DELETE /incidents/{id}`.
//!
//! In: GeoJSON, the token of an operator, `Idempotency-Key`, `If-Match`. Out: what became of it once it is on the disk.
//! What a feature may say is checked below, by the code of the import.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{ETAG, IF_MATCH};
use axum::http::{HeaderMap, HeaderValue, Request, StatusCode};
use axum::response::Response;
use serde_json::{Map, Value};

use super::hand_in::{
    HandIn, HandedCollection, answered, json_response, log_write, operator_request, outcome_answered, request_digest,
    write_request,
};
use crate::domain::audit::AuditAction;
use crate::domain::incident::Incident;
use crate::domain::role::Role;
use crate::http::answer::{GEOJSON, json_bytes};
use crate::http::error::ApiError;
use crate::http::extract::access_log::logged_request_id;
use crate::http::extract::api_request::ApiRequest;
use crate::http::state::AppState;
use crate::service::answers::incidents::single::SingleIncidentAnswer;
use crate::service::answers::writing::WriteAnswer;
use crate::service::error::ServiceError;
use crate::service::live::ServedSnapshot;
use crate::service::writing::ExpectedState;
use crate::texts::text;

/// Characters of a reason.
const REASON_CHARS: std::ops::RangeInclusive<usize> = 3..=500;

/// Takes incidents in: all of a collection, or with `partial=true` those that can be taken.
pub(in crate::http) async fn post(
    State(state): State<Arc<AppState>>,
    request: Request<Body>,
) -> Result<Response, ApiError> {
    let HandedCollection { api_request, body, words, write, when_rejected } =
        HandedCollection::read(request, &state).await?;
    let outcome = state.service.writer()?.put(body, words, write, when_rejected).await?;
    outcome_answered(&api_request, "incidents were put", outcome)
}

/// One incident as it is in the store, with its version.
pub(in crate::http) async fn one(api_request: ApiRequest, Path(id): Path<String>) -> Result<Response, ApiError> {
    api_request.query(&[])?;
    api_request.viewer.at_least(Role::Commander)?;
    let (served, incident) = stored(&api_request, &id).await?;
    let answer = SingleIncidentAnswer::of(&served.snapshot, &incident, api_request.role());
    let answer = answer.ok_or_else(|| ApiError::absent(text!("absent-incident")))?;
    api_request.account(AuditAction::Points, Some(1)).await?;
    tracing::info!(
        target: "binhyen::access",
        {
            request.id = logged_request_id(&api_request.headers),
            viewer.label = &*api_request.holder.label,
            viewer.role = api_request.role().as_str(),
            incident.id = id.as_str(),
        },
        "an incident was read",
    );
    let mut response = json_response(StatusCode::OK, GEOJSON, json_bytes(&answer)?);
    note_version(&mut response, &incident);
    Ok(response)
}

/// Amends an incident by what a feature says of it.
pub(in crate::http) async fn patch(
    State(state): State<Arc<AppState>>,
    Path(id): Path<String>,
    request: Request<Body>,
) -> Result<Response, ApiError> {
    let HandIn { api_request, body, digest } = HandIn::read(request, &state).await?;
    api_request.query(&[])?;
    let expected = expected_state(&api_request.headers)?;
    let said: Map<String, Value> = serde_json::from_slice(&body)
        .map_err(|fault| ServiceError::BadBody { what: text!("refusal-amendment", what = fault.to_string()) })?;
    let reason = checked_reason(said.get("reason").and_then(Value::as_str))?;
    let (served, incident) = stored(&api_request, &id).await?;
    let words = state.service.hand_in_words(&served)?;
    let write = write_request(&api_request, digest, Some(reason))?;
    let amended = state.service.writer()?.amend(&incident, &said, &words, write, expected).await?;
    log_write(&api_request, "an incident was amended", amended.done);
    let mut response = answered(StatusCode::OK, &WriteAnswer::of(1, amended.done, &[]))?;
    // Of a request that was done before, the incident may be another by now.
    if !amended.done.is_repeated {
        note_version(&mut response, &amended.incident);
    }
    Ok(response)
}

/// Takes an incident away; what it was stays in the history.
pub(in crate::http) async fn delete(
    State(state): State<Arc<AppState>>,
    Path(id): Path<String>,
    request: Request<Body>,
) -> Result<Response, ApiError> {
    let (parts, _) = request.into_parts();
    let api_request = operator_request(&parts, &state)?;
    let query = api_request.query(&["reason"])?;
    let expected = expected_state(&api_request.headers)?;
    let reason = checked_reason(query.value("reason"))?;
    let digest = request_digest(&parts, &[]);
    let write = write_request(&api_request, digest, Some(reason))?;
    let done = state.service.writer()?.withdraw(&id, write, expected).await?;
    log_write(&api_request, "an incident was withdrawn", done);
    answered(StatusCode::OK, &WriteAnswer::of(1, done, &[]))
}

/// What `If-Match` names: the versions that the client knows, or any.
fn expected_state(headers: &HeaderMap) -> Result<ExpectedState, ApiError> {
    let given: Vec<&str> = headers.get_all(IF_MATCH).iter().filter_map(|value| value.to_str().ok()).collect();
    if given.is_empty() {
        return Err(ApiError::PreconditionRequired { what: text!("write-if-match") });
    }
    let tags: Vec<&str> = given.iter().flat_map(|value| value.split(',')).map(str::trim).collect();
    if tags == ["*"] {
        return Ok(ExpectedState::Any);
    }
    // A weak tag never matches here (RFC 9110, 13.1.1).
    let versions = tags.iter().filter_map(|tag| tag.strip_prefix('"')?.strip_suffix('"'));
    Ok(ExpectedState::Versions(versions.map(str::to_owned).collect()))
}

fn checked_reason(reason: Option<&str>) -> Result<String, ApiError> {
    let reason = reason.unwrap_or_default().trim();
    let fits = REASON_CHARS.contains(&reason.chars().count()) && !reason.chars().any(char::is_control);
    let (least, most) = (REASON_CHARS.start().to_string(), REASON_CHARS.end().to_string());
    if fits {
        Ok(reason.to_owned())
    } else {
        Err(ApiError::invalid("reason", reason, text!("expected-reason", least = least, most = most)))
    }
}

async fn stored(api_request: &ApiRequest, id: &str) -> Result<(Arc<ServedSnapshot>, Incident), ApiError> {
    let served = api_request.served()?;
    let incident = api_request.state.service.stored_incident(id).await?;
    Ok((served, incident.ok_or_else(|| ApiError::absent(text!("absent-incident")))?))
}

fn note_version(response: &mut Response, incident: &Incident) {
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{}\"", incident.version())) {
        response.headers_mut().insert(ETAG, tag);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_named_by_strong_tags_or_any() {
        let headers = |values: &[&str]| -> HeaderMap {
            values.iter().map(|value| (IF_MATCH, HeaderValue::from_str(value).unwrap())).collect()
        };
        let versions = |values: &[&str]| expected_state(&headers(values)).unwrap();
        assert_eq!(versions(&["*"]), ExpectedState::Any);
        assert_eq!(versions(&["\"a\", W/\"b\"", "\"c\""]), ExpectedState::Versions(vec!["a".into(), "c".into()]));
        assert!(matches!(expected_state(&HeaderMap::new()), Err(ApiError::PreconditionRequired { .. })));
    }

    #[test]
    fn reasons_stay_within_reason() {
        assert_eq!(checked_reason(Some("  trùng vụ ")).unwrap(), "trùng vụ");
        assert!(checked_reason(None).is_err() && checked_reason(Some("ab")).is_err());
        assert!(checked_reason(Some("a\u{7}bc")).is_err());
    }
}
