//! Compression of tile bytes: one gzip member.

use std::io::Write as _;

use flate2::{Compression, GzBuilder};

/// The bytes as one gzip member without file name or time, so that the same bytes give the same member.
///
/// ```
/// use std::io::Read as _;
/// let member = binhyen::tile::compress::gzip(b"tile");
/// let mut plain = Vec::new();
/// flate2::read::GzDecoder::new(member.as_slice()).read_to_end(&mut plain)?;
/// assert_eq!(plain, b"tile");
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzBuilder::new().write(Vec::with_capacity(bytes.len() / 2), Compression::new(6));
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("writing to a vector cannot fail")
}
