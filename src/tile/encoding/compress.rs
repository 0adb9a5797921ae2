//! Compression of bytes as a whole: one gzip member, one brotli stream.

use std::io::Write as _;

use brotli::CompressorWriter;
use flate2::{Compression, GzBuilder};

/// Of bytes that are made once and sent for as long as the program runs. The last step, 11, takes twice the time of
/// this one for a hundredth of the bytes.
const BROTLI_QUALITY: u32 = 10;
/// The widest window that every browser takes.
const BROTLI_WINDOW_BITS: u32 = 22;
const BUFFER_BYTES: usize = 1 << 16;

/// The bytes as one gzip member without file name or time, so that the same bytes give the same member.
///
/// ```
/// use std::io::Read as _;
/// let member = binhyen::tile::encoding::compress::gzip(b"tile");
/// let mut plain = Vec::new();
/// flate2::read::GzDecoder::new(member.as_slice()).read_to_end(&mut plain)?;
/// assert_eq!(plain, b"tile");
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    gzip_at(Compression::new(6), bytes)
}

/// The same as tightly as deflate packs it, for bytes that are written once and read often.
pub fn smallest_gzip(bytes: &[u8]) -> Vec<u8> {
    gzip_at(Compression::best(), bytes)
}

fn gzip_at(level: Compression, bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzBuilder::new().write(Vec::with_capacity(bytes.len() / 2), level);
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("writing to a vector cannot fail")
}

/// The bytes as one brotli stream, as small as can be had in a second.
///
/// ```
/// use std::io::Read as _;
/// let stream = binhyen::tile::encoding::compress::brotli(b"page");
/// let mut plain = Vec::new();
/// brotli::Decompressor::new(stream.as_slice(), 4096).read_to_end(&mut plain)?;
/// assert_eq!(plain, b"page");
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn brotli(bytes: &[u8]) -> Vec<u8> {
    let out = Vec::with_capacity(bytes.len() / 3);
    let mut writer = CompressorWriter::new(out, BUFFER_BYTES, BROTLI_QUALITY, BROTLI_WINDOW_BITS);
    writer.write_all(bytes).expect("writing to a vector cannot fail");
    writer.into_inner()
}
