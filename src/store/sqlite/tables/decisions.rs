//! Official decisions as rows.

use std::cmp::Ordering;

use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, Sqlite, Transaction};

use crate::domain::holdings::Dataset;
use crate::domain::standard::certification::{Decision, Declared};
use crate::store::error::StoreError;
use crate::store::sqlite::opening::Store;
use crate::store::sqlite::unit_columns::{UnitColumns, bind_kind_and_area};
use crate::store::sqlite::upsert::{UpsertRow, UpsertTable};
use crate::store::sqlite::values::Values;
use crate::store::sqlite::vocabulary::Vocabulary;

const ALL: &str = "SELECT unit_id, \"window\", unit_kind, edition, area_code, recognised, number, decided_on, body \
                   FROM decision ORDER BY unit_id, \"window\"";

impl UpsertRow for Decision {
    const TABLE: UpsertTable = UpsertTable {
        name: "decision",
        keys: &["unit_id", "\"window\""],
        columns: &["unit_kind", "edition", "area_code", "recognised", "number", "decided_on", "body"],
        fields: &[("edition", "area_code")],
    };

    fn part(&self) -> Dataset {
        Dataset::Decisions
    }

    fn compare_keys(&self, other: &Self) -> Ordering {
        (&self.unit_id, &self.window).cmp(&(&other.unit_id, &other.window))
    }

    fn bind_key(&self, values: &mut Values) {
        values.bind(self.unit_id.clone());
        values.bind(self.window.clone());
    }

    fn bind_columns(&self, values: &mut Values, _: &Vocabulary) {
        bind_kind_and_area(values, self.unit_kind, &self.area);
        values.bind(self.recognised.holds());
        values.bind(self.number.clone());
        values.bind(self.decided_on.to_string());
        values.bind(self.body.clone());
    }
}

impl Store {
    /// Every decision, in the order of units and windows.
    pub(in crate::store) async fn decisions_within(
        &self,
        reading: &mut Transaction<'static, Sqlite>,
    ) -> Result<Vec<Decision>, StoreError> {
        self.read_all(reading, ALL, |row| self.decision(row)).await
    }

    fn decision(&self, row: &SqliteRow) -> Result<Decision, StoreError> {
        let fault = |source| self.fault(source);
        let UnitColumns { unit_id, window, unit_kind, area } = self.unit_columns(Decision::TABLE.name, row)?;
        let wrong = |what| StoreError::Value { table: Decision::TABLE.name, row: unit_id.clone(), what };
        Ok(Decision {
            recognised: row.try_get::<bool, _>(5).map(Declared::of).map_err(fault)?,
            number: row.try_get(6).map_err(fault)?,
            decided_on: self.required(row, 7).map_err(wrong)?,
            body: row.try_get(8).map_err(fault)?,
            unit_id,
            window,
            unit_kind,
            area,
        })
    }
}
