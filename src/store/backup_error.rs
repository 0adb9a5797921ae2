//! What can go wrong with backups, in messages that say what to do.

use std::io;
use std::path::{Path, PathBuf};

use super::error::StoreError;

/// Why a backup cannot be made or put back.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The store cannot be read, or the folder not be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The name is taken.
    #[error("{path}: this file exists; a backup overwrites nothing")]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// No room is left for it.
    #[error("{path}: the disk is full; nothing was kept of this file, and the data folder is as it was")]
    Full {
        /// The file.
        path: PathBuf,
    },
    /// The file cannot be written or read.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file is no backup.
    #[error("{path}: this is no file that `binhyen backup` made")]
    NoBackup {
        /// The file.
        path: PathBuf,
    },
    /// The bytes are not those that were written.
    #[error("{path}: the SHA-256 is {found}, that of the backup was {written}: the file is damaged or another one")]
    OtherBytes {
        /// The file.
        path: PathBuf,
        /// The digest of the file.
        found: String,
        /// The digest beside it.
        written: String,
    },
    /// What the file holds is damaged.
    #[error("{path}: the backup is damaged: {what}")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found.
        what: String,
    },
    /// The folder holds something.
    #[error("{folder}: this folder is not empty; name another, or replace what it holds with --replace")]
    NotEmpty {
        /// The folder.
        folder: PathBuf,
    },
}

impl BackupError {
    /// The error behind a failed operation on a file.
    pub(super) fn of_file(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        if source.kind() == io::ErrorKind::StorageFull { Self::Full { path } } else { Self::File { path, source } }
    }

    /// The error behind a failed statement on a backup.
    pub(super) fn of_query(path: &Path, source: sqlx::Error) -> Self {
        match StoreError::of_query(path, source) {
            StoreError::Full { path } => Self::Full { path },
            StoreError::Corrupt { path, detail } => Self::Damaged { path, what: detail },
            StoreError::Database { path, source } => Self::Damaged { path, what: source.to_string() },
            other => Self::Store(other),
        }
    }
}
