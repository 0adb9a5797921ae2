//! Why the service gives no answer, in both languages.
//!
//! A refusal says what is wrong with the question, what would be right, or that the service cannot answer now.
//! Which status, kind or header that becomes is for whoever carries the answer out.

use crate::assessment::AssessmentError;
use crate::domain::role::Role;
use crate::domain::text::Names;
use crate::domain::time::period::Period;
use crate::ingest::Reject;
use crate::service::live::store_monitor::StoreCondition;
use crate::texts::text;

/// Why a question gets no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.detail().en)]
pub enum ServiceError {
    /// A parameter that the question does not have.
    UnknownParameter {
        /// Its name, short enough to be shown.
        name: String,
        /// The names there are.
        allowed: Vec<&'static str>,
    },
    /// A body that is not what it should be.
    BadBody {
        /// What is wrong with it.
        what: Names,
    },
    /// A member of a body that cannot be used.
    InvalidField {
        /// Its name, short enough to be shown.
        field: String,
        /// What is wrong with it.
        what: Names,
    },
    /// A message that nobody known has signed, or not lately.
    Unsigned {
        /// What is wrong with it.
        what: Names,
    },
    /// Somebody else was first.
    Conflict {
        /// With what.
        what: Names,
    },
    /// What is to be changed is no longer what whoever changes it saw.
    Outdated {
        /// What it is now.
        what: Names,
    },
    /// A parameter given twice.
    RepeatedParameter {
        /// Its name.
        name: String,
    },
    /// A parameter whose value cannot be used.
    InvalidParameter {
        /// Its name.
        name: &'static str,
        /// The value, short enough to be shown.
        value: String,
        /// What would be right.
        expected: Names,
        /// Every right value, where these are few.
        known: Vec<String>,
    },
    /// Parameters that exclude or need one another.
    ConflictingParameters {
        /// Which and why.
        what: Names,
    },
    /// An address of a tile that no tile can have.
    BadTileAddress {
        /// Zoom, column and row as they were written, short enough to be shown.
        address: String,
        /// What is wrong with them.
        what: Names,
    },
    /// A filter that is not released to the public.
    NotReleased {
        /// The windows that are.
        released: Vec<String>,
    },
    /// Days on which no incidents are known.
    NotCovered {
        /// Which, and what may be asked for instead.
        what: Names,
        /// The days that are covered.
        covered: Vec<Period>,
    },
    /// Nothing has been released to the public yet.
    NoRelease,
    /// A rating scheme that is not released to the public.
    SchemeNotReleased {
        /// The schemes that are.
        released: Vec<String>,
    },
    /// A role that may not see what is asked for.
    RoleTooLow {
        /// The least role that may.
        needed: Role,
        /// The role of the viewer.
        role: Role,
    },
    /// What is requested does not exist.
    NotFound {
        /// What does not.
        what: Names,
        /// What does, where that is little.
        known: Vec<String>,
    },
    /// No snapshot is served yet.
    NotReady,
    /// What is served holds no boundaries.
    EmptyStore,
    /// The store is not in order; what is served is what it held before.
    StoreFault {
        /// What is wrong with it.
        condition: StoreCondition,
    },
    /// What would be shown cannot be accounted for.
    NotAccounted,
    /// Features that may not be taken; nothing was done.
    RejectedFeatures {
        /// How many the request holds.
        read: u64,
        /// Those at fault.
        rejects: Vec<Reject>,
    },
    /// A key that was used for another request.
    KeyReused,
    /// What is to be changed is another than the request knows.
    OtherVersion {
        /// Its version now.
        version: String,
    },
    /// The store cannot be written: its disk is full or read-only.
    NotWritable,
    /// There is too much to do.
    Busy,
    /// A fault of the program; the cause goes to the log and to nobody else.
    Internal,
}

/// No value of a question is shown at greater length.
const MAX_QUOTED_CHARS: usize = 80;

/// A text of whoever asks, short enough to stand in an answer.
pub(crate) fn quoted(text: &str) -> String {
    if text.chars().count() <= MAX_QUOTED_CHARS {
        return text.to_owned();
    }
    text.chars().take(MAX_QUOTED_CHARS).chain(['…']).collect()
}

impl ServiceError {
    /// A parameter with a value that cannot be used.
    pub(crate) fn invalid(name: &'static str, value: &str, expected: Names) -> Self {
        Self::InvalidParameter { name, value: quoted(value), expected, known: Vec::new() }
    }

