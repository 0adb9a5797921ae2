//! A document of links that has no page of its own, shown as it is: every member under its name, links as links.

use maud::{Markup, html};
use serde_json::Value as Json;

use super::{Crumb, PageFrame};
use crate::texts::{TextId, text_id};

/// The page of a document; a title of its own goes before the name that is given.
pub(in crate::http) fn linked_page(document: &Json, name: TextId, frame: &PageFrame) -> String {
    let title = document["title"].as_str().map_or_else(|| frame.said(name), str::to_owned);
    frame.page(&title, &crumbs(frame), &html! { div class="wide" { (shown(document)) } })
}

/// The list in which the document stands.
fn crumbs(frame: &PageFrame) -> Vec<Crumb> {
    let (list, rest) = frame.route.trim_start_matches('/').split_once('/').unwrap_or((&frame.route, ""));
    let name = match list {
        "styles" => text_id!("features-styles"),
        "tileMatrixSets" => text_id!("features-tiling-schemes"),
        "collections" => text_id!("features-collections"),
        _ => return Vec::new(),
    };
    if rest.is_empty() { Vec::new() } else { vec![Crumb { route: format!("/{list}"), name: frame.said(name) }] }
}

fn shown(value: &Json) -> Markup {
    match value {
        Json::Null => html! { "–" },
        Json::Bool(holds) => html! { (holds) },
        Json::Number(number) => html! { (number) },
        Json::String(text) if text.starts_with("http") && !text.contains('{') => html! { a href=(text) { (text) } },
        Json::String(text) => html! { (text) },
        Json::Array(all) if all.iter().all(is_plain) => html! { (listed(all)) },
        Json::Array(all) => html! { ul { @for one in all { li { (shown(one)) } } } },
        Json::Object(members) => {
            if let Some(address) = members.get("href").and_then(Json::as_str) {
                return link(value, address);
            }
            html! {
                table class="single" {
                    tbody { @for (name, member) in members { tr { th scope="row" { (name) } td { (shown(member)) } } } }
                }
            }
        }
    }
}

/// A link by its name, or by what it is; one with gaps to fill in leads nowhere as it is.
fn link(link: &Json, address: &str) -> Markup {
    let text = |name: &str| link[name].as_str();
    let name = text("title").or(text("rel")).unwrap_or(address);
    html! {
        @if link["templated"] == true { (name) " " code { (address) } }
        @else { a href=(address) rel=[text("rel")] type=[text("type")] { (name) } }
        @if let Some(media) = text("type") { " " code { (media) } }
    }
}

fn is_plain(value: &Json) -> bool {
    matches!(value, Json::Number(_) | Json::String(_))
}

fn listed(values: &[Json]) -> String {
    let written = |value: &Json| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    values.iter().map(written).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_shown_and_links_lead_on() {
        let document = r#"{
            "crs": ["X", "Y"], "nothing": null, "zoom": 8,
            "links": [
                {"href": "https://map.test/tiles", "rel": "self", "type": "application/json"},
                {"href": "/t/{row}", "rel": "item", "templated": true}
            ]
        }"#;
        let page = shown(&serde_json::from_str(document).unwrap()).into_string();
        assert!(page.contains("<td>X, Y</td>") && page.contains("<td>–</td>") && page.contains("<td>8</td>"), "{page}");
        assert!(
            page.contains(r#"<a href="https://map.test/tiles" rel="self" type="application/json">self</a>"#),
            "{page}"
        );
        assert!(page.contains("<code>/t/{row}</code>") && !page.contains(r#"href="/t/"#), "{page}");
    }
}
