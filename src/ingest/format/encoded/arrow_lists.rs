//! Geometries as lists of lists of numbers, as `GeoArrow` encodes them.
//!
//! In: a tree of lists. Out: a geometry in the plane.

use geojson::{GeometryValue, Position};

use super::rings::{PositionRing, turned};

/// A list, or a pair of numbers.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::ingest::format) enum NumberTree {
    /// A position.
    Place(Position),
    /// Trees side by side.
    List(Vec<Self>),
}

impl NumberTree {
    fn place(self) -> Result<Position, String> {
        match self {
            Self::Place(position) => Ok(position),
            Self::List(_) => Err(uneven()),
        }
    }

    fn list<T>(self, item: impl FnMut(Self) -> Result<T, String>) -> Result<Vec<T>, String> {
        match self {
            Self::List(items) => items.into_iter().map(item).collect(),
            Self::Place(_) => Err(uneven()),
        }
    }

    fn line(self) -> Result<PositionRing, String> {
        self.list(Self::place)
    }

    fn lines(self) -> Result<Vec<PositionRing>, String> {
        self.list(Self::line)
    }

    /// The geometry of a kind that the tree is.
    pub(in crate::ingest::format) fn geometry(self, kind: &str) -> Result<GeometryValue, String> {
        Ok(match kind {
            "point" => GeometryValue::Point { coordinates: self.place()? },
            "multipoint" => GeometryValue::MultiPoint { coordinates: self.line()? },
            "linestring" => GeometryValue::LineString { coordinates: self.line()? },
            "multilinestring" => GeometryValue::MultiLineString { coordinates: self.lines()? },
            "polygon" => GeometryValue::Polygon { coordinates: turned(self.lines()?) },
            "multipolygon" => {
                let polygons = self.list(|rings| rings.lines().map(turned))?;
                GeometryValue::MultiPolygon { coordinates: polygons }
            }
            other => return Err(format!("geometries encoded as {other:?} are not read")),
        })
    }
}

fn uneven() -> String {
    "the lists of its geometry are not as deep as its encoding says".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trees_are_geometries_of_their_depth() {
        let place = |x: f64, y: f64| NumberTree::Place(Position::from([x, y]));
        let ring = NumberTree::List(vec![place(0.0, 0.0), place(0.0, 1.0), place(1.0, 0.0), place(0.0, 0.0)]);
        let polygon = NumberTree::List(vec![ring.clone()]);
        let drawn = polygon.clone().geometry("polygon").unwrap();
        assert_eq!(
            NumberTree::List(vec![polygon.clone()]).geometry("multipolygon").unwrap().type_name(),
            "MultiPolygon"
        );
        assert_eq!(drawn.type_name(), "Polygon");
        assert!(ring.clone().geometry("polygon").unwrap_err().contains("not as deep"));
        assert!(ring.geometry("box").unwrap_err().contains("\"box\""));
        assert_eq!(place(1.0, 2.0).geometry("point").unwrap().type_name(), "Point");
    }
}
