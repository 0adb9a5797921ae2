//! The evidence beside a declared criterion: the incidents of the window and of the one before.

use std::cmp::Ordering;

use serde::Serialize;
use utoipa::ToSchema;

use crate::assessment::statutory::{CountChange, Evidence};
use crate::domain::incident::taxonomy::{Severity, Taxonomy};
use crate::domain::text::Names;
use crate::domain::time::period::PeriodDates;
use crate::texts::{decimal, text};

/// The incidents of the window and of the one before.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct EvidenceAnswer {
    /// The window before.
    before: PeriodDates,
    /// All severities together.
    total: CountChangeAnswer,
    /// By severity, the least severe first.
    by_severity: Vec<SeverityChange>,
    /// The statistical test.
    method: &'static str,
}

/// The incidents of one severity.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SeverityChange {
    /// The id of the severity.
    severity: String,
    /// Its name for people.
    severity_name: Names,
    /// Its two counts.
    change: CountChangeAnswer,
}

/// Two counts and what chance says of their difference.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CountChangeAnswer {
    /// Incidents of the window.
    now: u32,
    /// Incidents of the window before.
    before: u32,
    /// Two-sided exact conditional probability of a split at least as uneven under equal rates.
    p: f64,
    /// Whether the change lies within chance.
    within_chance: bool,
    /// The same for people.
    sentence: Names,
}

impl EvidenceAnswer {
    /// The evidence of a commune.
    pub(super) fn of(evidence: &Evidence, taxonomy: &Taxonomy) -> Self {
        let changes = evidence.by_severity.iter();
        Self {
            before: PeriodDates::from(evidence.before),
            total: CountChangeAnswer::of(&evidence.total),
            by_severity: changes
                .filter_map(|(severity, change)| severity_change(*severity, change, taxonomy))
                .collect(),
            method: "exact conditional, two-sided; equal rates per person-year",
        }
    }
}

fn severity_change(severity: Severity, change: &CountChange, taxonomy: &Taxonomy) -> Option<SeverityChange> {
    let term = taxonomy.severities.get(severity.index())?;
    Some(SeverityChange {
        severity: term.id.clone(),
        severity_name: term.names(),
        change: CountChangeAnswer::of(change),
    })
}

impl CountChangeAnswer {
    fn of(change: &CountChange) -> Self {
        Self {
            now: change.now,
            before: change.before,
            p: change.p,
            within_chance: change.is_within_chance(),
            sentence: sentence(change),
        }
    }
}

/// What a person would say of two counts.
fn sentence(change: &CountChange) -> Names {
    let CountChange { now, before, p, chance_above_p: _ } = *change;
    let p = decimal(p, 3);
    match (change.is_within_chance(), now.cmp(&before)) {
        (true, _) => text!("statutory-change-within-chance", now = now, before = before, p = p),
        (false, Ordering::Less) => text!("statutory-change-down", now = now, before = before, p = p),
        (false, _) => text!("statutory-change-up", now = now, before = before, p = p),
    }
}
