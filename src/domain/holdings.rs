//! Holdings: all that the store holds, as it is handed to the snapshot builder.
//!
//! Incidents come as columns, because ten million of them must fit in memory;
//! everything else comes as records.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use super::area::Area;
use super::area::edition::EditionId;
use super::area::exposure::ExposureFigure;
use super::area::population::Population;
use super::content::ContentDigest;
use super::incident::coverage::DeclaredCoverage;
use super::model::CommunityModel;
use super::model::model_event::ModelEvent;
use super::release::FrozenRelease;
use super::standard::certification::{Certification, Decision};
use super::standard::declaration::Declaration;
use super::standard::movement::CommuneGrade;
use super::standard::unit::Unit;

pub use super::incident::incident_columns::IncidentColumns;

/// A part of the holdings that the embedded sample can fill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Dataset {
    /// The boundaries of one edition.
    Boundaries(EditionId),
    /// Rows of incidents, or their state.
    Incidents,
    /// The community models.
    Models,
    /// Yearly certifications of units.
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

impl fmt::Display for Dataset {
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
pub struct DatasetError(String);

impl FromStr for Dataset {
    type Err = DatasetError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || DatasetError(text.to_owned());
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

/// Which store data come from: drawn at random when a store is made, kept for good, and carried along when the store
/// is copied as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct DataId(u64);

impl DataId {
    /// The id of a number that a store drew.
    pub fn new(number: u64) -> Self {
        Self(number)
    }
}

impl fmt::Display for DataId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// The last committed change of something that the public is shown as it is: boundaries, residents, models, decisions,
/// releases. Incidents are shown to the public by release, so a change of incidents alone is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OpenChange {
    /// Its epoch.
    pub epoch: u64,
    /// The number that it drew.
    pub commit_id: u64,
}

/// Everything the store holds, at one epoch.
#[derive(Debug, Clone, Default)]
pub struct Holdings {
    /// The store that they are kept in.
    pub data_id: DataId,
    /// A number drawn by the last committed change. An epoch counts the changes of one history; a backup that was put
    /// back goes another way from the same epoch, and differs in this.
    pub commit_id: u64,
    /// The number of the last committed change.
    pub epoch: u64,
    /// What it all says, as digests.
    pub content: ContentDigest,
    /// The last change that the public may notice: any but one of incidents alone.
    pub open_change: OpenChange,
    /// The parts that still hold the embedded sample.
    pub sample_datasets: BTreeSet<Dataset>,
    /// The areas of every edition and level.
    pub areas: Vec<Area>,
    /// All incidents, column by column.
    pub incidents: IncidentColumns,
    /// Of which days all of them are known, as far as it was declared.
    pub coverage: Vec<DeclaredCoverage>,
    /// The community models.
    pub models: Vec<CommunityModel>,
    /// What happened to them, in the order of their ids.
    pub model_events: Vec<ModelEvent>,
    /// All yearly certifications of units.
    pub certifications: Vec<Certification>,
    /// Residential areas and institutions on the register.
    pub units: Vec<Unit>,
    /// The official decisions.
    pub decisions: Vec<Decision>,
    /// What units declare about criteria.
    pub declarations: Vec<Declaration>,
    /// The movement's grades of communes.
    pub movement_grades: Vec<CommuneGrade>,
    /// All counts of residents, by area and year.
    pub populations: Vec<Population>,
    /// The exposure figures beside residents.
    pub exposures: Vec<ExposureFigure>,
    /// The releases, the first one first.
    pub releases: Vec<FrozenRelease>,
}
