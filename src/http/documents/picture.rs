//! A level of an edition as a drawn map, from an assessment that is already cut to the role.

use super::Assessed;
use super::tables::basis;
use crate::export::picture::{Look, Picture, svg as drawing};
use crate::http::error::ApiError;
use crate::tile::layers::AreaRow;

/// The drawing of an assessment.
pub(in crate::http) fn svg(assessed: &Assessed, look: &Look) -> Result<String, ApiError> {
    let rows: Vec<AreaRow<'_>> = assessed.rows().collect();
    let picture = Picture { basis: basis(assessed), rows: &rows, look };
    drawing(&picture).map_err(|error| ApiError::internal(&error))
}
