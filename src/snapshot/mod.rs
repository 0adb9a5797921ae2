//! The served data: everything a request may ask for, in memory, immutable,
//! with one epoch.
//!
//! In: the holdings of the store and the rule files. Out: a [`Snapshot`] that is
//! swapped whole behind an `Arc`; readers never lock and never wait for the
//! store. Geometry depends on the boundary edition alone and is shared between
//! snapshots. No I/O, no assessment, no drawing.

mod build_surroundings;
mod builder;
#[cfg(test)]
mod change_tests;
mod correspondence;
mod counted_incidents;
mod cube;
mod district_coverage;
mod edition;
mod exposures;
mod incident_points;
mod overlay;
mod placement;
mod reach;
mod residents;
mod shape;
mod shape_archive;
#[cfg(test)]
pub(crate) mod tests;
mod unit_records;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::domain::area::AreaKey;
use crate::domain::area::edition::{EditionId, EditionIndex};
use crate::domain::area::peers::Peers;
use crate::domain::content::ContentDigest;
use crate::domain::filter::Filter;
use crate::domain::holdings::{DataId, Dataset, OpenChange};
use crate::domain::incident::coverage::{DataCoverage, DeclaredCoverage, IncidentDays};
use crate::domain::incident::taxonomy::Taxonomy;
use crate::domain::index::IndexVec;
use crate::domain::model::model_event::ModelEvent;
use crate::domain::model::{CommunityModel, ModelIndex};
use crate::domain::release::FrozenRelease;
use crate::domain::rules::Rules;
use crate::domain::rules::scheme::{Scheme, Schemes};
use crate::domain::standard::circulars::Circulars;
use crate::domain::time::period::Day;

pub use build_surroundings::{BuildSurroundings, Clock};
pub use builder::{BuildError, build, build_changed, build_with};
pub use cube::{CountTable, CubeForm, CubeSummary};
pub use edition::{AreaEntry, Correspondence, EditionData, EditionShape, LevelData, PlacedTotals, ResidentialArea};
pub use exposures::ExposureFigures;
pub use incident_points::{CELL_DEPTH, IncidentCell, IncidentPoints};
pub use overlay::layered_incidents::{LayeredIncidents, RowPiece};
pub use overlay::touched::TouchedArea;
pub use reach::ReachShares;
pub use residents::{ResidentFigures, YearFigure};
pub use shape_archive::{NoShapeCache, ShapeCache};
pub use unit_records::{UnitRecords, UnitStatus};

/// All that is served, at one epoch. A copy shares all that is large.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The store that it was built from.
    pub data_id: DataId,
    /// What the last committed change in it drew.
    pub commit_id: u64,
    /// The rule files that it was built by.
    pub rule_set_hash: String,
    /// The number of the last committed change in it.
    pub epoch: u64,
    /// What it says, as digests.
    pub content: ContentDigest,
    /// The last change in it that the public may notice.
    pub open_change: OpenChange,
    /// The parts that still hold the embedded sample.
    pub sample_datasets: Arc<BTreeSet<Dataset>>,
    /// The taxonomy of incidents.
    pub taxonomy: Arc<Taxonomy>,
    /// The rule file in force.
    pub rules: Arc<Rules>,
    /// The rating schemes.
    pub schemes: Arc<Schemes>,
    /// The peer groups.
    pub peers: Arc<Peers>,
    /// The loaded editions, the oldest first.
    pub editions: IndexVec<EditionIndex, EditionData>,
    /// The incidents, counted or not.
    pub incidents: LayeredIncidents,
    /// Those that may be drawn as points, by tile.
    pub points: IncidentPoints,
    /// The days of the first and the last incident.
    pub days: Option<IncidentDays>,
    /// The days on which incidents are known.
    pub coverage: DataCoverage,
    /// What of it was declared.
    declared_coverage: Arc<[DeclaredCoverage]>,
    /// The community models.
    pub models: Arc<IndexVec<ModelIndex, CommunityModel>>,
    /// The circulars of the standard "An toàn về an ninh, trật tự".
    pub circulars: Arc<Circulars>,
    /// What is known of single units.
    pub units: Arc<UnitRecords>,
    /// What happened to them, in the order of their ids.
    pub model_events: Arc<[ModelEvent]>,
    /// The releases of the store, the first one first.
    pub releases: Arc<Vec<FrozenRelease>>,
    /// The days on which a model began or ended, sorted.
    model_days: Arc<[Day]>,
    /// The districts and provinces of all editions, by which incidents were placed.
    wider_areas: Arc<BTreeSet<AreaKey>>,
    /// How many incidents have changed since all of them were counted.
    changed_rows: usize,
    serial: u64,
}

impl Snapshot {
    /// The data of one edition.
    pub fn edition(&self, id: EditionId) -> Option<&EditionData> {
        self.editions.iter().find(|edition_data| edition_data.entry.id == id)
    }

    /// The newest loaded edition, which answers use when none is requested.
    pub fn default_edition(&self) -> Option<&EditionData> {
        self.editions.last()
    }

    /// The scheme by which a filter rates.
    pub fn scheme(&self, filter: &Filter) -> &Scheme {
        self.schemes.scheme(filter.scheme)
    }

    /// A number that no other snapshot of this process has, for keys of what is computed from it.
    pub fn serial(&self) -> u64 {
        self.serial
    }

    /// How much of each commune of an edition lies within reach of the models that run on a day.
    pub fn reach_shares(&self, edition_data: &EditionData, day: Day) -> ReachShares {
        let placed = self.models.iter().zip(edition_data.commune_of_model.iter().copied());
        reach::reach_shares(&edition_data.shape, placed, &self.rules.model_kinds, day)
    }

    /// The last day up to another on which a model began or ended; none where none has.
    pub fn models_since(&self, day: Day) -> Option<Day> {
        self.model_days[..self.model_days.partition_point(|change| *change <= day)].last().copied()
    }

    /// Whether everything that is not public anyway is the embedded sample.
    pub fn is_only_sample(&self) -> bool {
        let parts = [Dataset::Incidents, Dataset::Models, Dataset::Certifications];
        parts.into_iter().chain(self.units.parts()).all(|part| self.sample_datasets.contains(&part))
    }

    /// How many incidents have changed since all of them were counted: what changed stands beside those counts.
    pub fn incidents_beside_the_counts(&self) -> usize {
        self.changed_rows
    }

    /// Whether any part holds the embedded sample.
    pub fn is_sample(&self) -> bool {
        !self.sample_datasets.is_empty()
    }
}
