//! The handlers: each extracts, calls the service and answers.

pub(super) mod areas;
pub(super) mod certifications;
pub(super) mod comparison;
pub(super) mod export;
pub(super) mod gazetteer;
pub(super) mod incidents;
pub(super) mod live;
pub(super) mod models;
pub(super) mod oembed;
pub(super) mod ogc;
pub(super) mod ogc_tiles;
pub(super) mod page;
pub(super) mod ratings;
pub(super) mod reports;
pub(super) mod series;
pub(super) mod service;
pub(super) mod share;
pub(super) mod situation;
pub(super) mod styles;
pub(super) mod tiles;

use std::sync::Arc;

use super::answer::{Freshness, Head, LanguageVariance};
use super::error::ApiError;
use super::extract::api_request::ApiRequest;
use super::state::AppState;
use crate::domain::area::Level;
use crate::service::answers::AssessedLevel;
use crate::service::error::ServiceError;
use crate::service::filter::{FILTER, RequestedFilter};
use crate::service::live::ServedSnapshot;
use crate::service::viewer::Viewer;

/// The parameters of the filter and some more.
fn filter_and(more: &[&'static str]) -> Vec<&'static str> {
    FILTER.iter().chain(more).copied().collect()
}

/// The parameters of an assessment, free of the request so that a worker can take it.
#[derive(Debug, Clone)]
pub(in crate::http) struct AssessmentRequest {
    pub(in crate::http) state: Arc<AppState>,
    pub(in crate::http) served: Arc<ServedSnapshot>,
    pub(in crate::http) requested: RequestedFilter,
    pub(in crate::http) viewer: Viewer,
}

impl AssessmentRequest {
    pub(in crate::http) fn new(
        api_request: &ApiRequest,
        served: &Arc<ServedSnapshot>,
        requested: RequestedFilter,
    ) -> Self {
        let state = Arc::clone(&api_request.state);
        Self { state, served: Arc::clone(served), requested, viewer: api_request.viewer }
    }

    /// A question that the filter, an edition and nothing else describe, with the head of its answer.
    pub(in crate::http) fn of_filter(
        api_request: &ApiRequest,
        parameters: &[&'static str],
    ) -> Result<(Self, Head), ApiError> {
        let query = api_request.query(parameters)?;
        let served = api_request.served()?;
        let requested = RequestedFilter::resolved(&query, &served, api_request.viewer)?;
        let request = Self::new(api_request, &served, requested);
        let head = Head::new(api_request, &served, &request.key(), Freshness::Revalidate, LanguageVariance::Neutral);
        Ok((request, head))
    }

    /// The canonical text of the filter.
    pub(in crate::http) fn key(&self) -> String {
        self.requested.key(&self.served.snapshot)
    }

    /// The assessment of a level. Blocks while it is made.
    pub(in crate::http) fn assessed(&self, level: Level) -> Result<AssessedLevel, ServiceError> {
        self.state.service.assessed(&self.served, self.requested.clone(), level, self.viewer)
    }
}
