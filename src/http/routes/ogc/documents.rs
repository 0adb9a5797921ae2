//! The documents that lead to features: landing page, conformance, collections, queryables.

use std::sync::Arc;

use axum::extract::Path;
use axum::response::Response;
use serde::Serialize;

use super::{DocumentForm, DocumentRequest, FORM, as_page};
use crate::http::answer::{Freshness, HTML as HTML_PAGE, Head, bytes, json_bytes};
use crate::http::error::ApiError;
use crate::http::extract::api_request::ApiRequest;
use crate::http::page::ogc::{
    PageFrame, collection_page, collections_page, columns_page, conformance_page, landing_page,
};
use crate::service::answers::features::collections::{CollectionAnswer, CollectionsAnswer};
use crate::service::answers::features::conformance::ConformanceAnswer;
use crate::service::answers::features::landing::LandingAnswer;
use crate::service::answers::features::links::{JSON, LinkContext, SCHEMA};
use crate::service::answers::features::queryables::{ColumnDocument, ColumnsAnswer};
use crate::service::answers::features::sources::columns::columns;
use crate::service::error::ServiceError;
use crate::service::features::collection::CollectionName;
use crate::service::live::ServedSnapshot;

/// The landing page; people who ask for no form have the map at the same address.
pub(in crate::http) async fn landing(api_request: ApiRequest) -> Result<Response, ApiError> {
    let query = api_request.query(&FORM)?;
    let request = DocumentRequest::of(&api_request, &query, &[JSON])?;
    written(&api_request, request, JSON, |_, context| LandingAnswer::of(context), landing_page).await
}

/// What is conformed to.
pub(in crate::http) async fn conformance(api_request: ApiRequest) -> Result<Response, ApiError> {
    let query = api_request.query(&FORM)?;
    let request = DocumentRequest::of(&api_request, &query, &[JSON])?;
    written(&api_request, request, JSON, |_, context| ConformanceAnswer::of(context), conformance_page).await
}

/// The collections of the role.
pub(in crate::http) async fn collections(api_request: ApiRequest) -> Result<Response, ApiError> {
    let query = api_request.query(&FORM)?;
    let request = DocumentRequest::of(&api_request, &query, &[JSON])?;
    let role = api_request.role();
    let answer = move |served: &ServedSnapshot, context: &LinkContext<'_>| CollectionsAnswer::of(served, role, context);
    written(&api_request, request, JSON, answer, collections_page).await
}

/// One collection.
pub(in crate::http) async fn collection(api_request: ApiRequest, Path(id): Path<String>) -> Result<Response, ApiError> {
    let query = api_request.query(&FORM)?;
    let name = CollectionName::named(&id, &*api_request.served()?, api_request.role())?;
    let request = DocumentRequest::of(&api_request, &query, &[JSON])?;
    let answer =
        move |served: &ServedSnapshot, context: &LinkContext<'_>| CollectionAnswer::of(&served.snapshot, name, context);
    written(&api_request, request, JSON, answer, collection_page).await
}

/// What can be asked of the features of a collection.
pub(in crate::http) async fn queryables(api_request: ApiRequest, path: Path<String>) -> Result<Response, ApiError> {
    of_columns(api_request, path, ColumnDocument::Queryables).await
}

/// What stands in the features of a collection.
pub(in crate::http) async fn schema(api_request: ApiRequest, path: Path<String>) -> Result<Response, ApiError> {
    of_columns(api_request, path, ColumnDocument::Schema).await
}

async fn of_columns(
    api_request: ApiRequest,
    Path(id): Path<String>,
    document: ColumnDocument,
) -> Result<Response, ApiError> {
    let query = api_request.query(&FORM)?;
    let role = api_request.role();
    let name = CollectionName::named(&id, &*api_request.served()?, role)?;
    let request = DocumentRequest::of(&api_request, &query, &[SCHEMA, JSON])?;
    let answer = move |_: &ServedSnapshot, context: &LinkContext<'_>| {
        ColumnsAnswer::of(name, &columns(name, role), document, context)
    };
    let page = move |answer: &ColumnsAnswer, frame: &PageFrame| columns_page(answer, document, frame);
    written(&api_request, request, SCHEMA, answer, page).await
}

/// A document in the form that was asked for, unless the client has it already.
async fn written<Answer: Serialize>(
    api_request: &ApiRequest,
    request: DocumentRequest,
    media: &'static str,
    answer: impl FnOnce(&ServedSnapshot, &LinkContext<'_>) -> Answer + Send + 'static,
    page: impl FnOnce(&Answer, &PageFrame) -> String + Send + 'static,
) -> Result<Response, ApiError> {
    let served = api_request.served()?;
    let key = format!("f={:?}", request.form);
    let head = Head::in_language(api_request, &served, &key, Freshness::Revalidate, Some(request.language));
    let head = head.varying_by_media();
    let site = Arc::clone(&api_request.site);
    let form = request.form;
    let made = move || -> Result<Vec<u8>, ServiceError> {
        let address = |route: &str| site.address(route);
        let answer = answer(&served, &request.context(&address, media));
        match form {
            DocumentForm::Data => json_bytes(&answer),
            DocumentForm::Page => Ok(page(&answer, &request.frame).into_bytes()),
        }
    };
    match form {
        DocumentForm::Data => bytes(api_request, head, media, made).await,
        DocumentForm::Page => Ok(as_page(api_request, bytes(api_request, head, HTML_PAGE, made).await?)),
    }
}
