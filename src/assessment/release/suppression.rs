//! Which windows of which areas are published, so that no sums or differences give a small count away.
//!
//! In: the family of areas, their counts step by step, the timetable, the rule. Out: a tier for every area.
//! First each area gets the highest tier in which nothing published is small and its own windows do not bound a
//! hidden small one too narrowly. Then every area with such a secret needs a partner: another area, hidden in the
//! same windows, with which incidents could be exchanged step for step without changing any published total.
//! Where there is none, the sibling that costs least is lowered, and where no sibling is left, the wider area.
//! Lowering never takes protection from another, so the order does not matter for safety.
//!
//! # Reference
//! The exchanges are those of the hypercube method (Giessing & Repsilber 2002), with histories in place of cells.

use std::ops::Range;

use super::bounds::{Bounds, KnownSums};
use super::family::{Family, NodeIndex};
use super::timetable::{Tier, Timetable};
use crate::domain::index::IndexVec;
use crate::domain::rules::DisclosureRule;

/// What is published is chosen from this.
#[derive(Debug, Clone, Copy)]
pub(super) struct Problem<'a> {
    pub(super) family: &'a Family,
    /// The counts of every node, step by step.
    pub(super) counts: &'a IndexVec<NodeIndex, Vec<u64>>,
    pub(super) timetable: &'a Timetable,
    pub(super) rule: &'a DisclosureRule,
}

/// The tier of every node.
pub(super) fn tiers(problem: &Problem<'_>) -> IndexVec<NodeIndex, Tier> {
    let own = problem.counts.iter().map(|steps| problem.own_tier(steps)).collect();
    let mut suppression = TierSuppression { problem: *problem, tiers: own };
    // Children stand before their parents, so backwards is downwards: when an area is reached, every area around
    // it already has its partner, and lowering happens only below.
    for node in suppression.tiers.indices().rev() {
        suppression.add_partner(node);
    }
    // Tiers only fall, and a lower tier publishes a part of what a higher one did. What protects an area is
    // therefore never taken away later, and one pass over all areas is enough.
    for node in suppression.tiers.indices() {
        suppression.protect(node);
    }
    suppression.tiers
}

impl Problem<'_> {
    /// The highest tier in which an area alone gives nothing away.
    pub(super) fn own_tier(&self, steps: &[u64]) -> Tier {
        (1..=self.timetable.highest()).rev().find(|tier| self.is_tenable(steps, *tier)).unwrap_or(0)
    }

    fn is_tenable(&self, steps: &[u64], tier: Tier) -> bool {
        // Not published small, and not bounded narrowly by subtraction: three years less two of them would show a
        // hidden third.
        let shows_small = self.spans(tier).any(|span| self.is_small(total(steps, span)));
        let free = vec![Bounds { least: 0, most: None }; steps.len()];
        // Only this area's own windows are known here, and no step is bounded but from below: counts are not
        // negative.
        let knowledge = KnownSums::new(&free, &self.known(steps, tier));
        !shows_small && self.secrets(steps, tier).all(|span| self.is_wide(knowledge.of(span)))
    }

    /// The spans of the windows of a tier.
    fn spans(&self, tier: Tier) -> impl Iterator<Item = &Range<usize>> {
        self.timetable.tiers[tier].iter().map(|window| &self.timetable.windows[*window].span)
    }

    /// The windows outside a tier whose count is small.
    fn secrets(&self, steps: &[u64], tier: Tier) -> impl Iterator<Item = &Range<usize>> {
        let windows = self.timetable.windows.indexed();
        let hidden = windows.filter(move |(index, _)| !self.timetable.tiers[tier].contains(index));
        hidden.map(|(_, window)| &window.span).filter(|span| self.is_small(total(steps, span)))
    }

    fn known(&self, steps: &[u64], tier: Tier) -> Vec<(Range<usize>, u64)> {
        self.spans(tier).map(|span| (span.clone(), total(steps, span))).collect()
    }

    fn is_small(&self, count: u64) -> bool {
        (1..u64::from(self.rule.k)).contains(&count)
    }

    fn is_wide(&self, bounds: Bounds) -> bool {
        bounds.width().is_none_or(|width| width >= u64::from(self.rule.interval_width))
    }
}

