//! Answers read inside the program, as the public gets them.
//!
//! In: the address of an answer. Out: its JSON, through the same router that serves the world. For the audit of what
//! is published; no socket is opened.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use serde_json::Value as Json;
use tower::ServiceExt as _;

use super::extract::access::AccessList;
use super::router::{RequestService, router};
use super::site::Site;
use super::state::AppState;
use crate::config::Config;
use crate::service::Service;
use crate::service::live::ServedSnapshot;
use crate::snapshot::Snapshot;

/// More than any answer on one level.
const MOST_BYTES: usize = 256 << 20;

/// Why an answer could not be read.
#[derive(Debug, thiserror::Error)]
pub enum PublicReaderError {
    /// The server refused.
    #[error("{address}: answered {status}")]
    Refused {
        /// What was requested.
        address: String,
        /// The status of the answer.
        status: StatusCode,
    },
    /// The answer is not what it should be.
    #[error("{address}: {reason}")]
    Answer {
        /// What was requested.
        address: String,
        /// What is wrong with it.
        reason: String,
    },
}

/// Reads answers as the public.
#[derive(Debug, Clone)]
pub struct PublicReader {
    served: Arc<ServedSnapshot>,
    router: RequestService,
}

impl PublicReader {
    /// A reader of what is published of a snapshot.
    pub fn new(snapshot: Arc<Snapshot>, config: &Config) -> Option<Self> {
        let state =
            Arc::new(AppState::new(Site::new(config), AccessList::default(), Service::new(config.cache_bytes())));
        state.service.serve(snapshot);
        Some(Self { served: state.service.current()?, router: router(state) })
    }

    /// What is served.
    pub fn served(&self) -> &ServedSnapshot {
        &self.served
    }

    /// The JSON at an address.
    ///
    /// # Errors
    /// When the server refuses, or answers something else.
    pub async fn json(&self, address: &str) -> Result<Json, PublicReaderError> {
        let wrong = |reason: String| PublicReaderError::Answer { address: address.to_owned(), reason };
        let request = Request::builder().uri(address).body(Body::empty()).map_err(|error| wrong(error.to_string()))?;
        let answer = self.router.clone().oneshot(request).await.map_err(|never| wrong(never.to_string()))?;
        if answer.status() != StatusCode::OK {
            return Err(PublicReaderError::Refused { address: address.to_owned(), status: answer.status() });
        }
        let bytes = to_bytes(answer.into_body(), MOST_BYTES).await.map_err(|error| wrong(error.to_string()))?;
        serde_json::from_slice(&bytes).map_err(|error| wrong(error.to_string()))
    }
}
