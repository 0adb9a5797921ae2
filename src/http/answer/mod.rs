//! Answers: type, coding, cache rule, entity tag.
//!
//! The tag is made from what the answer depends on, before the answer is. Where
//! the client has it already, nothing else is done.

pub(super) mod conditional;
pub(super) mod download;

use std::cell::RefCell;
use std::sync::Arc;

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderName, VARY};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use serde::Serialize;

use super::error::ApiError;
use super::extract::api_request::ApiRequest;
use crate::domain::role::Role;
use crate::domain::text::Language;
use crate::service::coded_body::{CodedBody, Coding};
use crate::service::error::ServiceError;
use crate::service::heavy_work::{WorkCost, WorkOrder};
use crate::service::live::ServedSnapshot;
use conditional::EntityTag;

/// Plain JSON.
pub(super) const JSON: &str = "application/json";
/// GeoJSON (RFC 7946).
pub(super) const GEOJSON: &str = "application/geo+json";
/// A page.
pub(super) const HTML: &str = "text/html; charset=utf-8";
/// Plain text.
pub(super) const TEXT: &str = "text/plain; charset=utf-8";
/// Mapbox vector tiles.
pub(super) const MVT: &str = "application/vnd.mapbox-vector-tile";
/// Comma-separated values (RFC 4180).
pub(super) const CSV: &str = "text/csv; charset=utf-8";
/// Workbooks (ECMA-376).
pub(super) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// Drawings (SVG).
pub(super) const SVG: &str = "image/svg+xml";
/// Pictures (PNG).
pub(super) const PNG: &str = "image/png";
/// Archives of tiles (PMTiles).
pub(super) const PMTILES: &str = "application/vnd.pmtiles";
/// Databases (SQLite), which archives of tiles (MBTiles) are.
pub(super) const SQLITE: &str = "application/vnd.sqlite3";
/// Features with an index (FlatGeobuf).
pub(super) const FLATGEOBUF: &str = "application/flatgeobuf";
/// Tables by column (Parquet).
pub(super) const PARQUET: &str = "application/vnd.apache.parquet";
/// Layer properties of QGIS.
pub(super) const XML: &str = "text/xml; charset=utf-8";
/// Glyphs of GL styles.
pub(super) const PBF: &str = "application/x-protobuf";
/// Style sheets.
pub(super) const CSS: &str = "text/css; charset=utf-8";
/// TrueType fonts (RFC 8081).
pub(super) const TTF: &str = "font/ttf";

/// How long an answer stays right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Freshness {
    /// For ever: the address names the revision.
    Immutable,
    /// Until the next change: caches revalidate.
    Revalidate,
    /// Caches must revalidate before each use.
    Always,
}

impl Freshness {
    fn cache_control(self, role: Role) -> &'static str {
        match (role, self) {
            (Role::Planner | Role::Commander | Role::Operator, _) => "private, no-store",
            (Role::Public, Self::Immutable) => "public, max-age=31536000, immutable",
            (Role::Public, Self::Revalidate) => "public, max-age=0, stale-while-revalidate=30",
            (Role::Public, Self::Always) => "no-cache",
        }
    }
}

/// Whether the language of the client changes the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LanguageVariance {
    /// The same in every language.
    Neutral,
    /// In the language of the client.
    ByLanguage,
}

/// The head of an answer, known before its body.
#[derive(Debug, Clone)]
pub(super) struct Head {
    tag: EntityTag,
    coding: Coding,
    freshness: Freshness,
    language_variance: LanguageVariance,
    role: Role,
    client_copy: ClientCopy,
    choice: MediaNegotiation,
    /// What making the body costs.
    cost: WorkCost,
    /// The name to save the answer by; none where it is shown.
    saved_as: Option<String>,
}

/// Whether the `Accept` header chooses between media types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MediaNegotiation {
    OneMedia,
    ByAccept,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ClientCopy {
    Current,
    Outdated,
}

impl Head {
    /// The head of an answer that depends on the snapshot, the route, the role, the coding
    /// and a key, the canonical text of the rest of the request.
    pub(super) fn new(
        api_request: &ApiRequest,
        served: &ServedSnapshot,
        key: &str,
        freshness: Freshness,
        language_variance: LanguageVariance,
    ) -> Self {
        let language = (language_variance == LanguageVariance::ByLanguage).then_some(api_request.language);
        Self::in_language(api_request, served, key, freshness, language)
    }

