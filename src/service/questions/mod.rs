//! What is asked, read from the parameters and checked against what is served.
//!
//! In: a query, a viewer and the served snapshot. Out: one type per kind of question, from which an answer is made on
//! another thread, with the canonical text that tells it from every other question. Nothing is known here of how a
//! question or an answer travels, and reading a question counts nothing: that is done when its answer is asked for.

pub(crate) mod areas;
pub(crate) mod clusters;
pub(crate) mod comparison;
pub(crate) mod published;
pub(crate) mod series;
pub(crate) mod shared_view;
pub(crate) mod situation;
#[cfg(test)]
pub(in crate::service) mod tests;
pub(crate) mod tile;
pub(crate) mod tile_archive;
pub(crate) mod tileset;
pub(crate) mod years;
