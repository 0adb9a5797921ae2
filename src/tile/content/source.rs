//! What tiles are drawn from.
//!
//! In: the snapshot, a filter, assessments already cut to the role. Out: a [`TileSource`] that gives the layers their
//! attributes and values.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::values::{RowValues, ValuesRow};
use crate::assessment::cells::{SquareQuestion, SquareTable};
use crate::assessment::{Assessment, counted_areas};
use crate::attributes::Selection;
use crate::domain::area::{AreaIndex, Level};
use crate::domain::filter::Filter;
use crate::domain::role::Role;
use crate::snapshot::{EditionData, Snapshot};
use crate::tile::area_row::Count;
use crate::tile::fields::area_attributes;
use crate::tile::tileset::Tileset;

/// Selections whose values are cached beside an assessment.
const MAX_CACHED_SELECTIONS: usize = 8;

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
    /// The bytes of the values now, and when the evaluation was weighed last.
    values_bytes: AtomicUsize,
    weighed_bytes: AtomicUsize,
}

impl Evaluation {
    /// An assessment whose values are written when a tile needs them.
    pub fn new(assessment: Arc<Assessment>) -> Self {
        Self { assessment, values: Mutex::default(), values_bytes: 0.into(), weighed_bytes: 0.into() }
    }

    /// The bytes of memory that it holds now. It is then taken to be weighed.
    pub fn weighed(&self) -> usize {
        let values_bytes = self.values_bytes.load(Ordering::Relaxed);
        self.weighed_bytes.store(values_bytes, Ordering::Relaxed);
        size_of::<Self>() + self.assessment.held_bytes() + values_bytes
    }

    /// Whether it holds more values than when it was weighed last.
    pub fn has_grown(&self) -> bool {
        self.values_bytes.load(Ordering::Relaxed) > self.weighed_bytes.load(Ordering::Relaxed)
    }

    /// The values of a selection of attributes, written once.
    pub(in crate::tile) fn values(&self, selection: Selection) -> Arc<RowValues> {
        let mut cached = self.values.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, values)) = cached.iter().find(|(known, _)| *known == selection) {
            return Arc::clone(values);
        }
        let values = Arc::new(RowValues::of_assessed(&self.assessment.rows, selection));
        if cached.len() == MAX_CACHED_SELECTIONS {
            cached.remove(0);
        }
        cached.push((selection, Arc::clone(&values)));
        let bytes = cached.iter().map(|(_, values)| values.held_bytes()).sum();
        self.values_bytes.store(bytes, Ordering::Relaxed);
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
    /// The snapshot: taxonomy, rules, incidents.
    pub snapshot: &'a Snapshot,
    /// The edition of the filter.
    pub edition_data: &'a EditionData,
    /// Which layers.
    pub tileset: Tileset,
    /// For whom.
    pub role: Role,
    /// What is counted.
    pub filter: &'a Filter,
    /// The attributes of areas that are requested.
    pub selection: Selection,
    /// What is said of the areas.
    pub evaluated: Evaluated<'a>,
    /// The squares that stand for incidents, for a role that sees no points.
    pub squares: Option<AskedSquares<'a>>,
}

/// Squares, and which of their answers are drawn.
#[derive(Debug, Clone, Copy)]
pub struct AskedSquares<'a> {
    /// All squares.
    pub table: &'a SquareTable,
    /// Which answers.
    pub question: SquareQuestion,
}

impl TileSource<'_> {
    /// The assessment of a level, if the tileset came with one.
    pub(in crate::tile) fn assessment(&self, level: Level) -> Option<&Assessment> {
        self.evaluation(level).map(|evaluation| evaluation.assessment.as_ref())
    }

    fn evaluation(&self, level: Level) -> Option<&Arc<Evaluation>> {
        match self.evaluated {
            Evaluated::Whole(all) => all.iter().find(|evaluation| evaluation.assessment.level == level),
            Evaluated::Counts => None,
        }
    }

    /// The attributes that the areas of a part carry.
    pub(in crate::tile) fn selected(&self, part: Tileset) -> Selection {
        area_attributes(part, self.role).and(self.selection).visible_to(self.role)
    }

    /// The varying values of some areas of one level.
    pub(in crate::tile) fn values_of(&self, level: Level, some: &[AreaIndex], varying: Selection) -> LevelValues {
        if let Some(evaluation) = self.evaluation(level) {
            return LevelValues::Whole(evaluation.values(varying));
        }
        let Some(areas) = self.edition_data.shape.level(level) else {
            return LevelValues::Picked(RowValues::default());
        };
        let counted = counted_areas(self.snapshot, self.edition_data, areas, self.filter, some);
        let counts: Vec<Count> = counted.iter().map(Count::counted).collect();
        LevelValues::Picked(RowValues::of_counts(&counts, varying))
    }
}

/// The values of areas of one level.
pub(in crate::tile) enum LevelValues {
    /// Of all areas.
    Whole(Arc<RowValues>),
    /// Of those that were requested, in the order in which they were.
    Picked(RowValues),
}

impl LevelValues {
    /// The attributes and the values of an area of the level, which stood at a row among those requested.
    pub(in crate::tile) fn at(&self, index: AreaIndex, requested: ValuesRow) -> (Selection, &[u8]) {
        match self {
            Self::Whole(values) => values.row(ValuesRow::new(index.index())),
            Self::Picked(values) => values.row(requested),
        }
    }
}
