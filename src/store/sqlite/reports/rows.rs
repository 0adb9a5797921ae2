//! How reports are read.

use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Row as _, Sqlite, Transaction};

use crate::domain::incident::IncidentLocation;
use crate::domain::incident::taxonomy::{CategoryIndex, ChannelIndex};
use crate::domain::report::{
    Report, ReportClaim, ReportFacts, ReportJudgement, ReportNumber, ReportOutcome, ReportStatus,
};
use crate::store::error::StoreError;
use crate::store::sqlite::location_columns::{LocationColumns, area_key, position};
use crate::store::sqlite::opening::Store;

/// A statement for the columns of reports.
macro_rules! reports {
    ($rest:literal) => {
        concat!(
            "SELECT r.id, r.number, r.received_s, r.channel, r.category, r.happened_s, r.lon_e7, r.lat_e7, r.edition, \
             r.area_code, r.status, r.version, r.claimed_by, r.claimed_until_s, r.judged_by, r.judged_s, r.reason, \
             r.incident_id, root.number, t.text FROM report AS r LEFT JOIN report AS root ON root.id = r.merged_into \
             LEFT JOIN report_text AS t ON t.report = r.id ",
            $rest
        )
    };
}

const BY_NUMBER: &str = reports!("WHERE r.number = ?");
const BY_ID: &str = reports!("WHERE r.id = ?");
const OPEN_AFTER: &str = reports!("WHERE r.status IN ('received', 'in_review') AND r.id > ? ORDER BY r.id LIMIT ?");
const JUDGED_BEFORE: &str =
    reports!("WHERE r.status NOT IN ('received', 'in_review') AND r.id < ? ORDER BY r.id DESC LIMIT ?");
const BETWEEN: &str = reports!(
    "WHERE coalesce(r.happened_s, r.received_s) BETWEEN ? AND ? ORDER BY coalesce(r.happened_s, r.received_s), r.id \
     LIMIT ?"
);
const COUNT_OPEN: &str = "SELECT count(*) FROM report WHERE status IN ('received', 'in_review')";
const PUBLIC_STATUS: &str = "SELECT coalesce(root.status, r.status) FROM report AS r \
                             LEFT JOIN report AS root ON root.id = r.merged_into WHERE r.number = ?";

/// Which page of reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueuePage {
    /// Those that nobody has judged, after a place in the order of arrival, the oldest first.
    OpenAfter(i64),
    /// Those that were judged, before a place in the order of arrival, the newest first.
    JudgedBefore(i64),
}

