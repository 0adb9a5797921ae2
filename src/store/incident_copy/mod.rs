//! Keeping a copy of the incidents beside the database: after a large import and after a start that had none.
//!
//! A copy is a convenience. Whatever goes wrong with it is written to the log and stops nothing. Few changes do not age
//! it: the database lists the ids that changed since, and their rows are read anew. The list may name rows that the
//! copy already has as they are; reading those twice changes nothing.

pub(super) mod incident_block;
pub(super) mod incident_file;

use std::collections::HashSet;
use std::path::Path;

use rayon::prelude::*;
use sqlx::{QueryBuilder, Sqlite, Transaction};

use super::error::StoreError;
use super::sqlite::changes::{ChangeList, WriteOutcome};
use super::sqlite::opening::Store;
use super::sqlite::tables::incidents::ListedIncidents;
use crate::domain::content::RowDigest;
use crate::domain::holdings::{Dataset, IncidentColumns};
use crate::domain::incident::{Incident, IncidentRow};
pub(super) use incident_file::FILE_NAME as COPY_NAME;
use incident_file::{CopiedIncidents, CopyOrigin, IncidentFileError, IncidentFileWriter};

/// Fewer incidents are read from the database as fast.
const MIN_COPY_ROWS: u64 = 100_000;
/// Changes of one batch that are listed.
const LISTED_AT_ONCE: usize = 1_000;
/// Changes listed in all; more are read from the whole table as fast.
const MAX_LISTED: i64 = 100_000;

/// The order of a copy beside that in which its incidents are served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopyOrder {
    /// The same: a start need not sort.
    Same,
    /// Another one.
    Other,
}

/// What a check of the copy found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CopyCheck {
    /// There is none.
    Missing,
    /// It holds the incidents of the database.
    Fits,
    /// It is one of other incidents, and left alone.
    OtherIncidents,
    /// It is damaged, and left alone.
    Unusable(String),
}

/// Where the incidents of loaded holdings were read.
#[derive(Debug, Clone, Copy)]
pub struct IncidentSource {
    origin: CopyOrigin,
    rows: u64,
    is_copy: bool,
}

impl IncidentSource {
    /// Whether they were read from the copy.
    pub fn is_copy(&self) -> bool {
        self.is_copy
    }

    /// Whether the next start would be faster with a copy, or with one in the order in which incidents are served.
    pub fn needs_copy(&self, order: CopyOrder) -> bool {
        self.rows >= MIN_COPY_ROWS && (!self.is_copy || order == CopyOrder::Other)
    }
}

impl Store {
    /// Every incident, from the copy where it fits, from the database otherwise.
    pub(super) async fn incidents_or_copy(
        &self,
        reading: &mut Transaction<'static, Sqlite>,
    ) -> Result<(IncidentColumns, IncidentSource), StoreError> {
        let origin = self.incident_origin(reading).await?;
        let (folder, words) = (self.folder().to_owned(), origin.words);
        let copy = tokio::task::spawn_blocking(move || incident_file::read(&folder, words)).await;
        let fitting = match copy.unwrap_or(Err(IncidentFileError::Missing)) {
            Ok(copy) => self.brought_up_to_date(reading, copy, origin.digest).await?,
            Err(fault) => Err(fault),
        };
        let (incidents, is_copy) = match fitting {
            Ok(incidents) => (incidents, true),
            Err(fault) => {
                if !matches!(fault, IncidentFileError::Missing) {
                    tracing::info!(cause = %fault, "the incidents are read from the database instead of their copy");
                }
                (self.incidents_within(reading).await?, false)
            }
        };
        let rows = incidents.len() as u64;
        Ok((incidents, IncidentSource { origin, rows, is_copy }))
    }

