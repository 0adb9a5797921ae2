//! Figures of exposure beside residents as rows.

use std::cmp::Ordering;

use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, Sqlite, Transaction};

use crate::domain::area::exposure::{ExposureFigure, Quantity};
use crate::domain::holdings::Dataset;
use crate::store::error::StoreError;
use crate::store::sqlite::location_columns::key_of;
use crate::store::sqlite::opening::Store;
use crate::store::sqlite::upsert::{UpsertRow, UpsertTable};
use crate::store::sqlite::values::Values;
use crate::store::sqlite::vocabulary::Vocabulary;

const ALL: &str = "SELECT edition, area_code, year, measure, quantity \
                   FROM exposure ORDER BY edition, area_code, year, measure";

impl UpsertRow for ExposureFigure {
    const TABLE: UpsertTable = UpsertTable {
        name: "exposure",
        keys: &["edition", "area_code", "year", "measure"],
        columns: &["quantity"],
        fields: &[],
    };

    fn part(&self) -> Dataset {
        Dataset::Exposures
    }

    fn compare_keys(&self, other: &Self) -> Ordering {
        (&self.area, self.year, self.measure).cmp(&(&other.area, other.year, other.measure))
    }

    fn bind_key(&self, values: &mut Values) {
        values.bind(self.area.edition.to_string());
        values.bind(self.area.code.to_string());
        values.bind(self.year);
        values.bind(self.measure.as_str());
    }

    fn bind_columns(&self, values: &mut Values, _: &Vocabulary) {
        values.bind(self.quantity.value());
    }
}

impl Store {
    /// Every exposure figure, in the order of editions, codes, years and measures.
    pub(in crate::store) async fn exposures_within(
        &self,
        reading: &mut Transaction<'static, Sqlite>,
    ) -> Result<Vec<ExposureFigure>, StoreError> {
        self.read_all(reading, ALL, |row| self.exposure(row)).await
    }

    fn exposure(&self, row: &SqliteRow) -> Result<ExposureFigure, StoreError> {
        let fault = |source| self.fault(source);
        let (edition, code): (String, String) = (row.try_get(0).map_err(fault)?, row.try_get(1).map_err(fault)?);
        let wrong = |what| StoreError::Value { table: "exposure", row: format!("{edition}/{code}"), what };
        Ok(ExposureFigure {
            area: key_of(&edition, &code).map_err(wrong)?,
            year: row.try_get(2).map_err(fault)?,
            measure: self.required(row, 3).map_err(wrong)?,
            quantity: Quantity::new(row.try_get(4).map_err(fault)?).map_err(|error| wrong(error.to_string()))?,
        })
    }
}
