//! Cleaning: overlaps and gaps of made-up and of real areas, given away up to a width.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use binhyen::geometry::clean::{Cleaned, Piece, PieceKind, cleaned, open_gaps, pieces};
use binhyen::geometry::coverage::Coverage;
use binhyen::geometry::projection::area_km2;
use binhyen::geometry::validity::{Flaw, findings};
use geo::{BoundingRect as _, Coord, MapCoords as _, MultiPolygon, unary_union};
use proptest::prelude::*;

use crate::support::geometry::{Numbers, area, area_with_hole, communes_241, crooked_cells, rectangle, units_94};

/// Metres of a degree of latitude and of longitude around 15° N, to the whole kilometre in a hundred.
const LAT_M: f64 = 110_650.0;
const LON_M: f64 = 107_500.0;

/// A rectangle in metres from a place at 15° N.
fn metres(west: f64, south: f64, east: f64, north: f64) -> MultiPolygon<f64> {
    let at = |x: f64, y: f64| (108.0 + x / LON_M, 15.0 + y / LAT_M);
    let ((west, south), (east, north)) = (at(west, south), at(east, north));
    rectangle(west, south, east, north)
}

fn clean(areas: &[MultiPolygon<f64>], width_m: f64) -> Cleaned {
    cleaned(areas, width_m).unwrap()
}

/// Flaws between the areas, as an import would tell them.
fn flaws_between(areas: &[MultiPolygon<f64>]) -> Vec<Flaw> {
    let between = [Flaw::Overlap, Flaw::OverlapSlivers, Flaw::Gap, Flaw::GapSlivers, Flaw::OpenGap];
    let found = findings(areas, &Coverage::build(areas)).into_iter().map(|finding| finding.flaw);
    found.filter(|flaw| between.contains(flaw)).collect()
}

/// Every vertex of every area moved by itself, by less than so many metres.
fn jittered(areas: &[MultiPolygon<f64>], reach_m: f64, seed: u64) -> Vec<MultiPolygon<f64>> {
    let mut numbers = Numbers::new(seed);
    let mut moved = |shape: &MultiPolygon<f64>| {
        let mut polygons = shape.0.clone();
        for polygon in &mut polygons {
            polygon.exterior_mut(|ring| {
                let last = ring.0.len() - 1;
                for place in &mut ring.0[..last] {
                    let (angle, far) = (numbers.next() * std::f64::consts::TAU, numbers.next() * reach_m);
                    *place = Coord { x: place.x + far * angle.cos() / LON_M, y: place.y + far * angle.sin() / LAT_M };
                }
                ring.0[last] = ring.0[0];
            });
        }
        MultiPolygon::new(polygons)
    };
    areas.iter().map(&mut moved).collect()
}

fn km2(areas: &[MultiPolygon<f64>]) -> f64 {
    areas.iter().map(area_km2).sum()
}

#[test]
fn overlap_goes_to_the_area_with_the_longer_border_and_a_wide_one_stays() {
    // The eastern square reaches 10 m into the western one over 1,000 m; all of the piece's western side borders on the
    // west alone, of its eastern side all on the east: as long. Its ends are open. The first in order gets it.
    let squares = [metres(0.0, 0.0, 2000.0, 1000.0), metres(1990.0, 0.0, 4000.0, 1000.0)];
    let result = clean(&squares, 20.0);
    let [piece] = result.pieces.as_slice() else { panic!("{:?}", result.pieces) };
    assert_eq!((piece.kind, piece.areas.as_slice(), piece.winner), (PieceKind::Overlap, &[0, 1][..], Some(0)));
    assert!((piece.km2 - 0.01).abs() < 1e-4 && (piece.width_m - 10.0).abs() < 0.3, "{piece:?}");
    assert!((piece.length_m - 1000.0).abs() < 10.0, "{piece:?}");
    assert!(result.areas.iter().all(|area| (area_km2(area) - 2.0).abs() < 3e-3));
    assert_eq!(flaws_between(&result.areas), []);
    let left = clean(&squares, 5.0);
    assert_eq!((left.areas.as_slice(), left.pieces[0].winner), (&squares[..], None));
}

