//! Reading everything back, all at one epoch.

use std::fmt::Display;
use std::str::FromStr;

use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, Sqlite, Transaction};

use super::opening::Store;
use crate::domain::holdings::{Holdings, IncidentColumns};
use crate::store::error::StoreError;
use crate::store::incident_copy::IncidentSource;

impl Store {
    /// All that the store holds, in one consistent state; all but the incidents in a fixed order.
    pub async fn load(&self) -> Result<Holdings, StoreError> {
        self.load_from().await.map(|(holdings, _)| holdings)
    }

    /// As [`Store::load`], and where the incidents were read.
    pub async fn load_from(&self) -> Result<(Holdings, IncidentSource), StoreError> {
        let mut reading = self.reading().await?;
        let (incidents, source) = self.incidents_or_copy(&mut reading).await?;
        let holdings = self.holdings_without_incidents(&mut reading).await?;
        Ok((Holdings { incidents, ..holdings }, source))
    }

    /// All that the store holds but the incidents.
    pub(in crate::store) async fn holdings_without_incidents(
        &self,
        reading: &mut Transaction<'static, Sqlite>,
    ) -> Result<Holdings, StoreError> {
        let (data_id, commit_id) = self.ids_within(reading).await?;
        Ok(Holdings {
            data_id,
            commit_id,
            epoch: self.epoch_within(reading).await?,
            content: self.content_within(reading).await?,
            open_change: self.open_change_within(reading).await?,
            sample_datasets: self.sample_datasets_within(reading).await?,
            areas: self.areas_within(reading).await?,
            incidents: IncidentColumns::default(),
            coverage: self.coverage_within(reading).await?,
            models: self.models_within(reading).await?,
            model_events: self.model_events_within(reading).await?,
            certifications: self.certifications_within(reading).await?,
            units: self.units_within(reading).await?,
            decisions: self.decisions_within(reading).await?,
            declarations: self.declarations_within(reading).await?,
            movement_grades: self.movement_grades_within(reading).await?,
            populations: self.populations_within(reading).await?,
            exposures: self.exposures_within(reading).await?,
            releases: self.releases_within(reading).await?,
        })
    }

    /// Every row that a statement gives, each as what it stands for.
    pub(in crate::store) async fn read_all<T>(
        &self,
        reading: &mut Transaction<'static, Sqlite>,
        statement: &'static str,
        read: impl Fn(&SqliteRow) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let rows = sqlx::query(statement).fetch_all(&mut **reading).await.map_err(|source| self.fault(source))?;
        rows.iter().map(read).collect()
    }

    /// A column of text as what it stands for.
    pub(in crate::store) fn required<T>(&self, row: &SqliteRow, column: usize) -> Result<T, String>
    where
        T: FromStr,
        T::Err: Display,
    {
        let text: &str = row.try_get(column).map_err(|source| self.fault(source).to_string())?;
        text.parse().map_err(|error: T::Err| error.to_string())
    }

    /// A column of text as what it stands for; none when it is null.
    pub(in crate::store) fn optional<T>(&self, row: &SqliteRow, column: usize) -> Result<Option<T>, String>
    where
        T: FromStr,
        T::Err: Display,
    {
        let text: Option<&str> = row.try_get(column).map_err(|source| self.fault(source).to_string())?;
        text.map(str::parse).transpose().map_err(|error: T::Err| error.to_string())
    }
}
