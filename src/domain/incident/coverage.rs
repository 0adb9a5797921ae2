//! From which day to which incidents are known: overall, and for single channels or districts where so declared.
//!
//! In: what was declared and the days of the first and the last incident. Out: [`DataCoverage`], which cuts periods to what
//! is known and says which may be compared. Where nothing is declared the days of the first and the last incident stand
//! in, and a quiet week at either end does not count as a missing one. What is published shows no such day: it ends with
//! a month ([`DataCoverage::to_whole_months`]), and what is said of it rests on the released windows
//! ([`DataCoverage::published`]).

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::domain::area::AreaKey;
use crate::domain::time::period::{Day, Period};

pub use super::declared_coverage::{CoverageScope, DeclaredCoverage, DeclaredDays, DeclaredDaysError};

/// How far some days reach into a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CoverageExtent {
    /// Over all of it.
    Whole,
    /// Over a part of it.
    Part,
    /// Not at all.
    Nothing,
}

/// Spans of days on which incidents are known, in order, with at least a day between two of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoveredDays {
    spans: Vec<Period>,
    /// What the beginning of the first span rests on.
    from_basis: CoverageBasis,
    /// What the end of the last span rests on.
    to_basis: CoverageBasis,
    /// Days before the first span that still count as covered where a period begins among them.
    slack_before: i32,
    /// The same behind the last.
    slack_after: i32,
}

impl CoveredDays {
    /// What some declarations of one scope say together; none where they name no day.
    fn declared(days: &[DeclaredDays], known: Option<IncidentDays>, slack_days: i32) -> Option<Self> {
        let span = |days: &DeclaredDays| {
            let end = days.to.or_else(|| known.map(|known| next(known.last)))?;
            Period::new(days.from, end).ok()
        };
        let spans = joined(days.iter().filter_map(span).collect());
        let last = spans.last()?.to();
        // An end that moves with the incidents is as loose as one that nobody declared.
        let is_loose = days.iter().any(|days| days.to.is_none()) && known.is_some_and(|known| next(known.last) == last);
        let (to_basis, slack_after) =
            if is_loose { (CoverageBasis::Incidents, slack_days) } else { (CoverageBasis::Declared, 0) };
        Some(Self { spans, from_basis: CoverageBasis::Declared, to_basis, slack_before: 0, slack_after })
    }

    /// The days of the incidents themselves.
    fn inferred(known: IncidentDays, slack_days: i32) -> Option<Self> {
        Some(Self {
            spans: vec![known.period()?],
            from_basis: CoverageBasis::Incidents,
            to_basis: CoverageBasis::Incidents,
            slack_before: slack_days,
            slack_after: slack_days,
        })
    }

    /// Spans to the day.
    pub fn exactly(spans: Vec<Period>) -> Self {
        let basis = CoverageBasis::Declared;
        Self { spans, from_basis: basis, to_basis: basis, slack_before: 0, slack_after: 0 }
    }

    /// The same with each end that rests on an incident moved inwards to the end of a month. A period that was covered
    /// whole still is.
    fn to_whole_months(&self) -> Self {
        let Some(hull) = self.hull() else { return self.clone() };
        let moved = |basis, day: Day, to: fn(Date) -> Date| match basis {
            CoverageBasis::Declared => day,
            CoverageBasis::Incidents => Day::of_date(to(day.date())),
        };
        let from = moved(self.from_basis, hull.from(), next_month);
        let to = moved(self.to_basis, hull.to(), Date::first_of_month);
        let spans: Vec<Period> = self.spans.iter().filter_map(|span| within(*span, from, to)).collect();
        let slack = |is_kept: bool, slack: i32, moved: i32| if is_kept { slack + moved } else { 0 };
        let (first, last) = (spans.first().map(|span| span.from()), spans.last().map(|span| span.to()));
        Self {
            slack_before: slack(first == Some(from), self.slack_before, from.number() - hull.from().number()),
            slack_after: slack(last == Some(to), self.slack_after, hull.to().number() - to.number()),
            spans,
            ..*self
        }
    }

    /// What of them lies inside some days; an end that moves with the incidents counts as that of the days. None where
    /// nothing does.
    fn inside(&self, days: Period) -> Option<Self> {
        let last = self.spans.last()?;
        let to = match self.to_basis {
            CoverageBasis::Declared => last.to(),
            CoverageBasis::Incidents => days.to().max(last.from()),
        };
        let open = Period::new(last.from(), to).ok();
        let spans = self.spans.iter().copied().rev().skip(1).rev().chain(open);
        let spans: Vec<Period> = spans.filter_map(|span| within(span, days.from(), days.to())).collect();
        (!spans.is_empty()).then(|| Self::exactly(spans))
    }

