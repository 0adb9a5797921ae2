//! Writing batches of records by key, counting what they change.
//!
//! Rows that are there already with the same content are not written again, so
//! an import that is run twice costs no log and no new epoch. Most batches hold
//! nothing but new rows: these are inserted as such, and only where the database
//! knows a key already is the batch compared row by row.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use sqlx::{AssertSqlSafe, Sqlite, Transaction};

use super::changes::{ChangeList, ChangeReach, SourceKind, WriteOutcome};
use super::opening::Store;
use super::values::Values;
use super::vocabulary::Vocabulary;
use crate::domain::content::RowDigest;
use crate::domain::holdings::Dataset;
use crate::domain::unsaid::{FieldSet, UnsaidFields};
use crate::store::error::StoreError;
use crate::store::import_undo::KnownRows;

/// Rows of one statement: enough to forget what handing it over costs, few enough for a compiled statement that
/// stays in the cache of a core.
const ROWS: usize = 250;

/// A table that is written by key.
pub(in crate::store) struct UpsertTable {
    /// The table's name in the schema.
    pub(in crate::store) name: &'static str,
    /// The columns of its key.
    pub(in crate::store) keys: &'static [&'static str],
    /// The other columns.
    pub(in crate::store) columns: &'static [&'static str],
    /// The fields that fill columns of another name: column, field.
    pub(in crate::store) fields: &'static [(&'static str, &'static str)],
}

impl UpsertTable {
    /// The field that fills a column.
    pub(in crate::store) fn field(&self, column: &'static str) -> &'static str {
        self.fields.iter().find(|(known, _)| *known == column).map_or(column, |(_, field)| field)
    }
}

/// A record that is a row of a table.
pub(in crate::store) trait UpsertRow: Sync {
    /// Names, keys and columns from which the statement is made.
    const TABLE: UpsertTable;

    /// The part of the holdings that it belongs to.
    fn part(&self) -> Dataset;
    /// The id, where the record is an incident.
    fn incident_id(&self) -> Option<&str> {
        None
    }
    /// The digest of the row, where it is kept up to date row by row.
    fn digest(&self, _vocabulary: &Vocabulary) -> Option<RowDigest> {
        None
    }
    /// The order of the keys.
    fn compare_keys(&self, other: &Self) -> Ordering;
    /// What a column becomes where the record is there already and fields of it are unsaid; none where it stays.
    fn update_of(column: &'static str, is_unsaid: &dyn Fn(&str) -> bool) -> Option<String> {
        (!is_unsaid(Self::TABLE.field(column))).then(|| format!("excluded.{column}"))
    }
    /// Binds the columns of the key in the order of the table.
    fn bind_key(&self, values: &mut Values);
    /// Binds the other columns in the order of the table.
    fn bind_columns(&self, values: &mut Values, vocabulary: &Vocabulary);
}

impl Store {
    /// Writes a batch in one transaction: all of it or nothing.
    pub(in crate::store) async fn upsert<R: UpsertRow>(
        &self,
        records: &[R],
        unsaid: UnsaidFields<'_>,
        kind: SourceKind,
    ) -> Result<WriteOutcome, StoreError> {
        let mut transaction = self.writing().await?;
        let mut outcome = WriteOutcome::default();
        let parts: BTreeSet<Dataset> = records.iter().map(R::part).collect();
        for part in parts.iter().copied() {
            outcome.sample_removed += self.replace_or_mark_sample(&mut transaction, part, kind).await?;
        }
        outcome += self.upsert_within(&mut transaction, records, unsaid).await?;
        let incidents: Vec<&str> = records.iter().filter_map(R::incident_id).collect();
        let mut list = ChangeList::Incomplete;
        if !incidents.is_empty() && outcome.changes_anything() {
            list = self.note_incidents_changed(&mut transaction, &incidents, outcome).await?;
        }
        if kind == SourceKind::Sample {
            // That the part is a sample may be new too, and is not listed.
            list = ChangeList::Incomplete;
        }
        let is_closed = kind == SourceKind::Own && outcome.sample_removed == 0;
        let only_incidents = is_closed && parts.iter().all(|part| *part == Dataset::Incidents);
        let reach = if only_incidents { ChangeReach::Incidents } else { ChangeReach::Open };
        self.commit(transaction, outcome, list, reach).await
    }

