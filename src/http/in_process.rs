//! The routes without a network: the same handlers, asked by this program itself as anybody would ask them.
//!
//! In: the route of a question and a language. Out: the body and media type of the answer, or the words of the refusal.
//! Whoever writes answers down for later, such as a published site, asks here, so that nothing is told twice.

use std::sync::Arc;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_TYPE, LOCATION};
use tower::ServiceExt as _;

use super::page::page_files::{self, COMPONENT, EMBED};
use super::router::{RequestService, router};
use super::state::AppState;
use crate::domain::text::Language;

/// The longest answer that is taken: all boundaries of an edition as text.
const LONGEST_ANSWER_BYTES: usize = 512 << 20;

/// The routes of a state, asked without a network.
#[derive(Debug, Clone)]
pub struct InProcess {
    service: RequestService,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnAnswer {
    /// As it would be sent, not compressed.
    pub body: Bytes,
    /// Its type, without parameters.
    pub media: String,
}

/// Why a question has no answer.
#[derive(Debug, thiserror::Error)]
pub enum OwnRefusal {
    /// The route refuses it, as it would refuse anybody.
    #[error("{route}: {status}, {detail}")]
    Refused {
        /// What was asked.
        route: String,
        /// The status of the refusal.
        status: u16,
        /// What the refusal says.
        detail: String,
    },
    /// It is none that can be sent, or its answer cannot be read.
    #[error("{route}: {cause}")]
    Unusable {
        /// What was asked.
        route: String,
        /// Why.
        cause: String,
    },
}

impl InProcess {
    /// The routes of a state.
    pub fn new(state: Arc<AppState>) -> Self {
        Self { service: router(state) }
    }

    /// What anybody is answered at a route, in a language.
    ///
    /// # Errors
    /// When the route refuses.
    pub async fn answer(&self, route: &str, language: Language) -> Result<OwnAnswer, OwnRefusal> {
        let unusable = |cause: String| OwnRefusal::Unusable { route: route.to_owned(), cause };
        let spoken = match language {
            Language::Vietnamese => "vi",
            Language::English => "en",
        };
        let request = Request::builder().uri(route).header(ACCEPT_LANGUAGE, spoken).body(Body::empty());
        let request = request.map_err(|error| unusable(error.to_string()))?;
        let Ok(response) = self.service.clone().oneshot(request).await;
        let (head, body) = response.into_parts();
        let body = to_bytes(Body::new(body), LONGEST_ANSWER_BYTES).await;
        let body = body.map_err(|error| unusable(error.to_string()))?;
        if !head.status.is_success() {
            let moved = head.headers.get(LOCATION).and_then(|place| place.to_str().ok());
            let detail = moved.map_or_else(|| String::from_utf8_lossy(&body).into_owned(), str::to_owned);
            return Err(OwnRefusal::Refused { route: route.to_owned(), status: head.status.as_u16(), detail });
        }
        let media = head.headers.get(CONTENT_TYPE).and_then(|media| media.to_str().ok()).unwrap_or_default();
        let media = media.split(';').next().unwrap_or_default().to_owned();
        Ok(OwnAnswer { body, media })
    }
}

/// The files of the page but for its documents, each with its path.
pub fn page_assets() -> Vec<(&'static str, Bytes)> {
    page_files::files().map(|(path, file)| (path, file.plain())).collect()
}

/// The document for frames of other sites.
pub fn embed_document() -> Option<Bytes> {
    page_files::page(EMBED).map(page_files::PageFile::plain)
}

/// The path of the script by which pages of other sites show the map.
pub const COMPONENT_PATH: &str = COMPONENT;
