//! What happened in the last days, against what the same days of former years let expect.
//!
//! In: a snapshot, how many days, and today. Out: a [`Situation`]: for the province, its districts and its communes, over
//! all reported incidents and by component, the count and the range in which it usually lies. The days end with the last
//! whole day that the data cover. Nothing here is an alert: of so many ranges some are left by chance, which is why all
//! of a level hold together only with the probability of the rule file.

mod level_counts;
mod reference_periods;

use crate::assessment::AssessmentError;
use crate::domain::area::edition::EditionId;
use crate::domain::area::{AreaIndex, Level};
use crate::domain::time::period::Day;
use crate::snapshot::Snapshot;
pub use crate::statistics::PredictedRange;
use crate::statistics::{ConfidenceLevel, predicted_range};
pub use level_counts::SituationPart;
use level_counts::{CountedRow, LevelCounts};
pub(in crate::assessment) use level_counts::{each_commune, everything_in, of_component};
use reference_periods::reference_periods;
pub use reference_periods::{LastDays, last_days};

/// How many days may be looked at: the last day, week and four weeks.
pub const SITUATION_DAYS: [u16; 3] = [1, 7, 28];

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SituationRequest {
    /// The boundaries.
    pub edition: EditionId,
    /// How many days.
    pub days: u16,
    /// The day of the question.
    pub today: Day,
}

/// Where a count lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// In the range.
    Usual,
    /// Above it.
    More,
    /// Below it, and no report is to be expected any more.
    Fewer,
    /// There is no range, or no count.
    Unknown,
}

/// One count with its range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SituationRow {
    /// The area.
    pub area: AreaIndex,
    /// What was counted.
    pub part: SituationPart,
    /// The count; none where its days are not known there.
    pub count: Option<u32>,
    /// What was to be expected; none where no former year is known there.
    pub range: Option<PredictedRange>,
    /// Where the count lies.
    pub standing: Standing,
}

/// The areas of a level.
#[derive(Debug, Clone, PartialEq)]
pub struct LevelSituation {
    /// The level.
    pub level: Level,
    /// Its boundaries: districts are those of the newest edition that has them.
    pub edition: EditionId,
    /// The probability of each single range.
    pub range: f64,
    /// Area after area, all incidents first, then the components; in the province the categories after them.
    pub rows: Vec<SituationRow>,
}

/// The last days.
#[derive(Debug, Clone, PartialEq)]
pub struct Situation {
    /// Which days, and how far the data reach.
    pub last: LastDays,
    /// How many former years say what is usual.
    pub years: usize,
    /// The levels, the widest first.
    pub levels: Vec<LevelSituation>,
}

/// Looks at the last days; none where the data do not cover so many.
///
/// # Errors
/// When the edition is not loaded.
pub fn situation(snapshot: &Snapshot, request: &SituationRequest) -> Result<Option<Situation>, AssessmentError> {
    let own = snapshot.edition(request.edition).ok_or(AssessmentError::NoSuchEdition(request.edition))?;
    let Some(last) = last_days(snapshot, request.days, request.today) else { return Ok(None) };
    let references = reference_periods(snapshot, last.period);
    let with_districts = snapshot.editions.iter().rev().find(|edition| edition.shape.level(Level::District).is_some());
    let levels = [
        (Level::Province, Some(own)),
        (Level::District, if own.shape.level(Level::District).is_some() { Some(own) } else { with_districts }),
        (Level::Commune, Some(own)),
    ];
    let of_level = |(level, edition): (Level, Option<_>)| {
        let counts = LevelCounts::of(snapshot, edition?, level, last.period, &references.periods)?;
        Some(level_situation(snapshot, &counts, &last))
    };
    Ok(Some(Situation { last, years: references.years, levels: levels.into_iter().filter_map(of_level).collect() }))
}

fn level_situation(snapshot: &Snapshot, counts: &LevelCounts, last: &LastDays) -> LevelSituation {
    // Bonferroni: of so many ranges each is left so seldom that all hold with the probability of the rule.
    let rows = counts.rows.len().max(1) as f64;
    let level = ConfidenceLevel::new(1.0 - (1.0 - snapshot.rules.situation.range) / rows).ok();
    let row = |counted: &CountedRow| {
        let range = level.and_then(|level| predicted_range(&counted.former, level));
        SituationRow {
            area: counted.area,
            part: counted.part,
            count: counted.count,
            range,
            standing: standing(counted.count, range, last),
        }
    };
    LevelSituation {
        level: counts.level,
        edition: counts.edition,
        range: level.map_or(snapshot.rules.situation.range, ConfidenceLevel::share),
        rows: counts.rows.iter().map(row).collect(),
    }
}

fn standing(count: Option<u32>, range: Option<PredictedRange>, last: &LastDays) -> Standing {
    let Some((count, range)) = count.map(u64::from).zip(range) else { return Standing::Unknown };
    match count {
        count if count > range.high => Standing::More,
        count if count < range.low && last.incomplete_from.is_none() => Standing::Fewer,
        _ => Standing::Usual,
    }
}
