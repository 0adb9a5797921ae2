//! The audit log as rows: added at the end of the chain, walked, and cut by retention alone.
//!
//! In: entries, in a transaction of their own or in that of the write that they tell of, so that there is never one
//! without the other. Out: lines in their order. They are no data: the epoch does not move with them. Triggers of the
//! schema refuse every other change of a line.

mod retention;
mod walk;

use sqlx::{Row as _, Sqlite, Transaction};

use crate::domain::audit::{AuditEntry, AuditLine, ChainEnd, LineHash};
use crate::store::error::StoreError;
use crate::store::sqlite::opening::Store;

pub use walk::AuditSpan;

impl Store {
    /// Adds entries at the end of the chain, in one commit of their own. They are on the disk when it returns.
    ///
    /// # Errors
    /// When the database cannot be written; none of them is kept then.
    pub async fn add_audit_lines(&self, entries: &[AuditEntry]) -> Result<ChainEnd, StoreError> {
        let mut transaction = self.writing().await?;
        let end = self.append_audit(&mut transaction, entries).await?;
        transaction.commit().await.map_err(|source| self.fault(source))?;
        Ok(end)
    }

    /// Adds entries at the end of the chain within the transaction of what they tell of.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub(in crate::store) async fn append_audit(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        entries: &[AuditEntry],
    ) -> Result<ChainEnd, StoreError> {
        // Read within the transaction: other programs add lines too.
        let mut end = self.audit_end_within(transaction).await?.unwrap_or_default();
        for entry in entries {
            let line = AuditLine::after(end, entry.clone());
            self.insert_audit_line(transaction, &line).await?;
            end = line.end();
        }
        Ok(end)
    }

    /// For tests: lets no line in, or lets them in again, as a full disk does.
    #[cfg(test)]
    pub(crate) async fn refuse_audit_lines(&self, is_refused: bool) {
        let statement = if is_refused {
            "CREATE TRIGGER full_disk BEFORE INSERT ON audit_line BEGIN SELECT RAISE(ABORT, 'full'); END"
        } else {
            "DROP TRIGGER full_disk"
        };
        sqlx::query(statement).execute(&self.pool).await.unwrap();
    }

    async fn insert_audit_line(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        line: &AuditLine,
    ) -> Result<(), StoreError> {
        const INSERT: &str = "INSERT INTO audit_line (number, moment_ms, token_id, label, role, action, question, \
                              row_count, request_id, previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        let AuditLine { number, entry, previous, hash } = line;
        let insert = sqlx::query(INSERT)
            .bind(number.cast_signed())
            .bind(entry.moment_ms)
            .bind(entry.token_id.as_str())
            .bind(entry.label.as_str())
            .bind(entry.role.as_str())
            .bind(entry.action.as_str())
            .bind(entry.question.as_str())
            .bind(entry.rows.map(u64::cast_signed))
            .bind(entry.request_id.as_str())
            .bind(previous.to_bytes().to_vec())
            .bind(hash.to_bytes().to_vec());
        insert.execute(&mut **transaction).await.map(drop).map_err(|source| self.fault(source))
    }

    /// Where the chain ends, as it is kept beside the lines; none where that is gone.
    async fn audit_end_within(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
    ) -> Result<Option<ChainEnd>, StoreError> {
        self.chain_end(transaction, "SELECT number, hash FROM audit_end").await
    }

    /// After which line the chain begins.
    async fn audit_cut_within(&self, transaction: &mut Transaction<'static, Sqlite>) -> Result<ChainEnd, StoreError> {
        const LAST: &str = "SELECT number, hash FROM audit_cut ORDER BY number DESC LIMIT 1";
        Ok(self.chain_end(transaction, LAST).await?.unwrap_or_default())
    }

    async fn chain_end(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        statement: &'static str,
    ) -> Result<Option<ChainEnd>, StoreError> {
        let fault = |source| self.fault(source);
        let row = sqlx::query(statement).fetch_optional(&mut **transaction).await.map_err(fault)?;
        let Some(row) = row else { return Ok(None) };
        let number: i64 = row.try_get(0).map_err(fault)?;
        Ok(Some(ChainEnd { number: number.cast_unsigned(), hash: line_hash(row.try_get(1).map_err(fault)?) }))
    }
}

/// The hash in a column, whose length the schema checks. One of another length is that of no line.
fn line_hash(bytes: &[u8]) -> LineHash {
    LineHash::from_bytes(bytes).unwrap_or_default()
}
