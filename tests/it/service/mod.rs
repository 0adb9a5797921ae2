//! The application between the snapshot and the bytes.

mod memory;
mod releases;
mod revision;
