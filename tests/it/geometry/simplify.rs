//! Geometry per zoom and per tile: no gap, no overlap, no crossing, no vanished area, the same cut on both sides.

use std::collections::{BTreeSet, HashMap};

use binhyen::geometry::clip::{DEFAULT_BUFFER, TilePolygon, clipped_area, tiles_of};
use binhyen::geometry::coverage::Coverage;
use binhyen::geometry::projection::{EXTENT, GridPoint, TileAddress, ZoomGrid};
use binhyen::geometry::simplify::Simplification;
use binhyen::geometry::simplify::zoom_geometry::{ArcMismatch, ZoomArcs, ZoomForm, ZoomGeometry, pyramid};
use geo::MultiPolygon;
use proptest::prelude::*;

use crate::support::geometry::{
    Numbers, area_with_hole, communes_241, crooked_cells, doubled, doubled_sum, grid_edges, grid_rings, rectangle,
    units_94,
};

/// A coverage and the same ground as one area.
fn levels(areas: &[MultiPolygon<f64>]) -> (Coverage, Coverage) {
    let coverage = Coverage::build(areas);
    let whole = coverage.dissolve(&vec![Some(0); coverage.len()], 1);
    (coverage, whole)
}

fn at_zoom(simplification: &Simplification, coverage: &Coverage, zoom: u8) -> ZoomGeometry {
    let grid = ZoomGrid::new(zoom).expect("a zoom with a grid");
    ZoomArcs::new(simplification, grid).geometry(coverage).expect("the same arcs")
}

/// Fails unless every edge is walked once, or once by each of two areas in opposite directions, and the edges
/// walked only once are the border of the whole.
fn assert_borders_match(areas: &ZoomGeometry, whole: &ZoomGeometry) {
    let mut walked: HashMap<(GridPoint, GridPoint), i32> = HashMap::new();
    for (a, b) in areas.areas.iter().flat_map(grid_edges) {
        assert_ne!(a, b, "an edge has two ends");
        *walked.entry((a, b)).or_default() += 1;
    }
    assert!(walked.values().all(|&times| times == 1), "no edge is walked twice in one direction");
    let alone: BTreeSet<_> = walked.keys().filter(|&&(a, b)| !walked.contains_key(&(b, a))).copied().collect();
    let border: BTreeSet<_> = whole.areas.iter().flat_map(grid_edges).collect();
    assert_eq!(alone, border, "what one area alone walks is the outer border");
}

/// Number of pairs of edges that cross between their ends.
fn crossings(edges: &[(GridPoint, GridPoint)]) -> usize {
    let side = |a: GridPoint, b: GridPoint, c: GridPoint| {
        let step = |p: i32, q: i32| i128::from(q) - i128::from(p);
        (step(a.x, b.x) * step(a.y, c.y) - step(a.y, b.y) * step(a.x, c.x)).signum()
    };
    let mut edges = edges.to_vec();
    edges.sort_by_key(|&(a, b)| a.x.min(b.x));
    let mut count = 0;
    for (index, &(a, b)) in edges.iter().enumerate() {
        let reach = a.x.max(b.x);
        for &(c, d) in edges[index + 1..].iter().take_while(|(c, d)| c.x.min(d.x) <= reach) {
            count += usize::from(side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0);
        }
    }
    count
}

fn assert_rings_are_valid(geometry: &ZoomGeometry) {
    for area in &geometry.areas {
        for polygon in &area.polygons {
            assert!(doubled(&pairs(&polygon.shell)) > 0, "shells are clockwise on screen");
            assert!(polygon.holes.iter().all(|hole| doubled(&pairs(hole)) < 0), "holes are not");
        }
        for ring in grid_rings(area) {
            let distinct: BTreeSet<_> = ring.iter().collect();
            assert!(ring.len() >= 3 && distinct.len() == ring.len(), "a ring visits no vertex twice");
        }
        assert_eq!(crossings(&grid_edges(area)), 0);
    }
}

fn pairs(ring: &[GridPoint]) -> Vec<(i32, i32)> {
    ring.iter().map(|point| (point.x, point.y)).collect()
}

fn doubled_in_tile(polygons: &[TilePolygon]) -> i64 {
    let rings = polygons.iter().flat_map(|polygon| std::iter::once(&polygon.shell).chain(&polygon.holes));
    rings.map(|ring| doubled(&ring.iter().map(|point| (point.x, point.y)).collect::<Vec<_>>())).sum()
}

