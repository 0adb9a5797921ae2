//! A ZIP file looked into: a workbook, a KMZ file, packed Shapefiles, or one file of another format.
//!
//! In: the bytes of a ZIP file. Out: what it holds, and members unpacked into memory, each up to a limit whatever the ZIP
//! file says of their sizes.

use std::borrow::Cow;
use std::io::Read as _;
use std::path::Path;

use zip::ZipArchive;
use zip::result::ZipError;

use super::content::{MAX_HELD_BYTES, ReadSeek, Reopenable};
use crate::ingest::error::ReadError;

/// Members of a package that are looked at.
const MAX_MEMBERS: usize = 20_000;

/// A ZIP file and the names of what is inside.
pub(in crate::ingest::format) struct Package {
    /// The name for messages.
    pub(in crate::ingest::format) file: String,
    archive: ZipArchive<Box<dyn ReadSeek>>,
    /// The names of its files, folders left out.
    pub(in crate::ingest::format) names: Vec<String>,
    /// Bytes that may still be unpacked.
    left: u64,
}

/// The ending of a name, in lower case.
pub(in crate::ingest::format) fn ending(name: &str) -> String {
    Path::new(name).extension().unwrap_or_default().to_string_lossy().to_lowercase()
}

/// The name without its ending.
pub(in crate::ingest::format) fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

impl Package {
    /// Opens a ZIP file.
    pub(in crate::ingest::format) fn open(content: &Reopenable) -> Result<Self, ReadError> {
        let wrong = |fault: ZipError| unreadable(&content.file, &fault);
        let mut archive = ZipArchive::new(content.seekable()?).map_err(wrong)?;
        if archive.len() > MAX_MEMBERS {
            let what = format!("the ZIP file has {} members, more than {MAX_MEMBERS}", archive.len());
            return Err(ReadError::Unreadable { file: content.file.clone(), what });
        }
        let mut names = Vec::new();
        for place in 0..archive.len() {
            let member = archive.by_index_raw(place).map_err(wrong)?;
            // What macOS adds beside each file looks like it and holds nothing.
            let name = member.name().map(Cow::into_owned).unwrap_or_default();
            let is_of_macos =
                name.starts_with("__MACOSX/") || name.rsplit('/').next().is_some_and(|last| last.starts_with("._"));
            if member.is_file() && !is_of_macos {
                names.push(name);
            }
        }
        Ok(Self { file: content.file.clone(), archive, names, left: MAX_HELD_BYTES })
    }

    /// The names with an ending.
    pub(in crate::ingest::format) fn with_ending(&self, wanted: &str) -> Vec<String> {
        self.names.iter().filter(|name| ending(name) == wanted).cloned().collect()
    }

    /// A member unpacked.
    pub(in crate::ingest::format) fn unpacked(&mut self, name: &str) -> Result<Vec<u8>, ReadError> {
        let file = self.file.clone();
        let member = self.archive.by_name(name).map_err(|fault| unreadable(&file, &fault))?;
        let mut bytes = Vec::new();
        let read = member.take(self.left + 1).read_to_end(&mut bytes);
        read.map_err(|fault| ReadError::Unreadable {
            file: file.clone(),
            what: format!("its member {name:?} cannot be unpacked: {fault}"),
        })?;
        let size = bytes.len() as u64;
        self.left = self.left.checked_sub(size).ok_or_else(|| {
            let what = format!("what is inside unpacks to more than {} MB", MAX_HELD_BYTES >> 20);
            ReadError::Unreadable { file: file.clone(), what: format!("{what}: unpack it first") }
        })?;
        Ok(bytes)
    }

    /// The first bytes of a member.
    pub(in crate::ingest::format) fn head(&mut self, name: &str, bytes: u64) -> Result<Vec<u8>, ReadError> {
        let member = self.archive.by_name(name).map_err(|fault| unreadable(&self.file, &fault))?;
        let mut head = Vec::new();
        member.take(bytes).read_to_end(&mut head).map_err(|fault| unreadable(&self.file, &ZipError::Io(fault)))?;
        Ok(head)
    }

    /// A member of a name, letters compared without case; none where there is none.
    pub(in crate::ingest::format) fn found(&self, wanted: &str) -> Option<String> {
        self.names.iter().find(|name| name.eq_ignore_ascii_case(wanted)).cloned()
    }
}

fn unreadable(file: &str, fault: &ZipError) -> ReadError {
    if let ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) = fault {
        let (what, way) = ("protected by a password".to_owned(), "take the password off first".to_owned());
        return ReadError::Packed { file: file.to_owned(), what, way };
    }
    ReadError::Unreadable { file: file.to_owned(), what: format!("the ZIP file cannot be read: {fault}") }
}
