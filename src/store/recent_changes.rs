//! What requests changed of incidents lately, all that was done to one of them taken together.
//!
//! In: a moment. Out: how many incidents are new, other or gone since then, and the newest of them. An incident that was
//! added and withdrawn again since is none of these. What files brought is not among them: of imports there are records.

use crate::domain::incident::Incident;

/// How an incident differs from what it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecentChange {
    /// It was not there.
    Added,
    /// It was there, and was written anew.
    Corrected,
    /// It is there no more.
    Withdrawn,
}

/// An incident that was changed.
#[derive(Debug, Clone, PartialEq)]
pub struct RecentIncident {
    /// As it is; where it is there no more, as it was.
    pub incident: Incident,
    /// How it differs.
    pub change: RecentChange,
    /// When it was written last, in seconds since 1970 UTC.
    pub moment_s: i64,
}

/// What requests changed since a moment.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RecentChanges {
    /// Grows with every write: two equal numbers say that nothing was written between.
    pub last_write: u64,
    /// Incidents that were not there.
    pub added: u64,
    /// Incidents that were there and were written anew.
    pub corrected: u64,
    /// Incidents that are there no more.
    pub withdrawn: u64,
    /// Some of them, the last written first.
    pub newest: Vec<RecentIncident>,
}
