//! Releases as rows: added one after the other, never changed.

use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, Sqlite, Transaction};

use crate::domain::release::{FrozenRelease, ReleaseReference};
use crate::store::error::StoreError;
use crate::store::sqlite::changes::{ChangeList, ChangeReach, WriteOutcome};
use crate::store::sqlite::opening::Store;

const ALL: &str = "SELECT number, made_on, epoch, rule_set_hash, contents FROM release ORDER BY number";

/// What came of a release that was to be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReleaseOutcome {
    /// It is stored, with this epoch.
    Added(u64),
    /// Another one of its number was stored before; nothing was written.
    NumberTaken,
}

impl Store {
    /// Adds a release, if its number is the next one. Of several programs that add the same number one does.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn add_release(&self, release: &FrozenRelease) -> Result<ReleaseOutcome, StoreError> {
        let fault = |source| self.fault(source);
        let mut transaction = self.writing().await?;
        let last = sqlx::query_scalar("SELECT coalesce(max(number), 0) FROM release");
        let last: i64 = last.fetch_one(&mut *transaction).await.map_err(fault)?;
        if i64::from(release.reference.number) != last + 1 {
            return Ok(ReleaseOutcome::NumberTaken);
        }
        let contents = serde_json::to_string(&release.contents)
            .map_err(|source| unreadable(release.reference.number, &source.to_string()))?;
        let insert = "INSERT INTO release (number, made_on, epoch, rule_set_hash, contents) VALUES (?, ?, ?, ?, ?)";
        let insert = sqlx::query(insert)
            .bind(release.reference.number)
            .bind(release.reference.made_on.to_string())
            .bind(release.epoch.cast_signed())
            .bind(release.rule_set_hash.as_str())
            .bind(contents);
        insert.execute(&mut *transaction).await.map_err(fault)?;
        let added = WriteOutcome { inserted: 1, ..WriteOutcome::default() };
        let written = self.commit(transaction, added, ChangeList::Incomplete, ChangeReach::Open).await?;
        Ok(ReleaseOutcome::Added(written.epoch))
    }

    /// Every release, the first one first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn releases(&self) -> Result<Vec<FrozenRelease>, StoreError> {
        let mut reading = self.reading().await?;
        self.releases_within(&mut reading).await
    }

    pub(in crate::store) async fn releases_within(
        &self,
        reading: &mut Transaction<'static, Sqlite>,
    ) -> Result<Vec<FrozenRelease>, StoreError> {
        self.read_all(reading, ALL, |row| self.release_of(row)).await
    }

    fn release_of(&self, row: &SqliteRow) -> Result<FrozenRelease, StoreError> {
        let fault = |source| self.fault(source);
        let number: u32 = row.try_get(0).map_err(fault)?;
        let wrong = |what: String| unreadable(number, &what);
        let epoch: i64 = row.try_get(2).map_err(fault)?;
        let contents: &str = row.try_get(4).map_err(fault)?;
        Ok(FrozenRelease {
            reference: ReleaseReference { number, made_on: self.required(row, 1).map_err(wrong)? },
            epoch: epoch.cast_unsigned(),
            rule_set_hash: row.try_get(3).map_err(fault)?,
            contents: serde_json::from_str(contents).map_err(|source| wrong(source.to_string()))?,
        })
    }
}

fn unreadable(number: u32, what: &str) -> StoreError {
    StoreError::Value { table: "release", row: number.to_string(), what: what.to_owned() }
}
