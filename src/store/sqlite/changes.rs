//! What a write does to the store: counts, epoch, and the sample that own data replaces.

use std::ops::AddAssign;

use sqlx::{Sqlite, Transaction};

use super::opening::Store;
use crate::domain::content::RowDigest;
use crate::domain::holdings::Dataset;
use crate::store::error::StoreError;

/// Where records come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceKind {
    /// The sample embedded in the program.
    Sample,
    /// The operator's own data, which replaces the sample of its part.
    Own,
}

/// What a committed write did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WriteOutcome {
    /// Rows that were not there before.
    pub inserted: u64,
    /// Rows that were there with other content.
    pub updated: u64,
    /// Rows that were there already, the same.
    pub unchanged: u64,
    /// Rows that are there no more.
    pub removed: u64,
    /// Sample rows replaced.
    pub sample_removed: u64,
    /// The epoch after the write.
    pub epoch: u64,
}

impl AddAssign for WriteOutcome {
    fn add_assign(&mut self, other: Self) {
        self.inserted += other.inserted;
        self.updated += other.updated;
        self.unchanged += other.unchanged;
        self.removed += other.removed;
        self.sample_removed += other.sample_removed;
        self.epoch = self.epoch.max(other.epoch);
    }
}

impl WriteOutcome {
    pub(in crate::store) fn changes_anything(self) -> bool {
        self.inserted + self.updated + self.removed + self.sample_removed > 0
    }
}

/// Whether a write can be found again on the list of changed incidents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum ChangeList {
    /// All that it did.
    Complete,
    /// Not all: readers have to load anew.
    Incomplete,
}

/// Whom a write concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum ChangeReach {
    /// Incidents alone, which the public is shown by release: nothing that it sees changes.
    Incidents,
    /// What the public is shown as it is.
    Open,
}

impl Store {
    /// Makes the sample of a part give way to own data, or marks the part as sample.
    /// Gives how many rows went.
    pub(in crate::store) async fn replace_or_mark_sample(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        part: Dataset,
        kind: SourceKind,
    ) -> Result<u64, StoreError> {
        let fault = |source| self.fault(source);
        let name = part.to_string();
        if kind == SourceKind::Sample {
            let mark = sqlx::query("INSERT INTO sample_part (part) VALUES (?) ON CONFLICT DO NOTHING").bind(name);
            mark.execute(&mut **transaction).await.map_err(fault)?;
            return Ok(0);
        }
        let unmark = sqlx::query("DELETE FROM sample_part WHERE part = ?").bind(name);
        if unmark.execute(&mut **transaction).await.map_err(fault)?.rows_affected() == 0 {
            return Ok(0);
        }
        let delete = match part {
            // Boundaries are replaced level by level instead.
            Dataset::Boundaries(_) => return Ok(0),
            Dataset::Incidents => {
                // Which days the sample covers goes with it.
                let forget = sqlx::query("DELETE FROM incident_coverage").execute(&mut **transaction).await;
                forget.map_err(fault)?;
                // What was released of the sample goes with it: releases of own data are numbered from 1.
                sqlx::query("DELETE FROM release").execute(&mut **transaction).await.map_err(fault)?;
                self.set_incident_digest(transaction, RowDigest::default()).await?;
                sqlx::query("DELETE FROM incident")
            }
            Dataset::Models => {
                // The events first: each refers to its model.
                let events = sqlx::query("DELETE FROM model_event").execute(&mut **transaction).await;
                let models = sqlx::query("DELETE FROM community_model").execute(&mut **transaction).await;
                return Ok(events.map_err(fault)?.rows_affected() + models.map_err(fault)?.rows_affected());
            }
            Dataset::Certifications => sqlx::query("DELETE FROM certification"),
            Dataset::ResidentialAreas => sqlx::query("DELETE FROM unit WHERE unit_kind = 'residential_area'"),
            Dataset::Institutions => sqlx::query("DELETE FROM unit WHERE unit_kind <> 'residential_area'"),
            Dataset::Decisions => sqlx::query("DELETE FROM decision"),
            Dataset::Declarations => sqlx::query("DELETE FROM declaration"),
            Dataset::MovementGrades => sqlx::query("DELETE FROM movement_grade"),
            Dataset::Exposures => sqlx::query("DELETE FROM exposure"),
            Dataset::Population(edition) => {
                sqlx::query("DELETE FROM population WHERE edition = ?").bind(edition.to_string())
            }
        };
        Ok(delete.execute(&mut **transaction).await.map_err(fault)?.rows_affected())
    }

    /// Commits a write; the epoch grows only when something changed.
    pub(in crate::store) async fn commit(
        &self,
        transaction: Transaction<'static, Sqlite>,
        outcome: WriteOutcome,
        list: ChangeList,
        reach: ChangeReach,
    ) -> Result<WriteOutcome, StoreError> {
        let (epoch, _) = self.commit_drawing(transaction, outcome, list, reach).await?;
        Ok(WriteOutcome { epoch, ..outcome })
    }

    /// The same; gives the epoch and what the commit drew.
    pub(in crate::store) async fn commit_drawing(
        &self,
        mut transaction: Transaction<'static, Sqlite>,
        outcome: WriteOutcome,
        list: ChangeList,
        reach: ChangeReach,
    ) -> Result<(u64, u64), StoreError> {
        let fault = |source| self.fault(source);
        let changes_anything = outcome.changes_anything();
        if changes_anything {
            let draw = sqlx::query("UPDATE meta SET value = random() WHERE key = 'commit_id'");
            draw.execute(&mut *transaction).await.map_err(fault)?;
        }
        let next = "UPDATE meta SET value = value + ? WHERE key = 'epoch' RETURNING value";
        let next = sqlx::query_scalar(next).bind(u32::from(changes_anything));
        let epoch: i64 = next.fetch_one(&mut *transaction).await.map_err(fault)?;
        if changes_anything && list == ChangeList::Incomplete {
            let cut = sqlx::query("UPDATE meta SET value = ? WHERE key = 'listed_from'").bind(epoch);
            cut.execute(&mut *transaction).await.map_err(fault)?;
        }
        if changes_anything {
            self.mark_batch(&mut transaction, epoch).await?;
            self.note_other_writer(&mut transaction).await?;
        }
        if changes_anything && reach == ChangeReach::Open {
            self.note_open_change(&mut transaction).await?;
        }
        if reach == ChangeReach::Open {
            self.renew_open_digests(&mut transaction).await?;
        }
        let (_, commit_id) = self.ids_within(&mut transaction).await?;
        transaction.commit().await.map_err(fault)?;
        Ok((epoch as u64, commit_id))
    }

    /// Notes that the change about to be committed is one that the public may notice.
    async fn note_open_change(&self, transaction: &mut Transaction<'static, Sqlite>) -> Result<(), StoreError> {
        const OPEN: [&str; 2] = [
            "UPDATE meta SET value = (SELECT value FROM meta WHERE key = 'epoch') WHERE key = 'open_epoch'",
            "UPDATE meta SET value = (SELECT value FROM meta WHERE key = 'commit_id') WHERE key = 'open_commit_id'",
        ];
        for statement in OPEN {
            sqlx::query(statement).execute(&mut **transaction).await.map_err(|source| self.fault(source))?;
        }
        Ok(())
    }
}
