//! What sheets of areas are made from: the very answers of the API on each area of a level, for one role and filter.
//!
//! In: what a store holds, a role, a day, the parameters of a request. Out: a [`SheetBook`], and from it the
//! [`SheetAnswers`] of every area. Nothing is drawn here, and nothing is told that the API would not tell the role.

use std::sync::Arc;

use super::Service;
use super::answers::AssessedLevel;
use super::answers::areas::area::AreaAnswer;
use super::answers::areas::explanation::{ExplanationAnswer, explained};
use super::answers::comparison::MeasuredFigures;
use super::error::ServiceError;
use super::filter::{RequestedFilter, level};
use super::live::ServedSnapshot;
use super::query::Query;
use super::questions::areas::RequestedAreas;
use super::viewer::Viewer;
use crate::assessment::trend::series::Visibility;
use crate::assessment::trend::timeline::{TimelineRequest, timelines};
use crate::domain::area::{AreaIndex, Level};
use crate::domain::holdings::Holdings;
use crate::domain::role::Role;
use crate::domain::rules::rule_set::RuleSet;
use crate::domain::rules::window::Window;
use crate::domain::text::Names;
use crate::domain::time::calendar::{Step, StepExtent};
use crate::domain::time::period::{Day, Period};
use crate::service::answers::areas::chance::UnweightedFigures;
use crate::snapshot::{BuildError, EditionData, Snapshot};
use crate::texts::text;
use crate::tile::area_row::AreaRow;

/// How many sheets a book has at most.
const MOST_SHEETS: usize = 20_000;

/// Who asks for sheets, and for which.
#[derive(Debug, Clone, Copy)]
pub struct SheetRequest<'a> {
    /// Whose numbers they hold.
    pub role: Role,
    /// The day on which they are drawn up.
    pub today: Day,
    /// The parameters of the filter, `level` and `areas`, as an address would name them.
    pub parameters: &'a [(&'a str, &'a str)],
    /// What the caches may hold.
    pub cache_bytes: u64,
}

/// Why there are no sheets.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// No snapshot can be built of what the store holds.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// The request is refused.
    #[error(transparent)]
    Refused(#[from] ServiceError),
}

/// The answers on the areas of a level, ready to be asked for one by one.
#[derive(Debug)]
pub struct SheetBook {
    assessed: AssessedLevel,
    area_indices: Vec<AreaIndex>,
    /// For every area, in the same order, how it went over the years.
    courses: Vec<Vec<CourseYear>>,
}

/// An area in one year of statistics.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CourseYear {
    /// The year in which it ends.
    pub(crate) year: i16,
    /// Whether the period of the filter holds all of it.
    pub(crate) is_inside: bool,
    /// What was measured; absent numbers are not for the role.
    pub(crate) figures: MeasuredFigures,
}

/// All that a sheet says of an area.
#[derive(Debug)]
pub(crate) struct SheetAnswers<'a> {
    /// Its attributes.
    pub(crate) row: AreaRow<'a>,
    /// Why it has its letter.
    pub(crate) explanation: ExplanationAnswer,
    /// Its models, its units, whether it meets the standard.
    pub(crate) area: AreaAnswer,
    /// How it went.
    pub(crate) course: &'a [CourseYear],
    /// The units of the edition before that lie in it for the most part.
    pub(crate) former: Vec<&'a str>,
    /// The area of the next wider level.
    pub(crate) parent: Option<&'a str>,
    /// The group of areas that live alike.
    pub(crate) peers: Option<&'a Names>,
}

impl SheetBook {
    /// The book of a request on what a store holds.
    ///
    /// # Errors
    /// When no snapshot can be built, or the request is refused.
    pub fn of_holdings(holdings: Holdings, rule_set: &RuleSet, request: &SheetRequest<'_>) -> Result<Self, SheetError> {
        let served = ServedSnapshot::of_holdings(holdings, rule_set, request.today)?;
        Ok(Self::of_served(&Arc::new(served), request)?)
    }

    /// The book of a snapshot; the public is shown its newest release.
    ///
    /// # Errors
    /// When the request is refused.
    pub fn of_snapshot(snapshot: Arc<Snapshot>, request: &SheetRequest<'_>) -> Result<Self, ServiceError> {
        Self::of_served(&Arc::new(ServedSnapshot::new(snapshot, request.today)), request)
    }

    fn of_served(served: &Arc<ServedSnapshot>, request: &SheetRequest<'_>) -> Result<Self, ServiceError> {
        if served.snapshot.editions.is_empty() {
            return Err(ServiceError::EmptyStore);
        }
        let viewer = Viewer::of(request.role, Some(served), request.today);
        let query = Query::default().with_instead(&[], request.parameters);
        let requested = RequestedFilter::resolved(&query, served, viewer)?;
        let (level, area_indices) = chosen(&query, &served.snapshot, &requested)?;
        let assessed = Service::new(request.cache_bytes).assessed(served, requested, level, viewer)?;
        let courses = courses(&assessed, &area_indices)?;
        Ok(Self { assessed, area_indices, courses })
    }

    /// How many sheets there are.
    pub fn sheets(&self) -> usize {
        self.area_indices.len()
    }

    /// The level that they are about, assessed for their reader.
    pub(crate) fn assessed(&self) -> &AssessedLevel {
        &self.assessed
    }

    /// The areas, in the order of the sheets.
    pub(crate) fn area_indices(&self) -> &[AreaIndex] {
        &self.area_indices
    }

