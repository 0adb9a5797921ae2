//! Outlines: what `geometry` finds and mends, reported with codes and names.

use geo::{CoordsIter as _, MultiPolygon};

use super::cleaning::{cleaned_shapes, report_left};
use super::features::Feature;
use super::messages::{BoundaryReport, ImportMessage, Weight, label};
use super::options::{BoundaryOptions, OnFault};
use crate::domain::area::Level;
use crate::geometry::coverage::Coverage;
use crate::geometry::projection::area_km2;
use crate::geometry::validity::repair::{Repair, RepairStep, repaired};
use crate::geometry::validity::{FindingSeverity, Flaw, GeometryFinding, findings, tangles};

/// The outlines as they will be stored; none for areas known by code and name only.
pub(super) fn checked(
    features: &[Feature],
    options: &BoundaryOptions,
    report: &mut BoundaryReport,
) -> Vec<Option<MultiPolygon<f64>>> {
    if report.level != Level::Commune && features.iter().all(|feature| feature.shape.is_none()) {
        return vec![None; features.len()];
    }
    let given: Vec<MultiPolygon<f64>> =
        features.iter().map(|feature| feature.shape.clone().unwrap_or(MultiPolygon(Vec::new()))).collect();
    let on_fault = options.on_fault;
    report_open_rings(features, on_fault, report);
    report_collections(features, report);
    let tangled = tangles(&given);
    if !tangled.is_empty() {
        for finding in &tangled {
            report.add(remark(finding, features));
        }
        return given.into_iter().map(Some).collect();
    }
    let shapes = match on_fault {
        OnFault::Stop => given,
        OnFault::Repair => mended(features, given, report),
    };
    let shapes = match options.clean {
        Some(width) => cleaned_shapes(features, shapes, width, report),
        None => shapes,
    };
    if on_fault == OnFault::Repair && options.clean.is_none() {
        report_left(&shapes, report);
    }
    let coverage = Coverage::build(&shapes);
    for finding in findings(&shapes, &coverage) {
        report.add(remark(&finding, features));
    }
    let account = coverage.report();
    report.vertices.stored = shapes.iter().map(MultiPolygon::coords_count).sum();
    report.vertices.repaired =
        report.vertices.stored as isize - (report.vertices.read + report.vertices.closed) as isize;
    report.vertices.left_out_of_coverage = account.lattice.repeated
        + account.lattice.spikes
        + account.lattice.unusable
        + account.noding.dropped
        + account.collapsed;
    report.vertices.accounted_for = account.accounts_for_every_vertex();
    // An empty sum is −0.
    report.total_km2 = shapes.iter().map(area_km2).fold(0.0, |sum, km2| sum + km2);
    shapes.into_iter().map(Some).collect()
}

/// Rings that were open in the file: closing them is a repair like any other.
fn report_open_rings(features: &[Feature], on_fault: OnFault, report: &mut BoundaryReport) {
    for feature in features {
        let open: Vec<&GeometryFinding> =
            feature.ring_findings.iter().filter(|finding| finding.flaw == Flaw::OpenRing).collect();
        let Some(first) = open.first() else { continue };
        report.vertices.closed += open.len();
        let weight = if on_fault == OnFault::Repair { Weight::Repair } else { Weight::Error };
        let text = if weight == Weight::Repair { "rings were closed" } else { words(Flaw::OpenRing) };
        let place = first.place;
        let areas = vec![label(feature)];
        report.add(ImportMessage {
            areas,
            count: open.len(),
            place,
            ..ImportMessage::new(weight, slug(Flaw::OpenRing), text)
        });
    }
}

/// Collections of which the polygons were taken.
fn report_collections(features: &[Feature], report: &mut BoundaryReport) {
    for feature in features.iter().filter(|feature| feature.dropped_members > 0) {
        let text = "lines and points of a GeometryCollection were dropped, its polygons taken";
        report.add(ImportMessage {
            areas: vec![label(feature)],
            count: feature.dropped_members,
            ..ImportMessage::new(Weight::Repair, "collection", text)
        });
    }
}

