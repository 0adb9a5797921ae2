//! Writing: what requests hand in, joined to commits and handed on to be shown.
//!
//! In: writes, one a request. Out: to each request what became of its write, once that is on the disk; to whoever keeps
//! the snapshot every commit, in order. One task writes: what waits together is one commit, so the disk flushes once for
//! all of it. What may be written is checked before ([`incidents`], [`records`]); how it is written is the store's
//! affair. A judgement on a report is a commit of its own, handed on by the same hand.

pub(crate) mod hand_in;
pub(crate) mod incidents;
pub mod kept_records;
mod known_words;
pub(crate) mod records;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::{Mutex, OwnedMutexGuard, mpsc, oneshot};
use tokio::time::{MissedTickBehavior, interval};

pub use self::known_words::OfficialAreas;
pub(crate) use self::known_words::{HandInWords, KnownWords};
use super::error::ServiceError;
use crate::domain::incident::incident_change::CommittedChange;
use crate::domain::report::{ReportDecision, ReportNumber};
use crate::ingest::{Incidents, MOST_FEATURES, field_names};
pub(crate) use crate::store::{ExpectedState, IdempotencyKey, SourceKind, WriteDone, WriteOrigin};
use crate::store::{
    JudgementBy, JudgementDone, RecordWrite, ReportChange, Store, StoreError, SubmittedCommit, SubmittedWrites,
    WriteVerdict,
};

/// How soon commits follow on one another at most: each has the disk flushed, which costs a busy server more than the
/// writes it holds. The first after a pause waits for nothing.
const COMMIT_EVERY: Duration = Duration::from_millis(10);
/// Writes that wait before others are refused.
const MOST_WAITING: usize = 4_096;

/// A commit as whoever keeps the snapshot is told of it.
#[derive(Debug)]
pub enum Commit {
    /// A change that follows on the state before.
    Change(Box<CommittedChange>),
    /// More than that: the store is to be read anew.
    LoadAnew,
}

/// The way in for writes. Clones share it.
#[derive(Debug, Clone)]
pub struct Writer {
    store: Store,
    waiting: mpsc::Sender<WaitingWrite>,
    commits: mpsc::UnboundedSender<Commit>,
    /// Held while a commit is made and handed on.
    committing: Arc<Mutex<()>>,
    /// Held while records are checked against others of the store, and until they are written.
    checking: Arc<Mutex<()>>,
    counts: Arc<WriteCounts>,
}

/// What was written since the start.
#[derive(Debug, Default)]
pub struct WriteCounts {
    commits: AtomicU64,
    writes: AtomicU64,
}

/// A write whose request waits.
#[derive(Debug)]
struct WaitingWrite {
    write: RecordWrite,
    waiter: Waiter,
}

/// Who waits for a write.
#[derive(Debug)]
struct Waiter {
    answer: oneshot::Sender<Result<WriteVerdict, ServiceError>>,
    /// Kept until the write is done, also where nobody waits any more.
    _checked_under: Option<OwnedMutexGuard<()>>,
}

impl Writer {
    /// Begins to write to a store; gives the way in, and the commits in their order.
    pub fn begin(store: Store) -> (Self, mpsc::UnboundedReceiver<Commit>) {
        let (waiting, queue) = mpsc::channel(MOST_WAITING);
        let (commits, told) = mpsc::unbounded_channel();
        let (committing, counts) = (Arc::default(), Arc::<WriteCounts>::default());
        let task = WriterTask {
            store: store.clone(),
            queue,
            commits: commits.clone(),
            committing: Arc::clone(&committing),
            counts: Arc::clone(&counts),
            fields: field_names::<Incidents<'_>>(),
        };
        tokio::spawn(task.run());
        (Self { store, waiting, commits, committing, checking: Arc::default(), counts }, told)
    }

    /// Has a write done; returns when it is on the disk, or is not done at all. What it was checked under is held until
    /// then.
    ///
    /// # Errors
    /// When too many wait, or the store refuses.
    async fn submit(
        &self,
        write: RecordWrite,
        checked_under: Option<OwnedMutexGuard<()>>,
    ) -> Result<WriteVerdict, ServiceError> {
        let (answer, verdict) = oneshot::channel();
        let waiter = Waiter { answer, _checked_under: checked_under };
        self.waiting.try_send(WaitingWrite { write, waiter }).map_err(|_| ServiceError::Busy)?;
        verdict.await.map_err(|_| ServiceError::NotReady)?
    }

