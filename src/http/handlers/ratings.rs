//! `/ratings`: one row per area, as JSON, CSV or a workbook.

use axum::response::Response;

use super::{Question, filter_and};
use crate::http::ask::Ask;
use crate::http::documents;
use crate::http::download::{Content, Form, Written, written};
use crate::http::error::ApiError;
use crate::http::filter::{AskedFilter, level};

/// The rows of a level.
pub(in crate::http) async fn rows(ask: Ask) -> Result<Response, ApiError> {
    let query = ask.query(&filter_and(&["edition", "level", "f", "lang"]))?;
    let served = ask.served()?;
    let asked = AskedFilter::resolved(&query, &served, ask.role())?;
    let level = level(&query, &served.snapshot, asked.filter.edition)?;
    let name = vec!["ratings".to_owned(), level.to_string(), asked.file_name()];
    let question = Question::new(&ask, &served, asked);
    let form = Written::asked(&ask, &query, format!("{}&level={level}", question.key()), name)?;
    written(&ask, &served, form, move |form| {
        let assessed = question.assessed(level)?;
        Ok(match form {
            Form::Json => Content::Document(documents::ratings::ratings(&assessed)),
            Form::Csv | Form::Xlsx => Content::table(documents::tables::ratings(&assessed)),
        })
    })
    .await
}
