//! The unknowns of the attack on counts: for every building block and step how many incidents there are.
//!
//! In: a release and what was read of it. Out: numbered variables of areas and windows, and components by building
//! blocks. A block more than there are stands for the categories that the province alone counts. Nothing is solved here.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::parts::{PartsByWindow, PublishedParts};
use super::published::PublishedNumbers;
use crate::assessment::release::{AreaRef, BlockIndex, CountKind, Release, ReleasedWindowIndex};
use crate::domain::area::Level;
use crate::domain::index::IndexVec;
use crate::domain::rules::scheme::ComponentIndex;

/// Incidents that are counted together: nothing that is published adds the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// What was reported.
    Reported,
    /// What police work found.
    Detected,
}

impl Measure {
    /// The measure that a count belongs to.
    pub(super) fn of(kind: CountKind) -> Self {
        match kind {
            CountKind::Reported | CountKind::Component(_) => Self::Reported,
            CountKind::Detected => Self::Detected,
        }
    }

    /// The whole count of it.
    pub(super) fn kind(self) -> CountKind {
        match self {
            Self::Reported => CountKind::Reported,
            Self::Detected => CountKind::Detected,
        }
    }
}

/// One variable for every block and step, of several such sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct VariableGroup(pub(super) usize);

impl VariableGroup {
    /// The only one where a single release is attacked.
    pub(super) const FIRST: Self = Self(0);
}

/// Building blocks in some steps.
#[derive(Debug, Clone)]
pub(super) struct CellSet<'a> {
    pub(super) blocks: &'a BTreeSet<BlockIndex>,
    pub(super) span: Range<usize>,
}

impl CellSet<'_> {
    /// The variables of a group.
    pub(super) fn variables(&self, release: &Release, group: VariableGroup) -> Vec<usize> {
        let (first, steps) = (group.0 * variables(release), release.step_count());
        let of_block = |block: &BlockIndex| {
            let block = first + block.index() * steps;
            self.span.clone().map(move |step| block + step)
        };
        self.blocks.iter().flat_map(of_block).collect()
    }
}

/// How many variables a group has.
pub(super) fn variables(release: &Release) -> usize {
    (release.block_count() + 1) * release.step_count()
}

/// The blocks that an area counts.
pub(super) fn blocks_of(release: &Release, area: AreaRef, measure: Measure) -> Option<BTreeSet<BlockIndex>> {
    let mut blocks: BTreeSet<BlockIndex> = release.blocks_of(area)?.into_iter().collect();
    if area.level == Level::Province && measure == Measure::Reported && release.province_shows_all() {
        blocks.insert(BlockIndex::new(release.block_count()));
    }
    Some(blocks)
}

/// The components read, window by window. An area publishes all its components or none.
pub(super) fn published_parts(release: &Release, reading: &PublishedNumbers) -> PartsByWindow {
    let mut read: BTreeMap<(ReleasedWindowIndex, BTreeSet<BlockIndex>), IndexVec<ComponentIndex, Option<u32>>> =
        BTreeMap::new();
    for cell in &reading.counts {
        let CountKind::Component(component) = cell.kind else { continue };
        if let Some(blocks) = blocks_of(release, cell.area, Measure::Reported) {
            let counts = read.entry((cell.window, blocks)).or_insert_with(|| release.parts_known_beforehand());
            counts[component] = counts[component].or(cell.count);
        }
    }
    let mut windows: BTreeMap<ReleasedWindowIndex, Vec<_>> = BTreeMap::new();
    for ((window, blocks), counts) in read {
        // A row with a hidden component fixes no sum of its own here; leaving it out only makes the attacker
        // weaker where the release never publishes such a row.
        if let Some(counts) = counts.into_iter().collect::<Option<IndexVec<ComponentIndex, u32>>>() {
            windows.entry(window).or_default().push((blocks, counts));
        }
    }
    PartsByWindow::new(windows.into_iter().map(|(window, read)| (window, PublishedParts::new(read))).collect())
}
