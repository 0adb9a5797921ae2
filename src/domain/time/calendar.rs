//! Periods cut into the steps of a calendar: days, ISO weeks, months, quarters, years.
//!
//! In: a half-open period of local days and the length of a step. Out: the steps in order, without gap or overlap;
//! together they are the period. The first and the last may be partial, which each step says of itself.
//! Nothing is counted here.

use std::fmt;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::period::{Day, Period};

/// How long a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepLength {
    /// One local day.
    Day,
    /// Monday to Sunday (ISO 8601).
    Week,
    /// A calendar month.
    Month,
    /// Three calendar months, the first from January.
    Quarter,
    /// A year that begins on the month and day of a date.
    YearFrom(Date),
}

impl StepLength {
    /// The first day of the step that holds a day.
    fn start(self, day: Day) -> Day {
        let date = day.date();
        Day::of_date(match self {
            Self::Day => date,
            Self::Week => return Day::from_number(day.number() - i32::from(date.weekday().to_monday_zero_offset())),
            Self::Month => date.first_of_month(),
            Self::Quarter => date.first_of_month().saturating_sub(i32::from((date.month() - 1) % 3).months()),
            Self::YearFrom(first) => year_start(first, date),
        })
    }

    /// The first day of the step after one that begins on a day.
    fn next(self, start: Day) -> Day {
        let date = start.date();
        Day::of_date(match self {
            Self::Day => return Day::from_number(start.number() + 1),
            Self::Week => return Day::from_number(start.number() + 7),
            Self::Month => date.saturating_add(1.month()),
            Self::Quarter => date.saturating_add(3.months()),
            // From the given date, so that a year from 29 February does not drift.
            Self::YearFrom(first) => first.saturating_add((i32::from(date.year() - first.year()) + 1).years()),
        })
    }
}

fn year_start(first: Date, date: Date) -> Date {
    let years = i32::from(date.year() - first.year());
    let same_year = first.saturating_add(years.years());
    if same_year <= date { same_year } else { first.saturating_add((years - 1).years()) }
}

/// Whether a step is as long as its kind, or cut by an end of the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepExtent {
    /// As long as its kind.
    Whole,
    /// Cut: its counts must not be compared with those of a whole one.
    Partial,
}

/// One step of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Its days within the period.
    pub period: Period,
    /// Whether these are all its days.
    pub extent: StepExtent,
}

/// A period has more steps than may be requested at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub struct TooManySteps {
    /// How many are allowed.
    pub at_most: usize,
}

impl fmt::Display for TooManySteps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the period has more than {} steps", self.at_most)
    }
}

