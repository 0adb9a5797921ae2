//! An area and the other areas of its district, of its peers or of the province.

use serde::Serialize;
use utoipa::ToSchema;

use super::{ComparisonMethod, DifferenceFigures, MeasuredFigures};
use crate::assessment::Measured;
use crate::assessment::comparison::comparison_sentence::of_rest;
use crate::assessment::comparison::difference;
use crate::assessment::comparison::reference::{Group, Members, Rest};
use crate::domain::area::{AreaIndex, Level};
use crate::domain::text::Names;
use crate::service::answers::AssessedLevel;
use crate::service::answers::areas::row::RatingRow;
use crate::service::answers::heading::Heading;

/// An area and the others of its group.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct AgainstAnswer {
    #[serde(flatten)]
    heading: Heading,
    /// The level of the areas.
    level: Level,
    /// The row of the area.
    area: RatingRow,
    /// The others together.
    others: OthersAnswer,
    #[serde(flatten)]
    difference: DifferenceFigures,
    /// How the difference is found.
    method: ComparisonMethod,
}

/// The other areas of a group, pooled.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct OthersAnswer {
    #[serde(flatten)]
    figures: MeasuredFigures,
    /// The group.
    group: Group,
    /// Its name for people.
    name: Names,
    /// How many areas are pooled.
    areas: usize,
    /// How many are left out, because nobody knows their residents.
    without_population: usize,
    /// What became of the area itself.
    area_itself: AreaItself,
}

/// Whether an area stands among those it is compared with.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AreaItself {
    /// It does not.
    LeftOut,
}

impl AgainstAnswer {
    /// The area at an index of the level and the others of its group; none where the area has no row.
    pub(crate) fn of(assessed: &AssessedLevel, area_index: AreaIndex, members: &Members, rest: &Rest) -> Option<Self> {
        let row = assessed.rows_at(&[area_index]).into_iter().next()?;
        let found = difference(Measured::of(row.assessment), rest.measured);
        let sentence = of_rest(&row.area.name, &members.names, rest, found.as_ref());
        Some(Self {
            heading: Heading::of(assessed.snapshot(), &assessed.requested),
            level: assessed.assessment.level,
            area: RatingRow::of(&row),
            others: OthersAnswer::of(members, rest),
            difference: DifferenceFigures::of(found.as_ref(), sentence),
            method: ComparisonMethod::over("one comparison"),
        })
    }
}

impl OthersAnswer {
    fn of(members: &Members, rest: &Rest) -> Self {
        let Rest { areas, without_population, measured } = *rest;
        Self {
            figures: MeasuredFigures::of(measured),
            group: members.group,
            name: members.names.clone(),
            areas,
            without_population,
            area_itself: AreaItself::LeftOut,
        }
    }
}
