//! The manifest of a site: what it is, and every file with its length and hash.
//!
//! Whoever mirrors a site copies what has another hash; the next publication removes what its own manifest no longer
//! names and leaves every other file alone.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::service::questions::published::PublishedScope;

/// The name of the file.
pub(crate) const MANIFEST: &str = "manifest.json";
/// The word by which a manifest of ours is known.
const FORMAT: &str = "binhyen-site-1";

/// The manifest of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// That it is one of ours.
    format: String,
    /// Whether every file was written; false while one is being published.
    pub(crate) complete: bool,
    /// The program that wrote it.
    program: String,
    /// The state of the data.
    epoch: u64,
    /// The name for all that the numbers depend on.
    revision: String,
    /// The release that they are from.
    release: u32,
    /// Whether they are the invented sample.
    sample: bool,
    /// The editions of boundaries.
    editions: Vec<String>,
    /// The released windows.
    windows: Vec<String>,
    /// How many files there are, by kind.
    pub(crate) counts: SiteCounts,
    /// Every file by its path.
    pub(crate) files: BTreeMap<String, FileEntry>,
}

/// How many files a site has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct SiteCounts {
    /// All of them, but for the manifest.
    pub(crate) files: usize,
    /// Their bytes.
    pub(crate) bytes: u64,
    /// Answers that they hold.
    pub(crate) answers: usize,
    /// Archives of tiles.
    pub(crate) archives: usize,
    /// Tables.
    pub(crate) tables: usize,
}

/// A file of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FileEntry {
    /// Its length.
    pub(crate) bytes: u64,
    /// The SHA-256 of its bytes, as lower-case hexadecimal digits.
    pub(crate) sha256: String,
}

impl Manifest {
    /// The manifest of a site on a scope, without files yet.
    pub(crate) fn begun(scope: &PublishedScope, program: &str) -> Self {
        Self {
            format: FORMAT.to_owned(),
            complete: false,
            program: program.to_owned(),
            epoch: scope.epoch,
            revision: scope.revision.clone(),
            release: scope.release,
            sample: scope.is_sample,
            editions: scope.editions.iter().map(|edition| edition.id.to_string()).collect(),
            windows: scope.windows.clone(),
            counts: SiteCounts::default(),
            files: BTreeMap::new(),
        }
    }

    /// A manifest that was written; none where it is none of ours.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok().filter(|manifest: &Self| manifest.format == FORMAT)
    }

    /// Its text.
    ///
    /// # Errors
    /// When it cannot be written as JSON, which does not happen.
    pub(crate) fn text(&self) -> Result<Vec<u8>, serde_json::Error> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn manifest_is_read_back_and_a_stranger_is_not() {
        let mut manifest = Manifest::begun(&PublishedScope::example(), "0.1.0");
        manifest.files.insert("a".to_owned(), FileEntry { bytes: 1, sha256: "00".to_owned() });
        assert_eq!(Manifest::read(&manifest.text().unwrap()), Some(manifest));
        for stranger in [&b"{}"[..], b"", b"{\"format\":\"other\"}", br#"{"name":"web app","icons":[]}"#] {
            assert_eq!(Manifest::read(stranger), None);
        }
    }
}
