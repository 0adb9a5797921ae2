//! Counts of one area over the years of statistics (15 December to 14 December),
//! the years that may be released.

use crate::assessment::release::{AreaRef, Release};
use crate::domain::area::AreaIndex;
use crate::domain::filter::Filter;
use crate::domain::incident::coverage::DataCoverage;
use crate::domain::rules::window::Window;
use crate::snapshot::{EditionData, LevelData, Snapshot};

/// The incidents of an area in one year of statistics.
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
    /// Taxonomy, rules and incidents.
    pub snapshot: &'a Snapshot,
    /// The boundaries and counts that the series is read from.
    pub edition_data: &'a EditionData,
    /// The level.
    pub areas: &'a LevelData,
    /// The index of the area in its level.
    pub area_index: AreaIndex,
}

/// The role that the answer is for.
#[derive(Debug, Clone, Copy)]
pub enum Visibility<'a> {
    /// All counts.
    Full,
    /// What is published.
    Published(&'a Release),
}

/// The years of statistics that the incidents cover and that may be seen, with the counts of an area; a year of which
/// days are missing is left out.
/// The period of the filter is replaced by each year in turn.
pub fn by_year<'a>(at: &AreaAt<'a>, filter: &Filter, visibility: Visibility<'_>) -> Vec<YearCount<'a>> {
    let years = at.snapshot.rules.statistics_years();
    let area = AreaRef { edition: filter.edition, level: at.areas.level, area_index: at.area_index };
    match visibility {
        Visibility::Full => {
            let years = years.filter(|window| is_covered(at, window));
            years.map(|window| YearCount { window, incidents: counted_in(at, filter, window) }).collect()
        }
        Visibility::Published(release) => {
            // A year that its release cut is no whole one.
            let visible = years.filter(|window| release.days_of(&window.id) == Some(window.period));
            let visible = visible.filter(|window| is_known_of_communes(at, window, release.coverage()));
            visible.map(|window| YearCount { window, incidents: release.count(area, window.period) }).collect()
        }
    }
}

/// The incidents of an area in the period of a window; none where the level shows no category of the filter.
fn counted_in(at: &AreaAt<'_>, filter: &Filter, window: &Window) -> Option<u32> {
    let filter = Filter { period: window.period, ..*filter };
    let counted = crate::assessment::counting::counted(at.snapshot, at.edition_data, at.areas, &filter);
    counted.incidents.at(at.area_index).copied().filter(|_| counted.shows_any())
}

fn is_covered(at: &AreaAt<'_>, window: &Window) -> bool {
    let coverage = &at.snapshot.coverage;
    coverage.covers(window.period) && is_known_of_communes(at, window, coverage)
}

/// Whether no district of the area is known on other days than the rest.
fn is_known_of_communes(at: &AreaAt<'_>, window: &Window, coverage: &DataCoverage) -> bool {
    at.areas.communes_of(at.area_index).all(|commune| at.edition_data.covers(commune, window.period, coverage))
}
