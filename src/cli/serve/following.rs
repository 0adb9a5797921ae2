//! Follows the store of a running server, and its configuration where a reload is asked for.
//!
//! In: a data folder. Out: snapshots, handed over to be served one after the other, and a condition of the store for
//! `/readyz`. Ends with an error only.

use std::error::Error;
use std::future::pending;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use tokio::task::JoinHandle;
use tokio::time::{MissedTickBehavior, interval};

use super::audit_upkeep::keep_audit;
use super::reloading::{ReloadOutcome, ReloadRequest, Reloading};
use super::signals::ReloadSignals;
use super::signing_key;
use crate::cli::data_folder::{DataFolder, LoadedRules};
use crate::cli::sample;
use crate::domain::alert::StoredAlert;
use crate::http::state::AppState;
use crate::service::live::alerting::AlertKeeper;
use crate::service::live::keeper::{CommitsFollowed, KeeperEvent, SnapshotKeeper};
use crate::service::live::loading::{LoadError, LoadTimes, LoadedSnapshot, SharedSnapshot, SnapshotLoader};
use crate::service::live::releasing::ReleaseMaker;
use crate::service::live::store_monitor::StoreMonitor;
use crate::service::live::{now_s, today};
use crate::service::writing::{Commit, OfficialAreas};
use crate::store::{EpochWatch, ImportsFound, Store, StoreError, open_to_others, remove_unfinished};

/// How often it is asked whether another day has begun, or a reload is requested.
const CHECK_INTERVAL: Duration = Duration::from_secs(1);
/// How often what has expired of reports is deleted.
const EXPIRY_INTERVAL: Duration = Duration::from_mins(1);
/// How long the store must have been left alone before a running server makes a release: files that are imported one
/// after the other belong together.
const SETTLED: Duration = Duration::from_mins(15);

/// How long what requests write may wait to be shown together with what comes next: a twentieth of a second would be
/// seen, and each time has every tile made anew.
const SHOWN_EVERY: Duration = Duration::from_millis(25);

/// What becomes of a data folder without data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WhenEmpty {
    /// It gets the sample.
    FillWithSample,
    /// Without a database it is refused: a disk may not be mounted. With an empty one, data are waited for.
    WaitForData,
}

/// The store that is to be opened, and where it is left so that it can be closed.
pub(super) struct StoreOpening<'a> {
    pub(super) folder: DataFolder,
    pub(super) when_empty: WhenEmpty,
    pub(super) opened: &'a OnceLock<Store>,
}

/// Opens the store and follows it. Ends with an error only: also when its pages turn out to be damaged.
pub(super) async fn follow(
    opening: StoreOpening<'_>,
    state: &AppState,
    reloading: Reloading,
    signals: ReloadSignals,
) -> Result<(), Box<dyn Error>> {
    let StoreOpening { folder, when_empty, opened: place } = opening;
    let store = opened(&folder, when_empty).await?;
    let store = place.get_or_init(|| store).clone();
    state.service.follow_store(&store);
    // Before anything is served: nobody sees single incidents without a line.
    state.service.accounting().begin(&store);
    state.account_start();
    state.sign_with(signing_key::of(&folder.path)?);
    tidy(&folder);
    let is_small = store.is_checked_quickly();
    if is_small {
        store.refuse_damaged_pages().await?;
    }
    let damaged = async {
        if is_small {
            return pending().await;
        }
        match store.refuse_damaged_pages().await {
            Ok(()) => pending().await,
            Err(damage) => damage,
        }
    };
    settle_imports(&store).await?;
    let official = OfficialAreas { register: sample::register()?, catalogue: folder.loaded_rules.rule_set().catalogue };
    let commits = state.service.begin_writing(&store, official);
    let followed = Followed::new(folder, store.clone(), reloading, SnapshotKeeper::new(commits));
    tokio::select! {
        damage = damaged => Err(damage.into()),
        () = watch_condition(&store, state) => Ok(()),
        () = delete_expired(state) => Ok(()),
        () = keep_audit(&store, state) => Ok(()),
        failed = followed.keep_up(state, signals) => failed,
    }
}

/// Waits until no import writes, and undoes one that was interrupted: nothing that is half there is shown.
async fn settle_imports(store: &Store) -> Result<(), StoreError> {
    let mut is_told = false;
    loop {
        match store.settle_imports().await? {
            ImportsFound::Ended => return Ok(()),
            ImportsFound::Undone(rows) => {
                tracing::warn!(rows, "an import was interrupted and has been undone; run it again");
                return Ok(());
            }
            ImportsFound::Running => {
                if !std::mem::replace(&mut is_told, true) {
                    tracing::info!(
                        "an import is writing; its data are served when it has ended, and nothing until then"
                    );
                }
                tokio::time::sleep(CHECK_INTERVAL).await;
            }
        }
    }
}

