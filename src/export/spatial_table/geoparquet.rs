//! `GeoParquet` 1.1: a table column by column, its geometries as Well-Known Binary with the box around each.
//!
//! In: a table. Out: bytes. Every column may be empty in any row and has one type; numbers keep every bit. One row
//! group, because there are never more areas than one holds.

use std::fmt::Write as _;
use std::sync::Arc;

use jiff::civil::{Date, date};
use parquet::basic::{Compression, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::ColumnPath;

use super::geo_metadata::{BBOX, GEOMETRY, GeoMetadata, SIDES};
use super::wkb::wkb;
use super::{ColumnType, GeometryKind, SpatialRow, SpatialTable, SpatialValue};
use crate::export::ExportError;
use crate::tile::LonLatBounds;

/// The level of zstd: higher ones gain little on coordinates.
const ZSTD_LEVEL: i32 = 9;
/// Days are counted from here.
const FIRST_DAY: Date = date(1970, 1, 1);
const SECONDS_OF_A_DAY: i64 = 86_400;

/// Rows being written to memory.
type RowGroup<'a> = SerializedRowGroupWriter<'a, Vec<u8>>;

/// The bytes of a file.
///
/// # Errors
/// When it cannot be written.
pub(in crate::export) fn file(table: &SpatialTable<'_>) -> Result<Vec<u8>, ExportError> {
    let schema = Arc::new(parse_message_type(&schema(table))?);
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties(table)?))?;
    if !table.rows.is_empty() {
        let mut group = writer.next_row_group()?;
        for (place, column) in table.columns.iter().enumerate() {
            write_values(&mut group, column.values, &table.rows, place)?;
        }
        write_geometries(&mut group, &table.rows)?;
        group.close()?;
    }
    Ok(writer.into_inner()?)
}

/// The columns as a message type of Parquet.
fn schema(table: &SpatialTable<'_>) -> String {
    let mut schema = format!("message {} {{", table.name);
    for column in &table.columns {
        let (physical, logical) = match column.values {
            ColumnType::Text => ("BYTE_ARRAY", " (STRING)"),
            ColumnType::Whole => ("INT64", ""),
            ColumnType::Real => ("DOUBLE", ""),
            ColumnType::Day => ("INT32", " (DATE)"),
            ColumnType::Truth => ("BOOLEAN", ""),
        };
        let _ = write!(schema, " OPTIONAL {physical} {}{logical};", column.name);
    }
    let _ = write!(schema, " OPTIONAL BYTE_ARRAY {GEOMETRY}; OPTIONAL group {BBOX} {{");
    for side in SIDES {
        let _ = write!(schema, " REQUIRED DOUBLE {side};");
    }
    schema.push_str(" } }");
    schema
}

