//! Snapshots of a store, one after the other: read, built, and handed over to be served.
//!
//! In: a store, the rule files, the data folder. Out: the snapshot of what the store holds now, with the shapes of
//! editions that have not changed. Shapes are cached in the data folder, and a copy of the incidents is written there,
//! so that the next start is fast. When a snapshot is due is decided by whoever watches the store.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::shape_cache_folder::ShapeCacheFolder;
use crate::domain::holdings::IncidentColumns;
use crate::domain::rules::rule_set::RuleSet;
use crate::snapshot::{BuildError, BuildSurroundings, Snapshot, build_with};
use crate::store::{CopyOrder, IncidentSource, Store, StoreError};

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

/// A snapshot as it was loaded.
#[derive(Debug)]
pub struct LoadedSnapshot {
    /// The snapshot.
    pub snapshot: Arc<Snapshot>,
    /// How long it took.
    pub times: LoadTimes,
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
        let (holdings, source) = self.store.load_from().await?;
        let read = Instant::now();
        let incidents = holdings.incidents.len();
        let loaded = sampled_ids(&holdings.incidents);
        let (rule_set, shapes) = (self.rule_set.clone(), self.shapes.clone());
        let work = move || {
            let clock = || begun.elapsed();
            let surroundings = BuildSurroundings { cache: &shapes, clock: Some(&clock) };
            let snapshot = build_with(holdings, &rule_set, previous.as_deref(), &surroundings)?;
            shapes.keep_only(&snapshot);
            Ok::<_, BuildError>(snapshot)
        };
        let snapshot = tokio::task::spawn_blocking(work).await??;
        let times = LoadTimes { read: read.duration_since(begun), build: read.elapsed() };
        tracing::info!(
            snapshot.epoch = snapshot.epoch,
            incidents,
            from_copy = source.is_copy(),
            read.took_ms = times.read.as_millis(),
            build.took_ms = times.build.as_millis(),
            "a snapshot was built"
        );
        let order = if sampled_ids(&snapshot.incidents) == loaded { CopyOrder::Same } else { CopyOrder::Other };
        Ok(LoadedSnapshot { snapshot: Arc::new(snapshot), times, uncopied: source.needs_copy(order).then_some(source) })
    }

    /// Writes a copy of the incidents for the next start, beside the requests, where there is none yet.
    pub fn keep_copy(&self, loaded: LoadedSnapshot) {
        let LoadedSnapshot { snapshot, uncopied, .. } = loaded;
        let Some(source) = uncopied else { return };
        let store = self.store.clone();
        tokio::task::spawn_blocking(move || store.copy_incidents(&snapshot.incidents, &source));
    }
}

impl LoadedSnapshot {
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

/// Some ids out of all rows; other ones where the rows stand in another order.
fn sampled_ids(incidents: &IncidentColumns) -> Vec<String> {
    let step = (incidents.len() / SAMPLED_IDS).max(1);
    incidents.rows().step_by(step).map(|row| incidents.id(row).to_owned()).collect()
}
