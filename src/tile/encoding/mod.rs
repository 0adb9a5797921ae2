//! Bytes of a tile: the skeleton that the boundaries give, the values of a filter, one compressed stream.
//!
//! In: layers with their features and values. Out: a vector tile, raw, as one gzip member or as one brotli stream.

pub(super) mod brotli_stream;
pub mod compact;
pub mod compress;
pub mod encode;
pub mod skeleton;
pub mod splice;
pub(super) mod wire;
