//! A file on its way from bytes to a reader of its format.
//!
//! In: a place where bytes lie. Out: a reader of records. What a file is, is told by its bytes: `signatures` has the
//! table. What no reader of ours takes is refused with the line that converts it.

pub(super) mod background;
pub(super) mod columns;
pub(super) mod content;
pub(in crate::ingest) mod dispatch;
pub(in crate::ingest) mod filtered;
pub(super) mod json_kind;
pub(super) mod layers;
pub(super) mod package;
pub(super) mod signatures;
