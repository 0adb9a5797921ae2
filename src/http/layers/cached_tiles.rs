//! The innermost layer of the router: tiles from the cache.
//!
//! A tile that was given before under the same address, role and coding is given again; one whose parts are
//! in the cache is put together at once, on the thread that read the request. Everything else (other routes, other
//! methods, assessments still to be made, every refusal) goes on to the routes. What was read of the request of
//! a tile goes with it in its extensions, so that nothing is read twice.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use axum::extract::Request;
use axum::http::header::IF_NONE_MATCH;
use axum::http::uri::PathAndQuery;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use tower::Layer;

use super::early_answer::{AnsweredEarly, EarlyAnswer};
use super::headers;
use super::response_cache::{CacheLookup, CachedResponse, ResponseKey};
use crate::http::error::ApiError;
use crate::http::extract::access_log::{Delivery, PointsLook, logged_request_id};
use crate::http::extract::api_request::{ApiRequest, Caller};
use crate::http::extract::negotiation;
use crate::http::extract::received::Received;
use crate::http::extract::tile_address::AddressedTile;
use crate::http::extract::tile_request::{ParsedTile, TileRequest};
use crate::http::extract::tile_signature::is_signed;
use crate::http::state::AppState;
use crate::service::accounting::without_signature;
use crate::service::questions::tile::{NamedTile, TilePath};

/// How routes of OGC API – Tiles begin that name a tile.
const COLLECTIONS: &str = "/collections/";

/// What a panic leaves behind.
pub(in crate::http) type PanicCause = Box<dyn Any + Send + 'static>;

/// The cached-tile layer around the routes.
#[derive(Debug, Clone)]
pub struct CachedTileLayer {
    state: Arc<AppState>,
    /// What answers where a look-up panicked; it costs its own request and no other.
    panicked: fn(PanicCause) -> Response,
}

/// What the layer finds for a request.
enum TileLookup {
    /// The answer is known.
    Answered(Response),
    /// The tile has to be made, or is refused.
    Missed(ParsedTile),
    /// No tile is requested, or not by its plain address.
    NoTile,
}

impl CachedTileLayer {
    /// The layer over a state.
    pub fn new(state: Arc<AppState>, panicked: fn(PanicCause) -> Response) -> Self {
        Self { state, panicked }
    }

    /// The look-up, whose panic is an answer. What it holds is shared state behind locks that recover, and its own values.
    fn guarded_lookup(&self, request: &Request) -> TileLookup {
        catch_unwind(AssertUnwindSafe(|| self.lookup(request)))
            .unwrap_or_else(|cause| TileLookup::Answered((self.panicked)(cause)))
    }

    fn lookup(&self, request: &Request) -> TileLookup {
        let Some(tile) = self.addressed(request) else { return TileLookup::NoTile };
        self.lookup_tile(request, tile).unwrap_or_else(|error| TileLookup::Missed(ParsedTile(Err(error))))
    }

    fn lookup_tile(&self, request: &Request, tile: AddressedTile<'_>) -> Result<TileLookup, ApiError> {
        let received = Received::of_request(request);
        let caller = Caller::of(received, &self.state)?;
        let (Some(served), Some(address)) = (caller.served.clone(), received.uri.path_and_query()) else {
            return Ok(TileLookup::NoTile);
        };
        let coding = negotiation::brotli_or_gzip(received.headers);
        let key = ResponseKey {
            role: caller.viewer.role(),
            coding,
            revision: Arc::clone(served.revision(caller.viewer.role())),
            prefix: Arc::clone(caller.site.prefix()),
            // Whoever signed may read the tile that others of the role read.
            address: self.cached_address(address, tile),
        };
        let lookup = self.state.response_cache.lookup(&key);
        if let (CacheLookup::Hit(answer), false) = (&lookup, received.headers.contains_key(IF_NONE_MATCH)) {
            let response = answer.response();
            if noted_at_once(&self.state, &caller, tile.path, received, &response) {
                return Ok(TileLookup::Answered(response));
            }
        }
        let api_request = ApiRequest::new(caller, received, coding, &self.state).on_route(tile.canonical_route());
        let requested = TileRequest::read(&api_request, tile)?;
        let wait = |requested| Ok(TileLookup::Missed(ParsedTile(Ok(Arc::new(requested)))));
        if let Some(response) = requested.not_modified() {
            let is_noted = requested.accounted_at_once(&response);
            return if is_noted { Ok(TileLookup::Answered(response)) } else { wait(requested) };
        }
        let Some(body) = requested.body_from_cache() else {
            return wait(requested);
        };
        let bytes = body.as_ref().map(|body| body.bytes().clone()).unwrap_or_default();
        let response = requested.response(body);
        if !requested.accounted_at_once(&response) {
            return wait(requested);
        }
        if matches!(lookup, CacheLookup::RepeatedMiss) {
            let mut headers = response.headers().clone();
            headers::insert_constant(&self.state.site, &mut headers);
            self.state.response_cache.insert(key, CachedResponse::of(response.status(), headers, &bytes));
        }
        Ok(TileLookup::Answered(response))
    }

