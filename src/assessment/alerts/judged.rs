//! Weeks and months of the followed series, each held against what is usual there.

use super::chances::Chances;
use super::followed::{Followed, FollowedSeries};
use super::judgement::Judgement;
use crate::domain::alert::{Alert, AlertKind, AlertMethod, AlertPlace};
use crate::domain::rules::alert_rule::{AlertRule, SeriesRule};
use crate::domain::time::calendar::StepLength;
use crate::domain::time::period::{Period, PeriodDates};
use crate::snapshot::Snapshot;
use crate::statistics::{EarsDesign, EarsMethod, FarringtonDesign, FewCases, ears, farrington};

const WEEKS_OF_A_YEAR: usize = 52;
const MONTHS_OF_A_YEAR: usize = 12;

/// A step of a series, with the probability up to which it raises an alert.
struct JudgedStep<'a> {
    kind: AlertKind,
    series: &'a FollowedSeries<'a>,
    days: Period,
    chance: f64,
}

/// What a method says of a step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Verdict {
    /// The method.
    pub method: AlertMethod,
    /// What was counted.
    pub observed: u64,
    /// What was to be expected.
    pub expected: f64,
    /// The greatest count that raises nothing; none where the method has no such count.
    pub limit: Option<u64>,
    /// The probability of so many or more where nothing is out of the ordinary.
    pub p: f64,
    is_enough: bool,
}

impl Verdict {
    /// Whether it raises an alert, where a step may do so with a probability.
    pub fn raises(&self, chance: f64) -> bool {
        self.p <= chance && self.is_enough && self.observed > 0
    }
}

/// What is said of a week of a series: by the years behind it, or by the weeks before it where they are too few.
pub fn week_verdict(counts: &[Option<u64>], at: usize, rule: &AlertRule, chance: f64) -> Option<Verdict> {
    let verdict = against_years(counts, at, &rule.weeks, WEEKS_OF_A_YEAR, chance);
    verdict.or_else(|| against_weeks_before(counts, at, rule.short.baseline))
}

/// What is said of a month of a series, by the years behind it.
pub fn month_verdict(counts: &[Option<u64>], at: usize, rule: &AlertRule, chance: f64) -> Option<Verdict> {
    against_years(counts, at, &rule.months, MONTHS_OF_A_YEAR, chance)
}

/// Judges the last whole weeks, again while reports come in late.
pub(super) fn weeks(snapshot: &Snapshot, followed: &Followed<'_>, chances: &Chances, judgement: &mut Judgement) {
    let rule = &snapshot.rules.alerts;
    let steps = followed.steps(StepLength::Week);
    let last = steps.len().saturating_sub(usize::from(rule.weeks_back));
    for series in &followed.series(&steps) {
        let chance = chances.at(AlertKind::Week, series.place.scope);
        for (at, step) in steps.iter().enumerate().skip(last) {
            let verdict = week_verdict(&series.counts, at, rule, chance);
            JudgedStep { kind: AlertKind::Week, series, days: step.period, chance }.note(verdict, followed, judgement);
        }
    }
}

/// Judges the last whole month.
pub(super) fn months(snapshot: &Snapshot, followed: &Followed<'_>, chances: &Chances, judgement: &mut Judgement) {
    let steps = followed.steps(StepLength::Month);
    let Some((at, step)) = steps.iter().enumerate().next_back() else { return };
    for series in &followed.series(&steps) {
        let chance = chances.at(AlertKind::Month, series.place.scope);
        let verdict = month_verdict(&series.counts, at, &snapshot.rules.alerts, chance);
        JudgedStep { kind: AlertKind::Month, series, days: step.period, chance }.note(verdict, followed, judgement);
    }
}

/// By the years that lie behind the step, as many as there are; none where they are too few.
fn against_years(
    counts: &[Option<u64>],
    at: usize,
    rule: &SeriesRule,
    steps_a_year: usize,
    chance: f64,
) -> Option<Verdict> {
    let half_window = usize::from(rule.half_window);
    let years = (at.checked_sub(half_window)? / steps_a_year).min(usize::from(rule.years));
    if years < usize::from(rule.min_years) {
        return None;
    }
    let design = FarringtonDesign {
        steps_a_year,
        years,
        half_window,
        seasons: usize::from(rule.seasons),
        left_out: usize::from(rule.left_out),
        reweighted_above: rule.reweighted_above,
        few_cases: FewCases { cases: u64::from(rule.min_cases), steps: usize::from(rule.min_cases_steps) },
    };
    let found = farrington(counts, at, &design)?;
    Some(Verdict {
        method: AlertMethod::Farrington,
        observed: found.observed,
        expected: found.mean,
        limit: Some(found.upper_limit(chance)),
        p: found.p(),
        is_enough: found.has_enough_cases,
    })
}

/// By the weeks before the last two, whose deviation is never believed to be below that of Poisson counts.
fn against_weeks_before(counts: &[Option<u64>], at: usize, baseline: u8) -> Option<Verdict> {
    let design = EarsDesign { baseline: usize::from(baseline), min_deviation: 1.0 };
    let first = ears(counts, at, EarsMethod::C2, design)?;
    let design = EarsDesign { min_deviation: first.mean.sqrt().max(1.0), ..design };
    let found = ears(counts, at, EarsMethod::C2, design)?;
    Some(Verdict {
        method: AlertMethod::Ears,
        observed: found.observed,
        expected: found.mean,
        limit: None,
        p: found.p()?,
        is_enough: true,
    })
}

impl JudgedStep<'_> {
    /// Takes note that the step was judged, and of the alert that it raises.
    fn note(&self, verdict: Option<Verdict>, followed: &Followed<'_>, judgement: &mut Judgement) {
        let Some(verdict) = verdict else { return };
        let key = key(self.kind, self.series.place, self.series.component, self.days);
        judgement.judged.insert(key.clone());
        if !verdict.raises(self.chance) {
            return;
        }
        judgement.alerts.push(Alert {
            key,
            kind: self.kind,
            method: verdict.method,
            place: self.series.place.clone(),
            component: self.series.component.map(str::to_owned),
            period: PeriodDates::from(self.days),
            observed: verdict.observed,
            expected: verdict.expected,
            limit: verdict.limit,
            p: verdict.p,
            chance: self.chance,
            is_incomplete: followed.is_incomplete(self.days),
        });
    }
}

/// What names a judged step.
fn key(kind: AlertKind, place: &AlertPlace, component: Option<&str>, period: Period) -> String {
    let code = place.codes.first().map(ToString::to_string);
    let at = place.group.clone().or(code).unwrap_or_default();
    let scope = place.scope.as_str();
    format!("{}:{}:{scope}:{}:{at}:{}", kind.as_str(), period.from(), place.edition, component.unwrap_or("all"))
}
