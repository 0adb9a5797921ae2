//! Undoing an import that was interrupted: of each incident that it wrote, what was there before.
//!
//! In: chunks that an import which is held back is about to write. Out: rows as they were, listed until the import is
//! published. An import into a store without incidents lists nothing, because undone it leaves none. Whoever else
//! writes an incident meanwhile takes it off the lists: what was acknowledged is never undone.

use sqlx::{QueryBuilder, Sqlite, Transaction};

use super::error::StoreError;
use super::sqlite::changes::{ChangeList, ChangeReach, WriteOutcome};
use super::sqlite::opening::{ImportMark, Store, UndoList};
use super::sqlite::{EpochAfter, listed_digest};
use crate::domain::content::RowDigest;
use crate::domain::import_record::ImportRecord;

const ROWS_BEFORE: &str = "INSERT INTO incident_before SELECT ";
const COLUMNS: &str = "id, unix_seconds, lon_e7, lat_e7, edition, area_code, category, severity, status, channel, \
                       precision FROM incident WHERE id IN (";
const ONCE: &str = " ON CONFLICT DO NOTHING";
/// Which rows of a chunk are there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum KnownRows {
    /// None.
    None,
    /// Some may be.
    Some,
}

impl Store {
    /// Begins an import that is held back.
    pub(in crate::store) async fn begin_mark(&self) -> Result<ImportMark, StoreError> {
        // The sample gives way to own incidents, so that a store which holds it begins from nothing.
        const BEGIN: &str = "INSERT INTO unfinished_import (from_nothing) SELECT \
                             (NOT EXISTS (SELECT 1 FROM incident) \
                             OR EXISTS (SELECT 1 FROM sample_part WHERE part = 'incidents')) \
                             AND NOT EXISTS (SELECT 1 FROM unfinished_import) RETURNING id, from_nothing";
        let mark = sqlx::query_as::<_, (i64, bool)>(BEGIN).fetch_one(&self.pool).await;
        let (id, from_nothing) = mark.map_err(|source| self.fault(source))?;
        Ok(ImportMark { id, undo: if from_nothing { UndoList::Nothing } else { UndoList::Rows } })
    }

    /// Ends an import within a transaction: what it wrote stays whatever happens now. Its mark is left.
    pub(in crate::store) async fn seal_import(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
    ) -> Result<(), StoreError> {
        // What another import lists of the same rows is older than what is acknowledged now.
        const LISTS: [&str; 2] = [
            "DELETE FROM incident_before WHERE import_id IN (SELECT id FROM unfinished_import WHERE id <> ?1) \
             AND id IN (SELECT id FROM incident_before WHERE import_id = ?1)",
            "DELETE FROM incident_before WHERE import_id = ?",
        ];
        let Some(mark) = self.held_import() else { return Ok(()) };
        for statement in LISTS {
            let run = sqlx::query(statement).bind(mark.id).execute(&mut **transaction).await;
            run.map_err(|source| self.fault(source))?;
        }
        self.note_kept_rows(transaction).await
    }

    /// Takes the mark of an import away, and what is listed for it; what became of it may be recorded with that.
    pub(in crate::store) async fn remove_mark(&self, record: Option<&ImportRecord>) -> Result<(), StoreError> {
        let Some(mark) = self.held_import() else { return Ok(()) };
        let mut transaction = self.writing().await?;
        self.seal_import(&mut transaction).await?;
        let own = sqlx::query("DELETE FROM unfinished_import WHERE id = ?").bind(mark.id);
        own.execute(&mut *transaction).await.map_err(|source| self.fault(source))?;
        if let Some(record) = record {
            self.insert_import_record(&mut transaction, record, EpochAfter::Same).await?;
        }
        transaction.commit().await.map_err(|source| self.fault(source))
    }

    /// Takes all marks away and empties all lists.
    pub(in crate::store) async fn remove_all_marks(&self) -> Result<(), StoreError> {
        let mut transaction = self.writing().await?;
        self.forget_marks(&mut transaction).await?;
        transaction.commit().await.map_err(|source| self.fault(source))
    }

    async fn forget_marks(&self, transaction: &mut Transaction<'static, Sqlite>) -> Result<(), StoreError> {
        for statement in ["DELETE FROM incident_before", "DELETE FROM unfinished_import"] {
            sqlx::query(statement).execute(&mut **transaction).await.map_err(|source| self.fault(source))?;
        }
        Ok(())
    }