#[test]
fn gap_goes_to_the_longer_side_whatever_the_order() {
    // A triangle between three areas: its longest side is the last one's.
    let at = |x: f64, y: f64| (108.0 + x / LON_M, 15.0 + y / LAT_M);
    let (a, b, c) = (at(0.0, 0.0), at(300.0, 0.0), at(300.0, 8.0));
    let (south_west, south_east) = (at(0.0, -500.0), at(900.0, -500.0));
    let (north_east, north_west) = (at(900.0, 500.0), at(-500.0, 500.0));
    let south = area(&[a, south_west, south_east, at(900.0, 0.0), b]);
    let east = area(&[b, at(900.0, 0.0), north_east, c]);
    let north = area(&[a, c, north_east, north_west]);
    for order in [[&south, &east, &north], [&north, &south, &east], [&east, &north, &south]] {
        let given: Vec<MultiPolygon<f64>> = order.into_iter().cloned().collect();
        let result = clean(&given, 10.0);
        let [piece] = result.pieces.as_slice() else { panic!("{:?}", result.pieces) };
        assert_eq!((piece.kind, piece.areas.len()), (PieceKind::Gap, 3));
        assert_eq!(given[piece.winner.unwrap()], north);
        assert_eq!(flaws_between(&result.areas), []);
    }
}

#[test]
fn slots_that_are_open_at_an_end_are_found_measured_and_closed() {
    for (width_m, long_m) in [(1.0, 22_000.0), (50.0, 3000.0)] {
        let squares = [
            metres(0.0, 0.0, 2000.0, long_m),
            metres(2000.0 + width_m, 0.0, 4000.0, long_m),
            metres(0.0, -1000.0, 4000.0, 0.0),
        ];
        let coverage = Coverage::build(&squares);
        let [slot] = open_gaps(&coverage, 60.0).try_into().unwrap_or_else(|found: Vec<Piece>| panic!("{found:?}"));
        assert_eq!((slot.kind, slot.winner), (PieceKind::OpenGap, None));
        assert!(slot.areas.starts_with(&[0, 1]), "{slot:?}");
        assert!((slot.width_m / width_m - 1.0).abs() < 0.05, "{slot:?}");
        assert!((slot.length_m / long_m - 1.0).abs() < 0.03, "{slot:?}");
        assert!(flaws_between(&squares).contains(&Flaw::OpenGap));
        let result = clean(&squares, 60.0);
        assert_eq!(result.pieces.len(), 1, "{:?}", result.pieces);
        assert_eq!(flaws_between(&result.areas), []);
        assert!((km2(&result.areas) - km2(&squares) - result.pieces[0].km2).abs() < 5e-4);
        // A narrower width leaves it as it is.
        assert_eq!(clean(&squares, width_m / 2.0).areas, squares);
    }
}

#[test]
fn bay_between_two_areas_is_no_slot() {
    // The coast turns by a right angle where two areas meet: near the corner the borders come as near as one likes.
    let corner = [metres(0.0, 0.0, 1000.0, 1000.0), metres(0.0, -1000.0, 2000.0, 0.0)];
    assert_eq!(open_gaps(&Coverage::build(&corner), 60.0), []);
    assert_eq!(clean(&corner, 60.0).areas, corner);
    // A bay 40 m wide at its mouth and 400 m inside is a bay.
    let at = |x: f64, y: f64| (108.0 + x / LON_M, 15.0 + y / LAT_M);
    let west = area(&[
        at(0.0, 0.0),
        at(1000.0, 0.0),
        at(1000.0, 500.0),
        at(1190.0, 900.0),
        at(1190.0, 1000.0),
        at(0.0, 1000.0),
    ]);
    let east = area(&[
        at(1400.0, 500.0),
        at(1400.0, 0.0),
        at(2000.0, 0.0),
        at(2000.0, 1000.0),
        at(1230.0, 1000.0),
        at(1230.0, 900.0),
    ]);
    let south = metres(0.0, -500.0, 2000.0, 0.0);
    let bay = [west, east, south];
    assert!(clean(&bay, 60.0).pieces.iter().all(|piece| piece.width_m <= 60.0));
    assert!((km2(&clean(&bay, 60.0).areas) - km2(&bay)).abs() < 0.02);
}

