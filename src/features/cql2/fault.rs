//! What is wrong with a filter.

use super::{MAX_BYTES, MAX_CORNERS, MAX_DEPTH, MAX_PARTS};
use crate::domain::text::Names;
use crate::texts::text;

/// Why a filter cannot be used, as what was expected in its place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected {}", expected.en)]
pub struct Cql2Fault {
    /// What would have been right.
    pub expected: Names,
}

impl Cql2Fault {
    /// Something else was expected at a letter of the text, counted from 1.
    pub(super) fn at(letter: usize, expected: &Names) -> Self {
        Self { expected: text!("cql2-expected-at", expected = expected, letter = letter.to_string()) }
    }

    /// Something else was expected in the JSON.
    pub(super) fn json(expected: &Names) -> Self {
        Self { expected: text!("cql2-expected-json", expected = expected) }
    }

    pub(super) fn too_long() -> Self {
        Self { expected: text!("cql2-too-long", most = MAX_BYTES.to_string()) }
    }

    pub(super) fn too_deep() -> Self {
        Self { expected: text!("cql2-too-deep", most = MAX_DEPTH.to_string()) }
    }

    pub(super) fn too_large() -> Self {
        Self { expected: text!("cql2-too-large", most = MAX_PARTS.to_string()) }
    }

    pub(super) fn too_many_corners() -> Self {
        Self { expected: text!("cql2-too-many-corners", most = MAX_CORNERS.to_string()) }
    }

    /// A name that is no column.
    pub(in crate::features) fn unknown(name: &str, known: &str) -> Self {
        Self { expected: text!("cql2-no-property", name = shortened(name), known = known) }
    }

    /// A function or an operator that there is not.
    pub(super) fn no_function(name: &str) -> Self {
        Self { expected: text!("cql2-no-function", name = shortened(name)) }
    }

    /// Values that cannot be compared.
    pub(in crate::features) fn types() -> Self {
        Self { expected: text!("cql2-types") }
    }

    /// A geometry that is none in its coordinates.
    pub(in crate::features) fn geometry() -> Self {
        Self { expected: text!("cql2-geometry") }
    }

    /// A name that is no geometry.
    pub(in crate::features) fn no_geometry(name: &str) -> Self {
        Self { expected: text!("cql2-no-geometry", name = shortened(name)) }
    }
}

/// A name of whoever asks, short enough to stand in an answer.
fn shortened(name: &str) -> String {
    name.chars().take(80).collect()
}
