//! The rows of a Parquet file as records.

use std::fs::File;

use geojson::{Geometry, GeometryValue};
use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, FileReader, SerializedFileReader};
use parquet::record::reader::RowIter;

use super::geo_metadata::{GeometryColumn, geometry_column};
use super::values::{Moments, ParquetCell, cell, geometry};
use crate::ingest::error::ReadError;
use crate::ingest::fields::ColumnIndex;
use crate::ingest::format::encoded::wkb::is_empty;
use crate::ingest::format::geojson_feature::sole_member;
use crate::ingest::format::opened::background::{BackgroundRows, RowSender};
use crate::ingest::format::opened::columns::NamedColumns;
use crate::ingest::format::opened::content::Reopenable;
use crate::ingest::format::record::{CellFault, CellKind, Record, RecordReader};

/// Values of a column that are decoded at once: few, because a geometry may be large.
const BATCH: usize = 64;
/// Bytes of a row group, unpacked, as the file says.
const MAX_GROUP_BYTES: i64 = 4 << 30;

/// The rows of a file.
pub(in crate::ingest::format) struct ParquetRecords {
    file: String,
    columns: NamedColumns,
    crs: Option<String>,
    rows: BackgroundRows<ParquetStep>,
    number: u64,
}

/// What the thread that decodes tells, in this order.
enum ParquetStep {
    /// What is read.
    Opened { columns: Vec<String>, crs: Option<String> },
    /// A row.
    Row { cells: Vec<ParquetCell>, geometry: Result<Option<GeometryValue>, String> },
}

impl ParquetRecords {
    /// Opens a file.
    pub(in crate::ingest::format) fn new(content: &Reopenable) -> Result<Self, ReadError> {
        let (file, asked) = (content.file.clone(), content.clone());
        let mut rows = BackgroundRows::new(&file, move |sender| match asked.path() {
            Some(path) => {
                let opened = File::open(path);
                let opened = opened.map_err(|source| ReadError::Io { file: asked.file.clone(), source })?;
                read_rows(&asked.file, opened, sender)
            }
            None => read_rows(&asked.file, bytes::Bytes::from_owner(asked.bytes()?), sender),
        });
        let Some(ParquetStep::Opened { columns, crs }) = rows.next_row()? else {
            return Err(ReadError::Unreadable { file, what: "it has no columns".to_owned() });
        };
        Ok(Self { file, columns: NamedColumns::of_table(columns.iter().map(String::as_str)), crs, rows, number: 0 })
    }
}

/// Reads all rows on the present thread.
fn read_rows(file: &str, bytes: impl ChunkReader + 'static, sender: &RowSender<ParquetStep>) -> Result<(), ReadError> {
    let wrong = |what: String| ReadError::Unreadable { file: file.to_owned(), what };
    let damaged = |fault: ParquetError| wrong(fault.to_string());
    let reader = SerializedFileReader::new(bytes).map_err(damaged)?;
    let metadata = reader.metadata();
    if metadata.row_groups().iter().any(|group| group.total_byte_size() > MAX_GROUP_BYTES) {
        return Err(wrong(format!("a row group has more than {} GB", MAX_GROUP_BYTES >> 30)));
    }
    let drawn = geometry_column(metadata.file_metadata()).map_err(wrong)?;
    let fields = metadata.file_metadata().schema_descr().root_schema().get_fields();
    let names: Vec<&str> = fields.iter().map(|field| field.name()).collect();
    let moments: Vec<Option<Moments>> = fields.iter().map(|field| Moments::of(field)).collect();
    let is_geometry = |name: &str| drawn.as_ref().is_some_and(|column| column.name == name);
    let columns = names.iter().filter(|name| !is_geometry(name)).map(|name| (*name).to_owned()).collect();
    let crs = drawn.as_ref().and_then(|column| column.crs.clone());
    if !sender.give(ParquetStep::Opened { columns, crs }) {
        return Ok(());
    }
    for row in RowIter::from_file(None, &reader).map_err(damaged)?.with_batch_size(BATCH) {
        let row = row.map_err(damaged)?;
        if !sender.give(step(row, &moments, drawn.as_ref())) {
            break;
        }
    }
    Ok(())
}

fn step(row: parquet::record::Row, moments: &[Option<Moments>], drawn: Option<&GeometryColumn>) -> ParquetStep {
    let (mut cells, mut shape) = (Vec::with_capacity(row.len()), Ok(None));
    for ((name, value), moments) in row.into_columns().into_iter().zip(moments) {
        match drawn.filter(|column| column.name == name) {
            Some(column) => shape = geometry(value, &column.encoding),
            None => cells.push(cell(value, *moments)),
        }
    }
    ParquetStep::Row { cells, geometry: shape }
}

impl RecordReader for ParquetRecords {
    fn columns(&self) -> &[String] {
        self.columns.names()
    }

    fn is_table(&self) -> bool {
        false
    }

    fn declared_crs(&self) -> Option<String> {
        self.crs.clone()
    }

    fn read(&mut self, record: &mut Record) -> Result<bool, ReadError> {
        let Some(step) = self.rows.next_row()? else { return Ok(false) };
        let ParquetStep::Row { cells, geometry } = step else {
            return Err(ReadError::Unreadable {
                file: self.file.clone(),
                what: "it changed while it was read".to_owned(),
            });
        };
        self.number += 1;
        record.begin_feature(self.number, self.columns.names().len(), None);
        for (place, cell) in cells.into_iter().enumerate() {
            let column = ColumnIndex::new(place);
            match cell {
                ParquetCell::Null => {}
                ParquetCell::Value(text, Some(CellKind::Number)) => record.set_as(column, CellKind::Number, &text),
                ParquetCell::Value(text, _) => record.set(column, &text),
                ParquetCell::Unreadable(value, reason) => {
                    record.cell_faults.push(CellFault { column, value, reason });
                }
            }
        }
        match geometry {
            Ok(value) => record.geometry = value.filter(|value| !is_empty(value)).map(Geometry::new).map(sole_member),
            Err(why) => record.fault = Some(why),
        }
        Ok(true)
    }
}
