//! OGC API: the landing page, what is conformed to, collections and their features, each as JSON and as a page.
//!
//! The form is chosen by `f` before `Accept`; who sends neither gets JSON.

pub(in crate::http) mod api;
pub(in crate::http) mod documents;
pub(in crate::http) mod items;
pub(in crate::http) mod linked;

use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::response::Response;

use crate::domain::text::Language;
use crate::http::answer::download;
use crate::http::error::ApiError;
use crate::http::extract::api_request::ApiRequest;
use crate::http::extract::negotiation::media;
use crate::http::layers::headers::{FRAMED_HERE, page_policy};
use crate::http::page::ogc::PageFrame;
use crate::service::answers::features::links::{HTML, LinkContext};
use crate::service::query::{Query, encoded};

/// The parameters that choose form and language.
const FORM: [&str; 2] = ["f", "lang"];

/// The form of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DocumentForm {
    /// For programs.
    Data,
    /// For people.
    Page,
}

impl DocumentForm {
    /// The form asked for, of a document whose data may be named by any of some media types.
    fn requested(api_request: &ApiRequest, query: &Query, data: &[&'static str]) -> Result<Self, ApiError> {
        let known = || ["json", "geojson", "html"].map(str::to_owned).into();
        match query.value("f") {
            Some("json" | "geojson") => return Ok(Self::Data),
            Some("html") => return Ok(Self::Page),
            Some(other) => return Err(ApiError::none_of("f", other, known())),
            None => {}
        }
        let offered: Vec<&'static str> = data.iter().copied().chain([HTML]).collect();
        match media(&api_request.headers, &offered) {
            Some(HTML) => Ok(Self::Page),
            Some(_) => Ok(Self::Data),
            None => Err(ApiError::NotAcceptable { offered }),
        }
    }

    /// The media type of the form where data has one.
    fn media(self, data: &'static str) -> &'static str {
        match self {
            Self::Data => data,
            Self::Page => HTML,
        }
    }
}

/// What decides how a document is written.
#[derive(Debug, Clone)]
struct DocumentRequest {
    form: DocumentForm,
    language: Language,
    frame: PageFrame,
}

impl DocumentRequest {
    /// The form and language that a request asks for.
    fn of(api_request: &ApiRequest, query: &Query, data: &[&'static str]) -> Result<Self, ApiError> {
        let form = DocumentForm::requested(api_request, query, data)?;
        let language = download::language(query, api_request.language)?;
        let frame = PageFrame { route: api_request.route.clone(), parameters: String::new(), language };
        Ok(Self { form, language, frame })
    }

    /// The links of a document whose data has a media type; the address is that of a route.
    fn context<'a>(&self, address: &'a dyn Fn(&str) -> String, data: &'static str) -> LinkContext<'a> {
        LinkContext { address, language: self.language, media: self.form.media(data) }
    }
}

/// The pairs of some parameters as an address writes them.
fn pairs(query: &Query, names: &[&'static str]) -> String {
    let given = names.iter().filter_map(|name| Some(format!("{name}={}", encoded(query.value(name)?))));
    given.collect::<Vec<_>>().join("&")
}

/// A page for people may draw its own style.
fn as_page(api_request: &ApiRequest, mut response: Response) -> Response {
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, page_policy(&api_request.site, FRAMED_HERE));
    response
}
