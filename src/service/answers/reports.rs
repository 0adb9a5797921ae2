//! What is said of reports: to their senders a number and how far they are handled; to operators all of it.
//!
//! In: reports as they are kept, and what is near them. Out: answers, in which nobody is named: a sender has no column
//! anywhere.

use serde::Serialize;
use utoipa::ToSchema;

use super::about::imports::moment;
use crate::assessment::nearby::{NEAR_M, NEAR_S, NearIncident, Nearness};
use crate::domain::area::edition::EditionId;
use crate::domain::area::{AreaCode, Position};
use crate::domain::incident::IncidentLocation;
use crate::domain::incident::taxonomy::{CategoryIndex, Severity, Taxonomy};
use crate::domain::report::{
    Report, ReportClaim, ReportFacts, ReportJudgement, ReportNumber, ReportOutcome, ReportStatus,
};
use crate::domain::text::Names;
use crate::domain::time::period::local_time;
use crate::service::intake::place::commune_of;
use crate::service::intake::{Challenge, IntakeRules, NearReport, ReportPage, ReviewedReport};
use crate::snapshot::Snapshot;

/// A challenge, and what the form has to know.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ChallengeAnswer {
    /// What has to come back with the report.
    challenge: String,
    /// How many zero bits the SHA-256 of `challenge:solution` has to begin with.
    proof_bits: u8,
    /// Until when the challenge may be used.
    #[schema(format = DateTime)]
    expires_at: String,
    /// What may be reported.
    form: ReportFormAnswer,
}

/// What may be reported, and what becomes of the words.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ReportFormAnswer {
    /// The categories that people may report, in the order of the form.
    categories: Vec<ReportTermAnswer>,
    /// The most characters of the text.
    text_chars: u32,
    /// Days after which the text is deleted.
    text_days: u32,
}

/// A word of the taxonomy.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ReportTermAnswer {
    /// Its id.
    id: String,
    /// Its name.
    name: Names,
}

/// The receipt of a report, and how far it is handled.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ReceiptAnswer {
    /// The number under which its sender may ask for it.
    number: ReportNumber,
    /// How far it is handled: `received`, `in_review`, `taken_up` or `not_taken_up`.
    status: ReportStatus,
}

/// What was done with a message of a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct HookAnswer {
    /// How many reports, or parts of them, it held.
    pub(crate) reports: usize,
}

/// A page of reports.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ReportQueueAnswer {
    /// How many reports nobody has judged.
    open: u64,
    /// The reports on the page.
    reports: Vec<ReportAnswer>,
    /// The value of `cursor` for the next page; null on the last one.
    #[schema(required)]
    next: Option<String>,
}

/// A report beside what is near it in space and time.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ReportReviewAnswer {
    /// The report.
    report: ReportAnswer,
    /// Within how many metres something is near.
    near_m: f64,
    /// Within how many hours something is near.
    near_hours: i64,
    /// Other reports that are near, the nearest first.
    near_reports: Vec<NearReportAnswer>,
    /// Incidents that are near, the nearest first.
    near_incidents: Vec<NearIncidentAnswer>,
}

/// A report, for operators.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ReportAnswer {
    /// The number on its receipt.
    number: ReportNumber,
    /// Grows with every change; a judgement names it in `If-Match`.
    version: u32,
    /// When it came.
    #[schema(format = DateTime)]
    received_at: String,
    /// The way by which it came.
    channel: ReportTermAnswer,
    /// What happened; null where it was not said.
    #[schema(required)]
    category: Option<ReportTermAnswer>,
    /// When it happened, in local time; null where it was not said.
    #[schema(required, format = DateTime)]
    happened_at: Option<String>,
    /// Where it happened, as far as it is known.
    place: ReportPlaceAnswer,
    /// What was said in words; null where nothing was, or when its days are over.
    #[schema(required)]
    text: Option<String>,
    /// How far it is handled.
    status: ReportStatus,
    /// Who looks at it; null where nobody does.
    #[schema(required)]
    claim: Option<ReportClaimAnswer>,
    /// How it was judged; null before.
    #[schema(required)]
    judgement: Option<ReportJudgementAnswer>,
}

