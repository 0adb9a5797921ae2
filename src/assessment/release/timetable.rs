//! The windows that are released, cut into the steps of time that none of them divides.
//!
//! In: the rules and a day, and what was released before. Out: the windows with their spans of steps, and the tiers:
//! sets of windows, each holding the one before, from none to all. A release publishes an area in the windows of one
//! tier, beside those that releases before it published. A window that would divide a step that is published already
//! is left out, for the counts of the parts would be of another day than their sum.

use std::ops::Range;

use crate::domain::incident::coverage::DataCoverage;
use crate::domain::index::{IndexVec, list_index};
use crate::domain::release::{FrozenWindow, ReleaseContents};
use crate::domain::rules::Rules;
use crate::domain::time::period::{Day, Period, PeriodDates};

/// How much of an area is published: an index among the tiers, 0 for nothing.
pub(super) type Tier = usize;

list_index!(
    /// A released window, by its index among those of a release.
    pub ReleasedWindowIndex
);

/// A released window and the steps it covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleasedWindow {
    /// The id in the rule file.
    pub id: String,
    /// Its days, cut to those on which incidents are known.
    pub period: Period,
    /// Its steps.
    pub(in crate::assessment) span: Range<usize>,
}

/// A set of released windows, one bit a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct WindowSet(u128);

impl WindowSet {
    /// How many windows a set can tell apart; further ones are not released.
    const ROOM: usize = 128;

    /// The set of some windows.
    pub(super) fn of(windows: impl IntoIterator<Item = ReleasedWindowIndex>) -> Self {
        Self(windows.into_iter().fold(0, |bits, window| bits | 1 << window.index()))
    }

    /// Whether a window is among them.
    pub(super) fn contains(self, window: ReleasedWindowIndex) -> bool {
        self.0 >> window.index() & 1 == 1
    }

    /// The windows of either set.
    pub(super) fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether every window is in another set.
    pub(super) fn is_within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// Whether there is no window in it.
    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The windows, in their order.
    pub(super) fn iter(self) -> impl Iterator<Item = ReleasedWindowIndex> {
        (0..Self::ROOM).map(ReleasedWindowIndex::new).filter(move |window| self.contains(*window))
    }
}

/// Released windows, steps and tiers.
#[derive(Debug, Clone)]
pub(super) struct Timetable {
    pub(super) windows: IndexVec<ReleasedWindowIndex, ReleasedWindow>,
    pub(super) steps: Vec<Period>,
    /// The windows of each tier.
    pub(super) tiers: Vec<Vec<ReleasedWindowIndex>>,
}

impl Timetable {
    /// The timetable of the windows released on a day, cut to the days that are covered, and of those that were released before.
    pub(super) fn new(rules: &Rules, coverage: &DataCoverage, today: Day, before: Option<&ReleaseContents>) -> Self {
        let mut named = before.map_or(Vec::new(), frozen_windows);
        let steps = before.map_or(Vec::new(), frozen_steps);
        let divides = |period: Period| {
            let cuts = |step: &Period, day: Day| step.from() < day && day < step.to();
            steps.iter().any(|step| cuts(step, period.from()) || cuts(step, period.to()))
        };
        for window in rules.released_windows(today) {
            // Cut as requests are; one of which nothing is left is none.
            let days = coverage.cut(window.period).filter(|days| !divides(*days));
            if let Some(days) = days.filter(|_| !named.iter().any(|(id, _)| *id == window.id)) {
                named.push((window.id.clone(), days));
            }
        }
        Self::of(named)
    }

    /// The timetable of a stored release.
    pub(super) fn stored(contents: &ReleaseContents) -> Self {
        Self::of(frozen_windows(contents))
    }

    /// The timetable of no window.
    pub(super) fn empty() -> Self {
        Self::of(Vec::new())
    }

    /// The timetable of windows by their ids.
    fn of(mut named: Vec<(String, Period)>) -> Self {
        named.truncate(WindowSet::ROOM);
        let mut ends: Vec<Day> = named.iter().flat_map(|(_, period)| [period.from(), period.to()]).collect();
        ends.sort_unstable();
        ends.dedup();
        let step_at = |day: Day| ends.partition_point(|end| *end < day);
        let window = |(id, period): (String, Period)| ReleasedWindow {
            span: step_at(period.from())..step_at(period.to()),
            id,
            period,
        };
        let windows: IndexVec<ReleasedWindowIndex, ReleasedWindow> = named.into_iter().map(window).collect();
        let steps = ends.windows(2).filter_map(|pair| Period::new(pair[0], pair[1]).ok()).collect();
        Self { tiers: tiers(&windows), windows, steps }
    }

    /// The windows of a tier.
    pub(super) fn windows_of(&self, tier: Tier) -> WindowSet {
        WindowSet::of(self.tiers[tier].iter().copied())
    }

    /// The windows of some ids; ids of no window are left out.
    pub(super) fn named(&self, ids: &[String]) -> WindowSet {
        let windows = self.windows.indexed().filter(|(_, window)| ids.contains(&window.id));
        WindowSet::of(windows.map(|(index, _)| index))
    }

    /// The ids of a set of windows.
    pub(super) fn ids(&self, windows: WindowSet) -> Vec<String> {
        let shown = self.windows.indexed().filter(|(index, _)| windows.contains(*index));
        shown.map(|(_, window)| window.id.clone()).collect()
    }

    /// The tier of all windows.
    pub(super) fn highest(&self) -> Tier {
        self.tiers.len() - 1
    }

