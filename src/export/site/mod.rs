//! A published site: everything that anybody can ask, answered beforehand and written down as files.
//!
//! In: what can be asked about, and whoever answers. Out: the files of the site one by one, and the manifest that names
//! them. Answers lie at places that follow from their addresses by one rule ([`address`]), which the page knows too
//! (`web/src/api/published/places.ts`). Nothing is computed here and no file is opened: the answers are those of the routes.

pub(crate) mod address;
pub(crate) mod document;
pub(crate) mod manifest;
pub(crate) mod plan;
pub(crate) mod styles;

use std::fmt;

/// A file by its path.
pub(crate) type NamedFile = (String, Vec<u8>);

/// Why a site cannot be published.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SiteError {
    /// A question that anybody can ask has no answer.
    #[error("{route} has no answer: {cause}")]
    Unanswered {
        /// What was asked.
        route: String,
        /// Why.
        cause: String,
    },
    /// A document of the page is not what it should be.
    #[error("the page is not built into this program, or not as it should be: {0}")]
    Page(&'static str),
    /// What styles draw from cannot be made.
    #[error("{0} cannot be drawn")]
    Undrawn(String),
}

impl SiteError {
    /// A question without an answer.
    pub(crate) fn unanswered(route: &str, cause: &dyn fmt::Display) -> Self {
        Self::Unanswered { route: route.to_owned(), cause: cause.to_string() }
    }
}
