//! The last days against the usual, as `/situation` tells it.
//!
//! In: a [`Situation`], what was written lately, and who asks. Out: counts with their ranges by area and part; how much is
//! new, corrected and withdrawn; incidents one by one for those who see points.

mod newest;
mod recent;

use serde::Serialize;
use utoipa::ToSchema;

use crate::assessment::situation::{LevelSituation, PredictedRange, Situation, SituationPart, SituationRow, Standing};
use crate::domain::area::edition::EditionId;
use crate::domain::area::{AreaCode, AreaIndex, Level};
use crate::domain::incident::coverage::CoveredDays;
use crate::domain::text::Names;
use crate::domain::time::period::{Day, Period, PeriodDates};
use crate::service::live::ServedSnapshot;
use crate::service::questions::situation::SituationQuestion;
use crate::snapshot::{LevelData, Snapshot};
use crate::texts::phrasing::written_day;
use crate::texts::{decimal, text};
use jiff::civil::Date;
pub(crate) use newest::NewestIncident;
use recent::RecentAnswer;
pub(crate) use recent::RecentWrites;

/// The last days.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SituationAnswer {
    /// Whether the served data is the invented sample.
    sample: bool,
    /// The state of the data.
    epoch: u64,
    /// The edition of the communes.
    edition: EditionId,
    /// How many days are looked at.
    days: u16,
    /// Which days; null where the data do not cover so many.
    #[schema(required)]
    period: Option<PeriodDates>,
    /// The last day that the data cover; null where they cover none.
    #[schema(required, value_type = Option<String>, format = Date)]
    data_until: Option<Date>,
    /// Whether the data reach yesterday, so that these are the last days indeed.
    current: bool,
    /// From this day on reports may still come in; null where none may.
    #[schema(required, value_type = Option<String>, format = Date)]
    incomplete_from: Option<Date>,
    /// How many former years say what is usual.
    years: usize,
    /// What there is, in a sentence.
    pub(crate) sentence: Names,
    /// What limits it: how far the data reach, which days may still change. A sentence each.
    notes: Vec<Names>,
    /// What the usual is, in a sentence.
    method: Names,
    /// The levels, the widest first.
    levels: Vec<SituationLevelAnswer>,
    /// The newest incidents of these days, the newest first; null for planners.
    #[schema(required)]
    newest: Option<Vec<NewestIncident>>,
    /// What was written in as many days before now, whenever it happened.
    recent: RecentAnswer,
}

/// What an answer on the last days is made from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SituationFound<'a> {
    /// The counts; none where the data do not cover so many days.
    pub(crate) last: Option<&'a Situation>,
    /// What was written lately.
    pub(crate) writes: &'a RecentWrites,
}

/// The areas of a level.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SituationLevelAnswer {
    /// The level.
    level: Level,
    /// The edition of its codes: districts are those of the newest edition that has them.
    edition: EditionId,
    /// The probability of each single range.
    range: f64,
    /// The areas, in the order of the level.
    areas: Vec<SituationAreaAnswer>,
}

/// One area.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SituationAreaAnswer {
    /// The code within the edition.
    code: AreaCode,
    /// The official name.
    name: String,
    /// All incidents first, then the components, in the province the categories after them.
    parts: Vec<SituationPartAnswer>,
}

/// One count of an area.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SituationPartAnswer {
    /// What is counted.
    kind: PartKind,
    /// The id of the component or category; null for all.
    #[schema(required)]
    id: Option<String>,
    /// The count; null where its days are not known there.
    #[schema(required)]
    count: Option<u32>,
    /// What was to be expected; null where no former year is known.
    #[schema(required)]
    expected: Option<f64>,
    /// The least usual count.
    #[schema(required)]
    low: Option<u64>,
    /// The greatest usual count.
    #[schema(required)]
    high: Option<u64>,
    /// Where the count lies.
    standing: StandingWord,
}

/// What a count is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum PartKind {
    /// All reported incidents.
    All,
    /// A component of the rating.
    Component,
    /// A category.
    Category,
}

/// Where a count lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum StandingWord {
    /// In its range.
    Usual,
    /// Above it.
    More,
    /// Below it.
    Fewer,
    /// There is no range, or no count.
    Unknown,
}

