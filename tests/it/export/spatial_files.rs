//! Files for geographic programs: that MBTiles, read as a database, holds the tiles of the server, that FlatGeobuf and
//! GeoParquet, read by the import, hold the areas and outlines of the server to the last bit, that partitions hold what a
//! rating is made from, and that nothing hidden is in any of them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

use binhyen::domain::area::Level;
use bytes::Bytes;
use flate2::read::GzDecoder;
use geo::MultiPolygon;
use geo::orient::{Direction, Orient as _};
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::record::{Field, Row};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, SqliteConnection};

use crate::support::imports::Bench;
use crate::support::snapshot::{PLANNER, TestResponse, TestServer, WINDOW, snapshot, tile_at};
use binhyen::tile::encoding::compact::compacted;

const EDITION: &str = "2025-01";

fn filter() -> String {
    format!("edition={EDITION}&window={WINDOW}")
}

/// The rows of a Parquet file by the names of their columns.
fn rows(bytes: Vec<u8>) -> Vec<BTreeMap<String, Field>> {
    let reader = SerializedFileReader::new(Bytes::from(bytes)).unwrap();
    let named = |row: Row| row.into_columns().into_iter().collect();
    reader.get_row_iter(None).unwrap().map(|row| named(row.unwrap())).collect()
}

fn text(row: &BTreeMap<String, Field>, name: &str) -> Option<String> {
    match &row[name] {
        Field::Null => None,
        Field::Str(text) => Some(text.clone()),
        other => panic!("{name} is {other}"),
    }
}

/// A number as JSON has it.
fn number(row: &BTreeMap<String, Field>, name: &str) -> Option<f64> {
    match &row[name] {
        Field::Null => None,
        Field::Long(number) => Some(*number as f64),
        Field::Double(number) => Some(*number),
        other => panic!("{name} is {other}"),
    }
}

/// The outlines that the import of a file leaves in a store, by their codes.
fn imported(name: &str, reply: &TestResponse) -> BTreeMap<String, (String, MultiPolygon<f64>)> {
    let bench = Bench::new();
    let file = bench.file(name, &reply.bytes);
    bench.succeed(&["import", "boundaries", &file, "--edition", "2030-01", "--level", "district"]);
    let areas = bench.holdings().areas;
    areas.into_iter().map(|area| (area.key.code.to_string(), (area.name, area.boundary.unwrap()))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn areas_and_outlines_come_back_through_the_import_to_the_last_bit() {
    let server = TestServer::new();
    let snapshot = snapshot();
    let edition_data = snapshot.edition(EDITION.parse().unwrap()).unwrap();
    let areas = &edition_data.shape.level(Level::District).unwrap().areas;
    let expected: BTreeMap<_, _> = areas
        .iter()
        .map(|area| (area.code.to_string(), (area.name.clone(), area.boundary.orient(Direction::Default))))
        .collect();
    assert_eq!(expected.len(), 2);
    for (format, name, media) in [
        ("flatgeobuf", "a.fgb", "application/flatgeobuf"),
        ("geoparquet", "a.parquet", "application/vnd.apache.parquet"),
    ] {
        let address = format!("/export/{format}?{}&level=district", filter());
        let reply = server.public(&address).await;
        assert_eq!((reply.status.as_u16(), reply.header("content-type")), (200, media), "{address}");
        let ending = &name[1..];
        assert!(reply.header("content-disposition").ends_with(&format!("{ending}\"")), "{address}");
        let again = server.public(&format!("/export{}?{}&level=district", ending.replace('.', "/"), filter())).await;
        assert_eq!(again.bytes, reply.bytes, "the same bytes, also by the ending of the file");
        let held = std::thread::spawn(move || imported(name, &reply)).join().unwrap();
        for (code, (name, outline)) in &expected {
            let (other_name, other) = &held[code];
            assert_eq!(other_name, name);
            assert_eq!(&other.orient(Direction::Default), outline, "{format} {code}");
        }
        assert_eq!(held.len(), expected.len());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn columns_say_what_the_rows_say_to_each_role() {
    let server = TestServer::new();
    let filter = format!("{}&level=commune", filter());
    for role in [None, Some(PLANNER)] {
        let get = async |address: String| match role {
            Some(token) => server.with_token(token, &address).await,
            None => server.public(&address).await,
        };
        let expected = get(format!("/ratings?{filter}")).await.json();
        let found = rows(get(format!("/export/geoparquet?{filter}")).await.bytes);
        let expected = expected["areas"].as_array().unwrap();
        assert_eq!(found.len(), expected.len());
        for (row, expected) in found.iter().zip(expected) {
            for name in ["code", "name", "grade", "withheld"] {
                assert_eq!(text(row, name).as_deref(), expected[name].as_str(), "{role:?} {name}");
            }
            for name in ["population", "incidents", "rate", "ratio", "person_years", "models"] {
                assert_eq!(number(row, name), expected[name].as_f64(), "{role:?} {name}");
            }
            assert_eq!(row.contains_key("hot_spot"), role.is_some());
        }
        let hidden = found.iter().filter(|row| row["incidents"] == Field::Null).count();
        assert_eq!(hidden > 0, role.is_none(), "the public does not see the small counts of this world");
    }
}

async fn opened(path: &Path) -> SqliteConnection {
    SqliteConnectOptions::new().filename(path).read_only(true).connect().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn database_holds_the_tiles_of_the_server() {
    let server = TestServer::new();
    let reply = server.public(&format!("/export/mbtiles?{}&max_zoom=10&lang=en", filter())).await;
    assert_eq!(reply.header("content-type"), "application/vnd.sqlite3");
    assert!(reply.header("content-disposition").ends_with(".mbtiles\""));
    let again = server.public(&format!("/export/mbtiles?{}&max_zoom=10&lang=en", filter())).await;
    assert_eq!((&again.bytes, again.header("etag")), (&reply.bytes, reply.header("etag")));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.mbtiles");
    std::fs::write(&path, &reply.bytes).unwrap();
    let mut database = opened(&path).await;
    let mut found = 0;
    for (z, lon, lat) in
        [(0, 108.0, 15.6), (6, 108.2, 15.5), (9, 108.05, 15.55), (10, 108.05, 15.55), (10, 109.5, 17.0)]
    {
        let (x, y) = tile_at(z, lon, lat);
        let served = server.public(&format!("/tiles/map/{z}/{x}/{y}?{}", filter())).await;
        let select = "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?";
        let row = (1_u32 << z) - 1 - y;
        let held: Option<Vec<u8>> =
            sqlx::query_scalar(select).bind(z).bind(x).bind(row).fetch_optional(&mut database).await.unwrap();
        assert_eq!(held.is_some(), served.status == 200, "{z}/{x}/{y}");
        if let Some(held) = held {
            let mut unpacked = Vec::new();
            GzDecoder::new(held.as_slice()).read_to_end(&mut unpacked).unwrap();
            assert_eq!(Some(unpacked), compacted(&served.bytes), "{z}/{x}/{y}");
            found += 1;
        }
    }
    assert_eq!(found, 4);
    let said: String =
        sqlx::query_scalar("SELECT value FROM metadata WHERE name = 'json'").fetch_one(&mut database).await.unwrap();
    let said: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(said["vector_layers"][0]["id"], "communes");
    let [tiles, images]: [i64; 2] = [
        sqlx::query_scalar("SELECT count(*) FROM tiles").fetch_one(&mut database).await.unwrap(),
        sqlx::query_scalar("SELECT count(*) FROM images").fetch_one(&mut database).await.unwrap(),
    ];
    assert!(images > 0 && images <= tiles, "{images} {tiles}");
}
