//! What the report of an import of incidents says beside its counts: where they lie, and what was assumed of them.
//!
//! In: the batches that are taken. Out: counts for people and for scripts.

use serde::Serialize;

use crate::cli::output;
use crate::domain::area::AreaKey;
use crate::domain::incident::Incident;
use crate::domain::unsaid::FieldSet;
use crate::ingest::{Incidents, KnownAreas, PlaceCounts, Places, RowKind, SeverityFrom};
use crate::texts::text;

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
        output::say(&text!(
            "import-places",
            points = with_point.to_string(),
            communes = by_commune.to_string(),
            wider = by_wider_area.to_string(),
            without = without.to_string(),
        ));
        let PlaceCounts { outside_areas, outside_within_1_km, outside_viet_nam, .. } = self.places;
        if outside_areas > 0 {
            output::say(&text!(
                "import-places-outside",
                outside = outside_areas.to_string(),
                near = outside_within_1_km.to_string(),
                abroad = outside_viet_nam.to_string(),
            ));
        }
        if self.severity_assumed > 0 {
            let from = match self.severity_from {
                "category" => text!("import-severity-of-category"),
                "default" => text!("import-severity-default"),
                _ => text!("import-severity-least"),
            };
            output::say(&text!("import-severity-assumed", count = self.severity_assumed.to_string(), from = from));
        }
    }
}
