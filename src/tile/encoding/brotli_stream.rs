//! Brotli streams put together from meta-blocks.
//!
//! The compressor is set to make meta-blocks that begin and end on a byte and refer to nothing before
//! them, so that they can stand anywhere in a stream. Opening, stored blocks and end are a few fixed bits.
//!
//! # Reference
//! RFC 7932, sections 9.1 and 9.2.

use std::io::Write as _;

use brotli::CompressorWriter;
use brotli::enc::BrotliEncoderParams;

/// The window of 2^22 bytes in the stream's header, and an empty meta-block that fills the second byte.
const OPENING: [u8; 2] = [0x6b, 0x00];
/// Meta-blocks look back less far than the stream allows: a tile is no longer than this, and a small window is made
/// fast.
const WINDOW_BITS: i32 = 18;
/// The last meta-block, empty.
const END: u8 = 3;
/// The most bytes of a stored meta-block whose length takes four nibbles.
const STORED_BYTES: usize = 1 << 16;
/// Compressing fewer bytes than this takes longer than sending them.
const LEAST_COMPRESSED: usize = 1024;
const BUFFER_BYTES: usize = 1 << 16;

/// How much time a compression may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::tile) enum Effort {
    /// Made once and sent many times.
    Once,
    /// Made for one filter.
    EachTime,
}

/// The first bytes of a stream.
pub(in crate::tile) fn opening() -> Vec<u8> {
    OPENING.to_vec()
}

/// Ends a stream.
pub(in crate::tile) fn close(out: &mut Vec<u8>) {
    out.push(END);
}

/// Appends bytes as they are.
pub(in crate::tile) fn push_stored(out: &mut Vec<u8>, bytes: &[u8]) {
    // From the lowest bit: ISLAST 0, MNIBBLES 00 (four), sixteen bits of length less one, ISUNCOMPRESSED 1; twenty
    // bits, filled to three bytes with zeros (RFC 7932, 9.2).
    for block in bytes.chunks(STORED_BYTES) {
        // Not the last block; four nibbles of length, less one; not compressed; filled to a byte.
        let head = (block.len() as u32 - 1) << 3 | 1 << 19;
        out.extend_from_slice(&head.to_le_bytes()[..3]);
        out.extend_from_slice(block);
    }
}

/// Appends bytes, compressed where that pays.
pub(in crate::tile) fn push(out: &mut Vec<u8>, bytes: &[u8]) {
    if bytes.len() < LEAST_COMPRESSED {
        push_stored(out, bytes);
    } else {
        out.extend(meta_blocks(bytes, Effort::EachTime));
    }
}

/// Bytes as compressed meta-blocks that can stand anywhere in a stream.
pub(in crate::tile) fn meta_blocks(bytes: &[u8], effort: Effort) -> Vec<u8> {
    let params = BrotliEncoderParams {
        quality: match effort {
            Effort::Once => 7,
            Effort::EachTime => 2,
        },
        lgwin: WINDOW_BITS,
        size_hint: bytes.len(),
        // Every block must stand anywhere: no reference to bytes before it, none to the dictionary (whose
        // distances depend on the position), no header, an end on a whole byte.
        catable: true,
        appendable: true,
        bare_stream: true,
        byte_align: true,
        use_dictionary: false,
        ..BrotliEncoderParams::default()
    };
    let mut writer = CompressorWriter::with_params(Vec::with_capacity(bytes.len() / 2), BUFFER_BYTES, &params);
    writer.write_all(bytes).expect("writing to a vector cannot fail");
    writer.into_inner()
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use proptest::prelude::*;

    use super::*;

    fn decoded(stream: &[u8]) -> Vec<u8> {
        let mut plain = Vec::new();
        brotli::Decompressor::new(stream, BUFFER_BYTES).read_to_end(&mut plain).unwrap();
        plain
    }

    #[test]
    fn empty_stream_decodes_to_nothing() {
        let mut stream = opening();
        close(&mut stream);
        assert!(decoded(&stream).is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn pieces_of_every_kind_decode_in_their_order(
            pieces in prop::collection::vec((0_u8..3, prop::collection::vec(0_u8..4, 0..6000)), 0..6),
        ) {
            let (mut stream, mut plain) = (opening(), Vec::new());
            for (kind, bytes) in &pieces {
                plain.extend_from_slice(bytes);
                match kind {
                    0 => push_stored(&mut stream, bytes),
                    1 => push(&mut stream, bytes),
                    _ => stream.extend(meta_blocks(bytes, Effort::Once)),
                }
            }
            close(&mut stream);
            prop_assert_eq!(decoded(&stream), plain);
        }
    }

    #[test]
    fn long_bytes_are_stored_in_several_blocks() {
        let bytes: Vec<u8> = (0..200_000_u32).map(|number| (number.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        let mut stream = opening();
        push_stored(&mut stream, &bytes);
        close(&mut stream);
        assert_eq!(decoded(&stream), bytes);
    }
}
