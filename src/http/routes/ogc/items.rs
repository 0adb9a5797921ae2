//! The features of a collection, page by page, and single ones.
//!
//! Looks at single incidents and at squares are written to the logs before the answer is sent, as at `/incidents`.

use std::sync::Arc;

use axum::extract::Path;
use axum::http::HeaderValue;
use axum::response::Response;
use serde::Deserialize;

use super::{DocumentForm, DocumentRequest, FORM, as_page, pairs};
use crate::domain::audit::AuditAction;
use crate::http::answer::{Freshness, HTML as HTML_PAGE, Head, json_bytes};
use crate::http::error::ApiError;
use crate::http::extract::access_log::logged_request_id;
use crate::http::extract::api_request::ApiRequest;
use crate::http::layers::headers::CONTENT_CRS;
use crate::http::page::ogc::{item_page, items_page};
use crate::service::answers::features::items::ItemAnswer;
use crate::service::answers::features::links::{ApiLink, GEOJSON, HTML, JSON};
use crate::service::answers::geometry::GeometryDetail;
use crate::service::coded_body::CodedBody;
use crate::service::error::ServiceError;
use crate::service::features::collection::CollectionName;
use crate::service::features::items::{DEFAULT_LIMIT, ITEMS, ItemsRequest};
use crate::service::heavy_work::WorkCost;
use crate::service::live::ServedSnapshot;
use crate::service::query::{Query, encoded};

/// How many features a page for people has where nothing is said.
const LIMIT_OF_PAGES: usize = 100;
/// What the boundaries of a level as they were imported cost: megabytes of text, written and compressed.
const FULL_GEOMETRY: WorkCost = WorkCost::Units(2);
/// The parameters of a single feature.
const ITEM: [&str; 2] = ["crs", "properties"];

/// A page of features.
pub(in crate::http) async fn items(api_request: ApiRequest, Path(id): Path<String>) -> Result<Response, ApiError> {
    let items = FeatureRequest::of(&api_request, &id, &ITEMS)?;
    let (served, request, document) = (Arc::clone(&items.served), items.request.clone(), items.document.clone());
    let links = items.links(&api_request);
    let state = Arc::clone(&api_request.state);
    answered(&api_request, &items, move || {
        let answer = state.service.items(&served, &request)?.answer(links);
        let text = match document.form {
            DocumentForm::Data => json_bytes(&answer)?,
            DocumentForm::Page => items_page(&answer, &request.collection.title(), &document.frame).into_bytes(),
        };
        Ok(WrittenItems { text, returned: answer.number_returned, matched: answer.number_matched })
    })
    .await
}

/// The address of a feature.
#[derive(Debug, Deserialize)]
pub(in crate::http) struct ItemPath {
    collection: String,
    feature: String,
}

/// One feature.
pub(in crate::http) async fn item(api_request: ApiRequest, Path(path): Path<ItemPath>) -> Result<Response, ApiError> {
    let items = FeatureRequest::of(&api_request, &path.collection, &ITEM)?;
    let (served, request, document) = (Arc::clone(&items.served), items.request.clone(), items.document.clone());
    let links = items.links(&api_request);
    let collection = api_request.site.address(&format!("/collections/{}", request.collection.id()));
    let state = Arc::clone(&api_request.state);
    answered(&api_request, &items, move || {
        let feature = state.service.item(&served, &request, &path.feature)?;
        let links = links(None).into_iter().chain([ApiLink::new("collection", JSON, collection)]).collect();
        let answer = ItemAnswer { feature, links };
        let text = match document.form {
            DocumentForm::Data => json_bytes(&answer)?,
            DocumentForm::Page => item_page(&answer, &request.collection.title(), &document.frame).into_bytes(),
        };
        Ok(WrittenItems { text, returned: 1, matched: 1 })
    })
    .await
}

/// Features as they are sent, with how many they are.
struct WrittenItems {
    text: Vec<u8>,
    returned: usize,
    matched: usize,
}

/// A question on features with the form of its answer.
struct FeatureRequest {
    served: Arc<ServedSnapshot>,
    request: ItemsRequest,
    document: DocumentRequest,
    /// The parameters but form and cursor, as an address writes them.
    parameters: String,
    cursor: Option<String>,
    head: Head,
}

