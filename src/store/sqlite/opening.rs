//! Opening the database of a data folder.

use std::fmt;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::{Arc, LazyLock, OnceLock};
use std::time::Duration;

use include_dir::{Dir, File, include_dir};
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{SqlStr, Sqlite, SqlitePool, Transaction};

use super::vocabulary::Vocabulary;
use crate::domain::incident::taxonomy::Taxonomy;
use crate::store::data_folder::{FolderUse, make_private_folder, new_private_file};
use crate::store::error::StoreError;

static MIGRATION_FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/store/migrations");
static MIGRATIONS: LazyLock<Migrator> =
    LazyLock::new(|| Migrator::with_migrations(MIGRATION_FILES.files().filter_map(migration).collect()));

pub(in crate::store) const FILE_NAME: &str = "binhyen.sqlite";
const LOG_EXTENSION: &str = "sqlite-wal";
/// An import and a running server may share the file; a batch takes well under a second.
const BUSY_TIMEOUT: Duration = Duration::from_secs(30);
const CONNECTIONS: u32 = 4;
const BETWEEN_MIGRATIONS: Duration = Duration::from_millis(100);
const BETWEEN_TRIES: Duration = Duration::from_millis(20);
/// Rows handed over at once between SQLite's thread and the reader.
const ROW_BUFFER: usize = 2048;
/// Pages of the log after which a commit checkpoints it.
const AUTO_CHECKPOINT_PAGES: u32 = 1000;
const NEVER: u32 = 0;
/// What stays of the log's file after a checkpoint.
const WAL_SIZE_LIMIT_BYTES: u32 = 64 << 20;
/// Page cache of a connection in KiB; holds the inner pages of ten million incidents.
const PAGE_CACHE_KIB: u32 = 32 * 1024;

/// The store of one data folder. Clones share its connections.
#[derive(Clone)]
pub struct Store {
    pub(in crate::store) pool: SqlitePool,
    pub(in crate::store) path: PathBuf,
    pub(in crate::store) vocabulary: Vocabulary,
    durability: Durability,
    /// Nobody puts another database into the folder while this one is open.
    _folder_use: Arc<FolderUse>,
    /// The mark of the import that this store holds back.
    held_import: Arc<OnceLock<ImportMark>>,
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").field("path", &self.path).finish_non_exhaustive()
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum WhenMissing {
    Create,
    Refuse,
}

/// The mark of an import that is held back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) struct ImportMark {
    /// Its number.
    pub(in crate::store) id: i64,
    /// How it is undone.
    pub(in crate::store) undo: UndoList,
}

/// How an import is undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum UndoList {
    /// Row by row.
    Rows,
    /// All incidents go: there were none.
    Nothing,
}

/// When what is committed must have reached the disk.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Durability {
    /// Before the commit returns.
    EachCommit,
    /// When [`Store::sync_to_disk`] returns; a checkpoint runs only when it is called for.
    OnSync,
}

/// How a database is opened.
#[derive(Clone, Copy)]
struct OpenOptions {
    missing: WhenMissing,
    durability: Durability,
}

const FOR_SERVING: OpenOptions = OpenOptions { missing: WhenMissing::Create, durability: Durability::EachCommit };
const FOR_BATCHES: OpenOptions = OpenOptions { missing: WhenMissing::Create, durability: Durability::OnSync };
const AS_IT_IS: OpenOptions = OpenOptions { missing: WhenMissing::Refuse, durability: Durability::EachCommit };

impl Store {
    /// Opens the store of a data folder; makes the folder and the database where they are missing.
    ///
    /// # Errors
    /// When the folder cannot be written, the disk is full, the database is damaged or
    /// newer than the program.
    pub async fn open(folder: &Path, taxonomy: &Taxonomy) -> Result<Self, StoreError> {
        make_private_folder(folder).map_err(|source| StoreError::of_folder(folder, source))?;
        Self::connected(folder, taxonomy, FOR_SERVING).await
    }

