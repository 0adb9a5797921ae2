//! The files of a site that hold no numbers: the page, its scripts and fonts, the styles.
//!
//! **Whatever the routes serve as a fixed file belongs into [`fixed_routes`]**: what is left out there is missing from
//! every published site.

use std::time::Duration;

use crate::domain::text::Language;
use crate::export::map_image::style_ids;
use crate::export::site::document::{published_component, published_document, published_methods};
use crate::export::site::plan::{first_archive, first_table};
use crate::export::site::styles::{letters_and_patterns, style_of_page, style_of_programs};
use crate::export::site::{NamedFile, SiteError};
use crate::http::in_process::{COMPONENT_PATH, embed_document, page_assets};

use super::answering::OwnAnswers;

/// Files of the page that mean nothing without a server.
const OF_SERVERS: [&str; 2] = ["share.js", "ogc.css"];
/// How often the map is asked for until its first picture is drawn, and how long it is left alone between.
const MOST_TRIES: usize = 600;
const BETWEEN_TRIES: Duration = Duration::from_millis(100);
/// What a document has that carries its first picture.
const PICTURE: &str = "data-epoch=";

/// Files that lie at the path of their route, as the routes give them: path and language.
fn fixed_routes() -> Vec<(String, Language)> {
    vec![("styles/surroundings.geojson".to_owned(), Language::Vietnamese)]
}

/// Every file that holds no numbers but for the map itself, whose first picture is one.
///
/// # Errors
/// When the page is not built into the program, or what styles draw from cannot be made.
pub(super) fn static_files(answering: &OwnAnswers) -> Result<Vec<NamedFile>, SiteError> {
    let mut files = documents(answering)?;
    files.extend(styles(answering)?);
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

/// The documents; readers without scripts are offered the table of the first view.
fn documents(answering: &OwnAnswers) -> Result<Vec<NamedFile>, SiteError> {
    let table = first_table(&answering.scope);
    let mut files = vec![
        ("index.html".to_owned(), published_document(&index(answering)?, &table)?.into_bytes()),
        ("embed.html".to_owned(), published_document(&embed()?, &table)?.into_bytes()),
    ];
    for (language, code) in [(Language::Vietnamese, "vi"), (Language::English, "en")] {
        let methods = text(answering.asked("/methods", language)?)?;
        files.push((format!("methods.{code}.html"), published_methods(&methods).into_bytes()));
    }
    Ok(files)
}

/// The styles of the page and of other programs, which begin with the tiles of the first view, and what they draw from.
fn styles(answering: &OwnAnswers) -> Result<Vec<NamedFile>, SiteError> {
    let (tiles, ids) = (first_archive(&answering.scope), style_ids());
    let mut files = letters_and_patterns(&ids)?;
    for id in ids {
        let style = answering.asked(&format!("/styles/page-{id}"), Language::Vietnamese)?;
        files.push((format!("styles/page-{id}.json"), style_of_page(&style, &tiles)?));
        files.push((format!("styles/{id}.json"), style_of_programs(&id, answering.scope.first.0, &tiles)?));
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
        std::thread::sleep(BETWEEN_TRIES);
    }
    text(document)
}

fn embed() -> Result<String, SiteError> {
    let document = embed_document().ok_or(SiteError::Page("no document for frames"))?;
    text(document.to_vec())
}

fn text(document: Vec<u8>) -> Result<String, SiteError> {
    String::from_utf8(document).map_err(|_| SiteError::Page("a document that is no text"))
}
