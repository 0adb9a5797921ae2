//! Counts of one area over the years of statistics (15 December to 14 December),
//! the years that may be released.

use super::release::{AreaRef, Release};
use crate::domain::filter::Filter;
use crate::domain::window::Window;
use crate::snapshot::{EditionPicture, LevelPicture, Snapshot};

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

/// Whose eyes look.
#[derive(Debug, Clone, Copy)]
pub enum Sight<'a> {
    /// All counts.
    Everything,
    /// What is published.
    Published(&'a Release),
}

/// The years of statistics that the incidents reach and that may be seen, with the counts of an area.
/// The period of the filter is replaced by each year in turn.
pub fn by_year<'a>(at: &AreaAt<'a>, filter: &Filter, sight: Sight<'_>) -> Vec<YearCount<'a>> {
    let years = at.snapshot.rules.statistics_years().filter(|window| is_reached(at.snapshot, window));
    let area = AreaRef { edition: filter.edition, level: at.areas.level, place: at.place };
    match sight {
        Sight::Everything => {
            years.map(|window| YearCount { window, incidents: located_in(at, filter, window) }).collect()
        }
        Sight::Published(release) => {
            let released = |window: &&Window| release.windows().iter().any(|known| known.id == window.id);
            let visible = years.filter(released);
            visible.map(|window| YearCount { window, incidents: release.count(area, window.period) }).collect()
        }
    }
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
