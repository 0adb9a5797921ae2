//! Tiles that were given before, to be given again without being made.
//!
//! The key holds all that a tile answer depends on: the revision, the address as it was sent, the role, the coding,
//! and the host name of the request. What was made of an older snapshot is no longer requested and ages out.

use std::hash::BuildHasher as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, Entry};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use foldhash::fast::RandomState;
use moka::sync::Cache;

use crate::domain::role::Role;
use crate::service::caches::{CacheContent, CacheId, CacheTable, HitCount};
use crate::service::coded_body::{Coding, smaller_tile};
use crate::service::live::background_work::BackgroundQueue;

/// Slots for the hashes of earlier requests.
const RECENT_KEYS: usize = 1 << 16;
/// An answer that is still requested after this is made smaller. Where the data change faster, none grows so old.
const COMPACTED_AFTER: Duration = Duration::from_secs(2);
/// What an answer takes beside its body and address: a dozen headers, and its entry in the cache.
const OVERHEAD_BYTES: usize = 2048;

/// What a tile answer depends on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::http) struct ResponseKey {
    pub(in crate::http) revision: Arc<str>,
    pub(in crate::http) role: Role,
    pub(in crate::http) coding: Coding,
    /// What stands before every address of the server.
    pub(in crate::http) prefix: Arc<str>,
    /// Path and query as they were sent.
    pub(in crate::http) address: Box<str>,
}

/// The answers by what they depend on.
type ResponsesByKey = Cache<ResponseKey, Arc<CachedResponse>, RandomState>;

/// An answer with its headers.
#[derive(Debug)]
pub(in crate::http) struct CachedResponse {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    /// Since when it is cached.
    since: Instant,
    /// Whether it may become smaller and nobody is at it.
    is_compaction_due: AtomicBool,
}

impl CachedResponse {
    /// What is cached of an answer whose body is in memory: a copy without spare room.
    pub(in crate::http) fn of(status: StatusCode, headers: HeaderMap, body: &Bytes) -> Self {
        let body = Bytes::copy_from_slice(body);
        Self { status, headers, body, since: Instant::now(), is_compaction_due: AtomicBool::new(true) }
    }

    /// The same answer with another body, which is as small as it gets.
    fn compacted(&self, body: Bytes) -> Self {
        let (status, mut headers) = (self.status, self.headers.clone());
        if let Entry::Occupied(mut length) = headers.entry(CONTENT_LENGTH) {
            length.insert(body.len().into());
        }
        Self { status, headers, body, since: self.since, is_compaction_due: AtomicBool::new(false) }
    }

    /// How its body is coded.
    fn coding(&self) -> Option<Coding> {
        match self.headers.get(CONTENT_ENCODING).map(HeaderValue::as_bytes) {
            None => Some(Coding::Identity),
            Some(b"gzip") => Some(Coding::Gzip),
            Some(b"br") => Some(Coding::Brotli),
            Some(_) => None,
        }
    }

    /// Whether it has been asked for long enough to be made smaller; true for one request only.
    fn takes_compaction(&self) -> bool {
        self.is_compaction_due.load(Ordering::Relaxed)
            && self.since.elapsed() >= COMPACTED_AFTER
            && self.is_compaction_due.swap(false, Ordering::Relaxed)
    }

    /// The answer once more.
    pub(in crate::http) fn response(&self) -> Response {
        let mut response = Response::new(Body::from(self.body.clone()));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers.clone();
        response
    }
}

/// The cached answers. An answer is cached when it is given for the second time: most filters of a
/// time slider never come again, and keeping them would cost more than making them.
#[derive(Debug)]
pub(in crate::http) struct ResponseCache {
    cache: ResponsesByKey,
    /// Answers to be made smaller.
    compaction: BackgroundQueue<ResponseKey>,
    hits: Arc<HitCount>,
    hasher: RandomState,
    /// Hashes of keys that were requested, each in the slot that it selects; a later one overwrites it.
    recent_keys: Box<[AtomicU64]>,
}

/// What is known of an answer.
pub(in crate::http) enum CacheLookup {
    /// It is cached.
    Hit(Arc<CachedResponse>),
    /// It was requested before.
    RepeatedMiss,
    /// It was not, or long ago.
    FirstMiss,
}

impl ResponseCache {
    /// No answer yet, with the budget that the table gives.
    pub(in crate::http) fn new(caches: &CacheTable) -> Self {
        let weight = |key: &ResponseKey, answer: &Arc<CachedResponse>| {
            (OVERHEAD_BYTES + key.address.len() + answer.body.len()) as u32
        };
        let budget_bytes = caches.budget_bytes(CacheId::TileResponses);
        let cache =
            Cache::builder().max_capacity(budget_bytes).weigher(weight).build_with_hasher(RandomState::default());
        let (gauge, hits) = (cache.clone(), Arc::<HitCount>::default());
        let counted = Arc::clone(&hits);
        caches.register(CacheId::TileResponses, move || CacheContent::of(&gauge).with_hits(&counted));
        Self {
            compaction: compaction(cache.clone()),
            cache,
            hits,
            hasher: RandomState::default(),
            recent_keys: (0..RECENT_KEYS).map(|_| AtomicU64::new(0)).collect(),
        }
    }

    /// What is known of an answer, which counts as requested from now on.
    pub(in crate::http) fn lookup(&self, key: &ResponseKey) -> CacheLookup {
        let hash = self.hasher.hash_one(key);
        self.hits.asked();
        if self.recent_keys[hash as usize % RECENT_KEYS].swap(hash, Ordering::Relaxed) != hash {
            self.hits.missed();
            return CacheLookup::FirstMiss;
        }
        let cached = self.cache.get(key);
        match &cached {
            Some(answer) if answer.takes_compaction() => {
                let is_taken = self.compaction.request(key.clone());
                answer.is_compaction_due.store(!is_taken, Ordering::Relaxed);
            }
            Some(_) => {}
            None => self.hits.missed(),
        }
        cached.map_or(CacheLookup::RepeatedMiss, CacheLookup::Hit)
    }

    /// Keeps an answer.
    pub(in crate::http) fn insert(&self, key: ResponseKey, answer: CachedResponse) {
        self.cache.insert(key, Arc::new(answer));
    }
}

/// Makes answers of a cache smaller, in their place and beside the requests.
fn compaction(responses: ResponsesByKey) -> BackgroundQueue<ResponseKey> {
    BackgroundQueue::new("tile-compaction", move |key| {
        let Some(answer) = responses.get(&key) else { return };
        if let Some(body) = answer.coding().and_then(|coding| smaller_tile(&answer.body, coding)) {
            responses.insert(key, Arc::new(answer.compacted(body)));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_kept_from_the_second_time_on() {
        let answers = ResponseCache::new(&CacheTable::new(1 << 20));
        let key = ResponseKey {
            revision: "1".into(),
            role: Role::Public,
            coding: Coding::Gzip,
            prefix: "".into(),
            address: "/tiles/communes/9/409/232".into(),
        };
        let other = ResponseKey { role: Role::Planner, ..key.clone() };
        assert!(matches!(answers.lookup(&key), CacheLookup::FirstMiss));
        assert!(matches!(answers.lookup(&key), CacheLookup::RepeatedMiss));
        answers.insert(key.clone(), CachedResponse::of(StatusCode::OK, HeaderMap::new(), &Bytes::from_static(b"tile")));
        assert!(matches!(answers.lookup(&key), CacheLookup::Hit(_)));
        assert!(matches!(answers.lookup(&other), CacheLookup::FirstMiss));
    }
}
