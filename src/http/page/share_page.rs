//! The share page: what Zalo, Facebook and others show of a link, and a way to the map for people.
//!
//! In: texts, routes and the outside view of the server. Out: HTML without inline script or style. Its own resources
//! have addresses relative to `/share/`, which work under any host and base path; what others store is absolute where
//! the server knows its public address. What the page says is not decided here.

use maud::{DOCTYPE, Markup, html};

use super::map_image_size::{MAP_IMAGE_SIZE, MapImageSize};
use crate::domain::text::Language;
use crate::http::site::{KnownHost, Site};
use crate::service::query::encoded;
use crate::texts::{PRODUCT_NAME, TextId, text, text_id};

/// What stands on a share page.
#[derive(Debug)]
pub(in crate::http) struct SharePage<'a> {
    pub(in crate::http) site: &'a Site,
    /// Whether the page was asked for under a name of the server.
    pub(in crate::http) host: KnownHost,
    pub(in crate::http) language: Language,
    /// What the map shows.
    pub(in crate::http) title: &'a str,
    /// What is said of the area.
    pub(in crate::http) sentence: &'a str,
    /// What the reader has to know beside it.
    pub(in crate::http) notes: Vec<String>,
    /// The id of the page.
    pub(in crate::http) id: &'a str,
    /// The fragment that opens the same view.
    pub(in crate::http) fragment: &'a str,
    /// The route of the map image.
    pub(in crate::http) map_image: &'a str,
}

/// The codes of a language: in HTML, and with a country as Open Graph wants it.
struct LanguageCodes {
    language: &'static str,
    locale: &'static str,
}

impl SharePage<'_> {
    /// The page as HTML.
    pub(in crate::http) fn html(&self) -> String {
        let markup = html! {
            (DOCTYPE)
            html lang=(self.codes().language) prefix="og: https://ogp.me/ns#" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (self.title) " · " (PRODUCT_NAME) }
                    meta name="description" content=(self.description());
                    (self.card())
                    (self.links())
                }
                (self.body())
            }
        };
        markup.into_string()
    }

    /// The tags that social networks read.
    ///
    /// # Reference
    /// The Open Graph protocol, <https://ogp.me>.
    fn card(&self) -> Markup {
        let MapImageSize { width_px: width, height_px: height } = MAP_IMAGE_SIZE;
        let map_image = self.site.address(self.map_image);
        html! {
            meta property="og:type" content="website";
            meta property="og:site_name" content=(PRODUCT_NAME);
            meta property="og:title" content=(self.title);
            meta property="og:description" content=(self.description());
            meta property="og:locale" content=(self.codes().locale);
            // Networks read absolute addresses only; without one the card has no picture.
            @if self.has_address() {
                meta property="og:url" content=(self.address());
                meta property="og:image" content=(map_image);
                meta property="og:image:type" content="image/png";
                meta property="og:image:width" content=(width);
                meta property="og:image:height" content=(height);
                meta property="og:image:alt" content=(self.alternative());
                meta name="twitter:card" content="summary_large_image";
            }
        }
    }

    fn links(&self) -> Markup {
        let described = self.site.address(&format!("/oembed?url={}", encoded(&self.address())));
        html! {
            @if self.has_address() {
                link rel="canonical" href=(self.address());
            }
            @if self.site.is_absolute() {
                link rel="alternate" type="application/json+oembed" href=(described) title=(self.title);
            }
            link rel="stylesheet" href="../share.css";
            script src="../share.js" defer {}
        }
    }

    fn body(&self) -> Markup {
        let MapImageSize { width_px: width, height_px: height } = MAP_IMAGE_SIZE;
        html! {
            body {
                main {
                    p class="map" { strong { (PRODUCT_NAME) } " · " (self.said(text_id!("share-safety-map"))) }
                    h1 { (self.title) }
                    img src={ ".." (self.map_image) } width=(width) height=(height) alt=(self.alternative());
                    p { (self.sentence) }
                    @for note in &self.notes {
                        p class="note" { (note) }
                    }
                    p { a id="open" rel="bookmark" href={ "../#" (self.fragment) } { (self.said(text_id!("share-open-map"))) } }
                }
            }
        }
    }

    /// Whether the page may name its own address.
    fn has_address(&self) -> bool {
        self.site.is_absolute() || self.host == KnownHost::Own
    }

    fn address(&self) -> String {
        self.site.address(&format!("/share/{}", self.id))
    }

    fn description(&self) -> String {
        let notes = self.notes.iter().map(String::as_str);
        std::iter::once(self.sentence).chain(notes).collect::<Vec<_>>().join(" ")
    }

    /// The map image in words.
    fn alternative(&self) -> String {
        text!("share-map-image", title = self.title).in_language(self.language).to_owned()
    }

    fn said(&self, id: TextId) -> String {
        id.in_language(self.language)
    }

    fn codes(&self) -> LanguageCodes {
        match self.language {
            Language::Vietnamese => LanguageCodes { language: "vi", locale: "vi_VN" },
            Language::English => LanguageCodes { language: "en", locale: "en_GB" },
        }
    }
}