impl Store {
    /// A page of reports.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn reports(&self, page: QueuePage, limit: u32) -> Result<Vec<Report>, StoreError> {
        let (statement, edge) = match page {
            QueuePage::OpenAfter(sequence) => (OPEN_AFTER, sequence),
            QueuePage::JudgedBefore(sequence) => (JUDGED_BEFORE, sequence),
        };
        let mut reading = self.reading().await?;
        self.reports_of(&mut reading, sqlx::query(statement).bind(edge).bind(limit)).await
    }

    /// Reports of what happened from one moment to another, both included.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn reports_between(&self, from_s: i64, to_s: i64, limit: u32) -> Result<Vec<Report>, StoreError> {
        let mut reading = self.reading().await?;
        self.reports_of(&mut reading, sqlx::query(BETWEEN).bind(from_s).bind(to_s).bind(limit)).await
    }

    /// How many reports nobody has judged.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn open_reports(&self) -> Result<u64, StoreError> {
        let query = sqlx::query_scalar::<_, i64>(COUNT_OPEN).fetch_one(&self.pool).await;
        query.map(i64::cast_unsigned).map_err(|source| self.fault(source))
    }

    /// The report of a number.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn report(&self, number: &ReportNumber) -> Result<Option<Report>, StoreError> {
        let mut reading = self.reading().await?;
        self.report_within(&mut reading, number).await
    }

    /// How far the report of a number is handled, as its sender is told: where it was merged, how far the other is.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn public_report_status(&self, number: &ReportNumber) -> Result<Option<ReportStatus>, StoreError> {
        let query = sqlx::query_scalar::<_, String>(PUBLIC_STATUS).bind(number.as_str());
        let status = query.fetch_optional(&self.pool).await.map_err(|source| self.fault(source))?;
        let read = |status: String| status.parse::<ReportStatus>().map_err(|error| wrong(number.as_str(), &error));
        Ok(status.map(read).transpose()?.map(ReportStatus::public))
    }

    pub(super) async fn report_within(
        &self,
        reading: &mut Transaction<'static, Sqlite>,
        number: &ReportNumber,
    ) -> Result<Option<Report>, StoreError> {
        let query = sqlx::query(BY_NUMBER).bind(number.as_str());
        Ok(self.reports_of(reading, query).await?.into_iter().next())
    }

    pub(super) async fn report_of_id(
        &self,
        reading: &mut Transaction<'static, Sqlite>,
        id: i64,
    ) -> Result<Option<Report>, StoreError> {
        Ok(self.reports_of(reading, sqlx::query(BY_ID).bind(id)).await?.into_iter().next())
    }

    async fn reports_of(
        &self,
        reading: &mut Transaction<'static, Sqlite>,
        query: sqlx::query::Query<'_, Sqlite, SqliteArguments>,
    ) -> Result<Vec<Report>, StoreError> {
        let rows = query.fetch_all(&mut **reading).await.map_err(|source| self.fault(source))?;
        rows.iter().map(|row| self.read_report(row)).collect()
    }

    fn read_report(&self, row: &SqliteRow) -> Result<Report, StoreError> {
        let fault = |source| self.fault(source);
        let number: String = row.try_get(1).map_err(fault)?;
        let status: &str = row.try_get(10).map_err(fault)?;
        let status = status.parse().map_err(|error| wrong(&number, &error))?;
        let claimed_by: Option<String> = row.try_get(12).map_err(fault)?;
        let until_s: Option<i64> = row.try_get(13).map_err(fault)?;
        Ok(Report {
            sequence: row.try_get(0).map_err(fault)?,
            received_s: row.try_get(2).map_err(fault)?,
            facts: self.read_facts(row, &number)?,
            status,
            version: row.try_get(11).map_err(fault)?,
            claim: claimed_by.zip(until_s).map(|(by, until_s)| ReportClaim { by, until_s }),
            judgement: self.read_judgement(row, &number, status)?,
            number: number.parse().map_err(|error| wrong(&number, &error))?,
        })
    }

    fn read_facts(&self, row: &SqliteRow, number: &str) -> Result<ReportFacts, StoreError> {
        let fault = |source| self.fault(source);
        let channel: i64 = row.try_get(3).map_err(fault)?;
        let category: Option<i64> = row.try_get(4).map_err(fault)?;
        let category = category.map(|category| self.vocabulary.categories.index_of(category)).transpose()?;
        let columns = LocationColumns::read(row, 6).map_err(fault)?;
        let unread = |what: String| wrong(number, &what);
        let location = match position(&columns).map_err(unread)? {
            Some(position) => IncidentLocation::Point(position),
            None => area_key(&columns).map_err(unread)?.map_or(IncidentLocation::Unknown, IncidentLocation::Area),
        };
        Ok(ReportFacts {
            channel: ChannelIndex::new(self.vocabulary.channels.index_of(channel)?),
            category: category.map(CategoryIndex::new),
            happened_s: row.try_get(5).map_err(fault)?,
            location,
            text: row.try_get(19).map_err(fault)?,
        })
    }

    fn read_judgement(
        &self,
        row: &SqliteRow,
        number: &str,
        status: ReportStatus,
    ) -> Result<Option<ReportJudgement>, StoreError> {
        let fault = |source| self.fault(source);
        let by: Option<String> = row.try_get(14).map_err(fault)?;
        let judged_s: Option<i64> = row.try_get(15).map_err(fault)?;
        let Some((by, judged_s)) = by.zip(judged_s) else { return Ok(None) };
        let reason: Option<String> = row.try_get(16).map_err(fault)?;
        let incident_id: Option<String> = row.try_get(17).map_err(fault)?;
        let root: Option<String> = row.try_get(18).map_err(fault)?;
        let outcome = match (status, incident_id, root) {
            (ReportStatus::TakenUp, Some(incident_id), _) => ReportOutcome::TakenUp { incident_id },
            (ReportStatus::NotTakenUp, ..) => ReportOutcome::NotTakenUp { reason: reason.unwrap_or_default() },
            (ReportStatus::Merged, Some(incident_id), None) => ReportOutcome::MergedWithIncident { incident_id },
            (ReportStatus::Merged, _, Some(root)) => {
                ReportOutcome::MergedWithReport(root.parse().map_err(|error| wrong(number, &error))?)
            }
            _ => return Err(wrong(number, &"it was judged, and nothing says how")),
        };
        Ok(Some(ReportJudgement { by, judged_s, outcome }))
    }
}

/// A row that does not read.
pub(super) fn wrong(number: &str, what: &dyn std::fmt::Display) -> StoreError {
    StoreError::Value { table: "report", row: number.to_owned(), what: what.to_string() }
}
