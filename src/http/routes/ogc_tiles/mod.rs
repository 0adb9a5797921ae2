//! OGC API – Tiles: the scheme of the tiles, and the tilesets of each collection in it.
//!
//! The tiles are those of `/tiles/{tileset}`, byte for byte and out of the same cache; here the row stands before the
//! column. A collection has the name of its tileset, alone or with an edition.

use std::sync::Arc;

use axum::extract::Path;
use axum::response::Response;

use super::filter_and;
use super::styles::json_only;
use crate::http::answer::{Freshness, Head, JSON, LanguageVariance, document};
use crate::http::error::{ApiError, quoted};
use crate::http::extract::api_request::ApiRequest;
use crate::http::site::KnownHost;
use crate::service::answers::maps::tile_collection::TileCollection;
use crate::service::answers::maps::tile_matrix_set::{TileMatrixSet, TileMatrixSetsAnswer, WEB_MERCATOR_QUAD};
use crate::service::answers::maps::tilesets::CollectionTilesets;
use crate::service::error::ServiceError;
use crate::service::filter::edition;
use crate::service::questions::tileset::{TilesetQuestion, tileset};
use crate::texts::text;

/// The schemes there are.
pub(in crate::http) async fn schemes(api_request: ApiRequest) -> Result<Response, ApiError> {
    json_only(&api_request.query(&["f"])?)?;
    let served = api_request.served()?;
    let head = Head::new(&api_request, &served, "", Freshness::Revalidate, LanguageVariance::Neutral);
    let site = Arc::clone(&api_request.site);
    document(&api_request, head, JSON, move || Ok(TileMatrixSetsAnswer::of(|route| site.address(route)))).await
}

/// One scheme.
pub(in crate::http) async fn scheme(api_request: ApiRequest, Path(id): Path<String>) -> Result<Response, ApiError> {
    json_only(&api_request.query(&["f"])?)?;
    known_scheme(&id)?;
    let served = api_request.served()?;
    let head = Head::new(&api_request, &served, "", Freshness::Revalidate, LanguageVariance::Neutral);
    document(&api_request, head, JSON, || Ok(TileMatrixSet::web_mercator_quad())).await
}

/// The tilesets of a collection.
pub(in crate::http) async fn tilesets(api_request: ApiRequest, Path(name): Path<String>) -> Result<Response, ApiError> {
    json_only(&api_request.query(&["f"])?)?;
    let collection = TileCollection::of(&name);
    let tileset = tileset(collection.tileset, api_request.viewer)?;
    let served = api_request.served()?;
    if let Some(named) = collection.edition {
        edition(&served.snapshot, named)?;
    }
    let head = Head::new(&api_request, &served, "", Freshness::Revalidate, LanguageVariance::ByLanguage);
    let (site, language) = (Arc::clone(&api_request.site), api_request.language);
    let made = move || Ok(CollectionTilesets::of(tileset, &name, language, |route| site.address(route)));
    document(&api_request, head, JSON, made).await
}

/// One tileset of a collection under a filter.
pub(in crate::http) async fn metadata(
    api_request: ApiRequest,
    Path((name, scheme)): Path<(String, String)>,
) -> Result<Response, ApiError> {
    let query = api_request.query(&filter_and(&["edition", "properties", "f"]))?;
    json_only(&query)?;
    let collection = TileCollection::of(&name);
    let (query, tileset) = (collection.query(query), tileset(collection.tileset, api_request.viewer)?);
    known_scheme(&scheme)?;
    if api_request.state.note_host(&api_request.headers) == KnownHost::Foreign {
        return Err(ApiError::NotOffered { what: text!("tilejson-needs-public-url") });
    }
    let served = api_request.served()?;
    let question = TilesetQuestion::of(tileset, &query, &served, api_request.viewer)?;
    let (key, variance) = (question.key(&served), LanguageVariance::ByLanguage);
    let head = Head::new(&api_request, &served, &key, Freshness::Revalidate, variance);
    let (site, language) = (Arc::clone(&api_request.site), api_request.language);
    let made = move || question.metadata(&name, &served, language, |route| site.address(route));
    document(&api_request, head, JSON, made).await
}

fn known_scheme(id: &str) -> Result<(), ApiError> {
    if id == WEB_MERCATOR_QUAD {
        return Ok(());
    }
    let what = text!("request-no-scheme", name = quoted(id));
    Err(ServiceError::NotFound { what, known: vec![WEB_MERCATOR_QUAD.to_owned()] }.into())
}
