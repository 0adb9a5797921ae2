//! The map page and its files, which travel inside the binary.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, OnceLock};

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, LOCATION, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse as _, Response};
use include_dir::{Dir, include_dir};

use super::service::nothing_here;
use crate::http::conditional::EntityTag;
use crate::http::error::ApiError;
use crate::http::negotiation::{Coding, coding};
use crate::http::state::AppState;
use crate::tile::compress::gzip;

static PAGE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/web/dist");

const INDEX: &str = "index.html";
/// Files under this folder carry the hash of their content in their name.
const HASHED: &str = "assets/";

/// Everything from this server, nothing inline; `data:` is for the swatches of the legend.
const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
                      connect-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'";

const UNBUILT: &str = "<!doctype html>\n<html lang=\"vi\">\n<meta charset=\"utf-8\">\n<title>Bình Yên</title>\n\
    <h1>Bình Yên</h1>\n<p>Bản đồ chưa được dựng vào chương trình này. Chạy <code>make web</code> rồi dựng lại.</p>\n\
    <p lang=\"en\">The map page is not built into this program. Run <code>make web</code> and build it again.</p>\n\
    <p><a href=\"ratings\">/ratings</a> · <a href=\"areas?geometry=label\">/areas</a> · <a href=\"tiles\">/tiles</a></p>\n";

#[derive(Debug)]
struct PageFile {
    bytes: &'static [u8],
    hash: String,
    media: HeaderValue,
    compressed: OnceLock<Bytes>,
}

impl PageFile {
    fn new(path: &str, bytes: &'static [u8]) -> Self {
        let guess = mime_guess::from_path(path).first_or_octet_stream();
        let media = match guess.type_() {
            mime_guess::mime::TEXT => format!("{guess}; charset=utf-8"),
            _ => guess.to_string(),
        };
        Self {
            bytes,
            hash: EntityTag::of_bytes(bytes).as_str().to_owned(),
            media: HeaderValue::from_str(&media).unwrap_or(HeaderValue::from_static("application/octet-stream")),
            compressed: OnceLock::new(),
        }
    }

    /// Pictures and fonts are compressed already.
    fn is_compressible(&self) -> bool {
        let media = self.media.to_str().unwrap_or_default();
        ["text/", "application/json", "application/javascript", "image/svg"].iter().any(|kind| media.starts_with(kind))
    }

    fn body(&self, coding: Coding) -> Bytes {
        match coding {
            Coding::Identity => Bytes::from_static(self.bytes),
            Coding::Gzip | Coding::Brotli => self.compressed.get_or_init(|| gzip(self.bytes).into()).clone(),
        }
    }
}

static FILES: LazyLock<BTreeMap<String, PageFile>> = LazyLock::new(|| {
    let mut files = BTreeMap::from([(INDEX.to_owned(), PageFile::new(INDEX, UNBUILT.as_bytes()))]);
    add_files(&PAGE, &mut files);
    files
});

fn add_files(folder: &'static Dir<'static>, files: &mut BTreeMap<String, PageFile>) {
    for file in folder.files() {
        let Some(path) = file.path().to_str() else { continue };
        let is_hidden = path.split('/').any(|part| part.starts_with('.'));
        if !is_hidden {
            files.insert(path.to_owned(), PageFile::new(path, file.contents()));
        }
    }
    for folder in folder.dirs() {
        add_files(folder, files);
    }
}

/// The page itself.
pub(in crate::http) async fn index(
    State(state): State<Arc<AppState>>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let file = FILES.get(INDEX).ok_or_else(|| nothing_here("/"))?;
    Ok(answered(&state, file, "no-cache", &headers))
}

/// The page's address with the final slash that its relative addresses need.
pub(in crate::http) async fn with_slash(State(state): State<Arc<AppState>>) -> Response {
    let address = state.site.address("/");
    let location = HeaderValue::from_str(&address).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::PERMANENT_REDIRECT, [(LOCATION, location)]).into_response()
}

/// A file of the page; whatever else no route takes is not found.
pub(in crate::http) async fn file(State(state): State<Arc<AppState>>, request: Request) -> Result<Response, ApiError> {
    let path = request.uri().path();
    let missing = || nothing_here(path);
    let name = path.strip_prefix(&format!("{}/", state.site.base_path)).ok_or_else(missing)?;
    let file = FILES.get(name).filter(|_| name != INDEX).ok_or_else(missing)?;
    if ![Method::GET, Method::HEAD].contains(request.method()) {
        return Err(ApiError::MethodNotAllowed);
    }
    let cache = if name.starts_with(HASHED) { "public, max-age=31536000, immutable" } else { "no-cache" };
    Ok(answered(&state, file, cache, request.headers()))
}

fn answered(state: &AppState, file: &PageFile, cache: &'static str, headers: &HeaderMap) -> Response {
    let coding = if file.is_compressible() { coding(headers) } else { Coding::Identity };
    let tag = EntityTag::of(&[&file.hash, coding.as_str()]);
    let is_known = tag.is_known_to(headers);
    let body = if is_known { Body::empty() } else { Body::from(file.body(coding)) };
    let mut response = Response::new(body);
    let answer = response.headers_mut();
    answer.insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    answer.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
    if let Ok(tag) = HeaderValue::from_str(tag.as_str()) {
        answer.insert(ETAG, tag);
    }
    let policy = format!("{POLICY}; frame-ancestors {}", state.site.frame_ancestors);
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        answer.insert(CONTENT_SECURITY_POLICY, policy);
    }
    if is_known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response;
    }
    answer.insert(CONTENT_TYPE, file.media.clone());
    if coding == Coding::Gzip {
        answer.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    response
}
