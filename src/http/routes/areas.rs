//! `/areas`, `/areas/{edition}/{code}`, and what gathers among them: `/clusters`.

use std::sync::Arc;

use axum::extract::Path;
use axum::response::Response;
use serde::Deserialize;

use super::{AssessmentRequest, filter_and};
use crate::domain::area::{AreaIndex, Level};
use crate::export::answer_tables;
use crate::http::answer::download::{Content, DownloadFormat, FORM, TableDownload, written};
use crate::http::answer::{Freshness, GEOJSON, Head, JSON, LanguageVariance, document};
use crate::http::error::ApiError;
use crate::http::extract::api_request::ApiRequest;
use crate::service::answers::areas::area::AreaAnswer;
use crate::service::answers::areas::collection::AreaCollection;
use crate::service::answers::areas::explanation::{ExplanationAnswer, explained};
use crate::service::answers::geometry::GeometryDetail;
use crate::service::error::ServiceError;
use crate::service::filter::{RequestedFilter, edition, level};
use crate::service::heavy_work::WorkCost;
use crate::service::query::Query;
use crate::service::questions::areas::NamedArea;
use crate::service::questions::clusters::ClusterQuestion;

/// What the boundaries of a level as they were imported cost: megabytes of text, written and compressed.
const FULL_GEOMETRY: WorkCost = WorkCost::Units(2);

/// The areas of a level as GeoJSON.
pub(in crate::http) async fn collection(api_request: ApiRequest) -> Result<Response, ApiError> {
    let query = api_request.query(&filter_and(&["edition", "level", "geometry"]))?;
    let served = api_request.served()?;
    let requested = RequestedFilter::resolved(&query, &served, api_request.viewer)?;
    let level = level(&query, &served.snapshot, requested.filter.edition)?;
    let shape = shape(&query)?;
    let assessment_request = AssessmentRequest::new(&api_request, &served, requested);
    let key = format!("{}&level={level}&geometry={}", assessment_request.key(), shape.as_str());
    let head = Head::new(&api_request, &served, &key, Freshness::Revalidate, LanguageVariance::Neutral);
    let head = if shape == GeometryDetail::Full { head.at_cost(FULL_GEOMETRY) } else { head };
    document(&api_request, head, GEOJSON, move || Ok(AreaCollection::of(&assessment_request.assessed(level)?, shape)))
        .await
}

/// One area with all that is known of it.
pub(in crate::http) async fn one(api_request: ApiRequest, Path(path): Path<AreaPath>) -> Result<Response, ApiError> {
    let AreaRequest { assessment_request, level, area_index, .. } = AreaRequest::of(&api_request, &path, &[])?;
    let served = Arc::clone(&assessment_request.served);
    let head =
        Head::new(&api_request, &served, &assessment_request.key(), Freshness::Revalidate, LanguageVariance::Neutral);
    document(&api_request, head, JSON, move || {
        let assessed = assessment_request.assessed(level)?;
        AreaAnswer::of(&assessed, area_index).ok_or_else(|| ServiceError::internal(&"an area without its row"))
    })
    .await
}

/// Why one area has its letter.
pub(in crate::http) async fn explanation(
    api_request: ApiRequest,
    Path(path): Path<AreaPath>,
) -> Result<Response, ApiError> {
    let AreaRequest { query, assessment_request, level, area_index } = AreaRequest::of(&api_request, &path, &FORM)?;
    let name = vec!["explanation".to_owned(), path.code, assessment_request.requested.file_name()];
    let form = TableDownload::requested(&api_request, &query, assessment_request.key(), name)?;
    let served = Arc::clone(&assessment_request.served);
    written(&api_request, &served, form, move |form| {
        let assessed = assessment_request.assessed(level)?;
        let explained = explained(&assessed, area_index)?;
        let explained = explained.ok_or_else(|| ServiceError::internal(&"an area without its row"))?;
        let answer = ExplanationAnswer::of(&assessed, area_index, &explained);
        Ok(match form {
            DownloadFormat::Json => Content::document(&answer)?,
            DownloadFormat::Csv | DownloadFormat::Xlsx => {
                Content::table(answer_tables::explanation(&assessed, &answer))
            }
        })
    })
    .await
}

/// Where areas together lie above the common level.
pub(in crate::http) async fn clusters(api_request: ApiRequest) -> Result<Response, ApiError> {
    let query = api_request.query(&filter_and(&["edition", "level", "shape", "f", "lang"]))?;
    let served = api_request.served()?;
    let question = ClusterQuestion::of(&query, &served, api_request.viewer)?;
    let name = vec!["clusters".to_owned(), question.level.to_string(), question.requested.file_name()];
    let form = TableDownload::requested(&api_request, &query, question.key(&served), name)?;
    let (state, answered) = (Arc::clone(&api_request.state), Arc::clone(&served));
    written(&api_request, &served, form, move |form| {
        let answer = state.service.clusters(&answered, &question)?;
        Ok(match form {
            DownloadFormat::Json => Content::document(&answer)?,
            DownloadFormat::Csv | DownloadFormat::Xlsx => {
                Content::table(answer_tables::clusters(&answered, &question, &answer))
            }
        })
    })
    .await
}

/// The names in the address of an area, as the address writes them.
#[derive(Debug, Deserialize)]
pub(in crate::http) struct AreaPath {
    edition: String,
    code: String,
}

/// A question on the area that an address names.
struct AreaRequest {
    query: Query,
    assessment_request: AssessmentRequest,
    level: Level,
    area_index: AreaIndex,
}

impl AreaRequest {
    /// The area of an address that takes the filter and some more parameters.
    fn of(api_request: &ApiRequest, path: &AreaPath, more: &[&'static str]) -> Result<Self, ApiError> {
        let query = api_request.query(&filter_and(more))?;
        let served = api_request.served()?;
        let edition = edition(&served.snapshot, &path.edition)?;
        let requested = RequestedFilter::on_edition(edition, &query, &served, api_request.viewer)?;
        let NamedArea { level, area_index } = NamedArea::of(&served.snapshot, edition, &path.code)?;
        let assessment_request = AssessmentRequest::new(api_request, &served, requested);
        Ok(Self { query, assessment_request, level, area_index })
    }
}

fn shape(query: &Query) -> Result<GeometryDetail, ApiError> {
    match query.value("geometry") {
        None => Ok(GeometryDetail::Simplified),
        Some(text) => text.parse().map_err(|()| ApiError::none_of("geometry", text, GeometryDetail::names())),
    }
}
