//! Reading the audit log: page by page, and from end to end with every hash.

use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, Sqlite, Transaction};

use super::line_hash;
use crate::domain::audit::{AuditEntry, AuditLine, ChainEnd, ChainFault, ChainReport, ChainWalk, LineHash};
use crate::store::error::StoreError;
use crate::store::sqlite::opening::Store;

/// Lines that are read at once.
const PAGE: u32 = 2048;

const AFTER: &str = "SELECT number, moment_ms, token_id, label, role, action, question, row_count, request_id, \
                     previous_hash, hash FROM audit_line WHERE number > ? ORDER BY number LIMIT ?";

/// From where to where lines are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditSpan {
    /// The last line that was removed; that before the first where none was.
    pub begins_after: ChainEnd,
    /// The last line.
    pub end: ChainEnd,
}

impl AuditSpan {
    /// How many lines there are, if none is missing.
    pub fn lines(self) -> u64 {
        self.end.number.saturating_sub(self.begins_after.number)
    }
}

impl Store {
    /// From where to where lines are kept.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn audit_span(&self) -> Result<AuditSpan, StoreError> {
        let mut reading = self.reading().await?;
        let end = self.audit_end_within(&mut reading).await?.unwrap_or_default();
        Ok(AuditSpan { begins_after: self.audit_cut_within(&mut reading).await?, end })
    }

    /// The next lines after a number, as they are stored; none after the last.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn audit_lines_after(&self, number: u64) -> Result<Vec<AuditLine>, StoreError> {
        let mut reading = self.reading().await?;
        self.audit_page(&mut reading, number).await
    }

    /// Walks the whole chain, up to the first line that is not as it was written. The chain is to hold a line that
    /// somebody wrote down before, where one is given. `note` is told how many lines each step read.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn verified_audit(
        &self,
        witnessed: Option<ChainEnd>,
        mut note: impl FnMut(u64),
    ) -> Result<ChainReport, StoreError> {
        // One state from beginning to end: lines are added meanwhile.
        let mut reading = self.reading().await?;
        let mut walk = ChainWalk::new(self.audit_cut_within(&mut reading).await?, witnessed);
        loop {
            let page = self.audit_page(&mut reading, walk.end().number).await?;
            for line in &page {
                if let Err(fault) = walk.step(line) {
                    let fault = self.explained(&mut reading, fault, walk.end().hash).await?;
                    return Ok(walk.stopped(fault));
                }
            }
            note(page.len() as u64);
            if page.is_empty() {
                let end = self.audit_end_within(&mut reading).await?;
                return Ok(walk.ended(end));
            }
        }
    }

    /// A line that does not have its hash may be another one, whose place it took: then that stands elsewhere.
    async fn explained(
        &self,
        reading: &mut Transaction<'static, Sqlite>,
        fault: ChainFault,
        previous: LineHash,
    ) -> Result<ChainFault, StoreError> {
        const FOLLOWER: &str = "SELECT number, moment_ms, token_id, label, role, action, question, row_count, \
                                request_id, previous_hash, hash FROM audit_line WHERE previous_hash = ?";
        let ChainFault::Changed { number } = fault else { return Ok(fault) };
        let found = sqlx::query(FOLLOWER).bind(previous.to_bytes().to_vec()).fetch_all(&mut **reading).await;
        for row in found.map_err(|source| self.fault(source))? {
            let line = self.audit_line(&row)?;
            if line.number != number && line.hash_as(number) == line.hash {
                return Ok(ChainFault::Reordered { number, stands_as: line.number });
            }
        }
        Ok(fault)
    }

    async fn audit_page(
        &self,
        reading: &mut Transaction<'static, Sqlite>,
        after: u64,
    ) -> Result<Vec<AuditLine>, StoreError> {
        let rows = sqlx::query(AFTER).bind(after.cast_signed()).bind(PAGE).fetch_all(&mut **reading).await;
        rows.map_err(|source| self.fault(source))?.iter().map(|row| self.audit_line(row)).collect()
    }

    fn audit_line(&self, row: &SqliteRow) -> Result<AuditLine, StoreError> {
        let fault = |source| self.fault(source);
        let number: i64 = row.try_get(0).map_err(fault)?;
        let text = |column: usize| row.try_get::<String, _>(column).map_err(fault);
        let rows: Option<i64> = row.try_get(7).map_err(fault)?;
        Ok(AuditLine {
            number: number.cast_unsigned(),
            entry: AuditEntry {
                moment_ms: row.try_get(1).map_err(fault)?,
                token_id: text(2)?,
                label: text(3)?,
                role: text(4)?,
                action: text(5)?,
                question: text(6)?,
                rows: rows.map(i64::cast_unsigned),
                request_id: text(8)?,
            },
            previous: line_hash(row.try_get(9).map_err(fault)?),
            hash: line_hash(row.try_get(10).map_err(fault)?),
        })
    }
}
