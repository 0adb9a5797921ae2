//! Areas as rows, replaced level by level.

use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row as _, Sqlite, Transaction};

use crate::domain::area::edition::EditionId;
use crate::domain::area::population::Population;
use crate::domain::area::{Area, Level};
use crate::domain::holdings::Dataset;
use crate::domain::import_record::{ImportRecord, ImportedRows};
use crate::domain::unsaid::UnsaidFields;
use crate::store::error::StoreError;
use crate::store::sqlite::boundary_blob;
use crate::store::sqlite::changes::{ChangeList, ChangeReach, SourceKind, WriteOutcome};
use crate::store::sqlite::location_columns::key_of;
use crate::store::sqlite::opening::Store;
use crate::store::sqlite::tables::import_records::EpochAfter;

const ALL: &str = "SELECT edition, code, level, name, parent, boundary FROM area ORDER BY edition, level, code";
const ALL_BUT_BOUNDARIES: &str =
    "SELECT edition, code, level, name, parent, NULL FROM area ORDER BY edition, level, code";
/// Well below the parameters that SQLite allows, and a few megabytes of boundary.
const CHUNK_ROWS: usize = 200;

/// New areas for a whole level of an edition.
#[derive(Debug, Clone, Copy)]
pub struct Replacement<'a> {
    /// The edition that the areas belong to.
    pub edition: EditionId,
    /// The level that is emptied first.
    pub level: Level,
    /// The new areas, all of this level.
    pub areas: &'a [Area],
    /// Districts that came with them: added or renamed, outlines that are there stay.
    pub districts: &'a [Area],
    /// Populations that came with them.
    pub populations: &'a [Population],
}

/// What replacing a level did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReplaceOutcome {
    /// To the areas of the level.
    pub areas: WriteOutcome,
    /// To the districts that came with them.
    pub districts: WriteOutcome,
    /// To the populations that came with them.
    pub populations: WriteOutcome,
    /// Areas of the level that were there and are no longer.
    pub gone: u64,
    /// The epoch after the write.
    pub epoch: u64,
}

impl ReplaceOutcome {
    /// The rows of an import, with what became of them.
    fn rows(&self, read: ImportedRows) -> ImportedRows {
        ImportedRows {
            added: self.areas.inserted,
            changed: self.areas.updated,
            unchanged: self.areas.unchanged,
            removed: self.gone,
            sample_removed: self.areas.sample_removed + self.populations.sample_removed,
            ..read
        }
    }
}

impl Store {
    /// Replaces a whole level of an edition, whole or not at all.
    pub async fn replace_areas(&self, new: &Replacement<'_>, kind: SourceKind) -> Result<ReplaceOutcome, StoreError> {
        self.replaced(new, kind, None).await
    }

    /// The same with own areas, recorded within the same transaction; the rows that it changed are counted here.
    pub async fn replace_areas_recorded(
        &self,
        new: &Replacement<'_>,
        record: ImportRecord,
    ) -> Result<ReplaceOutcome, StoreError> {
        self.replaced(new, SourceKind::Own, Some(record)).await
    }

    async fn replaced(
        &self,
        new: &Replacement<'_>,
        kind: SourceKind,
        record: Option<ImportRecord>,
    ) -> Result<ReplaceOutcome, StoreError> {
        let mut transaction = self.writing().await?;
        let part = Dataset::Boundaries(new.edition);
        let was_sample = self.sample_datasets_within(&mut transaction).await?.contains(&part);
        let before = self.areas_of(&mut transaction, new.edition, new.level).await?;
        self.delete_level(&mut transaction, new).await?;
        self.insert_areas(&mut transaction, new.areas).await?;
        let mut replaced = difference(&before, new.areas);
        replaced.districts = self.name_districts(&mut transaction, new, was_sample && kind == SourceKind::Own).await?;
        // The communes make an edition a sample; districts are only names and codes.
        if kind == SourceKind::Sample || new.level == Level::Commune {
            self.replace_or_mark_sample(&mut transaction, part, kind).await?;
            replaced.areas.sample_removed = if was_sample && kind == SourceKind::Own { before.len() as u64 } else { 0 };
        }
        if !new.populations.is_empty() {
            let sample_removed =
                self.replace_or_mark_sample(&mut transaction, Dataset::Population(new.edition), kind).await?;
            replaced.populations = self.upsert_within(&mut transaction, new.populations, UnsaidFields::NONE).await?;
            replaced.populations.sample_removed = sample_removed;
        }
        let mut sum = WriteOutcome { updated: replaced.gone, ..WriteOutcome::default() };
        for outcome in [replaced.areas, replaced.districts, replaced.populations] {
            sum += outcome;
        }
        if let Some(mut record) = record {
            let after = if sum.changes_anything() { EpochAfter::Next } else { EpochAfter::Same };
            record.contents.rows = replaced.rows(record.contents.rows);
            self.insert_import_record(&mut transaction, &record, after).await?;
        }
        replaced.epoch = self.commit(transaction, sum, ChangeList::Incomplete, ChangeReach::Open).await?.epoch;
        Ok(replaced)
    }

    async fn insert_areas(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        areas: &[Area],
    ) -> Result<(), StoreError> {
        for chunk in areas.chunks(CHUNK_ROWS) {
            insertion(chunk).build().execute(&mut **transaction).await.map_err(|source| self.fault(source))?;
        }
        Ok(())
    }

