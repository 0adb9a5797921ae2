//! What operators do with reports: look through them, take one at a time, judge it.
//!
//! Two operators never judge the same report: one claims it, which keeps the others away for a while, and a judgement
//! names the version of the report that was seen.

use super::judgement::{JudgedReport, decision};
use super::place::commune_of;
use super::{Intake, unwritten};
use crate::assessment::nearby::{NEAR_S, NearIncident, Nearness, PlaceAndMoment, near_incidents};
use crate::domain::audit::AuditEntry;
use crate::domain::report::{Report, ReportClaim, ReportNumber};
use crate::service::error::ServiceError;
use crate::service::writing::Writer;
use crate::snapshot::Snapshot;
use crate::store::{JudgementBy, QueuePage, ReportChange};
use crate::texts::text;

/// How long a claim keeps other operators away.
const CLAIM_S: i64 = 5 * 60;
/// How many near ones are shown.
const MOST_NEAR: usize = 12;
/// How many reports of some days are looked through for near ones.
const MOST_COMPARED: u32 = 2_000;

/// Which reports an operator looks through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum QueueView {
    /// Those that nobody has judged.
    Open,
    /// Those that were judged.
    Judged,
}

/// A page of reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReportPage {
    /// The reports on the page.
    pub(crate) reports: Vec<Report>,
    /// Where the next page begins; none on the last one.
    pub(crate) next: Option<i64>,
    /// How many reports nobody has judged.
    pub(crate) open: u64,
}

/// A report beside what is near it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ReviewedReport {
    /// The report.
    pub(crate) report: Report,
    /// Other reports, the nearest first.
    pub(crate) near_reports: Vec<NearReport>,
    /// Incidents, the nearest first.
    pub(crate) near_incidents: Vec<NearIncident>,
}

/// A report that is near another.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct NearReport {
    pub(crate) report: Report,
    pub(crate) nearness: Nearness,
}

/// Who acts, and when.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Acting<'a> {
    /// The label of the operator's token.
    pub(crate) by: &'a str,
    /// The present moment, in seconds since 1970 UTC.
    pub(crate) now_s: i64,
}

/// A judgement as it comes in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct IncomingJudgement<'a> {
    pub(crate) body: &'a [u8],
    /// The version of the report that the operator saw.
    pub(crate) version: u32,
    /// The judgement as the audit log tells it.
    pub(crate) account: &'a AuditEntry,
}

impl Intake {
    /// A page of reports, after the place at which the page before it ended.
    pub(crate) async fn page(
        &self,
        view: QueueView,
        after: Option<i64>,
        limit: u32,
    ) -> Result<ReportPage, ServiceError> {
        let page = match view {
            QueueView::Open => QueuePage::OpenAfter(after.unwrap_or(i64::MIN)),
            QueueView::Judged => QueuePage::JudgedBefore(after.unwrap_or(i64::MAX)),
        };
        let fault = |error| unwritten(&error);
        let mut reports = self.store.reports(page, limit + 1).await.map_err(fault)?;
        let is_last = reports.len() <= limit as usize;
        reports.truncate(limit as usize);
        let next = reports.last().filter(|_| !is_last).map(|report| report.sequence);
        Ok(ReportPage { reports, next, open: self.store.open_reports().await.map_err(fault)? })
    }

    /// The report of a number.
    pub(crate) async fn report(&self, number: &ReportNumber) -> Result<Report, ServiceError> {
        let report = self.store.report(number).await.map_err(|error| unwritten(&error))?;
        report.ok_or_else(|| missing(number))
    }

    /// The reports near one, the nearest first.
    pub(crate) async fn reports_near(
        &self,
        report: &Report,
        snapshot: &Snapshot,
    ) -> Result<Vec<NearReport>, ServiceError> {
        let asked = placed(report, snapshot);
        let (from_s, to_s) = (asked.moment_s - NEAR_S, asked.moment_s + NEAR_S);
        let others =
            self.store.reports_between(from_s, to_s, MOST_COMPARED).await.map_err(|error| unwritten(&error))?;
        let others = others.into_iter().filter(|other| other.sequence != report.sequence);
        let mut near: Vec<NearReport> = others
            .filter_map(|other| {
                let nearness = asked.nearness(&placed(&other, snapshot))?;
                Some(NearReport { report: other, nearness })
            })
            .collect();
        near.sort_by(|one, other| {
            let by_arrival = || one.report.sequence.cmp(&other.report.sequence);
            one.nearness.compare(&other.nearness).then_with(by_arrival)
        });
        near.truncate(MOST_NEAR);
        Ok(near)
    }

    /// Claims a report for an operator.
    pub(crate) async fn claim(&self, number: &ReportNumber, acting: Acting<'_>) -> Result<Report, ServiceError> {
        let claim = ReportClaim { by: acting.by.to_owned(), until_s: acting.now_s + CLAIM_S };
        let change = self.store.claim_report(number, &claim, acting.now_s).await;
        done(number, change.map_err(|error| unwritten(&error))?)
    }

    /// Gives a report back that an operator has claimed.
    pub(crate) async fn release(&self, number: &ReportNumber, acting: Acting<'_>) -> Result<Report, ServiceError> {
        let change = self.store.release_report(number, acting.by, acting.now_s).await;
        done(number, change.map_err(|error| unwritten(&error))?)
    }

    /// Judges a report. When this returns, the judgement and the incident that came of it are on the disk, and the
    /// incident is on its way to whoever is shown it.
    pub(crate) async fn judge(
        &self,
        writer: &Writer,
        number: &ReportNumber,
        incoming: IncomingJudgement<'_>,
        snapshot: &Snapshot,
        acting: Acting<'_>,
    ) -> Result<Report, ServiceError> {
        let report = self.report(number).await?;
        let incident_id = self.incident_id(number);
        let judged = JudgedReport { report: &report, incident_id: &incident_id, snapshot, now_s: acting.now_s };
        let decision = decision(incoming.body, judged)?;
        let judged =
            JudgementBy { by: acting.by, now_s: acting.now_s, version: incoming.version, account: incoming.account };
        let change = writer.judge_report(number, &decision, judged).await;
        done(number, change.map_err(|error| unwritten(&error))?)
    }
}

/// The incidents near a report, the nearest first. Takes as long as looking through all of them.
pub(crate) fn incidents_near(report: &Report, snapshot: &Snapshot) -> Vec<NearIncident> {
    near_incidents(snapshot, &placed(report, snapshot), MOST_NEAR)
}

fn placed(report: &Report, snapshot: &Snapshot) -> PlaceAndMoment {
    let location = report.facts.location.clone();
    PlaceAndMoment { commune: commune_of(&location, snapshot), location, moment_s: report.moment_s() }
}

/// The report after a change, or why there was none.
fn done(number: &ReportNumber, change: ReportChange) -> Result<Report, ServiceError> {
    match change {
        ReportChange::Done(report) => Ok(*report),
        ReportChange::Missing => Err(missing(number)),
        ReportChange::Outdated(version) => {
            Err(ServiceError::Outdated { what: text!("report-outdated", version = version.to_string()) })
        }
        ReportChange::Claimed(claim) => Err(ServiceError::Conflict { what: text!("report-claimed", by = claim.by) }),
        ReportChange::Judged => Err(ServiceError::Conflict { what: text!("report-judged") }),
        ReportChange::NoSuchTarget => Err(ServiceError::Conflict { what: text!("report-no-target") }),
    }
}

fn missing(number: &ReportNumber) -> ServiceError {
    ServiceError::absent(text!("report-missing", number = number.as_str()))
}
