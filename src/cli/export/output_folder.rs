//! A folder that is there whole or not at all: filled beside its place, and renamed when it is complete.

use std::io;
use std::path::{Path, PathBuf};

use super::output_file::{OutputFileError, unfinished};

/// Why a folder is not there.
#[derive(Debug, thiserror::Error)]
pub(super) enum OutputFolderError {
    #[error("{} is a file; name a folder", path.display())]
    File { path: PathBuf },
    #[error("{} is not empty; name a new folder, so that no file of another export stays in it", path.display())]
    Filled { path: PathBuf },
    #[error(transparent)]
    Written(#[from] OutputFileError),
}

/// A folder that is being filled.
#[derive(Debug)]
pub(super) struct OutputFolder {
    path: PathBuf,
    part: PathBuf,
}

impl OutputFolder {
    /// Begins a folder, so that a place that cannot be written is known before the work.
    ///
    /// # Errors
    /// When something else is there, or the place cannot be written.
    pub(super) fn begun(path: &Path) -> Result<Self, OutputFolderError> {
        // Without a slash at the end, behind which the name of the part would be one inside the folder.
        let path: PathBuf = path.components().collect();
        if path.is_file() {
            return Err(OutputFolderError::File { path });
        }
        if path.read_dir().is_ok_and(|mut entries| entries.next().is_some()) {
            return Err(OutputFolderError::Filled { path });
        }
        let folder = Self { part: unfinished(&path), path };
        std::fs::create_dir(&folder.part).map_err(|source| folder.refused(source))?;
        Ok(folder)
    }

    /// Writes a file at a path inside the folder.
    ///
    /// # Errors
    /// When the disk refuses.
    pub(super) fn write(&self, inside: &str, bytes: &[u8]) -> Result<(), OutputFolderError> {
        let path = self.part.join(inside);
        let made = path.parent().map_or(Ok(()), std::fs::create_dir_all);
        made.and_then(|()| std::fs::write(&path, bytes)).map_err(|source| self.refused(source))
    }

    /// Gives the folder its name.
    ///
    /// # Errors
    /// When the disk refuses.
    pub(super) fn complete(self) -> Result<(), OutputFolderError> {
        std::fs::rename(&self.part, &self.path).map_err(|source| self.refused(source))
    }

    fn refused(&self, source: io::Error) -> OutputFolderError {
        OutputFileError::Disk { path: self.path.clone(), source }.into()
    }
}

impl Drop for OutputFolder {
    /// Nothing is left of a folder that was not completed.
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::export::output_file::tests::left;

    #[test]
    fn folder_has_its_name_when_all_files_are_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out/");
        let begun = OutputFolder::begun(&path).unwrap();
        begun.write("year=2024/level=commune/part-0.parquet", b"PAR1").unwrap();
        assert!(!path.exists());
        begun.complete().unwrap();
        assert_eq!(std::fs::read(path.join("year=2024/level=commune/part-0.parquet")).unwrap(), b"PAR1");
        assert_eq!(left(folder.path()), ["out"]);
        let told = OutputFolder::begun(&path).unwrap_err().to_string();
        assert!(told.contains("is not empty"), "{told}");
        std::fs::create_dir(folder.path().join("empty")).unwrap();
        OutputFolder::begun(&folder.path().join("empty")).unwrap().complete().unwrap();
        assert_eq!(left(folder.path()), ["empty", "out"]);
    }

    #[test]
    fn nothing_is_left_of_a_folder_that_was_given_up_and_wrong_places_are_named() {
        let folder = tempfile::tempdir().unwrap();
        drop(OutputFolder::begun(&folder.path().join("out")).unwrap());
        assert!(left(folder.path()).is_empty());
        std::fs::write(folder.path().join("a"), "").unwrap();
        let told = OutputFolder::begun(&folder.path().join("a")).unwrap_err().to_string();
        assert!(told.contains("is a file"), "{told}");
        let told = OutputFolder::begun(&folder.path().join("none/out")).unwrap_err().to_string();
        assert!(told.contains("none/out cannot be written"), "{told}");
    }
}
