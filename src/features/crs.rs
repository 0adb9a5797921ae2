//! The reference systems in which questions and answers write coordinates.
//!
//! In: a place in degrees, or a pair of numbers of a system. Out: the other. One row of [`SYSTEMS`] a system: its
//! address, and the two ways.
//!
//! # Reference
//! OGC API – Features, part 2 (OGC 18-058r1); EPSG Guidance Note 7-2, method 1024 (popular visualisation).

use std::f64::consts::PI;
use std::sync::LazyLock;

use crate::geometry::crs::Crs;
use crate::geometry::projection::{LonLat, MAX_LATITUDE};

/// The radius of Web Mercator, in metres.
const RADIUS_M: f64 = 6_378_137.0;
/// The seven decimals of a degree that answers carry.
const DEGREE_STEPS: f64 = 1e7;
/// Two decimals of a metre.
const METRE_STEPS: f64 = 1e2;
/// Three of a metre of a survey.
const SURVEY_STEPS: f64 = 1e3;

/// The zone of VN-2000 in which Quảng Nam is surveyed.
static VN2000_ZONE: LazyLock<Option<Crs>> = LazyLock::new(|| Crs::from_text("EPSG:5899").ok());

/// Two numbers in the order of the axes of a reference system.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AxisPair {
    /// Along the first axis.
    pub first: f64,
    /// Along the second axis.
    pub second: f64,
}

/// A reference system that coordinates can be written in, by its row in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CoordinateSystem(usize);

/// What numbers along the axes of a system are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum AxisUnit {
    Degrees,
    Metres,
}

/// One system: its address, and the two ways.
struct SystemRow {
    uri: &'static str,
    unit: AxisUnit,
    /// Numbers that are none where the system does not reach.
    written: fn(LonLat) -> AxisPair,
    read: fn(AxisPair) -> LonLat,
}

/// Every system; the first is the one that is used where none is named.
const SYSTEMS: [SystemRow; 4] = [
    SystemRow {
        uri: "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
        unit: AxisUnit::Degrees,
        written: lon_lat,
        read: of_lon_lat,
    },
    SystemRow {
        uri: "http://www.opengis.net/def/crs/EPSG/0/4326",
        unit: AxisUnit::Degrees,
        written: lat_lon,
        read: of_lat_lon,
    },
    SystemRow {
        uri: "http://www.opengis.net/def/crs/EPSG/0/3857",
        unit: AxisUnit::Metres,
        written: mercator,
        read: of_mercator,
    },
    SystemRow {
        uri: "http://www.opengis.net/def/crs/EPSG/0/5899",
        unit: AxisUnit::Metres,
        written: vn2000,
        read: of_vn2000,
    },
];

impl CoordinateSystem {
    /// Longitude and latitude in degrees: what is used where no system is named, and what everything is stored in.
    pub const CRS84: Self = Self(0);

    /// The addresses of all systems.
    pub fn uris() -> Vec<&'static str> {
        SYSTEMS.iter().map(|row| row.uri).collect()
    }

    /// The system of an address.
    pub fn named(uri: &str) -> Option<Self> {
        SYSTEMS.iter().position(|row| row.uri == uri).map(Self)
    }

    /// Its address.
    pub fn uri(self) -> &'static str {
        SYSTEMS[self.0].uri
    }

    /// Whether its axes go round the earth.
    pub fn is_in_degrees(self) -> bool {
        SYSTEMS[self.0].unit == AxisUnit::Degrees
    }

    /// A place as the system writes it; none where it does not reach.
    pub fn written(self, at: LonLat) -> Option<AxisPair> {
        let pair = (SYSTEMS[self.0].written)(at);
        (pair.first.is_finite() && pair.second.is_finite()).then_some(pair)
    }

    /// The place of a pair of numbers; none where the numbers are none.
    pub fn read(self, pair: AxisPair) -> Option<LonLat> {
        let at = (SYSTEMS[self.0].read)(pair);
        (at.lon.is_finite() && at.lat.is_finite()).then_some(at)
    }
}

fn lon_lat(at: LonLat) -> AxisPair {
    AxisPair { first: rounded(at.lon, DEGREE_STEPS), second: rounded(at.lat, DEGREE_STEPS) }
}

