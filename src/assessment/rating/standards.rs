//! What each area is measured against: the standard of all areas, or that of its peers.
//!
//! In: the weighted counts, the peer group of every area, the rule of the grade. Out: one
//! [`Standard`] per area. A group of too few areas says too little about its own spread: its
//! areas are measured against all.

use super::peers::Membership;
use crate::assessment::area::PeerMethod;
use crate::domain::area::AreaIndex;
use crate::domain::area::peers::PeerIndex;
use crate::domain::index::IndexVec;
use crate::domain::rules::scheme::{Expectation, GradeRule, PeerUse};
use crate::statistics::{AreaPosition, ClassTable, Standard};

/// The standards of the areas of a level.
pub(in crate::assessment) struct Standards {
    all: Standard,
    groups: Vec<GroupStandard>,
    /// For every area the index of its group among `groups`.
    group_of_area: IndexVec<AreaIndex, Option<usize>>,
}

struct GroupStandard {
    group: PeerIndex,
    areas: usize,
    /// Absent where the group is too small.
    own: Option<Standard>,
}

impl Standards {
    /// The standards that a rule requires.
    pub(in crate::assessment) fn of(table: &ClassTable, peers: &Membership, rule: &GradeRule) -> Self {
        let all = Standard::of(table);
        if rule.peers == PeerUse::None {
            return Self { all, groups: Vec::new(), group_of_area: vec![None; table.area_count()].into() };
        }
        let mut present: Vec<PeerIndex> = peers.groups.iter().copied().flatten().collect();
        present.sort_unstable();
        present.dedup();
        let standard = |group: &PeerIndex| {
            let in_group = |area: &AreaPosition| {
                peers.groups.get(area.index()) == Some(&Some(*group)) && all.is_rated(table, *area)
            };
            let members: Vec<AreaPosition> = table.areas().filter(in_group).collect();
            let own = (members.len() >= peers.min_areas).then(|| match rule.expectation {
                Expectation::Province => all.with_prior_over(table, &members),
                Expectation::Peers => Standard::of(&table.of_areas(&members)),
            });
            GroupStandard { group: *group, areas: members.len(), own }
        };
        let groups: Vec<GroupStandard> = present.iter().map(standard).collect();
        let area_index = |group: &Option<PeerIndex>| present.binary_search(&(*group)?).ok();
        Self { all, groups, group_of_area: peers.groups.iter().map(area_index).collect() }
    }

    /// The standard of all areas.
    pub(in crate::assessment) fn common(&self) -> &Standard {
        &self.all
    }

    /// The standard of an area.
    pub(in crate::assessment) fn of_area(&self, area: AreaIndex) -> &Standard {
        self.own_of(area).unwrap_or(&self.all)
    }

    /// The group whose standard an area is measured by; none where it is measured by all.
    pub(in crate::assessment) fn group_of(&self, area: AreaIndex) -> Option<PeerIndex> {
        self.own_of(area)?;
        self.group(area).map(|group| group.group)
    }

    /// The parameters of every group.
    pub(in crate::assessment) fn methods(&self) -> Vec<PeerMethod> {
        let method = |group: &GroupStandard| PeerMethod {
            group: group.group,
            areas: group.areas,
            prior_mean: group.own.as_ref().map(|own| own.prior().mean()),
            prior_variance: group.own.as_ref().map(|own| own.prior().variance()),
            dispersion: group.own.as_ref().and_then(Standard::dispersion),
        };
        self.groups.iter().map(method).collect()
    }

    fn group(&self, area: AreaIndex) -> Option<&GroupStandard> {
        self.groups.get((*self.group_of_area.at(area)?)?)
    }

    fn own_of(&self, area: AreaIndex) -> Option<&Standard> {
        self.group(area)?.own.as_ref()
    }
}
