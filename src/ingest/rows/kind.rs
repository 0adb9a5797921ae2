//! What a kind of record is to a file: its fields, its key, its checks.

use super::row::{FieldError, InputRow};
use crate::ingest::fields::{Field, FieldIndex};

/// A kind of record that files hold one row each.
pub trait RowKind: Sync {
    /// The record.
    type Output: Clone + PartialEq + Send;

    /// Its name for reports.
    const NAME: &'static str;
    /// The fields that a file of this kind can hold.
    const FIELDS: &'static [Field];
    /// The fields that together name a record for good.
    const KEY: &'static [FieldIndex];
    /// The fields of longitude and latitude.
    const POSITION: Option<(FieldIndex, FieldIndex)>;

    /// The record of a row.
    ///
    /// # Errors
    /// The first thing that is wrong with the row.
    fn record(&self, row: &InputRow<'_>) -> Result<Self::Output, FieldError>;
}
