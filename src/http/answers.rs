//! Tiles that were given before, to be given again without being made.
//!
//! Kept with the snapshot they were made from, so that nothing outlives it. The key holds all that a tile
//! answer depends on: the address as it was sent, the role, the coding, and the name the server was asked by.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use foldhash::fast::RandomState;
use moka::sync::Cache;

use super::negotiation::Coding;
use crate::domain::role::Role;

/// Room for kept answers.
const KEPT_BYTES: u64 = 96 << 20;
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

/// The kept answers of one snapshot.
#[derive(Debug)]
pub(super) struct Answers(Cache<AnswerKey, Arc<Answer>, RandomState>);

impl Default for Answers {
    fn default() -> Self {
        let weight =
            |key: &AnswerKey, answer: &Arc<Answer>| (OVERHEAD_BYTES + key.address.len() + answer.body.len()) as u32;
        Self(Cache::builder().max_capacity(KEPT_BYTES).weigher(weight).build_with_hasher(RandomState::default()))
    }
}

impl Answers {
    pub(super) fn kept(&self, key: &AnswerKey) -> Option<Arc<Answer>> {
        self.0.get(key)
    }

    pub(super) fn keep(&self, key: AnswerKey, answer: Answer) {
        self.0.insert(key, Arc::new(answer));
    }
}
