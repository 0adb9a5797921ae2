//! What tiles are drawn from.

use std::sync::{Arc, Mutex, PoisonError};

use super::fields::area_attributes;
use super::layers::Count;
use super::selection::Selection;
use super::tileset::Tileset;
use super::values::RowValues;
use crate::assessment::{Assessment, counted_areas};
use crate::domain::area::Level;
use crate::domain::filter::Filter;
use crate::domain::role::Role;
use crate::snapshot::{EditionPicture, Snapshot};

/// Selections whose values are kept beside an assessment.
const KEPT_SELECTIONS: usize = 8;

/// Why a tile could not be encoded.
#[derive(Debug, thiserror::Error)]
pub enum TileError {
    /// The encoder refused a geometry or a layer.
    #[error("tile: {0}")]
    Encoding(#[from] mvt::Error),
    /// The encoder's bytes could not be read back.
    #[error("tile: the encoder wrote no layer")]
    NoLayer,
}

/// An assessment with its values as tiles carry them.
#[derive(Debug)]
pub struct Evaluation {
    /// The assessment, already cut to the role.
    pub assessment: Arc<Assessment>,
    values: Mutex<Vec<(Selection, Arc<RowValues>)>>,
}

impl Evaluation {
    /// An assessment whose values are written when a tile asks for them.
    pub fn new(assessment: Arc<Assessment>) -> Self {
        Self { assessment, values: Mutex::new(Vec::new()) }
    }

    /// The values of a selection of attributes, written once.
    pub(super) fn values(&self, selection: Selection) -> Arc<RowValues> {
        let mut kept = self.values.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, values)) = kept.iter().find(|(known, _)| *known == selection) {
            return Arc::clone(values);
        }
        let values = Arc::new(RowValues::of_assessed(&self.assessment.rows, selection));
        if kept.len() == KEPT_SELECTIONS {
            kept.remove(0);
        }
        kept.push((selection, Arc::clone(&values)));
        values
    }
}

/// What is said of the areas.
#[derive(Debug, Clone, Copy)]
pub enum Evaluated<'a> {
    /// Every area of the levels that the tileset needs is assessed.
    Whole(&'a [Arc<Evaluation>]),
    /// The areas of the tile are counted, nothing else. For selections that rest on counts, and roles that
    /// see every count.
    Counts,
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
    /// For whom.
    pub role: Role,
    /// What is counted.
    pub filter: &'a Filter,
    /// The attributes of areas that are asked for.
    pub selection: Selection,
    /// What is said of the areas.
    pub evaluated: Evaluated<'a>,
}

impl TileSource<'_> {
    /// The assessment of a level, if the tileset came with one.
    pub(super) fn assessment(&self, level: Level) -> Option<&Assessment> {
        self.evaluation(level).map(|evaluation| evaluation.assessment.as_ref())
    }

    fn evaluation(&self, level: Level) -> Option<&Arc<Evaluation>> {
        match self.evaluated {
            Evaluated::Whole(all) => all.iter().find(|evaluation| evaluation.assessment.level == level),
            Evaluated::Counts => None,
        }
    }

    /// The attributes that the areas of a part carry.
    pub(super) fn selected(&self, part: Tileset) -> Selection {
        area_attributes(part, self.role).and(self.selection)
    }

    /// The varying values of areas of one level, at the given rows.
    pub(super) fn values_of(&self, level: Level, rows: &[usize], varying: Selection) -> LevelValues {
        if let Some(evaluation) = self.evaluation(level) {
            return LevelValues::Whole(evaluation.values(varying));
        }
        let Some(areas) = self.picture.shape.level(level) else { return LevelValues::Picked(RowValues::default()) };
        let counted = counted_areas(self.snapshot, self.picture, areas, self.filter, rows);
        let counts: Vec<Count> = counted.iter().map(Count::counted).collect();
        LevelValues::Picked(RowValues::of_counts(&counts, varying))
    }
}

/// The values of areas of one level.
pub(super) enum LevelValues {
    /// Of all areas.
    Whole(Arc<RowValues>),
    /// Of those that were asked for, in the order in which they were.
    Picked(RowValues),
}

impl LevelValues {
    /// The attributes and the values of the area that was asked for as the `nth`, and stands at a row.
    pub(super) fn at(&self, nth: usize, row: usize) -> (Selection, &[u8]) {
        match self {
            Self::Whole(values) => (values.present(row), values.bytes(row)),
            Self::Picked(values) => (values.present(nth), values.bytes(nth)),
        }
    }
}
