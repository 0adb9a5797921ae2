//! Where each record lies in one edition.
//!
//! A point belongs to the commune that contains it (on a shared border: to the
//! one with the lowest code). A record known only by the area of another edition
//! belongs to the commune that covers most of that area. What has
//! no location stays "unlocated", what lies in no commune "outside"; neither is
//! moved anywhere.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::cube::{CubeRow, Event};
use crate::domain::area::{AreaKey, CommuneIndex, Position};
use crate::domain::holdings::IncidentColumns;
use crate::domain::incident::IncidentRow;
use crate::domain::incident::taxonomy::Taxonomy;
use crate::geometry::locate::Locator;

/// Rows of one piece of work.
const ROWS_AT_ONCE: usize = 65_536;

/// Where an incident lies in an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Located {
    /// At a point inside a commune.
    Commune(CommuneIndex),
    /// Somewhere inside a commune.
    UnlocatedInside(CommuneIndex),
    /// At a point outside every commune.
    Outside,
    /// Nowhere known.
    Unlocated,
    /// Not counted at all (an unfounded report).
    Uncounted,
}

/// What places records in one edition.
#[derive(Debug)]
pub(super) struct Placement<'a> {
    /// Finds the commune of a point.
    pub locator: &'a Locator,
    /// How many communes the edition has.
    pub communes: usize,
    /// The commune of every known area key, of this edition and of others.
    pub commune_of_key: &'a BTreeMap<AreaKey, CommuneIndex>,
}

impl Placement<'_> {
    /// The location of every incident, by row.
    pub(super) fn of_incidents(&self, incidents: &IncidentColumns, taxonomy: &Taxonomy) -> Vec<Located> {
        let rows = incidents.par_rows().with_min_len(ROWS_AT_ONCE);
        rows.map(|row| self.of_incident(incidents, row, taxonomy)).collect()
    }

    fn of_incident(&self, incidents: &IncidentColumns, row: IncidentRow, taxonomy: &Taxonomy) -> Located {
        if !taxonomy.is_counted(incidents.status(row)) {
            return Located::Uncounted;
        }
        let unmapped = taxonomy.category_entry(incidents.category(row)).is_some_and(|category| category.unmapped);
        if unmapped {
            return Located::Unlocated;
        }
        let inside = |key| self.commune_of_key.get(key).copied().map(Located::UnlocatedInside);
        match incidents.position(row).map(Position::e7) {
            Some((lon_e7, lat_e7)) => match self.locator.locate_e7(lon_e7, lat_e7) {
                Some(commune) => Located::Commune(CommuneIndex::new(commune)),
                None => Located::Outside,
            },
            None => incidents.area(row).and_then(inside).unwrap_or(Located::Unlocated),
        }
    }

    /// The events to tally, in the rows of the cube.
    pub(super) fn events(&self, incidents: &IncidentColumns, locations: &[Located]) -> Vec<Event> {
        let row_of = |location: &Located| match *location {
            Located::Commune(commune) => Some(CubeRow::located_in(commune)),
            Located::UnlocatedInside(commune) => Some(CubeRow::unlocated_in(commune, self.communes)),
            Located::Outside => Some(CubeRow::outside(self.communes)),
            Located::Unlocated => Some(CubeRow::unlocated(self.communes)),
            Located::Uncounted => None,
        };
        let event = |(row, location): (IncidentRow, &Located)| {
            Some(Event {
                row: row_of(location)?,
                category: incidents.category(row),
                severity: incidents.severity(row),
                day: crate::domain::time::period::Day::of_unix_seconds(incidents.unix_seconds(row)).number(),
            })
        };
        incidents.par_rows().zip(locations).with_min_len(ROWS_AT_ONCE).filter_map(event).collect()
    }
}
