//! The files of the page, which travel inside the binary.
//!
//! In: the folder that the build of the page leaves, where the gzip and the brotli of a file lie beside it. Out: each
//! file with its media type, its cache rule and its bytes in every coding it has. Pages that are not built are stood in
//! for by one that says so. Which address leads to which file is not decided here.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::body::Bytes;
use axum::http::HeaderValue;
use include_dir::{Dir, include_dir};

use super::methods_page;
use crate::domain::text::Language;
use crate::http::answer::conditional::EntityTag;
use crate::service::coded_body::Coding;

static FOLDER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/web/dist");

/// The map.
pub(in crate::http) const INDEX: &str = "index.html";
/// The map for frames of other sites.
pub(in crate::http) const EMBED: &str = "embed.html";
/// How a portal puts the map into its pages.
pub(in crate::http) const DOCS: &str = "docs.html";
/// The pages. Each has an address of its own and none by the name of its file.
const PAGES: [&str; 3] = [INDEX, EMBED, DOCS];
/// How every number is made, in each language.
const METHODS: [(Language, &str); 2] =
    [(Language::Vietnamese, "methods.vi.html"), (Language::English, "methods.en.html")];

/// The endings of the compressed forms of a file.
const GZIP_ENDING: &str = ".gz";
const BROTLI_ENDING: &str = ".br";
/// Files under this folder carry the hash of their content in their name.
const HASHED: &str = "assets/";
/// The script by which pages of other sites show the map; its name stays, so it is requested again each hour.
pub(in crate::http) const COMPONENT: &str = "binhyen-map.js";

const UNBUILT: &str = "<!doctype html>\n<html lang=\"vi\">\n<meta charset=\"utf-8\">\n<title>Bình Yên</title>\n\
    <h1>Bình Yên</h1>\n<p>Bản đồ chưa được dựng vào chương trình này. Chạy <code>make web</code> rồi dựng lại.</p>\n\
    <p lang=\"en\">The map page is not built into this program. Run <code>make web</code> and build it again.</p>\n\
    <p><a href=\"ratings\">/ratings</a> · <a href=\"areas?geometry=label\">/areas</a> · <a href=\"tiles\">/tiles</a></p>\n";

/// Which sites may load a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::http) enum CrossOriginAccess {
    /// The pages of this server.
    Own,
    /// The pages of any site.
    Any,
}

/// A file of the page with its codings, tag and cache rule.
#[derive(Debug)]
pub(in crate::http) struct PageFile {
    forms: Forms,
    /// The hash of the content.
    pub(in crate::http) hash: String,
    /// The media type.
    pub(in crate::http) media: HeaderValue,
    /// How long caches may keep it.
    pub(in crate::http) cache: &'static str,
    /// Which sites may load it.
    pub(in crate::http) reach: CrossOriginAccess,
}

/// The bytes of a file in each coding it has; images and fonts have one.
#[derive(Debug, Clone)]
struct Forms {
    plain: Bytes,
    gzip: Option<Bytes>,
    brotli: Option<Bytes>,
}

impl Forms {
    /// The file at a path of the folder, with what lies beside it.
    fn built(path: &str, plain: &'static [u8]) -> Self {
        let beside = |ending: &str| {
            let file = FOLDER.get_file(format!("{path}{ending}"))?;
            Some(Bytes::from_static(file.contents()))
        };
        Self { plain: Bytes::from_static(plain), gzip: beside(GZIP_ENDING), brotli: beside(BROTLI_ENDING) }
    }

    /// A page that no file holds.
    fn written(plain: Bytes) -> Self {
        Self { gzip: Some(Coding::Gzip.of_bytes(&plain)), brotli: Some(Coding::Brotli.of_bytes(&plain)), plain }
    }
}

impl PageFile {
    fn new(path: &str, forms: Forms) -> Self {
        let guess = mime_guess::from_path(path).first_or_octet_stream();
        let media = match guess.type_() {
            mime_guess::mime::TEXT => format!("{guess}; charset=utf-8"),
            _ => guess.to_string(),
        };
        let (cache, reach) = match path {
            COMPONENT => ("public, max-age=3600", CrossOriginAccess::Any),
            path if path.starts_with(HASHED) => ("public, max-age=31536000, immutable", CrossOriginAccess::Own),
            _ => ("no-cache", CrossOriginAccess::Own),
        };
        Self {
            hash: EntityTag::of_bytes(&forms.plain).as_str().to_owned(),
            forms,
            media: HeaderValue::from_str(&media).unwrap_or(HeaderValue::from_static("application/octet-stream")),
            cache,
            reach,
        }
    }

