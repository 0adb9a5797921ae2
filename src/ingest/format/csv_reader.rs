//! CSV: comma, semicolon or tab, with or without byte-order mark, LF or CRLF.

use std::io::{Chain, Cursor, Read};

use csv::StringRecord;

use super::clean_text::{CleanText, RecordBudget, TextError, line_ends};
use super::csv_dialect::{dialect_of, format, head_of};
use super::header::{HeaderSearch, headings};
use super::record::{Record, RecordReader};
use crate::domain::text::nfc;
use crate::ingest::error::ReadError;
use crate::ingest::fields::ColumnIndex;
use crate::ingest::text::encoding::Encoding;

/// A line beyond this is no record of ours.
pub(in crate::ingest) const MAX_RECORD_BYTES: usize = 10_000_000;
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
    reader: csv::Reader<EndSeen<R>>,
    budget: RecordBudget,
    row: StringRecord,
    /// Lines of the file before the first that the reader saw.
    lines_before: u64,
    /// The line on which the present row begins.
    first_line_of_row: u64,
    /// Whether the present row was still open at the end of the text.
    is_open: bool,
}

impl CsvRecords<FileReader> {
    /// Opens a file and reads its header.
    pub(in crate::ingest) fn new(
        file: &str,
        bytes: Box<dyn Read + Send>,
        encoding: Encoding,
        header: &HeaderSearch,
    ) -> Result<Self, ReadError> {
        let budget = RecordBudget::new(MAX_RECORD_BYTES);
        let mut text = CleanText::new(bytes, encoding, budget.clone());
        let head = head_of(&mut text).map_err(|source| fault_of(file, 1, source))?;
        let dialect = dialect_of(&head, header);
        let delimiter = dialect.delimiter;
        let layout =
            CsvLayout { file: file.to_owned(), encoding, delimiter, columns: Vec::new(), data_from: 0, first_line: 1 };
        let mut records = Self {
            layout,
            reader: format(delimiter).from_reader(EndSeen::new(Cursor::new(head).chain(text).chain(LINE_END))),
            budget,
            row: StringRecord::new(),
            lines_before: 0,
            first_line_of_row: 1,
            is_open: false,
        };
        records.read_header(dialect.rows_before_header, header)?;
        Ok(records)
    }

    fn read_header(&mut self, rows_before: usize, search: &HeaderSearch) -> Result<(), ReadError> {
        let file = self.layout.file.clone();
        let mut passed = 0;
        loop {
            if !self.next_row()? {
                return Err(match search.row() {
                    Some(row) => ReadError::NoHeaderRow { file, row },
                    None => ReadError::Empty { file },
                });
            }
            match search.row() {
                Some(row) if self.line() < row => {}
                Some(row) if self.line() > row => return Err(ReadError::NoHeaderRow { file, row }),
                None if passed < rows_before => {}
                _ => break,
            }
            passed += 1;
        }
        let texts: Vec<String> = self.row.iter().map(nfc).collect();
        self.layout.columns = headings(&file, &texts)?;
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
            reader: format(layout.delimiter).from_reader(EndSeen::new(bytes)),
            budget: RecordBudget::new(MAX_RECORD_BYTES),
            row: StringRecord::new(),
            lines_before: first_line.saturating_sub(2),
            first_line_of_row: first_line,
            is_open: false,
        }
    }
}

/// A reader that knows whether its end was met.
struct EndSeen<R> {
    inner: R,
    ended: bool,
}

impl<R> EndSeen<R> {
    fn new(inner: R) -> Self {
        Self { inner, ended: false }
    }
}

