//! What is conformed to, the collections, and what can be asked of them, as pages.

use maud::html;

use super::{Crumb, PageFrame};
use crate::service::answers::features::collections::{CollectionAnswer, CollectionsAnswer, ExtentAnswer};
use crate::service::answers::features::conformance::ConformanceAnswer;
use crate::service::answers::features::landing::LandingAnswer;
use crate::service::answers::features::queryables::{ColumnDocument, ColumnsAnswer};
use crate::texts::{text, text_id};

/// What this server is, and where its documents are.
pub(in crate::http) fn landing_page(answer: &LandingAnswer, frame: &PageFrame) -> String {
    let body = html! {
        p { (answer.description) }
        p { a href=(frame.to("/")) { (frame.said(text_id!("features-map"))) } }
        ul {
            @for link in &answer.links {
                li {
                    a href=(link.href) rel=(link.rel) type=(link.media) { (link.title.as_deref().unwrap_or(link.rel)) }
                    " " code { (link.media) }
                }
            }
        }
    };
    frame.page(answer.title, &[], &body)
}

/// The classes of requirements that are met.
pub(in crate::http) fn conformance_page(answer: &ConformanceAnswer, frame: &PageFrame) -> String {
    let body = html! {
        p { (frame.said(text_id!("features-conformance-about"))) }
        ul { @for class in &answer.conforms_to { li { a href=(class) { (class) } } } }
    };
    frame.page(&frame.said(text_id!("features-conformance")), &[], &body)
}

/// The collections of a role.
pub(in crate::http) fn collections_page(answer: &CollectionsAnswer, frame: &PageFrame) -> String {
    let body = html! {
        p { (text!("features-landing-about").in_language(frame.language)) }
        ul class="cards" {
            @for collection in &answer.collections {
                li {
                    h2 { a href=(frame.to_page(&route(collection))) { (collection.title) } }
                    p { (collection.description) }
                    p { a href=(frame.to_page(&format!("{}/items", route(collection)))) { (frame.said(text_id!("features-items"))) } }
                }
            }
        }
        p {
            a href=(frame.to_page("/conformance")) { (frame.said(text_id!("features-conformance"))) } " · "
            a href=(frame.to_page("/api")) { (frame.said(text_id!("features-openapi-page"))) }
        }
    };
    frame.page(&frame.said(text_id!("features-collections")), &[], &body)
}

/// One collection.
pub(in crate::http) fn collection_page(answer: &CollectionAnswer, frame: &PageFrame) -> String {
    let route = route(answer);
    let body = html! {
        p { (answer.description) }
        ul {
            li { a href=(frame.to_page(&format!("{route}/items"))) { (frame.said(text_id!("features-items"))) } }
            li { a href=(frame.to_page(&format!("{route}/queryables"))) { (frame.said(text_id!("features-queryables"))) } }
            li { a href=(frame.to_page(&format!("{route}/schema"))) { (frame.said(text_id!("features-schema"))) } }
        }
        @if let Some(ExtentAnswer { spatial, temporal }) = &answer.extent {
            h2 { (frame.said(text_id!("features-extent"))) }
            @for bounds in &spatial.bbox { p { code { (listed(bounds)) } } }
            @if let Some(temporal) = temporal {
                @for interval in &temporal.interval {
                    p { code { @for end in interval { (end.as_deref().unwrap_or("..")) " " } } }
                }
            }
        }
        h2 { (frame.said(text_id!("features-systems"))) }
        ul { @for system in &answer.crs { li { code { (system) } } } }
    };
    frame.page(&answer.title, &[frame.collections_crumb()], &body)
}

/// What can be asked of the features of a collection, or what stands in them.
pub(in crate::http) fn columns_page(answer: &ColumnsAnswer, document: ColumnDocument, frame: &PageFrame) -> String {
    let title = match document {
        ColumnDocument::Queryables => text_id!("features-queryables"),
        ColumnDocument::Schema => text_id!("features-schema"),
    };
    let collection = frame.route.rsplit_once('/').map_or("", |(before, _)| before).to_owned();
    let body = html! {
        div class="wide" {
            table {
                thead {
                    tr {
                        th { (frame.said(text_id!("features-column-name"))) }
                        th { (frame.said(text_id!("features-column-title"))) }
                        th { (frame.said(text_id!("features-column-type"))) }
                        th lang="en" { (frame.said(text_id!("features-column-description"))) }
                    }
                }
                tbody {
                    @for (name, column) in &answer.properties.0 {
                        tr {
                            th scope="row" { code { (name) } }
                            td { (column.title.as_deref().unwrap_or_default()) }
                            td { code { (column.value_type.unwrap_or("geometry")) @if let Some(format) = column.format { " " (format) } } }
                            td lang="en" { (column.description.unwrap_or_default()) }
                        }
                    }
                }
            }
        }
    };
    let crumbs = [frame.collections_crumb(), Crumb { route: collection, name: answer.title.clone() }];
    frame.page(&frame.said(title), &crumbs, &body)
}

fn route(collection: &CollectionAnswer) -> String {
    format!("/collections/{}", collection.id)
}

fn listed(numbers: &[f64]) -> String {
    numbers.iter().map(|number| format!("{number:.4}")).collect::<Vec<_>>().join(", ")
}
