//! The incidents layer of those who see points. A tile whose incidents fit shows each as a point; one with more shows
//! cells with their count, most frequent category and greatest severity, and says so. Nothing is left out silently.

use mvt::Layer;

use super::incident_squares;
use super::points::point;
use super::source::{TileError, TileSource};
use super::values::add_incident_values;
use crate::domain::area::Position;
use crate::domain::incident::IncidentRow;
use crate::domain::incident::row_filter::RowFilter;
use crate::geometry::projection::{self, EXTENT, TileAddress, TilePoint};
use crate::tile::incident_record::{IncidentGroup, IncidentRecord};

/// From this zoom on a tile shows single incidents, unless they are too many.
const FIRST_ZOOM_OF_POINTS: u8 = 9;
/// Bytes that the single incidents of a tile may take; more become cells. A tile stays below 500 kB with its other
/// layers, and 1,024 cells always fit.
const MAX_BYTES_OF_POINTS: usize = 400_000;
/// Bytes that a single incident takes at most, beside its id.
const BYTES_OF_POINT: usize = 90;

/// What a tile shows in place of single incidents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aggregated {
    /// Parts of the tile, with all their incidents.
    CountGrid,
    /// Squares of the fixed grid, those with few incidents left out, as the role demands.
    Squares,
}

impl Aggregated {
    /// The word in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CountGrid => "cells",
            Self::Squares => "squares",
        }
    }
}

/// The layer of the incidents of the filter inside a tile, and what stands in place of single ones.
pub(in crate::tile) fn layer(
    source: &TileSource<'_>,
    layer: Layer,
    address: TileAddress,
) -> Result<(Layer, Option<Aggregated>), TileError> {
    if !source.role.sees_incident_points() {
        return Ok((incident_squares::layer(source, layer, address)?, Some(Aggregated::Squares)));
    }
    match rows_that_fit(source, address) {
        Some(rows) => Ok((singles(source, layer, address, &rows)?, None)),
        None => Ok((cells(source, layer, address)?, Some(Aggregated::CountGrid))),
    }
}

/// The rows of the filter in a tile; none where the zoom is too low or they are too many.
fn rows_that_fit(source: &TileSource<'_>, address: TileAddress) -> Option<Vec<IncidentRow>> {
    if address.z() < FIRST_ZOOM_OF_POINTS {
        return None;
    }
    let incidents = &source.snapshot.incidents;
    let filter = RowFilter::new(source.filter);
    let (mut rows, mut bytes) = (Vec::new(), 0);
    let points = &source.snapshot.points;
    let pieces = points.rows_in(address);
    let rows_in_tile = pieces.iter().flat_map(|piece| incidents.rows_of(piece));
    for row in rows_in_tile.filter(|row| filter.holds(incidents, *row)) {
        // An upper bound of the encoded bytes, given up as soon as it is passed: a crowded tile is not read to its
        // end.
        bytes += BYTES_OF_POINT + incidents.id(row).len();
        if bytes > MAX_BYTES_OF_POINTS {
            return None;
        }
        rows.push(row);
    }
    Some(points.in_drawing_order(incidents, rows))
}

/// The place of a position that belongs to the tile; rounding to the grid never moves it out.
fn place(address: TileAddress, at: Position) -> TilePoint {
    let at = address.grid().snap(projection::LonLat::new(at.lon(), at.lat()));
    let (origin, last) = (address.origin(), EXTENT as i32 - 1);
    TilePoint { x: (at.x - origin.x).clamp(0, last), y: (at.y - origin.y).clamp(0, last) }
}

fn singles(
    source: &TileSource<'_>,
    mut layer: Layer,
    address: TileAddress,
    rows: &[IncidentRow],
) -> Result<Layer, TileError> {
    let (snapshot, edition_data, role) = (source.snapshot, Some(source.edition_data), source.role);
    for row in rows.iter().copied() {
        let Some(at) = snapshot.incidents.position(row) else { continue };
        let mut feature = layer.into_feature(point(place(address, at))?);
        let single = IncidentRecord { snapshot, edition_data, row, role };
        add_incident_values(&mut feature, |attribute| single.value(attribute));
        layer = feature.into_layer();
    }
    Ok(layer)
}

fn cells(source: &TileSource<'_>, mut layer: Layer, address: TileAddress) -> Result<Layer, TileError> {
    let snapshot = source.snapshot;
    for cell in snapshot.points.cells_in(&snapshot.incidents, address, source.filter) {
        let mut feature = layer.into_feature(point(place(address, cell.position))?);
        let category = snapshot.taxonomy.category_entry(cell.main_category);
        let cell = IncidentGroup {
            kind: "cell",
            category: category.map(|category| category.id.as_str()),
            severity: Some(cell.worst.number()),
            count: cell.count,
            role: source.role,
        };
        add_incident_values(&mut feature, |attribute| cell.value(attribute));
        layer = feature.into_layer();
    }
    Ok(layer)
}
