//! The digests of the rows of a table: what rows are told by, and where digests are kept.
//!
//! In: a transaction. Out: the digest of the rows as they are. A row is the text of its columns as SQL literals.

use futures_util::TryStreamExt as _;
use sqlx::{AssertSqlSafe, Sqlite, Transaction};

use crate::domain::content::RowDigest;

/// The table of incidents.
pub(in crate::store) const INCIDENT: &str = "incident";

/// A table whose rows are content, and what its rows are told by.
pub(in crate::store) struct ContentTable {
    /// Its name in the schema.
    pub(in crate::store) name: &'static str,
    columns: &'static [&'static str],
}

/// The incidents, whose digest moves with each row.
pub(in crate::store) const INCIDENTS: ContentTable = ContentTable {
    name: INCIDENT,
    columns: &[
        "id",
        "unix_seconds",
        "lon_e7",
        "lat_e7",
        "edition",
        "area_code",
        "category",
        "severity",
        "status",
        "channel",
        "precision",
    ],
};

/// All other tables of content.
pub(in crate::store) const OPEN: [ContentTable; 14] = [
    ContentTable { name: "word", columns: &["list", "id", "number"] },
    ContentTable { name: "sample_part", columns: &["part"] },
    ContentTable { name: "area", columns: &["edition", "code", "level", "name", "parent", "boundary"] },
    ContentTable {
        name: "community_model",
        columns: &[
            "id",
            "kind",
            "lon_e7",
            "lat_e7",
            "edition",
            "area_code",
            "origin",
            "parent_id",
            "started_on",
            "ended_on",
            "reviewed_on",
            "review",
            "residential_area",
        ],
    },
    ContentTable { name: "model_event", columns: &["model_id", "happened_on", "event", "result", "decision"] },
    ContentTable {
        name: "certification",
        columns: &[
            "unit_id",
            "\"window\"",
            "unit_kind",
            "edition",
            "area_code",
            "registered",
            "recognised",
            "decided_on",
        ],
    },
    ContentTable {
        name: "unit",
        columns: &["unit_id", "unit_kind", "form", "edition", "area_code", "label", "established_on", "dissolved_on"],
    },
    ContentTable {
        name: "decision",
        columns: &[
            "unit_id",
            "\"window\"",
            "unit_kind",
            "edition",
            "area_code",
            "recognised",
            "number",
            "decided_on",
            "body",
        ],
    },
    ContentTable {
        name: "declaration",
        columns: &["unit_id", "\"window\"", "criterion", "unit_kind", "edition", "area_code", "met"],
    },
    ContentTable { name: "movement_grade", columns: &["edition", "area_code", "\"window\"", "grade"] },
    ContentTable { name: "population", columns: &["edition", "area_code", "year", "residents"] },
    ContentTable { name: "exposure", columns: &["edition", "area_code", "year", "measure", "quantity"] },
    ContentTable { name: "incident_coverage", columns: &["scope", "edition", "code", "from_day", "to_day"] },
    ContentTable { name: "release", columns: &["number", "made_on", "epoch", "rule_set_hash", "contents"] },
];

impl ContentTable {
    fn statement(&self) -> String {
        let literals: Vec<String> = self.columns.iter().map(|column| format!("quote({column})")).collect();
        format!("SELECT {} FROM {}", literals.join(" || ',' || "), self.name)
    }

    /// The digest of its rows as they are.
    pub(in crate::store) async fn digest(
        &self,
        transaction: &mut Transaction<'_, Sqlite>,
    ) -> Result<RowDigest, sqlx::Error> {
        self.digest_of(transaction, self.statement()).await
    }

    /// The digest of the rows that a statement gives.
    async fn digest_of(
        &self,
        transaction: &mut Transaction<'_, Sqlite>,
        statement: String,
    ) -> Result<RowDigest, sqlx::Error> {
        let query = sqlx::query_scalar::<_, String>(AssertSqlSafe(statement));
        let mut rows = query.fetch(&mut **transaction);
        let mut sum = RowDigest::default();
        while let Some(row) = rows.try_next().await? {
            sum = sum.with(RowDigest::of_row(self.name, &row));
        }
        Ok(sum)
    }
}

/// The digest of the incidents that imports list of which nothing is shown yet.
pub(in crate::store) async fn listed_digest(
    transaction: &mut Transaction<'_, Sqlite>,
) -> Result<RowDigest, sqlx::Error> {
    let listed = format!("{} WHERE id IN (SELECT id FROM incident_before)", INCIDENTS.statement());
    INCIDENTS.digest_of(transaction, listed).await
}

/// A row as it is told by the literals of its columns.
#[derive(Debug)]
pub(in crate::store) struct RowText(String);

/// Bytes of nearly every row of an incident.
const ROW_BYTES: usize = 160;

impl Default for RowText {
    fn default() -> Self {
        Self(String::with_capacity(ROW_BYTES))
    }
}

