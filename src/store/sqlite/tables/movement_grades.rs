//! The movement's grades of communes as rows.

use std::cmp::Ordering;

use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, Sqlite, Transaction};

use crate::domain::holdings::Dataset;
use crate::domain::standard::movement::CommuneGrade;
use crate::store::error::StoreError;
use crate::store::sqlite::location_columns::key_of;
use crate::store::sqlite::opening::Store;
use crate::store::sqlite::upsert::{UpsertRow, UpsertTable};
use crate::store::sqlite::values::Values;
use crate::store::sqlite::vocabulary::Vocabulary;

const ALL: &str = "SELECT edition, area_code, \"window\", grade \
                   FROM movement_grade ORDER BY edition, area_code, \"window\"";

impl UpsertRow for CommuneGrade {
    const TABLE: UpsertTable = UpsertTable {
        name: "movement_grade",
        keys: &["edition", "area_code", "\"window\""],
        columns: &["grade"],
        fields: &[],
    };

    fn part(&self) -> Dataset {
        Dataset::MovementGrades
    }

    fn compare_keys(&self, other: &Self) -> Ordering {
        (&self.area, &self.window).cmp(&(&other.area, &other.window))
    }

    fn bind_key(&self, values: &mut Values) {
        values.bind(self.area.edition.to_string());
        values.bind(self.area.code.to_string());
        values.bind(self.window.clone());
    }

    fn bind_columns(&self, values: &mut Values, _: &Vocabulary) {
        values.bind(self.grade.as_str());
    }
}

impl Store {
    /// Every grade of the movement, in the order of communes and windows.
    pub(in crate::store) async fn movement_grades_within(
        &self,
        reading: &mut Transaction<'static, Sqlite>,
    ) -> Result<Vec<CommuneGrade>, StoreError> {
        self.read_all(reading, ALL, |row| self.movement_grade(row)).await
    }

    fn movement_grade(&self, row: &SqliteRow) -> Result<CommuneGrade, StoreError> {
        let fault = |source| self.fault(source);
        let (edition, code): (String, String) = (row.try_get(0).map_err(fault)?, row.try_get(1).map_err(fault)?);
        let wrong = |what| StoreError::Value { table: "movement_grade", row: format!("{edition}/{code}"), what };
        Ok(CommuneGrade {
            area: key_of(&edition, &code).map_err(wrong)?,
            window: row.try_get(2).map_err(fault)?,
            grade: self.required(row, 3).map_err(wrong)?,
        })
    }
}
