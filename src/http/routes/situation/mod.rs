//! What is out of the ordinary: `/situation`, `/alerts`, `/alerts.atom`, and notes on an alert.

pub(in crate::http) mod notes;

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, VARY};
use axum::response::{IntoResponse as _, Response};

use crate::domain::role::Role;
use crate::http::answer::{Freshness, Head, JSON, LanguageVariance, document, json_bytes};
use crate::http::error::ApiError;
use crate::http::extract::api_request::ApiRequest;
use crate::service::alerts::situation;
use crate::service::answers::alerts::AlertsAnswer;
use crate::service::answers::alerts::feed::atom;
use crate::service::heavy_work::{WorkCost, WorkOrder};
use crate::service::live::now_s;
use crate::service::questions::situation::SituationQuestion;

/// Atom (RFC 4287).
pub(in crate::http) const ATOM: &str = "application/atom+xml; charset=utf-8";

/// The last days against the usual.
pub(in crate::http) async fn last_days(api_request: ApiRequest) -> Result<Response, ApiError> {
    let query = api_request.query(&["days", "edition"])?;
    let served = api_request.served()?;
    let question = SituationQuestion::of(&query, &served, api_request.viewer)?;
    let writes = api_request.state.service.recent_writes(&served.snapshot, &question, now_s()).await?;
    let key = format!("{}&{}", question.key(), writes.key());
    let head = Head::new(&api_request, &served, &key, Freshness::Revalidate, LanguageVariance::Neutral);
    document(&api_request, head.at_cost(WorkCost::Units(1)), JSON, move || situation(&served, &question, &writes)).await
}

/// The alerts that are kept.
pub(in crate::http) async fn alerts(api_request: ApiRequest) -> Result<Response, ApiError> {
    api_request.query(&[])?;
    let answer = told(&api_request).await?;
    Ok((private(JSON), json_bytes(&answer)?).into_response())
}

/// The same as a feed.
pub(in crate::http) async fn alert_feed(api_request: ApiRequest) -> Result<Response, ApiError> {
    api_request.query(&[])?;
    let answer = told(&api_request).await?;
    let address = api_request.site.address("");
    let feed = atom(&answer, api_request.language, address.trim_end_matches('/'));
    Ok((private(ATOM), feed).into_response())
}

async fn told(api_request: &ApiRequest) -> Result<AlertsAnswer, ApiError> {
    api_request.viewer.at_least(Role::Planner)?;
    let served = api_request.served()?;
    let stored = api_request.state.service.alerts().await?;
    let viewer = api_request.viewer;
    let order = WorkOrder { role: viewer.role(), cost: WorkCost::Plain };
    let answer = move || AlertsAnswer::of(&served, viewer, &stored);
    Ok(api_request.state.service.compute(order, answer).await?)
}

/// The head of an answer that nobody keeps.
fn private(media: &'static str) -> [(axum::http::HeaderName, &'static str); 3] {
    [(CONTENT_TYPE, media), (CACHE_CONTROL, "private, no-store"), (VARY, "Authorization")]
}
