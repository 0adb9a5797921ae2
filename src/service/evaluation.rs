//! Assessments made once, however many requests need them at the same time, and cached while there is room.
//!
//! In: what is served, a level, a filter and a role. Out: the assessment as the role may see it, ready for tiles, the
//! effects of models, or clusters. The revision is part of every key, so nothing of an older snapshot answers a question on a newer one.

use std::sync::Arc;
use std::time::Duration;

use foldhash::fast::RandomState;
use moka::sync::Cache;

use super::caches::{CacheContent, CacheId, CacheTable, HitCount};
use super::error::ServiceError;
use super::heavy_work::Gate;
use super::live::ServedSnapshot;
use crate::assessment::clusters::scan::{self, ClusterScan, ClusterShape, ScanCluster};
use crate::assessment::effect::{self, KindEffect, ModelEffect};
use crate::assessment::shared_figures::{FigureUsage, SharedFigure, SharedFigures};
use crate::assessment::trend::series::Visibility;
use crate::assessment::{AssessmentError, Assessor};
use crate::domain::area::Level;
use crate::domain::area::edition::EditionId;
use crate::domain::filter::Filter;
use crate::domain::role::Role;
use crate::tile::encoding::encode::Evaluation;

/// What an entry takes beside its value.
const OVERHEAD_BYTES: usize = 256;
/// An assessment that nobody needed for so long goes, whatever room there is.
const IDLE_ASSESSMENT: Duration = Duration::from_mins(10);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct AssessmentKey {
    revision: Arc<str>,
    level: Level,
    filter: Filter,
    role: Role,
}

type AssessmentCache = Cache<AssessmentKey, Arc<Evaluation>, RandomState>;
/// What clusters depend on. They are computed from all counts, for roles that may see them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct ClusterKey {
    revision: Arc<str>,
    level: Level,
    filter: Filter,
    shape: ClusterShape,
}

type ClusterCache = Cache<ClusterKey, Arc<ClusterScan>, RandomState>;
type EffectCache = Cache<(Arc<str>, EditionId), Arc<Vec<KindEffect>>, RandomState>;

/// What was computed for filters, by everything it depends on.
#[derive(Debug)]
pub(super) struct Evaluations {
    assessments: AssessmentCache,
    assessment_hits: Arc<HitCount>,
    effects: EffectCache,
    clusters: ClusterCache,
    figures: Arc<SharedFigures>,
    /// What is computed takes no more threads than there are cores, however many ask.
    computing: Gate,
}

impl Evaluations {
    /// Nothing computed yet, with the budgets of the table.
    pub(super) fn new(caches: &CacheTable) -> Self {
        let assessments = assessment_cache(caches.budget_bytes(CacheId::Assessments));
        let effects = effect_cache(caches.budget_bytes(CacheId::Effects));
        let clusters = cluster_cache(caches.budget_bytes(CacheId::Clusters));
        let figures = Arc::new(SharedFigures::new(|figure| caches.budget_bytes(table_id(figure))));
        let (gauge, assessment_hits) = (assessments.clone(), Arc::<HitCount>::default());
        let hits = Arc::clone(&assessment_hits);
        caches.register(CacheId::Assessments, move || CacheContent::of(&gauge).with_hits(&hits));
        let gauge = effects.clone();
        caches.register(CacheId::Effects, move || CacheContent::of(&gauge));
        let gauge = clusters.clone();
        caches.register(CacheId::Clusters, move || CacheContent::of(&gauge));
        for figure in SharedFigure::ALL {
            let figures = Arc::clone(&figures);
            caches.register(table_id(figure), move || {
                let FigureUsage { entries, bytes } = figures.usage(figure);
                CacheContent { entries, bytes, hits: None }
            });
        }
        let computing = Gate::for_cores();
        Self { assessments, assessment_hits, effects, clusters, figures, computing }
    }

    /// The assessment as a role may see it, ready for tiles. Blocks while it is made; made once,
    /// however many requests wait.
    pub(super) fn of(
        &self,
        served: &ServedSnapshot,
        level: Level,
        filter: &Filter,
        role: Role,
    ) -> Result<Arc<Evaluation>, ServiceError> {
        let key = AssessmentKey { revision: Arc::clone(served.revision(role)), level, filter: *filter, role };
        let made = self.assessments.try_get_with(key, || -> Result<_, AssessmentError> {
            let _passage = self.computing.passage();
            let assessor = Assessor { snapshot: &served.snapshot, figures: &self.figures };
            let made = match served.visibility(role) {
                Visibility::Full => assessor.assess(level, filter),
                Visibility::Published(release) => assessor.assess_released(release, level, filter),
            };
            self.assessment_hits.missed();
            made.map(|assessment| Arc::new(Evaluation::new(Arc::new(assessment))))
        });
        self.assessment_hits.asked();
        made.map_err(|error| ServiceError::from((*error).clone()))
    }

