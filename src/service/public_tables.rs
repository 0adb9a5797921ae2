//! Every count that the public can read, gathered from the answers themselves.
//!
//! In: a snapshot. Out: a [`PublishedNumbers`] for the audit: counts of areas in all released windows, their components
//! and their years, and the sums that follow from expectations. The answers are those that the service gives to anybody;
//! what one of them publishes is published, whatever the others hide.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Service;
use super::answers::AssessedLevel;
use super::answers::areas::area::AreaAnswer;
use super::answers::areas::ratings::RatingsAnswer;
use super::answers::areas::row::RatingRow;
pub use super::answers::disclosure_report::{DisclosureReport, ReleasedTable};
use super::error::ServiceError;
use super::filter::RequestedFilter;
use super::live::ServedSnapshot;
use super::query::Query;
use super::viewer::Viewer;
use crate::assessment::audit::{PublishedCount, PublishedNumbers, PublishedSum, SystemError, audited};
use crate::assessment::release::{AreaRef, ReleasedWindowIndex};
use crate::domain::area::edition::{EditionId, EditionIndex};
use crate::domain::area::{AreaIndex, Level};
use crate::domain::holdings::Holdings;
use crate::domain::index::IndexVec;
use crate::domain::rules::rule_set::RuleSet;
use crate::domain::rules::scheme::ComponentIndex;
use crate::domain::time::period::Day;
use crate::snapshot::{BuildError, Snapshot, build};

/// What an attacker reads: the tables that anybody gets of a snapshot.
#[derive(Debug)]
pub struct PublicTables {
    service: Service,
    served: Arc<ServedSnapshot>,
    viewer: Viewer,
}

/// A level of an edition, with the index of the edition among those of the snapshot.
#[derive(Debug, Clone, Copy)]
struct TableLevel {
    edition_index: EditionIndex,
    edition: EditionId,
    level: Level,
    areas: usize,
}

/// Where a count stands.
#[derive(Debug, Clone, Copy)]
struct CellAddress {
    edition_index: EditionIndex,
    area: AreaRef,
    window: ReleasedWindowIndex,
}

/// What is read, by edition, level, area, window and component.
type CellKey = (EditionIndex, Level, AreaIndex, ReleasedWindowIndex, Option<ComponentIndex>);

impl PublicTables {
    /// The tables of a snapshot on a day, asked of a service of their own.
    pub fn new(snapshot: Arc<Snapshot>, today: Day, cache_bytes: u64) -> Self {
        let served = Arc::new(ServedSnapshot::new(snapshot, today));
        Self { service: Service::new(cache_bytes), served, viewer: Viewer::public(today) }
    }

    /// The same of what a store holds.
    ///
    /// # Errors
    /// When no snapshot can be built of it.
    pub fn of_holdings(
        holdings: Holdings,
        rule_set: &RuleSet,
        today: Day,
        cache_bytes: u64,
    ) -> Result<Self, BuildError> {
        let snapshot = build(holdings, rule_set, None)?;
        Ok(Self::new(Arc::new(snapshot), today, cache_bytes))
    }

    /// What is served.
    pub fn served(&self) -> &ServedSnapshot {
        &self.served
    }

    /// How many answers there are to read.
    pub fn answers(&self) -> usize {
        self.levels().map(|level| level.areas + 1).sum::<usize>() * self.served.release().windows().len()
    }

    /// Reads every rating, area and series in every released window, and reports each answer. Blocks.
    ///
    /// # Errors
    /// When an answer is refused.
    pub fn read(&self, on_progress: &mut impl FnMut()) -> Result<PublishedNumbers, ServiceError> {
        let windows: IndexVec<ReleasedWindowIndex, &str> =
            self.served.release().windows().iter().map(|window| window.id.as_str()).collect();
        let mut gathered = Gathered { windows: &windows, counts: BTreeMap::new(), sums: Vec::new() };
        for table in self.levels() {
            for (window, id) in windows.indexed() {
                let assessed = self.assessed(table, id)?;
                gathered.add_ratings(table, window, &RatingsAnswer::of(&assessed));
                on_progress();
                for area_index in AreaIndex::of_all(table.areas) {
                    let answer = AreaAnswer::of(&assessed, area_index)
                        .ok_or_else(|| ServiceError::internal(&"an area without its row"))?;
                    gathered.add_area(table.cell(area_index, window), &answer);
                    on_progress();
                }
            }
        }
        Ok(gathered.numbers())
    }

