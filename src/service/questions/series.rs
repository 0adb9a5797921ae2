//! Which areas are followed over which steps of time.

use std::ops::RangeInclusive;

use super::areas::RequestedAreas;
use crate::assessment::trend::timeline::{TimelineRequest, are_released_years, statistics_year, timelines};
use crate::domain::rules::Rules;
use crate::domain::time::calendar::{Step, StepLength, steps};
use crate::domain::time::period::Period;
use crate::service::answers::series::{Series, SeriesAnswer, StepName};
use crate::service::error::{ServiceError, quoted};
use crate::service::filter::RequestedFilter;
use crate::service::live::ServedSnapshot;
use crate::service::query::Query;
use crate::service::viewer::Viewer;
use crate::texts::text;

/// How many points an answer has at most: ten areas by day over a year and a third.
const MAX_POINTS: usize = 5000;
/// How many areas are followed at once: every commune of a province.
const AREAS: RangeInclusive<usize> = 1..=300;

/// Some areas, step by step.
#[derive(Debug, Clone)]
pub(crate) struct SeriesQuestion {
    pub(crate) requested: RequestedFilter,
    pub(crate) viewer: Viewer,
    pub(crate) areas: RequestedAreas,
    by: StepName,
    steps: Vec<Step>,
}

impl SeriesQuestion {
    /// The areas and steps of a query.
    ///
    /// # Errors
    /// When a parameter is wrong, the points are too many, or a step is not released to the viewer.
    pub(crate) fn of(query: &Query, served: &ServedSnapshot, viewer: Viewer) -> Result<Self, ServiceError> {
        let (snapshot, requested) = (&served.snapshot, RequestedFilter::resolved(query, served, viewer)?);
        let areas = RequestedAreas::of(query, snapshot, requested.filter.edition, &AREAS)?;
        let by = StepSize::requested(query, &snapshot.rules)?;
        let steps = bounded(requested.filter.period, &by, areas.area_indices.len())?;
        let sees_all = viewer.role().sees_small_counts();
        if !sees_all && !are_released_years(&snapshot.rules, &steps, viewer.today()) {
            return Err(viewer.not_released(&snapshot.rules));
        }
        Ok(Self { requested, viewer, areas, by: by.name, steps })
    }

    /// The canonical text of all that is asked.
    pub(crate) fn key(&self, served: &ServedSnapshot) -> String {
        format!("{}{}&by={}", self.requested.key(&served.snapshot), self.areas.key(), self.by.as_str())
    }

    /// The parts of the name of a file.
    pub(crate) fn file_name(&self) -> Vec<String> {
        let (by, level) = (format!("by-{}", self.by.as_str()), self.areas.level.to_string());
        vec!["series".to_owned(), by, level, self.requested.file_name()]
    }

    /// What is measured in every step. Blocks while it is counted.
    ///
    /// # Errors
    /// When the level is gone.
    pub(crate) fn answer(&self, served: &ServedSnapshot) -> Result<SeriesAnswer, ServiceError> {
        let role = self.viewer.role();
        let followed = TimelineRequest {
            level: self.areas.level,
            area_indices: &self.areas.area_indices,
            steps: &self.steps,
            visibility: served.visibility(role),
        };
        let measured = timelines(&served.snapshot, &self.requested.filter, &followed)?;
        let series = Series { served, requested: &self.requested, by: self.by, followed, measured: &measured };
        Ok(SeriesAnswer::of(&series))
    }
}

/// The length of the steps, and its word.
struct StepSize {
    name: StepName,
    length: StepLength,
}

impl StepSize {
    /// The parameter `by`; years of statistics where it is not given.
    fn requested(query: &Query, rules: &Rules) -> Result<Self, ServiceError> {
        let lengths = [
            (StepName::Day, Some(StepLength::Day)),
            (StepName::Week, Some(StepLength::Week)),
            (StepName::Month, Some(StepLength::Month)),
            (StepName::Quarter, Some(StepLength::Quarter)),
            (StepName::Year, statistics_year(rules)),
        ];
        let text = query.value("by").unwrap_or("year");
        let known = || lengths.iter().filter(|(_, length)| length.is_some()).map(|(name, _)| name.as_str().to_owned());
        let found = lengths.iter().find(|(name, _)| name.as_str() == text);
        let found = found.and_then(|(name, length)| Some(Self { name: *name, length: (*length)? }));
        found.ok_or_else(|| ServiceError::none_of("by", &quoted(text), known().collect()))
    }
}

/// The steps of a period, not too many for so many areas.
fn bounded(period: Period, by: &StepSize, areas: usize) -> Result<Vec<Step>, ServiceError> {
    steps(period, by.length, MAX_POINTS / areas.max(1)).map_err(|refusal| {
        let most = refusal.at_most.to_string();
        let what = text!("request-too-many-points", areas = areas.to_string(), most = most);
        ServiceError::ConflictingParameters { what }
    })
}
