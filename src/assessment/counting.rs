//! What is counted in each area: incidents by category and severity, residents,
//! person-years.
//!
//! In: an edition, a level and a filter. Out: counts by area, category and severity with their totals, and what they
//! are divided by. For the public the release counts instead.

use super::area::Totals;
use super::rating::measured::Measured;
use crate::domain::area::{AreaIndex, CommuneIndex, Level};
use crate::domain::filter::{CategorySet, Filter};
use crate::domain::incident::coverage::{DataCoverage, IncidentDays};
use crate::domain::incident::taxonomy::Severity;
use crate::domain::index::IndexVec;
use crate::domain::time::period::Period;
use crate::snapshot::{CountTable, EditionData, LevelData, Snapshot};
use crate::statistics::ExposedCount;

/// Counts of a filter over the areas of a level.
#[derive(Debug, Clone)]
pub(super) struct Counted {
    /// Incidents by area, category and severity, with a point or without.
    pub table: CountTable<AreaIndex>,
    /// The categories shown at the level.
    pub categories: CategorySet,
    /// Incidents by area, with a point or without.
    pub incidents: IndexVec<AreaIndex, u32>,
    /// What of them has no point.
    pub without_point: IndexVec<AreaIndex, u32>,
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
pub(super) fn counted(snapshot: &Snapshot, edition_data: &EditionData, areas: &LevelData, filter: &Filter) -> Counted {
    let shown = shown_categories(snapshot, areas.level, filter.categories);
    let requested = edition_data.placed_totals(filter);
    // What the level may show is counted apart from all that the filter counts: the account of incidents must
    // balance over both, the rows must not contain the difference.
    let seen =
        if shown == filter.categories { requested.clone() } else { edition_data.placed_totals(&only(filter, shown)) };
    let in_areas = sum(&seen.in_communes);
    let by_commune = sum(&seen.without_point);
    let district_only = sum(&requested.in_communes) - in_areas;
    Counted {
        table: match areas.level {
            Level::Commune => edition_data.counts(filter).renamed(),
            Level::District | Level::Province => {
                edition_data.counts(filter).grouped(&areas.area_of_commune, areas.areas.len())
            }
        },
        incidents: by_area(areas, &seen.in_communes),
        without_point: by_area(areas, &seen.without_point),
        categories: shown,
        totals: Totals {
            incidents: in_areas + district_only + requested.by_wider_area + requested.outside + requested.unplaced,
            with_point: in_areas - by_commune,
            by_commune,
            by_wider_area: requested.by_wider_area,
            outside: requested.outside,
            unplaced: requested.unplaced,
            district_only,
            models: 0,
        },
    }
}

/// The account of all incidents that a snapshot holds, of every category and day, on one of its editions.
pub fn whole_account(snapshot: &Snapshot, edition_data: &EditionData) -> Totals {
    let Some(period) = snapshot.days.and_then(IncidentDays::period) else { return Totals::default() };
    let filter = Filter {
        edition: edition_data.entry.id,
        period,
        categories: CategorySet::all(&snapshot.taxonomy),
        min_severity: Severity::LEAST,
        scheme: snapshot.schemes.default_index(),
    };
    let placed = edition_data.placed_totals(&filter);
    let (in_communes, by_commune) = (sum(&placed.in_communes), sum(&placed.without_point));
    Totals {
        incidents: in_communes + placed.by_wider_area + placed.outside + placed.unplaced,
        with_point: in_communes - by_commune,
        by_commune,
        by_wider_area: placed.by_wider_area,
        outside: placed.outside,
        unplaced: placed.unplaced,
        district_only: 0,
        models: 0,
    }
}

/// How many incidents a filter counts in each area of a level, of the categories shown there.
pub(super) fn incidents_by_area(
    snapshot: &Snapshot,
    edition_data: &EditionData,
    areas: &LevelData,
    filter: &Filter,
) -> IndexVec<AreaIndex, u32> {
    let shown = only(filter, shown_categories(snapshot, areas.level, filter.categories));
    by_area(areas, &edition_data.commune_totals(&shown, areas.area_of_commune.indices()))
}

/// The filter with other categories.
fn only(filter: &Filter, categories: CategorySet) -> Filter {
    Filter { categories, ..*filter }
}

fn sum(counts: &[u32]) -> u32 {
    counts.iter().sum()
}

/// The sums over the communes of each area.
fn by_area(areas: &LevelData, of_communes: &[u32]) -> IndexVec<AreaIndex, u32> {
    let mut sums = IndexVec::<AreaIndex, _>::from(vec![0; areas.areas.len()]);
    for (area, count) in areas.area_of_commune.iter().zip(of_communes) {
        if let Some(area) = *area {
            sums[area] += count;
        }
    }
    sums
}

/// What a filter counts in some areas of a level, in the order of their indices, each as in an
/// [`super::Assessment`] of all: for what needs the counts of a few areas and nothing computed over all of them.
pub fn counted_areas(
    snapshot: &Snapshot,
    edition_data: &EditionData,
    areas: &LevelData,
    filter: &Filter,
    area_indices: &[AreaIndex],
) -> Vec<Measured> {
    let shown = shown_categories(snapshot, areas.level, filter.categories);
    let members = areas.communes_of_some(area_indices);
    let communes: Vec<CommuneIndex> = members.iter().map(|(_, commune)| *commune).collect();
    let counts = edition_data.commune_totals(&only(filter, shown), communes.iter().copied());
    let mut incidents = vec![0; area_indices.len()];
    let mut residents = vec![Some(0_u32); area_indices.len()];
    let of_communes = counts.into_iter().zip(edition_data.residents_of(communes.iter().copied(), filter.period));
    // Residents are a sum only while every commune so far has a figure; a missing one leaves the whole area
    // without a denominator.
    for ((area, _), (count, figure)) in members.iter().zip(of_communes) {
        incidents[*area] += count;
        residents[*area] = residents[*area].zip(figure).map(|(sum, figure)| sum + figure);
    }
    let mut covered = vec![true; area_indices.len()];
    for (area, commune) in &members {
        covered[*area] &= edition_data.covers(*commune, filter.period, &snapshot.coverage);
    }
    let years = filter.period.years();
    let measured = |((incidents, residents), is_covered): ((u32, Option<u32>), bool)| Measured {
        incidents: (!shown.is_empty() && is_covered).then_some(incidents),
        residents,
        person_years: residents.filter(|_| is_covered).map(|count| f64::from(count) * years),
    };
    incidents.into_iter().zip(residents).zip(covered).map(measured).collect()
}

/// The categories of those requested that may be shown at a level.
pub(super) fn shown_categories(snapshot: &Snapshot, level: Level, requested: CategorySet) -> CategorySet {
    if level == Level::Commune { snapshot.shown_below_district(requested) } else { requested }
}

/// The reported categories that every level may show.
pub(super) fn general_categories(snapshot: &Snapshot) -> CategorySet {
    snapshot.shown_below_district(CategorySet::reported(&snapshot.taxonomy))
}

/// The categories found by police work that every level may show.
pub(super) fn general_detected(snapshot: &Snapshot) -> CategorySet {
    snapshot.shown_below_district(CategorySet::detected(&snapshot.taxonomy))
}

/// Residents and person-years by area.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Exposure {
    /// Residents; absent when a commune of the area has no figure.
    pub residents: IndexVec<AreaIndex, Option<u32>>,
    /// Residents × years; absent as well where incidents are not known on every day.
    pub person_years: IndexVec<AreaIndex, Option<f64>>,
    /// Whether incidents are not known on every day: nothing of the area is counted then, and it takes no part in what
    /// is expected of the others.
    pub uncovered: IndexVec<AreaIndex, bool>,
}

