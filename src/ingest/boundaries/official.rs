//! Outlines against what is official: the point and the area of each unit.
//!
//! Two outlines seem exchanged when the published point of each unit lies in the outline of the other, and in none of
//! its own: two coincidences at once, which neither a coarse outline nor a misplaced point brings about alone.

use std::collections::BTreeMap;

use geo::MultiPolygon;

use super::features::Feature;
use super::messages::{BoundaryReport, ImportMessage, Weight, label};
use super::options::BoundaryContext;
use crate::domain::area::register::RegisteredArea;
use crate::geometry::locate::Locator;
use crate::geometry::projection::area_km2;
use crate::geometry::validity::all_sound;

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
    for (one, other) in exchanged(&units, &outlines) {
        let text = "the official point of each lies in the outline of the other: their outlines seem exchanged";
        let areas = vec![label(&features[one]), label(&features[other])];
        report.add(ImportMessage { areas, ..ImportMessage::new(Weight::Warning, "exchanged_outlines", text) });
    }
    for ((feature, unit), outline) in features.iter().zip(&units).zip(&outlines) {
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

/// Pairs of areas, the first before the second, whose outlines seem exchanged.
fn exchanged(units: &[Option<&RegisteredArea>], outlines: &[MultiPolygon<f64>]) -> Vec<(usize, usize)> {
    let locator = Locator::new(outlines);
    let holders: Vec<Vec<usize>> = units
        .iter()
        .map(|unit| {
            let point = unit.and_then(|unit| unit.lon.zip(unit.lat));
            point.map_or_else(Vec::new, |(lon, lat)| locator.areas_containing(lon, lat))
        })
        .collect();
    let mut pairs = Vec::new();
    for (one, held) in holders.iter().enumerate().filter(|(one, held)| !held.contains(one)) {
        let others = held.iter().copied().filter(|&other| other > one);
        let mutual = others.filter(|&other| holders[other].contains(&one) && !holders[other].contains(&other));
        pairs.extend(mutual.map(|other| (one, other)));
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::area::Level;
    use geo::{Rect, coord};

    fn square(west: f64) -> MultiPolygon<f64> {
        MultiPolygon::from(Rect::new(coord! { x: west, y: 0.0 }, coord! { x: west + 1.0, y: 1.0 }).to_polygon())
    }

    fn unit(lon: f64) -> RegisteredArea {
        RegisteredArea {
            level: Level::Commune,
            code: "20335".parse().unwrap(),
            name: String::new(),
            other_names: Vec::new(),
            parent: None,
            former_province: String::new(),
            area_km2: None,
            residents: None,
            lon: Some(lon),
            lat: Some(0.5),
        }
    }

    #[test]
    fn two_outlines_that_hold_the_points_of_each_other_are_exchanged() {
        let units = [unit(1.5), unit(0.5), unit(2.5)];
        let units: Vec<Option<&RegisteredArea>> = units.iter().map(Some).collect();
        assert_eq!(exchanged(&units, &[square(0.0), square(1.0), square(2.0)]), [(0, 1)]);
    }

    #[test]
    fn one_misplaced_point_is_no_exchange() {
        let units = [unit(1.5), unit(1.5), unit(2.5)];
        let units: Vec<Option<&RegisteredArea>> = units.iter().map(Some).collect();
        assert_eq!(exchanged(&units, &[square(0.0), square(1.0), square(2.0)]), []);
        assert_eq!(exchanged(&[None, None], &[square(0.0), square(1.0)]), []);
        assert_eq!(exchanged(&[], &[]), []);
    }
}
