//! Boundaries as GeoJSON (RFC 7946): shells counter-clockwise, seven decimals at most.
//!
//! In: areas of a level and how much of their boundaries is wanted. Out: typed geometries. The only file that shows
//! bare arrays of coordinates, because the standard is arrays.

use std::str::FromStr;

use geo::orient::{Direction, Orient as _};
use geo::{Coord, LineString, MultiPolygon, Polygon};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::area::AreaIndex;
use crate::features::crs::CoordinateSystem;
use crate::snapshot::{AreaEntry, LevelData};
use crate::tile::LonLat;

/// The zoom whose grid (9.5 m at the equator) carries the simplified boundaries.
const SIMPLIFIED_ZOOM: u8 = 10;
const DECIMALS: f64 = 1e7;

/// How much of an area's shape an answer holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GeometryDetail {
    /// Nothing.
    None,
    /// A point well inside.
    Label,
    /// The boundary as the map draws it at a middle zoom.
    Simplified,
    /// The boundary as it was imported.
    Full,
}

impl GeometryDetail {
    const ALL: [(Self, &str); 4] =
        [(Self::None, "none"), (Self::Label, "label"), (Self::Simplified, "simplified"), (Self::Full, "full")];

    /// The word in addresses.
    pub(crate) fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(shape, _)| *shape == self).map_or("none", |(_, word)| word)
    }

    /// Every word.
    pub(crate) fn names() -> Vec<String> {
        Self::ALL.iter().map(|(_, word)| (*word).to_owned()).collect()
    }
}

impl FromStr for GeometryDetail {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.iter().find(|(_, word)| *word == text).map(|(shape, _)| *shape).ok_or(())
    }
}

/// The word by which GeoJSON knows a feature collection.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) enum CollectionType {
    FeatureCollection,
}

/// The word by which GeoJSON knows a feature.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) enum FeatureType {
    Feature,
}

/// A GeoJSON geometry: degrees of longitude and latitude with seven decimals at most.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(tag = "type", content = "coordinates")]
pub(crate) enum GeoJsonGeometry {
    /// Longitude and latitude.
    Point([f64; 2]),
    /// A shell and its holes.
    Polygon(Vec<Vec<[f64; 2]>>),
    /// Polygons, each a shell and its holes.
    MultiPolygon(Vec<Vec<Vec<[f64; 2]>>>),
}

/// A GeoJSON point.
pub(crate) fn point(lon: f64, lat: f64) -> GeoJsonGeometry {
    GeoJsonGeometry::Point([rounded(lon), rounded(lat)])
}

impl GeoJsonGeometry {
    /// The geometry of an area of a level, with as much shape as was asked for.
    pub(super) fn of_area(areas: &LevelData, area_index: AreaIndex, shape: GeometryDetail) -> Option<Self> {
        let area = areas.areas.at(area_index)?;
        match shape {
            GeometryDetail::None => None,
            GeometryDetail::Label => Some(point(area.label.lon, area.label.lat)),
            GeometryDetail::Simplified => {
                simplified(areas, area_index).map_or_else(|| full(area), |shape| polygons(&shape))
            }
            GeometryDetail::Full => full(area),
        }
    }
}

impl GeoJsonGeometry {
    /// The same geometry written in another reference system; none where that does not reach.
    pub(super) fn in_system(self, system: CoordinateSystem) -> Option<Self> {
        if system == CoordinateSystem::CRS84 {
            return Some(self);
        }
        let position = |[lon, lat]: [f64; 2]| {
            let pair = system.written(LonLat::new(lon, lat))?;
            Some([pair.first, pair.second])
        };
        let ring = |ring: Vec<[f64; 2]>| -> Option<Vec<_>> { ring.into_iter().map(position).collect() };
        let polygon = |rings: Vec<Vec<[f64; 2]>>| -> Option<Vec<_>> { rings.into_iter().map(ring).collect() };
        Some(match self {
            Self::Point(at) => Self::Point(position(at)?),
            Self::Polygon(rings) => Self::Polygon(polygon(rings)?),
            Self::MultiPolygon(polygons) => {
                Self::MultiPolygon(polygons.into_iter().map(polygon).collect::<Option<_>>()?)
            }
        })
    }
}

/// A number of degrees with seven decimals at most.
pub(crate) fn rounded(degrees: f64) -> f64 {
    (degrees * DECIMALS).round() / DECIMALS
}

fn full(area: &AreaEntry) -> Option<GeoJsonGeometry> {
    polygons(&area.boundary)
}

fn simplified(areas: &LevelData, area_index: AreaIndex) -> Option<MultiPolygon<f64>> {
    let zoom = areas.zoom(SIMPLIFIED_ZOOM)?;
    let shape = zoom.areas.get(area_index.index()).filter(|shape| !shape.polygons.is_empty())?;
    let polygons = shape.polygons.iter().map(|polygon| {
        // Both ends of a ring meet: `Polygon::new` closes what the grid leaves open.
        let ring = |points: &[_]| -> LineString<f64> {
            points.iter().map(|point| zoom.grid.to_lon_lat(*point)).map(|at| Coord { x: at.lon, y: at.lat }).collect()
        };
        Polygon::new(ring(&polygon.shell), polygon.holes.iter().map(|hole| ring(hole)).collect())
    });
    Some(MultiPolygon::new(polygons.collect()))
}

/// Always a `MultiPolygon`, so that all features of an answer have one type of geometry; none without a polygon.
fn polygons(shape: &MultiPolygon<f64>) -> Option<GeoJsonGeometry> {
    let oriented = shape.orient(Direction::Default);
    let coordinates: Vec<_> = oriented.0.iter().map(rings).collect();
    (!coordinates.is_empty()).then_some(GeoJsonGeometry::MultiPolygon(coordinates))
}

fn rings(polygon: &Polygon<f64>) -> Vec<Vec<[f64; 2]>> {
    let ring =
        |ring: &LineString<f64>| -> Vec<[f64; 2]> { ring.coords().map(|at| [rounded(at.x), rounded(at.y)]).collect() };
    std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(ring).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn shells_turn_counter_clockwise_and_holes_clockwise() {
        let ring = |points: &[(f64, f64)]| LineString::from(points.to_vec());
        let clockwise = ring(&[(0.0, 0.0), (0.0, 9.0), (9.0, 9.0), (9.0, 0.0), (0.0, 0.0)]);
        let hole = ring(&[(1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 2.0), (1.0, 1.0)]);
        let shape = json!(polygons(&MultiPolygon::new(vec![Polygon::new(clockwise, vec![hole])])));
        assert_eq!(shape["type"], "MultiPolygon");
        assert_eq!(shape["coordinates"][0][0][1], json!([9.0, 0.0]));
        assert_eq!(shape["coordinates"][0][1][1], json!([1.0, 2.0]));
    }

    #[test]
    fn coordinates_keep_seven_decimals() {
        let point = json!(self::point(108.123_456_789, 15.0));
        assert_eq!(point.to_string(), r#"{"coordinates":[108.1234568,15.0],"type":"Point"}"#);
    }

    #[test]
    fn an_area_without_a_polygon_has_no_geometry() {
        assert_eq!(polygons(&MultiPolygon::new(Vec::new())), None);
    }

    #[test]
    fn words_are_read_back() {
        for word in GeometryDetail::names() {
            assert_eq!(word.parse::<GeometryDetail>().unwrap().as_str(), word);
        }
        assert!("hull".parse::<GeometryDetail>().is_err());
    }
}