impl Exposure {
    /// The exposure of some areas; that of the others is absent.
    pub(super) fn only(&self, is_kept: &IndexVec<AreaIndex, bool>) -> Self {
        let residents = self.residents.iter().zip(is_kept);
        let person_years = self.person_years.iter().zip(is_kept);
        Self {
            residents: residents.map(|(count, is_kept)| count.filter(|_| *is_kept)).collect(),
            person_years: person_years.map(|(years, is_kept)| years.filter(|_| *is_kept)).collect(),
            uncovered: self.uncovered.clone(),
        }
    }
}

/// Counts with the person-years they arose from; 0 where nobody is known to live.
pub(super) fn exposed_counts(counts: &[u32], exposure: &Exposure) -> Vec<ExposedCount> {
    let pairs = counts.iter().zip(&exposure.person_years);
    pairs.map(|(count, years)| ExposedCount { count: u64::from(*count), person_years: years.unwrap_or(0.0) }).collect()
}

/// The exposure of every area of a level in a period, with the days that some coverage knows.
pub(super) fn exposures(
    edition_data: &EditionData,
    areas: &LevelData,
    coverage: &DataCoverage,
    period: Period,
) -> Exposure {
    let residents = residents(edition_data, areas, period);
    let uncovered = uncovered_areas(edition_data, areas, coverage, period);
    let years = |(count, uncovered): (&Option<u32>, &bool)| {
        count.filter(|_| !uncovered).map(|count| f64::from(count) * period.years())
    };
    let person_years = residents.iter().zip(uncovered.iter()).map(years).collect();
    Exposure { residents, person_years, uncovered }
}

/// The residents of every area of a level in a period; absent when a commune of it has no figure.
pub(super) fn residents(
    edition_data: &EditionData,
    areas: &LevelData,
    period: Period,
) -> IndexVec<AreaIndex, Option<u32>> {
    let mut residents = IndexVec::<AreaIndex, _>::from(vec![Some(0_u32); areas.areas.len()]);
    let communes = areas.area_of_commune.indices();
    for (area, figure) in areas.area_of_commune.iter().zip(edition_data.residents_of(communes, period)) {
        if let Some(area) = *area {
            // Unknown once, unknown for good: a partial sum would be a denominator too small, hence a rate too
            // high.
            residents[area] = residents[area].zip(figure).map(|(sum, figure)| sum + figure);
        }
    }
    residents
}

/// The areas with a commune of which incidents are not known on every day of a period.
fn uncovered_areas(
    edition_data: &EditionData,
    areas: &LevelData,
    coverage: &DataCoverage,
    period: Period,
) -> IndexVec<AreaIndex, bool> {
    let mut uncovered = IndexVec::<AreaIndex, _>::from(vec![false; areas.areas.len()]);
    for (commune, area) in areas.area_of_commune.indexed() {
        if let Some(area) = *area {
            uncovered[area] |= !edition_data.covers(commune, period, coverage);
        }
    }
    uncovered
}

/// The residents of one area in a period; absent when a commune of it has no figure.
pub(super) fn residents_of(
    edition_data: &EditionData,
    areas: &LevelData,
    area: AreaIndex,
    period: Period,
) -> Option<u32> {
    areas.communes_of(area).map(|commune| edition_data.residents_in(commune, period)).sum()
}
