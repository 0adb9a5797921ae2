//! Sums that no single area publishes: incidents known by their commune alone, by a wider area, outside, without a place.
//!
//! In: such sums step by step. Out: the same with the windows in which each is published. How they are counted and
//! chosen stands in `apart_choice.rs`.

use super::timetable::WindowSet;

/// What the kinds of sums are called in a stored release, in the order of [`Apart::counts`].
pub(super) const KINDS: [&str; 4] = ["by_commune", "by_wider_area", "outside", "unplaced"];

/// Incidents that no single area publishes.
#[derive(Debug, Clone, Default)]
pub(super) struct Apart {
    /// In the province by their commune alone.
    pub(super) by_commune: ApartCounts,
    /// Known by a district or a province alone.
    pub(super) by_wider_area: ApartCounts,
    /// Outside every area.
    pub(super) outside: ApartCounts,
    /// Without any place.
    pub(super) unplaced: ApartCounts,
}

/// One sum, step by step, and the windows in which it is published.
#[derive(Debug, Clone, Default)]
pub(super) struct ApartCounts {
    pub(super) steps: Vec<u64>,
    pub(super) shown: WindowSet,
}

impl Apart {
    /// The sums of all kinds.
    pub(super) fn counts(&self) -> [&ApartCounts; 4] {
        [&self.by_commune, &self.by_wider_area, &self.outside, &self.unplaced]
    }

    /// The same, to be changed.
    pub(super) fn counts_mut(&mut self) -> [&mut ApartCounts; 4] {
        [&mut self.by_commune, &mut self.by_wider_area, &mut self.outside, &mut self.unplaced]
    }
}
