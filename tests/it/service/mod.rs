//! The application between the snapshot and the bytes.

mod revision;
