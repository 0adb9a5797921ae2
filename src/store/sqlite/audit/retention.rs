//! Removing the oldest lines, so that the chain can still be walked.
//!
//! The last line that goes is kept as a cut, and a line of the chain names it: a chain that was shortened by anybody else
//! has a cut that no line names.

use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use super::line_hash;
use crate::domain::audit::{AuditAction, AuditEntry, ChainEnd, cut_question};
use crate::store::error::StoreError;
use crate::store::sqlite::opening::Store;

/// Lines that go at once: nobody who writes waits longer than for these.
const MOST_AT_ONCE: u64 = 20_000;

impl Store {
    /// Removes lines from before a moment, a bounded number of them; gives how many went. The last line stays, whatever
    /// its age.
    ///
    /// # Errors
    /// When the database cannot be written; nothing was removed then.
    pub async fn cut_audit(&self, before_ms: i64, now_ms: i64) -> Result<u64, StoreError> {
        const FIRST_KEPT: &str = "SELECT number FROM audit_line WHERE moment_ms >= ? ORDER BY number LIMIT 1";
        let fault = |source| self.fault(source);
        let mut transaction = self.writing().await?;
        let begins_after = self.audit_cut_within(&mut transaction).await?.number;
        let end = self.audit_end_within(&mut transaction).await?.unwrap_or_default().number;
        let kept = sqlx::query_scalar::<_, i64>(FIRST_KEPT).bind(before_ms).fetch_optional(&mut *transaction).await;
        let kept = kept.map_err(fault)?.map_or(end, i64::cast_unsigned);
        let last = kept.saturating_sub(1).min(begins_after + MOST_AT_ONCE);
        if last <= begins_after {
            return Ok(0);
        }
        let cut = sqlx::query("SELECT number, hash FROM audit_line WHERE number = ?");
        let row = cut.bind(last.cast_signed()).fetch_optional(&mut *transaction).await.map_err(fault)?;
        // A chain with a hole is left as it is, for whoever verifies it.
        let Some(cut) = row.as_ref().map(cut_of).transpose().map_err(fault)? else { return Ok(0) };
        let removed = last - begins_after;
        self.append_audit(&mut transaction, &[witness(cut, removed, now_ms)]).await?;
        let insert = sqlx::query("INSERT INTO audit_cut (number, hash) VALUES (?, ?)").bind(cut.number.cast_signed());
        insert.bind(cut.hash.to_bytes().to_vec()).execute(&mut *transaction).await.map_err(fault)?;
        let delete = sqlx::query("DELETE FROM audit_line WHERE number <= ?").bind(cut.number.cast_signed());
        delete.execute(&mut *transaction).await.map_err(fault)?;
        transaction.commit().await.map_err(fault)?;
        Ok(removed)
    }
}

fn cut_of(row: &SqliteRow) -> Result<ChainEnd, sqlx::Error> {
    let number: i64 = row.try_get(0)?;
    Ok(ChainEnd { number: number.cast_unsigned(), hash: line_hash(row.try_get(1)?) })
}

/// The line that names a cut.
fn witness(cut: ChainEnd, removed: u64, now_ms: i64) -> AuditEntry {
    AuditEntry {
        moment_ms: now_ms,
        token_id: String::new(),
        label: "audit_days".to_owned(),
        role: String::new(),
        action: AuditAction::Retention.as_str().to_owned(),
        question: cut_question(cut),
        rows: Some(removed),
        request_id: String::new(),
    }
}