fn of_lon_lat(pair: AxisPair) -> LonLat {
    LonLat::new(pair.first, pair.second)
}

fn lat_lon(at: LonLat) -> AxisPair {
    AxisPair { first: rounded(at.lat, DEGREE_STEPS), second: rounded(at.lon, DEGREE_STEPS) }
}

fn of_lat_lon(pair: AxisPair) -> LonLat {
    LonLat::new(pair.second, pair.first)
}

fn mercator(at: LonLat) -> AxisPair {
    let world = LonLat { lat: at.lat.clamp(-MAX_LATITUDE, MAX_LATITUDE), ..at }.to_world();
    let side_m = 2.0 * PI * RADIUS_M;
    AxisPair {
        first: rounded((world.x - 0.5) * side_m, METRE_STEPS),
        second: rounded((0.5 - world.y) * side_m, METRE_STEPS),
    }
}

fn of_mercator(pair: AxisPair) -> LonLat {
    let lat = (pair.second / RADIUS_M).sinh().atan();
    LonLat::new((pair.first / RADIUS_M).to_degrees(), lat.to_degrees())
}

fn vn2000(at: LonLat) -> AxisPair {
    let at = VN2000_ZONE.and_then(|zone| zone.coordinates(at));
    let (first, second) = at.map_or((f64::NAN, f64::NAN), |at| (at.x, at.y));
    AxisPair { first: rounded(first, SURVEY_STEPS), second: rounded(second, SURVEY_STEPS) }
}

fn of_vn2000(pair: AxisPair) -> LonLat {
    let at = VN2000_ZONE.and_then(|zone| zone.to_lon_lat(pair.first, pair.second));
    at.unwrap_or(LonLat::new(f64::NAN, f64::NAN))
}

fn rounded(number: f64, steps: f64) -> f64 {
    (number * steps).round() / steps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn system(code: &str) -> CoordinateSystem {
        CoordinateSystem::named(&format!("http://www.opengis.net/def/crs/EPSG/0/{code}")).unwrap()
    }

    #[test]
    fn axes_stand_in_the_order_of_the_register() {
        let at = LonLat::new(108.25, 15.5);
        assert_eq!(CoordinateSystem::CRS84.written(at), Some(AxisPair { first: 108.25, second: 15.5 }));
        assert_eq!(system("4326").written(at), Some(AxisPair { first: 15.5, second: 108.25 }));
    }

    #[test]
    fn web_mercator_has_the_numbers_of_its_formula() {
        // R λ and R ln tan(π/4 + φ/2) of 108.25, 15.5.
        let pair = system("3857").written(LonLat::new(108.25, 15.5)).unwrap();
        assert!((pair.first - 12_050_334.88).abs() < 0.02 && (pair.second - 1_746_891.56).abs() < 0.02, "{pair:?}");
    }

    #[test]
    fn vn2000_has_the_numbers_of_proj() {
        // +proj=tmerc +lon_0=107.75 +k=0.9999 +x_0=500000 with the seven parameters, of 108.25 15.5.
        let pair = system("5899").written(LonLat::new(108.25, 15.5)).unwrap();
        assert!((pair.first - 553_448.358).abs() < 0.002 && (pair.second - 1_714_319.224).abs() < 0.002, "{pair:?}");
    }

    #[test]
    fn every_system_is_read_back() {
        for uri in CoordinateSystem::uris() {
            let system = CoordinateSystem::named(uri).unwrap();
            let elsewhere = if uri.ends_with("5899") { LonLat::new(112.7, 16.5) } else { LonLat::new(-179.5, -60.0) };
            for at in [LonLat::new(108.25, 15.5), elsewhere] {
                let back = system.read(system.written(at).unwrap()).unwrap();
                assert!((back.lon - at.lon).abs() < 1e-6 && (back.lat - at.lat).abs() < 1e-6, "{uri}: {back:?}");
            }
            assert_eq!(system.read(AxisPair { first: f64::NAN, second: 0.0 }), None);
            assert_eq!(system.uri(), uri);
        }
        assert_eq!(CoordinateSystem::named("EPSG:4326"), None);
    }
}
