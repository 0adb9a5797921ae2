//! What was written lately: how many incidents are new, corrected and withdrawn, and the newest of them one by one.
//!
//! In: what requests and imports wrote since a moment. Out: counts for planners; single incidents for roles that see
//! points. Of categories that are never shown below district there is no single incident, whatever was done to it.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::import_record::ImportedRows;
use crate::domain::incident::Incident;
use crate::domain::time::period::local_time;
use crate::service::answers::area_name::AreaName;
use crate::service::questions::situation::SituationQuestion;
use crate::snapshot::Snapshot;
use crate::store::{RecentChange, RecentChanges, RecentIncident};

/// What was written since a moment, by requests and by imports.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct RecentWrites {
    /// The moment, in seconds since 1970 UTC.
    pub(crate) since_s: i64,
    /// What requests changed.
    pub(crate) changes: RecentChanges,
    /// What imports did, added up.
    pub(crate) imported: ImportedRows,
}

impl RecentWrites {
    /// What tells these writes from those of another moment or state.
    pub(crate) fn key(&self) -> String {
        let ImportedRows { read, added, changed, removed, unchanged: _, sample_removed: _, rejected: _ } =
            self.imported;
        let (since_s, last_write) = (self.since_s, self.changes.last_write);
        format!("since={since_s}&write={last_write}&imported={read},{added},{changed},{removed}")
    }
}

/// What was written since a moment.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct RecentAnswer {
    /// Since when, in local time: a whole number of days before this minute.
    since: String,
    /// Incidents that requests added and that are there.
    added: u64,
    /// Incidents that were there and that requests wrote anew.
    corrected: u64,
    /// Incidents that requests withdrew.
    withdrawn: u64,
    /// What imports of incidents did, file by file added up.
    imported: ImportedAnswer,
    /// The incidents that requests wrote, the last written first, at most 200; null for planners.
    #[schema(required)]
    incidents: Option<Vec<RecentIncidentAnswer>>,
}

/// What imports did.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct ImportedAnswer {
    /// Rows that were not there before.
    added: u64,
    /// Rows that were there with other content.
    corrected: u64,
    /// Rows that were there and are no longer.
    withdrawn: u64,
}

/// An incident that a request wrote.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct RecentIncidentAnswer {
    /// The stable id.
    id: String,
    /// What was done, all that was done since taken together.
    what: RecentWord,
    /// When it was written last, in local time.
    when: String,
    /// When it happened, in local time.
    time: String,
    /// The id of the category.
    category: String,
    /// Its severity, 1 to 5.
    severity: u8,
    /// The commune in which it counts, or counted; null where it counts in none.
    #[schema(required)]
    commune: Option<AreaName>,
}

/// What was done with an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum RecentWord {
    /// It is new.
    Added,
    /// It was there, and is other than it was.
    Corrected,
    /// It is there no more.
    Withdrawn,
}

impl RecentAnswer {
    /// What a viewer is told of some writes.
    pub(super) fn of(snapshot: &Snapshot, question: &SituationQuestion, writes: &RecentWrites) -> Self {
        let RecentWrites { since_s, changes, imported } = writes;
        let RecentChanges { last_write: _, added, corrected, withdrawn, newest } = changes;
        let is_entrusted = question.viewer.role().sees_incident_points();
        let one = |recent: &RecentIncident| RecentIncidentAnswer::of(snapshot, question, recent);
        Self {
            since: local_time(*since_s),
            added: *added,
            corrected: *corrected,
            withdrawn: *withdrawn,
            imported: ImportedAnswer {
                added: imported.added,
                corrected: imported.changed,
                withdrawn: imported.removed,
            },
            incidents: is_entrusted.then(|| newest.iter().map(one).collect()),
        }
    }
}

impl RecentIncidentAnswer {
    fn of(snapshot: &Snapshot, question: &SituationQuestion, recent: &RecentIncident) -> Self {
        let RecentIncident { incident, change, moment_s } = recent;
        let Incident { id, unix_seconds, location: _, category, severity, status: _, channel: _, precision: _ } =
            incident;
        Self {
            id: id.clone(),
            what: match change {
                RecentChange::Added => RecentWord::Added,
                RecentChange::Corrected => RecentWord::Corrected,
                RecentChange::Withdrawn => RecentWord::Withdrawn,
            },
            when: local_time(*moment_s),
            time: local_time(*unix_seconds),
            category: snapshot.taxonomy.category_entry(*category).map(|entry| entry.id.clone()).unwrap_or_default(),
            severity: severity.number(),
            commune: snapshot.shown_commune(question.request.edition, incident).map(AreaName::of),
        }
    }
}
