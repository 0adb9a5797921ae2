//! Bytes of a file as text: byte-order mark dropped, UTF-8 checked, a legacy
//! code page decoded on demand, and no record longer than its budget.
//!
//! Streaming: what goes in piece by piece comes out piece by piece. Faults travel
//! as the inner value of an [`io::Error`], because that is what readers of text
//! pass on; [`TextError::within`] finds them again.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use encoding_rs::{CoderResult, Decoder, UTF_16BE, UTF_16LE};

use crate::ingest::text::encoding::Encoding;
use crate::ingest::text::legacy::{LegacyDecoder, Scheme};
use crate::ingest::text::names::best_reading;

const CHUNK: usize = 64 * 1024;
const UTF8_MARK: &[u8] = &[0xEF, 0xBB, 0xBF];
const UTF16_MARKS: [(&[u8], Encoding); 2] = [(&[0xFF, 0xFE], Encoding::Utf16Le), (&[0xFE, 0xFF], Encoding::Utf16Be)];
/// Bytes by which UTF-16 without a mark is known: of letters of ASCII every other byte is zero.
const UTF16_SAMPLE: usize = 32;

/// The decoder of an encoding that is a table of letters or units of 16 bits.
fn decoder(encoding: Encoding) -> Option<Decoder> {
    match encoding {
        Encoding::Utf16Le => Some(UTF_16LE.new_decoder_with_bom_removal()),
        Encoding::Utf16Be => Some(UTF_16BE.new_decoder_with_bom_removal()),
        _ => None,
    }
}

/// The decoder of an encoding that was lost.
fn legacy(encoding: Encoding) -> Option<LegacyDecoder> {
    match encoding {
        Encoding::Windows1258 => Some(LegacyDecoder::new(Scheme::Windows1258)),
        Encoding::Tcvn3 => Some(LegacyDecoder::new(Scheme::Tcvn3)),
        Encoding::Vni => Some(LegacyDecoder::new(Scheme::Vni)),
        Encoding::Utf8Twice => Some(LegacyDecoder::new(Scheme::Utf8Twice)),
        Encoding::Utf8 | Encoding::Utf16Le | Encoding::Utf16Be => None,
    }
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
    #[error(
        "the file is UTF-16; give --encoding {option}, or save it as UTF-8, for example with iconv -f UTF-16 -t UTF-8"
    )]
    Utf16 {
        /// The encoding that reads it.
        option: &'static str,
    },
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

/// How the lines of a text end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LineEnds {
    /// No line has ended yet.
    Unknown,
    /// With LF, a CR before it or not.
    Lf,
    /// With CR alone.
    Cr,
}

