//! dBASE tables: the attributes of a Shapefile, or a table of their own.
//!
//! In: the bytes of a `.dbf` file. Out: rows of texts as they are written. A number keeps its digits, so that a code that
//! begins with a zero stays one; `20500.000` is how a column with decimals writes 20500.

use std::io::Read;

use super::code_page::TableEncoding;
use super::shapes::read_up_to;
use crate::ingest::fields::ColumnIndex;
use crate::ingest::format::geojson_feature::without_empty_fraction;
use crate::ingest::format::record::{CellFault, CellKind, Record};

/// Bytes before the first column.
const HEADER_BYTES: usize = 32;
/// Bytes that describe a column.
const COLUMN_BYTES: usize = 32;
/// Bytes of all columns of a row; a length is two bytes.
const MAX_ROW_BYTES: usize = 65_535;

/// A column of a table.
#[derive(Debug, Clone)]
struct TableColumn {
    kind: u8,
    length: usize,
}

/// The rows of a table.
pub(in crate::ingest::format) struct DbaseTable<R> {
    reader: R,
    columns: Vec<TableColumn>,
    /// The names of the columns.
    pub(in crate::ingest::format) names: Vec<String>,
    /// How many rows the table says it has.
    pub(in crate::ingest::format) rows: u32,
    encoding: TableEncoding,
    row: Vec<u8>,
    read: u32,
}

/// What a row of the table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest::format) enum TableRow {
    /// A row with values.
    Present,
    /// A row that was deleted and not yet thrown away.
    Deleted,
    /// There is no row any more.
    End,
}

impl<R: Read> DbaseTable<R> {
    /// Reads the header of a table; `encoding` is told the language byte.
    pub(in crate::ingest::format) fn new(
        mut reader: R,
        encoding: impl FnOnce(u8) -> Result<TableEncoding, String>,
    ) -> Result<Self, String> {
        let mut header = [0; HEADER_BYTES];
        read_whole(&mut reader, &mut header)?;
        let length_at = |at: usize| usize::from(u16::from_le_bytes([header[at], header[at + 1]]));
        let (header_bytes, row_bytes) = (length_at(8), length_at(10));
        let rows = u32::from_le_bytes([header[4], header[5], header[6], header[7]]);
        let encoding = encoding(header[29])?;
        let mut described = vec![0; header_bytes.saturating_sub(HEADER_BYTES)];
        read_whole(&mut reader, &mut described)?;
        let (mut columns, mut names) = (Vec::new(), Vec::new());
        for column in described.chunks_exact(COLUMN_BYTES).take_while(|column| !matches!(column[0], 0x0D | 0)) {
            let name = column[..11].split(|byte| *byte == 0).next().unwrap_or_default().trim_ascii();
            // Programs cut long names within a letter: what is left of it is left out.
            names.push(encoding.text(name).unwrap_or_else(|_| String::from_utf8_lossy(name).replace('\u{FFFD}', "")));
            // A text column longer than 255 bytes keeps the rest of its length where others have their decimals.
            let decimals = if column[11] == b'C' { usize::from(column[17]) << 8 } else { 0 };
            columns.push(TableColumn { kind: column[11], length: usize::from(column[16]) + decimals });
        }
        let sum = 1 + columns.iter().map(|column| column.length).sum::<usize>();
        if columns.is_empty() || sum > row_bytes || row_bytes > MAX_ROW_BYTES {
            return Err(format!("the columns of its table have {sum} bytes and its rows {row_bytes}"));
        }
        Ok(Self { reader, columns, names, rows, encoding, row: vec![0; row_bytes], read: 0 })
    }

    /// Reads the next row into `record`, whose columns are those of the table.
    pub(in crate::ingest::format) fn next_row(&mut self, record: &mut Record) -> Result<TableRow, String> {
        if self.read == self.rows {
            return Ok(TableRow::End);
        }
        let filled = read_up_to(&mut self.reader, &mut self.row).map_err(|fault| fault.to_string())?;
        // The last row may lack blanks at its end that a program saved.
        if filled < self.row.len() {
            let (read, rows) = (self.read, self.rows);
            return Err(format!("its table is cut off after row {read} of {rows}"));
        }
        self.read += 1;
        if self.row[0] == b'*' {
            return Ok(TableRow::Deleted);
        }
        let mut rest = &self.row[1..];
        for (place, column) in self.columns.iter().enumerate() {
            let (cell, others) = rest.split_at_checked(column.length).unwrap_or((rest, &[]));
            rest = others;
            set_cell(record, ColumnIndex::new(place), column.kind, cell, &self.encoding);
        }
        Ok(TableRow::Present)
    }
}

fn read_whole(reader: &mut impl Read, buffer: &mut [u8]) -> Result<(), String> {
    let read = read_up_to(reader, buffer).map_err(|fault| fault.to_string())?;
    if read < buffer.len() { Err("its table is cut off within the header".to_owned()) } else { Ok(()) }
}