impl FeatureRequest {
    /// The question of a request that may have some parameters beside those of the collection.
    fn of(api_request: &ApiRequest, id: &str, own: &[&'static str]) -> Result<Self, ApiError> {
        let served = api_request.served()?;
        let name = CollectionName::named(id, &served, api_request.role())?;
        let names = [own, &name.parameters()[..]].concat();
        let query = api_request.query(&[&names[..], &FORM[..]].concat())?;
        let mut document = DocumentRequest::of(api_request, &query, &[GEOJSON, JSON])?;
        let limit = if document.form == DocumentForm::Page { LIMIT_OF_PAGES } else { DEFAULT_LIMIT };
        let request = ItemsRequest::of(name, &query, &served, api_request.viewer, limit)?;
        let lasting: Vec<&'static str> = names.into_iter().filter(|name| *name != "cursor").collect();
        document.frame.parameters = pairs(&query, &lasting);
        let parameters = pairs(&query, &[&lasting[..], &["lang"]].concat());
        let head = head(api_request, &served, &request, &document);
        Ok(Self { cursor: cursor(&query), served, request, document, parameters, head })
    }

    /// The links of the answer by the cursor of the next page.
    fn links(&self, api_request: &ApiRequest) -> impl FnOnce(Option<&str>) -> Vec<ApiLink> + Send + use<> {
        let (site, route) = (Arc::clone(&api_request.site), api_request.route.clone());
        let (parameters, here, form) = (self.parameters.clone(), self.cursor.clone(), self.document.form);
        move |next| {
            let address = |form: &str, cursor: Option<&str>| {
                let cursor = cursor.map(|cursor| format!("&cursor={}", encoded(cursor))).unwrap_or_default();
                let mark = if parameters.is_empty() { "" } else { "&" };
                site.address(&format!("{route}?{parameters}{mark}f={form}{cursor}"))
            };
            let (own, other) = match form {
                DocumentForm::Data => (("json", GEOJSON), ("html", HTML)),
                DocumentForm::Page => (("html", HTML), ("json", GEOJSON)),
            };
            let mut links = vec![
                ApiLink::new("self", own.1, address(own.0, here.as_deref())),
                ApiLink::new("alternate", other.1, address(other.0, here.as_deref())),
            ];
            links.extend(next.map(|cursor| ApiLink::new("next", own.1, address(own.0, Some(cursor)))));
            links
        }
    }
}

fn cursor(query: &Query) -> Option<String> {
    query.value("cursor").map(str::to_owned)
}

fn head(api_request: &ApiRequest, served: &ServedSnapshot, request: &ItemsRequest, document: &DocumentRequest) -> Head {
    // The window of a question that names none changes with the day, which the canonical text knows.
    let key = format!("{}&{}&f={:?}", request.key, api_request.raw_query(), document.form);
    let language = (document.form == DocumentForm::Page).then_some(document.language);
    let head = Head::in_language(api_request, served, &key, Freshness::Revalidate, language).varying_by_media();
    let has_boundaries = matches!(request.collection, CollectionName::Areas(..));
    let is_costly = has_boundaries && request.form.detail == GeometryDetail::Full;
    if is_costly { head.at_cost(FULL_GEOMETRY) } else { head }
}

/// Answers with features, unless the client has them already. A look at single incidents is written down either way.
async fn answered(
    api_request: &ApiRequest,
    items: &FeatureRequest,
    work: impl FnOnce() -> Result<WrittenItems, ServiceError> + Send + 'static,
) -> Result<Response, ApiError> {
    let collection = items.request.collection;
    if collection == CollectionName::IncidentSquares {
        api_request.account(AuditAction::Squares, None).await?;
    }
    if collection != CollectionName::Incidents
        && let Some(response) = items.head.not_modified()
    {
        return Ok(response);
    }
    let coding = items.head.coding();
    let coded = move || {
        let WrittenItems { text, returned, matched } = work()?;
        Ok((CodedBody::new(text, coding), returned, matched))
    };
    let (body, returned, matched) = api_request.state.service.compute(items.head.work_order(), coded).await?;
    if collection == CollectionName::Incidents {
        log_points(api_request, returned, matched);
        api_request.account(AuditAction::Points, Some(returned as u64)).await?;
        if let Some(response) = items.head.not_modified() {
            return Ok(response);
        }
    }
    match items.document.form {
        DocumentForm::Page => Ok(as_page(api_request, items.head.with(HTML_PAGE, body))),
        DocumentForm::Data => {
            let mut response = items.head.with(GEOJSON, body);
            if let Ok(system) = HeaderValue::from_str(&format!("<{}>", items.request.form.system.uri())) {
                response.headers_mut().insert(CONTENT_CRS, system);
            }
            Ok(response)
        }
    }
}

/// Writes a look at single incidents to the log of the program.
fn log_points(api_request: &ApiRequest, returned: usize, matched: usize) {
    tracing::info!(
        target: "binhyen::access",
        {
            request.id = logged_request_id(&api_request.headers),
            viewer.label = &*api_request.holder.label,
            viewer.role = api_request.role().as_str(),
            query = api_request.raw_query(),
            incidents.matched = matched,
            incidents.returned = returned,
        },
        "incident points were read",
    );
}
