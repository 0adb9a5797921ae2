//! Flaws of boundaries: each kind once by hand, repairs, and what the real files hold.

use binhyen::geometry::coverage::Coverage;
use binhyen::geometry::projection::{LonLat, area_km2};
use binhyen::geometry::validity::repair::{Repair, repaired};
use binhyen::geometry::validity::{FindingSeverity, Flaw, GeometryFinding, findings, raw_ring_findings};
use geo::{Area, MultiPolygon};

use crate::support::geometry::{area, area_with_hole, communes_241, crooked_cells, rectangle, units_94};

fn found(areas: &[MultiPolygon<f64>]) -> Vec<GeometryFinding> {
    findings(areas, &Coverage::build(areas))
}

/// The kinds of flaw found, in report order, each once.
fn flaws(areas: &[MultiPolygon<f64>]) -> Vec<Flaw> {
    let mut flaws: Vec<Flaw> = found(areas).iter().map(|finding| finding.flaw).collect();
    flaws.dedup();
    flaws
}

#[test]
fn clean_neighbours_have_no_flaw() {
    assert!(found(&[rectangle(108.0, 15.0, 109.0, 16.0), rectangle(109.0, 15.0, 110.0, 16.0)]).is_empty());
    assert!(found(&[]).is_empty());
}

#[test]
fn raw_rings_show_what_a_polygon_hides() {
    let flaws = |ring: &[(f64, f64)]| {
        let ring: Vec<LonLat> = ring.iter().map(|(lon, lat)| LonLat::new(*lon, *lat)).collect();
        raw_ring_findings(3, &ring).iter().map(|finding| finding.flaw).collect::<Vec<_>>()
    };
    assert_eq!(flaws(&[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]), [Flaw::OpenRing]);
    assert_eq!(flaws(&[(0.0, 0.0), (1.0, 0.0), (0.0, 0.0)]), [Flaw::TooFewVertices]);
    assert!(flaws(&[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)]).is_empty());
}

#[test]
fn each_flaw_of_one_area_is_named() {
    let bow_tie = area(&[(108.0, 15.0), (109.0, 16.0), (109.0, 15.0), (108.0, 16.2)]);
    let spiked = area(&[(108.0, 15.0), (109.0, 15.0), (109.0, 17.0), (109.0, 16.0), (108.0, 16.0)]);
    let repeating = area(&[(108.0, 15.0), (109.0, 15.0), (109.0, 15.0), (109.0, 16.0)]);
    let clockwise = area(&[(108.0, 15.0), (108.0, 16.0), (109.0, 16.0), (109.0, 15.0)]);
    let flat = area(&[(108.0, 15.0), (109.0, 15.0), (110.0, 15.0)]);
    let hole = [(108.5, 15.2), (108.5, 15.8), (109.5, 15.8), (109.5, 15.2)];
    let outside = area_with_hole(&[(108.0, 15.0), (109.0, 15.0), (109.0, 16.0), (108.0, 16.0)], &hole);
    let infinite = area(&[(108.0, 15.0), (f64::INFINITY, 15.0), (109.0, 16.0)]);
    let cases = [
        (MultiPolygon::new(Vec::new()), Flaw::Empty),
        (infinite, Flaw::NotFinite),
        (rectangle(500_000.0, 1_700_000.0, 501_000.0, 1_701_000.0), Flaw::NotDegrees),
        (rectangle(15.0, 108.0, 16.0, 109.0), Flaw::SwappedAxes),
        (flat, Flaw::NoArea),
        (bow_tie, Flaw::SelfCrossing),
        (outside, Flaw::HoleOutsideShell),
        (clockwise, Flaw::Orientation),
        (repeating, Flaw::RepeatedVertices),
        (spiked, Flaw::Spikes),
    ];
    for (shape, flaw) in cases {
        assert!(flaws(&[shape]).contains(&flaw), "{flaw:?}");
    }
}

#[test]
fn errors_come_before_warnings() {
    let bow_tie = area(&[(108.0, 15.0), (109.0, 16.0), (109.0, 15.0), (108.0, 16.2)]);
    let report = found(&[rectangle(100.0, 1.0, 101.0, 2.0), bow_tie]);
    assert_eq!(report[0].severity(), FindingSeverity::Error);
    assert!(report.is_sorted_by_key(GeometryFinding::severity));
}

