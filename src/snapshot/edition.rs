//! One edition as it is served: its areas at every level, their shapes, and what
//! is counted in them.

use std::collections::BTreeMap;
use std::sync::Arc;

use geo::MultiPolygon;

use super::exposures::{ExposureFigures, nearest};
use super::reach_cache::ReachCache;
use super::tally::{CountTable, Tally};
use crate::domain::area::{Area, AreaCode, AreaKey, Level};
use crate::domain::edition::{EditionEntry, EditionId};
use crate::domain::filter::Filter;
use crate::domain::period::{Day, Period};
use crate::geometry::locate::Locator;
use crate::geometry::overlay::Dominant;
use crate::geometry::zoom_geometry::ZoomGeometry;

/// One area of a level.
#[derive(Debug, Clone)]
pub struct AreaEntry {
    /// The code within the edition.
    pub code: AreaCode,
    /// The official name.
    pub name: String,
    /// The code of the area of the next wider level.
    pub parent: Option<AreaCode>,
    /// Geodesic area of the boundary.
    pub area_km2: f64,
    /// A point well inside, longitude and latitude in degrees.
    pub label: (f64, f64),
    /// West, south, east, north in degrees.
    pub bounds: [f64; 4],
    /// The boundary in degrees.
    pub boundary: MultiPolygon<f64>,
}

/// The areas of one level, sorted by code.
#[derive(Debug)]
pub struct LevelPicture {
    /// The level.
    pub level: Level,
    /// The areas, sorted by code.
    pub areas: Vec<AreaEntry>,
    /// The area of this level that each commune belongs to.
    pub area_of_commune: Vec<Option<usize>>,
    /// The areas that touch each area, ascending; none for an island.
    pub contiguity: Vec<Vec<usize>>,
    /// The simplified shapes of the areas, one entry per zoom from the least served.
    pub zooms: Vec<ZoomGeometry>,
}

impl LevelPicture {
    /// The place of a code among the areas.
    pub fn place(&self, code: &AreaCode) -> Option<usize> {
        self.areas.binary_search_by(|area| area.code.cmp(code)).ok()
    }

    /// The shapes of the areas on the grid of a zoom.
    pub fn zoom(&self, z: u8) -> Option<&ZoomGeometry> {
        self.zooms.iter().find(|zoom| zoom.grid.z() == z)
    }

    /// The communes that make up an area of this level.
    pub fn communes_of(&self, area: usize) -> impl Iterator<Item = usize> {
        let members = self.area_of_commune.iter().enumerate();
        members.filter(move |(_, place)| **place == Some(area)).map(|(commune, _)| commune)
    }
}

/// What depends on the boundaries of an edition alone; shared between snapshots.
#[derive(Debug)]
pub struct EditionShape {
    /// A number that no other shape of this process has.
    pub serial: u64,
    /// The areas it was made from.
    pub source: Vec<Area>,
    /// The levels that the edition has: communes first, then districts, then the province.
    pub levels: Vec<LevelPicture>,
    /// Finds the commune of a point.
    pub locator: Locator,
    /// West, south, east, north of the areas without far outliers, in degrees.
    pub bounds: [f64; 4],
}

impl EditionShape {
    /// The picture of one level; none where the edition has no such level.
    pub fn level(&self, level: Level) -> Option<&LevelPicture> {
        self.levels.iter().find(|picture| picture.level == level)
    }

    /// The commune-level areas.
    pub fn communes(&self) -> &[AreaEntry] {
        self.level(Level::Commune).map_or(&[], |picture| &picture.areas)
    }
}

/// The way from the communes of another edition into this one.
#[derive(Debug, Clone)]
pub struct Correspondence {
    /// The other edition.
    pub edition: EditionId,
    /// The areas and shapes of the other edition.
    pub other: Arc<EditionShape>,
    /// For every commune of the other edition the commune of this one that covers most of it.
    pub dominant: Arc<Vec<Option<Dominant>>>,
}

