//! The folder `shapes` of the data folder: built shapes, one file for each set of areas, named by their content.
//!
//! A file appears whole or not at all. What no loaded edition uses is removed. A folder that cannot be written
//! costs the time to build the shapes at each start, and a line in the log; nothing else.

use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use crate::snapshot::{ShapeCache, Snapshot};
use crate::store::{make_private_folder, unfinished_file};

const SUFFIX: &str = "shapes";
/// What a file is called until it is whole.
const UNFINISHED: &str = "part";

/// The cached shapes of a data folder.
#[derive(Debug, Clone)]
pub(super) struct ShapeCacheFolder {
    folder: PathBuf,
}

impl ShapeCacheFolder {
    /// The shapes of a data folder; the folder for them is made when the first are stored.
    pub(super) fn new(data: &Path) -> Self {
        Self { folder: data.join("shapes") }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name).with_extension(SUFFIX)
    }

    fn written(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        make_private_folder(&self.folder)?;
        // Two programs may store the same shapes at once: each writes its own file, and the last one named stays.
        let unfinished = self.folder.join(format!("{name}.{}.{UNFINISHED}", std::process::id()));
        let outcome = whole(&unfinished, bytes).and_then(|()| fs::rename(&unfinished, self.file(name)));
        if outcome.is_err() {
            // The first fault is the one to report.
            let _ = fs::remove_file(&unfinished);
        }
        outcome
    }

    /// Removes the files of shapes that no edition of a snapshot uses.
    pub(super) fn keep_only(&self, snapshot: &Snapshot) {
        let used: Vec<PathBuf> =
            snapshot.editions.iter().map(|edition_data| self.file(&edition_data.shape.archive)).collect();
        let Ok(files) = fs::read_dir(&self.folder) else { return };
        for path in files.filter_map(|entry| entry.ok().map(|entry| entry.path())) {
            let is_shapes = path.extension().is_some_and(|extension| extension == SUFFIX);
            if !is_shapes || used.contains(&path) {
                continue;
            }
            match fs::remove_file(&path) {
                Ok(()) => tracing::info!(file = %path.display(), "unused cached shapes were removed"),
                Err(fault) if fault.kind() == ErrorKind::NotFound => {}
                Err(fault) => {
                    tracing::warn!(file = %path.display(), cause = %fault, "unused shapes cannot be removed");
                }
            }
        }
    }
}

fn whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = unfinished_file(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

impl ShapeCache for ShapeCacheFolder {
    fn get(&self, name: &str) -> Option<Vec<u8>> {
        let path = self.file(name);
        match fs::read(&path) {
            Ok(bytes) => Some(bytes),
            Err(fault) if fault.kind() == ErrorKind::NotFound => None,
            Err(fault) => {
                tracing::warn!(file = %path.display(), cause = %fault, "cached shapes cannot be read");
                None
            }
        }
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        let path = self.file(name);
        match self.written(name, bytes) {
            Ok(()) => tracing::info!(file = %path.display(), bytes = bytes.len(), "shapes cached for the next start"),
            Err(fault) => {
                tracing::warn!(file = %path.display(), cause = %fault, "shapes cannot be cached for the next start");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kept_bytes_come_back_and_nothing_unfinished_stays() {
        let data = tempfile::tempdir().unwrap();
        let cache = ShapeCacheFolder::new(data.path());
        assert_eq!(cache.get("abc"), None);
        cache.put("abc", b"one");
        cache.put("abc", b"two");
        assert_eq!(cache.get("abc").as_deref(), Some(b"two".as_slice()));
        assert_eq!(fs::read_dir(data.path().join("shapes")).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_that_cannot_be_made_keeps_nothing_and_fails_nothing() {
        let data = tempfile::tempdir().unwrap();
        fs::write(data.path().join("shapes"), b"a file is in the way").unwrap();
        let cache = ShapeCacheFolder::new(data.path());
        cache.put("abc", b"one");
        assert_eq!(cache.get("abc"), None);
    }
}