#[test]
fn overlaps_are_measured_however_they_come_about() {
    let one = rectangle(108.0, 15.0, 109.0, 16.0);
    let overlap_km2 = |other: MultiPolygon<f64>| {
        let report = found(&[one.clone(), other]);
        let overlap = report.iter().find(|finding| finding.flaw == Flaw::Overlap).expect("an overlap");
        assert_eq!(overlap.areas, [0, 1]);
        overlap.area_km2.expect("a size")
    };
    let common_km2 = area_km2(&rectangle(108.5, 15.0, 109.0, 16.0));
    let crossing = overlap_km2(rectangle(108.5, 14.5, 110.0, 16.5));
    let along = overlap_km2(rectangle(108.5, 15.0, 110.0, 16.0));
    let within = overlap_km2(rectangle(108.5, 15.0, 109.0, 16.0));
    let same = overlap_km2(one.clone());
    for (got, expected) in [(crossing, common_km2), (along, common_km2), (within, common_km2), (same, area_km2(&one))] {
        assert!((got / expected - 1.0).abs() < 1e-3, "{got} against {expected}");
    }
}

#[test]
fn slivers_are_summed_not_named() {
    let report = found(&[rectangle(108.0, 15.0, 108.001, 15.001), rectangle(108.000_998, 15.0, 108.002, 15.001)]);
    let sliver = report.iter().find(|finding| finding.flaw == Flaw::OverlapSlivers).expect("a sliver");
    // 0.000002° by 0.001°: 0.215 m by 110.6 m.
    assert!((sliver.area_km2.expect("a size") - 2.38e-5).abs() < 1e-6, "{sliver:?}");
    assert!(report.iter().all(|finding| finding.flaw != Flaw::Overlap));
}

#[test]
fn a_gap_between_areas_is_measured_and_a_lake_in_one_is_not() {
    let mut cells: Vec<_> = (0..9).map(|c| (108.0 + f64::from(c % 3), 14.0 + f64::from(c / 3))).collect();
    let missing = cells.remove(4);
    let ring: Vec<_> = cells.into_iter().map(|(x, y)| rectangle(x, y, x + 1.0, y + 1.0)).collect();
    let report = found(&ring);
    let gap = report.iter().find(|finding| finding.flaw == Flaw::Gap).expect("a gap");
    let expected_km2 = area_km2(&rectangle(missing.0, missing.1, missing.0 + 1.0, missing.1 + 1.0));
    assert!((gap.area_km2.expect("a size") / expected_km2 - 1.0).abs() < 1e-9);
    assert_eq!(gap.areas, [1, 3, 4, 6]);
    let shell = [(108.0, 15.0), (109.0, 15.0), (109.0, 16.0), (108.0, 16.0)];
    let hole = [(108.2, 15.2), (108.2, 15.8), (108.8, 15.8), (108.8, 15.2)];
    assert!(found(&[area_with_hole(&shell, &hole), rectangle(109.0, 15.0, 110.0, 16.0)]).is_empty());
}

#[test]
fn a_gap_beside_crossing_borders_is_found_too() {
    // The east cell's western border swings across the west cell's: an overlap and a gap between two nodes.
    let west = area(&[(108.0, 15.0), (109.0, 15.0), (109.0, 16.0), (108.0, 16.0)]);
    let swinging = [(109.0, 16.0), (109.05, 15.8), (108.95, 15.2), (109.0, 15.0), (110.0, 15.0), (110.0, 16.0)];
    let report = found(&[west, area(&swinging)]);
    let size = |flaw| report.iter().find(|f| f.flaw == flaw).and_then(|f| f.area_km2).expect("a size");
    assert!((size(Flaw::Overlap) / size(Flaw::Gap) - 1.0).abs() < 0.02, "the two swings are alike");
}

