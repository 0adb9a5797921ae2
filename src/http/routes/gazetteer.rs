//! `/gazetteer`: every area of every edition by its name, with what became of it.

use axum::response::Response;

use crate::http::answer::{Freshness, Head, JSON, LanguageVariance, document};
use crate::http::error::ApiError;
use crate::http::extract::api_request::ApiRequest;
use crate::service::answers::about::gazetteer::GazetteerAnswer;

/// The areas, and the models for roles that see single ones.
pub(in crate::http) async fn areas(api_request: ApiRequest) -> Result<Response, ApiError> {
    api_request.query(&[])?;
    let served = api_request.served()?;
    let head = Head::new(&api_request, &served, "", Freshness::Revalidate, LanguageVariance::Neutral);
    let role = api_request.role();
    document(&api_request, head, JSON, move || Ok(GazetteerAnswer::of(&served, role))).await
}
