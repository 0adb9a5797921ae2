//! What other servers send: signed, over the raw bytes, stored before it is acknowledged.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::extract::{OriginalUri, Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use tokio::time::timeout;

use super::{body_bytes, unkept};
use crate::domain::report::{NewReport, ReportNumber, ReportStatus};
use crate::http::answer::TEXT;
use crate::http::error::{ApiError, quoted};
use crate::http::state::AppState;
use crate::service::answers::reports::{HookAnswer, ReceiptAnswer};
use crate::service::error::ServiceError;
use crate::service::intake::{Hook, HookHead, Intake, ReadAt};
use crate::service::live::now_s;
use crate::service::query::Query;
use crate::texts::text;

/// The header with the time of our own rules.
const TIMESTAMP: &str = "x-binhyen-timestamp";
/// Zalo repeats for hours what is not acknowledged within two seconds. What the disk does not take in this time is not
/// acknowledged, and comes again.
const STORE_WITHIN: Duration = Duration::from_millis(1500);

/// What Facebook asks before it sends anything: whether this address is meant.
pub(in crate::http) async fn verify(
    State(state): State<Arc<AppState>>,
    Path(channel): Path<String>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, ApiError> {
    let query = Query::parse(uri.query(), &["hub.mode", "hub.verify_token", "hub.challenge"])?;
    let hook = hook_of(state.service.intake()?, &channel)?;
    let (token, challenge) = (query.value("hub.verify_token"), query.value("hub.challenge"));
    let asked = token.zip(challenge).filter(|_| query.value("hub.mode") == Some("subscribe"));
    let refused = || ServiceError::Unsigned { what: text!("report-unsigned") };
    let (token, challenge) = asked.ok_or_else(refused)?;
    let challenge = hook.verified(token, challenge).ok_or_else(refused)?;
    Ok(([(CONTENT_TYPE, TEXT), (CACHE_CONTROL, "no-store")], challenge.to_owned()).into_response())
}

/// Takes a message in.
pub(in crate::http) async fn receive(
    State(state): State<Arc<AppState>>,
    Path(channel): Path<String>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    Query::parse(uri.query(), &[])?;
    let intake = state.service.intake()?;
    let hook = hook_of(intake, &channel)?;
    let answers_with_number = hook.answers_with_number();
    let body = body_bytes(body).await?;
    let served = state.service.current().ok_or(ServiceError::NotReady)?;
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let head = HookHead { timestamp: header(TIMESTAMP), signature: header(hook.signature_header()) };
    let read_at = ReadAt { snapshot: &served.snapshot, now_s: now_s() };
    let reports = intake.read_message(hook, head, &body, read_at)?;
    if let Some(wait) = reports.first().and_then(|_| state.report_rates.wait_of_hooks(Instant::now())) {
        return Err(ApiError::TooManyRequests { wait });
    }
    let numbers = stored(&state, reports).await?;
    let reports = numbers.len();
    match numbers.into_iter().next() {
        Some(number) if answers_with_number => {
            let status = state.service.intake()?.status(&number).await?.unwrap_or(ReportStatus::Received);
            unkept(StatusCode::OK, &ReceiptAnswer::new(number, status))
        }
        _ => unkept(StatusCode::OK, &HookAnswer { reports }),
    }
}

/// Stores reports and gives their numbers. What is begun goes on when whoever sent it no longer waits: a repeat finds it.
async fn stored(state: &Arc<AppState>, reports: Vec<NewReport>) -> Result<Vec<ReportNumber>, ApiError> {
    let state = Arc::clone(state);
    let storing = tokio::spawn(async move {
        let mut numbers = Vec::with_capacity(reports.len());
        for report in &reports {
            numbers.push(state.service.intake()?.take_in(report).await?);
        }
        Ok::<_, ServiceError>(numbers)
    });
    let ended = timeout(STORE_WITHIN, storing).await.map_err(|_| ServiceError::Busy)?;
    Ok(ended.map_err(|fault| ServiceError::internal(&fault))??)
}

/// The hook of a channel that is configured.
fn hook_of<'a>(intake: &'a Intake, channel: &str) -> Result<&'a Hook, ApiError> {
    intake.hook(channel).ok_or_else(|| ApiError::absent(text!("report-no-hook", channel = quoted(channel))))
}
