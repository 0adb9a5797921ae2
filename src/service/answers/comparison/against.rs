//! An area and the other areas of its district, of its peers or of the province.
//!
//! In: a level assessed for a viewer and the question. Out: the area, the others pooled, and the difference. The
//! public gets it only where every row of the group is published.

use serde::Serialize;
use utoipa::ToSchema;

use super::{ComparisonMethod, DifferenceFigures, MeasuredFigures};
use crate::assessment::Measured;
use crate::assessment::comparison::comparison_sentence::of_rest;
use crate::assessment::comparison::difference;
use crate::assessment::comparison::reference::{Group, Members, Rest, rest};
use crate::domain::area::Level;
use crate::domain::text::Names;
use crate::service::answers::AssessedLevel;
use crate::service::answers::areas::row::RatingRow;
use crate::service::answers::heading::Heading;
use crate::service::error::ServiceError;
use crate::service::questions::comparison::GroupQuestion;

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
    pub(crate) others: OthersAnswer,
    #[serde(flatten)]
    pub(crate) difference: DifferenceFigures,
    /// How the difference is found.
    method: ComparisonMethod,
}

/// The other areas of a group, pooled.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct OthersAnswer {
    #[serde(flatten)]
    pub(crate) figures: MeasuredFigures,
    /// The group.
    group: Group,
    /// Its name for people.
    pub(crate) name: Names,
    /// How many areas are pooled.
    pub(crate) areas: usize,
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
    /// The area and the others of its group, assessed.
    ///
    /// # Errors
    /// When no other area of the group has residents.
    pub(crate) fn of(assessed: &AssessedLevel, question: &GroupQuestion) -> Result<Self, ServiceError> {
        let (area_index, members) = (question.area_index, &question.members);
        let rest = rest(assessed.assessment(), members, area_index).ok_or_else(|| question.nobody_else())?;
        let row = assessed.rows_at(&[area_index]).into_iter().next();
        let row = row.ok_or_else(|| ServiceError::internal(&"an area without its row"))?;
        let found = difference(Measured::of(row.assessment), rest.measured);
        let sentence = of_rest(&row.area.name, &members.names, &rest, found.as_ref());
        Ok(Self {
            heading: Heading::of(assessed.snapshot(), &assessed.requested),
            level: assessed.assessment.level,
            area: RatingRow::of(&row),
            others: OthersAnswer::of(members, &rest),
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
