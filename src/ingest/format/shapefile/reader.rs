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
use crate::ingest::format::opened::signatures::shell_word;
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
    order: ShapeOrder,
    /// The name by which GDAL opens it.
    gdal_name: String,
}

impl ShapefileRecords {
    /// Opens the parts of a Shapefile.
    pub(in crate::ingest::format) fn new(
        file: &str,
        parts: ShapefileParts,
        encoding: Option<Encoding>,
    ) -> Result<Self, ReadError> {
        let wrong = |what| ReadError::Unreadable { file: file.to_owned(), what };
        let shapes = parts.shapes.map(|bytes| ShapeStream::new(BufReader::new(bytes))).transpose().map_err(wrong)?;
        let of_table = |language| TableEncoding::of(encoding, parts.cpg.as_deref(), language);
        let table = parts.table.map(|bytes| DbaseTable::new(BufReader::new(bytes), of_table));
        let table = table.transpose().map_err(wrong)?;
        if table.is_none() {
            return Err(wrong(
                "the table with its attributes is missing: put the file of the same name with the ending .dbf beside the \
                 .shp"
                    .to_owned(),
            ));
        }
        let names = table.as_ref().map(|table| table.names.as_slice()).unwrap_or_default();
        Ok(Self {
            file: file.to_owned(),
            layer: (!parts.layer.is_empty()).then(|| parts.layer.into()),
            columns: NamedColumns::of_table(names.iter().map(String::as_str)),
            shapes,
            table,
            prj: parts.prj,
            number: 0,
            order: ShapeOrder::default(),
            gdal_name: parts.gdal_name,
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
        if let (Some(Some(_)), Some(shapes)) = (&shape, &self.shapes)
            && let Err(why) = self.order.check(shapes.written_number)
        {
            return Err(self.wrong(format!("{why}; write it anew with: {}", repacking(&self.gdal_name))));
        }
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

/// The order of the shapes by the numbers that they have: one after the other, or all the same from a program that does
/// not count. In any other order only the index beside the file (.shx) says which row of the table is whose.
#[derive(Debug, Default)]
struct ShapeOrder {
    last: Option<u32>,
    step: Option<u32>,
}

impl ShapeOrder {
    fn check(&mut self, number: u32) -> Result<(), String> {
        let Some(last) = self.last.replace(number) else { return Ok(()) };
        let step = number.checked_sub(last).filter(|step| *step <= 1);
        let is_in_order = step.is_some_and(|step| step == *self.step.get_or_insert(step));
        if !is_in_order {
            return Err(format!(
                "its shapes do not stand in the order of its table: shape {number} follows shape {last}, as programs \
                 leave it that edit in place"
            ));
        }
        Ok(())
    }
}

/// The line that writes a Shapefile anew, its shapes in order.
fn repacking(gdal_name: &str) -> String {
    format!("ogr2ogr -lco ENCODING=UTF-8 repacked.shp {}", shell_word(gdal_name))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_stand_one_after_the_other_or_are_not_counted() {
        let checked = |numbers: &[u32]| {
            let mut order = ShapeOrder::default();
            numbers.iter().try_for_each(|number| order.check(*number))
        };
        for sound in [&[1, 2, 3][..], &[0, 1, 2], &[0, 0, 0], &[7], &[]] {
            assert_eq!(checked(sound), Ok(()), "{sound:?}");
        }
        for wrong in [&[2, 1, 3][..], &[1, 2, 3, 1], &[1, 3, 2], &[1, 1, 2], &[1, 2, 2], &[u32::MAX, 0]] {
            assert!(checked(wrong).unwrap_err().contains("not stand in the order of its table"), "{wrong:?}");
        }
    }
}
