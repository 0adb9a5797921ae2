//! Tiles from the cache, before the router.
//!
//! A tile that was given before under the same address, role and coding is given again; one whose parts are
//! in the cache is put together at once, on the thread that read the request. Everything else (other routes, other
//! methods, assessments still to be made, every refusal) goes on to the router. The layer answers as the
//! router would, header by header; a test holds it to that.

use std::sync::Arc;

use axum::http::header::IF_NONE_MATCH;
use axum::http::{Method, Request};
use axum::response::Response;

use super::headers::{self, MAX_ADDRESS_BYTES};
use super::response_cache::{CacheLookup, CachedResponse, ResponseKey};
use crate::config::CorsOrigins;
use crate::http::extract::access::Peer;
use crate::http::extract::api_request::{ApiRequest, Received};
use crate::http::extract::tile_request::TileRequest;
use crate::http::state::AppState;

/// The cached-tile layer around a router.
#[derive(Debug, Clone)]
pub struct CachedTileLayer {
    state: Arc<AppState>,
    prefix: Arc<str>,
}

impl CachedTileLayer {
    /// The layer over a state.
    pub fn new(state: Arc<AppState>) -> Self {
        let prefix = format!("{}/tiles/", state.site.base_path).into();
        Self { state, prefix }
    }

    /// The answer to a request; none where the router has to give it.
    pub fn answer<B>(&self, request: &Request<B>, peer: Option<Peer>) -> Option<Response> {
        let (tileset, place) = self.tile_of(request)?;
        let received = Received { uri: request.uri(), headers: request.headers(), peer };
        let api_request = ApiRequest::of(received, &self.state).ok()?.for_tiles();
        let served = api_request.served().ok()?;
        let key = ResponseKey {
            role: api_request.role(),
            coding: api_request.coding,
            prefix: Arc::clone(api_request.site.prefix()),
            address: request.uri().path_and_query()?.as_str().into(),
        };
        let lookup = served.response_cache.lookup(&key);
        if let (CacheLookup::Hit(answer), false) = (&lookup, request.headers().contains_key(IF_NONE_MATCH)) {
            return Some(answer.response());
        }
        let requested = TileRequest::read(&api_request, tileset, place).ok()?;
        if let Some(response) = requested.not_modified() {
            return Some(finished(response));
        }
        let body = requested.body_from_cache()?;
        let bytes = body.as_ref().map(|body| body.bytes().clone()).unwrap_or_default();
        let response = finished(requested.response(body));
        if matches!(lookup, CacheLookup::RepeatedMiss) {
            served.response_cache.insert(key, CachedResponse::of(response.status(), response.headers().clone(), bytes));
        }
        Some(response)
    }

    /// The tileset and the address of the tile that a request names, written as the address writes them.
    fn tile_of<'r, B>(&self, request: &'r Request<B>) -> Option<(&'r str, [&'r str; 3])> {
        let is_open = matches!(self.state.site.cors_origins, CorsOrigins::Any);
        let address = request.uri().path_and_query()?;
        if request.method() != Method::GET || !is_open || address.as_str().len() > MAX_ADDRESS_BYTES {
            return None;
        }
        let mut parts = address.path().strip_prefix(&*self.prefix)?.split('/');
        let found = (parts.next()?, [parts.next()?, parts.next()?, parts.next()?]);
        let is_plain = !address.path().contains('%') && parts.next().is_none();
        is_plain.then_some(found)
    }
}

/// The answer with the headers that stand around every route.
fn finished(mut response: Response) -> Response {
    headers::guard(response.headers_mut());
    headers::open_to_any_origin(response.headers_mut());
    response
}