    /// The window that covers exactly a period.
    pub(super) fn window_of(&self, period: Period) -> Option<ReleasedWindowIndex> {
        self.windows.indexed().find(|(_, window)| window.period == period).map(|(index, _)| index)
    }

    /// The step of a day.
    pub(super) fn step_of(&self, day: Day) -> Option<usize> {
        let after = self.steps.partition_point(|step| step.to() <= day);
        self.steps.get(after).filter(|step| step.contains(day)).map(|_| after)
    }

    /// The window in which parts of a count are published: the newest of the longest.
    pub(super) fn window_of_parts(&self) -> Option<ReleasedWindowIndex> {
        self.tiers.get(1).and_then(|tier| tier.first()).copied()
    }
}

/// The windows of a release before.
fn frozen_windows(contents: &ReleaseContents) -> Vec<(String, Period)> {
    let window = |window: &FrozenWindow| Some((window.id.clone(), period(window.days)?));
    contents.windows.iter().filter_map(window).collect()
}

/// The steps of a release before.
fn frozen_steps(contents: &ReleaseContents) -> Vec<Period> {
    contents.steps.iter().filter_map(|step| period(step.days)).collect()
}

fn period(days: PeriodDates) -> Option<Period> {
    Period::new(Day::of_date(days.from), Day::of_date(days.to)).ok()
}

/// None; the newest of the longest windows; all of the longest; those and the next shorter; and so on.
fn tiers(windows: &IndexVec<ReleasedWindowIndex, ReleasedWindow>) -> Vec<Vec<ReleasedWindowIndex>> {
    let years = |window: &ReleasedWindow| window.period.years().round() as u32;
    let mut lengths: Vec<u32> = windows.iter().map(years).collect();
    lengths.sort_unstable_by(|a, b| b.cmp(a));
    lengths.dedup();
    let mut tiers = vec![Vec::new()];
    let longest = windows.indexed().filter(|(_, window)| Some(&years(window)) == lengths.first());
    tiers.extend(longest.max_by_key(|(_, window)| window.period.to()).map(|(index, _)| vec![index]));
    for least in lengths {
        let tier: Vec<ReleasedWindowIndex> =
            windows.indexed().filter(|(_, window)| years(window) >= least).map(|(index, _)| index).collect();
        if tiers.last() != Some(&tier) {
            tiers.push(tier);
        }
    }
    tiers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::incident::coverage::{CoverageScope, DeclaredCoverage};
    use crate::domain::incident::taxonomy::Taxonomy;

    fn cut_to(coverage: &DataCoverage, today: &str) -> Timetable {
        let taxonomy = Taxonomy::from_toml(include_str!("../../../geodata/taxonomy.toml")).unwrap();
        let rules = Rules::from_toml(include_str!("../../../geodata/rules.toml"), &taxonomy).unwrap();
        Timetable::new(&rules, coverage, Day::of_date(today.parse().unwrap()), None)
    }

    fn shipped(today: &str) -> Timetable {
        cut_to(&DataCoverage::default(), today)
    }

    fn ids(timetable: &Timetable, tier: Tier) -> Vec<&str> {
        timetable.tiers[tier].iter().map(|window| timetable.windows[*window].id.as_str()).collect()
    }

    #[test]
    fn tiers_open_from_the_newest_long_window_to_the_years() {
        let timetable = shipped("2026-11-01");
        assert_eq!(timetable.steps.len(), 6);
        assert_eq!(ids(&timetable, 0), [] as [&str; 0]);
        assert_eq!(ids(&timetable, 1), ["3N-2025"]);
        assert_eq!(ids(&timetable, 2), ["3N-2022", "3N-2023", "3N-2024", "3N-2025"]);
        assert_eq!((ids(&timetable, 3).len(), timetable.highest()), (9, 3));
        assert_eq!(timetable.windows[timetable.tiers[1][0]].span, 3..6);
    }

    #[test]
    fn window_younger_than_the_delay_is_no_part_of_it() {
        let timetable = shipped("2026-01-10");
        assert_eq!(ids(&timetable, 1), ["3N-2024"]);
        let day = |text: &str| Day::of_date(text.parse().unwrap());
        assert_eq!(timetable.step_of(day("2024-12-14")), Some(4));
        assert_eq!(timetable.step_of(day("2024-12-15")), None);
    }

    #[test]
    fn released_windows_are_cut_to_what_is_covered() {
        let days = "2022-12-15..2025-06-15".parse().unwrap();
        let declared = [DeclaredCoverage { scope: CoverageScope::Everything, days }];
        let timetable = cut_to(&DataCoverage::new(&declared, None, 7), "2026-11-01");
        let days = |id: &str| {
            let window = timetable.windows.iter().find(|window| window.id == id)?;
            Some(format!("{}..{}", window.period.from(), window.period.to()))
        };
        assert_eq!(days("3N-2025").unwrap(), "2022-12-15..2025-06-15");
        assert_eq!(days("3N-2023").unwrap(), "2022-12-15..2023-12-15");
        assert_eq!(days("TK-2024").unwrap(), "2023-12-15..2024-12-15");
        assert_eq!(days("TK-2022"), None, "nothing is left of it");
        assert_eq!((timetable.steps.len(), ids(&timetable, 1)), (3, vec!["3N-2025"]));
    }

    #[test]
    fn nothing_released_leaves_one_tier() {
        let timetable = shipped("2020-01-01");
        assert_eq!((timetable.highest(), timetable.steps.len(), timetable.window_of_parts()), (0, 0, None));
    }
}
