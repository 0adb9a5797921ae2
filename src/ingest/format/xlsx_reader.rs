//! XLSX: one sheet, a header row, one record a row.
//!
//! Cells are read as the spreadsheet keeps them: days and moments as dates, codes stored as
//! numbers without a decimal point. A sheet is read into memory whole, so files are bounded.
//! Formulas count with the value that was saved; formats and hidden rows mean nothing.

use std::io::{Cursor, Read, Seek};
use std::sync::Arc;

use calamine::{Data, Reader as _, Xlsx};

use super::record::{Record, RecordReader};
use crate::domain::index::{IndexVec, list_index};
use crate::domain::text::nfc;
use crate::ingest::error::ReadError;
use crate::ingest::fields::ColumnIndex;

/// A register of a province fits many times; what is larger comes as CSV.
const MAX_FILE_BYTES: u64 = 64 << 20;
const MAX_CELLS: usize = 20_000_000;

list_index!(
    /// A row of a sheet, counted from its first filled one.
    pub(crate) SheetRow
);

/// The rows of a sheet.
pub(in crate::ingest) struct XlsxRecords {
    sheet: Arc<str>,
    rows: IndexVec<SheetRow, Vec<Data>>,
    first_row: u32,
    columns: Vec<String>,
    next: SheetRow,
}

impl XlsxRecords {
    /// Opens a sheet, the first where none is named, and reads its header.
    pub(in crate::ingest) fn new(file: &str, bytes: impl Read, sheet: Option<&str>) -> Result<Self, ReadError> {
        let mut content = Vec::new();
        let read = bytes.take(MAX_FILE_BYTES + 1).read_to_end(&mut content);
        read.map_err(|source| ReadError::Io { file: file.to_owned(), source })?;
        if content.len() as u64 > MAX_FILE_BYTES {
            return Err(unreadable(file, "it is larger than 64 MB: save the sheet as CSV"));
        }
        let wrong = |error: calamine::XlsxError| unreadable(file, &error.to_string());
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(content)).map_err(wrong)?;
        let sheet = chosen(file, &book, sheet)?;
        let cells = book.worksheet_range(&sheet).map_err(wrong)?;
        if cells.width().saturating_mul(cells.height()) > MAX_CELLS {
            return Err(unreadable(file, "the sheet has too many cells: save it as CSV"));
        }
        let first_row = cells.start().map_or(0, |(row, _)| row);
        let rows = cells.rows().map(<[Data]>::to_vec).collect();
        let mut records = Self { sheet: sheet.into(), rows, first_row, columns: Vec::new(), next: SheetRow::new(0) };
        records.read_header(file)?;
        Ok(records)
    }

    fn read_header(&mut self, file: &str) -> Result<(), ReadError> {
        let row = self
            .next_row()
            .ok_or_else(|| ReadError::EmptySheet { file: file.to_owned(), sheet: self.sheet.to_string() })?;
        let texts: Vec<String> = self.row(row).iter().map(|cell| nfc(&text_of(cell))).collect();
        let used = texts.iter().rposition(|text| !text.is_empty()).map_or(0, |last| last + 1);
        for (place, text) in texts.into_iter().take(used).enumerate() {
            let name = if text.is_empty() { format!("column {}", place + 1) } else { text };
            if self.columns.contains(&name) {
                return Err(ReadError::DuplicateColumn { file: file.to_owned(), column: name });
            }
            self.columns.push(name);
        }
        Ok(())
    }

    /// The next row that is not blank.
    fn next_row(&mut self) -> Option<SheetRow> {
        let mut rest = self.rows.indices().skip(self.next.index());
        let found = rest.find(|row| !self.row(*row).iter().all(is_blank))?;
        self.next = SheetRow::new(found.index() + 1);
        Some(found)
    }

    fn row(&self, row: SheetRow) -> &[Data] {
        self.rows.at(row).map_or(&[], Vec::as_slice)
    }

    /// The number that the spreadsheet shows beside a row.
    fn number(&self, row: SheetRow) -> u64 {
        u64::from(self.first_row) + row.index() as u64 + 1
    }
}

impl RecordReader for XlsxRecords {
    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn read(&mut self, record: &mut Record) -> Result<bool, ReadError> {
        let Some(row) = self.next_row() else { return Ok(false) };
        record.reset(self.number(row), self.columns.len());
        record.sheet = Some(Arc::clone(&self.sheet));
        for (column, cell) in self.row(row).iter().enumerate() {
            match (cell, self.columns.get(column)) {
                (Data::Error(error), _) => record.fault = Some(format!("a cell holds the error {error}")),
                (cell, Some(_)) => record.set(ColumnIndex::new(column), &text_of(cell)),
                (cell, None) if is_blank(cell) => {}
                (_, None) => record.fault = Some("the row has a value beyond the last column of the header".to_owned()),
            }
        }
        Ok(true)
    }
}

fn unreadable(file: &str, what: &str) -> ReadError {
    ReadError::Spreadsheet { file: file.to_owned(), what: what.to_owned() }
}

fn chosen<R: Read + Seek>(file: &str, book: &Xlsx<R>, sheet: Option<&str>) -> Result<String, ReadError> {
    let names = book.sheet_names();
    let found = match sheet {
        Some(wanted) => names.iter().find(|name| nfc(name) == nfc(wanted)),
        None => names.first(),
    };
    found.cloned().ok_or_else(|| ReadError::NoSheet {
        file: file.to_owned(),
        sheet: sheet.unwrap_or_default().to_owned(),
        sheets: names,
    })
}

fn is_blank(cell: &Data) -> bool {
    match cell {
        Data::Empty => true,
        Data::String(text) => text.trim().is_empty(),
        _ => false,
    }
}

/// A cell as a text file would write it.
fn text_of(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Bool(holds) => holds.to_string(),
        Data::Error(error) => error.to_string(),
        Data::DateTime(moment) if moment.is_duration() => moment.as_f64().to_string(),
        Data::DateTime(moment) => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            let date = format!("{year:04}-{month:02}-{day:02}");
            let at_midnight = (hour, minute, second) == (0, 0, 0);
            if at_midnight { date } else { format!("{date} {hour:02}:{minute:02}:{second:02}") }
        }
    }
}

#[cfg(test)]
mod tests {
    use calamine::{ExcelDateTime, ExcelDateTimeType};

    use super::*;

    fn moment(serial: f64) -> Data {
        Data::DateTime(ExcelDateTime::new(serial, ExcelDateTimeType::DateTime, false))
    }

    #[test]
    fn cells_read_as_a_text_file_would_write_them() {
        assert_eq!(text_of(&Data::Float(20335.0)), "20335");
        assert_eq!(text_of(&Data::Float(108.25)), "108.25");
        assert_eq!(text_of(&Data::Bool(true)), "true");
        assert_eq!(text_of(&Data::Empty), "");
        // Serial 45658 is 1 January 2025 in the reckoning that begins in 1900.
        assert_eq!(text_of(&moment(45_658.0)), "2025-01-01");
        assert_eq!(text_of(&moment(45_658.75)), "2025-01-01 18:00:00");
    }

    #[test]
    fn bytes_that_only_begin_like_a_spreadsheet_are_refused() {
        let error = XlsxRecords::new("a.xlsx", b"PK\x03\x04nothing".as_slice(), None).err().unwrap();
        assert!(error.to_string().starts_with("a.xlsx: the spreadsheet cannot be read: "), "{error}");
    }
}
