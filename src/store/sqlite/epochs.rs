//! What names a state of the store: its data id, the epoch, the last commit; and which parts still hold the sample.

use std::collections::BTreeSet;

use sqlx::{Row as _, Sqlite, Transaction};

use super::opening::Store;
use crate::domain::holdings::{DataId, Dataset, OpenChange};
use crate::store::error::StoreError;

impl Store {
    /// The number of the last committed change.
    pub async fn epoch(&self) -> Result<u64, StoreError> {
        let mut reading = self.reading().await?;
        self.epoch_within(&mut reading).await
    }

    /// The parts that still hold the embedded sample.
    pub async fn sample_datasets(&self) -> Result<BTreeSet<Dataset>, StoreError> {
        let mut reading = self.reading().await?;
        self.sample_datasets_within(&mut reading).await
    }

    pub(in crate::store) async fn epoch_within(
        &self,
        reading: &mut Transaction<'static, Sqlite>,
    ) -> Result<u64, StoreError> {
        let query = sqlx::query_scalar("SELECT value FROM meta WHERE key = 'epoch'");
        let epoch: i64 = query.fetch_one(&mut **reading).await.map_err(|source| self.fault(source))?;
        Ok(epoch as u64)
    }

    /// The epoch after which every change is listed.
    pub(in crate::store) async fn listed_from_within(
        &self,
        reading: &mut Transaction<'static, Sqlite>,
    ) -> Result<u64, StoreError> {
        let query = sqlx::query_scalar("SELECT value FROM meta WHERE key = 'listed_from'");
        let epoch: i64 = query.fetch_one(&mut **reading).await.map_err(|source| self.fault(source))?;
        Ok(epoch as u64)
    }

    /// The data id and what the last commit drew.
    pub(in crate::store) async fn ids_within(
        &self,
        reading: &mut Transaction<'static, Sqlite>,
    ) -> Result<(DataId, u64), StoreError> {
        const IDS: &str = "SELECT (SELECT value FROM meta WHERE key = 'data_id'), \
                           (SELECT value FROM meta WHERE key = 'commit_id')";
        let query = sqlx::query_as::<_, (i64, i64)>(IDS).fetch_one(&mut **reading).await;
        let (data_id, commit_id) = query.map_err(|source| self.fault(source))?;
        Ok((DataId::new(data_id.cast_unsigned()), commit_id.cast_unsigned()))
    }

    /// The last change of anything but incidents.
    pub(in crate::store) async fn open_change_within(
        &self,
        reading: &mut Transaction<'static, Sqlite>,
    ) -> Result<OpenChange, StoreError> {
        const IDS: &str = "SELECT (SELECT value FROM meta WHERE key = 'open_epoch'), \
                           (SELECT value FROM meta WHERE key = 'open_commit_id')";
        let query = sqlx::query_as::<_, (i64, i64)>(IDS).fetch_one(&mut **reading).await;
        let (epoch, commit_id) = query.map_err(|source| self.fault(source))?;
        Ok(OpenChange { epoch: epoch.cast_unsigned(), commit_id: commit_id.cast_unsigned() })
    }

    pub(in crate::store) async fn sample_datasets_within(
        &self,
        reading: &mut Transaction<'static, Sqlite>,
    ) -> Result<BTreeSet<Dataset>, StoreError> {
        let query = sqlx::query("SELECT part FROM sample_part").fetch_all(&mut **reading).await;
        let mut parts = BTreeSet::new();
        for row in query.map_err(|source| self.fault(source))? {
            let name: String = row.try_get(0).map_err(|source| self.fault(source))?;
            let part = name.parse::<Dataset>();
            parts.insert(part.map_err(|error| StoreError::Value {
                table: "sample_part",
                row: name,
                what: error.to_string(),
            })?);
        }
        Ok(parts)
    }
}
