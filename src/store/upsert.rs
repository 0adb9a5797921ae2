//! Writing batches of records by key, counting what they change.
//!
//! Rows that are there already with the same content are not written again, so
//! an import that is run twice costs no log and no new epoch. Most batches hold
//! nothing but new rows: these are inserted as such, and only where the database
//! knows a key already is the batch compared row by row.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use sqlx::sqlite::SqliteArguments;
use sqlx::{AssertSqlSafe, Sqlite, Transaction};

use super::changes::{Outcome, SourceKind};
use super::error::StoreError;
use super::opening::Store;
use super::values::Values;
use super::vocabulary::Vocabulary;
use crate::domain::holdings::Part;

/// Rows of one statement: enough to forget what handing it over costs, few enough for a compiled statement that
/// stays in the cache of a core.
const ROWS: usize = 250;

/// A table that is written by key.
pub(super) struct Table {
    /// Its name.
    pub(super) name: &'static str,
    /// The columns of its key.
    pub(super) keys: &'static [&'static str],
    /// The other columns.
    pub(super) columns: &'static [&'static str],
}

/// A record that is a row of a table.
pub(super) trait Row: Sync {
    /// The table.
    const TABLE: Table;

    /// The part of the holdings that it belongs to.
    fn part(&self) -> Part;
    /// The id, where the record is an incident.
    fn incident_id(&self) -> Option<&str> {
        None
    }
    /// The order of the keys.
    fn compare_keys(&self, other: &Self) -> Ordering;
    /// Binds the columns of the key in the order of the table.
    fn bind_key(&self, values: &mut Values);
    /// Binds the other columns in the order of the table.
    fn bind_columns(&self, values: &mut Values, words: &Vocabulary);
}

impl Store {
    /// Writes a batch in one transaction: all of it or nothing.
    pub(super) async fn upsert<R: Row>(&self, records: &[R], kind: SourceKind) -> Result<Outcome, StoreError> {
        let mut transaction = self.writing().await?;
        let mut outcome = Outcome::default();
        for part in records.iter().map(R::part).collect::<BTreeSet<Part>>() {
            outcome.sample_removed += self.prepare_part(&mut transaction, part, kind).await?;
        }
        outcome += self.upsert_within(&mut transaction, records).await?;
        let incidents: Vec<&str> = records.iter().filter_map(R::incident_id).collect();
        if !incidents.is_empty() && outcome.changes_anything() {
            self.note_incidents_changed(&mut transaction, &incidents, outcome).await?;
        }
        self.commit(transaction, outcome).await
    }

    /// Writes records inside a transaction of somebody else.
    pub(super) async fn upsert_within<R: Row>(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        records: &[R],
    ) -> Result<Outcome, StoreError> {
        let mut sorted: Vec<&R> = records.iter().collect();
        sorted.sort_by(|a, b| a.compare_keys(b)); // neighbours in the tree are written one after the other
        let mut outcome = Outcome::default();
        let mut next = laid_out(&sorted[..ROWS.min(sorted.len())], &self.words);
        for (place, chunk) in sorted.chunks(ROWS).enumerate() {
            let values = next.finished().map_err(|source| self.fault(source))?;
            // While the database writes one chunk, the values of the next are laid out.
            let following = sorted.chunks(ROWS).nth(place + 1).unwrap_or_default();
            let write = self.upsert_chunk(transaction, chunk, values);
            let (written, laid_out) = tokio::join!(write, async { laid_out(following, &self.words) });
            outcome += written?;
            next = laid_out;
        }
        Ok(outcome)
    }

    async fn upsert_chunk<R: Row>(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        chunk: &[&R],
        values: SqliteArguments,
    ) -> Result<Outcome, StoreError> {
        let fault = |source| self.fault(source);
        let insert = AssertSqlSafe(insertion::<R>(chunk.len()) + " DO NOTHING");
        let insert = sqlx::query_with(insert, values).execute(&mut **transaction).await;
        let inserted = insert.map_err(fault)?.rows_affected();
        if inserted == chunk.len() as u64 {
            return Ok(Outcome { inserted, ..Outcome::default() });
        }
        let update = AssertSqlSafe(insertion::<R>(chunk.len()) + &update_of_changed::<R>());
        let values = laid_out(chunk, &self.words).finished().map_err(fault)?;
        let update = sqlx::query_with(update, values).execute(&mut **transaction).await;
        let updated = update.map_err(fault)?.rows_affected();
        let unchanged = chunk.len() as u64 - inserted - updated;
        Ok(Outcome { inserted, updated, unchanged, ..Outcome::default() })
    }
}

fn laid_out<R: Row>(chunk: &[&R], words: &Vocabulary) -> Values {
    let width = R::TABLE.keys.len() + R::TABLE.columns.len();
    let mut values = Values::with_room_for(width * chunk.len());
    for record in chunk {
        record.bind_key(&mut values);
        record.bind_columns(&mut values, words);
    }
    values
}

/// A statement that inserts so many rows, up to what is to be done where a key is known.
fn insertion<R: Row>(rows: usize) -> String {
    let Table { name, keys, columns } = R::TABLE;
    let all = [keys, columns].concat();
    let row = format!("({})", vec!["?"; all.len()].join(","));
    let (all, rows) = (all.join(", "), vec![row.as_str(); rows].join(","));
    format!("INSERT INTO {name} ({all}) VALUES {rows} ON CONFLICT ({})", keys.join(", "))
}

fn update_of_changed<R: Row>() -> String {
    let Table { name, columns, .. } = R::TABLE;
    let set: Vec<String> = columns.iter().map(|column| format!("{column} = excluded.{column}")).collect();
    let differs: Vec<String> =
        columns.iter().map(|column| format!("{name}.{column} IS NOT excluded.{column}")).collect();
    format!(" DO UPDATE SET {} WHERE {}", set.join(", "), differs.join(" OR "))
}
