//! What is said of areas: rows of a level, one area with all that is known of it, why it has its letter.
//!
//! In: a level assessed for a role. Out: answers of which those for the public are built by naming what goes
//! in: their constructors take an assessment apart field by field, so that a new field reaches nobody unnamed.

pub(crate) mod area;
pub(crate) mod chance;
pub(crate) mod collection;
pub(crate) mod components;
mod explained_class;
pub(crate) mod explanation;
pub(crate) mod method;
pub(crate) mod model_density;
mod properties;
pub(crate) mod ratings;
pub(crate) mod row;