impl SituationAnswer {
    /// The answer to a question.
    pub(crate) fn of(served: &ServedSnapshot, question: &SituationQuestion, found: SituationFound<'_>) -> Self {
        let SituationFound { last: found, writes } = found;
        let snapshot = &served.snapshot;
        let rule = &snapshot.rules.situation;
        let end = snapshot.coverage.overall.as_ref().and_then(CoveredDays::hull).map(Period::to);
        let years = found.map_or(0, |found| found.years);
        let is_entrusted = question.viewer.role().sees_incident_points();
        Self {
            sample: snapshot.is_sample(),
            epoch: served.state(question.viewer.role()).epoch,
            edition: question.request.edition,
            days: question.request.days,
            period: found.map(|found| PeriodDates::from(found.last.period)),
            data_until: end.map(|end| before(end).date()),
            current: found.is_some_and(|found| found.last.is_current),
            incomplete_from: found.and_then(|found| found.last.incomplete_from).map(Day::date),
            years,
            sentence: sentence(found),
            notes: notes(found),
            method: text!(
                "situation-method",
                years = years,
                band = u32::from(rule.band_weeks),
                range = decimal(rule.range, 2)
            ),
            levels: found.map_or(Vec::new(), |found| levels(snapshot, &found.levels)),
            newest: is_entrusted
                .then(|| found.map_or(Vec::new(), |found| NewestIncident::of(snapshot, question, found.last.period))),
            recent: RecentAnswer::of(snapshot, question, writes),
        }
    }
}

/// The day before another.
fn before(day: Day) -> Day {
    Day::from_number(day.number() - 1)
}

/// What the counts say, all levels together.
fn sentence(found: Option<&Situation>) -> Names {
    let Some(found) = found else { return text!("situation-no-days") };
    if found.years == 0 {
        return text!("situation-no-years");
    }
    let of = |standing: Standing| {
        found.levels.iter().flat_map(|level| &level.rows).filter(|row| row.standing == standing).count()
    };
    match (of(Standing::More), of(Standing::Fewer)) {
        (0, 0) => text!("situation-usual"),
        (more, 0) => text!("situation-more", count = more),
        (0, fewer) => text!("situation-fewer", count = fewer),
        (more, fewer) => text!("situation-more-and-fewer", more = more, fewer = fewer),
    }
}

fn notes(found: Option<&Situation>) -> Vec<Names> {
    let Some(last) = found.map(|found| found.last) else { return Vec::new() };
    let ends = (!last.is_current).then(|| text!("situation-ends-before", last = written_day(before(last.data_end))));
    let incomplete = last.incomplete_from.map(|from| text!("situation-incomplete", from = written_day(from)));
    ends.into_iter().chain(incomplete).collect()
}

fn levels(snapshot: &Snapshot, found: &[LevelSituation]) -> Vec<SituationLevelAnswer> {
    let answer = |level: &LevelSituation| {
        let LevelSituation { level, edition, range, rows } = level;
        let areas = snapshot.edition(*edition)?.shape.level(*level)?;
        let rows = rows.chunk_by(|one, other| one.area == other.area);
        let areas = rows.filter_map(|rows| SituationAreaAnswer::of(snapshot, areas, rows)).collect();
        Some(SituationLevelAnswer { level: *level, edition: *edition, range: *range, areas })
    };
    found.iter().filter_map(answer).collect()
}

impl SituationAreaAnswer {
    fn of(snapshot: &Snapshot, areas: &LevelData, rows: &[SituationRow]) -> Option<Self> {
        let index: AreaIndex = rows.first()?.area;
        let area = areas.areas.at(index)?;
        let parts = rows.iter().map(|row| SituationPartAnswer::of(snapshot, row)).collect();
        Some(Self { code: area.code.clone(), name: area.name.clone(), parts })
    }
}

impl SituationPartAnswer {
    fn of(snapshot: &Snapshot, row: &SituationRow) -> Self {
        let SituationRow { area: _, part, count, range, standing } = *row;
        let (kind, id) = match part {
            SituationPart::All => (PartKind::All, None),
            SituationPart::Component(index) => {
                let scheme = snapshot.schemes.scheme(snapshot.schemes.default_index());
                (PartKind::Component, scheme.components.at(index).map(|component| component.id.clone()))
            }
            SituationPart::Category(index) => {
                (PartKind::Category, snapshot.taxonomy.category_entry(index).map(|category| category.id.clone()))
            }
        };
        let bounds = range.map(|range| {
            let PredictedRange { mean, dispersion: _, low, high } = range;
            (mean, low, high)
        });
        Self {
            kind,
            id,
            count,
            expected: bounds.map(|(mean, ..)| mean),
            low: bounds.map(|(_, low, _)| low),
            high: bounds.map(|(_, _, high)| high),
            standing: StandingWord::of(standing),
        }
    }
}

impl StandingWord {
    fn of(standing: Standing) -> Self {
        match standing {
            Standing::Usual => Self::Usual,
            Standing::More => Self::More,
            Standing::Fewer => Self::Fewer,
            Standing::Unknown => Self::Unknown,
        }
    }
}
