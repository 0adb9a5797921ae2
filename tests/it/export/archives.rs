//! Files of tiles and areas: that a PMTiles archive, read as its specification says, holds the very tiles that the
//! server gives, and that no file says more than the routes do.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

use std::io::Read as _;

use flate2::read::GzDecoder;
use serde_json::Value;

use crate::support::snapshot::{COMMANDER, PLANNER, TestResponse, TestServer, WINDOW, tile_at};
use binhyen::tile::encoding::compact::compacted;

/// An archive, read with nothing but its specification at hand.
struct Archive {
    bytes: Vec<u8>,
}

impl Archive {
    fn of(reply: &TestResponse) -> Self {
        assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.bytes));
        assert_eq!(&reply.bytes[..8], b"PMTiles\x03");
        Self { bytes: reply.bytes.clone() }
    }

    fn number(&self, at: usize) -> usize {
        u64::from_le_bytes(self.bytes[at..at + 8].try_into().unwrap()) as usize
    }

    fn degrees(&self, at: usize) -> f64 {
        f64::from(i32::from_le_bytes(self.bytes[at..at + 4].try_into().unwrap())) / 1e7
    }

    fn section(&self, at: usize) -> &[u8] {
        &self.bytes[self.number(at)..][..self.number(at + 8)]
    }

    fn metadata(&self) -> Value {
        serde_json::from_slice(&unpacked(self.section(24))).unwrap()
    }

    /// Number, run, offset and length of each entry of a directory.
    fn entries(&self, directory: &[u8]) -> Vec<[usize; 4]> {
        let mut bytes = unpacked(directory).into_iter();
        let mut varint = || {
            let (mut number, mut shift) = (0, 0);
            for byte in bytes.by_ref() {
                number |= usize::from(byte & 127) << shift;
                shift += 7;
                if byte < 128 {
                    break;
                }
            }
            number
        };
        let count = varint();
        let mut columns: Vec<Vec<usize>> = Vec::new();
        for _ in 0..4 {
            columns.push((0..count).map(|_| varint()).collect());
        }
        let (mut id, mut end, mut entries) = (0, 0, Vec::new());
        let [ids, runs, lengths, offsets] = &columns[..] else { panic!("four columns") };
        for (((step, &run), &length), &offset) in ids.iter().zip(runs).zip(lengths).zip(offsets) {
            id += step;
            let offset = if offset == 0 { end } else { offset - 1 };
            end = offset + length;
            if run > 0 {
                entries.push([id, run, offset, length]);
            } else {
                entries.extend(self.entries(&self.section(40)[offset..end]));
            }
        }
        entries
    }

    /// The tile of a number; none where the archive has none.
    fn tile(&self, id: usize) -> Option<Vec<u8>> {
        let entries = self.entries(self.section(8));
        let entry = entries.into_iter().find(|[first, run, ..]| (*first..first + run).contains(&id));
        entry.map(|[_, _, offset, length]| unpacked(&self.section(56)[offset..offset + length]))
    }
}

fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut unpacked = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut unpacked).unwrap();
    unpacked
}

/// The number of a tile by the drawing of the curve: the four quarters of a square, each turned in its own way.
fn hilbert(z: u8, x: u32, y: u32) -> usize {
    fn along(side: usize, x: usize, y: usize) -> usize {
        if side == 1 {
            return 0;
        }
        let half = side / 2;
        match (x / half, y / half) {
            (0, 0) => along(half, y, x),
            (0, _) => half * half + along(half, x, y - half),
            (_, 0) => 3 * half * half + along(half, half - 1 - y, side - 1 - x),
            _ => 2 * half * half + along(half, x - half, y - half),
        }
    }
    let before: usize = (0..z).map(|z| 1 << (2 * usize::from(z))).sum();
    before + along(1 << z, x as usize, y as usize)
}

