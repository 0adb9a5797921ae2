//! The files of a site that hold no numbers: the page, its scripts and fonts, the styles.
//!
//! **Whatever the routes serve as a fixed file belongs into [`fixed_routes`]**: what is left out there is missing from
//! every published site.

use crate::domain::text::Language;
use crate::export::map_image::style_ids;
use crate::export::site::SiteError;
use crate::export::site::document::{published_component, published_document, published_style};
use crate::http::in_process::{COMPONENT_PATH, embed_document, page_assets};

use super::answering::OwnAnswers;

/// Files of the page that mean nothing without a server.
const OF_SERVERS: [&str; 2] = ["share.js", "share.css"];
/// How often the map is asked for until its first picture is drawn.
const MOST_TRIES: usize = 100;
/// What a document has that carries its first picture.
const PICTURE: &str = "data-epoch=";

/// A file by its path.
type NamedFile = (String, Vec<u8>);

/// Files that lie at the path of their route, as the routes give them: path and language.
fn fixed_routes() -> Vec<(String, Language)> {
    vec![("styles/surroundings.geojson".to_owned(), Language::Vietnamese)]
}

/// Every file that holds no numbers but for the map itself, whose first picture is one; `tiles` and `table` are what
/// other programs and readers without scripts begin with.
pub(super) fn static_files(answering: &OwnAnswers, tiles: &str, table: &str) -> Result<Vec<NamedFile>, SiteError> {
    let mut files = vec![
        ("index.html".to_owned(), published_document(&index(answering)?, table)?.into_bytes()),
        ("embed.html".to_owned(), published_document(&embed()?, table)?.into_bytes()),
    ];
    for (language, code) in [(Language::Vietnamese, "vi"), (Language::English, "en")] {
        files.push((format!("methods.{code}.html"), answering.asked("/methods", language)?));
    }
    for id in style_ids() {
        let style = answering.asked(&format!("/styles/page-{id}"), Language::Vietnamese)?;
        files.push((format!("styles/page-{id}.json"), published_style(&style, tiles)?));
    }
    for (path, language) in fixed_routes() {
        let bytes = answering.asked(&format!("/{path}"), language)?;
        files.push((path, bytes));
    }
    for (path, bytes) in page_assets() {
        if path == COMPONENT_PATH {
            files.push((path.to_owned(), published_component(&bytes)));
        } else if !OF_SERVERS.contains(&path) {
            files.push((path.to_owned(), bytes.to_vec()));
        }
    }
    Ok(files)
}

/// The map with its first picture, which a server gives only when it is drawn in time.
fn index(answering: &OwnAnswers) -> Result<String, SiteError> {
    let mut document = Vec::new();
    for _ in 0..MOST_TRIES {
        document = answering.asked("/", Language::Vietnamese)?;
        if document.windows(PICTURE.len()).any(|window| window == PICTURE.as_bytes()) {
            break;
        }
    }
    String::from_utf8(document).map_err(|_| SiteError::Page("a document that is no text"))
}

fn embed() -> Result<String, SiteError> {
    let document = embed_document().ok_or(SiteError::Page("no document for frames"))?;
    String::from_utf8(document.to_vec()).map_err(|_| SiteError::Page("a document that is no text"))
}
