//! The application: the request, its viewer and the answer, without a word of HTTP.
//!
//! In: a viewer and the parameters of a question. Out: typed answers cut to the viewer's role. Everything above
//! (routes, exports, the command line, the disclosure audit) calls it and gets the same answers.

pub mod accounting;
pub(crate) mod alerts;
pub(crate) mod answers;
pub mod area_sheets;
pub mod area_tables;
pub mod caches;
pub(crate) mod coded_body;
pub mod error;
mod evaluation;
pub(crate) mod features;
pub(crate) mod filter;
pub mod heavy_work;
pub mod intake;
pub mod live;
mod operation;
pub mod public_tables;
pub(crate) mod query;
pub(crate) mod questions;
pub mod revision;
pub mod viewer;
pub mod writing;

use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use foldhash::fast::RandomState;
use moka::sync::Cache;
use tokio::sync::mpsc::UnboundedReceiver;

use crate::assessment::Assessment;
use crate::domain::alert::StoredAlert;
use crate::domain::area::Level;
use crate::domain::area::edition::EditionId;
use crate::domain::filter::Filter;
use crate::domain::incident::incident_change::IncidentChange;
use crate::domain::model::ModelIndex;
use crate::domain::role::Role;
use crate::domain::time::period::Day;
use crate::snapshot::Snapshot;
use crate::store::Store;
use crate::tile::encoding::skeleton::Skeletons;
pub(crate) use crate::tile::tilejson::TileJson;
use accounting::Accounting;
use answers::AssessedLevel;
use answers::alerts::event::AlertEvent;
use answers::clusters::ClustersAnswer;
use answers::models::effect::ModelEffectAnswer;
use answers::models::kinds::ModelKindsAnswer;
use caches::{CacheContent, CacheHits, CacheId, CacheTable, CacheUse, HitCount};
use coded_body::CodedBody;
use error::ServiceError;
use evaluation::Evaluations;
use features::matched_rows::MatchedRows;
use filter::RequestedFilter;
use heavy_work::{HeavyWork, PoolUse, WorkOrder};
use intake::{Intake, IntakeRules};
use live::epochs::{ChangeNote, EpochNote, Epochs, LiveNote};
use live::loading::{LoadTimes, Loads};
use live::store_monitor::{StoreCondition, StoreObservation};
use live::{LiveSnapshot, ServedSnapshot, today};
use questions::clusters::ClusterQuestion;
use viewer::Viewer;
use writing::{Commit, HandInWords, KnownWords, OfficialAreas, Writer};

/// A map image that nobody requested for so long goes, whatever room there is.
const IDLE_IMAGE: Duration = Duration::from_mins(10);

/// What a map image takes beside its tag and bytes: its entry in the cache.
const IMAGE_OVERHEAD_BYTES: usize = 256;

type MapImageCache = Cache<String, CodedBody, RandomState>;

/// What answers questions: the snapshot that is served now and what was computed from it.
#[derive(Debug)]
pub struct Service {
    live: LiveSnapshot,
    /// The assessments that were made, ready for tiles.
    evaluations: Evaluations,
    /// The incidents that questions hold whose pages are turned.
    matched_rows: MatchedRows,
    /// The parts of tiles that the boundaries give.
    pub(crate) skeletons: Skeletons,
    /// Images for the public by the tag of their answer.
    map_images: MapImageCache,
    map_image_hits: Arc<HitCount>,
    heavy_work: HeavyWork,
    loads: Mutex<Loads>,
    store: Mutex<StoreObservation>,
    /// The store itself, for what operators ask.
    followed: OnceLock<Store>,
    /// How word from people is taken in, and what takes it.
    intake_rules: OnceLock<IntakeRules>,
    intake: OnceLock<Intake>,
    accounting: Accounting,
    writer: OnceLock<Writer>,
    known_words: OnceLock<KnownWords>,
    epochs: Epochs,
    caches: CacheTable,
}

impl Service {
    /// A service that serves nothing yet, whose caches hold at most so many bytes together.
    pub fn new(cache_bytes: u64) -> Self {
        let caches = CacheTable::new(cache_bytes);
        let skeletons = Skeletons::new(caches.budget_bytes(CacheId::BaseLayers));
        let gauge = skeletons.clone();
        caches.register(CacheId::BaseLayers, move || CacheContent {
            entries: gauge.entries(),
            bytes: gauge.bytes(),
            hits: Some(CacheHits { hits: gauge.hits(), misses: gauge.misses() }),
        });
        let map_images = map_image_cache(caches.budget_bytes(CacheId::MapImages));
        let (gauge, map_image_hits) = (map_images.clone(), Arc::<HitCount>::default());
        let hits = Arc::clone(&map_image_hits);
        caches.register(CacheId::MapImages, move || CacheContent::of(&gauge).with_hits(&hits));
        Self {
            live: LiveSnapshot::default(),
            evaluations: Evaluations::new(&caches),
            matched_rows: MatchedRows::new(&caches),
            skeletons,
            map_images,
            map_image_hits,
            heavy_work: HeavyWork::default(),
            loads: Mutex::default(),
            store: Mutex::default(),
            followed: OnceLock::new(),
            intake_rules: OnceLock::new(),
            intake: OnceLock::new(),
            accounting: Accounting::default(),
            writer: OnceLock::new(),
            known_words: OnceLock::new(),
            epochs: Epochs::default(),
            caches,
        }
    }

