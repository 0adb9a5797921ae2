//! One edition as it is served: its areas at every level, their shapes, and what
//! is counted in them.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use geo::MultiPolygon;

use super::cube::{ChangedCube, CountTable, CubeRow, CubeSummary};
use super::district_coverage::OriginDistricts;
use super::exposures::ExposureFigures;
use super::overlay::commune_numbers::CommuneNumbers;
use super::residents::ResidentFigures;
use crate::domain::area::edition::{EditionEntry, EditionId};
use crate::domain::area::{Area, AreaCode, AreaIndex, AreaKey, CommuneIndex, Level};
use crate::domain::filter::Filter;
use crate::domain::incident::IncidentRow;
use crate::domain::incident::coverage::DataCoverage;
use crate::domain::index::IndexVec;
use crate::domain::model::ModelIndex;
use crate::domain::time::period::{Day, Period};
use crate::geometry::coverage::overlay::Dominant;
use crate::geometry::locate::Locator;
use crate::geometry::projection::{LonLat, LonLatBounds};
use crate::geometry::simplify::zoom_geometry::ZoomGeometry;

/// One area of a level.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaEntry {
    /// The code within the edition.
    pub code: AreaCode,
    /// The official name.
    pub name: String,
    /// The code of the area of the next wider level.
    pub parent: Option<AreaCode>,
    /// Geodesic area of the boundary.
    pub area_km2: f64,
    /// A point well inside.
    pub label: LonLat,
    /// The box around the boundary.
    pub bounds: LonLatBounds,
    /// The boundary in degrees.
    pub boundary: MultiPolygon<f64>,
}

/// The areas of one level, sorted by code.
#[derive(Debug, PartialEq)]
pub struct LevelData {
    /// The administrative level of these areas.
    pub level: Level,
    /// The areas, sorted by code.
    pub areas: IndexVec<AreaIndex, AreaEntry>,
    /// The area of this level that each commune belongs to.
    pub area_of_commune: IndexVec<CommuneIndex, Option<AreaIndex>>,
    /// The areas that touch each area, ascending; none for an island.
    pub contiguity: Vec<Vec<usize>>,
    /// The simplified shapes of the areas, one entry per zoom from the least served.
    pub zooms: Vec<ZoomGeometry>,
}

impl LevelData {
    /// The index of a code among the areas.
    pub fn index_of(&self, code: &AreaCode) -> Option<AreaIndex> {
        self.areas.binary_search_by(|area| area.code.cmp(code)).ok().map(AreaIndex::new)
    }

    /// The shapes of the areas on the grid of a zoom.
    pub fn zoom(&self, z: u8) -> Option<&ZoomGeometry> {
        self.zooms.iter().find(|zoom| zoom.grid.z() == z)
    }

    /// The communes that make up an area of this level.
    pub fn communes_of(&self, area: AreaIndex) -> impl Iterator<Item = CommuneIndex> {
        let members = self.area_of_commune.indexed();
        members.filter(move |(_, index)| **index == Some(area)).map(|(commune, _)| commune)
    }

    /// The communes that make up each area; found in one walk.
    pub fn members(&self) -> IndexVec<AreaIndex, Vec<CommuneIndex>> {
        let mut members = IndexVec::from(vec![Vec::new(); self.areas.len()]);
        for (commune, area) in self.area_of_commune.indexed() {
            if let Some(area) = *area {
                members[area].push(commune);
            }
        }
        members
    }

    /// The communes that make up some areas, each named once, with the index of the area in the list; one walk.
    pub fn communes_of_some(&self, areas: &[AreaIndex]) -> Vec<(usize, CommuneIndex)> {
        if self.level == Level::Commune {
            return areas.iter().map(|area| CommuneIndex::from(*area)).enumerate().collect();
        }
        let mut wanted = IndexVec::<AreaIndex, _>::from(vec![None; self.areas.len()]);
        areas.iter().enumerate().for_each(|(index, area)| wanted[*area] = Some(index));
        let members = self.area_of_commune.indexed();
        members.filter_map(|(commune, area)| Some((wanted[(*area)?]?, commune))).collect()
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
    pub levels: Vec<LevelData>,
    /// Finds the commune of a point.
    pub locator: Locator,
    /// The box around the areas without far outliers.
    pub bounds: LonLatBounds,
    /// The name under which the worked-out part is stored in a cache.
    pub archive: String,
}

impl EditionShape {
    /// The areas of one level; none where the edition has no such level.
    pub fn level(&self, level: Level) -> Option<&LevelData> {
        self.levels.iter().find(|level_data| level_data.level == level)
    }

    /// The box around all areas of all levels, those far out included; the box without them where there is no area.
    pub fn whole_bounds(&self) -> LonLatBounds {
        let boxes = self.levels.iter().flat_map(|level| level.areas.iter().map(|area| area.bounds));
        boxes.reduce(LonLatBounds::union).unwrap_or(self.bounds)
    }

    /// The commune-level areas.
    pub fn communes(&self) -> &[AreaEntry] {
        self.level(Level::Commune).map_or(&[], |level_data| &level_data.areas)
    }

    /// One commune-level area.
    pub fn commune(&self, index: CommuneIndex) -> Option<&AreaEntry> {
        self.communes().get(index.index())
    }

