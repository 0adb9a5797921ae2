//! Who saw and changed what: entries on their way into the audit log of the store.
//!
//! In: entries, from requests and from the command line. Out: lines of the log, and the word that they are on the disk.
//! One task writes: what waits together is one commit. Whoever shows single incidents waits until that is done; tiles of
//! points are written within [`BATCH_WINDOW`] of being sent, and wait for room where there is none. What could not be
//! written is refused to whoever waits and kept for all others: nothing that was seen goes without a line while the
//! program runs. Refusals and sign-ins take the room that is left, and count what did not fit.
//!
//! Writes do not come through here: their lines are added in the transaction that makes them.

mod ledger;
mod question;

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};

use super::error::ServiceError;
use crate::domain::audit::AuditEntry;
use crate::store::Store;
pub use ledger::BATCH_WINDOW;
use ledger::{Job, LedgerCondition};
pub(crate) use question::{SIGNATURE, canonical_question, without_signature};

/// Entries that wait at most.
const QUEUE: usize = 8192;
/// How long the end of the program waits for the last entries.
const AT_THE_END: Duration = Duration::from_secs(5);

/// Takes entries for the audit log.
#[derive(Debug, Default)]
pub struct Accounting {
    jobs: OnceLock<mpsc::Sender<Job>>,
    condition: Arc<LedgerCondition>,
    /// Entries without a claim to room that found none since the last one that did.
    left_out: AtomicU64,
    /// Days after which lines go; 0 for never.
    retention_days: AtomicU32,
}

impl Accounting {
    /// Writes entries into the log of a store from now on. The first one stays. A service without a store, as tests and
    /// `publish` have it, keeps no log.
    pub fn begin(&self, store: &Store) {
        self.jobs.get_or_init(|| {
            let (sender, jobs) = mpsc::channel(QUEUE);
            tokio::spawn(ledger::keep(store.clone(), jobs, Arc::clone(&self.condition)));
            sender
        });
    }

    /// Writes an entry, and returns when it is on the disk.
    ///
    /// # Errors
    /// When it cannot be written: whoever waits for it must not go on.
    pub(crate) async fn note_durably(&self, entry: AuditEntry) -> Result<(), ServiceError> {
        let Some(jobs) = self.jobs.get() else { return Ok(()) };
        let (written, is_written) = oneshot::channel();
        self.refuse_while_failing()?;
        jobs.send(Job::awaited(entry, written)).await.map_err(|_| ServiceError::NotAccounted)?;
        match is_written.await {
            Ok(true) => Ok(()),
            _ => Err(ServiceError::NotAccounted),
        }
    }

    /// Takes an entry that is written within [`BATCH_WINDOW`]; waits where there is no room for it.
    ///
    /// # Errors
    /// When the log cannot be written.
    pub(crate) async fn note(&self, entry: AuditEntry) -> Result<(), ServiceError> {
        let Some(jobs) = self.jobs.get() else { return Ok(()) };
        self.refuse_while_failing()?;
        jobs.send(Job::of(entry)).await.map_err(|_| ServiceError::NotAccounted)
    }

    /// The same at once. Gives whether the entry was taken: where it was not, [`Accounting::note`] has to be waited for.
    #[must_use]
    pub(crate) fn note_at_once(&self, entry: AuditEntry) -> bool {
        let Some(jobs) = self.jobs.get() else { return true };
        !self.condition.is_failing() && jobs.try_send(Job::of(entry)).is_ok()
    }

    /// Takes an entry on what gave nobody anything, where there is room. How many found none stands in the next that does.
    pub(crate) fn note_beside(&self, mut entry: AuditEntry) {
        let Some(jobs) = self.jobs.get() else { return };
        let left_out = self.left_out.swap(0, Ordering::Relaxed);
        entry.rows = Some(entry.rows.unwrap_or(1) + left_out);
        let counted = entry.rows.unwrap_or_default();
        if jobs.try_send(Job::of(entry)).is_err() {
            self.left_out.fetch_add(counted, Ordering::Relaxed);
        }
    }

    /// Writes what waits, before the program ends.
    pub async fn end(&self) {
        let Some(jobs) = self.jobs.get() else { return };
        let (written, is_written) = oneshot::channel();
        let ended = tokio::time::timeout(AT_THE_END, async {
            let _ = jobs.send(Job::barrier(written)).await;
            is_written.await
        });
        if !matches!(ended.await, Ok(Ok(true))) {
            tracing::error!("the last lines of the audit log could not be written");
        }
    }

