//! Tables with what must be known to read them, and the workbook they stand in.

use super::cell::{Column, TableCell};
use crate::domain::text::Names;

/// A value that is the same in every row. A data file repeats it, because it has no other place for it; a workbook
/// says it once, on the sheet of method.
#[derive(Debug, Clone, PartialEq)]
pub struct Constant {
    /// The name in data files.
    pub name: &'static str,
    /// What every row has in common.
    pub value: String,
}

/// A table of typed columns.
#[derive(Debug, Clone, PartialEq)]
pub struct ExportTable {
    /// The title, which names the sheet.
    pub title: Names,
    /// Headings and formats, from left to right.
    pub columns: Vec<Column>,
    /// The rows, each as wide as the columns.
    pub rows: Vec<Vec<TableCell>>,
}

/// One line of the sheet of method.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// What is explained.
    pub subject: Names,
    /// The explanation.
    pub text: Names,
}

/// What is handed in: tables, and how they were made.
#[derive(Debug, Clone, PartialEq)]
pub struct Workbook {
    /// The title of the whole.
    pub title: Names,
    /// The table that a file with room for one shows.
    pub main: ExportTable,
    /// Further tables of the same numbers.
    pub more: Vec<ExportTable>,
    /// What a file of rows alone puts before the columns.
    pub before: Vec<Constant>,
    /// What it puts after them.
    pub after: Vec<Constant>,
    /// The sheet of method.
    pub notes: Vec<Note>,
    /// The day to date the file by; it is no clock, so that equal numbers are equal files.
    pub dated: jiff::civil::Date,
}
