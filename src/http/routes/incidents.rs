//! `/incidents`: single incidents for those who may see them, each request written to the logs before it is answered;
//! squares for planners.

use std::sync::Arc;

use axum::response::Response;

use super::{AssessmentRequest, filter_and};
use crate::domain::audit::AuditAction;
use crate::domain::role::Role;
use crate::export;
use crate::http::answer::{CSV, Freshness, GEOJSON, Head, JSON, LanguageVariance, document, json_bytes};
use crate::http::error::ApiError;
use crate::http::extract::access_log::logged_request_id;
use crate::http::extract::api_request::ApiRequest;
use crate::http::extract::negotiation::media;
use crate::service::answers::incidents::cells::IncidentCellsAnswer;
use crate::service::answers::incidents::lines::IncidentLines;
use crate::service::answers::incidents::points::{
    IncidentPointsAnswer, LinkRelation, Located, LonLatBounds, Page, PageLink, PageRequest, page,
};
use crate::service::coded_body::CodedBody;
use crate::service::error::ServiceError;
use crate::service::filter::RequestedFilter;
use crate::service::live::ServedSnapshot;
use crate::service::query::{Query, encoded};
use crate::texts::text;

const DEFAULT_LIMIT: usize = 1_000;
const MAX_LIMIT: usize = 10_000;
/// A file is whole or refused: some 12 MB.
const MAX_ROWS_OF_FILE: usize = 100_000;

/// Points for those who see them, cells for planners.
pub(in crate::http) async fn points_or_cells(api_request: ApiRequest) -> Result<Response, ApiError> {
    api_request.viewer.at_least(Role::Planner)?;
    if api_request.role().sees_incident_points() { points(api_request).await } else { cells(api_request).await }
}

/// Squares with enough incidents.
async fn cells(api_request: ApiRequest) -> Result<Response, ApiError> {
    let (request, head) = AssessmentRequest::of_filter(&api_request, &filter_and(&["edition"]))?;
    api_request.account(AuditAction::Squares, None).await?;
    let answer = move || IncidentCellsAnswer::of(&request.served, &request.requested);
    document(&api_request, head, GEOJSON, answer).await
}

/// What those who see points ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum IncidentForm {
    /// A page of single incidents.
    Page,
    /// All of them as a file.
    Csv,
    /// Counts in squares.
    Squares,
}

/// Single incidents: a page, or all as a file; or how many lie in each square.
async fn points(api_request: ApiRequest) -> Result<Response, ApiError> {
    let query = api_request.query(&filter_and(&["edition", "bbox", "limit", "cursor", "located", "shape", "f"]))?;
    let form = form(&api_request, &query)?;
    let served = api_request.served()?;
    let requested = RequestedFilter::resolved(&query, &served, api_request.viewer)?;
    if form == IncidentForm::Squares {
        return squares(api_request, served, requested).await;
    }
    let located = located(&query)?;
    let limit = if form == IncidentForm::Csv { MAX_ROWS_OF_FILE } else { limit(&query)? };
    let after = query.value("cursor").map(str::to_owned);
    let page_request = PageRequest { located, bounds: bounds(&query)?, after, limit, requested };
    if form == IncidentForm::Csv {
        return file(api_request, served, page_request).await;
    }
    let head = head(&api_request, &served, form);
    let found = read(&api_request, &served, &head, &page_request).await?;
    api_request.account(AuditAction::Points, Some(found.returned() as u64)).await?;
    if let Some(response) = head.not_modified() {
        return Ok(response);
    }
    let links = links(&api_request, &query, &found);
    let (coding, viewer) = (head.coding(), api_request.viewer);
    let answer = move || {
        let answer = IncidentPointsAnswer::of(&served.snapshot, &page_request.requested, viewer, &found, links);
        Ok(CodedBody::new(json_bytes(&answer)?, coding))
    };
    let body = api_request.state.service.compute(head.work_order(), answer).await?;
    Ok(head.with(GEOJSON, body))
}

