//! All tiles of a map in one file: PMTiles for any bucket or plain web server, MBTiles for programs that read a
//! database.
//!
//! In: the tiles of an [`ArchiveQuestion`], already cut to the role, and the description of their tileset. Out: the
//! bytes of the file. Equal tiles are written once. No file is opened, no clock is read: the same tiles give the same
//! bytes.

mod directory;
mod mbtiles;
mod pmtiles;
mod tile_id;
mod tile_set;

use std::sync::Arc;

use crate::domain::text::Language;
use crate::service::Service;
use crate::service::error::ServiceError;
use crate::service::questions::tile_archive::ArchiveQuestion;
pub(crate) use crate::tile::encoding::compress::smallest_gzip;
use tile_set::TileSet;

/// A format that holds the tiles of a map in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ArchiveFormat {
    /// PMTiles, version 3: read in place over HTTP by ranges.
    PmTiles,
    /// MBTiles, version 1.3: a database.
    MbTiles,
}

/// The file of all tiles of a question. Blocks while tiles are made; `told` hears how many more are done.
///
/// # Errors
/// When a tile cannot be made, or the file cannot be written.
pub(crate) fn archive(
    format: ArchiveFormat,
    question: &ArchiveQuestion,
    service: &Arc<Service>,
    language: Language,
    told: &(dyn Fn(u64) + Sync),
) -> Result<Vec<u8>, ServiceError> {
    let described = question.described(language, "")?;
    let tiles = TileSet::of(question.tiles(service, told)?);
    match format {
        ArchiveFormat::PmTiles => pmtiles::file(&tiles, &described).map_err(|error| ServiceError::internal(&error)),
        ArchiveFormat::MbTiles => mbtiles::file(&tiles, &described).map_err(|error| ServiceError::internal(&error)),
    }
}
