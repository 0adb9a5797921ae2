//! Outlines against what is official: the point and the area of each unit.
//!
//! In: the areas of a file, their outlines and the register. Out: remarks. Outlines that lie together beside their places,
//! or most of them in the places of others, forbid the import; single ones that seem exchanged are warnings, as are areas
//! far from the official ones. How points and outlines are held against each other is told in `official_points` and
//! `displacement`.

use std::collections::{BTreeMap, BTreeSet};

use geo::MultiPolygon;

use super::displacement::{Displacement, displacement};
use super::features::Feature;
use super::messages::{BoundaryReport, ImportMessage, Weight, label};
use super::official_points::{MIN_KNOWN, OfficialPoints, Succession};
use super::options::BoundaryContext;
use crate::domain::area::register::RegisteredArea;
use crate::geometry::crs::Crs;
use crate::geometry::projection::area_km2;
use crate::geometry::validity::all_sound;
use crate::ingest::coordinates::CrsUse;

/// The share of the official area by which an outline may differ from it.
const AREA_TOLERANCE: f64 = 0.25;

/// Reports outlines that seem exchanged, and those whose area is far from the official one.
pub(super) fn check_outlines(
    features: &[Feature],
    shapes: &[Option<MultiPolygon<f64>>],
    context: &BoundaryContext<'_>,
    report: &mut BoundaryReport,
) {
    let Some(register) = context.register else { return };
    let official: BTreeMap<&str, &RegisteredArea> =
        register.of_level(report.level).map(|unit| (unit.code.as_str(), unit)).collect();
    let units: Vec<Option<&RegisteredArea>> =
        features.iter().map(|feature| official.get(feature.code.as_str()).copied()).collect();
    let outlines: Vec<MultiPolygon<f64>> =
        shapes.iter().map(|shape| shape.clone().unwrap_or_else(|| MultiPolygon::new(Vec::new()))).collect();
    // Outlines that cannot be used are measured against nothing: a tangle would take minutes.
    if !all_sound(&outlines) {
        return;
    }
    check_points(features, &OfficialPoints::new(&units, &outlines), report);
    check_official_areas(features, &units, &outlines, report);
}

fn check_official_areas(
    features: &[Feature],
    units: &[Option<&RegisteredArea>],
    outlines: &[MultiPolygon<f64>],
    report: &mut BoundaryReport,
) {
    for ((feature, unit), outline) in features.iter().zip(units).zip(outlines) {
        let Some(official_km2) = unit.and_then(|unit| unit.area_km2).filter(|_| !outline.0.is_empty()) else {
            continue;
        };
        let km2 = area_km2(outline);
        if (km2 - official_km2).abs() > AREA_TOLERANCE * official_km2 {
            let text = format!("the outline has {km2:.2} km², the official register {official_km2:.2} km²");
            report.add(ImportMessage::of_feature(Weight::Warning, "official_area", feature, &text));
        }
    }
}

/// Reports where the official points lie: one error of the file as a whole, or what is odd about single outlines.
fn check_points(features: &[Feature], points: &OfficialPoints<'_>, report: &mut BoundaryReport) {
    let (known, outside, in_others) = (points.known(), points.outside(), points.in_others());
    let labels = |areas: &[usize]| areas.iter().map(|&area| label(&features[area])).collect();
    if let Some(displacement) = displacement(points, read_as(report.crs.as_ref())) {
        let text = displacement_text(&displacement, outside.len(), known, report.crs.as_ref());
        let areas = labels(&outside);
        return report.add(ImportMessage { areas, ..ImportMessage::new(Weight::Error, "displaced", text) });
    }
    if known >= MIN_KNOWN && 2 * in_others.len() > known {
        let text = format!(
            "the official points of {} of {known} areas lie in the outlines of other areas: the outlines stand beside the \
             wrong codes, as after sorting or joining only a part of the columns, so join them to their codes again",
            in_others.len()
        );
        let areas = labels(&in_others);
        return report.add(ImportMessage { areas, ..ImportMessage::new(Weight::Error, "outlines_of_others", text) });
    }
    let pairs = points.pairs();
    for &(one, other) in &pairs {
        let text = "the official point of each lies in the outline of the other: their outlines seem exchanged";
        let areas = labels(&[one, other]);
        report.add(ImportMessage { areas, ..ImportMessage::new(Weight::Warning, "exchanged_outlines", text) });
    }
    let mut told: BTreeSet<usize> = pairs.iter().flat_map(|&(one, other)| [one, other]).collect();
    for Succession { areas, is_closed } in points.successions(&pairs) {
        let last = if is_closed { ", that of the last one in the outline of the first" } else { "" };
        let text =
            format!("the official point of each lies in the outline of the next{last}: their outlines seem exchanged");
        let areas_told = labels(&areas);
        told.extend(areas);
        let remark = ImportMessage::new(Weight::Warning, "exchanged_outlines", text);
        report.add(ImportMessage { areas: areas_told, ..remark });
    }
    for area in outside.into_iter().filter(|area| !told.contains(area)) {
        if let Some(far_m) = points.far_m(area) {
            let text = format!(
                "the official point lies {:.0} km outside the outline: is it that of another area?",
                far_m / 1000.0
            );
            report.add(ImportMessage::of_feature(Weight::Warning, "distant_outline", &features[area], &text));
        }
    }
}

/// The reference system in which a file was read: degrees where nothing says one.
fn read_as(crs: Option<&CrsUse>) -> Crs {
    // The text begins with the code.
    let code = crs.and_then(|crs| crs.system.split_whitespace().next());
    code.and_then(|code| Crs::from_text(code).ok()).unwrap_or(Crs::WGS84)
}

fn displacement_text(found: &Displacement, outside: usize, known: usize, crs: Option<&CrsUse>) -> String {
    let Displacement { offset_km, direction, systems } = found;
    let names: Vec<String> = systems.iter().map(ToString::to_string).collect();
    let advice = match systems.as_slice() {
        [] if read_as(crs).is_degrees() => {
            "the degrees were made from another reference system than the outlines were drawn in, so convert them again, \
             or give the file as it was drawn with --crs"
                .to_owned()
        }
        [] => "they were drawn in another reference system, and none that is read puts them right: say with --crs which it is"
            .to_owned(),
        [one] => format!("as {} they fit, so give --crs EPSG:{}", names.join(""), one.code()),
        _ => format!("as {} they fit, so give --crs with the one that the makers of the file name", names.join(" or ")),
    };
    format!(
        "the official points of {outside} of {known} areas lie outside their outlines, which lie about {offset_km:.0} km \
         {direction} of them: {advice}"
    )
}