#[test]
fn gap_around_an_enclave_is_closed_and_a_hole_of_one_area_is_not() {
    let at = |x: f64, y: f64| (108.0 + x / LON_M, 15.0 + y / LAT_M);
    let ring = |from: f64, to: f64| [at(from, from), at(to, from), at(to, to), at(from, to)];
    let around = area_with_hole(&ring(0.0, 4000.0), &ring(1000.0, 3000.0));
    let enclave = area(&ring(1005.0, 2995.0));
    let result = clean(&[around.clone(), enclave], 10.0);
    assert!(result.pieces.iter().all(|piece| piece.winner == Some(0) && piece.areas == [0, 1]), "{:?}", result.pieces);
    assert_eq!(flaws_between(&result.areas), []);
    assert!((km2(&result.areas) - 16.0).abs() < 0.01);
    assert_eq!(clean(std::slice::from_ref(&around), 10_000.0).areas, [around]);
}

#[test]
fn a_network_of_gaps_is_closed_slot_by_slot() {
    // Nine squares of a kilometre, two metres apart: four slots, each open at both ends, and four crossings.
    let corners = (0..9).map(|number| (1002.0 * f64::from(number % 3), 1002.0 * f64::from(number / 3)));
    let squares: Vec<_> = corners.map(|(x, y)| metres(x, y, x + 1000.0, y + 1000.0)).collect();
    let result = clean(&squares, 5.0);
    assert_eq!(flaws_between(&result.areas), []);
    assert!((km2(&result.areas) / km2(&[metres(0.0, 0.0, 3004.0, 3004.0)]) - 1.0).abs() < 1e-6);
    for (given, cleaned) in squares.iter().zip(&result.areas) {
        let (given, cleaned) = (given.bounding_rect().unwrap(), cleaned.bounding_rect().unwrap());
        let grown = [given.min().x - cleaned.min().x, cleaned.max().x - given.max().x];
        assert!(grown.iter().all(|degrees| degrees * LON_M < 2.1), "{given:?} {cleaned:?}");
    }
    // Twelve slots between two squares each, and what lies where four meet.
    let slots = result.pieces.iter().filter(|piece| piece.areas.len() == 2 && piece.length_m > 900.0);
    assert_eq!(slots.count(), 12);
    assert!(result.pieces.iter().all(|piece| piece.length_m < 1010.0 && piece.areas.len() <= 4), "{:?}", result.pieces);
    assert_eq!(clean(&result.areas, 5.0).areas, result.areas);
}

#[test]
fn every_area_keeps_ground_even_where_another_claims_all_of_it() {
    let areas = [metres(0.0, 0.0, 2000.0, 1000.0), metres(500.0, 500.0, 508.0, 700.0)];
    let result = clean(&areas, 10.0);
    assert_eq!(result.pieces[0].winner, Some(1));
    assert!((area_km2(&result.areas[1]) - 0.0016).abs() < 1e-5);
    assert!((km2(&result.areas) - 2.0).abs() < 0.01);
    assert_eq!(flaws_between(&result.areas), []);
}

