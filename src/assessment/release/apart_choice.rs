//! Counting the sums that no single area publishes, and choosing where each is published.
//!
//! In: what is counted in each step, the windows in which a sum was published before. Out: the windows in which it is
//! published, by itself: no area stands behind it with which it could be exchanged.

use super::apart::{Apart, ApartCounts};
use super::suppression::Problem;
use super::{BlockIndex, Release};
use crate::domain::filter::{CategorySet, Filter};
use crate::domain::incident::taxonomy::Severity;
use crate::domain::time::period::Period;
use crate::snapshot::{CountTable, Snapshot};

impl Release {
    /// Counts the sums in every step; the windows in which they are published stay.
    pub(super) fn count_apart(&mut self, snapshot: &Snapshot) {
        let steps: Vec<[u64; 4]> = if snapshot.editions.at(self.blocks.base).is_some() {
            let steps = self.timetable.steps.iter().zip(&self.steps);
            steps.map(|(period, step)| self.apart_in(snapshot, *period, step)).collect()
        } else {
            vec![[0; 4]; self.steps.len()]
        };
        for (kind, counts) in self.apart.counts_mut().into_iter().enumerate() {
            counts.steps = steps.iter().map(|step| step[kind]).collect();
        }
    }

    /// The sums of one step, in the order of the kinds.
    fn apart_in(&self, snapshot: &Snapshot, period: Period, step: &CountTable<BlockIndex>) -> [u64; 4] {
        let all = CategorySet::reported(&snapshot.taxonomy);
        let base = &snapshot.editions[self.blocks.base];
        let placed = |categories| {
            base.placed_totals(&Filter {
                edition: base.entry.id,
                period,
                categories,
                min_severity: Severity::LEAST,
                scheme: snapshot.schemes.default_index(),
            })
        };
        let (of_all, shown) = (placed(all), placed(self.provincial));
        let further: u64 =
            step.indices().skip(self.blocks.base_count).map(|block| u64::from(step.row_total(block, all))).sum();
        [
            shown.without_point.iter().copied().map(u64::from).sum(),
            of_all.by_wider_area.into(),
            u64::from(of_all.outside).saturating_sub(further),
            of_all.unplaced.into(),
        ]
    }

    /// Each sum in the highest tier that it bears alone, beside the windows in which it was published before. How many
    /// have a point follows from how many have none, so both must bear the tier; and with several provinces from the
    /// difference of two of them, so nothing is said then.
    pub(super) fn chosen_apart(&self, problem: &Problem<'_>) -> Apart {
        let tier = |counts: &ApartCounts| problem.own_tier(&counts.steps, counts.shown);
        let published = |counts: &ApartCounts, tier: usize| ApartCounts {
            steps: counts.steps.clone(),
            shown: self.timetable.windows_of(tier).union(counts.shown),
        };
        let Apart { by_commune, by_wider_area, outside, unplaced } = &self.apart;
        let in_blocks = self.steps.iter().map(|step| {
            let blocks = step.indices().take(self.blocks.base_count);
            blocks.map(|block| u64::from(step.row_total(block, self.provincial))).sum::<u64>()
        });
        let with_point: Vec<u64> =
            in_blocks.zip(&by_commune.steps).map(|(all, without)| all.saturating_sub(*without)).collect();
        let of_communes = match self.provinces().count() {
            0 | 1 => tier(by_commune).min(problem.own_tier(&with_point, by_commune.shown)),
            _ => 0,
        };
        Apart {
            by_commune: published(by_commune, of_communes),
            by_wider_area: published(by_wider_area, tier(by_wider_area)),
            outside: published(outside, tier(outside)),
            unplaced: published(unplaced, tier(unplaced)),
        }
    }
}
