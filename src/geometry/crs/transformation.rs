//! From the coordinates of a system to degrees of WGS 84, and back.
//!
//! Transverse Mercator (the series of Krueger to the sixth power of the flattening, as Poder and Engsager arrange it) and
//! the seven parameters are those of proj4rs; Web Mercator is that of the tiles. Both ways agree with `cs2cs` within a
//! millimetre as far as Hoang Sa (`tests/it/geometry/crs.rs`).

use std::f64::consts::PI;
use std::sync::LazyLock;

use proj4rs::Proj;
use proj4rs::transform::transform;

use super::systems::{Datum, FALSE_EASTING_M, Method, SYSTEMS, System, SystemIndex, VN2000_TO_WGS84};
use crate::geometry::projection::{LonLat, WorldPoint};

/// Half the longer axis of WGS 84, in metres: the radius of the sphere of web maps.
const EQUATORIAL_RADIUS_M: f64 = 6_378_137.0;
/// The width of the world of web maps, in metres.
const WORLD_M: f64 = 2.0 * PI * EQUATORIAL_RADIUS_M;

/// A place in the plane or the degrees of a reference system.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CrsPoint {
    /// Eastwards: metres, or degrees of longitude.
    pub x: f64,
    /// Northwards: metres, or degrees of latitude.
    pub y: f64,
}

/// The projections of the table, by index, and degrees of WGS 84.
struct Projections {
    degrees: Option<Proj>,
    systems: Vec<Option<Proj>>,
}

/// Made once: the series of a zone have a few dozen coefficients.
static PROJECTIONS: LazyLock<Projections> = LazyLock::new(|| {
    let made = |text: &str| Proj::from_proj_string(text).ok();
    Projections {
        degrees: made("+proj=longlat +datum=WGS84 +no_defs"),
        systems: SYSTEMS.iter().map(|system| made(&definition(system)?)).collect(),
    }
});

/// The system in the words of proj4rs; none where it is not needed.
fn definition(system: &System) -> Option<String> {
    let datum = match system.datum {
        Datum::Wgs84 => "+datum=WGS84".to_owned(),
        Datum::Vn2000 => {
            let parameters = VN2000_TO_WGS84.map(|parameter| parameter.to_string()).join(",");
            format!("+ellps=WGS84 +towgs84={parameters}")
        }
    };
    match system.method {
        Method::WebMercator => None,
        Method::Degrees if system.datum == Datum::Wgs84 => None,
        Method::Degrees => Some(format!("+proj=longlat {datum} +no_defs")),
        Method::TransverseMercator { central_meridian, scale } => Some(format!(
            "+proj=etmerc +lat_0=0 +lon_0={central_meridian} +k_0={scale} +x_0={FALSE_EASTING_M} +y_0=0 {datum} \
             +units=m +no_defs"
        )),
    }
}

/// The place of coordinates; none where the system does not reach.
pub(super) fn to_lon_lat(index: SystemIndex, x: f64, y: f64) -> Option<LonLat> {
    let system = index.system();
    if !(x.is_finite() && y.is_finite()) {
        return None;
    }
    let at = match (system.method, system.datum) {
        (Method::WebMercator, _) => WorldPoint { x: x / WORLD_M + 0.5, y: 0.5 - y / WORLD_M }.to_lon_lat(),
        (Method::Degrees, Datum::Wgs84) => LonLat::new(x, y),
        (method, _) => {
            let scale = if method == Method::Degrees { 1.0_f64.to_radians() } else { 1.0 };
            let degrees = PROJECTIONS.degrees.as_ref()?;
            let own = PROJECTIONS.systems.get(index.index())?.as_ref()?;
            let radians = transformed(own, degrees, CrsPoint { x: x * scale, y: y * scale })?;
            LonLat::new(radians.x.to_degrees(), radians.y.to_degrees())
        }
    };
    (at.lon.abs() <= 180.0 && at.lat.abs() <= 90.0).then_some(at)
}

