//! XLSX: one sheet, a header row, one record a row.
//!
//! Cells are read as the spreadsheet keeps them: days and moments as dates, codes stored as
//! numbers without a decimal point. Rows are read one by one; what is held of a file is bounded.
//! Formulas count with the value that was saved; formats and hidden rows mean nothing, and a hidden
//! sheet is read only when it is named.

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::io::{Cursor, Read, Seek};
use std::sync::Arc;

use calamine::{Reader as _, SheetType, SheetVisible, Xlsx};

use super::super::header::{HeaderSearch, headings};
use super::super::record::{CellFault, CellKind, Record, RecordReader};
use super::package::check_package;
use super::rows::{SheetCell, SheetRow, SheetRows, names_of_sheet};
use crate::domain::text::nfc;
use crate::ingest::error::ReadError;
use crate::ingest::fields::ColumnIndex;

/// A register of a province fits many times; what is larger comes as CSV.
const MAX_FILE_BYTES: u64 = 64 << 20;

/// The rows of a sheet.
pub(in crate::ingest) struct XlsxRecords {
    sheet: Arc<str>,
    /// The sheets of the workbook, for messages.
    sheets: Vec<String>,
    rows: SheetRows,
    /// Rows that were read to find the header, and stand behind it.
    read_ahead: VecDeque<SheetRow>,
    columns: Vec<String>,
}

impl XlsxRecords {
    /// Opens a sheet, the first that shows where none is named, and reads its header.
    pub(in crate::ingest) fn new(
        file: &str,
        bytes: impl Read,
        sheet: Option<&str>,
        header: &HeaderSearch,
    ) -> Result<Self, ReadError> {
        let mut content = Vec::new();
        let read = bytes.take(MAX_FILE_BYTES + 1).read_to_end(&mut content);
        read.map_err(|source| ReadError::Io { file: file.to_owned(), source })?;
        if content.len() as u64 > MAX_FILE_BYTES {
            return Err(unreadable(file, "it is larger than 64 MB: save the sheet as CSV"));
        }
        check_package(file, &content)?;
        let wrong = |error: calamine::XlsxError| unreadable(file, &error.to_string());
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(content)).map_err(wrong)?;
        let sheets = book.sheet_names();
        let named = sheet;
        let sheet = chosen(file, &book, named)?;
        if named.is_none() {
            check_only_one(file, &mut book, &sheet, header)?;
        }
        let rows = SheetRows::new(file, book, sheet.clone());
        let (read_ahead, columns) = (VecDeque::new(), Vec::new());
        let mut records = Self { sheet: sheet.into(), sheets, rows, read_ahead, columns };
        records.read_header(file, header)?;
        Ok(records)
    }

    fn read_header(&mut self, file: &str, search: &HeaderSearch) -> Result<(), ReadError> {
        let mut rows = Vec::new();
        while rows.len() < search.rows_to_look_at() {
            let Some(row) = self.rows.next_row()? else { break };
            let passed = search.is_passed(row.number);
            rows.push(row);
            if passed {
                break;
            }
        }
        if rows.is_empty() {
            return Err(ReadError::EmptySheet { file: file.to_owned(), sheet: self.sheet.to_string() });
        }
        let texts: Vec<(u64, Vec<String>)> = rows.iter().map(|row| (row.number, texts_of(row))).collect();
        let place = search.place(&texts).ok_or_else(|| ReadError::NoHeaderRow {
            file: self.described(file),
            row: search.row().unwrap_or_default(),
        })?;
        self.columns = headings(&self.described(file), &texts[place].1)?;
        self.read_ahead = rows.into_iter().skip(place + 1).collect();
        Ok(())
    }

    fn next_row(&mut self) -> Result<Option<SheetRow>, ReadError> {
        match self.read_ahead.pop_front() {
            Some(row) => Ok(Some(row)),
            None => self.rows.next_row(),
        }
    }
}

