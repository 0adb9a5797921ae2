//! What of an assessment holds for many filters, computed once and cached between them.
//!
//! In: a snapshot, a level, a period. Out: the figures, from the cache where an earlier assessment needed the same.
//! Most of what is not counted changes on few days only: a key names the last of them, so that all periods that cannot
//! differ share one value. The snapshot stays immutable; its serial number is part of every key, so nothing of an older
//! one answers for a newer.

use std::fmt;
use std::hash::Hash;
use std::sync::Arc;

use foldhash::fast::RandomState;
use moka::sync::Cache;

use super::area::{CertificationShare, ModelDensities, ModelDensity};
use super::clusters::hot_spot;
use super::context::AssessmentContext;
use super::density::{self, LevelModels};
use super::official::Official;
use super::rating::peers::{Membership, membership};
use super::statutory::{OfficialStatus, Statutory};
use crate::domain::area::Level;
use crate::domain::area::edition::EditionId;
use crate::domain::time::period::Day;
use crate::snapshot::{EditionData, ReachShares, Snapshot};
use crate::statistics::Neighbours;

/// Room for each kind of figures where nobody says how much there is.
const DEFAULT_BYTES: u64 = 8 << 20;
/// What an entry takes beside its value.
const OVERHEAD_BYTES: usize = 128;

/// The kinds of figures that are shared between filters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SharedFigure {
    /// Which areas of a level touch.
    Neighbours,
    /// The peer group of every area of a level.
    PeerGroups,
    /// The models of a level on a day, by area and kind.
    LevelModels,
    /// The model densities of a level.
    Densities,
    /// Decisions and certification shares of a level.
    Official,
    /// How much of every commune models reach on a day.
    Reach,
}

impl SharedFigure {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Neighbours, Self::PeerGroups, Self::LevelModels, Self::Densities, Self::Official, Self::Reach];
}

/// What figures of a level depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct LevelKey {
    snapshot: u64,
    edition: EditionId,
    level: Level,
    /// The last day on which anything changed that matters; none where nothing has, or time does not matter.
    since: Option<Day>,
    /// Which residents are used, as [`ResidentFigures::basis`](crate::snapshot::ResidentFigures::basis) says; none where
    /// none are.
    residents: Option<i32>,
}

impl LevelKey {
    fn timeless(context: &AssessmentContext<'_>) -> Self {
        Self {
            snapshot: context.snapshot.serial(),
            edition: context.edition_data.entry.id,
            level: context.areas.level,
            since: None,
            residents: None,
        }
    }
}

/// What reach depends on: boundaries, models and their kinds stand behind one number, which snapshots share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct ReachKey {
    basis: u64,
    /// The last day on which a model began or ended; none before the first.
    since: Option<Day>,
}

/// Values that know how much memory they hold.
trait HeldBytes {
    fn held_bytes(&self) -> usize;
}

impl HeldBytes for Neighbours {
    fn held_bytes(&self) -> usize {
        self.len() * size_of::<Vec<usize>>() + self.links() * size_of::<usize>()
    }
}

impl HeldBytes for Membership {
    fn held_bytes(&self) -> usize {
        let ids: usize = self.ids.iter().flatten().map(|id| id.len()).sum();
        self.groups.len() + self.ids.len() * size_of::<Option<Arc<str>>>() + ids
    }
}

impl HeldBytes for LevelModels {
    fn held_bytes(&self) -> usize {
        self.held_bytes()
    }
}

impl HeldBytes for Vec<ModelDensities> {
    fn held_bytes(&self) -> usize {
        let of_area = |area: &ModelDensities| size_of_val(area) + area.by_kind.len() * size_of::<ModelDensity>();
        self.iter().map(of_area).sum()
    }
}

