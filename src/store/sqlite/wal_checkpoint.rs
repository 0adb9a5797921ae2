//! Getting many batches to the disk: while they are written, the log is done into the database beside them.
//!
//! In: how much was written. Out: when [`WalCheckpoint::finish`] has returned, everything committed before survives a
//! loss of power. Readers are never waited for: what they still need stays in the log.

use sqlx::Connection as _;
use tokio::task::JoinHandle;

use super::opening::Store;
use crate::store::error::StoreError;

/// Rows written between two foldings; some 60 MB of log.
const ROWS_BETWEEN_CHECKPOINTS: u64 = 1_000_000;

/// Folds the log of a store while batches are written to it.
#[derive(Debug)]
pub(in crate::store) struct WalCheckpoint {
    store: Store,
    rows: u64,
    running: Option<JoinHandle<Result<(), StoreError>>>,
}

impl WalCheckpoint {
    /// The checkpoints of a store's log.
    pub(in crate::store) fn new(store: Store) -> Self {
        Self { store, rows: 0, running: None }
    }

    /// Notes that rows were written; starts a checkpoint when there are enough and the last one has ended.
    pub(in crate::store) fn note(&mut self, rows: u64) {
        self.rows += rows;
        let idle = self.running.as_ref().is_none_or(JoinHandle::is_finished);
        if self.rows >= ROWS_BETWEEN_CHECKPOINTS && idle {
            self.rows = 0;
            let store = self.store.clone();
            self.running = Some(tokio::spawn(async move { store.checkpoint().await }));
        }
    }

    /// Waits until all that was committed has reached the disk.
    ///
    /// # Errors
    /// When the disk refuses.
    pub(in crate::store) async fn finish(self) -> Result<(), StoreError> {
        if let Some(Ok(done)) = match self.running {
            Some(running) => Some(running.await),
            None => None,
        } {
            done?;
        }
        self.store.sync_to_disk().await
    }
}

impl Store {
    /// Moves what the log holds into the database, as far as no reader needs it.
    async fn checkpoint(&self) -> Result<(), StoreError> {
        let outcome = sqlx::query("PRAGMA wal_checkpoint(PASSIVE)").execute(&self.pool).await;
        outcome.map(drop).map_err(|source| self.fault(source))
    }

    /// Forces everything that was committed to the disk.
    ///
    /// # Errors
    /// When the disk refuses.
    pub(in crate::store) async fn sync_to_disk(&self) -> Result<(), StoreError> {
        let fault = |source| self.fault(source);
        self.checkpoint().await?;
        // Where a reader held the checkpoint up, a commit with a forced log brings the log itself to the disk.
        let mut connection = self.pool.acquire().await.map_err(fault)?;
        sqlx::query("PRAGMA synchronous = FULL").execute(&mut *connection).await.map_err(fault)?;
        let mut forced = connection.begin_with("BEGIN IMMEDIATE").await.map_err(fault)?;
        sqlx::query("UPDATE meta SET value = value WHERE key = 'epoch'").execute(&mut *forced).await.map_err(fault)?;
        forced.commit().await.map_err(fault)?;
        // Settings of a connection outlive its loan.
        connection.close().await.map_err(fault)
    }
}
