//! What a request that writes is answered.
//!
//! In: what became of a hand-in. Out: counts that add up, the epoch that shows it, and the features that were rejected,
//! each by its number, field and reason.

use serde::Serialize;
use utoipa::ToSchema;

use crate::ingest::Reject;
use crate::store::WriteDone;

/// What became of the features of a request: `read` = `added` + `amended` + `unchanged` + `withdrawn` + `rejected`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct WriteAnswer {
    /// The state of the data that shows it.
    pub(crate) epoch: u64,
    /// Features of the request.
    pub(crate) read: u64,
    /// Records that are new.
    pub(crate) added: u64,
    /// Records that were there with other content.
    pub(crate) amended: u64,
    /// Records that were there already, the same.
    pub(crate) unchanged: u64,
    /// Records that are there no more.
    pub(crate) withdrawn: u64,
    /// Whether the same request was done before under its key, and nothing now.
    pub(crate) repeated: bool,
    /// The features that were not taken.
    pub(crate) rejected: Vec<RejectedFeature>,
}

/// A feature that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct RejectedFeature {
    /// Its number in the request, from 1.
    pub(crate) feature: u64,
    /// The field at fault; empty where the feature as a whole is.
    pub(crate) field: &'static str,
    /// The value of the field, short enough to be shown.
    pub(crate) value: String,
    /// What is wrong with it.
    pub(crate) reason: String,
}

impl WriteAnswer {
    /// What became of so many features.
    pub(crate) fn of(read: u64, done: WriteDone, rejects: &[Reject]) -> Self {
        let WriteDone { added, amended, unchanged, withdrawn, epoch, is_repeated } = done;
        let rejected = rejects.iter().map(RejectedFeature::of).collect();
        Self { epoch, read, added, amended, unchanged, withdrawn, repeated: is_repeated, rejected }
    }
}

impl RejectedFeature {
    /// A rejected row of an import as the feature that it is.
    pub(crate) fn of(reject: &Reject) -> Self {
        let Reject { line: _, row, field, column: _, value, reason } = reject;
        let numbered = format!("feature {row}: ");
        let reason = reason.strip_prefix(&numbered).unwrap_or(reason);
        Self { feature: *row, field, value: value.clone(), reason: reason.to_owned() }
    }
}
