//! What was judged, and what was found out of the ordinary.

use std::collections::BTreeSet;

use crate::domain::alert::Alert;

/// The steps that were judged, with the alerts among them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Judgement {
    /// The keys of every step that was judged now, so that an alert of one that is no longer raised is known.
    pub judged: BTreeSet<String>,
    /// The alerts, the rarest first.
    pub alerts: Vec<Alert>,
}

impl Judgement {
    pub(super) fn rarest_first(&mut self) {
        self.alerts.sort_by(|one, other| one.p.total_cmp(&other.p).then_with(|| one.key.cmp(&other.key)));
    }
}
