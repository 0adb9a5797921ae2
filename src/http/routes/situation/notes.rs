//! Notes on an alert: `POST /alerts/{number}/acknowledgement` and `/alerts/{number}/comments`, for commanders.

use axum::body::{Body, to_bytes};
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, VARY};
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use serde::Deserialize;

use crate::domain::alert::{AlertNote, AlertNoteKind};
use crate::domain::role::Role;
use crate::http::answer::{JSON, json_bytes};
use crate::http::error::ApiError;
use crate::http::extract::api_request::ApiRequest;
use crate::service::answers::alerts::AlertAnswer;
use crate::texts::text;

/// A note is a sentence or two.
const MOST_NOTE_CHARS: usize = 1_000;
/// No body of a note is larger.
const MAX_NOTE_BYTES: usize = 16 * 1024;

/// Takes note of an alert.
pub(in crate::http) async fn acknowledgement(
    api_request: ApiRequest,
    Path(number): Path<String>,
    body: Body,
) -> Result<Response, ApiError> {
    noted(&api_request, &number, AlertNoteKind::Acknowledged, body).await
}

/// Says something of an alert.
pub(in crate::http) async fn comment(
    api_request: ApiRequest,
    Path(number): Path<String>,
    body: Body,
) -> Result<Response, ApiError> {
    noted(&api_request, &number, AlertNoteKind::Comment, body).await
}

/// What the body of a note holds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NoteBody {
    #[serde(default)]
    text: String,
}

async fn noted(api_request: &ApiRequest, number: &str, kind: AlertNoteKind, body: Body) -> Result<Response, ApiError> {
    api_request.query(&[])?;
    api_request.viewer.at_least(Role::Commander)?;
    let served = api_request.served()?;
    let wrong = || ApiError::invalid("number", number, text!("expected-alert-number"));
    let alert_number: u64 = number.parse().map_err(|_| wrong())?;
    let text = note_text(kind, body).await?;
    let noted_s = Timestamp::now().as_second();
    let note = AlertNote { noted_s, by: api_request.holder.label.to_string(), kind, text };
    let stored = api_request.state.service.note_alert(alert_number, &note).await?;
    let answer = AlertAnswer::of(&served.snapshot, api_request.role(), &stored);
    Ok(([(CONTENT_TYPE, JSON), (CACHE_CONTROL, "private, no-store"), (VARY, "Authorization")], json_bytes(&answer)?)
        .into_response())
}

/// The text of a note; an acknowledgement may be without one, and without a body.
async fn note_text(kind: AlertNoteKind, body: Body) -> Result<String, ApiError> {
    let expected = || text!("expected-alert-note", most = MOST_NOTE_CHARS);
    let refused = |value: &str| ApiError::invalid("text", value, expected());
    let bytes = to_bytes(body, MAX_NOTE_BYTES).await.map_err(|_| ApiError::TooLarge)?;
    let body = if bytes.is_empty() && kind == AlertNoteKind::Acknowledged {
        NoteBody { text: String::new() }
    } else {
        serde_json::from_slice(&bytes).map_err(|_| refused(&String::from_utf8_lossy(&bytes)))?
    };
    let NoteBody { text } = body;
    let text = text.trim().to_owned();
    let is_missing = text.is_empty() && kind == AlertNoteKind::Comment;
    let is_strange = text.chars().any(|letter| letter.is_control() && letter != '\n');
    if is_missing || is_strange || text.chars().count() > MOST_NOTE_CHARS {
        return Err(refused(&text));
    }
    Ok(text)
}
