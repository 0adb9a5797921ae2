//! A release as it is kept: what is frozen of it, and the release that a stored one gives back.
//!
//! In: a release and the snapshot it was made from; or a snapshot and what was frozen of an earlier one. Out: contents
//! that name areas, categories and windows for good, and a [`Release`] that counts and publishes as it did on its day,
//! whatever the snapshot holds by now. Areas of boundaries that came later publish nothing until the next release,
//! except those that are made of the same blocks. Where a block of the counts is gone there is no release.

use std::collections::{BTreeMap, HashMap};

use super::apart::KINDS;
use super::timetable::{Timetable, WindowSet};
use super::{BlockIndex, NodeIndex, Release};
use crate::domain::area::edition::{EditionId, EditionIndex};
use crate::domain::area::{AreaCode, AreaKey, Level};
use crate::domain::filter::CategorySet;
use crate::domain::incident::taxonomy::{CategoryIndex, Severity};
use crate::domain::index::IndexVec;
use crate::domain::release::{FrozenApart, FrozenBlock, FrozenStep, FrozenWindow, PublishedAreas, ReleaseContents};
use crate::domain::time::period::{Day, Period, PeriodDates};
use crate::snapshot::{CountTable, Snapshot};

/// Why a stored release cannot be shown over the boundaries and words of today.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReleaseFault {
    /// The edition that its counts hang on is not loaded.
    #[error("the release is counted on the communes of edition {0}, which is not loaded")]
    NoBase(EditionId),
    /// A commune with counts is gone.
    #[error("the release counts incidents in commune {code} of edition {edition}, which is no longer there")]
    NoBlock {
        /// The edition.
        edition: EditionId,
        /// The code of the commune.
        code: AreaCode,
    },
    /// A category is no longer defined.
    #[error("the release counts category {0:?}, which the taxonomy does not define")]
    NoCategory(String),
}

impl Release {
    /// A stored release over a snapshot.
    ///
    /// # Errors
    /// When boundaries or categories that its counts name are gone.
    pub fn stored(snapshot: &Snapshot, contents: &ReleaseContents) -> Result<Self, ReleaseFault> {
        let timetable = Timetable::stored(contents);
        let mut release = Self::nothing_shown(snapshot, timetable, contents.base);
        release.steps = vec![release.no_counts(snapshot); release.timetable.steps.len()];
        release.restore_steps(snapshot, contents)?;
        release.restore_shown(snapshot, contents)?;
        release.restore_apart(contents);
        match &contents.coverage {
            Some(frozen) => release.restore_coverage(frozen),
            // Of a release that was made before this was kept.
            None => release.know_days(snapshot),
        }
        Ok(release)
    }

    /// The release that would be made if all steps were counted anew, those published before too.
    ///
    /// # Errors
    /// When boundaries or categories of the release before are gone.
    pub fn revised(snapshot: &Snapshot, today: Day) -> Result<Self, ReleaseFault> {
        let before = snapshot.releases.last().map(|release| &release.contents);
        let mut release = Self::counted_now(snapshot, today, before);
        if let Some(contents) = before {
            release.restore_shown(snapshot, contents)?;
        }
        release.choose_provincial(snapshot);
        release.count_apart(snapshot);
        release.choose(snapshot);
        release.know_days(snapshot);
        Ok(release)
    }

    /// What is frozen of it, with the number that it gets.
    pub fn contents(&self, snapshot: &Snapshot, number: u32) -> ReleaseContents {
        let before = snapshot.releases.last().map(|release| &release.contents);
        let since = |id: &str| {
            let known = before.and_then(|contents| contents.windows.iter().find(|window| window.id == id));
            known.map_or(number, |window| window.since)
        };
        let window = |window: &super::ReleasedWindow| FrozenWindow {
            since: since(&window.id),
            id: window.id.clone(),
            days: PeriodDates::from(window.period),
        };
        let apart = KINDS.into_iter().zip(self.apart.counts()).map(|(kind, counts)| FrozenApart {
            kind: kind.to_owned(),
            steps: counts.steps.clone(),
            windows: self.timetable.ids(counts.shown),
        });
        ReleaseContents {
            base: self.editions.at(self.blocks.base).copied(),
            categories: snapshot.taxonomy.categories.iter().map(|category| category.id.clone()).collect(),
            windows: self.timetable.windows.iter().map(window).collect(),
            steps: self.frozen_steps(snapshot),
            apart: apart.collect(),
            province_counts_all: self.provincial != self.general,
            published: self.published(snapshot, &self.shown),
            with_components: self.published(snapshot, &self.parts),
            detected: self.published(snapshot, &self.detected_shown),
            coverage: self.frozen_coverage(),
        }
    }

    /// Takes over the windows that a release before published.
    pub(super) fn restore_shown(
        &mut self,
        snapshot: &Snapshot,
        contents: &ReleaseContents,
    ) -> Result<(), ReleaseFault> {
        if let Some(base) = contents.base.filter(|base| snapshot.edition(*base).is_none()) {
            return Err(ReleaseFault::NoBase(base));
        }
        if contents.province_counts_all {
            self.provincial = CategorySet::reported(&snapshot.taxonomy);
        }
        self.shown = self.windows_by_node(snapshot, &contents.published);
        self.parts = self.windows_by_node(snapshot, &contents.with_components);
        self.detected_shown = self.windows_by_node(snapshot, &contents.detected);
        for frozen in &contents.apart {
            let shown = self.timetable.named(&frozen.windows);
            let kinds = KINDS.into_iter().zip(self.apart.counts_mut());
            kinds.filter(|(kind, _)| *kind == frozen.kind).for_each(|(_, counts)| counts.shown = shown);
        }
        Ok(())
    }

