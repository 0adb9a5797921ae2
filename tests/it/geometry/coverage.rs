//! Coverages: shared arcs, nodes, T-junctions, enclaves, islands, dissolving, and the real files.

use binhyen::geometry::coverage::Coverage;
use binhyen::geometry::projection::area_km2;
use geo::Area;
use proptest::prelude::*;

use crate::support::geometry::{Numbers, area, area_with_hole, communes_241, crooked_cells, rectangle, units_94};

const SQUARE: [(f64, f64); 4] = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)];
const INNER: [(f64, f64); 4] = [(1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 2.0)];

#[test]
fn no_areas_make_an_empty_coverage() {
    let coverage = Coverage::build(&[]);
    assert!(coverage.is_empty() && coverage.arcs().is_empty());
    assert!(coverage.report().accounts_for_every_vertex());
}

#[test]
fn two_squares_share_one_arc() {
    let coverage = Coverage::build(&[rectangle(0.0, 0.0, 1.0, 1.0), rectangle(1.0, 0.0, 2.0, 1.0)]);
    let report = coverage.report();
    assert_eq!((report.shared_arcs, report.unshared_arcs, report.nodes), (1, 2, 2));
    assert_eq!((coverage.neighbours(0), coverage.neighbours(1)), (vec![1], vec![0]));
    assert!(report.accounts_for_every_vertex());
}

#[test]
fn winding_of_the_input_does_not_matter() {
    let clockwise = area(&[(0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.0, 0.0)]);
    let coverage = Coverage::build(&[clockwise, rectangle(1.0, 0.0, 2.0, 1.0)]);
    assert_eq!(coverage.report().conflicts, 0);
    assert_eq!(coverage.neighbours(0), [1]);
    assert!(coverage.multi_polygon(0).0[0].signed_area() > 0.0);
}

#[test]
fn four_squares_meet_in_one_node() {
    let cells = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)].map(|(x, y)| rectangle(x, y, x + 1.0, y + 1.0));
    let coverage = Coverage::build(&cells);
    assert_eq!((coverage.report().nodes, coverage.report().shared_arcs), (5, 4));
    assert_eq!(coverage.neighbours(0), [1, 2], "touching at a corner is not sharing a border");
}

#[test]
fn a_t_junction_gets_its_vertex() {
    let long = rectangle(0.0, 0.0, 2.0, 1.0);
    let coverage = Coverage::build(&[long, rectangle(0.0, 1.0, 1.0, 2.0), rectangle(1.0, 1.0, 2.0, 2.0)]);
    assert_eq!(coverage.report().noding.inserted, 1);
    assert_eq!(coverage.neighbours(0), [1, 2]);
    assert!(coverage.report().accounts_for_every_vertex());
}

#[test]
fn a_vertex_a_little_beside_an_edge_still_meets_it() {
    let long = rectangle(0.0, 0.0, 2.0, 1.0);
    let west = area(&[(0.0, 1.0), (1.0, 1.000_000_7), (1.0, 2.0), (0.0, 2.0)]);
    let east = area(&[(1.0, 1.000_000_7), (2.0, 1.0), (2.0, 2.0), (1.0, 2.0)]);
    let coverage = Coverage::build(&[long, west, east]);
    assert_eq!((coverage.report().noding.inserted, coverage.report().shared_arcs), (1, 3));
}

#[test]
fn nearly_equal_vertices_of_neighbours_become_one() {
    let west = area(&[(0.0, 0.0), (1.0, 0.0), (1.000_000_3, 1.0), (0.0, 1.0)]);
    let coverage = Coverage::build(&[west, rectangle(1.0, 0.0, 2.0, 1.0)]);
    assert_eq!((coverage.report().noding.merged, coverage.report().shared_arcs), (1, 1));
}