    /// A copy with what is listed as changed, when these are the incidents of the database. Whoever put another database
    /// beside the copy, older or newer, is served the database.
    async fn brought_up_to_date(
        &self,
        reading: &mut Transaction<'static, Sqlite>,
        copy: CopiedIncidents,
        expected: RowDigest,
    ) -> Result<Result<IncidentColumns, IncidentFileError>, StoreError> {
        if copy.digest == expected {
            return Ok(Ok(copy.columns));
        }
        let ListedIncidents { current: changed, removed } = self.changed_incidents(reading).await?;
        let ids: HashSet<&str> =
            changed.iter().map(|incident| incident.id.as_str()).chain(removed.iter().map(String::as_str)).collect();
        let replaced: Vec<Incident> = rows_of(&copy.columns, &ids).filter_map(|row| copy.columns.at(row)).collect();
        let digest = copy.digest.without(self.digest_of(&replaced)).with(self.digest_of(&changed));
        if digest != expected {
            return Ok(Err(IncidentFileError::OtherIncidents));
        }
        tracing::info!(
            rows = changed.len(),
            rows.removed = removed.len(),
            "incidents that changed since their copy was made are read anew"
        );
        Ok(Ok(with_changes(copy.columns, &ids, &changed)))
    }

    /// What the copy beside the database is worth, row by row.
    pub(super) async fn copy_check(&self, reading: &mut Transaction<'static, Sqlite>) -> Result<CopyCheck, StoreError> {
        let origin = self.incident_origin(reading).await?;
        let copy = match incident_file::read(self.folder(), origin.words) {
            Ok(copy) => copy,
            Err(IncidentFileError::Missing) => return Ok(CopyCheck::Missing),
            Err(IncidentFileError::OtherIncidents) => return Ok(CopyCheck::OtherIncidents),
            Err(fault) => return Ok(CopyCheck::Unusable(fault.to_string())),
        };
        let in_file = copy.columns.rows().filter_map(|row| copy.columns.at(row));
        let said = in_file.fold(RowDigest::default(), |sum, row| sum.with(self.digest_of([&row])));
        if said != copy.digest {
            return Ok(CopyCheck::Unusable("its rows are not those it names".to_owned()));
        }
        let fits = self.brought_up_to_date(reading, copy, origin.digest).await?.is_ok();
        Ok(if fits { CopyCheck::Fits } else { CopyCheck::OtherIncidents })
    }

    /// Writes a copy of incidents as they were loaded, in whatever order. Blocks.
    pub fn copy_incidents(&self, incidents: &IncidentColumns, source: &IncidentSource) {
        let copied = IncidentFileWriter::create(self.folder()).and_then(|mut file| {
            let filled = file.extend(incidents);
            if filled.is_ok() { file.finish(source.origin) } else { filled.inspect_err(|_| file.abandon()) }
        });
        match copied {
            Ok(()) => tracing::info!(rows = source.rows, "a copy of the incidents was written for the next start"),
            Err(fault) => tracing::warn!(cause = %fault, "no copy of the incidents could be written"),
        }
    }

    async fn incident_origin(&self, reading: &mut Transaction<'static, Sqlite>) -> Result<CopyOrigin, StoreError> {
        Ok(CopyOrigin { digest: self.incident_digest_within(reading).await?, words: self.vocabulary.fingerprint })
    }

    /// Notes that incidents have changed: few are listed, many make every copy one of other incidents.
    pub(super) async fn note_incidents_changed(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        ids: &[&str],
        outcome: WriteOutcome,
    ) -> Result<ChangeList, StoreError> {
        let fault = |source| self.fault(source);
        // A short list lets the next start read only what changed. Removals are not in it, and a long list is
        // slower than reading everything: then nothing is listed, and no copy can be brought up to date.
        if ids.is_empty() && outcome.sample_removed == 0 {
            // What came and went within one commit leaves nothing to list.
            return Ok(ChangeList::Complete);
        }
        if ids.len() <= LISTED_AT_ONCE && outcome.sample_removed == 0 {
            let count = "UPDATE meta SET value = value + ? WHERE key = 'incident_changes' RETURNING value";
            let count = sqlx::query_scalar::<_, i64>(count).bind(ids.len() as i64).fetch_one(&mut **transaction);
            if count.await.map_err(fault)? <= MAX_LISTED {
                let epoch = self.epoch_within(transaction).await? as i64 + 1; // that of the commit to come
                let mut list = QueryBuilder::<Sqlite>::new("INSERT INTO incident_change (id, epoch) ");
                list.push_values(ids, |mut values, id| {
                    values.push_bind((*id).to_owned()).push_bind(epoch);
                });
                list.push(" ON CONFLICT (id) DO UPDATE SET epoch = excluded.epoch");
                list.build().execute(&mut **transaction).await.map_err(fault)?;
                return Ok(ChangeList::Complete);
            }
        }
        self.forget_incident_list(transaction).await?;
        Ok(ChangeList::Incomplete)
    }