/// Where something is said to have happened.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ReportPlaceAnswer {
    /// The longitude; null where no point is known.
    #[schema(required)]
    lon: Option<f64>,
    /// The latitude; null where no point is known.
    #[schema(required)]
    lat: Option<f64>,
    /// The edition of the commune.
    #[schema(required)]
    edition: Option<EditionId>,
    /// The code of the commune that was named, or that holds the point.
    #[schema(required)]
    area_code: Option<AreaCode>,
    /// Its name.
    #[schema(required)]
    area_name: Option<String>,
}

/// That an operator looks at a report.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ReportClaimAnswer {
    /// The label of the operator's token.
    by: String,
    /// Until when.
    #[schema(format = DateTime)]
    until: String,
    /// Whether that is who asks.
    mine: bool,
}

/// How a report was judged.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ReportJudgementAnswer {
    /// The label of the operator's token.
    by: String,
    /// When.
    #[schema(format = DateTime)]
    judged_at: String,
    /// Why not, where it was not taken up.
    #[schema(required)]
    reason: Option<String>,
    /// The incident that it is.
    #[schema(required)]
    incident: Option<String>,
    /// The report that says the same.
    #[schema(required)]
    report: Option<ReportNumber>,
}

/// A report that is near another.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct NearReportAnswer {
    /// The report.
    report: ReportAnswer,
    /// How near it is.
    nearness: NearnessAnswer,
}

/// An incident that is near a report.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct NearIncidentAnswer {
    /// The id of the incident.
    id: String,
    /// What happened.
    category: ReportTermAnswer,
    /// How severe it was.
    severity: Severity,
    /// When it happened, in local time.
    #[schema(format = DateTime)]
    happened_at: String,
    /// Where.
    place: ReportPlaceAnswer,
    /// How near it is.
    nearness: NearnessAnswer,
}

/// How near something is.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct NearnessAnswer {
    /// Metres; null where one of the two is known by its commune alone.
    #[schema(required)]
    distance_m: Option<f64>,
    /// Hours between the two; negative for what was before.
    hours_apart: f64,
}

impl ChallengeAnswer {
    /// A challenge, with the form as the rules have it.
    pub(crate) fn of(challenge: Challenge, rules: &IntakeRules, snapshot: &Snapshot) -> Self {
        let Challenge { text, bits, expires_s } = challenge;
        let categories = snapshot.rules.reports.reportable(&snapshot.taxonomy);
        let categories = categories.into_iter().filter_map(|index| category_term(index, &snapshot.taxonomy)).collect();
        let form = ReportFormAnswer { categories, text_chars: rules.text_chars, text_days: rules.text_days };
        Self { challenge: text, proof_bits: bits, expires_at: moment(expires_s), form }
    }
}

impl ReceiptAnswer {
    /// How far the report of a number is handled.
    pub(crate) fn new(number: ReportNumber, status: ReportStatus) -> Self {
        Self { number, status }
    }
}

/// For whom reports are written down, and when.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ReportReader<'a> {
    pub(crate) snapshot: &'a Snapshot,
    /// The label of the token of who asks.
    pub(crate) by: &'a str,
    pub(crate) now_s: i64,
}

impl ReportQueueAnswer {
    /// A page for an operator.
    pub(crate) fn of(page: &ReportPage, reader: ReportReader<'_>) -> Self {
        let ReportPage { reports, next, open } = page;
        let reports = reports.iter().map(|report| ReportAnswer::of(report, reader)).collect();
        Self { open: *open, reports, next: next.map(|next| next.to_string()) }
    }
}

impl ReportReviewAnswer {
    /// A report beside what is near it.
    pub(crate) fn of(reviewed: &ReviewedReport, reader: ReportReader<'_>) -> Self {
        let ReviewedReport { report, near_reports, near_incidents } = reviewed;
        let near_report = |near: &NearReport| {
            let NearReport { report, nearness } = near;
            NearReportAnswer { report: ReportAnswer::of(report, reader), nearness: NearnessAnswer::of(*nearness) }
        };
        let near_incident = |near: &NearIncident| NearIncidentAnswer::of(*near, reader.snapshot);
        Self {
            report: ReportAnswer::of(report, reader),
            near_m: NEAR_M,
            near_hours: NEAR_S / 3600,
            near_reports: near_reports.iter().map(near_report).collect(),
            near_incidents: near_incidents.iter().filter_map(near_incident).collect(),
        }
    }
}

