//! What can go wrong with the store, in messages that say what to do.

use std::io;
use std::path::{Path, PathBuf};

use sqlx::migrate::MigrateError;

/// Why the store could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder holds no database.
    #[error(
        "{folder}: there is no database here; if it should be, is the disk mounted? `binhyen import` creates it, \
         `binhyen serve --sample` fills it with the invented sample"
    )]
    Missing {
        /// The data folder.
        folder: PathBuf,
    },
    /// Filling the folder with the sample was interrupted, and nobody asked for the sample now.
    #[error(
        "{folder}: filling this folder with the invented sample was interrupted; start with --sample again, or import \
         into an empty folder"
    )]
    HalfSample {
        /// The data folder.
        folder: PathBuf,
    },
    /// The path of the data folder is something else.
    #[error("{path}: the data folder cannot be created, because a file of that name exists")]
    NotAFolder {
        /// The file or folder at fault.
        path: PathBuf,
    },
    /// The folder or the database may not be written.
    #[error("{path}: the data folder is read-only; give a folder that this user may write with --data")]
    ReadOnly {
        /// The file or folder at fault.
        path: PathBuf,
    },
    /// Another program uses the folder.
    #[error("{folder}: a server or an import uses this folder; stop it first")]
    InUse {
        /// The data folder.
        folder: PathBuf,
    },
    /// A backup is being put into the folder.
    #[error("{folder}: a backup is being restored into this folder; try again when it has ended")]
    Restoring {
        /// The data folder.
        folder: PathBuf,
    },
    /// The database cannot be written, and its log was not folded.
    #[error(
        "{path}: the disk is read-only and the database was not closed: what stands in its log alone would be missing; \
         open it once where it can be written (`binhyen check DIR`), then use it here"
    )]
    OpenLog {
        /// The file at fault.
        path: PathBuf,
    },
    /// No room is left.
    #[error("{path}: the disk is full; the unfinished batch was rolled back; free some space and run again")]
    Full {
        /// The file or folder at fault.
        path: PathBuf,
    },
    /// The database is damaged.
    #[error("{path}: the database is damaged ({detail}); restore it from a backup, or move it away and import again")]
    Corrupt {
        /// The file or folder at fault.
        path: PathBuf,
        /// What the engine says.
        detail: String,
    },
    /// Rows are not those that the program wrote.
    #[error(
        "{path}: rows of table {table} are not those that were written: they were damaged, or altered by another \
         program; restore a backup, or take them as they are with `binhyen check DIR --accept-rows`"
    )]
    Altered {
        /// The file at fault.
        path: PathBuf,
        /// The table.
        table: &'static str,
    },
    /// The database was written by a later version of the program.
    #[error("{path}: the database has schema {found}, this program knows schemas up to {known}: use a newer binhyen")]
    NewerSchema {
        /// The file or folder at fault.
        path: PathBuf,
        /// The schema found.
        found: i64,
        /// The newest schema known.
        known: i64,
    },
    /// Somebody else is writing for too long.
    #[error("{path}: another process is writing to the database; try again when it has finished")]
    Busy {
        /// The file or folder at fault.
        path: PathBuf,
    },
    /// Rows use a word that the taxonomy no longer has.
    #[error("the store uses {list} {id:?}, which the taxonomy does not define: put it back into taxonomy.toml")]
    Word {
        /// The list of the taxonomy.
        list: &'static str,
        /// The word.
        id: String,
    },
    /// A stored value cannot be read back.
    #[error("table {table}, row {row}: {what}")]
    Value {
        /// The table that holds the value.
        table: &'static str,
        /// The key of the row.
        row: String,
        /// What is wrong.
        what: String,
    },
    /// The folder could not be made or read.
    #[error("{path}: {source}")]
    Folder {
        /// The file or folder at fault.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Anything else the database says.
    #[error("{path}: {source}")]
    Database {
        /// The file or folder at fault.
        path: PathBuf,
        /// What the database says.
        source: sqlx::Error,
    },
}

// Primary result codes of SQLite (the low byte of the extended code).
const SQLITE_BUSY: i32 = 5;
const SQLITE_READONLY: i32 = 8;
const SQLITE_CORRUPT: i32 = 11;
const SQLITE_FULL: i32 = 13;
const SQLITE_NOTADB: i32 = 26;
/// The shared-memory file of the log could not grow: on a full disk this comes before `SQLITE_FULL`.
const SQLITE_IOERR_SHMSIZE: i32 = 4874;

impl StoreError {
    /// The error behind a failed operation on the folder.
    pub(super) fn of_folder(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => Self::NotAFolder { path },
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly { path },
            io::ErrorKind::StorageFull => Self::Full { path },
            _ => Self::Folder { path, source },
        }
    }

    /// The error behind a failed query.
    pub(super) fn of_query(path: &Path, source: sqlx::Error) -> Self {
        let path = path.to_owned();
        let code = source.as_database_error().and_then(sqlx::error::DatabaseError::code);
        let code = code.and_then(|code| code.parse::<i32>().ok()).unwrap_or(0);
        match (code & 0xff, code) {
            (SQLITE_FULL, _) | (_, SQLITE_IOERR_SHMSIZE) => Self::Full { path },
            (SQLITE_READONLY, _) => Self::ReadOnly { path },
            (SQLITE_BUSY, _) => Self::Busy { path },
            (SQLITE_CORRUPT | SQLITE_NOTADB, _) => {
                let detail = source.as_database_error().map_or_else(String::new, |error| error.message().to_owned());
                Self::Corrupt { path, detail }
            }
            _ => Self::Database { path, source },
        }
    }

    /// The error behind a failed migration.
    pub(super) fn of_migration(path: &Path, source: MigrateError, known: i64) -> Self {
        match source {
            MigrateError::VersionMissing(found) => Self::NewerSchema { path: path.to_owned(), found, known },
            MigrateError::Execute(source) | MigrateError::ExecuteMigration(source, _) => Self::of_query(path, source),
            other => Self::of_query(path, sqlx::Error::Migrate(Box::new(other))),
        }
    }
}
