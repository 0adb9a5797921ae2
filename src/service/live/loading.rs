//! Snapshots of a store, one after the other: read, built, and handed over to be served.
//!
//! In: a store, the rule files, the data folder. Out: the snapshot of what the store holds now, with the shapes of
//! editions that have not changed. Of few incidents that changed, these alone are read, and their counts stand beside
//! those of all others; where the list of changes does not add up, all are read and counted anew. Shapes are cached in
//! the data folder, and a copy of the incidents is written there, so that the next start is fast. When a snapshot is
//! due is decided by whoever watches the store.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::background_work::in_background;
use super::shape_cache_folder::ShapeCacheFolder;
use crate::domain::holdings::{Holdings, IncidentColumns};
use crate::domain::incident::incident_change::IncidentChange;
use crate::domain::rules::rule_set::RuleSet;
use crate::snapshot::{BuildError, BuildSurroundings, Snapshot, build_changed, build_with};
use crate::store::{CopyOrder, IncidentSource, KnownState, Store, StoreError};

/// Rows by which the order of incidents is known.
const SAMPLED_IDS: usize = 256;

/// Why there is no snapshot of a store.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What it holds cannot be built.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// The thread that builds has failed.
    #[error(transparent)]
    Task(#[from] tokio::task::JoinError),
}

/// Makes snapshots of one store.
#[derive(Debug)]
pub struct SnapshotLoader {
    store: Store,
    rule_set: RuleSet,
    shapes: ShapeCacheFolder,
}

/// A snapshot as whoever follows a store hands it on.
pub type SharedSnapshot = Arc<Snapshot>;

/// How long a snapshot took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LoadTimes {
    /// Until the store was read.
    pub read: Duration,
    /// From then on, until it was built.
    pub build: Duration,
}

/// The snapshots of a running server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Loads {
    /// How many were built.
    pub count: u64,
    /// How long the last one took.
    pub last: LoadTimes,
}

/// What was read of the incidents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IncidentsRead {
    /// All of them.
    Whole,
    /// So many that are new or other than in the previous snapshot.
    Changed(usize),
}

/// A snapshot as it was loaded.
#[derive(Debug)]
pub struct LoadedSnapshot {
    /// The snapshot.
    pub snapshot: Arc<Snapshot>,
    /// How long it took.
    pub times: LoadTimes,
    /// What was read of the incidents.
    pub incidents: IncidentsRead,
    /// Where its incidents were read, if a copy of them would make the next start faster.
    uncopied: Option<IncidentSource>,
}

impl SnapshotLoader {
    /// Makes snapshots of the store of a data folder.
    pub fn new(store: Store, rule_set: RuleSet, data_folder: &Path) -> Self {
        Self { store, rule_set, shapes: ShapeCacheFolder::new(data_folder) }
    }

    /// The same by other rule files.
    ///
    /// # Errors
    /// When the words of their taxonomy cannot be written to the store.
    pub async fn with_rules(&self, rule_set: RuleSet) -> Result<Self, StoreError> {
        let store = self.store.with_taxonomy(&rule_set.taxonomy).await?;
        Ok(Self { store, rule_set, shapes: self.shapes.clone() })
    }

    /// The snapshot of what the store holds now. What has not changed since the previous one is taken over from it.
    ///
    /// # Errors
    /// When the store cannot be read, or its holdings cannot be built.
    pub async fn load(&self, previous: Option<Arc<Snapshot>>) -> Result<LoadedSnapshot, LoadError> {
        let begun = Instant::now();
        if let Some(previous) = &previous
            && let Some((holdings, change)) = self.changed_since(previous).await?
        {
            return self.load_changed(begun, holdings, change, Arc::clone(previous)).await;
        }
        self.load_whole(begun, previous).await
    }

    /// What the store holds but incidents, and how these differ from those of a snapshot; none where that cannot be told.
    async fn changed_since(&self, previous: &Arc<Snapshot>) -> Result<Option<(Holdings, IncidentChange)>, LoadError> {
        // Incidents refer to the taxonomy by index: those of another one are not compared.
        if previous.rule_set_hash != self.rule_set.hash() {
            return Ok(None);
        }
        let incidents = previous.content.incidents;
        let known = KnownState { data_id: previous.data_id, epoch: previous.epoch, incidents };
        let Some(since) = self.store.load_since(known).await? else { return Ok(None) };
        let previous = Arc::clone(previous);
        let compared = move || {
            let rows = previous.incidents.rows_of_ids(&since.listed_ids());
            since.following(rows.into_iter().filter_map(|row| previous.incidents.at(row)).collect())
        };
        let compared = tokio::task::spawn_blocking(compared).await?;
        if compared.is_none() {
            tracing::info!("the list of changed incidents does not lead to those of the store; all are read");
        }
        Ok(compared)
    }

