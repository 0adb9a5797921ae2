//! `/ratings`: one row per area, as JSON or CSV.

use axum::response::Response;

use super::{Question, filter_and};
use crate::http::answer::{CSV, Freshness, Head, JSON, Wording, bytes, document};
use crate::http::ask::Ask;
use crate::http::documents;
use crate::http::error::ApiError;
use crate::http::filter::{AskedFilter, level};
use crate::http::negotiation::media;
use crate::http::query::Query;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Json,
    Csv,
}

/// The rows of a level.
pub(in crate::http) async fn rows(ask: Ask) -> Result<Response, ApiError> {
    let query = ask.query(&filter_and(&["edition", "level", "f"]))?;
    let format = format(&ask, &query)?;
    let served = ask.served()?;
    let asked = AskedFilter::resolved(&query, &served, ask.role())?;
    let level = level(&query, &served.snapshot, asked.filter.edition)?;
    let question = Question::new(&ask, &served, asked);
    let key = format!("{}&level={level}&f={format:?}", question.key());
    let head = Head::new(&ask, &served, &key, Freshness::Revalidate, Wording::Neutral).varying_by_media();
    match format {
        Format::Json => {
            document(&ask, head, JSON, move || Ok(documents::ratings::ratings(&question.assessed(level)?))).await
        }
        Format::Csv => bytes(&ask, head, CSV, move || documents::table::csv(&question.assessed(level)?)).await,
    }
}

/// The parameter `f` before the `Accept` header.
fn format(ask: &Ask, query: &Query) -> Result<Format, ApiError> {
    let offered = ["application/json", "text/csv"];
    match query.value("f") {
        Some("json") => Ok(Format::Json),
        Some("csv") => Ok(Format::Csv),
        Some(other) => Err(ApiError::none_of("f", other, vec!["json".into(), "csv".into()])),
        None => match media(&ask.headers, &offered) {
            Some("text/csv") => Ok(Format::Csv),
            Some(_) => Ok(Format::Json),
            None => Err(ApiError::NotAcceptable { offered: offered.to_vec() }),
        },
    }
}
