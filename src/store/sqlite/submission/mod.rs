//! Writes of requests, several in one transaction.
//!
//! In: writes in their order. Out: rows, their history, the keys of the requests, all in one commit. Writes are taken in
//! rounds in which no id comes twice, so that what was before each is read at once, and a hundred single reports cost
//! the statements of one. Records that are no incidents are few, and have rounds of their own.

mod history;
mod keys;
mod recent;
mod records;

use std::collections::{BTreeMap, BTreeSet};

use sqlx::{QueryBuilder, Sqlite, Transaction};

use super::changes::{ChangeList, ChangeReach, SourceKind, WriteOutcome};
use super::opening::Store;
use crate::domain::audit::AuditEntry;
use crate::domain::holdings::Dataset;
use crate::domain::incident::Incident;
use crate::domain::incident::incident_change::{CommittedChange, IncidentChange};
use crate::domain::unsaid::{FieldSet, UnsaidFields};
use crate::store::error::StoreError;
use crate::store::import_undo::KnownRows;
use crate::store::submission::{RecordWrite, SubmittedCommit, SubmittedWrites, WriteAction, WriteDone, WriteVerdict};

/// Rows of one statement.
const ROWS: usize = 250;
/// What all rounds of a transaction did.
pub(in crate::store::sqlite) struct Written {
    /// The verdict on each write, in their order.
    verdicts: Vec<WriteVerdict>,
    change: IncidentChange,
    incidents: WriteOutcome,
    /// What was done with records that are no incidents.
    others: WriteOutcome,
    /// That of the commit to come.
    epoch: u64,
}

/// What one round does: the writes that are done, with what was and what is.
struct Round<'a> {
    writes: Vec<(usize, &'a RecordWrite)>,
    before: BTreeMap<String, Incident>,
    after: BTreeMap<String, Incident>,
}

