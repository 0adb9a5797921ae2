//! The landing page: what this server is, and where its documents are.

use serde::Serialize;
use utoipa::ToSchema;

use super::links::{ApiLink, HTML, JSON, LinkContext};
use crate::texts::{PRODUCT_NAME, TextId, text, text_id};

/// The document of OpenAPI 3.1.
pub(crate) const OPENAPI_3_1: &str = "application/vnd.oai.openapi+json;version=3.1";
/// The document of OpenAPI 3.0.
pub(crate) const OPENAPI_3_0: &str = "application/vnd.oai.openapi+json;version=3.0";

/// The relation to tilesets of vector tiles.
pub(super) const TILESETS: &str = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector";

/// A link of the landing page.
struct LandingLink {
    rel: &'static str,
    media: &'static str,
    route: &'static str,
    title: TextId,
}

/// Where the documents are. A standard more is its rows more.
const LINKS: &[LandingLink] = &[
    LandingLink {
        rel: "service-desc",
        media: OPENAPI_3_0,
        route: "/api?f=openapi30",
        title: text_id!("features-openapi-3-0"),
    },
    LandingLink {
        rel: "service-desc",
        media: OPENAPI_3_1,
        route: "/api?f=json",
        title: text_id!("features-openapi-3-1"),
    },
    LandingLink { rel: "service-doc", media: HTML, route: "/api?f=html", title: text_id!("features-openapi-page") },
    LandingLink { rel: "conformance", media: JSON, route: "/conformance", title: text_id!("features-conformance") },
    LandingLink { rel: "data", media: JSON, route: "/collections", title: text_id!("features-collections") },
    LandingLink {
        rel: "http://www.opengis.net/def/rel/ogc/1.0/conformance",
        media: JSON,
        route: "/conformance",
        title: text_id!("features-conformance"),
    },
    LandingLink {
        rel: "http://www.opengis.net/def/rel/ogc/1.0/data",
        media: JSON,
        route: "/collections",
        title: text_id!("features-collections"),
    },
    LandingLink { rel: TILESETS, media: JSON, route: "/tiles", title: text_id!("features-tilesets") },
    LandingLink {
        rel: "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes",
        media: JSON,
        route: "/tileMatrixSets",
        title: text_id!("features-tiling-schemes"),
    },
    LandingLink {
        rel: "http://www.opengis.net/def/rel/ogc/1.0/styles",
        media: JSON,
        route: "/styles",
        title: text_id!("features-styles"),
    },
];

/// What this server is, and where its documents are.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct LandingAnswer {
    /// The name of the server.
    pub(crate) title: &'static str,
    /// What it offers.
    pub(crate) description: String,
    /// Where.
    pub(crate) links: Vec<ApiLink>,
}

impl LandingAnswer {
    /// The landing page.
    pub(crate) fn of(context: &LinkContext<'_>) -> Self {
        let link = |row: &LandingLink| context.link(row.rel, row.media, row.route, &row.title.names());
        let itself = context.links_here("/", JSON).into_iter();
        Self {
            title: PRODUCT_NAME,
            description: text!("features-landing-about").in_language(context.language).to_owned(),
            links: itself.chain(LINKS.iter().map(link)).collect(),
        }
    }
}
