//! Why a file cannot be used at all. Single wrong rows are rejects, not errors.

use std::io;

use super::coordinates::likely_system;
use super::format::clean_text::TextError;
use super::text::names::{NameFault, encoding_fault};
use crate::geometry::crs::{Crs, CrsError};

/// Why a file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file cannot be opened or read.
    #[error("{file}: {source}")]
    Io {
        /// The name of the file, as it was given.
        file: String,
        /// What the system says.
        source: io::Error,
    },
    /// The file can be read only once, and has to be read twice.
    #[error("{file}: this is a pipe, and rows are read twice: save them to a file first")]
    Pipe {
        /// The name of the file, as it was given.
        file: String,
    },
    /// The file has no bytes.
    #[error("{file}: the file is empty")]
    Empty {
        /// The name of the file, as it was given.
        file: String,
    },
    /// The file is of a format that is not read.
    #[error(
        "{file}: this is {format}; GeoJSON, Shapefile, GeoPackage, FlatGeobuf, KML, TopoJSON, Parquet, CSV and XLSX can be \
         imported"
    )]
    Format {
        /// The name of the file, as it was given.
        file: String,
        /// What it is.
        format: &'static str,
    },
    /// The file is a container, or not open.
    #[error("{file}: this is {what}; {way}")]
    Packed {
        /// The name of the file, as it was given.
        file: String,
        /// What it is.
        what: String,
        /// What to do with it.
        way: String,
    },
    /// The file is damaged, or larger than what is read.
    #[error("{file}: the file cannot be read: {what}")]
    Unreadable {
        /// The name of the file, as it was given.
        file: String,
        /// What is wrong.
        what: String,
    },
    /// The file has no layer of the name.
    #[error("{file}: there is no layer {layer:?}; it has {}", layers.join(", "))]
    NoLayer {
        /// The name of the file, as it was given.
        file: String,
        /// The name given.
        layer: String,
        /// The layers there are, described.
        layers: Vec<String>,
    },
    /// Several layers could be meant.
    #[error(
        "{file}: the file has several layers, and an import reads one: name it with --layer; it has {}",
        layers.join(", ")
    )]
    SeveralLayers {
        /// The name of the file, as it was given.
        file: String,
        /// The layers there are, described.
        layers: Vec<String>,
    },
    /// A layer is named, and the format has none.
    #[error("{file}: --layer names a layer of a file with several, and this format has one")]
    NoLayers {
        /// The name of the file, as it was given.
        file: String,
    },
    /// Rows are to be taken by a column that is not there.
    #[error("{file}: --where names {column:?}, and the file has {}", listed(columns))]
    NoFilterColumn {
        /// The name of the file, as it was given.
        file: String,
        /// The name given.
        column: String,
        /// The columns there are.
        columns: Vec<String>,
    },
    /// The row that was to name the columns is not there.
    #[error("{file}: there is no header in row {row}: it is blank or not there")]
    NoHeaderRow {
        /// The name of the file, as it was given.
        file: String,
        /// The row that was named.
        row: u64,
    },
    /// The header cannot be used.
    #[error("{file}: {what}")]
    Header {
        /// The name of the file, as it was given.
        file: String,
        /// What is wrong.
        what: String,
    },
    /// The spreadsheet is damaged, locked or too large.
    #[error("{file}: the spreadsheet cannot be read: {what}")]
    Spreadsheet {
        /// The name of the file, as it was given.
        file: String,
        /// What is wrong.
        what: String,
    },
    /// The spreadsheet has no sheet of the name.
    #[error("{file}: there is no sheet {sheet:?}; it has {}", listed(sheets))]
    NoSheet {
        /// The name of the file, as it was given.
        file: String,
        /// The name given.
        sheet: String,
        /// The sheets there are.
        sheets: Vec<String>,
    },
    /// Several sheets could be meant.
    #[error(
        "{file}: the sheets {} have the same columns, and an import reads one: name it with --sheet, and import the \
         others after it",
        named_list(sheets)
    )]
    SeveralSheets {
        /// The name of the file, as it was given.
        file: String,
        /// The sheets, the one that shows first before the others.
        sheets: Vec<String>,
    },
    /// The sheet has no row.
    #[error("{file}: the sheet {sheet:?} is empty")]
    EmptySheet {
        /// The name of the file, as it was given.
        file: String,
        /// The sheet that was read.
        sheet: String,
    },
    /// A sheet is named, and the file has none.
    #[error("{file}: --sheet names a sheet of a spreadsheet, and this is none")]
    NoSpreadsheet {
        /// The name of the file, as it was given.
        file: String,
    },
    /// The bytes are not text.
    #[error("{file}: {fault}")]
    Text {
        /// The name of the file, as it was given.
        file: String,
        /// What is wrong.
        fault: TextError,
    },
    /// A record does not end.
    #[error("{file}, line {line}: {fault}")]
    TooLong {
        /// The name of the file, as it was given.
        file: String,
        /// The line on which it begins.
        line: u64,
        /// What is wrong.
        fault: TextError,
    },
    /// Two columns share a name.
    #[error("{file}: two columns are called {column:?}")]
    DuplicateColumn {
        /// The name of the file, as it was given.
        file: String,
        /// The name.
        column: String,
    },
    /// The file ends in the middle.
    #[error("{file}: the file is cut off at byte {byte} (line {line}), {inside}")]
    Truncated {
        /// The name of the file, as it was given.
        file: String,
        /// Where it ends.
        byte: u64,
        /// The line where it ends.
        line: u64,
        /// What was being read.
        inside: String,
    },
    /// The JSON is not what it should be.
    #[error("{file}, line {line}: {what}")]
    Syntax {
        /// The name of the file, as it was given.
        file: String,
        /// The line of the fault, from 1.
        line: u64,
        /// What is wrong.
        what: String,
    },
    /// The file says of itself that it is not whole.
    #[error("{file}: {claim}; get the whole of it, or take it as it is with --partial")]
    PartOfMore {
        /// The name of the file, as it was given.
        file: String,
        /// What it says, and what was found.
        claim: String,
    },
    /// The file declares a reference system that is not known.
    #[error(
        "{file}: the reference system that the file declares is not known, and --crs does not say which it is: {fault}"
    )]
    Crs {
        /// The name of the file, as it was given.
        file: String,
        /// What it declares, and why that is not known.
        fault: CrsError,
    },
    /// The file declares its reference system when its features have been read.
    #[error("{file}: the file declares its reference system {declared:?} behind its features: say it with --crs")]
    LateCrs {
        /// The name of the file, as it was given.
        file: String,
        /// What it declares.
        declared: String,
    },
}