#[test]
fn an_enclave_fills_its_hole() {
    let coverage = Coverage::build(&[area_with_hole(&SQUARE, &INNER), area(&INNER)]);
    assert_eq!((coverage.report().shared_arcs, coverage.report().nodes), (1, 0));
    assert_eq!(coverage.neighbours(1), [0]);
    let whole = coverage.dissolve(&[Some(0), Some(0)], 1);
    assert_eq!((whole.parts(0).len(), whole.parts(0)[0].holes.len()), (1, 0));
    assert!((whole.multi_polygon(0).unsigned_area() - 16.0).abs() < 1e-9);
}

#[test]
fn an_island_shares_nothing() {
    let island = rectangle(9.0, 9.0, 10.0, 10.0);
    let coverage = Coverage::build(&[rectangle(0.0, 0.0, 1.0, 1.0), rectangle(1.0, 0.0, 2.0, 1.0), island]);
    assert_eq!(coverage.islands(), [2]);
}

#[test]
fn dissolving_around_an_outsider_leaves_a_hole() {
    let cells: Vec<_> = (0..9).map(|cell| (f64::from(cell % 3), f64::from(cell / 3))).collect();
    let cells: Vec<_> = cells.into_iter().map(|(x, y)| rectangle(x, y, x + 1.0, y + 1.0)).collect();
    let groups: Vec<Option<usize>> = (0..9).map(|cell| Some(usize::from(cell == 4))).collect();
    let rings = Coverage::build(&cells).dissolve(&groups, 2);
    assert_eq!(rings.parts(0)[0].holes.len(), 1);
    assert!((rings.multi_polygon(0).unsigned_area() - 8.0).abs() < 1e-9);
    assert_eq!(rings.neighbours(1), [0]);
}

#[test]
fn groups_that_touch_at_a_corner_stay_separate_polygons() {
    let cells = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)].map(|(x, y)| rectangle(x, y, x + 1.0, y + 1.0));
    let diagonal = Coverage::build(&cells).dissolve(&[Some(0), None, None, Some(0)], 1);
    assert_eq!(diagonal.parts(0).len(), 2);
}

#[test]
fn unclean_input_gives_unshared_arcs_and_is_counted() {
    let coverage = Coverage::build(&[rectangle(0.0, 0.0, 2.0, 1.0), rectangle(1.0, 0.5, 3.0, 1.5)]);
    assert_eq!((coverage.report().shared_arcs, coverage.len()), (0, 2));
    let twice = Coverage::build(&[rectangle(0.0, 0.0, 1.0, 1.0), rectangle(0.0, 0.0, 1.0, 1.0)]);
    assert_eq!(twice.report().conflicts, 1);
    let broken = Coverage::build(&[area(&[(0.0, f64::NAN), (1.0, 0.0), (1.0, 1.0)])]);
    assert!(broken.parts(0).is_empty());
    assert!(broken.report().accounts_for_every_vertex());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn crooked_cells_match_and_every_vertex_is_accounted_for(seed in 0_u64..1_000_000, side in 1_usize..6) {
        let cells = crooked_cells(seed, side, 0.1);
        let coverage = Coverage::build(&cells);
        prop_assert_eq!(coverage.report().shared_arcs, 2 * side * (side - 1));
        prop_assert_eq!(coverage.report().conflicts, 0);
        prop_assert!(coverage.report().accounts_for_every_vertex());
    }

    #[test]
    fn dissolving_conserves_area(seed in 0_u64..1_000_000, side in 2_usize..6, group_count in 1_usize..5) {
        let coverage = Coverage::build(&crooked_cells(seed, side, 0.1));
        let mut numbers = Numbers::new(seed + 1);
        let groups: Vec<Option<usize>> =
            (0..coverage.len()).map(|_| Some(numbers.below(group_count + 1)).filter(|&g| g < group_count)).collect();
        let level = coverage.dissolve(&groups, group_count);
        for group in 0..group_count {
            let members = (0..coverage.len()).filter(|&area| groups[area] == Some(group));
            let sum: f64 = members.map(|area| coverage.multi_polygon(area).unsigned_area()).sum();
            prop_assert!((level.multi_polygon(group).unsigned_area() - sum).abs() < 1e-12);
        }
    }
}

