//! Where rows come from: a file or the embedded sample, in whatever format.
//!
//! In: a path or bytes. Out: a reader, chosen by the first bytes and not by the name. Formats that are known and not
//! read are refused by their names.

use std::fs::File;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use super::clean_text::Encoding;
use super::collection_claims::PartOfMore;
use super::csv_chunks::CsvChunks;
use super::csv_reader::{CsvLayout, CsvRecords, FileReader};
use super::geojson_reader::GeoJsonRecords;
use super::record::RecordReader;
use super::xlsx_reader::XlsxRecords;
use crate::ingest::error::ReadError;

/// A file that can be read from its start as often as needed.
#[derive(Debug, Clone)]
pub struct RowSource {
    name: String,
    location: RowLocation,
    encoding: Encoding,
    sheet: Option<String>,
    on_part: PartOfMore,
}

#[derive(Debug, Clone)]
enum RowLocation {
    File(PathBuf),
    Memory(&'static [u8]),
}

/// Rows of a file, read one after the other.
pub(in crate::ingest) enum Rows {
    /// Of a CSV file, which can be read in chunks as well.
    Csv(Box<CsvRecords<FileReader>>),
    /// Of a file that can only be read from its start.
    Other(Box<dyn RecordReader>),
}

/// First bytes of formats that people bring and that are read by later versions.
const OTHER_FORMATS: [(&[u8], &str); 8] = [
    (b"SQLite format 3", "a GeoPackage or SQLite file"),
    (b"\x00\x00\x27\x0a", "a Shapefile"),
    (b"fgb", "a FlatGeobuf file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"%PDF", "a PDF file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel file (.xls)"),
    (b"\x1e", "a GeoJSON text sequence"),
    (b"<", "an XML or HTML file"),
];

/// Spreadsheets are ZIP files.
const ZIP: &[u8] = b"PK\x03\x04";

impl RowSource {
    /// A file on disk.
    pub fn file(path: &Path) -> Self {
        Self {
            name: path.display().to_string(),
            location: RowLocation::File(path.to_owned()),
            encoding: Encoding::Utf8,
            sheet: None,
            on_part: PartOfMore::Refused,
        }
    }

    /// Bytes inside the program.
    pub fn memory(name: &str, bytes: &'static [u8]) -> Self {
        let location = RowLocation::Memory(bytes);
        Self { name: name.to_owned(), location, encoding: Encoding::Utf8, sheet: None, on_part: PartOfMore::Refused }
    }

    /// The same source, its bytes read in another way.
    #[must_use]
    pub fn with_encoding(self, encoding: Encoding) -> Self {
        Self { encoding, ..self }
    }

    /// The same source, read from a sheet of that name.
    #[must_use]
    pub fn with_sheet(self, sheet: Option<String>) -> Self {
        Self { sheet, ..self }
    }

    /// The same source, taken or refused when it says that it is a part of something longer.
    #[must_use]
    pub fn with_part(self, on_part: PartOfMore) -> Self {
        Self { on_part, ..self }
    }

    /// The name for messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Refuses what can be read only once.
    pub(in crate::ingest) fn check_readable_twice(&self) -> Result<(), ReadError> {
        match &self.location {
            RowLocation::File(path) if path.metadata().is_ok_and(|file| !file.is_file() && !file.is_dir()) => {
                Err(ReadError::Pipe { file: self.name.clone() })
            }
            _ => Ok(()),
        }
    }

    /// Its length in bytes, as far as known.
    pub fn length(&self) -> u64 {
        match &self.location {
            RowLocation::File(path) => path.metadata().map_or(0, |file| file.len()),
            RowLocation::Memory(bytes) => bytes.len() as u64,
        }
    }

    /// A reader of its rows, chosen by what the file begins with.
    pub fn records(&self) -> Result<Box<dyn RecordReader>, ReadError> {
        self.rows().map(|rows| match rows {
            Rows::Csv(records) => records as Box<dyn RecordReader>,
            Rows::Other(records) => records,
        })
    }

    /// The text behind the header of a CSV file, in chunks.
    pub(in crate::ingest) fn chunks(&self, layout: &CsvLayout) -> Result<CsvChunks, ReadError> {
        CsvChunks::new(layout, self.open()?)
    }

    /// A reader of its rows that says whether they stand in a CSV file.
    pub(in crate::ingest) fn rows(&self) -> Result<Rows, ReadError> {
        let mut bytes = self.open()?;
        let mut head = [0; 64];
        let length = fill(&mut bytes, &mut head).map_err(|source| self.io(source))?;
        let head = &head[..length];
        let marked = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
        if let Some((_, format)) = OTHER_FORMATS.iter().find(|(mark, _)| marked.starts_with(mark)) {
            return Err(ReadError::Format { file: self.name.clone(), format });
        }
        if head.starts_with(ZIP) {
            let bytes = Cursor::new(head).chain(bytes);
            let records = XlsxRecords::new(&self.name, bytes, self.sheet.as_deref())?;
            return Ok(Rows::Other(Box::new(records)));
        }
        if self.sheet.is_some() {
            return Err(ReadError::NoSpreadsheet { file: self.name.clone() });
        }
        let significant = head.iter().find(|byte| !matches!(byte, 0xEF | 0xBB | 0xBF) && !byte.is_ascii_whitespace());
        let is_json = matches!(significant, Some(b'{' | b'['));
        let bytes: Box<dyn Read + Send> = Box::new(Cursor::new(head.to_vec()).chain(bytes));
        if is_json {
            Ok(Rows::Other(Box::new(GeoJsonRecords::new(&self.name, bytes, self.encoding, self.on_part)?)))
        } else {
            Ok(Rows::Csv(Box::new(CsvRecords::new(&self.name, bytes, self.encoding)?)))
        }
    }

    fn open(&self) -> Result<Box<dyn Read + Send>, ReadError> {
        match &self.location {
            RowLocation::File(path) => Ok(Box::new(File::open(path).map_err(|source| self.io(source))?)),
            RowLocation::Memory(bytes) => Ok(Box::new(*bytes)),
        }
    }

    fn io(&self, source: std::io::Error) -> ReadError {
        ReadError::Io { file: self.name.clone(), source }
    }
}

fn fill(reader: &mut impl Read, buffer: &mut [u8]) -> std::io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match reader.read(&mut buffer[filled..])? {
            0 => break,
            read => filled += read,
        }
    }
    Ok(filled)
}
