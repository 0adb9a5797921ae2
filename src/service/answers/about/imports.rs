//! The last imports with their reports, for operators.
//!
//! In: what the store keeps of them. Out: the answer of `/imports`. Of rejected rows it names line, field and reason;
//! their values are kept nowhere.

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::area::Level;
use crate::domain::area::edition::EditionId;
use crate::domain::import_record::{
    ImportContents, ImportRecord, ImportedRows, RejectedExample, RejectedField, StoredImport,
};
use crate::domain::text::Names;
use crate::store::MOST_IMPORTS;
use crate::texts::phrasing::import_kind_name;

/// The last imports.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ImportsAnswer {
    /// How many imports are kept; with the next one the oldest goes.
    most: u32,
    /// The imports, the newest first.
    imports: Vec<ImportAnswer>,
}

/// An import and what became of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ImportAnswer {
    /// Its number; later ones have greater ones.
    number: u64,
    /// When it ended.
    #[schema(format = DateTime)]
    ended_at: String,
    /// What was imported, in the word of the command.
    kind: String,
    /// The same for people.
    name: Names,
    /// The name of the file, without its folders.
    file: String,
    /// The edition of boundaries; null for rows.
    #[schema(required)]
    edition: Option<EditionId>,
    /// The level of boundaries; null for rows.
    #[schema(required)]
    level: Option<Level>,
    /// The state of the data after it.
    epoch: u64,
    /// Its rows.
    rows: ImportedRows,
    /// Rejected rows by field, the field with the most first.
    rejected_by_field: Vec<RejectedField>,
    /// The first rejected rows, without their values.
    examples: Vec<RejectedExample>,
    /// What else was said of the file.
    remarks: Vec<String>,
}

impl ImportsAnswer {
    /// The imports that are kept, the newest first.
    pub(crate) fn of(imports: Vec<StoredImport>) -> Self {
        Self { most: MOST_IMPORTS, imports: imports.into_iter().map(ImportAnswer::of).collect() }
    }
}

impl ImportAnswer {
    /// One import.
    pub(crate) fn of(import: StoredImport) -> Self {
        let StoredImport { number, epoch, record } = import;
        let ImportRecord { ended_s, kind, file, contents } = record;
        let ImportContents { edition, level, rows, rejected_by_field, examples, remarks } = contents;
        let name = import_kind_name(&kind);
        let ended_at = moment(ended_s);
        Self { number, ended_at, kind, name, file, edition, level, epoch, rows, rejected_by_field, examples, remarks }
    }
}

/// A moment in UTC (RFC 3339).
pub(crate) fn moment(unix_s: i64) -> String {
    Timestamp::from_second(unix_s).unwrap_or_default().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_import_says_when_what_and_how_much() {
        let rows = ImportedRows { read: 3, added: 2, rejected: 1, ..ImportedRows::default() };
        let contents = ImportContents { rows, ..ImportContents::default() };
        let record = ImportRecord::new(1_764_468_000, "population", "/x/dan-so.csv", contents);
        let answer = ImportsAnswer::of(vec![StoredImport { number: 4, epoch: 9, record }]);
        let json = serde_json::to_value(&answer).unwrap();
        assert_eq!((&json["most"], &json["imports"][0]["number"]), (&100.into(), &4.into()));
        let import = &json["imports"][0];
        assert_eq!(import["ended_at"], "2025-11-30T02:00:00Z");
        assert_eq!((&import["name"]["vi"], &import["file"]), (&"số dân".into(), &"dan-so.csv".into()));
        assert_eq!((&import["rows"]["read"], &import["edition"]), (&3.into(), &serde_json::Value::Null));
        assert_eq!(serde_json::to_value(ImportsAnswer::of(Vec::new())).unwrap()["imports"], serde_json::json!([]));
    }
}
