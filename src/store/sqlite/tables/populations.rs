//! Populations as rows.

use std::cmp::Ordering;

use sqlx::{Row as _, Sqlite, Transaction};

use crate::domain::area::population::Population;
use crate::domain::holdings::Dataset;
use crate::store::error::StoreError;
use crate::store::sqlite::location_columns::key_of;
use crate::store::sqlite::opening::Store;
use crate::store::sqlite::upsert::{UpsertRow, UpsertTable};
use crate::store::sqlite::values::Values;
use crate::store::sqlite::vocabulary::Vocabulary;

const ALL: &str = "SELECT edition, area_code, year, residents FROM population ORDER BY edition, area_code, year";

impl UpsertRow for Population {
    const TABLE: UpsertTable = UpsertTable {
        name: "population",
        keys: &["edition", "area_code", "year"],
        columns: &["residents"],
        fields: &[],
    };

    fn part(&self) -> Dataset {
        Dataset::Population(self.area.edition)
    }

    fn compare_keys(&self, other: &Self) -> Ordering {
        (&self.area, self.year).cmp(&(&other.area, other.year))
    }

    fn bind_key(&self, values: &mut Values) {
        values.bind(self.area.edition.to_string());
        values.bind(self.area.code.to_string());
        values.bind(self.year);
    }

    fn bind_columns(&self, values: &mut Values, _: &Vocabulary) {
        values.bind(self.residents);
    }
}

impl Store {
    /// Every population, in the order of editions, codes and years.
    pub(in crate::store) async fn populations_within(
        &self,
        reading: &mut Transaction<'static, Sqlite>,
    ) -> Result<Vec<Population>, StoreError> {
        let fault = |source| self.fault(source);
        let rows = sqlx::query(ALL).fetch_all(&mut **reading).await.map_err(fault)?;
        let mut populations = Vec::with_capacity(rows.len());
        for row in &rows {
            let (edition, code): (String, String) = (row.try_get(0).map_err(fault)?, row.try_get(1).map_err(fault)?);
            let wrong = |what| StoreError::Value { table: "population", row: format!("{edition}/{code}"), what };
            populations.push(Population {
                area: key_of(&edition, &code).map_err(wrong)?,
                year: row.try_get(2).map_err(fault)?,
                residents: row.try_get(3).map_err(fault)?,
            });
        }
        Ok(populations)
    }
}
