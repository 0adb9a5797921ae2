//! The register of residential areas and institutions as rows.

use std::cmp::Ordering;

use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, Sqlite, Transaction};

use crate::domain::holdings::Dataset;
use crate::domain::standard::certification::UnitKind;
use crate::domain::standard::unit::{InstitutionForm, Unit};
use crate::store::error::StoreError;
use crate::store::sqlite::location_columns::key_of;
use crate::store::sqlite::opening::Store;
use crate::store::sqlite::upsert::{UpsertRow, UpsertTable};
use crate::store::sqlite::values::Values;
use crate::store::sqlite::vocabulary::Vocabulary;

const ALL: &str = "SELECT unit_id, unit_kind, form, edition, area_code, label, established_on, dissolved_on \
                   FROM unit ORDER BY unit_id";

impl UpsertRow for Unit {
    const TABLE: UpsertTable = UpsertTable {
        name: "unit",
        keys: &["unit_id"],
        columns: &["unit_kind", "form", "edition", "area_code", "label", "established_on", "dissolved_on"],
        fields: &[("edition", "area_code")],
    };

    fn part(&self) -> Dataset {
        match self.kind {
            UnitKind::ResidentialArea => Dataset::ResidentialAreas,
            _ => Dataset::Institutions,
        }
    }

    fn compare_keys(&self, other: &Self) -> Ordering {
        self.id.cmp(&other.id)
    }

    fn bind_key(&self, values: &mut Values) {
        values.bind(self.id.clone());
    }

    fn bind_columns(&self, values: &mut Values, _: &Vocabulary) {
        values.bind(self.kind.as_str());
        values.bind(self.form.map(InstitutionForm::as_str));
        values.bind(self.area.edition.to_string());
        values.bind(self.area.code.to_string());
        values.bind(self.label.clone());
        values.bind(self.established_on.map(|day| day.to_string()));
        values.bind(self.dissolved_on.map(|day| day.to_string()));
    }
}

impl Store {
    /// Every unit on the register, in the order of the ids.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn units(&self) -> Result<Vec<Unit>, StoreError> {
        let mut reading = self.reading().await?;
        self.units_within(&mut reading).await
    }

    /// The same within a transaction.
    pub(in crate::store) async fn units_within(
        &self,
        reading: &mut Transaction<'static, Sqlite>,
    ) -> Result<Vec<Unit>, StoreError> {
        self.read_all(reading, ALL, |row| self.unit(row)).await
    }

    fn unit(&self, row: &SqliteRow) -> Result<Unit, StoreError> {
        let fault = |source| self.fault(source);
        let id: String = row.try_get(0).map_err(fault)?;
        let wrong = |what| StoreError::Value { table: "unit", row: id.clone(), what };
        let (edition, code): (String, String) = (row.try_get(3).map_err(fault)?, row.try_get(4).map_err(fault)?);
        Ok(Unit {
            kind: self.required(row, 1).map_err(wrong)?,
            form: self.optional(row, 2).map_err(wrong)?,
            area: key_of(&edition, &code).map_err(wrong)?,
            label: row.try_get(5).map_err(fault)?,
            established_on: self.optional(row, 6).map_err(wrong)?,
            dissolved_on: self.optional(row, 7).map_err(wrong)?,
            id,
        })
    }
}
