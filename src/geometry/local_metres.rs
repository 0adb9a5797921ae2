//! A flat piece of the earth around one place, in metres: for reaches, discs and short distances.
//!
//! In: degrees. Out: metres east and north of an origin. Over a commune (15 km from the origin, latitude 16°)
//! lengths are right to one part in a thousand; farther away a degree of longitude has another length, which
//! this plane does not know.

use super::projection::LonLat;

/// Half the longer axis of WGS 84, in metres.
const EQUATORIAL_RADIUS_M: f64 = 6_378_137.0;
/// First eccentricity of WGS 84, squared.
const ECCENTRICITY_SQUARED: f64 = 0.006_694_379_990_14;

/// A place in metres east and north of the origin of a [`LocalFrame`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LocalPoint {
    /// Metres east.
    pub x_m: f64,
    /// Metres north.
    pub y_m: f64,
}

impl LocalPoint {
    /// Plane distance to another point of the same frame, in metres.
    pub fn distance_m(self, other: Self) -> f64 {
        (self.x_m - other.x_m).hypot(self.y_m - other.y_m)
    }
}

/// A plane that touches the ellipsoid at its origin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LocalFrame {
    origin: LonLat,
    metres_per_lon: f64,
    metres_per_lat: f64,
}

impl LocalFrame {
    /// The plane around a place.
    ///
    /// # Reference
    /// Radii of curvature of the ellipsoid: J. P. Snyder, "Map projections: a working manual" (1987), p. 24–25.
    pub fn around(origin: LonLat) -> Self {
        let (sine, cosine) = origin.lat.to_radians().sin_cos();
        let flattened = 1.0 - ECCENTRICITY_SQUARED * sine * sine;
        let prime_vertical_m = EQUATORIAL_RADIUS_M / flattened.sqrt();
        let meridian_m = EQUATORIAL_RADIUS_M * (1.0 - ECCENTRICITY_SQUARED) / (flattened * flattened.sqrt());
        Self {
            origin,
            metres_per_lon: prime_vertical_m * cosine * 1.0_f64.to_radians(),
            metres_per_lat: meridian_m * 1.0_f64.to_radians(),
        }
    }

    /// The place in metres from the origin.
    ///
    /// # Example
    /// ```
    /// use binhyen::geometry::local_metres::LocalFrame;
    /// use binhyen::geometry::projection::LonLat;
    /// let frame = LocalFrame::around(LonLat::new(108.0, 0.0));
    /// let at = frame.to_local(LonLat::new(109.0, 0.0));
    /// assert!((at.x_m - 111_319.49).abs() < 0.01 && at.y_m == 0.0); // one degree of the equator
    /// ```
    pub fn to_local(&self, place: LonLat) -> LocalPoint {
        LocalPoint {
            x_m: (place.lon - self.origin.lon) * self.metres_per_lon,
            y_m: (place.lat - self.origin.lat) * self.metres_per_lat,
        }
    }
}

impl LocalFrame {
    /// The place of a point, the inverse of [`LocalFrame::to_local`].
    pub fn to_lon_lat(&self, point: LocalPoint) -> LonLat {
        LonLat {
            lon: self.origin.lon + point.x_m / self.metres_per_lon,
            lat: self.origin.lat + point.y_m / self.metres_per_lat,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::projection::haversine_m;

    #[test]
    fn short_distances_agree_with_the_great_circle() {
        let frame = LocalFrame::around(LonLat::new(108.2, 15.6));
        let from = LonLat::new(108.19, 15.55);
        for to in [LonLat::new(108.25, 15.55), LonLat::new(108.19, 15.62), LonLat::new(108.3, 15.7)] {
            let plane = frame.to_local(from).distance_m(frame.to_local(to));
            // The sphere of the great circle is itself within 0.6 % of the ellipsoid.
            assert!((plane / haversine_m(from, to) - 1.0).abs() < 0.006, "{plane}");
        }
    }
}
