//! A CSV file cut into chunks of whole records, so that several cores can read it.
//!
//! In: the text behind the header. Out: chunks that end where a record ends, each with the line on which it begins.
//! The cut follows the same rules as the reader of records: a quotation mark opens a field only at its start, and
//! a line end inside an open field ends nothing.

use std::io::Read;

use super::clean_text::{CleanText, RecordBudget, line_ends};
use super::csv_reader::{ChunkReader, CsvLayout, CsvRecords, MAX_RECORD_BYTES, Text, fault_of};
use crate::ingest::error::ReadError;

/// Bytes of a chunk: large enough to forget what handing it over costs.
const CHUNK_BYTES: usize = 1 << 20;
/// Bytes read at once.
const READ_BYTES: usize = 1 << 16;

/// Whole records, and the line on which the first of them begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::ingest) struct CsvChunk {
    pub(in crate::ingest) bytes: Vec<u8>,
    pub(in crate::ingest) first_line: u64,
    /// The lines that end in it.
    pub(in crate::ingest) lines: u64,
}

impl CsvChunk {
    /// The rows of the chunk.
    pub(in crate::ingest) fn rows(self, layout: &CsvLayout) -> CsvRecords<ChunkReader> {
        CsvRecords::of_chunk(layout, self.bytes, self.first_line)
    }
}

/// The chunks of a file.
pub(in crate::ingest) struct CsvChunks {
    file: String,
    delimiter: u8,
    text: Text,
    budget: RecordBudget,
    size: usize,
    /// Text that is not given yet; the first `ended` bytes of it are whole records.
    held: Vec<u8>,
    ended: usize,
    state: QuoteState,
    line: u64,
    over: bool,
    /// What stopped the reading, reported when the records before it are given.
    fault: Option<ReadError>,
}

/// Where a reader of records stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum QuoteState {
    FieldStart,
    Field,
    Quoted,
    /// Behind a quotation mark inside a quoted field: it closes the field or stands for itself.
    QuoteInQuoted,
}

impl CsvChunks {
    /// The chunks of a text, which begins at the start of the file.
    pub(in crate::ingest) fn new(layout: &CsvLayout, bytes: Box<dyn Read + Send>) -> Result<Self, ReadError> {
        Self::of_size(layout, bytes, CHUNK_BYTES)
    }

    pub(in crate::ingest) fn of_size(
        layout: &CsvLayout,
        bytes: Box<dyn Read + Send>,
        size: usize,
    ) -> Result<Self, ReadError> {
        let budget = RecordBudget::new(MAX_RECORD_BYTES);
        let mut text = CleanText::new(bytes, layout.encoding, budget.clone());
        let fault = |source| fault_of(&layout.file, 1, source);
        let mut header = text.by_ref().take(layout.data_from);
        let mut chunk = [0; 4096];
        while header.read(&mut chunk).map_err(fault)? > 0 {
            budget.renew();
        }
        Ok(Self {
            file: layout.file.clone(),
            delimiter: layout.delimiter,
            text,
            budget,
            size,
            held: Vec::new(),
            ended: 0,
            state: QuoteState::FieldStart,
            line: layout.first_line,
            over: false,
            fault: None,
        })
    }

    /// Reads on until a chunk is full or the text ends.
    fn fill(&mut self) -> Result<(), ReadError> {
        // Before each turn `held[..ended]` is whole records and `state` is that of a reader behind all of `held`.
        // It reads on past a full chunk only while no record has ended, and `MAX_RECORD_BYTES` bounds that.
        while !self.over && (self.held.len() < self.size || self.ended == 0) {
            if self.held.len() - self.ended > MAX_RECORD_BYTES {
                let line = self.line + line_ends(&self.held[..self.ended]);
                let fault = RecordBudget::exceeded(MAX_RECORD_BYTES);
                return Err(ReadError::TooLong { file: self.file.clone(), line, fault });
            }
            let known = self.held.len();
            self.held.resize(known + READ_BYTES.min(self.size), 0);
            self.budget.renew();
            let read = self.text.read(&mut self.held[known..]);
            self.held.truncate(known + read.as_ref().map_or(0, |read| *read));
            if read.map_err(|source| fault_of(&self.file, self.line, source))? == 0 {
                // The last record may lack its line end; with the text over, all that is held is whole.
                self.over = true;
                self.ended = self.held.len();
            }
            self.follow(known);
        }
        Ok(())
    }

