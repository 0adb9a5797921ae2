//! `/models`: places for roles that see them, counts by commune for the public.

use axum::response::Response;

use super::{Question, filter_and};
use crate::domain::area::Level;
use crate::http::answer::{Freshness, GEOJSON, Head, JSON, Wording, document};
use crate::http::ask::Ask;
use crate::http::documents;
use crate::http::error::ApiError;
use crate::http::filter::AskedFilter;

/// The models active on the last day of the period.
pub(in crate::http) async fn active(ask: Ask) -> Result<Response, ApiError> {
    let query = ask.query(&filter_and(&["edition"]))?;
    let served = ask.served()?;
    let asked = AskedFilter::resolved(&query, &served, ask.role())?;
    let question = Question::new(&ask, &served, asked);
    let head = Head::new(&ask, &served, &question.key(), Freshness::Revalidate, Wording::Neutral);
    if ask.role().sees_model_positions() {
        document(&ask, head, GEOJSON, move || Ok(documents::models::places(&question.assessed(Level::Commune)?))).await
    } else {
        document(&ask, head, JSON, move || Ok(documents::models::counts(&question.assessed(Level::Commune)?))).await
    }
}
