//! The folder of a site: files that change are put in place whole, files of an earlier site that are no longer needed
//! go, and files of anybody else stay.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use sha2::{Digest as _, Sha256};

use crate::export::site::manifest::{FileEntry, MANIFEST, Manifest};

/// Why a folder cannot hold the site.
#[derive(Debug, thiserror::Error)]
pub(super) enum FolderError {
    /// The disk refuses.
    #[error("{}: {source}", path.display())]
    Disk { path: PathBuf, source: io::Error },
    /// A file of somebody else stands where one of the site belongs.
    #[error("{} is there already and is not from an earlier `publish`: choose another folder, or move it away", path.display())]
    Foreign { path: PathBuf },
    /// A path that leaves the folder.
    #[error("{path:?} is no path below the folder")]
    Outside { path: String },
}

/// What became of the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct FileChanges {
    pub(super) written: usize,
    pub(super) unchanged: usize,
    pub(super) removed: usize,
}

/// A folder that a site is written into.
#[derive(Debug)]
pub(super) struct SiteFolder {
    root: PathBuf,
    /// What the earlier site wrote; none where there was none.
    earlier: Option<Manifest>,
    /// What the manifest says while files are written; put in place before the first of them.
    begun: Mutex<Option<Manifest>>,
    files: Mutex<(BTreeMap<String, FileEntry>, FileChanges)>,
}

