//! Values of Parquet as texts of cells, and lists as geometries.
//!
//! A number is written with the digits that it has, a whole one without a point; a day as 2024-01-31; a moment with Z
//! where the file says that it is UTC.

use geojson::{GeometryValue, Position};
use jiff::civil::Date;
use jiff::{Span, Timestamp};
use parquet::basic::{LogicalType, TimeUnit, Type as PhysicalType};
use parquet::record::{Field, Row};
use parquet::schema::types::Type;

use super::geo_metadata::GeometryEncoding;
use crate::ingest::format::encoded::arrow_lists::NumberTree;
use crate::ingest::format::encoded::wkb::wkb_geometry;
use crate::ingest::format::record::CellKind;

/// What a cell is.
#[derive(Debug, PartialEq)]
pub(super) enum ParquetCell {
    /// Nothing.
    Null,
    /// A text, or a value of another kind as text.
    Value(String, Option<CellKind>),
    /// A value that no field can take, and why.
    Unreadable(String, String),
}

/// How moments of a column are kept, where it holds moments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moments {
    /// Whether they are UTC and no local time.
    is_utc: bool,
    /// Whether they are counted in nanoseconds, which the reader of rows hands on as numbers.
    nanoseconds: bool,
}

impl Moments {
    /// How a column keeps moments, by its type. The old form of twelve bytes says nothing of a zone.
    pub(super) fn of(column: &Type) -> Option<Self> {
        if column.is_primitive() && column.get_physical_type() == PhysicalType::INT96 {
            return Some(Self { is_utc: false, nanoseconds: false });
        }
        match column.get_basic_info().logical_type_ref()? {
            LogicalType::Timestamp(kind) => {
                Some(Self { is_utc: kind.is_adjusted_to_u_t_c, nanoseconds: kind.unit == TimeUnit::NANOS })
            }
            _ => None,
        }
    }
}

/// The cell of a value.
pub(super) fn cell(field: Field, moments: Option<Moments>) -> ParquetCell {
    let number = |text: String| ParquetCell::Value(text, Some(CellKind::Number));
    let text = |text: String| ParquetCell::Value(text, None);
    match field {
        Field::Null => ParquetCell::Null,
        Field::Bool(value) => text(value.to_string()),
        Field::Byte(value) => number(value.to_string()),
        Field::Short(value) => number(value.to_string()),
        Field::Int(value) | Field::TimeMillis(value) => number(value.to_string()),
        Field::Long(value) if moments.is_some_and(|moments| moments.nanoseconds) => moment(i128::from(value), moments),
        Field::Long(value) | Field::TimeMicros(value) => number(value.to_string()),
        Field::UByte(value) => number(value.to_string()),
        Field::UShort(value) => number(value.to_string()),
        Field::UInt(value) => number(value.to_string()),
        Field::ULong(value) => number(value.to_string()),
        Field::Float16(value) => finite(f64::from(value), value.to_string()),
        Field::Float(value) => finite(f64::from(value), value.to_string()),
        Field::Double(value) => finite(value, value.to_string()),
        decimal @ Field::Decimal(_) => number(decimal.to_string()),
        Field::Str(value) => text(value),
        Field::Bytes(value) => match std::str::from_utf8(value.data()) {
            Ok(value) => text(value.to_owned()),
            Err(_) => ParquetCell::Unreadable(format!("{} bytes", value.len()), "the value is no text".to_owned()),
        },
        Field::Date(days) => {
            match Span::new().try_days(i64::from(days)).and_then(|days| Date::constant(1970, 1, 1).checked_add(days)) {
                Ok(day) => text(day.to_string()),
                Err(_) => ParquetCell::Unreadable(days.to_string(), "the day is out of every calendar".to_owned()),
            }
        }
        Field::TimestampMillis(value) => moment(i128::from(value) * 1_000_000, moments),
        Field::TimestampMicros(value) => moment(i128::from(value) * 1_000, moments),
        Field::Group(_) | Field::ListInternal(_) | Field::MapInternal(_) => {
            let reason = "the value is a list or an object: write the one text or number that is meant".to_owned();
            ParquetCell::Unreadable("…".to_owned(), reason)
        }
    }
}