impl Store {
    /// Does the writes of some requests in one transaction, in their order: each is done whole or not at all, and all that
    /// is done is on the disk when this returns. The fields of incidents are known by their names.
    ///
    /// # Errors
    /// When the database refuses; nothing of any write is done then.
    pub async fn submit_together(
        &self,
        writes: &[RecordWrite],
        fields: &[&'static str],
    ) -> Result<SubmittedWrites, StoreError> {
        let mut transaction = self.writing().await?;
        let written = self.write_together(&mut transaction, writes, fields).await?;
        self.commit_writes(transaction, written).await
    }

    /// The same within a transaction of the caller, which [`Self::commit_writes`] ends.
    pub(in crate::store::sqlite) async fn write_together(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        writes: &[RecordWrite],
        fields: &[&'static str],
    ) -> Result<Written, StoreError> {
        let mut written = Written {
            verdicts: vec![WriteVerdict::Missing; writes.len()],
            change: IncidentChange::default(),
            incidents: WriteOutcome::default(),
            others: WriteOutcome::default(),
            epoch: self.epoch_within(transaction).await? + 1,
        };
        self.samples_give_way(transaction, writes, &mut written).await?;
        for places in rounds(writes) {
            let round: Vec<(usize, &RecordWrite)> = places.into_iter().map(|place| (place, &writes[place])).collect();
            if let [(place, write @ RecordWrite { action: WriteAction::PutRecords(put), .. })] = round[..] {
                written.verdicts[place] = self.put_records(transaction, write, put, &mut written).await?;
            } else {
                self.write_incidents(transaction, round, fields, &mut written).await?;
            }
        }
        Ok(written)
    }

    /// Does the writes of incidents of a round.
    async fn write_incidents(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        wanted: Vec<(usize, &RecordWrite)>,
        fields: &[&'static str],
        written: &mut Written,
    ) -> Result<(), StoreError> {
        let ids: Vec<&str> = wanted.iter().flat_map(|(_, write)| write.action.ids()).collect();
        let before = self.incidents_of(transaction, &ids).await?;
        let mut round = Round { writes: Vec::new(), before, after: BTreeMap::new() };
        for (place, write) in wanted {
            match self.refusal(transaction, write, &round.before).await? {
                Some(verdict) => written.verdicts[place] = verdict,
                None => round.writes.push((place, write)),
            }
        }
        written.incidents += self.write_round(transaction, &mut round, fields).await?;
        self.list_history(transaction, &round, written.epoch).await?;
        let mut lines = Vec::with_capacity(round.writes.len());
        for (place, write) in &round.writes {
            let done = round.done(&write.action, written.epoch);
            self.keep_key(transaction, write, done).await?;
            lines.push(line_of(write, done));
            written.verdicts[*place] = WriteVerdict::Done(done);
        }
        self.append_audit(transaction, &lines).await?;
        written.change = std::mem::take(&mut written.change).then(IncidentChange {
            before: round.before.into_values().collect(),
            current: round.after.into_values().collect(),
        });
        Ok(())
    }

    /// Makes the samples give way where own records of their parts come.
    async fn samples_give_way(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        writes: &[RecordWrite],
        written: &mut Written,
    ) -> Result<(), StoreError> {
        let own = writes.iter().filter(|write| write.origin.source == SourceKind::Own);
        let parts: BTreeSet<Dataset> = own.filter_map(|write| write.action.part_put_into()).collect();
        for part in parts {
            let removed = self.replace_or_mark_sample(transaction, part, SourceKind::Own).await?;
            let outcome = if part == Dataset::Incidents { &mut written.incidents } else { &mut written.others };
            outcome.sample_removed += removed;
        }
        Ok(())
    }

    /// Why a write is not done, or that it was done before; none where it is to be done.
    async fn refusal(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        write: &RecordWrite,
        before: &BTreeMap<String, Incident>,
    ) -> Result<Option<WriteVerdict>, StoreError> {
        if let Some(key) = &write.key
            && let Some(verdict) = self.known_key(transaction, key).await?
        {
            return Ok(Some(verdict));
        }
        let ids = write.action.ids();
        Ok(write.action.refusal(ids.first().and_then(|id| before.get(*id))))
    }

    /// The incidents of some ids, as they are.
    async fn incidents_of(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        ids: &[&str],
    ) -> Result<BTreeMap<String, Incident>, StoreError> {
        let mut found = BTreeMap::new();
        for chunk in ids.chunks(ROWS) {
            for incident in self.incidents_with_ids(transaction, chunk).await? {
                found.insert(incident.id.clone(), incident);
            }
        }
        Ok(found)
    }

    /// Writes what a round puts and takes away, and notes what is there afterwards. What was there and stays as it is
    /// stands on both sides.
    async fn write_round(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        round: &mut Round<'_>,
        fields: &[&'static str],
    ) -> Result<WriteOutcome, StoreError> {
        let (mut records, mut sets, mut gone) = (Vec::new(), Vec::new(), Vec::new());
        for (_, write) in &round.writes {
            match &write.action {
                WriteAction::Put(puts) => {
                    records.extend(puts.iter().map(|put| put.incident.clone()));
                    sets.extend(puts.iter().map(|put| put.unsaid));
                }
                WriteAction::Amend(incident, _) => {
                    records.push(Incident::clone(incident));
                    sets.push(FieldSet::default());
                }
                WriteAction::Withdraw(id, _) => gone.push(id.as_str()),
                // These have rounds of their own.
                WriteAction::PutRecords(_) => {}
            }
        }
        let done: BTreeSet<&str> = round.writes.iter().flat_map(|(_, write)| write.action.ids()).collect();
        round.before.retain(|id, _| done.contains(id.as_str()));
        let mut outcome = WriteOutcome::default();
        if !records.is_empty() {
            let unsaid = UnsaidFields { names: fields, sets: &sets };
            outcome += self.upsert_within(transaction, &records, unsaid).await?;
        }
        outcome.removed += self.delete_incidents(transaction, &gone, &round.before).await?;
        // What leaves fields unsaid is known only to the database.
        let partly: Vec<&str> = records
            .iter()
            .zip(&sets)
            .filter(|(_, set)| **set != FieldSet::default())
            .map(|(record, _)| record.id.as_str())
            .collect();
        let read = self.incidents_of(transaction, &partly).await?;
        round.after = records.into_iter().map(|incident| (incident.id.clone(), incident)).collect();
        round.after.extend(read);
        Ok(outcome)
    }

    async fn delete_incidents(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        ids: &[&str],
        before: &BTreeMap<String, Incident>,
    ) -> Result<u64, StoreError> {
        let gone: Vec<&Incident> = ids.iter().filter_map(|id| before.get(*id)).collect();
        if gone.is_empty() {
            return Ok(0);
        }
        self.list_before(transaction, ids, KnownRows::Some).await?;
        for chunk in ids.chunks(ROWS) {
            let mut delete = QueryBuilder::<Sqlite>::new("DELETE FROM incident WHERE id IN (");
            let mut list = delete.separated(", ");
            for id in chunk {
                list.push_bind((*id).to_owned());
            }
            delete.push(")");
            delete.build().execute(&mut **transaction).await.map_err(|source| self.fault(source))?;
        }
        let kept = self.incident_digest_within(transaction).await?;
        self.set_incident_digest(transaction, kept.without(self.digest_of(gone.iter().copied()))).await?;
        Ok(gone.len() as u64)
    }

    /// Commits what was written, without a change the keys alone; when this returns, it is on the disk.
    pub(in crate::store::sqlite) async fn commit_writes(
        &self,
        mut transaction: Transaction<'static, Sqlite>,
        written: Written,
    ) -> Result<SubmittedWrites, StoreError> {
        let Written { verdicts, change, incidents, others, epoch: _ } = written;
        let mut outcome = incidents;
        outcome += others;
        let mut commit = None;
        if outcome.changes_anything() {
            let ids: BTreeSet<&str> =
                change.before.iter().chain(&change.current).map(|incident| incident.id.as_str()).collect();
            let ids: Vec<&str> = ids.into_iter().collect();
            let list = self.note_incidents_changed(&mut transaction, &ids, incidents).await?;
            let digest = self.incident_digest_within(&mut transaction).await?;
            // Of all other records there is no list.
            let is_closed = incidents.sample_removed == 0 && !others.changes_anything();
            let is_followed = list == ChangeList::Complete && is_closed;
            let list = if is_followed { list } else { ChangeList::Incomplete };
            let reach = if is_closed { ChangeReach::Incidents } else { ChangeReach::Open };
            let (epoch, commit_id) = self.commit_drawing(transaction, outcome, list, reach).await?;
            commit = Some(if is_followed {
                SubmittedCommit::Change(CommittedChange { epoch, commit_id, incidents: digest, change })
            } else {
                SubmittedCommit::LoadAnew
            });
        } else {
            transaction.commit().await.map_err(|source| self.fault(source))?;
        }
        if !self.syncs_each_commit() {
            self.sync_to_disk().await?;
        }
        Ok(SubmittedWrites { verdicts, commit })
    }
}

/// A write as the audit log tells it.
fn line_of(write: &RecordWrite, done: WriteDone) -> AuditEntry {
    AuditEntry { rows: Some(done.changed()), ..write.origin.account.clone() }
}

impl Round<'_> {
    /// What a write of the round did.
    fn done(&self, action: &WriteAction, epoch: u64) -> WriteDone {
        let mut done = WriteDone { epoch, ..WriteDone::default() };
        for id in action.ids() {
            match (self.before.get(id), self.after.get(id)) {
                (None, _) => done.added += 1,
                (Some(_), None) => done.withdrawn += 1,
                (Some(before), Some(after)) if before == after => done.unchanged += 1,
                (Some(_), Some(_)) => done.amended += 1,
            }
        }
        if done.changed() == 0 {
            // Nothing has a part in the commit to come.
            done.epoch = epoch - 1;
        }
        done
    }
}

/// The places of writes in rounds: within a round no id comes twice, and writes of the same id keep their order. What
/// is no incident has rounds of its own.
fn rounds(writes: &[RecordWrite]) -> Vec<Vec<usize>> {
    let mut rounds: Vec<Vec<usize>> = Vec::new();
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    let mut keys: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut follows_alone = false;
    for (place, write) in writes.iter().enumerate() {
        let ids = write.action.ids();
        let key = write.key.as_ref().map(|key| (key.scope.as_str(), key.key.as_str()));
        let is_alone = matches!(write.action, WriteAction::PutRecords(_));
        let begins = ids.iter().any(|id| taken.contains(id)) || key.is_some_and(|key| keys.contains(&key));
        if begins || is_alone || follows_alone || rounds.is_empty() {
            taken.clear();
            keys.clear();
            rounds.push(Vec::new());
        }
        taken.extend(ids);
        keys.extend(key);
        if let Some(round) = rounds.last_mut() {
            round.push(place);
        }
        follows_alone = is_alone;
    }
    rounds
}
