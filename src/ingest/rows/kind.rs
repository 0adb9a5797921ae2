//! What a kind of record is to a file: its fields, its key, its checks.

use super::row::{FieldError, InputRow};
use crate::domain::unsaid::FieldSet;
use crate::ingest::error::BindingError;
use crate::ingest::fields::{Binding, Field, FieldIndex};

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
    /// The fields of other numbers that may have decimals or thousands.
    const QUANTITIES: &'static [FieldIndex] = &[];
    /// The fields of days and times.
    const DAYS: &'static [FieldIndex] = &[];
    /// The fields of names and labels.
    const LABELS: &'static [FieldIndex] = &[];

    /// The record of a row.
    ///
    /// # Errors
    /// The first thing that is wrong with the row.
    fn record(&self, row: &InputRow<'_>) -> Result<Self::Output, FieldError>;

    /// Checks what the columns of a file as a whole must have beside the fields that are always needed.
    ///
    /// # Errors
    /// What is missing.
    fn check_columns(&self, _binding: &Binding, _columns: &[String]) -> Result<(), BindingError> {
        Ok(())
    }

    /// The fields that a row and its record say nothing about.
    fn blank_fields(row: &InputRow<'_>, _record: &Self::Output) -> FieldSet {
        FieldIndex::of_all(Self::FIELDS.len()).filter(|field| row.text(*field).is_none()).collect()
    }
}