    /// The spans, in order.
    pub fn spans(&self) -> &[Period] {
        &self.spans
    }

    /// From the first day covered to the last, over all gaps.
    pub fn hull(&self) -> Option<Period> {
        Period::new(self.spans.first()?.from(), self.spans.last()?.to()).ok()
    }

    /// The part of a period that is covered without a gap: the longest, of equals the last; none where none is.
    pub fn cut(&self, period: Period) -> Option<Period> {
        let common = |span: Period| Period::new(span.from().max(period.from()), span.to().min(period.to())).ok();
        let parts = self.widened(period).filter_map(common);
        parts.max_by_key(|part| (part.day_numbers().len(), part.to()))
    }

    /// How far they reach into a period.
    pub fn extent(&self, period: Period) -> CoverageExtent {
        match self.cut(period) {
            Some(part) if part == period => CoverageExtent::Whole,
            Some(_) => CoverageExtent::Part,
            None => CoverageExtent::Nothing,
        }
    }

    /// The spans, with their outer ends moved to those of a period that are within the slack.
    fn widened(&self, period: Period) -> impl Iterator<Item = Period> {
        let last = self.spans.len().saturating_sub(1);
        self.spans.iter().enumerate().filter_map(move |(index, span)| {
            let before = span.from().number() - period.from().number();
            let after = period.to().number() - span.to().number();
            let is_begun = index == 0 && (0..=self.slack_before).contains(&before);
            let is_ended = index == last && (0..=self.slack_after).contains(&after);
            let from = if is_begun { period.from() } else { span.from() };
            let to = if is_ended { period.to() } else { span.to() };
            Period::new(from, to).ok()
        })
    }
}

/// The days of the first and the last incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IncidentDays {
    /// The day of the first.
    pub first: Day,
    /// The day of the last.
    pub last: Day,
}

impl IncidentDays {
    /// From the first to the last, as a period; none where the days are out of order.
    pub fn period(self) -> Option<Period> {
        Period::new(self.first, next(self.last)).ok()
    }
}

/// Whether days were declared or follow from the incidents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CoverageBasis {
    /// They were declared.
    Declared,
    /// They are those of the first and the last incident.
    Incidents,
}

/// Which days are covered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataCoverage {
    /// Overall; none where no incident is known and nothing is declared.
    pub overall: Option<CoveredDays>,
    /// What the overall days rest on.
    pub basis: CoverageBasis,
    /// Of the channels with days of their own, by id.
    pub channels: BTreeMap<String, CoveredDays>,
    /// Of the districts with days of their own.
    pub districts: BTreeMap<AreaKey, CoveredDays>,
}

impl DataCoverage {
    /// What was declared, and where nothing was, the days of the first and the last incident. `slack_days` are the days
    /// that an end which nobody declared may be short of.
    pub fn new(declared: &[DeclaredCoverage], known: Option<IncidentDays>, slack_days: u16) -> Self {
        let slack_days = i32::from(slack_days);
        let mut by_scope: BTreeMap<&CoverageScope, Vec<DeclaredDays>> = BTreeMap::new();
        for declaration in declared {
            by_scope.entry(&declaration.scope).or_default().push(declaration.days);
        }
        let (mut overall, mut channels, mut districts) = (None, BTreeMap::new(), BTreeMap::new());
        for (scope, days) in by_scope {
            let Some(covered) = CoveredDays::declared(&days, known, slack_days) else { continue };
            match scope {
                CoverageScope::Everything => overall = Some(covered),
                CoverageScope::Channel(id) => drop(channels.insert(id.clone(), covered)),
                CoverageScope::District(key) => drop(districts.insert(key.clone(), covered)),
            }
        }
        let basis = if overall.is_some() { CoverageBasis::Declared } else { CoverageBasis::Incidents };
        let overall = overall.or_else(|| CoveredDays::inferred(known?, slack_days));
        Self { overall, basis, channels, districts }
    }

    /// The part of a period that may be counted: all of it where nothing is known at all; none where nothing is left.
    pub fn cut(&self, period: Period) -> Option<Period> {
        self.overall.as_ref().map_or(Some(period), |days| days.cut(period))
    }