    /// Opens the store of a data folder for many batches in a row: each is committed whole, but a loss of power can
    /// take back the last of them until [`Store::sync_to_disk`] has returned.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub async fn open_for_batches(folder: &Path, taxonomy: &Taxonomy) -> Result<Self, StoreError> {
        make_private_folder(folder).map_err(|source| StoreError::of_folder(folder, source))?;
        Self::connected(folder, taxonomy, FOR_BATCHES).await
    }

    /// Opens the store of a data folder that already has one. On a disk that cannot be written it is read as it lies
    /// there.
    ///
    /// # Errors
    /// As [`Store::open`], when there is no database, and when one on such a disk was not closed.
    pub async fn open_existing(folder: &Path, taxonomy: &Taxonomy) -> Result<Self, StoreError> {
        if folder.join(FILE_NAME).exists() {
            match Self::connected(folder, taxonomy, AS_IT_IS).await {
                Err(StoreError::ReadOnly { .. }) => Self::connected_read_only(folder, taxonomy).await,
                ended => ended,
            }
        } else if folder.is_file() {
            Err(StoreError::NotAFolder { path: folder.to_owned() })
        } else {
            Err(StoreError::Missing { folder: folder.to_owned() })
        }
    }

    /// The busy timeout of SQLite does not cover the change of a new file to write-ahead logging: of programs
    /// that begin at the same time, one that finds the file busy tries again.
    async fn connected(folder: &Path, taxonomy: &Taxonomy, opening: OpenOptions) -> Result<Self, StoreError> {
        let folder_use = Arc::new(FolderUse::shared(folder)?);
        let mut deadline = pin!(tokio::time::sleep(BUSY_TIMEOUT));
        loop {
            let refusal = match Self::connected_at_once(folder, taxonomy, opening, &folder_use).await {
                Err(refusal @ StoreError::Busy { .. }) => refusal,
                ended => return ended,
            };
            tokio::select! {
                biased;
                () = &mut deadline => return Err(refusal),
                () = tokio::time::sleep(BETWEEN_TRIES) => {}
            }
        }
    }

    async fn connected_at_once(
        folder: &Path,
        taxonomy: &Taxonomy,
        opening: OpenOptions,
        folder_use: &Arc<FolderUse>,
    ) -> Result<Self, StoreError> {
        let path = folder.join(FILE_NAME);
        if opening.missing == WhenMissing::Create {
            // SQLite gives the files of the log the rights of this one; where it cannot be made, SQLite says why.
            let _ = new_private_file(&path);
        }
        let pool = SqlitePoolOptions::new().max_connections(CONNECTIONS).connect_with(options(&path, opening)).await;
        let pool = pool.map_err(|source| unopened(&path, folder, source))?;
        Self::on_pool(pool, path, taxonomy, opening.durability, folder_use).await
    }

    /// The database on a disk that cannot be written: no log is looked for, so there must be none.
    async fn connected_read_only(folder: &Path, taxonomy: &Taxonomy) -> Result<Self, StoreError> {
        let path = folder.join(FILE_NAME);
        if path.with_extension(LOG_EXTENSION).metadata().is_ok_and(|log| log.len() > 0) {
            return Err(StoreError::OpenLog { path });
        }
        let folder_use = Arc::new(FolderUse::shared(folder)?);
        let pool = SqlitePoolOptions::new().max_connections(CONNECTIONS).connect_with(unwritten(&path)).await;
        let pool = pool.map_err(|source| StoreError::of_query(&path, source))?;
        Self::on_pool(pool, path, taxonomy, Durability::EachCommit, &folder_use).await
    }

    async fn on_pool(
        pool: SqlitePool,
        path: PathBuf,
        taxonomy: &Taxonomy,
        durability: Durability,
        folder_use: &Arc<FolderUse>,
    ) -> Result<Self, StoreError> {
        migrated(&pool).await.map_err(|source| StoreError::of_migration(&path, source, newest_schema()))?;
        let vocabulary = Vocabulary::agreed(&pool, &path, taxonomy).await?;
        let store = Self {
            pool,
            path,
            vocabulary,
            durability,
            _folder_use: Arc::clone(folder_use),
            held_import: Arc::default(),
        };
        store.begin_digests().await?;
        Ok(store)
    }

    /// A database that is only looked at, as it lies there, without the words of a taxonomy.
    pub(super) fn unagreed(pool: SqlitePool, path: &Path) -> Self {
        let (path, vocabulary) = (path.to_owned(), Vocabulary::default());
        Self {
            pool,
            path,
            vocabulary,
            durability: Durability::EachCommit,
            _folder_use: Arc::default(),
            held_import: Arc::default(),
        }
    }

    /// Notes the mark of the import that this store holds back.
    pub(in crate::store) fn note_held_import(&self, mark: ImportMark) {
        self.held_import.get_or_init(|| mark);
    }

    /// The mark of the import that this store holds back.
    pub(in crate::store) fn held_import(&self) -> Option<ImportMark> {
        self.held_import.get().copied()
    }

    /// The same store with the words of another taxonomy.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn with_taxonomy(&self, taxonomy: &Taxonomy) -> Result<Self, StoreError> {
        Ok(Self { vocabulary: Vocabulary::agreed(&self.pool, &self.path, taxonomy).await?, ..self.clone() })
    }

    /// The file of the database.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What the database and its log take on the disk; none where the database cannot be seen.
    pub async fn bytes_on_disk(&self) -> Option<u64> {
        let database = tokio::fs::metadata(&self.path).await.ok()?.len();
        let log = tokio::fs::metadata(self.path.with_extension(LOG_EXTENSION)).await;
        Some(database + log.map_or(0, |log| log.len()))
    }

    /// Closes the connections. The last one of all programs folds the log into the database, which is whole then without
    /// any other file.
    pub async fn close(self) {
        self.pool.close().await;
    }

    /// Whether what is committed is on the disk.
    pub(in crate::store) fn syncs_each_commit(&self) -> bool {
        self.durability == Durability::EachCommit
    }

    /// A transaction that sees one state of the database and changes nothing.
    pub(in crate::store) async fn reading(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        self.pool.begin().await.map_err(|source| self.fault(source))
    }

    /// A transaction that holds the right to write from its start.
    pub(in crate::store) async fn writing(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(|source| self.fault(source))
    }

    pub(in crate::store) fn fault(&self, source: sqlx::Error) -> StoreError {
        StoreError::of_query(&self.path, source)
    }
}

