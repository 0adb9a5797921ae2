//! Collections of features as OGC API asks for them: which there are for whom, and which page of which is asked for.
//!
//! In: a viewer, what is served, the parameters of a question. Out: a question that is checked to its end before
//! anything is computed, and the rows that it holds. The rows are those of the typed answers that the role may read
//! ([`super::answers::features`]), so that a predicate decides by nothing that the answer would not show.

pub(crate) mod bounds;
pub(crate) mod collection;
pub(crate) mod items;
pub(crate) mod matched_rows;
