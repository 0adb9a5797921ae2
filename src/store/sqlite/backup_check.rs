//! Reading a backup from end to end.

use std::path::Path;

use sqlx::SqlitePool;
use sqlx::sqlite::SqlitePoolOptions;

use super::integrity::Integrity;
use super::opening::{Store, newest_schema, unwritten};
use crate::store::backup_error::BackupError;
use crate::store::error::StoreError;

/// What a backup holds.
pub(in crate::store) struct BackupContents {
    pub(in crate::store) epoch: u64,
    pub(in crate::store) rows: Vec<(&'static str, u64)>,
    pub(in crate::store) files: Vec<String>,
    pub(in crate::store) made_at: String,
}

/// The contents of a backup in which every page, reference and row is as it was written.
pub(in crate::store) async fn checked(path: &Path) -> Result<BackupContents, BackupError> {
    const NAMES: &str = "SELECT name FROM backup_file ORDER BY name";
    let fault = |source| BackupError::of_query(path, source);
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(unwritten(path)).await.map_err(fault)?;
    let made_at = made_at(&pool, path).await?;
    let files = sqlx::query_scalar(NAMES).fetch_all(&pool).await.map_err(fault)?;
    let schema = sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations").fetch_one(&pool).await;
    let (found, known): (i64, i64) = (schema.map_err(fault)?, newest_schema());
    if found > known {
        return Err(StoreError::NewerSchema { path: path.to_owned(), found, known }.into());
    }
    let store = Store::unagreed(pool, path);
    let Integrity { epoch, rows, faults, .. } = store.integrity().await.map_err(|refusal| match refusal {
        StoreError::Corrupt { path, detail } => BackupError::Damaged { path, what: detail },
        other => BackupError::Store(other),
    })?;
    store.close().await;
    match faults.into_iter().next() {
        Some(what) => Err(BackupError::Damaged { path: path.to_owned(), what }),
        None => Ok(BackupContents { epoch, rows, files, made_at }),
    }
}

/// When it was made; a database without that is no backup.
async fn made_at(pool: &SqlitePool, path: &Path) -> Result<String, BackupError> {
    const TABLES: &str = "SELECT count(*) FROM sqlite_master WHERE name IN ('backup', 'backup_file')";
    let no_backup = || BackupError::NoBackup { path: path.to_owned() };
    let tables: Result<i64, sqlx::Error> = sqlx::query_scalar(TABLES).fetch_one(pool).await;
    match tables {
        Ok(2) => {
            let made_at = sqlx::query_scalar("SELECT made_at FROM backup").fetch_one(pool).await;
            made_at.map_err(|source| BackupError::of_query(path, source))
        }
        Ok(_) => Err(no_backup()),
        Err(source) => match StoreError::of_query(path, source) {
            StoreError::Corrupt { .. } => Err(no_backup()),
            other => Err(other.into()),
        },
    }
}
