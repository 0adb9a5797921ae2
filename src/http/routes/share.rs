//! `/share/{id}`: a view of the map as a page of its own, always as the public sees it.

use axum::extract::Path;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::response::Response;

use crate::http::answer::{Freshness, HTML, Head, LanguageVariance, bytes};
use crate::http::error::ApiError;
use crate::http::extract::api_request::PublicRequest;
use crate::http::extract::resolved_view::ResolvedView;
use crate::http::layers::headers::{FRAMED_HERE, page_policy};
use crate::http::page::map_image_size::MAP_IMAGE_SIZE;
use crate::http::page::share_page::SharePage;
use crate::http::page::shared_view::{SharedView, ViewExtent};
use crate::http::site::KnownHost;
use crate::texts::phrasing::release;
use crate::texts::text;

/// The share page of a view. Networks append parameters of their own to a link, so the query is ignored.
pub(in crate::http) async fn page(requested: PublicRequest, Path(id): Path<String>) -> Result<Response, ApiError> {
    let view = SharedView::of_id(&id).map_err(|_| not_shared(&id))?;
    let view = ResolvedView::of(&requested, view)?;
    let PublicRequest(api_request) = requested;
    let served = api_request.served()?;
    let host = api_request.state.note_host(&api_request.headers);
    let key = if host == KnownHost::Foreign { format!("{}&host=foreign", view.key()) } else { view.key() };
    let head = Head::new(&api_request, &served, &key, Freshness::Revalidate, LanguageVariance::Neutral);
    let site = api_request.site.clone();
    let mut response = bytes(&api_request, head, HTML, move || {
        let page = SharePage {
            site: &site,
            host,
            language: view.language(),
            title: &view.title(),
            sentence: &view.sentence()?,
            notes: notes(&view),
            id: &view.view.id(),
            fragment: &view.view.fragment(),
            map_image: &view.map_image_route(MAP_IMAGE_SIZE),
        };
        Ok(page.html().into_bytes())
    })
    .await?;
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, page_policy(&api_request.site, FRAMED_HERE));
    Ok(response)
}

/// What the reader has to know beside the sentence.
fn notes(view: &ResolvedView) -> Vec<String> {
    let sample = view.is_sample().then(|| text!("share-sample"));
    let is_narrowed = view.view.extent == ViewExtent::Released;
    let released = is_narrowed.then(|| text!("share-released-only", window = view.window_name()));
    let release = view.release().map(|reference| text!("share-release", release = release(reference)));
    sample.into_iter().chain(released).chain(release).map(|note| note.in_language(view.language()).to_owned()).collect()
}

fn not_shared(id: &str) -> ApiError {
    ApiError::invalid("id", id, text!("expected-share-id"))
}