impl RowText {
    /// Adds a column of text.
    pub(in crate::store) fn text(&mut self, value: Option<&str>) {
        self.separate();
        match value {
            Some(text) => {
                self.0.push('\'');
                // Texts are written once per row of an import, and hardly one has an apostrophe.
                if text.as_bytes().contains(&b'\'') {
                    self.0.push_str(&text.replace('\'', "''"));
                } else {
                    self.0.push_str(text);
                }
                self.0.push('\'');
            }
            None => self.0.push_str("NULL"),
        }
    }

    /// Adds a column of whole numbers.
    pub(in crate::store) fn integer(&mut self, value: Option<i64>) {
        self.separate();
        match value {
            Some(number) => self.0.push_str(itoa::Buffer::new().format(number)),
            None => self.0.push_str("NULL"),
        }
    }

    fn separate(&mut self) {
        if !self.0.is_empty() {
            self.0.push(',');
        }
    }

    /// Its digest as a row of a table.
    pub(in crate::store) fn digest(&self, table: &str) -> RowDigest {
        RowDigest::of_row(table, &self.0)
    }
}

/// Keeps the digest of a table.
pub(in crate::store) async fn set_digest(
    transaction: &mut Transaction<'_, Sqlite>,
    table: &'static str,
    digest: RowDigest,
) -> Result<(), sqlx::Error> {
    const SET: &str = "INSERT INTO content_digest (name, digest) VALUES (?, ?) \
                       ON CONFLICT (name) DO UPDATE SET digest = excluded.digest";
    let set = sqlx::query(SET).bind(table).bind(digest.to_bytes().to_vec());
    set.execute(&mut **transaction).await.map(drop)
}

/// The digest of the words as they are; none where digests were not begun.
pub(in crate::store) async fn word_digest(
    transaction: &mut Transaction<'_, Sqlite>,
) -> Result<Option<RowDigest>, sqlx::Error> {
    const BEGUN: &str = "SELECT EXISTS (SELECT 1 FROM content_digest)";
    let [words, ..] = &OPEN;
    if !sqlx::query_scalar::<_, bool>(BEGUN).fetch_one(&mut **transaction).await? {
        return Ok(None);
    }
    words.digest(transaction).await.map(Some)
}

/// Moves the kept digest of the words by what was added since a digest before, so that words which were altered before
/// stay told.
pub(in crate::store) async fn add_to_word_digest(
    transaction: &mut Transaction<'_, Sqlite>,
    before: RowDigest,
) -> Result<(), sqlx::Error> {
    const KEPT: &str = "SELECT digest FROM content_digest WHERE name = 'word'";
    let [words, ..] = &OPEN;
    let added = words.digest(transaction).await?.without(before);
    let kept: Vec<u8> = sqlx::query_scalar(KEPT).fetch_one(&mut **transaction).await?;
    let kept = <[u8; 16]>::try_from(kept).map_or_else(|_| before, RowDigest::from_bytes);
    set_digest(transaction, words.name, kept.with(added)).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::incident::taxonomy::Taxonomy;
    use crate::store::Store;

    /// Tables that say how the content came about, or when.
    const BESIDE_CONTENT: [&str; 20] = [
        "_sqlx_migrations",
        "alert",
        "alert_delivery",
        "alert_note",
        "audit_cut",
        "audit_end",
        "audit_line",
        "content_digest",
        "idempotency_key",
        "import_record",
        "incident_before",
        "incident_change",
        "incident_history",
        "meta",
        "report",
        "report_arrival",
        "report_sender",
        "report_text",
        "sqlite_sequence",
        "unfinished_import",
    ];

    #[tokio::test]
    async fn every_column_of_the_schema_is_in_a_digest_or_beside_the_content() {
        const COLUMNS: &str = "SELECT t.name, c.name FROM sqlite_master AS t, pragma_table_info(t.name) AS c \
                               WHERE t.type = 'table' ORDER BY t.name, c.name";
        let folder = tempfile::tempdir().unwrap();
        let taxonomy = Taxonomy::from_toml(include_str!("../../../../geodata/taxonomy.toml")).unwrap();
        let store = Store::open(folder.path(), &taxonomy).await.unwrap();
        let stored: Vec<(String, String)> = sqlx::query_as(COLUMNS).fetch_all(&store.pool).await.unwrap();
        let is_content = |(table, _): &(String, String)| !BESIDE_CONTENT.contains(&table.as_str());
        let stored: Vec<(String, String)> = stored.into_iter().filter(is_content).collect();
        let named = |table: &ContentTable| {
            let columns = table.columns.iter().map(|column| column.trim_matches('"').to_owned());
            columns.map(|column| (table.name.to_owned(), column)).collect::<Vec<_>>()
        };
        let mut digested: Vec<(String, String)> = OPEN.iter().chain([&INCIDENTS]).flat_map(named).collect();
        digested.sort();
        assert_eq!(digested, stored);
    }

    #[test]
    fn every_column_of_a_row_is_a_literal() {
        let mut row = RowText::default();
        row.text(Some("ô'á''"));
        row.integer(Some(-7));
        row.text(None);
        row.integer(None);
        assert_eq!(row.0, "'ô''á''''',-7,NULL,NULL");
        assert_eq!(row.digest("t"), RowDigest::of_row("t", "'ô''á''''',-7,NULL,NULL"));
    }
}
