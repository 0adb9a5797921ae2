//! Which areas publish the parts of their count, its components, in one window.
//!
//! In: the family of areas and the counts of their components in that window. Out: for every area whether all its
//! parts are published. They are where none is small; and where some areas hide theirs, as many others beside them
//! do so too as it takes for the parts to be exchanged, part for part, without changing any published total.
//! One window only: with several the differences of windows would have to be guarded part by part as well.

use super::family::{Family, NodeIndex};
use crate::domain::index::IndexVec;
use crate::domain::rules::DisclosureRule;
use crate::domain::rules::scheme::ComponentIndex;

/// Which areas are open and what is in them.
#[derive(Debug, Clone, Copy)]
pub(super) struct PartsProblem<'a> {
    pub(super) family: &'a Family,
    /// The counts of every node by component.
    pub(super) counts: &'a IndexVec<NodeIndex, Vec<u64>>,
    /// Whether the total of each node is published in the window.
    pub(super) open: &'a IndexVec<NodeIndex, PartVisibility>,
    pub(super) rule: &'a DisclosureRule,
}

/// Whether something is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PartVisibility {
    Published,
    Hidden,
}

/// Whether the parts of every node are published.
pub(super) fn published_parts(problem: &PartsProblem<'_>) -> IndexVec<NodeIndex, PartVisibility> {
    let own = problem.counts.indices().map(|node| problem.own_openness(node)).collect();
    let mut suppression = PartsSuppression { problem: *problem, open: own };
    // Parents before children: whoever hides its parts finds a partner below before the areas below are judged
    // themselves.
    for node in problem.counts.indices().rev() {
        suppression.add_partner(node);
    }
    // Parts are only ever hidden, never shown again, so an area that is protected stays so while the others are.
    for node in problem.counts.indices() {
        suppression.protect(node);
    }
    suppression.open
}

impl PartsProblem<'_> {
    fn own_openness(&self, node: NodeIndex) -> PartVisibility {
        match self.open[node] {
            PartVisibility::Published if !self.counts[node].iter().any(|count| self.is_small(*count)) => {
                PartVisibility::Published
            }
            _ => PartVisibility::Hidden,
        }
    }

    fn is_small(&self, count: u64) -> bool {
        (1..u64::from(self.rule.k)).contains(&count)
    }

    fn total(&self, node: NodeIndex) -> u64 {
        self.counts[node].iter().sum()
    }
}

#[derive(Debug, Clone)]
struct PartsSuppression<'a> {
    problem: PartsProblem<'a>,
    open: IndexVec<NodeIndex, PartVisibility>,
}

impl PartsSuppression<'_> {
    fn is_published(&self, node: NodeIndex) -> bool {
        self.open[node] == PartVisibility::Published
    }

    /// Hides the parts of others until those of a node are safe.
    fn protect(&mut self, node: NodeIndex) {
        // Every turn hides the parts of one more area, so this ends; at the latest when nothing around is
        // published, for then there is no total that the parts could be subtracted from.
        while !self.is_protected(node) {
            let Some(scope) = self.scope(node) else { return };
            let children = self.problem.family.nodes[scope].children.iter().copied();
            let mut siblings: Vec<NodeIndex> = children.filter(|child| self.is_published(*child)).collect();
            // The smallest sibling that is enough loses least; if none is, the largest brings most to exchange
            // with.
            siblings.sort_by_key(|sibling| (self.problem.total(*sibling), *sibling));
            let enough = siblings.iter().copied().find(|sibling| self.hiding(*sibling).is_protected(node));
            match enough.or(siblings.last().copied()) {
                Some(sibling) => self.hide(sibling),
                None => self.open[scope] = PartVisibility::Hidden,
            }
        }
    }

    fn hiding(&self, node: NodeIndex) -> Self {
        let mut other = self.clone();
        other.hide(node);
        other
    }

    fn hide(&mut self, node: NodeIndex) {
        self.open[node] = PartVisibility::Hidden;
        self.add_partner(node);
    }

    /// Hides the parts of the greatest area inside one that hides its own: else they would add up to them.
    fn add_partner(&mut self, node: NodeIndex) {
        // Hidden parts with nothing hidden below them would be the sum of the published parts of their children.
        if self.is_published(node) || self.hidden_leaves(node).iter().any(|leaf| self.problem.total(*leaf) > 0) {
            return;
        }
        let children = self.problem.family.nodes[node].children.iter().copied();
        if let Some(greatest) = children.max_by_key(|child| (self.problem.total(*child), *child)) {
            self.hide(greatest);
        }
    }

    fn scope(&self, node: NodeIndex) -> Option<NodeIndex> {
        self.problem.family.lineage(node).skip(1).find(|wider| self.is_published(*wider))
    }

    /// The areas without areas inside, under a node, whose parts no published part holds fast.
    fn hidden_leaves(&self, node: NodeIndex) -> Vec<NodeIndex> {
        if self.is_published(node) {
            return Vec::new();
        }
        let children = &self.problem.family.nodes[node].children;
        if children.is_empty() {
            return vec![node];
        }
        children.iter().flat_map(|child| self.hidden_leaves(*child)).collect()
    }

    fn is_protected(&self, node: NodeIndex) -> bool {
        if self.is_published(node) {
            return true;
        }
        let own = self.sums(&self.hidden_leaves(node));
        let beside = self.scope(node).map(|scope| {
            let children = self.problem.family.nodes[scope].children.iter();
            let all = self.sums(&children.flat_map(|child| self.hidden_leaves(*child)).collect::<Vec<_>>());
            // The leaves of the node are among those of the area around it, so no difference falls below 0.
            all.iter().zip(&own).map(|(all, own)| all - own).collect::<Vec<u64>>()
        });
        let is_secret = |part: &ComponentIndex| self.problem.is_small(self.problem.counts[node][part.index()]);
        let mut secrets = ComponentIndex::of_all(own.len()).filter(is_secret);
        let width = u64::from(self.problem.rule.interval_width);
        // The whole counts are published and stay as they are: what a part gains on one side another part must
        // lose there, and the reverse must happen on the other side.
        secrets.all(|part| room(&own, beside.as_deref(), part) >= width)
    }

    fn sums(&self, leaves: &[NodeIndex]) -> Vec<u64> {
        let parts = self.problem.counts.first().map_or(0, Vec::len);
        (0..parts).map(|part| leaves.iter().map(|leaf| self.problem.counts[*leaf][part]).sum()).collect()
    }
}