impl<R: Read> Read for EndSeen<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.ended |= read == 0 && !buffer.is_empty();
        Ok(read)
    }
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
            // The text ends with a line end, and a row that ends there does not look for what comes behind it.
            self.is_open = read && self.reader.get_ref().ended;
            let blank = self.row.iter().all(|text| text.trim().is_empty());
            if !read || !blank || self.is_open {
                self.note_first_line();
                return Ok(read);
            }
        }
    }

    /// Blank lines before a row do not count, line ends inside it do.
    fn note_first_line(&mut self) {
        // The reader stands behind the record; the record began as many lines earlier as it ends lines, those
        // within quotes included. An open one does not end its last line.
        let inside = line_ends(self.row.as_slice().as_bytes());
        let last = self.lines_before + self.reader.position().line();
        self.first_line_of_row = last.saturating_sub(inside + u64::from(!self.is_open));
    }

    /// The line on which the present row begins.
    fn line(&self) -> u64 {
        self.first_line_of_row
    }

    /// What is wrong with the present row as a whole.
    fn fault(&self) -> Option<String> {
        let (found, wanted) = (self.row.len(), self.layout.columns.len());
        let lines = line_ends(self.row.as_slice().as_bytes());
        if self.is_open {
            let column = self.layout.columns.get(found.saturating_sub(1)).map_or("", String::as_str);
            return Some(format!(
                "a quotation mark opens in column {column:?} of this row and is not closed: all up to the end of the file \
                 stands behind it"
            ));
        }
        let superfluous = self.row.iter().enumerate().skip(wanted).find(|(_, text)| !text.trim().is_empty());
        let what = match superfluous {
            Some((place, text)) => format!(": {text:?} stands in column {}, which has no heading", place + 1),
            None if found < wanted => String::new(),
            None => return None,
        };
        let spans = if lines == 0 {
            String::new()
        } else {
            format!("; it spans {} lines: is a quotation mark left open?", lines + 1)
        };
        Some(format!("the row has {found} fields, the header has {wanted}{what}{spans}"))
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
        let columns = self.layout.columns.len();
        record.reset(self.line(), columns);
        if self.row.len() != columns || self.is_open {
            record.fault = self.fault();
        }
        if record.fault.is_some() {
            let separator = char::from(self.layout.delimiter).to_string();
            record.fault_value = self.row.iter().collect::<Vec<_>>().join(&separator);
        } else {
            let texts = self.row.iter().take(columns).enumerate();
            texts.for_each(|(column, text)| record.set(ColumnIndex::new(column), text));
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

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &'static str) -> (Vec<String>, Vec<(u64, Vec<String>)>) {
        let mut reader =
            CsvRecords::new("t.csv", Box::new(text.as_bytes()), Encoding::Utf8, &HeaderSearch::default()).unwrap();
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
        let mut reader =
            CsvRecords::new("t.csv", Box::new("a,b\n1\n".as_bytes()), Encoding::Utf8, &HeaderSearch::default())
                .unwrap();
        let mut record = Record::default();
        assert!(reader.read(&mut record).unwrap());
        assert_eq!(record.fault.as_deref(), Some("the row has 1 fields, the header has 2"));
    }

    fn first_fault(text: &'static str) -> (u64, Option<String>, String) {
        let search = HeaderSearch::default();
        let mut reader = CsvRecords::new("t.csv", Box::new(text.as_bytes()), Encoding::Utf8, &search).unwrap();
        let mut record = Record::default();
        while reader.read(&mut record).unwrap() && record.fault.is_none() {}
        (record.line, record.fault, record.fault_value)
    }

    #[test]
    fn empty_columns_at_the_end_are_none() {
        let (columns, all) = rows("a,b,,\n1,2,,\n3,4,\n5,6\n");
        assert_eq!(columns, ["a", "b"]);
        assert_eq!(all.len(), 3);
        let (line, fault, value) = first_fault("a,b\n1,2,,x\n");
        assert_eq!((line, value.as_str()), (2, "1,2,,x"));
        let said = "the row has 4 fields, the header has 2: \"x\" stands in column 4, which has no heading";
        assert_eq!(fault.as_deref(), Some(said));
    }

    #[test]
    fn a_quotation_mark_left_open_is_named_where_it_opens() {
        let (line, fault, _) = first_fault("a,b\n1,2\n3,\"4\n5,6\n7,8\n");
        let said = "a quotation mark opens in column \"b\" of this row and is not closed: all up to the end of the file \
                    stands behind it";
        assert_eq!((line, fault.as_deref()), (3, Some(said)));
        let (line, fault, _) = first_fault("a,b\n3,\"4\n5,6\n7,\"8,9\n10,11\n");
        assert_eq!(line, 2);
        assert!(fault.unwrap().ends_with("it spans 3 lines: is a quotation mark left open?"));
    }

    #[test]
    fn a_header_row_may_be_named_by_its_line() {
        let open = |line| {
            let search = HeaderSearch::new(Some(line), Vec::new());
            CsvRecords::new("t.csv", Box::new("Báo cáo\n\na;b\n1;2\n".as_bytes()), Encoding::Utf8, &search)
        };
        assert_eq!(open(3).unwrap().columns(), ["a", "b"]);
        assert_eq!(open(2).err().unwrap().to_string(), "t.csv: there is no header in row 2: it is blank or not there");
        assert_eq!(open(9).err().unwrap().to_string(), "t.csv: there is no header in row 9: it is blank or not there");
    }

    #[test]
    fn an_empty_file_and_a_double_column_are_refused() {
        let open = |text: &'static str| {
            CsvRecords::new("t.csv", Box::new(text.as_bytes()), Encoding::Utf8, &HeaderSearch::default()).err()
        };
        assert_eq!(open("").unwrap().to_string(), "t.csv: the file is empty");
        assert_eq!(open("a,b,a\n").unwrap().to_string(), "t.csv: two columns are called \"a\"");
    }

    #[test]
    fn an_open_quotation_mark_does_not_swallow_the_file() {
        let bytes = "a,b\n1,\"".as_bytes().chain(std::io::repeat(b'x'));
        let mut reader = CsvRecords::new("t.csv", Box::new(bytes), Encoding::Utf8, &HeaderSearch::default()).unwrap();
        let error = reader.read(&mut Record::default()).unwrap_err();
        assert_eq!(error.to_string(), "t.csv, line 2: the record is longer than 10 MB; is a quotation mark left open?");
    }
}
