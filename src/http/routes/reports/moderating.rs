//! The desk of moderation, for operators: the queue, one report beside what is near it, who looks at it, what becomes of it.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_MATCH, VARY};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};

use super::{json_body, number_in};
use crate::domain::audit::AuditAction;
use crate::domain::report::{Report, ReportNumber};
use crate::domain::role::Role;
use crate::http::answer::conditional::EntityTag;
use crate::http::answer::{JSON, json_bytes};
use crate::http::error::ApiError;
use crate::http::extract::api_request::ApiRequest;
use crate::service::answers::reports::{ReportAnswer, ReportQueueAnswer, ReportReader, ReportReviewAnswer};
use crate::service::error::ServiceError;
use crate::service::heavy_work::{WorkCost, WorkOrder};
use crate::service::intake::{Acting, IncomingJudgement, QueueView, ReviewedReport, incidents_near};
use crate::service::live::now_s;
use crate::service::query::Query;
use crate::texts::text;

const DEFAULT_LIMIT: u32 = 50;
const MAX_LIMIT: u32 = 200;

/// A page of reports: those that nobody has judged, or those that were.
pub(in crate::http) async fn queue(api_request: ApiRequest) -> Result<Response, ApiError> {
    let query = api_request.query(&["view", "limit", "cursor"])?;
    api_request.viewer.at_least(Role::Operator)?;
    let view = match query.value("view") {
        None | Some("open") => QueueView::Open,
        Some("judged") => QueueView::Judged,
        Some(other) => return Err(ApiError::none_of("view", other, vec!["open".into(), "judged".into()])),
    };
    let after = query
        .value("cursor")
        .map(|text| text.parse::<i64>().map_err(|_| ApiError::invalid("cursor", text, text!("expected-cursor"))));
    let page = api_request.state.service.intake()?.page(view, after.transpose()?, limit(&query)?).await?;
    let served = api_request.served()?;
    let reader = ReportReader { snapshot: &served.snapshot, by: &api_request.holder.label, now_s: now_s() };
    let bytes = json_bytes(&ReportQueueAnswer::of(&page, reader))?;
    let tag = EntityTag::of_bytes(&bytes);
    let is_known = tag.matches_request(&api_request.headers);
    let body = if is_known { Vec::new() } else { bytes };
    let status = if is_known { StatusCode::NOT_MODIFIED } else { StatusCode::OK };
    Ok(answered(status, tag.as_str().to_owned(), body))
}

/// One report beside what is near it in space and time.
pub(in crate::http) async fn review(api_request: ApiRequest, Path(number): Path<String>) -> Result<Response, ApiError> {
    let number = operated(&api_request, &number)?;
    let (intake, served) = (api_request.state.service.intake()?, api_request.served()?);
    let report = intake.report(&number).await?;
    let near_reports = intake.reports_near(&report, &served.snapshot).await?;
    let order = WorkOrder { role: api_request.role(), cost: WorkCost::Plain };
    let (asked, snapshot) = (report.clone(), Arc::clone(&served.snapshot));
    let near_incidents =
        api_request.state.service.compute(order, move || Ok(incidents_near(&asked, &snapshot))).await?;
    let tag = version_tag(&report);
    let reviewed = ReviewedReport { report, near_reports, near_incidents };
    let reader = ReportReader { snapshot: &served.snapshot, by: &api_request.holder.label, now_s: now_s() };
    Ok(answered(StatusCode::OK, tag, json_bytes(&ReportReviewAnswer::of(&reviewed, reader))?))
}

/// Keeps other operators away from a report for a while.
pub(in crate::http) async fn claim(api_request: ApiRequest, Path(number): Path<String>) -> Result<Response, ApiError> {
    let number = operated(&api_request, &number)?;
    let acting = Acting { by: &api_request.holder.label, now_s: now_s() };
    let report = api_request.state.service.intake()?.claim(&number, acting).await?;
    changed(&api_request, &report)
}

/// Gives a report back that was claimed.
pub(in crate::http) async fn release(
    api_request: ApiRequest,
    Path(number): Path<String>,
) -> Result<Response, ApiError> {
    let number = operated(&api_request, &number)?;
    let acting = Acting { by: &api_request.holder.label, now_s: now_s() };
    let report = api_request.state.service.intake()?.release(&number, acting).await?;
    changed(&api_request, &report)
}

/// Judges a report, where it is still what the operator saw.
pub(in crate::http) async fn judge(
    api_request: ApiRequest,
    Path(number): Path<String>,
    body: Body,
) -> Result<Response, ApiError> {
    let number = operated(&api_request, &number)?;
    let version = version_seen(&api_request.headers)?;
    let body = json_body(&api_request.headers, body).await?;
    let (service, served) = (&api_request.state.service, api_request.served()?);
    let acting = Acting { by: &api_request.holder.label, now_s: now_s() };
    let account = api_request.entry(AuditAction::Judgement, Some(1));
    let incoming = IncomingJudgement { body: &body, version, account: &account };
    let report = service.intake()?.judge(service.writer()?, &number, incoming, &served.snapshot, acting).await?;
    changed(&api_request, &report)
}

/// The number in the address of an operator, who sends no parameters.
fn operated(api_request: &ApiRequest, number: &str) -> Result<ReportNumber, ApiError> {
    api_request.query(&[])?;
    api_request.viewer.at_least(Role::Operator)?;
    number_in(number)
}

fn limit(query: &Query) -> Result<u32, ApiError> {
    let Some(text) = query.value("limit") else { return Ok(DEFAULT_LIMIT) };
    let number = text.parse().ok().filter(|number| (1..=MAX_LIMIT).contains(number));
    let bounds = || text!("expected-whole-number-between", least = "1", most = MAX_LIMIT.to_string());
    number.ok_or_else(|| ApiError::invalid("limit", text, bounds()))
}

/// The version that `If-Match` names.
fn version_seen(headers: &HeaderMap) -> Result<u32, ApiError> {
    let missing = || ApiError::PreconditionRequired { what: text!("report-if-match") };
    let tag = headers.get(IF_MATCH).ok_or_else(missing)?.to_str().unwrap_or_default();
    let version = tag.trim().trim_matches('"').parse();
    // A tag that is none of ours is none that the report has now.
    version.map_err(|_| ServiceError::Outdated { what: text!("report-if-match") }.into())
}

/// The tag that names the version of a report.
fn version_tag(report: &Report) -> String {
    format!("\"{}\"", report.version)
}

/// The report after a change.
fn changed(api_request: &ApiRequest, report: &Report) -> Result<Response, ApiError> {
    let served = api_request.served()?;
    let reader = ReportReader { snapshot: &served.snapshot, by: &api_request.holder.label, now_s: now_s() };
    Ok(answered(StatusCode::OK, version_tag(report), json_bytes(&ReportAnswer::of(report, reader))?))
}

/// An answer for operators, that nobody keeps.
fn answered(status: StatusCode, tag: String, body: Vec<u8>) -> Response {
    let head = [
        (CONTENT_TYPE, JSON.to_owned()),
        (CACHE_CONTROL, "private, no-store".to_owned()),
        (VARY, "Authorization".to_owned()),
        (ETAG, tag),
    ];
    (status, head, body).into_response()
}
