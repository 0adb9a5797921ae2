//! Many batches in a row, with what makes them fast.
//!
//! In: batches, as for [`Store::import`]. Beside them the log is moved into the database, and where the store had no
//! incidents a copy of those that come grows for the next start. Out: when [`BulkImport::finish`] has returned,
//! everything is on the disk.

use super::error::StoreError;
use super::incident_copy::IncidentCopyWriter;
use super::records::Records;
use super::sqlite::changes::{SourceKind, WriteOutcome};
use super::sqlite::opening::Store;
use super::sqlite::wal_checkpoint::WalCheckpoint;
use crate::domain::unsaid::UnsaidFields;

/// An import of many batches.
#[derive(Debug)]
pub struct BulkImport {
    store: Store,
    checkpoint: WalCheckpoint,
    /// None until incidents come.
    copy: Option<IncidentCopyWriter>,
}

impl Store {
    /// Begins an import of many batches of own records.
    pub fn bulk_import(&self) -> BulkImport {
        BulkImport { store: self.clone(), checkpoint: WalCheckpoint::new(self.clone()), copy: None }
    }
}

impl BulkImport {
    /// Writes the next batch.
    ///
    /// # Errors
    /// As [`Store::import`]; batches before it stay written.
    pub async fn import<'a, R>(&mut self, records: &'a [R]) -> Result<WriteOutcome, StoreError>
    where
        Records<'a>: From<&'a [R]>,
    {
        self.import_said(records, UnsaidFields::NONE).await
    }

    /// The same; of records that are there already, fields that their source does not say stay as they are.
    ///
    /// # Errors
    /// As [`Store::import`]; batches before it stay written.
    pub async fn import_said<'a, R>(
        &mut self,
        records: &'a [R],
        unsaid: UnsaidFields<'_>,
    ) -> Result<WriteOutcome, StoreError>
    where
        Records<'a>: From<&'a [R]>,
    {
        let incidents = match Records::from(records) {
            Records::Incidents(incidents) => incidents,
            _ => &[],
        };
        if self.copy.is_none() && !incidents.is_empty() {
            self.copy = Some(IncidentCopyWriter::begun(&self.store).await?);
        }
        let outcome = self.store.import_said(records, unsaid, SourceKind::Own).await?;
        if let Some(copy) = &mut self.copy {
            copy.add(incidents, &outcome);
        }
        self.checkpoint.note(records.len() as u64);
        Ok(outcome)
    }

    /// Ends an import that came to its end: what was written is on the disk, and the copy is the one of the store.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn finish(self) -> Result<(), StoreError> {
        self.checkpoint.finish().await?;
        match self.copy {
            Some(copy) => copy.finish().await,
            None => Ok(()),
        }
    }

    /// Ends an import that had to stop: what was written is on the disk, the copy is thrown away.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn stop(self) -> Result<(), StoreError> {
        if let Some(copy) = self.copy {
            copy.abandon();
        }
        self.checkpoint.finish().await
    }
}
