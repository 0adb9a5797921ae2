//! The form: a challenge, the report, and how far it is handled. No token is read.

use std::sync::Arc;
use std::time::Instant;

use axum::Extension;
use axum::body::Body;
use axum::extract::{OriginalUri, Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::{json_body, number_in, unkept};
use crate::domain::report::ReportStatus;
use crate::http::error::ApiError;
use crate::http::extract::access::Peer;
use crate::http::extract::api_request::PublicRequest;
use crate::http::state::AppState;
use crate::service::answers::reports::{ChallengeAnswer, ReceiptAnswer};
use crate::service::intake::{Intake, ReadReport};
use crate::service::live::now_s;
use crate::service::query::Query;
use crate::texts::text;

/// A challenge to be solved, and what the form has to know.
pub(in crate::http) async fn challenge(PublicRequest(api_request): PublicRequest) -> Result<Response, ApiError> {
    api_request.query(&[])?;
    let intake = open_form(&api_request.state)?;
    let served = api_request.served()?;
    let answer = ChallengeAnswer::of(intake.challenge(now_s())?, intake.rules(), &served.snapshot);
    unkept(StatusCode::OK, &answer)
}

/// Takes a report in. When the number is given, the report is on the disk.
pub(in crate::http) async fn submit(
    PublicRequest(api_request): PublicRequest,
    peer: Option<Extension<Peer>>,
    body: Body,
) -> Result<Response, ApiError> {
    api_request.query(&[])?;
    let state = &api_request.state;
    let intake = open_form(state)?;
    let body = json_body(&api_request.headers, body).await?;
    let served = api_request.served()?;
    let new = match intake.read_submission(&body, &served.snapshot, now_s()).await? {
        ReadReport::Known(number) => {
            let status = intake.status(&number).await?.unwrap_or(ReportStatus::Received);
            return unkept(StatusCode::OK, &ReceiptAnswer::new(number, status));
        }
        ReadReport::New(new) => new,
    };
    // Only what could be taken in counts: who corrects a slip of the pen is not sent away for it.
    let client = state.request_rates.client(peer.map(|Extension(peer)| peer), &api_request.headers);
    if let Some(wait) = state.report_rates.wait(client, Instant::now()) {
        return Err(ApiError::TooManyRequests { wait });
    }
    let number = intake.take_in(&new).await?;
    unkept(StatusCode::CREATED, &ReceiptAnswer::new(number, ReportStatus::Received))
}

/// How far a report is handled, for whoever knows its number.
pub(in crate::http) async fn status(
    State(state): State<Arc<AppState>>,
    Path(number): Path<String>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, ApiError> {
    Query::parse(uri.query(), &[])?;
    let number = number_in(&number)?;
    let status = state.service.intake()?.status(&number).await?;
    let status = status.ok_or_else(|| ApiError::absent(text!("report-missing", number = number.as_str())))?;
    unkept(StatusCode::OK, &ReceiptAnswer::new(number, status))
}

/// What takes reports of the form in, where this server takes any.
fn open_form(state: &AppState) -> Result<&Intake, ApiError> {
    let intake = state.service.intake()?;
    let closed = || ApiError::NotOffered { what: text!("report-closed") };
    intake.rules().is_open.then_some(intake).ok_or_else(closed)
}
