//! The incidents of one edition, placed and counted: all of them, or what changed of those of an earlier snapshot.
//!
//! In: incidents, and what places records in the edition. Out: the commune of every row, and the cube. A change is placed by the rules of the edition it comes to, so these have to be those by which the earlier ones were
//! placed; whoever builds snapshots sees to that.

use rayon::prelude::*;

use super::cube::{ChangedCube, Cube, CubeRow, Event};
use super::edition::EditionData;
use super::incident_points::OrderedChange;
use super::overlay::commune_numbers::CommuneNumbers;
use super::placement::{Placed, Placement};
use crate::domain::holdings::IncidentColumns;
use crate::domain::incident::taxonomy::Taxonomy;

/// The incidents of an edition.
#[derive(Debug)]
pub(super) struct CountedIncidents {
    /// The commune in which each counts.
    pub commune_of_incident: CommuneNumbers,
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

    /// Those of an edition after some went and others came, which follow all other rows.
    pub(super) fn changed(
        placement: &Placement<'_>,
        earlier: &EditionData,
        lost: &IncidentColumns,
        gained: &IncidentColumns,
        taxonomy: &Taxonomy,
    ) -> Self {
        let placed = |incidents: &IncidentColumns| -> (Vec<u16>, Vec<Event>) {
            let places = placement.of_incidents(incidents, taxonomy);
            (commune_numbers(&places), placement.events(incidents, &places))
        };
        let ((communes, gained), (_, lost)) = (placed(gained), placed(lost));
        Self {
            commune_of_incident: earlier.commune_of_incident.with(&communes),
            cube: earlier.cube.changed(&gained, &lost),
        }
    }

    /// Those of an edition whose overlay is merged into the columns.
    pub(super) fn merged(
        placement: &Placement<'_>,
        earlier: &EditionData,
        merge: &OrderedChange,
        taxonomy: &Taxonomy,
    ) -> Self {
        let gained = commune_numbers(&placement.of_incidents(&merge.gained.incidents, taxonomy));
        let commune_of_incident = merge.splice.spliced(earlier.commune_of_incident.base(), &gained).into();
        Self { commune_of_incident, cube: earlier.cube.clone() }
    }
}

fn commune_numbers(places: &[Placed]) -> Vec<u16> {
    let number = |place: Placed| place.commune().map_or(u16::MAX, |commune| commune.index() as u16);
    places.par_iter().copied().map(number).collect()
}