impl ReportAnswer {
    /// A report for an operator.
    pub(crate) fn of(report: &Report, reader: ReportReader<'_>) -> Self {
        let ReportReader { snapshot, by, now_s } = reader;
        let holder = report.holder(now_s).cloned();
        let Report { sequence: _, number, received_s, facts, status, version, claim: _, judgement } = report;
        let ReportFacts { channel, category, happened_s, location, text } = facts;
        let channel = snapshot.taxonomy.channels.get(channel.index());
        Self {
            number: number.clone(),
            version: *version,
            received_at: local_time(*received_s),
            channel: channel.map_or_else(ReportTermAnswer::none, |term| ReportTermAnswer {
                id: term.id.clone(),
                name: term.names(),
            }),
            category: category.and_then(|index| category_term(index, &snapshot.taxonomy)),
            happened_at: happened_s.map(local_time),
            place: ReportPlaceAnswer::of(location, snapshot),
            text: text.clone(),
            status: *status,
            claim: holder.map(|claim| {
                let ReportClaim { by: holder, until_s } = claim;
                ReportClaimAnswer { mine: holder == by, by: holder, until: moment(until_s) }
            }),
            judgement: judgement.clone().map(ReportJudgementAnswer::of),
        }
    }
}

impl ReportJudgementAnswer {
    fn of(judgement: ReportJudgement) -> Self {
        let ReportJudgement { by, judged_s, outcome } = judgement;
        let bare = Self { by, judged_at: local_time(judged_s), reason: None, incident: None, report: None };
        match outcome {
            ReportOutcome::NotTakenUp { reason } => Self { reason: Some(reason), ..bare },
            ReportOutcome::TakenUp { incident_id } | ReportOutcome::MergedWithIncident { incident_id } => {
                Self { incident: Some(incident_id), ..bare }
            }
            ReportOutcome::MergedWithReport(number) => Self { report: Some(number), ..bare },
        }
    }
}

impl NearIncidentAnswer {
    fn of(near: NearIncident, snapshot: &Snapshot) -> Option<Self> {
        let NearIncident { row, nearness } = near;
        let incidents = &snapshot.incidents;
        Some(Self {
            id: incidents.id(row).to_owned(),
            category: category_term(incidents.category(row), &snapshot.taxonomy)?,
            severity: incidents.severity(row),
            happened_at: local_time(incidents.unix_seconds(row)),
            place: ReportPlaceAnswer::of(&incidents.location(row), snapshot),
            nearness: NearnessAnswer::of(nearness),
        })
    }
}

impl NearnessAnswer {
    fn of(nearness: Nearness) -> Self {
        let Nearness { distance_m, apart_s } = nearness;
        Self { distance_m: distance_m.map(f64::round), hours_apart: (apart_s as f64 / 360.0).round() / 10.0 }
    }
}

impl ReportPlaceAnswer {
    /// A place with the name of its commune.
    fn of(location: &IncidentLocation, snapshot: &Snapshot) -> Self {
        let position = match location {
            IncidentLocation::Point(position) => Some(*position),
            IncidentLocation::Area(_) | IncidentLocation::Unknown => None,
        };
        let named = match location {
            IncidentLocation::Area(key) => {
                let edition = snapshot.edition(key.edition);
                edition.and_then(|edition| {
                    let mut communes = edition.shape.communes().iter();
                    communes.find(|commune| commune.code == key.code).map(|commune| (key.edition, commune))
                })
            }
            IncidentLocation::Point(_) | IncidentLocation::Unknown => {
                let edition = snapshot.default_edition();
                edition.and_then(|edition| {
                    let commune = edition.shape.commune(commune_of(location, snapshot)?)?;
                    Some((edition.entry.id, commune))
                })
            }
        };
        Self {
            lon: position.map(Position::lon),
            lat: position.map(Position::lat),
            edition: named.map(|(edition, _)| edition),
            area_code: named.map(|(_, commune)| commune.code.clone()),
            area_name: named.map(|(_, commune)| commune.name.clone()),
        }
    }
}

impl ReportTermAnswer {
    fn none() -> Self {
        Self { id: String::new(), name: Names::same("") }
    }
}

fn category_term(index: CategoryIndex, taxonomy: &Taxonomy) -> Option<ReportTermAnswer> {
    let entry = taxonomy.category_entry(index)?;
    Some(ReportTermAnswer { id: entry.id.clone(), name: entry.names() })
}
