//! OGC API – Tiles: the scheme of the tiles, and the tilesets of each collection in it.
//!
//! The tiles are those of `/tiles/{tileset}`, byte for byte and out of the same cache; here the row stands before the
//! column. A collection has the name of its tileset, alone or with an edition.

use axum::extract::Path;
use axum::response::Response;

use super::filter_and;
use super::ogc::linked::LinkedDocument;
use crate::http::error::{ApiError, quoted};
use crate::http::extract::api_request::ApiRequest;
use crate::http::site::KnownHost;
use crate::service::answers::maps::tile_collection::TileCollection;
use crate::service::answers::maps::tile_matrix_set::{TileMatrixSet, TileMatrixSetsAnswer, WEB_MERCATOR_QUAD};
use crate::service::answers::maps::tilesets::CollectionTilesets;
use crate::service::error::ServiceError;
use crate::service::filter::edition;
use crate::service::questions::tileset::TilesetQuestion;
use crate::texts::{text, text_id};

/// The schemes there are.
pub(in crate::http) async fn schemes(api_request: ApiRequest) -> Result<Response, ApiError> {
    let document = LinkedDocument::of(&api_request, text_id!("features-tiling-schemes"))?;
    document.answer(&api_request, |address| Ok(TileMatrixSetsAnswer::of(address))).await
}

/// One scheme.
pub(in crate::http) async fn scheme(api_request: ApiRequest, Path(id): Path<String>) -> Result<Response, ApiError> {
    let document = LinkedDocument::of(&api_request, text_id!("features-tiling-schemes"))?;
    known_scheme(&id)?;
    document.answer(&api_request, |_| Ok(TileMatrixSet::web_mercator_quad())).await
}

/// The tilesets of a collection.
pub(in crate::http) async fn tilesets(api_request: ApiRequest, Path(name): Path<String>) -> Result<Response, ApiError> {
    let document = LinkedDocument::of(&api_request, text_id!("features-tilesets"))?;
    let collection = TileCollection::of(&name);
    let tileset = collection.tileset(api_request.viewer)?;
    if let Some(named) = collection.edition {
        edition(&api_request.served()?.snapshot, named)?;
    }
    let language = document.language;
    document.answer(&api_request, move |address| Ok(CollectionTilesets::of(tileset, &name, language, address))).await
}

/// One tileset of a collection under a filter.
pub(in crate::http) async fn metadata(
    api_request: ApiRequest,
    Path((name, scheme)): Path<(String, String)>,
) -> Result<Response, ApiError> {
    let collection = TileCollection::of(&name);
    let own = collection.parameters(filter_and(&["edition", "properties"]));
    let query = api_request.query(&[&own[..], &["f", "lang"]].concat())?;
    let document = LinkedDocument::of_query(&api_request, &query, &own, text_id!("features-tilesets"))?;
    let (query, tileset) = (collection.query(query), collection.tileset(api_request.viewer)?);
    known_scheme(&scheme)?;
    if api_request.state.note_host(&api_request.headers) == KnownHost::Foreign {
        return Err(ApiError::NotOffered { what: text!("tilejson-needs-public-url") });
    }
    let served = api_request.served()?;
    let question = TilesetQuestion::of(tileset, &query, &served, api_request.viewer)?;
    let (key, language) = (question.key(&served), document.language);
    let made = move |address: &dyn Fn(&str) -> String| question.metadata(&name, &served, language, address);
    document.keyed(key).answer(&api_request, made).await
}

fn known_scheme(id: &str) -> Result<(), ApiError> {
    if id == WEB_MERCATOR_QUAD {
        return Ok(());
    }
    let what = text!("request-no-scheme", name = quoted(id));
    Err(ServiceError::NotFound { what, known: vec![WEB_MERCATOR_QUAD.to_owned()] }.into())
}
