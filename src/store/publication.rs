//! Holding an import back until it has ended: a server that follows the store shows all of it or nothing.
//!
//! In: an open store. Whoever imports in many batches holds a lock and a mark in the database, which names the epoch of
//! the last batch. Out: whether the newest state of a store is to be shown. The lock ends with the process; where the
//! mark stays, the import was interrupted, and what it wrote is shown when it was run again, or with the next change.
//! A server that starts undoes it: it has nothing of before to go on showing.

use std::fs::File;

use sqlx::{Sqlite, Transaction};

use super::data_folder::import_lock;
use super::error::StoreError;
use super::sqlite::opening::Store;
use crate::domain::import_record::ImportRecord;

/// What was found of imports when a store was to be shown from its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportsFound {
    /// None that did not end.
    Ended,
    /// One is writing: what it brings is not whole yet.
    Running,
    /// One was interrupted, and was undone: so many rows are as they were before it.
    Undone(u64),
}

/// An import that nobody shows yet.
#[derive(Debug)]
pub struct HeldImport {
    store: Store,
    lock: Option<File>,
}

/// Whether the newest state of a store is one to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Publication {
    /// It is.
    Whole,
    /// An import is writing.
    Running,
    /// The last change is a batch of an import that did not end.
    Interrupted,
}

impl Store {
    /// Holds back what this store writes from now on, until [`HeldImport::publish`].
    ///
    /// # Errors
    /// When the database or its folder cannot be written.
    pub async fn hold_back(&self) -> Result<HeldImport, StoreError> {
        let of_folder = |source| StoreError::of_folder(self.folder(), source);
        let lock = import_lock(self.folder()).map_err(of_folder)?;
        lock.lock_shared().map_err(of_folder)?;
        self.note_held_import(self.begin_mark().await?);
        Ok(HeldImport { store: self.clone(), lock: Some(lock) })
    }

    /// Notes in the mark of this store, where it has one, that the commit to come is part of its import.
    pub(super) async fn mark_batch(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        epoch: i64,
    ) -> Result<(), StoreError> {
        let Some(mark) = self.held_import() else { return Ok(()) };
        let note = sqlx::query("UPDATE unfinished_import SET epoch = ? WHERE id = ?").bind(epoch).bind(mark.id);
        note.execute(&mut **transaction).await.map(drop).map_err(|source| self.fault(source))
    }

    /// Whether the state of an epoch, the newest one, is held back: an import runs or was interrupted.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn holds_back(&self, epoch: u64) -> Result<bool, StoreError> {
        Ok(self.publication(epoch).await? != Publication::Whole)
    }

    /// Makes the newest state one to be shown, before anything of the store is: an import that was interrupted is
    /// undone. One that runs is to be waited for.
    ///
    /// # Errors
    /// When the store cannot be read, or an import has to be undone and it cannot be written.
    pub async fn settle_imports(&self) -> Result<ImportsFound, StoreError> {
        let lock = import_lock(self.folder());
        // Held until the end, so that no import begins meanwhile.
        let is_running = lock.as_ref().is_ok_and(|lock| lock.try_lock().is_err());
        let found = match self.publication_of(self.epoch().await?, is_running).await? {
            Publication::Whole => ImportsFound::Ended,
            Publication::Running => ImportsFound::Running,
            Publication::Interrupted => ImportsFound::Undone(self.undo_marked().await?),
        };
        drop(lock);
        Ok(found)
    }

    /// Whether the state of an epoch, the newest one, is to be shown.
    pub(super) async fn publication(&self, epoch: u64) -> Result<Publication, StoreError> {
        // Where the folder cannot be written, nobody imports. The lock is asked for first: an import that ends between
        // the two questions is seen a second later.
        let is_running = import_lock(self.folder()).is_ok_and(|lock| lock.try_lock().is_err());
        self.publication_of(epoch, is_running).await
    }

    async fn publication_of(&self, epoch: u64, is_running: bool) -> Result<Publication, StoreError> {
        // The last batch of the imports that wrote anything.
        const LAST: &str = "SELECT max(epoch) FROM unfinished_import";
        let last = sqlx::query_scalar::<_, Option<i64>>(LAST).fetch_one(&self.pool).await;
        Ok(match last.map_err(|source| self.fault(source))? {
            Some(_) if is_running => Publication::Running,
            Some(last) if last == epoch.cast_signed() => Publication::Interrupted,
            _ => Publication::Whole,
        })
    }
}

impl HeldImport {
    /// Shows what was imported. Marks of imports that were interrupted before go with it.
    ///
    /// # Errors
    /// When the database cannot be written; the next import shows it then.
    pub async fn publish(self) -> Result<(), StoreError> {
        self.published(None).await
    }

    /// The same, and records what became of the import in the transaction that shows it.
    ///
    /// # Errors
    /// As [`HeldImport::publish`].
    pub async fn publish_recorded(self, record: &ImportRecord) -> Result<(), StoreError> {
        self.published(Some(record)).await
    }

    async fn published(mut self, record: Option<&ImportRecord>) -> Result<(), StoreError> {
        let lock = self.lock.take();
        // Alone, nobody can own another mark. An upgrade of the lock lets go of it first, which is why the own mark is
        // deleted before.
        self.store.remove_mark(record).await?;
        if lock.as_ref().is_some_and(|lock| lock.try_lock().is_ok()) {
            self.store.remove_all_marks().await?;
        }
        Ok(())
    }
}