    /// The commune that contains a point in degrees; on a shared border the one with the lower code.
    pub fn commune_at(&self, at: LonLat) -> Option<CommuneIndex> {
        self.locator.locate(at.lon, at.lat).map(CommuneIndex::new)
    }
}

/// The ways of the levels above communes, computed at most once for a pair of shapes.
pub(super) type WiderDominants = Arc<OnceLock<BTreeMap<Level, Vec<Option<Dominant>>>>>;

/// The way from the communes of another edition into this one.
#[derive(Debug, Clone)]
pub struct Correspondence {
    /// The other edition.
    pub edition: EditionId,
    /// The areas and shapes of the other edition.
    pub other: Arc<EditionShape>,
    /// For every commune of the other edition the commune of this one that covers most of it.
    pub dominant: Arc<Vec<Option<Dominant>>>,
    /// The same for the wider levels that both editions have; computed when it is first wanted for.
    pub(super) wider: WiderDominants,
}

/// A residential area (khu dân cư), which has no boundary of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResidentialArea {
    /// The stable id of the unit.
    pub id: String,
    /// The commune it lies in.
    pub commune: CommuneIndex,
}

/// One edition with everything that is counted in it. A copy shares all that is large.
#[derive(Debug, Clone)]
pub struct EditionData {
    /// Names and dates.
    pub entry: EditionEntry,
    /// Areas and shapes.
    pub shape: Arc<EditionShape>,
    /// Residents of each commune by year.
    pub residents: Arc<ResidentFigures>,
    /// What else of the communes may be exposed: visitors, roads.
    pub exposures: Arc<ExposureFigures>,
    /// The ways from the other editions, the oldest first.
    pub correspondences: Arc<Vec<Correspondence>>,
    /// The commune for every known area key, of this edition and of others.
    pub commune_of_key: Arc<BTreeMap<AreaKey, CommuneIndex>>,
    /// The commune of each model.
    pub commune_of_model: Arc<IndexVec<ModelIndex, Option<CommuneIndex>>>,
    /// The residential areas that could be placed, in the order of their ids.
    pub residential_areas: Arc<Vec<ResidentialArea>>,
    /// A number that editions share whose boundaries, models and kinds of model are the same: what models reach is then
    /// the same too.
    pub reach_basis: u64,
    /// The districts from which the communes come.
    pub(super) origin_districts: Arc<OriginDistricts>,
    /// The commune in which each incident counts.
    pub(super) commune_of_incident: CommuneNumbers,
    /// The counted incidents: in communes, without a point in communes, outside, in wider areas, without any place.
    pub(super) cube: ChangedCube,
}

/// Sums of one filter on one edition over all its categories, by where the incidents were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedTotals {
    /// All that is counted in each commune, with a point or without.
    pub in_communes: Vec<u32>,
    /// What of it has no point, by commune.
    pub without_point: Vec<u32>,
    /// Incidents that lie outside every area.
    pub outside: u32,
    /// Incidents known by a district or a province alone.
    pub by_wider_area: u32,
    /// Incidents without any place.
    pub unplaced: u32,
}

impl EditionData {
    /// The counts of incidents by commune, category and severity, with a point or without.
    pub fn counts(&self, filter: &Filter) -> CountTable<CommuneIndex> {
        self.cube.counts(filter, 0..self.shape.communes().len())
    }

    /// How many incidents a filter counts in each of some communes, over all its categories.
    pub fn commune_totals(&self, filter: &Filter, communes: impl Iterator<Item = CommuneIndex> + Clone) -> Vec<u32> {
        self.cube.totals(filter, communes.map(CubeRow::within))
    }

    /// How many incidents a filter counts in all of the edition, by where they were found, over all its categories.
    pub fn placed_totals(&self, filter: &Filter) -> PlacedTotals {
        let communes = self.shape.communes().len();
        let mut in_communes = self.cube.totals(filter, CubeRow::of_all(CubeRow::count(communes)));
        let unplaced = in_communes.pop().unwrap_or(0);
        let by_wider_area = in_communes.pop().unwrap_or(0);
        let outside = in_communes.pop().unwrap_or(0);
        let without_point = in_communes.split_off(communes);
        PlacedTotals { in_communes, without_point, outside, by_wider_area, unplaced }
    }

    /// How the incidents are held for counting.
    pub fn cube_summary(&self) -> CubeSummary {
        self.cube.summary()
    }

    /// Incidents by group of communes and step of time, in one pass: step `s` holds the days from `bounds[s]` up to
    /// `bounds[s + 1]`, whatever the filter's period. Communes without a group are left out.
    pub fn counts_by_step(
        &self,
        filter: &Filter,
        group_of_commune: &[Option<usize>],
        groups: usize,
        bounds: &[Day],
    ) -> Vec<Vec<u32>> {
        let bounds: Vec<i32> = bounds.iter().map(|day| day.number()).collect();
        let communes = self.shape.communes().len().min(group_of_commune.len());
        self.cube.stepped(filter, &group_of_commune[..communes], groups, &bounds)
    }

    /// Whether incidents of a commune are known on every day of a period that is covered overall, by some coverage.
    pub fn covers(&self, commune: CommuneIndex, period: Period, coverage: &DataCoverage) -> bool {
        self.origin_districts.covers(commune, period, coverage)
    }

    /// The commune in which an incident counts.
    pub fn commune_of_incident(&self, row: IncidentRow) -> Option<CommuneIndex> {
        let index = self.commune_of_incident.at(row)?;
        (index != u16::MAX).then(|| CommuneIndex::new(usize::from(index)))
    }

    /// Residents of a commune for a period: those at its middle.
    pub fn residents_in(&self, commune: CommuneIndex, period: Period) -> Option<u32> {
        self.residents.in_period(commune, period)
    }

    /// Residents of each of some communes for a period, as [`Self::residents_in`] gives them.
    pub fn residents_of(
        &self,
        communes: impl Iterator<Item = CommuneIndex>,
        period: Period,
    ) -> impl Iterator<Item = Option<u32>> {
        self.residents.of_communes(communes, period)
    }
}
