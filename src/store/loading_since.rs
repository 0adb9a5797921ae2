//! Loading what came after a state that a reader knows: everything but the incidents, and of these what changed.
//!
//! In: the state, and the incidents of it. Out: the holdings and the change of the incidents; nothing where the list of
//! changes does not lead from one state to the other. That it does is shown by the digests: the known one, without the
//! rows that are replaced and with those that are listed, has to be the one of the database. So neither removals, nor
//! large batches, which are not listed, nor a store of another history are ever taken for few changes.

use super::error::StoreError;
use super::sqlite::opening::Store;
use crate::domain::content::RowDigest;
use crate::domain::holdings::{DataId, Holdings, IncidentColumns};
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
        let listed = self.incidents_changed_since(&mut reading, known.epoch).await?;
        if listed.is_empty() && self.incident_digest_within(&mut reading).await? != known.incidents {
            return Ok(None);
        }
        let holdings = self.holdings_without_incidents(&mut reading).await?;
        Ok(Some(LoadedSince { store: self.clone(), known, holdings, listed }))
    }
}

impl LoadedSince {
    /// The holdings without their incidents, and how these differ from those of the known state; none where the list
    /// does not lead from there to the state of the database. Walks all incidents.
    pub fn compared_with(self, incidents: &IncidentColumns) -> Option<(Holdings, IncidentChange)> {
        let Self { store, known, holdings, listed } = self;
        let change = IncidentChange::in_columns(incidents, listed);
        let outdated: Vec<Incident> = change.outdated.iter().filter_map(|row| incidents.at(*row)).collect();
        let digest = known.incidents.without(store.digest_of(&outdated)).with(store.digest_of(&change.current));
        (digest == holdings.content.incidents).then(|| (holdings, change.without_repeats(incidents)))
    }
}
