//! Who looks at a report, for a while, so that no other operator does.

use super::rows::wrong;
use crate::domain::report::{Report, ReportClaim, ReportNumber, ReportStatus};
use crate::store::error::StoreError;
use crate::store::sqlite::opening::Store;

/// What became of an operator's change of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReportChange {
    /// It was done; the report as it is now.
    Done(Box<Report>),
    /// There is no such report.
    Missing,
    /// The report is not what the operator saw: it has this version now.
    Outdated(u32),
    /// Another operator looks at it.
    Claimed(ReportClaim),
    /// It was judged before.
    Judged,
    /// What it was to be merged with does not exist, or is itself.
    NoSuchTarget,
}

impl Store {
    /// Claims a report for an operator, or prolongs the claim that the same operator has.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn claim_report(
        &self,
        number: &ReportNumber,
        claim: &ReportClaim,
        now_s: i64,
    ) -> Result<ReportChange, StoreError> {
        const CLAIM: &str = "UPDATE report SET status = ?, claimed_by = ?, claimed_until_s = ?, version = version + ? \
                             WHERE id = ?";
        let mut transaction = self.writing().await?;
        let Some(report) = self.report_within(&mut transaction, number).await? else {
            return Ok(ReportChange::Missing);
        };
        if !report.status.is_open() {
            return Ok(ReportChange::Judged);
        }
        let holder = report.holder(now_s);
        if let Some(other) = holder.filter(|holder| holder.by != claim.by) {
            return Ok(ReportChange::Claimed(other.clone()));
        }
        // Prolonging changes nothing that anybody decides by.
        let step = u32::from(holder.is_none());
        let update = sqlx::query(CLAIM).bind(ReportStatus::InReview.as_str()).bind(claim.by.as_str());
        let update = update.bind(claim.until_s).bind(step).bind(report.sequence);
        update.execute(&mut *transaction).await.map_err(|source| self.fault(source))?;
        self.changed(transaction, number).await
    }

    /// Gives a report back that an operator has claimed and does not judge.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn release_report(
        &self,
        number: &ReportNumber,
        by: &str,
        now_s: i64,
    ) -> Result<ReportChange, StoreError> {
        const RELEASE: &str = "UPDATE report SET status = ?, claimed_by = NULL, claimed_until_s = NULL, \
                               version = version + 1 WHERE id = ?";
        let mut transaction = self.writing().await?;
        let Some(report) = self.report_within(&mut transaction, number).await? else {
            return Ok(ReportChange::Missing);
        };
        if !report.status.is_open() {
            return Ok(ReportChange::Judged);
        }
        match report.holder(now_s) {
            Some(other) if other.by != by => return Ok(ReportChange::Claimed(other.clone())),
            None if report.status == ReportStatus::Received => return Ok(ReportChange::Done(Box::new(report))),
            _ => {}
        }
        let update = sqlx::query(RELEASE).bind(ReportStatus::Received.as_str()).bind(report.sequence);
        update.execute(&mut *transaction).await.map_err(|source| self.fault(source))?;
        self.changed(transaction, number).await
    }

    /// Commits a change of a report, and gives the report.
    pub(super) async fn changed(
        &self,
        mut transaction: sqlx::Transaction<'static, sqlx::Sqlite>,
        number: &ReportNumber,
    ) -> Result<ReportChange, StoreError> {
        let report = self.report_within(&mut transaction, number).await?;
        let report = report.ok_or_else(|| wrong(number.as_str(), &"it is gone"))?;
        transaction.commit().await.map_err(|source| self.fault(source))?;
        Ok(ReportChange::Done(Box::new(report)))
    }
}
