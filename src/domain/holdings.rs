//! Holdings: all that the store keeps, as it is handed to the snapshot builder.
//!
//! Incidents come as columns, because ten million of them must fit in memory;
//! everything else comes as records.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use super::area::{Area, AreaKey, LonLat};
use super::certification::{Certification, Decision};
use super::community_model::CommunityModel;
use super::declaration::Declaration;
use super::edition::EditionId;
use super::exposure::ExposureFigure;
use super::incident::{Incident, Place};
use super::model_event::ModelEvent;
use super::movement::CommuneGrade;
use super::population::Population;
use super::taxonomy::{CategoryIndex, ChannelIndex, PrecisionIndex, Severity, StatusIndex};
use super::unit::Unit;

/// A part of the holdings that the embedded sample can fill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// The boundaries of one edition.
    Boundaries(EditionId),
    /// The incidents.
    Incidents,
    /// The community models.
    Models,
    /// The certifications.
    Certifications,
    /// The register of residential areas.
    ResidentialAreas,
    /// The register of institutions.
    Institutions,
    /// The official decisions.
    Decisions,
    /// What units declare about criteria.
    Declarations,
    /// The movement's grades of communes.
    MovementGrades,
    /// The exposure figures beside residents.
    Exposures,
    /// The populations of the areas of one edition.
    Population(EditionId),
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Boundaries(edition) => write!(f, "boundaries:{edition}"),
            Self::Incidents => f.write_str("incidents"),
            Self::Models => f.write_str("models"),
            Self::Certifications => f.write_str("certifications"),
            Self::ResidentialAreas => f.write_str("residential-areas"),
            Self::Institutions => f.write_str("institutions"),
            Self::Decisions => f.write_str("decisions"),
            Self::Declarations => f.write_str("declarations"),
            Self::MovementGrades => f.write_str("movement-grades"),
            Self::Exposures => f.write_str("exposures"),
            Self::Population(edition) => write!(f, "population:{edition}"),
        }
    }
}

/// Why a text is not a part.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} names no part of the holdings")]
pub struct PartError(String);

impl FromStr for Part {
    type Err = PartError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || PartError(text.to_owned());
        match text {
            "incidents" => Ok(Self::Incidents),
            "models" => Ok(Self::Models),
            "certifications" => Ok(Self::Certifications),
            "residential-areas" => Ok(Self::ResidentialAreas),
            "institutions" => Ok(Self::Institutions),
            "decisions" => Ok(Self::Decisions),
            "declarations" => Ok(Self::Declarations),
            "movement-grades" => Ok(Self::MovementGrades),
            "exposures" => Ok(Self::Exposures),
            _ => {
                let (part, edition) = text.split_once(':').ok_or_else(wrong)?;
                let edition = edition.parse().map_err(|_| wrong())?;
                match part {
                    "boundaries" => Ok(Self::Boundaries(edition)),
                    "population" => Ok(Self::Population(edition)),
                    _ => Err(wrong()),
                }
            }
        }
    }
}

/// Everything the store keeps, at one epoch.
#[derive(Debug, Clone, Default)]
pub struct Holdings {
    /// The number of the last committed change.
    pub epoch: u64,
    /// The parts that still hold the embedded sample.
    pub sample_parts: BTreeSet<Part>,
    /// The areas of every edition and level.
    pub areas: Vec<Area>,
    /// The incidents.
    pub incidents: IncidentColumns,
    /// The community models.
    pub models: Vec<CommunityModel>,
    /// What happened to them, in the order of their ids.
    pub model_events: Vec<ModelEvent>,
    /// The certifications.
    pub certifications: Vec<Certification>,
    /// Residential areas and institutions on the register.
    pub units: Vec<Unit>,
    /// The official decisions.
    pub decisions: Vec<Decision>,
    /// What units declare about criteria.
    pub declarations: Vec<Declaration>,
    /// The movement's grades of communes.
    pub movement_grades: Vec<CommuneGrade>,
    /// The populations.
    pub populations: Vec<Population>,
    /// The exposure figures beside residents.
    pub exposures: Vec<ExposureFigure>,
}

const NO_POSITION: (i32, i32) = (i32::MIN, i32::MIN);
const NO_AREA: u32 = u32::MAX;

