//! The outlines of an edition, as an image draws them: every area with its label, and its rings on the grid of a zoom.
//!
//! In: an edition as it is served. Out: names, labels, bounds and rings, and nothing that was counted. Whoever draws
//! asks for these and does not dig in the snapshot.

use crate::domain::area::edition::EditionEntry;
use crate::domain::area::{AreaCode, AreaIndex, Level};
use crate::snapshot::{AreaEntry, EditionData, LevelData};
use crate::tile::area_row::AreaRow;
use crate::tile::{GridPoint, LonLat, LonLatBounds};

/// The outlines of an edition.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EditionOutlines<'a>(&'a EditionData);

/// The outlines of one level of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LevelOutlines<'a>(&'a LevelData);

/// An area without its outline.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OutlinedArea<'a> {
    pub(crate) code: &'a AreaCode,
    pub(crate) name: &'a str,
    pub(crate) area_km2: f64,
    /// A point well inside.
    pub(crate) label: LonLat,
    /// The box around the boundary.
    pub(crate) bounds: LonLatBounds,
}

impl<'a> EditionOutlines<'a> {
    /// The outlines of an edition.
    pub(in crate::service) fn of(edition_data: &'a EditionData) -> Self {
        Self(edition_data)
    }

    /// The edition.
    pub(crate) fn entry(self) -> &'a EditionEntry {
        &self.0.entry
    }

    /// The box of the first view.
    pub(crate) fn bounds(self) -> LonLatBounds {
        self.0.shape.bounds
    }

    /// One level; none where the edition lacks it.
    pub(crate) fn level(self, level: Level) -> Option<LevelOutlines<'a>> {
        self.0.shape.level(level).map(LevelOutlines)
    }

    /// Every level.
    pub(crate) fn levels(self) -> impl Iterator<Item = LevelOutlines<'a>> {
        self.0.shape.levels.iter().map(LevelOutlines)
    }
}

impl<'a> LevelOutlines<'a> {
    /// The level.
    pub(crate) fn level(self) -> Level {
        self.0.level
    }

    /// The areas, sorted by code.
    pub(crate) fn areas(self) -> impl Iterator<Item = (AreaIndex, OutlinedArea<'a>)> {
        self.0.areas.indexed().map(|(area_index, area)| (area_index, OutlinedArea::of(area)))
    }

    /// The rings of an area on the grid of a zoom, without their closing vertex; none where it has no shape there.
    pub(crate) fn rings(self, area_index: AreaIndex, z: u8) -> impl Iterator<Item = &'a [GridPoint]> {
        let area = self.0.zoom(z).and_then(|zoom| zoom.areas.get(area_index.index()));
        let polygons = area.map_or(&[][..], |area| &area.polygons);
        polygons.iter().flat_map(|polygon| std::iter::once(&polygon.shell).chain(&polygon.holes)).map(Vec::as_slice)
    }
}

impl<'a> OutlinedArea<'a> {
    /// The area of a row.
    pub(crate) fn of_row(row: &AreaRow<'a>) -> Self {
        Self::of(row.area)
    }

    fn of(entry: &'a AreaEntry) -> Self {
        Self {
            code: &entry.code,
            name: &entry.name,
            area_km2: entry.area_km2,
            label: entry.label,
            bounds: entry.bounds,
        }
    }
}
