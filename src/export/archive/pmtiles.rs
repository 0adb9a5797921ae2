//! PMTiles, version 3: a header, a root directory, a description, leaf directories and the tiles, clustered.
//!
//! In: tiles in the order of the file, their description. Out: bytes. Runs of equal tiles have one entry, equal tiles
//! anywhere one content.
//!
//! # Reference
//! Protomaps, "PMTiles version 3 specification", 2022 (public domain).

use super::directory::{Directories, Entry, HEADER_BYTES};
use super::tile_set::{PlacedTile, TileSet};
use crate::tile::LonLat;
use crate::tile::encoding::compress::smallest_gzip;
use crate::tile::tilejson::{ArchiveDescription, TileJson};

const GZIP: u8 = 2;
const MVT: u8 = 1;
/// Degrees are written as whole ten-millionths.
const DEGREE_PARTS: f64 = 1e7;

/// The bytes of an archive.
///
/// # Errors
/// When the description cannot be written.
pub(super) fn file(tiles: &TileSet, described: &TileJson) -> Result<Vec<u8>, serde_json::Error> {
    let description = described.in_archive();
    let metadata = smallest_gzip(&serde_json::to_vec(&description)?);
    let (entries, data_bytes) = entries(tiles);
    let directories = Directories::of(&entries);
    let sections = [directories.root.len(), metadata.len(), directories.leaves.len(), data_bytes as usize];
    let mut file = header(sections, &Counts { tiles, entries: entries.len() }, &description);
    file.reserve_exact(sections.iter().sum());
    file.extend_from_slice(&directories.root);
    file.extend_from_slice(&metadata);
    file.extend_from_slice(&directories.leaves);
    tiles.contents.iter().for_each(|content| file.extend_from_slice(content));
    Ok(file)
}

/// The runs of tiles, and how many bytes all contents have.
fn entries(tiles: &TileSet) -> (Vec<Entry>, u64) {
    let mut offsets = Vec::with_capacity(tiles.contents.len());
    let mut end = 0;
    for content in &tiles.contents {
        offsets.push(end);
        end += content.len() as u64;
    }
    let continues = |one: &PlacedTile, next: &PlacedTile| next.content == one.content && next.id == one.id + 1;
    let run = |run: &[PlacedTile]| {
        let first = run.first()?;
        let length = tiles.contents[first.content].len() as u32;
        Some(Entry { tile_id: first.id, offset: offsets[first.content], length, run_length: run.len() as u32 })
    };
    (tiles.tiles.chunk_by(continues).filter_map(run).collect(), end)
}

struct Counts<'a> {
    tiles: &'a TileSet,
    entries: usize,
}

/// The header: where the sections lie, how much they hold, what a reader shows first.
fn header(sections: [usize; 4], counts: &Counts<'_>, description: &ArchiveDescription<'_>) -> Vec<u8> {
    let mut header = b"PMTiles\x03".to_vec();
    let mut number = |number: usize| header.extend_from_slice(&(number as u64).to_le_bytes());
    let mut offset = HEADER_BYTES;
    for length in sections {
        number(offset);
        number(length);
        offset += length;
    }
    for count in [counts.tiles.tiles.len(), counts.entries, counts.tiles.contents.len()] {
        number(count);
    }
    let is_clustered = 1;
    let zooms = counts.tiles.tiles.iter().map(|tile| tile.address.z());
    let (first, last) = (zooms.clone().min().unwrap_or(0), zooms.max().unwrap_or(0));
    header.extend_from_slice(&[is_clustered, GZIP, GZIP, MVT, first, last]);
    let place = |place: LonLat| -> Vec<u8> {
        [place.lon, place.lat]
            .iter()
            .flat_map(|degrees| ((degrees * DEGREE_PARTS).round() as i32).to_le_bytes())
            .collect()
    };
    let (south_west, north_east) = (place(description.bounds.south_west()), place(description.bounds.north_east()));
    let centre = place(description.centre);
    header.extend(south_west.into_iter().chain(north_east));
    header.push(description.centre_zoom.clamp(first, last));
    header.extend(centre);
    header
}