    /// Every cache with what it may hold and what it holds now.
    pub fn caches(&self) -> Vec<CacheUse> {
        self.caches.uses()
    }

    /// What takes entries for the audit log.
    pub fn accounting(&self) -> &Accounting {
        &self.accounting
    }

    /// Takes note of how long a snapshot took.
    pub fn note_load(&self, last: LoadTimes) {
        let mut loads = self.loads.lock().unwrap_or_else(PoisonError::into_inner);
        loads.last = last;
        loads.count += 1;
    }

    /// Takes note of what was found of the store. A condition that changes is a line in the log.
    pub fn note_store(&self, found: StoreObservation) {
        let mut kept = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.condition != found.condition {
            tracing::warn!(before = ?kept.condition, now = ?found.condition, "the condition of the store has changed");
        }
        *kept = found;
    }

    /// What was found of the store last.
    pub fn store(&self) -> StoreObservation {
        *self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many snapshots were built, and how long the last one took.
    pub fn loads(&self) -> Loads {
        *self.loads.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Every pool of heavy work with what it does now.
    pub fn pools(&self) -> [PoolUse; 4] {
        self.heavy_work.uses()
    }

    /// The table in which caches above the service stand too.
    pub(crate) fn cache_table(&self) -> &CacheTable {
        &self.caches
    }

    /// Serves another snapshot from now on. Questions already running keep the one they began with.
    pub fn serve(&self, snapshot: Arc<Snapshot>) {
        self.live.swap(snapshot, today());
        self.tell(None);
    }

    /// Serves what nobody changes meanwhile, such as a store at rest.
    pub fn serve_at_rest(&self, served: Arc<ServedSnapshot>) {
        self.live.put(served);
    }

    /// Serves another snapshot where incidents alone have changed since the one before.
    pub fn serve_changed(&self, snapshot: Arc<Snapshot>, change: &IncidentChange) {
        let note = ChangeNote::of(&snapshot, change);
        self.live.swap(snapshot, today());
        self.tell(Some(note));
    }

    /// Serves a snapshot that says what the one before says: nobody notices.
    pub fn exchange(&self, snapshot: Arc<Snapshot>) {
        self.live.swap(snapshot, today());
    }

    /// Serves the same snapshot anew where another day has released another window.
    pub fn keep_up_with(&self, today: Day) {
        if self.live.keep_up_with(today) {
            self.tell(None);
        }
    }

    fn tell(&self, change: Option<ChangeNote>) {
        if let Some(served) = self.current() {
            self.epochs.tell(LiveNote::State(EpochNote::of(&served, change)));
        }
    }

    /// Tells those who listen, and may see alerts, of some that were raised.
    pub fn tell_alerts(&self, raised: &[StoredAlert]) {
        let Some(served) = self.current() else { return };
        for alert in raised {
            self.epochs.tell(LiveNote::Alert(Box::new(AlertEvent::of(&served.snapshot, alert))));
        }
    }

    /// The states of the data as they follow on each other.
    pub(crate) fn epochs(&self) -> &Epochs {
        &self.epochs
    }

    /// Lets requests write to a store from now on; gives the commits, for whoever keeps the snapshot. The first store
    /// stays.
    pub fn begin_writing(&self, store: &Store, official: OfficialAreas) -> UnboundedReceiver<Commit> {
        let (writer, commits) = Writer::begin(store.clone());
        self.writer.get_or_init(|| writer);
        self.known_words.get_or_init(|| KnownWords::new(official));
        commits
    }

    /// The way in for writes.
    pub(crate) fn writer(&self) -> Result<&Writer, ServiceError> {
        self.writer.get().ok_or(ServiceError::NotReady)
    }

    /// Waits until every commit of requests is handed on to whoever keeps the snapshot.
    pub async fn writes_settled(&self) {
        if let Some(writer) = self.writer.get() {
            writer.settled().await;
        }
    }

    /// What hand-ins are checked against while something is served.
    pub(crate) fn hand_in_words(&self, served: &ServedSnapshot) -> Result<HandInWords, ServiceError> {
        Ok(self.known_words.get().ok_or(ServiceError::NotReady)?.of(served))
    }

    /// What is served now.
    pub fn current(&self) -> Option<Arc<ServedSnapshot>> {
        self.live.current()
    }

    /// The epoch that anybody is served.
    pub fn epoch(&self) -> Option<u64> {
        self.current().map(|served| served.state(Role::Public).epoch)
    }

    /// The epoch that anybody is served, when questions can be answered.
    ///
    /// # Errors
    /// When nothing is served yet, or a store without boundaries, or the store is not in order.
    pub(crate) fn ready_epoch(&self) -> Result<u64, ServiceError> {
        let epoch = self.epoch().ok_or(ServiceError::NotReady)?;
        match self.store().condition {
            _ if !self.is_ready() => Err(ServiceError::EmptyStore),
            StoreCondition::InOrder => Ok(epoch),
            condition => Err(ServiceError::StoreFault { condition }),
        }
    }

    /// Whether questions can be answered: a snapshot with an edition is served.
    pub fn is_ready(&self) -> bool {
        self.current().is_some_and(|served| !served.snapshot.editions.is_empty())
    }

    /// Whether the sample and nothing else is served.
    pub fn is_only_sample(&self) -> bool {
        self.current().is_some_and(|served| served.is_only_sample())
    }

    /// The assessment as a role may see it. Blocks while it is made.
    fn assessment(
        &self,
        served: &ServedSnapshot,
        level: Level,
        filter: &Filter,
        role: Role,
    ) -> Result<Arc<Assessment>, ServiceError> {
        self.evaluations.of(served, level, filter, role).map(|evaluation| Arc::clone(&evaluation.assessment))
    }

    /// A level assessed for a viewer, from which answers are made. Blocks while it is made.
    pub(crate) fn assessed(
        &self,
        served: &Arc<ServedSnapshot>,
        requested: RequestedFilter,
        level: Level,
        viewer: Viewer,
    ) -> Result<AssessedLevel, ServiceError> {
        let assessment = self.assessment(served, level, &requested.filter, viewer.role())?;
        Ok(AssessedLevel::new(served, requested, viewer, assessment))
    }

    /// The clusters of a question. Blocks while they are computed.
    pub(crate) fn clusters(
        &self,
        served: &ServedSnapshot,
        question: &ClusterQuestion,
    ) -> Result<ClustersAnswer, ServiceError> {
        let found = self.evaluations.clusters(served, question.level, &question.requested.filter, question.shape)?;
        Ok(ClustersAnswer::of(served, question, &found))
    }

    /// The kinds of model on a level, with their effects for roles that see single models. Blocks while they are made,
    /// once a revision.
    pub(crate) fn model_kinds(&self, assessed: &AssessedLevel) -> Result<ModelKindsAnswer, ServiceError> {
        let effects = || self.evaluations.effects(&assessed.served, assessed.requested.filter.edition);
        let effects = assessed.viewer().role().sees_model_positions().then(effects).transpose()?;
        Ok(ModelKindsAnswer::of(assessed, effects.as_deref().map(Vec::as_slice)))
    }

    /// What was counted around the start of a model; none where the rules no longer name its kind. Blocks while the
    /// effects are made.
    pub(crate) fn model_effect(
        &self,
        served: &ServedSnapshot,
        edition: EditionId,
        model: ModelIndex,
    ) -> Result<Option<ModelEffectAnswer>, ServiceError> {
        let effects = self.evaluations.effects(served, edition)?;
        Ok(effects.iter().find_map(|kind| {
            let effect = kind.models.iter().find(|effect| effect.model == model)?;
            ModelEffectAnswer::of(&served.snapshot, served.snapshot.edition(edition)?, effect, kind)
        }))
    }

    /// The map image cached under a tag, or one that is drawn now. Blocks while it is made; made once, however many
    /// requests wait.
    pub(crate) fn map_image(
        &self,
        tag: String,
        make: impl FnOnce() -> Result<CodedBody, ServiceError>,
    ) -> Result<CodedBody, ServiceError> {
        self.map_image_hits.asked();
        let counted = || {
            self.map_image_hits.missed();
            make().map(CodedBody::without_spare_room)
        };
        self.map_images.try_get_with(tag, counted).map_err(|error| (*error).clone())
    }

    /// The map image cached under a tag; none where it has to be drawn.
    pub(crate) fn cached_map_image(&self, tag: &str) -> Option<CodedBody> {
        self.map_images.get(tag).inspect(|_| self.map_image_hits.asked())
    }

    /// Runs heavy work beside the questions, a bounded number of works at once.
    pub(crate) async fn compute<T: Send + 'static>(
        &self,
        order: WorkOrder,
        work: impl FnOnce() -> Result<T, ServiceError> + Send + 'static,
    ) -> Result<T, ServiceError> {
        self.heavy_work.run(order, work).await
    }
}

fn map_image_cache(budget_bytes: u64) -> MapImageCache {
    Cache::builder()
        .max_capacity(budget_bytes)
        .weigher(|tag: &String, body: &CodedBody| (IMAGE_OVERHEAD_BYTES + tag.len() + body.bytes().len()) as u32)
        .time_to_idle(IDLE_IMAGE)
        .build_with_hasher(RandomState::default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::coded_body::Coding;

    #[test]
    fn map_images_are_bounded_by_their_bytes() {
        let service = Service::new(16 << 20);
        for number in 0..200 {
            let image = || Ok(CodedBody::new(vec![0; 100_000], Coding::Identity));
            service.map_image(number.to_string(), image).unwrap();
        }
        let images = service.caches().into_iter().find(|cache| cache.name == "map_images").unwrap();
        assert!(images.bytes <= images.budget_bytes && images.entries > 0, "{images:?}");
        assert!(service.caches().iter().map(|cache| cache.budget_bytes).sum::<u64>() <= 16 << 20);
    }
}