/// Incidents as columns of equal length.
#[derive(Debug, Clone, Default)]
pub struct IncidentColumns {
    ids: String,
    id_ends: Vec<usize>,
    unix_seconds: Vec<i64>,
    positions_e7: Vec<(i32, i32)>,
    areas: Vec<u32>,
    area_keys: Vec<AreaKey>,
    area_places: BTreeMap<AreaKey, u32>,
    categories: Vec<u8>,
    severities: Vec<Severity>,
    statuses: Vec<u8>,
    channels: Vec<u8>,
    precisions: Vec<u8>,
}

impl IncidentColumns {
    /// How many incidents there are.
    pub fn len(&self) -> usize {
        self.unix_seconds.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.unix_seconds.is_empty()
    }

    /// Appends one incident.
    pub fn push(&mut self, incident: &Incident) {
        let (position, area) = match &incident.place {
            Place::Point(position) => (position.e7(), NO_AREA),
            Place::Area(key) => (NO_POSITION, self.place_of(key)),
            Place::Unknown => (NO_POSITION, NO_AREA),
        };
        self.ids.push_str(&incident.id);
        self.id_ends.push(self.ids.len());
        self.unix_seconds.push(incident.unix_seconds);
        self.positions_e7.push(position);
        self.areas.push(area);
        self.categories.push(incident.category.place() as u8);
        self.severities.push(incident.severity);
        self.statuses.push(incident.status.place() as u8);
        self.channels.push(incident.channel.place() as u8);
        self.precisions.push(incident.precision.place() as u8);
    }

    fn place_of(&mut self, key: &AreaKey) -> u32 {
        if let Some(place) = self.area_places.get(key) {
            return *place;
        }
        let place = self.area_keys.len() as u32;
        self.area_keys.push(key.clone());
        self.area_places.insert(key.clone(), place);
        place
    }

    /// The incident at a row.
    pub fn at(&self, row: usize) -> Option<Incident> {
        if row >= self.len() {
            return None;
        }
        Some(Incident {
            id: self.id(row).to_owned(),
            unix_seconds: self.unix_seconds[row],
            place: self.place(row),
            category: self.category(row),
            severity: self.severity(row),
            status: self.status(row),
            channel: ChannelIndex::new(self.channels[row]),
            precision: PrecisionIndex::new(self.precisions[row]),
        })
    }

    /// The id at a row.
    ///
    /// # Panics
    /// This and the other column readers panic when `row` is not below [`Self::len`].
    pub fn id(&self, row: usize) -> &str {
        let start = if row == 0 { 0 } else { self.id_ends[row - 1] };
        &self.ids[start..self.id_ends[row]]
    }

    /// The place at a row.
    pub fn place(&self, row: usize) -> Place {
        match (self.position(row), self.area(row)) {
            (Some(position), _) => Place::Point(position),
            (None, Some(key)) => Place::Area(key.clone()),
            (None, None) => Place::Unknown,
        }
    }

    /// The position at a row; none for an incident without a point.
    pub fn position(&self, row: usize) -> Option<LonLat> {
        let (lon_e7, lat_e7) = self.positions_e7[row];
        LonLat::from_e7(lon_e7, lat_e7)
    }

    /// The area at a row; none for an incident with a point or without any place.
    pub fn area(&self, row: usize) -> Option<&AreaKey> {
        self.area_keys.get(self.areas[row] as usize)
    }

    /// The moment at a row, in seconds since 1970 UTC.
    pub fn unix_seconds(&self, row: usize) -> i64 {
        self.unix_seconds[row]
    }

    /// The category at a row.
    pub fn category(&self, row: usize) -> CategoryIndex {
        CategoryIndex::new(self.categories[row])
    }

    /// The severity at a row.
    pub fn severity(&self, row: usize) -> Severity {
        self.severities[row]
    }

    /// The status at a row.
    pub fn status(&self, row: usize) -> StatusIndex {
        StatusIndex::new(self.statuses[row])
    }

    /// The channel at a row.
    pub fn channel(&self, row: usize) -> ChannelIndex {
        ChannelIndex::new(self.channels[row])
    }

    /// The precision at a row.
    pub fn precision(&self, row: usize) -> PrecisionIndex {
        PrecisionIndex::new(self.precisions[row])
    }
}
