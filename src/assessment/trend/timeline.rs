//! An area over time: counts and rates with exact limits, step by step.
//!
//! In: a filter without regard to its period, and steps that follow one another. Out: one point per step. Counting is
//! one pass over the incidents, however many steps there are. The public sees what the release publishes: whole
//! released windows and nothing else.

use super::series::Visibility;
use crate::assessment::counting::{residents_of, shown_categories};
use crate::assessment::rating::measured::Measured;
use crate::assessment::release::AreaRef;
use crate::assessment::{AssessmentError, level_data};
use crate::domain::area::{AreaIndex, Level};
use crate::domain::filter::Filter;
use crate::domain::rules::Rules;
use crate::domain::rules::window::Window;
use crate::domain::time::calendar::{Step, StepLength};
use crate::domain::time::period::{Day, Period};
use crate::snapshot::Snapshot;

/// Which areas are followed, over which steps, for which role.
#[derive(Debug, Clone, Copy)]
pub struct TimelineRequest<'a> {
    /// The level of the areas.
    pub level: Level,
    /// Their indices in the level.
    pub area_indices: &'a [AreaIndex],
    /// The steps, each beginning where the one before ends.
    pub steps: &'a [Step],
    /// The role that the answer is for.
    pub visibility: Visibility<'a>,
}

/// For every area what is measured in every step.
pub fn timelines(
    snapshot: &Snapshot,
    filter: &Filter,
    timeline: &TimelineRequest<'_>,
) -> Result<Vec<Vec<Measured>>, AssessmentError> {
    let (edition_data, areas) = level_data(snapshot, timeline.level, filter.edition)?;
    let area = |area_index: AreaIndex| AreaRef { edition: filter.edition, level: timeline.level, area_index };
    let coverage = match timeline.visibility {
        Visibility::Full => &snapshot.coverage,
        Visibility::Published(release) => release.coverage(),
    };
    let counts: Vec<Vec<Option<u32>>> = match timeline.visibility {
        Visibility::Full => counted_by_step(snapshot, filter, timeline)?,
        Visibility::Published(release) => {
            let published = |area_index: &AreaIndex| {
                timeline.steps.iter().map(|step| release.count(area(*area_index), step.period)).collect()
            };
            timeline.area_indices.iter().map(published).collect()
        }
    };
    let measured = |area_index: AreaIndex, step: &Step, incidents: Option<u32>| {
        let residents = residents_of(edition_data, areas, area_index, step.period);
        // Of an area whose district is known on other days than the rest a step may be missing.
        let mut communes = areas.communes_of(area_index);
        let is_covered = communes.all(|commune| edition_data.covers(commune, step.period, coverage));
        let person_years = residents.filter(|_| is_covered).map(|count| f64::from(count) * step.period.years());
        Measured { incidents: incidents.filter(|_| is_covered), residents, person_years }
    };
    let of_area = |(area_index, counts): (&AreaIndex, Vec<Option<u32>>)| {
        timeline.steps.iter().zip(counts).map(|(step, count)| measured(*area_index, step, count)).collect()
    };
    Ok(timeline.area_indices.iter().zip(counts).map(of_area).collect())
}

/// Every count, for those who see small ones; none where the level shows no category that is requested.
fn counted_by_step(
    snapshot: &Snapshot,
    filter: &Filter,
    timeline: &TimelineRequest<'_>,
) -> Result<Vec<Vec<Option<u32>>>, AssessmentError> {
    let (edition_data, areas) = level_data(snapshot, timeline.level, filter.edition)?;
    let shown = shown_categories(snapshot, timeline.level, filter.categories);
    let follower = |area: &AreaIndex| timeline.area_indices.iter().position(|area_index| area_index == area);
    let group_of: Vec<Option<usize>> =
        areas.area_of_commune.iter().map(|area| area.as_ref().and_then(follower)).collect();
    let bounds = bounds(timeline.steps);
    let filter = Filter { categories: shown, ..*filter };
    let counts = edition_data.counts_by_step(&filter, &group_of, timeline.area_indices.len(), &bounds);
    let visible = |count: u32| (!shown.is_empty()).then_some(count);
    Ok(counts.into_iter().map(|counts| counts.into_iter().map(visible).collect()).collect())
}

fn bounds(steps: &[Step]) -> Vec<Day> {
    let last = steps.last().map(|step| step.period.to());
    steps.iter().map(|step| step.period.from()).chain(last).collect()
}

/// The year of statistics as a length of steps: it begins on the day on which the named ones begin.
pub fn statistics_year(rules: &Rules) -> Option<StepLength> {
    rules.statistics_years().next().map(|window| StepLength::YearFrom(window.period.from().date()))
}

/// The named year of statistics that a step lies in.
pub fn year_of(rules: &Rules, period: Period) -> Option<&Window> {
    rules.statistics_years().find(|window| window.period.from() <= period.from() && period.to() <= window.period.to())
}