/// All incidents of the filter in one file.
async fn file(
    api_request: ApiRequest,
    served: Arc<ServedSnapshot>,
    page_request: PageRequest,
) -> Result<Response, ApiError> {
    let of_what = if page_request.located == Located::AtPoint { "incidents" } else { "incidents-without-place" };
    let name = format!("binhyen-{of_what}-{}.csv", page_request.requested.file_name());
    let head = head(&api_request, &served, IncidentForm::Csv).saved_as(name);
    let found = read(&api_request, &served, &head, &page_request).await?;
    if found.next.is_some() {
        let (found, most) = (found.matched.to_string(), MAX_ROWS_OF_FILE.to_string());
        return Err(ApiError::conflicting(text!("refusal-too-many-incidents", found = found, most = most)));
    }
    api_request.account(AuditAction::Export, Some(found.returned() as u64)).await?;
    if let Some(response) = head.not_modified() {
        return Ok(response);
    }
    let (coding, role) = (head.coding(), api_request.role());
    let written = move || {
        let requested = &page_request.requested;
        let file = export::incidents(&IncidentLines { snapshot: &served.snapshot, requested, role, rows: &found.rows });
        Ok(CodedBody::new(file.map_err(|error| ServiceError::internal(&error))?, coding))
    };
    let body = api_request.state.service.compute(head.work_order(), written).await?;
    Ok(head.with(CSV, body))
}

/// How many incidents lie in each square of a kilometre.
async fn squares(
    api_request: ApiRequest,
    served: Arc<ServedSnapshot>,
    requested: RequestedFilter,
) -> Result<Response, ApiError> {
    let head = head(&api_request, &served, IncidentForm::Squares);
    tracing::info!(
        target: "binhyen::access",
        {
            request.id = logged_request_id(&api_request.headers),
            viewer.label = &*api_request.holder.label,
            viewer.role = api_request.role().as_str(),
            query = api_request.raw_query(),
        },
        "squares of incidents were read",
    );
    api_request.account(AuditAction::Squares, None).await?;
    let answer = move || Ok(IncidentCellsAnswer::of_points(&served.snapshot, &requested));
    document(&api_request, head, GEOJSON, answer).await
}

/// The head of an answer; the address names all that decides it but the form that `Accept` chose.
fn head(api_request: &ApiRequest, served: &ServedSnapshot, form: IncidentForm) -> Head {
    let key = format!("{}&form={form:?}", api_request.raw_query());
    Head::new(api_request, served, &key, Freshness::Revalidate, LanguageVariance::Neutral).varying_by_media()
}

/// The incidents of a page; that they were read is written to the log.
async fn read(
    api_request: &ApiRequest,
    served: &Arc<ServedSnapshot>,
    head: &Head,
    page_request: &PageRequest,
) -> Result<Page, ApiError> {
    let (served, page_request) = (Arc::clone(served), page_request.clone());
    let found =
        api_request.state.service.compute(head.work_order(), move || page(&served.snapshot, &page_request)).await?;
    tracing::info!(
        target: "binhyen::access",
        {
            request.id = logged_request_id(&api_request.headers),
            viewer.label = &*api_request.holder.label,
            viewer.role = api_request.role().as_str(),
            query = api_request.raw_query(),
            incidents.matched = found.matched,
            incidents.returned = found.returned(),
        },
        "incident points were read",
    );
    Ok(found)
}

/// The form asked for. Squares and files are whole: what names a part of them is refused.
fn form(api_request: &ApiRequest, query: &Query) -> Result<IncidentForm, ApiError> {
    let form = match (query.value("shape"), written_form(api_request, query)?) {
        (Some("squares"), _) if query.value("f") == Some("csv") => {
            return Err(ApiError::conflicting(text!("refusal-whole-answer", name = "f=csv")));
        }
        (Some("squares"), _) => IncidentForm::Squares,
        (None | Some("points"), form) => form,
        (Some(other), _) => return Err(ApiError::none_of("shape", other, words(["points", "squares"]))),
    };
    let is_refused = |name: &&str| match form {
        IncidentForm::Page => false,
        IncidentForm::Csv => ["limit", "cursor"].contains(name),
        IncidentForm::Squares => ["limit", "cursor", "bbox", "located"].contains(name),
    };
    let named = ["limit", "cursor", "bbox", "located"].into_iter().filter(is_refused);
    match named.into_iter().find(|name| query.value(name).is_some()) {
        Some(name) => Err(ApiError::conflicting(text!("refusal-whole-answer", name = name))),
        None => Ok(form),
    }
}

