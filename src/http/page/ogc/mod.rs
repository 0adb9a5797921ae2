//! The documents of OGC API as pages for people: plain HTML without script, in two languages.
//!
//! In: the typed answers that programs get. Out: HTML whose links are relative to its own address, so that they work
//! under any host and base path. Nothing stands here that the answer does not hold.

mod api;
mod documents;
mod features;
mod linked;

use maud::{DOCTYPE, Markup, html};

pub(in crate::http) use api::api_page;
pub(in crate::http) use documents::{collection_page, collections_page, columns_page, conformance_page, landing_page};
pub(in crate::http) use features::{item_page, items_page};
pub(in crate::http) use linked::linked_page;

use crate::domain::text::Language;
use crate::service::query::encoded;
use crate::texts::{PRODUCT_NAME, TextId, text_id};

/// Where a page stands and how it is asked for.
#[derive(Debug, Clone)]
pub(in crate::http) struct PageFrame {
    /// The route of the page, below the base path.
    pub(in crate::http) route: String,
    /// The parameters of the page but for form and language, as its address writes them.
    pub(in crate::http) parameters: String,
    pub(in crate::http) language: Language,
}

/// A step of the way from the landing page to a page.
struct Crumb {
    route: String,
    name: String,
}

impl PageFrame {
    /// The text in the language of the page.
    fn said(&self, id: TextId) -> String {
        id.in_language(self.language)
    }

    /// A route as this page links to it.
    fn to(&self, route: &str) -> String {
        let up = "../".repeat(self.route.matches('/').count().saturating_sub(1));
        let target = format!("{up}{}", route.trim_start_matches('/'));
        if target.is_empty() { "./".to_owned() } else { target }
    }

    /// The same route as a page in the same language.
    fn to_page(&self, route: &str) -> String {
        format!("{}?f=html&lang={}", self.to(route), self.language_code())
    }

    /// This page in another form or language.
    fn to_itself(&self, form: &str, language: &str) -> String {
        let mark = if self.parameters.is_empty() { "" } else { "&" };
        format!("{}?{}{mark}f={form}&lang={language}", self.to(&self.route), self.parameters)
    }

    fn language_code(&self) -> &'static str {
        match self.language {
            Language::Vietnamese => "vi",
            Language::English => "en",
        }
    }

    /// A whole page of a title, the way to it and a body.
    fn page(&self, title: &str, crumbs: &[Crumb], body: &Markup) -> String {
        let code = self.language_code();
        let other = if code == "vi" { "en" } else { "vi" };
        let markup = html! {
            (DOCTYPE)
            html lang=(code) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (title) " · " (PRODUCT_NAME) }
                    link rel="stylesheet" href=(self.to("/ogc.css"));
                    link rel="alternate" type="application/json" href=(self.to_itself("json", code));
                }
                body {
                    header {
                        nav aria-label=(self.said(text_id!("features-way"))) {
                            a href=(self.to("/")) { (PRODUCT_NAME) }
                            @for crumb in crumbs { " › " a href=(self.to_page(&crumb.route)) { (crumb.name) } }
                        }
                        p class="forms" {
                            a href=(self.to_itself("json", code)) { "JSON" }
                            a href=(self.to_itself("html", other)) lang=(other) hreflang=(other) {
                                (self.said(text_id!("methods-other-language")))
                            }
                        }
                    }
                    main {
                        h1 { (title) }
                        (body)
                    }
                }
            }
        };
        markup.into_string()
    }

    fn collections_crumb(&self) -> Crumb {
        Crumb { route: "/collections".to_owned(), name: self.said(text_id!("features-collections")) }
    }
}

/// The id of a feature as a part of an address.
fn escaped_id(id: &str) -> String {
    encoded(id).replace('+', "%20")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(route: &str) -> PageFrame {
        PageFrame { route: route.to_owned(), parameters: String::new(), language: Language::English }
    }

    #[test]
    fn links_are_relative_to_the_page() {
        assert_eq!(frame("/collections").to("/ogc.css"), "ogc.css");
        assert_eq!(frame("/collections").to("/"), "./");
        assert_eq!(frame("/collections/a/items/b").to("/collections"), "../../../collections");
        assert_eq!(frame("/collections/a/items/b").to("/"), "../../../");
        assert_eq!(frame("/collections/a/items").to_page("/collections/a"), "../../collections/a?f=html&lang=en");
    }

    #[test]
    fn page_keeps_its_parameters_in_its_other_forms() {
        let page = PageFrame { parameters: "limit=5&filter=a%3D%27b%27".to_owned(), ..frame("/collections/a/items") };
        assert_eq!(page.to_itself("json", "vi"), "../../collections/a/items?limit=5&filter=a%3D%27b%27&f=json&lang=vi");
    }

    #[test]
    fn text_is_escaped() {
        let page = frame("/collections").page("<script>", &[], &html! { p { "a & b" } });
        assert!(page.contains("&lt;script&gt;") && page.contains("a &amp; b") && !page.contains("<script"));
        assert_eq!(escaped_id("a b/ç"), "a%20b%2F%C3%A7");
    }
}