    /// All that the sheet at a place says. Blocks while it is computed.
    ///
    /// # Errors
    /// When an answer is refused, or there is no such sheet.
    pub(crate) fn answers(&self, place: usize) -> Result<SheetAnswers<'_>, ServiceError> {
        let absent = || ServiceError::absent(text!("refusal-no-edition"));
        let assessed = &self.assessed;
        let (area_index, course) = self.area_indices.get(place).zip(self.courses.get(place)).ok_or_else(absent)?;
        let found = explained(assessed, *area_index)?.ok_or_else(absent)?;
        let edition_data = assessed.edition_data().ok_or_else(absent)?;
        let row = found.row;
        Ok(SheetAnswers {
            row,
            explanation: ExplanationAnswer::of(assessed, *area_index, &found),
            area: AreaAnswer::of(assessed, *area_index).ok_or_else(absent)?,
            course,
            former: former(assessed.snapshot(), edition_data, row.level, *area_index),
            parent: parent(edition_data, &row),
            peers: peers(assessed.snapshot(), &row),
        })
    }
}

impl SheetAnswers<'_> {
    /// Observed to expected, every incident counting the same.
    pub(crate) fn unweighted(&self) -> &UnweightedFigures {
        &self.explanation.unweighted
    }
}

/// The level that is asked for, and which of its areas.
fn chosen(
    query: &Query,
    snapshot: &Snapshot,
    requested: &RequestedFilter,
) -> Result<(Level, Vec<AreaIndex>), ServiceError> {
    let edition = requested.filter.edition;
    let of_query = level(query, snapshot, edition)?;
    if query.value("areas").is_none() {
        let areas = snapshot.edition(edition).and_then(|edition_data| edition_data.shape.level(of_query));
        let count = areas.map_or(0, |areas| areas.areas.len());
        return Ok((of_query, AreaIndex::of_all(count).collect()));
    }
    let RequestedAreas { level, area_indices, file_name: _ } =
        RequestedAreas::of(query, snapshot, edition, &(1..=MOST_SHEETS))?;
    if query.value("level").is_some() && level != of_query {
        return Err(ServiceError::ConflictingParameters { what: text!("request-areas-of-one-level") });
    }
    Ok((level, area_indices))
}

/// How the areas went over all years of statistics that the role may see.
fn courses(assessed: &AssessedLevel, area_indices: &[AreaIndex]) -> Result<Vec<Vec<CourseYear>>, ServiceError> {
    let (served, snapshot) = (&assessed.served, assessed.snapshot());
    let visibility = served.visibility(assessed.viewer().role());
    let filter = &assessed.requested.filter;
    let is_known = |year: &&Window| match visibility {
        Visibility::Full => snapshot.coverage.covers(year.period),
        Visibility::Published(release) => release.days_of(&year.id) == Some(year.period),
    };
    let mut periods: Vec<Period> = snapshot.rules.statistics_years().filter(is_known).map(|year| year.period).collect();
    periods.sort_by_key(|period| period.from());
    let mut courses = vec![Vec::new(); area_indices.len()];
    // Years need not follow one another, so each is a timeline of its own.
    for period in periods {
        let steps = [Step { period, extent: StepExtent::Whole }];
        let request = TimelineRequest { level: assessed.level(), area_indices, steps: &steps, visibility };
        let last = Day::from_number(period.to().number() - 1).date();
        let is_inside = filter.period.from() <= period.from() && period.to() <= filter.period.to();
        for (course, measured) in courses.iter_mut().zip(timelines(snapshot, filter, &request)?) {
            let figures = measured.into_iter().map(MeasuredFigures::of);
            course.extend(figures.map(|figures| CourseYear { year: last.year(), is_inside, figures }));
        }
    }
    Ok(courses)
}

/// The units of the edition before that lie in an area for the most part; none where it was one of the same name.
fn former<'a>(
    snapshot: &'a Snapshot,
    edition_data: &'a EditionData,
    level: Level,
    area_index: AreaIndex,
) -> Vec<&'a str> {
    let id = edition_data.entry.id;
    let before = snapshot.editions.iter().filter(|other| other.entry.id < id).max_by_key(|other| other.entry.id);
    let Some(before) = before else { return Vec::new() };
    let (Some(holders), Some(units)) = (edition_data.dominants(before.entry.id, level), before.shape.level(level))
    else {
        return Vec::new();
    };
    let units = units.areas.iter().zip(holders);
    let names: Vec<&str> = units
        .filter(|(_, holder)| holder.as_ref().is_some_and(|holder| holder.area == area_index.index()))
        .map(|(unit, _)| unit.name.as_str())
        .collect();
    let own =
        edition_data.shape.level(level).and_then(|areas| areas.areas.at(area_index)).map(|area| area.name.as_str());
    if names.len() == 1 && names.first().copied() == own { Vec::new() } else { names }
}

/// The name of the area of the next wider level.
fn parent<'a>(edition_data: &'a EditionData, row: &AreaRow<'_>) -> Option<&'a str> {
    let code = row.area.parent.as_ref()?;
    let mut wider = edition_data.shape.levels.iter().filter(|areas| areas.level != row.level);
    wider.find_map(|areas| Some(areas.areas.at(areas.index_of(code)?)?.name.as_str()))
}

fn peers<'a>(snapshot: &'a Snapshot, row: &AreaRow<'_>) -> Option<&'a Names> {
    let id = row.assessment.peer_group.as_deref()?;
    snapshot.peers.groups().find(|(_, group)| group.id == id).map(|(_, group)| &group.names)
}