/// The parameter `f` before the `Accept` header.
fn written_form(api_request: &ApiRequest, query: &Query) -> Result<IncidentForm, ApiError> {
    let csv = CSV.split(';').next().unwrap_or_default();
    match query.value("f") {
        Some("csv") => Ok(IncidentForm::Csv),
        Some("json") => Ok(IncidentForm::Page),
        Some(other) => Err(ApiError::none_of("f", other, words(["csv", "json"]))),
        None if media(&api_request.headers, &[GEOJSON, JSON, csv]) == Some(csv) => Ok(IncidentForm::Csv),
        None => Ok(IncidentForm::Page),
    }
}

fn located(query: &Query) -> Result<Located, ApiError> {
    match query.value("located") {
        None | Some("true") => Ok(Located::AtPoint),
        Some("false") if query.value("bbox").is_some() => {
            Err(ApiError::conflicting(text!("refusal-box-without-place")))
        }
        Some("false") => Ok(Located::Nowhere),
        Some(other) => Err(ApiError::none_of("located", other, words(["false", "true"]))),
    }
}

fn words(known: [&str; 2]) -> Vec<String> {
    known.map(str::to_owned).into()
}

fn links(api_request: &ApiRequest, query: &Query, page: &Page) -> Vec<PageLink> {
    let pairs: Vec<String> = filter_and(&["edition", "bbox", "limit", "located", "shape", "f"])
        .into_iter()
        .filter_map(|name| Some(format!("{name}={}", encoded(query.value(name)?))))
        .collect();
    let address = |cursor: Option<&str>| {
        let cursor = cursor.map(|id| format!("cursor={}", encoded(id)));
        let query: Vec<String> = pairs.iter().cloned().chain(cursor).collect();
        let mark = if query.is_empty() { "" } else { "?" };
        api_request.site.address(&format!("/incidents{mark}{}", query.join("&")))
    };
    let link = |rel, cursor: Option<&str>| PageLink { rel, media: GEOJSON, href: address(cursor) };
    let next = page.next.as_deref().map(|id| link(LinkRelation::Next, Some(id)));
    std::iter::once(link(LinkRelation::This, query.value("cursor"))).chain(next).collect()
}

fn limit(query: &Query) -> Result<usize, ApiError> {
    let Some(text) = query.value("limit") else { return Ok(DEFAULT_LIMIT) };
    let number = text.parse::<usize>().ok().filter(|limit| (1..=MAX_LIMIT).contains(limit));
    let expected = || text!("expected-number-up-to", most = MAX_LIMIT.to_string());
    number.ok_or_else(|| ApiError::invalid("limit", text, expected()))
}

fn bounds(query: &Query) -> Result<Option<LonLatBounds>, ApiError> {
    let Some(text) = query.value("bbox") else { return Ok(None) };
    let wrong = || ApiError::invalid("bbox", text, text!("expected-bounds"));
    let numbers: Vec<f64> =
        text.split(',').map(|part| part.trim().parse().map_err(|_| wrong())).collect::<Result<_, _>>()?;
    let &[west, south, east, north] = numbers.as_slice() else { return Err(wrong()) };
    let fits = west <= east && south <= north && west >= -180.0 && east <= 180.0 && south >= -90.0 && north <= 90.0;
    if fits { Ok(Some(LonLatBounds { west, south, east, north })) } else { Err(wrong()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(text: &str) -> Query {
        Query::parse(Some(text), &["bbox", "limit"]).unwrap()
    }

    #[test]
    fn a_box_has_four_ordered_numbers_of_degrees() {
        let expected = LonLatBounds { west: 107.0, south: 15.0, east: 109.0, north: 16.0 };
        assert_eq!(bounds(&query("bbox=107,15,109,16")).unwrap(), Some(expected));
        assert_eq!(bounds(&query("")).unwrap(), None);
        for wrong in ["1,2,3", "109,15,107,16", "NaN,15,109,16", "107,15,109,inf", "500000,1700000,510000,1710000", ""]
        {
            assert!(bounds(&query(&format!("bbox={wrong}"))).is_err(), "{wrong}");
        }
    }

    #[test]
    fn limits_stay_within_reason() {
        assert_eq!(limit(&query("")).unwrap(), 1_000);
        assert_eq!(limit(&query("limit=10000")).unwrap(), 10_000);
        for wrong in ["0", "10001", "-1", "ten"] {
            assert!(limit(&query(&format!("limit={wrong}"))).is_err(), "{wrong}");
        }
    }
}