    /// Follows the records through the text from an offset on.
    fn follow(&mut self, from: usize) {
        let fresh = &self.held[from..];
        // Outside quotes and without a quotation mark every line end ends a record: searching from behind finds
        // the last one without following each byte.
        let (state, end) = if !self.is_inside_quotes() && !fresh.contains(&b'"') {
            let end = fresh.iter().rposition(|byte| *byte == b'\n').map(|last| last + 1);
            (fresh.last().map_or(self.state, |byte| unquoted(*byte, self.delimiter)), end)
        } else {
            followed(self.state, fresh, self.delimiter)
        };
        self.state = state;
        self.ended = end.map_or(self.ended, |end| from + end);
    }

    fn is_inside_quotes(&self) -> bool {
        matches!(self.state, QuoteState::Quoted | QuoteState::QuoteInQuoted)
    }

    fn cut(&mut self) -> Option<CsvChunk> {
        if self.ended == 0 {
            return None;
        }
        let mut bytes = Vec::with_capacity(self.size + READ_BYTES);
        bytes.extend_from_slice(&self.held[self.ended..]);
        std::mem::swap(&mut bytes, &mut self.held);
        bytes.truncate(std::mem::take(&mut self.ended));
        let (first_line, lines) = (self.line, line_ends(&bytes));
        self.line += lines;
        Some(CsvChunk { bytes, first_line, lines })
    }
}

impl Iterator for CsvChunks {
    type Item = Result<CsvChunk, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Err(fault) = self.fill() {
            self.over = true;
            self.fault = Some(fault);
        }
        self.cut().map(Ok).or_else(|| self.fault.take().map(Err))
    }
}

fn unquoted(byte: u8, delimiter: u8) -> QuoteState {
    if byte == b'\n' || byte == delimiter { QuoteState::FieldStart } else { QuoteState::Field }
}

