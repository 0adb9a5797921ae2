//! The document of OpenAPI as a page: every route with what it is for.

use maud::html;
use utoipa::openapi::OpenApi;

use super::PageFrame;
use crate::texts::text_id;

/// Every route of the document, by subject.
pub(in crate::http) fn api_page(document: &OpenApi, frame: &PageFrame) -> String {
    let tags = document.tags.as_deref().unwrap_or_default();
    let body = html! {
        p {
            a href=(frame.to("/api?f=json")) { "OpenAPI 3.1" } " · "
            a href=(frame.to("/api?f=openapi30")) { "OpenAPI 3.0" } " · "
            a href=(frame.to_page("/collections")) { (frame.said(text_id!("features-collections"))) }
        }
        div lang="en" {
            @for tag in tags {
                h2 { (tag.name) }
                p { (tag.description.as_deref().unwrap_or_default()) }
                div class="wide" {
                    table {
                        tbody {
                            @for (path, method, summary) in operations(document, &tag.name) {
                                tr { td { code { (method) } } th scope="row" { code { (path) } } td { (summary) } }
                            }
                        }
                    }
                }
            }
        }
    };
    frame.page(&frame.said(text_id!("features-openapi-page")), &[], &body)
}

/// Path, method and summary of the operations of a subject.
fn operations<'a>(document: &'a OpenApi, tag: &str) -> Vec<(&'a str, &'static str, &'a str)> {
    let mut found = Vec::new();
    for (path, item) in &document.paths.paths {
        let methods = [("GET", &item.get), ("POST", &item.post), ("PATCH", &item.patch), ("DELETE", &item.delete)];
        for (method, operation) in methods.into_iter().filter_map(|(method, one)| Some((method, one.as_ref()?))) {
            let is_of = operation.tags.as_deref().unwrap_or_default().iter().any(|known| known == tag);
            if is_of {
                found.push((path.as_str(), method, operation.summary.as_deref().unwrap_or_default()));
            }
        }
    }
    found
}
