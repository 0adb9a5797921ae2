//! What an operator decides of a report, as it is sent.

use serde::Serialize;
use utoipa::ToSchema;

use super::json_fields::{JsonFields, field_fault};
use super::place::{PLACE, location};
use super::{moment, words};
use crate::domain::incident::taxonomy::{CategoryIndex, PrecisionIndex, Severity, StatusIndex, Taxonomy};
use crate::domain::incident::{Incident, IncidentLocation};
use crate::domain::report::{Report, ReportDecision};
use crate::service::error::ServiceError;
use crate::snapshot::Snapshot;
use crate::texts::text;

/// A reason is a sentence.
const MOST_REASON_CHARS: usize = 300;
/// No id of an incident is longer.
const MOST_ID_CHARS: usize = 200;

/// What is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DecisionKind {
    /// It becomes an incident.
    Accept,
    /// Another report or an incident says the same.
    Merge,
    /// It becomes none.
    Reject,
}

/// What an operator sends. Which members have to be there follows from the decision.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct JudgementRequest {
    /// What is decided.
    pub(crate) decision: DecisionKind,
    /// Accept: the id of the category.
    pub(crate) category: Option<String>,
    /// Accept: the severity, from 1 to 5.
    pub(crate) severity: Option<u8>,
    /// Accept: when it happened, where that is not what the report says.
    pub(crate) time: Option<String>,
    /// Accept: the longitude, where it is known to a point.
    pub(crate) lon: Option<f64>,
    /// Accept: the latitude.
    pub(crate) lat: Option<f64>,
    /// Accept: the edition of the commune, where no point is known.
    pub(crate) edition: Option<String>,
    /// Accept: the code of the commune, where no point is known.
    pub(crate) area_code: Option<String>,
    /// Merge: the number of another report.
    pub(crate) report: Option<String>,
    /// Merge: the id of an incident.
    pub(crate) incident: Option<String>,
    /// Reject: why.
    pub(crate) reason: Option<String>,
}

/// Against what a judgement is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct JudgedReport<'a> {
    pub(super) report: &'a Report,
    /// The id that the report's incident has.
    pub(super) incident_id: &'a str,
    pub(super) snapshot: &'a Snapshot,
    pub(super) now_s: i64,
}

/// The decision of a body.
///
/// # Errors
/// When a member is missing, does not belong to the decision, or cannot be used.
pub(super) fn decision(body: &[u8], judged: JudgedReport<'_>) -> Result<ReportDecision, ServiceError> {
    let accepting = ["category", "severity", "time"];
    let all = [&["decision", "report", "incident", "reason"][..], &accepting, &PLACE].concat();
    let fields = JsonFields::read(body, &all)?;
    let only = |own: &[&str]| {
        let foreign = all.iter().find(|name| **name != "decision" && !own.contains(name) && fields.has(name));
        foreign.map_or(Ok(()), |name| Err(field_fault(name, text!("report-not-of-decision"))))
    };
    match kind(&fields)? {
        DecisionKind::Accept => {
            only(&[&accepting[..], &PLACE].concat())?;
            incident(&fields, judged).map(ReportDecision::Accept)
        }
        DecisionKind::Merge => {
            only(&["report", "incident"])?;
            merge(&fields)
        }
        DecisionKind::Reject => {
            only(&["reason"])?;
            let reason = words::checked("reason", fields.needed_text("reason")?, MOST_REASON_CHARS)?;
            let reason = reason.ok_or_else(|| field_fault("reason", text!("report-field-missing")))?;
            Ok(ReportDecision::Reject { reason })
        }
    }
}

fn kind(fields: &JsonFields) -> Result<DecisionKind, ServiceError> {
    match fields.needed_text("decision")? {
        "accept" => Ok(DecisionKind::Accept),
        "merge" => Ok(DecisionKind::Merge),
        "reject" => Ok(DecisionKind::Reject),
        _ => Err(field_fault("decision", text!("expected-one-of", known = "accept, merge, reject"))),
    }
}

fn merge(fields: &JsonFields) -> Result<ReportDecision, ServiceError> {
    match (fields.text("report")?, fields.text("incident")?) {
        (Some(number), None) => {
            let number = number.parse().map_err(|_| field_fault("report", text!("report-no-number")))?;
            Ok(ReportDecision::MergeWithReport(number))
        }
        (None, Some(id)) if (1..=MOST_ID_CHARS).contains(&id.chars().count()) => {
            Ok(ReportDecision::MergeWithIncident { incident_id: id.to_owned() })
        }
        _ => Err(field_fault("report", text!("report-one-target"))),
    }
}

/// The incident that a report becomes, by what the operator says and otherwise by what the report says.
fn incident(fields: &JsonFields, judged: JudgedReport<'_>) -> Result<Incident, ServiceError> {
    let JudgedReport { report, incident_id, snapshot, now_s } = judged;
    let taxonomy = &snapshot.taxonomy;
    let category = category(fields.needed_text("category")?, taxonomy)?;
    let location = match location(fields, snapshot)? {
        IncidentLocation::Unknown => report.facts.location.clone(),
        said => said,
    };
    let has_no_place = taxonomy.category_entry(category).is_some_and(|entry| entry.unmapped);
    if location == IncidentLocation::Unknown && !has_no_place {
        return Err(field_fault("lon", text!("report-no-place")));
    }
    let said = fields.text("time")?.map(|said| moment::happened_s("time", said, now_s)).transpose()?;
    Ok(Incident {
        id: incident_id.to_owned(),
        unix_seconds: said.unwrap_or_else(|| report.moment_s()),
        category,
        severity: severity(fields)?,
        status: StatusIndex::new(0),
        channel: report.facts.channel,
        precision: precision(&location, taxonomy),
        location,
    })
}

fn category(id: &str, taxonomy: &Taxonomy) -> Result<CategoryIndex, ServiceError> {
    let index = taxonomy.categories.iter().position(|category| category.id == id);
    index.map(|index| CategoryIndex::new(index as u8)).ok_or_else(|| {
        let known: Vec<&str> = taxonomy.categories.iter().map(|category| category.id.as_str()).collect();
        field_fault("category", text!("expected-one-of", known = known.join(", ")))
    })
}

fn severity(fields: &JsonFields) -> Result<Severity, ServiceError> {
    let number = fields.number("severity")?.ok_or_else(|| field_fault("severity", text!("report-field-missing")))?;
    let severity = (1..=5_u8).find(|known| f64::from(*known) == number).and_then(|known| Severity::new(known).ok());
    severity.ok_or_else(|| field_fault("severity", text!("expected-severity")))
}

/// Exact for a point and the widest for an area, as an import takes it that does not say.
fn precision(location: &IncidentLocation, taxonomy: &Taxonomy) -> PrecisionIndex {
    let widest = taxonomy.precisions.len().saturating_sub(1) as u8;
    PrecisionIndex::new(if matches!(location, IncidentLocation::Point(_)) { 0 } else { widest })
}