fn properties(table: &SpatialTable<'_>) -> Result<WriterProperties, ExportError> {
    let geo = serde_json::to_string(&GeoMetadata::of(table))?;
    let geometry = ColumnPath::from(GEOMETRY);
    // No two outlines are equal; points are repeated where an area has several rows.
    let repeats = table.geometry == GeometryKind::Point;
    Ok(WriterProperties::builder()
        .set_created_by(concat!("binhyen ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(ZSTD_LEVEL)?))
        .set_key_value_metadata(Some(vec![KeyValue::new("geo".to_owned(), geo)]))
        .set_column_dictionary_enabled(geometry.clone(), repeats)
        // The least of some bytes says nothing of places.
        .set_column_statistics_enabled(geometry, EnabledStatistics::None)
        .build())
}

/// Writes the column at a place.
fn write_values(
    group: &mut RowGroup<'_>,
    values: ColumnType,
    rows: &[SpatialRow<'_>],
    place: usize,
) -> Result<(), ParquetError> {
    let cells = || rows.iter().map(move |row| row.values.get(place).and_then(Option::as_ref));
    match values {
        ColumnType::Text => {
            let text = |value: &SpatialValue<'_>| match value {
                SpatialValue::Text(text) => Some(ByteArray::from(text.as_bytes().to_vec())),
                _ => None,
            };
            write_column::<ByteArrayType>(group, cells().map(|value| value.and_then(text)))
        }
        ColumnType::Whole => {
            let number = |value: &SpatialValue<'_>| if let SpatialValue::Whole(n) = value { Some(*n) } else { None };
            write_column::<Int64Type>(group, cells().map(|value| value.and_then(number)))
        }
        ColumnType::Real => {
            let number = |value: &SpatialValue<'_>| if let SpatialValue::Real(n) = value { Some(*n) } else { None };
            write_column::<DoubleType>(group, cells().map(|value| value.and_then(number)))
        }
        ColumnType::Day => {
            let day =
                |value: &SpatialValue<'_>| if let SpatialValue::Day(day) = value { Some(days(*day)) } else { None };
            write_column::<Int32Type>(group, cells().map(|value| value.and_then(day)))
        }
        ColumnType::Truth => {
            let truth = |value: &SpatialValue<'_>| if let SpatialValue::Truth(t) = value { Some(*t) } else { None };
            write_column::<BoolType>(group, cells().map(|value| value.and_then(truth)))
        }
    }
}

/// The days from the first to a day.
fn days(day: Date) -> i32 {
    (day.duration_since(FIRST_DAY).as_secs() / SECONDS_OF_A_DAY) as i32
}

/// Writes geometries, and behind them the four sides of their boxes.
fn write_geometries(group: &mut RowGroup<'_>, rows: &[SpatialRow<'_>]) -> Result<(), ParquetError> {
    let geometries = || rows.iter().map(|row| row.geometry.as_ref());
    let bytes = geometries().map(|geometry| geometry.map(|geometry| ByteArray::from(wkb(geometry))));
    write_column::<ByteArrayType>(group, bytes)?;
    let sides: [fn(LonLatBounds) -> f64; 4] =
        [|bounds| bounds.west, |bounds| bounds.south, |bounds| bounds.east, |bounds| bounds.north];
    for side in sides {
        write_column::<DoubleType>(group, geometries().map(|geometry| geometry.map(|at| side(at.bounds()))))?;
    }
    Ok(())
}

/// Writes the next column: what there is, and in which rows.
fn write_column<T: DataType>(
    group: &mut RowGroup<'_>,
    cells: impl Iterator<Item = Option<T::T>>,
) -> Result<(), ParquetError> {
    let Some(mut column) = group.next_column()? else {
        return Err(ParquetError::General("there are more columns than the schema has".to_owned()));
    };
    let (mut values, mut levels) = (Vec::new(), Vec::new());
    for cell in cells {
        levels.push(i16::from(cell.is_some()));
        values.extend(cell);
    }
    column.typed::<T>().write_batch(&values, Some(&levels), None)?;
    column.close()
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use parquet::file::reader::{FileReader as _, SerializedFileReader};
    use parquet::record::RowAccessor as _;

    use super::*;
    use crate::export::spatial_table::tests::small_table;

    fn reader(table: &SpatialTable<'_>) -> SerializedFileReader<Bytes> {
        SerializedFileReader::new(Bytes::from(file(table).unwrap())).unwrap()
    }

    #[test]
    fn rows_are_read_back_with_their_types_and_their_gaps() {
        let table = small_table();
        assert_eq!(file(&table).unwrap(), file(&table).unwrap(), "the same table gives the same bytes");
        let reader = reader(&table);
        let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0].get_string(0).unwrap(), "Xã Trà Dơn");
        assert_eq!((rows[0].get_long(1).unwrap(), rows[0].get_double(2).unwrap()), (7, 0.1));
        assert_eq!(rows[0].get_column_iter().nth(3).unwrap().1.to_string(), "2024-02-29");
        assert!(rows[0].get_bool(4).unwrap());
        let geometry = table.rows[0].geometry.as_ref().unwrap();
        assert_eq!(rows[0].get_bytes(5).unwrap().data(), wkb(geometry));
        let bbox = rows[0].get_group(6).unwrap();
        let sides = [0, 1, 2, 3].map(|side| bbox.get_double(side).unwrap());
        assert_eq!(sides, [108.0, 15.0, 111.0, 16.0]);
        let empty: Vec<String> = rows[1].get_column_iter().map(|(_, cell)| cell.to_string()).collect();
        assert_eq!(empty, ["null"; 7]);
    }

    #[test]
    fn columns_have_the_types_that_engines_know() {
        let reader = reader(&small_table());
        let metadata = reader.metadata().file_metadata();
        let fields = metadata.schema_descr().columns();
        let types: Vec<String> =
            fields.iter().map(|field| format!("{} {}", field.path().string(), field.physical_type())).collect();
        let expected = [
            "code BYTE_ARRAY",
            "incidents INT64",
            "rate DOUBLE",
            "from INT32",
            "sample BOOLEAN",
            "geometry BYTE_ARRAY",
            "bbox.xmin DOUBLE",
            "bbox.ymin DOUBLE",
            "bbox.xmax DOUBLE",
            "bbox.ymax DOUBLE",
        ];
        assert_eq!(types, expected);
        let entries = metadata.key_value_metadata().unwrap();
        assert!(entries.iter().any(|entry| entry.key == "geo" && entry.value.as_ref().unwrap().contains("1.1.0")));
        let boxes = reader.metadata().row_group(0).column(6).statistics().unwrap();
        assert_eq!(boxes.null_count_opt(), Some(1));
    }

    #[test]
    fn empty_table_is_a_file_of_no_rows() {
        let reader = reader(&SpatialTable { rows: Vec::new(), ..small_table() });
        assert_eq!((reader.metadata().num_row_groups(), reader.metadata().file_metadata().num_rows()), (0, 0));
    }

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!([days(date(1970, 1, 2)), days(date(1969, 12, 31)), days(date(2024, 2, 29))], [1, -1, 19_782]);
    }
}
