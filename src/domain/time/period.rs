//! Days and half-open periods of local days in Quảng Nam.

use std::fmt;
use std::ops::Range;

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan as _};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Vietnam has kept UTC+7 without daylight saving since 1975.
const UTC_OFFSET_S: i64 = 7 * 3600;
const DAY_S: i64 = 24 * 3600;

/// The time zone in which days begin and times without an offset are read.
pub fn local_time_zone() -> TimeZone {
    TimeZone::fixed(Offset::constant(7))
}

/// A moment in seconds since 1970 UTC as local time with its offset (RFC 3339).
///
/// ```
/// assert_eq!(binhyen::domain::time::period::local_time(0), "1970-01-01T07:00:00+07:00");
/// ```
pub fn local_time(unix_seconds: i64) -> String {
    Timestamp::from_second(unix_seconds)
        .map(|moment| moment.to_zoned_datetime(local_time_zone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
        .unwrap_or_default()
}

/// A local day, counted from 1 January 1970.
///
/// ```
/// use binhyen::domain::time::period::Day;
/// let day = Day::of_unix_seconds(17 * 3600); // 17:00 UTC is midnight in Quảng Nam
/// assert_eq!(day.date().to_string(), "1970-01-02");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day(i32);

impl Day {
    /// The local day of a moment in seconds since 1970 UTC.
    pub fn of_unix_seconds(seconds: i64) -> Self {
        Self((seconds + UTC_OFFSET_S).div_euclid(DAY_S) as i32)
    }

    /// The moment at which it begins, in seconds since 1970 UTC.
    pub fn first_second(self) -> i64 {
        i64::from(self.0) * DAY_S - UTC_OFFSET_S
    }

    /// The local day of a calendar date.
    pub fn of_date(date: Date) -> Self {
        let epoch = jiff::civil::date(1970, 1, 1);
        Self((date - epoch).get_days())
    }

    /// A day from its number since 1 January 1970.
    pub fn from_number(number: i32) -> Self {
        Self(number)
    }

    /// Days since 1 January 1970.
    pub fn number(self) -> i32 {
        self.0
    }

    /// The calendar date.
    pub fn date(self) -> Date {
        let epoch = jiff::civil::date(1970, 1, 1);
        epoch.saturating_add(self.0.days())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date())
    }
}

/// A half-open span of local days: `from` belongs to it, `to` does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    from: Day,
    to: Day,
}

/// Why two days are not a period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the period from {from} to {to} is empty: `to` is the first day after it and must be later than `from`")]
pub struct PeriodError {
    from: Day,
    to: Day,
}

impl Period {
    /// The period from the first day to the day after the last.
    pub fn new(from: Day, to: Day) -> Result<Self, PeriodError> {
        if from < to { Ok(Self { from, to }) } else { Err(PeriodError { from, to }) }
    }

    /// The first day.
    pub fn from(self) -> Day {
        self.from
    }

    /// The day after the last.
    pub fn to(self) -> Day {
        self.to
    }

    /// Whether a day belongs to the period.
    pub fn contains(self, day: Day) -> bool {
        self.from <= day && day < self.to
    }

    /// Whether two periods share a day.
    pub fn overlaps(self, other: Self) -> bool {
        self.from < other.to && other.from < self.to
    }

    /// Length in years of 365.25 days.
    pub fn years(self) -> f64 {
        f64::from(self.to.0 - self.from.0) / 365.25
    }

    /// The calendar year that holds the middle day.
    pub fn middle_year(self) -> i16 {
        Day::from_number(i32::midpoint(self.from.0, self.to.0)).date().year()
    }

    /// Its days as numbers, the last one excluded.
    pub fn day_numbers(self) -> Range<i32> {
        self.from.0..self.to.0
    }
}

/// A period as files and answers write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PeriodDates {
    /// The first day.
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// The day after the last.
    #[schema(value_type = String, format = Date)]
    pub to: Date,
}

impl From<Period> for PeriodDates {
    fn from(period: Period) -> Self {
        Self { from: period.from.date(), to: period.to.date() }
    }
}
