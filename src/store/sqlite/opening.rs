//! Opening the database of a data folder.

use std::fmt;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::LazyLock;
use std::time::Duration;

use include_dir::{Dir, File, include_dir};
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{SqlStr, Sqlite, SqlitePool, Transaction};

use super::vocabulary::Vocabulary;
use crate::domain::incident::taxonomy::Taxonomy;
use crate::store::error::StoreError;

static MIGRATION_FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/store/migrations");
static MIGRATIONS: LazyLock<Migrator> =
    LazyLock::new(|| Migrator::with_migrations(MIGRATION_FILES.files().filter_map(migration).collect()));

const FILE_NAME: &str = "binhyen.sqlite";
/// An import and a running server may share the file; a batch takes well under a second.
const BUSY_TIMEOUT: Duration = Duration::from_secs(30);
const CONNECTIONS: u32 = 4;
const MIGRATION_RETRIES: u32 = 3;
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

impl Store {
    /// Opens the store of a data folder; makes the folder and the database where they are missing.
    ///
    /// # Errors
    /// When the folder cannot be written, the disk is full, the database is damaged or
    /// newer than the program.
    pub async fn open(folder: &Path, taxonomy: &Taxonomy) -> Result<Self, StoreError> {
        std::fs::create_dir_all(folder).map_err(|source| StoreError::of_folder(folder, source))?;
        let opening = OpenOptions { missing: WhenMissing::Create, durability: Durability::EachCommit };
        Self::connected(folder, taxonomy, opening).await
    }

    /// Opens the store of a data folder for many batches in a row: each is committed whole, but a loss of power can
    /// take back the last of them until [`Store::sync_to_disk`] has returned.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub async fn open_for_batches(folder: &Path, taxonomy: &Taxonomy) -> Result<Self, StoreError> {
        std::fs::create_dir_all(folder).map_err(|source| StoreError::of_folder(folder, source))?;
        let opening = OpenOptions { missing: WhenMissing::Create, durability: Durability::OnSync };
        Self::connected(folder, taxonomy, opening).await
    }

    /// Opens the store of a data folder that already has one.
    ///
    /// # Errors
    /// As [`Store::open`], and when there is no database.
    pub async fn open_existing(folder: &Path, taxonomy: &Taxonomy) -> Result<Self, StoreError> {
        if folder.join(FILE_NAME).exists() {
            let opening = OpenOptions { missing: WhenMissing::Refuse, durability: Durability::EachCommit };
            Self::connected(folder, taxonomy, opening).await
        } else if folder.is_file() {
            Err(StoreError::NotAFolder { path: folder.to_owned() })
        } else {
            Err(StoreError::Missing { folder: folder.to_owned() })
        }
    }

    /// The busy timeout of SQLite does not cover the change of a new file to write-ahead logging: of programs
    /// that begin at the same time, one that finds the file busy tries again.
    async fn connected(folder: &Path, taxonomy: &Taxonomy, opening: OpenOptions) -> Result<Self, StoreError> {
        let mut deadline = pin!(tokio::time::sleep(BUSY_TIMEOUT));
        loop {
            let refusal = match Self::connected_at_once(folder, taxonomy, opening).await {
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

    async fn connected_at_once(folder: &Path, taxonomy: &Taxonomy, opening: OpenOptions) -> Result<Self, StoreError> {
        let path = folder.join(FILE_NAME);
        let options = options(&path, opening);
        let pool = SqlitePoolOptions::new().max_connections(CONNECTIONS).connect_with(options).await;
        let pool = pool.map_err(|source| unopened(&path, folder, source))?;
        let newest = MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or(0);
        migrated(&pool).await.map_err(|source| StoreError::of_migration(&path, source, newest))?;
        let vocabulary = Vocabulary::agreed(&pool, &path, taxonomy).await?;
        Ok(Self { pool, path, vocabulary, durability: opening.durability })
    }

    /// The file of the database.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Closes the connections and checkpoints the log.
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

/// The migration in a file `0001_what_it_does.sql`, with its number and its name.
fn migration(file: &'static File<'static>) -> Option<Migration> {
    let (number, name) = file.path().file_stem()?.to_str()?.split_once('_')?;
    let statements = SqlStr::from_static(file.contents_utf8()?);
    Some(Migration::new(number.parse().ok()?, name.replace('_', " ").into(), MigrationType::Simple, statements, false))
}

/// Brings the schema up to date. Two programs may begin on the same new folder: the one that comes
/// second finds the tables there already, and checks again.
async fn migrated(pool: &SqlitePool) -> Result<(), MigrateError> {
    for _ in 0..MIGRATION_RETRIES {
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
