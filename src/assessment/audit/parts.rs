//! What published components say of hidden ones, in one window.
//!
//! In: the areas whose components were read, by their blocks, with the counts. Out: the interval of one component of
//! any other area. Published areas cut the blocks into groups whose components are known as sums; inside a group any
//! exchange is possible that leaves these sums and the whole counts as they are, so the bounds are those of a table of
//! two rows with known margins. Areas lie inside each other or apart.
//!
//! # Reference
//! Fréchet 1940: the bounds of a cell of a table from its margins.

use std::collections::{BTreeMap, BTreeSet};

use super::system::Interval;
use crate::assessment::release::{BlockIndex, ReleasedWindowIndex};
use crate::domain::index::IndexVec;
use crate::domain::rules::scheme::ComponentIndex;

/// The blocks that the same published areas hold, with their components as one sum.
#[derive(Debug, Clone, PartialEq, Eq)]
struct BlockGroup {
    blocks: BTreeSet<BlockIndex>,
    components: IndexVec<ComponentIndex, u32>,
}

/// Everything known of the components in one window.
#[derive(Debug, Clone, Default)]
pub(super) struct PublishedParts {
    groups: Vec<BlockGroup>,
}

/// The same window by window.
#[derive(Debug, Clone, Default)]
pub(super) struct PartsByWindow {
    windows: BTreeMap<ReleasedWindowIndex, PublishedParts>,
    /// Of a window without any.
    nothing: PublishedParts,
}

impl PartsByWindow {
    /// What is known in some windows.
    pub(super) fn new(windows: BTreeMap<ReleasedWindowIndex, PublishedParts>) -> Self {
        Self { windows, nothing: PublishedParts::default() }
    }

    /// What is known in a window.
    pub(super) fn of(&self, window: ReleasedWindowIndex) -> &PublishedParts {
        self.windows.get(&window).unwrap_or(&self.nothing)
    }
}

impl PublishedParts {
    /// What the published components of some areas say.
    pub(super) fn new(mut read: Vec<(BTreeSet<BlockIndex>, IndexVec<ComponentIndex, u32>)>) -> Self {
        read.sort_by(|a, b| (a.0.len(), &a.0).cmp(&(b.0.len(), &b.0)));
        read.dedup_by(|a, b| a.0 == b.0);
        let mut groups: Vec<BlockGroup> = Vec::new();
        // Smallest first: when an area is reached, every published area inside it is a group already, and what
        // they leave of it is a group of its own. Groups never overlap, because areas lie inside each other or
        // apart.
        for (blocks, mut components) in read {
            let mut rest = blocks.clone();
            for inner in groups.iter().filter(|group| group.blocks.is_subset(&blocks)) {
                rest.retain(|block| !inner.blocks.contains(block));
                components
                    .iter_mut()
                    .zip(&inner.components)
                    .for_each(|(count, taken)| *count = count.saturating_sub(*taken));
            }
            groups.push(BlockGroup { blocks: rest, components });
        }
        Self { groups }
    }

    /// The bounds of a component of an area, given the bounds of the whole count of any of its blocks together.
    pub(super) fn bounds<E>(
        &self,
        area: &BTreeSet<BlockIndex>,
        component: ComponentIndex,
        whole: impl Fn(&BTreeSet<BlockIndex>) -> Result<Interval, E>,
    ) -> Result<Interval, E> {
        let mut sum = Interval { least: 0, most: Some(0) };
        let mut left = area.clone();
        // Groups are disjoint and no equation joins two of them, so their extremes can be taken at the same time
        // and added.
        for group in &self.groups {
            let inside: BTreeSet<BlockIndex> = group.blocks.intersection(area).copied().collect();
            if inside.is_empty() {
                continue;
            }
            left.retain(|block| !inside.contains(block));
            sum = added(sum, group.bounds(&inside, component, &whole)?);
        }
        if !left.is_empty() {
            sum = added(sum, Interval { least: 0, most: whole(&left)?.most });
        }
        Ok(sum)
    }
}

impl BlockGroup {
    fn bounds<E>(
        &self,
        inside: &BTreeSet<BlockIndex>,
        component: ComponentIndex,
        whole: impl Fn(&BTreeSet<BlockIndex>) -> Result<Interval, E>,
    ) -> Result<Interval, E> {
        let known = self.components[component];
        // The area holds the group whole, so the published sum is the answer.
        if inside.len() == self.blocks.len() {
            return Ok(Interval { least: known, most: Some(known) });
        }
        let (count, all) = (whole(inside)?, self.components.iter().sum::<u32>());
        Ok(Interval {
            // Fréchet 1940: with row sum r and column sum c of a total n a cell lies between max(0, r + c − n) and
            // min(r, c).
            least: (count.least + known).saturating_sub(all),
            most: Some(count.most.map_or(known, |most| most.min(known))),
        })
    }
}

fn added(one: Interval, two: Interval) -> Interval {
    Interval { least: one.least + two.least, most: one.most.zip(two.most).map(|(one, two)| one + two) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(blocks: &[usize]) -> BTreeSet<BlockIndex> {
        blocks.iter().copied().map(BlockIndex::new).collect()
    }

    fn exactly(counts: &'static [u32]) -> impl Fn(&BTreeSet<BlockIndex>) -> Result<Interval, ()> {
        |blocks| {
            let sum = blocks.iter().map(|block| counts[block.index()]).sum();
            Ok(Interval { least: sum, most: Some(sum) })
        }
    }

    #[test]
    fn last_hidden_area_of_a_group_is_given_away() {
        let known = PublishedParts::new(vec![(set(&[0, 1]), vec![10, 6].into()), (set(&[0]), vec![8, 4].into())]);
        let bounds = known.bounds(&set(&[1]), ComponentIndex::new(1), exactly(&[12, 4])).unwrap();
        assert_eq!(bounds, Interval { least: 2, most: Some(2) });
    }

    #[test]
    fn two_hidden_areas_share_the_components_of_their_group() {
        let known = PublishedParts::new(vec![(set(&[0, 1]), vec![10, 6].into())]);
        // The first holds 12 of 16: at least 6 of the ten, at most all of the six.
        assert_eq!(
            known.bounds(&set(&[0]), ComponentIndex::new(0), exactly(&[12, 4])).unwrap(),
            Interval { least: 6, most: Some(10) }
        );
        assert_eq!(
            known.bounds(&set(&[1]), ComponentIndex::new(1), exactly(&[12, 4])).unwrap(),
            Interval { least: 0, most: Some(4) }
        );
    }

    #[test]
    fn nothing_published_bounds_by_the_whole() {
        let bounds = PublishedParts::default().bounds(&set(&[1]), ComponentIndex::new(0), exactly(&[3, 9])).unwrap();
        assert_eq!(bounds, Interval { least: 0, most: Some(9) });
    }
}
