//! Point to area: the border rule, agreement with a plain test of every area, labels inside.

use binhyen::geometry::label::{label_point, label_points};
use binhyen::geometry::locate::Locator;
use binhyen::geometry::projection::LonLat;
use geo::{Intersects, MultiPolygon, Point};
use proptest::prelude::*;

use crate::support::geometry::{Numbers, area, area_with_hole, communes_241, crooked_cells, rectangle, units_94};

/// The rule said plainly: the first area whose closed shape holds the point.
fn by_hand(areas: &[MultiPolygon<f64>], lon: f64, lat: f64) -> Option<usize> {
    areas.iter().position(|shape| shape.intersects(&Point::new(lon, lat)))
}

#[test]
fn no_areas_hold_no_point() {
    assert_eq!(Locator::new(&[]).locate(108.0, 15.0), None);
}

#[test]
fn four_corner_node_belongs_to_the_lowest_index() {
    let cells = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)].map(|(x, y)| rectangle(x, y, x + 1.0, y + 1.0));
    let locator = Locator::new(&cells);
    assert_eq!(locator.locate(1.0, 1.0), Some(0));
    assert_eq!(locator.locate(1.0, 1.5), Some(2));
    assert_eq!(locator.locate(1.5, 1.0), Some(1));
    let mut turned = cells;
    turned.reverse();
    assert_eq!(Locator::new(&turned).locate(1.0, 1.0), Some(0), "the rule is about indices, not about places");
}

#[test]
fn outer_borders_and_corners_belong_to_their_area() {
    let locator = Locator::new(&[rectangle(0.0, 0.0, 1.0, 1.0)]);
    for (lon, lat) in [(0.0, 0.0), (1.0, 1.0), (0.5, 0.0), (0.5, 1.0), (0.0, 0.5), (1.0, 0.5)] {
        assert_eq!(locator.locate(lon, lat), Some(0), "{lon} {lat}");
    }
    assert_eq!(locator.locate(1.0 + f64::EPSILON, 0.5), None);
}

#[test]
fn ten_millionths_of_a_degree_end_at_the_same_border() {
    let locator = Locator::new(&[rectangle(0.0, 0.0, 1.0, 1.0), rectangle(1.0, 0.0, 2.0, 1.0)]);
    for (lon, lat, area) in [(0, 0, Some(0)), (10_000_000, 1, Some(0)), (10_000_001, 1, Some(1))] {
        assert_eq!(locator.locate_e7(lon, lat), area, "{lon} {lat}");
    }
    assert_eq!(locator.locate_e7(20_000_000, 10_000_000), Some(1));
    for (lon, lat) in [(-1, 5), (20_000_001, 5), (5, 10_000_001), (i32::MIN, 0), (i32::MAX, i32::MAX)] {
        assert_eq!(locator.locate_e7(lon, lat), None, "{lon} {lat}");
    }
}

#[test]
fn an_area_much_smaller_than_its_distance_from_zero_is_cut_exactly() {
    let shapes =
        [rectangle(108.0, 15.0, 108.000_001, 15.000_001), rectangle(108.000_001, 15.0, 108.000_002, 15.000_001)];
    let locator = Locator::new(&shapes);
    for step in 0..=25 {
        let (lon, lat) = (108.0 + f64::from(step) * 1e-7, 15.000_000_5);
        assert_eq!(locator.locate(lon, lat), by_hand(&shapes, lon, lat), "{lon}");
    }
}

#[test]
fn numbers_that_are_none_lie_nowhere() {
    let locator = Locator::new(&[rectangle(0.0, 0.0, 1.0, 1.0)]);
    for (lon, lat) in [(f64::NAN, 0.5), (0.5, f64::NAN), (f64::INFINITY, 0.5), (0.5, f64::NEG_INFINITY)] {
        assert_eq!(locator.locate(lon, lat), None);
    }
}

