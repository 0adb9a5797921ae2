//! What the audit may know of a release: its building blocks, and the true counts to hold its bounds against.
//!
//! Nothing here says what was hidden, or why.

use super::blocks::BlockIndex;
use super::{AreaRef, Release, ReleasedWindowIndex};
use crate::domain::area::Level;
use crate::domain::filter::CategorySet;
use crate::domain::index::IndexVec;
use crate::domain::rules::scheme::ComponentIndex;

impl Release {
    /// How many building blocks there are.
    pub(in crate::assessment) fn block_count(&self) -> usize {
        self.blocks.len()
    }

    /// How many steps of time there are.
    pub(in crate::assessment) fn step_count(&self) -> usize {
        self.steps.len()
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

    /// The incidents of the categories left out below the province in a window, published or not.
    pub(in crate::assessment) fn left_out_truth(&self, window: ReleasedWindowIndex) -> Option<u32> {
        let table = self.table(self.timetable.windows.at(window)?.period)?;
        let left_out = |block| table.row_total(block, self.provincial) - table.row_total(block, self.general);
        Some(table.indices().map(left_out).sum())
    }

    /// The building blocks of an area; none for one that is withheld.
    pub(in crate::assessment) fn blocks_of(&self, area: AreaRef) -> Option<Vec<BlockIndex>> {
        Some(self.family.nodes[self.node(area)?].set.iter().collect())
    }

    /// The count of an area in a window, or of one of its components, published or not.
    pub(in crate::assessment) fn truth(
        &self,
        area: AreaRef,
        window: ReleasedWindowIndex,
        component: Option<ComponentIndex>,
    ) -> Option<u32> {
        let table = self.table(self.timetable.windows.at(window)?.period)?;
        let shown = if area.level == Level::Province { self.provincial } else { self.general };
        let categories: CategorySet =
            component.map_or(shown, |component| self.components[component].intersection(shown));
        Some(self.blocks_of(area)?.into_iter().map(|block| table.row_total(block, categories)).sum())
    }
}