/// Removes what an earlier program left unfinished in a data folder, and says where others may read it.
fn tidy(folder: &DataFolder) {
    for file in remove_unfinished(&folder.path) {
        tracing::info!(file = %file.display(), "a file that was left unfinished was removed");
    }
    for path in open_to_others(&folder.path) {
        tracing::warn!(
            path = %path.display(),
            "other users of this machine may read this; take it from them with chmod -R go= on the data folder"
        );
    }
}

/// Keeps what `/readyz` says of the store. Ends never.
async fn watch_condition(store: &Store, state: &AppState) {
    let mut monitor = StoreMonitor::new(store);
    let mut times = interval(CHECK_INTERVAL);
    times.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        times.tick().await;
        let served = state.service.current().map(|served| served.snapshot.epoch);
        state.service.note_store(monitor.observed(store, served).await);
    }
}

/// Deletes what of reports has expired: at the start, and while the server runs. Ends never.
async fn delete_expired(state: &AppState) {
    let mut times = interval(EXPIRY_INTERVAL);
    times.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        times.tick().await;
        if let Err(fault) = state.service.delete_expired_reports(now_s()).await {
            tracing::warn!(cause = %fault, "what has expired of reports could not be deleted; it is tried again");
        }
    }
}

/// A store with all that depends on its rules.
struct Followed {
    folder: PathBuf,
    epochs: EpochWatch,
    /// The commits of requests, and what they lead to.
    keeper: SnapshotKeeper,
    releases: ReleaseMaker,
    release_attempt: Option<JoinHandle<bool>>,
    alerts: AlertKeeper,
    judging: Option<JoinHandle<Vec<StoredAlert>>>,
    /// When commits of requests were shown last.
    shown_at: Instant,
    loader: SnapshotLoader,
    reloading: Reloading,
}

impl Followed {
    fn new(folder: DataFolder, store: Store, reloading: Reloading, keeper: SnapshotKeeper) -> Self {
        let DataFolder { path, loaded_rules } = folder;
        Self {
            epochs: store.watch(),
            keeper,
            releases: ReleaseMaker::new(store.clone()),
            release_attempt: None,
            alerts: AlertKeeper::new(store.clone(), reloading.alert_targets()),
            judging: None,
            shown_at: Instant::now(),
            loader: SnapshotLoader::new(store, loaded_rules.rule_set(), &path),
            folder: path,
            reloading,
        }
    }

    /// Serves the holdings of the store, and every later state of it. Ends with an error only.
    async fn keep_up(mut self, state: &AppState, mut signals: ReloadSignals) -> Result<(), Box<dyn Error>> {
        let mut current = self.begin(state).await?;
        let mut times = interval(CHECK_INTERVAL);
        times.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut settled = Instant::now();
        loop {
            let moved_on = tokio::select! {
                biased;
                event = self.keeper.next() => match self.kept_up(state, &current, event).await {
                    Some(served) => {
                        (current, settled) = (served, Instant::now());
                        continue;
                    }
                    None => Ok(current.epoch),
                },
                moved_on = self.epochs.other_than(current.epoch) => moved_on,
                () = signals.received() => {
                    current = self.reload(state, current, None).await;
                    continue;
                }
                _ = times.tick() => {
                    state.service.keep_up_with(today());
                    self.judge_alerts(state, &current).await;
                    if settled.elapsed() >= SETTLED {
                        self.begin_release(&current);
                    }
                    if let Some(request) = ReloadRequest::taken(&self.folder) {
                        current = self.reload(state, current, Some(request)).await;
                    }
                    continue;
                }
            };
            settled = Instant::now();
            // The commits of this program come by the queue: only what others wrote is read from the store.
            if let Ok(epoch) = &moved_on
                && *epoch != current.epoch
            {
                state.service.writes_settled().await;
                if let Some(served) = self.shown(state, &current, None).await {
                    current = served;
                }
                if current.epoch >= *epoch {
                    continue;
                }
            }
            self.keeper.forget_merging();
            let mut newer = match moved_on {
                Ok(_) => self.loader.load(Some(Arc::clone(&current))).await,
                Err(fault) => Err(fault.into()),
            };
            if matches!(newer, Err(LoadError::Store(StoreError::Word { .. }))) && self.regrown().await {
                newer = self.loader.load(Some(Arc::clone(&current))).await;
            }
            let sample = current.sample_datasets.clone();
            current = self.served_or_kept(newer, state, current);
            if current.sample_datasets != sample {
                self.abandon_release();
            }
        }
    }

