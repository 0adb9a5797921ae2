//! `/models` and below: places for roles that see them, counts by commune for the public; single models and effects
//! from planners up.

use std::sync::Arc;

use axum::extract::Path;
use axum::response::Response;

use super::{AssessmentRequest, filter_and};
use crate::domain::area::Level;
use crate::domain::area::edition::EditionId;
use crate::domain::model::ModelIndex;
use crate::domain::role::Role;
use crate::http::answer::{Freshness, GEOJSON, Head, JSON, LanguageVariance, document};
use crate::http::error::{ApiError, quoted};
use crate::http::extract::api_request::ApiRequest;
use crate::http::state::AppState;
use crate::service::answers::models::active::{ModelCountsAnswer, ModelPointsAnswer};
use crate::service::answers::models::model::ModelAnswer;
use crate::service::error::ServiceError;
use crate::service::filter::{default_edition, edition};
use crate::service::live::ServedSnapshot;
use crate::texts::text;

/// The models active on the last day of the period.
pub(in crate::http) async fn active(api_request: ApiRequest) -> Result<Response, ApiError> {
    let (assessment_request, head) = AssessmentRequest::of_filter(&api_request, &filter_and(&["edition"]))?;
    if api_request.role().sees_model_positions() {
        document(&api_request, head, GEOJSON, move || {
            Ok(ModelPointsAnswer::of(&assessment_request.assessed(Level::Commune)?))
        })
        .await
    } else {
        document(&api_request, head, JSON, move || {
            Ok(ModelCountsAnswer::public(&assessment_request.assessed(Level::Commune)?))
        })
        .await
    }
}

/// One model with its life.
pub(in crate::http) async fn one(api_request: ApiRequest, Path(id): Path<String>) -> Result<Response, ApiError> {
    let ModelRequest { served, edition, index, head, .. } = ModelRequest::of(&api_request, &id)?;
    document(&api_request, head, JSON, move || {
        let edition_data = served.snapshot.edition(edition);
        let found = edition_data.and_then(|edition_data| ModelAnswer::of(&served.snapshot, edition_data, index));
        found.ok_or_else(|| ServiceError::internal(&"a model without its row"))
    })
    .await
}

/// What was counted around the start of one model.
pub(in crate::http) async fn effect(api_request: ApiRequest, Path(id): Path<String>) -> Result<Response, ApiError> {
    let ModelRequest { state, served, edition, index, head } = ModelRequest::of(&api_request, &id)?;
    document(&api_request, head, JSON, move || {
        state.service.model_effect(&served, edition, index)?.ok_or_else(|| unknown_kind(&id))
    })
    .await
}

/// The kinds of model: stock, density, pooled effect, candidates.
pub(in crate::http) async fn kinds(api_request: ApiRequest) -> Result<Response, ApiError> {
    let (assessment_request, head) = AssessmentRequest::of_filter(&api_request, &filter_and(&["edition"]))?;
    document(&api_request, head, JSON, move || {
        assessment_request.state.service.model_kinds(&assessment_request.assessed(Level::Province)?)
    })
    .await
}

/// A question on the model that an address names.
struct ModelRequest {
    state: Arc<AppState>,
    served: Arc<ServedSnapshot>,
    edition: EditionId,
    index: ModelIndex,
    head: Head,
}

impl ModelRequest {
    fn of(api_request: &ApiRequest, id: &str) -> Result<Self, ApiError> {
        api_request.viewer.at_least(Role::Planner)?;
        let query = api_request.query(&["edition"])?;
        let served = api_request.served()?;
        let edition = match query.value("edition") {
            Some(text) => edition(&served.snapshot, text)?,
            None => default_edition(&served.snapshot)?,
        };
        let found = served.snapshot.models.indexed().find(|(_, model)| model.id == id).map(|(index, _)| index);
        let index = found.ok_or_else(|| unknown_model(id))?;
        let key = format!("edition={edition}");
        let head = Head::new(api_request, &served, &key, Freshness::Revalidate, LanguageVariance::Neutral);
        Ok(Self { state: Arc::clone(&api_request.state), served, edition, index, head })
    }
}

fn unknown_model(id: &str) -> ApiError {
    ApiError::absent(text!("request-no-model", id = quoted(id)))
}

fn unknown_kind(id: &str) -> ServiceError {
    ServiceError::absent(text!("request-no-model-kind", id = quoted(id)))
}
