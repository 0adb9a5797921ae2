//! Joins areas of a coverage into groups, on the same arcs.

use std::collections::HashMap;
use std::sync::Arc;

use super::lattice::LatticePoint;
use super::trace::{Link, simple_loops};
use crate::geometry::coverage::{ArcIndex, ArcSides, ArcUse, Coverage, CoveragePart, Direction};
use crate::geometry::validity::ring::{nest_rings, step};

impl Coverage {
    /// The coverage whose areas are groups of this one's: `groups[area]` names the group of each area.
    ///
    /// Arcs between two areas of one group vanish; all others are taken over as they are, so borders of the
    /// two levels coincide exactly. Areas without a group, or with a number not below `group_count`, are left
    /// out. The enclosed area of a group is the sum of its members'.
    #[must_use]
    pub fn dissolve(&self, groups: &[Option<usize>], group_count: usize) -> Self {
        let group_of = |area: usize| groups.get(area).copied().flatten().filter(|&group| group < group_count);
        let mut members: Vec<Vec<usize>> = vec![Vec::new(); group_count];
        for area in 0..self.len() {
            if let Some(group) = group_of(area) {
                members[group].push(area);
            }
        }
        let mut sides = vec![ArcSides::default(); self.arcs.len()];
        let mut areas = Vec::with_capacity(group_count);
        // Groups are taken in their order, and the first to claim a side of an arc has it; on a clean coverage no
        // second one does.
        for (group, members) in members.iter().enumerate() {
            let border = self.border_of(members);
            for use_ in &border {
                let sides = &mut sides[use_.arc.index()];
                let side = if use_.direction == Direction::Forward { &mut sides.left } else { &mut sides.right };
                side.get_or_insert(group);
            }
            areas.push(self.parts_from(&border));
        }
        Self { arcs: Arc::clone(&self.arcs), sides, areas, report: self.report, conflicts: Vec::new() }
    }

    /// The arcs that bound the union of the given areas: what is walked once each way cancels out.
    fn border_of(&self, members: &[usize]) -> Vec<ArcUse> {
        let mut walks: HashMap<ArcIndex, i32> = HashMap::new();
        let mut order = Vec::new();
        for use_ in members.iter().flat_map(|&area| self.ring_uses(area)) {
            let count = walks.entry(use_.arc).or_insert_with(|| {
                order.push(use_.arc);
                0
            });
            // Both members of a group walk the arc between them, one each way: the sum is 0 and the arc is inside.
            // What is left bounds the union. No coordinate is compared, so the wider border is the narrower one,
            // bit for bit.
            *count += if use_.direction == Direction::Forward { 1 } else { -1 };
        }
        let uses = order.into_iter().flat_map(|arc| {
            let count = walks.get(&arc).copied().unwrap_or(0);
            let direction = if count > 0 { Direction::Forward } else { Direction::Backward };
            std::iter::repeat_n(ArcUse { arc, direction }, count.unsigned_abs() as usize)
        });
        uses.collect()
    }

    fn parts_from(&self, border: &[ArcUse]) -> Vec<CoveragePart> {
        let links: Vec<Link<LatticePoint>> = border.iter().filter_map(|use_| self.link(*use_)).collect();
        let rings: Vec<Vec<ArcUse>> = simple_loops(&links)
            .into_iter()
            .map(|ring| ring.into_iter().map(|index| border[index]).collect())
            .collect();
        nest_rings(rings, |ring| self.ring_points(ring))
            .into_iter()
            .map(|nested| CoveragePart { shell: nested.shell, holes: nested.holes })
            .collect()
    }

    fn link(&self, use_: ArcUse) -> Option<Link<LatticePoint>> {
        let [first, second, ..] = self.arcs[use_.arc.index()].points[..] else { return None };
        let [.., before, last] = self.arcs[use_.arc.index()].points[..] else { return None };
        Some(match use_.direction {
            Direction::Forward => {
                Link { from: first, to: last, leaving: step(first, second), arriving: step(before, last) }
            }
            Direction::Backward => {
                Link { from: last, to: first, leaving: step(last, before), arriving: step(second, first) }
            }
        })
    }
}
