//! From layers in pieces to the bytes of a tile: as they are, as one gzip member, as one brotli stream.
//!
//! What the boundaries give is compressed already; only the values of the filter are compressed here. The
//! checksum of the whole is combined from those of the parts. Every coding decodes to the same bytes.
//!
//! # Reference
//! RFC 1951, section 3.2.4 (stored blocks); RFC 1952, section 2.3 (member format); M. Adler, `crc32_combine`.

use std::cell::RefCell;

use crc32fast::Hasher;
use flate2::{Compress, Compression, FlushCompress, Status};

use super::brotli_stream;
use super::incidents::Aggregated;
use super::skeleton::{Joint, Skeletons};
use super::source::{TileError, TileSource};
use super::tileset::Tileset;
use super::wire;
use crate::geometry::projection::TileAddress;

/// Deflating fewer bytes than this takes longer than sending them.
const LEAST_DEFLATED: usize = 512;
/// Values are compressed for one filter: fast.
const TAIL_LEVEL: u32 = 1;
/// A gzip member without name or time, of an unknown system.
const GZIP_HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
/// Bytes of header and trailer, and of what stands around a piece.
const GZIP_ROOM: usize = 32;
const PIECE_ROOM: usize = 64;
/// The last block of a deflate stream, with nothing in it.
const DEFLATE_END: [u8; 2] = [3, 0];
/// The most bytes of a stored block.
const STORED_BYTES: usize = 0xffff;

/// A tile in pieces.
#[derive(Debug, Default)]
pub struct Spliced {
    layers: Vec<Piece>,
    aggregated: Option<Aggregated>,
}

#[derive(Debug)]
enum Piece {
    Joint(Joint),
    /// A whole layer that no skeleton is kept of.
    Layer(Vec<u8>),
}

impl Piece {
    fn len(&self) -> usize {
        match self {
            Self::Joint(joint) => joint.skeleton.raw.len() + joint.tail.len(),
            Self::Layer(layer) => layer.len(),
        }
    }
}

impl Piece {
    /// Bytes that it hardly exceeds when it is deflated.
    fn room(&self) -> usize {
        match self {
            Self::Joint(joint) => joint.skeleton.deflated.len() + joint.tail.len() + PIECE_ROOM,
            Self::Layer(layer) => layer.len() / 2 + PIECE_ROOM,
        }
    }
}

impl TileSource<'_> {
    /// The tile in pieces; none when nothing of the tileset lies in it.
    ///
    /// # Errors
    /// When the encoder refuses a geometry.
    pub fn spliced(&self, kept: &Skeletons, address: TileAddress) -> Result<Option<Spliced>, TileError> {
        let mut spliced = Spliced::default();
        for part in self.tileset.parts(self.role) {
            let piece = if self.is_drawn_whole(part) {
                let layer = self.layer(part, address)?;
                spliced.aggregated = spliced.aggregated.or(layer.aggregated.filter(|_| layer.bytes.is_some()));
                layer.bytes.map(Piece::Layer)
            } else {
                kept.joined(self, part, address)?.map(Piece::Joint)
            };
            spliced.layers.extend(piece);
        }
        Ok((!spliced.layers.is_empty()).then_some(spliced))
    }

    /// The same, where all that the tile needs of the boundaries is at hand; else nothing is told.
    pub fn spliced_at_once(&self, kept: &Skeletons, address: TileAddress) -> Option<Option<Spliced>> {
        let mut spliced = Spliced::default();
        for part in self.tileset.parts(self.role) {
            if self.is_drawn_whole(part) {
                return None;
            }
            spliced.layers.extend(kept.known(self, part, address)?.map(Piece::Joint));
        }
        Some((!spliced.layers.is_empty()).then_some(spliced))
    }

    /// Whether the places of a part's features depend on the filter.
    fn is_drawn_whole(&self, part: Tileset) -> bool {
        match part {
            Tileset::Incidents => true,
            Tileset::Models => self.role.sees_model_positions(),
            _ => false,
        }
    }
}

