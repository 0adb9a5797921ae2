//! `/comparison`: areas side by side, two periods of some areas, or an area and the rest of a group.

use axum::response::Response;

use super::{AssessmentRequest, filter_and};
use crate::assessment::comparison::reference::{Group, members, rest};
use crate::domain::area::{AreaIndex, Level};
use crate::export::answer_tables;
use crate::http::answer::download::{Content, DownloadFormat, TableDownload, written};
use crate::http::error::ApiError;
use crate::http::extract::api_request::ApiRequest;
use crate::http::extract::requested_areas::RequestedAreas;
use crate::service::answers::comparison::against::AgainstAnswer;
use crate::service::answers::comparison::beside::BesideAnswer;
use crate::service::answers::comparison::two_periods::TwoPeriodsAnswer;
use crate::service::error::ServiceError;
use crate::service::filter::RequestedFilter;
use crate::service::live::ServedSnapshot;
use crate::service::query::Query;
use crate::snapshot::EditionData;
use crate::texts::text;

/// How many areas are compared at once; fifteen pairs are as many as a reader takes in.
const AREAS: std::ops::RangeInclusive<usize> = 2..=6;
/// How many areas are followed from one period to another: every commune of a province.
const AREAS_IN_TWO_PERIODS: std::ops::RangeInclusive<usize> = 1..=300;

/// A comparison, of the kind that the parameters select.
pub(in crate::http) async fn areas(api_request: ApiRequest) -> Result<Response, ApiError> {
    let query = api_request.query(&filter_and(&["edition", "areas", "periods", "with", "f", "lang"]))?;
    match (query.value("periods"), query.value("with")) {
        (None, None) => areas_beside(&api_request, &query).await,
        (Some(text), None) => areas_in_two_periods(&api_request, &query, text).await,
        (None, Some(text)) => area_against(&api_request, &query, text).await,
        (Some(_), Some(_)) => Err(ApiError::conflicting(text!("request-periods-or-group"))),
    }
}

/// Some areas and the differences between them.
async fn areas_beside(api_request: &ApiRequest, query: &Query) -> Result<Response, ApiError> {
    let served = api_request.served()?;
    let requested = RequestedFilter::resolved(query, &served, api_request.viewer)?;
    let edition_data = edition_data(&served, &requested)?;
    let requested_areas = RequestedAreas::of(edition_data, query, AREAS)?;
    let name = vec!["comparison".to_owned(), requested_areas.file_name(edition_data), requested.file_name()];
    let assessment_request = AssessmentRequest::new(api_request, &served, requested);
    let key = assessment_request.key() + &requested_areas.key();
    let form = TableDownload::requested(api_request, query, key, name)?;
    written(api_request, &served, form, move |form| {
        let assessed = assessment_request.assessed(requested_areas.level)?;
        Ok(match form {
            DownloadFormat::Json => Content::document(&BesideAnswer::of(&assessed, &requested_areas.area_indices))?,
            DownloadFormat::Csv | DownloadFormat::Xlsx => {
                Content::table(answer_tables::beside(&assessed, &requested_areas.area_indices))
            }
        })
    })
    .await
}

async fn areas_in_two_periods(api_request: &ApiRequest, query: &Query, text: &str) -> Result<Response, ApiError> {
    let served = api_request.served()?;
    let [first, second] = periods(api_request, query, text, &served)?;
    let edition_data = edition_data(&served, &first)?;
    let requested_areas = RequestedAreas::of(edition_data, query, AREAS_IN_TWO_PERIODS)?;
    let name =
        ["comparison".to_owned(), requested_areas.file_name(edition_data), first.file_name(), second.file_name()]
            .to_vec();
    let questions = [first, second].map(|requested| AssessmentRequest::new(api_request, &served, requested));
    let key = format!("{}&then={}{}", questions[0].key(), questions[1].key(), requested_areas.key());
    let form = TableDownload::requested(api_request, query, key, name)?;
    written(api_request, &served, form, move |form| {
        let [first, second] = &questions;
        let (first, second) = (first.assessed(requested_areas.level)?, second.assessed(requested_areas.level)?);
        Ok(match form {
            DownloadFormat::Json => {
                Content::document(&TwoPeriodsAnswer::of(&first, &second, &requested_areas.area_indices))?
            }
            DownloadFormat::Csv | DownloadFormat::Xlsx => {
                Content::table(answer_tables::two_periods(&first, &second, &requested_areas.area_indices))
            }
        })
    })
    .await
}

