//! Bytes of a file as text: byte-order mark dropped, UTF-8 checked, a legacy
//! code page decoded on demand, and no record longer than its budget.
//!
//! Streaming: what goes in piece by piece comes out piece by piece. Faults travel
//! as the inner value of an [`io::Error`], because that is what readers of text
//! pass on; [`TextError::within`] finds them again.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use encoding_rs::{CoderResult, Decoder, WINDOWS_1258};

const CHUNK: usize = 64 * 1024;
const UTF8_MARK: &[u8] = &[0xEF, 0xBB, 0xBF];
const UTF16_MARKS: [&[u8]; 2] = [&[0xFF, 0xFE], &[0xFE, 0xFF]];

/// How the bytes of a file are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    /// UTF-8, with or without a byte-order mark.
    #[default]
    Utf8,
    /// The legacy Vietnamese code page.
    Windows1258,
}

/// Why bytes are not acceptable text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// The bytes are not UTF-8.
    #[error("line {line}, byte {column}: 0x{byte:02X} is not UTF-8; {advice}")]
    NotUtf8 {
        /// The line, from 1.
        line: u64,
        /// The byte within the line, from 1.
        column: usize,
        /// The first wrong byte.
        byte: u8,
        /// What the bytes seem to be and what to do.
        advice: String,
    },
    /// The file begins with the mark of UTF-16.
    #[error("the file is UTF-16; save it as UTF-8, for example with iconv -f UTF-16 -t UTF-8")]
    Utf16,
    /// A record is longer than allowed.
    #[error("the record is longer than {limit_mb} MB; is a quotation mark left open?")]
    TooLong {
        /// The limit in megabytes.
        limit_mb: usize,
    },
}

impl TextError {
    /// The fault inside an error of reading, when there is one.
    pub(in crate::ingest) fn within(error: &io::Error) -> Option<Self> {
        error.get_ref()?.downcast_ref::<Self>().cloned()
    }
}

impl From<TextError> for io::Error {
    fn from(fault: TextError) -> Self {
        Self::new(io::ErrorKind::InvalidData, fault)
    }
}

/// How many bytes the present record may still take; renewed at every record.
#[derive(Debug, Clone)]
pub(in crate::ingest) struct RecordBudget {
    left: Arc<AtomicUsize>,
    limit: usize,
}

impl RecordBudget {
    /// A budget of so many bytes a record.
    pub(in crate::ingest) fn new(limit: usize) -> Self {
        Self { left: Arc::new(AtomicUsize::new(limit)), limit }
    }

    /// Begins the next record.
    pub(in crate::ingest) fn renew(&self) {
        self.left.store(self.limit, Ordering::Relaxed);
    }

    /// What is said of a record beyond a limit.
    pub(in crate::ingest) fn exceeded(limit: usize) -> TextError {
        TextError::TooLong { limit_mb: limit / 1_000_000 }
    }

    fn spend(&self, bytes: usize) -> Result<(), TextError> {
        let left = self.left.load(Ordering::Relaxed);
        let rest = left.checked_sub(bytes).ok_or_else(|| Self::exceeded(self.limit))?;
        self.left.store(rest, Ordering::Relaxed);
        Ok(())
    }
}

/// A reader whose bytes are UTF-8.
pub(in crate::ingest) struct CleanText<R> {
    inner: R,
    budget: RecordBudget,
    decoder: Option<Decoder>,
    raw: Vec<u8>,
    clean: Vec<u8>,
    given: usize,
    lines: u64,
    line_start: Vec<u8>,
    begun: bool,
    ended: bool,
}

impl<R: Read> CleanText<R> {
    /// The text of a reader.
    pub(in crate::ingest) fn new(inner: R, encoding: Encoding, budget: RecordBudget) -> Self {
        let decoder = (encoding == Encoding::Windows1258).then(|| WINDOWS_1258.new_decoder_without_bom_handling());
        Self {
            inner,
            budget,
            decoder,
            raw: Vec::new(),
            clean: Vec::new(),
            given: 0,
            lines: 1,
            line_start: Vec::new(),
            begun: false,
            ended: false,
        }
    }

