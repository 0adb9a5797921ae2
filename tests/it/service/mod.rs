//! The application between the snapshot and the bytes.

mod releases;
mod revision;
