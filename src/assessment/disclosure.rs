//! What a role may see of an assessment. Counts of one to four, and every number
//! from which they could be read, are taken out of the rows themselves, so that
//! they never reach the bytes of an answer.
//!
//! This is the primary rule; the joint suppression of released tables builds on it.

use super::area::{AreaAssessment, Assessment};
use super::grade::Grade;
use crate::domain::period::{Day, Period};
use crate::domain::role::Role;
use crate::domain::rules::{DisclosureRule, Rules};
use crate::domain::window::{Release, Window};

/// Whether a count is too small to be shown.
pub fn is_small(count: u32, rule: &DisclosureRule) -> bool {
    (1..rule.k).contains(&count)
}

/// A count as a role may see it.
pub fn shown_count(count: u32, rule: &DisclosureRule, role: Role) -> Option<u32> {
    (role.sees_small_counts() || !is_small(count, rule)).then_some(count)
}

/// The parts of a sum that is shown beside them: all, or none where one of them is small,
/// because the sum less the other parts would give that one away.
pub fn shown_parts(counts: &[u32], rule: &DisclosureRule, role: Role) -> Vec<Option<u32>> {
    let hidden = !role.sees_small_counts() && counts.iter().any(|count| is_small(*count, rule));
    counts.iter().map(|count| (!hidden).then_some(*count)).collect()
}

/// Whether the public may use a window on a day.
pub fn is_released(window: &Window, rules: &Rules, today: Day) -> bool {
    let delay_days = rules.disclosure.delay_days as i32;
    window.release == Release::Public && window.period.to().number() + delay_days <= today.number()
}

/// The windows that the public may use on a day: released, and over for the length of the delay.
pub fn released_windows(rules: &Rules, today: Day) -> impl Iterator<Item = &Window> {
    rules.windows.iter().filter(move |window| is_released(window, rules, today))
}

/// The released window that covers exactly a period.
pub fn released_window_of(rules: &Rules, period: Period, today: Day) -> Option<&Window> {
    released_windows(rules, today).find(|window| window.period == period)
}

/// The assessment as a role may see it.
#[must_use]
pub fn disclosed(mut assessment: Assessment, rules: &Rules, role: Role) -> Assessment {
    if role.sees_small_counts() {
        return assessment;
    }
    for row in &mut assessment.rows {
        suppress(row, &rules.disclosure);
    }
    assessment
}

/// The assessment of a level on which nobody may see any of the categories asked for: without
/// counts, because a zero would read as "none recorded".
pub(super) fn without_counts(mut assessment: Assessment) -> Assessment {
    for row in &mut assessment.rows {
        hide_count(row);
        suppress_rating(row);
        row.unlocated = None;
        for component in &mut row.components {
            (component.observed, component.expected, component.contribution) = (None, None, None);
        }
    }
    assessment
}

/// Takes out the count of an area and what could be read as one.
fn hide_count(row: &mut AreaAssessment) {
    row.incidents = None;
    // Where the level has a single area, what is expected of it is what was counted.
    row.expected = None;
    row.rate = None;
    row.rate_low = None;
    row.rate_high = None;
    row.rate_smoothed = None;
}

fn suppress(row: &mut AreaAssessment, rule: &DisclosureRule) {
    let incidents = row.incidents.unwrap_or(0);
    if is_small(incidents, rule) {
        hide_count(row);
    }
    if incidents < rule.min_events_weighted {
        suppress_rating(row);
    }
    row.unlocated = row.unlocated.filter(|count| !is_small(*count, rule));
    let small = row.components.iter().any(|part| part.observed.is_some_and(|count| is_small(count, rule)));
    for component in &mut row.components {
        component.observed = component.observed.filter(|_| !small);
        component.expected = component.expected.filter(|_| !small);
        component.contribution = None;
    }
}

fn suppress_rating(row: &mut AreaAssessment) {
    row.ratio = None;
    row.ratio_low = None;
    row.ratio_high = None;
    row.prob_above_1 = None;
    row.reliability = None;
    row.grade_best = None;
    row.grade_worst = None;
    if row.grade != Grade::NoExposure {
        row.grade = Grade::Suppressed;
    }
}
