//! What the handlers share: the current snapshot, the tokens, assessments already made.
//!
//! The snapshot is swapped whole. An assessment is made once per revision, level,
//! filter and role, however many requests need it at the same time, and cached
//! while there is room.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use arc_swap::ArcSwapOption;
use foldhash::fast::RandomState;
use moka::sync::Cache;
use tokio::sync::Semaphore;

use super::answer::coded_body::CodedBody;
use super::error::ApiError;
use super::extract::access::AccessList;
use super::layers::response_cache::ResponseCache;
use super::site::Site;
use crate::assessment::effect::{self, KindEffect};
use crate::assessment::release::Release;
use crate::assessment::trend::series::Visibility;
use crate::assessment::{Assessment, AssessmentError, assess, assess_released};
use crate::domain::area::Level;
use crate::domain::area::edition::EditionId;
use crate::domain::filter::Filter;
use crate::domain::holdings::Dataset;
use crate::domain::role::Role;
use crate::domain::time::period::Day;
use crate::snapshot::Snapshot;
use crate::tile::encoding::encode::Evaluation;
use crate::tile::encoding::skeleton::Skeletons;

/// Room for cached assessments; one of 241 communes takes about 150 kB.
const ASSESSMENT_CACHE_BYTES: u64 = 128 << 20;
const BYTES_PER_ROW: usize = 640;
/// Room for cached map images.
const MAP_IMAGE_CACHE_BYTES: u64 = 48 << 20;
/// Editions whose effects are cached.
const EFFECT_CACHE_ENTRIES: u64 = 8;
/// How long a request waits for its turn at the workers.
const QUEUE_TIMEOUT: Duration = Duration::from_secs(10);
const IDLE_ASSESSMENT: Duration = Duration::from_mins(10);

/// A snapshot as it is served.
#[derive(Debug)]
pub struct Served {
    /// The data that all answers of this state are made from.
    pub snapshot: Arc<Snapshot>,
    /// A name for all that answers depend on: holdings, rules, taxonomy, program. Unlike the
    /// epoch it also distinguishes two data folders that are served at the same address.
    pub revision: Arc<str>,
    /// The tiles that were given, to be given again.
    pub(super) response_cache: ResponseCache,
    today: Day,
    release: OnceLock<Release>,
}