    /// Attacks the counts that were read, and reports how far what is hidden can be computed from them. Blocks.
    ///
    /// # Errors
    /// When the published numbers contradict each other, or the solver gives up.
    pub fn audited(&self, reading: &PublishedNumbers) -> Result<DisclosureReport, SystemError> {
        let audit = audited(self.served.release(), reading, &self.served.snapshot.rules.disclosure)?;
        Ok(DisclosureReport::of(audit, reading, &self.served))
    }

    /// A level as anybody asks for it.
    fn assessed(&self, table: TableLevel, window: &str) -> Result<AssessedLevel, ServiceError> {
        let edition = table.edition.to_string();
        let query = Query::default().with_instead(&[], &[("edition", &edition), ("window", window)]);
        let requested = RequestedFilter::resolved(&query, &self.served, self.viewer)?;
        self.service.assessed(&self.served, requested, table.level, self.viewer)
    }

    fn levels(&self) -> impl Iterator<Item = TableLevel> {
        let editions = self.served.snapshot.editions.indexed();
        editions.flat_map(|(edition_index, edition_data)| {
            edition_data.shape.levels.iter().map(move |areas| TableLevel {
                edition_index,
                edition: edition_data.entry.id,
                level: areas.level,
                areas: areas.areas.len(),
            })
        })
    }
}

impl TableLevel {
    fn cell(self, area_index: AreaIndex, window: ReleasedWindowIndex) -> CellAddress {
        let Self { edition_index, edition, level, .. } = self;
        CellAddress { edition_index, area: AreaRef { edition, level, area_index }, window }
    }
}

/// What was read so far.
struct Gathered<'a> {
    windows: &'a IndexVec<ReleasedWindowIndex, &'a str>,
    counts: BTreeMap<CellKey, (AreaRef, Option<u32>)>,
    sums: Vec<PublishedSum>,
}

impl Gathered<'_> {
    fn add_ratings(&mut self, table: TableLevel, window: ReleasedWindowIndex, answer: &RatingsAnswer) {
        self.sums.extend(sum_behind(&answer.areas, table, window));
        for (area_index, row) in AreaIndex::of_all(answer.areas.len()).zip(&answer.areas) {
            self.add(table.cell(area_index, window), None, row.incidents());
        }
    }

    fn add_area(&mut self, at: CellAddress, answer: &AreaAnswer) {
        self.add(at, None, answer.area.incidents());
        for (component, part) in ComponentIndex::of_all(answer.components.len()).zip(&answer.components) {
            self.add(at, Some(component), part.observed);
        }
        for year in &answer.series {
            let id = year.window.id.as_deref();
            if let Some((window, _)) = self.windows.indexed().find(|(_, window)| Some(**window) == id) {
                self.add(CellAddress { window, ..at }, None, year.incidents);
            }
        }
    }

    /// What is published in one answer is published, whatever the others hide.
    fn add(&mut self, at: CellAddress, component: Option<ComponentIndex>, count: Option<u32>) {
        let cell = (at.edition_index, at.area.level, at.area.area_index, at.window, component);
        let kept = self.counts.entry(cell).or_insert((at.area, count));
        kept.1 = kept.1.or(count);
    }

    fn numbers(self) -> PublishedNumbers {
        let count = |((_, _, _, window, component), (area, count))| PublishedCount { area, window, component, count };
        PublishedNumbers { counts: self.counts.into_iter().map(count).collect(), sums: self.sums }
    }
}

/// The sum over the level that the expectation of one area gives away, if one is published.
fn sum_behind(rows: &[RatingRow], table: TableLevel, window: ReleasedWindowIndex) -> Option<PublishedSum> {
    let person_years = |row: &RatingRow| row.person_years().filter(|years| *years > 0.0);
    let (expected, own) = rows.iter().find_map(|row| Some((row.expected()?, person_years(row)?)))?;
    let exposed = AreaIndex::of_all(rows.len()).zip(rows).filter(|(_, row)| person_years(row).is_some());
    let all: f64 = rows.iter().filter_map(person_years).sum();
    Some(PublishedSum {
        areas: exposed.map(|(area_index, _)| table.cell(area_index, window).area).collect(),
        window,
        total: (expected / own * all).round() as u32,
    })
}
