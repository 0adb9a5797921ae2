//! The tiles of an archive in the order of the file, equal ones held once.

use std::collections::HashMap;

use bytes::Bytes;
use foldhash::fast::RandomState;
use rayon::prelude::*;

use super::tile_id::tile_id;
use crate::service::questions::tile_archive::ArchivedTile;
use crate::tile::TileAddress;
use crate::tile::encoding::compact::compacted;
use crate::tile::encoding::compress::smallest_gzip;

/// Tiles in the order of their numbers.
#[derive(Debug)]
pub(super) struct TileSet {
    /// Each tile with the index of its content.
    pub(super) tiles: Vec<PlacedTile>,
    /// What tiles hold, in as few bytes as they read from, compressed, in the order in which tiles first hold it.
    pub(super) contents: Vec<Vec<u8>>,
}

/// A tile and what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PlacedTile {
    /// Where it lies.
    pub(super) address: TileAddress,
    /// Its number in the file.
    pub(super) id: u64,
    /// The index of its content.
    pub(super) content: usize,
}

impl TileSet {
    /// The tiles in the order of the file.
    pub(super) fn of(mut tiles: Vec<ArchivedTile>) -> Self {
        tiles.sort_by_cached_key(|tile| tile_id(tile.address));
        let mut index_of: HashMap<Bytes, usize, RandomState> = HashMap::default();
        let mut distinct: Vec<Bytes> = Vec::new();
        let placed = tiles.into_iter().map(|ArchivedTile { address, mvt }| {
            let content = *index_of.entry(mvt).or_insert_with_key(|mvt| {
                distinct.push(mvt.clone());
                distinct.len() - 1
            });
            PlacedTile { address, id: tile_id(address), content }
        });
        let tiles = placed.collect();
        let contents = distinct.par_iter().map(|mvt| smallest_gzip(compacted(mvt).as_deref().unwrap_or(mvt))).collect();
        Self { tiles, contents }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tile(z: u8, x: u32, y: u32, text: &'static [u8]) -> ArchivedTile {
        ArchivedTile { address: TileAddress::new(z, x, y).unwrap(), mvt: Bytes::from_static(text) }
    }

    #[test]
    fn equal_tiles_are_held_once_in_the_order_of_the_file() {
        let set = TileSet::of(vec![tile(1, 1, 0, b"b"), tile(1, 0, 0, b"a"), tile(1, 0, 1, b"b"), tile(0, 0, 0, b"c")]);
        let placed: Vec<(u64, usize)> = set.tiles.iter().map(|tile| (tile.id, tile.content)).collect();
        assert_eq!(placed, [(0, 0), (1, 1), (2, 2), (4, 2)]);
        assert_eq!(set.contents, [b"c", b"a", b"b"].map(|tile| smallest_gzip(tile)));
    }

    #[test]
    fn no_tiles_are_an_empty_set() {
        let set = TileSet::of(Vec::new());
        assert!(set.tiles.is_empty() && set.contents.is_empty());
    }
}
