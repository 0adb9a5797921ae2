//! Bodies in the coding they are given in, so that what is cached is compressed once.
//!
//! In: the bytes of an answer, or a tile in pieces, and a coding. Out: the body as it is sent. Which coding a client
//! takes is read elsewhere.

use std::io;

use bytes::Bytes;
use flate2::bufread::GzDecoder;

use crate::tile::encoding::compact::compacted;
use crate::tile::encoding::compress::{brotli, gzip, searched_gzip};
use crate::tile::encoding::splice::SplicedTile;

/// Below this size compression costs more than it saves.
const MIN_COMPRESSED_BYTES: usize = 1024;
/// The same of a tile, whose skeleton is compressed already.
const MIN_COMPRESSED_TILE_BYTES: usize = 128;
/// Bytes that a brotli decoder holds at once.
const DECODING_BYTES: usize = 1 << 14;

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

/// A coded tile as one that reads the same in fewer bytes; nothing where it is no tile, or as small as it gets.
pub(crate) fn smaller_tile(body: &Bytes, coding: Coding) -> Option<Bytes> {
    let tile = match coding {
        Coding::Identity => body.to_vec(),
        Coding::Gzip => read_whole(GzDecoder::new(&body[..])).ok()?,
        Coding::Brotli => read_whole(::brotli::Decompressor::new(&body[..], DECODING_BYTES)).ok()?,
    };
    let compact = compacted(&tile)?;
    let smaller = match coding {
        Coding::Identity => compact,
        Coding::Gzip => searched_gzip(&compact),
        Coding::Brotli => brotli(&compact),
    };
    (smaller.len() < body.len()).then(|| smaller.into())
}

fn read_whole(mut decoder: impl io::Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    decoder.read_to_end(&mut bytes)?;
    Ok(bytes)
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A layer whose values are all the same, as a splice would write it.
    fn tile() -> Vec<u8> {
        let mut layer = vec![0x78, 2, 0x0a, 1, b'a'];
        for index in 0..60 {
            // One point with the tag (0, index).
            layer.extend([0x12, 11, 0x12, 2, 0, index, 0x18, 1, 0x22, 3, 9, 2, 2]);
        }
        layer.extend([0x1a, 1, b'k', 0x28, 0x80, 0x20]);
        layer.extend([0x22, 2, 0x28, 7].repeat(60));
        let mut tile = vec![0x1a];
        tile.extend([(layer.len() & 0x7f | 0x80) as u8, (layer.len() >> 7) as u8]);
        tile.extend(layer);
        tile
    }

    #[test]
    fn a_tile_of_every_coding_stays_in_it_and_becomes_smaller() {
        for coding in [Coding::Identity, Coding::Gzip, Coding::Brotli] {
            let given = coding.of_bytes(&tile());
            let smaller = smaller_tile(&given, coding).unwrap();
            assert!(smaller.len() < given.len(), "{coding:?}");
            assert_eq!(smaller_tile(&smaller, coding), None, "{coding:?}");
        }
    }

    #[test]
    fn what_is_no_tile_stays_as_it_is() {
        let body = Bytes::from_static(b"{\"title\":\"Not Found\"}");
        for coding in [Coding::Identity, Coding::Gzip, Coding::Brotli] {
            assert_eq!(smaller_tile(&body, coding), None);
        }
        assert_eq!(smaller_tile(&Bytes::new(), Coding::Identity), None);
    }
}
