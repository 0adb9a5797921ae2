//! A store as one file, made while it is written to, and put back.
//!
//! In: an open store and the rule files of its folder. Out: a database that holds one committed state and those files,
//! verified from end to end, with its SHA-256 in a file beside it. Putting it back verifies it again first, and only
//! ever into a folder that nobody uses. What can be made anew (copy of the incidents, shapes) is in no backup and is
//! removed where one is put back.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};

use super::backup_error::BackupError;
use super::data_folder::{FolderUse, is_empty, make_private_folder, remove_unfinished, unfinished_file};
use super::error::StoreError;
use super::incident_copy::COPY_NAME;
use super::sqlite::backup_check::checked;
use super::sqlite::opening::{FILE_NAME, Store};

const CHUNK_BYTES: usize = 1 << 20;
/// The name of a database that another one is about to replace.
const SET_ASIDE: &str = "binhyen.replaced";

/// A rule file of the data folder, by its path inside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupFile {
    /// The path, as `schemes/tinh.toml`.
    pub name: String,
    /// What it holds.
    pub contents: Vec<u8>,
}

/// What a verified backup holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupSummary {
    /// The number of the last change in it.
    pub epoch: u64,
    /// Rows of each table.
    pub rows: Vec<(&'static str, u64)>,
    /// The rule files in it.
    pub files: Vec<String>,
    /// When it was made, in UTC.
    pub made_at: String,
    /// The bytes of the file.
    pub bytes: u64,
    /// The SHA-256 of the file, in hexadecimal digits.
    pub sha256: String,
}

impl Store {
    /// Writes one committed state and some files into a new file, verifies it, and puts its SHA-256 beside it. Others may
    /// write to the store meanwhile.
    ///
    /// # Errors
    /// When the name is taken, the disk refuses, or what was written does not read back as it should; nothing is kept
    /// then.
    pub async fn back_up(
        &self,
        path: &Path,
        files: &[BackupFile],
        made_at: &str,
    ) -> Result<BackupSummary, BackupError> {
        if path.exists() {
            return Err(BackupError::Exists { path: path.to_owned() });
        }
        let unfinished = with_ending(path, "part");
        let outcome = self.written_backup(&unfinished, files, made_at).await;
        let outcome = outcome.and_then(|summary| named(path, &unfinished, &summary.sha256).map(|()| summary));
        if outcome.is_err() {
            // The first fault is the one to report.
            let _ = std::fs::remove_file(&unfinished);
        }
        outcome
    }

    async fn written_backup(
        &self,
        path: &Path,
        files: &[BackupFile],
        made_at: &str,
    ) -> Result<BackupSummary, BackupError> {
        let fault = |source| BackupError::of_query(path, source);
        // Empty, which is what SQLite takes beside a file that is not there: so it is private from the start.
        let held = unfinished_file(path).map_err(|source| BackupError::of_file(path, source))?;
        let into = sqlx::query("VACUUM INTO ?").bind(path.to_string_lossy().into_owned());
        into.execute(&self.pool).await.map_err(fault)?;
        let mut backup = written(path).connect().await.map_err(fault)?;
        add_files(&mut backup, files, made_at).await.map_err(fault)?;
        backup.close().await.map_err(fault)?;
        held.sync_all().map_err(|source| BackupError::of_file(path, source))?;
        verified(path).await
    }
}

async fn add_files(backup: &mut SqliteConnection, files: &[BackupFile], made_at: &str) -> Result<(), sqlx::Error> {
    const TABLES: [&str; 2] = [
        "CREATE TABLE backup (made_at TEXT NOT NULL) STRICT",
        "CREATE TABLE backup_file (name TEXT PRIMARY KEY NOT NULL, contents BLOB NOT NULL) WITHOUT ROWID, STRICT",
    ];
    for table in TABLES {
        sqlx::query(table).execute(&mut *backup).await?;
    }
    sqlx::query("INSERT INTO backup VALUES (?)").bind(made_at).execute(&mut *backup).await?;
    for BackupFile { name, contents } in files {
        let insert = sqlx::query("INSERT INTO backup_file VALUES (?, ?)").bind(name).bind(contents);
        insert.execute(&mut *backup).await?;
    }
    Ok(())
}

