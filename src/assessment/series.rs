//! Counts of one area over the years of statistics (15 December to 14 December),
//! the years that may be released.

use super::disclosure::{is_released, shown_parts};
use crate::domain::filter::Filter;
use crate::domain::period::Day;
use crate::domain::role::Role;
use crate::domain::window::{Window, WindowUse};
use crate::snapshot::{EditionPicture, LevelPicture, Snapshot};

/// A window of statistics is a year when it has as many days.
const DAYS_OF_A_YEAR: std::ops::RangeInclusive<i32> = 365..=366;

/// The located incidents of an area in one year of statistics.
#[derive(Debug, Clone, PartialEq)]
pub struct YearCount<'a> {
    /// The window that is the year.
    pub window: &'a Window,
    /// The count; absent when the role may not see it.
    pub incidents: Option<u32>,
}

/// One area of one level of one edition.
#[derive(Debug, Clone, Copy)]
pub struct AreaAt<'a> {
    /// The served picture.
    pub snapshot: &'a Snapshot,
    /// The edition.
    pub picture: &'a EditionPicture,
    /// The level.
    pub areas: &'a LevelPicture,
    /// The place of the area in the level.
    pub place: usize,
}

/// The years of statistics that the incidents reach and the role may see, with the counts of an area.
/// The period of the filter is replaced by each year in turn. A window of three years is the sum of
/// its years, so the public sees all of them or, where one is small, none.
pub fn by_year<'a>(at: &AreaAt<'a>, filter: &Filter, role: Role) -> Vec<YearCount<'a>> {
    let (rules, today) = (&at.snapshot.rules, Day::today());
    let years = rules.windows.iter().filter(|window| {
        let days = window.period.to().number() - window.period.from().number();
        window.serves == WindowUse::Statistics && DAYS_OF_A_YEAR.contains(&days) && is_reached(at.snapshot, window)
    });
    let visible = years.filter(|window| role.sees_small_counts() || is_released(window, rules, today));
    let windows: Vec<&Window> = visible.collect();
    let counts: Option<Vec<u32>> = windows.iter().map(|window| located_in(at, filter, window)).collect();
    let shown =
        counts.map_or_else(|| vec![None; windows.len()], |counts| shown_parts(&counts, &rules.disclosure, role));
    windows.into_iter().zip(shown).map(|(window, incidents)| YearCount { window, incidents }).collect()
}

/// The located incidents of an area in the period of a window; none where the level shows no category of the filter.
fn located_in(at: &AreaAt<'_>, filter: &Filter, window: &Window) -> Option<u32> {
    let filter = Filter { period: window.period, ..*filter };
    let counted = super::counting::counted(at.snapshot, at.picture, at.areas, &filter);
    counted.located.get(at.place).copied().filter(|_| counted.shows_any())
}

fn is_reached(snapshot: &Snapshot, window: &Window) -> bool {
    snapshot.days.is_some_and(|(first, last)| first < window.period.to() && window.period.from() <= last)
}
