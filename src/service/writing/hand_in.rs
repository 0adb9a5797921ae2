//! What every hand-in has in common: it is read, written as far as it may be, and answered.
//!
//! In: the way in which a body is read, and who sends it. Out: what became of its features. What a body may say is the
//! affair of each kind of record ([`super::incidents`], [`super::records`]).

use tokio::sync::OwnedMutexGuard;

use super::Writer;
use crate::domain::text::Names;
use crate::ingest::{MOST_FEATURES, Reject, SubmissionError};
use crate::service::error::ServiceError;
use crate::store::{IdempotencyKey, RecordWrite, WriteAction, WriteDone, WriteOrigin, WriteVerdict};
use crate::texts::text;

/// Whether a hand-in with rejected features is done in part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WhenRejected {
    /// Nothing of it is done.
    Nothing,
    /// The other features are.
    Others,
}

/// What became of a hand-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HandInOutcome {
    /// Features read.
    pub(crate) read: u64,
    /// What was done with those that were taken; none where nothing was done.
    pub(crate) done: Option<WriteDone>,
    /// Those that were rejected.
    pub(crate) rejects: Vec<Reject>,
}

/// A request that writes.
#[derive(Debug, Clone)]
pub(crate) struct WriteRequest {
    pub(crate) origin: WriteOrigin,
    pub(crate) key: Option<IdempotencyKey>,
}

impl WriteRequest {
    /// The write of the request, where this is what it wants done.
    pub(super) fn write(self, action: WriteAction) -> RecordWrite {
        RecordWrite { action, origin: self.origin, key: self.key }
    }
}

/// A body as it was read.
pub(super) struct ReadHandIn {
    /// Features read.
    pub(super) read: u64,
    /// What is to be done with those that can be taken.
    pub(super) action: WriteAction,
    /// The others.
    pub(super) rejects: Vec<Reject>,
}

impl Writer {
    /// Has the features of a body put into the store; what it was checked under is held until that is done.
    pub(super) async fn hand_in(
        &self,
        read: impl FnOnce() -> Result<ReadHandIn, SubmissionError> + Send + 'static,
        request: WriteRequest,
        when_rejected: WhenRejected,
        checked_under: Option<OwnedMutexGuard<()>>,
    ) -> Result<HandInOutcome, ServiceError> {
        let read = tokio::task::spawn_blocking(read).await.map_err(|fault| ServiceError::internal(&fault))?;
        let ReadHandIn { read, action, rejects } = read.map_err(unreadable)?;
        if action.rows() == 0 || (!rejects.is_empty() && when_rejected == WhenRejected::Nothing) {
            return Ok(HandInOutcome { read, done: None, rejects });
        }
        let done = self.done(request.write(action), checked_under).await?;
        Ok(HandInOutcome { read, done: Some(done), rejects })
    }

    /// Has a write done, or says why it may not be.
    pub(super) async fn done(
        &self,
        write: RecordWrite,
        checked_under: Option<OwnedMutexGuard<()>>,
    ) -> Result<WriteDone, ServiceError> {
        match self.submit(write, checked_under).await? {
            WriteVerdict::Done(done) => Ok(done),
            WriteVerdict::KeyReused => Err(ServiceError::KeyReused),
            WriteVerdict::Missing => Err(ServiceError::absent(text!("absent-incident"))),
            WriteVerdict::OtherVersion(version) => Err(ServiceError::OtherVersion { version }),
        }
    }
}

/// Why a body is refused as a whole.
pub(super) fn unreadable(fault: SubmissionError) -> ServiceError {
    match fault {
        SubmissionError::Body(fault) => ServiceError::BadBody { what: Names::same(&fault.to_string()) },
        SubmissionError::TooMany { found } => {
            let (found, most) = (found.to_string(), MOST_FEATURES.to_string());
            ServiceError::BadBody { what: text!("refusal-too-many-features", found = found, most = most) }
        }
    }
}