/// Fails unless the areas' pieces in every tile of a zoom add up to the piece of the whole.
fn assert_tiles_add_up(areas: &ZoomGeometry, whole: &ZoomGeometry) {
    let zoom = areas.grid.z();
    let tiles: BTreeSet<TileAddress> =
        whole.areas.iter().flat_map(|area| tiles_of(area, zoom, DEFAULT_BUFFER)).collect();
    for tile in tiles {
        let pieces: Vec<Vec<TilePolygon>> =
            areas.areas.iter().map(|area| clipped_area(area, tile, DEFAULT_BUFFER)).collect();
        let sum: i64 = pieces.iter().map(|polygons| doubled_in_tile(polygons)).sum();
        let of_whole = doubled_in_tile(&clipped_area(&whole.areas[0], tile, DEFAULT_BUFFER));
        assert_eq!(sum, of_whole, "tile {tile:?}");
        pieces.iter().flatten().for_each(assert_tile_polygon_is_valid);
    }
}

fn assert_tile_polygon_is_valid(polygon: &TilePolygon) {
    let (low, high) = (-i32::from(DEFAULT_BUFFER), EXTENT as i32 + i32::from(DEFAULT_BUFFER));
    for (number, ring) in std::iter::once(&polygon.shell).chain(&polygon.holes).enumerate() {
        let points: Vec<(i32, i32)> = ring.iter().map(|point| (point.x, point.y)).collect();
        let distinct: BTreeSet<_> = points.iter().collect();
        assert!(points.len() >= 3 && distinct.len() == points.len());
        assert!(points.iter().all(|&(x, y)| (low..=high).contains(&x) && (low..=high).contains(&y)));
        assert_eq!(doubled(&points) > 0, number == 0);
    }
}

/// The corners of the strip that two tiles share with their buffers, its edges left out.
fn shared_strip(one: TileAddress, other: TileAddress) -> (GridPoint, GridPoint) {
    let (a, b) = (one.origin(), other.origin());
    let reach = EXTENT as i32 + i32::from(DEFAULT_BUFFER);
    let low = |a: i32, b: i32| a.max(b) - i32::from(DEFAULT_BUFFER) + 1;
    let high = |a: i32, b: i32| a.min(b) + reach - 1;
    (GridPoint { x: low(a.x, b.x), y: low(a.y, b.y) }, GridPoint { x: high(a.x, b.x), y: high(a.y, b.y) })
}

/// The directed edges of a clipped area, on the grid, whose ends lie in a strip.
fn edges_in(
    clipped: &[TilePolygon],
    tile: TileAddress,
    (low, high): (GridPoint, GridPoint),
) -> BTreeSet<(GridPoint, GridPoint)> {
    let origin = tile.origin();
    let rings = clipped.iter().flat_map(|polygon| std::iter::once(&polygon.shell).chain(&polygon.holes));
    let edges = rings.flat_map(|ring| {
        let on_grid = |index: usize| GridPoint { x: origin.x + ring[index].x, y: origin.y + ring[index].y };
        (0..ring.len()).map(|index| (on_grid(index), on_grid((index + 1) % ring.len()))).collect::<Vec<_>>()
    });
    let within = |at: &GridPoint| (low.x..=high.x).contains(&at.x) && (low.y..=high.y).contains(&at.y);
    edges.filter(|(from, to)| within(from) && within(to)).collect()
}

/// Fails unless every tile and the ones east, south and south-east of it draw the same edges where both reach.
fn assert_neighbours_agree(areas: &ZoomGeometry) {
    let zoom = areas.grid.z();
    for area in &areas.areas {
        for tile in tiles_of(area, zoom, DEFAULT_BUFFER) {
            for (dx, dy) in [(1, 0), (0, 1), (1, 1)] {
                let Ok(other) = TileAddress::new(zoom, tile.x() + dx, tile.y() + dy) else { continue };
                let strip = shared_strip(tile, other);
                let [here, there] =
                    [tile, other].map(|at| edges_in(&clipped_area(area, at, DEFAULT_BUFFER), at, strip));
                assert_eq!(here, there, "{tile:?} and {other:?}");
            }
        }
    }
}

