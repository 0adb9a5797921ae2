//! `/certifications` and `/disagreements`: shares of recognised units, and where our check contradicts a decision.

use axum::response::Response;

use super::AssessmentRequest;
use crate::domain::area::Level;
use crate::domain::role::Role;
use crate::http::answer::{Freshness, Head, JSON, LanguageVariance, document};
use crate::http::error::ApiError;
use crate::http::extract::api_request::ApiRequest;
use crate::service::answers::statutory::certifications::CertificationsAnswer;
use crate::service::answers::statutory::disagreements::DisagreementsAnswer;
use crate::service::filter::{RequestedFilter, level};

/// The shares of a level by kind of unit, and those of the whole edition.
pub(in crate::http) async fn shares(api_request: ApiRequest) -> Result<Response, ApiError> {
    let query = api_request.query(&["edition", "level", "window"])?;
    let served = api_request.served()?;
    let requested = RequestedFilter::of_units(&query, &served, api_request.viewer)?;
    let level = level(&query, &served.snapshot, requested.filter.edition)?;
    let assessment_request = AssessmentRequest::new(&api_request, &served, requested);
    let key = format!("{}&level={level}", assessment_request.key());
    let head = Head::new(&api_request, &served, &key, Freshness::Revalidate, LanguageVariance::Neutral);
    document(&api_request, head, JSON, move || {
        let (areas, province) = (assessment_request.assessed(level)?, assessment_request.assessed(Level::Province)?);
        Ok(CertificationsAnswer::of(&areas, &province))
    })
    .await
}

/// The units whose check contradicts their decision.
pub(in crate::http) async fn disagreements(api_request: ApiRequest) -> Result<Response, ApiError> {
    api_request.viewer.at_least(Role::Planner)?;
    let query = api_request.query(&["edition", "window"])?;
    let served = api_request.served()?;
    let requested = RequestedFilter::of_units(&query, &served, api_request.viewer)?;
    let assessment_request = AssessmentRequest::new(&api_request, &served, requested);
    let key = assessment_request.key();
    let head = Head::new(&api_request, &served, &key, Freshness::Revalidate, LanguageVariance::Neutral);
    document(&api_request, head, JSON, move || {
        Ok(DisagreementsAnswer::of(&assessment_request.assessed(Level::Commune)?))
    })
    .await
}