#[test]
fn nothing_and_areas_that_meet_come_back_as_they_are() {
    assert_eq!(clean(&[], 10.0), Cleaned { areas: Vec::new(), pieces: Vec::new() });
    let empty = [MultiPolygon::new(Vec::new()), metres(0.0, 0.0, 10.0, 10.0)];
    assert_eq!(clean(&empty, 10.0).areas, empty);
    let cells = crooked_cells(7, 4, 0.1);
    assert_eq!(clean(&cells, 10.0), Cleaned { areas: cells, pieces: Vec::new() });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn jittered_cells_meet_again(seed in 0_u64..1_000_000, side in 1_usize..5, width_m in 3.0_f64..60.0) {
        let given = jittered(&crooked_cells(seed, side, 0.1), width_m / 3.0, seed + 1);
        let result = clean(&given, width_m);
        prop_assert!(result.areas.iter().all(|area| !area.0.is_empty()));
        prop_assert_eq!(flaws_between(&result.areas), []);
        let narrow: Vec<Piece> =
            pieces(&result.areas, width_m).unwrap().into_iter().filter(|piece| piece.width_m <= width_m).collect();
        prop_assert_eq!(narrow, []);
        // What comes out is the union of what went in, and the gaps that were closed.
        let gaps = result.pieces.iter().filter(|piece| piece.kind != PieceKind::Overlap && piece.winner.is_some());
        let expected_km2 = area_km2(&unary_union(&given)) + gaps.map(|gap| gap.km2).sum::<f64>();
        prop_assert!((km2(&result.areas) / expected_km2 - 1.0).abs() < 1e-6, "{} {expected_km2}", km2(&result.areas));
        // Once more changes nothing.
        let again = clean(&result.areas, width_m);
        prop_assert_eq!(&again.areas, &result.areas);
    }

    #[test]
    fn areas_of_any_order_meet(seed in 0_u64..1_000_000) {
        let given = jittered(&crooked_cells(seed, 3, 0.1), 5.0, seed + 1);
        let mut reversed = given.clone();
        reversed.reverse();
        let (one, other) = (clean(&given, 15.0).areas, clean(&reversed, 15.0).areas);
        prop_assert_eq!(flaws_between(&other), []);
        // Of two sides as long the first area gets the piece, and which that is hangs on the order; files are brought into
        // the order of their codes before. What is covered does not hang on it.
        prop_assert!((km2(&one) / km2(&other) - 1.0).abs() < 1e-6, "{} {}", km2(&one), km2(&other));
    }

    #[test]
    fn no_input_makes_it_panic(seed in 0_u64..1_000_000, count in 0_usize..6) {
        let mut numbers = Numbers::new(seed);
        let mut star = |_: usize| {
            let ring: Vec<(f64, f64)> =
                (0..4 + numbers.below(8)).map(|_| (108.0 + 0.01 * numbers.next(), 15.0 + 0.01 * numbers.next())).collect();
            area(&ring)
        };
        let areas: Vec<MultiPolygon<f64>> = (0..count).map(&mut star).collect();
        if let Ok(result) = cleaned(&areas, 50.0) {
            prop_assert_eq!(result.areas.len(), count);
        }
    }
}

#[test]
fn the_241_communes_stay_as_they_are() {
    let Some(file) = communes_241() else { return };
    let result = clean(&file.areas, 5.0);
    assert!(result.pieces.iter().all(|piece| piece.winner.is_none()), "{:?}", result.pieces);
    assert_eq!(result.areas, file.areas);
}

#[test]
fn the_94_units_at_full_resolution_are_cleaned() {
    let Some(file) = units_94() else { return };
    // The file has a flaw of 40 m; one unit is shifted besides, so that it overlaps some neighbours and leaves others.
    let shifted = file.areas[0].map_coords(|at| Coord { x: at.x + 20.0 / LON_M, y: at.y });
    let mut unclean = file.areas.clone();
    unclean[0] = shifted;
    let result = clean(&unclean, 60.0);
    assert!(result.pieces.len() > 2 && result.areas.iter().all(|area| !area.0.is_empty()));
    assert_eq!(flaws_between(&result.areas), []);
}
