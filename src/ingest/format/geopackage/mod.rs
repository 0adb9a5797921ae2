//! `GeoPackage` (OGC 12-128): layers of an `SQLite` file, read and never written.
//!
//! In: a file, or its bytes. Out: records of one layer. Only plain tables are asked, and only their stored columns: what
//! else a database can hold would run the statements of whoever wrote it.

mod blob;
mod database;
pub(super) mod reader;
