//! One area: its row, its components, its models, its years.

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use super::chance::TrendAnswer;
use super::components::{ComponentAnswer, components};
use super::model_density::AreaModels;
use super::row::RatingRow;
use crate::assessment::trend::series::{AreaAt, YearCount, by_year};
use crate::domain::area::{AreaIndex, Level};
use crate::domain::time::period::PeriodDates;
use crate::service::answers::AssessedLevel;
use crate::service::answers::geometry::rounded;
use crate::service::answers::heading::{Heading, WindowSpan};
use crate::service::answers::statutory::reading::StatutoryAnswer;
use crate::service::answers::statutory::shares::{CertificationShareAnswer, shares};
use crate::service::answers::statutory::unit::StatutoryDetail;
use crate::tile::area_row::AreaRow;

/// All that is known of one area.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct AreaAnswer {
    #[serde(flatten)]
    heading: Heading,
    /// The level of the area.
    level: Level,
    /// Its row among the ratings.
    pub(crate) area: RatingRow,
    /// The components of its rating.
    pub(crate) components: Vec<ComponentAnswer>,
    /// How it moved since the window before.
    trend: TrendAnswer,
    /// Its community models.
    pub(crate) models: AreaModels,
    /// Certification shares by kind of unit.
    pub(crate) certification: Vec<CertificationShareAnswer>,
    /// Whether it meets the standard: decision and check.
    pub(crate) statutory: StatutoryAnswer,
    /// Incidents of the years of statistics.
    pub(crate) series: Vec<YearCountAnswer>,
    /// A point well inside, longitude and latitude in degrees.
    #[schema(min_items = 2, max_items = 2)]
    label: [f64; 2],
    /// West, south, east, north in degrees.
    #[schema(min_items = 4, max_items = 4)]
    bounds: [f64; 4],
}

/// The incidents of an area in one year of statistics, which ends in December of the year it is called by.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct YearCountAnswer {
    /// The year in which it ends.
    year: i16,
    /// Its window.
    pub(crate) window: WindowSpan,
    /// Incidents; null where the role may not see them.
    #[schema(required)]
    pub(crate) incidents: Option<u32>,
}

impl AreaAnswer {
    /// All that is known of an area of the level, for the role it was assessed for; none where there is no such area.
    pub(crate) fn of(assessed: &AssessedLevel, area_index: AreaIndex) -> Option<Self> {
        let (edition_data, areas) = (assessed.edition_data()?, assessed.areas()?);
        let (area, assessment) = (areas.areas.at(area_index)?, assessed.assessment.row(area_index)?);
        let row = AreaRow { area, level: assessed.assessment.level, assessment, role: assessed.viewer.role() };
        let at = AreaAt { snapshot: assessed.snapshot(), edition_data, areas, area_index };
        Some(Self {
            heading: Heading::of(assessed.snapshot(), &assessed.requested),
            level: row.level,
            area: RatingRow::of(&row),
            components: components(assessed, &row),
            trend: TrendAnswer::of(assessed, assessment),
            models: AreaModels::of(assessed, &row),
            certification: shares(&assessment.certification, assessed.viewer.role()),
            statutory: StatutoryAnswer::of(assessed, area_index, StatutoryDetail::Summary),
            series: series(&at, assessed),
            label: area.label.map(rounded).into(),
            bounds: area.bounds.map(rounded).into(),
        })
    }
}

fn series(at: &AreaAt<'_>, assessed: &AssessedLevel) -> Vec<YearCountAnswer> {
    let years = by_year(at, &assessed.requested.filter, assessed.served.visibility(assessed.viewer.role()));
    years.iter().map(YearCountAnswer::of).collect()
}

impl YearCountAnswer {
    fn of(count: &YearCount<'_>) -> Self {
        let YearCount { window, incidents } = *count;
        let last: Date = PeriodDates::from(window.period).to;
        Self { year: last.year(), window: WindowSpan::of(Some(&window.id), window.period), incidents }
    }
}
