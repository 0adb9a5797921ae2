//! A link with its relation and media type, as documents of the OGC APIs carry it.

use serde::Serialize;
use utoipa::ToSchema;

/// A link to another document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct TypedLink {
    /// Where to.
    href: String,
    /// What it is to this document.
    rel: &'static str,
    /// Its media type.
    #[serde(rename = "type")]
    media_type: &'static str,
    /// What it is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    /// Whether names in braces have to be filled in.
    #[serde(skip_serializing_if = "Option::is_none")]
    templated: Option<bool>,
}

/// The media type of pages for people.
const HTML: &str = "text/html";
/// The media type of JSON documents.
pub(super) const JSON: &str = "application/json";

impl TypedLink {
    /// The links of a document to itself and to its page.
    pub(super) fn here(address: String) -> Vec<Self> {
        let page = Self::page(&address);
        vec![Self::json("self", address), page]
    }

    /// A link to a JSON document.
    pub(super) fn json(rel: &'static str, href: String) -> Self {
        Self::typed(rel, JSON, href)
    }

    /// A link to a document of a media type.
    pub(super) fn typed(rel: &'static str, media_type: &'static str, href: String) -> Self {
        Self { href, rel, media_type, title: None, templated: None }
    }

    /// The link of a document to its page for people.
    pub(super) fn page(route_address: &str) -> Self {
        Self::typed("alternate", HTML, format!("{route_address}?f=html"))
    }

    /// A link under a name.
    pub(super) fn titled(self, title: impl Into<String>) -> Self {
        Self { title: Some(title.into()), ..self }
    }

    /// A link whose names in braces have to be filled in.
    pub(super) fn templated(self) -> Self {
        Self { templated: Some(true), ..self }
    }
}
