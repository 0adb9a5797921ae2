//! Bodies in the coding they are sent in.

use axum::body::Bytes;

use crate::http::extract::negotiation::Coding;
use crate::tile::encoding::compress::gzip;
use crate::tile::encoding::splice::SplicedTile;

/// Below this size compression costs more than it saves.
const MIN_COMPRESSED_BYTES: usize = 1024;

/// The bytes of a body in the coding they have.
#[derive(Debug, Clone)]
pub(in crate::http) struct CodedBody {
    pub(in crate::http) bytes: Bytes,
    pub(in crate::http) coding: Coding,
}

impl CodedBody {
    /// Bytes in the coding requested; short ones stay as they are.
    pub(in crate::http) fn new(bytes: Vec<u8>, coding: Coding) -> Self {
        if coding == Coding::Identity || bytes.len() < MIN_COMPRESSED_BYTES {
            Self { bytes: bytes.into(), coding: Coding::Identity }
        } else {
            Self { bytes: gzip(&bytes).into(), coding: Coding::Gzip }
        }
    }

    /// A tile in the coding requested; a short one stays as it is.
    pub(in crate::http) fn of_tile(tile: &SplicedTile, coding: Coding) -> Self {
        let coding = if tile.len() < MIN_COMPRESSED_BYTES { Coding::Identity } else { coding };
        let bytes = match coding {
            Coding::Identity => tile.raw(),
            Coding::Gzip => tile.gzip(),
            Coding::Brotli => tile.brotli(),
        };
        Self { bytes: bytes.into(), coding }
    }

    /// The bytes as they are sent.
    pub(in crate::http) fn bytes(&self) -> &Bytes {
        &self.bytes
    }
}
