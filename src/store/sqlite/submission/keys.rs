//! Keys by which a request that is sent again is known.
//!
//! In: a write with its key. Out: what became of the same request before; a row that is forgotten after a day.

use sqlx::{Row as _, Sqlite, Transaction};

use crate::store::error::StoreError;
use crate::store::sqlite::opening::Store;
use crate::store::submission::{IdempotencyKey, KEY_LIFE_S, RecordWrite, WriteDone, WriteVerdict};

/// Keys that are forgotten at once, so that no write waits for long.
const FORGOTTEN_AT_ONCE: i64 = 1_000;

impl Store {
    /// What became of a request with the same key before.
    pub(super) async fn known_key(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        key: &IdempotencyKey,
    ) -> Result<Option<WriteVerdict>, StoreError> {
        const KNOWN: &str = "SELECT request, outcome FROM idempotency_key WHERE scope = ? AND key = ?";
        let query = sqlx::query(KNOWN).bind(&key.scope).bind(&key.key).fetch_optional(&mut **transaction).await;
        let Some(row) = query.map_err(|source| self.fault(source))? else { return Ok(None) };
        let request: Vec<u8> = row.try_get(0).map_err(|source| self.fault(source))?;
        if request != key.request {
            return Ok(Some(WriteVerdict::KeyReused));
        }
        let outcome: String = row.try_get(1).map_err(|source| self.fault(source))?;
        let done = done_of_text(&outcome).ok_or_else(|| StoreError::Value {
            table: "idempotency_key",
            row: key.key.clone(),
            what: format!("{outcome:?} is no outcome"),
        })?;
        Ok(Some(WriteVerdict::Done(done)))
    }

    /// Keeps the key of a write that is done, and forgets some that are too old.
    pub(super) async fn keep_key(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        write: &RecordWrite,
        done: WriteDone,
    ) -> Result<(), StoreError> {
        const KEEP: &str =
            "INSERT INTO idempotency_key (scope, key, request, moment_s, outcome) VALUES (?, ?, ?, ?, ?)";
        const FORGET: &str = "DELETE FROM idempotency_key WHERE (scope, key) IN \
                              (SELECT scope, key FROM idempotency_key WHERE moment_s < ? LIMIT ?)";
        let Some(key) = &write.key else { return Ok(()) };
        let moment_s = write.origin.moment_s;
        let keep = sqlx::query(KEEP).bind(&key.scope).bind(&key.key).bind(key.request.to_vec()).bind(moment_s);
        let keep = keep.bind(text_of_done(done));
        keep.execute(&mut **transaction).await.map_err(|source| self.fault(source))?;
        let forget = sqlx::query(FORGET).bind(moment_s - KEY_LIFE_S).bind(FORGOTTEN_AT_ONCE);
        forget.execute(&mut **transaction).await.map(drop).map_err(|source| self.fault(source))
    }
}

fn text_of_done(done: WriteDone) -> String {
    let WriteDone { added, amended, unchanged, withdrawn, epoch, is_repeated: _ } = done;
    format!("{added} {amended} {unchanged} {withdrawn} {epoch}")
}

fn done_of_text(text: &str) -> Option<WriteDone> {
    let numbers: Vec<u64> = text.split(' ').map(str::parse).collect::<Result<_, _>>().ok()?;
    let &[added, amended, unchanged, withdrawn, epoch] = numbers.as_slice() else { return None };
    Some(WriteDone { added, amended, unchanged, withdrawn, epoch, is_repeated: true })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outcome_is_read_as_it_was_written() {
        let done = WriteDone { added: 1, amended: 2, unchanged: 3, withdrawn: 4, epoch: 5, is_repeated: false };
        assert_eq!(done_of_text(&text_of_done(done)), Some(WriteDone { is_repeated: true, ..done }));
        assert_eq!(done_of_text("1 2 3 4"), None);
        assert_eq!(done_of_text("1 2 3 4 x"), None);
    }
}