impl SiteFolder {
    /// Opens a folder, and makes it where there is none.
    pub(super) fn open(root: &Path) -> Result<Self, FolderError> {
        fs::create_dir_all(root).map_err(|source| FolderError::Disk { path: root.to_owned(), source })?;
        let manifest = root.join(MANIFEST);
        let earlier = match fs::read(&manifest) {
            Ok(bytes) => Some(Manifest::read(&bytes).ok_or(FolderError::Foreign { path: manifest })?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(source) => return Err(FolderError::Disk { path: manifest, source }),
        };
        Ok(Self { root: root.to_owned(), earlier, begun: Mutex::default(), files: Mutex::default() })
    }

    /// Has the manifest say that the site is being written as soon as a file changes, so that a run that ends midway
    /// is known by the next one.
    pub(super) fn begin(&self, begun: &Manifest) {
        let mut manifest = begun.clone();
        if let Some(earlier) = &self.earlier {
            manifest.files.clone_from(&earlier.files);
        }
        *self.begun.lock().unwrap_or_else(PoisonError::into_inner) = Some(manifest);
    }

    /// Puts a file in its place, unless it is there already.
    pub(super) fn put(&self, path: &str, bytes: &[u8]) -> Result<(), FolderError> {
        let place = self.place(path)?;
        let entry = FileEntry { bytes: bytes.len() as u64, sha256: hex::encode(Sha256::digest(bytes)) };
        let is_same = match fs::read(&place) {
            Ok(there) => there == bytes || self.may_replace(path, &place)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Err(source) => return Err(FolderError::Disk { path: place, source }),
        };
        if !is_same {
            self.note_change()?;
            self.write(&place, bytes)?;
        }
        let mut kept = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let (files, changes) = &mut *kept;
        files.insert(path.to_owned(), entry);
        if is_same {
            changes.unchanged += 1;
        } else {
            changes.written += 1;
        }
        Ok(())
    }

    /// Removes what the earlier site had and this one has not, and writes the manifest; gives it with what became of
    /// the files.
    pub(super) fn finish(self, mut manifest: Manifest) -> Result<(Manifest, FileChanges), FolderError> {
        let kept = std::mem::take(&mut *self.files.lock().unwrap_or_else(PoisonError::into_inner));
        let (files, mut changes) = kept;
        let earlier = self.earlier.iter().flat_map(|earlier| earlier.files.keys());
        for path in earlier.filter(|path| !files.contains_key(*path)) {
            let place = self.place(path)?;
            match fs::remove_file(&place) {
                Ok(()) => changes.removed += 1,
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(source) => return Err(FolderError::Disk { path: place, source }),
            }
            self.remove_empty_folders(&place);
        }
        manifest.complete = true;
        manifest.counts.files = files.len();
        manifest.counts.bytes = files.values().map(|entry| entry.bytes).sum();
        manifest.files = files;
        self.put_manifest(&manifest)?;
        Ok((manifest, changes))
    }

    /// Puts the manifest of a site that is being written in place, before the first file that changes.
    fn note_change(&self) -> Result<(), FolderError> {
        // Held while it is written: no other file changes before.
        let mut begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        begun.take().map_or(Ok(()), |manifest| self.put_manifest(&manifest))
    }

    /// Never the same: whether another file may be replaced by one of ours.
    fn may_replace(&self, path: &str, place: &Path) -> Result<bool, FolderError> {
        let is_ours =
            self.earlier.as_ref().is_some_and(|earlier| !earlier.complete || earlier.files.contains_key(path));
        if is_ours { Ok(false) } else { Err(FolderError::Foreign { path: place.to_owned() }) }
    }

    fn put_manifest(&self, manifest: &Manifest) -> Result<(), FolderError> {
        let place = self.root.join(MANIFEST);
        let text = manifest.text().map_err(|error| FolderError::Disk { path: place.clone(), source: error.into() })?;
        if fs::read(&place).is_ok_and(|there| there == text) { Ok(()) } else { self.write(&place, &text) }
    }

    /// Writes a file beside its place and gives it its name.
    fn write(&self, place: &Path, bytes: &[u8]) -> Result<(), FolderError> {
        let failed = |source| FolderError::Disk { path: place.to_owned(), source };
        fs::create_dir_all(place.parent().unwrap_or(&self.root)).map_err(failed)?;
        let mut part = place.as_os_str().to_owned();
        part.push(format!(".{}.part", std::process::id()));
        let part = PathBuf::from(part);
        let written = fs::File::create(&part).and_then(|mut file| file.write_all(bytes));
        let named = written.and_then(|()| fs::rename(&part, place));
        if named.is_err() {
            let _ = fs::remove_file(&part);
        }
        named.map_err(failed)
    }

    /// The place of a path, which names folders and a file below the root and nothing else.
    fn place(&self, path: &str) -> Result<PathBuf, FolderError> {
        let is_plain =
            |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', ':', '\0']);
        if path.split('/').all(is_plain) {
            Ok(self.root.join(path))
        } else {
            Err(FolderError::Outside { path: path.to_owned() })
        }
    }

    /// Folders that a removed file leaves empty go too.
    fn remove_empty_folders(&self, place: &Path) {
        let folders = place.ancestors().skip(1).take_while(|folder| *folder != self.root);
        for folder in folders {
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::questions::published::PublishedScope;

    fn manifest() -> Manifest {
        Manifest::begun(&PublishedScope::example(), "test")
    }

    fn published(root: &Path, files: &[(&str, &str)]) -> Result<FileChanges, FolderError> {
        let folder = SiteFolder::open(root)?;
        folder.begin(&manifest());
        for (path, text) in files {
            folder.put(path, text.as_bytes())?;
        }
        Ok(folder.finish(manifest())?.1)
    }

    #[test]
    fn second_run_writes_what_changed_and_removes_what_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::write(root.join("foreign.txt"), "mine").unwrap();
        let first = published(root, &[("a.txt", "1"), ("b/c.txt", "2"), ("b/d/e.txt", "3")]).unwrap();
        assert_eq!(first, FileChanges { written: 3, unchanged: 0, removed: 0 });
        let text = fs::read(root.join(MANIFEST)).unwrap();
        let written_at = || fs::metadata(root.join(MANIFEST)).unwrap().modified().unwrap();
        let before = written_at();
        assert_eq!(published(root, &[("a.txt", "1"), ("b/c.txt", "2"), ("b/d/e.txt", "3")]).unwrap().unchanged, 3);
        assert_eq!((fs::read(root.join(MANIFEST)).unwrap(), written_at()), (text, before));
        let second = published(root, &[("a.txt", "1"), ("b/c.txt", "4")]).unwrap();
        assert_eq!(second, FileChanges { written: 1, unchanged: 1, removed: 1 });
        assert!(!root.join("b/d").exists() && fs::read(root.join("b/c.txt")).unwrap() == b"4");
        assert_eq!(fs::read(root.join("foreign.txt")).unwrap(), b"mine");
    }

    #[test]
    fn file_of_somebody_else_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.txt"), "mine").unwrap();
        let told = published(folder.path(), &[("a.txt", "1")]).unwrap_err().to_string();
        assert!(told.contains("a.txt is there already"), "{told}");
        assert_eq!(fs::read(folder.path().join("a.txt")).unwrap(), b"mine");
        fs::write(folder.path().join(MANIFEST), "{\"name\":\"a web app\"}").unwrap();
        assert!(matches!(SiteFolder::open(folder.path()), Err(FolderError::Foreign { .. })));
    }

    #[test]
    fn run_that_ended_midway_is_taken_up() {
        let folder = tempfile::tempdir().unwrap();
        let begun = SiteFolder::open(folder.path()).unwrap();
        begun.begin(&manifest());
        begun.put("a.txt", b"1").unwrap();
        drop(begun);
        assert_eq!(published(folder.path(), &[("a.txt", "2")]).unwrap().written, 1);
    }

    #[test]
    fn path_that_leaves_the_folder_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let site = SiteFolder::open(folder.path()).unwrap();
        for path in ["../a", "/a", "a//b", "a/./b", "a\\b", "", "c:/a"] {
            assert!(matches!(site.put(path, b""), Err(FolderError::Outside { .. })), "{path}");
        }
    }
}