/// Why the columns of a file do not fit the fields that are wanted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BindingError {
    /// Columns that nothing is known about.
    #[error(
        "unknown {}: give --map FIELD=COLUMN to use one or --ignore-column COLUMN to leave it out; fields are {}{}",
        named("column", columns), fields.join(", "), lost_encoding(columns)
    )]
    Unknown {
        /// The headings at fault, as they are written.
        columns: Vec<String>,
        /// The fields that can be filled.
        fields: Vec<&'static str>,
    },
    /// Columns that seem to describe persons.
    #[error(
        "{} may describe persons, and this map keeps no personal data: take it out of the file, or leave it out here \
         with --ignore-column",
        named("column", columns)
    )]
    Persons {
        /// The headings at fault, as they are written.
        columns: Vec<String>,
    },
    /// Nothing says how severe incidents are.
    #[error(
        "column \"severity\" missing: the file has {}; give --map severity=COLUMN, or say what severity its incidents \
         have with --severity-from category or --severity-from default N", columns.join(", ")
    )]
    NoSeverity {
        /// The columns of the file.
        columns: Vec<String>,
    },
    /// A field that must be there is not.
    #[error("{} missing: the file has {}; give --map FIELD=COLUMN", named("column", fields), columns.join(", "))]
    Missing {
        /// The fields that no column fills.
        fields: Vec<&'static str>,
        /// The columns of the file.
        columns: Vec<String>,
    },
    /// An attribute of areas that must be there is not among the usual names.
    #[error("no attribute of a usual name gives the {}; the file has {}; give {}", fields.join(" and the "),
        listed(columns), fields.iter().map(|field| format!("--{field} ATTRIBUTE")).collect::<Vec<_>>().join(" "))]
    NoAttribute {
        /// What is missing, named like its option.
        fields: Vec<&'static str>,
        /// The attributes of the file.
        columns: Vec<String>,
    },
    /// Two columns would fill one field.
    #[error("columns {first:?} and {second:?} both mean {field}: keep one with --ignore-column")]
    Ambiguous {
        /// The field that both would fill.
        field: &'static str,
        /// One column.
        first: String,
        /// The other.
        second: String,
    },
    /// `--map` or `--value` names a field that does not exist.
    #[error("there is no field {field:?}; fields are {}", fields.join(", "))]
    NoField {
        /// The name given.
        field: String,
        /// The fields that exist.
        fields: Vec<&'static str>,
    },
    /// An option names a column that the file does not have.
    #[error("the file has no column {column:?}; it has {}", listed(columns))]
    NoColumn {
        /// The name given.
        column: String,
        /// The columns of the file.
        columns: Vec<String>,
    },
}

