//! Which windows of which areas are published, so that no sums or differences give a small count away.
//!
//! In: the family of areas, their counts step by step, the timetable, the rule, and which windows of each area were
//! published before and stay so. Out: the windows in which every area is published: those of its tier and these.
//! First each area gets the highest tier in which nothing published is small and its own windows do not bound a
//! hidden small one too narrowly. Then every area with such a secret needs a partner: another area, hidden in the
//! same windows, with which incidents could be exchanged step for step without changing any published total.
//! Where there is none, the sibling that costs least is lowered, and where no sibling is left, the wider area.
//! Lowering never takes protection from another, so the order does not matter for safety. What was published before
//! cannot be lowered; where that leaves an area no partner, all areas that it is joined with stay as they were.
//!
//! # Reference
//! The exchanges are those of the hypercube method (Giessing & Repsilber 2002), with histories in place of cells.

use std::ops::Range;

use super::bounds::{Bounds, KnownSums};
use super::family::{Family, NodeIndex};
use super::timetable::{Tier, Timetable, WindowSet};
use crate::domain::index::IndexVec;
use crate::domain::rules::DisclosureRule;

/// What is published is chosen from this.
#[derive(Debug, Clone, Copy)]
pub(super) struct Problem<'a> {
    pub(super) family: &'a Family,
    /// The counts of every node, step by step.
    pub(super) counts: &'a IndexVec<NodeIndex, Vec<u64>>,
    pub(super) timetable: &'a Timetable,
    /// The windows in which every node was published before.
    pub(super) floors: &'a IndexVec<NodeIndex, WindowSet>,
    pub(super) rule: &'a DisclosureRule,
}

/// The windows in which every node is published.
pub(super) fn shown_windows(problem: &Problem<'_>) -> IndexVec<NodeIndex, WindowSet> {
    let own = problem.counts.indexed().map(|(node, steps)| problem.own_tier(steps, problem.floors[node])).collect();
    let mut patterns: Vec<WindowSet> = problem.floors.iter().copied().collect();
    patterns.sort_unstable();
    patterns.dedup();
    let mut suppression = TierSuppression { problem: *problem, tiers: own, floors: &patterns };
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
    suppression.tiers.indices().map(|node| suppression.shown(node)).collect()
}

impl Problem<'_> {
    /// The highest tier in which an area alone gives nothing away, beside the windows it was published in before.
    pub(super) fn own_tier(&self, steps: &[u64], floor: WindowSet) -> Tier {
        let is_tenable = |tier: &Tier| self.is_tenable(steps, self.timetable.windows_of(*tier).union(floor));
        (1..=self.timetable.highest()).rev().find(is_tenable).unwrap_or(0)
    }

    fn is_tenable(&self, steps: &[u64], shown: WindowSet) -> bool {
        // Not published small, and not bounded narrowly by subtraction: three years less two of them would show a
        // hidden third.
        let shows_small = self.spans(shown).any(|span| self.is_small(total(steps, span)));
        let free = vec![Bounds { least: 0, most: None }; steps.len()];
        // Only this area's own windows are known here, and no step is bounded but from below: counts are not
        // negative.
        let knowledge = KnownSums::new(&free, &self.known(steps, shown));
        !shows_small && self.secrets(steps, shown).all(|span| self.is_wide(knowledge.of(span)))
    }

    /// The spans of some windows.
    fn spans(&self, windows: WindowSet) -> impl Iterator<Item = &Range<usize>> {
        windows.iter().map(|window| &self.timetable.windows[window].span)
    }

    /// The windows beside those shown whose count is small.
    fn secrets(&self, steps: &[u64], shown: WindowSet) -> impl Iterator<Item = &Range<usize>> {
        let hidden = self.timetable.windows.indexed().filter(move |(index, _)| !shown.contains(*index));
        hidden.map(|(_, window)| &window.span).filter(|span| self.is_small(total(steps, span)))
    }

    fn known(&self, steps: &[u64], shown: WindowSet) -> Vec<(Range<usize>, u64)> {
        self.spans(shown).map(|span| (span.clone(), total(steps, span))).collect()
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
    /// The sets of windows in which any node was published before.
    floors: &'a [WindowSet],
}

