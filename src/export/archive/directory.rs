//! The directories of a PMTiles archive: which run of tile numbers lies where.
//!
//! In: entries in the order of their numbers. Out: the bytes of the root, which a reader has after its first request,
//! and of the leaves, which it asks for by and by.

use crate::tile::encoding::compress::smallest_gzip;

/// What a reader asks for first holds the header and the root.
const FIRST_REQUEST_BYTES: usize = 16_384;
/// The length of the header.
pub(super) const HEADER_BYTES: usize = 127;
/// How many entries a leaf has at first; more where the root would grow too long.
const LEAF_ENTRIES: usize = 4096;

/// A run of tiles, or a leaf where the run has no length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    /// The first tile.
    pub(super) tile_id: u64,
    /// Where its bytes begin in their section.
    pub(super) offset: u64,
    /// How many bytes it has.
    pub(super) length: u32,
    /// How many tiles from the first on hold the same; 0 for a leaf.
    pub(super) run_length: u32,
}

/// The directories of an archive as they are written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Directories {
    /// The root, compressed.
    pub(super) root: Vec<u8>,
    /// All leaves, one behind the other; empty where the root holds every entry.
    pub(super) leaves: Vec<u8>,
}

impl Directories {
    /// The directories of entries in the order of their numbers.
    pub(super) fn of(entries: &[Entry]) -> Self {
        let root = packed(entries);
        if HEADER_BYTES + root.len() <= FIRST_REQUEST_BYTES {
            return Self { root, leaves: Vec::new() };
        }
        // Leaves twice as long halve the root: it fits in the end, at the latest with one leaf.
        let mut leaf_entries = LEAF_ENTRIES;
        loop {
            let directories = Self::with_leaves(entries, leaf_entries);
            if HEADER_BYTES + directories.root.len() <= FIRST_REQUEST_BYTES {
                return directories;
            }
            leaf_entries *= 2;
        }
    }

    fn with_leaves(entries: &[Entry], leaf_entries: usize) -> Self {
        let (mut root, mut leaves) = (Vec::new(), Vec::new());
        for chunk in entries.chunks(leaf_entries) {
            let leaf = packed(chunk);
            let tile_id = chunk.first().map_or(0, |entry| entry.tile_id);
            root.push(Entry { tile_id, offset: leaves.len() as u64, length: leaf.len() as u32, run_length: 0 });
            leaves.extend_from_slice(&leaf);
        }
        Self { root: packed(&root), leaves }
    }
}

/// A directory as it is written: column by column, each number as a varint, compressed.
fn packed(entries: &[Entry]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(4 * entries.len() + 8);
    push_varint(&mut bytes, entries.len() as u64);
    let mut last = 0;
    for entry in entries {
        push_varint(&mut bytes, entry.tile_id - last);
        last = entry.tile_id;
    }
    for entry in entries {
        push_varint(&mut bytes, u64::from(entry.run_length));
    }
    for entry in entries {
        push_varint(&mut bytes, u64::from(entry.length));
    }
    let mut end = None;
    for entry in entries {
        // 0 says that the bytes follow those of the entry before; so real offsets are one greater.
        let follows = end == Some(entry.offset);
        push_varint(&mut bytes, if follows { 0 } else { entry.offset + 1 });
        end = Some(entry.offset + u64::from(entry.length));
    }
    smallest_gzip(&bytes)
}

fn push_varint(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Read as _;

    use flate2::read::GzDecoder;
    use proptest::prelude::*;

    use super::*;

    fn varint(bytes: &mut impl Iterator<Item = u8>) -> u64 {
        let (mut number, mut shift) = (0, 0);
        for byte in bytes {
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                break;
            }
            shift += 7;
        }
        number
    }

    /// The entries of a directory, read as a stranger reads them.
    pub(in crate::export::archive) fn unpacked(directory: &[u8]) -> Vec<Entry> {
        let mut bytes = Vec::new();
        GzDecoder::new(directory).read_to_end(&mut bytes).unwrap();
        let mut bytes = bytes.into_iter();
        let count = varint(&mut bytes) as usize;
        let mut column = || -> Vec<u64> { (0..count).map(|_| varint(&mut bytes)).collect() };
        let (ids, runs, lengths, offsets) = (column(), column(), column(), column());
        let (mut tile_id, mut end) = (0, 0);
        let mut entries = Vec::new();
        for index in 0..count {
            tile_id += ids[index];
            let offset = if offsets[index] == 0 { end } else { offsets[index] - 1 };
            end = offset + lengths[index];
            entries.push(Entry { tile_id, offset, length: lengths[index] as u32, run_length: runs[index] as u32 });
        }
        entries
    }

    /// All entries, through the leaves where there are some.
    pub(in crate::export::archive) fn all(directories: &Directories) -> Vec<Entry> {
        let root = unpacked(&directories.root);
        if directories.leaves.is_empty() {
            return root;
        }
        let leaf = |entry: &Entry| {
            assert_eq!(entry.run_length, 0);
            unpacked(&directories.leaves[entry.offset as usize..][..entry.length as usize])
        };
        root.iter().flat_map(leaf).collect()
    }

    #[test]
    fn short_directory_is_a_root_alone() {
        let entries = [
            Entry { tile_id: 0, offset: 0, length: 300, run_length: 1 },
            Entry { tile_id: 1, offset: 300, length: 20, run_length: 3 },
            Entry { tile_id: 9, offset: 0, length: 300, run_length: 1 },
        ];
        let directories = Directories::of(&entries);
        assert!(directories.leaves.is_empty());
        assert_eq!(unpacked(&directories.root), entries);
        assert!(unpacked(&Directories::of(&[]).root).is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]
        #[test]
        fn long_directory_is_read_back_through_its_leaves(seed in any::<u64>(), count in 1_usize..40_000) {
            let mut state = seed | 1;
            let mut random = move || { state ^= state << 13; state ^= state >> 7; state ^= state << 17; state };
            let (mut tile_id, mut entries) = (0, Vec::new());
            for _ in 0..count {
                tile_id += 1 + random() % 5;
                let (offset, length) = (random() % (1 << 30), (random() % 90_000) as u32 + 1);
                entries.push(Entry { tile_id, offset, length, run_length: 1 });
            }
            let directories = Directories::of(&entries);
            prop_assert!(HEADER_BYTES + directories.root.len() <= FIRST_REQUEST_BYTES);
            prop_assert_eq!(all(&directories), entries);
        }
    }
}
