//! Areas side by side, and every pair with its difference.
//!
//! In: a level assessed for a viewer and the areas. Out: a row for each area and a difference for each pair; no
//! ranking.

use serde::Serialize;
use utoipa::ToSchema;

use super::{ComparisonMethod, DifferenceFigures};
use crate::assessment::Measured;
use crate::assessment::comparison::comparison_sentence::of_pair;
use crate::assessment::comparison::{AreaPair, pairs};
use crate::domain::area::{AreaCode, AreaIndex, Level};
use crate::service::answers::AssessedLevel;
use crate::service::answers::areas::row::RatingRow;
use crate::service::answers::heading::Heading;
use crate::tile::area_row::AreaRow;

/// Some areas side by side.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct BesideAnswer {
    #[serde(flatten)]
    heading: Heading,
    /// The level of the areas.
    level: Level,
    /// Their rows, in the order asked for.
    areas: Vec<RatingRow>,
    /// Every pair of them.
    pub(crate) pairs: Vec<PairAnswer>,
    /// How the differences are found.
    method: ComparisonMethod,
}

/// Two areas and what differs between them.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PairAnswer {
    /// The code of the first.
    pub(crate) first: AreaCode,
    /// The code of the second.
    pub(crate) second: AreaCode,
    #[serde(flatten)]
    pub(crate) difference: DifferenceFigures,
}

impl BesideAnswer {
    /// The areas at some indices of the level, in that order, and their pairs.
    pub(crate) fn of(assessed: &AssessedLevel, area_indices: &[AreaIndex]) -> Self {
        let rows = assessed.rows_at(area_indices);
        let measured: Vec<Measured> = rows.iter().map(|row| Measured::of(row.assessment)).collect();
        Self {
            heading: Heading::of(assessed.snapshot(), &assessed.requested),
            level: assessed.assessment.level,
            areas: rows.iter().map(|row| RatingRow::of(row)).collect(),
            pairs: pairs(&measured).iter().map(|pair| PairAnswer::of(pair, &rows)).collect(),
            method: ComparisonMethod::over("the pairs"),
        }
    }
}

impl PairAnswer {
    fn of(pair: &AreaPair, rows: &[AreaRow<'_>]) -> Self {
        let AreaPair { first, second, difference } = pair;
        let (first, second) = (rows[first.index()].area, rows[second.index()].area);
        let sentence = of_pair(&first.name, &second.name, difference.as_ref());
        Self {
            first: first.code.clone(),
            second: second.code.clone(),
            difference: DifferenceFigures::of(difference.as_ref(), sentence),
        }
    }
}
