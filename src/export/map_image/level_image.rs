//! A level of an edition as a drawn map, from an assessment that is already cut to the role.

use super::{MapImage, MapImageOptions, bare_svg, svg as drawing};
use crate::export::answer_tables::basis;
use crate::service::answers::AssessedLevel;
use crate::service::answers::clusters::ClustersAnswer;
use crate::service::error::ServiceError;
use crate::tile::area_row::AreaRow;

/// The drawing of an assessment, with the clusters where the image shows those.
pub(crate) fn svg(
    assessed: &AssessedLevel,
    options: &MapImageOptions,
    clusters: Option<&ClustersAnswer>,
) -> Result<String, ServiceError> {
    let rows: Vec<AreaRow<'_>> = assessed.rows().collect();
    let image = MapImage { basis: basis(assessed), edition: assessed.outlines(), rows: &rows, options, clusters };
    drawing(&image).map_err(|error| ServiceError::internal(&error))
}

/// The map alone, in a group for each of the options; ids begin with `prefix`.
pub(crate) fn bare(
    assessed: &AssessedLevel,
    options: &[MapImageOptions],
    prefix: &str,
) -> Result<String, ServiceError> {
    let rows: Vec<AreaRow<'_>> = assessed.rows().collect();
    let image = |options| MapImage {
        basis: basis(assessed),
        edition: assessed.outlines(),
        rows: &rows,
        options,
        clusters: None,
    };
    let images: Vec<MapImage<'_>> = options.iter().map(image).collect();
    bare_svg(&images, prefix).map_err(|error| ServiceError::internal(&error))
}
