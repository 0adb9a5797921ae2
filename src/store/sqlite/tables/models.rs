//! Community models as rows.

use std::cmp::Ordering;

use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, Sqlite, Transaction};

use crate::domain::holdings::Dataset;
use crate::domain::model::{CommunityModel, Review};
use crate::store::error::StoreError;
use crate::store::sqlite::location_columns::{LocationColumns, area_key, position};
use crate::store::sqlite::opening::Store;
use crate::store::sqlite::upsert::{UpsertRow, UpsertTable};
use crate::store::sqlite::values::Values;
use crate::store::sqlite::vocabulary::Vocabulary;

const ALL: &str = "SELECT id, kind, lon_e7, lat_e7, edition, area_code, origin, parent_id, started_on, ended_on, \
                   reviewed_on, review, residential_area FROM community_model ORDER BY id";

impl UpsertRow for CommunityModel {
    const TABLE: UpsertTable = UpsertTable {
        name: "community_model",
        keys: &["id"],
        columns: &[
            "kind",
            "lon_e7",
            "lat_e7",
            "edition",
            "area_code",
            "origin",
            "parent_id",
            "started_on",
            "ended_on",
            "reviewed_on",
            "review",
            "residential_area",
        ],
        fields: &[
            ("lon_e7", "lon"),
            ("lat_e7", "lat"),
            ("edition", "area_code"),
            // A review has a day and a result, or neither.
            ("review", "reviewed_on"),
        ],
    };

    /// Who has a parent is replicated, also where nothing but the parent is said.
    fn update_of(column: &'static str, is_unsaid: &dyn Fn(&str) -> bool) -> Option<String> {
        let stays = match column {
            "origin" => is_unsaid("origin") && is_unsaid("parent_id"),
            column => is_unsaid(Self::TABLE.field(column)),
        };
        (!stays).then(|| format!("excluded.{column}"))
    }

    fn part(&self) -> Dataset {
        Dataset::Models
    }

    fn compare_keys(&self, other: &Self) -> Ordering {
        self.id.cmp(&other.id)
    }

    fn bind_key(&self, values: &mut Values) {
        values.bind(self.id.clone());
    }

    fn bind_columns(&self, values: &mut Values, _: &Vocabulary) {
        values.bind(self.kind.clone());
        LocationColumns::of(self.position, self.area.as_ref()).bind(values);
        values.bind(self.origin.as_str());
        values.bind(self.parent_id.clone());
        values.bind(self.started_on.to_string());
        values.bind(self.ended_on.map(|day| day.to_string()));
        let (day, review) = self.review.unzip();
        values.bind(day.map(|day| day.to_string()));
        values.bind(review.map(Review::as_str));
        values.bind(self.residential_area.clone());
    }
}

impl Store {
    /// Every community model, in the order of the ids.
    pub(in crate::store) async fn models_within(
        &self,
        reading: &mut Transaction<'static, Sqlite>,
    ) -> Result<Vec<CommunityModel>, StoreError> {
        self.read_all(reading, ALL, |row| self.model(row)).await
    }

    fn model(&self, row: &SqliteRow) -> Result<CommunityModel, StoreError> {
        let fault = |source| self.fault(source);
        let id: String = row.try_get(0).map_err(fault)?;
        let wrong = |what| StoreError::Value { table: "community_model", row: id.clone(), what };
        let columns = LocationColumns::read(row, 2).map_err(fault)?;
        let parent_id = row.try_get(7).map_err(fault)?;
        let reviewed_on: Option<jiff::civil::Date> = self.optional(row, 10).map_err(wrong)?;
        Ok(CommunityModel {
            kind: row.try_get(1).map_err(fault)?,
            position: position(&columns).map_err(wrong)?,
            area: area_key(&columns).map_err(wrong)?,
            residential_area: row.try_get(12).map_err(fault)?,
            origin: self.required(row, 6).map_err(wrong)?,
            parent_id,
            started_on: self.required(row, 8).map_err(wrong)?,
            ended_on: self.optional(row, 9).map_err(wrong)?,
            review: reviewed_on.zip(self.optional(row, 11).map_err(wrong)?),
            id,
        })
    }
}
