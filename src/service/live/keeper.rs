//! Keeps the snapshot that is served up to date with commits of this program.
//!
//! In: commits in their order. Out: the next snapshot of each run of them, made of the one before; a base laid down anew
//! beside the requests when the overlay has grown. Whoever follows the store holds the keeper and serves what it gives.
//! What does not follow on the snapshot is for that follower to load.

use std::sync::Arc;

use tokio::sync::mpsc::UnboundedReceiver;
use tokio::task::JoinHandle;

use super::background_work::in_background;
use super::loading::SharedSnapshot;
use crate::domain::incident::incident_change::{CommittedChange, IncidentChange};
use crate::service::writing::Commit;
use crate::snapshot::Snapshot;

/// A snapshot on a new base that is being laid down, and what was committed since.
#[derive(Debug)]
struct Merging {
    work: JoinHandle<Snapshot>,
    /// What the work gave, when it has ended.
    laid: Option<Snapshot>,
    since: Option<CommittedChange>,
}

/// What some commits lead to.
#[derive(Debug)]
pub enum CommitsFollowed {
    /// A snapshot, with what changed in it.
    Snapshot(SharedSnapshot, IncidentChange),
    /// The snapshot holds all of them already.
    Known,
    /// The store has to be read anew.
    LoadAnew,
}

/// What a keeper waits for.
#[derive(Debug)]
pub enum KeeperEvent {
    /// A commit of this program.
    Committed(Commit),
    /// A new base is laid down and can be taken.
    LaidDown,
}

/// Follows commits.
#[derive(Debug)]
pub struct SnapshotKeeper {
    commits: UnboundedReceiver<Commit>,
    merging: Option<Merging>,
}

impl SnapshotKeeper {
    /// A keeper of what these commits lead to.
    pub fn new(commits: UnboundedReceiver<Commit>) -> Self {
        Self { commits, merging: None }
    }

    /// Waits for the next commit, or until a new base is laid down; ends never where neither comes. May be dropped at any
    /// point.
    pub async fn next(&mut self) -> KeeperEvent {
        let Self { commits, merging } = self;
        tokio::select! {
            biased;
            Some(commit) = commits.recv() => KeeperEvent::Committed(commit),
            () = laid_down(merging) => KeeperEvent::LaidDown,
        }
    }

    /// Follows a commit and all that have come since.
    pub async fn followed(&mut self, current: &SharedSnapshot, first: Option<Commit>) -> CommitsFollowed {
        let mut joined: Option<CommittedChange> = None;
        let mut next = first.or_else(|| self.commits.try_recv().ok());
        let mut epoch = current.epoch;
        let mut is_lost = false;
        while let Some(commit) = next {
            match commit {
                Commit::Change(change) if change.epoch <= epoch => {}
                Commit::Change(change) if change.epoch == epoch + 1 && !is_lost => {
                    epoch = change.epoch;
                    joined = Some(after(joined, *change));
                }
                // Somebody else committed between, or more than incidents changed.
                Commit::Change(_) | Commit::LoadAnew => is_lost = true,
            }
            next = self.commits.try_recv().ok();
        }
        if is_lost {
            self.merging = None;
            return CommitsFollowed::LoadAnew;
        }
        let Some(commit) = joined else { return CommitsFollowed::Known };
        self.changed(current, commit).await
    }

    async fn changed(&mut self, current: &SharedSnapshot, commit: CommittedChange) -> CommitsFollowed {
        let (before, change) = (Arc::clone(current), commit.change.clone());
        if let Some(merging) = &mut self.merging {
            merging.since = Some(after(merging.since.take(), commit.clone()));
        }
        let work = move || before.changed(&commit);
        match tokio::task::spawn_blocking(work).await {
            Ok(Some(snapshot)) => {
                self.begin_merging(&snapshot);
                CommitsFollowed::Snapshot(Arc::new(snapshot), change)
            }
            Ok(None) => CommitsFollowed::LoadAnew,
            Err(fault) => {
                tracing::error!(cause = %fault, "a commit could not be followed; the store is read anew");
                CommitsFollowed::LoadAnew
            }
        }
    }

    /// Begins to lay a new base down where the overlay has grown.
    fn begin_merging(&mut self, snapshot: &Snapshot) {
        if self.merging.is_none() && snapshot.needs_merging() {
            let snapshot = snapshot.clone();
            let work = tokio::task::spawn_blocking(move || in_background("merging", || snapshot.merged()));
            self.merging = Some(Merging { work, laid: None, since: None });
        }
    }

    /// Forgets a base that is being laid down: another snapshot is served by now.
    pub fn forget_merging(&mut self) {
        self.merging = None;
    }

    /// The snapshot on the base that was laid down, which says what the one that is served does; none where it could not
    /// be brought up to date.
    pub async fn merged(&mut self) -> Option<SharedSnapshot> {
        let Merging { laid, since, .. } = self.merging.take()?;
        let (snapshot, since) = (laid?, since);
        let Some(since) = since else { return Some(Arc::new(snapshot)) };
        let brought_up = tokio::task::spawn_blocking(move || snapshot.changed(&since)).await;
        brought_up.ok().flatten().map(Arc::new)
    }
}

/// Waits until a new base is laid down; ends never while none is.
async fn laid_down(merging: &mut Option<Merging>) {
    let Some(Merging { work, laid, .. }) = merging else { return std::future::pending().await };
    if laid.is_some() {
        return;
    }
    match work.await {
        Ok(snapshot) => *laid = Some(snapshot),
        Err(fault) => {
            tracing::error!(cause = %fault, "no new base could be laid down");
            *merging = None;
            std::future::pending::<()>().await;
        }
    }
}

/// Two commits as one.
fn after(before: Option<CommittedChange>, next: CommittedChange) -> CommittedChange {
    match before {
        Some(before) => CommittedChange { change: before.change.then(next.change), ..next },
        None => next,
    }
}