/// A number that is one; what is none stands for "nothing" in tables of computed columns.
fn finite(value: f64, text: String) -> ParquetCell {
    if value.is_nan() { ParquetCell::Null } else { ParquetCell::Value(text, Some(CellKind::Number)) }
}

fn moment(nanoseconds: i128, moments: Option<Moments>) -> ParquetCell {
    let Ok(at) = Timestamp::from_nanosecond(nanoseconds) else {
        let reason = "the moment is out of every calendar".to_owned();
        return ParquetCell::Unreadable(nanoseconds.to_string(), reason);
    };
    let written = at.to_string();
    let is_utc = moments.is_none_or(|moments| moments.is_utc);
    ParquetCell::Value(if is_utc { written } else { written.trim_end_matches('Z').to_owned() }, None)
}

/// The geometry of a value.
pub(super) fn geometry(field: Field, encoding: &GeometryEncoding) -> Result<Option<GeometryValue>, String> {
    match (field, encoding) {
        (Field::Null, _) => Ok(None),
        (Field::Bytes(bytes), GeometryEncoding::Wkb) => {
            Ok(wkb_geometry(bytes.data())?.geometry.map(|geometry| geometry.value))
        }
        (_, GeometryEncoding::Wkb) => Err("its geometry is no WKB".to_owned()),
        (lists, GeometryEncoding::Lists(kind)) => tree(&lists)?.geometry(kind).map(Some),
    }
}

fn tree(field: &Field) -> Result<NumberTree, String> {
    match field {
        Field::Group(row) => place(row).map(NumberTree::Place),
        Field::ListInternal(list) => {
            let numbers: Option<Vec<f64>> = list.elements().iter().map(number).collect();
            match numbers.as_deref() {
                Some([x, y, ..]) => Ok(NumberTree::Place(Position::from([*x, *y]))),
                _ => list.elements().iter().map(tree).collect::<Result<_, _>>().map(NumberTree::List),
            }
        }
        _ => Err("its geometry holds something that is neither a list nor a position".to_owned()),
    }
}

fn place(row: &Row) -> Result<Position, String> {
    let axis = |wanted: &str| {
        row.get_column_iter().find(|(name, _)| name.as_str() == wanted).and_then(|(_, value)| number(value))
    };
    match (axis("x"), axis("y")) {
        (Some(x), Some(y)) => Ok(Position::from([x, y])),
        _ => Err("a position of its geometry has no x and y".to_owned()),
    }
}

fn number(field: &Field) -> Option<f64> {
    match field {
        Field::Double(number) => Some(*number),
        Field::Float(number) => Some(f64::from(*number)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(field: Field, moments: Option<Moments>) -> String {
        match cell(field, moments) {
            ParquetCell::Null => "null".to_owned(),
            ParquetCell::Value(text, _) => text,
            ParquetCell::Unreadable(value, why) => format!("{value}: {why}"),
        }
    }

    #[test]
    fn moments_of_twelve_bytes_have_no_zone() {
        let column = Type::primitive_type_builder("t", PhysicalType::INT96).build().unwrap();
        assert_eq!(Moments::of(&column), Some(Moments { is_utc: false, nanoseconds: false }));
        let number = Type::primitive_type_builder("n", PhysicalType::INT64).build().unwrap();
        assert_eq!(Moments::of(&number), None);
    }

    #[test]
    fn values_are_written_as_tables_have_them() {
        assert_eq!(text(Field::Double(20_500.0), None), "20500");
        assert_eq!(text(Field::Str("020500".to_owned()), None), "020500");
        assert_eq!(text(Field::Double(f64::NAN), None), "null");
        assert_eq!(text(Field::Date(19_753), None), "2024-01-31");
        let local = Some(Moments { is_utc: false, nanoseconds: false });
        assert_eq!(text(Field::TimestampMillis(1_706_688_000_000), local), "2024-01-31T08:00:00");
        assert_eq!(text(Field::TimestampMicros(1_706_688_000_000_000), None), "2024-01-31T08:00:00Z");
        let nanoseconds = Some(Moments { is_utc: true, nanoseconds: true });
        assert_eq!(text(Field::Long(1_706_688_000_000_000_000), nanoseconds), "2024-01-31T08:00:00Z");
        assert!(text(Field::Bytes(vec![0xFF].into()), None).contains("no text"));
        assert!(text(Field::Date(i32::MAX), None).contains("out of every calendar"));
    }
}
