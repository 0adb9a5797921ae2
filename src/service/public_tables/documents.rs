//! Answers on a level or an area as the public is sent them, as JSON.

use crate::domain::area::AreaIndex;
use crate::service::answers::AssessedLevel;
use crate::service::answers::areas::components::components;
use crate::service::answers::areas::explanation::explained;
use crate::service::answers::areas::ratings::RatingsAnswer;
use crate::service::error::ServiceError;

/// The refusal of an area that has no row; no released table has one.
pub(super) fn no_row() -> ServiceError {
    ServiceError::internal(&"an area without its row")
}

/// What is said of a level, as JSON.
pub(super) fn level_document(assessed: &AssessedLevel) -> Result<String, ServiceError> {
    serde_json::to_string(&RatingsAnswer::of(assessed)).map_err(|error| ServiceError::internal(&error))
}

/// What is said of an area beside its row: its components, and why it has its letter, as JSON.
pub(super) fn area_document(assessed: &AssessedLevel, area_index: AreaIndex) -> Result<String, ServiceError> {
    let said = explained(assessed, area_index)?.ok_or_else(no_row)?;
    let components = components(assessed, &said.row);
    serde_json::to_string(&(components, said.sentence)).map_err(|error| ServiceError::internal(&error))
}
