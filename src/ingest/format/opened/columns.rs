//! The columns of a format whose rows name their values.
//!
//! In: names as they come. Out: the column of each, new ones added at the end, in Normalization Form C.

use std::collections::BTreeMap;

use crate::domain::text::nfc;
use crate::ingest::fields::ColumnIndex;

/// Different names of columns; a file with more has data in its names.
const MAX_COLUMNS: usize = 4096;

/// The columns met so far.
#[derive(Debug, Default)]
pub(in crate::ingest::format) struct NamedColumns {
    names: Vec<String>,
    indices: BTreeMap<String, ColumnIndex>,
}

impl NamedColumns {
    /// The columns of a table, in its order; a name that stands twice is told with its number.
    pub(in crate::ingest::format) fn of_table<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut columns = Self::default();
        for (place, name) in names.into_iter().enumerate() {
            let name = nfc(name);
            let name = if columns.names.contains(&name) { format!("{name} ({})", place + 1) } else { name };
            columns.indices.insert(name.clone(), ColumnIndex::new(place));
            columns.names.push(name);
        }
        columns
    }

    /// Their names.
    pub(in crate::ingest::format) fn names(&self) -> &[String] {
        &self.names
    }

    /// The column of a name.
    ///
    /// # Errors
    /// When there are too many different names.
    pub(in crate::ingest::format) fn column(&mut self, name: &str) -> Result<ColumnIndex, String> {
        if let Some(known) = self.indices.get(name) {
            return Ok(*known);
        }
        if self.names.len() == MAX_COLUMNS {
            return Err(format!("the features have more than {MAX_COLUMNS} different names of values"));
        }
        let column = ColumnIndex::new(self.names.len());
        self.names.push(nfc(name));
        self.indices.insert(name.to_owned(), column);
        Ok(column)
    }
}