impl Spliced {
    /// How many bytes the tile has before any coding.
    pub fn len(&self) -> usize {
        self.layers.iter().map(|piece| wire::layer_opening(piece.len()).len() + piece.len()).sum()
    }

    /// What the tile shows in place of single incidents; none where it shows these or holds none.
    pub fn aggregated(&self) -> Option<Aggregated> {
        self.aggregated
    }

    /// Whether there is no layer.
    pub fn is_empty(&self) -> bool {
        self.layers.is_empty()
    }

    /// The bytes of the tile.
    pub fn raw(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.len());
        for piece in &self.layers {
            out.extend(wire::layer_opening(piece.len()));
            match piece {
                Piece::Joint(Joint { skeleton, tail }) => {
                    out.extend_from_slice(&skeleton.raw);
                    out.extend_from_slice(tail);
                }
                Piece::Layer(layer) => out.extend_from_slice(layer),
            }
        }
        out
    }

    /// The tile as one gzip member.
    pub fn gzip(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.layers.iter().map(Piece::room).sum::<usize>() + GZIP_ROOM);
        out.extend(GZIP_HEADER);
        let (mut checksum, mut bytes) = (Hasher::new(), 0);
        for piece in &self.layers {
            let opening = wire::layer_opening(piece.len());
            checksum.update(&opening);
            bytes += opening.len() + piece.len();
            push_stored(&mut out, &opening);
            match piece {
                Piece::Joint(Joint { skeleton, tail }) => {
                    checksum.combine(&skeleton.checksum);
                    out.extend_from_slice(&skeleton.deflated);
                    checksum.update(tail);
                    push_deflated(&mut out, tail);
                }
                Piece::Layer(layer) => {
                    checksum.update(layer);
                    push_deflated(&mut out, layer);
                }
            }
        }
        out.extend(DEFLATE_END);
        out.extend(checksum.finalize().to_le_bytes());
        out.extend((bytes as u32).to_le_bytes());
        out
    }

    /// The tile as one brotli stream.
    pub fn brotli(&self) -> Vec<u8> {
        let mut out = brotli_stream::opening();
        for piece in &self.layers {
            let opening = wire::layer_opening(piece.len());
            match piece {
                Piece::Joint(Joint { skeleton, tail }) => {
                    brotli_stream::push_stored(&mut out, &opening);
                    out.extend_from_slice(skeleton.brotli());
                    brotli_stream::push(&mut out, tail);
                }
                Piece::Layer(layer) => {
                    brotli_stream::push_stored(&mut out, &opening);
                    brotli_stream::push(&mut out, layer);
                }
            }
        }
        brotli_stream::close(&mut out);
        out
    }
}

/// Appends bytes as stored blocks.
fn push_stored(out: &mut Vec<u8>, bytes: &[u8]) {
    for block in bytes.chunks(STORED_BYTES) {
        let length = block.len() as u16;
        out.push(0);
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend_from_slice(block);
    }
}

/// Appends bytes compressed, ending on a byte and not the last block.
fn push_deflated(out: &mut Vec<u8>, bytes: &[u8]) {
    thread_local! {
        /// Making a compressor costs more than compressing the values of a tile.
        static COMPRESSOR: RefCell<Compress> = RefCell::new(Compress::new(Compression::new(TAIL_LEVEL), false));
    }
    if bytes.len() < LEAST_DEFLATED {
        return push_stored(out, bytes);
    }
    COMPRESSOR.with_borrow_mut(|compressor| {
        compressor.reset();
        loop {
            out.reserve(bytes.len() - compressor.total_in() as usize + 64);
            let rest = &bytes[compressor.total_in() as usize..];
            let status = compressor.compress_vec(rest, out, FlushCompress::Sync);
            let is_done = compressor.total_in() as usize == bytes.len() && out.len() < out.capacity();
            if is_done || !matches!(status, Ok(Status::Ok)) {
                break;
            }
        }
    });
}
