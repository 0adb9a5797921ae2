//! What a reader that stands at an epoch has missed.
//!
//! In: the epoch. Out: the incidents that changed after it, or that the store does not list all that did. The list is
//! the one by which the copy of the incidents is kept up to date: single reports and small batches are on it; large
//! batches, samples that are replaced and all records but incidents are not.

use super::error::StoreError;
use super::sqlite::opening::Store;
use super::sqlite::tables::incidents::ListedIncidents;
use crate::domain::incident::Incident;

/// What came after an epoch.
#[derive(Debug, Clone, PartialEq)]
pub enum Changes {
    /// All of it.
    Listed(ChangedIncidents),
    /// More than is listed: everything has to be loaded anew.
    LoadAnew,
}

/// The incidents that are new or may have changed after an epoch.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangedIncidents {
    /// The epoch that they lead to.
    pub epoch: u64,
    /// What the commit of that epoch drew.
    pub commit_id: u64,
    /// As they are now, in the order of their ids.
    pub incidents: Vec<Incident>,
    /// The ids of those that were removed, in their order.
    pub removed: Vec<String>,
}

impl Store {
    /// What came after an epoch, in one consistent state.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn changes_since(&self, epoch: u64) -> Result<Changes, StoreError> {
        let mut reading = self.reading().await?;
        let now = self.epoch_within(&mut reading).await?;
        // An epoch to come is one of another history.
        if epoch > now || epoch < self.listed_from_within(&mut reading).await? {
            return Ok(Changes::LoadAnew);
        }
        let (_, commit_id) = self.ids_within(&mut reading).await?;
        let ListedIncidents { current, removed } = self.incidents_changed_since(&mut reading, epoch).await?;
        Ok(Changes::Listed(ChangedIncidents { epoch: now, commit_id, incidents: current, removed }))
    }
}