impl RecordReader for XlsxRecords {
    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn described(&self, file: &str) -> String {
        let mut described = format!("{file}, sheet {:?}", self.sheet);
        if self.sheets.len() > 1 {
            let others: Vec<String> = self.sheets.iter().map(|name| format!("{name:?}")).collect();
            let _ = write!(described, " (of {}; --sheet names another)", others.join(", "));
        }
        described
    }

    fn read(&mut self, record: &mut Record) -> Result<bool, ReadError> {
        let Some(row) = self.next_row()? else { return Ok(false) };
        record.reset(row.number, self.columns.len());
        record.sheet = Some(Arc::clone(&self.sheet));
        for (place, cell) in row.cells {
            if let (true, Some(text)) = (place >= self.columns.len(), cell.text()) {
                record.fault = Some("the row has a value beyond the last column of the header".to_owned());
                text.clone_into(&mut record.fault_value);
                continue;
            }
            let column = ColumnIndex::new(place);
            match cell {
                SheetCell::Text(text) => record.set(column, &text),
                SheetCell::Number(number) => record.set_as(column, CellKind::Number, &number),
                SheetCell::Day(day) => record.set_as(column, CellKind::Day, &day),
                SheetCell::Unreadable { value, reason } => {
                    record.cell_faults.push(CellFault { column, value, reason });
                }
            }
        }
        Ok(true)
    }
}

/// The texts of a row, from the first column on.
fn texts_of(row: &SheetRow) -> Vec<String> {
    let mut texts = Vec::new();
    for (column, cell) in &row.cells {
        if let Some(text) = cell.text() {
            texts.resize(*column, String::new());
            texts.push(nfc(text));
        }
    }
    texts
}

fn unreadable(file: &str, what: &str) -> ReadError {
    ReadError::Spreadsheet { file: file.to_owned(), what: what.to_owned() }
}

/// Refuses a workbook of which other sheets that show have the same columns: reading one would lose the rows of the
/// others.
fn check_only_one<R: Read + Seek>(
    file: &str,
    book: &mut Xlsx<R>,
    chosen: &str,
    header: &HeaderSearch,
) -> Result<(), ReadError> {
    let shown = |sheet: &&calamine::Sheet| {
        sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible && sheet.name != chosen
    };
    let others: Vec<String> = book.sheets_metadata().iter().filter(shown).map(|sheet| sheet.name.clone()).collect();
    if others.is_empty() {
        return Ok(());
    }
    let names = names_of_sheet(book, chosen, header);
    let is_alike = |sheet: &String| names > 1 && names_of_sheet(book, sheet, header) >= names;
    let alike: Vec<String> = others.into_iter().filter(is_alike).collect();
    if alike.is_empty() {
        return Ok(());
    }
    let sheets = std::iter::once(chosen.to_owned()).chain(alike).collect();
    Err(ReadError::SeveralSheets { file: file.to_owned(), sheets })
}

fn chosen<R: Read + Seek>(file: &str, book: &Xlsx<R>, sheet: Option<&str>) -> Result<String, ReadError> {
    let names = book.sheet_names();
    let of_cells = || book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let found = match sheet {
        Some(wanted) => names.iter().find(|name| nfc(name) == nfc(wanted)),
        None => of_cells()
            .find(|sheet| sheet.visible == SheetVisible::Visible)
            .or(of_cells().next())
            .map(|sheet| &sheet.name)
            .or(names.first()),
    };
    found.cloned().ok_or_else(|| ReadError::NoSheet {
        file: file.to_owned(),
        sheet: sheet.unwrap_or_default().to_owned(),
        sheets: names,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_only_begin_like_a_spreadsheet_are_refused() {
        let header = HeaderSearch::default();
        let error = XlsxRecords::new("a.xlsx", b"PK\x03\x04nothing".as_slice(), None, &header).err().unwrap();
        assert!(error.to_string().starts_with("a.xlsx: the spreadsheet cannot be read: "), "{error}");
    }
}
