//! The areas of all editions and levels as one family of sets of blocks, each inside the next wider.
//!
//! In: for every area its blocks. Out: a forest of nodes; areas of the same blocks are one node. An area that
//! cuts across another (neither inside nor apart) is left out, the older edition being left out for the newer, because
//! the difference of the two would be a place of nobody's choosing. Counts are not considered here.

use std::collections::BTreeMap;

use crate::domain::area::Level;

/// Names an area: the index of its edition, its level, its index in the level.
pub(in crate::assessment) type FamilyIndex = (usize, Level, usize);

/// A bit set of building blocks, one bit a block.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct BlockSet(Vec<u64>);

impl BlockSet {
    /// The set of some of so many blocks.
    pub(super) fn new(blocks: usize, members: impl IntoIterator<Item = usize>) -> Self {
        let mut words = vec![0; blocks.div_ceil(64)];
        for block in members {
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
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> {
        let bit = |(index, word): (usize, &u64)| {
            let word = *word;
            (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| 64 * index + bit)
        };
        self.0.iter().enumerate().flat_map(bit)
    }
}

/// One set of blocks that is an area on at least one edition.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) set: BlockSet,
    pub(super) parent: Option<usize>,
    pub(super) children: Vec<usize>,
}

/// The forest of all areas.
#[derive(Debug, Clone, Default)]
pub(super) struct Family {
    /// The nodes, every child before its parent.
    pub(super) nodes: Vec<Node>,
    node_of: BTreeMap<FamilyIndex, usize>,
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
        let node_of =
            areas.iter().filter_map(|(area, set)| Some((*area, sets.iter().position(|known| *known == set)?)));
        Self { node_of: node_of.collect(), nodes: linked(&sets) }
    }

    /// The node of an area; none where it is left out.
    pub(super) fn node_of(&self, area: FamilyIndex) -> Option<usize> {
        self.node_of.get(&area).copied()
    }

    /// The areas that have a node, with it.
    pub(super) fn areas(&self) -> impl Iterator<Item = (FamilyIndex, usize)> {
        self.node_of.iter().map(|(area, node)| (*area, *node))
    }

    /// A node and all that contain it, the narrowest first.
    pub(super) fn lineage(&self, node: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(node), |node| self.nodes[*node].parent)
    }
}

fn linked(sets: &[&BlockSet]) -> Vec<Node> {
    // Sets are sorted by size and laminar, so the first later one that contains this one is the smallest that
    // does.
    let parent = |index: usize| (index + 1..sets.len()).find(|wider| sets[index].is_within(sets[*wider]));
    let mut nodes: Vec<Node> = (0..sets.len())
        .map(|index| Node { set: sets[index].clone(), parent: parent(index), children: Vec::new() })
        .collect();
    for index in 0..nodes.len() {
        if let Some(parent) = nodes[index].parent {
            nodes[parent].children.push(index);
        }
    }
    nodes
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: usize = 0;
    const NEW: usize = 1;

    fn area(edition: usize, level: Level, index: usize, blocks: &[usize]) -> (FamilyIndex, BlockSet) {
        ((edition, level, index), BlockSet::new(70, blocks.iter().copied()))
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
        let node = |edition, index| family.node_of((edition, Level::Commune, index)).unwrap();
        assert_eq!(node(NEW, 0), node(OLD, 0));
        assert_eq!(family.nodes[node(OLD, 2)].parent, Some(node(NEW, 1)));
        assert_eq!(family.lineage(node(OLD, 1)).count(), 3);
        assert_eq!(family.nodes[node(NEW, 1)].set.iter().collect::<Vec<_>>(), [1, 66]);
    }

    #[test]
    fn area_that_cuts_across_a_newer_one_is_left_out() {
        let family = Family::new(&[
            area(NEW, Level::Commune, 0, &[0, 1]),
            area(NEW, Level::Commune, 1, &[2]),
            area(OLD, Level::District, 0, &[0]),
            area(OLD, Level::District, 1, &[1, 2]),
        ]);
        assert_eq!(family.node_of((OLD, Level::District, 1)), None);
        assert!(family.node_of((OLD, Level::District, 0)).is_some());
    }

    #[test]
    fn area_without_blocks_is_left_out() {
        let family = Family::new(&[area(NEW, Level::Commune, 0, &[])]);
        assert_eq!((family.nodes.len(), family.node_of((NEW, Level::Commune, 0))), (0, None));
    }
}