/// The coordinates of a place; none where the system does not reach.
pub(super) fn coordinates(index: SystemIndex, at: LonLat) -> Option<CrsPoint> {
    let system = index.system();
    if !(at.lon.abs() <= 180.0 && at.lat.abs() <= 90.0) {
        return None;
    }
    Some(match (system.method, system.datum) {
        (Method::WebMercator, _) => {
            let WorldPoint { x, y } = at.to_world();
            CrsPoint { x: (x - 0.5) * WORLD_M, y: (0.5 - y) * WORLD_M }
        }
        (Method::Degrees, Datum::Wgs84) => CrsPoint { x: at.lon, y: at.lat },
        (method, _) => {
            let scale = if method == Method::Degrees { 1.0_f64.to_degrees() } else { 1.0 };
            let degrees = PROJECTIONS.degrees.as_ref()?;
            let own = PROJECTIONS.systems.get(index.index())?.as_ref()?;
            let radians = CrsPoint { x: at.lon.to_radians(), y: at.lat.to_radians() };
            let point = transformed(degrees, own, radians)?;
            CrsPoint { x: point.x * scale, y: point.y * scale }
        }
    })
}

/// A point at height 0, from one definition to another; degrees are radians here.
fn transformed(from: &Proj, to: &Proj, at: CrsPoint) -> Option<CrsPoint> {
    let mut point = (at.x, at.y, 0.0);
    transform(from, to, &mut point).ok()?;
    let (x, y, _) = point;
    (x.is_finite() && y.is_finite()).then_some(CrsPoint { x, y })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{ProptestConfig, proptest};

    use super::*;

    /// Metres on a sphere, near enough to tell a millimetre.
    fn apart_m(a: LonLat, b: LonLat) -> f64 {
        let metres_per_degree = EQUATORIAL_RADIUS_M * 1.0_f64.to_radians();
        ((a.lon - b.lon) * a.lat.to_radians().cos()).hypot(a.lat - b.lat) * metres_per_degree
    }

    #[test]
    fn every_projection_of_the_table_can_be_made() {
        assert!(PROJECTIONS.degrees.is_some());
        for (system, made) in SYSTEMS.iter().zip(&PROJECTIONS.systems) {
            assert_eq!(made.is_some(), definition(system).is_some(), "{}", system.name);
        }
    }

    #[test]
    fn central_meridian_has_the_false_easting_and_the_scaled_meridian_arc() {
        let zone = SystemIndex::find(|system| system.code == 32649).unwrap();
        let CrsPoint { x, y } = coordinates(zone, LonLat::new(111.0, 15.0)).unwrap();
        // The arc of the meridian: J. P. Snyder, "Map projections: a working manual" (1987), equation 3-21.
        let (e2, phi) = (0.006_694_379_990_14_f64, 15.0_f64.to_radians());
        let (e4, e6) = (e2 * e2, e2 * e2 * e2);
        let arc = (1.0 - e2 / 4.0 - 3.0 * e4 / 64.0 - 5.0 * e6 / 256.0) * phi
            - (3.0 * e2 / 8.0 + 3.0 * e4 / 32.0 + 45.0 * e6 / 1024.0) * (2.0 * phi).sin()
            + (15.0 * e4 / 256.0 + 45.0 * e6 / 1024.0) * (4.0 * phi).sin()
            - 35.0 * e6 / 3072.0 * (6.0 * phi).sin();
        assert!((x - 500_000.0).abs() < 1e-6, "{x}");
        assert!((y - 0.9996 * EQUATORIAL_RADIUS_M * arc).abs() < 1e-3, "{y}");
    }

    #[test]
    fn numbers_that_are_no_place_have_none() {
        for crs in SystemIndex::all() {
            for (x, y) in [(f64::NAN, 0.0), (0.0, f64::INFINITY), (1e300, 1e300), (-1e12, 1e12)] {
                assert_eq!(to_lon_lat(crs, x, y), None, "{crs} {x} {y}");
            }
            assert_eq!(coordinates(crs, LonLat::new(f64::NAN, 15.0)), None);
            assert_eq!(coordinates(crs, LonLat::new(108.0, 91.0)), None);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]
        #[test]
        fn there_and_back_is_the_same_place_in_the_province(lon in 107.0..109.0_f64, lat in 14.8..16.3_f64) {
            let at = LonLat::new(lon, lat);
            for crs in SystemIndex::all() {
                let CrsPoint { x, y } = coordinates(crs, at).unwrap();
                let back = to_lon_lat(crs, x, y).unwrap();
                // Heights are left out each way, which moves a place of VN-2000 by some tenths of a millimetre.
                assert!(apart_m(at, back) < 0.001, "{crs}: {at:?} {back:?} {}", apart_m(at, back));
            }
        }
    }
}
