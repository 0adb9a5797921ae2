//! MBTiles, version 1.3: tiles and their description in the tables of one `SQLite` database.
//!
//! In: tiles in the order of the file, their description. Out: the bytes of the database, made in memory. Equal tiles are
//! one row of `images`, as many rows of `map` name it, and `tiles` is the view of both that readers ask. Rows are
//! written in the order of their keys, so that the same tiles give the same bytes.
//!
//! The database is asked on the present thread by a small runtime of its own, which works where a runtime runs already:
//! whoever makes archives blocks.
//!
//! # Reference
//! Mapbox, "MBTiles specification", version 1.3, 2018; the view over two tables is that of its sections on
//! deduplication in `mbutil` and tippecanoe.

use serde::Serialize;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};
use tokio::runtime::Builder;

use super::tile_set::TileSet;
use crate::tile::TileAddress;
use crate::tile::tilejson::{ArchiveDescription, TileJson, VectorLayer};

/// The tables. By the number ("MPBX") programs know the file for what it is.
const SCHEMA: &str = "
    PRAGMA application_id = 0x4d504258;
    CREATE TABLE metadata (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE images (tile_id INTEGER PRIMARY KEY NOT NULL, tile_data BLOB NOT NULL);
    CREATE TABLE map (
        zoom_level INTEGER NOT NULL,
        tile_column INTEGER NOT NULL,
        tile_row INTEGER NOT NULL,
        tile_id INTEGER NOT NULL,
        PRIMARY KEY (zoom_level, tile_column, tile_row)
    ) WITHOUT ROWID;
    CREATE VIEW tiles AS
        SELECT zoom_level, tile_column, tile_row, tile_data FROM map JOIN images USING (tile_id);";

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub(super) enum MbTilesError {
    #[error("MBTiles: {0}")]
    Database(#[from] sqlx::Error),
    #[error("MBTiles: {0}")]
    Runtime(#[from] std::io::Error),
    #[error("MBTiles: {0}")]
    Description(#[from] serde_json::Error),
}

/// The bytes of an archive. Blocks.
///
/// # Errors
/// When the database refuses, which it does where there is no memory.
pub(super) fn file(tiles: &TileSet, described: &TileJson) -> Result<Vec<u8>, MbTilesError> {
    let metadata = metadata(&described.in_archive(), tiles)?;
    Builder::new_current_thread().enable_all().build()?.block_on(database(tiles, &metadata))
}

async fn database(tiles: &TileSet, metadata: &[(&str, String)]) -> Result<Vec<u8>, MbTilesError> {
    let mut connection = SqliteConnectOptions::new().in_memory(true).connect().await?;
    sqlx::raw_sql(SCHEMA).execute(&mut connection).await?;
    let mut written = connection.begin().await?;
    for (name, value) in metadata {
        sqlx::query("INSERT INTO metadata VALUES (?, ?)")
            .bind(*name)
            .bind(value.as_str())
            .execute(&mut *written)
            .await?;
    }
    write_tiles(&mut written, tiles).await?;
    written.commit().await?;
    let bytes = connection.serialize(None).await?.to_vec();
    connection.close().await?;
    Ok(bytes)
}

async fn write_tiles(written: &mut SqliteConnection, tiles: &TileSet) -> Result<(), MbTilesError> {
    for (id, content) in (1_i64..).zip(&tiles.contents) {
        sqlx::query("INSERT INTO images VALUES (?, ?)")
            .bind(id)
            .bind(content.as_slice())
            .execute(&mut *written)
            .await?;
    }
    let mut placed: Vec<([u32; 3], i64)> =
        tiles.tiles.iter().map(|tile| (place(tile.address), tile.content as i64 + 1)).collect();
    placed.sort_unstable();
    for ([zoom, column, row], id) in placed {
        let insert = sqlx::query("INSERT INTO map VALUES (?, ?, ?, ?)");
        insert.bind(zoom).bind(column).bind(row).bind(id).execute(&mut *written).await?;
    }
    Ok(())
}

/// Zoom, column and row of a tile; rows are counted from the south (TMS).
fn place(address: TileAddress) -> [u32; 3] {
    let rows = 1_u32 << address.z();
    [u32::from(address.z()), address.x(), rows - 1 - address.y()]
}

/// What a row `json` says, which holds what has no row of its own.
#[derive(Serialize)]
struct LayerMetadata<'a> {
    vector_layers: &'a [VectorLayer],
}

/// The rows of the description, in the order of their names.
fn metadata(
    described: &ArchiveDescription<'_>,
    tiles: &TileSet,
) -> Result<Vec<(&'static str, String)>, serde_json::Error> {
    let (bounds, centre) = (described.bounds, described.centre);
    let zooms = tiles.tiles.iter().map(|tile| tile.address.z());
    let (first, last) = (zooms.clone().min().unwrap_or(0), zooms.max().unwrap_or(0));
    let centre_zoom = described.centre_zoom.clamp(first, last);
    // A number by the specification: the state of the data, in which the version ends.
    let version = described.version.rsplit('.').next().unwrap_or_default();
    Ok(vec![
        ("attribution", described.attribution.to_owned()),
        ("bounds", [bounds.west, bounds.south, bounds.east, bounds.north].map(|side| side.to_string()).join(",")),
        ("center", format!("{},{},{centre_zoom}", centre.lon, centre.lat)),
        ("description", described.description.to_owned()),
        ("format", "pbf".to_owned()),
        ("json", serde_json::to_string(&LayerMetadata { vector_layers: described.vector_layers })?),
        ("maxzoom", last.to_string()),
        ("minzoom", first.to_string()),
        ("name", described.name.to_owned()),
        ("sample", described.sample.to_string()),
        ("type", described.kind.to_owned()),
        ("version", version.to_owned()),
    ])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::io::Read as _;

    use bytes::Bytes;
    use flate2::read::GzDecoder;
    use sqlx::sqlite::SqliteOwnedBuf;

    use super::*;
    use crate::attributes::Selection;
    use crate::domain::role::Role;
    use crate::domain::text::Language;
    use crate::service::questions::tile_archive::ArchivedTile;
    use crate::tile::tilejson::TileJsonRequest;
    use crate::tile::tileset::Tileset;
    use crate::tile::{LonLat, LonLatBounds};

    fn described() -> TileJson {
        TileJson::of(&TileJsonRequest {
            tileset: Tileset::Communes,
            selection: Selection::ALL,
            role: Role::Public,
            square_m: 500.0,
            language: Language::English,
            tiles_url: "",
            epoch: 7,
            bounds: LonLatBounds { west: 107.2, south: 14.9, east: 108.75, north: 16.1 },
            middle: LonLat::new(108.0, 15.5),
            attribution: "Somebody",
            description: "Somewhen",
            is_sample: true,
            squares: None,
        })
    }

    fn tiles(texts: &[(u8, u32, u32, &'static str)]) -> TileSet {
        let tile = |(z, x, y, text): &(u8, u32, u32, &'static str)| ArchivedTile {
            address: TileAddress::new(*z, *x, *y).unwrap(),
            mvt: Bytes::from_static(text.as_bytes()),
        };
        TileSet::of(texts.iter().map(tile).collect())
    }

    /// What the view `tiles` and the table `metadata` of a file hold.
    fn read_back(bytes: &[u8]) -> (BTreeMap<[u32; 3], String>, BTreeMap<String, String>) {
        let read = async {
            let mut connection = SqliteConnectOptions::new().in_memory(true).connect().await.unwrap();
            connection.deserialize(None, SqliteOwnedBuf::try_from(bytes).unwrap(), true).await.unwrap();
            let tiles: Vec<(u32, u32, u32, Vec<u8>)> =
                sqlx::query_as("SELECT zoom_level, tile_column, tile_row, tile_data FROM tiles")
                    .fetch_all(&mut connection)
                    .await
                    .unwrap();
            let metadata: Vec<(String, String)> =
                sqlx::query_as("SELECT name, value FROM metadata").fetch_all(&mut connection).await.unwrap();
            (tiles, metadata)
        };
        let (tiles, metadata) = Builder::new_current_thread().enable_all().build().unwrap().block_on(read);
        let unpacked = |(zoom, column, row, data): (u32, u32, u32, Vec<u8>)| {
            let mut text = String::new();
            GzDecoder::new(data.as_slice()).read_to_string(&mut text).unwrap();
            ([zoom, column, row], text)
        };
        (tiles.into_iter().map(unpacked).collect(), metadata.into_iter().collect())
    }

    #[test]
    fn rows_are_counted_from_the_south() {
        let of = |z, x, y| place(TileAddress::new(z, x, y).unwrap());
        assert_eq!(of(0, 0, 0), [0, 0, 0]);
        assert_eq!([of(1, 0, 1), of(1, 1, 0)], [[1, 0, 0], [1, 1, 1]]);
        // Of the 4,096 rows of zoom 12 as many lie south of the row 1,763 from the north.
        assert_eq!(of(12, 3423, 1763), [12, 3423, 2332]);
    }

    #[test]
    fn tiles_are_read_back_at_their_places_and_equal_ones_are_held_once() {
        let set = tiles(&[(0, 0, 0, "world"), (1, 1, 0, "sea"), (1, 0, 1, "land"), (1, 1, 1, "sea")]);
        let bytes = file(&set, &described()).unwrap();
        assert_eq!(bytes, file(&set, &described()).unwrap(), "the same tiles give the same bytes");
        assert!(bytes.starts_with(b"SQLite format 3\0") && bytes[68..72] == *b"MPBX");
        let (found, metadata) = read_back(&bytes);
        let expected = [([0, 0, 0], "world"), ([1, 0, 0], "land"), ([1, 1, 0], "sea"), ([1, 1, 1], "sea")];
        assert_eq!(found, expected.map(|(place, text)| (place, text.to_owned())).into());
        assert_eq!(set.contents.len(), 3);
        let said = |name: &str| metadata[name].as_str();
        assert_eq!([said("format"), said("minzoom"), said("maxzoom"), said("version")], ["pbf", "0", "1", "7"]);
        assert_eq!((said("bounds"), said("center")), ("107.2,14.9,108.75,16.1", "108,15.5,1"));
        assert_eq!((said("type"), said("attribution"), said("sample")), ("overlay", "Somebody", "true"));
        let json: serde_json::Value = serde_json::from_str(said("json")).unwrap();
        assert_eq!(json["vector_layers"][0]["id"], "communes");
    }

    #[test]
    fn no_tiles_are_a_file_with_a_description() {
        let (found, metadata) = read_back(&file(&tiles(&[]), &described()).unwrap());
        assert!(found.is_empty());
        assert_eq!((metadata["minzoom"].as_str(), metadata.len()), ("0", 12));
    }
}
