//! What is asked of the last days and of alerts: counts against the usual, what was written lately, the list, and notes
//! on one of them.
//!
//! In: the store that is followed. Out: what it says now. Alerts are judged beside the questions (`live::alerting`); who
//! may see or note which of them is for whoever asks.

use super::Service;
use super::error::ServiceError;
use super::operation::unreadable;

use crate::assessment::situation;
use crate::domain::alert::{AlertNote, StoredAlert};
use crate::domain::filter::CategorySet;
use crate::domain::import_record::ImportedRows;
use crate::service::answers::situation::{RecentWrites, SituationAnswer, SituationFound};
use crate::service::live::ServedSnapshot;
use crate::service::questions::situation::SituationQuestion;
use crate::snapshot::Snapshot;
use crate::store::StoreError;
use crate::texts::text;

/// No list of what was written is longer: it is looked at, not counted from.
const MOST_RECENT: usize = 200;
/// Imports of incidents in the records of imports.
const INCIDENTS: &str = "incidents";

/// The last days against the usual. Blocks while they are counted.
///
/// # Errors
/// When the edition is gone.
pub(crate) fn situation(
    served: &ServedSnapshot,
    question: &SituationQuestion,
    writes: &RecentWrites,
) -> Result<SituationAnswer, ServiceError> {
    let last = situation::situation(&served.snapshot, &question.request)?;
    Ok(SituationAnswer::of(served, question, SituationFound { last: last.as_ref(), writes }))
}

impl Service {
    /// What was written in the days of a question before a moment; nothing where no store is followed, which nobody could
    /// write to. Single incidents are read for those alone who are told of them.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) async fn recent_writes(
        &self,
        snapshot: &Snapshot,
        question: &SituationQuestion,
        now_s: i64,
    ) -> Result<RecentWrites, ServiceError> {
        let since_s = question.since_s(now_s);
        let Ok(store) = self.followed_store() else { return Ok(RecentWrites { since_s, ..RecentWrites::default() }) };
        let most = if question.viewer.role().sees_incident_points() { MOST_RECENT } else { 0 };
        let told = snapshot.shown_below_district(CategorySet::all(&snapshot.taxonomy));
        let changes = store.recent_changes(since_s, told, most).await;
        let changes = changes.map_err(|error| unreadable(&error))?;
        let mut imported = ImportedRows::default();
        for import in store.import_records().await.map_err(|error| unreadable(&error))? {
            if import.record.kind == INCIDENTS && import.record.ended_s >= since_s {
                let ImportedRows { read, added, changed, removed, .. } = import.record.contents.rows;
                imported.read += read;
                imported.added += added;
                imported.changed += changed;
                imported.removed += removed;
            }
        }
        Ok(RecentWrites { since_s, changes, imported })
    }

    /// The newest alerts.
    pub(crate) async fn alerts(&self) -> Result<Vec<StoredAlert>, ServiceError> {
        self.followed_store()?.alerts().await.map_err(|error| unreadable(&error))
    }

    /// Adds a note to an alert, and gives the alert with it.
    ///
    /// # Errors
    /// When there is no such alert, or the store cannot be written.
    pub(crate) async fn note_alert(&self, number: u64, note: &AlertNote) -> Result<StoredAlert, ServiceError> {
        let store = self.followed_store()?;
        let absent = || ServiceError::absent(text!("refusal-no-alert", number = number.to_string()));
        let fault = |error: StoreError| unreadable(&error);
        if !store.add_alert_note(number, note).await.map_err(fault)? {
            return Err(absent());
        }
        let alerts = store.alerts().await.map_err(fault)?;
        alerts.into_iter().find(|alert| alert.number == number).ok_or_else(absent)
    }
}
