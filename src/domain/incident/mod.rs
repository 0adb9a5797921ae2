//! Incidents: place-based public-safety events. No person, no name, no opinion.

pub mod coverage;
mod declared_coverage;
pub(super) mod id_column;
pub mod incident_change;
pub mod incident_columns;
pub mod row_filter;
pub mod row_splice;
pub mod taxonomy;

use super::area::{AreaKey, Position};
use super::index::list_index;
use super::time::period::Day;
use taxonomy::{CategoryIndex, ChannelIndex, PrecisionIndex, Severity, StatusIndex};

list_index!(
    /// An incident, by its row in the incident columns.
    pub IncidentRow
);

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
    /// The local day on which it happened.
    pub fn day(&self) -> Day {
        Day::of_unix_seconds(self.unix_seconds)
    }
}