    /// The same with each end that rests on an incident moved inwards to the end of a month, so that the day of no
    /// incident shows.
    #[must_use]
    pub fn to_whole_months(&self) -> Self {
        let overall = self.overall.as_ref().map(CoveredDays::to_whole_months);
        Self { overall, ..self.clone() }
    }

    /// What those know of it who are shown some windows and nothing else: the days of these, and of channels and
    /// districts what of their days lies among them.
    #[must_use]
    pub fn published(&self, windows: impl IntoIterator<Item = Period>) -> Self {
        let shown = CoveredDays::exactly(joined(windows.into_iter().collect()));
        let hull = shown.hull();
        let inside = |days: &CoveredDays| days.inside(hull?);
        let channels = self.channels.iter().filter_map(|(id, days)| Some((id.clone(), inside(days)?)));
        // A district of which nothing is known in any window has days of its own all the same: none.
        let none = || CoveredDays::exactly(Vec::new());
        let districts = self.districts.iter().map(|(key, days)| (key.clone(), inside(days).unwrap_or_else(none)));
        Self {
            basis: self.basis,
            channels: channels.collect(),
            districts: districts.collect(),
            overall: hull.is_some().then_some(shown),
        }
    }

    /// The same with what a release kept: its windows, and the days of channels and districts among them.
    pub fn kept(
        windows: impl IntoIterator<Item = Period>,
        basis: CoverageBasis,
        channels: BTreeMap<String, CoveredDays>,
        districts: BTreeMap<AreaKey, CoveredDays>,
    ) -> Self {
        let shown = CoveredDays::exactly(joined(windows.into_iter().collect()));
        Self { overall: shown.hull().is_some().then_some(shown), basis, channels, districts }
    }

    /// Whether every day of a period is covered.
    pub fn covers(&self, period: Period) -> bool {
        self.overall.as_ref().is_some_and(|days| days.extent(period) == CoverageExtent::Whole)
    }

    /// Whether the counts of two periods may be held against each other: both are covered, and every channel with days
    /// of its own reaches over both or into neither.
    pub fn compares(&self, one: Period, other: Period) -> bool {
        self.covers(one) && self.covers(other) && self.uneven_channels(one, other).is_empty()
    }

    /// The ids of the channels that reach over one of two periods and not over the other, or over a part of either.
    pub fn uneven_channels(&self, one: Period, other: Period) -> Vec<&str> {
        let is_even = |days: &CoveredDays| {
            matches!(
                (days.extent(one), days.extent(other)),
                (CoverageExtent::Whole, CoverageExtent::Whole) | (CoverageExtent::Nothing, CoverageExtent::Nothing)
            )
        };
        self.channels.iter().filter(|(_, days)| !is_even(days)).map(|(id, _)| id.as_str()).collect()
    }
}

impl Default for DataCoverage {
    /// Of no incidents.
    fn default() -> Self {
        Self::new(&[], None, 0)
    }
}

fn next(day: Day) -> Day {
    Day::from_number(day.number() + 1)
}

/// The first day of a month, on or after a date.
fn next_month(date: Date) -> Date {
    let first = date.first_of_month();
    if date == first { first } else { date.last_of_month().tomorrow().unwrap_or(date) }
}

/// What of a span lies between two days.
fn within(span: Period, from: Day, to: Day) -> Option<Period> {
    Period::new(span.from().max(from), span.to().min(to)).ok()
}

