//! Writing batches of records by key, counting what they change.
//!
//! Rows that are there already with the same content are not written again, so
//! an import that is run twice costs no log and no new epoch.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use sqlx::query_builder::Separated;
use sqlx::{QueryBuilder, Sqlite, Transaction};

use super::changes::{Outcome, SourceKind};
use super::error::StoreError;
use super::opening::Store;
use super::vocabulary::Vocabulary;
use crate::domain::holdings::Part;

/// The most parameters of one statement in SQLite.
const MAX_PARAMETERS: usize = 32_766;
const MAX_ROWS: usize = 1_000;

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
    /// The order of the keys.
    fn compare_keys(&self, other: &Self) -> Ordering;
    /// Binds the columns of the key in the order of the table.
    fn bind_key(&self, values: &mut Separated<'_, Sqlite, &'static str>);
    /// Binds the other columns in the order of the table.
    fn bind_columns(&self, values: &mut Separated<'_, Sqlite, &'static str>, words: &Vocabulary);
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
        let width = R::TABLE.keys.len() + R::TABLE.columns.len();
        let mut outcome = Outcome::default();
        for chunk in sorted.chunks(MAX_ROWS.min(MAX_PARAMETERS / width)) {
            outcome += self.upsert_chunk(transaction, chunk).await?;
        }
        Ok(outcome)
    }

    async fn upsert_chunk<R: Row>(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        chunk: &[&R],
    ) -> Result<Outcome, StoreError> {
        let fault = |source| self.fault(source);
        let mut count = existing_count(chunk);
        let existing: i64 = count.build_query_scalar().fetch_one(&mut **transaction).await.map_err(fault)?;
        let mut write = changed_rows_written(chunk, &self.words);
        let changed = write.build().execute(&mut **transaction).await.map_err(fault)?.rows_affected();
        let repeated = chunk.windows(2).filter(|pair| pair[0].compare_keys(pair[1]).is_eq()).count();
        let inserted = (chunk.len() - repeated) as u64 - existing as u64;
        Ok(Outcome {
            inserted,
            updated: changed - inserted,
            unchanged: chunk.len() as u64 - changed,
            ..Outcome::default()
        })
    }
}

fn existing_count<R: Row>(chunk: &[&R]) -> QueryBuilder<Sqlite> {
    let Table { name, keys, .. } = R::TABLE;
    let mut query = QueryBuilder::new(format!("SELECT count(*) FROM {name} WHERE ({}) IN (", keys.join(", ")));
    query.push_values(chunk, |mut values, record| record.bind_key(&mut values));
    query.push(")");
    query
}

fn changed_rows_written<R: Row>(chunk: &[&R], words: &Vocabulary) -> QueryBuilder<Sqlite> {
    let Table { name, keys, columns } = R::TABLE;
    let (key, all) = (keys.join(", "), [keys, columns].concat().join(", "));
    let mut query = QueryBuilder::new(format!("INSERT INTO {name} ({all}) "));
    query.push_values(chunk, |mut values, record| {
        record.bind_key(&mut values);
        record.bind_columns(&mut values, words);
    });
    let set: Vec<String> = columns.iter().map(|column| format!("{column} = excluded.{column}")).collect();
    let differs: Vec<String> =
        columns.iter().map(|column| format!("{name}.{column} IS NOT excluded.{column}")).collect();
    query.push(format!(" ON CONFLICT ({key}) DO UPDATE SET {} WHERE {}", set.join(", "), differs.join(" OR ")));
    query
}
