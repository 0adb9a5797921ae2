//! Workbooks: what their package holds, the rows of a sheet, and records made of them.

mod package;
pub(in crate::ingest) mod reader;
mod rows;