fn total(steps: &[u64], span: &Range<usize>) -> u64 {
    steps[span.clone()].iter().sum()
}

/// Tiers on the way to safety.
#[derive(Debug, Clone)]
struct TierSuppression<'a> {
    problem: Problem<'a>,
    tiers: IndexVec<NodeIndex, Tier>,
}

impl TierSuppression<'_> {
    /// Lowers others until the secrets of a node are safe.
    fn protect(&mut self, node: NodeIndex) {
        // Every turn lowers a sibling or the area around from above `tier` to it, and nothing is ever raised, so
        // the loop ends; without any wider area published in more there is no total to subtract from, and it ends
        // at once.
        while !self.is_protected(node) {
            let tier = self.tiers[node];
            let Some(scope) = self.scope(node, tier) else { return };
            let inside = self.child_towards(scope, node);
            let children = self.problem.family.nodes[scope].children.iter().copied();
            // A sibling that is hidden as far already has been tried as a partner by `is_protected` and was not
            // enough.
            let mut siblings: Vec<NodeIndex> =
                children.filter(|child| *child != inside && self.tiers[*child] > tier).collect();
            // Cheapest first: fewest windows lost, then fewest incidents hidden; the number makes the order total.
            siblings.sort_by_key(|sibling| (self.tiers[*sibling], self.size(*sibling), *sibling));
            let enough = siblings.iter().copied().find(|sibling| self.lowered(*sibling, tier).is_protected(node));
            // Where no single sibling is enough the last goes, the largest of those published in most: its counts
            // exchange with most, and the search starts again with it as a partner.
            match enough.or(siblings.last().copied()) {
                Some(sibling) => self.lower(sibling, tier),
                // No partner is searched inside it: the lineage from the node up to it is hidden as far, and the
                // node itself has incidents, so a leaf below can take up an exchange.
                None => self.tiers[scope] = tier,
            }
        }
    }

    fn lowered(&self, node: NodeIndex, tier: Tier) -> Self {
        let mut other = self.clone();
        other.lower(node, tier);
        other
    }

    fn lower(&mut self, node: NodeIndex, tier: Tier) {
        self.tiers[node] = self.tiers[node].min(tier);
        self.add_partner(node);
    }

    /// Lowers the greatest area inside a node, and so on down: else its parts would still add up to it.
    fn add_partner(&mut self, node: NodeIndex) {
        let tier = self.tiers[node];
        // A hidden total is safe from its own parts as long as one leaf with incidents is not held fast by any
        // published total below.
        if self.reachable(node, tier).iter().any(|leaf| self.size(*leaf) > 0) {
            return;
        }
        let children = self.problem.family.nodes[node].children.iter().copied();
        // `lower` comes back here for the child: one level further down in the forest each time, until a leaf is
        // free.
        if let Some(greatest) = children.max_by_key(|child| (self.size(*child), *child)) {
            self.lower(greatest, tier);
        }
    }

    fn size(&self, node: NodeIndex) -> u64 {
        self.problem.counts[node].iter().sum()
    }

    /// The narrowest area around a node that is published in more than a tier.
    fn scope(&self, node: NodeIndex, tier: Tier) -> Option<NodeIndex> {
        self.problem.family.lineage(node).skip(1).find(|wider| self.tiers[*wider] > tier)
    }

    fn child_towards(&self, scope: NodeIndex, node: NodeIndex) -> NodeIndex {
        let below = self.problem.family.lineage(node).take_while(|wider| *wider != scope);
        below.last().unwrap_or(node)
    }

    fn is_protected(&self, node: NodeIndex) -> bool {
        let problem = &self.problem;
        let (steps, own) = (&problem.counts[node], self.tiers[node]);
        problem.secrets(steps, own).all(|secret| {
            // Tiers hold one another. An exchange that leaves the windows of a higher tier as they are leaves
            // those of all lower tiers too, so one tier that hides the secret and allows an exchange is enough.
            (own..problem.timetable.highest()).any(|tier| {
                let hides = problem.spans(tier).all(|span| span != secret);
                hides && self.is_exchangeable(node, tier, secret)
            })
        })
    }

    /// Whether exchanges that leave all windows of a tier as they are keep the secret wide.
    fn is_exchangeable(&self, node: NodeIndex, tier: Tier, secret: &Range<usize>) -> bool {
        let own = self.reachable(node, tier);
        // Nothing around is published in more than this tier, so a count can grow without any other falling.
        let Some(scope) = self.scope(node, tier) else {
            return own.iter().any(|leaf| self.is_kept_wide(node, tier, secret, &self.problem.counts[*leaf], None));
        };
        let inside = self.child_towards(scope, node);
        let children = self.problem.family.nodes[scope].children.iter().filter(|child| **child != inside);
        let beside: Vec<NodeIndex> = children.flat_map(|child| self.reachable(*child, tier)).collect();
        let further = self.reachable_beside(inside, Some(node), tier);
        let partners = beside.into_iter().chain(further).map(|leaf| self.problem.counts[leaf].clone());
        // Where windows of the partners are known, an exchange with two of them at once is not proved here to
        // leave each of their totals alone, so each must do alone. That errs on the side of hiding.
        let partners = if tier == 0 { summed(partners) } else { partners.collect() };
        own.iter().any(|leaf| {
            let given = &self.problem.counts[*leaf];
            partners.iter().any(|taken| self.is_kept_wide(node, tier, secret, given, Some(taken)))
        })
    }

    /// The leaves that can be reached under a node, but not under another inside it, if one is given.
    fn reachable_beside(&self, node: NodeIndex, without: Option<NodeIndex>, tier: Tier) -> Vec<NodeIndex> {
        // A published total fixes the sum below it: no exchange can cross it, so the walk stops there. It ends at
        // the leaves in any case, for the areas form a forest.
        if Some(node) == without || self.tiers[node] > tier {
            return Vec::new();
        }
        let children = &self.problem.family.nodes[node].children;
        if children.is_empty() {
            return vec![node];
        }
        children.iter().flat_map(|child| self.reachable_beside(*child, without, tier)).collect()
    }

    /// The areas without areas inside, under a node, that no published total of a tier holds fast.
    fn reachable(&self, node: NodeIndex, tier: Tier) -> Vec<NodeIndex> {
        self.reachable_beside(node, None, tier)
    }

    fn is_kept_wide(
        &self,
        node: NodeIndex,
        tier: Tier,
        secret: &Range<usize>,
        given: &[u64],
        taken: Option<&Vec<u64>>,
    ) -> bool {
        let steps = &self.problem.counts[node];
        // Step by step the hidden count can fall by what the leaf gives, and rise by what the partner gives in
        // return; the published windows of the tier then narrow that by shortest paths.
        let bounds = |step: usize| Bounds {
            least: steps[step] - given[step],
            most: taken.map(|taken| steps[step] + taken[step]),
        };
        let known = self.problem.known(steps, tier);
        let knowledge = KnownSums::new(&(0..steps.len()).map(bounds).collect::<Vec<_>>(), &known);
        self.problem.is_wide(knowledge.of(secret))
    }
}

