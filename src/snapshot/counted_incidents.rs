//! The incidents of one edition, placed and counted: all of them, or what changed of those of an earlier snapshot.
//!
//! In: incidents in drawing order, and what places records in the edition. Out: the commune of every row, and the cube.
//! A change is placed by the rules of the edition it comes to, so these have to be those by which the earlier ones were
//! placed; whoever builds snapshots sees to that.

use rayon::prelude::*;

use super::cube::{ChangedCube, Cube, CubeRow, Event};
use super::edition::EditionData;
use super::incident_points::{OrderedChange, OrderedIncidents};
use super::placement::{Placed, Placement};
use crate::domain::holdings::IncidentColumns;
use crate::domain::incident::IncidentRow;
use crate::domain::incident::taxonomy::Taxonomy;
use crate::domain::index::IndexVec;

/// The incidents of an edition.
#[derive(Debug)]
pub(super) struct CountedIncidents {
    /// The number of the commune in which each incident counts; `u16::MAX` for one in none.
    pub commune_of_incident: IndexVec<IncidentRow, u16>,
    /// The counts.
    pub cube: ChangedCube,
}

impl CountedIncidents {
    /// All incidents; prefix sums may take so much room.
    pub(super) fn of_all(
        placement: &Placement<'_>,
        incidents: &IncidentColumns,
        taxonomy: &Taxonomy,
        budget_bytes: usize,
    ) -> Self {
        let places = placement.of_incidents(incidents, taxonomy);
        let events = placement.events(incidents, &places);
        let cube = Cube::new(CubeRow::count(placement.communes), taxonomy.categories.len(), &events, budget_bytes);
        Self { commune_of_incident: commune_numbers(&places).into(), cube: cube.into() }
    }

    /// Those of an edition after a change.
    pub(super) fn changed(
        placement: &Placement<'_>,
        earlier: &EditionData,
        change: &OrderedChange,
        taxonomy: &Taxonomy,
    ) -> Self {
        let placed = |ordered: &OrderedIncidents| -> (Vec<u16>, Vec<Event>) {
            let places = placement.of_incidents(&ordered.incidents, taxonomy);
            (commune_numbers(&places), placement.events(&ordered.incidents, &places))
        };
        let OrderedChange { lost, gained, splice } = change;
        let ((communes, gained), (_, lost)) = (placed(gained), placed(lost));
        Self {
            commune_of_incident: splice.spliced(&earlier.commune_of_incident, &communes).into(),
            cube: earlier.cube.changed(&gained, &lost),
        }
    }
}

fn commune_numbers(places: &[Placed]) -> Vec<u16> {
    let number = |place: Placed| place.commune().map_or(u16::MAX, |commune| commune.index() as u16);
    places.par_iter().copied().map(number).collect()
}