    /// The head of an answer in a language that the address may have chosen; none where it is the same in all.
    pub(super) fn in_language(
        api_request: &ApiRequest,
        served: &ServedSnapshot,
        key: &str,
        freshness: Freshness,
        language: Option<Language>,
    ) -> Self {
        let (language_variance, language) = match language {
            None => (LanguageVariance::Neutral, ""),
            Some(Language::Vietnamese) => (LanguageVariance::ByLanguage, "vi"),
            Some(Language::English) => (LanguageVariance::ByLanguage, "en"),
        };
        let role = api_request.role();
        let tag = EntityTag::of(&[
            served.revision(role),
            api_request.site.prefix(),
            &api_request.route,
            key,
            role.as_str(),
            language,
            api_request.coding.as_str(),
        ]);
        let client_copy =
            if tag.matches_request(&api_request.headers) { ClientCopy::Current } else { ClientCopy::Outdated };
        Self {
            tag,
            coding: api_request.coding,
            freshness,
            language_variance,
            role,
            client_copy,
            choice: MediaNegotiation::OneMedia,
            cost: WorkCost::Plain,
            saved_as: None,
        }
    }

    /// The head of an answer whose media type the `Accept` header chose.
    pub(super) fn varying_by_media(self) -> Self {
        Self { choice: MediaNegotiation::ByAccept, ..self }
    }

    /// The head of an answer that is saved as a file. The name is plain ASCII.
    pub(super) fn saved_as(self, name: String) -> Self {
        Self { saved_as: Some(name), ..self }
    }

    /// The head of an answer whose body costs more than a document.
    pub(super) fn at_cost(self, cost: WorkCost) -> Self {
        Self { cost, ..self }
    }

    /// Whose work the body is and what it costs.
    pub(super) fn work_order(&self) -> WorkOrder {
        WorkOrder { role: self.role, cost: self.cost }
    }

    /// The head of an answer whose bytes may be written in another way that reads the same.
    pub(super) fn weakly_tagged(self) -> Self {
        Self { tag: self.tag.weakened(), ..self }
    }

    /// The head of an answer that is compressed already.
    pub(super) fn uncompressed(self) -> Self {
        Self { coding: Coding::Identity, ..self }
    }

    /// Whether the answer is a file that whoever asks takes along.
    fn is_taken_along(&self) -> bool {
        self.saved_as.is_some()
    }

    /// A name for all that the answer depends on.
    pub(super) fn tag(&self) -> &str {
        self.tag.as_str()
    }

    /// 304 where the client has the answer already.
    pub(super) fn not_modified(&self) -> Option<Response> {
        (self.client_copy == ClientCopy::Current).then(|| self.response(StatusCode::NOT_MODIFIED, Body::empty()))
    }

    /// 204: the address is right and there is nothing there.
    pub(super) fn no_content(&self) -> Response {
        self.response(StatusCode::NO_CONTENT, Body::empty())
    }

    /// 200 with a body already coded.
    pub(super) fn with(&self, media: &'static str, body: CodedBody) -> Response {
        let mut response = self.response(StatusCode::OK, Body::from(body.bytes));
        put(&mut response, CONTENT_TYPE, media);
        let disposition = self.saved_as.as_ref().map(|name| format!("attachment; filename=\"{name}\""));
        if let Some(disposition) = disposition.and_then(|text| HeaderValue::from_str(&text).ok()) {
            response.headers_mut().insert(CONTENT_DISPOSITION, disposition);
        }
        if body.coding != Coding::Identity {
            put(&mut response, CONTENT_ENCODING, body.coding.as_str());
        }
        response
    }

    /// The coding the client requests.
    pub(super) fn coding(&self) -> Coding {
        self.coding
    }

