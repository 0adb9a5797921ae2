//! What a request hands in: features as the records of an import.
//!
//! In: the body of a request, a GeoJSON `FeatureCollection` whose properties are the fields of an import. Out: checked
//! records, and the features that were rejected, each by its number. The checks are those of a file, by the same code:
//! what an import refuses is refused here.

use std::sync::Arc;

use super::error::IngestError;
use super::fields::{Field, Mapping};
use super::format::source::RowSource;
use super::record_batches::{Batch, RecordBatches};
use super::rows::kind::RowKind;

/// Features that one request may hand in.
pub const MOST_FEATURES: usize = 1_000;
/// What the body is called in messages.
const BODY: &str = "the body of the request";

/// Why a body is not taken.
#[derive(Debug, thiserror::Error)]
pub enum SubmissionError {
    /// It cannot be read as features at all.
    #[error(transparent)]
    Body(#[from] IngestError),
    /// It holds more features than a request may.
    #[error("{found} features, and a request may hold {MOST_FEATURES}")]
    TooMany {
        /// How many it holds.
        found: u64,
    },
}

/// The features of a body as checked records.
///
/// # Errors
/// When the body is no collection of features with these fields, or holds too many of them.
pub fn submitted<K: RowKind>(body: &Arc<[u8]>, kind: &K) -> Result<Batch<K::Output>, SubmissionError> {
    let mapping = Mapping::default();
    let mut batches = RecordBatches::open(&RowSource::shared(BODY, body).of_plain_text(), &mapping, kind)?;
    let found = batches.rows();
    if found > MOST_FEATURES as u64 {
        return Err(SubmissionError::TooMany { found });
    }
    Ok(batches.next_batch(MOST_FEATURES)?.unwrap_or_default())
}

/// The names of the fields of a kind of record, by their numbers.
pub fn field_names<K: RowKind>() -> Vec<&'static str> {
    K::FIELDS.iter().map(|field: &Field| field.name).collect()
}
