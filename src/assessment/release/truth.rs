//! What the audit may know of a release: its building blocks, and the true counts to hold its bounds against.
//!
//! Nothing here says what was hidden, or why.

use super::blocks::BlockIndex;
use super::{AreaRef, Release, ReleasedWindowIndex};
use crate::domain::area::Level;
use crate::domain::area::edition::EditionId;
use crate::domain::filter::CategorySet;
use crate::domain::index::IndexVec;
use crate::domain::rules::scheme::ComponentIndex;
use crate::domain::time::period::Period;
use crate::snapshot::CountTable;

/// Which incidents of an area a count is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CountKind {
    /// All that were reported.
    Reported,
    /// Those of them in one component of the default scheme.
    Component(ComponentIndex),
    /// Those that police work found, beside the reported ones.
    Detected,
}

/// The counts of a release, published or not.
#[derive(Debug)]
pub(in crate::assessment) struct TrueCounts<'a> {
    release: &'a Release,
    tables: IndexVec<ReleasedWindowIndex, Option<CountTable<BlockIndex>>>,
}

impl<'a> TrueCounts<'a> {
    /// Those of a release.
    pub(in crate::assessment) fn of(release: &'a Release) -> Self {
        let tables = release.timetable.windows.iter().map(|window| release.table(window.period));
        Self { release, tables: tables.collect() }
    }

    /// The count of an area in a window.
    pub(in crate::assessment) fn count(
        &self,
        area: AreaRef,
        window: ReleasedWindowIndex,
        kind: CountKind,
    ) -> Option<u32> {
        self.release.count_in(self.tables.at(window)?.as_ref()?, area, kind)
    }

    /// The incidents of the categories left out below the province in a window.
    pub(in crate::assessment) fn left_out(&self, window: ReleasedWindowIndex) -> Option<u32> {
        let Release { provincial, general, .. } = self.release;
        let table = self.tables.at(window)?.as_ref()?;
        Some(table.indices().map(|block| table.row_total(block, *provincial) - table.row_total(block, *general)).sum())
    }
}

impl Release {
    /// How many building blocks there are.
    pub(in crate::assessment) fn block_count(&self) -> usize {
        self.blocks.len()
    }

    /// How many steps of time there are.
    pub(in crate::assessment) fn step_count(&self) -> usize {
        self.steps.len()
    }

    /// The editions, the oldest first.
    pub(in crate::assessment) fn editions(&self) -> impl Iterator<Item = EditionId> {
        self.editions.iter().copied()
    }

    /// Every area of every edition that counts any building block.
    pub(in crate::assessment) fn areas(&self) -> impl Iterator<Item = AreaRef> {
        self.family.areas().filter_map(|((edition, level, area_index), _)| {
            Some(AreaRef { edition: *self.editions.at(edition)?, level, area_index })
        })
    }

    /// The components whose counts may be published.
    pub(in crate::assessment) fn component_indices(&self) -> impl Iterator<Item = ComponentIndex> {
        self.components.indices()
    }

    /// What is known of the components of any area before anything is read: 0 of those whose categories are not part of
    /// its count.
    pub(in crate::assessment) fn parts_known_beforehand(&self) -> IndexVec<ComponentIndex, Option<u32>> {
        let is_counted = |categories: &CategorySet| categories.intersection(self.provincial) != CategorySet::EMPTY;
        self.components.iter().map(|categories| (!is_counted(categories)).then_some(0)).collect()
    }

    /// Whether the province counts the categories that are left out below it.
    pub(in crate::assessment) fn province_shows_all(&self) -> bool {
        self.provincial != self.general
    }

    /// The building blocks of an area; none for one that is withheld.
    pub(in crate::assessment) fn blocks_of(&self, area: AreaRef) -> Option<Vec<BlockIndex>> {
        Some(self.family.nodes[self.node(area)?].set.iter().collect())
    }

    /// The terms of the account of incidents on an edition, step by step, published or not: in its province with a point,
    /// by their commune alone, by a wider area, outside, without a place. None of the first where an edition has several
    /// provinces or other land than that on which those without a point were counted.
    pub(in crate::assessment) fn account_steps(&self, edition: EditionId) -> [Option<Vec<u64>>; 5] {
        let [by_commune, by_wider_area, outside, unplaced] = self.apart.counts().map(|counts| counts.steps.clone());
        let with_point = self.in_province(edition).and_then(|in_province| {
            let pairs = in_province.iter().zip(&by_commune);
            pairs.map(|(all, without)| all.checked_sub(*without)).collect::<Option<Vec<u64>>>()
        });
        [with_point, Some(by_commune), Some(by_wider_area), Some(outside), Some(unplaced)]
    }

    /// What the only province of an edition counts, step by step.
    fn in_province(&self, edition: EditionId) -> Option<Vec<u64>> {
        let mut provinces = self.areas().filter(|area| area.edition == edition && area.level == Level::Province);
        let province = provinces.next().filter(|_| provinces.next().is_none())?;
        let blocks = self.blocks_of(province)?;
        let of_step = |step: &CountTable<BlockIndex>| {
            blocks.iter().map(|block| u64::from(step.row_total(*block, self.provincial))).sum()
        };
        Some(self.steps.iter().map(of_step).collect())
    }

    /// The count of an area in a released period, published or not.
    pub(super) fn truth(&self, area: AreaRef, period: Period, kind: CountKind) -> Option<u32> {
        self.count_in(&self.table(period)?, area, kind)
    }

    /// The count of an area in a table by building blocks.
    fn count_in(&self, table: &CountTable<BlockIndex>, area: AreaRef, kind: CountKind) -> Option<u32> {
        let shown = if area.level == Level::Province { self.provincial } else { self.general };
        let categories: CategorySet = match kind {
            CountKind::Reported => shown,
            CountKind::Component(component) => self.components[component].intersection(shown),
            CountKind::Detected => self.detected,
        };
        Some(self.blocks_of(area)?.into_iter().map(|block| table.row_total(block, categories)).sum())
    }
}
