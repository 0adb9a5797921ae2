//! Loading what came after a state that a reader knows: everything but the incidents, and of these what changed.
//!
//! In: the state, and of its incidents those that are listed. Out: the holdings and the change of the incidents; nothing
//! where the list of changes does not lead from one state to the other. That it does is shown by the digests: the known
//! one, without the rows that are replaced or gone and with those that are listed, has to be the one of the database. So
//! neither large batches, which are not listed, nor a store of another history are ever taken for few changes.

use super::error::StoreError;
use super::sqlite::opening::Store;
use super::sqlite::tables::incidents::ListedIncidents;
use crate::domain::content::RowDigest;
use crate::domain::holdings::{DataId, Holdings};
use crate::domain::incident::Incident;
use crate::domain::incident::incident_change::IncidentChange;

/// A state of a store that a reader knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownState {
    /// The store.
    pub data_id: DataId,
    /// The number of the last change in it.
    pub epoch: u64,
    /// The digest of the incidents.
    pub incidents: RowDigest,
}

/// What a store holds now, of the incidents those alone that are listed as changed.
#[derive(Debug)]
pub struct LoadedSince {
    store: Store,
    known: KnownState,
    holdings: Holdings,
    listed: Vec<Incident>,
    /// The ids of those that are listed and are not there any more.
    removed: Vec<String>,
}

impl Store {
    /// What the store holds now, in one consistent state, for a reader of an earlier one; none where it is plain that
    /// everything has to be loaded anew. The taxonomy must be the one by which the reader loaded.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn load_since(&self, known: KnownState) -> Result<Option<LoadedSince>, StoreError> {
        let mut reading = self.reading().await?;
        let (data_id, _) = self.ids_within(&mut reading).await?;
        let epoch = self.epoch_within(&mut reading).await?;
        if data_id != known.data_id || epoch < known.epoch {
            return Ok(None);
        }
        let ListedIncidents { current, removed } = self.incidents_changed_since(&mut reading, known.epoch).await?;
        if current.is_empty()
            && removed.is_empty()
            && self.incident_digest_within(&mut reading).await? != known.incidents
        {
            return Ok(None);
        }
        let holdings = self.holdings_without_incidents(&mut reading).await?;
        Ok(Some(LoadedSince { store: self.clone(), known, holdings, listed: current, removed }))
    }
}

impl LoadedSince {
    /// The ids of all incidents that are listed as changed.
    pub fn listed_ids(&self) -> Vec<&str> {
        let current = self.listed.iter().map(|incident| incident.id.as_str());
        current.chain(self.removed.iter().map(String::as_str)).collect()
    }

    /// The holdings without their incidents, and how these differ from those of the known state, of which the listed ones
    /// are given as they were; none where the list does not lead from there to the state of the database.
    pub fn following(self, before: Vec<Incident>) -> Option<(Holdings, IncidentChange)> {
        let Self { store, known, holdings, listed, removed: _ } = self;
        let digest = known.incidents.without(store.digest_of(&before)).with(store.digest_of(&listed));
        let change = IncidentChange { before, current: listed };
        (digest == holdings.content.incidents).then(|| (holdings, change.without_repeats()))
    }
}