    /// Takes over the counts of the steps of a release before.
    pub(super) fn restore_steps(
        &mut self,
        snapshot: &Snapshot,
        contents: &ReleaseContents,
    ) -> Result<(), ReleaseFault> {
        let categories: Vec<CategoryIndex> = contents
            .categories
            .iter()
            .map(|id| snapshot.taxonomy.category(id).ok_or_else(|| ReleaseFault::NoCategory(id.clone())))
            .collect::<Result<_, _>>()?;
        let names = self.blocks.names(snapshot);
        let named = names.indexed().filter_map(|(block, key)| Some((key.clone()?, block)));
        let block_of: HashMap<AreaKey, BlockIndex> = named.collect();
        for step in &contents.steps {
            let Some(own) = self.step_of(step.days) else { continue };
            let mut table = self.no_counts(snapshot);
            for FrozenBlock { edition, code, counts } in &step.blocks {
                let key = AreaKey { edition: *edition, code: code.clone() };
                let block =
                    *block_of.get(&key).ok_or(ReleaseFault::NoBlock { edition: *edition, code: code.clone() })?;
                for [category, severity, count] in counts {
                    if let Some(category) = categories.get(*category as usize) {
                        table.add_to(block, *category, *severity as usize, *count);
                    }
                }
            }
            self.steps[own] = table;
        }
        Ok(())
    }

    /// Takes over the sums apart from areas in the steps of a release before.
    pub(super) fn restore_apart(&mut self, contents: &ReleaseContents) {
        let places: Vec<Option<usize>> = contents.steps.iter().map(|step| self.step_of(step.days)).collect();
        let steps = self.timetable.steps.len();
        for (kind, counts) in KINDS.into_iter().zip(self.apart.counts_mut()) {
            counts.steps.resize(steps, 0);
            let Some(frozen) = contents.apart.iter().find(|frozen| frozen.kind == kind) else { continue };
            for (own, count) in places.iter().zip(&frozen.steps) {
                if let Some(own) = own {
                    counts.steps[*own] = *count;
                }
            }
        }
    }

    /// The step of some days.
    fn step_of(&self, days: PeriodDates) -> Option<usize> {
        self.timetable.steps.iter().position(|step| PeriodDates::from(*step) == days)
    }

    fn no_counts(&self, snapshot: &Snapshot) -> CountTable<BlockIndex> {
        CountTable::zero(self.blocks.len(), snapshot.taxonomy.categories.len())
    }

    fn frozen_steps(&self, snapshot: &Snapshot) -> Vec<FrozenStep> {
        let names = self.blocks.names(snapshot);
        let block = |table: &CountTable<BlockIndex>, at: BlockIndex| {
            let AreaKey { edition, code } = names.at(at)?.clone()?;
            let cells = table.row(at).iter().enumerate().filter(|(_, count)| **count > 0);
            let count = |(cell, count): (usize, &u32)| {
                [(cell / Severity::COUNT) as u32, (cell % Severity::COUNT) as u32, *count]
            };
            let counts: Vec<[u32; 3]> = cells.map(count).collect();
            (!counts.is_empty()).then_some(FrozenBlock { edition, code, counts })
        };
        let step = |(period, table): (&Period, &CountTable<BlockIndex>)| FrozenStep {
            days: PeriodDates::from(*period),
            blocks: table.indices().filter_map(|at| block(table, at)).collect(),
        };
        self.timetable.steps.iter().zip(&self.steps).map(step).collect()
    }

    /// The areas of nodes by the windows in which something of them is published.
    fn published(&self, snapshot: &Snapshot, windows: &IndexVec<NodeIndex, WindowSet>) -> Vec<PublishedAreas> {
        let mut groups: BTreeMap<(WindowSet, EditionIndex, Level), Vec<AreaCode>> = BTreeMap::new();
        for ((edition, level, area), node) in self.family.areas() {
            let entry = snapshot.editions.at(edition).and_then(|data| data.shape.level(level)?.areas.at(area));
            if let Some(entry) = entry.filter(|_| !windows[node].is_empty()) {
                groups.entry((windows[node], edition, level)).or_default().push(entry.code.clone());
            }
        }
        let group = |(key, codes): ((WindowSet, EditionIndex, Level), Vec<AreaCode>)| {
            let (windows, edition, level) = key;
            let edition = *self.editions.at(edition)?;
            Some(PublishedAreas { windows: self.timetable.ids(windows), edition, level, codes })
        };
        groups.into_iter().filter_map(group).collect()
    }

    /// The windows in which something of each node was published.
    fn windows_by_node(&self, snapshot: &Snapshot, published: &[PublishedAreas]) -> IndexVec<NodeIndex, WindowSet> {
        let mut shown = IndexVec::<NodeIndex, _>::from(vec![WindowSet::default(); self.family.nodes.len()]);
        for PublishedAreas { windows, edition, level, codes } in published {
            let windows = self.timetable.named(windows);
            let Some(index) = self.edition_index(*edition) else { continue };
            let Some(areas) = snapshot.editions.at(index).and_then(|data| data.shape.level(*level)) else { continue };
            let codes: std::collections::HashSet<&AreaCode> = codes.iter().collect();
            for (area, _) in areas.areas.indexed().filter(|(_, entry)| codes.contains(&entry.code)) {
                if let Some(node) = self.family.node_of((index, *level, area)) {
                    shown[node] = shown[node].union(windows);
                }
            }
        }
        shown
    }
}