/// The newest schema that this program knows.
pub(super) fn newest_schema() -> i64 {
    MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or(0)
}

/// The migration in a file `0001_what_it_does.sql`, with its number and its name.
fn migration(file: &'static File<'static>) -> Option<Migration> {
    let (number, name) = file.path().file_stem()?.to_str()?.split_once('_')?;
    let statements = SqlStr::from_static(file.contents_utf8()?);
    Some(Migration::new(number.parse().ok()?, name.replace('_', " ").into(), MigrationType::Simple, statements, false))
}

/// Brings the schema up to date. Two programs may begin on the same new folder: the one that comes
/// second finds the tables there already, and checks again. Each time another has made a step, so there are no more times
/// than steps.
async fn migrated(pool: &SqlitePool) -> Result<(), MigrateError> {
    for _ in MIGRATIONS.iter() {
        match MIGRATIONS.run(pool).await {
            Err(MigrateError::Execute(_) | MigrateError::ExecuteMigration(..)) => {
                tokio::time::sleep(BETWEEN_MIGRATIONS).await;
            }
            ended => return ended,
        }
    }
    MIGRATIONS.run(pool).await
}

fn options(path: &Path, opening: OpenOptions) -> SqliteConnectOptions {
    // FULL, not NORMAL: what was acknowledged survives a power cut too. An import acknowledges at its end.
    let (synchronous, auto_checkpoint_pages) = match opening.durability {
        Durability::EachCommit => (SqliteSynchronous::Full, AUTO_CHECKPOINT_PAGES),
        Durability::OnSync => (SqliteSynchronous::Normal, NEVER),
    };
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(opening.missing == WhenMissing::Create)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(synchronous)
        .pragma("wal_autocheckpoint", auto_checkpoint_pages.to_string())
        .pragma("journal_size_limit", WAL_SIZE_LIMIT_BYTES.to_string())
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .row_buffer_size(ROW_BUFFER)
        .pragma("cache_size", format!("-{PAGE_CACHE_KIB}"))
        .pragma("temp_store", "memory")
}

/// A database that nobody writes while it is read.
pub(super) fn unwritten(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new().filename(path).read_only(true).immutable(true).row_buffer_size(ROW_BUFFER)
}

/// SQLite says only "unable to open" when the folder may not be written; the folder itself knows more.
fn unopened(path: &Path, folder: &Path, source: sqlx::Error) -> StoreError {
    const SQLITE_CANTOPEN: &str = "14";
    let code = source.as_database_error().and_then(sqlx::error::DatabaseError::code);
    if code.as_deref() == Some(SQLITE_CANTOPEN) {
        let probe = folder.join(".binhyen-probe");
        if let Err(refusal) = std::fs::write(&probe, b"") {
            return StoreError::of_folder(folder, refusal);
        }
        let _ = std::fs::remove_file(probe);
    }
    StoreError::of_query(path, source)
}

#[cfg(test)]
mod tests {
    use super::{MIGRATION_FILES, MIGRATIONS};

    #[test]
    fn each_file_of_the_folder_is_a_migration() {
        assert_eq!(MIGRATIONS.iter().count(), MIGRATION_FILES.files().count());
        assert!(MIGRATIONS.iter().is_sorted_by_key(|migration| migration.version));
    }
}
