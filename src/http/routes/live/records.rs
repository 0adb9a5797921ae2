//! Writing what is no incident: `POST /models`, `/models/{id}/events`, `/decisions`, `/declarations`.
//!
//! In: GeoJSON, the token of an operator, `Idempotency-Key`. Out: what became of it once it is on the disk. What a
//! feature may say is checked below, by the code of the import.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::Request;
use axum::response::Response;

use super::hand_in::{HandedCollection, outcome_answered};
use crate::http::error::ApiError;
use crate::http::state::AppState;
use crate::service::writing::records::RecordKind;

/// Takes community models in.
pub(in crate::http) async fn models(
    State(state): State<Arc<AppState>>,
    request: Request<Body>,
) -> Result<Response, ApiError> {
    put(&state, request, RecordKind::Models, "models were put").await
}

/// Takes in what happened to a model.
pub(in crate::http) async fn model_events(
    State(state): State<Arc<AppState>>,
    Path(id): Path<String>,
    request: Request<Body>,
) -> Result<Response, ApiError> {
    put(&state, request, RecordKind::EventsOf(id), "events of a model were put").await
}

/// Takes official decisions in.
pub(in crate::http) async fn decisions(
    State(state): State<Arc<AppState>>,
    request: Request<Body>,
) -> Result<Response, ApiError> {
    put(&state, request, RecordKind::Decisions, "decisions were put").await
}

/// Takes declarations about criteria in.
pub(in crate::http) async fn declarations(
    State(state): State<Arc<AppState>>,
    request: Request<Body>,
) -> Result<Response, ApiError> {
    put(&state, request, RecordKind::Declarations, "declarations were put").await
}

async fn put(
    state: &Arc<AppState>,
    request: Request<Body>,
    kind: RecordKind,
    what: &'static str,
) -> Result<Response, ApiError> {
    let HandedCollection { api_request, body, words, write, when_rejected } =
        HandedCollection::read(request, state).await?;
    let outcome = state.service.writer()?.put_records(kind, body, words, write, when_rejected).await?;
    outcome_answered(&api_request, what, outcome)
}
