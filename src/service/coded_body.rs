//! Bodies in the coding they are given in, so that what is cached is compressed once.
//!
//! In: the bytes of an answer, or a tile in pieces, and a coding. Out: the body as it is sent. Which coding a client
//! takes is read elsewhere.

use bytes::Bytes;

use crate::tile::encoding::compress::{brotli, gzip};
use crate::tile::encoding::splice::SplicedTile;

/// Below this size compression costs more than it saves.
const MIN_COMPRESSED_BYTES: usize = 1024;
/// The same of a tile, whose skeleton is compressed already.
const MIN_COMPRESSED_TILE_BYTES: usize = 128;

/// How the bytes of an answer are coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Coding {
    /// As they are.
    Identity,
    /// One gzip member.
    Gzip,
    /// One brotli stream; for tiles, whose parts are kept in it, and for the files of the page.
    Brotli,
}

impl Coding {
    /// Its registered name.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Gzip => "gzip",
            Self::Brotli => "br",
        }
    }

    /// Bytes in this coding, however short they are.
    pub(crate) fn of_bytes(self, bytes: &[u8]) -> Bytes {
        match self {
            Self::Identity => Bytes::copy_from_slice(bytes),
            Self::Gzip => gzip(bytes).into(),
            Self::Brotli => brotli(bytes).into(),
        }
    }
}

/// The bytes of a body in the coding they have.
#[derive(Debug, Clone)]
pub(crate) struct CodedBody {
    pub(crate) bytes: Bytes,
    pub(crate) coding: Coding,
}

impl CodedBody {
    /// Bytes in the coding requested; short ones stay as they are.
    pub(crate) fn new(bytes: Vec<u8>, coding: Coding) -> Self {
        if coding == Coding::Identity || bytes.len() < MIN_COMPRESSED_BYTES {
            Self { bytes: bytes.into(), coding: Coding::Identity }
        } else {
            Self { bytes: gzip(&bytes).into(), coding: Coding::Gzip }
        }
    }

    /// A tile in the coding requested; a short one stays as it is.
    pub(crate) fn of_tile(tile: &SplicedTile, coding: Coding) -> Self {
        let coding = if tile.len() < MIN_COMPRESSED_TILE_BYTES { Coding::Identity } else { coding };
        let bytes = match coding {
            Coding::Identity => tile.raw(),
            Coding::Gzip => tile.gzip(),
            Coding::Brotli => tile.brotli(),
        };
        Self { bytes: bytes.into(), coding }
    }

    /// The same in memory of its own size, to be kept.
    pub(crate) fn without_spare_room(self) -> Self {
        Self { bytes: Bytes::copy_from_slice(&self.bytes), ..self }
    }

    /// The bytes as they are sent.
    pub(crate) fn bytes(&self) -> &Bytes {
        &self.bytes
    }
}
