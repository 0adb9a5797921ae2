//! Getting many batches to the disk: while they are written, the log is folded into the database beside them.
//!
//! In: how much was written. Out: when [`LogFolding::settled`] has returned, everything committed before survives a
//! loss of power. Readers are never waited for: what they still need stays in the log.

use sqlx::Connection as _;
use tokio::task::JoinHandle;

use super::error::StoreError;
use super::opening::Store;

/// Rows written between two foldings; some 60 MB of log.
const ROWS_BETWEEN: u64 = 1_000_000;

/// Folds the log of a store while batches are written to it.
#[derive(Debug)]
pub struct LogFolding {
    store: Store,
    rows: u64,
    running: Option<JoinHandle<Result<(), StoreError>>>,
}

impl LogFolding {
    /// The folding of a store's log.
    pub fn new(store: Store) -> Self {
        Self { store, rows: 0, running: None }
    }

    /// Notes that rows were written; begins to fold when there are enough and the last folding has ended.
    pub fn note(&mut self, rows: u64) {
        self.rows += rows;
        let idle = self.running.as_ref().is_none_or(JoinHandle::is_finished);
        if self.rows >= ROWS_BETWEEN && idle {
            self.rows = 0;
            let store = self.store.clone();
            self.running = Some(tokio::spawn(async move { store.fold_log().await }));
        }
    }

    /// Waits until all that was committed has reached the disk.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn settled(self) -> Result<(), StoreError> {
        if let Some(Ok(folded)) = match self.running {
            Some(running) => Some(running.await),
            None => None,
        } {
            folded?;
        }
        self.store.settle().await
    }
}

impl Store {
    /// Moves what the log holds into the database, as far as no reader needs it.
    async fn fold_log(&self) -> Result<(), StoreError> {
        let fold = sqlx::query("PRAGMA wal_checkpoint(PASSIVE)").execute(&self.pool).await;
        fold.map(drop).map_err(|source| self.fault(source))
    }

    /// Forces everything that was committed to the disk.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn settle(&self) -> Result<(), StoreError> {
        let fault = |source| self.fault(source);
        self.fold_log().await?;
        // Where a reader held the folding up, a commit with a forced log brings the log itself to the disk.
        let mut connection = self.pool.acquire().await.map_err(fault)?;
        sqlx::query("PRAGMA synchronous = FULL").execute(&mut *connection).await.map_err(fault)?;
        let mut forced = connection.begin_with("BEGIN IMMEDIATE").await.map_err(fault)?;
        sqlx::query("UPDATE meta SET value = value WHERE key = 'epoch'").execute(&mut *forced).await.map_err(fault)?;
        forced.commit().await.map_err(fault)?;
        // Settings of a connection outlive its loan.
        connection.close().await.map_err(fault)
    }
}
