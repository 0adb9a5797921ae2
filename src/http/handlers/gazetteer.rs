//! `/gazetteer`: every area of every edition by its name, with what became of it.

use axum::response::Response;

use crate::http::answer::{Freshness, Head, JSON, Wording, document};
use crate::http::ask::Ask;
use crate::http::documents;
use crate::http::error::ApiError;

/// The areas, and the models for roles that see single ones.
pub(in crate::http) async fn areas(ask: Ask) -> Result<Response, ApiError> {
    ask.query(&[])?;
    let served = ask.served()?;
    let head = Head::new(&ask, &served, "", Freshness::Revalidate, Wording::Neutral);
    let role = ask.role();
    document(&ask, head, JSON, move || Ok(documents::gazetteer::gazetteer(&served.snapshot, role))).await
}