#[test]
fn a_square_of_the_first_zoom_keeps_its_corners() {
    let (coverage, _) = levels(&[rectangle(-90.0, 0.0, 0.0, 66.513_260_443_111_86)]);
    let geometry = at_zoom(&Simplification::new(&coverage), &coverage, 2);
    let corners: BTreeSet<(i32, i32)> = pairs(&geometry.areas[0].polygons[0].shell).into_iter().collect();
    assert_eq!(corners, BTreeSet::from([(4096, 4096), (8192, 4096), (4096, 8192), (8192, 8192)]));
    assert_eq!(geometry.areas[0].doubled_area(), 2 * 4096 * 4096);
}

#[test]
fn an_area_too_small_for_the_grid_becomes_a_diamond() {
    let (coverage, _) = levels(&[rectangle(108.0, 15.0, 109.0, 16.0), rectangle(110.0, 15.0, 110.0001, 15.0001)]);
    let geometry = at_zoom(&Simplification::new(&coverage), &coverage, 5);
    assert_eq!(geometry.areas[0].form, ZoomForm::Shape);
    assert_eq!((geometry.areas[1].form, geometry.areas[1].doubled_area()), (ZoomForm::Diamond, 4));
    assert_rings_are_valid(&geometry);
}

#[test]
fn an_area_without_rings_stays_empty() {
    let coverage = Coverage::build(&[rectangle(108.0, 15.0, 109.0, 16.0), MultiPolygon::new(Vec::new())]);
    let geometry = at_zoom(&Simplification::new(&coverage), &coverage, 8);
    assert_eq!((geometry.areas[1].form, geometry.areas[1].bounds), (ZoomForm::Empty, None));
}

#[test]
fn other_arcs_are_refused() {
    let cells = crooked_cells(1, 2, 0.1);
    let (coverage, other) = (Coverage::build(&cells), Coverage::build(&cells));
    let simplification = Simplification::new(&coverage);
    assert_eq!(pyramid(&simplification, &[&other], 5..=6).err(), Some(ArcMismatch));
}

#[test]
fn a_tile_inside_an_area_is_its_frame() {
    let (coverage, _) = levels(&[rectangle(107.0, 14.0, 109.0, 17.0)]);
    let geometry = at_zoom(&Simplification::new(&coverage), &coverage, 12);
    let tile = TileAddress::new(12, 3275, 1862).expect("inside the world");
    let polygons = clipped_area(&geometry.areas[0], tile, 64);
    let corners: BTreeSet<(i32, i32)> = polygons[0].shell.iter().map(|point| (point.x, point.y)).collect();
    assert_eq!((polygons.len(), polygons[0].shell.len()), (1, 4));
    assert_eq!(corners, BTreeSet::from([(-64, -64), (4160, -64), (-64, 4160), (4160, 4160)]));
}

#[test]
fn a_tile_inside_a_hole_is_empty() {
    let shell = [(107.0, 14.0), (109.0, 14.0), (109.0, 17.0), (107.0, 17.0)];
    let hole = [(107.2, 15.0), (108.8, 15.0), (108.8, 16.8), (107.2, 16.8)];
    let (coverage, _) = levels(&[area_with_hole(&shell, &hole)]);
    let geometry = at_zoom(&Simplification::new(&coverage), &coverage, 12);
    let tile = TileAddress::new(12, 3275, 1862).expect("inside the world");
    assert!(clipped_area(&geometry.areas[0], tile, 64).is_empty());
}

