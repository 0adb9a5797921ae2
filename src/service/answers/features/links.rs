//! Links of OGC API documents.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::text::{Language, Names};

/// JSON.
pub(crate) const JSON: &str = "application/json";
/// GeoJSON.
pub(crate) const GEOJSON: &str = "application/geo+json";
/// JSON Schema.
pub(crate) const SCHEMA: &str = "application/schema+json";
/// A page for people.
pub(crate) const HTML: &str = "text/html";

/// A link to another document (RFC 8288).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ApiLink {
    /// The address.
    pub(crate) href: String,
    /// What it is to this document.
    pub(crate) rel: &'static str,
    /// The media type.
    #[serde(rename = "type")]
    pub(crate) media: &'static str,
    /// The name for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) title: Option<String>,
}

impl ApiLink {
    /// A link without a name.
    pub(crate) fn new(rel: &'static str, media: &'static str, href: String) -> Self {
        Self { href, rel, media, title: None }
    }

    /// The link with its name.
    pub(crate) fn titled(self, title: &Names, language: Language) -> Self {
        Self { title: Some(title.in_language(language).to_owned()), ..self }
    }
}

/// For whom links are written: where the server is, in which form and language the document is asked for.
#[derive(Clone, Copy)]
pub(crate) struct LinkContext<'a> {
    /// The address of a route.
    pub(crate) address: &'a dyn Fn(&str) -> String,
    /// The language of names.
    pub(crate) language: Language,
    /// The media type of this document.
    pub(crate) media: &'static str,
}

impl LinkContext<'_> {
    /// The link to this document and to its other form, each named by `f`.
    pub(crate) fn links_here(&self, route: &str, data_media: &'static str) -> Vec<ApiLink> {
        let forms = [("json", data_media), ("html", HTML)];
        let link = |(form, media): (&str, &'static str)| {
            let rel = if media == self.media { "self" } else { "alternate" };
            ApiLink::new(rel, media, (self.address)(&format!("{route}?f={form}")))
        };
        forms.map(link).into()
    }

    /// A link with a name.
    pub(crate) fn link(&self, rel: &'static str, media: &'static str, route: &str, title: &Names) -> ApiLink {
        ApiLink::new(rel, media, (self.address)(route)).titled(title, self.language)
    }
}
