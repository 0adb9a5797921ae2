//! Work that takes longer than reading a request may, beside the threads that do that.
//!
//! In: closures that block. Out: what they give, a bounded number of them at once; who waits too long for a turn is
//! told that the service is busy.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;

use super::error::ServiceError;

/// How long a question waits for its turn.
const QUEUE_TIMEOUT: Duration = Duration::from_secs(10);

/// The turns of heavy work.
#[derive(Debug)]
pub(super) struct HeavyWork {
    turns: Arc<Semaphore>,
}

impl Default for HeavyWork {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self { turns: Arc::new(Semaphore::new(2 * cores)) }
    }
}

impl HeavyWork {
    /// Runs one work when its turn has come.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, ServiceError> + Send + 'static,
    ) -> Result<T, ServiceError> {
        let turn = tokio::time::timeout(QUEUE_TIMEOUT, Arc::clone(&self.turns).acquire_owned());
        let permit = turn.await.map_err(|_| ServiceError::Busy)?.map_err(|closed| ServiceError::internal(&closed))?;
        let done = tokio::task::spawn_blocking(move || {
            // Work whose request has gone away still counts until it is done.
            let _permit = permit;
            work()
        });
        done.await.map_err(|panic| ServiceError::internal(&panic))?
    }
}
