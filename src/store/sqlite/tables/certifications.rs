//! Certifications as rows.

use std::cmp::Ordering;

use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, Sqlite, Transaction};

use crate::domain::holdings::Dataset;
use crate::domain::standard::certification::{Certification, Declared};
use crate::store::error::StoreError;
use crate::store::sqlite::location_columns::key_of;
use crate::store::sqlite::opening::Store;
use crate::store::sqlite::upsert::{UpsertRow, UpsertTable};
use crate::store::sqlite::values::Values;
use crate::store::sqlite::vocabulary::Vocabulary;

const ALL: &str = "SELECT unit_id, \"window\", unit_kind, edition, area_code, registered, recognised, decided_on \
                   FROM certification ORDER BY unit_id, \"window\"";

impl UpsertRow for Certification {
    const TABLE: UpsertTable = UpsertTable {
        name: "certification",
        keys: &["unit_id", "\"window\""],
        columns: &["unit_kind", "edition", "area_code", "registered", "recognised", "decided_on"],
    };

    fn part(&self) -> Dataset {
        Dataset::Certifications
    }

    fn compare_keys(&self, other: &Self) -> Ordering {
        (&self.unit_id, &self.window).cmp(&(&other.unit_id, &other.window))
    }

    fn bind_key(&self, values: &mut Values) {
        values.bind(self.unit_id.clone());
        values.bind(self.window.clone());
    }

    fn bind_columns(&self, values: &mut Values, _: &Vocabulary) {
        values.bind(self.unit_kind.as_str());
        values.bind(self.area.edition.to_string());
        values.bind(self.area.code.to_string());
        values.bind(self.registered.holds());
        values.bind(self.recognised.holds());
        values.bind(self.decided_on.map(|day| day.to_string()));
    }
}

impl Store {
    /// Every certification, in the order of units and windows.
    pub(in crate::store) async fn certifications_within(
        &self,
        reading: &mut Transaction<'static, Sqlite>,
    ) -> Result<Vec<Certification>, StoreError> {
        let rows = sqlx::query(ALL).fetch_all(&mut **reading).await.map_err(|source| self.fault(source))?;
        rows.iter().map(|row| self.certification(row)).collect()
    }

    fn certification(&self, row: &SqliteRow) -> Result<Certification, StoreError> {
        let fault = |source| self.fault(source);
        let unit_id: String = row.try_get(0).map_err(fault)?;
        let wrong = |what| StoreError::Value { table: "certification", row: unit_id.clone(), what };
        let declared = |column: usize| row.try_get::<bool, _>(column).map(Declared::of).map_err(fault);
        let (edition, code): (String, String) = (row.try_get(3).map_err(fault)?, row.try_get(4).map_err(fault)?);
        Ok(Certification {
            window: row.try_get(1).map_err(fault)?,
            unit_kind: self.required(row, 2).map_err(wrong)?,
            area: key_of(&edition, &code).map_err(wrong)?,
            registered: declared(5)?,
            recognised: declared(6)?,
            decided_on: self.optional(row, 7).map_err(wrong)?,
            unit_id,
        })
    }
}