/// One partner made of all: where no window is known of any, each may take a part of the exchange.
fn summed(partners: impl Iterator<Item = Vec<u64>>) -> Vec<Vec<u64>> {
    let sum = partners.reduce(|sum, partner| sum.iter().zip(&partner).map(|(a, b)| a + b).collect());
    sum.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment::release::blocks::BlockIndex;
    use crate::assessment::release::family::BlockSet;
    use crate::domain::area::edition::EditionIndex;
    use crate::domain::area::{AreaIndex, Level};
    use crate::domain::incident::coverage::DataCoverage;
    use crate::domain::incident::taxonomy::Taxonomy;
    use crate::domain::rules::Rules;
    use crate::domain::time::period::Day;

    fn shipped() -> (Rules, Timetable) {
        let taxonomy = Taxonomy::from_toml(include_str!("../../../geodata/taxonomy.toml")).unwrap();
        let rules = Rules::from_toml(include_str!("../../../geodata/rules.toml"), &taxonomy).unwrap();
        let timetable = Timetable::new(&rules, &DataCoverage::default(), Day::of_date("2026-11-01".parse().unwrap()));
        (rules, timetable)
    }

    /// Communes in one district, with their years after one without incidents; the tiers of the communes, then of the
    /// district.
    fn tiers_of(years: &[[u64; 5]]) -> Vec<Tier> {
        let (rules, timetable) = shipped();
        let blocks = years.len();
        let base = EditionIndex::new(0);
        let named = |level, index: usize| (base, level, AreaIndex::new(index));
        let commune = |index: usize| (named(Level::Commune, index), BlockSet::new(blocks, [BlockIndex::new(index)]));
        let mut areas = vec![(named(Level::District, 0), BlockSet::new(blocks, BlockIndex::of_all(blocks)))];
        areas.extend((0..blocks).map(commune));
        let family = Family::new(&areas);
        let mut counts = IndexVec::<NodeIndex, _>::from(vec![Vec::new(); family.nodes.len()]);
        for (index, node) in family.nodes.indexed() {
            let of_year = |year: usize| node.set.iter().map(|block| years[block.index()][year]).sum();
            counts[index] = std::iter::once(0).chain((0..5).map(of_year)).collect();
        }
        let problem = Problem { family: &family, counts: &counts, timetable: &timetable, rule: &rules.disclosure };
        let tiers = tiers(&problem);
        let node = |area| tiers[family.node_of(area).unwrap()];
        let communes = (0..blocks).map(|index| node(named(Level::Commune, index)));
        communes.chain([node(named(Level::District, 0))]).collect()
    }

    #[test]
    fn nothing_small_publishes_all() {
        assert_eq!(tiers_of(&[[5, 9, 0, 7, 6], [10, 10, 10, 10, 10]]), [3, 3, 3]);
        assert_eq!(tiers_of(&[[0; 5], [0; 5]]), [3, 3, 3]);
    }

    #[test]
    fn one_small_year_hides_the_years_of_a_partner_as_well() {
        assert_eq!(tiers_of(&[[9, 2, 9, 9, 9], [20, 20, 20, 20, 20], [30, 30, 30, 30, 30]]), [2, 2, 3, 3]);
    }

    #[test]
    fn partner_is_the_one_that_costs_least_and_is_large_enough() {
        // The second has nothing to exchange in the small year.
        assert_eq!(tiers_of(&[[9, 2, 9, 9, 9], [9, 0, 9, 9, 9], [30, 30, 30, 30, 30]]), [2, 3, 2, 3]);
    }

    #[test]
    fn two_small_years_protect_each_other_where_they_are_large_enough_together() {
        assert_eq!(tiers_of(&[[9, 2, 9, 9, 9], [9, 4, 9, 9, 9], [30, 30, 30, 30, 30]]), [2, 2, 3, 3]);
        let small = tiers_of(&[[9, 1, 9, 9, 9], [9, 1, 9, 9, 9], [30, 30, 30, 30, 30]]);
        assert_eq!(small, [2, 2, 2, 3]);
    }

    #[test]
    fn lone_commune_takes_its_district_with_it() {
        assert_eq!(tiers_of(&[[9, 2, 9, 9, 9]]), [2, 2]);
    }

    #[test]
    fn windows_that_empty_years_would_give_away_are_hidden() {
        // (2, 5, 0, 0, 0): published windows of three years would give the first year away.
        let tiers = tiers_of(&[[2, 5, 0, 0, 0], [30, 30, 30, 30, 30], [30, 30, 30, 30, 30]]);
        assert!(tiers[0] < 2, "{tiers:?}");
    }
}
