//! The application between the snapshot and the bytes.

mod changes;
mod memory;
mod releases;
mod revision;
