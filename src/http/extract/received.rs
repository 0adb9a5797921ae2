//! What of a request its answer depends on, borrowed.

use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri};

use super::access::Peer;

/// What of a request its answer depends on.
#[derive(Debug, Clone, Copy)]
pub(in crate::http) struct Received<'a> {
    pub(in crate::http) uri: &'a Uri,
    pub(in crate::http) headers: &'a HeaderMap,
    pub(in crate::http) peer: Option<Peer>,
}

impl<'a> Received<'a> {
    /// The same of the head of a request.
    pub(in crate::http) fn of_parts(parts: &'a Parts) -> Self {
        Self { uri: &parts.uri, headers: &parts.headers, peer: parts.extensions.get().copied() }
    }

    /// The same of a whole request.
    pub(in crate::http) fn of_request(request: &'a Request) -> Self {
        Self { uri: request.uri(), headers: request.headers(), peer: request.extensions().get().copied() }
    }
}
