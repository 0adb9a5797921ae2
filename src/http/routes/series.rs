//! `/series`: counts and rates of some areas, step by step.

use std::sync::Arc;

use axum::response::Response;

use super::filter_and;
use crate::export::answer_tables;
use crate::http::answer::download::{Content, DownloadFormat, TableDownload, written};
use crate::http::error::ApiError;
use crate::http::extract::api_request::ApiRequest;
use crate::service::questions::series::SeriesQuestion;

/// Some areas over the steps of a period.
pub(in crate::http) async fn by_step(api_request: ApiRequest) -> Result<Response, ApiError> {
    let query = api_request.query(&filter_and(&["edition", "areas", "by", "f", "lang"]))?;
    let served = api_request.served()?;
    let question = SeriesQuestion::of(&query, &served, api_request.viewer)?;
    let form = TableDownload::requested(&api_request, &query, question.key(&served), question.file_name())?
        .at_cost(question.cost());
    let held = Arc::clone(&served);
    written(&api_request, &served, form, move |form| {
        let answer = question.answer(&held)?;
        Ok(match form {
            DownloadFormat::Json => Content::document(&answer)?,
            DownloadFormat::Csv | DownloadFormat::Xlsx => {
                Content::table(answer_tables::series(&held, &question, &answer))
            }
        })
    })
    .await
}