    fn response(&self, status: StatusCode, body: Body) -> Response {
        let mut response = Response::new(body);
        *response.status_mut() = status;
        put(&mut response, CACHE_CONTROL, self.freshness.cache_control(self.role));
        put(
            &mut response,
            VARY,
            match (self.choice, self.language_variance) {
                (MediaNegotiation::ByAccept, LanguageVariance::ByLanguage) => {
                    "Accept, Accept-Encoding, Accept-Language, Authorization"
                }
                (MediaNegotiation::ByAccept, LanguageVariance::Neutral) => "Accept, Accept-Encoding, Authorization",
                (_, LanguageVariance::Neutral) => "Accept-Encoding, Authorization",
                (_, LanguageVariance::ByLanguage) => "Accept-Encoding, Accept-Language, Authorization",
            },
        );
        if let Ok(tag) = HeaderValue::from_str(self.tag.as_str()) {
            response.headers_mut().insert(ETAG, tag);
        }
        response
    }
}

fn put(response: &mut Response, name: HeaderName, value: &'static str) {
    response.headers_mut().insert(name, HeaderValue::from_static(value));
}

/// Answers with a document that heavy work makes, unless the client has it already.
pub(super) async fn document<Answer: Serialize>(
    api_request: &ApiRequest,
    head: Head,
    media: &'static str,
    work: impl FnOnce() -> Result<Answer, ServiceError> + Send + 'static,
) -> Result<Response, ApiError> {
    bytes(api_request, head, media, move || json_bytes(&work()?)).await
}

/// The most bytes that a thread keeps for the text of its next answer.
const MOST_KEPT_BYTES: usize = 512 << 10;

thread_local! {
    /// Where answers of this thread are written: a text that grows to its length is copied at every doubling.
    static TEXT_ROOM: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// The JSON text of an answer.
pub(super) fn json_bytes(answer: &impl Serialize) -> Result<Vec<u8>, ServiceError> {
    TEXT_ROOM.with_borrow_mut(|room| {
        room.clear();
        let written = serde_json::to_writer(&mut *room, answer).map_err(|error| ServiceError::internal(&error));
        let text = room.as_slice().to_vec();
        // Emptied first: room is given back only beyond what is written.
        room.clear();
        room.shrink_to(MOST_KEPT_BYTES);
        written.map(|()| text)
    })
}

/// Answers with bytes that heavy work makes, unless the client has them already.
pub(super) async fn bytes(
    api_request: &ApiRequest,
    head: Head,
    media: &'static str,
    work: impl FnOnce() -> Result<Vec<u8>, ServiceError> + Send + 'static,
) -> Result<Response, ApiError> {
    if head.is_taken_along() {
        api_request.account_export().await?;
    }
    if let Some(response) = head.not_modified() {
        return Ok(response);
    }
    let coding = head.coding();
    let made = move || Ok(CodedBody::new(work()?, coding));
    let body = api_request.state.service.compute(head.work_order(), made).await?;
    Ok(head.with(media, body))
}

/// Answers with a map image, unless the client has it already. Those for the public are cached while there is room and
/// drawn once, however many request them: a page with ten of them costs one.
pub(super) async fn map_image(
    api_request: &ApiRequest,
    head: Head,
    media: &'static str,
    draw: impl FnOnce() -> Result<Vec<u8>, ServiceError> + Send + 'static,
) -> Result<Response, ApiError> {
    api_request.account_export().await?;
    if let Some(response) = head.not_modified() {
        return Ok(response);
    }
    let (coding, order, tag) = (head.coding(), head.work_order(), head.tag().to_owned());
    let service = &api_request.state.service;
    let made = move || Ok(CodedBody::new(draw()?, coding));
    if order.role != Role::Public {
        return Ok(head.with(media, service.compute(order, made).await?));
    }
    if let Some(body) = service.cached_map_image(&tag) {
        return Ok(head.with(media, body));
    }
    let state = Arc::clone(&api_request.state);
    let body = service.compute(order, move || state.service.map_image(tag, made)).await?;
    Ok(head.with(media, body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_keeps_little_of_the_room_of_a_large_answer() {
        let large = "x".repeat(4 * MOST_KEPT_BYTES);
        assert_eq!(json_bytes(&large).unwrap().len(), large.len() + 2);
        assert!(TEXT_ROOM.with_borrow(Vec::capacity) <= MOST_KEPT_BYTES);
        assert_eq!(json_bytes(&[1, 2]).unwrap(), b"[1,2]", "nothing of the answer before");
    }
}
