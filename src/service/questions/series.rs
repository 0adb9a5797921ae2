//! Which areas are followed over which steps of time.
//!
//! In: a query, a viewer and what is served. Out: a [`SeriesQuestion`] with areas and steps, not more than an answer
//! can hold, and from it the answer.

use std::ops::RangeInclusive;

use super::areas::RequestedAreas;
use crate::assessment::trend::timeline::{TimelineRequest, statistics_year, timelines};
use crate::domain::rules::Rules;
use crate::domain::time::calendar::{Step, StepLength, steps};
use crate::domain::time::period::Period;
use crate::service::answers::series::{Series, SeriesAnswer, StepName};
use crate::service::error::{ServiceError, quoted};
use crate::service::filter::RequestedFilter;
use crate::service::heavy_work::WorkCost;
use crate::service::live::ServedSnapshot;
use crate::service::query::Query;
use crate::service::viewer::Viewer;
use crate::texts::text;

/// How many points an answer has at most: ten areas by day over a year and a third.
const MAX_POINTS: usize = 5000;
/// Up to so many points a series costs no more than another document: one area by week over four years.
const POINTS_OF_A_DOCUMENT: usize = 220;
/// How many points cost as much as a drawn megapixel.
const POINTS_PER_UNIT: usize = 1000;
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
    /// When a parameter is wrong, the points are too many, or no step is released to the viewer.
    pub(crate) fn of(query: &Query, served: &ServedSnapshot, viewer: Viewer) -> Result<Self, ServiceError> {
        let (snapshot, requested) = (&served.snapshot, RequestedFilter::resolved(query, served, viewer)?);
        let areas = RequestedAreas::of(query, snapshot, requested.filter.edition, &AREAS)?;
        let by = StepSize::requested(query, &snapshot.rules)?;
        let mut steps = bounded(requested.filter.period, &by, areas.area_indices.len())?;
        if !viewer.role().sees_small_counts() {
            // A year inside a released window need not be released itself.
            let years = snapshot.rules.statistics_years().filter_map(|year| served.release().days_of(&year.id));
            let years: Vec<Period> = years.collect();
            steps.retain(|step| years.contains(&step.period));
            if steps.is_empty() {
                return Err(viewer.not_released(&snapshot.rules));
            }
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

    /// What working it out costs: a short series is a document like others.
    pub(crate) fn cost(&self) -> WorkCost {
        let points = self.areas.area_indices.len() * self.steps.len();
        if points <= POINTS_OF_A_DOCUMENT {
            WorkCost::Plain
        } else {
            WorkCost::Units(points.div_ceil(POINTS_PER_UNIT) as u32)
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::role::Role;
    use crate::service::questions::tests::{query, served, viewer};

    fn asked(text: &str, role: Role) -> Result<SeriesQuestion, ServiceError> {
        SeriesQuestion::of(&query(text), served(), viewer(role))
    }

    #[test]
    fn year_of_statistics_is_one_whole_step_with_its_counts() {
        let question = asked("window=TK-2022&areas=20004,20001", Role::Planner).unwrap();
        let answer = question.answer(served()).unwrap();
        let counts = answer.areas.iter().map(|area| {
            let [step] = area.points.as_slice() else { panic!("one step") };
            (area.code.as_str(), step.figures.incidents, step.partial)
        });
        assert_eq!(counts.collect::<Vec<_>>(), [("20004", Some(0), false), ("20001", Some(40), false)]);
    }

    #[test]
    fn questions_that_differ_have_keys_that_differ() {
        let key = |text: &str| asked(text, Role::Planner).unwrap().key(served());
        let keys = [
            "window=TK-2022&areas=20001",
            "window=TK-2023&areas=20001",
            "window=TK-2022&areas=20002",
            "window=TK-2022&areas=20001,20002",
            "window=TK-2022&areas=20002,20001",
            "window=TK-2022&areas=20001&by=month",
        ]
        .map(key);
        assert!(keys[0].ends_with("&level=commune&areas=[0]&by=year"), "{}", keys[0]);
        let distinct: std::collections::BTreeSet<&String> = keys.iter().collect();
        assert_eq!(distinct.len(), keys.len(), "{keys:?}");
    }

    #[test]
    fn public_follows_released_years_and_no_shorter_steps() {
        assert!(asked("window=TK-2022&areas=20001", Role::Public).is_ok());
        for by in ["day", "week", "month", "quarter"] {
            let refused = asked(&format!("window=TK-2022&areas=20001&by={by}"), Role::Public);
            let Err(ServiceError::NotReleased { released }) = refused else { panic!("{by} is not released") };
            assert!(released.contains(&"TK-2022".to_owned()));
        }
    }

    #[test]
    fn length_that_is_none_is_refused_with_those_there_are() {
        let refused = asked("window=TK-2022&areas=20001&by=decade", Role::Planner);
        let Err(ServiceError::InvalidParameter { name: "by", known, .. }) = refused else { panic!("no such length") };
        assert_eq!(known, ["day", "week", "month", "quarter", "year"]);
    }

    #[test]
    fn points_are_bounded_over_all_areas_together() {
        let days = |areas: &str| asked(&format!("from=2015-01-01&to=2025-01-01&areas={areas}&by=day"), Role::Planner);
        assert!(days("20001").is_ok(), "1,478 days of one area: those from 15 December 2020 on, which are covered");
        let four = days("20001,20002,20003,20004");
        let Err(ServiceError::ConflictingParameters { what }) = four else { panic!("too many points") };
        assert!(what.en.starts_with("Too many points: with 4 areas each has at most 1250 steps."), "{}", what.en);
    }

    #[test]
    fn name_of_a_file_says_what_is_followed() {
        let question = asked("window=TK-2022&areas=501&by=month", Role::Planner).unwrap();
        assert_eq!(question.file_name(), ["series", "by-month", "district", "2025-01-TK-2022"]);
    }
}
