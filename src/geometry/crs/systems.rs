//! The supported systems, a row each, with the parameters of the EPSG registry.

use std::fmt;

/// What the earth is measured from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Datum {
    Wgs84,
    Vn2000,
}

/// How degrees become coordinates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Method {
    /// They stay what they are.
    Degrees,
    /// The sphere of web maps.
    WebMercator,
    /// A cylinder along a meridian; 500 km are added to x, nothing to y.
    TransverseMercator { central_meridian: f64, scale: f64 },
}

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct System {
    pub(super) code: u32,
    pub(super) name: &'static str,
    pub(super) datum: Datum,
    pub(super) method: Method,
}

impl System {
    pub(super) fn is_degrees(&self) -> bool {
        self.method == Method::Degrees
    }
}

/// Added to x, in metres, in every Transverse Mercator of the table.
pub(super) const FALSE_EASTING_M: f64 = 500_000.0;
/// The scale on the central meridian of UTM.
const UTM_SCALE: f64 = 0.9996;
/// The scale on the central meridian of the zones of three degrees.
pub(super) const TM3_SCALE: f64 = 0.9999;

/// The seven parameters from VN-2000 to WGS 84: metres, seconds of arc (position vector), parts per million.
///
/// # Reference
/// Decision 05/2007/QD-BTNMT of 27 February 2007; EPSG:6960 has them in the coordinate frame convention, where the three
/// rotations have the other sign.
pub(super) const VN2000_TO_WGS84: [f64; 7] =
    [-191.904_414_29, -39.303_182_79, -111.450_328_35, 0.009_288_36, -0.019_754_79, 0.004_273_72, 0.252_906_278];

/// Every system; the first one is degrees of WGS 84.
pub(super) const SYSTEMS: [System; 25] = [
    System { code: 4326, name: "WGS 84", datum: Datum::Wgs84, method: Method::Degrees },
    System { code: 3857, name: "WGS 84 / Pseudo-Mercator", datum: Datum::Wgs84, method: Method::WebMercator },
    transverse(32648, "WGS 84 / UTM zone 48N", Datum::Wgs84, 105.0, UTM_SCALE),
    transverse(32649, "WGS 84 / UTM zone 49N", Datum::Wgs84, 111.0, UTM_SCALE),
    System { code: 4756, name: "VN-2000", datum: Datum::Vn2000, method: Method::Degrees },
    transverse(3405, "VN-2000 / UTM zone 48N", Datum::Vn2000, 105.0, UTM_SCALE),
    transverse(3406, "VN-2000 / UTM zone 49N", Datum::Vn2000, 111.0, UTM_SCALE),
    tm3(5896, "VN-2000 / TM-3 zone 481", 102.0),
    tm3(5897, "VN-2000 / TM-3 zone 482", 105.0),
    tm3(5898, "VN-2000 / TM-3 zone 491", 108.0),
    tm3(5899, "VN-2000 / TM-3 107-45", 107.75),
    tm3(9205, "VN-2000 / TM-3 103-00", 103.0),
    tm3(9206, "VN-2000 / TM-3 104-00", 104.0),
    tm3(9207, "VN-2000 / TM-3 104-30", 104.5),
    tm3(9208, "VN-2000 / TM-3 104-45", 104.75),
    tm3(9209, "VN-2000 / TM-3 105-30", 105.5),
    tm3(9210, "VN-2000 / TM-3 105-45", 105.75),
    tm3(9211, "VN-2000 / TM-3 106-00", 106.0),
    tm3(9212, "VN-2000 / TM-3 106-15", 106.25),
    tm3(9213, "VN-2000 / TM-3 106-30", 106.5),
    tm3(9214, "VN-2000 / TM-3 107-00", 107.0),
    tm3(9215, "VN-2000 / TM-3 107-15", 107.25),
    tm3(9216, "VN-2000 / TM-3 107-30", 107.5),
    tm3(9217, "VN-2000 / TM-3 108-15", 108.25),
    tm3(9218, "VN-2000 / TM-3 108-30", 108.5),
];

const fn transverse(code: u32, name: &'static str, datum: Datum, central_meridian: f64, scale: f64) -> System {
    System { code, name, datum, method: Method::TransverseMercator { central_meridian, scale } }
}

const fn tm3(code: u32, name: &'static str, central_meridian: f64) -> System {
    transverse(code, name, Datum::Vn2000, central_meridian, TM3_SCALE)
}

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SystemIndex(usize);

impl SystemIndex {
    /// Degrees of WGS 84.
    pub(super) const WGS84: Self = Self(0);

    pub(super) fn all() -> impl Iterator<Item = Self> {
        (0..SYSTEMS.len()).map(Self)
    }

    /// The first row for which something holds.
    pub(super) fn find(fits: impl Fn(&System) -> bool) -> Option<Self> {
        SYSTEMS.iter().position(fits).map(Self)
    }

    pub(super) fn system(self) -> &'static System {
        // The index comes from the list itself.
        &SYSTEMS[self.0]
    }

    pub(super) fn code(self) -> u32 {
        self.system().code
    }

    pub(super) fn index(self) -> usize {
        self.0
    }
}

impl fmt::Display for SystemIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let System { code, name, .. } = self.system();
        write!(f, "EPSG:{code} ({name})")
    }
}
