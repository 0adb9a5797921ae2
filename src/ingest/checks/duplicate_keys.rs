//! Rows of one key: the same content twice is no fault, another content is one.
//!
//! In: rows in the order of the file, those with a key that may occur twice marked by the survey. Out: records and
//! rejects. Only the suspected rows are remembered.

use std::collections::HashMap;

use crate::domain::unsaid::FieldSet;
use crate::ingest::format::record::Record;
use crate::ingest::rows::kind::RowKind;
use crate::ingest::rows::row::{FieldError, Reject};

/// What an accepted row says.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::ingest) struct Accepted<T> {
    /// Its record.
    pub(in crate::ingest) record: T,
    /// The fields that it leaves blank.
    pub(in crate::ingest) blank: FieldSet,
    /// Those of them that stay as they are stored.
    pub(in crate::ingest) unsaid: FieldSet,
}

/// A row as it is by itself.
pub(in crate::ingest) enum RowCheck<T> {
    /// Nothing is wrong, and no other row has its key.
    Unique(Accepted<T>),
    /// Another row may have its key.
    PossibleDuplicate(Box<PossibleDuplicate<T>>),
    /// Something is wrong with it.
    Rejected(Reject),
}

/// A row that may not be the only one of its key.
pub(in crate::ingest) struct PossibleDuplicate<T> {
    /// What it holds.
    pub(in crate::ingest) accepted: Accepted<T>,
    /// The texts of its key.
    pub(in crate::ingest) key: Vec<String>,
    /// The row itself.
    pub(in crate::ingest) row: Record,
}

/// The suspected rows met so far: by key the position of the first, and what it holds.
pub(in crate::ingest) struct DuplicateKeys<T>(HashMap<Vec<String>, (String, T)>);

impl<T> Default for DuplicateKeys<T> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<T: Clone + PartialEq> DuplicateKeys<T> {
    /// The record of the next row, unless a row before gave its key other content.
    pub(in crate::ingest) fn resolve<K: RowKind<Output = T>>(
        &mut self,
        seen: RowCheck<T>,
    ) -> Result<Accepted<T>, Reject> {
        let PossibleDuplicate { accepted, key, row } = match seen {
            RowCheck::Unique(accepted) => return Ok(accepted),
            RowCheck::Rejected(reject) => return Err(reject),
            RowCheck::PossibleDuplicate(duplicate) => *duplicate,
        };
        match self.0.get(&key) {
            Some((_, first)) if *first == accepted.record => Ok(accepted),
            Some((position, _)) => {
                let name = K::FIELDS[K::KEY[0].index()].name;
                let reason = format!("{position} already gave this {name} with other content");
                Err(Reject::of(&row, FieldError::new(name, &key.join(", "), reason)))
            }
            None => {
                self.0.insert(key, (row.position(), accepted.record.clone()));
                Ok(accepted)
            }
        }
    }
}
