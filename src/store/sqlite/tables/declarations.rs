//! Declarations about criteria as rows.

use std::cmp::Ordering;

use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, Sqlite, Transaction};

use crate::domain::holdings::Dataset;
use crate::domain::standard::certification::Declared;
use crate::domain::standard::declaration::Declaration;
use crate::store::error::StoreError;
use crate::store::sqlite::location_columns::key_of;
use crate::store::sqlite::opening::Store;
use crate::store::sqlite::upsert::{UpsertRow, UpsertTable};
use crate::store::sqlite::values::Values;
use crate::store::sqlite::vocabulary::Vocabulary;

const ALL: &str = "SELECT unit_id, \"window\", criterion, unit_kind, edition, area_code, met \
                   FROM declaration ORDER BY unit_id, \"window\", criterion";

impl UpsertRow for Declaration {
    const TABLE: UpsertTable = UpsertTable {
        name: "declaration",
        keys: &["unit_id", "\"window\"", "criterion"],
        columns: &["unit_kind", "edition", "area_code", "met"],
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
        values.bind(self.unit_kind.as_str());
        values.bind(self.area.edition.to_string());
        values.bind(self.area.code.to_string());
        values.bind(self.met.holds());
    }
}

impl Store {
    /// Every declaration, in the order of units, windows and criteria.
    pub(in crate::store) async fn declarations_within(
        &self,
        reading: &mut Transaction<'static, Sqlite>,
    ) -> Result<Vec<Declaration>, StoreError> {
        let rows = sqlx::query(ALL).fetch_all(&mut **reading).await.map_err(|source| self.fault(source))?;
        rows.iter().map(|row| self.declaration(row)).collect()
    }

    fn declaration(&self, row: &SqliteRow) -> Result<Declaration, StoreError> {
        let fault = |source| self.fault(source);
        let unit_id: String = row.try_get(0).map_err(fault)?;
        let wrong = |what| StoreError::Value { table: "declaration", row: unit_id.clone(), what };
        let (edition, code): (String, String) = (row.try_get(4).map_err(fault)?, row.try_get(5).map_err(fault)?);
        Ok(Declaration {
            window: row.try_get(1).map_err(fault)?,
            criterion: self.required(row, 2).map_err(wrong)?,
            unit_kind: self.required(row, 3).map_err(wrong)?,
            area: key_of(&edition, &code).map_err(wrong)?,
            met: row.try_get::<bool, _>(6).map(Declared::of).map_err(fault)?,
            unit_id,
        })
    }
}
