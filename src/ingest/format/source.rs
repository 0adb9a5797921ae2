//! Where rows come from: a file or the embedded sample, in whatever format.
//!
//! In: a path or bytes. Out: a reader, chosen by the first bytes and not by the name. Formats that are known and not
//! read are refused by their names.

use std::fs::File;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::collection_claims::PartOfMore;
use super::csv_chunks::CsvChunks;
use super::csv_reader::{CsvLayout, CsvRecords, FileReader};
use super::geojson_reader::GeoJsonRecords;
use super::header::HeaderSearch;
use super::record::RecordReader;
use super::xlsx::reader::XlsxRecords;
use crate::ingest::coordinates::{CrsUse, GivenCrs};
use crate::ingest::error::ReadError;
use crate::ingest::in_degrees::InDegrees;
use crate::ingest::text::encoding::Encoding;

/// A file that can be read from its start as often as needed.
#[derive(Debug, Clone)]
pub struct RowSource {
    name: String,
    location: RowLocation,
    encoding: Encoding,
    sheet: Option<String>,
    on_part: PartOfMore,
    header: HeaderSearch,
    crs: Option<GivenCrs>,
}

#[derive(Debug, Clone)]
enum RowLocation {
    File(PathBuf),
    Memory(&'static [u8]),
    Shared(Arc<[u8]>),
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
    (OLE, "an old Excel file (.xls)"),
    (b"\x1e", "a GeoJSON text sequence"),
    (b"<", "an XML or HTML file"),
];

/// Old Office files, and new ones that are encrypted.
const OLE: &[u8] = b"\xd0\xcf\x11\xe0";
/// Bytes of such a file among which its table of contents is looked for.
const MAX_OLE_BYTES: u64 = 64 << 20;

/// The rows of a sheet: in old programs, and in new ones.
const SPREADSHEET_ROWS: [u64; 2] = [65_536, 1_048_576];

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
            header: HeaderSearch::default(),
            crs: None,
        }
    }

    /// Bytes inside the program.
    pub fn memory(name: &str, bytes: &'static [u8]) -> Self {
        let location = RowLocation::Memory(bytes);
        let (encoding, header, on_part) = (Encoding::Utf8, HeaderSearch::default(), PartOfMore::Refused);
        Self { name: name.to_owned(), location, encoding, sheet: None, on_part, header, crs: None }
    }

    /// Bytes that somebody handed in.
    pub fn shared(name: &str, bytes: &Arc<[u8]>) -> Self {
        Self { location: RowLocation::Shared(Arc::clone(bytes)), ..Self::memory(name, &[]) }
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

    /// The same source, its header looked for in another way.
    #[must_use]
    pub fn with_header(self, header: HeaderSearch) -> Self {
        Self { header, ..self }
    }

    /// The same source, its coordinates read in a reference system whatever the file declares.
    #[must_use]
    pub fn with_crs(self, crs: Option<GivenCrs>) -> Self {
        Self { crs, ..self }
    }

    /// In which reference system its coordinates are read, given what a reader of it declares; none where neither the
    /// operator nor the file says one.
    pub(in crate::ingest) fn crs_use(&self, declared: Option<String>) -> Option<CrsUse> {
        // What is declared and not known was refused when the reader was opened.
        CrsUse::of(self.crs, declared).ok().flatten().map(|(_, read_as)| read_as)
    }

    /// The same source, its header being the row that has the most of some names where no other is given.
    pub(in crate::ingest) fn naming(&self, names: Vec<String>) -> Self {
        let named = self.clone();
        Self { header: named.header.with_names(names), ..named }
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

    /// Refuses a table that ends where spreadsheet programs cut one off.
    pub(in crate::ingest) fn check_not_cut(&self, rows: u64, last_line: u64) -> Result<(), ReadError> {
        let cut = SPREADSHEET_ROWS.into_iter().find(|limit| last_line == *limit || rows == *limit);
        match cut {
            Some(limit) if self.on_part == PartOfMore::Refused => {
                let claim = format!("the table ends at row {limit}, where spreadsheet programs cut it off");
                Err(ReadError::PartOfMore { file: self.name.clone(), claim })
            }
            _ => Ok(()),
        }
    }

    /// Its length in bytes, as far as known.
    pub fn length(&self) -> u64 {
        match &self.location {
            RowLocation::File(path) => path.metadata().map_or(0, |file| file.len()),
            RowLocation::Memory(bytes) => bytes.len() as u64,
            RowLocation::Shared(bytes) => bytes.len() as u64,
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

    /// A reader of its rows that says whether they stand in a CSV file. Its geometries are in degrees of WGS 84.
    pub(in crate::ingest) fn rows(&self) -> Result<Rows, ReadError> {
        Ok(match self.rows_as_written()? {
            Rows::Other(records) => Rows::Other(Box::new(InDegrees::of(&self.name, records, self.crs)?)),
            csv @ Rows::Csv(_) => csv,
        })
    }

    /// A reader of its rows by the format of the file, its geometries as they stand there.
    fn rows_as_written(&self) -> Result<Rows, ReadError> {
        let mut bytes = self.open()?;
        let mut head = [0; 64];
        let length = fill(&mut bytes, &mut head).map_err(|source| self.io(source))?;
        let head = &head[..length];
        let marked = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
        if let Some((mark, format)) = OTHER_FORMATS.iter().find(|(mark, _)| marked.starts_with(mark)) {
            if *mark == OLE && self.is_encrypted()? {
                let (what, way) = ("protected by a password", "take the password off and save it again");
                return Err(ReadError::Packed { file: self.name.clone(), what: what.to_owned(), way: way.to_owned() });
            }
            return Err(ReadError::Format { file: self.name.clone(), format });
        }
        if head.starts_with(ZIP) {
            let bytes = Cursor::new(head).chain(bytes);
            let records = XlsxRecords::new(&self.name, bytes, self.sheet.as_deref(), &self.header)?;
            return Ok(Rows::Other(Box::new(records)));
        }
        if self.sheet.is_some() {
            return Err(ReadError::NoSpreadsheet { file: self.name.clone() });
        }
        let significant = head
            .iter()
            .find(|byte| !matches!(byte, 0 | 0xEF | 0xBB | 0xBF | 0xFE | 0xFF) && !byte.is_ascii_whitespace());
        let is_json = matches!(significant, Some(b'{' | b'['));
        let bytes: Box<dyn Read + Send> = Box::new(Cursor::new(head.to_vec()).chain(bytes));
        if is_json {
            Ok(Rows::Other(Box::new(GeoJsonRecords::new(&self.name, bytes, self.encoding, self.on_part)?)))
        } else {
            Ok(Rows::Csv(Box::new(CsvRecords::new(&self.name, bytes, self.encoding, &self.header)?)))
        }
    }

    /// Whether a file of the old Office form holds an encrypted new one.
    fn is_encrypted(&self) -> Result<bool, ReadError> {
        let mut bytes = Vec::new();
        self.open()?.take(MAX_OLE_BYTES).read_to_end(&mut bytes).map_err(|source| self.io(source))?;
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        Ok(bytes.windows(name.len()).any(|window| window == name))
    }

    fn open(&self) -> Result<Box<dyn Read + Send>, ReadError> {
        match &self.location {
            RowLocation::File(path) => Ok(Box::new(File::open(path).map_err(|source| self.io(source))?)),
            RowLocation::Memory(bytes) => Ok(Box::new(*bytes)),
            RowLocation::Shared(bytes) => Ok(Box::new(Cursor::new(Arc::clone(bytes)))),
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
