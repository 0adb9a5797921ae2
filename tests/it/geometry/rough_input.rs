//! Input of the worst kind goes through every step without a panic, and what must hold for any input holds.

use binhyen::geometry::clip::{clipped_area, tiles_of};
use binhyen::geometry::coverage::Coverage;
use binhyen::geometry::label::label_points;
use binhyen::geometry::locate::Locator;
use binhyen::geometry::projection::ZoomGrid;
use binhyen::geometry::simplify::Simplification;
use binhyen::geometry::simplify::zoom_geometry::{ZoomArcs, ZoomForm, pyramid};
use binhyen::geometry::validity::findings;
use binhyen::geometry::validity::repair::repaired;
use geo::{LineString, MultiPolygon, Polygon};
use proptest::prelude::*;

/// Vertices on a coarse grid, so that they coincide, touch and overlap often; some are no places at all.
fn vertex() -> impl Strategy<Value = (f64, f64)> {
    let on_grid = (0_u8..12, 0_u8..12).prop_map(|(x, y)| (108.0 + f64::from(x) / 50.0, 15.0 + f64::from(y) / 50.0));
    let stray = prop_oneof![Just((f64::NAN, 15.0)), Just((f64::INFINITY, 0.0)), Just((1e6, 1e6)), Just((15.0, 108.0))];
    prop_oneof![200 => on_grid, 1 => stray]
}

fn shape() -> impl Strategy<Value = MultiPolygon<f64>> {
    let ring = || prop::collection::vec(vertex(), 0..9).prop_map(LineString::from);
    let polygon = (ring(), prop::collection::vec(ring(), 0..2)).prop_map(|(shell, holes)| Polygon::new(shell, holes));
    prop::collection::vec(polygon, 0..3).prop_map(MultiPolygon::new)
}

/// Every step with areas of any kind, and what must hold of them.
fn go_through(areas: &[MultiPolygon<f64>]) -> Result<(), TestCaseError> {
    let coverage = Coverage::build(areas);
    prop_assert!(coverage.report().accounts_for_every_vertex(), "{:?}", coverage.report());
    let report = findings(areas, &coverage);
    prop_assert!(report.iter().all(|finding| finding.areas.iter().all(|&area| area < areas.len())));
    prop_assert_eq!(label_points(areas).len(), areas.len());
    let whole = coverage.dissolve(&vec![Some(0); areas.len()], 1);
    let simplification = Simplification::new(&coverage);
    for zoom in [6, 9, 14] {
        let arcs = ZoomArcs::new(&simplification, ZoomGrid::new(zoom).expect("a zoom with a grid"));
        prop_assert_eq!(arcs.crossings(), 0, "zoom {}", zoom);
    }
    let zooms = pyramid(&simplification, &[&coverage, &whole], 8..=12).expect("the same arcs");
    for geometry in zooms.iter().flatten() {
        for area in &geometry.areas {
            prop_assert_eq!(area.form == ZoomForm::Empty, area.bounds.is_none());
            for tile in tiles_of(area, geometry.grid.z(), 64).into_iter().take(9) {
                clipped_area(area, tile, 64);
            }
        }
    }
    Locator::new(areas).locate(108.1, 15.1);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn nothing_panics_on_rough_areas(areas in prop::collection::vec(shape(), 0..7)) {
        go_through(&areas)?;
    }

    #[test]
    fn repaired_areas_hold_no_broken_ring(areas in prop::collection::vec(shape(), 0..5)) {
        let mended = repaired(&areas);
        prop_assert_eq!(mended.areas.len(), areas.len());
        let rings = mended.areas.iter().flatten().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
        for ring in rings {
            prop_assert!(ring.0.len() >= 4 && ring.is_closed());
            prop_assert!(ring.coords().all(|place| place.x.is_finite() && place.y.is_finite()));
        }
    }
}

/// A polygon of hundredths of a degree east of 108° and north of 15°.
fn polygon(shell: &[(i32, i32)], holes: &[&[(i32, i32)]]) -> Polygon<f64> {
    let ring = |ring: &[(i32, i32)]| -> LineString<f64> {
        ring.iter().map(|(x, y)| (108.0 + f64::from(*x) / 100.0, 15.0 + f64::from(*y) / 100.0)).collect()
    };
    Polygon::new(ring(shell), holes.iter().map(|hole| ring(hole)).collect())
}

#[test]
fn rings_that_cross_their_own_holes_are_judged_and_drawn() {
    let knots = MultiPolygon::new(vec![
        polygon(&[(12, 2), (4, 12), (2, 0), (12, 2)], &[]),
        polygon(
            &[(8, 8), (0, 2), (14, 12), (16, 18), (14, 0), (2, 10), (8, 8)],
            &[&[(10, 0), (18, 4), (0, 0), (6, 12), (4, 4), (0, 0), (10, 0)]],
        ),
    ]);
    let over = polygon(&[(20, 12), (0, 22), (2, 6), (12, 2), (0, 0), (4, 6), (2, 16), (20, 14), (20, 12)], &[]);
    go_through(&[knots, MultiPolygon::from(over)]).expect("what holds of all holds of these");
}