    /// Serves what the keeper of the snapshot has come to; none where the store has to be read anew.
    async fn kept_up(
        &mut self,
        state: &AppState,
        current: &SharedSnapshot,
        event: KeeperEvent,
    ) -> Option<SharedSnapshot> {
        match event {
            KeeperEvent::Committed(commit) => self.shown(state, current, Some(commit)).await,
            KeeperEvent::LaidDown => {
                let merged = self.keeper.merged().await.filter(|merged| merged.epoch == current.epoch);
                let Some(merged) = merged else { return Some(Arc::clone(current)) };
                tracing::info!(incidents = merged.incidents.len(), "changed incidents were merged into a new base");
                state.service.exchange(Arc::clone(&merged));
                Some(merged)
            }
        }
    }

    /// Serves what the commits of requests lead to, at most so many times a second; none where the store has to be read
    /// anew.
    async fn shown(
        &mut self,
        state: &AppState,
        current: &SharedSnapshot,
        commit: Option<Commit>,
    ) -> Option<SharedSnapshot> {
        let begun = Instant::now();
        tokio::time::sleep(SHOWN_EVERY.saturating_sub(self.shown_at.elapsed())).await;
        match self.keeper.followed(current, commit).await {
            CommitsFollowed::Known => Some(Arc::clone(current)),
            CommitsFollowed::LoadAnew => None,
            CommitsFollowed::Snapshot(snapshot, change) => {
                self.shown_at = Instant::now();
                state.service.note_load(LoadTimes { read: Duration::ZERO, build: begun.elapsed() });
                state.service.serve_changed(Arc::clone(&snapshot), &change);
                tracing::debug!(
                    snapshot.epoch = snapshot.epoch,
                    incidents.changed = change.len(),
                    took_ms = begun.elapsed().as_millis(),
                    "what requests wrote is shown"
                );
                Some(snapshot)
            }
        }
    }

    /// Serves the first snapshot.
    async fn begin(&mut self, state: &AppState) -> Result<SharedSnapshot, Box<dyn Error>> {
        let mut first = self.loader.load(None).await?;
        if let Some(attempt) = self.releases.due_attempt(&first.snapshot, today()) {
            // Roles need not wait for the attack on a release, which may take minutes, and the public is told that
            // there is none yet, or reads the one before.
            if !attempt.is_quick() {
                self.release_attempt = Some(tokio::spawn(attempt.made_or_logged()));
            } else if attempt.made_or_logged().await {
                let newer = self.loader.load(Some(Arc::clone(&first.snapshot))).await?;
                first = newer.after(&first);
            }
        }
        first.log_cubes();
        let current = served(&first, state);
        if !state.service.is_ready() {
            let folder = self.folder.display();
            tracing::warn!(folder = %folder, "the store holds no boundaries; nothing is served until an import");
        }
        self.reloading.links.print(state);
        self.loader.keep_copy(first);
        Ok(current)
    }

    /// Begins to make a release where one is due, beside what is served and followed. Once stored, it is a change of the
    /// store like any other.
    fn begin_release(&mut self, current: &SharedSnapshot) {
        if self.release_attempt.as_ref().is_some_and(|running| !running.is_finished()) {
            return;
        }
        if let Some(attempt) = self.releases.due_attempt(current, today()) {
            self.release_attempt = Some(tokio::spawn(attempt.made_or_logged()));
        }
    }

    /// Has what is out of the ordinary judged where another day or other data are served, and alerts sent, beside them.
    /// Those who listen are told of what was raised.
    async fn judge_alerts(&mut self, state: &AppState, current: &SharedSnapshot) {
        if self.judging.as_ref().is_some_and(|running| !running.is_finished()) {
            return;
        }
        if let Some(ended) = self.judging.take() {
            state.service.tell_alerts(&ended.await.unwrap_or_default());
        }
        if let Some(judgement) = self.alerts.due_judgement(current, today()) {
            self.judging = Some(tokio::spawn(judgement.made_or_logged()));
        } else if let Some(deliveries) = self.alerts.due_deliveries(current) {
            self.judging = Some(tokio::spawn(async {
                deliveries.await;
                Vec::new()
            }));
        }
    }

    /// Gives up a release that is being made: by rules that are no longer in force, or of a sample that is gone, nothing is
    /// published.
    fn abandon_release(&mut self) {
        if let Some(running) = self.release_attempt.take() {
            running.abort();
        }
        self.releases.forget_attempts();
    }

