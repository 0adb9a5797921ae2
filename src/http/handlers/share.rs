//! `/share/{id}`: a view of the map as a page of its own, always as the public sees it.

use axum::extract::Path;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::response::Response;

use super::shown::Shown;
use crate::domain::text::Language;
use crate::http::answer::{Freshness, HTML, Head, Wording, bytes};
use crate::http::ask::PublicAsk;
use crate::http::error::{ApiError, names};
use crate::http::headers::{FRAMED_HERE, page_policy};
use crate::http::share_page::{PICTURE_PX, SharePage};
use crate::http::shared_view::{Extent, SharedView};

/// The share page of a view. Networks append parameters of their own to a link, so the query is not looked at.
pub(in crate::http) async fn page(asked: PublicAsk, Path(id): Path<String>) -> Result<Response, ApiError> {
    let view = SharedView::of_id(&id).map_err(|_| not_shared(&id))?;
    let shown = Shown::of(&asked, view)?;
    let PublicAsk(ask) = asked;
    let served = ask.served()?;
    let head = Head::new(&ask, &served, &shown.key(), Freshness::Revalidate, Wording::Neutral);
    let site = ask.site.clone();
    let mut response = bytes(&ask, head, HTML, move || {
        let page = SharePage {
            site: &site,
            language: shown.language(),
            title: &shown.title(),
            sentence: &shown.sentence()?,
            notes: notes(&shown),
            id: &shown.view.id(),
            fragment: &shown.view.fragment(),
            picture: &shown.picture_route(PICTURE_PX),
        };
        Ok(page.html().into_bytes())
    })
    .await?;
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, page_policy(&ask.site, FRAMED_HERE));
    Ok(response)
}

/// What the reader has to know beside the sentence.
fn notes(shown: &Shown) -> Vec<String> {
    let (language, window) = (shown.language(), shown.window_name());
    let sample = shown.is_sample().then(|| match language {
        Language::Vietnamese => "Dữ liệu minh hoạ.".to_owned(),
        Language::English => "Sample data.".to_owned(),
    });
    let released = (shown.view.extent == Extent::Released).then(|| match language {
        Language::Vietnamese => format!("Chỉ chia sẻ được các kỳ đã công bố; ở đây là {window}."),
        Language::English => format!("Only released windows can be shared; shown is {window}."),
    });
    sample.into_iter().chain(released).collect()
}

fn not_shared(id: &str) -> ApiError {
    let expected = names("địa chỉ chia sẻ do trang bản đồ tạo ra", "an address that the map page has made for sharing");
    ApiError::invalid("id", id, expected)
}
