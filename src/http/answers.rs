//! Tiles that were given before, to be given again without being made.
//!
//! Kept with the snapshot they were made from, so that nothing outlives it. The key holds all that a tile
//! answer depends on: the address as it was sent, the role, the coding, and the name the server was asked by.

use std::hash::BuildHasher as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use foldhash::fast::RandomState;
use moka::sync::Cache;

use super::negotiation::Coding;
use crate::domain::role::Role;

/// Room for kept answers.
const KEPT_BYTES: u64 = 96 << 20;
/// Places for the hashes of what was asked for.
const ASKED: usize = 1 << 16;
/// What an answer takes beside its body and address.
const OVERHEAD_BYTES: usize = 1024;

/// What a tile answer depends on beside the snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct AnswerKey {
    pub(super) role: Role,
    pub(super) coding: Coding,
    /// What stands before every address of the server.
    pub(super) prefix: Arc<str>,
    /// Path and query as they were sent.
    pub(super) address: Box<str>,
}

/// An answer with its headers.
#[derive(Debug)]
pub(super) struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Answer {
    /// What is kept of an answer whose body is at hand.
    pub(super) fn of(status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        Self { status, headers, body }
    }

    /// The answer once more.
    pub(super) fn response(&self) -> Response {
        let mut response = Response::new(Body::from(self.body.clone()));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers.clone();
        response
    }
}

/// The kept answers of one snapshot. An answer is kept when it is given for the second time: most filters of a
/// time slider never come again, and keeping them would cost more than making them.
#[derive(Debug)]
pub(super) struct Answers {
    cache: Cache<AnswerKey, Arc<Answer>, RandomState>,
    hasher: RandomState,
    /// Hashes of keys that were asked for, each in the place that it names; a later one takes the place.
    asked: Box<[AtomicU64]>,
}

/// What is known of an answer.
pub(super) enum Known {
    /// It is kept.
    Kept(Arc<Answer>),
    /// It was asked for before.
    Asked,
    /// It was not, or long ago.
    New,
}

impl Default for Answers {
    fn default() -> Self {
        let weight =
            |key: &AnswerKey, answer: &Arc<Answer>| (OVERHEAD_BYTES + key.address.len() + answer.body.len()) as u32;
        Self {
            cache: Cache::builder().max_capacity(KEPT_BYTES).weigher(weight).build_with_hasher(RandomState::default()),
            hasher: RandomState::default(),
            asked: (0..ASKED).map(|_| AtomicU64::new(0)).collect(),
        }
    }
}

impl Answers {
    /// What is known of an answer, which counts as asked for from now on.
    pub(super) fn known(&self, key: &AnswerKey) -> Known {
        let hash = self.hasher.hash_one(key);
        if self.asked[hash as usize % ASKED].swap(hash, Ordering::Relaxed) != hash {
            return Known::New;
        }
        self.cache.get(key).map_or(Known::Asked, Known::Kept)
    }

    /// Keeps an answer.
    pub(super) fn keep(&self, key: AnswerKey, answer: Answer) {
        self.cache.insert(key, Arc::new(answer));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_kept_from_the_second_time_on() {
        let answers = Answers::default();
        let key = AnswerKey {
            role: Role::Public,
            coding: Coding::Gzip,
            prefix: "".into(),
            address: "/tiles/communes/9/409/232".into(),
        };
        let other = AnswerKey { role: Role::Planner, ..key.clone() };
        assert!(matches!(answers.known(&key), Known::New));
        assert!(matches!(answers.known(&key), Known::Asked));
        answers.keep(key.clone(), Answer::of(StatusCode::OK, HeaderMap::new(), Bytes::from_static(b"tile")));
        assert!(matches!(answers.known(&key), Known::Kept(_)));
        assert!(matches!(answers.known(&other), Known::New));
    }
}