    /// Lists what a chunk is about to change, where an import that is held back writes it. Any other writer takes the
    /// rows off the lists of such imports.
    pub(in crate::store) async fn list_before(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        ids: &[&str],
        known: KnownRows,
    ) -> Result<(), StoreError> {
        const ANY: &str = "SELECT EXISTS (SELECT 1 FROM incident_before)";
        let fault = |source| self.fault(source);
        let statements = match self.held_import() {
            _ if ids.is_empty() => Vec::new(),
            Some(ImportMark { undo: UndoList::Nothing, .. }) => Vec::new(),
            Some(mark) if known == KnownRows::None => vec![new_rows(mark.id, ids)],
            Some(mark) => vec![rows_before(mark.id, ids), new_rows(mark.id, ids)],
            None if sqlx::query_scalar(ANY).fetch_one(&mut **transaction).await.map_err(fault)? => vec![unlisting(ids)],
            None => Vec::new(),
        };
        for mut statement in statements {
            statement.build().execute(&mut **transaction).await.map_err(fault)?;
        }
        Ok(())
    }

    /// Undoes imports that were interrupted. Gives how many rows are no longer what these wrote.
    pub(in crate::store) async fn undo_marked(&self) -> Result<u64, StoreError> {
        // Of a row that two imports wrote, the one that began first saw what was there before.
        const FIRST: &str = "INSERT INTO incident SELECT id, unix_seconds, lon_e7, lat_e7, edition, area_code, category, \
                             severity, status, channel, precision FROM incident_before AS b \
                             WHERE import_id = (SELECT min(import_id) FROM incident_before WHERE id = b.id) \
                             AND unix_seconds IS NOT NULL";
        const FROM_NOTHING: &str = "SELECT EXISTS (SELECT 1 FROM unfinished_import WHERE from_nothing = 1)";
        let fault = |source| self.fault(source);
        let mut transaction = self.writing().await?;
        let undone = if sqlx::query_scalar(FROM_NOTHING).fetch_one(&mut *transaction).await.map_err(fault)? {
            let gone = sqlx::query("DELETE FROM incident").execute(&mut *transaction).await.map_err(fault)?;
            self.set_incident_digest(&mut transaction, RowDigest::default()).await?;
            gone.rows_affected()
        } else {
            let kept = self.incident_digest_within(&mut transaction).await?;
            let written = listed_digest(&mut transaction).await.map_err(fault)?;
            let delete = sqlx::query("DELETE FROM incident WHERE id IN (SELECT id FROM incident_before)");
            let gone = delete.execute(&mut *transaction).await.map_err(fault)?;
            sqlx::query(FIRST).execute(&mut *transaction).await.map_err(fault)?;
            let before = listed_digest(&mut transaction).await.map_err(fault)?;
            self.set_incident_digest(&mut transaction, kept.without(written).with(before)).await?;
            gone.rows_affected()
        };
        self.forget_marks(&mut transaction).await?;
        self.forget_incident_list(&mut transaction).await?;
        let outcome = WriteOutcome { updated: undone, ..WriteOutcome::default() };
        self.commit(transaction, outcome, ChangeList::Incomplete, ChangeReach::Incidents).await?;
        Ok(undone)
    }

    /// Notes, where a writer commits that holds nothing back, that rows stand here which no undoing may take along.
    pub(in crate::store) async fn note_other_writer(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
    ) -> Result<(), StoreError> {
        if self.held_import().is_some() { Ok(()) } else { self.note_kept_rows(transaction).await }
    }

    async fn note_kept_rows(&self, transaction: &mut Transaction<'static, Sqlite>) -> Result<(), StoreError> {
        let note = sqlx::query("UPDATE unfinished_import SET from_nothing = 0 WHERE from_nothing = 1");
        note.execute(&mut **transaction).await.map(drop).map_err(|source| self.fault(source))
    }
}

fn with_ids(query: &mut QueryBuilder<Sqlite>, ids: &[&str]) {
    let mut list = query.separated(", ");
    for id in ids {
        list.push_bind((*id).to_owned());
    }
    query.push(")");
}

/// The rows that there are of some ids, as they are.
fn rows_before(import_id: i64, ids: &[&str]) -> QueryBuilder<Sqlite> {
    let mut query = QueryBuilder::new(ROWS_BEFORE);
    query.push_bind(import_id);
    query.push(", ").push(COLUMNS);
    with_ids(&mut query, ids);
    query.push(ONCE);
    query
}

/// Rows that were not there.
fn new_rows(import_id: i64, ids: &[&str]) -> QueryBuilder<Sqlite> {
    let mut query = QueryBuilder::new("INSERT INTO incident_before (import_id, id) ");
    query.push_values(ids, |mut values, id| {
        values.push_bind(import_id).push_bind((*id).to_owned());
    });
    query.push(ONCE);
    query
}

fn unlisting(ids: &[&str]) -> QueryBuilder<Sqlite> {
    let mut query = QueryBuilder::new(
        "DELETE FROM incident_before WHERE import_id IN (SELECT id FROM unfinished_import) AND id IN (",
    );
    with_ids(&mut query, ids);
    query
}