#[test]
fn the_241_communes_are_a_clean_coverage_of_18_districts() {
    let Some(file) = communes_241() else { return };
    let coverage = Coverage::build(&file.areas);
    let report = coverage.report();
    assert_eq!((coverage.len(), report.lattice.input_vertices, report.conflicts), (241, 10_853, 0));
    assert!(report.accounts_for_every_vertex());
    assert_eq!(coverage.islands().iter().map(|&area| file.codes[area].as_str()).collect::<Vec<_>>(), ["20434"]);
    let mut districts: Vec<&str> = file.properties.iter().filter_map(|p| p["district_code"].as_str()).collect();
    districts.sort_unstable();
    districts.dedup();
    assert_eq!(districts.len(), 18);
    let group = |area: usize| districts.iter().position(|code| file.properties[area]["district_code"] == **code);
    let groups: Vec<Option<usize>> = (0..coverage.len()).map(group).collect();
    let level = coverage.dissolve(&groups, districts.len());
    for (district, code) in districts.iter().enumerate() {
        let members = (0..coverage.len()).filter(|&area| groups[area] == Some(district));
        let sum_km2: f64 = members.map(|area| area_km2(&coverage.multi_polygon(area))).sum();
        let whole_km2 = area_km2(&level.multi_polygon(district));
        assert!((whole_km2 / sum_km2 - 1.0).abs() < 1e-9, "{code}: {whole_km2} against {sum_km2}");
    }
}

#[test]
fn areas_of_the_241_communes_are_those_of_the_file() {
    let Some(file) = communes_241() else { return };
    for (shape, properties) in file.areas.iter().zip(&file.properties) {
        let given_km2 = properties["area_km2"].as_f64().expect("an area");
        let ratio = given_km2 / utm_48n_area_scale(shape) / area_km2(shape);
        assert!((ratio - 1.0).abs() < 1e-3, "{}: ratio {ratio}", properties["ward_code"]);
    }
}

/// How much larger the UTM 48 N plane, on which the file's areas were measured, shows ground at this place.
///
/// Square of the scale factor k = 0.9996 (1 + (Δλ cos φ)² (1 + e'² cos² φ) / 2).
fn utm_48n_area_scale(shape: &geo::MultiPolygon<f64>) -> f64 {
    let centre = geo::Centroid::centroid(shape).expect("a shape with a centre");
    let cosine = centre.y().to_radians().cos();
    let off = (centre.x() - 105.0).to_radians() * cosine;
    let scale = 0.9996 * (1.0 + off * off / 2.0 * (1.0 + 0.006_739_5 * cosine * cosine));
    scale * scale
}

#[test]
fn every_vertex_of_the_94_units_is_accounted_for() {
    let Some(file) = units_94() else { return };
    let coverage = Coverage::build(&file.areas);
    let report = coverage.report();
    assert_eq!((coverage.len(), report.lattice.input_vertices), (94, 171_050));
    assert!(report.accounts_for_every_vertex(), "{report:?}");
    let mut given: Vec<(i64, i64)> = Vec::new();
    for ring in file.areas.iter().flatten().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors())) {
        given.extend(ring.coords().map(|c| ((c.x * 1e7).round() as i64, (c.y * 1e7).round() as i64)));
    }
    given.sort_unstable();
    given.dedup();
    let points = coverage.arcs().iter().flat_map(|arc| &arc.points);
    let mut kept: Vec<(i64, i64)> = points.map(|point| (i64::from(point.lon), i64::from(point.lat))).collect();
    kept.sort_unstable();
    kept.dedup();
    assert_eq!(given, kept, "the arcs hold exactly the distinct vertices of the file");
    for (area, shape) in file.areas.iter().enumerate() {
        let ratio = area_km2(&coverage.multi_polygon(area)) / area_km2(shape);
        assert!((ratio - 1.0).abs() < 1e-6, "{}: ratio {ratio}", file.codes[area]);
    }
}
