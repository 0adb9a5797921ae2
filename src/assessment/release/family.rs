//! The areas of all editions and levels as one family of sets of blocks, each inside the next wider.
//!
//! In: for every area its blocks. Out: a forest of nodes; areas of the same blocks are one node. An area that
//! cuts across another (neither inside nor apart) is left out, the older edition being left out for the newer, because
//! the difference of the two would be a place of nobody's choosing. Counts are not considered here.

use std::collections::BTreeMap;

use super::blocks::BlockIndex;
use crate::domain::area::edition::EditionIndex;
use crate::domain::area::{AreaIndex, Level};
use crate::domain::index::{IndexVec, list_index};

list_index!(
    /// A set of blocks, by its index among the nodes of the family.
    pub(super) NodeIndex
);

/// Names an area: its edition, its level, its index in the level.
pub(in crate::assessment) type FamilyIndex = (EditionIndex, Level, AreaIndex);

/// A bit set of building blocks, one bit a block.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct BlockSet(Vec<u64>);

impl BlockSet {
    /// The set of some of so many blocks.
    pub(super) fn new(blocks: usize, members: impl IntoIterator<Item = BlockIndex>) -> Self {
        let mut words = vec![0; blocks.div_ceil(64)];
        for block in members.into_iter().map(BlockIndex::index) {
            words[block / 64] |= 1_u64 << (block % 64);
        }
        Self(words)
    }

    fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    fn is_within(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(own, other)| own & !other == 0)
    }

    fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(own, other)| own & other != 0)
    }

    fn len(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    /// The blocks in ascending order.
    pub(super) fn iter(&self) -> impl Iterator<Item = BlockIndex> {
        let bit = |(index, word): (usize, &u64)| {
            let word = *word;
            (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| BlockIndex::new(64 * index + bit))
        };
        self.0.iter().enumerate().flat_map(bit)
    }
}

/// One set of blocks that is an area on at least one edition.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) set: BlockSet,
    pub(super) parent: Option<NodeIndex>,
    pub(super) children: Vec<NodeIndex>,
}

/// The forest of all areas.
#[derive(Debug, Clone, Default)]
pub(super) struct Family {
    /// The nodes, every child before its parent.
    pub(super) nodes: IndexVec<NodeIndex, Node>,
    node_of: BTreeMap<FamilyIndex, NodeIndex>,
}

impl Family {
    /// The family of some areas; where two cut across each other the later in the list is left out.
    pub(super) fn new(areas: &[(FamilyIndex, BlockSet)]) -> Self {
        let mut sets: Vec<&BlockSet> = Vec::new();
        // `sets` is laminar before each turn: any two lie apart or one inside the other. A set is taken only if
        // that stays true, which is what makes a forest of them.
        for (_, set) in areas.iter().filter(|(_, set)| !set.is_empty()) {
            let fits = |known: &&BlockSet| !known.meets(set) || known.is_within(set) || set.is_within(known);
            if sets.iter().all(fits) && !sets.contains(&set) {
                sets.push(set);
            }
        }
        // By size, so that a set stands before every set that contains it; equal sizes are ordered by their
        // blocks, and the order of the nodes does not depend on that of the input.
        sets.sort_by_key(|set| (set.len(), std::cmp::Reverse((*set).clone())));
        let node = |set: &BlockSet| sets.iter().position(|known| *known == set).map(NodeIndex::new);
        let node_of = areas.iter().filter_map(|(area, set)| Some((*area, node(set)?)));
        Self { node_of: node_of.collect(), nodes: linked(&sets) }
    }

    /// The node of an area; none where it is left out.
    pub(super) fn node_of(&self, area: FamilyIndex) -> Option<NodeIndex> {
        self.node_of.get(&area).copied()
    }

    /// The areas that have a node, with it.
    pub(super) fn areas(&self) -> impl Iterator<Item = (FamilyIndex, NodeIndex)> {
        self.node_of.iter().map(|(area, node)| (*area, *node))
    }

    /// A node and all that contain it, the narrowest first.
    pub(super) fn lineage(&self, node: NodeIndex) -> impl Iterator<Item = NodeIndex> {
        std::iter::successors(Some(node), |node| self.nodes[*node].parent)
    }
}

fn linked(sets: &[&BlockSet]) -> IndexVec<NodeIndex, Node> {
    // Sets are sorted by size and laminar, so the first later one that contains this one is the smallest that
    // does.
    let parent =
        |index: usize| (index + 1..sets.len()).find(|wider| sets[index].is_within(sets[*wider])).map(NodeIndex::new);
    let mut nodes: IndexVec<NodeIndex, Node> = (0..sets.len())
        .map(|index| Node { set: sets[index].clone(), parent: parent(index), children: Vec::new() })
        .collect();
    for index in nodes.indices() {
        if let Some(parent) = nodes[index].parent {
            nodes[parent].children.push(index);
        }
    }
    nodes
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: EditionIndex = EditionIndex::new(0);
    const NEW: EditionIndex = EditionIndex::new(1);

    fn area(edition: EditionIndex, level: Level, index: usize, blocks: &[usize]) -> (FamilyIndex, BlockSet) {
        ((edition, level, AreaIndex::new(index)), BlockSet::new(70, blocks.iter().copied().map(BlockIndex::new)))
    }

    #[test]
    fn areas_of_the_same_blocks_are_one_node() {
        let family = Family::new(&[
            area(NEW, Level::Province, 0, &[0, 1, 66]),
            area(NEW, Level::Commune, 0, &[0]),
            area(NEW, Level::Commune, 1, &[1, 66]),
            area(OLD, Level::Commune, 0, &[0]),
            area(OLD, Level::Commune, 1, &[1]),
            area(OLD, Level::Commune, 2, &[66]),
        ]);
        assert_eq!(family.nodes.len(), 5);
        let node = |edition, index| family.node_of((edition, Level::Commune, AreaIndex::new(index))).unwrap();
        assert_eq!(node(NEW, 0), node(OLD, 0));
        assert_eq!(family.nodes[node(OLD, 2)].parent, Some(node(NEW, 1)));
        assert_eq!(family.lineage(node(OLD, 1)).count(), 3);
        assert_eq!(family.nodes[node(NEW, 1)].set.iter().map(BlockIndex::index).collect::<Vec<_>>(), [1, 66]);
    }

    #[test]
    fn area_that_cuts_across_a_newer_one_is_left_out() {
        let family = Family::new(&[
            area(NEW, Level::Commune, 0, &[0, 1]),
            area(NEW, Level::Commune, 1, &[2]),
            area(OLD, Level::District, 0, &[0]),
            area(OLD, Level::District, 1, &[1, 2]),
        ]);
        assert_eq!(family.node_of((OLD, Level::District, AreaIndex::new(1))), None);
        assert!(family.node_of((OLD, Level::District, AreaIndex::new(0))).is_some());
    }

    #[test]
    fn area_without_blocks_is_left_out() {
        let family = Family::new(&[area(NEW, Level::Commune, 0, &[])]);
        assert_eq!((family.nodes.len(), family.node_of((NEW, Level::Commune, AreaIndex::new(0)))), (0, None));
    }
}