    /// Empties the list of changes: copies from before can no longer be brought up to date.
    pub(super) async fn forget_incident_list(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
    ) -> Result<(), StoreError> {
        for statement in ["UPDATE meta SET value = 0 WHERE key = 'incident_changes'", "DELETE FROM incident_change"] {
            sqlx::query(statement).execute(&mut **transaction).await.map_err(|source| self.fault(source))?;
        }
        Ok(())
    }

    pub(in crate::store) fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new("."))
    }
}

/// The rows of some ids.
fn rows_of<'a>(incidents: &'a IncidentColumns, ids: &'a HashSet<&str>) -> impl Iterator<Item = IncidentRow> + 'a {
    incidents.rows().filter(|row| ids.contains(incidents.id(*row)))
}

/// Incidents without some ids, and with others, as they are now, behind all.
fn with_changes(incidents: IncidentColumns, ids: &HashSet<&str>, changed: &[Incident]) -> IncidentColumns {
    // Changed rows leave the copy and come again at its end: a row that is listed without a change is replaced by
    // itself.
    let kept: Vec<IncidentRow> = incidents.par_rows().filter(|row| !ids.contains(incidents.id(*row))).collect();
    let mut all = if kept.len() == incidents.len() { incidents } else { incidents.permuted(&kept) };
    for incident in changed {
        all.push(incident);
    }
    all
}

/// A copy that grows with the batches of an import into a store without incidents.
#[derive(Debug)]
pub(super) struct IncidentCopyWriter {
    store: Store,
    epoch: u64,
    file: Option<IncidentFileWriter>,
}

impl IncidentCopyWriter {
    /// Begins a copy; it stays empty where the store has incidents already.
    pub(super) async fn begun(store: &Store) -> Result<Self, StoreError> {
        let mut reading = store.reading().await?;
        let epoch = store.epoch_within(&mut reading).await?;
        let only_sample = store.sample_datasets_within(&mut reading).await?.contains(&Dataset::Incidents);
        let query = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM incident)");
        let any: bool = query.fetch_one(&mut *reading).await.map_err(|source| store.fault(source))?;
        let file = if any && !only_sample { None } else { IncidentFileWriter::create(store.folder()).ok() };
        Ok(Self { store: store.clone(), epoch, file })
    }

    /// Adds the incidents of a batch that was written. Where it did anything but insert them all, or where another
    /// program wrote as well, there will be no copy.
    pub(super) fn add(&mut self, incidents: &[Incident], outcome: &WriteOutcome) {
        let step = u64::from(!incidents.is_empty());
        // The copy holds the store exactly if every batch only inserted and nobody wrote in between, which the
        // epoch shows: it grows by one with each write.
        let all_new = outcome.inserted == incidents.len() as u64 && outcome.epoch == self.epoch + step;
        self.epoch = outcome.epoch;
        let Some(mut file) = self.file.take() else { return };
        if all_new && incidents.iter().try_for_each(|incident| file.push(incident)).is_ok() {
            self.file = Some(file);
        } else {
            file.abandon();
        }
    }

    /// Leaves the copy unfinished.
    pub(super) fn abandon(self) {
        if let Some(file) = self.file {
            file.abandon();
        }
    }

    /// Ends the copy, when it is one of all incidents and large enough.
    pub(super) async fn finish(self) -> Result<(), StoreError> {
        let Some(file) = self.file else { return Ok(()) };
        let mut reading = self.store.reading().await?;
        let epoch = self.store.epoch_within(&mut reading).await?;
        let origin = self.store.incident_origin(&mut reading).await?;
        // The last check of the epoch closes the gap between the last batch and the copy's name.
        if file.rows() < MIN_COPY_ROWS || epoch != self.epoch {
            file.abandon();
        } else if let Err(fault) = file.finish(origin) {
            tracing::warn!(cause = %fault, "no copy of the incidents could be written");
        }
        Ok(())
    }
}