    /// Reads on until there is clean text or the end.
    fn refill(&mut self) -> io::Result<()> {
        self.clean.clear();
        self.given = 0;
        // `raw` holds the start of a character that the last read cut in two, at most three bytes. Each turn reads
        // more or ends, so clean text comes out or the input is over.
        while self.clean.is_empty() && !self.ended {
            let kept = self.raw.len();
            self.raw.resize(kept + CHUNK, 0);
            let read = self.inner.read(&mut self.raw[kept..])?;
            self.raw.truncate(kept + read);
            self.ended = read == 0;
            self.drop_mark()?;
            if self.decoder.is_some() { self.decode() } else { self.check()? }
        }
        Ok(())
    }

    fn drop_mark(&mut self) -> io::Result<()> {
        if self.begun || (self.raw.len() < UTF8_MARK.len() && !self.ended) {
            return Ok(());
        }
        self.begun = true;
        if UTF16_MARKS.iter().any(|mark| self.raw.starts_with(mark)) && self.decoder.is_none() {
            return Err(TextError::Utf16.into());
        }
        if self.raw.starts_with(UTF8_MARK) {
            self.raw.drain(..UTF8_MARK.len());
        }
        Ok(())
    }

    fn check(&mut self) -> io::Result<()> {
        let valid = match std::str::from_utf8(&self.raw) {
            Ok(text) => text.len(),
            // No length means that the bytes end inside a character: not a fault while more may come.
            Err(fault) if fault.error_len().is_none() && !self.ended => fault.valid_up_to(),
            Err(fault) => return Err(self.not_utf8(fault.valid_up_to()).into()),
        };
        let rest = self.raw.split_off(valid);
        std::mem::swap(&mut self.clean, &mut self.raw);
        self.raw = rest;
        self.note_lines();
        Ok(())
    }

    fn note_lines(&mut self) {
        self.lines += line_ends(&self.clean);
        if let Some(last) = self.clean.iter().rposition(|byte| *byte == b'\n') {
            self.line_start.clear();
            self.line_start.extend_from_slice(&self.clean[last + 1..]);
        } else {
            self.line_start.extend_from_slice(&self.clean);
        }
    }

    fn not_utf8(&self, valid: usize) -> TextError {
        let before = &self.raw[..valid];
        let lines = line_ends(before);
        let in_line = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
        let carried: &[u8] = if lines == 0 { &self.line_start } else { &[] };
        let end = self.raw[valid..].iter().position(|byte| *byte == b'\n').map_or(self.raw.len(), |end| valid + end);
        let line = [carried, &self.raw[in_line..end]].concat();
        let column = carried.len() + valid - in_line + 1;
        let byte = self.raw.get(valid).copied().unwrap_or_default();
        TextError::NotUtf8 { line: self.lines + lines, column, byte, advice: advice(&line) }
    }

    fn decode(&mut self) {
        let Some(decoder) = self.decoder.as_mut() else { return };
        let room = decoder.max_utf8_buffer_length(self.raw.len()).unwrap_or(self.raw.len() * 3);
        let mut text = String::with_capacity(room);
        let (result, _, _) = decoder.decode_to_string(&self.raw, &mut text, self.ended);
        debug_assert!(matches!(result, CoderResult::InputEmpty));
        self.raw.clear();
        self.clean = text.into_bytes();
    }
}

/// How many lines end within the bytes.
pub(in crate::ingest) fn line_ends(bytes: &[u8]) -> u64 {
    bytes.iter().map(|byte| u64::from(*byte == b'\n')).sum()
}

/// Vietnamese letters that the code page holds precomposed.
const LETTERS: &str = "ăâđêôơưàáãèéìíòóõùúýĂÂĐÊÔƠƯÀÁÃÈÉÌÍÒÓÕÙÚÝ";