#[tokio::test(flavor = "multi_thread")]
async fn archive_holds_the_tiles_of_the_server_for_every_role() {
    let server = TestServer::new();
    let filter = format!("edition=2025-01&window={WINDOW}");
    for (role, query) in [
        (None, filter.clone()),
        (Some(PLANNER), format!("{filter}&tileset=communes&properties=code,incidents")),
        (Some(COMMANDER), filter),
    ] {
        let get = async |address: &str| match role {
            Some(token) => server.with_token(token, address).await,
            None => server.public(address).await,
        };
        let tileset = if query.contains("tileset=communes") { "communes" } else { "map" };
        let archive = Archive::of(&get(&format!("/export/pmtiles?{query}&max_zoom=11")).await);
        let asked = query.replace("&tileset=communes", "");
        let mut found = 0;
        for (z, lon, lat) in
            [(0, 108.0, 15.6), (6, 108.2, 15.5), (9, 108.05, 15.55), (11, 108.05, 15.55), (11, 108.9, 16.2)]
        {
            let (x, y) = tile_at(z, lon, lat);
            let served = get(&format!("/tiles/{tileset}/{z}/{x}/{y}?{asked}")).await;
            let held = archive.tile(hilbert(z, x, y));
            assert_eq!(held.is_some(), served.status == 200, "{role:?} {z}/{x}/{y}");
            if let Some(held) = held {
                assert_eq!(Some(held), compacted(&served.bytes), "{role:?} {z}/{x}/{y}");
                found += 1;
            }
        }
        assert!(found >= 3, "{found}");
        assert_eq!((archive.bytes[100], archive.bytes[101], archive.bytes[96]), (0, 11, 1));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn archive_says_what_it_holds() {
    let server = TestServer::new();
    let archive = Archive::of(&server.public("/export/pmtiles?max_zoom=8&lang=en").await);
    let metadata = archive.metadata();
    let layers: Vec<&str> =
        metadata["vector_layers"].as_array().unwrap().iter().map(|layer| layer["id"].as_str().unwrap()).collect();
    assert_eq!(layers, ["communes", "districts", "province", "labels", "models"]);
    assert_eq!(metadata["vector_layers"][0]["maxzoom"], 8);
    assert!(metadata["name"].as_str().unwrap().starts_with("Bình Yên"), "{metadata}");
    let (west, south, east, north) =
        (archive.degrees(102), archive.degrees(106), archive.degrees(110), archive.degrees(114));
    assert!(
        west <= 108.0 && east > 108.0 && south < north && south > 14.0 && north < 17.5,
        "{west} {south} {east} {north}"
    );
    assert!((west..=east).contains(&archive.degrees(119)), "the map begins where areas are");
    // Fewer contents than tiles: equal ones are held once.
    let entries = archive.entries(archive.section(8));
    assert_eq!(entries.iter().map(|[_, run, ..]| run).sum::<usize>(), archive.number(72));
    assert_eq!(entries.len(), archive.number(80));
    assert!(archive.number(88) <= archive.number(80));
}

#[tokio::test(flavor = "multi_thread")]
async fn files_of_areas_say_what_the_routes_say() {
    let server = TestServer::new();
    let filter = format!("edition=2025-01&window={WINDOW}&level=commune");
    let csv = server.public(&format!("/export/csv?{filter}")).await;
    assert_eq!(csv.bytes, server.public(&format!("/ratings?{filter}&f=csv")).await.bytes);
    assert!(
        csv.header("content-disposition").contains("binhyen-commune-2025-01-"),
        "{}",
        csv.header("content-disposition")
    );
    let geojson = server.public(&format!("/export/geojson?{filter}")).await;
    assert_eq!(geojson.bytes, server.public(&format!("/areas?{filter}&geometry=full")).await.bytes);
    let xlsx = server.public(&format!("/export/xlsx?{filter}&lang=en")).await;
    assert_eq!(xlsx.bytes, server.public(&format!("/ratings?{filter}&f=xlsx&lang=en")).await.bytes);
}

#[tokio::test(flavor = "multi_thread")]
async fn file_that_may_not_be_had_is_refused_as_everywhere() {
    let server = TestServer::new();
    for (address, status) in [
        ("/export/shapefile", 404),
        ("/export/pmtiles?tileset=roads", 404),
        ("/export/pmtiles?tileset=incidents", 401),
        ("/export/pmtiles?from=2022-01-01&to=2022-02-01", 403),
        ("/export/csv?from=2022-01-01&to=2022-02-01", 403),
        ("/export/mbtiles?tileset=incidents", 401),
        ("/export/mbtiles?from=2022-01-01&to=2022-02-01", 403),
        ("/export/fgb?from=2022-01-01&to=2022-02-01", 403),
        ("/export/geoparquet?tileset=map", 400),
        ("/export/mbtiles?level=commune", 400),
        ("/export/pmtiles?max_zoom=15", 400),
        ("/export/pmtiles?level=commune", 400),
        ("/export/csv?tileset=map", 400),
    ] {
        assert_eq!(server.public(address).await.status, status, "{address}");
    }
    let reply = server.with_token(PLANNER, "/export/csv?from=2022-01-01&to=2022-02-01").await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("cache-control"), "private, no-store");
}