    /// The same, if it was made before.
    pub(super) fn cached(
        &self,
        served: &ServedSnapshot,
        level: Level,
        filter: &Filter,
        role: Role,
    ) -> Option<Arc<Evaluation>> {
        let key = AssessmentKey { revision: Arc::clone(served.revision(role)), level, filter: *filter, role };
        self.assessments.get(&key).inspect(|_| self.assessment_hits.asked())
    }

    /// Weighs anew what has gained values for tiles since it was cached.
    pub(super) fn weigh(&self, served: &ServedSnapshot, filter: &Filter, role: Role, evaluations: &[Arc<Evaluation>]) {
        for evaluation in evaluations.iter().filter(|evaluation| evaluation.has_grown()) {
            let (revision, level) = (Arc::clone(served.revision(role)), evaluation.assessment.level);
            let key = AssessmentKey { revision, level, filter: *filter, role };
            self.assessments.insert(key, Arc::clone(evaluation));
        }
    }

    /// The effects of every kind of model on an edition. Blocks while they are made.
    pub(super) fn effects(
        &self,
        served: &ServedSnapshot,
        edition: EditionId,
    ) -> Result<Arc<Vec<KindEffect>>, ServiceError> {
        let edition_data = served.snapshot.edition(edition).ok_or(AssessmentError::NoSuchEdition(edition))?;
        // Effects are for roles that see every state of the data.
        let key = (Arc::clone(served.revision(Role::Operator)), edition);
        Ok(self.effects.get_with(key, || Arc::new(effect::by_kind(&served.snapshot, edition_data))))
    }

    /// The clusters of a level, computed only here, where somebody asks. Blocks while they are; computed once, however
    /// many requests wait.
    pub(super) fn clusters(
        &self,
        served: &ServedSnapshot,
        level: Level,
        filter: &Filter,
        shape: ClusterShape,
    ) -> Result<Arc<ClusterScan>, ServiceError> {
        // Scanned over all that is counted, and asked for by roles that see it.
        let key = ClusterKey { revision: Arc::clone(served.revision(Role::Operator)), level, filter: *filter, shape };
        let made =
            self.clusters.try_get_with(key, || scan::clusters(&served.snapshot, level, filter, shape).map(Arc::new));
        made.map_err(|error: Arc<AssessmentError>| ServiceError::from((*error).clone()))
    }
}

fn assessment_cache(budget_bytes: u64) -> AssessmentCache {
    let weight = |_: &AssessmentKey, cached: &Arc<Evaluation>| (OVERHEAD_BYTES + cached.weighed()) as u32;
    Cache::builder()
        .max_capacity(budget_bytes)
        .weigher(weight)
        .time_to_idle(IDLE_ASSESSMENT)
        .build_with_hasher(RandomState::default())
}

fn cluster_cache(budget_bytes: u64) -> ClusterCache {
    let of_cluster = |cluster: &ScanCluster| size_of_val(cluster) + size_of_val(cluster.members.as_slice());
    let weight = move |_: &ClusterKey, cached: &Arc<ClusterScan>| {
        let clusters = cached.clusters.as_deref().unwrap_or_default();
        (OVERHEAD_BYTES + size_of::<ClusterScan>() + clusters.iter().map(of_cluster).sum::<usize>()) as u32
    };
    Cache::builder()
        .max_capacity(budget_bytes)
        .weigher(weight)
        .time_to_idle(IDLE_ASSESSMENT)
        .build_with_hasher(RandomState::default())
}

fn effect_cache(budget_bytes: u64) -> EffectCache {
    let of_kind = |effect: &KindEffect| size_of_val(effect) + effect.models.len() * size_of::<ModelEffect>();
    let weight = move |_: &(Arc<str>, EditionId), cached: &Arc<Vec<KindEffect>>| {
        (OVERHEAD_BYTES + cached.iter().map(of_kind).sum::<usize>()) as u32
    };
    Cache::builder()
        .max_capacity(budget_bytes)
        .weigher(weight)
        .time_to_idle(IDLE_ASSESSMENT)
        .build_with_hasher(RandomState::default())
}

/// The row of the table in which a kind of shared figures stands.
fn table_id(figure: SharedFigure) -> CacheId {
    match figure {
        SharedFigure::Neighbours => CacheId::Neighbours,
        SharedFigure::PeerGroups => CacheId::PeerGroups,
        SharedFigure::LevelModels => CacheId::LevelModels,
        SharedFigure::Densities => CacheId::Densities,
        SharedFigure::Official => CacheId::Official,
        SharedFigure::Reach => CacheId::Reach,
    }
}
