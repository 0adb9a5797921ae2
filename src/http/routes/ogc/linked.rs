//! Documents of tiles and styles, which are lists of links: as JSON, or as the page that shows all of them.
//!
//! Unlike the documents of features these are JSON to whoever accepts neither form: programs that draw maps ask for tiles
//! or for anything.

use std::sync::Arc;

use axum::response::Response;
use serde::Serialize;

use super::{DocumentForm, as_page, pairs};
use crate::domain::text::Language;
use crate::http::answer::{Freshness, HTML as HTML_PAGE, Head, JSON, bytes, download, json_bytes};
use crate::http::error::ApiError;
use crate::http::extract::api_request::ApiRequest;
use crate::http::extract::negotiation::media;
use crate::http::page::ogc::{PageFrame, linked_page};
use crate::service::answers::features::links::HTML;
use crate::service::error::ServiceError;
use crate::service::query::Query;
use crate::texts::TextId;

/// The words by which forms are asked for; some programs name the second at every address.
const FORMS: [&str; 3] = ["json", "pjson", "html"];

/// How a document of links is asked for.
pub(in crate::http) struct LinkedDocument {
    form: DocumentForm,
    /// The language of names.
    pub(in crate::http) language: Language,
    /// The canonical text of what is asked, beside form and language.
    key: String,
    frame: PageFrame,
    /// The name of the page of a document that has none.
    title: TextId,
}

impl LinkedDocument {
    /// A document without parameters of its own, whose page has a name.
    ///
    /// # Errors
    /// When the query holds more than form and language, or there is no such form.
    pub(in crate::http) fn of(api_request: &ApiRequest, title: TextId) -> Result<Self, ApiError> {
        Self::of_query(api_request, &api_request.query(&super::FORM)?, &[], title)
    }

    /// A document with parameters of its own.
    ///
    /// # Errors
    /// When there is no such form or language.
    pub(in crate::http) fn of_query(
        api_request: &ApiRequest,
        query: &Query,
        own: &[&'static str],
        title: TextId,
    ) -> Result<Self, ApiError> {
        let form = match query.value("f") {
            Some("html") => DocumentForm::Page,
            Some(text) if !FORMS.contains(&text) => {
                return Err(ApiError::none_of("f", text, FORMS.map(str::to_owned).into()));
            }
            None if media(&api_request.headers, &[JSON, HTML]) == Some(HTML) => DocumentForm::Page,
            _ => DocumentForm::Data,
        };
        let language = download::language(query, api_request.language)?;
        let frame = PageFrame { route: api_request.route.clone(), parameters: pairs(query, own), language };
        Ok(Self { form, language, key: String::new(), frame, title })
    }

    /// The same, of which the canonical text of the question is known.
    pub(in crate::http) fn keyed(self, key: String) -> Self {
        Self { key, ..self }
    }

    /// The answer in the form that was asked for, unless the client has it already; the function is given what makes an
    /// address of a route.
    pub(in crate::http) async fn answer<Answer: Serialize>(
        self,
        api_request: &ApiRequest,
        made: impl FnOnce(&dyn Fn(&str) -> String) -> Result<Answer, ServiceError> + Send + 'static,
    ) -> Result<Response, ApiError> {
        let Self { form, language, key, frame, title } = self;
        let served = api_request.served()?;
        let key = format!("{key}&f={form:?}");
        let head = Head::in_language(api_request, &served, &key, Freshness::Revalidate, Some(language));
        let head = head.varying_by_media();
        let site = Arc::clone(&api_request.site);
        let answer = move || made(&|route| site.address(route));
        match form {
            DocumentForm::Data => bytes(api_request, head, JSON, move || json_bytes(&answer()?)).await,
            DocumentForm::Page => {
                let page = move || {
                    let document = serde_json::to_value(answer()?).map_err(|error| ServiceError::internal(&error))?;
                    Ok(linked_page(&document, title, &frame).into_bytes())
                };
                Ok(as_page(api_request, bytes(api_request, head, HTML_PAGE, page).await?))
            }
        }
    }
}
