//! Compression of bytes as a whole: one gzip member, one brotli stream.

use std::io::Write as _;
use std::num::NonZeroU64;

use brotli::CompressorWriter;
use flate2::{Compression, GzBuilder};
use zopfli::{Format, Options};

/// Of bytes that are made once and sent for as long as the program runs. The last step, 11, takes twice the time of
/// this one for a hundredth of the bytes.
const BROTLI_QUALITY: u32 = 10;
/// The widest window that every browser takes.
const BROTLI_WINDOW_BITS: u32 = 22;
const BUFFER_BYTES: usize = 1 << 16;
/// Up to this size Zopfli's search takes some hundredths of a second at most.
const MOST_SEARCHED_BYTES: usize = 1 << 14;
/// How often Zopfli weighs the symbols anew; more find a thousandth of the bytes.
const SEARCHES: NonZeroU64 = NonZeroU64::new(5).unwrap();
/// A tile becomes one block: the search for where to begin another takes a hundred times as long, for 3 % of the bytes.
const MOST_BLOCKS: u16 = 1;

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

/// The same in yet fewer bytes where they are few, by a search for the best deflate stream: about 3 % of a short tile, for
/// a millisecond. For bytes that are sent again and again.
///
/// # Reference
/// L. Vandevenne, J. Alakuijala, "Data compression using Zopfli" (2013).
pub fn searched_gzip(bytes: &[u8]) -> Vec<u8> {
    if bytes.len() > MOST_SEARCHED_BYTES {
        return smallest_gzip(bytes);
    }
    let mut out = Vec::with_capacity(bytes.len() / 2);
    let options = Options { iteration_count: SEARCHES, maximum_block_splits: MOST_BLOCKS, ..Options::default() };
    zopfli::compress(options, Format::Gzip, bytes, &mut out).expect("writing to a vector cannot fail");
    out
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

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use flate2::read::GzDecoder;

    use super::*;

    fn read(member: &[u8]) -> Vec<u8> {
        let mut plain = Vec::new();
        GzDecoder::new(member).read_to_end(&mut plain).unwrap();
        plain
    }

    /// Numbers as texts: they repeat in part, as the values of a tile do.
    fn numbers(count: usize) -> Vec<u8> {
        (0..count).flat_map(|number| (number * number % 977).to_string().into_bytes()).collect()
    }

    #[test]
    fn searched_member_reads_the_same_in_fewer_bytes() {
        for plain in [Vec::new(), b"tile".to_vec(), numbers(200), numbers(5_000)] {
            let member = searched_gzip(&plain);
            assert_eq!(read(&member), plain);
            assert!(member.len() <= smallest_gzip(&plain).len(), "{} bytes", plain.len());
            assert_eq!(searched_gzip(&plain), member);
        }
        assert!(searched_gzip(&numbers(200)).len() < smallest_gzip(&numbers(200)).len());
    }

    #[test]
    fn what_is_too_long_for_a_search_is_packed_as_tightly_as_before() {
        let plain = numbers(MOST_SEARCHED_BYTES);
        assert_eq!(searched_gzip(&plain), smallest_gzip(&plain));
    }
}
