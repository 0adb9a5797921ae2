//! The pages and their files: the map at `/`, the same for frames at `/embed`, the guide for portals at `/docs`, the
//! methods at `/methods`.
//!
//! A page is framed by pages of this server only; `/embed`, which shows what is public and nothing else, by the
//! sites that the configuration lists.

use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::{OriginalUri, Request, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, AUTHORIZATION, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
    ETAG, HeaderName, LOCATION, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};

use super::service::nothing_here;
use super::{AssessmentRequest, ogc};
use crate::domain::area::Level;
use crate::domain::role::Role;
use crate::export::map_image::level_image;
use crate::http::answer::conditional::EntityTag;
use crate::http::answer::{Freshness, HTML, Head, JSON, LanguageVariance, download};
use crate::http::error::ApiError;
use crate::http::extract::access::Peer;
use crate::http::extract::api_request::ApiRequest;
use crate::http::extract::negotiation::{self, brotli_or_gzip, coding};
use crate::http::extract::received::Received;
use crate::http::layers::headers::{CROSS_ORIGIN_RESOURCE_POLICY, FRAMED_HERE, page_policy};
use crate::http::page::first_picture::{self, ID_PREFIX};
use crate::http::page::page_files;
use crate::http::page::page_files::{CrossOriginAccess, DOCS, EMBED, INDEX, PageFile};
use crate::http::page::shared_view;
use crate::http::site::Site;
use crate::http::state::AppState;
use crate::service::coded_body::{CodedBody, Coding};
use crate::service::error::ServiceError;
use crate::service::filter::RequestedFilter;
use crate::service::heavy_work::WorkCost;
use crate::service::query::Query;

type Shared = State<Arc<AppState>>;

/// How long the map waits for its first picture: a page without one is better than a late one.
const PICTURE_WAIT: Duration = Duration::from_millis(300);

/// The map, with a picture of what the public sees first where that is to be had. Its own parameters stand in the
/// fragment; what others append to a link does not matter.
pub(in crate::http) async fn index(
    State(state): Shared,
    OriginalUri(uri): OriginalUri,
    peer: Option<Extension<Peer>>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    state.note_host(&headers);
    if wants_landing_document(&uri, &headers) {
        let received = Received { uri: &uri, headers: &headers, peer: peer.map(|Extension(peer)| peer) };
        return ogc::documents::landing(ApiRequest::of(received, &state)?).await;
    }
    let file = page_files::page(INDEX).ok_or_else(|| nothing_here("/"))?;
    let framed = Framed { file, by: FRAMED_HERE };
    let mut response = match with_first_picture(&state, framed, &uri, &headers).await {
        Some(response) => response,
        None => answered(&state, framed, &headers),
    };
    response.headers_mut().insert(VARY, HeaderValue::from_static("Accept, Accept-Encoding"));
    Ok(response)
}

/// Whether the landing page of OGC API is asked for: by its form, which goes before `Accept`, or by a program. Who wants
/// anything, or HTML, gets the map.
fn wants_landing_document(uri: &Uri, headers: &HeaderMap) -> bool {
    let form = Query::of_link(uri.query(), &["f"]).ok().and_then(|query| query.value("f").map(str::to_owned));
    match form.as_deref() {
        Some(form) => ["json", "html"].contains(&form),
        None => negotiation::media(headers, &["text/html", JSON]) == Some(JSON),
    }
}

/// The page to which a provider sends somebody back after a sign-in. What it sends stands in the query, which the page
/// reads and takes out of the address; the server reads none of it.
pub(in crate::http) async fn signed_in(State(state): Shared, headers: HeaderMap) -> Result<Response, ApiError> {
    let file = page_files::page(INDEX).ok_or_else(|| nothing_here("/signed-in"))?;
    Ok(answered(&state, Framed { file, by: FRAMED_HERE }, &headers))
}

/// The document with its picture; none where there is nothing to draw yet, or it cannot be drawn soon.
async fn with_first_picture(
    state: &Arc<AppState>,
    framed: Framed<'_>,
    uri: &Uri,
    headers: &HeaderMap,
) -> Option<Response> {
    let mut as_public = headers.clone();
    as_public.remove(AUTHORIZATION);
    let received = Received { uri, headers: &as_public, peer: None };
    let api_request = ApiRequest::of_tile(received, state).ok()?;
    let served = api_request.served().ok()?;
    let requested = RequestedFilter::resolved(&Query::default(), &served, api_request.viewer).ok()?;
    let request = AssessmentRequest::new(&api_request, &served, requested);
    let head = Head::new(&api_request, &served, &framed.file.hash, Freshness::Always, LanguageVariance::Neutral)
        .at_cost(WorkCost::Units(1));
    let mut response = match head.not_modified() {
        Some(response) => response,
        None => head.with(HTML, drawn_document(state, &head, framed.file, request).await?),
    };
    describe(response.headers_mut(), &state.site, framed, head.tag());
    Some(response)
}