impl HeldBytes for Official {
    fn held_bytes(&self) -> usize {
        let of_area = |(_, shares): &(Statutory, Arc<[CertificationShare]>)| {
            size_of::<(Statutory, Arc<[CertificationShare]>)>() + shares.len() * size_of::<CertificationShare>()
        };
        self.shares.iter().map(of_area).sum::<usize>() + self.official_statuses.len() * size_of::<OfficialStatus>()
    }
}

impl HeldBytes for ReachShares {
    fn held_bytes(&self) -> usize {
        let shares = self.by_kind.iter().map(|shares| shares.len()).sum::<usize>();
        shares * size_of::<f64>()
    }
}

/// Values of one kind, bounded by the bytes they hold; each is computed once, however many assessments wait for it.
struct FigureCache<K, V>(Cache<K, Arc<V>, RandomState>);

impl<K, V> fmt::Debug for FigureCache<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FigureCache").field("entries", &self.0.entry_count()).finish()
    }
}

impl<K: Hash + Eq + Send + Sync + 'static, V: HeldBytes + Send + Sync + 'static> FigureCache<K, V> {
    fn new(budget_bytes: u64) -> Self {
        let weight = |_: &K, value: &Arc<V>| (OVERHEAD_BYTES + value.held_bytes()) as u32;
        Self(Cache::builder().max_capacity(budget_bytes).weigher(weight).build_with_hasher(RandomState::default()))
    }

    fn get_or_compute(&self, key: K, compute: impl FnOnce() -> V) -> Arc<V> {
        self.0.get_with(key, || Arc::new(compute()))
    }

    fn usage(&self) -> FigureUsage {
        self.0.run_pending_tasks();
        FigureUsage { entries: self.0.entry_count(), bytes: self.0.weighted_size() }
    }
}

/// How much is cached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FigureUsage {
    /// The number of values.
    pub entries: u64,
    /// The bytes they hold.
    pub bytes: u64,
}

/// The figures that assessments of many filters share.
#[derive(Debug)]
pub struct SharedFigures {
    neighbours: FigureCache<LevelKey, Neighbours>,
    peer_groups: FigureCache<LevelKey, Membership>,
    level_models: FigureCache<LevelKey, LevelModels>,
    densities: FigureCache<LevelKey, Vec<ModelDensities>>,
    official: FigureCache<LevelKey, Official>,
    reach: FigureCache<ReachKey, ReachShares>,
}

impl Default for SharedFigures {
    fn default() -> Self {
        Self::new(|_| DEFAULT_BYTES)
    }
}

impl SharedFigures {
    /// Nothing computed yet, with so many bytes for each kind.
    pub fn new(budget_bytes: impl Fn(SharedFigure) -> u64) -> Self {
        Self {
            neighbours: FigureCache::new(budget_bytes(SharedFigure::Neighbours)),
            peer_groups: FigureCache::new(budget_bytes(SharedFigure::PeerGroups)),
            level_models: FigureCache::new(budget_bytes(SharedFigure::LevelModels)),
            densities: FigureCache::new(budget_bytes(SharedFigure::Densities)),
            official: FigureCache::new(budget_bytes(SharedFigure::Official)),
            reach: FigureCache::new(budget_bytes(SharedFigure::Reach)),
        }
    }

    /// How much of a kind is cached now.
    pub fn usage(&self, figure: SharedFigure) -> FigureUsage {
        match figure {
            SharedFigure::Neighbours => self.neighbours.usage(),
            SharedFigure::PeerGroups => self.peer_groups.usage(),
            SharedFigure::LevelModels => self.level_models.usage(),
            SharedFigure::Densities => self.densities.usage(),
            SharedFigure::Official => self.official.usage(),
            SharedFigure::Reach => self.reach.usage(),
        }
    }

    /// How much of each commune of an edition lies within reach of the models that run on a day; computed once for all
    /// days between which no model begins or ends, and kept from snapshot to snapshot while nothing changes it.
    pub fn reach_shares(&self, snapshot: &Snapshot, edition_data: &EditionData, day: Day) -> Arc<ReachShares> {
        let since = snapshot.models_since(day);
        let key = ReachKey { basis: edition_data.reach_basis, since };
        self.reach.get_or_compute(key, || snapshot.reach_shares(edition_data, since.unwrap_or(day)))
    }