fn set_cell(record: &mut Record, column: ColumnIndex, kind: u8, cell: &[u8], encoding: &TableEncoding) {
    let blank = |byte: &u8| matches!(byte, b' ' | 0);
    let end = cell.iter().rposition(|byte| !blank(byte)).map_or(0, |last| last + 1);
    let start = cell.iter().position(|byte| !blank(byte)).unwrap_or(0);
    let written = cell.get(start..end).unwrap_or_default();
    let ascii = || String::from_utf8_lossy(written).into_owned();
    let mut fault = |value: String, reason: String| record.cell_faults.push(CellFault { column, value, reason });
    match kind {
        b'I' | b'+' => {
            let number = cell.first_chunk::<4>().map_or(0, |bytes| i32::from_le_bytes(*bytes));
            record.set_as(column, CellKind::Number, &number.to_string());
        }
        b'B' | b'O' if cell.len() == 8 => {
            let number = cell.first_chunk::<8>().map_or(0.0, |bytes| f64::from_le_bytes(*bytes));
            record.set_as(column, CellKind::Number, &number.to_string());
        }
        _ if written.is_empty() => {}
        b'N' | b'F' if written[0] == b'*' => {
            fault(ascii(), "the number did not fit into its column, and the program wrote stars".to_owned());
        }
        b'N' | b'F' => record.set_as(column, CellKind::Number, without_empty_fraction(&ascii())),
        b'D' if written.len() == 8 && written.iter().all(u8::is_ascii_digit) => {
            let day = ascii();
            if day != "00000000" {
                record.set(column, &format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..]));
            }
        }
        b'L' => match written[0] {
            b'T' | b't' | b'Y' | b'y' => record.set(column, "true"),
            b'F' | b'f' | b'N' | b'n' => record.set(column, "false"),
            _ => {}
        },
        b'M' | b'G' | b'P' | b'W' => {
            fault(ascii(), "long texts and pictures (memo columns) are not read".to_owned());
        }
        _ => match encoding.text(written) {
            Ok(text) => record.set(column, &text),
            Err(why) => fault(String::from_utf8_lossy(written).into_owned(), why),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table of columns with name, kind and length, and rows as they stand in the file.
    fn table(columns: &[(&str, u8, u8)], rows: &[&[u8]]) -> Vec<u8> {
        let header = (HEADER_BYTES + COLUMN_BYTES * columns.len() + 1) as u16;
        let row = 1 + columns.iter().map(|column| u16::from(column.2)).sum::<u16>();
        let mut bytes = vec![3, 126, 11, 30];
        bytes.extend((rows.len() as u32).to_le_bytes());
        bytes.extend(header.to_le_bytes());
        bytes.extend(row.to_le_bytes());
        bytes.resize(HEADER_BYTES, 0);
        for (name, kind, length) in columns {
            let mut column = name.as_bytes().to_vec();
            column.resize(11, 0);
            column.push(*kind);
            column.extend([0; 4]);
            column.push(*length);
            column.resize(COLUMN_BYTES, 0);
            bytes.extend(column);
        }
        bytes.push(0x0D);
        bytes.extend(rows.iter().copied().flatten());
        bytes.push(0x1A);
        bytes
    }

    fn rows(bytes: &[u8]) -> Result<Vec<String>, String> {
        let mut table = DbaseTable::new(bytes, |_| Ok(TableEncoding::Utf8("the .cpg file")))?;
        let (mut record, mut shown) = (Record::default(), Vec::new());
        loop {
            record.reset(1, table.names.len());
            match table.next_row(&mut record)? {
                TableRow::End => return Ok(shown),
                TableRow::Deleted => shown.push("deleted".to_owned()),
                TableRow::Present => shown.push(record.values.join("|")),
            }
        }
    }

    #[test]
    fn values_stay_as_they_are_written() {
        let columns = [("code", b'C', 6), ("num", b'N', 10), ("on", b'D', 8), ("is", b'L', 1)];
        let bytes = table(
            &columns,
            &[b" 020500 20500.00020240131T", b" Qu\xE1\xBA\xBF  00000123         ?", b"*                         "],
        );
        assert_eq!(rows(&bytes).unwrap(), ["020500|20500|2024-01-31|true", "Quế|00000123||", "deleted"]);
        assert!(rows(&bytes[..bytes.len() - 10]).unwrap_err().contains("cut off after row 2 of 3"));
        assert!(rows(&bytes[..40]).unwrap_err().contains("within the header"));
    }

    #[test]
    fn cells_that_hold_nothing_readable_have_a_reason() {
        let bytes = table(&[("n", b'N', 4), ("m", b'M', 4), ("c", b'C', 4)], &[b" ****   7a\xFFbc"]);
        let mut table = DbaseTable::new(bytes.as_slice(), |_| Ok(TableEncoding::Utf8("the .cpg file"))).unwrap();
        let mut record = Record::default();
        record.reset(1, 3);
        assert_eq!(table.next_row(&mut record).unwrap(), TableRow::Present);
        let reasons: Vec<&str> = record.cell_faults.iter().map(|fault| fault.reason.as_str()).collect();
        assert_eq!(reasons.len(), 3);
        assert!(reasons[0].contains("stars") && reasons[1].contains("memo") && reasons[2].contains("not UTF-8"));
    }

    #[test]
    fn lengths_that_do_not_fit_are_refused() {
        let mut bytes = table(&[("code", b'C', 6)], &[]);
        bytes[10] = 3;
        assert_eq!(rows(&bytes).unwrap_err(), "the columns of its table have 7 bytes and its rows 3");
    }
}
