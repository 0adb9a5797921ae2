//! Which row of a table names its columns.
//!
//! In: the first rows of a table, the names that columns of the wanted kind have, or the number of a row. Out: the
//! row, and its columns by name. Titles above the header are passed over; columns without a heading at its end are
//! left out, those within it are called by their number.

use crate::ingest::error::ReadError;
use crate::ingest::text::folding::folded;

/// Rows among which the header is looked for.
const ROWS: usize = 20;
/// Columns that a header may have.
const MAX_COLUMNS: usize = 1_000;

/// What is known about the header of a table before it is read.
#[derive(Debug, Clone, Default)]
pub struct HeaderSearch {
    row: Option<u64>,
    names: Vec<String>,
    delimiter: Option<u8>,
}

impl HeaderSearch {
    /// The row of a number: the line of a text file, the row of a sheet; where none is given, the one with the most of
    /// some names, folded.
    pub fn new(row: Option<u64>, names: Vec<String>) -> Self {
        Self { row, names, delimiter: None }
    }

    /// The same search in text whose fields are parted by a byte that was given.
    #[must_use]
    pub fn with_delimiter(self, delimiter: Option<u8>) -> Self {
        Self { delimiter, ..self }
    }

    /// The byte that parts fields, where it was given.
    pub(in crate::ingest) fn delimiter(&self) -> Option<u8> {
        self.delimiter
    }

    /// The same search for other names.
    #[must_use]
    pub(in crate::ingest) fn with_names(self, names: Vec<String>) -> Self {
        Self { names, ..self }
    }

    /// The number that was given.
    pub(in crate::ingest) fn row(&self) -> Option<u64> {
        self.row
    }

    /// How many rows have to be seen, at most.
    pub(in crate::ingest) fn rows_to_look_at(&self) -> usize {
        match self.row {
            Some(_) => usize::MAX,
            None if self.names.is_empty() => 1,
            None => ROWS,
        }
    }

    /// Whether the row of a number, and all behind it, need not be seen.
    pub(in crate::ingest) fn is_passed(&self, number: u64) -> bool {
        self.row.is_some_and(|row| number >= row)
    }

    /// How many of the names a row has.
    pub(in crate::ingest) fn names_in<'a>(&self, texts: impl IntoIterator<Item = &'a str>) -> usize {
        let named = |text: &str| !text.is_empty() && self.names.contains(&folded(text));
        texts.into_iter().filter(|text| named(text)).count()
    }

    /// The header among numbered rows; none where the row of the number is not there.
    pub(in crate::ingest) fn place(&self, rows: &[(u64, Vec<String>)]) -> Option<usize> {
        if let Some(row) = self.row {
            return rows.iter().position(|(number, _)| *number == row);
        }
        let counts = rows.iter().map(|(_, texts)| self.names_in(texts.iter().map(String::as_str)));
        let most = counts.enumerate().max_by_key(|(place, count)| (*count, std::cmp::Reverse(*place)));
        most.map(|(place, _)| place)
    }
}

/// The name of a column that has no heading.
pub(in crate::ingest) fn unnamed(place: usize) -> String {
    format!("column {}", place + 1)
}

/// The columns that a header names.
pub(in crate::ingest) fn headings(file: &str, texts: &[String]) -> Result<Vec<String>, ReadError> {
    let used = texts.iter().rposition(|text| !text.is_empty()).map_or(0, |last| last + 1);
    if used > MAX_COLUMNS {
        let what = format!("the header has {used} columns, more than {MAX_COLUMNS}");
        return Err(ReadError::Header { file: file.to_owned(), what });
    }
    let mut columns: Vec<String> = Vec::with_capacity(used);
    for (place, text) in texts.iter().take(used).enumerate() {
        let name = if text.is_empty() { unnamed(place) } else { text.clone() };
        if columns.contains(&name) {
            return Err(ReadError::DuplicateColumn { file: file.to_owned(), column: name });
        }
        columns.push(name);
    }
    Ok(columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(texts: &[&[&str]]) -> Vec<(u64, Vec<String>)> {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        texts.iter().zip(1..).map(|(texts, number)| (number, owned(texts))).collect()
    }

    #[test]
    fn the_header_is_the_row_that_names_the_most_fields() {
        let search = HeaderSearch::new(None, vec!["id".to_owned(), "time".to_owned()]);
        let table = rows(&[&["Báo cáo"], &["ID", "x", "Time"], &["1", "2", "3"]]);
        assert_eq!(search.place(&table), Some(1));
        assert_eq!(search.place(&rows(&[&["a", "b"], &["c"]])), Some(0), "where none does, the first");
        assert_eq!(search.place(&[]), None);
    }

    #[test]
    fn a_number_decides_and_must_be_there() {
        let search = HeaderSearch::new(Some(2), vec!["id".to_owned()]);
        assert_eq!(search.place(&rows(&[&["id"], &["x"]])), Some(1));
        assert_eq!(search.place(&rows(&[&["id"]])), None);
    }

    #[test]
    fn columns_without_a_heading_end_the_header_or_have_a_number() {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        assert_eq!(headings("f", &texts(&["a", "", "b", "", ""])).unwrap(), ["a", "column 2", "b"]);
        assert_eq!(headings("f", &[]).unwrap(), Vec::<String>::new());
        let twice = headings("f", &texts(&["a", "b", "a"])).unwrap_err().to_string();
        assert_eq!(twice, "f: two columns are called \"a\"");
    }
}
