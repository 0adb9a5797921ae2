//! What tiles are drawn from.

use std::sync::Arc;

use super::tileset::Tileset;
use crate::assessment::Assessment;
use crate::domain::area::Level;
use crate::domain::filter::Filter;
use crate::domain::role::Role;
use crate::snapshot::{EditionPicture, Snapshot};

/// Why a tile could not be encoded.
#[derive(Debug, thiserror::Error)]
pub enum TileError {
    /// The encoder refused a geometry or a layer.
    #[error("tile: {0}")]
    Encoding(#[from] mvt::Error),
}

/// What tiles are drawn from.
#[derive(Debug, Clone, Copy)]
pub struct TileSource<'a> {
    /// The served picture.
    pub snapshot: &'a Snapshot,
    /// The edition of the filter.
    pub picture: &'a EditionPicture,
    /// Which layers.
    pub tileset: Tileset,
    /// For whom; the assessments are already cut to the role.
    pub role: Role,
    /// What is counted.
    pub filter: &'a Filter,
    /// The assessments of the levels that the tileset needs.
    pub assessments: &'a [Arc<Assessment>],
}

impl TileSource<'_> {
    /// The assessment of a level, if the tileset came with one.
    pub(super) fn assessment(&self, level: Level) -> Option<&Assessment> {
        self.assessments.iter().find(|assessment| assessment.level == level).map(Arc::as_ref)
    }
}