    /// The tile that a request names by an address in which nothing is escaped.
    fn addressed<'r>(&self, request: &'r Request) -> Option<AddressedTile<'r>> {
        let route = request.uri().path().strip_prefix(&self.state.site.base_path)?;
        (request.method() == Method::GET).then(|| AddressedTile::of_route(route)).flatten()
    }

    /// An address as it is known in the cache: that of OGC API – Tiles is the other address of the same answer.
    fn cached_address(&self, address: &PathAndQuery, tile: AddressedTile<'_>) -> Box<str> {
        let base = self.state.site.base_path.as_str();
        match address.path().strip_prefix(base).filter(|route| route.starts_with(COLLECTIONS)) {
            None => unsigned(address.as_str()),
            Some(_) => unsigned(&format!("{base}{}", tile.canonical_address(address.query()))),
        }
    }
}

/// An address as it is known in the cache. Without a signature nothing is copied but the address.
fn unsigned(address: &str) -> Box<str> {
    match address.split_once('?') {
        Some((path, query)) if is_signed(Some(query)) => format!("{path}?{}", without_signature(query)).into(),
        _ => address.into(),
    }
}

/// Writes down who looks at single incidents in a tile that was kept. Gives whether that could be done at once.
fn noted_at_once(
    state: &AppState,
    caller: &Caller,
    path: TilePath<'_>,
    received: Received<'_>,
    response: &Response,
) -> bool {
    let role = caller.viewer.role();
    // A tile is kept with its headers: where the word for what stands for incidents is missing, they stand for themselves.
    let is_sent = response.status() == StatusCode::OK && !response.headers().contains_key(headers::AGGREGATED);
    let holds_points = |tile: NamedTile| tile.may_hold_points(role);
    if !(is_sent && role.sees_incident_points() && NamedTile::of(path, caller.viewer).is_ok_and(holds_points)) {
        return true;
    }
    let look = PointsLook {
        holder: caller.holder.clone(),
        tile: format!("{}/{}/{}/{}", path.tileset, path.z, path.x, path.y),
        query: without_signature(received.uri.query().unwrap_or_default()),
        request_id: logged_request_id(received.headers).into(),
    };
    let is_taken = state.service.accounting().note_at_once(look.entry(Delivery::Sent));
    if is_taken {
        look.log(Delivery::Sent);
    }
    is_taken
}

impl EarlyAnswer for CachedTileLayer {
    fn early_answer(&self, request: &mut Request) -> Option<Response> {
        match self.guarded_lookup(request) {
            TileLookup::Answered(response) => return Some(response),
            TileLookup::Missed(parsed) => drop(request.extensions_mut().insert(parsed)),
            TileLookup::NoTile => {}
        }
        None
    }
}

impl<S> Layer<S> for CachedTileLayer {
    type Service = AnsweredEarly<Self, S>;

    fn layer(&self, routes: S) -> Self::Service {
        AnsweredEarly::new(self.clone(), routes)
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use axum::body::Body;
    use tower::{ServiceExt as _, service_fn};

    use super::*;
    use crate::config::{Config, Flags};
    use crate::http::extract::access::AccessList;
    use crate::http::site::Site;

    /// What the routes find of a request that the layer has read.
    async fn handed_on(address: &str) -> Option<ParsedTile> {
        let config = Config::from_sources(Flags::default(), &|_| Ok(None)).unwrap();
        let service = crate::service::Service::new(config.cache_bytes());
        let state = Arc::new(AppState::new(Site::new(&config), AccessList::default(), service));
        let routes = service_fn(async |mut request: Request| {
            let mut response = Response::default();
            let parsed = request.extensions_mut().remove::<ParsedTile>();
            response.extensions_mut().insert(parsed);
            Ok::<_, Infallible>(response)
        });
        let request = Request::builder().uri(address).header("authorization", "Bearer forged");
        let request = request.body(Body::empty()).unwrap();
        let mut response =
            CachedTileLayer::new(state, |_| Response::default()).layer(routes).oneshot(request).await.unwrap();
        response.extensions_mut().remove::<Option<ParsedTile>>().unwrap()
    }

    #[tokio::test]
    async fn what_was_read_of_a_tile_goes_on_with_its_request() {
        let parsed = handed_on("/tiles/communes/9/409/232").await.unwrap();
        assert!(matches!(parsed.0, Err(ApiError::InvalidToken)));
        for other in ["/tiles/communes/9/409", "/tiles/communes/9/409/%32", "/tiles/communes/9/409/232/1", "/areas"] {
            assert!(handed_on(other).await.is_none(), "{other}");
        }
    }
}
