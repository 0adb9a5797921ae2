//! Events in the life of community models as rows.

use std::cmp::Ordering;

use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, Sqlite, Transaction};

use crate::domain::holdings::Dataset;
use crate::domain::model::model_event::{ModelEvent, ModelEventKind};
use crate::domain::model::{CommunityModel, Review};
use crate::store::error::StoreError;
use crate::store::sqlite::opening::Store;
use crate::store::sqlite::upsert::{UpsertRow, UpsertTable};
use crate::store::sqlite::values::Values;
use crate::store::sqlite::vocabulary::Vocabulary;

const ALL: &str = "SELECT model_id, happened_on, event, result, decision FROM model_event \
                   ORDER BY model_id, happened_on, event";

impl UpsertRow for ModelEvent {
    const TABLE: UpsertTable = UpsertTable {
        name: "model_event",
        keys: &["model_id", "happened_on", "event"],
        columns: &["result", "decision"],
        fields: &[],
    };

    fn part(&self) -> Dataset {
        Dataset::Models
    }

    fn compare_keys(&self, other: &Self) -> Ordering {
        let key = |event: &Self| (event.on, event.kind.as_str());
        self.model_id.cmp(&other.model_id).then_with(|| key(self).cmp(&key(other)))
    }

    fn bind_key(&self, values: &mut Values) {
        values.bind(self.model_id.clone());
        values.bind(self.on.to_string());
        values.bind(self.kind.as_str());
    }

    fn bind_columns(&self, values: &mut Values, _: &Vocabulary) {
        values.bind(self.kind.result().map(Review::as_str));
        values.bind(self.decision.clone());
    }
}

impl Store {
    /// The community models and what happened to them, without anything else, in one consistent state.
    pub async fn models_with_events(&self) -> Result<(Vec<CommunityModel>, Vec<ModelEvent>), StoreError> {
        let mut reading = self.reading().await?;
        Ok((self.models_within(&mut reading).await?, self.model_events_within(&mut reading).await?))
    }

    /// Every event, in the order of the models, their days and their vocabulary.
    pub(in crate::store) async fn model_events_within(
        &self,
        reading: &mut Transaction<'static, Sqlite>,
    ) -> Result<Vec<ModelEvent>, StoreError> {
        self.read_all(reading, ALL, |row| self.model_event(row)).await
    }

    fn model_event(&self, row: &SqliteRow) -> Result<ModelEvent, StoreError> {
        let fault = |source| self.fault(source);
        let model_id: String = row.try_get(0).map_err(fault)?;
        let wrong = |what| StoreError::Value { table: "model_event", row: model_id.clone(), what };
        let word: &str = row.try_get(2).map_err(fault)?;
        let result = self.optional(row, 3).map_err(wrong)?;
        let decision = row.try_get(4).map_err(fault)?;
        Ok(ModelEvent {
            kind: ModelEventKind::new(word, result).map_err(|error| wrong(error.to_string()))?,
            on: self.required(row, 1).map_err(wrong)?,
            decision,
            model_id,
        })
    }
}
