//! Texts of files: what a cell says, which ids and names are sound, and in which lost encoding they were written.
//!
//! One rule for each, used by every reader and every kind of row, and by boundaries. In: texts. Out: the same texts
//! cleaned where that can mean one thing only, else the reason why they cannot be taken.

pub(in crate::ingest) mod cell;
pub(in crate::ingest) mod encoding;
pub(in crate::ingest) mod folding;
pub(in crate::ingest) mod ids;
pub(in crate::ingest) mod legacy;
pub(in crate::ingest) mod names;
mod syllables;
mod viqr;
