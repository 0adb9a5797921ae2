//! Rows that have wanted values: what `--where` leaves.
//!
//! In: a reader and the columns with the values that a row must have; values of one column are alternatives. Out: the
//! rows that have them. A row that cannot be read passes, to be refused with its reason.

use crate::domain::text::nfc;
use crate::ingest::error::ReadError;
use crate::ingest::fields::ColumnIndex;
use crate::ingest::format::record::{Record, RecordReader};

/// A column and a value that a row must have there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantedValue {
    column: String,
    value: String,
}

impl WantedValue {
    /// A filter in Normalization Form C.
    pub fn new(column: &str, value: &str) -> Self {
        Self { column: nfc(column), value: nfc(value) }
    }

    /// The name of its column.
    pub fn column(&self) -> &str {
        &self.column
    }
}

/// A reader of the rows that pass.
pub(in crate::ingest::format) struct FilteredRecords {
    file: String,
    inner: Box<dyn RecordReader>,
    filters: Vec<WantedValue>,
}

impl FilteredRecords {
    /// The rows of a reader that pass all filters.
    pub(in crate::ingest::format) fn new(file: &str, inner: Box<dyn RecordReader>, filters: &[WantedValue]) -> Self {
        Self { file: file.to_owned(), inner, filters: filters.to_vec() }
    }

    fn column(&self, name: &str) -> Option<ColumnIndex> {
        self.inner.columns().iter().position(|column| column == name).map(ColumnIndex::new)
    }

    fn passes(&self, record: &Record) -> bool {
        record.whole_fault().is_some()
            || self.filters.iter().all(|filter| {
                let Some(column) = self.column(&filter.column) else { return false };
                let mut alternatives = self.filters.iter().filter(|other| other.column == filter.column);
                let text = record.text(column);
                record.cell_fault(column).is_some() || alternatives.any(|other| text == Some(other.value.as_str()))
            })
    }
}

impl RecordReader for FilteredRecords {
    fn columns(&self) -> &[String] {
        self.inner.columns()
    }

    fn described(&self, file: &str) -> String {
        self.inner.described(file)
    }

    fn is_table(&self) -> bool {
        self.inner.is_table()
    }

    fn declared_crs(&self) -> Option<String> {
        self.inner.declared_crs()
    }

    fn read(&mut self, record: &mut Record) -> Result<bool, ReadError> {
        while self.inner.read(record)? {
            if self.passes(record) {
                return Ok(true);
            }
        }
        // Only now are all columns known: some formats meet them row by row.
        match self.filters.iter().find(|filter| self.column(&filter.column).is_none()) {
            Some(filter) => Err(ReadError::NoFilterColumn {
                file: self.file.clone(),
                column: filter.column.clone(),
                columns: self.inner.columns().to_vec(),
            }),
            None => Ok(false),
        }
    }
}