/// A residential area (khu dân cư), which has no boundary of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResidentialArea {
    /// The stable id of the unit.
    pub id: String,
    /// The place of its commune.
    pub commune: usize,
}

/// One edition with everything that is counted in it.
#[derive(Debug)]
pub struct EditionPicture {
    /// Names and dates.
    pub entry: EditionEntry,
    /// Areas and shapes.
    pub shape: Arc<EditionShape>,
    /// Residents of each commune by year, the earliest first.
    pub residents: Vec<Vec<(i16, u32)>>,
    /// What else of the communes may be exposed: visitors, roads.
    pub exposures: ExposureFigures,
    /// The ways from the other editions, the oldest first.
    pub correspondences: Vec<Correspondence>,
    /// The commune for every known area key, of this edition and of others.
    pub commune_of_key: BTreeMap<AreaKey, usize>,
    /// The commune of each model, by the model's row.
    pub commune_of_model: Vec<Option<usize>>,
    /// The residential areas that could be placed, in the order of their ids.
    pub residential_areas: Vec<ResidentialArea>,
    /// How much of each commune the models reach, by day.
    pub(super) reaches: ReachCache,
    /// The commune of each located incident, by the incident's row.
    pub(super) commune_of_incident: Vec<u16>,
    /// The counted incidents: located, unlocated inside a commune, outside, unlocated.
    pub(super) tally: Tally,
}

/// Counts of one filter on one edition, by where the incidents were found.
#[derive(Debug, Clone)]
pub struct PlacedCounts {
    /// Located incidents by commune.
    pub located: CountTable,
    /// Incidents known to lie inside a commune, without a point.
    pub unlocated_inside: CountTable,
    /// One row: incidents with a point outside every area.
    pub outside: CountTable,
    /// One row: incidents without point or area.
    pub unlocated: CountTable,
}

impl EditionPicture {
    /// The counts of a filter.
    pub fn counts(&self, filter: &Filter) -> PlacedCounts {
        let communes = self.shape.communes().len();
        let all = self.tally.counts(filter);
        let part = |start: usize, rows: usize| {
            let group_of: Vec<Option<usize>> =
                (0..all.rows()).map(|row| row.checked_sub(start).filter(|place| *place < rows)).collect();
            all.grouped(&group_of, rows)
        };
        PlacedCounts {
            located: part(0, communes),
            unlocated_inside: part(communes, communes),
            outside: part(2 * communes, 1),
            unlocated: part(2 * communes + 1, 1),
        }
    }

    /// Located incidents by group of communes and step of time, in one pass: step `s` holds the days from `bounds[s]`
    /// up to `bounds[s + 1]`, in place of the filter's period. Communes without a group are left out.
    pub fn located_by_step(
        &self,
        filter: &Filter,
        group_of_commune: &[Option<usize>],
        groups: usize,
        bounds: &[Day],
    ) -> Vec<Vec<u32>> {
        let bounds: Vec<i32> = bounds.iter().map(|day| day.number()).collect();
        let communes = self.shape.communes().len().min(group_of_commune.len());
        self.tally.stepped(filter, &group_of_commune[..communes], groups, &bounds)
    }

    /// The commune in which an incident was located.
    pub fn commune_of_incident(&self, row: usize) -> Option<usize> {
        let place = *self.commune_of_incident.get(row)?;
        (place != u16::MAX).then_some(usize::from(place))
    }

    /// Residents of a commune for a period: the figure of the year nearest to its middle.
    pub fn residents_in(&self, commune: usize, period: Period) -> Option<u32> {
        self.figure_in(commune, period).map(|(_, residents)| residents)
    }

    /// The figure of residents that a period uses, with its year: that nearest to the middle of the period.
    pub fn figure_in(&self, commune: usize, period: Period) -> Option<(i16, u32)> {
        nearest(self.residents.get(commune)?, period)
    }
}