/// Spans in order, those that meet or overlap made one.
fn joined(mut spans: Vec<Period>) -> Vec<Period> {
    spans.sort_unstable_by_key(|span| (span.from(), span.to()));
    let mut joined: Vec<Period> = Vec::new();
    // Invariant: `joined` is in order and its spans have a day between them; what comes begins no earlier than its last.
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.from() <= last.to() => {
                *last = Period::new(last.from(), last.to().max(span.to())).unwrap_or(*last);
            }
            _ => joined.push(span),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> Day {
        Day::of_date(text.parse().unwrap())
    }

    fn period(text: &str) -> Period {
        let (from, to) = text.split_once("..").unwrap();
        Period::new(day(from), day(to)).unwrap()
    }

    fn of(scope: &CoverageScope, texts: &[&str]) -> Vec<DeclaredCoverage> {
        texts.iter().map(|text| DeclaredCoverage { scope: scope.clone(), days: text.parse().unwrap() }).collect()
    }

    fn overall(texts: &[&str]) -> Vec<DeclaredCoverage> {
        of(&CoverageScope::Everything, texts)
    }

    #[expect(clippy::unnecessary_wraps, reason = "the coverage takes the days as it has them")]
    fn known(first: &str, last: &str) -> Option<IncidentDays> {
        Some(IncidentDays { first: day(first), last: day(last) })
    }

    fn cut(coverage: &DataCoverage, text: &str) -> Option<String> {
        coverage.cut(period(text)).map(|part| format!("{}..{}", part.from(), part.to()))
    }

    #[test]
    fn period_is_cut_to_what_is_declared() {
        let coverage = DataCoverage::new(&overall(&["2022-12-15..2025-06-15"]), known("2022-12-20", "2025-06-01"), 7);
        assert_eq!(coverage.basis, CoverageBasis::Declared);
        assert_eq!(cut(&coverage, "2024-12-15..2025-12-15").unwrap(), "2024-12-15..2025-06-15");
        assert_eq!(cut(&coverage, "2022-12-14..2023-01-01").unwrap(), "2022-12-15..2023-01-01", "to the day, no slack");
        assert_eq!(cut(&coverage, "2023-12-15..2024-12-15").unwrap(), "2023-12-15..2024-12-15");
        assert_eq!(cut(&coverage, "2025-06-15..2025-12-15"), None, "the end is the first day that is not covered");
        assert!(coverage.covers(period("2022-12-15..2025-06-15")));
        assert!(!coverage.covers(period("2022-12-15..2025-06-16")));
    }

    #[test]
    fn days_of_the_incidents_stand_in_and_a_quiet_week_is_not_missing() {
        let coverage = DataCoverage::new(&[], known("2022-12-18", "2025-12-10"), 7);
        assert_eq!(coverage.basis, CoverageBasis::Incidents);
        assert_eq!(cut(&coverage, "2022-12-15..2025-12-15").unwrap(), "2022-12-15..2025-12-15", "3 and 4 days short");
        assert_eq!(cut(&coverage, "2022-12-10..2025-12-19").unwrap(), "2022-12-18..2025-12-11", "8 days short: cut");
        assert_eq!(cut(&coverage, "2022-01-01..2022-12-18"), None);
    }

    #[test]
    fn end_left_open_moves_with_the_last_incident() {
        let declared = overall(&["2022-12-15.."]);
        let coverage = |last| DataCoverage::new(&declared, known("2023-02-01", last), 7);
        let year = "2024-12-15..2025-12-15";
        assert_eq!(cut(&coverage("2025-06-30"), year).unwrap(), "2024-12-15..2025-07-01");
        assert_eq!(cut(&coverage("2025-12-09"), year).unwrap(), year, "its end is as loose as an undeclared one");
        assert_eq!(cut(&coverage("2025-12-09"), "2022-12-10..2023-12-15").unwrap(), "2022-12-15..2023-12-15");
    }

    #[test]
    fn declarations_that_meet_are_one_and_a_gap_stays_a_gap() {
        let coverage = DataCoverage::new(
            &overall(&["2024-01-01..2025-01-01", "2022-01-01..2023-01-01", "2023-01-01..2023-07-01"]),
            None,
            7,
        );
        let spans: Vec<String> =
            coverage.overall.as_ref().unwrap().spans().iter().map(|span| span.to().to_string()).collect();
        assert_eq!(spans, ["2023-07-01", "2025-01-01"]);
        assert_eq!(cut(&coverage, "2022-07-01..2024-04-01").unwrap(), "2022-07-01..2023-07-01", "the longest part");
        assert_eq!(cut(&coverage, "2023-01-01..2024-07-01").unwrap(), "2024-01-01..2024-07-01", "182 days against 181");
        assert_eq!(cut(&coverage, "2023-07-02..2023-12-01"), None);
    }

    #[test]
    fn channel_that_began_between_two_periods_keeps_them_apart() {
        let channel = CoverageScope::Channel("app".to_owned());
        let mut declared = overall(&["2020-01-01..2026-01-01"]);
        declared.extend(of(&channel, &["2024-01-01..2026-01-01"]));
        let coverage = DataCoverage::new(&declared, None, 7);
        let compares = |one, other| coverage.compares(period(one), period(other));
        assert!(compares("2024-01-01..2025-01-01", "2025-01-01..2026-01-01"), "it reaches over both");
        assert!(compares("2022-01-01..2023-01-01", "2023-01-01..2024-01-01"), "it reaches into neither");
        assert!(!compares("2023-01-01..2024-01-01", "2024-01-01..2025-01-01"));
        assert!(!compares("2024-01-01..2025-01-01", "2025-01-01..2026-01-02"), "the second is not covered");
    }

    #[test]
    fn what_is_published_names_the_day_of_no_incident() {
        let late = DataCoverage::new(&[], known("2022-12-18", "2025-10-29"), 7).to_whole_months();
        assert_eq!(cut(&late, "2021-12-15..2022-12-15"), None);
        assert_eq!(cut(&late, "2022-12-15..2025-12-15").unwrap(), "2022-12-15..2025-10-01", "the first end is whole");
        assert_eq!(
            cut(&late, "2022-11-15..2023-12-15").unwrap(),
            "2023-01-01..2023-12-15",
            "18 December does not show"
        );
        assert_eq!(cut(&late, "2024-10-29..2025-10-29").unwrap(), "2024-10-29..2025-10-29", "what was whole stays so");
        let next_day = DataCoverage::new(&[], known("2022-12-19", "2025-10-30"), 7).to_whole_months();
        assert_eq!(cut(&next_day, "2022-11-15..2025-12-15"), cut(&late, "2022-11-15..2025-12-15"));
        let week = DataCoverage::new(&[], known("2025-10-03", "2025-10-09"), 7).to_whole_months();
        assert_eq!(cut(&week, "2025-01-01..2026-01-01"), None, "no whole month is known");
        let declared = DataCoverage::new(&overall(&["2022-12-18..2025-10-29"]), known("2023-01-05", "2025-10-01"), 7);
        assert_eq!(declared.to_whole_months(), declared, "declared days are no incident's");
    }

    #[test]
    fn those_who_see_windows_know_their_days_and_no_others() {
        let channel = CoverageScope::Channel("app".to_owned());
        let mut declared = overall(&["2020-01-01..2026-01-01"]);
        declared.extend(of(&channel, &["2023-01-01.."]));
        let windows = || ["2022-01-01..2023-01-01", "2023-01-01..2024-01-01"].map(period);
        let published = |last| DataCoverage::new(&declared, known("2022-02-01", last), 7).published(windows());
        assert_eq!(published("2025-05-01"), published("2025-11-30"), "an end that moves shows nothing");
        let coverage = published("2025-05-01");
        assert_eq!(coverage.overall.as_ref().unwrap().spans(), [period("2022-01-01..2024-01-01")]);
        assert_eq!(coverage.channels["app"].spans(), [period("2023-01-01..2024-01-01")]);
        assert_eq!(coverage.uneven_channels(windows()[0], windows()[1]), ["app"]);
        assert_eq!(coverage.published([]), DataCoverage { basis: CoverageBasis::Declared, ..DataCoverage::default() });
    }

    #[test]
    fn of_nothing_nothing_is_covered_and_nothing_is_cut() {
        let coverage = DataCoverage::default();
        assert_eq!(cut(&coverage, "2024-01-01..2025-01-01").unwrap(), "2024-01-01..2025-01-01");
        assert!(!coverage.covers(period("2024-01-01..2025-01-01")));
        assert_eq!(DataCoverage::new(&overall(&["2024-01-01.."]), None, 7).overall, None);
    }

    proptest! {
        #[test]
        fn cut_is_the_same_when_it_is_cut_again(
            spans in proptest::collection::vec((0_i32..400, 1_i32..200), 0..4),
            first in 0_i32..300, length in 1_i32..300, from in -50_i32..600, days in 1_i32..400,
        ) {
            let at = Day::from_number;
            let declared: Vec<DeclaredCoverage> = spans.iter().map(|(from, days)| DeclaredCoverage {
                scope: CoverageScope::Everything,
                days: DeclaredDays { from: at(*from), to: Some(at(from + days)) },
            }).collect();
            let known = IncidentDays { first: at(first), last: at(first + length) };
            let coverage = DataCoverage::new(&declared, Some(known), 7);
            let requested = Period::new(at(from), at(from + days)).unwrap();
            if let Some(part) = coverage.cut(requested) {
                prop_assert!(requested.from() <= part.from() && part.to() <= requested.to());
                prop_assert_eq!(coverage.cut(part), Some(part));
                prop_assert!(coverage.covers(part));
            }
        }
    }
}