    /// Writes records inside a transaction of the caller.
    pub(in crate::store) async fn upsert_within<R: UpsertRow>(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        records: &[R],
        unsaid: UnsaidFields<'_>,
    ) -> Result<WriteOutcome, StoreError> {
        let mut sorted: Vec<(FieldSet, &R)> =
            records.iter().enumerate().map(|(place, record)| (unsaid.of(place), record)).collect();
        // Rows that leave the same fields unsaid are written by one statement; among them neighbours in the tree one
        // after the other.
        sorted.sort_by(|(a_unsaid, a), (b_unsaid, b)| a_unsaid.cmp(b_unsaid).then_with(|| a.compare_keys(b)));
        let alike = sorted.chunk_by(|(a, _), (b, _)| a == b);
        let chunks: Vec<(FieldSet, Vec<&R>)> = alike
            .flat_map(|alike| alike.chunks(ROWS))
            .map(|chunk| (chunk[0].0, chunk.iter().map(|(_, record)| *record).collect()))
            .collect();
        let mut outcome = WriteOutcome::default();
        let mut added = RowDigest::default();
        let mut next = self.laid_out_chunk(chunks.first().map_or(&[][..], |(_, chunk)| chunk));
        for (index, (set, chunk)) in chunks.iter().enumerate() {
            // While the database writes one chunk, the values of the next are laid out.
            let following = chunks.get(index + 1).map_or(&[][..], |(_, chunk)| chunk);
            let laid_out = LaidOutChunk { update: update_of_changed::<R>(&|field| unsaid.has(*set, field)), ..next };
            let write = self.upsert_chunk(transaction, chunk, laid_out);
            let (written, laid_out) = tokio::join!(write, async { self.laid_out_chunk(following) });
            let WrittenChunk { outcome: of_chunk, digest } = written?;
            outcome += of_chunk;
            added = added.with(digest);
            next = laid_out;
        }
        if added != RowDigest::default() {
            let before = self.incident_digest_within(transaction).await?;
            self.set_incident_digest(transaction, before.with(added)).await?;
        }
        Ok(outcome)
    }

    fn laid_out_chunk<R: UpsertRow>(&self, chunk: &[&R]) -> LaidOutChunk {
        let digests = chunk.iter().filter_map(|record| record.digest(&self.vocabulary));
        LaidOutChunk {
            values: laid_out(chunk, &self.vocabulary),
            digest: digests.fold(RowDigest::default(), RowDigest::with),
            update: None,
        }
    }

    async fn upsert_chunk<R: UpsertRow>(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        chunk: &[&R],
        laid_out: LaidOutChunk,
    ) -> Result<WrittenChunk, StoreError> {
        let fault = |source| self.fault(source);
        let values = laid_out.values.finished().map_err(fault)?;
        // Without a clause for known keys: the statement does all or nothing, and what it did is known.
        let insert = sqlx::query_with(AssertSqlSafe(plain_insertion::<R>(chunk.len())), values);
        match insert.execute(&mut **transaction).await {
            Ok(_) => {
                self.list_before(transaction, &incident_ids(chunk), KnownRows::None).await?;
                let outcome = WriteOutcome { inserted: chunk.len() as u64, ..WriteOutcome::default() };
                Ok(WrittenChunk { outcome, digest: laid_out.digest })
            }
            Err(refusal) if is_known_key(&refusal) => {
                let known = KnownChunk { digest: laid_out.digest, update: laid_out.update };
                self.upsert_known(transaction, chunk, known).await
            }
            Err(refusal) => Err(fault(refusal)),
        }
    }

