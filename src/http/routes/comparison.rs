//! `/comparison`: areas side by side, two periods of some areas, or an area and the rest of a group.
//!
//! In: a request. Out: one of three answers, as JSON or as a table. Which areas and periods can be compared is
//! decided in `service::questions::comparison`.

use axum::response::Response;

use super::{AssessmentRequest, filter_and};
use crate::export::answer_tables;
use crate::http::answer::download::{Content, DownloadFormat, TableDownload, written};
use crate::http::error::ApiError;
use crate::http::extract::api_request::ApiRequest;
use crate::service::answers::comparison::against::AgainstAnswer;
use crate::service::answers::comparison::beside::BesideAnswer;
use crate::service::answers::comparison::two_periods::TwoPeriodsAnswer;
use crate::service::error::ServiceError;
use crate::service::filter::RequestedFilter;
use crate::service::query::Query;
use crate::service::questions::areas::RequestedAreas;
use crate::service::questions::comparison::{AREAS, AREAS_IN_TWO_PERIODS, GroupQuestion, two_periods};
use crate::texts::text;

/// A comparison, of the kind that the parameters select.
pub(in crate::http) async fn areas(api_request: ApiRequest) -> Result<Response, ApiError> {
    let query = api_request.query(&filter_and(&["edition", "areas", "periods", "with", "f", "lang"]))?;
    match (query.value("periods"), query.value("with")) {
        (None, None) => areas_beside(&api_request, &query).await,
        (Some(_), None) => areas_in_two_periods(&api_request, &query).await,
        (None, Some(_)) => area_against(&api_request, &query).await,
        (Some(_), Some(_)) => Err(ApiError::conflicting(text!("request-periods-or-group"))),
    }
}

/// Some areas and the differences between them.
async fn areas_beside(api_request: &ApiRequest, query: &Query) -> Result<Response, ApiError> {
    let served = api_request.served()?;
    let requested = RequestedFilter::resolved(query, &served, api_request.viewer)?;
    let areas = RequestedAreas::of(query, &served.snapshot, requested.filter.edition, &AREAS)?;
    let name = vec!["comparison".to_owned(), areas.file_name.clone(), requested.file_name()];
    let assessment_request = AssessmentRequest::new(api_request, &served, requested);
    let key = assessment_request.key() + &areas.key();
    let form = TableDownload::requested(api_request, query, key, name)?;
    written(api_request, &served, form, move |form| {
        let assessed = assessment_request.assessed(areas.level)?;
        let answer = BesideAnswer::of(&assessed, &areas.area_indices);
        Ok(match form {
            DownloadFormat::Json => Content::document(&answer)?,
            DownloadFormat::Csv | DownloadFormat::Xlsx => {
                Content::table(answer_tables::beside(&assessed, &areas.area_indices, &answer))
            }
        })
    })
    .await
}

async fn areas_in_two_periods(api_request: &ApiRequest, query: &Query) -> Result<Response, ApiError> {
    let served = api_request.served()?;
    let [first, second] = two_periods(query, &served, api_request.viewer)?;
    let areas = RequestedAreas::of(query, &served.snapshot, first.filter.edition, &AREAS_IN_TWO_PERIODS)?;
    let name = vec!["comparison".to_owned(), areas.file_name.clone(), first.file_name(), second.file_name()];
    let questions = [first, second].map(|requested| AssessmentRequest::new(api_request, &served, requested));
    let key = format!("{}&then={}{}", questions[0].key(), questions[1].key(), areas.key());
    let form = TableDownload::requested(api_request, query, key, name)?;
    written(api_request, &served, form, move |form| {
        let [first, second] = &questions;
        let (first, second) = (first.assessed(areas.level)?, second.assessed(areas.level)?);
        let answer = TwoPeriodsAnswer::of(&first, &second, &areas.area_indices);
        Ok(match form {
            DownloadFormat::Json => Content::document(&answer)?,
            DownloadFormat::Csv | DownloadFormat::Xlsx => {
                Content::table(answer_tables::two_periods(&first, &second, &answer))
            }
        })
    })
    .await
}

/// One area and the others of a group.
async fn area_against(api_request: &ApiRequest, query: &Query) -> Result<Response, ApiError> {
    let served = api_request.served()?;
    let question = GroupQuestion::of(query, &served, api_request.viewer)?;
    let GroupQuestion { requested, areas, .. } = &question;
    let name = ["comparison", &areas.file_name, question.group_name(), &requested.file_name()].map(str::to_owned);
    let assessment_request = AssessmentRequest::new(api_request, &served, requested.clone());
    let key = format!("{}{}&with={}", assessment_request.key(), areas.key(), question.group_name());
    let form = TableDownload::requested(api_request, query, key, name.to_vec())?;
    written(api_request, &served, form, move |form| {
        let assessed = assessment_request.assessed(question.areas.level)?;
        let answer = AgainstAnswer::of(&assessed, &question)?;
        match form {
            DownloadFormat::Json => Content::document(&answer),
            DownloadFormat::Csv | DownloadFormat::Xlsx => {
                let table = answer_tables::against(&assessed, &question, &answer).map(Content::table);
                table.ok_or_else(|| ServiceError::internal(&"an area without its row"))
            }
        }
    })
    .await
}
