//! Incidents from rows.

use jiff::civil::{Date, date};

use super::kind::RowKind;
use super::row::{FieldError, InputRow};
use crate::domain::area::edition::EditionId;
use crate::domain::area::{AreaCode, AreaKey};
use crate::domain::incident::taxonomy::{CategoryIndex, ChannelIndex, PrecisionIndex, Severity, StatusIndex, Taxonomy};
use crate::domain::incident::{Incident, IncidentLocation};
use crate::domain::time::period::Day;
use crate::domain::unsaid::FieldSet;
use crate::ingest::checks::known_areas::KnownAreas;
use crate::ingest::checks::times::{NaiveZone, TimeReading, moment_as};
use crate::ingest::error::BindingError;
use crate::ingest::fields::{Binding, Field, FieldIndex};
use crate::ingest::text::names::encoding_fault;

const ID: FieldIndex = FieldIndex::new(0);
const TIME: FieldIndex = FieldIndex::new(1);
const LON: FieldIndex = FieldIndex::new(2);
const LAT: FieldIndex = FieldIndex::new(3);
const AREA_CODE: FieldIndex = FieldIndex::new(4);
const EDITION: FieldIndex = FieldIndex::new(5);
const CATEGORY: FieldIndex = FieldIndex::new(6);
const SEVERITY: FieldIndex = FieldIndex::new(7);
const STATUS: FieldIndex = FieldIndex::new(8);
const CHANNEL: FieldIndex = FieldIndex::new(9);
const PRECISION: FieldIndex = FieldIndex::new(10);

/// The days on which spreadsheets and programs begin to count.
const NO_DAYS: [Date; 4] = [date(1900, 1, 1), date(1900, 1, 2), date(1904, 1, 1), date(1970, 1, 1)];

/// What is needed to understand rows of incidents.
#[derive(Debug, Clone, Copy)]
pub struct Incidents<'a> {
    /// The taxonomy whose terms may be used.
    pub taxonomy: &'a Taxonomy,
    /// The areas that may be named.
    pub areas: &'a KnownAreas,
    /// The zone of times without an offset.
    pub zone: NaiveZone,
    /// The edition of area codes in rows that do not name one.
    pub edition: Option<EditionId>,
    /// The present moment, in seconds since 1970 UTC.
    pub now_s: i64,
    /// The severity of incidents whose rows say none; files without the column need it.
    pub severity_from: Option<SeverityFrom>,
}

/// Where a severity comes from that a row does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeverityFrom {
    /// From what the taxonomy says of the category.
    Category,
    /// The same for all.
    Default(Severity),
}

impl RowKind for Incidents<'_> {
    type Output = Incident;

    const NAME: &'static str = "incidents";
    const FIELDS: &'static [Field] = &[
        Field::required("id", &["incident_id", "ma_vu_viec"]),
        Field::required("time", &["ts", "timestamp", "datetime", "occurred_at", "thoi_gian"]),
        Field::optional("lon", &["longitude", "lng", "kinh_do"]),
        Field::optional("lat", &["latitude", "vi_do"]),
        Field::optional("area_code", &["commune_code", "ward_code", "ma_xa"]),
        Field::optional("edition", &[]),
        Field::required("category", &["loai_vu_viec"]),
        Field::optional("severity", &["muc_do"]),
        Field::optional("status", &["trang_thai"]),
        Field::optional("channel", &["kenh"]),
        Field::optional("precision", &[]),
    ];
    const KEY: &'static [FieldIndex] = &[ID];
    const POSITION: Option<(FieldIndex, FieldIndex)> = Some((LON, LAT));
    const DAYS: &'static [FieldIndex] = &[TIME];

    fn check_columns(&self, binding: &Binding, columns: &[String]) -> Result<(), BindingError> {
        match (binding.column(SEVERITY), self.severity_from) {
            (None, None) => Err(BindingError::NoSeverity { columns: columns.to_vec() }),
            _ => Ok(()),
        }
    }

    /// A position of 0, 0 says nothing.
    fn blank_fields(row: &InputRow<'_>, incident: &Incident) -> FieldSet {
        let said = |field: &FieldIndex| match *field {
            LON | LAT => matches!(incident.location, IncidentLocation::Point(_)),
            field => row.text(field).is_some(),
        };
        FieldIndex::of_all(Self::FIELDS.len()).filter(|field| !said(field)).collect()
    }

    fn record(&self, row: &InputRow<'_>) -> Result<Incident, FieldError> {
        let location = self.location(row)?;
        let category = self.category(row)?;
        Ok(Incident {
            id: row.id(ID)?,
            unix_seconds: self.moment(row)?,
            category,
            severity: self.severity(row, category)?,
            status: self.status(row)?,
            channel: self.channel(row)?,
            precision: self.precision(row, &location)?,
            location,
        })
    }
}

