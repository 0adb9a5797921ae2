//! Making releases: when one is due, what it would hold, and storing it once, whoever makes it.
//!
//! In: a snapshot with the releases of its store, the day. Out: the next release with what it adds, what an attack on it
//! together with all releases before finds, and, once stored, its number. A release before is part of what is attacked,
//! because all it published stands in the tables of the next one too. Nothing published is changed, except where steps
//! are counted anew; then a change that is itself a small number is a finding.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{CountedSteps, ServedSnapshot};
use crate::assessment::release::{LateChange, Release, ReleaseFault, late_changes};
use crate::domain::holdings::Holdings;
use crate::domain::release::{FrozenRelease, ReleaseReference};
use crate::domain::rules::rule_set::RuleSet;
use crate::domain::time::period::Day;
use crate::service::error::ServiceError;
use crate::service::public_tables::{AuditError, DisclosureReport, PublicTables};
use crate::snapshot::{BuildError, Snapshot, build};
use crate::store::{ReleaseOutcome, Store, StoreError};

/// What the caches of an attack may hold.
const CACHE_BYTES: u64 = 64 << 20;

/// Why no release is made.
#[derive(Debug, thiserror::Error)]
pub enum ReleaseError {
    /// The store cannot be written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The release before cannot be taken over.
    #[error(transparent)]
    Before(#[from] ReleaseFault),
    /// No snapshot can be built.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// Its tables cannot be read.
    #[error(transparent)]
    Tables(#[from] ServiceError),
    /// The attack cannot be carried out.
    #[error(transparent)]
    Attack(#[from] AuditError),
    /// The thread that works has failed.
    #[error(transparent)]
    Task(#[from] tokio::task::JoinError),
}

/// A release that could be made.
#[derive(Debug)]
pub struct NextRelease {
    /// As it would be stored.
    pub release: FrozenRelease,
    /// The ids of the windows that no release holds yet.
    pub added: Vec<String>,
    /// Counts, published or hidden, that late reports would change; empty where no step is counted anew.
    pub changes: Vec<LateChange>,
    /// The fewest incidents by which a count may change.
    pub least_change: u32,
    served: ServedSnapshot,
}

impl NextRelease {
    /// The release that would be made of a snapshot on a day.
    ///
    /// # Errors
    /// When boundaries or categories of the release before are gone.
    pub fn of(snapshot: &Arc<Snapshot>, today: Day, steps: CountedSteps) -> Result<Self, ReleaseError> {
        let before = snapshot.releases.last();
        let made = match steps {
            CountedSteps::New => Release::new(snapshot, today)?,
            CountedSteps::All => Release::revised(snapshot, today)?,
        };
        let changes = match (steps, before) {
            (CountedSteps::All, Some(before)) => {
                late_changes(snapshot, &Release::stored(snapshot, &before.contents)?, &made)
            }
            _ => Vec::new(),
        };
        let number = before.map_or(0, |release| release.reference.number) + 1;
        let contents = made.contents(snapshot, number);
        let is_new = |id: &String| before.is_none_or(|before| !before.contents.holds(id));
        Ok(Self {
            added: contents.windows.iter().map(|window| window.id.clone()).filter(is_new).collect(),
            release: FrozenRelease {
                reference: ReleaseReference { number, made_on: today.date() },
                epoch: snapshot.epoch,
                rule_set_hash: snapshot.rule_set_hash.clone(),
                contents,
            },
            changes,
            least_change: snapshot.rules.disclosure.k,
            served: ServedSnapshot::proposing(Arc::clone(snapshot), today, steps),
        })
    }

    /// The same of what a store holds; none where it holds no boundaries.
    ///
    /// # Errors
    /// As [`NextRelease::of`], and when no snapshot can be built.
    pub fn of_holdings(
        holdings: Holdings,
        rule_set: &RuleSet,
        today: Day,
        steps: CountedSteps,
    ) -> Result<Option<Self>, ReleaseError> {
        let snapshot = Arc::new(build(holdings, rule_set, None)?);
        let is_empty = snapshot.editions.is_empty();
        if is_empty { Ok(None) } else { Self::of(&snapshot, today, steps).map(Some) }
    }

    /// Whether it would publish anything that no release published before.
    pub fn adds_anything(&self) -> bool {
        !self.added.is_empty() || !self.changes.is_empty()
    }

    /// The changes that are small numbers themselves: whoever kept the former table could read late reports from them.
    pub fn small_changes(&self) -> impl Iterator<Item = &LateChange> {
        self.changes.iter().filter(|change| change.size() < u64::from(self.least_change))
    }

    /// Attacks its tables, in which those of all releases before stand. Blocks.
    ///
    /// # Errors
    /// When a table cannot be read, or the attack cannot be carried out.
    pub fn attacked(self) -> Result<AttackedRelease, ReleaseError> {
        let Self { release, added, changes, least_change, served } = self;
        let tables = PublicTables::of_served(served, CACHE_BYTES);
        let reading = tables.read(&mut || ())?;
        let report = tables.audited(&reading)?;
        Ok(AttackedRelease { release, added, changes, least_change, report })
    }
}

/// A release that could be made, after the attack on it.
#[derive(Debug)]
pub struct AttackedRelease {
    /// As it would be stored.
    pub release: FrozenRelease,
    /// The ids of the windows that no release holds yet.
    pub added: Vec<String>,
    /// Counts that late reports would change.
    pub changes: Vec<LateChange>,
    least_change: u32,
    /// What the attack found.
    pub report: DisclosureReport,
}

impl AttackedRelease {
    /// As [`NextRelease::small_changes`].
    pub fn small_changes(&self) -> impl Iterator<Item = &LateChange> {
        self.changes.iter().filter(|change| change.size() < u64::from(self.least_change))
    }

    /// Whether it may be stored: nothing hidden follows from it and the releases before.
    pub fn is_safe(&self) -> bool {
        self.report.passed && self.small_changes().next().is_none()
    }
}

/// Makes the releases that are due, one attempt for each state of the data and each day.
#[derive(Debug)]
pub struct ReleaseMaker {
    store: Store,
    tried: BTreeSet<(u64, Day)>,
}

impl ReleaseMaker {
    /// Makes the releases of a store.
    pub fn new(store: Store) -> Self {
        Self { store, tried: BTreeSet::new() }
    }

    /// The attempt at a release that is due and was not yet tried for this state of the data on this day: a window may be
    /// released by the rules and stands in no release.
    pub fn due_attempt(&mut self, snapshot: &Arc<Snapshot>, today: Day) -> Option<ReleaseAttempt> {
        let is_new = is_due(snapshot, today) && self.tried.insert((snapshot.epoch, today));
        is_new.then(|| ReleaseAttempt { store: self.store.clone(), snapshot: Arc::clone(snapshot), today })
    }

    /// Forgets what was tried: by other rules the same state may be released.
    pub fn forget_attempts(&mut self) {
        self.tried.clear();
    }
}

/// An attempt at a release. It may take minutes, because what would be published is attacked.
#[derive(Debug)]
pub struct ReleaseAttempt {
    store: Store,
    snapshot: Arc<Snapshot>,
    today: Day,
}

impl ReleaseAttempt {
    /// Whether nothing is attacked, so that it takes a moment: the first release of the embedded sample, which a test
    /// attacks.
    pub fn is_quick(&self) -> bool {
        self.snapshot.releases.is_empty() && self.snapshot.is_only_sample()
    }

    /// As [`ReleaseAttempt::made`]; a fault is logged and leaves the public with the release it has.
    pub async fn made_or_logged(self) -> bool {
        self.made().await.unwrap_or_else(|fault| {
            tracing::error!(cause = %fault, "no release can be made; the public is shown the one before");
            false
        })
    }

    /// Makes the release. Gives whether the store has another one now, made here or by another program.
    ///
    /// # Errors
    /// When the release before cannot be taken over, the attack cannot be carried out, or the store cannot be written.
    pub async fn made(self) -> Result<bool, ReleaseError> {
        let is_quick = self.is_quick();
        let Self { store, snapshot, today } = self;
        let work = move || safe_release(&snapshot, today, is_quick);
        let Some(release) = tokio::task::spawn_blocking(work).await?? else { return Ok(false) };
        match store.add_release(&release).await? {
            ReleaseOutcome::Added(epoch) => tracing::info!(
                release.number = release.reference.number,
                release.windows = release.contents.windows.len(),
                data.epoch = release.epoch,
                epoch,
                "a release was made; the public is shown its windows"
            ),
            ReleaseOutcome::NumberTaken => {
                tracing::info!(release.number = release.reference.number, "another program made the release first");
            }
        }
        Ok(true)
    }
}

/// The next release, where it adds anything and nothing hidden follows from it. Blocks.
fn safe_release(snapshot: &Arc<Snapshot>, today: Day, is_quick: bool) -> Result<Option<FrozenRelease>, ReleaseError> {
    let next = NextRelease::of(snapshot, today, CountedSteps::New)?;
    if !next.adds_anything() {
        return Ok(None);
    }
    if is_quick {
        return Ok(Some(next.release));
    }
    let attacked = next.attacked()?;
    if !attacked.is_safe() {
        for finding in attacked.report.findings() {
            tracing::error!(finding, "the next release would give a hidden count away");
        }
        tracing::error!("no release was made; see `binhyen release make --dry-run`");
        return Ok(None);
    }
    Ok(Some(attacked.release))
}

/// Whether a window may be released that no release holds, and there is something to count.
fn is_due(snapshot: &Snapshot, today: Day) -> bool {
    let newest = snapshot.releases.last();
    let is_held = |id: &str| newest.is_some_and(|release| release.contents.holds(id));
    !snapshot.editions.is_empty() && snapshot.rules.released_windows(today).any(|window| !is_held(&window.id))
}