    /// Whether lines can be written; as far as was seen.
    pub fn is_failing(&self) -> bool {
        self.condition.is_failing()
    }

    /// Chooses after how many days lines go; 0 for never.
    pub fn keep_for_days(&self, days: u32) {
        self.retention_days.store(days, Ordering::Relaxed);
    }

    /// After how many days lines go; 0 for never.
    pub fn retention_days(&self) -> u32 {
        self.retention_days.load(Ordering::Relaxed)
    }

    fn refuse_while_failing(&self) -> Result<(), ServiceError> {
        if self.condition.is_failing() { Err(ServiceError::NotAccounted) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::domain::audit::AuditAction;
    use crate::domain::incident::taxonomy::Taxonomy;

    async fn opened(folder: &Path) -> Store {
        let taxonomy = Taxonomy::from_toml(include_str!("../../../geodata/taxonomy.toml")).unwrap();
        Store::open(folder, &taxonomy).await.unwrap()
    }

    fn entry(question: &str) -> AuditEntry {
        AuditEntry {
            moment_ms: 1,
            token_id: String::new(),
            label: String::new(),
            role: String::new(),
            action: AuditAction::Points.as_str().into(),
            question: question.into(),
            rows: None,
            request_id: String::new(),
        }
    }

    async fn questions(store: &Store) -> Vec<String> {
        store.audit_lines_after(0).await.unwrap().into_iter().map(|line| line.entry.question).collect()
    }

    #[tokio::test]
    async fn who_waits_finds_the_line_written_with_all_before_it() {
        let folder = tempfile::tempdir().unwrap();
        let (store, accounting) = (opened(folder.path()).await, Accounting::default());
        accounting.note_durably(entry("before")).await.unwrap();
        accounting.begin(&store);
        assert!(accounting.note_at_once(entry("a")));
        accounting.note(entry("b")).await.unwrap();
        accounting.note_durably(entry("c")).await.unwrap();
        assert_eq!(questions(&store).await, ["a", "b", "c"], "a service without a store keeps no log");
        accounting.note(entry("d")).await.unwrap();
        accounting.end().await;
        assert_eq!(questions(&store).await.len(), 4);
        assert_eq!(store.verified_audit(None, |_| ()).await.unwrap().fault, None);
    }

    #[tokio::test]
    async fn what_nobody_waits_for_is_written_within_the_window() {
        let folder = tempfile::tempdir().unwrap();
        let (store, accounting) = (opened(folder.path()).await, Accounting::default());
        accounting.begin(&store);
        assert!(accounting.note_at_once(entry("a")));
        tokio::time::sleep(BATCH_WINDOW * 4).await;
        assert_eq!(questions(&store).await, ["a"]);
    }

    #[tokio::test]
    async fn a_log_that_cannot_be_written_refuses_and_loses_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let (store, accounting) = (opened(folder.path()).await, Accounting::default());
        accounting.begin(&store);
        // Another program holds the end of the chain: a trigger that lets nothing in.
        store.refuse_audit_lines(true).await;
        accounting.note(entry("kept")).await.unwrap();
        let refused = accounting.note_durably(entry("refused")).await;
        assert_eq!(refused, Err(ServiceError::NotAccounted));
        assert!(accounting.is_failing() && !accounting.note_at_once(entry("not taken")));
        assert_eq!(accounting.note(entry("not taken")).await, Err(ServiceError::NotAccounted));
        store.refuse_audit_lines(false).await;
        while accounting.is_failing() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        accounting.note_durably(entry("after")).await.unwrap();
        assert_eq!(questions(&store).await, ["kept", "after"]);
    }

    #[tokio::test]
    async fn refusals_that_found_no_room_are_counted_in_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let (store, accounting) = (opened(folder.path()).await, Accounting::default());
        let accounting_of_none = Accounting::default();
        accounting_of_none.note_beside(entry("nowhere"));
        accounting.begin(&store);
        // The task does not run before this one waits: the queue fills.
        for _ in 0..QUEUE + 10 {
            accounting.note_beside(entry("refused"));
        }
        accounting.note_durably(entry("waits for room")).await.unwrap();
        accounting.note_beside(entry("later"));
        accounting.end().await;
        let mut counted = 0;
        let mut number = 0;
        loop {
            let page = store.audit_lines_after(number).await.unwrap();
            let Some(last) = page.last() else { break };
            number = last.number;
            counted += page.iter().filter_map(|line| line.entry.rows).sum::<u64>();
        }
        assert_eq!(counted, QUEUE as u64 + 11, "every refusal, in whichever line");
    }
}