/// The steps of a period.
///
/// # Errors
/// [`TooManySteps`] as soon as there are more than `at_most`.
///
/// # Example
/// ```
/// use binhyen::domain::time::calendar::{StepExtent, StepLength, steps};
/// use binhyen::domain::time::period::{Day, Period};
/// let day = |text: &str| Day::of_date(text.parse().unwrap());
/// let months = steps(Period::new(day("2024-01-15"), day("2024-03-01"))?, StepLength::Month, 12).unwrap();
/// assert_eq!(months.len(), 2);
/// assert_eq!((months[0].extent, months[1].extent), (StepExtent::Partial, StepExtent::Whole));
/// # Ok::<(), binhyen::domain::time::period::PeriodError>(())
/// ```
pub fn steps(period: Period, length: StepLength, at_most: usize) -> Result<Vec<Step>, TooManySteps> {
    let mut found = Vec::new();
    let mut from = period.from();
    // Where the calendar ends no later step begins, and a period cannot begin.
    while let Ok(rest) = Period::new(from, period.to()) {
        if found.len() == at_most {
            return Err(TooManySteps { at_most });
        }
        let start = length.start(rest.from());
        let next = length.next(start);
        let Ok(step) = Period::new(from, next.min(period.to())) else { break };
        let is_whole = start == step.from() && next == step.to();
        found.push(Step { period: step, extent: if is_whole { StepExtent::Whole } else { StepExtent::Partial } });
        from = step.to();
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn period(from: Date, to: Date) -> Period {
        Period::new(Day::of_date(from), Day::of_date(to)).unwrap()
    }

    fn starts(period: Period, length: StepLength) -> Vec<String> {
        steps(period, length, 1000).unwrap().iter().map(|step| step.period.from().to_string()).collect()
    }

    #[test]
    fn week_begins_on_monday() {
        // 1 January 2024 was a Monday.
        let weeks = steps(period(date(2023, 12, 30), date(2024, 1, 10)), StepLength::Week, 10).unwrap();
        let days: Vec<i32> = weeks.iter().map(|week| week.period.to().number() - week.period.from().number()).collect();
        assert_eq!(days, [2, 7, 2]);
        assert_eq!(weeks[1].period.from().to_string(), "2024-01-01");
        let extents = weeks.iter().map(|week| week.extent);
        assert!(extents.eq([StepExtent::Partial, StepExtent::Whole, StepExtent::Partial]));
    }

    #[test]
    fn quarters_are_those_of_the_calendar() {
        let requested = period(date(2024, 2, 1), date(2025, 1, 1));
        assert_eq!(starts(requested, StepLength::Quarter), ["2024-02-01", "2024-04-01", "2024-07-01", "2024-10-01"]);
    }

    #[test]
    fn year_of_statistics_begins_in_december() {
        let years = StepLength::YearFrom(date(2021, 12, 15));
        let requested = period(date(2022, 12, 15), date(2025, 12, 15));
        assert_eq!(starts(requested, years), ["2022-12-15", "2023-12-15", "2024-12-15"]);
        assert!(steps(requested, years, 3).unwrap().iter().all(|step| step.extent == StepExtent::Whole));
        // Before the date that names its beginning as well.
        assert_eq!(starts(period(date(2019, 1, 1), date(2020, 1, 1)), years), ["2019-01-01", "2019-12-15"]);
    }

    #[test]
    fn year_from_a_leap_day_does_not_drift() {
        let years = StepLength::YearFrom(date(2024, 2, 29));
        let requested = period(date(2024, 2, 29), date(2029, 1, 1));
        let expected = ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"];
        assert_eq!(starts(requested, years), expected);
    }

    #[test]
    fn too_many_steps_are_refused() {
        let requested = period(date(2020, 1, 1), date(2021, 1, 1));
        assert_eq!(steps(requested, StepLength::Day, 366).unwrap().len(), 366);
        assert_eq!(steps(requested, StepLength::Day, 365), Err(TooManySteps { at_most: 365 }));
    }

    #[test]
    fn end_of_the_calendar_is_an_end() {
        let requested = period(date(9999, 11, 5), date(9999, 12, 31));
        for length in
            [StepLength::Week, StepLength::Month, StepLength::Quarter, StepLength::YearFrom(date(2021, 12, 15))]
        {
            let last = *steps(requested, length, 100).unwrap().last().unwrap();
            assert_eq!(last.period.to(), requested.to());
        }
    }

    proptest! {
        #[test]
        fn steps_are_the_period_without_gap(from in -40_000_i32..80_000, days in 1_i32..3000, kind in 0_usize..5) {
            let kinds = [StepLength::Day, StepLength::Week, StepLength::Month, StepLength::Quarter,
                StepLength::YearFrom(date(2021, 12, 15))];
            let requested = Period::new(Day::from_number(from), Day::from_number(from + days)).unwrap();
            let found = steps(requested, kinds[kind], 3000).unwrap();
            prop_assert_eq!(found[0].period.from(), requested.from());
            prop_assert_eq!(found[found.len() - 1].period.to(), requested.to());
            for pair in found.windows(2) {
                prop_assert_eq!(pair[0].period.to(), pair[1].period.from());
            }
            let partial = found.iter().skip(1).rev().skip(1).filter(|step| step.extent == StepExtent::Partial);
            prop_assert_eq!(partial.count(), 0, "only the ends are cut");
        }
    }
}