impl TierSuppression<'_> {
    /// The windows in which a node is published.
    fn shown(&self, node: NodeIndex) -> WindowSet {
        self.problem.timetable.windows_of(self.tiers[node]).union(self.problem.floors[node])
    }

    /// Lowers others until the secrets of a node are safe.
    fn protect(&mut self, node: NodeIndex) {
        // Every turn lowers a sibling or the area around from above `tier` to it, and nothing is ever raised, so
        // the loop ends; without any wider area published in more there is no total to subtract from, and it ends
        // at once.
        while !self.is_protected(node) {
            let tier = self.tiers[node];
            let Some(scope) = self.scope(node, self.shown(node)) else { return self.give_up(node) };
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
                None if self.tiers[scope] > tier => self.tiers[scope] = tier,
                None => return self.give_up(node),
            }
        }
    }

    /// Leaves all areas that a node is joined with as they were before this release, where there was one: that they
    /// give nothing away was proved then, and of the new steps nothing is said. Without a release before there is
    /// nothing to go back to, and no total around from which the node could be read.
    fn give_up(&mut self, node: NodeIndex) {
        let Some(root) = self.problem.family.lineage(node).last() else { return };
        let joined: Vec<NodeIndex> =
            self.tiers.indices().filter(|other| self.problem.family.lineage(*other).last() == Some(root)).collect();
        if joined.iter().any(|other| !self.problem.floors[*other].is_empty()) {
            for other in joined {
                self.tiers[other] = 0;
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
        if self.reachable(node, self.shown(node)).iter().any(|leaf| self.size(*leaf) > 0) {
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

    /// The narrowest area around a node that is published in more than some windows.
    fn scope(&self, node: NodeIndex, known: WindowSet) -> Option<NodeIndex> {
        self.problem.family.lineage(node).skip(1).find(|wider| !self.shown(*wider).is_within(known))
    }

    fn child_towards(&self, scope: NodeIndex, node: NodeIndex) -> NodeIndex {
        let below = self.problem.family.lineage(node).take_while(|wider| *wider != scope);
        below.last().unwrap_or(node)
    }

    fn is_protected(&self, node: NodeIndex) -> bool {
        let problem = &self.problem;
        let (steps, shown) = (&problem.counts[node], self.shown(node));
        let patterns = self.patterns(node);
        problem.secrets(steps, shown).all(|secret| {
            // An exchange that leaves the windows of a set as they are leaves those of every set within it too, so
            // one set that hides the secret and allows an exchange is enough.
            patterns.iter().any(|known| {
                let hides = problem.spans(*known).all(|span| span != secret);
                hides && self.is_exchangeable(node, *known, secret)
            })
        })
    }

    /// The sets of windows that an exchange may leave as they are: those of the tiers from that of a node on, each with
    /// what the node, or any other, was published in before.
    fn patterns(&self, node: NodeIndex) -> Vec<WindowSet> {
        let own = self.problem.floors[node];
        let tiers = self.tiers[node]..=self.problem.timetable.highest();
        let beside = |tier: Tier| {
            let windows = self.problem.timetable.windows_of(tier).union(own);
            self.floors.iter().map(move |floor| windows.union(*floor))
        };
        let mut patterns: Vec<WindowSet> = Vec::new();
        for pattern in tiers.flat_map(beside) {
            if !patterns.contains(&pattern) {
                patterns.push(pattern);
            }
        }
        patterns
    }

    /// Whether exchanges that leave all of some windows as they are keep the secret wide.
    fn is_exchangeable(&self, node: NodeIndex, known: WindowSet, secret: &Range<usize>) -> bool {
        let own = self.reachable(node, known);
        // Nothing around is published in more than these windows, so a count can grow without any other falling.
        let Some(scope) = self.scope(node, known) else {
            return own.iter().any(|leaf| self.is_kept_wide(node, known, secret, &self.problem.counts[*leaf], None));
        };
        let inside = self.child_towards(scope, node);
        let children = self.problem.family.nodes[scope].children.iter().filter(|child| **child != inside);
        let beside: Vec<NodeIndex> = children.flat_map(|child| self.reachable(*child, known)).collect();
        let further = self.reachable_beside(inside, Some(node), known);
        let partners = beside.into_iter().chain(further).map(|leaf| self.problem.counts[leaf].clone());
        // Where windows of the partners are known, an exchange with two of them at once is not proved here to
        // leave each of their totals alone, so each must do alone. That errs on the side of hiding.
        let partners = if known.is_empty() { summed(partners) } else { partners.collect() };
        own.iter().any(|leaf| {
            let given = &self.problem.counts[*leaf];
            partners.iter().any(|taken| self.is_kept_wide(node, known, secret, given, Some(taken)))
        })
    }

    /// The leaves that can be reached under a node, but not under another inside it, if one is given.
    fn reachable_beside(&self, node: NodeIndex, without: Option<NodeIndex>, known: WindowSet) -> Vec<NodeIndex> {
        // A published total fixes the sum below it: no exchange can cross it, so the walk stops there. It ends at
        // the leaves in any case, for the areas form a forest.
        if Some(node) == without || !self.shown(node).is_within(known) {
            return Vec::new();
        }
        let children = &self.problem.family.nodes[node].children;
        if children.is_empty() {
            return vec![node];
        }
        children.iter().flat_map(|child| self.reachable_beside(*child, without, known)).collect()
    }

    /// The areas without areas inside, under a node, that no published total beside some windows holds fast.
    fn reachable(&self, node: NodeIndex, known: WindowSet) -> Vec<NodeIndex> {
        self.reachable_beside(node, None, known)
    }

    fn is_kept_wide(
        &self,
        node: NodeIndex,
        known: WindowSet,
        secret: &Range<usize>,
        given: &[u64],
        taken: Option<&Vec<u64>>,
    ) -> bool {
        let steps = &self.problem.counts[node];
        // Step by step the hidden count can fall by what the leaf gives, and rise by what the partner gives in
        // return; the published windows then narrow that by shortest paths.
        let bounds = |step: usize| Bounds {
            least: steps[step] - given[step],
            most: taken.map(|taken| steps[step] + taken[step]),
        };
        let known = self.problem.known(steps, known);
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
        let today = Day::of_date("2026-11-01".parse().unwrap());
        let timetable = Timetable::new(&rules, &DataCoverage::default(), today, None);
        (rules, timetable)
    }

    /// Communes in one district.
    fn one_district(blocks: usize) -> Family {
        let base = EditionIndex::new(0);
        let named = |level, index: usize| (base, level, AreaIndex::new(index));
        let commune = |index: usize| (named(Level::Commune, index), BlockSet::new(blocks, [BlockIndex::new(index)]));
        let mut areas = vec![(named(Level::District, 0), BlockSet::new(blocks, BlockIndex::of_all(blocks)))];
        areas.extend((0..blocks).map(commune));
        Family::new(&areas)
    }

    /// The windows in which communes of one district are published, then of the district, by their years after one without
    /// incidents; each was in those given by ids
    /// before, all alike.
    fn shown_of(years: &[[u64; 5]], before: &[&str]) -> (Timetable, Vec<WindowSet>) {
        let (rules, timetable) = shipped();
        let family = one_district(years.len());
        let mut counts = IndexVec::<NodeIndex, _>::from(vec![Vec::new(); family.nodes.len()]);
        for (index, node) in family.nodes.indexed() {
            let of_year = |year: usize| node.set.iter().map(|block| years[block.index()][year]).sum();
            counts[index] = std::iter::once(0).chain((0..5).map(of_year)).collect();
        }
        let before: Vec<String> = before.iter().map(|id| (*id).to_owned()).collect();
        let floors = IndexVec::<NodeIndex, _>::from(vec![timetable.named(&before); family.nodes.len()]);
        let rule = &rules.disclosure;
        let shown =
            shown_windows(&Problem { family: &family, counts: &counts, timetable: &timetable, floors: &floors, rule });
        let of = |level, index| shown[family.node_of((EditionIndex::new(0), level, AreaIndex::new(index))).unwrap()];
        let communes = (0..years.len()).map(|index| of(Level::Commune, index));
        let shown = communes.chain([of(Level::District, 0)]).collect();
        (timetable, shown)
    }

    /// The tiers of the communes of one district by their years, then of the district.
    fn tiers_of(years: &[[u64; 5]]) -> Vec<Tier> {
        let (timetable, shown) = shown_of(years, &[]);
        let tier = |windows| (0..=timetable.highest()).find(|tier| timetable.windows_of(*tier) == windows).unwrap();
        shown.into_iter().map(tier).collect()
    }

    #[test]
    fn years_published_before_hide_the_long_window_of_a_small_one() {
        let before = ["TK-2021", "TK-2022", "TK-2023", "TK-2024", "3N-2022", "3N-2023", "3N-2024"];
        let years = [[9, 9, 9, 9, 2], [20, 20, 20, 20, 20], [30, 30, 30, 30, 30]];
        let (timetable, shown) = shown_of(&years, &before);
        let new = |windows: &WindowSet| timetable.ids(*windows).into_iter().filter(|id| !before.contains(&id.as_str()));
        let new: Vec<Vec<String>> = shown.iter().map(|windows| new(windows).collect()).collect();
        // 20 in three years less 9 and 9 known would show the 2; the second commune is its partner.
        assert_eq!(new, [vec![], vec![], vec!["TK-2025", "3N-2025"], vec!["TK-2025", "3N-2025"]]);
        // Without a release before, the years hide and the long windows stay.
        assert_eq!(tiers_of(&years), [2, 2, 3, 3]);
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
