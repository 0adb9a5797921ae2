//! The ceiling: one answer of 20 kB, already gzipped, from axum with nothing
//! around it. Any tile is compared with it. Started with `HOST:PORT`.

use std::io::Write;

use axum::Router;
use axum::body::Bytes;
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use flate2::Compression;
use flate2::write::GzEncoder;

const BODY_BYTES: usize = 20_000;

/// A gzip member of about [`BODY_BYTES`]: noise, which deflate cannot make smaller.
fn body() -> std::io::Result<Bytes> {
    let mut state = 1_u32;
    let noise = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    });
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(&noise.take(BODY_BYTES).collect::<Vec<_>>())?;
    encoder.finish().map(Bytes::from)
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:8081".to_owned());
    let body = body()?;
    let headers = [(CONTENT_TYPE, "application/vnd.mapbox-vector-tile"), (CONTENT_ENCODING, "gzip")];
    let answer = move || std::future::ready((headers, body.clone()));
    let listener = tokio::net::TcpListener::bind(address).await?;
    axum::serve(listener, Router::new().fallback(answer)).await
}
