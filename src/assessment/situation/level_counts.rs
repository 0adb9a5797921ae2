//! Counts of the areas of a level in the last days and in the periods they are held against.

use crate::assessment::counting::shown_categories;
use crate::domain::area::edition::EditionId;
use crate::domain::area::{AreaIndex, Level};
use crate::domain::filter::{CategorySet, Filter};
use crate::domain::incident::taxonomy::{CategoryIndex, Severity};
use crate::domain::index::{IndexVec, ListIndex as _};
use crate::domain::rules::scheme::ComponentIndex;
use crate::domain::time::period::Period;
use crate::snapshot::{EditionData, LevelData, Snapshot};

/// What was counted of an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SituationPart {
    /// Every reported incident.
    All,
    /// Those of a component of the default scheme.
    Component(ComponentIndex),
    /// Those of a category.
    Category(CategoryIndex),
}

/// One area and part with its counts.
pub(super) struct CountedRow {
    pub(super) area: AreaIndex,
    pub(super) part: SituationPart,
    /// None where the days are not known there.
    pub(super) count: Option<u32>,
    /// Those of the periods that are known there.
    pub(super) former: Vec<u64>,
}

/// The counts of a level.
pub(super) struct LevelCounts {
    pub(super) level: Level,
    pub(super) edition: EditionId,
    pub(super) rows: Vec<CountedRow>,
}

/// A part with its categories.
struct Part {
    part: SituationPart,
    categories: CategorySet,
}

impl LevelCounts {
    /// The counts of every area of a level; none where the edition has none of it.
    pub(super) fn of(
        snapshot: &Snapshot,
        edition_data: &EditionData,
        level: Level,
        period: Period,
        references: &[Period],
    ) -> Option<Self> {
        let areas = edition_data.shape.level(level)?;
        let parts = parts(snapshot, level);
        let counted = |period: Period| PeriodCounts::of(snapshot, edition_data, areas, &parts, period);
        let now = counted(period);
        let former: Vec<PeriodCounts> = references.iter().map(|period| counted(*period)).collect();
        let mut rows = Vec::with_capacity(areas.areas.len() * parts.len());
        for area in areas.areas.indices() {
            rows.extend(parts.iter().enumerate().map(|(number, part)| CountedRow {
                area,
                part: part.part,
                count: now.at(area, number),
                former: former.iter().filter_map(|counts| counts.at(area, number).map(u64::from)).collect(),
            }));
        }
        Some(Self { level, edition: edition_data.entry.id, rows })
    }
}

/// All, the components, and for the province the categories; those in which a level shows nothing are left out.
fn parts(snapshot: &Snapshot, level: Level) -> Vec<Part> {
    let reported = CategorySet::reported(&snapshot.taxonomy);
    let scheme = snapshot.schemes.scheme(snapshot.schemes.default_index());
    let components = scheme.components.indexed().map(|(index, component)| Part {
        part: SituationPart::Component(index),
        categories: of_component(snapshot, reported, &component.id),
    });
    let categories = reported.iter().map(|category| Part {
        part: SituationPart::Category(category),
        categories: CategorySet::EMPTY.with(category),
    });
    let all = std::iter::once(Part { part: SituationPart::All, categories: reported }).chain(components);
    let wanted: Vec<Part> = if level == Level::Province { all.chain(categories).collect() } else { all.collect() };
    let shown =
        wanted.into_iter().map(|part| Part { categories: shown_categories(snapshot, level, part.categories), ..part });
    shown.filter(|part| !part.categories.is_empty()).collect()
}

/// The categories of a set that belong to a component.
pub(in crate::assessment) fn of_component(snapshot: &Snapshot, set: CategorySet, component: &str) -> CategorySet {
    let belongs = |category: &CategoryIndex| {
        snapshot.taxonomy.category_entry(*category).is_some_and(|entry| entry.component == component)
    };
    set.iter().filter(belongs).fold(CategorySet::EMPTY, CategorySet::with)
}

/// The counts of one period, area after area and part after part.
struct PeriodCounts {
    parts: usize,
    counts: Vec<u32>,
    is_known: IndexVec<AreaIndex, bool>,
}

impl PeriodCounts {
    fn of(snapshot: &Snapshot, edition_data: &EditionData, areas: &LevelData, parts: &[Part], period: Period) -> Self {
        let table = edition_data.counts(&everything_in(snapshot, edition_data.entry.id, period));
        let mut counts = vec![0; areas.areas.len() * parts.len()];
        let mut is_known = IndexVec::<AreaIndex, _>::from(vec![true; areas.areas.len()]);
        for (commune, area) in areas.area_of_commune.indexed() {
            let Some(area) = *area else { continue };
            is_known[area] &= edition_data.covers(commune, period, &snapshot.coverage);
            if table.row(commune).iter().all(|count| *count == 0) {
                continue;
            }
            let of_area = &mut counts[area.number() * parts.len()..(area.number() + 1) * parts.len()];
            for (sum, part) in of_area.iter_mut().zip(parts) {
                *sum += table.row_total(commune, part.categories);
            }
        }
        Self { parts: parts.len(), counts, is_known }
    }

    fn at(&self, area: AreaIndex, part: usize) -> Option<u32> {
        let count = self.counts[area.number() * self.parts + part];
        self.is_known[area].then_some(count)
    }
}

/// Every reported incident of a period.
pub(in crate::assessment) fn everything_in(snapshot: &Snapshot, edition: EditionId, period: Period) -> Filter {
    Filter {
        edition,
        period,
        categories: CategorySet::reported(&snapshot.taxonomy),
        min_severity: Severity::LEAST,
        scheme: snapshot.schemes.default_index(),
    }
}

/// The communes of an edition, each a group by itself.
pub(in crate::assessment) fn each_commune(edition_data: &EditionData) -> Vec<Option<usize>> {
    (0..edition_data.shape.communes().len()).map(Some).collect()
}
