//! Whether the store of a running server is in order, as `/readyz` says it.
//!
//! In: the store, and the epoch that is served. Out: its condition, and how long it took for its shortest answer. Nothing
//! is mended here; what is served stays in memory and is answered whatever happens to the store.

use std::os::unix::fs::MetadataExt as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::store::Store;

/// How long the store may take for its shortest answer.
const SLOW: Duration = Duration::from_secs(2);
/// How long what is served may be behind the store: longer than ten million incidents are built.
const BEHIND: Duration = Duration::from_mins(1);

/// The condition of a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StoreCondition {
    /// It answers, and what is served is what it holds, or will be soon.
    #[default]
    InOrder,
    /// Its file is not there: the disk is gone, or somebody removed it.
    Gone,
    /// Another file stands in its place: a restored one, for which the server has to start anew.
    Replaced,
    /// It cannot be read.
    Unreadable,
    /// It gives no answer in time.
    Slow,
    /// It holds changes that could not be served for too long.
    Behind,
}

/// What was found of a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StoreObservation {
    /// Its condition.
    pub condition: StoreCondition,
    /// How long it took for its shortest answer; none where it gave none.
    pub latency: Option<Duration>,
}

/// A file as the system knows it, whatever its name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct FileIdentity {
    device: u64,
    inode: u64,
}

/// Watches one store.
#[derive(Debug)]
pub struct StoreMonitor {
    path: PathBuf,
    opened: Option<FileIdentity>,
    behind_since: Option<Instant>,
}

impl StoreMonitor {
    /// A monitor of the file that the store has open.
    pub fn new(store: &Store) -> Self {
        let opened = std::fs::metadata(store.path()).ok();
        let opened = opened.map(|file| FileIdentity { device: file.dev(), inode: file.ino() });
        Self { path: store.path().to_owned(), opened, behind_since: None }
    }

    /// What is found now, while an epoch is served; none where nothing is served yet.
    pub async fn observed(&mut self, store: &Store, served: Option<u64>) -> StoreObservation {
        let begun = Instant::now();
        let answer = tokio::time::timeout(SLOW, async { (self.file_condition().await, store.epoch().await) }).await;
        let latency = begun.elapsed();
        let epoch = match answer {
            Err(_) => return StoreObservation { condition: StoreCondition::Slow, latency: None },
            Ok((Some(condition), _)) => return StoreObservation { condition, latency: None },
            Ok((None, Err(_))) => return StoreObservation { condition: StoreCondition::Unreadable, latency: None },
            Ok((None, Ok(epoch))) => epoch,
        };
        // What an import holds back is not to be served yet. A store that cannot say so now is asked again in a moment.
        let is_served = served.is_none_or(|served| served == epoch);
        let is_to_be_served = !is_served && !store.holds_back(epoch).await.unwrap_or(true);
        let condition = if is_to_be_served { self.lag() } else { self.caught_up() };
        StoreObservation { condition, latency: Some(latency) }
    }

    /// What is wrong with the file under the name of the store; none where it is the one that is open.
    async fn file_condition(&self) -> Option<StoreCondition> {
        match tokio::fs::metadata(&self.path).await {
            Ok(file) => {
                let found = FileIdentity { device: file.dev(), inode: file.ino() };
                self.opened.is_some_and(|opened| opened != found).then_some(StoreCondition::Replaced)
            }
            Err(_) => Some(StoreCondition::Gone),
        }
    }

    /// What is served is what the store shows.
    fn caught_up(&mut self) -> StoreCondition {
        self.behind_since = None;
        StoreCondition::InOrder
    }

    /// The store shows more than is served.
    fn lag(&mut self) -> StoreCondition {
        let since = *self.behind_since.get_or_insert_with(Instant::now);
        if since.elapsed() > BEHIND { StoreCondition::Behind } else { StoreCondition::InOrder }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::incident::taxonomy::Taxonomy;

    #[tokio::test]
    async fn a_store_that_is_gone_replaced_or_behind_is_known() {
        let folder = tempfile::tempdir().unwrap();
        let taxonomy = Taxonomy::from_toml(include_str!("../../../geodata/taxonomy.toml")).unwrap();
        let store = Store::open(folder.path(), &taxonomy).await.unwrap();
        let mut monitor = StoreMonitor::new(&store);
        let epoch = store.epoch().await.unwrap();
        let found = monitor.observed(&store, Some(epoch)).await;
        assert_eq!(found.condition, StoreCondition::InOrder);
        assert!(found.latency.is_some());
        assert_eq!(monitor.observed(&store, None).await.condition, StoreCondition::InOrder, "nothing is served yet");
        assert_eq!(monitor.observed(&store, Some(epoch + 1)).await.condition, StoreCondition::InOrder, "for a moment");
        monitor.behind_since = Instant::now().checked_sub(BEHIND * 2);
        assert_eq!(monitor.observed(&store, Some(epoch + 1)).await.condition, StoreCondition::Behind);
        assert_eq!(monitor.observed(&store, Some(epoch)).await.condition, StoreCondition::InOrder);
        let elsewhere = store.path().with_extension("elsewhere");
        std::fs::rename(store.path(), &elsewhere).unwrap();
        assert_eq!(monitor.observed(&store, Some(epoch)).await.condition, StoreCondition::Gone);
        std::fs::copy(&elsewhere, store.path()).unwrap();
        assert_eq!(monitor.observed(&store, Some(epoch)).await.condition, StoreCondition::Replaced);
        std::fs::rename(&elsewhere, store.path()).unwrap();
        assert_eq!(monitor.observed(&store, Some(epoch)).await.condition, StoreCondition::InOrder);
    }
}
