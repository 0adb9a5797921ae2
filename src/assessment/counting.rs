//! What is counted in each area: incidents by category and severity, residents,
//! person-years.

use super::area::Totals;
use crate::domain::area::Level;
use crate::domain::filter::{CategorySet, Filter};
use crate::domain::period::Period;
use crate::domain::taxonomy::CategoryIndex;
use crate::snapshot::{CountTable, EditionPicture, LevelPicture, Snapshot};

/// Counts of a filter over the areas of a level.
#[derive(Debug, Clone)]
pub(super) struct Counted {
    /// Located incidents by area, category and severity.
    pub table: CountTable,
    /// The categories shown at the level.
    pub categories: CategorySet,
    /// Located incidents by area.
    pub located: Vec<u32>,
    /// Incidents inside an area without a point.
    pub unlocated: Vec<u32>,
    /// Sums over the edition.
    pub totals: Totals,
}

impl Counted {
    /// Whether the level shows any category of the filter.
    pub(super) fn shows_any(&self) -> bool {
        self.categories != CategorySet::EMPTY
    }
}

/// Counts a filter over the areas of a level. Categories that are never shown below
/// district are left out of communes and summed apart.
pub(super) fn counted(snapshot: &Snapshot, picture: &EditionPicture, areas: &LevelPicture, filter: &Filter) -> Counted {
    let placed = picture.counts(filter);
    let groups = areas.areas.len();
    let table = placed.located.grouped(&areas.area_of_commune, groups);
    let inside = placed.unlocated_inside.grouped(&areas.area_of_commune, groups);
    let shown = shown_categories(snapshot, areas.level, filter.categories);
    let total = |table: &CountTable, categories: CategorySet| -> u32 {
        (0..table.rows()).map(|row| table.row_total(row, categories)).sum()
    };
    let located = total(&table, shown);
    let everywhere = total(&placed.located, filter.categories);
    let unlocated = total(&placed.unlocated_inside, filter.categories) + total(&placed.unlocated, filter.categories);
    let outside = total(&placed.outside, filter.categories);
    Counted {
        located: (0..groups).map(|row| table.row_total(row, shown)).collect(),
        unlocated: (0..groups).map(|row| inside.row_total(row, shown)).collect(),
        table,
        categories: shown,
        totals: Totals {
            incidents: everywhere + unlocated + outside,
            located,
            outside,
            unlocated,
            district_only: everywhere - located,
            models: 0,
        },
    }
}

/// What a filter counts in some areas of a level, in the order of their places, each as in an assessment of all.
pub fn counted_areas(
    snapshot: &Snapshot,
    picture: &EditionPicture,
    areas: &LevelPicture,
    filter: &Filter,
    places: &[usize],
) -> Vec<super::Measured> {
    let all = counted(snapshot, picture, areas, filter);
    let exposure = exposures(picture, areas, filter.period);
    places
        .iter()
        .map(|place| super::Measured {
            incidents: all.shows_any().then_some(all.located[*place]),
            residents: exposure.residents[*place],
            person_years: exposure.person_years[*place],
        })
        .collect()
}

/// The categories of those asked for that may be shown at a level.
pub(super) fn shown_categories(snapshot: &Snapshot, level: Level, asked: CategorySet) -> CategorySet {
    if level == Level::Commune { without_sensitive(snapshot, asked) } else { asked }
}

/// The categories that every level may show.
pub(super) fn general_categories(snapshot: &Snapshot) -> CategorySet {
    without_sensitive(snapshot, CategorySet::all(&snapshot.taxonomy))
}

fn without_sensitive(snapshot: &Snapshot, asked: CategorySet) -> CategorySet {
    let hidden = &snapshot.rules.disclosure.never_below_district;
    let categories = snapshot.taxonomy.categories.iter().enumerate();
    let sensitive = categories.filter(|(_, category)| category.sensitive || hidden.contains(&category.id));
    sensitive.fold(asked, |shown, (place, _)| shown.without(CategoryIndex::new(place as u8)))
}

/// Residents and person-years by area.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Exposure {
    /// Residents; absent when a commune of the area has no figure.
    pub residents: Vec<Option<u32>>,
    /// Residents × years.
    pub person_years: Vec<Option<f64>>,
}

/// The exposure of every area of a level in a period.
pub(super) fn exposures(picture: &EditionPicture, areas: &LevelPicture, period: Period) -> Exposure {
    let residents: Vec<Option<u32>> =
        (0..areas.areas.len()).map(|area| residents_of(picture, areas, area, period)).collect();
    let person_years = residents.iter().map(|count| count.map(|count| f64::from(count) * period.years())).collect();
    Exposure { residents, person_years }
}

/// The residents of one area in a period; absent when a commune of it has no figure.
pub(super) fn residents_of(picture: &EditionPicture, areas: &LevelPicture, area: usize, period: Period) -> Option<u32> {
    areas.communes_of(area).map(|commune| picture.residents_in(commune, period)).sum()
}
