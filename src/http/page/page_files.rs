//! The files of the page, which travel inside the binary.
//!
//! In: the folder that Vite builds. Out: each file with its media type, its cache rule and its bytes in the coding
//! requested, compressed once. Pages that are not built are stood in for by one that says so. Which address leads to
//! which file is not decided here.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{LazyLock, OnceLock};

use axum::body::Bytes;
use axum::http::HeaderValue;
use include_dir::{Dir, include_dir};

use crate::http::answer::conditional::EntityTag;
use crate::service::coded_body::Coding;
use crate::tile::encoding::compress::{brotli, gzip};

static FOLDER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/web/dist");

/// The map.
pub(in crate::http) const INDEX: &str = "index.html";
/// The map for frames of other sites.
pub(in crate::http) const EMBED: &str = "embed.html";
/// How a portal puts the map into its pages.
pub(in crate::http) const DOCS: &str = "docs.html";
/// The pages. Each has an address of its own and none by the name of its file.
const PAGES: [&str; 3] = [INDEX, EMBED, DOCS];

/// Files under this folder carry the hash of their content in their name.
const HASHED: &str = "assets/";
/// The script by which pages of other sites show the map; its name stays, so it is requested again each hour.
const COMPONENT: &str = "binhyen-map.js";

const UNBUILT: &str = "<!doctype html>\n<html lang=\"vi\">\n<meta charset=\"utf-8\">\n<title>Bình Yên</title>\n\
    <h1>Bình Yên</h1>\n<p>Bản đồ chưa được dựng vào chương trình này. Chạy <code>make web</code> rồi dựng lại.</p>\n\
    <p lang=\"en\">The map page is not built into this program. Run <code>make web</code> and build it again.</p>\n\
    <p><a href=\"ratings\">/ratings</a> · <a href=\"areas?geometry=label\">/areas</a> · <a href=\"tiles\">/tiles</a></p>\n";

/// Brotli of more bytes takes longer than a reader should wait.
const QUICK_BYTES: usize = 32 << 10;

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
    bytes: &'static [u8],
    /// The hash of the content.
    pub(in crate::http) hash: String,
    /// The media type.
    pub(in crate::http) media: HeaderValue,
    /// How long caches may keep it.
    pub(in crate::http) cache: &'static str,
    /// Which sites may load it.
    pub(in crate::http) reach: CrossOriginAccess,
    gzip: OnceLock<Bytes>,
    brotli: OnceLock<Bytes>,
    is_begun: AtomicBool,
}

/// How soon the bytes of a file can be had in a coding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::http) enum Readiness {
    /// At hand, or made in no time.
    Now,
    /// Somebody has begun to make them.
    Begun,
    /// It takes a while, and whoever requested it has to begin.
    ToBegin,
}

impl PageFile {
    fn new(path: &str, bytes: &'static [u8]) -> Self {
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
            bytes,
            hash: EntityTag::of_bytes(bytes).as_str().to_owned(),
            media: HeaderValue::from_str(&media).unwrap_or(HeaderValue::from_static("application/octet-stream")),
            cache,
            reach,
            gzip: OnceLock::new(),
            brotli: OnceLock::new(),
            is_begun: AtomicBool::new(false),
        }
    }

    /// Whether compression pays; images and fonts are compressed already.
    pub(in crate::http) fn is_compressible(&self) -> bool {
        let media = self.media.to_str().unwrap_or_default();
        let kinds = ["text/", "application/json", "application/manifest+json", "application/javascript", "image/svg"];
        kinds.iter().any(|kind| media.starts_with(kind))
    }

    /// How soon the bytes can be had in a coding. One of all who request it is made to begin.
    pub(in crate::http) fn readiness(&self, coding: Coding) -> Readiness {
        if coding != Coding::Brotli || self.bytes.len() <= QUICK_BYTES || self.brotli.get().is_some() {
            return Readiness::Now;
        }
        if self.is_begun.swap(true, Ordering::Relaxed) { Readiness::Begun } else { Readiness::ToBegin }
    }

    /// The bytes in a coding; none where that has still to be made.
    pub(in crate::http) fn cached_body(&self, coding: Coding) -> Option<Bytes> {
        match coding {
            Coding::Identity => Some(Bytes::from_static(self.bytes)),
            Coding::Gzip => self.gzip.get().cloned(),
            Coding::Brotli => self.brotli.get().cloned(),
        }
    }

    /// The bytes in a coding. Blocks while that is made, which takes up to a second for the largest script.
    pub(in crate::http) fn body(&self, coding: Coding) -> Bytes {
        match coding {
            Coding::Identity => Bytes::from_static(self.bytes),
            Coding::Gzip => self.gzip.get_or_init(|| gzip(self.bytes).into()).clone(),
            Coding::Brotli => self.brotli.get_or_init(|| brotli(self.bytes).into()).clone(),
        }
    }
}

static FILES: LazyLock<BTreeMap<String, PageFile>> = LazyLock::new(|| {
    let stand_in = |name: &str| (name.to_owned(), PageFile::new(name, UNBUILT.as_bytes()));
    let mut files = BTreeMap::from(PAGES.map(stand_in));
    add_files(&FOLDER, &mut files);
    files
});

fn add_files(folder: &'static Dir<'static>, files: &mut BTreeMap<String, PageFile>) {
    for file in folder.files() {
        let Some(path) = file.path().to_str() else { continue };
        let is_hidden = path.split('/').any(|part| part.starts_with('.'));
        if !is_hidden {
            files.insert(path.to_owned(), PageFile::new(path, file.contents()));
        }
    }
    for folder in folder.dirs() {
        add_files(folder, files);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(path: &str) -> (String, &'static str, CrossOriginAccess) {
        let file = PageFile::new(path, b"{}");
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
    fn text_is_compressed_and_pictures_are_not() {
        for path in ["a.js", "a.css", "a.html", "manifest.webmanifest", "a.svg", "a.json"] {
            assert!(PageFile::new(path, b"").is_compressible(), "{path}");
        }
        assert!(!PageFile::new("a.png", b"").is_compressible());
        assert!(!PageFile::new("a.woff2", b"").is_compressible());
    }

    #[test]
    fn coding_is_made_once_and_known_from_then_on() {
        let file = PageFile::new("a.js", b"export const one = 1;");
        assert_eq!(file.cached_body(Coding::Brotli), None);
        let made = file.body(Coding::Brotli);
        assert_eq!(file.cached_body(Coding::Brotli), Some(made));
        assert_eq!(file.cached_body(Coding::Identity).as_deref(), Some(&b"export const one = 1;"[..]));
    }

    #[test]
    fn large_file_is_begun_by_one_reader_and_ready_when_it_is_done() {
        static SCRIPT: [u8; QUICK_BYTES + 1] = [b' '; QUICK_BYTES + 1];
        let (large, small) = (PageFile::new("a.js", &SCRIPT), PageFile::new("a.js", &SCRIPT[1..]));
        assert_eq!(small.readiness(Coding::Brotli), Readiness::Now);
        assert_eq!(large.readiness(Coding::Gzip), Readiness::Now);
        assert_eq!(large.readiness(Coding::Brotli), Readiness::ToBegin);
        assert_eq!(large.readiness(Coding::Brotli), Readiness::Begun);
        large.body(Coding::Brotli);
        assert_eq!(large.readiness(Coding::Brotli), Readiness::Now);
    }

    #[test]
    fn page_has_no_address_by_its_file() {
        for name in PAGES {
            assert!(page(name).is_some() && file(name).is_none(), "{name}");
        }
        assert!(page("none.html").is_none() && file("").is_none());
    }
}
