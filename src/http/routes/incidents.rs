//! `/incidents`: points for those who may see them, each request written to the log.

use std::sync::Arc;

use axum::response::Response;

use super::{AssessmentRequest, filter_and};
use crate::domain::role::Role;
use crate::http::answer::{Freshness, GEOJSON, Head, LanguageVariance, document, json_bytes};
use crate::http::error::ApiError;
use crate::http::extract::access_log::logged_request_id;
use crate::http::extract::api_request::ApiRequest;
use crate::service::answers::incidents::cells::IncidentCellsAnswer;
use crate::service::answers::incidents::points::{
    IncidentPointsAnswer, LinkRelation, LonLatBounds, Page, PageLink, PageRequest, page,
};
use crate::service::coded_body::CodedBody;
use crate::service::filter::RequestedFilter;
use crate::service::query::{Query, encoded};
use crate::texts::text;

const DEFAULT_LIMIT: usize = 1_000;
const MAX_LIMIT: usize = 10_000;

/// Points for those who see them, cells for planners.
pub(in crate::http) async fn points_or_cells(api_request: ApiRequest) -> Result<Response, ApiError> {
    api_request.viewer.at_least(Role::Planner)?;
    if api_request.role().sees_incident_points() { points(api_request).await } else { cells(api_request).await }
}

/// Squares with enough incidents.
async fn cells(api_request: ApiRequest) -> Result<Response, ApiError> {
    let (request, head) = AssessmentRequest::of_filter(&api_request, &filter_and(&["edition"]))?;
    let answer = move || IncidentCellsAnswer::of(&request.served, &request.requested);
    document(&api_request, head, GEOJSON, answer).await
}

/// One page of incidents.
async fn points(api_request: ApiRequest) -> Result<Response, ApiError> {
    let query = api_request.query(&filter_and(&["edition", "bbox", "limit", "cursor"]))?;
    let served = api_request.served()?;
    let requested = PageRequest {
        requested: RequestedFilter::resolved(&query, &served, api_request.viewer)?,
        bounds: bounds(&query)?,
        after: query.value("cursor").map(str::to_owned),
        limit: limit(&query)?,
    };
    let head =
        Head::new(&api_request, &served, api_request.raw_query(), Freshness::Revalidate, LanguageVariance::Neutral);
    let (work_served, work_asked) = (Arc::clone(&served), requested.clone());
    let found =
        api_request.state.service.compute(head.work_order(), move || page(&work_served.snapshot, &work_asked)).await?;
    tracing::info!(
        target: "binhyen::access",
        {
            request.id = logged_request_id(&api_request.headers),
            viewer.label = &*api_request.label,
            viewer.role = api_request.role().as_str(),
            query = api_request.raw_query(),
            incidents.matched = found.matched,
            incidents.returned = found.returned(),
        },
        "incident points were read",
    );
    if let Some(response) = head.not_modified() {
        return Ok(response);
    }
    let links = links(&api_request, &query, &found);
    let (coding, viewer) = (head.coding(), api_request.viewer);
    let body = api_request
        .state
        .service
        .compute(head.work_order(), move || {
            let answer = IncidentPointsAnswer::of(&served.snapshot, &requested.requested, viewer, &found, links);
            Ok(CodedBody::new(json_bytes(&answer)?, coding))
        })
        .await?;
    Ok(head.with(GEOJSON, body))
}

fn links(api_request: &ApiRequest, query: &Query, page: &Page) -> Vec<PageLink> {
    let pairs: Vec<String> = filter_and(&["edition", "bbox", "limit"])
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
