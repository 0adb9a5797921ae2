//! The OpenAPI 3.1 document of this server.
//!
//! In: the descriptions of the routes and the types of the answers. Out: one document, the same on every server but for
//! the address it is reached under. A test holds it against the table of the router.
//!
//! # Reference
//! OpenAPI Specification 3.1.0, <https://spec.openapis.org/oas/v3.1.0.html>.

mod parameters;
mod refusals;
mod route_description;
mod routes_of_areas;
mod routes_of_features;
mod routes_of_maps;
mod routes_of_reports;
mod routes_of_server;
mod routes_of_situation;
mod routes_of_writing;
mod schemas;
pub(in crate::http) mod version_3_0;

use std::collections::BTreeMap;

use utoipa::openapi::info::{Info, InfoBuilder, LicenseBuilder};
use utoipa::openapi::path::PathsBuilder;
use utoipa::openapi::schema::{Components, ComponentsBuilder};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::server::Server;
use utoipa::openapi::tag::{Tag, TagBuilder};
use utoipa::openapi::{OpenApi, OpenApiBuilder};

use route_description::{BEARER, NamedSchema, RouteDescription};
pub(in crate::http) use route_description::{OPENAPI, OPENAPI_3_0};

use crate::texts::PRODUCT_NAME;

const ABOUT: &str = "Ratings of safety by area with their uncertainty, as vector tiles, GeoJSON, tables and drawn maps.\n\n\
    Without a token everything that is released to the public can be read; small counts are left out (`null`). A token \
    opens what its role may see.\n\n\
    Parameters that a route does not know, and parameters given twice, are refused with 400: a filter that is silently \
    ignored gives a wrong number that looks right. Only `/`, `/docs` and `/share/{id}` ignore parameters.";

const TAGS: [(&str, &str); 8] = [
    ("areas", "Ratings of areas, why they are what they are, and what they are compared with."),
    ("features", "OGC API – Features: collections, and what they hold."),
    ("models", "Community models: where they stand and what happened around their start."),
    ("incidents", "Single incidents or cells of them, for roles that may see them."),
    ("reports", "Word from people, and the desk where operators judge it."),
    ("situation", "What is out of the ordinary lately: the last days against the usual, and alerts."),
    ("maps", "Vector tiles, styles and drawn maps."),
    ("server", "Pages, what there is to choose from, and the server itself."),
];

/// The document of a server that is reached under an address.
pub fn document(address: &str) -> OpenApi {
    let routes = routes();
    let mut paths = PathsBuilder::new();
    for route in &routes {
        paths = paths.path(route.path, route.path_item());
    }
    OpenApiBuilder::new()
        .info(info())
        .servers(Some([Server::new(address)]))
        .tags(Some(tags()))
        .paths(paths)
        .components(Some(components(routes)))
        .build()
}

/// Every route of the router.
fn routes() -> Vec<RouteDescription> {
    let all = [
        routes_of_areas::all(),
        routes_of_features::all(),
        routes_of_maps::all(),
        routes_of_reports::all(),
        routes_of_server::all(),
        routes_of_situation::all(),
        routes_of_writing::all(),
    ];
    all.into_iter().flatten().collect()
}

fn info() -> Info {
    let license = LicenseBuilder::new().name("MIT OR Apache-2.0").identifier(Some("MIT OR Apache-2.0"));
    InfoBuilder::new()
        .title(PRODUCT_NAME)
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(ABOUT))
        .license(Some(license.build()))
        .build()
}

fn tags() -> Vec<Tag> {
    TAGS.iter().map(|(name, meaning)| TagBuilder::new().name(*name).description(Some(*meaning)).build()).collect()
}

fn components(routes: Vec<RouteDescription>) -> Components {
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some("A token of a role. A malformed or unknown one is refused and never taken for the public."));
    let schemas: BTreeMap<_, _> = routes.into_iter().flat_map(|route| -> Vec<NamedSchema> { route.schemas }).collect();
    let components = ComponentsBuilder::new()
        .schemas_from_iter(schemas)
        .security_scheme(BEARER, SecurityScheme::Http(bearer.build()));
    let components = parameters::all()
        .into_iter()
        .fold(components, |components, (key, parameter)| components.parameter(key, parameter));
    refusals::added_to(components).build()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::http::router::routes as routed;

    #[test]
    fn the_document_has_the_routes_of_the_router_and_no_others() {
        let routed: BTreeSet<&str> = routed().into_iter().map(|(path, _)| path).collect();
        let document = document("/");
        let described: BTreeSet<&str> = document.paths.paths.keys().map(String::as_str).collect();
        assert_eq!(described, routed);
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let json = serde_json::to_value(document("/")).unwrap();
        let mut references = Vec::new();
        collect_references(&json, &mut references);
        assert!(references.len() > 100, "{} references", references.len());
        for reference in references {
            let pointer = reference.strip_prefix('#').unwrap();
            assert!(json.pointer(pointer).is_some(), "{reference}");
        }
    }

    #[test]
    fn every_parameter_of_a_path_is_described() {
        let json = serde_json::to_value(document("/")).unwrap();
        for (path, item) in json["paths"].as_object().unwrap() {
            let references = item["parameters"].as_array().unwrap().iter();
            let named: BTreeSet<&str> = references
                .map(|reference| json.pointer(&reference["$ref"].as_str().unwrap()[1..]).unwrap())
                .filter(|parameter| parameter["in"] == "path")
                .map(|parameter| parameter["name"].as_str().unwrap())
                .collect();
            let wanted: BTreeSet<&str> =
                path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect();
            assert_eq!(named, wanted, "{path}");
        }
    }

    fn collect_references<'a>(json: &'a serde_json::Value, found: &mut Vec<&'a str>) {
        match json {
            serde_json::Value::Object(members) => {
                found.extend(members.get("$ref").and_then(|reference| reference.as_str()));
                members.values().for_each(|member| collect_references(member, found));
            }
            serde_json::Value::Array(members) => members.iter().for_each(|member| collect_references(member, found)),
            _ => {}
        }
    }
}
