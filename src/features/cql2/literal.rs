//! Values that both writings of a filter have: times and geometries.

use geo::{Coord, Geometry, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon, Rect};

use super::{IntervalEnd, Operand};
use crate::features::time_span::TimeSpan;

/// Nested positions, as GeoJSON and well-known text both write a geometry.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Positions {
    /// One.
    One(Coord<f64>),
    /// Several.
    Several(Vec<Self>),
}

impl Positions {
    fn position(&self) -> Option<Coord<f64>> {
        match self {
            Self::One(at) => Some(*at),
            // Well-known text may write each point of several in brackets of its own.
            Self::Several(inner) => match inner.as_slice() {
                [Self::One(at)] => Some(*at),
                _ => None,
            },
        }
    }

    fn list(&self) -> Option<&[Self]> {
        match self {
            Self::One(_) => None,
            Self::Several(inner) => Some(inner),
        }
    }

    fn all<T>(&self, one: impl Fn(&Self) -> Option<T>) -> Option<Vec<T>> {
        self.list()?.iter().map(one).collect()
    }

    fn line(&self) -> Option<LineString<f64>> {
        let line = self.all(Self::position)?;
        (line.len() >= 2).then_some(LineString(line))
    }

    fn polygon(&self) -> Option<Polygon<f64>> {
        let rings = self.all(Self::line)?;
        let are_rings = rings.iter().all(|ring| ring.0.len() >= 4 && ring.0.first() == ring.0.last());
        let (shell, holes) = rings.split_first().filter(|_| are_rings)?;
        Some(Polygon::new(shell.clone(), holes.to_vec()))
    }

    /// The geometry of a type, by its name in small letters.
    pub(super) fn geometry(&self, kind: &str) -> Option<Geometry<f64>> {
        Some(match kind {
            "point" => Geometry::Point(Point(self.position()?)),
            "multipoint" => Geometry::MultiPoint(MultiPoint(self.all(|one| one.position().map(Point))?)),
            "linestring" => Geometry::LineString(self.line()?),
            "multilinestring" => Geometry::MultiLineString(MultiLineString(self.all(Self::line)?)),
            "polygon" => Geometry::Polygon(self.polygon()?),
            "multipolygon" => Geometry::MultiPolygon(MultiPolygon(self.all(Self::polygon)?)),
            _ => return None,
        })
    }
}

/// The box of four or six numbers.
pub(super) fn bounding_box(numbers: &[f64]) -> Option<Geometry<f64>> {
    let (west, south, east, north) = match *numbers {
        [west, south, east, north] => (west, south, east, north),
        [west, south, lowest, east, north, highest] if lowest <= highest => (west, south, east, north),
        _ => return None,
    };
    let rect = |west: f64, east: f64| Rect::new(Coord { x: west, y: south }, Coord { x: east, y: north }).to_polygon();
    if south > north {
        return None;
    }
    if west > east {
        // Over the antimeridian.
        return Some(Geometry::MultiPolygon(MultiPolygon(vec![rect(west, 180.0), rect(-180.0, east)])));
    }
    Some(Geometry::Polygon(rect(west, east)))
}

/// An end of an interval that is written out; `..` is an open one.
pub(super) fn interval_end(text: &str) -> Option<IntervalEnd> {
    let span = if text == ".." { Some(TimeSpan::ALWAYS) } else { TimeSpan::parsed(text) };
    span.map(IntervalEnd::Time)
}

/// An interval of two ends; none where both are written out and the other way about.
pub(super) fn interval(from: IntervalEnd, to: IntervalEnd) -> Option<Operand> {
    match (from, to) {
        (IntervalEnd::Time(from), IntervalEnd::Time(to)) => TimeSpan::between(from, to).map(Operand::Time),
        (from, to) => Some(Operand::Interval(from, to)),
    }
}

/// A time that a function names: a day or a moment.
pub(super) fn time(function: &str, text: &str) -> Option<TimeSpan> {
    let is_day = text.len() == 10;
    TimeSpan::parsed(text).filter(|_| is_day == (function == "date"))
}