    /// Serves a newer snapshot where it could be loaded; gives the one that is served then.
    fn served_or_kept(
        &self,
        newer: Result<LoadedSnapshot, LoadError>,
        state: &AppState,
        current: SharedSnapshot,
    ) -> SharedSnapshot {
        match newer {
            Ok(loaded) => {
                let epoch = loaded.snapshot.epoch;
                tracing::info!(snapshot.epoch = epoch, "the store changed; a new snapshot is served");
                let current = served(&loaded, state);
                // A large batch makes the copy one of other incidents; without a new one each change after it would
                // have the whole table read again.
                if loaded.lacks_copy() {
                    self.loader.keep_copy(loaded);
                }
                current
            }
            Err(fault) => {
                tracing::error!(cause = %fault, "the store cannot be read; the previous snapshot stays in use");
                current
            }
        }
    }

    /// Reads configuration and rules anew and takes them, or leaves everything as it is. Gives the snapshot that is
    /// served then.
    async fn reload(
        &mut self,
        state: &AppState,
        current: SharedSnapshot,
        request: Option<ReloadRequest>,
    ) -> SharedSnapshot {
        let (outcome, snapshot) = match self.reloaded(state).await {
            Ok((said, newer)) => {
                if newer.is_some() {
                    // What is being merged was placed and counted by the rules of before.
                    self.keeper.forget_merging();
                }
                (ReloadOutcome::Taken(said), newer.unwrap_or(current))
            }
            Err(fault) => {
                tracing::error!(cause = %fault, "the reload was refused; everything stays as it was");
                (ReloadOutcome::Refused(fault.to_string()), current)
            }
        };
        if let Some(request) = request {
            request.answer(&outcome);
        }
        snapshot
    }

    async fn reloaded(&mut self, state: &AppState) -> Result<(String, Option<SharedSnapshot>), Box<dyn Error>> {
        let read = self.reloading.read()?;
        let built = match &read.rules {
            Some(rules) => Some(self.rebuilt(rules).await?),
            None => None,
        };
        // From here on nothing can fail.
        let snapshot = built.map(|(loader, loaded)| {
            self.abandon_release();
            self.loader = loader;
            served(&loaded, state)
        });
        Ok((self.reloading.take(read, state), snapshot))
    }

    /// The holdings under other rules: a snapshot of its own, of which nothing is taken over from the one before.
    async fn rebuilt(&self, rules: &LoadedRules) -> Result<(SnapshotLoader, LoadedSnapshot), Box<dyn Error>> {
        let loader = self.loader.with_rules(rules.rule_set()).await?;
        let loaded = loader.load(None).await?;
        Ok((loader, loaded))
    }

    /// Reads the rule files anew, for words that a taxonomy has gained since and an import used. Gives whether they are
    /// of use.
    async fn regrown(&mut self) -> bool {
        let read = async {
            let folder = DataFolder::new(&self.folder)?;
            Ok::<_, Box<dyn Error>>(self.loader.with_rules(folder.loaded_rules.rule_set()).await?)
        };
        let read = read.await;
        match read {
            Ok(grown) => {
                tracing::info!("the store uses words that the taxonomy lacked; the rule files were read anew");
                self.abandon_release();
                self.loader = grown;
                self.reloading.note_rules();
                true
            }
            Err(fault) => {
                tracing::error!(cause = %fault, "the rule files cannot be read; those of before stay in use");
                false
            }
        }
    }
}

fn served(loaded: &LoadedSnapshot, state: &AppState) -> SharedSnapshot {
    state.service.note_load(loaded.times);
    state.service.serve(Arc::clone(&loaded.snapshot));
    Arc::clone(&loaded.snapshot)
}

/// The store of a data folder, with the sample in it where that belongs there.
async fn opened(folder: &DataFolder, when_empty: WhenEmpty) -> Result<Store, Box<dyn Error>> {
    let loaded_rules = &folder.loaded_rules;
    if when_empty == WhenEmpty::WaitForData {
        let store = Store::open_existing(&folder.path, &loaded_rules.taxonomy).await?;
        store.refuse_half_sample().await?;
        return Ok(store);
    }
    let store = Store::open(&folder.path, &loaded_rules.taxonomy).await?;
    if store.needs_sample().await? {
        tracing::info!(folder = %folder.path.display(), "the store is empty and is filled with the sample");
        sample::fill(&store, loaded_rules).await?;
    }
    Ok(store)
}
