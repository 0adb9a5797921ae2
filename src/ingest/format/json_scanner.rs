//! Cutting a JSON stream into values without holding it: what is skipped is
//! forgotten, what is wanted is handed over as its own bytes.
//!
//! It knows where values begin and end, nothing more; their content is parsed by
//! `serde_json`.

use std::io::{BufRead, BufReader, Read};

use super::clean_text::line_ends;

/// Why a stream cannot be scanned on.
#[derive(Debug)]
pub(in crate::ingest) enum JsonScanError {
    /// The stream cannot be read.
    Io(std::io::Error),
    /// The stream ends in the middle of a value.
    Truncated,
    /// Something else stands where a token was expected.
    Unexpected {
        /// What was expected.
        expected: &'static str,
        /// What stands there.
        found: char,
    },
    /// A value is longer than allowed.
    TooLong,
}

/// A JSON stream and the offset reached in it.
pub(in crate::ingest) struct JsonScanner<R> {
    reader: BufReader<R>,
    /// Bytes read so far.
    pub(in crate::ingest) byte: u64,
    /// The present line, from 1.
    pub(in crate::ingest) line: u64,
}

impl<R: Read> JsonScanner<R> {
    /// A scanner at the start of a stream.
    pub(in crate::ingest) fn new(reader: R) -> Self {
        Self { reader: BufReader::with_capacity(64 * 1024, reader), byte: 0, line: 1 }
    }

    /// The next byte that is not white space, left in place; none at the end.
    pub(in crate::ingest) fn peek(&mut self) -> Result<Option<u8>, JsonScanError> {
        // White space is consumed and counted; the first other byte stays for the next call.
        while let Some(byte) = self.look()? {
            if !byte.is_ascii_whitespace() {
                return Ok(Some(byte));
            }
            self.step(byte);
        }
        Ok(None)
    }

    /// Takes one punctuation mark.
    pub(in crate::ingest) fn expect(&mut self, mark: u8, expected: &'static str) -> Result<(), JsonScanError> {
        match self.peek()? {
            Some(byte) if byte == mark => {
                self.step(byte);
                Ok(())
            }
            Some(byte) => Err(JsonScanError::Unexpected { expected, found: char::from(byte) }),
            None => Err(JsonScanError::Truncated),
        }
    }

    /// Takes a mark if it comes next.
    pub(in crate::ingest) fn take(&mut self, mark: u8) -> Result<bool, JsonScanError> {
        let next = self.peek()? == Some(mark);
        if next {
            self.step(mark);
        }
        Ok(next)
    }

    /// Takes the next value and appends its bytes.
    pub(in crate::ingest) fn value(&mut self, bytes: &mut Vec<u8>, limit: usize) -> Result<(), JsonScanError> {
        let Some(first) = self.peek()? else { return Err(JsonScanError::Truncated) };
        if matches!(first, b',' | b':' | b']' | b'}') {
            return Err(JsonScanError::Unexpected { expected: "a value", found: char::from(first) });
        }
        // `bytes` holds the value up to the end of the last piece and `extent` its nesting there, so a value may
        // span any number of reads. Each turn consumes a piece or returns.
        let mut extent = Extent::default();
        loop {
            let piece = self.reader.fill_buf().map_err(JsonScanError::Io)?;
            if piece.is_empty() {
                // A bare number may end with the stream; anything else is cut off.
                return if extent.is_bare() { Ok(()) } else { Err(JsonScanError::Truncated) };
            }
            let (taken, ended) = extent.within(piece);
            bytes.extend_from_slice(&piece[..taken]);
            self.line += line_ends(&piece[..taken]);
            self.byte += taken as u64;
            self.reader.consume(taken);
            if ended {
                return Ok(());
            }
            if bytes.len() > limit {
                return Err(JsonScanError::TooLong);
            }
        }
    }

    fn look(&mut self) -> Result<Option<u8>, JsonScanError> {
        Ok(self.reader.fill_buf().map_err(JsonScanError::Io)?.first().copied())
    }

    fn step(&mut self, byte: u8) {
        self.reader.consume(1);
        self.byte += 1;
        self.line += u64::from(byte == b'\n');
    }
}

/// How far a value reaches, fed piece by piece.
#[derive(Default)]
struct Extent {
    depth: usize,
    begun: bool,
    text: StringState,
}

#[derive(Default, PartialEq, Eq)]
enum StringState {
    #[default]
    Outside,
    Inside,
    AfterBackslash,
}

impl Extent {
    fn is_bare(&self) -> bool {
        self.begun && self.depth == 0 && self.text == StringState::Outside
    }

    /// How many bytes of a piece belong to the value, and whether it ends there.
    fn within(&mut self, piece: &[u8]) -> (usize, bool) {
        // `depth` counts the brackets open outside texts, `text` says whether a text is open. A value ends with
        // the bracket or quotation mark that closes what it began with; a bare one ends before the mark or space
        // behind it.
        for (place, byte) in piece.iter().enumerate() {
            match (&self.text, byte) {
                (StringState::Inside, b'\\') => self.text = StringState::AfterBackslash,
                (StringState::Inside, b'"') => {
                    self.text = StringState::Outside;
                    if self.depth == 0 {
                        return (place + 1, true);
                    }
                }
                (StringState::AfterBackslash, _) | (StringState::Outside, b'"') => self.text = StringState::Inside,
                (StringState::Outside, b'{' | b'[') => self.depth += 1,
                (StringState::Outside, b'}' | b']') if self.depth == 1 => return (place + 1, true),
                (StringState::Outside, b'}' | b']' | b',') if self.depth == 0 => return (place, true),
                (StringState::Outside, b'}' | b']') => self.depth -= 1,
                (StringState::Outside, byte) if self.is_bare() && byte.is_ascii_whitespace() => return (place, true),
                (StringState::Inside | StringState::Outside, _) => {}
            }
            self.begun = true;
        }
        (piece.len(), false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<String> {
        let mut scanner = JsonScanner::new(text.as_bytes());
        let mut values = Vec::new();
        loop {
            let mut bytes = Vec::new();
            scanner.value(&mut bytes, 1000).unwrap();
            values.push(String::from_utf8(bytes).unwrap());
            if !scanner.take(b',').unwrap() {
                return values;
            }
        }
    }

    #[test]
    fn values_end_where_they_end() {
        let wanted = [r#"{"a":[1,"}"]}"#, "12.5e3", r#""x\"],""#, "null", "[[],[]]", "7"];
        assert_eq!(values(&wanted.join(" , ")), wanted);
        assert_eq!(values(&wanted.join(",")), wanted);
    }

    #[test]
    fn a_cut_value_is_truncated() {
        for text in ["{\"a\": [1, 2", "\"abc", "", "[1, {}"] {
            let fault = JsonScanner::new(text.as_bytes()).value(&mut Vec::new(), 100);
            assert!(matches!(fault, Err(JsonScanError::Truncated)), "{text:?}");
        }
    }
}
