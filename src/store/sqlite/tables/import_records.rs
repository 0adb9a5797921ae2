//! Imports as rows: the last of them, each with its report.
//!
//! In: a record, within the transaction that makes its import visible, so that there is never one without the other.
//! Out: the records, the newest first. They are no data: the epoch does not move with them.

use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, Sqlite, Transaction};

use crate::domain::audit::{AuditAction, AuditEntry};
use crate::domain::import_record::{ImportRecord, StoredImport};
use crate::domain::role::Role;
use crate::store::error::StoreError;
use crate::store::sqlite::opening::Store;

/// Imports that are kept; with the next one the oldest goes.
pub const MOST_IMPORTS: u32 = 100;

const ALL: &str = "SELECT number, epoch, ended_s, kind, file, report FROM import_record ORDER BY number DESC";

/// Whether the epoch moves with the transaction that a record is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum EpochAfter {
    /// It is the one of now.
    Same,
    /// It is the next one.
    Next,
}

impl Store {
    /// Records an import whose batches were shown one by one.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn add_import_record(&self, record: &ImportRecord) -> Result<(), StoreError> {
        let mut transaction = self.writing().await?;
        self.insert_import_record(&mut transaction, record, EpochAfter::Same).await?;
        transaction.commit().await.map_err(|source| self.fault(source))
    }

    /// The last imports, the newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn import_records(&self) -> Result<Vec<StoredImport>, StoreError> {
        let mut reading = self.reading().await?;
        self.read_all(&mut reading, ALL, |row| self.stored_import(row)).await
    }

    /// Records an import within a transaction.
    pub(in crate::store) async fn insert_import_record(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        record: &ImportRecord,
        after: EpochAfter,
    ) -> Result<(), StoreError> {
        const INSERT: &str = "INSERT INTO import_record (epoch, ended_s, kind, file, report) \
                              SELECT value + ?, ?, ?, ?, ? FROM meta WHERE key = 'epoch'";
        const PRUNE: &str = "DELETE FROM import_record WHERE number <= (SELECT max(number) FROM import_record) - ?";
        let fault = |source| self.fault(source);
        let report = serde_json::to_string(&record.contents).map_err(|source| unreadable(0, &source.to_string()))?;
        let insert = sqlx::query(INSERT)
            .bind(u32::from(after == EpochAfter::Next))
            .bind(record.ended_s)
            .bind(record.kind.as_str())
            .bind(record.file.as_str())
            .bind(report);
        insert.execute(&mut **transaction).await.map_err(fault)?;
        sqlx::query(PRUNE).bind(MOST_IMPORTS).execute(&mut **transaction).await.map_err(fault)?;
        self.append_audit(transaction, &[audit_entry(record)]).await?;
        Ok(())
    }

    fn stored_import(&self, row: &SqliteRow) -> Result<StoredImport, StoreError> {
        let fault = |source| self.fault(source);
        let (number, epoch): (i64, i64) = (row.try_get(0).map_err(fault)?, row.try_get(1).map_err(fault)?);
        let report: &str = row.try_get(5).map_err(fault)?;
        let contents = serde_json::from_str(report).map_err(|source| unreadable(number, &source.to_string()))?;
        Ok(StoredImport {
            number: number.cast_unsigned(),
            epoch: epoch.cast_unsigned(),
            record: ImportRecord {
                ended_s: row.try_get(2).map_err(fault)?,
                kind: row.try_get(3).map_err(fault)?,
                file: row.try_get(4).map_err(fault)?,
                contents,
            },
        })
    }
}

/// An import in the audit log: whoever may write the data folder may import, and nobody else is known.
fn audit_entry(record: &ImportRecord) -> AuditEntry {
    let rows = record.contents.rows;
    AuditEntry {
        moment_ms: record.ended_s.saturating_mul(1000),
        token_id: String::new(),
        label: "binhyen import".to_owned(),
        role: Role::Operator.as_str().to_owned(),
        action: AuditAction::Write.as_str().to_owned(),
        question: format!("import {} {}", record.kind, record.file),
        rows: Some(rows.added + rows.changed),
        request_id: String::new(),
    }
}

fn unreadable(number: i64, what: &str) -> StoreError {
    StoreError::Value { table: "import_record", row: number.to_string(), what: what.to_owned() }
}