fn mended(features: &[Feature], given: Vec<MultiPolygon<f64>>, report: &mut BoundaryReport) -> Vec<MultiPolygon<f64>> {
    let flawless = findings(&given, &Coverage::build(&given)).is_empty();
    if flawless {
        return given;
    }
    let mended = repaired(&given);
    for RepairStep { repair, area, count, change_km2 } in mended.steps {
        let areas = area.and_then(|area| features.get(area)).map(label).into_iter().collect();
        let area_km2 = (change_km2 != 0.0).then_some(change_km2);
        report.add(ImportMessage {
            areas,
            count,
            area_km2,
            ..ImportMessage::new(Weight::Repair, "repair", repair_text(repair))
        });
    }
    mended.areas
}

fn remark(finding: &GeometryFinding, features: &[Feature]) -> ImportMessage {
    let weight = match finding.severity() {
        FindingSeverity::Error => Weight::Error,
        FindingSeverity::Warning => Weight::Warning,
    };
    ImportMessage {
        areas: finding.areas.iter().filter_map(|area| features.get(*area)).map(label).collect(),
        count: finding.count,
        area_km2: finding.area_km2,
        width_m: finding.extent.map(|extent| extent.width_m),
        length_m: finding.extent.map(|extent| extent.length_m),
        place: finding.place,
        ..ImportMessage::new(weight, slug(finding.flaw), words(finding.flaw))
    }
}

/// The flaw in one word for scripts and in a sentence for people.
const FLAWS: [(Flaw, &str, &str); 22] = [
    (Flaw::Empty, "empty", "the area has no outline"),
    (Flaw::NotFinite, "not_finite", "a coordinate is not a finite number"),
    (Flaw::NotDegrees, "not_degrees", "the coordinates are not degrees"),
    (Flaw::SwappedAxes, "swapped_axes", "latitude and longitude are exchanged"),
    (Flaw::OpenRing, "open_ring", "a ring does not end where it begins"),
    (Flaw::TooFewVertices, "too_few_vertices", "a ring has fewer than four vertices"),
    (Flaw::NoArea, "no_area", "a ring encloses nothing"),
    (Flaw::SelfCrossing, "self_crossing", "the border crosses itself"),
    (Flaw::HoleOutsideShell, "hole_outside_shell", "a hole reaches outside its shell"),
    (Flaw::Orientation, "orientation", "a ring turns the wrong way (RFC 7946, 3.1.6)"),
    (Flaw::RepeatedVertices, "repeated_vertices", "vertices are repeated"),
    (Flaw::Spikes, "spikes", "the border runs out and straight back"),
    (Flaw::SelfTouch, "self_touch", "the border touches itself"),
    (Flaw::Outlier, "outlier", "a part lies far away from the rest"),
    (Flaw::Overlap, "overlap", "areas overlap"),
    (Flaw::OverlapSlivers, "overlap_slivers", "areas overlap in slivers below 100 m²"),
    (Flaw::Gap, "gap", "there is a gap between areas"),
    (Flaw::OpenGap, "open_gap", "there is a gap between areas, open at an end"),
    (Flaw::GapSlivers, "gap_slivers", "there are gaps below 100 m² between areas"),
    (Flaw::Island, "island", "the area touches no other"),
    (Flaw::PartsOverlap, "parts_overlap", "a polygon of the area lies in another one of it"),
    (
        Flaw::Tangled,
        "tangled",
        "the border crosses itself (1,000 times) or another (100,000 times), or too many edges lie over one another: \
         this is no outline, and nothing more was looked at",
    ),
];

fn slug(flaw: Flaw) -> &'static str {
    FLAWS.iter().find(|(known, _, _)| *known == flaw).map_or("flaw", |(_, slug, _)| slug)
}

fn words(flaw: Flaw) -> &'static str {
    FLAWS.iter().find(|(known, _, _)| *known == flaw).map_or("something is wrong", |(_, _, words)| words)
}

fn repair_text(repair: Repair) -> &'static str {
    match repair {
        Repair::RingsDropped => "rings that enclose nothing were dropped",
        Repair::RepeatsDropped => "repeated vertices were dropped",
        Repair::SpikesDropped => "spikes were cut off",
        Repair::RingsTurned => "rings were turned round",
        Repair::CrossingsResolved => "crossings were resolved",
        Repair::NeighboursMet => "vertices of neighbours were made to meet",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flaw_has_its_words() {
        assert!(FLAWS.iter().enumerate().all(|(place, (flaw, _, _))| *flaw as usize == place));
        assert_eq!(words(Flaw::Island), "the area touches no other");
    }
}
