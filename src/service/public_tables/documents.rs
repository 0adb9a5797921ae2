//! Answers on a level or an area as the public is sent them, as JSON.

use crate::domain::area::AreaIndex;
use crate::service::answers::AssessedLevel;
use crate::service::answers::areas::area::AreaAnswer;
use crate::service::answers::areas::explanation::{ExplanationAnswer, explained};
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

/// What is said of an area, and why it has its letter, as JSON.
pub(super) fn area_document(
    assessed: &AssessedLevel,
    area_index: AreaIndex,
    answer: &AreaAnswer,
) -> Result<String, ServiceError> {
    let with_sentence = explained(assessed, area_index)?.ok_or_else(no_row)?;
    let explanation = ExplanationAnswer::of(assessed, area_index, &with_sentence);
    serde_json::to_string(&(answer, explanation)).map_err(|error| ServiceError::internal(&error))
}
