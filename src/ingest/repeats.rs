//! Rows of one key: the same content twice is no fault, another content is one.
//!
//! In: rows in the order of the file, those with a key that may occur twice marked by the survey. Out: records and
//! rejects. Only the suspected rows are remembered.

use std::collections::HashMap;

use super::kind::RowKind;
use super::record::Record;
use super::row::{Fault, Reject};

/// A row as it is by itself.
pub(super) enum Seen<T> {
    /// Nothing is wrong, and no other row has its key.
    Sound(T),
    /// Another row may have its key.
    Suspect(Box<Suspect<T>>),
    /// Something is wrong with it.
    Rejected(Reject),
}

/// A row that may not be the only one of its key.
pub(super) struct Suspect<T> {
    /// What it holds.
    pub(super) record: T,
    /// The texts of its key.
    pub(super) key: Vec<String>,
    /// The row itself.
    pub(super) row: Record,
}

/// The suspected rows met so far: by key the place of the first, and what it holds.
pub(super) struct Repeats<T>(HashMap<Vec<String>, (String, T)>);

impl<T> Default for Repeats<T> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<T: Clone + PartialEq> Repeats<T> {
    /// The record of the next row, unless a row before gave its key other content.
    pub(super) fn judged<K: RowKind<Output = T>>(&mut self, seen: Seen<T>) -> Result<T, Reject> {
        let Suspect { record, key, row } = match seen {
            Seen::Sound(record) => return Ok(record),
            Seen::Rejected(reject) => return Err(reject),
            Seen::Suspect(suspect) => *suspect,
        };
        match self.0.get(&key) {
            Some((_, first)) if *first == record => Ok(record),
            Some((place, _)) => {
                let name = K::FIELDS[K::KEY[0]].name;
                let reason = format!("{place} already gave this {name} with other content");
                Err(Reject::of(&row, Fault::new(name, &key.join(", "), reason)))
            }
            None => {
                self.0.insert(key, (row.place(), record.clone()));
                Ok(record)
            }
        }
    }
}
