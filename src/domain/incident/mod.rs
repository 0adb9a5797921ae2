//! Incidents: place-based public-safety events. No person, no name, no opinion.

pub mod coverage;
mod declared_coverage;
pub(super) mod id_column;
pub mod incident_change;
pub mod incident_columns;
pub mod row_filter;
pub mod row_splice;
pub mod taxonomy;

use sha2::{Digest as _, Sha256};

use super::area::{AreaKey, Position};
use super::index::list_index;
use super::time::period::Day;
use taxonomy::{CategoryIndex, ChannelIndex, PrecisionIndex, Severity, StatusIndex};

list_index!(
    /// An incident, by its row in the incident columns.
    pub IncidentRow
);

/// So much of a hash that no two states of an incident share it.
const VERSION_BYTES: usize = 12;

/// Where an incident happened, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IncidentLocation {
    /// At a position.
    Point(Position),
    /// Somewhere inside an area, nobody knows where in it.
    Area(AreaKey),
    /// Not known at all.
    Unknown,
}

/// One incident as it is imported and stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident {
    /// The stable id given by the source.
    pub id: String,
    /// The moment, in seconds since 1970 UTC.
    pub unix_seconds: i64,
    /// Where it happened.
    pub location: IncidentLocation,
    /// What happened.
    pub category: CategoryIndex,
    /// How severe it was.
    pub severity: Severity,
    /// How far it is handled; an unfounded report is kept but never counted.
    pub status: StatusIndex,
    /// How word of it came.
    pub channel: ChannelIndex,
    /// How exact the position is.
    pub precision: PrecisionIndex,
}

impl Incident {
    /// A name for all that is said of it, for whoever wants to change it as they knew it. Terms of the taxonomy go in by
    /// their places there.
    pub fn version(&self) -> String {
        let location = match &self.location {
            IncidentLocation::Point(at) => format!("{:?}", at.e7()),
            IncidentLocation::Area(key) => format!("{}/{}", key.edition, key.code),
            IncidentLocation::Unknown => String::new(),
        };
        let terms = [self.category.index(), self.status.index(), self.channel.index(), self.precision.index()];
        let severity = self.severity.number();
        // The id stands last: it alone may hold any character.
        let said = format!("{} {location} {terms:?} {severity} {}", self.unix_seconds, self.id);
        hex::encode(&Sha256::digest(said)[..VERSION_BYTES])
    }

    /// The local day on which it happened.
    pub fn day(&self) -> Day {
        Day::of_unix_seconds(self.unix_seconds)
    }
}