/// Whether a line that is not UTF-8 reads well in the legacy code page.
fn advice(line: &[u8]) -> String {
    let (text, _, _) = WINDOWS_1258.decode(line);
    let tone = |letter: char| matches!(letter, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
    let vietnamese = |letter: char| letter.is_ascii() || tone(letter) || LETTERS.contains(letter);
    if text.chars().all(vietnamese) {
        let start: String = crate::domain::text::nfc(&text).chars().take(40).collect();
        return format!(
            "it reads well as Windows-1258 ({start:?}): give --encoding windows-1258, or convert the file with \
             iconv -f WINDOWS-1258 -t UTF-8"
        );
    }
    "it does not look like Windows-1258 either: save the file as UTF-8".to_owned()
}

impl<R: Read> Read for CleanText<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.given == self.clean.len() {
            self.refill()?;
        }
        let count = buffer.len().min(self.clean.len() - self.given);
        self.budget.spend(count)?;
        buffer[..count].copy_from_slice(&self.clean[self.given..self.given + count]);
        self.given += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(bytes: &[u8], encoding: Encoding) -> io::Result<String> {
        let mut text = String::new();
        CleanText::new(bytes, encoding, RecordBudget::new(1_000_000)).read_to_string(&mut text)?;
        Ok(text)
    }

    fn fault(bytes: &[u8]) -> String {
        TextError::within(&cleaned(bytes, Encoding::Utf8).unwrap_err()).unwrap().to_string()
    }

    #[test]
    fn the_mark_goes_and_the_text_stays() {
        assert_eq!(cleaned("\u{feff}mã,tên\n".as_bytes(), Encoding::Utf8).unwrap(), "mã,tên\n");
        assert_eq!(cleaned(b"", Encoding::Utf8).unwrap(), "");
        assert_eq!(cleaned(b"a", Encoding::Utf8).unwrap(), "a");
    }

    #[test]
    fn letters_that_straddle_pieces_stay_whole() {
        struct ByteByByte<'a>(&'a [u8]);
        impl Read for ByteByByte<'_> {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                let Some((first, rest)) = self.0.split_first() else { return Ok(0) };
                buffer[0] = *first;
                self.0 = rest;
                Ok(1)
            }
        }
        let mut text = String::new();
        let reader = ByteByByte("Điện Bàn\n".as_bytes());
        CleanText::new(reader, Encoding::Utf8, RecordBudget::new(100)).read_to_string(&mut text).unwrap();
        assert_eq!(text, "Điện Bàn\n");
    }

    #[test]
    fn legacy_bytes_are_named_with_their_line_and_the_way_out() {
        // "Phường" as the code page writes it: ư, ơ and a combining grave accent.
        let message = fault(b"id,name\n1,Ph\xFD\xF5\xCCng\n");
        assert_eq!(
            message,
            "line 2, byte 5: 0xFD is not UTF-8; it reads well as Windows-1258 (\"1,Phường\"): give --encoding \
             windows-1258, or convert the file with iconv -f WINDOWS-1258 -t UTF-8"
        );
    }

    #[test]
    fn bytes_of_no_known_encoding_are_told_apart() {
        assert_eq!(
            fault(b"ok\n\x80\x81\xFE\n"),
            "line 2, byte 1: 0x80 is not UTF-8; it does not look like Windows-1258 either: save the file as UTF-8"
        );
        assert_eq!(fault(b"\xFF\xFEi\0d\0"), TextError::Utf16.to_string());
    }

    #[test]
    fn the_code_page_is_decoded_when_told() {
        let text = cleaned(b"Ph\xFD\xF5\xCCng", Encoding::Windows1258).unwrap();
        assert_eq!(crate::domain::text::nfc(&text), "Phường");
    }

    #[test]
    fn a_record_beyond_its_budget_is_not_read_on() {
        let budget = RecordBudget::new(2_000_000);
        let mut reader = CleanText::new(io::repeat(b'x'), Encoding::Utf8, budget);
        let error = io::copy(&mut reader, &mut io::sink()).unwrap_err();
        assert_eq!(TextError::within(&error), Some(TextError::TooLong { limit_mb: 2 }));
    }
}
