//! Which window a trend is taken from, and the counts of both.
//!
//! In: what is assessed and its counts. Out: the preceding window and a [`Trend`] per area. Where the
//! incidents do not cover both windows, or the window before is not released, nothing is said.

use jiff::ToSpan as _;

use super::{PrecedingWindow, Trend, TrendCoverage, arrows};
use crate::assessment::context::AssessmentContext;
use crate::domain::rules::Rules;
use crate::domain::rules::window::Window;
use crate::domain::time::period::{Day, Period};
use crate::statistics::ExposedCount;

/// Days by which windows of the same length may differ: a leap day.
const LEAP_DAYS: i32 = 1;

/// The trend of every area, and the window it is taken from; none where time begins with the window.
/// `counted_in` gives the counts by area in another period, where they may be counted; an area whose count may not be
/// used has no exposure there.
pub(in crate::assessment) fn trends(
    context: &AssessmentContext<'_>,
    now: &[ExposedCount],
    counted_in: impl Fn(Period) -> Option<Vec<ExposedCount>>,
) -> (Option<PrecedingWindow>, Vec<Option<Trend>>) {
    let nothing = vec![None; context.areas.areas.len()];
    let Some(mut window) = preceding(context) else { return (None, nothing) };
    let Some(before) = counted_in(window.period) else {
        window.coverage = TrendCoverage::Unreleased;
        return (Some(window), nothing);
    };
    if window.coverage != TrendCoverage::Whole {
        return (Some(window), nothing);
    }
    (Some(window), arrows(now, &before, context.snapshot.rules.trend.max_q))
}

/// The named window of the same use and length that ends where a named one begins; else the same days so many whole
/// years before that the two do not overlap, so that the same seasons are compared.
fn preceding(context: &AssessmentContext<'_>) -> Option<PrecedingWindow> {
    let period = context.filter.period;
    let named = named_before(&context.snapshot.rules, period);
    let before = match named {
        Some(window) => window.period,
        None => same_seasons_before(period)?,
    };
    Some(PrecedingWindow {
        period: before,
        id: named.map(|window| window.id.clone()),
        coverage: if context.coverage.compares(before, period) { TrendCoverage::Whole } else { TrendCoverage::Partial },
    })
}

fn named_before(rules: &Rules, period: Period) -> Option<&Window> {
    let own = rules.windows.iter().find(|window| window.period == period)?;
    rules.windows.iter().find(|window| {
        window.serves == own.serves
            && window.period.to() == period.from()
            && (days(window.period) - days(period)).abs() <= LEAP_DAYS
    })
}

/// The same days of the year, as few whole years before as leave no overlap.
fn same_seasons_before(period: Period) -> Option<Period> {
    // A period of N years, leap days or not, is no longer than this.
    let years = (1..=i64::from(days(period) / 365) + 1)
        .find(|years| years_before(period.to(), *years).is_some_and(|end| end <= period.from()))?;
    Period::new(years_before(period.from(), years)?, years_before(period.to(), years)?).ok()
}

fn years_before(day: Day, years: i64) -> Option<Day> {
    day.date().checked_sub(years.years()).ok().map(Day::of_date)
}

fn days(period: Period) -> i32 {
    period.to().number() - period.from().number()
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::*;

    fn before(from: Date, to: Date) -> (Date, Date) {
        let period = Period::new(Day::of_date(from), Day::of_date(to)).unwrap();
        let found = same_seasons_before(period).unwrap();
        (found.from().date(), found.to().date())
    }

    #[test]
    fn part_of_a_year_is_held_against_the_same_part_of_the_year_before() {
        assert_eq!(before(date(2025, 1, 1), date(2025, 4, 1)), (date(2024, 1, 1), date(2024, 4, 1)));
        assert_eq!(before(date(2025, 11, 15), date(2026, 2, 15)), (date(2024, 11, 15), date(2025, 2, 15)));
        assert_eq!(before(date(2024, 2, 29), date(2024, 3, 1)), (date(2023, 2, 28), date(2023, 3, 1)));
    }

    #[test]
    fn whole_years_are_held_against_those_before_and_more_than_a_year_against_two_before() {
        assert_eq!(before(date(2025, 1, 1), date(2026, 1, 1)), (date(2024, 1, 1), date(2025, 1, 1)));
        assert_eq!(before(date(2022, 12, 15), date(2025, 12, 15)), (date(2019, 12, 15), date(2022, 12, 15)));
        assert_eq!(before(date(2024, 1, 1), date(2025, 7, 1)), (date(2022, 1, 1), date(2023, 7, 1)));
    }
}
