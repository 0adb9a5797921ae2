//! A Shapefile as records: the shape and the row of each feature together.

use std::io::BufReader;
use std::sync::Arc;

use super::code_page::TableEncoding;
use super::parts::ShapefileParts;
use super::shapes::{Shape, ShapeStream};
use super::table::{DbaseTable, TableRow};
use crate::ingest::error::ReadError;
use crate::ingest::format::opened::columns::NamedColumns;
use crate::ingest::format::opened::content::ByteStream;
use crate::ingest::format::record::{Record, RecordReader};
use crate::ingest::text::encoding::Encoding;

/// The features of a Shapefile.
pub(in crate::ingest::format) struct ShapefileRecords {
    file: String,
    layer: Option<Arc<str>>,
    shapes: Option<ShapeStream<BufReader<ByteStream>>>,
    table: Option<DbaseTable<BufReader<ByteStream>>>,
    columns: NamedColumns,
    prj: Option<String>,
    number: u64,
}

impl ShapefileRecords {
    /// Opens the parts of a Shapefile.
    pub(in crate::ingest::format) fn new(
        file: &str,
        parts: ShapefileParts,
        encoding: Encoding,
    ) -> Result<Self, ReadError> {
        let wrong = |what| ReadError::Unreadable { file: file.to_owned(), what };
        let shapes = parts.shapes.map(|bytes| ShapeStream::new(BufReader::new(bytes))).transpose().map_err(wrong)?;
        let of_table = |language| TableEncoding::of(encoding, parts.cpg.as_deref(), language);
        let table = parts.table.map(|bytes| DbaseTable::new(BufReader::new(bytes), of_table));
        let table = table.transpose().map_err(wrong)?;
        let names = table.as_ref().map(|table| table.names.as_slice()).unwrap_or_default();
        Ok(Self {
            file: file.to_owned(),
            layer: (!parts.layer.is_empty()).then(|| parts.layer.into()),
            columns: NamedColumns::of_table(names.iter().map(String::as_str)),
            shapes,
            table,
            prj: parts.prj,
            number: 0,
        })
    }

    fn wrong(&self, what: String) -> ReadError {
        ReadError::Unreadable { file: self.file.clone(), what }
    }

    /// Reads the next feature, deleted or not; false at the end.
    fn next_feature(&mut self, record: &mut Record) -> Result<Option<TableRow>, ReadError> {
        self.number += 1;
        record.begin_feature(self.number, self.columns.names().len(), self.layer.as_ref());
        let shape = self.shapes.as_mut().map(ShapeStream::next_shape).transpose().map_err(|why| self.wrong(why))?;
        let row = self.table.as_mut().map(|table| table.next_row(record)).transpose();
        let row = row.map_err(|why| self.wrong(why))?;
        match (shape, row) {
            (Some(None) | None, Some(TableRow::End)) | (Some(None), None) => return Ok(None),
            (Some(None), Some(_)) | (Some(Some(_)), Some(TableRow::End)) => {
                let what =
                    format!("its shapes and the rows of its table do not match: one ends before {}", self.number);
                return Err(self.wrong(what));
            }
            (Some(Some(Shape::Drawn(geometry))), _) => record.geometry = geometry,
            (Some(Some(Shape::Wrong(why))), _) => record.fault = Some(why),
            (None, _) => {}
        }
        Ok(Some(row.unwrap_or(TableRow::Present)))
    }
}

impl RecordReader for ShapefileRecords {
    fn columns(&self) -> &[String] {
        self.columns.names()
    }

    fn is_table(&self) -> bool {
        false
    }

    fn declared_crs(&self) -> Option<String> {
        self.prj.clone().filter(|prj| !prj.trim().is_empty())
    }

    fn read(&mut self, record: &mut Record) -> Result<bool, ReadError> {
        loop {
            match self.next_feature(record)? {
                None => return Ok(false),
                Some(TableRow::Deleted) => {}
                Some(_) => return Ok(true),
            }
        }
    }
}