#[test]
fn a_hole_belongs_to_its_enclave_and_its_border_to_the_lower_index() {
    let hole = [(1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 2.0)];
    let shell = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)];
    let locator = Locator::new(&[area_with_hole(&shell, &hole), area(&hole)]);
    assert_eq!(locator.locate(1.5, 1.5), Some(1));
    assert_eq!(locator.locate(1.5, 1.0), Some(0));
    let without = Locator::new(&[area_with_hole(&shell, &hole)]);
    assert_eq!(without.locate(1.5, 1.5), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn locator_agrees_with_a_test_of_every_area(seed in 0_u64..1_000_000, side in 1_usize..6) {
        let cells = crooked_cells(seed, side, 0.1);
        let locator = Locator::new(&cells);
        let mut numbers = Numbers::new(seed);
        let reach = 0.1 * (side as f64 + 1.0);
        for _ in 0..400 {
            let (lon, lat) = (107.45 + reach * numbers.next(), 14.95 + reach * numbers.next());
            prop_assert_eq!(locator.locate(lon, lat), by_hand(&cells, lon, lat));
        }
        for _ in 0..400 {
            let at = |from: f64, reach: f64, number: f64| ((from + reach * number) * 1e7).round() as i32;
            let (lon, lat) = (at(107.45, reach, numbers.next()), at(14.95, reach, numbers.next()));
            let found = locator.locate_e7(lon, lat);
            prop_assert_eq!(found, by_hand(&cells, f64::from(lon) / 1e7, f64::from(lat) / 1e7));
        }
        for vertex in cells.iter().flatten().flat_map(|polygon| polygon.exterior().coords()) {
            let (lon, lat) = ((vertex.x * 1e7).round() as i32, (vertex.y * 1e7).round() as i32);
            let rounded = by_hand(&cells, f64::from(lon) / 1e7, f64::from(lat) / 1e7);
            prop_assert_eq!(locator.locate_e7(lon, lat), rounded);
            prop_assert_eq!(locator.locate(vertex.x, vertex.y), by_hand(&cells, vertex.x, vertex.y));
        }
    }

    #[test]
    fn labels_lie_in_their_area(seed in 0_u64..1_000_000) {
        let cells = crooked_cells(seed, 4, 0.1);
        let locator = Locator::new(&cells);
        for (number, place) in label_points(&cells).into_iter().enumerate() {
            let place = place.expect("a cell is not empty");
            prop_assert_eq!(locator.locate(place.lon, place.lat), Some(number));
        }
    }
}

#[test]
fn a_label_avoids_the_hole_and_the_smaller_part() {
    let shell = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)];
    let hole = [(0.5, 0.5), (2.5, 0.5), (2.5, 3.5), (0.5, 3.5)];
    let mut shape = area_with_hole(&shell, &hole);
    shape.0.insert(0, rectangle(10.0, 10.0, 11.0, 11.0).0[0].clone());
    let place = label_point(&shape).expect("not empty");
    assert!(place.lon > 2.5 && place.lon < 4.0, "{place:?}");
    assert_eq!(label_point(&MultiPolygon::new(Vec::new())), None);
}

#[test]
fn a_label_of_a_crescent_lies_inside() {
    let crescent =
        area(&[(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (0.0, 3.7), (3.7, 3.7), (3.7, 0.3), (0.0, 0.3)]);
    let place = label_point(&crescent).expect("not empty");
    assert!(crescent.intersects(&Point::new(place.lon, place.lat)));
}

fn assert_real_points_agree(areas: &[MultiPolygon<f64>], seed: u64) {
    let locator = Locator::new(areas);
    let mut numbers = Numbers::new(seed);
    let points: Vec<LonLat> =
        (0..3_000).map(|_| LonLat::new(107.1 + 1.7 * numbers.next(), 14.9 + 1.4 * numbers.next())).collect();
    let found = locator.locate_all(&points);
    for (&LonLat { lon, lat }, &found) in points.iter().zip(&found) {
        assert_eq!(found, by_hand(areas, lon, lat), "{lon} {lat}");
    }
    let vertices: Vec<_> = areas.iter().flatten().flat_map(|polygon| polygon.exterior().coords()).collect();
    for vertex in vertices.iter().step_by(vertices.len() / 500) {
        assert_eq!(locator.locate(vertex.x, vertex.y), by_hand(areas, vertex.x, vertex.y), "{vertex:?}");
    }
    for (number, place) in label_points(areas).into_iter().enumerate() {
        let place = place.expect("an area is not empty");
        assert_eq!(locator.locate(place.lon, place.lat), Some(number));
    }
}

#[test]
fn points_among_the_241_communes_agree_with_a_test_of_every_area() {
    if let Some(file) = communes_241() {
        assert_real_points_agree(&file.areas, 241);
    }
}

#[test]
fn points_among_the_94_units_agree_with_a_test_of_every_area() {
    if let Some(file) = units_94() {
        assert_real_points_agree(&file.areas, 94);
    }
}
