//! Where each record lies in one edition.
//!
//! A point belongs to the commune that contains it (on a shared border: to the
//! one with the lowest code). A record known only by the area of another edition
//! belongs to the commune that covers most of that area. What has
//! no place stays "unlocated", what lies in no commune "outside"; neither is
//! moved anywhere.

use std::collections::BTreeMap;

use super::cube::Event;
use crate::domain::area::AreaKey;
use crate::domain::holdings::IncidentColumns;
use crate::domain::taxonomy::Taxonomy;
use crate::geometry::locate::Locator;

/// Where an incident lies in an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Located {
    /// At a point inside a commune.
    Commune(usize),
    /// Somewhere inside a commune.
    UnlocatedInside(usize),
    /// At a point outside every commune.
    Outside,
    /// Nowhere known.
    Unlocated,
    /// Not counted at all (an unfounded report).
    Uncounted,
}

/// The means to place records in one edition.
#[derive(Debug)]
pub(super) struct Placement<'a> {
    /// Finds the commune of a point.
    pub locator: &'a Locator,
    /// How many communes the edition has.
    pub communes: usize,
    /// The commune of every known area key, of this edition and of others.
    pub commune_of_key: &'a BTreeMap<AreaKey, usize>,
}

impl Placement<'_> {
    /// The place of every incident, by row.
    pub(super) fn of_incidents(&self, incidents: &IncidentColumns, taxonomy: &Taxonomy) -> Vec<Located> {
        let points: Vec<(f64, f64)> = (0..incidents.len())
            .map(|row| incidents.position(row).map_or((f64::NAN, f64::NAN), |at| (at.lon(), at.lat())))
            .collect();
        let found = self.locator.locate_all(&points);
        (0..incidents.len()).map(|row| self.of_incident(incidents, row, found[row], taxonomy)).collect()
    }

    fn of_incident(
        &self,
        incidents: &IncidentColumns,
        row: usize,
        found: Option<usize>,
        taxonomy: &Taxonomy,
    ) -> Located {
        if !taxonomy.is_counted(incidents.status(row)) {
            return Located::Uncounted;
        }
        let unmapped = taxonomy.category_entry(incidents.category(row)).is_some_and(|category| category.unmapped);
        if unmapped {
            return Located::Unlocated;
        }
        match (incidents.position(row), found, incidents.area(row)) {
            (Some(_), Some(commune), _) => Located::Commune(commune),
            (Some(_), None, _) => Located::Outside,
            (None, _, Some(key)) => {
                self.commune_of_key.get(key).map_or(Located::Unlocated, |place| Located::UnlocatedInside(*place))
            }
            (None, _, None) => Located::Unlocated,
        }
    }

    /// The events to tally, in the row layout of [`super::edition::EditionPicture`].
    pub(super) fn events(&self, incidents: &IncidentColumns, places: &[Located]) -> Vec<Event> {
        let row_of = |place: &Located| match *place {
            Located::Commune(commune) => Some(commune),
            Located::UnlocatedInside(commune) => Some(self.communes + commune),
            Located::Outside => Some(2 * self.communes),
            Located::Unlocated => Some(2 * self.communes + 1),
            Located::Uncounted => None,
        };
        let event = |(row, place): (usize, &Located)| {
            Some(Event {
                row: row_of(place)? as u32,
                category: incidents.category(row),
                severity: incidents.severity(row),
                day: crate::domain::period::Day::of_unix_seconds(incidents.unix_seconds(row)).number(),
            })
        };
        places.iter().enumerate().filter_map(event).collect()
    }
}