    /// Which areas of a level touch; nobody's neighbours where the lists are none.
    pub(super) fn neighbours(&self, context: &AssessmentContext<'_>) -> Arc<Neighbours> {
        self.neighbours.get_or_compute(LevelKey::timeless(context), || hot_spot::neighbours(context.areas))
    }

    /// The peer group of every area of a level.
    pub(super) fn peer_groups(&self, context: &AssessmentContext<'_>) -> Arc<Membership> {
        let AssessmentContext { snapshot, edition_data, areas, .. } = *context;
        self.peer_groups.get_or_compute(LevelKey::timeless(context), || membership(snapshot, edition_data, areas))
    }

    /// The model densities of a level on the reference day of the period; one value for all periods between which no
    /// model begins or ends and which use the same residents.
    pub(super) fn densities(&self, context: &AssessmentContext<'_>) -> Arc<Vec<ModelDensities>> {
        let AssessmentContext { snapshot, edition_data, areas, filter, .. } = *context;
        let day = density::reference_day(filter.period);
        let of_day = LevelKey { since: snapshot.models_since(day), ..LevelKey::timeless(context) };
        let key = LevelKey { residents: Some(edition_data.residents.basis(filter.period)), ..of_day };
        self.densities.get_or_compute(key, || {
            // Residents are interpolated, so nearly every period has its own; the models change on few days only.
            let counted = || LevelModels::of(snapshot, edition_data, areas, day);
            let models = self.level_models.get_or_compute(of_day, counted);
            models.densities(context, &self.reach_shares(snapshot, edition_data, day))
        })
    }

    /// What is official at the end of the period; one value for all periods between whose ends no window ends, because
    /// a period is judged by windows that ended by its end.
    pub(super) fn official(&self, context: &AssessmentContext<'_>) -> Arc<Official> {
        let AssessmentContext { snapshot, edition_data, areas, filter, .. } = *context;
        let ends = snapshot.rules.windows.iter().map(|window| window.period.to());
        let since = ends.filter(|end| *end <= filter.period.to()).max();
        let key = LevelKey { since, ..LevelKey::timeless(context) };
        self.official.get_or_compute(key, || Official::of(snapshot, edition_data, areas, filter.period))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::index::IndexVec;

    fn key(snapshot: u64, level: Level) -> LevelKey {
        LevelKey { snapshot, edition: "2025-07".parse().unwrap(), level, since: None, residents: None }
    }

    fn shares(communes: usize) -> ReachShares {
        let of_one_kind = IndexVec::from(vec![0.5; communes]);
        ReachShares { by_kind: vec![of_one_kind].into() }
    }

    #[test]
    fn same_key_is_computed_once() {
        let cache = FigureCache::new(1 << 20);
        let computed = |key: LevelKey, communes: usize| {
            cache.get_or_compute(key, || shares(communes)).by_kind.iter().map(|shares| shares.len()).sum::<usize>()
        };
        assert_eq!(computed(key(1, Level::Commune), 1), 1);
        assert_eq!(computed(key(1, Level::Commune), 2), 1);
        assert_eq!(computed(key(1, Level::District), 3), 3);
        assert_eq!(computed(key(2, Level::Commune), 4), 4, "another snapshot");
    }

    #[test]
    fn cache_holds_no_more_bytes_than_it_may() {
        let budget_bytes = 20 * (OVERHEAD_BYTES as u64 + 1600);
        let cache = FigureCache::new(budget_bytes);
        for snapshot in 0..200 {
            cache.get_or_compute(key(snapshot, Level::Commune), || shares(200));
        }
        let FigureUsage { entries, bytes } = cache.usage();
        assert!(bytes <= budget_bytes, "{bytes} of {budget_bytes}");
        assert!(entries > 0 && entries <= 20, "{entries}");
    }
}
