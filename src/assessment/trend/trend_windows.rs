//! Which window a trend is taken from, and the counts of both.
//!
//! In: what is assessed and its counts. Out: the preceding window and a [`Trend`] per area. Where the
//! incidents do not cover both windows, or the window before is not released, nothing is said.

use super::{PrecedingWindow, Trend, TrendCoverage, arrows};
use crate::assessment::context::AssessmentContext;
use crate::assessment::counting::{Counted, Exposure, exposures};
use crate::assessment::rating::exposed_counts;
use crate::domain::area::AreaIndex;
use crate::domain::index::IndexVec;
use crate::domain::rules::Rules;
use crate::domain::rules::window::Window;
use crate::domain::time::period::{Day, Period};
use crate::snapshot::Snapshot;

/// Days by which windows of the same length may differ: a leap day.
const LEAP_DAYS: i32 = 1;

/// The trend of every area, and the window it is taken from; none where time begins with the window.
/// `located_in` gives the located incidents by area in another period, where they may be counted.
pub(in crate::assessment) fn trends(
    context: &AssessmentContext<'_>,
    now: (&Counted, &Exposure),
    located_in: impl Fn(Period) -> Option<IndexVec<AreaIndex, u32>>,
) -> (Option<PrecedingWindow>, Vec<Option<Trend>>) {
    let nothing = vec![None; context.areas.areas.len()];
    let Some(mut window) = preceding(context.snapshot, context.filter.period) else { return (None, nothing) };
    if window.coverage != TrendCoverage::Whole {
        return (Some(window), nothing);
    }
    let Some(before) = located_in(window.period) else {
        window.coverage = TrendCoverage::Unreleased;
        return (Some(window), nothing);
    };
    let before = exposed_counts(&before, &exposures(context.edition_data, context.areas, window.period));
    let now = exposed_counts(&now.0.located, now.1);
    (Some(window), arrows(&now, &before, context.snapshot.rules.trend.max_q))
}

/// The named window of the same use and length that ends where a named one begins; else the days before.
fn preceding(snapshot: &Snapshot, period: Period) -> Option<PrecedingWindow> {
    let named = named_before(&snapshot.rules, period);
    let before = match named {
        Some(window) => window.period,
        None => Period::new(Day::from_number(period.from().number() - days(period)), period.from()).ok()?,
    };
    let slack = i32::from(snapshot.rules.trend.slack_days);
    let is_covered = snapshot.days.is_some_and(|(first, last)| {
        first.number() <= before.from().number() + slack && last.number() + 1 >= period.to().number() - slack
    });
    Some(PrecedingWindow {
        period: before,
        id: named.map(|window| window.id.clone()),
        coverage: if is_covered { TrendCoverage::Whole } else { TrendCoverage::Partial },
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

fn days(period: Period) -> i32 {
    period.to().number() - period.from().number()
}
