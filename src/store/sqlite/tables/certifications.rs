//! Certifications as rows.

use std::cmp::Ordering;

use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, Sqlite, Transaction};

use crate::domain::holdings::Dataset;
use crate::domain::standard::certification::{Certification, Declared};
use crate::store::error::StoreError;
use crate::store::sqlite::opening::Store;
use crate::store::sqlite::unit_columns::{UnitColumns, bind_kind_and_area};
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
        fields: &[("edition", "area_code")],
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
        bind_kind_and_area(values, self.unit_kind, &self.area);
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
        self.read_all(reading, ALL, |row| self.certification(row)).await
    }

    fn certification(&self, row: &SqliteRow) -> Result<Certification, StoreError> {
        let UnitColumns { unit_id, window, unit_kind, area } = self.unit_columns(Certification::TABLE.name, row)?;
        let declared =
            |column: usize| row.try_get::<bool, _>(column).map(Declared::of).map_err(|source| self.fault(source));
        let (registered, recognised) = (declared(5)?, declared(6)?);
        let wrong = |what| StoreError::Value { table: Certification::TABLE.name, row: unit_id.clone(), what };
        let decided_on = self.optional(row, 7).map_err(wrong)?;
        Ok(Certification { unit_id, unit_kind, area, window, registered, recognised, decided_on })
    }
}
