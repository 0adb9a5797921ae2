//! One row of a file, whatever its format.
//!
//! A reader of a format fills a [`Record`], column by column in Normalization Form C; everything behind it takes
//! records and does not know the format.

use std::sync::Arc;

use geojson::Geometry;

use crate::ingest::error::ReadError;
use crate::ingest::fields::ColumnIndex;
use crate::ingest::text::cell::cell_text;
use crate::ingest::text::ids::inexact_number;

/// A cell that holds something, and nothing that a field can be read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::ingest) struct CellFault {
    /// Its column.
    pub(in crate::ingest) column: ColumnIndex,
    /// What stands there.
    pub(in crate::ingest) value: String,
    /// Why it cannot be read.
    pub(in crate::ingest) reason: String,
}

/// What a cell is by its format, where it is no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) enum CellKind {
    /// A number: its decimals stand behind a point, whatever the texts of the file do.
    Number,
    /// A day or a moment of a spreadsheet.
    Day,
}

/// What the number of a record's line counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum LineCount {
    /// Lines of text.
    #[default]
    Lines,
    /// Features of a file without lines.
    Features,
}

/// One row: text fields by column, and a geometry where the format has one.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// The line on which it begins, from 1.
    pub line: u64,
    /// The number of the feature, from 1, where its line holds others as well.
    pub(in crate::ingest) feature: Option<u64>,
    /// The sheet of a spreadsheet on which it stands; its line is the row there.
    pub(in crate::ingest) sheet: Option<Arc<str>>,
    /// What its line counts.
    counted: LineCount,
    /// The layer of a file that has several.
    layer: Option<Arc<str>>,
    /// The value of each column; empty when the row has none.
    pub(in crate::ingest) values: Vec<String>,
    /// The cells that are more than text; none in a file of text.
    kinds: Vec<(ColumnIndex, CellKind)>,
    /// The cells that hold something unreadable; their value is empty.
    pub(in crate::ingest) cell_faults: Vec<CellFault>,
    /// The geometry of a feature; none in tables.
    pub geometry: Option<Geometry>,
    /// What is wrong with the row as a whole.
    pub(in crate::ingest) fault: Option<String>,
    /// What of the row shows that fault.
    pub(in crate::ingest) fault_value: String,
}

impl Record {
    /// The text of a column; none when it is empty or absent.
    pub fn text(&self, column: ColumnIndex) -> Option<&str> {
        self.values.get(column.index()).map(String::as_str).filter(|text| !text.is_empty())
    }

    /// What the cell of a column is, where it is no text.
    pub(in crate::ingest) fn kind(&self, column: ColumnIndex) -> Option<CellKind> {
        self.kinds.iter().find(|(known, _)| *known == column).map(|(_, kind)| *kind)
    }

    /// Whether the format keeps the cell of a column as a number and not as text.
    pub fn is_number(&self, column: ColumnIndex) -> bool {
        self.kind(column) == Some(CellKind::Number)
    }

    /// Why the cell of a column can be no id, whatever its text.
    pub fn no_id(&self, column: ColumnIndex) -> Option<String> {
        match self.kind(column)? {
            CellKind::Number => inexact_number(self.text(column)?),
            CellKind::Day => Some(
                "the cell is a day: a spreadsheet made it of the id, so write the ids anew in cells of the format Text"
                    .to_owned(),
            ),
        }
    }

    /// What is wrong with the cell of a column.
    pub(in crate::ingest) fn cell_fault(&self, column: ColumnIndex) -> Option<&CellFault> {
        self.cell_faults.iter().find(|fault| fault.column == column)
    }

    /// What is wrong with the row as a whole.
    pub fn whole_fault(&self) -> Option<&str> {
        self.fault.as_deref()
    }

    /// Why the cell of a column holds something that cannot be read.
    pub fn unreadable(&self, column: ColumnIndex) -> Option<String> {
        self.cell_fault(column).map(|fault| format!("{}: {}", fault.value, fault.reason))
    }

    /// Where it stands, for messages.
    pub(in crate::ingest) fn position(&self) -> String {
        match (&self.sheet, self.feature) {
            (None, Some(number)) if self.counted == LineCount::Features => match &self.layer {
                Some(layer) => format!("layer {layer:?}, feature {number}"),
                None => format!("feature {number}"),
            },
            (Some(sheet), _) => format!("sheet {sheet:?}, row {}", self.line),
            (None, Some(number)) => format!("line {}, feature {number}", self.line),
            (None, None) => format!("line {}", self.line),
        }
    }

    /// Empties the record for the next row, keeping its memory.
    pub(in crate::ingest) fn reset(&mut self, line: u64, columns: usize) {
        self.line = line;
        self.feature = None;
        self.counted = LineCount::Lines;
        self.layer = None;
        self.sheet = None;
        self.kinds.clear();
        self.cell_faults.clear();
        self.geometry = None;
        self.fault = None;
        self.fault_value.clear();
        self.values.resize_with(columns, String::new);
        self.values.iter_mut().for_each(String::clear);
    }

    /// Empties the record for the next feature of a file without lines, which counts instead of its line.
    pub(in crate::ingest) fn begin_feature(&mut self, number: u64, columns: usize, layer: Option<&Arc<str>>) {
        self.reset(number, columns);
        self.feature = Some(number);
        self.counted = LineCount::Features;
        self.layer = layer.cloned();
    }

    /// Sets a column to a value that is no text.
    pub(in crate::ingest) fn set_as(&mut self, column: ColumnIndex, kind: CellKind, text: &str) {
        self.set(column, text);
        self.kinds.push((column, kind));
    }

    /// Sets a column to a text in Normalization Form C.
    pub(in crate::ingest) fn set(&mut self, column: ColumnIndex, text: &str) {
        let column = column.index();
        if column >= self.values.len() {
            self.values.resize_with(column + 1, String::new);
        }
        if let Some(value) = self.values.get_mut(column) {
            value.clear();
            value.push_str(&cell_text(text));
        }
    }
}

/// A format that is read row by row; memory does not grow with the file.
pub trait RecordReader: Send {
    /// The names of the columns met so far. New ones are only ever added at the end.
    fn columns(&self) -> &[String];

    /// The name of the file with what else tells where its rows stand, for messages.
    fn described(&self, file: &str) -> String {
        file.to_owned()
    }

    /// Whether a spreadsheet program may have written it, and cut it off.
    fn is_table(&self) -> bool {
        true
    }

    /// The reference system that the file says its coordinates are in: WKT, PROJJSON, or a code such as `EPSG:5899`.
    /// None where it says nothing.
    fn declared_crs(&self) -> Option<String> {
        None
    }

    /// Reads the next row into `record`; false at the end.
    ///
    /// # Errors
    /// When the file cannot be read on. A row that is wrong in itself is not an error.
    fn read(&mut self, record: &mut Record) -> Result<bool, ReadError>;
}
