//! CSV: comma, semicolon or tab, with or without byte-order mark, LF or CRLF.

use std::io::{Chain, Cursor, Read};

use csv::StringRecord;

use super::clean_text::{CleanText, Encoding, RecordBudget, TextError, line_ends};
use super::record::{Record, RecordReader};
use crate::domain::text::nfc;
use crate::ingest::error::ReadError;
use crate::ingest::fields::ColumnIndex;

/// A line beyond this is no record of ours.
pub(in crate::ingest) const MAX_RECORD_BYTES: usize = 10_000_000;
const DELIMITERS: [u8; 3] = *b",;\t";
const LINE_END: &[u8] = b"\n";

pub(in crate::ingest) type Text = CleanText<Box<dyn Read + Send>>;
/// What was read to find the separator, the rest, and a last line end for files that lack it.
pub(in crate::ingest) type FileReader = Chain<Chain<Cursor<Vec<u8>>, Text>, &'static [u8]>;
/// A piece between two line ends: the first keeps the reader from taking letters of the piece for a byte-order mark.
pub(in crate::ingest) type ChunkReader = Chain<Chain<&'static [u8], Cursor<Vec<u8>>>, &'static [u8]>;

/// How a file is written, and where its rows begin.
#[derive(Debug, Clone)]
pub(in crate::ingest) struct CsvLayout {
    pub(in crate::ingest) file: String,
    pub(in crate::ingest) encoding: Encoding,
    pub(in crate::ingest) delimiter: u8,
    pub(in crate::ingest) columns: Vec<String>,
    /// The first byte of clean text behind the header.
    pub(in crate::ingest) data_from: u64,
    /// The line on which that byte stands.
    pub(in crate::ingest) first_line: u64,
}

/// The rows of a CSV file, or of a piece of one.
pub(in crate::ingest) struct CsvRecords<R> {
    layout: CsvLayout,
    reader: csv::Reader<R>,
    budget: RecordBudget,
    row: StringRecord,
    /// Lines of the file before the first that the reader saw.
    lines_before: u64,
}

impl CsvRecords<FileReader> {
    /// Opens a file and reads its header.
    pub(in crate::ingest) fn new(
        file: &str,
        bytes: Box<dyn Read + Send>,
        encoding: Encoding,
    ) -> Result<Self, ReadError> {
        let budget = RecordBudget::new(MAX_RECORD_BYTES);
        let mut text = CleanText::new(bytes, encoding, budget.clone());
        let head = first_line(&mut text).map_err(|source| fault_of(file, 1, source))?;
        let delimiter = delimiter_of(&head);
        let layout =
            CsvLayout { file: file.to_owned(), encoding, delimiter, columns: Vec::new(), data_from: 0, first_line: 1 };
        let mut records = Self {
            layout,
            reader: format(delimiter).from_reader(Cursor::new(head).chain(text).chain(LINE_END)),
            budget,
            row: StringRecord::new(),
            lines_before: 0,
        };
        records.read_header()?;
        Ok(records)
    }

    fn read_header(&mut self) -> Result<(), ReadError> {
        if !self.next_row()? {
            return Err(ReadError::Empty { file: self.layout.file.clone() });
        }
        for (place, name) in self.row.iter().enumerate() {
            let name = nfc(name);
            let name = if name.is_empty() { format!("column {}", place + 1) } else { name };
            if self.layout.columns.contains(&name) {
                return Err(ReadError::DuplicateColumn { file: self.layout.file.clone(), column: name });
            }
            self.layout.columns.push(name);
        }
        self.layout.data_from = self.reader.position().byte();
        self.layout.first_line = self.reader.position().line();
        Ok(())
    }

    /// How the file is written.
    pub(in crate::ingest) fn layout(&self) -> CsvLayout {
        self.layout.clone()
    }
}

impl CsvRecords<ChunkReader> {
    /// The rows of whole records, the first of which begins on a line of the file.
    pub(in crate::ingest) fn of_chunk(layout: &CsvLayout, records: Vec<u8>, first_line: u64) -> Self {
        let bytes = LINE_END.chain(Cursor::new(records)).chain(LINE_END);
        Self {
            layout: layout.clone(),
            reader: format(layout.delimiter).from_reader(bytes),
            budget: RecordBudget::new(MAX_RECORD_BYTES),
            row: StringRecord::new(),
            lines_before: first_line.saturating_sub(2),
        }
    }
}

fn format(delimiter: u8) -> csv::ReaderBuilder {
    let mut format = csv::ReaderBuilder::new();
    // Lines end at LF; a CR before it is white space around the last field.
    format.has_headers(false).flexible(true).delimiter(delimiter).terminator(csv::Terminator::Any(b'\n'));
    format
}

impl<R: Read> CsvRecords<R> {
    /// Reads the next row that is not blank.
    fn next_row(&mut self) -> Result<bool, ReadError> {
        loop {
            self.budget.renew();
            let line = self.lines_before + self.reader.position().line();
            let read = self.reader.read_record(&mut self.row).map_err(|error| match error.into_kind() {
                csv::ErrorKind::Io(source) => fault_of(&self.layout.file, line, source),
                other => ReadError::Syntax { file: self.layout.file.clone(), line, what: format!("{other:?}") },
            })?;
            let blank = self.row.iter().all(|text| text.trim().is_empty());
            if !read || !blank {
                return Ok(read);
            }
        }
    }

    /// The line on which the present row begins: blank lines before it do not count, line ends inside it do.
    fn line(&self) -> u64 {
        // The reader stands behind the record; the record began as many lines earlier as it ends lines, those
        // within quotes included.
        let inside = line_ends(self.row.as_slice().as_bytes());
        self.lines_before + self.reader.position().line().saturating_sub(1 + inside)
    }
}