#[test]
fn a_comb_cut_through_its_teeth_falls_into_pieces() {
    // Teeth point north across the northern edge of the tile south of them.
    let tile = TileAddress::new(10, 819, 465).expect("inside the world");
    let bounds = tile.bounds();
    let (width, middle) = ((bounds.east - bounds.west) / 5.0, f64::midpoint(bounds.north, bounds.south));
    let x = |step: f64| bounds.west + width * step;
    let high = bounds.north + (bounds.north - middle);
    let comb = crate::support::geometry::area(&[
        (x(1.0), high),
        (x(2.0), high),
        (x(2.0), bounds.north + (high - bounds.north) / 2.0),
        (x(3.0), bounds.north + (high - bounds.north) / 2.0),
        (x(3.0), middle),
        (x(1.0), middle),
    ]);
    let (coverage, _) = levels(&[comb]);
    let geometry = at_zoom(&Simplification::new(&coverage), &coverage, 10);
    let south = clipped_area(&geometry.areas[0], tile, 64);
    let north = clipped_area(&geometry.areas[0], TileAddress::new(10, 819, 464).expect("inside"), 64);
    south.iter().chain(&north).for_each(assert_tile_polygon_is_valid);
    assert_eq!((south.len(), north.len()), (1, 1));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn crooked_cells_have_no_gap_at_any_zoom(seed in 0_u64..1_000_000, side in 2_usize..6, cell in 0.002_f64..0.3) {
        let (coverage, whole) = levels(&crooked_cells(seed, side, cell));
        let simplification = Simplification::new(&coverage);
        let zooms = pyramid(&simplification, &[&coverage, &whole], 0..=16).expect("the same arcs");
        for zoom in &zooms {
            let (areas, whole) = (&zoom[0], &zoom[1]);
            assert_rings_are_valid(areas);
            prop_assert!(areas.areas.iter().all(|area| area.form != ZoomForm::Empty));
            if areas.areas.iter().all(|area| area.form == ZoomForm::Shape) {
                prop_assert_eq!(doubled_sum(areas), doubled_sum(whole));
                assert_borders_match(areas, whole);
            }
        }
    }

    #[test]
    fn groups_of_cells_add_up_in_every_tile(seed in 0_u64..1_000_000, zoom in 7_u8..11) {
        let coverage = Coverage::build(&crooked_cells(seed, 5, 0.1));
        let mut numbers = Numbers::new(seed);
        let groups: Vec<Option<usize>> = (0..coverage.len()).map(|_| Some(numbers.below(4))).collect();
        let (level, whole) = (coverage.dissolve(&groups, 4), coverage.dissolve(&[Some(0); 25], 1));
        let simplification = Simplification::new(&coverage);
        let geometry = at_zoom(&simplification, &level, zoom);
        assert_rings_are_valid(&geometry);
        assert_tiles_add_up(&geometry, &at_zoom(&simplification, &whole, zoom));
    }

    #[test]
    fn tiles_beside_one_another_draw_the_same_edges_where_both_reach(seed in 0_u64..1_000_000, zoom in 8_u8..13) {
        let coverage = Coverage::build(&crooked_cells(seed, 4, 0.1));
        assert_neighbours_agree(&at_zoom(&Simplification::new(&coverage), &coverage, zoom));
    }
}

/// Below this zoom the smallest communes of the province are no more than diamonds.
const FIRST_ZOOM_WITHOUT_DIAMONDS: usize = 5;

#[test]
fn the_241_communes_keep_their_borders_at_every_zoom() {
    let Some(file) = communes_241() else { return };
    let (coverage, whole) = levels(&file.areas);
    let zooms = pyramid(&Simplification::new(&coverage), &[&coverage, &whole], 0..=16).expect("the same arcs");
    for zoom in &zooms {
        assert_rings_are_valid(&zoom[0]);
        assert!(zoom[0].areas.iter().all(|area| area.form != ZoomForm::Empty));
    }
    for zoom in &zooms[FIRST_ZOOM_WITHOUT_DIAMONDS..] {
        assert!(zoom[0].areas.iter().all(|area| area.form == ZoomForm::Shape));
        assert_eq!(doubled_sum(&zoom[0]), doubled_sum(&zoom[1]));
        assert_borders_match(&zoom[0], &zoom[1]);
    }
    zooms[FIRST_ZOOM_WITHOUT_DIAMONDS..].iter().take(7).for_each(|zoom| assert_tiles_add_up(&zoom[0], &zoom[1]));
}

#[test]
fn the_94_units_keep_their_borders_at_every_zoom() {
    let Some(file) = units_94() else { return };
    let (coverage, whole) = levels(&file.areas);
    let zooms = pyramid(&Simplification::new(&coverage), &[&coverage, &whole], 0..=16).expect("the same arcs");
    assert!(zooms.iter().all(|zoom| zoom[0].areas.iter().all(|area| area.form != ZoomForm::Empty)));
    let zooms = &zooms[FIRST_ZOOM_WITHOUT_DIAMONDS..];
    for zoom in zooms {
        assert_eq!(doubled_sum(&zoom[0]), doubled_sum(&zoom[1]));
        assert_borders_match(&zoom[0], &zoom[1]);
    }
    zooms.iter().take(6).for_each(|zoom| assert_rings_are_valid(&zoom[0]));
    zooms.iter().take(5).for_each(|zoom| assert_tiles_add_up(&zoom[0], &zoom[1]));
}
