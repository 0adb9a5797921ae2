//! Checking the database itself.

use sqlx::Row as _;

use super::opening::Store;
use crate::store::error::StoreError;
use crate::store::incident_copy::CopyCheck;

/// What the check of a store found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Integrity {
    /// The number of the last change that was committed.
    pub epoch: u64,
    /// Rows of each table.
    pub rows: Vec<(&'static str, u64)>,
    /// What is wrong with pages, references and rows; empty when nothing is.
    pub faults: Vec<String>,
    /// What the copy of the incidents is worth.
    pub copy: CopyCheck,
}

const COUNTS: [(&str, &str); 12] = [
    ("areas", "SELECT count(*) FROM area"),
    ("incidents", "SELECT count(*) FROM incident"),
    ("models", "SELECT count(*) FROM community_model"),
    ("model events", "SELECT count(*) FROM model_event"),
    ("certifications", "SELECT count(*) FROM certification"),
    ("units", "SELECT count(*) FROM unit"),
    ("decisions", "SELECT count(*) FROM decision"),
    ("declarations", "SELECT count(*) FROM declaration"),
    ("movement grades", "SELECT count(*) FROM movement_grade"),
    ("populations", "SELECT count(*) FROM population"),
    ("exposures", "SELECT count(*) FROM exposure"),
    ("releases", "SELECT count(*) FROM release"),
];

const HAS_AUDIT_LOG: &str = "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'audit_line')";
const AUDIT_LINES: &str = "SELECT count(*) FROM audit_line";

/// A database of this size is checked in a fraction of a second.
const SMALL_BYTES: u64 = 64 << 20;

impl Store {
    /// Whether checking the pages takes so little time that a start can wait for it.
    pub fn is_checked_quickly(&self) -> bool {
        self.path.metadata().is_ok_and(|file| file.len() <= SMALL_BYTES)
    }

    /// Reads every page of the database, without following indices.
    ///
    /// # Errors
    /// When a page is damaged or cannot be read.
    pub async fn refuse_damaged_pages(&self) -> Result<(), StoreError> {
        let check = sqlx::query_scalar("PRAGMA quick_check(1)").fetch_one(&self.pool).await;
        let detail: String = check.map_err(|source| self.fault(source))?;
        if detail == "ok" { Ok(()) } else { Err(StoreError::Corrupt { path: self.path.clone(), detail }) }
    }

    /// Reads every page of the database, follows every reference, and compares rows, digests and copy.
    pub async fn integrity(&self) -> Result<Integrity, StoreError> {
        let fault = |source| self.fault(source);
        let mut reading = self.reading().await?;
        let pages: Vec<String> =
            sqlx::query_scalar("PRAGMA integrity_check").fetch_all(&mut *reading).await.map_err(fault)?;
        let mut faults: Vec<String> = pages.into_iter().filter(|line| line != "ok").collect();
        for row in sqlx::query("PRAGMA foreign_key_check").fetch_all(&mut *reading).await.map_err(fault)? {
            let table: String = row.try_get(0).map_err(fault)?;
            faults.push(format!("a row of table {table} names a parent that is not there"));
        }
        let mut rows = Vec::new();
        for (name, query) in COUNTS {
            let count: i64 = sqlx::query_scalar(query).fetch_one(&mut *reading).await.map_err(fault)?;
            rows.push((name, count as u64));
        }
        // A backup of an earlier program has no log.
        if sqlx::query_scalar::<_, bool>(HAS_AUDIT_LOG).fetch_one(&mut *reading).await.map_err(fault)? {
            let count = sqlx::query_scalar(AUDIT_LINES).fetch_one(&mut *reading).await;
            let count: i64 = count.map_err(fault)?;
            rows.push(("audit lines", count as u64));
        }
        if faults.is_empty() {
            for table in self.altered_tables(&mut reading).await? {
                faults.push(format!("the rows of table {table} are not those that were written"));
            }
        }
        let copy = self.copy_check(&mut reading).await?;
        Ok(Integrity { epoch: self.epoch_within(&mut reading).await?, rows, faults, copy })
    }
}