    /// Has a report judged, and hands the incident that may come of it on like one that a request wrote.
    ///
    /// # Errors
    /// When the store refuses; nothing is changed then.
    pub(crate) async fn judge_report(
        &self,
        number: &ReportNumber,
        decision: &ReportDecision,
        judged: JudgementBy<'_>,
    ) -> Result<ReportChange, StoreError> {
        let _committing = self.committing.lock().await;
        let JudgementDone { change, commit } = self.store.judge_report(number, decision, judged).await?;
        if let Some(commit) = commit {
            hand_on(&self.commits, commit);
        }
        Ok(change)
    }

    /// Waits until every commit that was made is handed on.
    pub async fn settled(&self) {
        drop(self.committing.lock().await);
    }

    /// How many commits were made, and of how many writes.
    pub fn totals(&self) -> WriteTotals {
        let WriteCounts { commits, writes } = &*self.counts;
        WriteTotals { commits: commits.load(Ordering::Relaxed), writes: writes.load(Ordering::Relaxed) }
    }
}

/// How much was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WriteTotals {
    /// Commits.
    pub commits: u64,
    /// Writes that they hold.
    pub writes: u64,
}

/// The one task that writes.
struct WriterTask {
    store: Store,
    queue: mpsc::Receiver<WaitingWrite>,
    commits: mpsc::UnboundedSender<Commit>,
    committing: Arc<Mutex<()>>,
    counts: Arc<WriteCounts>,
    fields: Vec<&'static str>,
}

impl WriterTask {
    /// Writes until nobody is left who could hand anything in.
    async fn run(mut self) {
        let mut pace = interval(COMMIT_EVERY);
        // Counted from each commit on: after a pause the next one waits for nothing.
        pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
        while let Some(first) = self.queue.recv().await {
            pace.tick().await;
            let mut rows = first.write.action.rows();
            let mut together = vec![first];
            // What came since the last commit goes into this one, as far as the list of changes holds it.
            while rows < MOST_FEATURES
                && let Ok(next) = self.queue.try_recv()
            {
                rows += next.write.action.rows();
                together.push(next);
            }
            self.write(together).await;
        }
    }

    async fn write(&self, together: Vec<WaitingWrite>) {
        let (writes, waiters): (Vec<RecordWrite>, Vec<Waiter>) =
            together.into_iter().map(|waiting| (waiting.write, waiting.waiter)).unzip();
        let outcome = {
            let _committing = self.committing.lock().await;
            let outcome = self.store.submit_together(&writes, &self.fields).await;
            outcome.map(|SubmittedWrites { verdicts, commit }| {
                if let Some(commit) = commit {
                    hand_on(&self.commits, commit);
                }
                verdicts
            })
        };
        self.counts.writes.fetch_add(writes.len() as u64, Ordering::Relaxed);
        match outcome {
            Ok(verdicts) => {
                self.counts.commits.fetch_add(1, Ordering::Relaxed);
                for (waiter, verdict) in waiters.into_iter().zip(verdicts) {
                    // Whoever has gone away wants no answer; what was written stays.
                    let _ = waiter.answer.send(Ok(verdict));
                }
            }
            Err(fault) => {
                tracing::error!(cause = %fault, writes = writes.len(), "writes of requests could not be committed");
                let refusal = refusal(&fault);
                for waiter in waiters {
                    let _ = waiter.answer.send(Err(refusal.clone()));
                }
            }
        }
    }
}

/// Hands a commit on to whoever keeps the snapshot. Without one, as while the server stops, nobody needs to know.
fn hand_on(commits: &mpsc::UnboundedSender<Commit>, commit: SubmittedCommit) {
    let _ = commits.send(match commit {
        SubmittedCommit::Change(change) => Commit::Change(Box::new(change)),
        SubmittedCommit::LoadAnew => Commit::LoadAnew,
    });
}

/// What the writer of a request is told of a store that refuses.
fn refusal(fault: &StoreError) -> ServiceError {
    match fault {
        StoreError::Busy { .. } => ServiceError::Busy,
        StoreError::ReadOnly { .. } | StoreError::Full { .. } => ServiceError::NotWritable,
        _ => ServiceError::internal(fault),
    }
}
