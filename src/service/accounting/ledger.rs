//! The task that writes the audit log: what waits together is one commit.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::time::sleep;

use crate::domain::audit::AuditEntry;
use crate::store::Store;

/// How long an entry for which nobody waits may stay in memory before it is written: what a loss of power takes.
pub const BATCH_WINDOW: Duration = Duration::from_millis(200);
/// Entries of one commit at most: others who write wait no longer than for these.
const MOST_AT_ONCE: usize = 512;
/// How long after a failure it is tried again.
const PAUSE: Duration = Duration::from_millis(500);

/// Whether lines can be written.
#[derive(Debug, Default)]
pub(super) struct LedgerCondition(AtomicBool);

impl LedgerCondition {
    pub(super) fn is_failing(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Takes note; a change is a line in the log of the program.
    fn note(&self, is_failing: bool) {
        if self.0.swap(is_failing, Ordering::Relaxed) && !is_failing {
            tracing::warn!("the audit log can be written again");
        }
    }
}

/// An entry on its way.
#[derive(Debug)]
pub(super) struct Job {
    /// None for whoever only waits for all before.
    entry: Option<AuditEntry>,
    written: Option<oneshot::Sender<bool>>,
}

impl Job {
    /// An entry for which nobody waits.
    pub(super) fn of(entry: AuditEntry) -> Self {
        Self { entry: Some(entry), written: None }
    }

    /// One for which somebody waits.
    pub(super) fn awaited(entry: AuditEntry, written: oneshot::Sender<bool>) -> Self {
        Self { entry: Some(entry), written: Some(written) }
    }

    /// No entry: somebody waits for all before.
    pub(super) fn barrier(written: oneshot::Sender<bool>) -> Self {
        Self { entry: None, written: Some(written) }
    }
}

/// Writes what comes, until nobody can send any more.
pub(super) async fn keep(store: Store, mut jobs: mpsc::Receiver<Job>, condition: Arc<LedgerCondition>) {
    while let Some(batch) = next_batch(&mut jobs).await {
        write(&store, batch, &condition).await;
    }
}

/// What waits together. Where nobody waits for any of it, more is waited for, no longer than the window.
async fn next_batch(jobs: &mut mpsc::Receiver<Job>) -> Option<Vec<Job>> {
    let first = jobs.recv().await?;
    let mut window = pin!(sleep(BATCH_WINDOW));
    let mut batch = vec![first];
    while batch.len() < MOST_AT_ONCE {
        if let Ok(job) = jobs.try_recv() {
            batch.push(job);
            continue;
        }
        if batch.iter().any(|job| job.written.is_some()) {
            break;
        }
        let more = tokio::select! {
            job = jobs.recv() => job,
            () = &mut window => None,
        };
        match more {
            Some(job) => batch.push(job),
            None => break,
        }
    }
    Some(batch)
}

/// Writes a batch. Where that fails, those who wait are told, and their entries go: what they were to see is not shown.
/// What was shown already is tried until it is written.
async fn write(store: &Store, mut batch: Vec<Job>, condition: &LedgerCondition) {
    loop {
        let entries: Vec<AuditEntry> = batch.iter().filter_map(|job| job.entry.clone()).collect();
        let refusal = if entries.is_empty() { None } else { store.add_audit_lines(&entries).await.err() };
        let Some(cause) = refusal else {
            condition.note(false);
            for written in batch.into_iter().filter_map(|job| job.written) {
                // Whoever waited may have gone.
                let _ = written.send(true);
            }
            return;
        };
        if !condition.is_failing() {
            tracing::error!(cause = %cause, "the audit log cannot be written; single incidents are not shown until it can");
        }
        condition.note(true);
        let (waiting, kept): (Vec<Job>, Vec<Job>) = batch.into_iter().partition(|job| job.written.is_some());
        for written in waiting.into_iter().filter_map(|job| job.written) {
            let _ = written.send(false);
        }
        batch = kept;
        sleep(PAUSE).await;
        if batch.is_empty() {
            // Nothing to try with: the next who comes does.
            condition.note(false);
            return;
        }
    }
}
