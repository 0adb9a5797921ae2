//! `/certifications` and `/disagreements`: shares of recognised units, and where our check contradicts a decision.

use axum::response::Response;

use super::Question;
use crate::domain::area::Level;
use crate::domain::role::Role;
use crate::http::answer::{Freshness, Head, JSON, Wording, document};
use crate::http::ask::Ask;
use crate::http::documents;
use crate::http::error::ApiError;
use crate::http::filter::{AskedFilter, level};

/// The shares of a level by kind of unit, and those of the whole edition.
pub(in crate::http) async fn shares(ask: Ask) -> Result<Response, ApiError> {
    let query = ask.query(&["edition", "level", "window"])?;
    let served = ask.served()?;
    let asked = AskedFilter::resolved(&query, &served, ask.role())?;
    let level = level(&query, &served.snapshot, asked.filter.edition)?;
    let question = Question::new(&ask, &served, asked);
    let key = format!("{}&level={level}", question.key());
    let head = Head::new(&ask, &served, &key, Freshness::Revalidate, Wording::Neutral);
    document(&ask, head, JSON, move || {
        let (areas, province) = (question.assessed(level)?, question.assessed(Level::Province)?);
        Ok(documents::certifications::certifications(&areas, &province))
    })
    .await
}

/// The units whose check contradicts their decision.
pub(in crate::http) async fn disagreements(ask: Ask) -> Result<Response, ApiError> {
    ask.viewer.at_least(Role::Planner)?;
    let query = ask.query(&["edition", "window"])?;
    let served = ask.served()?;
    let asked = AskedFilter::resolved(&query, &served, ask.role())?;
    let question = Question::new(&ask, &served, asked);
    let head = Head::new(&ask, &served, &question.key(), Freshness::Revalidate, Wording::Neutral);
    document(&ask, head, JSON, move || Ok(documents::disagreements::listed(&question.assessed(Level::Commune)?))).await
}