impl Incidents<'_> {
    fn moment(&self, row: &InputRow<'_>) -> Result<i64, FieldError> {
        let reading = TimeReading { zone: self.zone, dates: row.writing.dates, format: row.writing.times };
        let moment = moment_as(row.needed(TIME)?, reading, self.now_s).map_err(|why| row.fault(TIME, why))?;
        let day = Day::of_unix_seconds(moment).date();
        if NO_DAYS.contains(&day) {
            let reason = format!("{day} is what programs write where they know no day: write the day of the incident");
            return Err(row.fault(TIME, reason));
        }
        Ok(moment)
    }

    fn location(&self, row: &InputRow<'_>) -> Result<IncidentLocation, FieldError> {
        let position = row.position(LON, LAT)?;
        let area = area_of(row, AREA_CODE, EDITION, self.edition, self.areas)?;
        Ok(position
            .map(IncidentLocation::Point)
            .or(area.map(IncidentLocation::Area))
            .unwrap_or(IncidentLocation::Unknown))
    }

    fn category(&self, row: &InputRow<'_>) -> Result<CategoryIndex, FieldError> {
        let known = || self.taxonomy.categories.iter().map(|category| category.id.as_str());
        let found = self.taxonomy.category(row.needed(CATEGORY)?);
        found.ok_or_else(|| unknown_word(row, CATEGORY, known()))
    }

    fn severity(&self, row: &InputRow<'_>, category: CategoryIndex) -> Result<Severity, FieldError> {
        let Some(text) = row.text(SEVERITY) else { return self.assumed_severity(row, category) };
        let known = || self.taxonomy.severities.iter().map(|term| term.id.as_str());
        self.taxonomy.severity(text).ok_or_else(|| unknown_word(row, SEVERITY, known()))
    }

    fn assumed_severity(&self, row: &InputRow<'_>, category: CategoryIndex) -> Result<Severity, FieldError> {
        match self.severity_from {
            None => Ok(Severity::LEAST),
            Some(SeverityFrom::Default(severity)) => Ok(severity),
            Some(SeverityFrom::Category) => {
                let entry = self.taxonomy.category_entry(category);
                let severity = entry.and_then(|entry| entry.severity);
                severity.ok_or_else(|| {
                    row.fault(SEVERITY, "the value is missing, and the taxonomy has none for the category")
                })
            }
        }
    }

    fn status(&self, row: &InputRow<'_>) -> Result<StatusIndex, FieldError> {
        let Some(text) = row.text(STATUS) else { return Ok(StatusIndex::new(0)) };
        let known = || self.taxonomy.statuses.iter().map(|term| term.id.as_str());
        self.taxonomy.status(text).ok_or_else(|| unknown_word(row, STATUS, known()))
    }

    fn channel(&self, row: &InputRow<'_>) -> Result<ChannelIndex, FieldError> {
        let Some(text) = row.text(CHANNEL) else { return Ok(ChannelIndex::new(last(self.taxonomy.channels.len()))) };
        let known = || self.taxonomy.channels.iter().map(|term| term.id.as_str());
        self.taxonomy.channel(text).ok_or_else(|| unknown_word(row, CHANNEL, known()))
    }

    /// Exact for a point and the widest for an area, where the file does not say.
    fn precision(&self, row: &InputRow<'_>, location: &IncidentLocation) -> Result<PrecisionIndex, FieldError> {
        let Some(text) = row.text(PRECISION) else {
            let widest = last(self.taxonomy.precisions.len());
            return Ok(PrecisionIndex::new(if matches!(location, IncidentLocation::Point(_)) { 0 } else { widest }));
        };
        let known = || self.taxonomy.precisions.iter().map(|term| term.id.as_str());
        self.taxonomy.precision(text).ok_or_else(|| unknown_word(row, PRECISION, known()))
    }
}

fn last(length: usize) -> u8 {
    length.saturating_sub(1) as u8
}

/// The fault of a word that is none of those known, and the option that reads it as one.
fn unknown_word<'a>(row: &InputRow<'_>, field: FieldIndex, known: impl Iterator<Item = &'a str>) -> FieldError {
    let name = row.fields[field.index()].name;
    let value = row.text(field).unwrap_or_default();
    if let Some(fault) = encoding_fault(value) {
        return row.fault(field, fault.to_string());
    }
    let known = unknown(name, known);
    row.fault(field, format!("{known}; --value \"{name}:{value}=WORD\" reads it as one of them"))
}

pub(in crate::ingest) fn unknown<'a>(what: &str, known: impl Iterator<Item = &'a str>) -> String {
    format!("the {what} is unknown; known are {}", known.collect::<Vec<_>>().join(", "))
}

/// The area that a row names, which must exist in its edition.
pub(in crate::ingest) fn area_of(
    row: &InputRow<'_>,
    code: FieldIndex,
    edition: FieldIndex,
    default: Option<EditionId>,
    areas: &KnownAreas,
) -> Result<Option<AreaKey>, FieldError> {
    let Some(area_code) = row.parsed::<AreaCode>(code)? else { return Ok(None) };
    let Some(edition) = row.parsed(edition)?.or(default) else {
        return Err(
            row.fault(code, "a code means nothing without its edition: add the column edition or give --edition")
        );
    };
    let key = AreaKey { edition, code: area_code };
    let known = areas.area(&key).map_err(|why| row.fault(code, why))?;
    if let Some((longer, other)) = areas.with_zeros(&key).filter(|_| !row.is_told(code)) {
        let (name, written) = (row.fields[code.index()].name, &key.code);
        return Err(row.fault(
            code,
            format!(
                "this is {}, or {longer} ({}) without the zeros that a spreadsheet drops: write codes as text, or say \
                 which with --value \"{name}:{written}={longer}\" or --value \"{name}:{written}={written}\"",
                known.name, other.name
            ),
        ));
    }
    Ok(Some(key))
}
