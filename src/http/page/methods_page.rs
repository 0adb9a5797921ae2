//! The page of methods: how every number is made, for readers who see no source code.
//!
//! In: METHODS.md and its Vietnamese twin, our own texts, built into the binary. Out: HTML without script, with the
//! anchors that legends and answers link to. What the methods are is not decided here.

use maud::{DOCTYPE, PreEscaped, html};
use pulldown_cmark::{Options, Parser};

use crate::domain::text::Language;
use crate::texts::{PRODUCT_NAME, text_id};

/// The text in a language.
fn markdown(language: Language) -> &'static str {
    match language {
        Language::Vietnamese => include_str!("../../../METHODS.vi.md"),
        Language::English => include_str!("../../../METHODS.md"),
    }
}

/// The page as HTML.
pub(super) fn html(language: Language) -> String {
    let (code, other_code, other) = match language {
        Language::Vietnamese => ("vi", "en", text_id!("methods-other-language")),
        Language::English => ("en", "vi", text_id!("methods-other-language")),
    };
    let mut body = String::new();
    pulldown_cmark::html::push_html(&mut body, Parser::new_ext(markdown(language), Options::ENABLE_TABLES));
    let markup = html! {
        (DOCTYPE)
        html lang=(code) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (text_id!("methods-title").in_language(language)) " · " (PRODUCT_NAME) }
                link rel="icon" href="icons/icon-192.png";
                link rel="stylesheet" href="share.css";
            }
            body {
                main class="methods" {
                    p class="map" {
                        a href="./" { (PRODUCT_NAME) } " · "
                        a href={ "methods?lang=" (other_code) } lang=(other_code) hreflang=(other_code) { (other.in_language(language)) }
                    }
                    // Our own text, in which an anchor stands before each heading.
                    (PreEscaped(body))
                }
            }
        }
    };
    markup.into_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The anchors of a text, in order.
    fn anchors(language: Language) -> Vec<&'static str> {
        let parts = markdown(language).split("<a id=\"").skip(1);
        parts.filter_map(|part| Some(part.split_once('"')?.0)).collect()
    }

    #[test]
    fn both_languages_have_the_same_sections_and_each_an_anchor() {
        let sections = |language| markdown(language).lines().filter(|line| line.starts_with("## ")).count();
        assert_eq!(anchors(Language::Vietnamese), anchors(Language::English));
        assert_eq!(anchors(Language::English).len(), sections(Language::English));
        assert_eq!(sections(Language::Vietnamese), sections(Language::English));
    }

    #[test]
    fn page_has_tables_anchors_and_nothing_of_the_markup() {
        for language in [Language::Vietnamese, Language::English] {
            let page = html(language);
            assert!(page.contains("<h2>") && page.contains("<a id=\"grade\">"), "{language:?}");
            assert!(!page.contains("\n## ") && !page.contains("**"), "{language:?}");
            assert!(!page.contains("<script"), "{language:?}");
        }
    }
}
