//! Writes of records that are no incidents: models, what happened to them, decisions, declarations.
//!
//! In: a write, and what the transaction has done so far. Out: rows, the key of the request and its line of the audit
//! log. Such records are written by their keys as an import writes them; no history is kept of them.

use sqlx::{Sqlite, Transaction};

use super::{Written, line_of};
use crate::domain::unsaid::UnsaidFields;
use crate::store::error::StoreError;
use crate::store::sqlite::changes::WriteOutcome;
use crate::store::sqlite::opening::Store;
use crate::store::submission::{OpenRecords, PutRecords, RecordWrite, WriteDone, WriteVerdict};

impl Store {
    /// Writes records, unless the key of the request is known.
    pub(super) async fn put_records(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        write: &RecordWrite,
        put: &PutRecords,
        written: &mut Written,
    ) -> Result<WriteVerdict, StoreError> {
        if let Some(key) = &write.key
            && let Some(verdict) = self.known_key(transaction, key).await?
        {
            return Ok(verdict);
        }
        let outcome = self.upsert_records(transaction, put).await?;
        written.others += outcome;
        let done = done_of(outcome, written.epoch);
        self.keep_key(transaction, write, done).await?;
        self.append_audit(transaction, &[line_of(write, done)]).await?;
        Ok(WriteVerdict::Done(done))
    }

    async fn upsert_records(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        put: &PutRecords,
    ) -> Result<WriteOutcome, StoreError> {
        let PutRecords { records, fields, unsaid } = put;
        let unsaid = UnsaidFields { names: fields, sets: unsaid };
        match records {
            OpenRecords::Models(models) => self.upsert_within(transaction, models, unsaid).await,
            OpenRecords::ModelEvents(events) => self.upsert_within(transaction, events, unsaid).await,
            OpenRecords::Decisions(decisions) => self.upsert_within(transaction, decisions, unsaid).await,
            OpenRecords::Declarations(declarations) => self.upsert_within(transaction, declarations, unsaid).await,
        }
    }
}

fn done_of(outcome: WriteOutcome, epoch: u64) -> WriteDone {
    let WriteOutcome { inserted: added, updated: amended, unchanged, .. } = outcome;
    let done = WriteDone { added, amended, unchanged, epoch, ..WriteDone::default() };
    // Nothing has a part in the commit to come.
    if done.changed() == 0 { WriteDone { epoch: epoch - 1, ..done } } else { done }
}
