//! A tile as it is requested: read from the address, known by its tag.
//!
//! Read once: the cached-tile layer hands what it read of a request on to the handler, in the extensions of the request.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use super::access_log::{Delivery, PointsLook, logged_request_id};
use super::api_request::ApiRequest;
use super::received::Received;
use super::tile_address::{AddressedTile, OgcTile};
use crate::http::answer::{Freshness, Head, LanguageVariance, MVT};
use crate::http::error::ApiError;
use crate::http::layers::headers::{AGGREGATED, CROSS_ORIGIN_RESOURCE_POLICY};
use crate::http::state::AppState;
use crate::service::Service;
use crate::service::accounting::{SIGNATURE, without_signature};
use crate::service::error::ServiceError;
use crate::service::filter::FILTER;
use crate::service::heavy_work::WorkOrder;
use crate::service::questions::tile::{NamedTile, TileBody, TilePath, TileQuestion};
use crate::service::viewer::FilterLifetime;
use crate::texts::text;

/// The parameters of a tile beside the filter.
const TILE: [&str; 6] = ["edition", "properties", "epoch", "revision", "f", SIGNATURE];
/// Parameters of a style that mean nothing to what it draws from. OpenLayers takes the last parameter of the address of a
/// style for an access token and appends it to every address within.
pub(in crate::http) const OF_STYLE: [&str; 3] = ["layer", "lang", "simple"];
/// The words by which the one form of a tile is asked for.
const FORMS: [&str; 2] = ["mvt", "pbf"];

/// A tile as it is requested, with the head of its answer.
#[derive(Debug)]
pub(in crate::http) struct TileRequest {
    service: Arc<Service>,
    question: TileQuestion,
    head: Head,
    /// Who looks at single incidents; none where the role sees none, or the tile has none.
    look: Option<PointsLook>,
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
        // By its names: the other address of a tile has them in another order, and its scheme before them.
        let path = Path::<HashMap<String, String>>::from_request_parts(parts, state)
            .await
            .map_err(IntoResponse::into_response)?;
        let part = |name: &str| path.get(name).map(String::as_str).unwrap_or_default();
        let (tileset, z, x, y) = (part("tileset"), part("z"), part("x"), part("y"));
        let named = match path.get("tileMatrixSetId") {
            None => Some(AddressedTile { path: TilePath { tileset, z, x, y }, collection: None }),
            Some(scheme) => OgcTile { collection: tileset, scheme, z, row: y, column: x }.addressed(),
        };
        let Some(named) = named else {
            return Ok(Self(Err(ServiceError::absent(text!("request-no-tile")).into())));
        };
        Ok(Self(TileRequest::read(&api_request.on_route(named.canonical_route()), named).map(Arc::new)))
    }
}

impl TileRequest {
    /// The tile that a request names.
    ///
    /// # Errors
    /// When the address is none of a tile, a parameter is wrong, or the role may not have it.
    pub(in crate::http) fn read(api_request: &ApiRequest, addressed: AddressedTile<'_>) -> Result<Self, ApiError> {
        let AddressedTile { path, collection } = addressed;
        let query = match collection {
            None => api_request.query(&parameters())?,
            Some(collection) => {
                let query = api_request.query(&collection.parameters(parameters()))?;
                collection.tileset(api_request.viewer)?;
                collection.query(query)
            }
        };
        if let Some(form) = query.value("f").filter(|form| !FORMS.contains(form)) {
            return Err(ApiError::none_of("f", form, FORMS.map(str::to_owned).to_vec()));
        }
        let tile = NamedTile::of(path, api_request.viewer)?;
        let question = TileQuestion::of(tile, &query, api_request.served()?, api_request.viewer)?;
        let freshness = match question.lifetime {
            FilterLifetime::Fixed => Freshness::Immutable,
            FilterLifetime::Moving => Freshness::Revalidate,
        };
        let head = Head::new(api_request, question.served(), &question.key(), freshness, LanguageVariance::Neutral);
        // A tile that is kept is written again in fewer bytes.
        let head = head.weakly_tagged();
        let look = tile.may_hold_points(api_request.role()).then(|| PointsLook {
            holder: api_request.holder.clone(),
            tile: format!("{}/{}/{}/{}", path.tileset, path.z, path.x, path.y),
            query: without_signature(api_request.raw_query()),
            request_id: logged_request_id(&api_request.headers).into(),
        });
        Ok(Self { service: Arc::clone(&api_request.state.service), question, head, look })
    }

    /// 304 where the client has the tile already.
    pub(in crate::http) fn not_modified(&self) -> Option<Response> {
        self.head.not_modified().map(with_policy)
    }

    /// Writes down who sees single incidents by an answer, where anybody does. Gives whether that could be done at once.
    #[must_use]
    pub(in crate::http) fn accounted_at_once(&self, response: &Response) -> bool {
        let Some((look, delivery)) = self.delivered_look(response) else { return true };
        let is_taken = self.service.accounting().note_at_once(look.entry(delivery));
        if is_taken {
            look.log(delivery);
        }
        is_taken
    }

    /// The same, waiting for room.
    ///
    /// # Errors
    /// When it cannot be written down: the answer must not be given then.
    pub(in crate::http) async fn accounted(&self, response: Response) -> Result<Response, ServiceError> {
        if let Some((look, delivery)) = self.delivered_look(&response) {
            self.service.accounting().note(look.entry(delivery)).await?;
            look.log(delivery);
        }
        Ok(response)
    }

    /// The look at single incidents that an answer is.
    fn delivered_look(&self, response: &Response) -> Option<(&PointsLook, Delivery)> {
        let look = self.look.as_ref()?;
        match response.status() {
            StatusCode::NOT_MODIFIED => Some((look, Delivery::HeldByClient)),
            StatusCode::OK if !response.headers().contains_key(AGGREGATED) => Some((look, Delivery::Sent)),
            _ => None,
        }
    }

    /// Whose work the tile is.
    pub(in crate::http) fn work_order(&self) -> WorkOrder {
        self.head.work_order()
    }

    /// The coded bytes of the tile; none where it is empty. Blocks while areas are assessed.
    ///
    /// # Errors
    /// When the edition is gone or the encoder fails.
    pub(in crate::http) fn body(&self) -> Result<Option<TileBody>, ServiceError> {
        self.question.body(&self.service, self.head.coding())
    }

    /// The same, where it takes microseconds: everything but the values of the filter is cached.
    #[expect(clippy::option_option, reason = "an empty tile is an answer, one that takes longer is none")]
    pub(in crate::http) fn body_from_cache(&self) -> Option<Option<TileBody>> {
        self.question.body_from_cache(&self.service, self.head.coding())
    }

    /// The answer with a body.
    pub(in crate::http) fn response(&self, body: Option<TileBody>) -> Response {
        let Some(body) = body else { return with_policy(self.head.no_content()) };
        let aggregated = body.aggregated();
        let mut response = with_policy(self.head.with(MVT, body.coded));
        if let Some(aggregated) = aggregated {
            response.headers_mut().insert(AGGREGATED, HeaderValue::from_static(aggregated));
        }
        response
    }
}

/// The parameters that a tile may have.
pub(in crate::http) fn parameters() -> Vec<&'static str> {
    FILTER.iter().chain(&TILE).chain(&OF_STYLE).copied().collect()
}

fn with_policy(mut response: Response) -> Response {
    response.headers_mut().insert(CROSS_ORIGIN_RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
    response
}
