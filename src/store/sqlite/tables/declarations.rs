//! Declarations about criteria as rows.

use std::cmp::Ordering;

use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, Sqlite, Transaction};

use crate::domain::holdings::Dataset;
use crate::domain::standard::certification::Declared;
use crate::domain::standard::declaration::Declaration;
use crate::store::error::StoreError;
use crate::store::sqlite::opening::Store;
use crate::store::sqlite::unit_columns::{UnitColumns, bind_kind_and_area};
use crate::store::sqlite::upsert::{UpsertRow, UpsertTable};
use crate::store::sqlite::values::Values;
use crate::store::sqlite::vocabulary::Vocabulary;

const ALL: &str = "SELECT unit_id, \"window\", unit_kind, edition, area_code, criterion, met \
                   FROM declaration ORDER BY unit_id, \"window\", criterion";

impl UpsertRow for Declaration {
    const TABLE: UpsertTable = UpsertTable {
        name: "declaration",
        keys: &["unit_id", "\"window\"", "criterion"],
        columns: &["unit_kind", "edition", "area_code", "met"],
        fields: &[("edition", "area_code")],
    };

    fn part(&self) -> Dataset {
        Dataset::Declarations
    }

    fn compare_keys(&self, other: &Self) -> Ordering {
        let (own, others) = ((&self.unit_id, &self.window), (&other.unit_id, &other.window));
        own.cmp(&others).then_with(|| self.criterion.cmp(&other.criterion))
    }

    fn bind_key(&self, values: &mut Values) {
        values.bind(self.unit_id.clone());
        values.bind(self.window.clone());
        values.bind(self.criterion.to_string());
    }

    fn bind_columns(&self, values: &mut Values, _: &Vocabulary) {
        bind_kind_and_area(values, self.unit_kind, &self.area);
        values.bind(self.met.holds());
    }
}

impl Store {
    /// Every declaration, in the order of units, windows and criteria.
    pub(in crate::store) async fn declarations_within(
        &self,
        reading: &mut Transaction<'static, Sqlite>,
    ) -> Result<Vec<Declaration>, StoreError> {
        self.read_all(reading, ALL, |row| self.declaration(row)).await
    }

    fn declaration(&self, row: &SqliteRow) -> Result<Declaration, StoreError> {
        let UnitColumns { unit_id, window, unit_kind, area } = self.unit_columns(Declaration::TABLE.name, row)?;
        let wrong = |what| StoreError::Value { table: Declaration::TABLE.name, row: unit_id.clone(), what };
        let criterion = self.required(row, 5).map_err(wrong)?;
        let met = row.try_get::<bool, _>(6).map(Declared::of).map_err(|source| self.fault(source))?;
        Ok(Declaration { unit_id, unit_kind, area, window, criterion, met })
    }
}