/// What numbers in metres may be of which nothing says what they are.
fn guess(x: f64, y: f64) -> String {
    if let Some(crs) = likely_system(x, y) {
        return format!(
            "as {crs} they would lie in Quảng Nam, so give --crs EPSG:{} if that is what they are",
            crs.code()
        );
    }
    match likely_system(y, x) {
        Some(crs) => format!(
            "as {crs} they would lie in Quảng Nam with the two exchanged (survey sheets call the northing X), so \
             exchange them and give --crs EPSG:{} if that is what they are",
            crs.code()
        ),
        None => "no known system would put them into Quảng Nam".to_owned(),
    }
}

/// What is said beside headings that are those of another encoding.
fn lost_encoding(columns: &[String]) -> String {
    let found = columns.iter().find_map(|column| Some((column, encoding_fault(column)?)));
    found.map_or(String::new(), |(column, fault)| format!("; {column:?}: {fault}"))
}

fn named_list(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect();
    names.join(", ")
}

fn listed(columns: &[String]) -> String {
    if columns.is_empty() { "none".to_owned() } else { columns.join(", ") }
}

fn named<T: std::fmt::Debug>(noun: &str, names: &[T]) -> String {
    let list: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect();
    format!("{noun}{} {}", if list.len() == 1 { "" } else { "s" }, list.join(", "))
}

/// Why nothing of a file is imported.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// The file cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The columns do not fit.
    #[error("{file}: {fault}")]
    Columns {
        /// The name of the file, as it was given.
        file: String,
        /// What is wrong.
        fault: BindingError,
    },
    /// Two values are written in two ways, and a file is read in one.
    #[error(
        "{file}, line {line}, {field} {value:?}: {earlier} is written in another way, and a file is read in one: say \
         which with {option}"
    )]
    Contradiction {
        /// The name of the file, as it was given.
        file: String,
        /// The line of the later value.
        line: u64,
        /// Its field.
        field: Box<str>,
        /// The later value.
        value: String,
        /// The earlier one, with its line and field.
        earlier: String,
        /// The options that settle it.
        option: &'static str,
    },
    /// A spreadsheet kept some days as days and left the others as text, so it took day and month for each other.
    #[error(
        "{file}, line {line}, {field} {value:?}: {text} is text, and the sheet keeps as days only those up to the 12th: it \
         may have read day and month the wrong way round; write the column anew as text, or say with --date-order dmy \
         or --date-order mdy how its texts are written if its days are right"
    )]
    ExchangedDays {
        /// The name of the file, as it was given.
        file: String,
        /// The line of the first day that is also a month.
        line: u64,
        /// Its field.
        field: String,
        /// The day.
        value: String,
        /// The first day that was left as text, with its line and field.
        text: String,
    },
    /// Names of the file are in another encoding.
    #[error("{file}, line {line}, {field} {value:?}: {fault}")]
    Encoding {
        /// The name of the file, as it was given.
        file: String,
        /// The line of the first such name.
        line: u64,
        /// Its field.
        field: &'static str,
        /// The name.
        value: String,
        /// What is wrong, how the name would read, and which option reads it so.
        fault: NameFault,
    },
    /// The coordinates are metres.
    #[error(
        "{file}, line {line}: coordinates such as {x}, {y} are metres, not degrees, and nothing says of which reference \
         system: {}; these can be given with --crs:\n{}", guess(*x, *y), Crs::table()
    )]
    Metres {
        /// The name of the file, as it was given.
        file: String,
        /// The first line with such coordinates.
        line: u64,
        /// The first coordinate.
        x: f64,
        /// The second.
        y: f64,
    },
    /// Longitude and latitude stand the wrong way round.
    #[error(
        "{file}, line {line}: {x}, {y} lies in Viet Nam only with latitude and longitude exchanged; GeoJSON wants \
         longitude first: exchange them in the file"
    )]
    Swapped {
        /// The name of the file, as it was given.
        file: String,
        /// The line of the fault, from 1.
        line: u64,
        /// The first coordinate.
        x: f64,
        /// The second.
        y: f64,
    },
    /// A row is marked as secret.
    #[error(
        "{file}, line {line}: classification {value:?} is not \"thường\"; secret records may not be imported, and \
         nothing of the file was imported"
    )]
    Classified {
        /// The name of the file, as it was given.
        file: String,
        /// The line of the fault, from 1.
        line: u64,
        /// The mark.
        value: String,
    },
    /// Boundaries with faults that were not to be repaired, or that cannot be.
    #[error("{file}: {count} error(s) stop the import of {what}; nothing was imported")]
    Findings {
        /// The name of the file, as it was given.
        file: String,
        /// How many.
        count: usize,
        /// What was imported.
        what: String,
    },
}