    /// A parameter whose value is none of the known ones.
    pub(crate) fn none_of(name: &'static str, value: &str, known: Vec<String>) -> Self {
        let expected = text!("expected-one-of", known = known.join(", "));
        Self::InvalidParameter { name, value: quoted(value), expected, known }
    }

    /// Something that does not exist.
    pub(crate) fn absent(what: Names) -> Self {
        Self::NotFound { what, known: Vec::new() }
    }

    /// An internal fault, logged with its cause.
    pub(crate) fn internal(cause: &dyn std::fmt::Display) -> Self {
        tracing::error!(cause = %cause, "a request failed by a fault of the server");
        Self::Internal
    }

    /// What is wrong with this question, or with the service.
    pub(crate) fn detail(&self) -> Names {
        match self {
            Self::UnknownParameter { name, allowed } if allowed.is_empty() => {
                text!("refusal-no-parameters", name = name)
            }
            Self::UnknownParameter { name, allowed } => {
                text!("refusal-unknown-parameter", name = name, allowed = allowed.join(", "))
            }
            Self::RepeatedParameter { name } => text!("refusal-repeated-parameter", name = name),
            Self::InvalidParameter { name, value, expected, .. } => {
                text!("refusal-invalid-parameter", value = value, name = *name, expected = expected)
            }
            Self::ConflictingParameters { what }
            | Self::NotFound { what, .. }
            | Self::NotCovered { what, .. }
            | Self::BadBody { what }
            | Self::Unsigned { what }
            | Self::Conflict { what }
            | Self::Outdated { what } => what.clone(),
            Self::InvalidField { field, what } => text!("refusal-invalid-field", field = field, what = what),
            Self::BadTileAddress { address, what } => {
                text!("problem-bad-tile-address-reason", address = address, reason = what)
            }
            Self::NotReleased { .. } => text!("refusal-not-released"),
            Self::NoRelease => text!("refusal-no-release"),
            Self::SchemeNotReleased { released } => {
                text!("refusal-scheme-not-released", released = released.join(", "))
            }
            Self::RoleTooLow { needed, role } => {
                text!("refusal-role-too-low", role = role.to_string(), needed = needed.to_string())
            }
            Self::NotReady => text!("refusal-not-ready"),
            Self::EmptyStore => text!("refusal-empty-store"),
            Self::StoreFault { condition } => store_fault(*condition),
            Self::NotAccounted => text!("refusal-not-accounted"),
            Self::RejectedFeatures { read, rejects } => {
                let (read, rejected) = (read.to_string(), rejects.len().to_string());
                text!("refusal-rejected-features", read = read, rejected = rejected)
            }
            Self::KeyReused => text!("refusal-key-reused"),
            Self::OtherVersion { .. } => text!("refusal-other-version"),
            Self::NotWritable => text!("refusal-not-writable"),
            Self::Busy => text!("refusal-busy"),
            Self::Internal => text!("refusal-internal"),
        }
    }
}

/// What is wrong with a store.
fn store_fault(condition: StoreCondition) -> Names {
    match condition {
        StoreCondition::Gone => text!("refusal-store-gone"),
        StoreCondition::Replaced => text!("refusal-store-replaced"),
        StoreCondition::Slow => text!("refusal-store-slow"),
        StoreCondition::Behind => text!("refusal-store-behind"),
        StoreCondition::Unreadable | StoreCondition::InOrder => text!("refusal-store-unreadable"),
    }
}

impl From<AssessmentError> for ServiceError {
    fn from(error: AssessmentError) -> Self {
        match error {
            AssessmentError::NoSuchEdition(edition) => {
                Self::absent(text!("refusal-edition-not-loaded", edition = edition.to_string()))
            }
            AssessmentError::NoSuchLevel { edition, level } => {
                Self::absent(text!("refusal-no-level", edition = edition.to_string(), level = level.to_string()))
            }
            AssessmentError::NotReleased => Self::NotReleased { released: Vec::new() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_values_are_cut_when_shown() {
        assert_eq!(quoted(&"ô".repeat(200)).chars().count(), MAX_QUOTED_CHARS + 1);
    }

    #[test]
    fn a_refusal_is_written_in_english_for_programs() {
        let refusal = ServiceError::RepeatedParameter { name: "window".to_owned() };
        assert_eq!(refusal.to_string(), "The parameter \"window\" may be given only once.");
    }
}
