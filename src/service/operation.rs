//! What an operator asks beside the data: the last imports, and the store as it lies on its disk.
//!
//! In: the store that is followed. Out: what it says now, read at every question: imports that changed nothing move no
//! snapshot. Nobody but an operator is answered from here, which whoever asks has to see to.

use super::Service;
use super::error::ServiceError;
use super::intake::{Intake, IntakeRules};
use super::live::store_monitor::StoreCondition;
use crate::domain::import_record::StoredImport;
use crate::domain::incident::Incident;
use crate::store::{Store, StoreError};

/// A store on its disk.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct StoreOnDisk {
    /// What its files take; none where they cannot be seen.
    pub(crate) bytes: Option<u64>,
    /// Whether an import that has not ended holds its newest state back.
    pub(crate) is_held_back: bool,
}

impl Service {
    /// Reads what operators ask from a store from now on, and takes word from people in where that is wanted. The first
    /// store stays.
    pub fn follow_store(&self, store: &Store) {
        self.followed.get_or_init(|| store.clone());
        if let Some(rules) = self.intake_rules.get() {
            self.intake.get_or_init(|| Intake::new(store, rules.clone()));
        }
    }

    /// By which rules word from people is taken in, once a store is followed. The first ones stay.
    pub fn set_intake_rules(&self, rules: IntakeRules) {
        self.intake_rules.get_or_init(|| rules);
    }

    /// What takes word from people in.
    ///
    /// # Errors
    /// When no store is followed yet.
    pub(crate) fn intake(&self) -> Result<&Intake, ServiceError> {
        self.intake.get().ok_or(ServiceError::NotReady)
    }

    /// Deletes what of reports has expired at a moment, in seconds since 1970 UTC.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn delete_expired_reports(&self, now_s: i64) -> Result<(), StoreError> {
        match self.intake.get() {
            Some(intake) => intake.delete_expired(now_s).await,
            None => Ok(()),
        }
    }

    /// An incident as the store has it; none where it has none of the id.
    pub(crate) async fn stored_incident(&self, id: &str) -> Result<Option<Incident>, ServiceError> {
        self.followed_store()?.incident_of_id(id).await.map_err(|error| unreadable(&error))
    }

    /// The last imports, the newest first.
    pub(crate) async fn imports(&self) -> Result<Vec<StoredImport>, ServiceError> {
        self.followed_store()?.import_records().await.map_err(|error| unreadable(&error))
    }

    /// The store on its disk; nothing where none is followed yet.
    pub(crate) async fn store_on_disk(&self) -> Result<StoreOnDisk, ServiceError> {
        let Some(store) = self.followed.get() else { return Ok(StoreOnDisk::default()) };
        let fault = |error| unreadable(&error);
        let epoch = store.epoch().await.map_err(fault)?;
        let is_held_back = store.holds_back(epoch).await.map_err(fault)?;
        Ok(StoreOnDisk { bytes: store.bytes_on_disk().await, is_held_back })
    }

    pub(super) fn followed_store(&self) -> Result<&Store, ServiceError> {
        self.followed.get().ok_or(ServiceError::NotReady)
    }
}

pub(super) fn unreadable(error: &StoreError) -> ServiceError {
    tracing::warn!(cause = %error, "the store could not be read for an operator");
    ServiceError::StoreFault { condition: StoreCondition::Unreadable }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::area::AreaKey;
    use crate::domain::area::population::Population;
    use crate::domain::import_record::{ImportContents, ImportRecord};
    use crate::domain::incident::taxonomy::Taxonomy;
    use crate::store::SourceKind;

    fn residents() -> Population {
        let area = AreaKey { edition: "2025-07".parse().unwrap(), code: "20335".parse().unwrap() };
        Population { area, year: 2025, residents: 1 }
    }

    #[tokio::test]
    async fn imports_are_read_anew_and_none_before_there_is_a_store() {
        let (folder, service) = (tempfile::tempdir().unwrap(), Service::new(16 << 20));
        assert_eq!(service.imports().await, Err(ServiceError::NotReady));
        assert_eq!(service.store_on_disk().await, Ok(StoreOnDisk::default()));
        let taxonomy = Taxonomy::from_toml(include_str!("../../geodata/taxonomy.toml")).unwrap();
        let store = Store::open(folder.path(), &taxonomy).await.unwrap();
        service.follow_store(&store);
        assert_eq!(service.imports().await, Ok(Vec::new()));
        let record = ImportRecord::new(1, "incidents", "a.csv", ImportContents::default());
        store.add_import_record(&record).await.unwrap();
        let imports = service.imports().await.unwrap();
        assert_eq!(imports.into_iter().map(|import| import.record).collect::<Vec<_>>(), [record]);
        let on_disk = service.store_on_disk().await.unwrap();
        assert!(on_disk.bytes.is_some_and(|bytes| bytes > 4_096) && !on_disk.is_held_back, "{on_disk:?}");
        let held = store.hold_back().await.unwrap();
        store.import(&[residents()], SourceKind::Own).await.unwrap();
        assert!(service.store_on_disk().await.unwrap().is_held_back);
        held.publish().await.unwrap();
        assert!(!service.store_on_disk().await.unwrap().is_held_back);
    }
}