/// The document as the public's default view makes it: drawn once for everybody, until the view changes.
async fn drawn_document(
    state: &Arc<AppState>,
    head: &Head,
    file: &'static PageFile,
    request: AssessmentRequest,
) -> Option<CodedBody> {
    let tag = head.tag().to_owned();
    if let Some(body) = state.service.cached_map_image(&tag) {
        return Some(body);
    }
    let (coding, shared) = (head.coding(), Arc::clone(state));
    let made = move || {
        let drawing = level_image::bare(&request.assessed(Level::Commune)?, &first_picture::options(), ID_PREFIX)?;
        let built = String::from_utf8_lossy(&file.plain()).into_owned();
        let epoch = request.served.state(Role::Public).epoch;
        let document = first_picture::document(&built, &drawing, epoch).unwrap_or(built);
        Ok(CodedBody { bytes: coding.of_bytes(document.as_bytes()), coding })
    };
    let order = head.work_order();
    // What comes too late for this reader is there for the next one.
    let drawing = tokio::spawn(async move {
        let keeping = Arc::clone(&shared);
        shared.service.compute(order, move || keeping.service.map_image(tag, made)).await
    });
    let drawn = tokio::time::timeout(PICTURE_WAIT, drawing).await.ok()?.ok()?;
    drawn.inspect_err(|error| tracing::debug!(cause = %error, "the first picture could not be drawn")).ok()
}

/// The map for a frame. A view that stands in the query would go unread, so it is refused; what others append to a link
/// does not matter.
pub(in crate::http) async fn embed(
    State(state): Shared,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let view = shared_view::names();
    if let Some(name) = Query::of_link(uri.query(), &view)?.first_of(&view) {
        return Err(ServiceError::UnknownParameter { name: name.to_owned(), allowed: Vec::new() }.into());
    }
    let file = page_files::page(EMBED).ok_or_else(|| nothing_here("/embed"))?;
    Ok(answered(&state, Framed { file, by: &state.site.frame_ancestors }, &headers))
}

/// The guide for portals.
pub(in crate::http) async fn docs(State(state): Shared, headers: HeaderMap) -> Result<Response, ApiError> {
    let file = page_files::page(DOCS).ok_or_else(|| nothing_here("/docs"))?;
    Ok(answered(&state, Framed { file, by: FRAMED_HERE }, &headers))
}

/// How every number is made, in the language of the client or of the address.
pub(in crate::http) async fn methods(
    State(state): Shared,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let query = Query::of_link(uri.query(), &["lang"])?;
    let file = page_files::methods(download::language(&query, negotiation::language(&headers))?);
    let mut response = answered(&state, Framed { file, by: FRAMED_HERE }, &headers);
    response.headers_mut().insert(VARY, HeaderValue::from_static("Accept-Encoding, Accept-Language"));
    Ok(response)
}

/// The page's address with the final slash that its relative addresses need.
pub(in crate::http) async fn with_slash(State(state): Shared) -> Response {
    let address = state.site.address("/");
    let location = HeaderValue::from_str(&address).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::PERMANENT_REDIRECT, [(LOCATION, location)]).into_response()
}

/// A file of the page; whatever else no route takes is not found.
pub(in crate::http) async fn file(State(state): Shared, request: Request) -> Result<Response, ApiError> {
    let path = request.uri().path();
    let missing = || nothing_here(path);
    let name = path.strip_prefix(&format!("{}/", state.site.base_path)).ok_or_else(missing)?;
    let file = page_files::file(name).ok_or_else(missing)?;
    if ![Method::GET, Method::HEAD].contains(request.method()) {
        return Err(ApiError::MethodNotAllowed);
    }
    let headers = request.headers().clone();
    Ok(answered(&state, Framed { file, by: FRAMED_HERE }, &headers))
}

/// A file and the sources of `frame-ancestors` that it is given with.
#[derive(Debug, Clone, Copy)]
struct Framed<'a> {
    file: &'static PageFile,
    by: &'a str,
}

fn answered(state: &AppState, framed: Framed<'_>, headers: &HeaderMap) -> Response {
    let file = framed.file;
    let (coding, body) = form(file, headers);
    let tag = EntityTag::of(&[&file.hash, coding.as_str()]);
    if tag.matches_request(headers) {
        let mut response = StatusCode::NOT_MODIFIED.into_response();
        describe(response.headers_mut(), &state.site, framed, tag.as_str());
        return response;
    }
    let mut response = Response::new(Body::from(body));
    let answer = response.headers_mut();
    describe(answer, &state.site, framed, tag.as_str());
    answer.insert(CONTENT_TYPE, file.media.clone());
    if coding != Coding::Identity {
        answer.insert(CONTENT_ENCODING, HeaderValue::from_static(coding.as_str()));
    }
    response
}

/// The smallest of the file's forms that the client takes.
fn form(file: &PageFile, headers: &HeaderMap) -> (Coding, Bytes) {
    let wanted = [brotli_or_gzip(headers), coding(headers)];
    let form = wanted.into_iter().find_map(|coding| Some((coding, file.body(coding)?)));
    form.unwrap_or_else(|| (Coding::Identity, file.plain()))
}

/// The headers that an answer has with and without its body.
fn describe(headers: &mut HeaderMap, site: &Site, Framed { file, by }: Framed<'_>, tag: &str) {
    let mut put = |name: HeaderName, value: &'static str| headers.insert(name, HeaderValue::from_static(value));
    put(CACHE_CONTROL, file.cache);
    put(VARY, "Accept-Encoding");
    if file.reach == CrossOriginAccess::Any {
        put(ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        put(CROSS_ORIGIN_RESOURCE_POLICY, "cross-origin");
    }
    if let Ok(tag) = HeaderValue::from_str(tag) {
        headers.insert(ETAG, tag);
    }
    headers.insert(CONTENT_SECURITY_POLICY, page_policy(site, by));
}
