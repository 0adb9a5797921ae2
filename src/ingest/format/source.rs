//! Where rows come from: a file or the embedded sample, in whatever format.
//!
//! In: a path or bytes. Out: a reader, chosen by the first bytes and not by the name. Formats that are known and not
//! read are refused by their names.

use std::ffi::OsStr;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

use super::collection_claims::PartOfMore;
use super::csv_chunks::CsvChunks;
use super::csv_reader::CsvLayout;
use super::header::HeaderSearch;
use super::opened::content::{Opened, RowLocation};
use super::opened::dispatch::{Breadth, ReadingOptions, Rows, rows_of};
use super::opened::filtered::{FilteredRecords, WantedValue};
use super::opened::signatures::convert;
use super::record::RecordReader;
use crate::ingest::coordinates::{CrsUse, GivenCrs};
use crate::ingest::error::ReadError;
use crate::ingest::in_degrees::InDegrees;
use crate::ingest::text::encoding::Encoding;

/// A file that can be read from its start as often as needed.
#[derive(Debug, Clone)]
pub struct RowSource {
    name: String,
    location: RowLocation,
    options: ReadingOptions,
    filters: Vec<WantedValue>,
}

/// Bytes of such a file among which its table of contents is looked for.
const MAX_OLE_BYTES: u64 = 64 << 20;

/// The rows of a sheet: in old programs, and in new ones.
const SPREADSHEET_ROWS: [u64; 2] = [65_536, 1_048_576];

impl RowSource {
    /// A file on disk.
    pub fn file(path: &Path) -> Self {
        Self::at(path.display().to_string(), RowLocation::File(path.to_owned()))
    }

    /// Bytes inside the program.
    pub fn memory(name: &str, bytes: &'static [u8]) -> Self {
        Self::at(name.to_owned(), RowLocation::Memory(bytes))
    }

    /// Bytes that somebody handed in.
    pub fn shared(name: &str, bytes: &Arc<[u8]>) -> Self {
        Self::at(name.to_owned(), RowLocation::Shared(Arc::clone(bytes)))
    }

    fn at(name: String, location: RowLocation) -> Self {
        Self { name, location, options: ReadingOptions::default(), filters: Vec::new() }
    }

    fn with_options(self, options: ReadingOptions) -> Self {
        Self { options, ..self }
    }

    /// The same source, its bytes read in another way; as the file itself says, or UTF-8, where none is named.
    #[must_use]
    pub fn with_encoding(self, encoding: impl Into<Option<Encoding>>) -> Self {
        let options = ReadingOptions { encoding: encoding.into(), ..self.options.clone() };
        self.with_options(options)
    }

    /// The same source, read from a sheet of that name.
    #[must_use]
    pub fn with_sheet(self, sheet: Option<String>) -> Self {
        let options = ReadingOptions { sheet, ..self.options.clone() };
        self.with_options(options)
    }

    /// The same source, read from a layer of that name.
    #[must_use]
    pub fn with_layer(self, layer: Option<String>) -> Self {
        let options = ReadingOptions { layer, ..self.options.clone() };
        self.with_options(options)
    }

    /// The same source, refused when it is anything but text: what comes from outside is not unpacked.
    #[must_use]
    pub(in crate::ingest) fn of_plain_text(self) -> Self {
        let options = ReadingOptions { breadth: Breadth::PlainText, ..self.options.clone() };
        self.with_options(options)
    }

    /// The same source, of which only the rows that pass are read.
    #[must_use]
    pub fn with_filters(self, filters: Vec<WantedValue>) -> Self {
        Self { filters, ..self }
    }

    /// The same source, taken or refused when it says that it is a part of something longer.
    #[must_use]
    pub fn with_part(self, on_part: PartOfMore) -> Self {
        let options = ReadingOptions { on_part, ..self.options.clone() };
        self.with_options(options)
    }

    /// The same source, its header looked for in another way.
    #[must_use]
    pub fn with_header(self, header: HeaderSearch) -> Self {
        let options = ReadingOptions { header, ..self.options.clone() };
        self.with_options(options)
    }

    /// The same source, its coordinates read in a reference system whatever the file declares.
    #[must_use]
    pub fn with_crs(self, crs: Option<GivenCrs>) -> Self {
        let options = ReadingOptions { crs, ..self.options.clone() };
        self.with_options(options)
    }

    /// In which reference system its coordinates are read, given what a reader of it declares; none where neither the
    /// operator nor the file says one.
    pub(in crate::ingest) fn crs_use(&self, declared: Option<String>) -> Option<CrsUse> {
        // What is declared and not known was refused when the reader was opened.
        CrsUse::of(self.options.crs, declared).ok().flatten().map(|(_, read_as)| read_as)
    }

    /// The same source, its header being the row that has the most of some names where no other is given.
    pub(in crate::ingest) fn naming(&self, names: Vec<String>) -> Self {
        let header = self.options.header.clone().with_names(names);
        self.clone().with_header(header)
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
            Some(limit) if self.options.on_part == PartOfMore::Refused => {
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
        CsvChunks::new(layout, self.open()?.stream())
    }

    /// A reader of its rows that says whether they stand in a CSV file. Its geometries are in degrees of WGS 84.
    pub(in crate::ingest) fn rows(&self) -> Result<Rows, ReadError> {
        self.check_no_geodatabase()?;
        let Some(rows) = rows_of(self.open()?, &self.options)? else { return Err(self.old_office()?) };
        let reader: Box<dyn RecordReader> = match rows {
            Rows::Csv(records) if self.filters.is_empty() => return Ok(Rows::Csv(records)),
            Rows::Csv(records) => records,
            Rows::Other(records) => Box::new(InDegrees::of(&self.name, records, self.options.crs)?),
        };
        if self.filters.is_empty() {
            return Ok(Rows::Other(reader));
        }
        Ok(Rows::Other(Box::new(FilteredRecords::new(&self.name, reader, &self.filters))))
    }

    /// Refuses a File Geodatabase, which is a folder.
    fn check_no_geodatabase(&self) -> Result<(), ReadError> {
        match &self.location {
            RowLocation::File(path) if path.is_dir() && path.extension() == Some(OsStr::new("gdb")) => {
                Err(convert(&self.name, "a File Geodatabase", self.options.crs))
            }
            _ => Ok(()),
        }
    }

    /// What is said of a file of the old Office form.
    fn old_office(&self) -> Result<ReadError, ReadError> {
        let file = self.name.clone();
        Ok(if self.is_encrypted()? {
            let (what, way) = ("protected by a password", "take the password off and save it again");
            ReadError::Packed { file, what: what.to_owned(), way: way.to_owned() }
        } else {
            ReadError::Format { file, format: "an old Excel file (.xls)" }
        })
    }

    /// Whether a file of the old Office form holds an encrypted new one.
    fn is_encrypted(&self) -> Result<bool, ReadError> {
        let mut bytes = Vec::new();
        let read = self.open()?.stream().take(MAX_OLE_BYTES).read_to_end(&mut bytes);
        read.map_err(|source| ReadError::Io { file: self.name.clone(), source })?;
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        Ok(bytes.windows(name.len()).any(|window| window == name))
    }

    fn open(&self) -> Result<Opened, ReadError> {
        Opened::new(&self.name, &self.location)
    }
}
