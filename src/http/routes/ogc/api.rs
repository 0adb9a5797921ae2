//! `/api`: the OpenAPI document of this server, in the version that is asked for, and as a page.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT;
use axum::response::Response;

use super::{FORM, as_page};
use crate::http::answer::{Freshness, HTML as HTML_PAGE, Head, bytes, download, json_bytes};
use crate::http::error::ApiError;
use crate::http::extract::api_request::ApiRequest;
use crate::http::extract::negotiation::media;
use crate::http::openapi::{self, OPENAPI, OPENAPI_3_0, version_3_0};
use crate::http::page::ogc::{PageFrame, api_page};
use crate::service::answers::features::links::{HTML, JSON};
use crate::service::error::ServiceError;
use crate::service::query::Query;

/// The family of media types of the document.
const FAMILY: &str = "application/vnd.oai.openapi+json";

/// The form of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ApiForm {
    Version31,
    Version30,
    Page,
}

impl ApiForm {
    const NAMES: [(&'static str, Self); 4] = [
        ("json", Self::Version31),
        ("openapi31", Self::Version31),
        ("openapi30", Self::Version30),
        ("html", Self::Page),
    ];

    /// The parameter `f` before the header.
    fn requested(query: &Query, headers: &HeaderMap) -> Result<Self, ApiError> {
        if let Some(text) = query.value("f") {
            let form = Self::NAMES.iter().find(|(name, _)| *name == text).map(|(_, form)| *form);
            let known = || Self::NAMES.iter().map(|(name, _)| (*name).to_owned()).collect();
            return form.ok_or_else(|| ApiError::none_of("f", text, known()));
        }
        Ok(match media(headers, &[FAMILY, JSON, HTML]) {
            Some(HTML) => Self::Page,
            _ if wants_version_3_0(headers) => Self::Version30,
            _ => Self::Version31,
        })
    }
}

/// Whether the first entry of `Accept` that names a version of OpenAPI names 3.0.
fn wants_version_3_0(headers: &HeaderMap) -> bool {
    let values = headers.get_all(ACCEPT).into_iter().filter_map(|value| value.to_str().ok());
    let mut versions = values.flat_map(|value| value.split(',')).filter_map(|entry| {
        let mut parts = entry.split(';').map(|part| part.trim().to_ascii_lowercase());
        let is_openapi = parts.next().is_some_and(|name| name == FAMILY || name == "application/openapi+json");
        parts.find_map(|part| part.strip_prefix("version=").map(str::to_owned)).filter(|_| is_openapi)
    });
    versions.next().is_some_and(|version| version.trim_matches('"').starts_with("3.0"))
}

/// The OpenAPI document of this server.
pub(in crate::http) async fn api(api_request: ApiRequest) -> Result<Response, ApiError> {
    let query = api_request.query(&FORM)?;
    let form = ApiForm::requested(&query, &api_request.headers)?;
    let served = api_request.served()?;
    let language = download::language(&query, api_request.language)?;
    let in_language = (form == ApiForm::Page).then_some(language);
    let key = format!("f={form:?}");
    let head = Head::in_language(&api_request, &served, &key, Freshness::Revalidate, in_language).varying_by_media();
    let address = api_request.site.address("");
    let document = move || openapi::document(if address.is_empty() { "/" } else { &address });
    match form {
        ApiForm::Version31 => bytes(&api_request, head, OPENAPI, move || json_bytes(&document())).await,
        ApiForm::Version30 => {
            let converted = move || {
                let document = serde_json::to_value(document()).map_err(|error| ServiceError::internal(&error))?;
                json_bytes(&version_3_0::converted(document))
            };
            bytes(&api_request, head, OPENAPI_3_0, converted).await
        }
        ApiForm::Page => {
            let frame = PageFrame { route: api_request.route.clone(), parameters: String::new(), language };
            let page = move || Ok(api_page(&document(), &frame).into_bytes());
            Ok(as_page(&api_request, bytes(&api_request, head, HTML_PAGE, page).await?))
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn form(accept: &'static str) -> ApiForm {
        let headers = HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static(accept))]);
        ApiForm::requested(&Query::default(), &headers).unwrap()
    }

    #[test]
    fn version_is_that_of_the_media_type() {
        assert_eq!(form("application/vnd.oai.openapi+json;version=3.0, application/json"), ApiForm::Version30);
        assert_eq!(form("application/vnd.oai.openapi+json;version=3.1"), ApiForm::Version31);
        assert_eq!(form("application/vnd.oai.openapi+json; version=\"3.0\"; q=0.9"), ApiForm::Version30);
        assert_eq!(form("application/json"), ApiForm::Version31);
        assert_eq!(form("*/*"), ApiForm::Version31);
        assert_eq!(form("text/html,application/xhtml+xml,*/*;q=0.8"), ApiForm::Page);
        assert_eq!(ApiForm::requested(&Query::default(), &HeaderMap::new()).unwrap(), ApiForm::Version31);
    }
}
