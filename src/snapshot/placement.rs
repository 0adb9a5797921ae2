//! Where each record lies in one edition.
//!
//! A point belongs to the commune that contains it (on a shared border: to the
//! one with the lowest code). A record known only by a commune belongs to that
//! commune; one known by a commune of another edition belongs to the commune that
//! covers most of it. What is known by a district or a province alone lies in no
//! commune, what lies beyond every commune is "outside"; neither is moved anywhere,
//! and nothing without a point is ever given one.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::cube::{CubeRow, Event};
use super::edition::Correspondence;
use crate::domain::area::{AreaKey, CommuneIndex, Position};
use crate::domain::holdings::IncidentColumns;
use crate::domain::incident::IncidentRow;
use crate::domain::incident::taxonomy::Taxonomy;
use crate::domain::time::period::Day;
use crate::geometry::locate::Locator;

/// Rows of one piece of work.
const ROWS_AT_ONCE: usize = 65_536;

/// Where an incident lies in an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Placed {
    /// At a point inside a commune.
    AtPoint(CommuneIndex),
    /// Inside a commune, nobody knows where in it.
    ByCommune(CommuneIndex),
    /// At a point outside every commune, or in a commune of another edition that lies outside.
    Outside,
    /// In a district or a province, nobody knows in which commune.
    ByWiderArea,
    /// Without any place.
    Unplaced,
    /// Not counted at all (an unfounded report).
    Uncounted,
}

impl Placed {
    /// The commune in which the incident counts.
    pub(super) fn commune(self) -> Option<CommuneIndex> {
        match self {
            Self::AtPoint(commune) | Self::ByCommune(commune) => Some(commune),
            Self::Outside | Self::ByWiderArea | Self::Unplaced | Self::Uncounted => None,
        }
    }

    /// The rows of the cube in which it counts: what has no point counts in its commune, and once more among what has
    /// none there.
    fn rows(self, communes: usize) -> [Option<CubeRow>; 2] {
        match self {
            Self::AtPoint(commune) => [Some(CubeRow::within(commune)), None],
            Self::ByCommune(commune) => {
                [Some(CubeRow::within(commune)), Some(CubeRow::without_point_in(commune, communes))]
            }
            Self::Outside => [Some(CubeRow::outside(communes)), None],
            Self::ByWiderArea => [Some(CubeRow::in_wider_area(communes)), None],
            Self::Unplaced => [Some(CubeRow::unplaced(communes)), None],
            Self::Uncounted => [None, None],
        }
    }
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
    /// The ways from the other editions.
    pub correspondences: &'a [Correspondence],
    /// The districts and provinces of all editions.
    pub wider_areas: &'a BTreeSet<AreaKey>,
}

impl Placement<'_> {
    /// The place of every incident, by row.
    pub(super) fn of_incidents(&self, incidents: &IncidentColumns, taxonomy: &Taxonomy) -> Vec<Placed> {
        // Millions of incidents name a few hundred areas: each is looked up once.
        let of_keys: Vec<Placed> = incidents.area_keys().iter().map(|key| self.of_key(key)).collect();
        let rows = incidents.par_rows().with_min_len(ROWS_AT_ONCE);
        rows.map(|row| self.of_incident(incidents, row, taxonomy, &of_keys)).collect()
    }

    fn of_incident(
        &self,
        incidents: &IncidentColumns,
        row: IncidentRow,
        taxonomy: &Taxonomy,
        of_keys: &[Placed],
    ) -> Placed {
        if !taxonomy.is_counted(incidents.status(row)) {
            return Placed::Uncounted;
        }
        let unmapped = taxonomy.category_entry(incidents.category(row)).is_some_and(|category| category.unmapped);
        if unmapped {
            return Placed::Unplaced;
        }
        match incidents.position(row).map(Position::e7) {
            Some((lon_e7, lat_e7)) => match self.locator.locate_e7(lon_e7, lat_e7) {
                Some(commune) => Placed::AtPoint(CommuneIndex::new(commune)),
                None => Placed::Outside,
            },
            None => {
                incidents.area_number(row).and_then(|number| of_keys.get(number)).copied().unwrap_or(Placed::Unplaced)
            }
        }
    }

    /// The place of what is known by an area alone.
    fn of_key(&self, key: &AreaKey) -> Placed {
        if let Some(commune) = self.commune_of_key.get(key) {
            return Placed::ByCommune(*commune);
        }
        if self.wider_areas.contains(key) {
            return Placed::ByWiderArea;
        }
        // A commune whose land is known and lies under no commune of this edition is outside, as a point in it would
        // be. Of one without a boundary nobody knows where it lies.
        let mut others = self.correspondences.iter().filter(|way| way.edition == key.edition);
        let lies_outside = others.any(|way| way.other.communes().iter().any(|area| area.code == key.code));
        if lies_outside { Placed::Outside } else { Placed::Unplaced }
    }

    /// The events to tally, in the rows of the cube.
    pub(super) fn events(&self, incidents: &IncidentColumns, places: &[Placed]) -> Vec<Event> {
        let events = |(row, place): (IncidentRow, &Placed)| {
            let (category, severity) = (incidents.category(row), incidents.severity(row));
            let day = Day::of_unix_seconds(incidents.unix_seconds(row)).number();
            let rows = place.rows(self.communes).into_iter().flatten();
            rows.map(move |row| Event { row, category, severity, day })
        };
        incidents.par_rows().zip(places).with_min_len(ROWS_AT_ONCE).flat_map_iter(events).collect()
    }
}
