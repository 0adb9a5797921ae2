//! Features as pages: a table of them, or one.

use maud::{Markup, html};

use super::{Crumb, PageFrame, escaped_id};
use crate::attributes::AttributeValue;
use crate::domain::text::Names;
use crate::service::answers::features::items::{ItemAnswer, ItemFeature, ItemsAnswer};
use crate::service::answers::geometry::GeoJsonGeometry;
use crate::texts::{text, text_id};

/// A page of features.
pub(in crate::http) fn items_page(answer: &ItemsAnswer, collection: &Names, frame: &PageFrame) -> String {
    let (shown, matched) = (answer.number_returned as u64, answer.number_matched as u64);
    let next = answer.links.iter().find(|link| link.rel == "next").and_then(|link| link.href.split_once('?'));
    let columns: Vec<&str> = answer
        .features
        .first()
        .map(|feature| feature.properties.0.iter().map(|(name, _)| *name).collect())
        .unwrap_or_default();
    let body = html! {
        p { (text!("features-shown", shown = shown, matched = matched).in_language(frame.language)) }
        div class="wide" {
            table {
                thead { tr { th { "id" } @for column in &columns { th { (column) } } } }
                tbody {
                    @for feature in &answer.features {
                        tr {
                            th scope="row" { a href=(frame.to_page(&format!("{}/{}", frame.route, escaped_id(&feature.id)))) { (feature.id) } }
                            @for (_, value) in &feature.properties.0 { (cell(value.as_ref())) }
                        }
                    }
                }
            }
        }
        @if let Some((_, query)) = next {
            p { a class="next" rel="next" href=(format!("{}?{query}", frame.to(&frame.route))) { (frame.said(text_id!("features-next"))) } }
        }
    };
    frame.page(&frame.said(text_id!("features-items")), &crumbs(frame, collection, 1), &body)
}

/// One feature.
pub(in crate::http) fn item_page(answer: &ItemAnswer, collection: &Names, frame: &PageFrame) -> String {
    let ItemFeature { id, geometry, properties, .. } = &answer.feature;
    let body = html! {
        table class="single" {
            tbody {
                @for (name, value) in &properties.0 {
                    tr { th scope="row" { (name) } (cell(value.as_ref())) }
                }
                tr {
                    th scope="row" { "geometry" }
                    td { (geometry.as_ref().map_or_else(|| "–".to_owned(), where_it_is)) }
                }
            }
        }
    };
    let mut crumbs = crumbs(frame, collection, 2);
    let items = frame.route.rsplit_once('/').map_or("", |(before, _)| before).to_owned();
    crumbs.push(Crumb { route: items, name: frame.said(text_id!("features-items")) });
    frame.page(id, &crumbs, &body)
}

/// The way to a page that lies so many steps below its collection.
fn crumbs(frame: &PageFrame, collection: &Names, steps: usize) -> Vec<Crumb> {
    let mut route = frame.route.as_str();
    for _ in 0..steps {
        route = route.rsplit_once('/').map_or("", |(before, _)| before);
    }
    let of_collection = Crumb { route: route.to_owned(), name: collection.in_language(frame.language).to_owned() };
    vec![frame.collections_crumb(), of_collection]
}

fn cell(value: Option<&AttributeValue<'static>>) -> Markup {
    match value {
        None => html! { td class="unknown" { "–" } },
        Some(AttributeValue::Text(text)) => html! { td { (text) } },
        Some(AttributeValue::Word(word)) => html! { td { (word) } },
        Some(AttributeValue::Integer(number)) => html! { td class="number" { (number) } },
        Some(AttributeValue::Number(number)) => html! { td class="number" { (number) } },
    }
}

/// The type of a geometry, and a point itself.
fn where_it_is(geometry: &GeoJsonGeometry) -> String {
    match geometry {
        GeoJsonGeometry::Point([first, second]) => format!("Point {first}, {second}"),
        GeoJsonGeometry::Polygon(_) => "Polygon".to_owned(),
        GeoJsonGeometry::MultiPolygon(polygons) => format!("MultiPolygon ({})", polygons.len()),
    }
}
