//! A report as the form sends it.

use serde::Serialize;
use utoipa::ToSchema;

use super::json_fields::{JsonFields, field_fault};
use super::place::{PLACE, location};
use super::{moment, words};
use crate::domain::incident::IncidentLocation;
use crate::domain::incident::taxonomy::{CategoryIndex, Taxonomy};
use crate::domain::report::ReportFacts;
use crate::service::error::ServiceError;
use crate::snapshot::Snapshot;
use crate::texts::text;

/// The channel of the taxonomy by which reports of the form come.
const FORM_CHANNEL: &str = "portal";

/// What the form sends. There is no member for a person, and none is taken.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ReportSubmission {
    /// The challenge, as `/reports/challenge` gave it.
    pub(crate) challenge: String,
    /// A number, in digits, such that the SHA-256 of `challenge:solution` begins with enough zero bits.
    pub(crate) solution: String,
    /// The id of a category that people may report.
    pub(crate) category: String,
    /// When it happened: with an offset, or in local time.
    pub(crate) time: String,
    /// The longitude of a point inside the province.
    pub(crate) lon: Option<f64>,
    /// Its latitude.
    pub(crate) lat: Option<f64>,
    /// Where there is no point: the edition of the commune.
    pub(crate) edition: Option<String>,
    /// Where there is no point: the code of the commune.
    pub(crate) area_code: Option<String>,
    /// A few words, without names.
    pub(crate) text: Option<String>,
}

/// What is checked with a report.
#[derive(Debug, Clone, Copy)]
pub(super) struct CheckedAgainst<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) now_s: i64,
    pub(super) most_chars: usize,
}

/// The members of a report of the form.
pub(super) fn read(body: &[u8]) -> Result<JsonFields, ServiceError> {
    let own = ["challenge", "solution", "category", "time", "text"];
    JsonFields::read(body, &[&own[..], &PLACE].concat())
}

/// What the form says, checked.
///
/// # Errors
/// When a member is missing or cannot be used.
pub(super) fn facts(fields: &JsonFields, against: CheckedAgainst<'_>) -> Result<ReportFacts, ServiceError> {
    let CheckedAgainst { snapshot, now_s, most_chars } = against;
    let category = reportable(fields.needed_text("category")?, snapshot)?;
    let location = location(fields, snapshot)?;
    if location == IncidentLocation::Unknown {
        return Err(field_fault("lon", text!("report-no-place")));
    }
    let happened_s = moment::happened_s("time", fields.needed_text("time")?, now_s)?;
    let text = words::checked("text", fields.text("text")?.unwrap_or_default(), most_chars)?;
    let channel = channel(&snapshot.taxonomy, FORM_CHANNEL);
    Ok(ReportFacts { channel, category: Some(category), happened_s: Some(happened_s), location, text })
}

/// A category that people may report.
pub(super) fn reportable(id: &str, snapshot: &Snapshot) -> Result<CategoryIndex, ServiceError> {
    let offered = snapshot.rules.reports.reportable(&snapshot.taxonomy);
    let entry = |index: &CategoryIndex| snapshot.taxonomy.category_entry(*index).map(|entry| entry.id.as_str());
    offered.iter().copied().find(|index| entry(index) == Some(id)).ok_or_else(|| {
        let known: Vec<&str> = offered.iter().filter_map(entry).collect();
        field_fault("category", text!("expected-one-of", known = known.join(", ")))
    })
}

/// A channel by its id, or the one for all others.
pub(super) fn channel(taxonomy: &Taxonomy, id: &str) -> crate::domain::incident::taxonomy::ChannelIndex {
    let last = taxonomy.channels.len().saturating_sub(1) as u8;
    taxonomy.channel(id).unwrap_or(crate::domain::incident::taxonomy::ChannelIndex::new(last))
}
