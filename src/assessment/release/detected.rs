//! Which counts of what police work found are published: a table of its own beside the reported counts.
//!
//! In: the family of areas, the incidents of those categories step by step, what was published of them before. Out: the
//! windows in which each area publishes its number. No answer adds them to reported incidents, so neither table says
//! anything of the other; within theirs hidden numbers are chosen as for reported counts. Categories never shown below
//! district are left out on every level: there is then nothing that a wider area less its parts could give away.

use super::suppression::{Problem, shown_windows};
use super::{AreaRef, CountKind, Release};
use crate::domain::rules::DisclosureRule;
use crate::domain::time::period::Period;

impl Release {
    /// Chooses what is published beside what is already.
    pub(super) fn choose_detected(&mut self, rule: &DisclosureRule) {
        let counts = self.node_counts(self.detected);
        let floors = self.detected_shown.clone();
        let problem =
            Problem { family: &self.family, counts: &counts, timetable: &self.timetable, floors: &floors, rule };
        self.detected_shown = shown_windows(&problem);
    }

    /// Whether it is published for a period what police work found in an area.
    pub fn shows_detected(&self, area: AreaRef, period: Period) -> bool {
        self.is_among(&self.detected_shown, area, period)
    }

    /// What police work found in an area in a period, where that is published.
    pub fn detected_count(&self, area: AreaRef, period: Period) -> Option<u32> {
        self.shows_detected(area, period).then(|| self.truth(area, period, CountKind::Detected)).flatten()
    }
}