/// How far one part can move: up for what the other parts can give, down for what it holds itself; what one side
/// gains, the other side must be able to give.
fn room(own: &[u64], beside: Option<&[u64]>, part: ComponentIndex) -> u64 {
    let part = part.index();
    let others = |counts: &[u64]| counts.iter().sum::<u64>() - counts[part];
    match beside {
        // Only the own total binds: the part can swallow all others, or shrink to nothing.
        None => others(own) + own[part],
        Some(beside) => others(own).min(beside[part]) + own[part].min(others(beside)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment::release::blocks::BlockIndex;
    use crate::assessment::release::family::BlockSet;
    use crate::domain::area::edition::EditionIndex;
    use crate::domain::area::{AreaIndex, Level};
    use crate::domain::incident::taxonomy::Taxonomy;
    use crate::domain::rules::Rules;

    /// Three communes in a district with the counts of two components: whether the parts of each, then of the
    /// district, are published.
    fn published(communes: [[u64; 2]; 3]) -> Vec<bool> {
        let taxonomy = Taxonomy::from_toml(include_str!("../../../geodata/taxonomy.toml")).unwrap();
        let rules = Rules::from_toml(include_str!("../../../geodata/rules.toml"), &taxonomy).unwrap();
        let base = EditionIndex::new(0);
        let first = (base, Level::District, AreaIndex::new(0));
        let commune = |index: usize| (base, Level::Commune, AreaIndex::new(index));
        let mut areas = vec![(first, BlockSet::new(3, BlockIndex::of_all(3)))];
        areas.extend((0..3).map(|index| (commune(index), BlockSet::new(3, [BlockIndex::new(index)]))));
        let family = Family::new(&areas);
        let sum = |node: &crate::assessment::release::family::Node, part: usize| {
            node.set.iter().map(|block| communes[block.index()][part]).sum()
        };
        let counts: IndexVec<NodeIndex, Vec<u64>> =
            family.nodes.iter().map(|node| vec![sum(node, 0), sum(node, 1)]).collect();
        let open = vec![PartVisibility::Published; counts.len()].into();
        let problem = PartsProblem { family: &family, counts: &counts, open: &open, rule: &rules.disclosure };
        let parts = published_parts(&problem);
        let of = |area| parts[family.node_of(area).unwrap()] == PartVisibility::Published;
        (0..3).map(|index| of(commune(index))).chain([of(first)]).collect()
    }

    #[test]
    fn large_parts_are_all_published() {
        assert_eq!(published([[9, 0], [20, 30], [40, 50]]), [true, true, true, true]);
    }

    #[test]
    fn small_part_needs_another_area_to_exchange_with() {
        assert_eq!(published([[9, 2], [20, 30], [40, 50]]), [false, false, true, true]);
    }

    #[test]
    fn area_with_nothing_to_exchange_is_no_partner() {
        assert_eq!(published([[9, 2], [20, 0], [40, 50]]), [false, true, false, true]);
    }

    #[test]
    fn district_hides_its_parts_where_its_communes_cannot_protect_each_other() {
        assert!(!published([[9, 2], [20, 0], [40, 0]])[3]);
    }
}
