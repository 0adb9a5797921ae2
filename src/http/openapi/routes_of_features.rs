//! The routes of OGC API – Features.

use super::parameters::FILTER;
use super::route_description::RouteDescription;
use crate::http::answer::{GEOJSON, HTML, JSON};
use crate::service::answers::features::collections::{CollectionAnswer, CollectionsAnswer};
use crate::service::answers::features::conformance::ConformanceAnswer;
use crate::service::answers::features::items::{ItemAnswer, ItemsAnswer};
use crate::service::answers::features::links::SCHEMA;
use crate::service::answers::features::queryables::ColumnsAnswer;

const FEATURES: &str = "features";
/// Form and language.
const FORM: [&str; 2] = ["formOfDocument", "lang"];
/// What is asked of features.
const ITEMS: [&str; 11] = [
    "limitOfFeatures",
    "bboxOfFeatures",
    "bbox-crs",
    "crs",
    "datetime",
    "propertiesOfFeatures",
    "sortby",
    "filter",
    "filter-lang",
    "filter-crs",
    "cursor",
];
const ABOUT_ITEMS: &str = "The parameters of our own filter are taken where features are counted by it, `edition` where \
    the collection is of no edition, `geometry` by areas; a collection refuses those it does not have. A filter reads what \
    the answer shows to the role and nothing else. Every look at single incidents is written to the audit log. There is no \
    `timeStamp`: the same question of the same data has the same bytes, and `Date` says when they were sent.";

/// The descriptions of these routes.
pub(super) fn all() -> Vec<RouteDescription> {
    [of_documents(), of_features()].into_iter().flatten().collect()
}

fn of_documents() -> Vec<RouteDescription> {
    let document =
        |path, id, summary| RouteDescription::new(path, id, FEATURES, summary).with(&FORM).refused(&[406]).text(HTML);
    vec![
        document("/conformance", "conformance", "What of which standard is conformed to.")
            .typed::<ConformanceAnswer>(JSON),
        document("/collections", "collections", "The collections of the role.").typed::<CollectionsAnswer>(JSON),
        document("/collections/{collection}", "collection", "One collection.")
            .with(&["collection"])
            .refused(&[404])
            .typed::<CollectionAnswer>(JSON),
        document("/collections/{collection}/queryables", "queryables", "What can be asked of its features.")
            .with(&["collection"])
            .refused(&[404])
            .typed::<ColumnsAnswer>(SCHEMA),
        document("/collections/{collection}/schema", "schemaOfFeatures", "What stands in its features.")
            .with(&["collection"])
            .refused(&[404])
            .typed::<ColumnsAnswer>(SCHEMA),
    ]
}

fn of_features() -> Vec<RouteDescription> {
    let features = |path, id, summary| {
        RouteDescription::new(path, id, FEATURES, summary)
            .with(&["collection"])
            .with(&FORM)
            .with(&FILTER)
            .with(&["edition", "geometry"])
            .refused(&[403, 404, 406])
            .text(HTML)
    };
    vec![
        features("/collections/{collection}/items", "features", "Features, page by page.")
            .described(ABOUT_ITEMS)
            .with(&ITEMS)
            .typed::<ItemsAnswer>(GEOJSON),
        features("/collections/{collection}/items/{feature}", "feature", "One feature.")
            .with(&["feature", "crs", "propertiesOfFeatures"])
            .typed::<ItemAnswer>(GEOJSON),
    ]
}
