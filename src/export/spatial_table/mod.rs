//! Tables with a geometry in every row, and the files that geographic programs read them from.
//!
//! In: assessed levels, already cut to the role ([`areas`]). Out: a [`SpatialTable`], whose columns have one type each
//! and may be empty in any row, and from it the bytes of a file: [`flatgeobuf`], [`geoparquet`]. All places are degrees
//! of longitude and latitude of WGS 84. No file is opened, no clock is read: the same table gives the same bytes.

pub(super) mod areas;
pub(super) mod flatgeobuf;
mod geo_metadata;
pub(super) mod geoparquet;
mod wkb;

use std::borrow::Cow;

use geo::MultiPolygon;
use jiff::civil::Date;

use crate::attributes::ValueType;
use crate::tile::{LonLat, LonLatBounds};

/// Rows of typed values, each with a geometry.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SpatialTable<'a> {
    /// The name of the layer.
    pub(super) name: &'static str,
    /// What is said of a row, from left to right.
    pub(super) columns: Vec<SpatialColumn>,
    /// What all geometries are.
    pub(super) geometry: GeometryKind,
    /// The rows, each with as many values as there are columns.
    pub(super) rows: Vec<SpatialRow<'a>>,
}

/// The name of a column and what its values are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SpatialColumn {
    /// The name in data files.
    pub(super) name: &'static str,
    /// What its values are.
    pub(super) values: ColumnType,
}

/// What the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ColumnType {
    /// Texts, codes, words.
    Text,
    /// Whole numbers.
    Whole,
    /// Numbers.
    Real,
    /// Calendar days.
    Day,
    /// True or false.
    Truth,
}

impl From<ValueType> for ColumnType {
    fn from(values: ValueType) -> Self {
        match values {
            ValueType::Text => Self::Text,
            ValueType::Integer => Self::Whole,
            ValueType::Number => Self::Real,
        }
    }
}

/// One value, of the type of its column.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum SpatialValue<'a> {
    /// A text.
    Text(Cow<'a, str>),
    /// A whole number.
    Whole(i64),
    /// A number.
    Real(f64),
    /// A calendar day.
    Day(Date),
    /// True or false.
    Truth(bool),
}

impl<'a> SpatialValue<'a> {
    /// A text.
    pub(super) fn text(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

/// What the geometries of a table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GeometryKind {
    /// Each a list of polygons, so that all have one type.
    MultiPolygon,
    /// A point.
    Point,
}

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SpatialRow<'a> {
    /// Its values; none where there is none, or the role may not see it.
    pub(super) values: Vec<Option<SpatialValue<'a>>>,
    /// Where it lies; none where that is not known.
    pub(super) geometry: Option<RowGeometry>,
}

/// The geometry of a row, of the kind of its table.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum RowGeometry {
    /// Polygons whose shells turn counter-clockwise, and the box around them.
    MultiPolygon(MultiPolygon<f64>, LonLatBounds),
    /// A point.
    Point(LonLat),
}

impl RowGeometry {
    /// The box around it.
    fn bounds(&self) -> LonLatBounds {
        match self {
            Self::MultiPolygon(_, bounds) => *bounds,
            Self::Point(at) => LonLatBounds { west: at.lon, south: at.lat, east: at.lon, north: at.lat },
        }
    }
}

impl SpatialTable<'_> {
    /// The box around all geometries; none where there is no geometry.
    fn bounds(&self) -> Option<LonLatBounds> {
        let boxes = self.rows.iter().filter_map(|row| row.geometry.as_ref()).map(RowGeometry::bounds);
        boxes.reduce(LonLatBounds::union)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use geo::{LineString, Polygon};
    use jiff::civil::date;

    use super::*;

    /// A square with a hole beside another, a row without anything, columns of every type.
    pub(in crate::export) fn small_table() -> SpatialTable<'static> {
        let ring = |places: &[(f64, f64)]| LineString::from(places.to_vec());
        let square =
            |west: f64| ring(&[(west, 15.0), (west + 1.0, 15.0), (west + 1.0, 16.0), (west, 16.0), (west, 15.0)]);
        let hole = ring(&[(108.25, 15.25), (108.25, 15.75), (108.75, 15.75), (108.25, 15.25)]);
        let shape = MultiPolygon::new(vec![
            Polygon::new(square(108.0), vec![hole]),
            Polygon::new(square(110.0 + f64::EPSILON * 100.0), Vec::new()),
        ]);
        let bounds = LonLatBounds { west: 108.0, south: 15.0, east: 111.0, north: 16.0 };
        let column = |name, values| SpatialColumn { name, values };
        SpatialTable {
            name: "areas",
            columns: vec![
                column("code", ColumnType::Text),
                column("incidents", ColumnType::Whole),
                column("rate", ColumnType::Real),
                column("from", ColumnType::Day),
                column("sample", ColumnType::Truth),
            ],
            geometry: GeometryKind::MultiPolygon,
            rows: vec![
                SpatialRow {
                    values: vec![
                        Some(SpatialValue::text("Xã Trà Dơn")),
                        Some(SpatialValue::Whole(7)),
                        Some(SpatialValue::Real(0.1)),
                        Some(SpatialValue::Day(date(2024, 2, 29))),
                        Some(SpatialValue::Truth(true)),
                    ],
                    geometry: Some(RowGeometry::MultiPolygon(shape, bounds)),
                },
                SpatialRow { values: vec![None; 5], geometry: None },
            ],
        }
    }

    #[test]
    fn box_of_a_table_holds_the_geometries_there_are() {
        let table = small_table();
        assert_eq!(table.bounds().map(|bounds| (bounds.west, bounds.east)), Some((108.0, 111.0)));
        assert_eq!(SpatialTable { rows: Vec::new(), ..table }.bounds(), None);
        let at = RowGeometry::Point(LonLat::new(108.0, 15.5));
        assert_eq!((at.bounds().west, at.bounds().north), (108.0, 15.5));
    }
}
