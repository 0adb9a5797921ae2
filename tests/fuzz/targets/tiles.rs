//! Tiles, TileJSON and styles by addresses that nearly fit, under filters, properties and conditional headers of any
//! kind. What is given as a tile is one.
#![no_main]

use axum::http::{Method, StatusCode};
use binhyen_fuzz::choices::Choices;
use binhyen_fuzz::server::{Asked, Asker, CODINGS, ask};
use libfuzzer_sys::fuzz_target;
use mvt_reader::Reader;

const TILESETS: [&str; 8] = ["communes", "districts", "province", "labels", "models", "incidents", "map", "x"];
/// The small world's tiles at some zooms.
const TILES: [&str; 8] =
    ["/9/409/233", "/12/3276/1869", "/5/25/14", "/0/0/0", "/14/13107/7479", "/16/52428/29916", "", "/"];
const SUFFIXES: [&str; 6] = ["", ".mvt", ".pbf", ".json", "@2x", "%2e"];
/// Names of headers whose values the input gives, in the order of its lines.
const HEADERS: [&str; 8] = [
    "if-none-match",
    "if-modified-since",
    "accept",
    "host",
    "accept-encoding",
    "accept-language",
    "origin",
    "x-request-id",
];

fuzz_target!(|bytes: &[u8]| {
    let Some((choices, rest)) = Choices::<5>::split(bytes) else { return };
    let mut lines = rest.split(|byte| *byte == b'\n');
    let (path, query) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    let target = [
        b"/tiles/",
        choices.of(1, &TILESETS).as_bytes(),
        choices.of(2, &TILES).as_bytes(),
        path,
        choices.of(3, &SUFFIXES).as_bytes(),
        b"?",
        query,
    ];
    let mut headers = Vec::new();
    for (name, value) in HEADERS.iter().zip(lines).filter(|(_, value)| !value.is_empty()) {
        headers.extend([name.as_bytes(), b":", value, b"\n"].concat());
    }
    let (name, coding) = &choices.of(4, &[&CODINGS[0], &CODINGS[1], &CODINGS[2], &CODINGS[3]]);
    if !headers.starts_with(b"accept-encoding") {
        headers.extend([name.as_str().as_bytes(), b":", coding.as_bytes(), b"\n"].concat());
    }
    let asker = choices.of(0, &Asker::ALL);
    let asked = Asked { method: Method::GET, target: &target.concat(), headers: &headers, asker };
    let Some(answer) = ask(&asked) else { return };
    if answer.status() == StatusCode::OK && answer.header("content-type").contains("mapbox-vector-tile") {
        let reader = Reader::new(answer.body()).expect("a tile can be read");
        for layer in 0..reader.get_layer_names().expect("layers have names").len() {
            reader.get_features(layer).expect("features can be read");
        }
    }
});