#[test]
fn far_polygons_are_outliers() {
    let mut cells = crooked_cells(7, 4, 0.1);
    cells.push(rectangle(111.5, 16.0, 112.0, 16.5));
    let report = found(&cells);
    let outlier = report.iter().find(|finding| finding.flaw == Flaw::Outlier).expect("an outlier");
    assert_eq!(outlier.areas, [16]);
    assert!(report.iter().any(|finding| finding.flaw == Flaw::Island && finding.areas == [16]));
}

#[test]
fn repair_mends_what_one_area_does_wrong() {
    let bow_tie = area(&[(108.0, 15.0), (109.0, 16.0), (109.0, 15.0), (108.0, 16.0)]);
    let messy = area(&[
        (109.0, 15.0),
        (109.0, 15.0),
        (109.0, 16.0),
        (109.0, 17.0),
        (109.0, 16.0),
        (110.0, 16.0),
        (110.0, 15.0),
    ]);
    let mended = repaired(&[bow_tie, messy]);
    let report = found(&mended.areas);
    assert!(report.iter().all(|finding| finding.flaw.severity() == FindingSeverity::Warning), "{report:?}");
    let steps: Vec<(Option<usize>, Repair)> = mended.steps.iter().map(|step| (step.area, step.repair)).collect();
    for expected in [
        (Some(0), Repair::CrossingsResolved),
        (Some(1), Repair::RepeatsDropped),
        (Some(1), Repair::SpikesDropped),
        (Some(1), Repair::RingsTurned),
    ] {
        assert!(steps.contains(&expected), "{expected:?} in {steps:?}");
    }
    assert!((mended.areas[0].unsigned_area() - 0.5).abs() < 1e-6);
    assert!((mended.areas[1].unsigned_area() - 1.0).abs() < 1e-6);
}

#[test]
fn repair_leaves_clean_areas_alone() {
    let cells = crooked_cells(11, 3, 0.1);
    let mended = repaired(&cells);
    assert_eq!(mended.steps, []);
    assert!(mended.areas == cells, "not a vertex is touched");
}

#[test]
fn repair_makes_near_neighbours_meet() {
    let long = rectangle(0.0, 0.0, 2.0, 1.0);
    let mended = repaired(&[long, rectangle(0.0, 1.0, 1.0, 2.0), rectangle(1.0, 1.0, 2.0, 2.0)]);
    assert_eq!((mended.steps.len(), mended.steps[0].repair), (1, Repair::NeighboursMet));
    assert_eq!(Coverage::build(&mended.areas).report().noding.inserted, 0);
}

#[test]
fn the_241_communes_have_an_island_and_two_open_gaps_and_no_other_flaw_between_them() {
    let Some(file) = communes_241() else { return };
    let report: Vec<GeometryFinding> = found(&file.areas).into_iter().filter(|f| f.flaw != Flaw::Orientation).collect();
    assert_eq!(
        report.iter().map(|finding| finding.flaw).collect::<Vec<_>>(),
        [Flaw::OpenGap, Flaw::OpenGap, Flaw::Island]
    );
    assert_eq!(file.codes[report[2].areas[0]], "20434", "Tân Hiệp is an island");
}

#[test]
fn the_94_units_have_one_gap_two_open_ones_two_islands_and_hoang_sa_far_out() {
    let Some(file) = units_94() else { return };
    let plain = |flaw| matches!(flaw, Flaw::Orientation | Flaw::RepeatedVertices);
    let report: Vec<GeometryFinding> = found(&file.areas).into_iter().filter(|f| !plain(f.flaw)).collect();
    let named: Vec<(Flaw, Vec<&str>)> =
        report.iter().map(|f| (f.flaw, f.areas.iter().map(|&area| file.codes[area].as_str()).collect())).collect();
    assert_eq!(named[0], (Flaw::Outlier, vec!["20333"]));
    assert_eq!((named[1].0, named[1].1.len()), (Flaw::Gap, 3));
    assert!((report[1].area_km2.expect("a size") - 0.00041).abs() < 0.00001, "a gap of 410 m²");
    let islands: Vec<_> = named[2..].iter().map(|(flaw, areas)| (*flaw, areas[0])).collect();
    let open = [(Flaw::OpenGap, "20734"), (Flaw::OpenGap, "20908")];
    assert_eq!(islands, [open[0], open[1], (Flaw::Island, "20333"), (Flaw::Island, "20434")]);
}
