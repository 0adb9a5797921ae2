//! Reports being judged: the judgement and the incident that may come of it are one transaction.

use sqlx::{Sqlite, Transaction};

use super::claims::ReportChange;
use crate::domain::audit::AuditEntry;
use crate::domain::incident::Incident;
use crate::domain::report::{Report, ReportDecision, ReportNumber, ReportStatus};
use crate::domain::unsaid::{FieldSet, UnsaidFields};
use crate::store::error::StoreError;
use crate::store::sqlite::changes::SourceKind;
use crate::store::sqlite::opening::Store;
use crate::store::submission::{PutIncident, RecordWrite, SubmittedCommit, WriteAction, WriteOrigin};

/// Who judges, when, and on which version of the report.
#[derive(Debug, Clone, Copy)]
pub struct JudgementBy<'a> {
    /// The label of the operator's token.
    pub by: &'a str,
    /// The present moment, in seconds since 1970 UTC.
    pub now_s: i64,
    /// The version that the operator saw.
    pub version: u32,
    /// The judgement as the audit log tells it; written in the transaction that makes it.
    pub account: &'a AuditEntry,
}

/// The columns that a judgement fills.
#[derive(Debug, Clone, Copy, Default)]
struct JudgementColumns<'a> {
    status: &'static str,
    reason: Option<&'a str>,
    incident_id: Option<&'a str>,
    merged_into: Option<i64>,
}

impl Store {
    /// Judges a report, if nobody has and it is still what the operator saw. What is taken up becomes an incident in
    /// the same transaction, written as requests write incidents: listed, with its history, its commit given back.
    ///
    /// # Errors
    /// When the database refuses; nothing is changed then.
    pub async fn judge_report(
        &self,
        number: &ReportNumber,
        decision: &ReportDecision,
        judged: JudgementBy<'_>,
    ) -> Result<JudgementDone, StoreError> {
        let mut transaction = self.writing().await?;
        let report = match self.report_to_judge(&mut transaction, number, judged).await? {
            Ok(report) => report,
            Err(refused) => return Ok(refused.into()),
        };
        let target = self.target_of(&mut transaction, &report, decision).await?;
        let Some(columns) = columns(decision, target) else { return Ok(ReportChange::NoSuchTarget.into()) };
        self.write_judgement(&mut transaction, &report, columns, judged).await?;
        if let ReportDecision::Accept(incident) = decision {
            let commit = self.write_accepted(transaction, incident, judged).await?;
            let report = self.report(number).await?;
            let change = report.map_or(ReportChange::Missing, |report| ReportChange::Done(Box::new(report)));
            return Ok(JudgementDone { change, commit });
        }
        self.append_audit(&mut transaction, std::slice::from_ref(judged.account)).await?;
        self.changed(transaction, number).await.map(JudgementDone::from)
    }

    /// The report, where it may be judged.
    async fn report_to_judge(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        number: &ReportNumber,
        judged: JudgementBy<'_>,
    ) -> Result<Result<Report, ReportChange>, StoreError> {
        let Some(report) = self.report_within(transaction, number).await? else {
            return Ok(Err(ReportChange::Missing));
        };
        if !report.status.is_open() {
            return Ok(Err(ReportChange::Judged));
        }
        if let Some(other) = report.holder(judged.now_s).filter(|holder| holder.by != judged.by) {
            return Ok(Err(ReportChange::Claimed(other.clone())));
        }
        if report.version != judged.version {
            return Ok(Err(ReportChange::Outdated(report.version)));
        }
        Ok(Ok(report))
    }

    /// What a report is merged with.
    async fn target_of(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        report: &Report,
        decision: &ReportDecision,
    ) -> Result<MergeTarget, StoreError> {
        const ROOT: &str = "SELECT coalesce(merged_into, id) FROM report WHERE number = ?";
        const KNOWN: &str = "SELECT EXISTS (SELECT 1 FROM incident WHERE id = ?)";
        let fault = |source| self.fault(source);
        match decision {
            ReportDecision::MergeWithReport(number) => {
                let root = sqlx::query_scalar::<_, i64>(ROOT).bind(number.as_str());
                let root = root.fetch_optional(&mut **transaction).await.map_err(fault)?;
                let other = root.filter(|root| *root != report.sequence);
                Ok(other.map_or(MergeTarget::Missing, MergeTarget::Report))
            }
            ReportDecision::MergeWithIncident { incident_id } => {
                let known = sqlx::query_scalar::<_, bool>(KNOWN).bind(incident_id.as_str());
                let known = known.fetch_one(&mut **transaction).await.map_err(fault)?;
                Ok(if known { MergeTarget::Incident } else { MergeTarget::Missing })
            }
            ReportDecision::Accept(_) | ReportDecision::Reject { .. } => Ok(MergeTarget::None),
        }
    }

