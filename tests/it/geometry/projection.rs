//! Coordinate spaces: known places, round trips, refused addresses.

use binhyen::geometry::projection::{
    AddressError, GridPoint, LonLat, MAX_LATITUDE, TileAddress, ZoomGrid, area_km2, haversine_m,
};
use proptest::prelude::*;

use crate::support::geometry::rectangle;

#[test]
fn corners_of_the_world_are_corners_of_the_square() {
    let north_west = LonLat::new(-180.0, MAX_LATITUDE).to_world();
    assert!(north_west.x.abs() < 1e-12 && north_west.y.abs() < 1e-9);
    let south_east = LonLat::new(180.0, -MAX_LATITUDE).to_world();
    assert!((south_east.x - 1.0).abs() < 1e-12 && (south_east.y - 1.0).abs() < 1e-9);
}

#[test]
fn da_nang_lies_in_its_known_tile() {
    // 108.2° E, 16.07° N at zoom 10, worked by the slippy-map formula: x = 819.76…, y = 465.26….
    let grid = ZoomGrid::new(10).expect("zoom 10 has a grid");
    let point = grid.snap(LonLat::new(108.2, 16.07));
    assert_eq!((point.x / 4096, point.y / 4096), (819, 465));
    let tile = TileAddress::new(10, 819, 465).expect("inside the world");
    assert!(tile.bounds().contains(LonLat::new(108.2, 16.07)));
    assert_eq!(tile.origin(), GridPoint { x: 819 * 4096, y: 465 * 4096 });
}

#[test]
fn addresses_outside_the_world_are_refused() {
    assert_eq!(TileAddress::new(17, 0, 0), Err(AddressError::Zoom(17)));
    assert_eq!(TileAddress::new(3, 8, 0), Err(AddressError::Outside { z: 3, x: 8, y: 0, side: 8 }));
    let said = TileAddress::new(3, 0, 9).expect_err("row 9 is outside").to_string();
    assert_eq!(said, "tile 3/0/9 is outside the world: expected x and y below 8");
}

#[test]
fn deepest_grid_fits_into_i32() {
    let grid = ZoomGrid::DEEPEST;
    assert_eq!(grid.snap(LonLat::new(180.0, -MAX_LATITUDE)), GridPoint { x: 1 << 28, y: 1 << 28 });
}

#[test]
fn a_degree_square_at_the_equator_has_its_known_area() {
    // Area of the ellipsoid between 0° and 1° N over one degree of longitude: 12 308.78 km².
    let square = rectangle(0.0, 0.0, 1.0, 1.0);
    assert!((area_km2(&square) - 12_308.78).abs() < 1.0);
}

#[test]
fn area_does_not_depend_on_winding() {
    let counter = crate::support::geometry::area(&[(108.0, 15.0), (109.0, 15.0), (109.0, 16.0)]);
    let clockwise = crate::support::geometry::area(&[(108.0, 15.0), (109.0, 16.0), (109.0, 15.0)]);
    assert!((area_km2(&counter) - area_km2(&clockwise)).abs() < 1e-9);
}

#[test]
fn a_degree_along_the_equator_is_111_km() {
    let distance = haversine_m(LonLat::new(0.0, 0.0), LonLat::new(1.0, 0.0));
    assert!((distance - 111_195.08).abs() < 0.1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn places_survive_the_way_to_the_square_and_back(lon in -180.0..180.0, lat in -85.0..85.0) {
        let back = LonLat::new(lon, lat).to_world().to_lon_lat();
        prop_assert!((back.lon - lon).abs() < 1e-9 && (back.lat - lat).abs() < 1e-9);
    }

    #[test]
    fn grid_points_survive_the_way_to_degrees_and_back(z in 0_u8..=16, x in 0.0..1.0, y in 0.0..1.0) {
        let grid = ZoomGrid::new(z).expect("a zoom with a grid");
        let units = grid.world_units();
        let point = GridPoint { x: (x * units) as i32, y: (y * units) as i32 };
        prop_assert_eq!(grid.snap(grid.to_lon_lat(point)), point);
    }
}