/// A database that one connection writes, with nothing beside it.
fn written(path: &Path) -> SqliteConnectOptions {
    let options = SqliteConnectOptions::new().filename(path).journal_mode(SqliteJournalMode::Memory);
    options.synchronous(SqliteSynchronous::Full)
}

/// Gives a verified backup its name, and puts its digest beside it.
fn named(path: &Path, unfinished: &Path, sha256: &str) -> Result<(), BackupError> {
    let digest = with_ending(path, "sha256");
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    std::fs::write(&digest, format!("{sha256}  {name}\n")).map_err(|source| BackupError::of_file(&digest, source))?;
    std::fs::rename(unfinished, path).map_err(|source| BackupError::of_file(path, source))?;
    sync_folder(path).map_err(|source| BackupError::of_file(path, source))
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

/// Reads a backup from end to end: its digest, where one stands beside it, every page, every reference and every row.
///
/// # Errors
/// When it is no backup, or anything of it is not as it was written.
pub async fn verified(path: &Path) -> Result<BackupSummary, BackupError> {
    let (sha256, bytes) = sha256_of(path).map_err(|source| BackupError::of_file(path, source))?;
    if let Ok(beside) = std::fs::read_to_string(with_ending(path, "sha256")) {
        let written = beside.split_whitespace().next().unwrap_or_default().to_owned();
        if written != sha256 {
            return Err(BackupError::OtherBytes { path: path.to_owned(), found: sha256, written });
        }
    }
    let contents = checked(path).await?;
    Ok(BackupSummary {
        epoch: contents.epoch,
        rows: contents.rows,
        files: contents.files,
        made_at: contents.made_at,
        bytes,
        sha256,
    })
}

fn sha256_of(path: &Path) -> io::Result<(String, u64)> {
    let (mut file, mut hash, mut bytes) = (File::open(path)?, Sha256::new(), 0);
    let mut chunk = vec![0; CHUNK_BYTES];
    loop {
        let read = file.read(&mut chunk)?;
        if read == 0 {
            return Ok((hex::encode(hash.finalize()), bytes));
        }
        hash.update(&chunk[..read]);
        bytes += read as u64;
    }
}

/// What becomes of a folder that is not empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RestoreOptions {
    /// It is refused.
    IntoEmpty,
    /// Its database and rule files are replaced.
    Replace,
}

/// Puts a backup into a data folder that nobody uses, after it was verified. `place_files` gives the folder its rule
/// files. Whoever is interrupted leaves a folder without a database, which is refused until the backup is put back again.
///
/// # Errors
/// When the backup is damaged, the folder is used or not empty, or the disk refuses; the database is as it was then.
pub async fn restore<E: From<BackupError>>(
    path: &Path,
    folder: &Path,
    options: RestoreOptions,
    place_files: impl FnOnce(&[BackupFile]) -> Result<(), E>,
) -> Result<BackupSummary, E> {
    let of_file = |source| BackupError::of_file(folder, source);
    let (alone, files, summary) = prepared(path, folder, options).await?;
    let unfinished = unfinished_database(folder);
    let aside = SetAside::of(folder).map_err(of_file)?;
    let placed = place_files(&files).and_then(|()| {
        let named = remove_derived(folder).and_then(|()| std::fs::rename(&unfinished, folder.join(FILE_NAME)));
        named.map_err(|source| of_file(source).into())
    });
    if let Err(fault) = placed {
        // The first fault is the one to report.
        let _ = aside.put_back().and_then(|()| std::fs::remove_file(&unfinished));
        return Err(fault);
    }
    sync_folder(&folder.join(FILE_NAME)).and_then(|()| aside.remove()).map_err(of_file)?;
    remove_unfinished(folder);
    drop(alone);
    Ok(summary)
}

fn unfinished_database(folder: &Path) -> PathBuf {
    folder.join(format!("{FILE_NAME}.part"))
}

