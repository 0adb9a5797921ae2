//! Alerts as rows: judged anew, they keep their number, their notes and the moment they were raised.
//!
//! In: the alerts of a judgement, and notes. Out: alerts with their notes, the newest first. They are no data: the epoch
//! does not move with them.

mod deliveries;

use std::collections::{BTreeMap, BTreeSet};

use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::domain::alert::{Alert, AlertNote, AlertNoteKind, StoredAlert};
use crate::store::error::StoreError;
use crate::store::sqlite::opening::Store;
pub use deliveries::{AlertDelivery, DeliveryOutcome};

/// Alerts that are read at once; older ones stay in the store.
pub const MOST_ALERTS: u32 = 500;

const NEWEST: &str = "SELECT number, raised_s, lifted_s, contents FROM alert ORDER BY number DESC LIMIT 500";
const NOTES: &str = "SELECT alert, noted_s, by_label, kind, text FROM alert_note ORDER BY number";

impl Store {
    /// Keeps the alerts of a judgement made at a moment: new ones get a number, known ones the numbers they rest on now,
    /// and those of judged steps that raise none any more are lifted. Gives the numbers of the new ones.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn keep_alerts(
        &self,
        judged: &BTreeSet<String>,
        alerts: &[Alert],
        now_s: i64,
    ) -> Result<Vec<u64>, StoreError> {
        const KNOWN: &str = "SELECT key, lifted_s IS NOT NULL FROM alert";
        const ADD: &str = "INSERT INTO alert (key, raised_s, contents) VALUES (?, ?, ?) RETURNING number";
        const JUDGED_ANEW: &str = "UPDATE alert SET contents = ?, lifted_s = NULL WHERE key = ?";
        const LIFT: &str = "UPDATE alert SET lifted_s = ? WHERE key = ?";
        let fault = |source| self.fault(source);
        let mut transaction = self.writing().await?;
        let known: Vec<(String, bool)> = sqlx::query_as(KNOWN).fetch_all(&mut *transaction).await.map_err(fault)?;
        let known: BTreeMap<String, bool> = known.into_iter().collect();
        let mut added = Vec::new();
        for alert in alerts {
            let contents =
                serde_json::to_string(alert).map_err(|source| unreadable(&alert.key, &source.to_string()))?;
            if known.contains_key(&alert.key) {
                let update = sqlx::query(JUDGED_ANEW).bind(contents).bind(alert.key.as_str());
                update.execute(&mut *transaction).await.map_err(fault)?;
            } else {
                let insert = sqlx::query_scalar(ADD).bind(alert.key.as_str()).bind(now_s).bind(contents);
                let number: i64 = insert.fetch_one(&mut *transaction).await.map_err(fault)?;
                added.push(number.cast_unsigned());
            }
        }
        let raised: BTreeSet<&str> = alerts.iter().map(|alert| alert.key.as_str()).collect();
        let over = known
            .iter()
            .filter(|(key, is_lifted)| !**is_lifted && judged.contains(*key) && !raised.contains(key.as_str()));
        for (key, _) in over {
            let lift = sqlx::query(LIFT).bind(now_s).bind(key.as_str());
            lift.execute(&mut *transaction).await.map_err(fault)?;
        }
        transaction.commit().await.map_err(fault)?;
        Ok(added)
    }

    /// The newest alerts with their notes.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn alerts(&self) -> Result<Vec<StoredAlert>, StoreError> {
        let mut reading = self.reading().await?;
        let mut notes: BTreeMap<i64, Vec<AlertNote>> = BTreeMap::new();
        for (alert, note) in self.read_all(&mut reading, NOTES, |row| self.alert_note(row)).await? {
            notes.entry(alert).or_default().push(note);
        }
        let mut alerts = self.read_all(&mut reading, NEWEST, |row| self.stored_alert(row)).await?;
        for alert in &mut alerts {
            alert.notes = notes.remove(&alert.number.cast_signed()).unwrap_or_default();
        }
        Ok(alerts)
    }

    /// Adds a note to an alert; false where there is none of that number.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn add_alert_note(&self, number: u64, note: &AlertNote) -> Result<bool, StoreError> {
        const ADD: &str = "INSERT INTO alert_note (alert, noted_s, by_label, kind, text) \
                           SELECT number, ?, ?, ?, ? FROM alert WHERE number = ?";
        let Ok(number) = i64::try_from(number) else { return Ok(false) };
        let mut transaction = self.writing().await?;
        let insert = sqlx::query(ADD)
            .bind(note.noted_s)
            .bind(note.by.as_str())
            .bind(note.kind.as_str())
            .bind(note.text.as_str())
            .bind(number);
        let added = insert.execute(&mut *transaction).await.map_err(|source| self.fault(source))?.rows_affected();
        transaction.commit().await.map_err(|source| self.fault(source))?;
        Ok(added > 0)
    }

    fn stored_alert(&self, row: &SqliteRow) -> Result<StoredAlert, StoreError> {
        let fault = |source| self.fault(source);
        let number: i64 = row.try_get(0).map_err(fault)?;
        let contents: &str = row.try_get(3).map_err(fault)?;
        let alert =
            serde_json::from_str(contents).map_err(|source| unreadable(&number.to_string(), &source.to_string()))?;
        Ok(StoredAlert {
            number: number.cast_unsigned(),
            raised_s: row.try_get(1).map_err(fault)?,
            lifted_s: row.try_get(2).map_err(fault)?,
            alert,
            notes: Vec::new(),
        })
    }

    fn alert_note(&self, row: &SqliteRow) -> Result<(i64, AlertNote), StoreError> {
        let fault = |source| self.fault(source);
        let kind: &str = row.try_get(3).map_err(fault)?;
        let kind = if kind == AlertNoteKind::Acknowledged.as_str() {
            AlertNoteKind::Acknowledged
        } else {
            AlertNoteKind::Comment
        };
        let note = AlertNote {
            noted_s: row.try_get(1).map_err(fault)?,
            by: row.try_get(2).map_err(fault)?,
            kind,
            text: row.try_get(4).map_err(fault)?,
        };
        Ok((row.try_get(0).map_err(fault)?, note))
    }
}

fn unreadable(row: &str, what: &str) -> StoreError {
    StoreError::Value { table: "alert", row: row.to_owned(), what: what.to_owned() }
}
