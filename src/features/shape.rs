//! Where a feature is, and whether that meets a geometry that is asked for.
//!
//! A box that reaches over the antimeridian (its western edge is the greater number) becomes two.

use geo::{Coord, Geometry, Intersects as _, MultiPolygon, Point, Rect};

use crate::geometry::projection::{LonLat, LonLatBounds};

/// Where a feature is, in degrees.
#[derive(Debug, Clone, Copy)]
pub enum FeatureShape<'a> {
    /// At a point.
    Point(LonLat),
    /// All of a box.
    Square(LonLatBounds),
    /// Within a boundary.
    Area {
        /// The box around it.
        bounds: LonLatBounds,
        /// The boundary.
        boundary: &'a MultiPolygon<f64>,
    },
}

/// A geometry that is asked for, in degrees, with the box around it.
#[derive(Debug, Clone, PartialEq)]
pub struct AskedShape {
    geometry: Geometry<f64>,
    bounds: LonLatBounds,
}

impl AskedShape {
    /// A geometry to ask for; none where it has no point.
    pub fn new(geometry: Geometry<f64>) -> Option<Self> {
        use geo::BoundingRect as _;
        let bounds = LonLatBounds::from(geometry.bounding_rect()?);
        Some(Self { geometry, bounds })
    }

    /// A box with ordered edges.
    pub fn of_box(bounds: LonLatBounds) -> Self {
        Self { geometry: Geometry::Rect(rect(bounds)), bounds }
    }
}

impl FeatureShape<'_> {
    /// The box around it.
    pub fn bounds(&self) -> LonLatBounds {
        match *self {
            Self::Point(at) => LonLatBounds { west: at.lon, south: at.lat, east: at.lon, north: at.lat },
            Self::Square(bounds) | Self::Area { bounds, .. } => bounds,
        }
    }

    /// Whether it shares a point with a geometry.
    pub fn meets(&self, asked: &AskedShape) -> bool {
        if !boxes_meet(self.bounds(), asked.bounds) {
            return false;
        }
        match *self {
            Self::Point(at) => asked.geometry.intersects(&Point::new(at.lon, at.lat)),
            Self::Square(bounds) => asked.geometry.intersects(&rect(bounds).to_polygon()),
            Self::Area { boundary, .. } => asked.geometry.intersects(boundary),
        }
    }
}

/// The boxes of a box whose western edge may lie beyond the antimeridian.
pub fn boxes(bounds: LonLatBounds) -> Vec<LonLatBounds> {
    if bounds.west <= bounds.east {
        return vec![bounds];
    }
    vec![LonLatBounds { east: 180.0, ..bounds }, LonLatBounds { west: -180.0, ..bounds }]
}

fn boxes_meet(one: LonLatBounds, other: LonLatBounds) -> bool {
    one.west <= other.east && other.west <= one.east && one.south <= other.north && other.south <= one.north
}

fn rect(bounds: LonLatBounds) -> Rect<f64> {
    Rect::new(Coord { x: bounds.west, y: bounds.south }, Coord { x: bounds.east, y: bounds.north })
}

#[cfg(test)]
mod tests {
    use geo::{LineString, Polygon, polygon};

    use super::*;

    const BOX: LonLatBounds = LonLatBounds { west: 107.0, south: 15.0, east: 109.0, north: 16.0 };

    /// An L whose box is full but whose corner is not.
    fn bent() -> MultiPolygon<f64> {
        let bent: Polygon<f64> = polygon![
            (x: 0.0, y: 0.0), (x: 2.0, y: 0.0), (x: 2.0, y: 1.0), (x: 1.0, y: 1.0), (x: 1.0, y: 2.0), (x: 0.0, y: 2.0),
        ];
        MultiPolygon(vec![bent])
    }

    #[test]
    fn boundary_counts_and_not_its_box() {
        let boundary = bent();
        let bounds = LonLatBounds { west: 0.0, south: 0.0, east: 2.0, north: 2.0 };
        let area = FeatureShape::Area { bounds, boundary: &boundary };
        let in_notch = LonLatBounds { west: 1.5, south: 1.5, east: 1.9, north: 1.9 };
        assert!(!area.meets(&AskedShape::of_box(in_notch)));
        assert!(area.meets(&AskedShape::of_box(LonLatBounds { south: 0.5, ..in_notch })));
        assert!(area.meets(&AskedShape::of_box(LonLatBounds { west: 1.0, south: 1.0, ..in_notch })), "it touches");
    }

    #[test]
    fn points_and_squares_meet_what_they_lie_in() {
        let line = Geometry::LineString(LineString::from(vec![(106.0, 15.5), (110.0, 15.5)]));
        let line = AskedShape::new(line).unwrap();
        assert!(FeatureShape::Point(LonLat::new(108.0, 15.5)).meets(&line));
        assert!(!FeatureShape::Point(LonLat::new(108.0, 15.6)).meets(&line));
        assert!(FeatureShape::Square(BOX).meets(&line));
        assert!(FeatureShape::Point(LonLat::new(107.0, 16.0)).meets(&AskedShape::of_box(BOX)), "its corner");
    }

    #[test]
    fn box_over_the_antimeridian_is_two() {
        let pacific = LonLatBounds { west: 170.0, south: -10.0, east: -170.0, north: 10.0 };
        let [west, east] = boxes(pacific).try_into().unwrap();
        assert_eq!((west.west, west.east, east.west, east.east), (170.0, 180.0, -180.0, -170.0));
        assert_eq!(boxes(BOX), [BOX]);
    }

    #[test]
    fn geometry_without_a_point_is_none() {
        assert_eq!(AskedShape::new(Geometry::MultiPolygon(MultiPolygon(Vec::new()))), None);
    }
}