/// A reader whose bytes are UTF-8.
pub(in crate::ingest) struct CleanText<R> {
    inner: R,
    budget: RecordBudget,
    decoder: Option<Decoder>,
    legacy: Option<LegacyDecoder>,
    /// Bytes of a lost encoding that are not read yet.
    input: Vec<u8>,
    line_ends: LineEnds,
    /// Whether a CR waits for what follows it.
    held_cr: bool,
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
        Self {
            inner,
            budget,
            decoder: decoder(encoding),
            legacy: legacy(encoding),
            input: Vec::new(),
            line_ends: LineEnds::Unknown,
            held_cr: false,
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
            let target = if self.legacy.is_some() { &mut self.input } else { &mut self.raw };
            let kept = target.len();
            target.resize(kept + CHUNK, 0);
            let read = self.inner.read(&mut target[kept..])?;
            target.truncate(kept + read);
            self.ended = read == 0;
            if let Some(legacy) = &mut self.legacy {
                self.raw.extend(legacy.decode(&mut self.input, self.ended));
            }
            self.drop_mark()?;
            if self.decoder.is_some() {
                self.decode();
            } else {
                self.check()?;
            }
            self.unify_line_ends();
        }
        Ok(())
    }

    /// Lines of some programs end at CR alone; the first line end of a file says whether its do.
    fn unify_line_ends(&mut self) {
        if self.held_cr && (self.ended || !self.clean.is_empty()) {
            self.clean.insert(0, b'\r');
            self.held_cr = false;
        }
        if self.line_ends == LineEnds::Unknown {
            let first = self.clean.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            self.line_ends = match first.map(|place| (self.clean[place], self.clean.get(place + 1))) {
                None => return,
                // Whether LF follows is not known yet: the CR waits for the next piece.
                Some((b'\r', None)) if !self.ended => {
                    self.clean.pop();
                    self.held_cr = true;
                    return;
                }
                Some((b'\r', next)) if next != Some(&b'\n') => LineEnds::Cr,
                Some(_) => LineEnds::Lf,
            };
        }
        if self.line_ends == LineEnds::Cr {
            self.clean.iter_mut().filter(|byte| **byte == b'\r').for_each(|byte| *byte = b'\n');
        }
    }

    fn drop_mark(&mut self) -> io::Result<()> {
        if self.begun || (self.raw.len() < UTF8_MARK.len() && !self.ended) {
            return Ok(());
        }
        self.begun = true;
        if let (Some(option), None) = (utf16(&self.raw), &self.decoder) {
            return Err(TextError::Utf16 { option: option.as_str() }.into());
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
    // Sums of single bytes are added sixteen and more at once, and 255 of them fit into one.
    let of_piece = |piece: &[u8]| piece.iter().map(|byte| u8::from(*byte == b'\n')).sum::<u8>();
    bytes.chunks(255).map(|piece| u64::from(of_piece(piece))).sum()
}

/// The form of UTF-16 that a text begins like, with or without a mark.
fn utf16(bytes: &[u8]) -> Option<Encoding> {
    if let Some((_, encoding)) = UTF16_MARKS.iter().find(|(mark, _)| bytes.starts_with(mark)) {
        return Some(*encoding);
    }
    let sample = &bytes[..bytes.len().min(UTF16_SAMPLE)];
    let zeros = |first: usize| sample.iter().skip(first).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let most = sample.len() / 4;
    match (even, odd) {
        (0, odd) if odd > 1 && odd >= most => Some(Encoding::Utf16Le),
        (even, 0) if even > 1 && even >= most => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// What a line that is not UTF-8 reads like, and what to do.
fn advice(line: &[u8]) -> String {
    let Some((encoding, text)) = best_reading(line) else {
        return "it does not look like Windows-1258 either: save the file as UTF-8".to_owned();
    };
    let start: String = text.chars().take(40).collect();
    let option = encoding.as_str();
    if encoding == Encoding::Windows1258 {
        return format!(
            "it reads well as Windows-1258 ({start:?}): give --encoding windows-1258, or convert the file with \
             iconv -f WINDOWS-1258 -t UTF-8"
        );
    }
    format!("it reads well as {} ({start:?}): give --encoding {option}", option.to_uppercase())
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
        assert_eq!(fault(b"\xFF\xFEi\0d\0"), TextError::Utf16 { option: "utf-16le" }.to_string());
    }

    #[test]
    fn the_code_page_is_decoded_when_told() {
        let text = cleaned(b"Ph\xFD\xF5\xCCng", Encoding::Windows1258).unwrap();
        assert_eq!(crate::domain::text::nfc(&text), "Phường");
    }

    #[test]
    fn utf_16_is_known_without_its_mark_and_read_when_told() {
        let le: Vec<u8> = "id\tthời gian\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = "id\tthời gian\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert!(fault(&le).contains("give --encoding utf-16le, or save it as UTF-8"), "{}", fault(&le));
        assert!(fault(&be).contains("give --encoding utf-16be"));
        assert_eq!(cleaned(&le, Encoding::Utf16Le).unwrap(), "id\tthời gian\n");
        assert_eq!(cleaned(&be, Encoding::Utf16Be).unwrap(), "id\tthời gian\n");
    }

    #[test]
    fn other_lost_encodings_are_named_with_how_they_read() {
        // "Phường Tân Thịnh" as ABC and as VNI fonts are written.
        let tcvn3 = b"id,name\n1,Ph\xAD\xEAng T\xA9n Th\xDEnh\n";
        let vni = b"id,name\n1,Ph\xF6\xF4\xF8ng Ta\xE2n Th\xF2nh\n";
        assert!(fault(tcvn3).ends_with("it reads well as TCVN3 (\"1,Phường Tân Thịnh\"): give --encoding tcvn3"));
        assert!(fault(vni).ends_with("it reads well as VNI (\"1,Phường Tân Thịnh\"): give --encoding vni"));
        assert_eq!(cleaned(tcvn3, Encoding::Tcvn3).unwrap(), "id,name\n1,Phường Tân Thịnh\n");
        assert_eq!(cleaned(vni, Encoding::Vni).unwrap(), "id,name\n1,Phường Tân Thịnh\n");
    }

    #[test]
    fn lines_may_end_at_cr_alone_when_the_first_does() {
        assert_eq!(cleaned(b"a,b\r1,2\r\r3,4", Encoding::Utf8).unwrap(), "a,b\n1,2\n\n3,4");
        assert_eq!(cleaned(b"a,b\r\n1,\"x\ry\"\r\n", Encoding::Utf8).unwrap(), "a,b\r\n1,\"x\ry\"\r\n");
        assert_eq!(cleaned(b"a\r", Encoding::Utf8).unwrap(), "a\n");
    }

    #[test]
    fn a_record_beyond_its_budget_is_not_read_on() {
        let budget = RecordBudget::new(2_000_000);
        let mut reader = CleanText::new(io::repeat(b'x'), Encoding::Utf8, budget);
        let error = io::copy(&mut reader, &mut io::sink()).unwrap_err();
        assert_eq!(TextError::within(&error), Some(TextError::TooLong { limit_mb: 2 }));
    }
}