    /// Adds or renames districts; those of a replaced sample are deleted when the new ones do not name them.
    async fn name_districts(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        new: &Replacement<'_>,
        sample_replaced: bool,
    ) -> Result<WriteOutcome, StoreError> {
        if new.districts.is_empty() {
            return Ok(WriteOutcome::default());
        }
        let before = self.areas_of(transaction, new.edition, Level::District).await?;
        if sample_replaced {
            for old in before.iter().filter(|old| !new.districts.iter().any(|district| district.key == old.key)) {
                let delete = sqlx::query("DELETE FROM area WHERE edition = ? AND code = ?");
                let delete = delete.bind(old.key.edition.to_string()).bind(old.key.code.to_string());
                delete.execute(&mut **transaction).await.map_err(|source| self.fault(source))?;
            }
        }
        let mut insert = insertion(new.districts);
        insert.push(" ON CONFLICT (edition, code) DO UPDATE SET name = excluded.name");
        insert.build().execute(&mut **transaction).await.map_err(|source| self.fault(source))?;
        let old_name = |key| before.iter().find(|old| old.key == key).map(|old| old.name.as_str());
        let count = |keep: &dyn Fn(&Area) -> bool| new.districts.iter().filter(|area| keep(area)).count() as u64;
        let inserted = count(&|district| old_name(district.key.clone()).is_none());
        let unchanged = count(&|district| old_name(district.key.clone()) == Some(&district.name));
        let updated = new.districts.len() as u64 - inserted - unchanged;
        Ok(WriteOutcome { inserted, updated, unchanged, ..WriteOutcome::default() })
    }

    /// Every area without its boundary, in the order of editions, levels and codes.
    pub async fn areas_without_boundaries(&self) -> Result<Vec<Area>, StoreError> {
        let mut reading = self.reading().await?;
        self.areas_by(&mut reading, ALL_BUT_BOUNDARIES).await
    }

    /// Every area with its boundary, in the order of editions, levels and codes.
    pub async fn areas(&self) -> Result<Vec<Area>, StoreError> {
        let mut reading = self.reading().await?;
        self.areas_within(&mut reading).await
    }

    /// Every area, in the order of editions, levels and codes.
    pub(in crate::store) async fn areas_within(
        &self,
        reading: &mut Transaction<'static, Sqlite>,
    ) -> Result<Vec<Area>, StoreError> {
        self.areas_by(reading, ALL).await
    }

    async fn areas_by(
        &self,
        reading: &mut Transaction<'static, Sqlite>,
        query: &'static str,
    ) -> Result<Vec<Area>, StoreError> {
        self.read_all(reading, query, |row| self.area(row)).await
    }

    async fn areas_of(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        edition: EditionId,
        level: Level,
    ) -> Result<Vec<Area>, StoreError> {
        let mut areas = self.areas_within(transaction).await?;
        areas.retain(|area| area.key.edition == edition && area.level == level);
        Ok(areas)
    }

    async fn delete_level(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        new: &Replacement<'_>,
    ) -> Result<(), StoreError> {
        let delete = sqlx::query("DELETE FROM area WHERE edition = ? AND level = ?");
        let delete = delete.bind(new.edition.to_string()).bind(new.level.as_str());
        delete.execute(&mut **transaction).await.map_err(|source| self.fault(source))?;
        Ok(())
    }

    fn area(&self, row: &SqliteRow) -> Result<Area, StoreError> {
        let fault = |source| self.fault(source);
        let (edition, code): (String, String) = (row.try_get(0).map_err(fault)?, row.try_get(1).map_err(fault)?);
        let wrong = |what| StoreError::Value { table: "area", row: format!("{edition}/{code}"), what };
        let blob: Option<&[u8]> = row.try_get(5).map_err(fault)?;
        let boundary = blob.map(|bytes| boundary_blob::decoded(bytes).ok_or("the boundary is not readable".to_owned()));
        Ok(Area {
            key: key_of(&edition, &code).map_err(wrong)?,
            level: self.required(row, 2).map_err(wrong)?,
            name: row.try_get(3).map_err(fault)?,
            parent: self.optional(row, 4).map_err(wrong)?,
            boundary: boundary.transpose().map_err(wrong)?,
        })
    }
}

fn insertion(areas: &[Area]) -> QueryBuilder<Sqlite> {
    let mut insert = QueryBuilder::new("INSERT INTO area (edition, code, level, name, parent, boundary) ");
    insert.push_values(areas, |mut values, area| {
        values.push_bind(area.key.edition.to_string());
        values.push_bind(area.key.code.to_string());
        values.push_bind(area.level.as_str());
        values.push_bind(area.name.clone());
        values.push_bind(area.parent.as_ref().map(ToString::to_string));
        values.push_bind(area.boundary.as_ref().map(boundary_blob::encoded));
    });
    insert
}

fn difference(before: &[Area], after: &[Area]) -> ReplaceOutcome {
    let old_of = |area: &Area| before.iter().find(|old| old.key == area.key);
    let count = |keep: &dyn Fn(&Area) -> bool| after.iter().filter(|area| keep(area)).count() as u64;
    let inserted = count(&|area| old_of(area).is_none());
    let unchanged = count(&|area| old_of(area) == Some(area));
    let updated = after.len() as u64 - inserted - unchanged;
    let gone = before.iter().filter(|old| !after.iter().any(|area| area.key == old.key)).count() as u64;
    ReplaceOutcome {
        areas: WriteOutcome { inserted, updated, unchanged, ..WriteOutcome::default() },
        gone,
        ..ReplaceOutcome::default()
    }
}
