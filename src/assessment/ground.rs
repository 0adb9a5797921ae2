//! What is assessed: the areas of a level under a filter.

use crate::domain::filter::Filter;
use crate::snapshot::{EditionPicture, LevelPicture, Snapshot};

/// The areas of a level of an edition, and the filter.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) picture: &'a EditionPicture,
    pub(super) areas: &'a LevelPicture,
    pub(super) filter: &'a Filter,
}
