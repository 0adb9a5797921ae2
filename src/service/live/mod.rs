//! The snapshot that is served now, swapped whole.
//!
//! In: snapshots as they are built, and the day. Out: a [`ServedSnapshot`] that a question reads from its beginning to
//! its end, whatever is swapped in meanwhile. Nothing here is computed for a filter.

pub mod loading;
mod shape_cache_folder;

use std::sync::{Arc, OnceLock};

use arc_swap::ArcSwapOption;
use jiff::Timestamp;

use crate::assessment::release::Release;
use crate::assessment::trend::series::Visibility;
use crate::domain::holdings::Dataset;
use crate::domain::role::Role;
use crate::domain::time::period::Day;
use crate::service::revision::revision;
use crate::snapshot::Snapshot;

/// The local day of this moment. Only the edge reads it; everybody else is given a day.
pub fn today() -> Day {
    Day::of_unix_seconds(Timestamp::now().as_second())
}

/// A snapshot as it is served.
#[derive(Debug)]
pub struct ServedSnapshot {
    /// The data that all its answers are made from.
    pub snapshot: Arc<Snapshot>,
    /// A name for all that answers depend on: holdings, rules, taxonomy, program. Unlike the
    /// epoch it also distinguishes two data folders that are served at the same address.
    pub revision: Arc<str>,
    today: Day,
    release: OnceLock<Release>,
}

impl ServedSnapshot {
    /// A snapshot ready to be served on a day.
    pub fn new(snapshot: Arc<Snapshot>, today: Day) -> Self {
        let revision = revision(&snapshot, today).into();
        Self { snapshot, revision, today, release: OnceLock::new() }
    }

    /// What the public may see; computed when it is first requested.
    pub fn release(&self) -> &Release {
        self.release.get_or_init(|| Release::new(&self.snapshot, self.today))
    }

    /// What a role sees of counts.
    pub(crate) fn visibility(&self, role: Role) -> Visibility<'_> {
        if role.sees_small_counts() { Visibility::Full } else { Visibility::Published(self.release()) }
    }

    /// Whether the public may use other windows today than when the snapshot was first served.
    fn is_outdated(&self, today: Day) -> bool {
        let windows = |day| self.snapshot.rules.released_windows(day).map(|window| window.id.as_str());
        !windows(self.today).eq(windows(today))
    }

    /// Whether everything that is not public anyway is the embedded sample.
    pub fn is_only_sample(&self) -> bool {
        let parts = [Dataset::Incidents, Dataset::Models, Dataset::Certifications];
        let about_units = self.snapshot.units.parts();
        parts.into_iter().chain(about_units).all(|part| self.snapshot.sample_datasets.contains(&part))
    }
}

/// The place of the snapshot that is served now; empty until the first is built.
#[derive(Debug, Default)]
pub(in crate::service) struct LiveSnapshot(ArcSwapOption<ServedSnapshot>);

impl LiveSnapshot {
    /// What is served now.
    pub(in crate::service) fn current(&self) -> Option<Arc<ServedSnapshot>> {
        self.0.load_full()
    }

    /// Serves another snapshot from now on. Questions already running keep the one they began with.
    pub(in crate::service) fn swap(&self, snapshot: Arc<Snapshot>, today: Day) {
        self.0.store(Some(Arc::new(ServedSnapshot::new(snapshot, today))));
    }

    /// Serves the same snapshot anew where another day has released another window.
    pub(in crate::service) fn keep_up_with(&self, today: Day) {
        let outdated = self.current().filter(|served| served.is_outdated(today));
        if let Some(served) = outdated {
            self.swap(Arc::clone(&served.snapshot), today);
        }
    }
}