/// The filters of two periods, each a window or a pair of days.
fn periods(
    api_request: &ApiRequest,
    query: &Query,
    text: &str,
    served: &ServedSnapshot,
) -> Result<[RequestedFilter; 2], ApiError> {
    const ONE_PERIOD: [&str; 3] = ["window", "from", "to"];
    if query.first_of(&ONE_PERIOD).is_some() {
        return Err(ApiError::conflicting(text!("request-periods-beside-a-period")));
    }
    let (first, second) = text.split_once(',').ok_or_else(|| not_two_periods(text))?;
    let requested = |one: &str| {
        let instead = match one.split_once("..") {
            Some((from, to)) => query.with_instead(&[], &[("from", from), ("to", to)]),
            None => query.with_instead(&[], &[("window", one)]),
        };
        RequestedFilter::resolved(&instead, served, api_request.viewer)
    };
    let (first, second) = (requested(first)?, requested(second)?);
    if first.filter.period.overlaps(second.filter.period) {
        return Err(ApiError::conflicting(text!("request-periods-share-days")));
    }
    Ok([first, second])
}

fn not_two_periods(text: &str) -> ApiError {
    ApiError::invalid("periods", text, text!("expected-two-periods"))
}

/// One area and the others of a group.
async fn area_against(api_request: &ApiRequest, query: &Query, text: &str) -> Result<Response, ApiError> {
    let group = group(text)?;
    let served = api_request.served()?;
    let requested = RequestedFilter::resolved(query, &served, api_request.viewer)?;
    let edition_data = edition_data(&served, &requested)?;
    let requested_areas = RequestedAreas::of(edition_data, query, 1..=1)?;
    let area_index = requested_areas.area_indices.first().copied().unwrap_or(AreaIndex::new(0));
    let members = members(&served.snapshot, group, edition_data, requested_areas.level, area_index);
    let members = members.ok_or_else(|| without_group(group, requested_areas.level))?;
    let name = ["comparison", &requested_areas.file_name(edition_data), group.as_str(), &requested.file_name()]
        .map(str::to_owned);
    let assessment_request = AssessmentRequest::new(api_request, &served, requested);
    let key = format!("{}{}&with={}", assessment_request.key(), requested_areas.key(), group.as_str());
    let form = TableDownload::requested(api_request, query, key, name.to_vec())?;
    written(api_request, &served, form, move |form| {
        let assessed = assessment_request.assessed(requested_areas.level)?;
        let rest = rest(assessed.assessment(), &members, area_index);
        let rest = rest.ok_or_else(|| without_group(group, requested_areas.level))?;
        let made = match form {
            DownloadFormat::Json => AgainstAnswer::of(&assessed, area_index, &members, &rest)
                .map(|document| Content::document(&document))
                .transpose()?,
            DownloadFormat::Csv | DownloadFormat::Xlsx => {
                answer_tables::against(&assessed, area_index, &members, &rest).map(Content::table)
            }
        };
        made.ok_or_else(|| ServiceError::internal(&"an area without its row"))
    })
    .await
}

fn group(text: &str) -> Result<Group, ApiError> {
    let named = Group::ALL.into_iter().find(|group| group.as_str() == text);
    let known = || Group::ALL.iter().map(|group| group.as_str().to_owned()).collect();
    named.ok_or_else(|| ApiError::none_of("with", text, known()))
}

fn without_group(group: Group, level: Level) -> ServiceError {
    let what = text!("request-group-of-one", level = level.as_str(), group = group.as_str());
    ServiceError::ConflictingParameters { what }
}

fn edition_data<'a>(served: &'a ServedSnapshot, requested: &RequestedFilter) -> Result<&'a EditionData, ApiError> {
    let edition_data = served.snapshot.edition(requested.filter.edition);
    edition_data.ok_or_else(|| ApiError::internal(&"a filter without its edition"))
}
