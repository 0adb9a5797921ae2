//! Every cache of the running server in one table: what it holds, by what key, and its share of one budget.
//!
//! In: the bytes that all caches may hold together. Out: the budget of each, and how much each holds now. All are bounded
//! by bytes. What a cache does with its budget stands beside the values it holds; nobody has a budget of his own.

use std::collections::BTreeMap;
use std::fmt;
use std::hash::{BuildHasher, Hash};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use moka::sync::Cache;
use serde::Serialize;

/// The whole of the budget, in the unit of the shares.
const WHOLE_PER_MILLE: u64 = 1000;

/// The caches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CacheId {
    /// Base layers of tiles and their skeletons.
    BaseLayers,
    /// Assessments with their values as tiles carry them.
    Assessments,
    /// Tiles as they were sent.
    TileResponses,
    /// Map images for the public.
    MapImages,
    /// The models of a level on a day.
    LevelModels,
    /// Model densities that filters share.
    Densities,
    /// Decisions and certification shares that filters share.
    Official,
    /// The effects of kinds of model.
    Effects,
    /// Clusters above the common level.
    Clusters,
    /// What models reach.
    Reach,
    /// Which areas touch.
    Neighbours,
    /// The peer groups of areas.
    PeerGroups,
    /// The incidents that questions of OGC API hold.
    MatchedRows,
}

/// One cache: its name, what it holds, by what, and its share.
#[derive(Debug, Clone, Copy)]
struct CacheRow {
    id: CacheId,
    name: &'static str,
    holds: &'static str,
    key: &'static str,
    share_per_mille: u64,
}

/// The table. The shares are those of the work that an entry saves and of how many are in use at once.
const CACHES: [CacheRow; 13] = [
    CacheRow {
        id: CacheId::BaseLayers,
        name: "base_layers",
        holds: "layers of tiles as the boundaries give them, with their skeletons",
        key: "shape, layer, attributes, tile",
        share_per_mille: 420,
    },
    CacheRow {
        id: CacheId::Assessments,
        name: "assessments",
        holds: "assessments of a level with their values as tiles carry them",
        key: "revision, level, filter, role",
        share_per_mille: 214,
    },
    CacheRow {
        id: CacheId::TileResponses,
        name: "tile_responses",
        holds: "tiles as they were sent, from the second request on",
        key: "revision, role, coding, host, address",
        share_per_mille: 165,
    },
    CacheRow {
        id: CacheId::MapImages,
        name: "map_images",
        holds: "map images for the public",
        key: "entity tag",
        share_per_mille: 83,
    },
    CacheRow {
        id: CacheId::LevelModels,
        name: "level_models",
        holds: "models of a level by area and kind, whatever the residents",
        key: "snapshot, edition, level, last change of a model",
        share_per_mille: 10,
    },
    CacheRow {
        id: CacheId::Densities,
        name: "model_densities",
        holds: "model densities of a level",
        key: "snapshot, edition, level, last change of a model, residents at the middle of the period",
        share_per_mille: 20,
    },
    CacheRow {
        id: CacheId::Official,
        name: "official",
        holds: "decisions and certification shares of a level",
        key: "snapshot, edition, level, last window that ended",
        share_per_mille: 30,
    },
    CacheRow {
        id: CacheId::Effects,
        name: "model_effects",
        holds: "effects of every kind of model",
        key: "revision, edition",
        share_per_mille: 14,
    },
    CacheRow {
        id: CacheId::Clusters,
        name: "clusters",
        holds: "clusters above the common level, as the scan finds them",
        key: "revision, level, filter, shape of zones",
        share_per_mille: 6,
    },
    CacheRow {
        id: CacheId::Reach,
        name: "model_reach",
        holds: "the part of each commune that models reach",
        key: "boundaries and models, day",
        share_per_mille: 14,
    },
    CacheRow {
        id: CacheId::Neighbours,
        name: "neighbours",
        holds: "which areas of a level touch",
        key: "snapshot, edition, level",
        share_per_mille: 2,
    },
    CacheRow {
        id: CacheId::PeerGroups,
        name: "peer_groups",
        holds: "the peer group of every area of a level",
        key: "snapshot, edition, level",
        share_per_mille: 2,
    },
    CacheRow {
        id: CacheId::MatchedRows,
        name: "matched_rows",
        holds: "the incidents that a question holds, in its order, while its pages are turned",
        key: "revision, filter, boxes, time, predicate, order",
        share_per_mille: 20,
    },
];

/// How much a cache holds now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CacheContent {
    pub(crate) entries: u64,
    pub(crate) bytes: u64,
    /// How often it was asked since the start; none where nobody counts.
    pub(crate) hits: Option<CacheHits>,
}

/// How often a cache was asked, and how often it had the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct CacheHits {
    /// The answer was there.
    pub hits: u64,
    /// It had to be made.
    pub misses: u64,
}

/// Counts how often a cache is asked. Whoever waits for an answer that another request makes has a hit.
#[derive(Debug, Default)]
pub(crate) struct HitCount {
    asked: AtomicU64,
    missed: AtomicU64,
}

