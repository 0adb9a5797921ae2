//! The windows that are released, cut into the steps of time that none of them divides.
//!
//! In: the rules and a day. Out: the windows with their spans of steps, and the tiers: sets of windows, each
//! holding the one before, from none to all. An area is published in the windows of one tier.

use std::ops::Range;

use crate::domain::incident::coverage::DataCoverage;
use crate::domain::index::{IndexVec, list_index};
use crate::domain::rules::Rules;
use crate::domain::rules::window::Window;
use crate::domain::time::period::{Day, Period};

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

/// Released windows, steps and tiers.
#[derive(Debug, Clone)]
pub(super) struct Timetable {
    pub(super) windows: IndexVec<ReleasedWindowIndex, ReleasedWindow>,
    pub(super) steps: Vec<Period>,
    /// The windows of each tier.
    pub(super) tiers: Vec<Vec<ReleasedWindowIndex>>,
}

impl Timetable {
    /// The timetable of the windows released on a day, cut as requests are; one of which nothing is left is none.
    pub(super) fn new(rules: &Rules, coverage: &DataCoverage, today: Day) -> Self {
        let cut = |window: &Window| Some((window.id.clone(), coverage.cut(window.period)?));
        let released: Vec<(String, Period)> = rules.released_windows(today).filter_map(cut).collect();
        let mut ends: Vec<Day> = released.iter().flat_map(|(_, period)| [period.from(), period.to()]).collect();
        ends.sort_unstable();
        ends.dedup();
        let step_at = |day: Day| ends.partition_point(|end| *end < day);
        let windows: IndexVec<ReleasedWindowIndex, ReleasedWindow> = released
            .iter()
            .map(|(id, period)| ReleasedWindow {
                id: id.clone(),
                period: *period,
                span: step_at(period.from())..step_at(period.to()),
            })
            .collect();
        let steps = ends.windows(2).filter_map(|pair| Period::new(pair[0], pair[1]).ok()).collect();
        Self { tiers: tiers(&windows), windows, steps }
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
        Timetable::new(&rules, coverage, Day::of_date(today.parse().unwrap()))
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
