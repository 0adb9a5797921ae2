//! What is assessed: the areas of a level under a filter.

use crate::domain::filter::Filter;
use crate::domain::incident::coverage::DataCoverage;
use crate::snapshot::{EditionData, LevelData, Snapshot};

/// The areas of a level of an edition, and the filter.
#[derive(Clone, Copy)]
pub(super) struct AssessmentContext<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) edition_data: &'a EditionData,
    pub(super) areas: &'a LevelData,
    pub(super) filter: &'a Filter,
    /// The days on which incidents are known to whom the assessment is for.
    pub(super) coverage: &'a DataCoverage,
}