    /// Writes a chunk of which some keys are known already; its digest is zero where digests are not kept row by row.
    async fn upsert_known<R: UpsertRow>(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        chunk: &[&R],
        known: KnownChunk,
    ) -> Result<WrittenChunk, StoreError> {
        let KnownChunk { digest, update } = known;
        let fault = |source| self.fault(source);
        let values = || laid_out(chunk, &self.vocabulary).finished().map_err(fault);
        let before = self.digest_of_keys(transaction, chunk).await?;
        if before == digest && digest != RowDigest::default() {
            let outcome = WriteOutcome { unchanged: chunk.len() as u64, ..WriteOutcome::default() };
            return Ok(WrittenChunk { outcome, digest: RowDigest::default() });
        }
        self.list_before(transaction, &incident_ids(chunk), KnownRows::Some).await?;
        let insert = AssertSqlSafe(insertion::<R>(chunk.len()) + " DO NOTHING");
        let insert = sqlx::query_with(insert, values()?).execute(&mut **transaction).await;
        let inserted = insert.map_err(fault)?.rows_affected();
        let updated = match update {
            Some(update) => {
                let update = AssertSqlSafe(insertion::<R>(chunk.len()) + &update);
                let update = sqlx::query_with(update, values()?).execute(&mut **transaction).await;
                update.map_err(fault)?.rows_affected()
            }
            None => 0,
        };
        let unchanged = chunk.len() as u64 - inserted - updated;
        let outcome = WriteOutcome { inserted, updated, unchanged, ..WriteOutcome::default() };
        if !outcome.changes_anything() {
            return Ok(WrittenChunk { outcome, digest: RowDigest::default() });
        }
        let after = self.digest_of_keys(transaction, chunk).await?;
        Ok(WrittenChunk { outcome, digest: after.without(before) })
    }

    /// The digest of the rows that the database has under the keys of records, where digests are kept row by row.
    async fn digest_of_keys<R: UpsertRow>(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        chunk: &[&R],
    ) -> Result<RowDigest, StoreError> {
        let ids = incident_ids(chunk);
        if ids.is_empty() {
            return Ok(RowDigest::default());
        }
        self.digest_of_incidents(transaction, &ids).await
    }
}

/// The ids of the records that are incidents.
fn incident_ids<'a, R: UpsertRow>(chunk: &[&'a R]) -> Vec<&'a str> {
    chunk.iter().filter_map(|record| record.incident_id()).collect()
}

/// Records as the values of a statement, and the digest of their rows.
struct LaidOutChunk {
    values: Values,
    digest: RowDigest,
    /// What is done where a key is known already; none where nothing of such a row changes.
    update: Option<String>,
}

/// What is known of a chunk when some of its keys turn out to be known.
struct KnownChunk {
    digest: RowDigest,
    update: Option<String>,
}

/// What writing a chunk did, also to the digest of its table.
struct WrittenChunk {
    outcome: WriteOutcome,
    digest: RowDigest,
}

/// Whether a statement was refused because a key is known already.
fn is_known_key(refusal: &sqlx::Error) -> bool {
    refusal.as_database_error().is_some_and(sqlx::error::DatabaseError::is_unique_violation)
}

fn laid_out<R: UpsertRow>(chunk: &[&R], vocabulary: &Vocabulary) -> Values {
    let width = R::TABLE.keys.len() + R::TABLE.columns.len();
    let mut values = Values::with_room_for(width * chunk.len());
    for record in chunk {
        record.bind_key(&mut values);
        record.bind_columns(&mut values, vocabulary);
    }
    values
}

/// A statement that inserts so many rows, and refuses all of them where a key is known.
fn plain_insertion<R: UpsertRow>(rows: usize) -> String {
    let UpsertTable { name, keys, columns, .. } = R::TABLE;
    let all = [keys, columns].concat();
    let row = format!("({})", vec!["?"; all.len()].join(","));
    let (all, rows) = (all.join(", "), vec![row.as_str(); rows].join(","));
    format!("INSERT INTO {name} ({all}) VALUES {rows}")
}

/// A statement that inserts so many rows, up to what is to be done where a key is known.
fn insertion<R: UpsertRow>(rows: usize) -> String {
    format!("{} ON CONFLICT ({})", plain_insertion::<R>(rows), R::TABLE.keys.join(", "))
}

/// What is done with rows that are there with other content; none where no field of theirs is said.
fn update_of_changed<R: UpsertRow>(is_unsaid: &dyn Fn(&str) -> bool) -> Option<String> {
    let UpsertTable { name, columns, .. } = R::TABLE;
    let updates: Vec<(&str, String)> =
        columns.iter().filter_map(|column| Some((*column, R::update_of(column, is_unsaid)?))).collect();
    let set: Vec<String> = updates.iter().map(|(column, value)| format!("{column} = {value}")).collect();
    let differs: Vec<String> =
        updates.iter().map(|(column, value)| format!("{name}.{column} IS NOT {value}")).collect();
    (!set.is_empty()).then(|| format!(" DO UPDATE SET {} WHERE {}", set.join(", "), differs.join(" OR ")))
}
