//! Incidents from rows.

use super::kind::RowKind;
use super::row::{FieldError, InputRow};
use crate::domain::area::edition::EditionId;
use crate::domain::area::{AreaCode, AreaKey};
use crate::domain::incident::taxonomy::{CategoryIndex, ChannelIndex, PrecisionIndex, StatusIndex, Taxonomy};
use crate::domain::incident::{Incident, IncidentLocation};
use crate::ingest::checks::known_areas::KnownAreas;
use crate::ingest::checks::times::{NaiveZone, moment};
use crate::ingest::fields::{Field, FieldIndex};

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

/// Ids are kept as they are; none that is longer is one.
const MAX_ID_BYTES: usize = 200;

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
        Field::required("category", &[]),
        Field::optional("severity", &["muc_do"]),
        Field::optional("status", &["trang_thai"]),
        Field::optional("channel", &["kenh"]),
        Field::optional("precision", &[]),
    ];
    const KEY: &'static [FieldIndex] = &[ID];
    const POSITION: Option<(FieldIndex, FieldIndex)> = Some((LON, LAT));

    fn record(&self, row: &InputRow<'_>) -> Result<Incident, FieldError> {
        let location = self.location(row)?;
        Ok(Incident {
            id: id(row, ID)?,
            unix_seconds: moment(row.needed(TIME)?, self.zone, self.now_s).map_err(|why| row.fault(TIME, why))?,
            category: self.category(row)?,
            severity: self.severity(row)?,
            status: self.status(row)?,
            channel: self.channel(row)?,
            precision: self.precision(row, &location)?,
            location,
        })
    }
}

impl Incidents<'_> {
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
        found.ok_or_else(|| row.fault(CATEGORY, unknown("category", known())))
    }

    fn severity(&self, row: &InputRow<'_>) -> Result<crate::domain::incident::taxonomy::Severity, FieldError> {
        let Some(text) = row.text(SEVERITY) else {
            return Ok(crate::domain::incident::taxonomy::Severity::LEAST);
        };
        let known = || self.taxonomy.severities.iter().map(|term| term.id.as_str());
        self.taxonomy.severity(text).ok_or_else(|| row.fault(SEVERITY, unknown("severity", known())))
    }

    fn status(&self, row: &InputRow<'_>) -> Result<StatusIndex, FieldError> {
        let Some(text) = row.text(STATUS) else { return Ok(StatusIndex::new(0)) };
        let known = || self.taxonomy.statuses.iter().map(|term| term.id.as_str());
        self.taxonomy.status(text).ok_or_else(|| row.fault(STATUS, unknown("status", known())))
    }

    fn channel(&self, row: &InputRow<'_>) -> Result<ChannelIndex, FieldError> {
        let Some(text) = row.text(CHANNEL) else { return Ok(ChannelIndex::new(last(self.taxonomy.channels.len()))) };
        let known = || self.taxonomy.channels.iter().map(|term| term.id.as_str());
        self.taxonomy.channel(text).ok_or_else(|| row.fault(CHANNEL, unknown("channel", known())))
    }

    /// Exact for a point and the widest for an area, where the file does not say.
    fn precision(&self, row: &InputRow<'_>, location: &IncidentLocation) -> Result<PrecisionIndex, FieldError> {
        let Some(text) = row.text(PRECISION) else {
            let widest = last(self.taxonomy.precisions.len());
            return Ok(PrecisionIndex::new(if matches!(location, IncidentLocation::Point(_)) { 0 } else { widest }));
        };
        let known = || self.taxonomy.precisions.iter().map(|term| term.id.as_str());
        self.taxonomy.precision(text).ok_or_else(|| row.fault(PRECISION, unknown("precision", known())))
    }
}

fn last(length: usize) -> u8 {
    length.saturating_sub(1) as u8
}

pub(in crate::ingest) fn unknown<'a>(what: &str, known: impl Iterator<Item = &'a str>) -> String {
    format!("the {what} is unknown; known are {}", known.collect::<Vec<_>>().join(", "))
}

/// The id of a row.
pub(in crate::ingest) fn id(row: &InputRow<'_>, field: FieldIndex) -> Result<String, FieldError> {
    let text = row.needed(field)?;
    if text.len() > MAX_ID_BYTES {
        return Err(row.fault(field, format!("the id is longer than {MAX_ID_BYTES} bytes")));
    }
    Ok(text.to_owned())
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
    areas.area(&key).map_err(|why| row.fault(code, why))?;
    Ok(Some(key))
}
