//! A tile as it is requested: read from the address, known by its tag, made in the coding the client takes.
//!
//! Read once: the cached-tile layer hands what it read of a request on to the handler, in the extensions of the request.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{FromRequestParts, Path};
use axum::http::HeaderValue;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};

use super::api_request::{ApiRequest, Received};
use crate::domain::area::Level;
use crate::domain::role::Role;
use crate::domain::text::Names;
use crate::http::answer::{Freshness, Head, LanguageVariance, MVT};
use crate::http::error::{ApiError, quoted};
use crate::http::layers::headers::{AGGREGATED, CROSS_ORIGIN_RESOURCE_POLICY};
use crate::http::state::AppState;
use crate::service::coded_body::{CodedBody, Coding};
use crate::service::error::ServiceError;
use crate::service::filter::{FILTER, RequestedFilter};
use crate::service::live::ServedSnapshot;
use crate::service::query::Query;
use crate::service::viewer::FilterLifetime;
use crate::service::{Selection, Service};
use crate::texts::text;
use crate::tile::encoding::encode::{Aggregated, Evaluated, Evaluation, TileSource};
use crate::tile::encoding::splice::SplicedTile;
use crate::tile::tileset::Tileset;
use crate::tile::{MAX_ZOOM, MIN_ZOOM, TileAddress};

/// The parameters of a tile beside the filter.
const TILE: [&str; 4] = ["edition", "properties", "epoch", "revision"];

/// A tile as it is requested.
#[derive(Debug)]
pub(in crate::http) struct TileRequest {
    service: Arc<Service>,
    served: Arc<ServedSnapshot>,
    requested: RequestedFilter,
    role: Role,
    tileset: Tileset,
    selection: Selection,
    address: TileAddress,
    head: Head,
}

/// The names in the address of a tile, as the address writes them.
#[derive(Debug, Clone, Copy)]
pub(in crate::http) struct TilePath<'a> {
    pub(in crate::http) tileset: &'a str,
    pub(in crate::http) z: &'a str,
    pub(in crate::http) x: &'a str,
    pub(in crate::http) y: &'a str,
}

/// What was read of a request before it came to the handler: a tile to be made, or why there is none.
#[derive(Debug, Clone)]
pub(in crate::http) struct ParsedTile(pub(in crate::http) Result<Arc<TileRequest>, ApiError>);

impl FromRequestParts<Arc<AppState>> for ParsedTile {
    type Rejection = Response;

    /// What the layer before has read, or the same read now: of a request for the head alone, or whose address is escaped.
    async fn from_request_parts(parts: &mut Parts, state: &Arc<AppState>) -> Result<Self, Self::Rejection> {
        if let Some(parsed) = parts.extensions.remove::<Self>() {
            return Ok(parsed);
        }
        let api_request = match ApiRequest::of_tile(Received::of_parts(parts), state) {
            Ok(api_request) => api_request,
            Err(error) => return Ok(Self(Err(error))),
        };
        let path = Path::<[String; 4]>::from_request_parts(parts, state).await.map_err(IntoResponse::into_response)?;
        let [tileset, z, x, y] = &*path;
        Ok(Self(TileRequest::read(&api_request, TilePath { tileset, z, x, y }).map(Arc::new)))
    }
}

/// The bytes of a tile as they are sent.
#[derive(Debug)]
pub(in crate::http) struct TileBody {
    coded: CodedBody,
    /// What stands for single incidents; none where each stands for itself, or none is shown.
    aggregated: Option<Aggregated>,
}

impl TileBody {
    fn of(tile: &SplicedTile, coding: Coding) -> Self {
        Self { coded: CodedBody::of_tile(tile, coding), aggregated: tile.aggregated() }
    }

    /// The body as it is sent, in the coding of the request.
    pub(in crate::http) fn bytes(&self) -> &Bytes {
        self.coded.bytes()
    }
}

/// What has to be known of the areas before the tile can be made.
enum TileInputs {
    Evaluations(Vec<Arc<Evaluation>>),
    Counts,
}