    async fn write_judgement(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        report: &Report,
        columns: JudgementColumns<'_>,
        judged: JudgementBy<'_>,
    ) -> Result<(), StoreError> {
        const JUDGE: &str = "UPDATE report SET status = ?, reason = ?, incident_id = ?, merged_into = ?, judged_by = ?, \
                             judged_s = ?, claimed_by = NULL, claimed_until_s = NULL, version = version + 1 WHERE id = ?";
        // What was merged with a report follows it, so that the way to what became of it is one step.
        const FOLLOW: &str = "UPDATE report SET merged_into = ? WHERE merged_into = ?";
        let fault = |source| self.fault(source);
        let judge = sqlx::query(JUDGE).bind(columns.status).bind(columns.reason).bind(columns.incident_id);
        let judge = judge.bind(columns.merged_into).bind(judged.by).bind(judged.now_s).bind(report.sequence);
        judge.execute(&mut **transaction).await.map_err(fault)?;
        if let Some(root) = columns.merged_into {
            let follow = sqlx::query(FOLLOW).bind(root).bind(report.sequence);
            follow.execute(&mut **transaction).await.map_err(fault)?;
        }
        Ok(())
    }

    /// Writes the incident that a report became, with the line of its judgement, and commits. No sample gives way: what
    /// somebody tries out on it is a part of it, and where there is none, nothing has to.
    async fn write_accepted(
        &self,
        mut transaction: Transaction<'static, Sqlite>,
        incident: &Incident,
        judged: JudgementBy<'_>,
    ) -> Result<Option<SubmittedCommit>, StoreError> {
        let put = PutIncident { incident: incident.clone(), unsaid: FieldSet::default() };
        let origin = WriteOrigin {
            author: judged.by.to_owned(),
            moment_s: judged.now_s,
            reason: None,
            request_id: judged.account.request_id.clone(),
            account: judged.account.clone(),
            source: SourceKind::Sample,
        };
        let write = RecordWrite { action: WriteAction::Put(vec![put]), origin, key: None };
        let written = self.write_together(&mut transaction, &[write], UnsaidFields::NONE.names).await?;
        Ok(self.commit_writes(transaction, written).await?.commit)
    }
}

/// What became of a judgement.
#[derive(Debug)]
pub struct JudgementDone {
    /// Of the report.
    pub change: ReportChange,
    /// The commit of the incident that came of it, for whoever keeps the snapshot; none where none did.
    pub commit: Option<SubmittedCommit>,
}

impl From<ReportChange> for JudgementDone {
    fn from(change: ReportChange) -> Self {
        Self { change, commit: None }
    }
}

/// What a report is merged with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MergeTarget {
    /// Nothing: it is judged by itself.
    None,
    /// Another report.
    Report(i64),
    /// An incident that is known.
    Incident,
    /// Nothing that there is.
    Missing,
}

/// The columns of a decision; none where what it names is missing.
fn columns(decision: &ReportDecision, target: MergeTarget) -> Option<JudgementColumns<'_>> {
    let of = |status: ReportStatus| JudgementColumns { status: status.as_str(), ..JudgementColumns::default() };
    match (decision, target) {
        (_, MergeTarget::Missing) => None,
        (ReportDecision::Accept(incident), _) => {
            Some(JudgementColumns { incident_id: Some(&incident.id), ..of(ReportStatus::TakenUp) })
        }
        (ReportDecision::Reject { reason }, _) => {
            Some(JudgementColumns { reason: Some(reason), ..of(ReportStatus::NotTakenUp) })
        }
        (ReportDecision::MergeWithIncident { incident_id }, _) => {
            Some(JudgementColumns { incident_id: Some(incident_id), ..of(ReportStatus::Merged) })
        }
        (ReportDecision::MergeWithReport(_), MergeTarget::Report(root)) => {
            Some(JudgementColumns { merged_into: Some(root), ..of(ReportStatus::Merged) })
        }
        (ReportDecision::MergeWithReport(_), _) => None,
    }
}