/// The database of a verified backup as a file beside that of a folder which nobody else uses, and its rule files.
async fn prepared(
    path: &Path,
    folder: &Path,
    options: RestoreOptions,
) -> Result<(FolderUse, Vec<BackupFile>, BackupSummary), BackupError> {
    let of_folder = |source| StoreError::of_folder(folder, source);
    let summary = verified(path).await?;
    make_private_folder(folder).map_err(of_folder)?;
    if options == RestoreOptions::IntoEmpty && !is_empty(folder).map_err(of_folder)? {
        return Err(BackupError::NotEmpty { folder: folder.to_owned() });
    }
    let alone = FolderUse::alone(folder)?;
    let unfinished = unfinished_database(folder);
    match laid_out(path, &unfinished, &summary).await {
        Ok(files) => Ok((alone, files, summary)),
        Err(fault) => {
            // The first fault is the one to report.
            let _ = std::fs::remove_file(&unfinished);
            Err(fault)
        }
    }
}

/// The database of a backup as a file of its own, whole on the disk, and the rule files out of it.
async fn laid_out(path: &Path, copy: &Path, summary: &BackupSummary) -> Result<Vec<BackupFile>, BackupError> {
    let of_copy = |source| BackupError::of_file(copy, source);
    let held = unfinished_file(copy).map_err(of_copy)?;
    std::fs::copy(path, copy).map_err(of_copy)?;
    private_again(&held).map_err(of_copy)?;
    let (sha256, _) = sha256_of(copy).map_err(of_copy)?;
    if sha256 != summary.sha256 {
        let written = summary.sha256.clone();
        return Err(BackupError::OtherBytes { path: copy.to_owned(), found: sha256, written });
    }
    let fault = |source| BackupError::of_query(copy, source);
    let mut database = written(copy).connect().await.map_err(fault)?;
    let rows = sqlx::query_as::<_, (String, Vec<u8>)>("SELECT name, contents FROM backup_file ORDER BY name");
    let rows = rows.fetch_all(&mut database).await.map_err(fault)?;
    for statement in ["DROP TABLE backup_file", "DROP TABLE backup"] {
        sqlx::query(statement).execute(&mut database).await.map_err(fault)?;
    }
    database.close().await.map_err(fault)?;
    held.sync_all().map_err(of_copy)?;
    Ok(rows.into_iter().map(|(name, contents)| BackupFile { name, contents }).collect())
}

/// Copying a file takes its rights along.
fn private_again(file: &File) -> io::Result<()> {
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))
}

/// The database that another one replaces, with its log, under a name that nobody opens.
#[derive(Debug)]
struct SetAside {
    folder: PathBuf,
    /// What was renamed: from, to; the log last.
    renamed: Vec<(PathBuf, PathBuf)>,
}

impl SetAside {
    /// Sets the database of a folder aside. It goes before its log: the log must never meet another database, and the
    /// database never be opened without it.
    fn of(folder: &Path) -> io::Result<Self> {
        let mut aside = Self { folder: folder.to_owned(), renamed: Vec::new() };
        for ending in ["", "-wal"] {
            let (from, to) = (folder.join(format!("{FILE_NAME}{ending}")), folder.join(format!("{SET_ASIDE}{ending}")));
            match std::fs::rename(&from, &to) {
                Ok(()) => aside.renamed.push((from, to)),
                Err(fault) if fault.kind() == io::ErrorKind::NotFound => {}
                Err(fault) => {
                    // The first fault is the one to report.
                    let _ = aside.put_back();
                    return Err(fault);
                }
            }
        }
        removed(&folder.join(format!("{FILE_NAME}-shm")))?;
        Ok(aside)
    }

    /// Gives it its name again: the log before the database.
    fn put_back(&self) -> io::Result<()> {
        self.renamed.iter().rev().try_for_each(|(from, to)| std::fs::rename(to, from))
    }

    /// Removes it, and one that an earlier try has left.
    fn remove(&self) -> io::Result<()> {
        ["", "-wal"].into_iter().try_for_each(|ending| removed(&self.folder.join(format!("{SET_ASIDE}{ending}"))))
    }
}

/// Removes a file that may not be there.
fn removed(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(fault) if fault.kind() != io::ErrorKind::NotFound => Err(fault),
        _ => Ok(()),
    }
}

/// Removes what the next start makes anew.
fn remove_derived(folder: &Path) -> io::Result<()> {
    removed(&folder.join(COPY_NAME))?;
    match std::fs::remove_dir_all(folder.join("shapes")) {
        Err(fault) if fault.kind() != io::ErrorKind::NotFound => Err(fault),
        _ => Ok(()),
    }
}