impl TileRequest {
    /// The tile that a request names.
    ///
    /// # Errors
    /// When the address is none of a tile, a parameter is wrong, or the role may not have it.
    pub(in crate::http) fn read(api_request: &ApiRequest, path: TilePath<'_>) -> Result<Self, ApiError> {
        let query = api_request.query(&parameters())?;
        let tileset = allowed(path.tileset, api_request)?;
        let address = address(path)?;
        let served = api_request.served()?;
        let requested = RequestedFilter::resolved(&query, &served, api_request.viewer)?;
        let selection = selection(&query)?;
        let freshness = freshness(&query, &served, &requested)?;
        let key = key(&requested, selection, &served);
        let head = Head::new(api_request, &served, &key, freshness, LanguageVariance::Neutral);
        let (service, role) = (Arc::clone(&api_request.state.service), api_request.role());
        Ok(Self { service, served, requested, role, tileset, selection, address, head })
    }

    /// 304 where the client has the tile already.
    pub(in crate::http) fn not_modified(&self) -> Option<Response> {
        self.head.not_modified().map(with_policy)
    }

    /// The coded bytes of the tile; none where it is empty. Blocks while areas are assessed.
    ///
    /// # Errors
    /// When the edition is gone or the encoder fails.
    pub(in crate::http) fn body(&self) -> Result<Option<TileBody>, ServiceError> {
        let basis = if self.counts_are_enough() {
            TileInputs::Counts
        } else {
            let filter = &self.requested.filter;
            let evaluation = |level| self.service.evaluations.of(&self.served, level, filter, self.role);
            TileInputs::Evaluations(self.levels()?.into_iter().map(evaluation).collect::<Result<_, _>>()?)
        };
        self.made(&basis)
    }

    /// The same, where it takes microseconds: everything but the values of the filter is cached.
    #[expect(clippy::option_option, reason = "an empty tile is an answer, one that takes longer is none")]
    pub(in crate::http) fn body_from_cache(&self) -> Option<Option<TileBody>> {
        let basis = if self.counts_are_enough() {
            TileInputs::Counts
        } else {
            let filter = &self.requested.filter;
            let known = |level| self.service.evaluations.cached(&self.served, level, filter, self.role);
            TileInputs::Evaluations(self.levels().ok()?.into_iter().map(known).collect::<Option<_>>()?)
        };
        let spliced = self.source(&basis).ok()?.spliced_from_cache(&self.service.skeletons, self.address)?;
        Some(spliced.map(|tile| TileBody::of(&tile, self.head.coding())))
    }

    /// The answer with a body.
    pub(in crate::http) fn response(&self, body: Option<TileBody>) -> Response {
        let Some(TileBody { coded, aggregated }) = body else { return with_policy(self.head.no_content()) };
        let mut response = with_policy(self.head.with(MVT, coded));
        if let Some(aggregated) = aggregated {
            response.headers_mut().insert(AGGREGATED, HeaderValue::from_static(aggregated.as_str()));
        }
        response
    }

    /// Whether the areas of the tile are counted and nothing else: what the public sees of an area depends on
    /// the release of all.
    fn counts_are_enough(&self) -> bool {
        self.role.sees_small_counts() && self.selection.rests_on_counts() && self.tileset.level().is_some()
    }

    fn levels(&self) -> Result<Vec<Level>, ServiceError> {
        let edition_data = self.served.snapshot.edition(self.requested.filter.edition).ok_or(ServiceError::NotReady)?;
        Ok(self.tileset.levels().into_iter().filter(|level| edition_data.shape.level(*level).is_some()).collect())
    }

    fn source<'a>(&'a self, basis: &'a TileInputs) -> Result<TileSource<'a>, ServiceError> {
        let (snapshot, filter) = (&self.served.snapshot, &self.requested.filter);
        Ok(TileSource {
            snapshot,
            edition_data: snapshot.edition(filter.edition).ok_or(ServiceError::NotReady)?,
            tileset: self.tileset,
            role: self.role,
            filter,
            selection: self.selection,
            evaluated: match basis {
                TileInputs::Evaluations(evaluations) => Evaluated::Whole(evaluations),
                TileInputs::Counts => Evaluated::Counts,
            },
        })
    }

