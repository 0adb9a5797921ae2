//! A file that is there whole or not at all: written beside its place, and renamed when it is complete.

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::Args;

/// The option that names the file.
#[derive(Debug, Clone, Args)]
pub(super) struct OutputArg {
    /// The file to write; one of that name is replaced when the new one is complete.
    #[arg(id = "output", short, long = "output", value_name = "FILE")]
    pub(super) path: PathBuf,
}

/// Why a file is not there.
#[derive(Debug, thiserror::Error)]
pub(super) enum OutputFileError {
    #[error("{} is a folder; name a file in it", path.display())]
    Folder { path: PathBuf },
    #[error("{} cannot be written: {source}", path.display())]
    Disk { path: PathBuf, source: io::Error },
}

/// A file that is being written.
#[derive(Debug)]
pub(super) struct OutputFile {
    path: PathBuf,
    part: PathBuf,
    file: Option<File>,
}

impl OutputFile {
    /// Begins a file, so that a place that cannot be written is known before the work.
    ///
    /// # Errors
    /// When the place cannot be written.
    pub(super) fn begun(path: &Path) -> Result<Self, OutputFileError> {
        if path.is_dir() {
            return Err(OutputFileError::Folder { path: path.to_owned() });
        }
        let part = unfinished(path);
        let file = OpenOptions::new().write(true).create(true).truncate(true).open(&part);
        let file = file.map_err(|source| OutputFileError::Disk { path: path.to_owned(), source })?;
        Ok(Self { path: path.to_owned(), part, file: Some(file) })
    }

    /// Writes the bytes and gives the file its name, in place of one that stood there.
    ///
    /// # Errors
    /// When the disk refuses; what stood there is still there then.
    pub(super) fn complete(mut self, bytes: &[u8]) -> Result<(), OutputFileError> {
        let written = self.file.take().map_or(Ok(()), |mut file| file.write_all(bytes).and_then(|()| file.sync_all()));
        let named = written.and_then(|()| std::fs::rename(&self.part, &self.path));
        named.map_err(|source| OutputFileError::Disk { path: self.path.clone(), source })
    }
}

impl Drop for OutputFile {
    /// Nothing is left of a file that was not completed.
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.part);
    }
}

/// Where something lies until it is complete: beside its place, under a name that no other run uses.
pub(super) fn unfinished(path: &Path) -> PathBuf {
    let mut part = path.as_os_str().to_owned();
    part.push(format!(".{}.part", std::process::id()));
    part.into()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The names in a folder.
    pub(in crate::cli::export) fn left(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn file_takes_the_place_of_the_former_one_when_it_is_complete() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.pdf");
        std::fs::write(&path, "former").unwrap();
        let begun = OutputFile::begun(&path).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"former");
        begun.complete(b"new").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"new");
        assert_eq!(left(folder.path()), ["a.pdf"]);
    }

    #[test]
    fn nothing_is_left_of_a_file_that_was_given_up() {
        let folder = tempfile::tempdir().unwrap();
        drop(OutputFile::begun(&folder.path().join("a.pdf")).unwrap());
        assert!(left(folder.path()).is_empty());
    }

    #[test]
    fn place_that_cannot_be_written_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let told = OutputFile::begun(folder.path()).unwrap_err().to_string();
        assert!(told.contains("is a folder"), "{told}");
        let nowhere = folder.path().join("none/a.pdf");
        let told = OutputFile::begun(&nowhere).unwrap_err().to_string();
        assert!(told.contains("none/a.pdf") && told.contains("cannot be written"), "{told}");
    }
}
