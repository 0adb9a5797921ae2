//! Which days are the last ones, and which days of former years they are held against.

use crate::domain::time::period::{Day, Period};
use crate::snapshot::Snapshot;

/// A year in whole weeks, so that Saturdays are held against Saturdays.
const WEEKS_OF_A_YEAR: i32 = 52;
const DAYS_OF_A_WEEK: i32 = 7;
/// From this length on the periods beside the same days are as long as the period itself, so that none overlaps.
const LONG_PERIOD_DAYS: i32 = 28;

/// The last days that the data know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastDays {
    /// The days.
    pub period: Period,
    /// The day after the last one that the data cover.
    pub data_end: Day,
    /// Whether the data reach the day before the question.
    pub is_current: bool,
    /// The first of these days for which reports may still come in; none where none may.
    pub incomplete_from: Option<Day>,
}

/// The last whole days that the data cover, so many of them; none where they cover fewer.
pub fn last_days(snapshot: &Snapshot, days: u16, today: Day) -> Option<LastDays> {
    let data_end = snapshot.coverage.overall.as_ref()?.hull()?.to();
    // The day of the question is not over.
    let end = data_end.min(today);
    let period = Period::new(Day::from_number(end.number() - i32::from(days)), end).ok()?;
    if !snapshot.coverage.covers(period) {
        return None;
    }
    let late = Day::from_number(today.number() - i32::from(snapshot.rules.situation.incomplete_days));
    let incomplete_from = (late < end).then(|| late.max(period.from()));
    Some(LastDays { period, data_end, is_current: data_end >= today, incomplete_from })
}

/// The periods of former years.
pub(super) struct ReferencePeriods {
    pub(super) years: usize,
    pub(super) periods: Vec<Period>,
}

/// The same weekdays of former years and of the weeks around them, as far as all of a year are covered.
pub(super) fn reference_periods(snapshot: &Snapshot, period: Period) -> ReferencePeriods {
    let rule = &snapshot.rules.situation;
    let length = period.to().number() - period.from().number();
    let beside: Vec<i32> = if length >= LONG_PERIOD_DAYS {
        vec![-length, 0, length]
    } else {
        let band = i32::from(rule.band_weeks);
        (-band..=band).map(|week| week * DAYS_OF_A_WEEK).collect()
    };
    let of_year = |year: i32| -> Option<Vec<Period>> {
        let back = year * WEEKS_OF_A_YEAR * DAYS_OF_A_WEEK;
        let periods = beside.iter().map(|days| earlier(period, back + days)).collect::<Option<Vec<_>>>()?;
        periods.iter().all(|period| snapshot.coverage.covers(*period)).then_some(periods)
    };
    let years: Vec<Vec<Period>> = (1..=i32::from(rule.years)).filter_map(of_year).collect();
    ReferencePeriods { years: years.len(), periods: years.concat() }
}

/// The days of a period as many days before.
fn earlier(period: Period, days: i32) -> Option<Period> {
    let moved = |day: Day| Day::from_number(day.number() - days);
    Period::new(moved(period.from()), moved(period.to())).ok()
}