    async fn load_changed(
        &self,
        begun: Instant,
        holdings: Holdings,
        change: IncidentChange,
        previous: Arc<Snapshot>,
    ) -> Result<LoadedSnapshot, LoadError> {
        let read = Instant::now();
        let incidents = IncidentsRead::Changed(change.len());
        let build = move |rule_set: &RuleSet, surroundings: &BuildSurroundings<'_>| {
            build_changed(holdings, &change, rule_set, &previous, surroundings)
        };
        let snapshot = self.built(begun, build).await?;
        let times = LoadTimes { read: read.duration_since(begun), build: read.elapsed() };
        log_built(&snapshot, times, incidents, None);
        Ok(LoadedSnapshot { snapshot: Arc::new(snapshot), times, incidents, uncopied: None })
    }

    async fn load_whole(&self, begun: Instant, previous: Option<Arc<Snapshot>>) -> Result<LoadedSnapshot, LoadError> {
        let (holdings, source) = self.store.load_from().await?;
        let read = Instant::now();
        let loaded = sampled_ids(&holdings.incidents);
        let build = move |rule_set: &RuleSet, surroundings: &BuildSurroundings<'_>| {
            build_with(holdings, rule_set, previous.as_deref(), surroundings)
        };
        let snapshot = self.built(begun, build).await?;
        let times = LoadTimes { read: read.duration_since(begun), build: read.elapsed() };
        log_built(&snapshot, times, IncidentsRead::Whole, Some(source.is_copy()));
        let order = if sampled_ids(snapshot.incidents.base()) == loaded { CopyOrder::Same } else { CopyOrder::Other };
        let uncopied = source.needs_copy(order).then_some(source);
        Ok(LoadedSnapshot { snapshot: Arc::new(snapshot), times, incidents: IncidentsRead::Whole, uncopied })
    }

    /// The snapshot that some work builds, beside the requests.
    async fn built(
        &self,
        begun: Instant,
        build: impl FnOnce(&RuleSet, &BuildSurroundings<'_>) -> Result<Snapshot, BuildError> + Send + 'static,
    ) -> Result<Snapshot, LoadError> {
        let (rule_set, shapes) = (self.rule_set.clone(), self.shapes.clone());
        let work = move || {
            let clock = || begun.elapsed();
            let snapshot = build(&rule_set, &BuildSurroundings { cache: &shapes, clock: Some(&clock) })?;
            shapes.keep_only(&snapshot);
            Ok::<_, BuildError>(snapshot)
        };
        Ok(tokio::task::spawn_blocking(work).await??)
    }

    /// Writes a copy of the incidents for the next start, beside the requests, where there is none yet.
    pub fn keep_copy(&self, loaded: LoadedSnapshot) {
        let LoadedSnapshot { snapshot, uncopied, .. } = loaded;
        let Some(source) = uncopied else { return };
        let store = self.store.clone();
        let copied = move || store.copy_incidents(snapshot.incidents.base(), &source);
        tokio::task::spawn_blocking(move || in_background("copy", copied));
    }
}

impl LoadedSnapshot {
    /// The same with what an earlier one knows of the copy, where both have the same incidents.
    #[must_use]
    pub fn after(self, earlier: &Self) -> Self {
        let is_same = self.snapshot.content.incidents == earlier.snapshot.content.incidents;
        let uncopied = self.uncopied.or(earlier.uncopied.filter(|_| is_same));
        Self { uncopied, ..self }
    }

    /// Whether many incidents had to be read from the database: with a copy of them the next change is shown sooner.
    pub fn lacks_copy(&self) -> bool {
        self.uncopied.as_ref().is_some_and(|source| !source.is_copy())
    }

    /// Says in the log how the incidents of every edition are held, and what that takes.
    pub fn log_cubes(&self) {
        for edition_data in &self.snapshot.editions {
            let cube = edition_data.cube_summary();
            tracing::info!(
                edition = %edition_data.entry.id,
                cube.form = %cube.form,
                cube.cells = cube.cells,
                cube.days = cube.days,
                cube.bytes = cube.bytes,
                "the incidents of an edition are ready to be counted"
            );
        }
    }
}

/// Says in the log how long a snapshot took, and how its incidents came: so many changed ones, or all of them.
fn log_built(snapshot: &Snapshot, times: LoadTimes, incidents: IncidentsRead, from_copy: Option<bool>) {
    let changed = match incidents {
        IncidentsRead::Whole => None,
        IncidentsRead::Changed(rows) => Some(rows),
    };
    tracing::info!(
        snapshot.epoch = snapshot.epoch,
        incidents = snapshot.incidents.len(),
        incidents.read = if changed.is_some() { "changed" } else { "whole" },
        incidents.changed = changed,
        from_copy,
        read.took_ms = times.read.as_millis(),
        build.took_ms = times.build.as_millis(),
        "a snapshot was built"
    );
}

/// Some ids out of all rows; other ones where the rows stand in another order.
fn sampled_ids(incidents: &IncidentColumns) -> Vec<String> {
    let step = (incidents.len() / SAMPLED_IDS).max(1);
    incidents.rows().step_by(step).map(|row| incidents.id(row).to_owned()).collect()
}