impl Served {
    /// A snapshot ready to be served.
    pub fn new(snapshot: Arc<Snapshot>) -> Self {
        let today = Day::today();
        let revision = super::answer::conditional::revision(&snapshot, today).into();
        Self { snapshot, revision, response_cache: ResponseCache::default(), today, release: OnceLock::new() }
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

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct AssessmentKey {
    revision: Arc<str>,
    level: Level,
    filter: Filter,
    role: Role,
}

/// What the handlers share.
#[derive(Debug)]
pub struct AppState {
    /// The outside view of the server.
    pub(super) site: Arc<Site>,
    local_sites: Vec<(String, Arc<Site>)>,
    pub(super) access: AccessList,
    served: ArcSwapOption<Served>,
    evaluations: Cache<AssessmentKey, Arc<Evaluation>, RandomState>,
    /// The parts of tiles that the boundaries give.
    pub(super) skeletons: Skeletons,
    effects: Cache<(Arc<str>, EditionId), Arc<Vec<KindEffect>>>,
    /// Pictures for the public by the tag of their answer.
    map_images: Cache<String, CodedBody>,
    workers: Arc<Semaphore>,
}

impl AppState {
    /// A state that serves nothing yet.
    pub fn new(site: Site, access: AccessList) -> Self {
        let weight =
            |_: &AssessmentKey, kept: &Arc<Evaluation>| (kept.assessment.rows.len().max(1) * BYTES_PER_ROW) as u32;
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            site: Arc::new(site),
            local_sites: Vec::new(),
            access,
            served: ArcSwapOption::empty(),
            evaluations: Cache::builder()
                .max_capacity(ASSESSMENT_CACHE_BYTES)
                .weigher(weight)
                .time_to_idle(IDLE_ASSESSMENT)
                .build_with_hasher(RandomState::default()),
            skeletons: Skeletons::default(),
            effects: Cache::builder().max_capacity(EFFECT_CACHE_ENTRIES).time_to_idle(IDLE_ASSESSMENT).build(),
            map_images: Cache::builder()
                .max_capacity(MAP_IMAGE_CACHE_BYTES)
                .weigher(|tag: &String, body: &CodedBody| (tag.len() + body.bytes().len()) as u32)
                .time_to_idle(IDLE_ASSESSMENT)
                .build(),
            workers: Arc::new(Semaphore::new(2 * cores)),
        }
    }

    /// The same state for a server that only this machine reaches: requests that name it by one of the
    /// names of this machine get absolute addresses under that name.
    #[must_use]
    pub fn reached_locally(mut self, port: u16) -> Self {
        let names = self.site.local_names(port).into_iter();
        self.local_sites = names.map(|(name, site)| (name, Arc::new(site))).collect();
        self
    }

    /// The outside view for a request from this machine that names its host.
    pub(super) fn site_named(&self, host: Option<&str>) -> Arc<Site> {
        let known = host.and_then(|host| self.local_sites.iter().find(|(name, _)| name == host));
        Arc::clone(known.map_or(&self.site, |(_, site)| site))
    }

    /// Serves another snapshot from now on. Requests already running keep the one they began with.
    pub fn serve(&self, snapshot: Arc<Snapshot>) {
        self.served.store(Some(Arc::new(Served::new(snapshot))));
    }

    /// Serves the same snapshot anew where another day has released another window.
    pub fn keep_up_with(&self, today: Day) {
        let outdated = self.served.load_full().filter(|served| served.is_outdated(today));
        if let Some(served) = outdated {
            self.serve(Arc::clone(&served.snapshot));
        }
    }

    /// The epoch that is served.
    pub fn epoch(&self) -> Option<u64> {
        self.served.load().as_ref().map(|served| served.snapshot.epoch)
    }

    /// Whether requests can be answered: a snapshot with an edition is served.
    pub fn is_ready(&self) -> bool {
        self.served.load().as_ref().is_some_and(|served| !served.snapshot.editions.is_empty())
    }

    /// Whether the sample and nothing else is served.
    pub fn is_only_sample(&self) -> bool {
        self.served.load().as_ref().is_some_and(|served| served.is_only_sample())
    }

    /// What is served now.
    pub fn current(&self) -> Option<Arc<Served>> {
        self.served.load_full()
    }

    pub(super) fn served(&self) -> Result<Arc<Served>, ApiError> {
        self.served.load_full().ok_or(ApiError::NotReady)
    }

    /// The assessment as a role may see it. Blocks while it is made.
    pub(super) fn assessment(
        &self,
        served: &Served,
        level: Level,
        filter: &Filter,
        role: Role,
    ) -> Result<Arc<Assessment>, ApiError> {
        self.evaluation(served, level, filter, role).map(|evaluation| Arc::clone(&evaluation.assessment))
    }

    /// The assessment as a role may see it, ready for tiles. Blocks while it is made; made once, however many requests
    /// wait.
    pub(super) fn evaluation(
        &self,
        served: &Served,
        level: Level,
        filter: &Filter,
        role: Role,
    ) -> Result<Arc<Evaluation>, ApiError> {
        let key = AssessmentKey { revision: Arc::clone(&served.revision), level, filter: *filter, role };
        let made = self.evaluations.try_get_with(key, || -> Result<_, AssessmentError> {
            let made = match served.visibility(role) {
                Visibility::Full => assess(&served.snapshot, level, filter),
                Visibility::Published(release) => assess_released(&served.snapshot, release, level, filter),
            };
            made.map(|assessment| Arc::new(Evaluation::new(Arc::new(assessment))))
        });
        made.map_err(|error| ApiError::from((*error).clone()))
    }

    /// The assessment, if it was made before.
    pub(super) fn cached_evaluation(
        &self,
        served: &Served,
        level: Level,
        filter: &Filter,
        role: Role,
    ) -> Option<Arc<Evaluation>> {
        let key = AssessmentKey { revision: Arc::clone(&served.revision), level, filter: *filter, role };
        self.evaluations.get(&key)
    }

    /// The effects of every kind of model on an edition, made once a revision. Blocks while they are made.
    pub(super) fn effects(&self, served: &Served, edition: EditionId) -> Result<Arc<Vec<KindEffect>>, ApiError> {
        let edition_data = served.snapshot.edition(edition).ok_or(AssessmentError::NoSuchEdition(edition))?;
        let key = (served.revision.clone(), edition);
        Ok(self.effects.get_with(key, || Arc::new(effect::by_kind(&served.snapshot, edition_data))))
    }

    /// The map image cached under a tag, or one that is drawn now. Blocks while it is made; made once, however many
    /// ask.
    pub(super) fn map_image(
        &self,
        tag: String,
        make: impl FnOnce() -> Result<CodedBody, ApiError>,
    ) -> Result<CodedBody, ApiError> {
        self.map_images.try_get_with(tag, make).map_err(|error| (*error).clone())
    }

    /// Runs heavy work beside the requests, a bounded number of works at once.
    pub(super) async fn compute<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let turn = tokio::time::timeout(QUEUE_TIMEOUT, Arc::clone(&self.workers).acquire_owned());
        let permit = turn.await.map_err(|_| ApiError::Busy)?.map_err(|closed| ApiError::internal(&closed))?;
        let done = tokio::task::spawn_blocking(move || {
            // Work whose request has gone away still counts until it is done.
            let _permit = permit;
            work()
        });
        done.await.map_err(|panic| ApiError::internal(&panic))?
    }
}
