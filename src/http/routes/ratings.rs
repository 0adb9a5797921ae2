//! `/ratings`: one row per area, as JSON, CSV or a workbook.

use axum::response::Response;

use super::{AssessmentRequest, filter_and};
use crate::export::answer_tables;
use crate::http::answer::download::{Content, DownloadFormat, TableDownload, written};
use crate::http::error::ApiError;
use crate::http::extract::api_request::ApiRequest;
use crate::service::answers::areas::ratings::RatingsAnswer;
use crate::service::filter::{RequestedFilter, level};

/// The rows of a level.
pub(in crate::http) async fn rows(api_request: ApiRequest) -> Result<Response, ApiError> {
    let query = api_request.query(&filter_and(&["edition", "level", "f", "lang"]))?;
    let served = api_request.served()?;
    let requested = RequestedFilter::resolved(&query, &served, api_request.viewer)?;
    let level = level(&query, &served.snapshot, requested.filter.edition)?;
    let name = vec!["ratings".to_owned(), level.to_string(), requested.file_name()];
    let assessment_request = AssessmentRequest::new(&api_request, &served, requested);
    let form =
        TableDownload::requested(&api_request, &query, format!("{}&level={level}", assessment_request.key()), name)?;
    written(&api_request, &served, form, move |form| {
        let assessed = assessment_request.assessed(level)?;
        Ok(match form {
            DownloadFormat::Json => Content::document(&RatingsAnswer::of(&assessed))?,
            DownloadFormat::Csv | DownloadFormat::Xlsx => Content::table(answer_tables::ratings(&assessed)),
        })
    })
    .await
}
