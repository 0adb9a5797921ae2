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
use super::skeleton::{Skeletons, SplicedLayer};
use super::wire;
use crate::geometry::projection::TileAddress;
use crate::tile::content::incidents::Aggregated;
use crate::tile::content::source::{TileError, TileSource};
use crate::tile::tileset::Tileset;

/// Deflating fewer bytes than this takes longer than sending them.
const LEAST_DEFLATED: usize = 128;
/// Values are compressed for one filter: fast.
const VALUES_DEFLATE_LEVEL: u32 = 1;
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
pub struct SplicedTile {
    layers: Vec<TileLayer>,
    aggregated: Option<Aggregated>,
}

#[derive(Debug)]
enum TileLayer {
    SplicedLayer(SplicedLayer),
    /// A whole layer that has no skeleton.
    Layer(Vec<u8>),
}

impl TileLayer {
    fn len(&self) -> usize {
        match self {
            Self::SplicedLayer(spliced_layer) => spliced_layer.skeleton.raw.len() + spliced_layer.varying_values.len(),
            Self::Layer(layer) => layer.len(),
        }
    }
}

impl TileLayer {
    /// Bytes that it hardly exceeds when it is deflated.
    fn room(&self) -> usize {
        match self {
            Self::SplicedLayer(spliced_layer) => {
                spliced_layer.skeleton.deflated.len() + spliced_layer.varying_values.len() + PIECE_ROOM
            }
            Self::Layer(layer) => layer.len() / 2 + PIECE_ROOM,
        }
    }
}

impl TileSource<'_> {
    /// The tile in pieces; none when nothing of the tileset lies in it.
    ///
    /// # Errors
    /// When the encoder refuses a geometry.
    pub fn spliced(&self, skeletons: &Skeletons, address: TileAddress) -> Result<Option<SplicedTile>, TileError> {
        let mut spliced = SplicedTile::default();
        for part in self.tileset.parts(self.role) {
            let piece = if self.is_encoded_whole(part) {
                let layer = self.layer(part, address)?;
                spliced.aggregated = spliced.aggregated.or(layer.aggregated.filter(|_| layer.bytes.is_some()));
                layer.bytes.map(TileLayer::Layer)
            } else {
                skeletons.spliced_layer(self, part, address)?.map(TileLayer::SplicedLayer)
            };
            spliced.layers.extend(piece);
        }
        Ok((!spliced.layers.is_empty()).then_some(spliced))
    }

    /// The same, where all that the tile needs of the boundaries is cached; else nothing is answered.
    pub fn spliced_from_cache(&self, skeletons: &Skeletons, address: TileAddress) -> Option<Option<SplicedTile>> {
        let mut spliced = SplicedTile::default();
        for part in self.tileset.parts(self.role) {
            if self.is_encoded_whole(part) {
                return None;
            }
            spliced.layers.extend(skeletons.cached_layer(self, part, address)?.map(TileLayer::SplicedLayer));
        }
        Some((!spliced.layers.is_empty()).then_some(spliced))
    }

    /// Whether the places of a part's features depend on the filter.
    fn is_encoded_whole(&self, part: Tileset) -> bool {
        match part {
            Tileset::Incidents => true,
            Tileset::Models => self.role.sees_model_positions(),
            _ => false,
        }
    }
}

impl SplicedTile {
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
                TileLayer::SplicedLayer(SplicedLayer { skeleton, varying_values }) => {
                    out.extend_from_slice(&skeleton.raw);
                    out.extend_from_slice(varying_values);
                }
                TileLayer::Layer(layer) => out.extend_from_slice(layer),
            }
        }
        out
    }

    /// The tile as one gzip member.
    pub fn gzip(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.layers.iter().map(TileLayer::room).sum::<usize>() + GZIP_ROOM);
        out.extend(GZIP_HEADER);
        let (mut checksum, mut bytes) = (Hasher::new(), 0);
        for piece in &self.layers {
            let opening = wire::layer_opening(piece.len());
            checksum.update(&opening);
            bytes += opening.len() + piece.len();
            push_stored(&mut out, &opening);
            match piece {
                TileLayer::SplicedLayer(SplicedLayer { skeleton, varying_values }) => {
                    // CRC-32 is linear: the checksum of two byte strings joined follows from theirs and the length
                    // of the second (Adler, `crc32_combine`), so the skeleton's bytes are not read again.
                    checksum.combine(&skeleton.checksum);
                    // It ends on a byte with a block that is not the last, so any block may follow, and what
                    // follows refers to nothing before it.
                    out.extend_from_slice(&skeleton.deflated);
                    checksum.update(varying_values);
                    push_deflated(&mut out, varying_values);
                }
                TileLayer::Layer(layer) => {
                    checksum.update(layer);
                    push_deflated(&mut out, layer);
                }
            }
        }
        out.extend(DEFLATE_END);
        out.extend(checksum.finalize().to_le_bytes());
        // The size modulo 2³², as RFC 1952 has it.
        out.extend((bytes as u32).to_le_bytes());
        out
    }

    /// The tile as one brotli stream.
    pub fn brotli(&self) -> Vec<u8> {
        let mut out = brotli_stream::opening();
        for piece in &self.layers {
            let opening = wire::layer_opening(piece.len());
            match piece {
                TileLayer::SplicedLayer(SplicedLayer { skeleton, varying_values }) => {
                    brotli_stream::push_stored(&mut out, &opening);
                    out.extend_from_slice(skeleton.brotli());
                    brotli_stream::push(&mut out, varying_values);
                }
                TileLayer::Layer(layer) => {
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
    // A stored block: three bits (not the last, type 0) filled up to a byte, the length, its complement, the bytes
    // (RFC 1951, 3.2.4).
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
        static COMPRESSOR: RefCell<Compress> = RefCell::new(Compress::new(Compression::new(VALUES_DEFLATE_LEVEL), false));
    }
    if bytes.len() < LEAST_DEFLATED {
        return push_stored(out, bytes);
    }
    COMPRESSOR.with_borrow_mut(|compressor| {
        compressor.reset();
        // `total_in` says what the compressor has taken; only when it stops with room left in `out` has it written
        // all of that. A full buffer means there may be more, so the loop grows it and goes on. Each turn takes
        // input or writes output, or the status ends it.
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
