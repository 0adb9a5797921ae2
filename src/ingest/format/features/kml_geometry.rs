//! Geometries of KML, put together element by element.
//!
//! In: what opens and closes inside a placemark. Out: one geometry in the plane. Heights are passed over.

use geojson::{Geometry, GeometryValue, Position};

use crate::ingest::format::encoded::rings::{PositionRing, turned};

/// Geometries inside one another.
const MAX_DEPTH: usize = 8;

/// Which ring of a polygon is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Boundary {
    Outer,
    Inner,
}

/// A geometry that is not whole yet.
#[derive(Debug)]
enum Open {
    Many(Vec<GeometryValue>),
    Polygon { outer: Option<PositionRing>, inner: Vec<PositionRing> },
}

/// The geometry of a placemark on its way.
#[derive(Debug, Default)]
pub(super) struct KmlGeometry {
    open: Vec<Open>,
    boundary: Option<Boundary>,
    whole: Vec<GeometryValue>,
}

impl KmlGeometry {
    /// An element opens.
    pub(super) fn open(&mut self, element: &str) -> Result<(), String> {
        match element {
            "MultiGeometry" => self.open.push(Open::Many(Vec::new())),
            "Polygon" => self.open.push(Open::Polygon { outer: None, inner: Vec::new() }),
            "outerBoundaryIs" => self.boundary = Some(Boundary::Outer),
            "innerBoundaryIs" => self.boundary = Some(Boundary::Inner),
            _ => {}
        }
        if self.open.len() > MAX_DEPTH {
            return Err(format!("geometries are nested deeper than {MAX_DEPTH} levels"));
        }
        Ok(())
    }

    /// An element closes; `coordinates` is the text of the last positions.
    pub(super) fn close(&mut self, element: &str, coordinates: &str) -> Result<(), String> {
        match element {
            "Point" => {
                let place = positions(coordinates)?.into_iter().next();
                self.add(place.map(|coordinates| GeometryValue::Point { coordinates }));
            }
            "LineString" => self.add(Some(GeometryValue::LineString { coordinates: positions(coordinates)? })),
            "LinearRing" => {
                let ring = positions(coordinates)?;
                match (self.open.last_mut(), self.boundary) {
                    (Some(Open::Polygon { outer, .. }), Some(Boundary::Outer)) => *outer = Some(ring),
                    (Some(Open::Polygon { inner, .. }), Some(Boundary::Inner)) => inner.push(ring),
                    _ => self.add(Some(GeometryValue::LineString { coordinates: ring })),
                }
            }
            "outerBoundaryIs" | "innerBoundaryIs" => self.boundary = None,
            "Polygon" | "MultiGeometry" => {
                let closed = match self.open.pop() {
                    Some(Open::Polygon { outer: Some(outer), inner }) => {
                        let rings = turned(std::iter::once(outer).chain(inner).collect());
                        Some(GeometryValue::Polygon { coordinates: rings })
                    }
                    Some(Open::Many(geometries)) => together(geometries),
                    Some(Open::Polygon { outer: None, .. }) | None => None,
                };
                self.add(closed);
            }
            _ => {}
        }
        Ok(())
    }

    fn add(&mut self, value: Option<GeometryValue>) {
        match self.open.last_mut() {
            Some(Open::Many(geometries)) => geometries.extend(value),
            _ => self.whole.extend(value),
        }
    }

    /// The geometry, when its placemark has closed.
    pub(super) fn finished(self) -> Option<Geometry> {
        together(self.whole).map(Geometry::new)
    }
}

/// Geometries as one: a multi-geometry where they are of one kind.
fn together(mut geometries: Vec<GeometryValue>) -> Option<GeometryValue> {
    if geometries.len() < 2 {
        return geometries.pop();
    }
    let are_polygons = geometries
        .iter()
        .all(|value| matches!(value, GeometryValue::Polygon { .. } | GeometryValue::MultiPolygon { .. }));
    if !are_polygons {
        return Some(GeometryValue::GeometryCollection {
            geometries: geometries.into_iter().map(Geometry::new).collect(),
        });
    }
    let rings = geometries.into_iter().flat_map(|value| match value {
        GeometryValue::Polygon { coordinates } => vec![coordinates],
        GeometryValue::MultiPolygon { coordinates } => coordinates,
        _ => Vec::new(),
    });
    Some(GeometryValue::MultiPolygon { coordinates: rings.collect() })
}

/// Positions as KML writes them: longitude, latitude and a height, parted by commas.
fn positions(text: &str) -> Result<Vec<Position>, String> {
    let position = |text: &str| {
        let mut numbers = text.split(',').map(|number| number.trim().parse::<f64>().ok().filter(|n| n.is_finite()));
        if let (Some(lon), Some(lat)) = (numbers.next().flatten(), numbers.next().flatten()) {
            return Ok(Position::from([lon, lat]));
        }
        let shown: String = text.chars().take(40).collect();
        Err(format!("{shown:?} is no position of KML: longitude,latitude is needed, as in 108.42,15.52"))
    };
    text.split_ascii_whitespace().map(position).collect()
}
