//! The share page: what Zalo, Facebook and others show of a link, and a way to the map for people.
//!
//! In: texts, routes and the outside view of the server. Out: HTML without inline script or style. Its own resources
//! have addresses relative to `/share/`, which work under any host and base path; what others store is absolute where
//! the server knows its public address. What the page says is not decided here.

use maud::{DOCTYPE, Markup, html};

use crate::domain::text::Language;
use crate::http::site::Site;
use crate::service::query::encoded;

/// The size that social networks require of a map image.
pub(in crate::http) const MAP_IMAGE_SIZE: MapImageSize = MapImageSize { width_px: 1200, height_px: 630 };
/// The name of the product.
pub(in crate::http) const PROVIDER: &str = "Bình Yên";

/// The size of a drawn map.
#[derive(Debug, Clone, Copy)]
pub(in crate::http) struct MapImageSize {
    pub(in crate::http) width_px: u32,
    pub(in crate::http) height_px: u32,
}

/// What stands on a share page.
#[derive(Debug)]
pub(in crate::http) struct SharePage<'a> {
    pub(in crate::http) site: &'a Site,
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

impl SharePage<'_> {
    /// The page as HTML.
    pub(in crate::http) fn html(&self) -> String {
        let markup = html! {
            (DOCTYPE)
            html lang=(self.word("vi", "en")) prefix="og: https://ogp.me/ns#" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (self.title) " · " (PROVIDER) }
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
            meta property="og:site_name" content=(PROVIDER);
            meta property="og:title" content=(self.title);
            meta property="og:description" content=(self.description());
            meta property="og:url" content=(self.address());
            meta property="og:locale" content=(self.word("vi_VN", "en_GB"));
            meta property="og:image" content=(map_image);
            meta property="og:image:type" content="image/png";
            meta property="og:image:width" content=(width);
            meta property="og:image:height" content=(height);
            meta property="og:image:alt" content=(self.alternative());
            meta name="twitter:card" content="summary_large_image";
        }
    }

    fn links(&self) -> Markup {
        let described = self.site.address(&format!("/oembed?url={}", encoded(&self.address())));
        html! {
            link rel="canonical" href=(self.address());
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
                    p class="map" { strong { (PROVIDER) } " · " (self.word("Bản đồ an toàn Quảng Nam", "Safety map of Quảng Nam")) }
                    h1 { (self.title) }
                    img src={ ".." (self.map_image) } width=(width) height=(height) alt=(self.alternative());
                    p { (self.sentence) }
                    @for note in &self.notes {
                        p class="note" { (note) }
                    }
                    p { a id="open" rel="bookmark" href={ "../#" (self.fragment) } { (self.word("Mở bản đồ", "Open the map")) } }
                }
            }
        }
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
        format!("{}: {}", self.word("Bản đồ", "Map"), self.title)
    }

    fn word(&self, vi: &'static str, en: &'static str) -> &'static str {
        match self.language {
            Language::Vietnamese => vi,
            Language::English => en,
        }
    }
}
