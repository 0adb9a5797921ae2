//! Declarations of the days on which incidents are known, as rows.

use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, Sqlite, Transaction};

use crate::domain::area::AreaKey;
use crate::domain::holdings::Dataset;
use crate::domain::incident::coverage::{CoverageScope, DeclaredCoverage, DeclaredDays, IncidentDays};
use crate::domain::time::period::Day;
use crate::store::error::StoreError;
use crate::store::sqlite::changes::{ChangeList, ChangeReach, SourceKind, WriteOutcome};
use crate::store::sqlite::opening::Store;

const TABLE: &str = "incident_coverage";
const ALL: &str = "SELECT scope, edition, code, from_day, to_day FROM incident_coverage \
                   ORDER BY scope, edition, code, from_day, to_day";
const INSERT: &str = "INSERT INTO incident_coverage (scope, edition, code, from_day, to_day) VALUES (?, ?, ?, ?, ?) \
                      ON CONFLICT DO NOTHING";
const ENDS: &str = "SELECT min(unix_seconds), max(unix_seconds) FROM incident";
const FORGET: &str = "DELETE FROM incident_coverage WHERE scope = ? AND edition = ? AND code = ?";

/// What becomes of earlier declarations of the same scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EarlierDeclarations {
    /// They hold beside the new ones.
    Kept,
    /// The new ones stand in their place.
    Replaced,
}

/// A scope as its columns.
struct ScopeColumns<'a> {
    scope: &'static str,
    edition: String,
    code: &'a str,
}

impl<'a> ScopeColumns<'a> {
    fn of(scope: &'a CoverageScope) -> Self {
        match scope {
            CoverageScope::Everything => Self { scope: "everything", edition: String::new(), code: "" },
            CoverageScope::Channel(id) => Self { scope: "channel", edition: String::new(), code: id },
            CoverageScope::District(key) => {
                Self { scope: "district", edition: key.edition.to_string(), code: key.code.as_str() }
            }
        }
    }
}

impl Store {
    /// Writes declarations in one transaction; the epoch grows when they say anything new. Own declarations replace
    /// the sample, as own incidents do.
    ///
    /// # Errors
    /// When the database refuses; nothing is written then.
    pub async fn declare_coverage(
        &self,
        declared: &[DeclaredCoverage],
        earlier: EarlierDeclarations,
        kind: SourceKind,
    ) -> Result<WriteOutcome, StoreError> {
        let fault = |source| self.fault(source);
        let mut transaction = self.writing().await?;
        let mut outcome = WriteOutcome::default();
        if declared.is_empty() {
            return self.commit(transaction, outcome, ChangeList::Incomplete, ChangeReach::Open).await;
        }
        outcome.sample_removed = self.replace_or_mark_sample(&mut transaction, Dataset::Incidents, kind).await?;
        if outcome.sample_removed > 0 {
            self.forget_incident_list(&mut transaction).await?;
        }
        let before = self.coverage_within(&mut transaction).await?;
        if earlier == EarlierDeclarations::Replaced {
            for DeclaredCoverage { scope, .. } in declared {
                let ScopeColumns { scope, edition, code } = ScopeColumns::of(scope);
                let forget = sqlx::query(FORGET).bind(scope).bind(edition).bind(code);
                forget.execute(&mut *transaction).await.map_err(fault)?;
            }
        }
        for DeclaredCoverage { scope, days } in declared {
            let ScopeColumns { scope, edition, code } = ScopeColumns::of(scope);
            let (from, to) = (days.from.to_string(), days.to.map_or_else(String::new, |day| day.to_string()));
            let insert = sqlx::query(INSERT).bind(scope).bind(edition).bind(code).bind(from).bind(to);
            insert.execute(&mut *transaction).await.map_err(fault)?;
        }
        let after = self.coverage_within(&mut transaction).await?;
        let is_new = |one: &&DeclaredCoverage| !before.contains(one);
        outcome.inserted = after.iter().filter(is_new).count() as u64;
        outcome.unchanged = after.len() as u64 - outcome.inserted;
        outcome.updated = before.iter().filter(|one| !after.contains(one)).count() as u64;
        // The days go with the rows that they are declared of: both stay from here on, or neither.
        self.seal_import(&mut transaction).await?;
        let outcome = self.commit(transaction, outcome, ChangeList::Incomplete, ChangeReach::Open).await?;
        if !self.syncs_each_commit() {
            self.sync_to_disk().await?;
        }
        Ok(outcome)
    }

    /// What was declared so far.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn declared_coverage(&self) -> Result<Vec<DeclaredCoverage>, StoreError> {
        let mut reading = self.reading().await?;
        self.coverage_within(&mut reading).await
    }

    /// The days of the first and the last incident; none where there is none.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn incident_days(&self) -> Result<Option<IncidentDays>, StoreError> {
        let query = sqlx::query_as::<_, (Option<i64>, Option<i64>)>(ENDS).fetch_one(&self.pool).await;
        let (first, last) = query.map_err(|source| self.fault(source))?;
        let days =
            |(first, last)| IncidentDays { first: Day::of_unix_seconds(first), last: Day::of_unix_seconds(last) };
        Ok(first.zip(last).map(days))
    }

    /// Every declaration, in a fixed order.
    pub(in crate::store) async fn coverage_within(
        &self,
        reading: &mut Transaction<'static, Sqlite>,
    ) -> Result<Vec<DeclaredCoverage>, StoreError> {
        self.read_all(reading, ALL, |row| self.declaration_of_coverage(row)).await
    }

    fn declaration_of_coverage(&self, row: &SqliteRow) -> Result<DeclaredCoverage, StoreError> {
        let column = |index: usize| row.try_get::<String, _>(index).map_err(|source| self.fault(source));
        let (scope, code) = (column(0)?, column(2)?);
        let wrong = |what| StoreError::Value { table: TABLE, row: format!("{scope} {code}"), what };
        let day = |index: usize| self.required(row, index).map(Day::of_date).map_err(wrong);
        let to = if column(4)?.is_empty() { None } else { Some(day(4)?) };
        let days = DeclaredDays { from: day(3)?, to };
        let scope = match scope.as_str() {
            "everything" => CoverageScope::Everything,
            "channel" => CoverageScope::Channel(code.clone()),
            _ => CoverageScope::District(AreaKey {
                edition: self.required(row, 1).map_err(wrong)?,
                code: self.required(row, 2).map_err(wrong)?,
            }),
        };
        Ok(DeclaredCoverage { scope, days })
    }
}
