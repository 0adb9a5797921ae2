//! Answers: type, coding, cache rule, entity tag.
//!
//! The tag is made from what the answer depends on, before the answer is. Where
//! the client has it already, nothing else is done.

use std::sync::Arc;

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderName, VARY};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use serde_json::Value as Json;

use super::ask::Ask;
use super::coded_body::CodedBody;
use super::conditional::EntityTag;
use super::error::ApiError;
use super::negotiation::Coding;
use super::state::Served;
use crate::domain::role::Role;
use crate::domain::text::Language;

/// Plain JSON.
pub(super) const JSON: &str = "application/json";
/// GeoJSON (RFC 7946).
pub(super) const GEOJSON: &str = "application/geo+json";
/// A page.
pub(super) const HTML: &str = "text/html; charset=utf-8";
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

/// How long an answer stays right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Freshness {
    /// For ever: the address names the revision.
    Immutable,
    /// Until the next change: caches ask again.
    Revalidate,
    /// Caches must ask before each use.
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
pub(super) enum Wording {
    /// The same in every language.
    Neutral,
    /// In the language of the client.
    Spoken,
}

/// The head of an answer, known before its body.
#[derive(Debug, Clone)]
pub(super) struct Head {
    tag: EntityTag,
    coding: Coding,
    freshness: Freshness,
    wording: Wording,
    role: Role,
    known: Known,
    choice: Choice,
    /// The name to save the answer by; none where it is shown.
    saved_as: Option<String>,
}

/// Whether the `Accept` header chooses between media types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choice {
    OneMedia,
    ByAccept,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    ToClient,
    No,
}

impl Head {
    /// The head of an answer that depends on the snapshot, the route, the role, the coding
    /// and a key, the canonical text of everything else that was asked.
    pub(super) fn new(ask: &Ask, served: &Served, key: &str, freshness: Freshness, wording: Wording) -> Self {
        Self::spoken(ask, served, key, freshness, (wording, ask.language))
    }

    /// The head of an answer in a language that the address may have chosen.
    pub(super) fn spoken(
        ask: &Ask,
        served: &Served,
        key: &str,
        freshness: Freshness,
        (wording, language): (Wording, Language),
    ) -> Self {
        let language = match (wording, language) {
            (Wording::Neutral, _) => "",
            (Wording::Spoken, Language::Vietnamese) => "vi",
            (Wording::Spoken, Language::English) => "en",
        };
        let role = ask.role();
        let tag = EntityTag::of(&[
            &served.revision,
            ask.site.prefix(),
            &ask.route,
            key,
            role.as_str(),
            language,
            ask.coding.as_str(),
        ]);
        let known = if tag.is_known_to(&ask.headers) { Known::ToClient } else { Known::No };
        Self { tag, coding: ask.coding, freshness, wording, role, known, choice: Choice::OneMedia, saved_as: None }
    }

    /// The head of an answer whose media type the `Accept` header chose.
    pub(super) fn varying_by_media(self) -> Self {
        Self { choice: Choice::ByAccept, ..self }
    }

    /// The head of an answer that is saved as a file. The name is plain ASCII.
    pub(super) fn saved_as(self, name: String) -> Self {
        Self { saved_as: Some(name), ..self }
    }

    /// The head of an answer that is compressed already.
    pub(super) fn uncompressed(self) -> Self {
        Self { coding: Coding::Identity, ..self }
    }

    /// A name for all that the answer depends on.
    pub(super) fn tag(&self) -> &str {
        self.tag.as_str()
    }

    /// 304 where the client has the answer already.
    pub(super) fn not_modified(&self) -> Option<Response> {
        (self.known == Known::ToClient).then(|| self.response(StatusCode::NOT_MODIFIED, Body::empty()))
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

    /// The coding the client asks for.
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
            match (self.choice, self.wording) {
                (Choice::ByAccept, Wording::Spoken) => "Accept, Accept-Encoding, Accept-Language, Authorization",
                (Choice::ByAccept, Wording::Neutral) => "Accept, Accept-Encoding, Authorization",
                (_, Wording::Neutral) => "Accept-Encoding, Authorization",
                (_, Wording::Spoken) => "Accept-Encoding, Accept-Language, Authorization",
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
pub(super) async fn document(
    ask: &Ask,
    head: Head,
    media: &'static str,
    work: impl FnOnce() -> Result<Json, ApiError> + Send + 'static,
) -> Result<Response, ApiError> {
    bytes(ask, head, media, move || Ok(work()?.to_string().into_bytes())).await
}

/// Answers with bytes that heavy work makes, unless the client has them already.
pub(super) async fn bytes(
    ask: &Ask,
    head: Head,
    media: &'static str,
    work: impl FnOnce() -> Result<Vec<u8>, ApiError> + Send + 'static,
) -> Result<Response, ApiError> {
    if let Some(response) = head.not_modified() {
        return Ok(response);
    }
    let coding = head.coding();
    let body = ask.state.compute(move || Ok(CodedBody::new(work()?, coding))).await?;
    Ok(head.with(media, body))
}

/// Answers with a picture, unless the client has it already. Those for the public are kept while there is room and drawn
/// once, however many ask: a page with ten of them costs one.
pub(super) async fn picture(
    ask: &Ask,
    head: Head,
    media: &'static str,
    draw: impl FnOnce() -> Result<Vec<u8>, ApiError> + Send + 'static,
) -> Result<Response, ApiError> {
    if let Some(response) = head.not_modified() {
        return Ok(response);
    }
    let (coding, role, tag) = (head.coding(), head.role, head.tag().to_owned());
    let state = Arc::clone(&ask.state);
    let made = move || Ok(CodedBody::new(draw()?, coding));
    let body = match role {
        Role::Public => ask.state.compute(move || state.picture(tag, made)).await?,
        Role::Planner | Role::Commander | Role::Operator => ask.state.compute(made).await?,
    };
    Ok(head.with(media, body))
}
