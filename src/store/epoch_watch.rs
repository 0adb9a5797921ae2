//! Waiting for the store to move on, whoever writes to it: this program or another one on the same file.
//!
//! SQLite tells nobody of a commit, so the epoch is asked for once a second, which reads one row. Errors are handed
//! on; the next call asks again after the same pause. An import that is held back is no new epoch until it has ended.

use std::time::Duration;

use tokio::time::{Interval, MissedTickBehavior, interval};

use super::error::StoreError;
use super::publication::Publication;
use super::sqlite::opening::Store;

/// How often the epoch is asked for.
const POLL_INTERVAL: Duration = Duration::from_secs(1);

/// Notices new epochs of a store.
#[derive(Debug)]
pub struct EpochWatch {
    store: Store,
    polls: Interval,
    /// The epoch of a batch whose import was interrupted, once that was told.
    interrupted: Option<u64>,
    /// Whether the pause is over and the question was not answered yet.
    is_due: bool,
}

impl Store {
    /// A watch on the epoch.
    pub fn watch(&self) -> EpochWatch {
        let mut polls = interval(POLL_INTERVAL);
        polls.set_missed_tick_behavior(MissedTickBehavior::Delay);
        EpochWatch { store: self.clone(), polls, interrupted: None, is_due: false }
    }
}

impl EpochWatch {
    /// Waits until the store is at another epoch than one that is known, and gives it. A call may be dropped at any
    /// point: the next one goes on where it stopped.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn other_than(&mut self, known: u64) -> Result<u64, StoreError> {
        loop {
            if !self.is_due {
                self.polls.tick().await;
                self.is_due = true;
            }
            // Dropped here, the pause stays over: else a caller that drops as often as it polls would never learn.
            let shown = self.newly_shown(known).await;
            self.is_due = false;
            if let Some(epoch) = shown? {
                return Ok(epoch);
            }
        }
    }

    /// The epoch of the store, when it is another than the known one and to be shown.
    async fn newly_shown(&mut self, known: u64) -> Result<Option<u64>, StoreError> {
        let epoch = self.store.epoch().await?;
        if epoch == known {
            return Ok(None);
        }
        let publication = self.store.publication(epoch).await?;
        if publication == Publication::Interrupted && self.interrupted.replace(epoch) != Some(epoch) {
            tracing::warn!(
                epoch,
                "an import was interrupted; what it wrote is shown when it is run again, or with the next change; a restart \
                 undoes it"
            );
        }
        Ok((publication == Publication::Whole).then_some(epoch))
    }
}