    /// The bytes in a coding; none where the file does not have it.
    pub(in crate::http) fn body(&self, coding: Coding) -> Option<Bytes> {
        match coding {
            Coding::Identity => Some(self.plain()),
            Coding::Gzip => self.forms.gzip.clone(),
            Coding::Brotli => self.forms.brotli.clone(),
        }
    }

    /// The bytes as they are.
    pub(in crate::http) fn plain(&self) -> Bytes {
        self.forms.plain.clone()
    }
}

static FILES: LazyLock<BTreeMap<String, PageFile>> = LazyLock::new(|| {
    let stand_in =
        |name: &str| (name.to_owned(), PageFile::new(name, Forms::written(Bytes::from_static(UNBUILT.as_bytes()))));
    let mut files = BTreeMap::from(PAGES.map(stand_in));
    add_files(&FOLDER, &mut files);
    files
});

fn add_files(folder: &'static Dir<'static>, files: &mut BTreeMap<String, PageFile>) {
    for file in folder.files() {
        let Some(path) = file.path().to_str() else { continue };
        let is_hidden = path.split('/').any(|part| part.starts_with('.'));
        let is_form = [GZIP_ENDING, BROTLI_ENDING].iter().any(|ending| path.ends_with(ending));
        if !is_hidden && !is_form {
            files.insert(path.to_owned(), PageFile::new(path, Forms::built(path, file.contents())));
        }
    }
    for folder in folder.dirs() {
        add_files(folder, files);
    }
}

static METHODS_FILES: LazyLock<[PageFile; 2]> = LazyLock::new(|| {
    METHODS.map(|(language, name)| PageFile::new(name, Forms::written(methods_page::html(language).into())))
});

/// The page of methods in a language.
pub(in crate::http) fn methods(language: Language) -> &'static PageFile {
    let [vietnamese, english] = &*METHODS_FILES;
    match language {
        Language::Vietnamese => vietnamese,
        Language::English => english,
    }
}

/// A page by the name of its file.
pub(in crate::http) fn page(name: &str) -> Option<&'static PageFile> {
    FILES.get(name)
}

/// Any other file by its path in the folder.
pub(in crate::http) fn file(path: &str) -> Option<&'static PageFile> {
    FILES.get(path).filter(|_| !PAGES.contains(&path))
}

/// Every other file with its path.
pub(in crate::http) fn files() -> impl Iterator<Item = (&'static str, &'static PageFile)> {
    FILES.iter().map(|(path, file)| (path.as_str(), file)).filter(|(path, _)| !PAGES.contains(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(path: &str) -> (String, &'static str, CrossOriginAccess) {
        let file = PageFile::new(path, Forms { plain: Bytes::from_static(b"{}"), gzip: None, brotli: None });
        (file.media.to_str().unwrap().to_owned(), file.cache, file.reach)
    }

    #[test]
    fn what_a_file_is_follows_from_its_name() {
        let script = "text/javascript; charset=utf-8".to_owned();
        assert_eq!(facts("binhyen-map.js"), (script.clone(), "public, max-age=3600", CrossOriginAccess::Any));
        assert_eq!(facts("sw.js"), (script.clone(), "no-cache", CrossOriginAccess::Own));
        assert_eq!(facts("assets/a-1.js"), (script, "public, max-age=31536000, immutable", CrossOriginAccess::Own));
        let manifest = facts("manifest.webmanifest");
        assert_eq!(manifest, ("application/manifest+json".to_owned(), "no-cache", CrossOriginAccess::Own));
        assert_eq!(facts("icons/192.png").0, "image/png");
        assert_eq!(facts("no-extension").0, "application/octet-stream");
    }

    #[test]
    fn text_of_a_built_page_has_every_form_and_no_form_an_address() {
        let text = ["text/", "application/json", "application/manifest+json", "image/svg"];
        for (path, file) in FILES.iter() {
            let is_text = text.iter().any(|kind| file.media.to_str().unwrap().starts_with(kind));
            for coding in [Coding::Gzip, Coding::Brotli] {
                assert_eq!(file.body(coding).is_some(), is_text, "{path} {coding:?}: build the page anew");
            }
            assert_eq!(file.body(Coding::Identity), Some(file.plain()), "{path}");
            assert!(!path.ends_with(GZIP_ENDING) && !path.ends_with(BROTLI_ENDING), "{path}");
        }
    }

    #[test]
    fn page_has_no_address_by_its_file() {
        for name in PAGES {
            assert!(page(name).is_some() && file(name).is_none(), "{name}");
        }
        assert!(page("none.html").is_none() && file("").is_none());
    }
}
