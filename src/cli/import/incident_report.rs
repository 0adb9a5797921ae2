//! What the report of an import of incidents says beside its counts: where they lie, and what was assumed of them.
//!
//! In: the batches that are taken. Out: counts for people and for scripts.

use serde::Serialize;

use crate::cli::output;
use crate::domain::area::AreaKey;
use crate::domain::incident::Incident;
use crate::domain::unsaid::FieldSet;
use crate::ingest::{Incidents, KnownAreas, PlaceCounts, Places, RowKind, SeverityFrom};

/// What is counted while incidents are taken.
pub(super) struct IncidentTally<'a> {
    places: Places,
    areas: &'a KnownAreas,
    severity: usize,
    report: IncidentReport,
}

/// Places and assumptions of the incidents that were taken.
#[derive(Debug, Clone, Serialize)]
pub(in crate::cli) struct IncidentReport {
    places: PlaceCounts,
    /// Incidents whose rows say no severity: one was assumed where they are new, the stored one stays where not.
    severity_assumed: u64,
    /// Where it came from: least, category or default.
    severity_from: &'static str,
}

impl<'a> IncidentTally<'a> {
    /// Nothing counted yet.
    pub(super) fn new(places: Places, areas: &'a KnownAreas, severity_from: Option<SeverityFrom>) -> Self {
        let severity_from = match severity_from {
            None => "least",
            Some(SeverityFrom::Category) => "category",
            Some(SeverityFrom::Default(_)) => "default",
        };
        let severity =
            Incidents::FIELDS.iter().position(|field| field.name == "severity").unwrap_or(Incidents::FIELDS.len());
        let report = IncidentReport { places: PlaceCounts::default(), severity_assumed: 0, severity_from };
        Self { places, areas, severity, report }
    }

    /// Adds a batch and the fields that each of its rows leaves blank.
    pub(super) fn add(&mut self, incidents: &[Incident], blank: &[FieldSet]) {
        let level = |key: &AreaKey| self.areas.area(key).ok().map(|area| area.level);
        self.places.count(incidents, level, &mut self.report.places);
        let is_assumed = |blank: &&FieldSet| blank.contains(self.severity);
        self.report.severity_assumed += blank.iter().filter(is_assumed).count() as u64;
    }

    /// What was counted.
    pub(super) fn report(self) -> IncidentReport {
        self.report
    }
}

impl IncidentReport {
    /// The same in lines; what is as it should be is not said.
    pub(super) fn print_text(&self) {
        let PlaceCounts { with_point, by_commune, by_wider_area, without, .. } = self.places;
        output::line(&format!(
            "places: {with_point} with a point, {by_commune} by commune, {by_wider_area} by wider area, {without} without"
        ));
        let PlaceCounts { outside_areas, outside_within_1_km, outside_viet_nam, .. } = self.places;
        if outside_areas > 0 {
            output::line(&format!(
                "outside every loaded area: {outside_areas}, of them {outside_within_1_km} within 1 km of one and \
                 {outside_viet_nam} outside Viet Nam"
            ));
        }
        if self.severity_assumed > 0 {
            let from = match self.severity_from {
                "category" => "that of the category",
                "default" => "the default",
                _ => "the least",
            };
            output::line(&format!(
                "severity assumed where the row says none: {} ({from}; a stored one stays)",
                self.severity_assumed
            ));
        }
    }
}
