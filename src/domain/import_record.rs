//! An import as the store keeps it: what came, and what became of it, for the operator who looks later.
//!
//! In: the counts of an import that was written, and its first rejected rows. Out: a record of bounded size. No cell of
//! the file is kept, whatever stood in it: line, field and reason lead whoever has the file to the row.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::area::Level;
use super::area::edition::EditionId;

/// Rejected rows that a record quotes.
const MOST_EXAMPLES: usize = 10;
/// Remarks that a record quotes.
const MOST_REMARKS: usize = 10;
/// No text of a record is longer.
const MOST_CHARS: usize = 300;
/// A value of fewer characters may be a part of other words of a reason.
const LEAST_CHARS_OF_VALUE: usize = 4;

/// An import that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRecord {
    /// When it ended, in seconds since 1970 UTC.
    pub ended_s: i64,
    /// What was imported, in the word of the command.
    pub kind: String,
    /// The file by its name, without its folders.
    pub file: String,
    /// What became of it.
    pub contents: ImportContents,
}

/// What became of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportContents {
    /// The edition of boundaries.
    pub edition: Option<EditionId>,
    /// The level of boundaries.
    pub level: Option<Level>,
    /// Its rows.
    pub rows: ImportedRows,
    /// Rejected rows by field, the field with the most first.
    pub rejected_by_field: Vec<RejectedField>,
    /// The first rejected rows.
    pub examples: Vec<RejectedExample>,
    /// What else was said of the file.
    pub remarks: Vec<String>,
}

/// The rows of an import: `added + changed + unchanged + rejected = read`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportedRows {
    /// Rows read.
    pub read: u64,
    /// Rows that were not there before.
    pub added: u64,
    /// Rows that were there with other content.
    pub changed: u64,
    /// Rows that were there already, the same.
    pub unchanged: u64,
    /// Rows that were there and are no longer.
    pub removed: u64,
    /// Rows of the sample that gave way.
    pub sample_removed: u64,
    /// Rows that were not taken.
    pub rejected: u64,
}

/// How many rows were rejected for a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RejectedField {
    /// The field; empty where the row as a whole is wrong.
    pub field: String,
    /// The rows.
    pub rows: u64,
}

/// A row that was rejected, without its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RejectedExample {
    /// The line on which it begins.
    pub line: u64,
    /// The field; empty where the row as a whole is wrong.
    pub field: String,
    /// What is wrong with it.
    pub reason: String,
}

/// An import as it stands in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredImport {
    /// Its number; later ones have greater ones.
    pub number: u64,
    /// The epoch of the data after it.
    pub epoch: u64,
    /// What was recorded of it.
    pub record: ImportRecord,
}

impl ImportRecord {
    /// The record of an import that ended now; of the path, the name of the file is kept alone.
    pub fn new(ended_s: i64, kind: &str, path: &str, contents: ImportContents) -> Self {
        let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
        Self { ended_s, kind: kind.to_owned(), file: cut(file), contents: contents.bounded() }
    }
}

impl ImportContents {
    fn bounded(mut self) -> Self {
        self.rejected_by_field.sort_by(|a, b| b.rows.cmp(&a.rows).then_with(|| a.field.cmp(&b.field)));
        self.examples.truncate(MOST_EXAMPLES);
        self.remarks.truncate(MOST_REMARKS);
        self.remarks = self.remarks.iter().map(|remark| cut(remark)).collect();
        self
    }
}

impl RejectedExample {
    /// A rejected row; where the reason quotes the value, the value is left out of it.
    ///
    /// ```
    /// use binhyen::domain::import_record::RejectedExample;
    /// let example = RejectedExample::new(7, "category", "Trần V", "\"Trần V\" is no category");
    /// assert_eq!(example.reason, "\"…\" is no category");
    /// ```
    pub fn new(line: u64, field: &str, value: &str, reason: &str) -> Self {
        let is_told_apart = value.trim().chars().count() >= LEAST_CHARS_OF_VALUE;
        let quoted = reason.replace(&format!("{value:?}"), "\"…\"");
        let reason = if is_told_apart { quoted.replace(value.trim(), "…") } else { quoted };
        Self { line, field: field.to_owned(), reason: cut(&reason) }
    }
}

fn cut(text: &str) -> String {
    if text.chars().count() <= MOST_CHARS {
        return text.to_owned();
    }
    text.chars().take(MOST_CHARS - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_keeps_the_name_of_the_file_and_not_its_folders() {
        let file = |path: &str| ImportRecord::new(0, "incidents", path, ImportContents::default()).file;
        assert_eq!(file("/home/someone/nam/vu-viec.csv"), "vu-viec.csv");
        assert_eq!(file("C:\\nam\\vu-viec.csv"), "vu-viec.csv");
        assert_eq!(file("vu-viec.csv"), "vu-viec.csv");
        assert_eq!(file(&"ô".repeat(400)).chars().count(), MOST_CHARS);
    }

    #[test]
    fn no_value_of_a_row_is_kept() {
        let reason = |value: &str, reason: &str| RejectedExample::new(1, "time", value, reason).reason;
        assert_eq!(reason("Nguyễn A", "Nguyễn A is no time"), "… is no time");
        assert_eq!(reason("3", "\"3\" is no time: 3 digits"), "\"…\" is no time: 3 digits", "a digit is also a word");
        assert_eq!(reason("", "the value is missing"), "the value is missing");
    }

    #[test]
    fn a_record_is_bounded_and_names_the_field_with_the_most_first() {
        let field = |name: &str, rows| RejectedField { field: name.to_owned(), rows };
        let contents = ImportContents {
            rejected_by_field: vec![field("category", 1), field("time", 30), field("id", 1)],
            examples: (0..40).map(|line| RejectedExample::new(line, "time", "", &"x".repeat(9_000))).collect(),
            remarks: vec!["y".repeat(9_000); 40],
            ..ImportContents::default()
        };
        let kept = ImportRecord::new(0, "incidents", "a.csv", contents).contents;
        let fields: Vec<&str> = kept.rejected_by_field.iter().map(|rejected| rejected.field.as_str()).collect();
        assert_eq!(fields, ["time", "category", "id"]);
        assert_eq!((kept.examples.len(), kept.remarks.len()), (MOST_EXAMPLES, MOST_REMARKS));
        assert!(serde_json::to_string(&kept).unwrap().len() < 10_000);
    }
}
