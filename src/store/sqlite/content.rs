//! The digests of the rows of all tables: worked out anew, kept up to date, and compared.
//!
//! That of the incidents moves with each row written, because there may be ten million; those of the other tables are
//! worked out anew by each write that is not one of incidents alone.

use sqlx::{Sqlite, Transaction};

use super::changes::{ChangeList, ChangeReach, WriteOutcome};
use super::opening::Store;
use super::tables::row_digests::{ContentTable, INCIDENT, INCIDENTS, OPEN, set_digest};
use crate::domain::content::{ContentDigest, RowDigest};
use crate::store::error::StoreError;

impl Store {
    /// Works the digests of all tables out where the database has none yet.
    pub(super) async fn begin_digests(&self) -> Result<(), StoreError> {
        const ANY: &str = "SELECT EXISTS (SELECT 1 FROM content_digest)";
        let fault = |source| self.fault(source);
        if sqlx::query_scalar::<_, bool>(ANY).fetch_one(&self.pool).await.map_err(fault)? {
            return Ok(());
        }
        let mut transaction = self.writing().await?;
        self.renew_open_digests(&mut transaction).await?;
        let incidents = INCIDENTS.digest(&mut transaction).await.map_err(fault)?;
        self.set_incident_digest(&mut transaction, incidents).await?;
        transaction.commit().await.map_err(fault)
    }

    /// Works the digests of all tables but that of incidents out anew.
    pub(super) async fn renew_open_digests(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
    ) -> Result<(), StoreError> {
        for table in &OPEN {
            let digest = table.digest(transaction).await.map_err(|source| self.fault(source))?;
            set_digest(transaction, table.name, digest).await.map_err(|source| self.fault(source))?;
        }
        Ok(())
    }

    /// Takes the rows of all tables as they are, though somebody else wrote them: a change like any other.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn accept_rows(&self) -> Result<u64, StoreError> {
        let mut transaction = self.writing().await?;
        let incidents = INCIDENTS.digest(&mut transaction).await.map_err(|source| self.fault(source))?;
        self.set_incident_digest(&mut transaction, incidents).await?;
        self.forget_incident_list(&mut transaction).await?;
        let outcome = WriteOutcome { updated: 1, ..WriteOutcome::default() };
        let written = self.commit(transaction, outcome, ChangeList::Incomplete, ChangeReach::Open).await?;
        Ok(written.epoch)
    }

    /// The digest of the incidents as it was kept.
    pub(in crate::store) async fn incident_digest_within(
        &self,
        reading: &mut Transaction<'static, Sqlite>,
    ) -> Result<RowDigest, StoreError> {
        self.kept_digest(reading, INCIDENT).await
    }

    /// Keeps the digest of the incidents.
    pub(in crate::store) async fn set_incident_digest(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        digest: RowDigest,
    ) -> Result<(), StoreError> {
        set_digest(transaction, INCIDENT, digest).await.map_err(|source| self.fault(source))
    }

    /// What the content is named by, when the rows of all tables but that of incidents are those that were written.
    ///
    /// # Errors
    /// When rows were altered by another program, or damaged.
    pub(in crate::store) async fn content_within(
        &self,
        reading: &mut Transaction<'static, Sqlite>,
    ) -> Result<ContentDigest, StoreError> {
        let mut open = RowDigest::default();
        for table in &OPEN {
            if !self.is_as_written(reading, table).await? {
                return Err(StoreError::Altered { path: self.path.clone(), table: table.name });
            }
            open = open.with(self.kept_digest(reading, table.name).await?);
        }
        Ok(ContentDigest { incidents: self.incident_digest_within(reading).await?, open })
    }

    /// The tables whose rows are not those that were written.
    pub(super) async fn altered_tables(
        &self,
        reading: &mut Transaction<'static, Sqlite>,
    ) -> Result<Vec<&'static str>, StoreError> {
        let mut altered = Vec::new();
        for table in OPEN.iter().chain([&INCIDENTS]) {
            if !self.is_as_written(reading, table).await? {
                altered.push(table.name);
            }
        }
        Ok(altered)
    }

    async fn is_as_written(
        &self,
        reading: &mut Transaction<'static, Sqlite>,
        table: &ContentTable,
    ) -> Result<bool, StoreError> {
        let found = table.digest(reading).await.map_err(|source| self.fault(source))?;
        Ok(found == self.kept_digest(reading, table.name).await?)
    }

    async fn kept_digest(
        &self,
        reading: &mut Transaction<'static, Sqlite>,
        table: &'static str,
    ) -> Result<RowDigest, StoreError> {
        let query = sqlx::query_scalar::<_, Vec<u8>>("SELECT digest FROM content_digest WHERE name = ?").bind(table);
        let kept = query.fetch_optional(&mut **reading).await.map_err(|source| self.fault(source))?;
        let bytes = kept.and_then(|bytes| <[u8; 16]>::try_from(bytes).ok());
        bytes.map(RowDigest::from_bytes).ok_or_else(|| StoreError::Altered { path: self.path.clone(), table })
    }
}