/// The state behind some bytes, and the end of the last record among them.
fn followed(mut state: QuoteState, bytes: &[u8], delimiter: u8) -> (QuoteState, Option<usize>) {
    let mut end = None;
    for (place, byte) in bytes.iter().enumerate() {
        // The automaton of RFC 4180: `state` is that behind all bytes so far, and `end` lies behind the last line
        // end that was outside quotes.
        state = match (state, *byte) {
            (QuoteState::Quoted, b'"') => QuoteState::QuoteInQuoted,
            (QuoteState::FieldStart | QuoteState::QuoteInQuoted, b'"') | (QuoteState::Quoted, _) => QuoteState::Quoted,
            (QuoteState::FieldStart | QuoteState::Field | QuoteState::QuoteInQuoted, byte) => {
                if byte == b'\n' {
                    end = Some(place + 1);
                }
                unquoted(byte, delimiter)
            }
        };
    }
    (state, end)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ingest::format::header::HeaderSearch;
    use crate::ingest::format::record::{Record, RecordReader};
    use crate::ingest::text::encoding::Encoding;

    fn chunks(text: &'static str, size: usize) -> Vec<(String, u64)> {
        let records =
            CsvRecords::new("t.csv", Box::new(text.as_bytes()), Encoding::Utf8, &HeaderSearch::default()).unwrap();
        let chunks = CsvChunks::of_size(&records.layout(), Box::new(text.as_bytes()), size).unwrap();
        chunks
            .map(|chunk| chunk.unwrap())
            .map(|chunk| (String::from_utf8(chunk.bytes).unwrap(), chunk.first_line))
            .collect()
    }

    type Rows = Result<Vec<(u64, Vec<String>, Option<String>)>, String>;

    fn rows(reader: &mut dyn RecordReader) -> Rows {
        let (mut record, mut rows) = (Record::default(), Vec::new());
        while reader.read(&mut record).map_err(|fault| fault.to_string())? {
            rows.push((record.line, record.values.clone(), record.fault.clone()));
        }
        Ok(rows)
    }

    fn rows_in_chunks(text: &'static [u8], size: usize) -> Rows {
        let layout = CsvRecords::new("t.csv", Box::new(text), Encoding::Utf8, &HeaderSearch::default())
            .map_err(|fault| fault.to_string())?
            .layout();
        let chunks = CsvChunks::of_size(&layout, Box::new(text), size).map_err(|fault| fault.to_string())?;
        let mut all = Vec::new();
        for chunk in chunks {
            all.extend(rows(&mut chunk.map_err(|fault| fault.to_string())?.rows(&layout))?);
        }
        Ok(all)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn rows_of_pieces_are_those_of_the_whole_file(
            words in prop::collection::vec(
                prop::sample::select(vec![
                    "\"", "\"\"", ",", "\n", "\r\n", "\n\n", "a", "ấ", "\u{feff}", " ", ";", "x,y\n", "\"a\nb\"", "\r", "1,\"", "\",2\n",
                ]),
                0..60,
            ),
            header in prop::sample::select(vec!["a,b\n", "\n\"a\",\"b\nc\"\r\n", "\u{feff}a;b;c\n", "a\n"]),
            size in 1_usize..40,
        ) {
            let text = Box::leak(format!("{header}{}", words.concat()).into_boxed_str()).as_bytes();
            let whole = CsvRecords::new("t.csv", Box::new(text), Encoding::Utf8, &HeaderSearch::default())
                .map_err(|fault| fault.to_string())
                .and_then(|mut records| rows(&mut records));
            prop_assert_eq!(rows_in_chunks(text, size), whole);
        }
    }

    #[test]
    fn what_is_no_text_is_told_behind_the_records_before_it() {
        let text: &'static [u8] =
            Box::leak([&b"a,b\n"[..], &b"1,2\n".repeat(40_000), b"\xFF,5\n"].concat().into_boxed_slice());
        let layout =
            CsvRecords::new("t.csv", Box::new(text), Encoding::Utf8, &HeaderSearch::default()).unwrap().layout();
        let given: Vec<_> = CsvChunks::of_size(&layout, Box::new(text), 1000).unwrap().collect();
        assert!(given.len() > 2);
        let fault = given.last().unwrap().as_ref().unwrap_err().to_string();
        assert!(fault.starts_with("t.csv: line 40002, byte 1: 0xFF is not UTF-8"), "{fault}");
        assert!(given[..given.len() - 1].iter().all(Result::is_ok));
    }

    #[test]
    fn an_open_quotation_mark_ends_at_the_limit() {
        let bytes = "a,b\n1,\"".as_bytes().chain(std::io::repeat(b'x'));
        let layout = CsvRecords::new("t.csv", Box::new(&b"a,b\n"[..]), Encoding::Utf8, &HeaderSearch::default())
            .unwrap()
            .layout();
        let mut chunks = CsvChunks::new(&layout, Box::new(bytes)).unwrap();
        let fault = chunks.next().unwrap().unwrap_err().to_string();
        assert_eq!(fault, "t.csv, line 2: the record is longer than 10 MB; is a quotation mark left open?");
        assert!(chunks.next().is_none());
    }

    #[test]
    fn a_header_alone_has_no_pieces() {
        assert_eq!(chunks("a,b\n", 1), []);
        assert_eq!(chunks("\n\na,b", 1), []);
    }

    #[test]
    fn the_end_of_the_text_ends_the_last_record() {
        assert_eq!(chunks("a,b\n1,\"x\ny", 1), [("1,\"x\ny".to_owned(), 2)]);
    }

    #[test]
    fn states_are_those_of_a_reader_of_records() {
        let ends = |text: &str| followed(QuoteState::FieldStart, text.as_bytes(), b',').1;
        assert_eq!(ends("a\"b\nc"), Some(4), "a quotation mark inside a field opens nothing");
        assert_eq!(ends("\"a\nb"), None);
        assert_eq!(ends("\"a\"\"\nb\"\n"), Some(8));
        assert_eq!(ends("\"a\"b\"\nc"), Some(6), "behind a closed field quotation marks are letters");
        assert_eq!(ends("x,\"\n\",\"\"\ny"), Some(9));
    }
}