impl<R: Read + Send> RecordReader for CsvRecords<R> {
    fn columns(&self) -> &[String] {
        &self.layout.columns
    }

    fn read(&mut self, record: &mut Record) -> Result<bool, ReadError> {
        if !self.next_row()? {
            return Ok(false);
        }
        record.reset(self.line(), self.layout.columns.len());
        if self.row.len() == self.layout.columns.len() {
            self.row.iter().enumerate().for_each(|(column, text)| record.set(ColumnIndex::new(column), text));
        } else {
            let (found, wanted) = (self.row.len(), self.layout.columns.len());
            record.fault = Some(format!("the row has {found} fields, the header has {wanted}"));
        }
        Ok(true)
    }
}

pub(in crate::ingest) fn fault_of(file: &str, line: u64, source: std::io::Error) -> ReadError {
    let file = file.to_owned();
    match TextError::within(&source) {
        Some(fault @ TextError::TooLong { .. }) => ReadError::TooLong { file, line, fault },
        Some(fault) => ReadError::Text { file, fault },
        None => ReadError::Io { file, source },
    }
}

/// The text up to the end of the first line that is not blank, and a little beyond.
fn first_line(text: &mut impl Read) -> std::io::Result<Vec<u8>> {
    let mut head = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let read = text.read(&mut piece)?;
        head.extend_from_slice(&piece[..read]);
        let begun = head.iter().position(|byte| !byte.is_ascii_whitespace());
        let ended = begun.is_some_and(|begun| head[begun..].iter().any(|byte| matches!(byte, b'\n' | b'\r')));
        if read == 0 || ended {
            return Ok(head);
        }
    }
}

/// The separator that the first line uses most outside quotation marks.
fn delimiter_of(head: &[u8]) -> u8 {
    let begun = head.iter().position(|byte| !matches!(byte, b'\n' | b'\r')).unwrap_or(0);
    let mut counts = [0_usize; DELIMITERS.len()];
    let mut quoted = false;
    // `quoted` is the parity of the quotation marks so far: a delimiter inside a quoted heading says nothing.
    for byte in head[begun..].iter().take_while(|byte| !matches!(byte, b'\n' | b'\r')) {
        quoted ^= *byte == b'"';
        if let (false, Some(place)) = (quoted, DELIMITERS.iter().position(|delimiter| delimiter == byte)) {
            counts[place] += 1;
        }
    }
    let most = counts.iter().max().copied().unwrap_or(0);
    let place = counts.iter().position(|count| *count == most).unwrap_or(0);
    DELIMITERS[place]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &'static str) -> (Vec<String>, Vec<(u64, Vec<String>)>) {
        let mut reader = CsvRecords::new("t.csv", Box::new(text.as_bytes()), Encoding::Utf8).unwrap();
        let (mut record, mut rows) = (Record::default(), Vec::new());
        while reader.read(&mut record).unwrap() {
            rows.push((record.line, record.values.clone()));
        }
        (reader.columns().to_vec(), rows)
    }

    #[test]
    fn every_common_dialect_gives_the_same_rows() {
        let wanted = rows("id,tên\n1,\"a, b\"\n2,Trà Dơn\n");
        assert_eq!(wanted.1[0], (2, vec!["1".to_owned(), "a, b".to_owned()]));
        for text in [
            "\u{feff}id,tên\r\n1,\"a, b\"\r\n2,Trà Dơn\r\n",
            "id;tên\n1;a, b\n2;Trà Dơn",
            "id\ttên\n1\ta, b\n2\tTrà Dơn\n",
            "id,te\u{302}n\n1,\"a, b\"\n2,Tra\u{300} Do\u{31b}n\n",
        ] {
            assert_eq!(rows(text), wanted, "{text:?}");
        }
    }

    #[test]
    fn lines_are_counted_through_blank_lines_and_fields_of_several_lines() {
        let (_, rows) = rows("a,b\r\n\r\n1,\"x\r\ny\"\r\n\n2,z");
        assert_eq!(rows.iter().map(|row| row.0).collect::<Vec<_>>(), [3, 6]);
        assert_eq!(rows[0].1[1], "x\r\ny");
    }

    #[test]
    fn rows_with_nothing_in_them_are_blank_lines() {
        let (_, rows) = rows("a;b\r\n1;x\r\n;\r\n; \r\n2;y\r\n;;\r\n");
        assert_eq!(rows.iter().map(|row| row.0).collect::<Vec<_>>(), [2, 5]);
    }

    #[test]
    fn a_short_row_is_a_fault_of_the_row() {
        let mut reader = CsvRecords::new("t.csv", Box::new("a,b\n1\n".as_bytes()), Encoding::Utf8).unwrap();
        let mut record = Record::default();
        assert!(reader.read(&mut record).unwrap());
        assert_eq!(record.fault.as_deref(), Some("the row has 1 fields, the header has 2"));
    }

    #[test]
    fn an_empty_file_and_a_double_column_are_refused() {
        let open = |text: &'static str| CsvRecords::new("t.csv", Box::new(text.as_bytes()), Encoding::Utf8).err();
        assert_eq!(open("").unwrap().to_string(), "t.csv: the file is empty");
        assert_eq!(open("a,b,a\n").unwrap().to_string(), "t.csv: two columns are called \"a\"");
    }

    #[test]
    fn an_open_quotation_mark_does_not_swallow_the_file() {
        let bytes = "a,b\n1,\"".as_bytes().chain(std::io::repeat(b'x'));
        let mut reader = CsvRecords::new("t.csv", Box::new(bytes), Encoding::Utf8).unwrap();
        let error = reader.read(&mut Record::default()).unwrap_err();
        assert_eq!(error.to_string(), "t.csv, line 2: the record is longer than 10 MB; is a quotation mark left open?");
    }
}