    fn made(&self, basis: &TileInputs) -> Result<Option<TileBody>, ServiceError> {
        let spliced = self.source(basis)?.spliced(&self.service.skeletons, self.address);
        let spliced = spliced.map_err(|error| ServiceError::internal(&error))?;
        Ok(spliced.map(|tile| TileBody::of(&tile, self.head.coding())))
    }
}

/// The parameters that a tile may have.
pub(in crate::http) fn parameters() -> Vec<&'static str> {
    FILTER.iter().chain(&TILE).copied().collect()
}

fn with_policy(mut response: Response) -> Response {
    response.headers_mut().insert(CROSS_ORIGIN_RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
    response
}

/// The canonical text of everything that is requested.
pub(in crate::http) fn key(requested: &RequestedFilter, selection: Selection, served: &ServedSnapshot) -> String {
    let mut key = requested.key(&served.snapshot);
    key.push_str(&properties(selection));
    key
}

/// The selection as a parameter of an address; empty where nothing is left out.
pub(in crate::http) fn properties(selection: Selection) -> String {
    if selection == Selection::ALL { String::new() } else { format!("&properties={}", selection.names().join(",")) }
}

/// The attributes that are requested; all where none is named.
pub(in crate::http) fn selection(query: &Query) -> Result<Selection, ApiError> {
    let Some(text) = query.value("properties") else { return Ok(Selection::ALL) };
    Selection::listed(text).map_err(|unknown| {
        let known = Selection::ALL.names().into_iter().map(str::to_owned).collect();
        ApiError::none_of("properties", &unknown.0, known)
    })
}

/// The tileset of a name, if the role may have it.
pub(in crate::http) fn allowed(name: &str, api_request: &ApiRequest) -> Result<Tileset, ApiError> {
    let tileset: Tileset = name.parse().map_err(|_| ServiceError::NotFound {
        what: text!("request-no-tileset", name = quoted(name)),
        known: Tileset::ALL.iter().map(|tileset| tileset.as_str().to_owned()).collect(),
    })?;
    if !tileset.is_allowed_to(api_request.role()) {
        api_request.viewer.at_least(Role::Planner)?;
    }
    Ok(tileset)
}

fn address(path: TilePath<'_>) -> Result<TileAddress, ApiError> {
    let TilePath { z, x, y, .. } = path;
    let wrong = |what: Names| ApiError::BadTileAddress { address: quoted(&format!("{z}/{x}/{y}")), what };
    let number = |text: &str| whole_number(text).and_then(|number| u32::try_from(number).ok());
    let (Some(z), Some(x), Some(y)) = (number(z), number(x), number(y)) else {
        return Err(wrong(text!("request-tile-numbers")));
    };
    let zoom = u8::try_from(z).ok().filter(|zoom| (MIN_ZOOM..=MAX_ZOOM).contains(zoom));
    let Some(zoom) = zoom else {
        return Err(ApiError::absent(text!(
            "request-no-zoom",
            zoom = z.to_string(),
            least = u32::from(MIN_ZOOM),
            most = u32::from(MAX_ZOOM)
        )));
    };
    TileAddress::new(zoom, x, y).map_err(|_| wrong(text!("request-tile-outside")))
}

/// A number that is written in the one way there is, so that a tile has one address.
fn whole_number(text: &str) -> Option<u64> {
    let is_plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_short = text == "0" || !text.starts_with('0');
    (is_plain && is_short).then(|| text.parse().ok()).flatten()
}

/// An address that names the revision never changes its meaning; one that names another
/// revision is answered from this one, and revalidated.
fn freshness(query: &Query, served: &ServedSnapshot, requested: &RequestedFilter) -> Result<Freshness, ApiError> {
    let epoch = match query.value("epoch") {
        None => None,
        Some(text) => {
            let expected = || text!("expected-whole-number");
            Some(whole_number(text).ok_or_else(|| ApiError::invalid("epoch", text, expected()))?)
        }
    };
    let same_epoch = epoch == Some(served.snapshot.epoch);
    let same_revision = query.value("revision").is_none_or(|revision| *revision == *served.revision);
    let lasting = same_epoch && same_revision && requested.lifetime == FilterLifetime::Fixed;
    Ok(if lasting { Freshness::Immutable } else { Freshness::Revalidate })
}