impl HitCount {
    /// The cache was asked.
    pub(crate) fn asked(&self) {
        self.asked.fetch_add(1, Ordering::Relaxed);
    }

    /// An answer had to be made.
    pub(crate) fn missed(&self) {
        self.missed.fetch_add(1, Ordering::Relaxed);
    }

    fn hits(&self) -> CacheHits {
        let misses = self.missed.load(Ordering::Relaxed);
        CacheHits { hits: self.asked.load(Ordering::Relaxed).saturating_sub(misses), misses }
    }
}

impl CacheContent {
    /// What a cache holds after what is due has been evicted.
    pub(crate) fn of<K, V, S>(cache: &Cache<K, V, S>) -> Self
    where
        K: Hash + Eq + Send + Sync + 'static,
        V: Clone + Send + Sync + 'static,
        S: BuildHasher + Clone + Send + Sync + 'static,
    {
        cache.run_pending_tasks();
        Self { entries: cache.entry_count(), bytes: cache.weighted_size(), hits: None }
    }

    /// The same with how often the cache was asked.
    pub(crate) fn with_hits(self, count: &HitCount) -> Self {
        Self { hits: Some(count.hits()), ..self }
    }
}

/// A cache as it is read from outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CacheUse {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub holds: &'static str,
    /// What an entry is found by.
    pub key: &'static str,
    /// How many bytes it may hold.
    pub budget_bytes: u64,
    /// How many it holds now.
    pub bytes: u64,
    /// In how many entries.
    pub entries: u64,
    /// How often it was asked since the start; none where nobody counts.
    pub hits: Option<CacheHits>,
}

type Gauge = Box<dyn Fn() -> CacheContent + Send + Sync>;

/// The table with its budget and a gauge of each cache that exists.
pub(crate) struct CacheTable {
    total_bytes: u64,
    gauges: Mutex<BTreeMap<CacheId, Gauge>>,
}

impl fmt::Debug for CacheTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CacheTable").field("total_bytes", &self.total_bytes).finish_non_exhaustive()
    }
}

impl CacheTable {
    /// The table for caches that hold so many bytes together.
    pub(crate) fn new(total_bytes: u64) -> Self {
        Self { total_bytes, gauges: Mutex::default() }
    }

    /// How many bytes a cache may hold.
    pub(crate) fn budget_bytes(&self, id: CacheId) -> u64 {
        let share = CACHES.iter().find(|row| row.id == id).map_or(0, |row| row.share_per_mille);
        self.total_bytes / WHOLE_PER_MILLE * share
    }

    /// Takes note of how the content of a cache is read. A second gauge of one cache takes the place of the first.
    pub(crate) fn register(&self, id: CacheId, gauge: impl Fn() -> CacheContent + Send + Sync + 'static) {
        let mut gauges = self.gauges.lock().unwrap_or_else(PoisonError::into_inner);
        gauges.insert(id, Box::new(gauge));
    }

    /// Every cache of the table with what it holds now; nothing where it does not exist yet.
    pub(crate) fn uses(&self) -> Vec<CacheUse> {
        let gauges = self.gauges.lock().unwrap_or_else(PoisonError::into_inner);
        let content =
            |id: CacheId| gauges.get(&id).map_or(CacheContent { entries: 0, bytes: 0, hits: None }, |gauge| gauge());
        let row = |row: &CacheRow| {
            let CacheContent { entries, bytes, hits } = content(row.id);
            let budget_bytes = self.budget_bytes(row.id);
            CacheUse { name: row.name, holds: row.holds, key: row.key, budget_bytes, bytes, entries, hits }
        };
        CACHES.iter().map(row).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn shares_are_the_whole_budget_and_no_more() {
        assert_eq!(CACHES.iter().map(|row| row.share_per_mille).sum::<u64>(), WHOLE_PER_MILLE);
        for total_bytes in [16 << 20, 580 << 20, 12_345_678] {
            let table = CacheTable::new(total_bytes);
            let sum: u64 = CACHES.iter().map(|row| table.budget_bytes(row.id)).sum();
            assert!(sum <= total_bytes && total_bytes - sum < WHOLE_PER_MILLE, "{sum} of {total_bytes}");
        }
    }

    #[test]
    fn every_cache_stands_once_and_has_room() {
        let ids: BTreeSet<CacheId> = CACHES.iter().map(|row| row.id).collect();
        let names: BTreeSet<&str> = CACHES.iter().map(|row| row.name).collect();
        assert_eq!((ids.len(), names.len()), (CACHES.len(), CACHES.len()));
        assert!(CACHES.iter().all(|row| row.share_per_mille > 0));
    }

    #[test]
    fn use_is_what_the_gauge_reads() {
        let table = CacheTable::new(1 << 20);
        table.register(CacheId::MapImages, || CacheContent { entries: 2, bytes: 30, hits: None });
        let uses = table.uses();
        let images = uses.iter().find(|cache| cache.name == "map_images").unwrap();
        assert_eq!((images.entries, images.bytes, images.budget_bytes), (2, 30, (1 << 20) / 1000 * 83));
        assert!(uses.iter().filter(|cache| cache.name != "map_images").all(|cache| cache.entries == 0));
    }
}
