//! What the log keeps of looks at single incidents, and of tokens that open nothing.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io;

use binhyen::config::Flags;

use super::log_lines::LogLines;
use crate::support::snapshot::{COMMANDER, PLANNER, TestServer, WINDOW, tile_at};

/// The lines on access since the last call.
fn taken(lines: &LogLines) -> Vec<String> {
    lines.taken().lines().filter(|line| line.contains("binhyen::access")).map(str::to_owned).collect()
}

fn listening() -> (LogLines, tracing::subscriber::DefaultGuard) {
    let lines = LogLines::default();
    let subscriber = tracing_subscriber::fmt().with_writer(lines.clone()).with_ansi(false).finish();
    (lines, tracing::subscriber::set_default(subscriber))
}

#[tokio::test]
async fn every_look_of_a_commander_at_a_tile_of_points_is_a_line() {
    let (lines, _guard) = listening();
    let server = TestServer::new();
    let (x, y) = tile_at(12, 108.05, 15.55);
    let address = format!("/tiles/incidents/12/{x}/{y}?window={WINDOW}");
    // Made, made again and kept, given from the cache: three looks.
    let mut tag = String::new();
    for look in 0..3 {
        let reply = server.with_token(COMMANDER, &address).await;
        reply.header("etag").clone_into(&mut tag);
        let said = taken(&lines);
        assert_eq!(said.len(), 1, "look {look}: {said:?}");
        let [line] = &said[..] else { return };
        for part in ["test commander", &format!("incidents/12/{x}/{y}"), "window=TK-2022", "held_by_client=false"] {
            assert!(line.contains(part), "{part}: {line}");
        }
    }
    let held = [("authorization", &*format!("Bearer {COMMANDER}")), ("if-none-match", &*tag)];
    assert_eq!(server.get(&address, &held).await.status, 304);
    assert!(taken(&lines).iter().any(|line| line.contains("held_by_client=true")));
    // The map carries the points of a commander too; a planner's squares and a tile of areas are no looks.
    server.with_token(COMMANDER, &address.replace("/incidents/", "/map/")).await;
    assert_eq!(taken(&lines).len(), 1);
    server.with_token(PLANNER, &address).await;
    server.with_token(COMMANDER, &address.replace("/incidents/", "/communes/")).await;
    assert_eq!(taken(&lines), Vec::<String>::new());
}

#[tokio::test]
async fn a_page_of_points_that_the_client_has_is_not_sent_again_and_is_a_look_all_the_same() {
    let (lines, _guard) = listening();
    let server = TestServer::new();
    let address = format!("/incidents?window={WINDOW}&limit=5");
    let tag = server.with_token(COMMANDER, &address).await.header("etag").to_owned();
    assert_eq!(taken(&lines).len(), 1);
    let held = [("authorization", &*format!("Bearer {COMMANDER}")), ("if-none-match", &*tag)];
    let again = server.get(&address, &held).await;
    assert_eq!((again.status.as_u16(), again.bytes.len()), (304, 0));
    assert_eq!(taken(&lines).len(), 1);
}

#[tokio::test]
async fn refused_tokens_are_logged_without_the_token() {
    let (lines, _guard) = listening();
    let server = TestServer::new();
    for address in ["/meta", "/tiles/communes/9/409/232"] {
        assert_eq!(server.with_token("guessed-token", address).await.status, 401);
        let said = taken(&lines);
        assert_eq!(said.len(), 1, "{address}: {said:?}");
        assert!(said.iter().all(|line| line.contains("a token was refused") && line.contains(address)), "{said:?}");
        assert!(said.iter().all(|line| !line.contains("guessed-token")), "{said:?}");
    }
    for _ in 0..100 {
        server.with_token("guessed-token", "/meta").await;
    }
    assert!(taken(&lines).len() < 20);
}

/// The fields of a line, as a program reads them: `name=word` or `name="text"`.
fn fields(line: &str) -> std::collections::BTreeMap<String, String> {
    let mut found = std::collections::BTreeMap::new();
    let mut rest = line;
    while let Some(equals) = rest.find('=') {
        let name = rest[..equals].rsplit(' ').next().unwrap().to_owned();
        let value = &rest[equals + 1..];
        let (value, after) = match value.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap(),
            None => value.split_once(' ').unwrap_or((value, "")),
        };
        found.insert(name, value.to_owned());
        rest = after;
    }
    found
}

#[tokio::test]
async fn a_request_has_a_line_whose_fields_can_be_read() {
    let (lines, _guard) = listening();
    let server = TestServer::with(Flags::default(), &[]);
    server.get("/meta", &[]).await;
    assert_eq!(taken(&lines), Vec::<String>::new(), "none unless they are wanted");
    let mut file = tempfile::NamedTempFile::new().unwrap();
    io::Write::write_all(&mut file, b"[log]\none_request_in = 1").unwrap();
    let server = TestServer::with(Flags { config: Some(file.path().to_owned()), ..Flags::default() }, &[]);
    let commander = format!("Bearer {COMMANDER}");
    let headers = [("authorization", &*commander), ("x-request-id", "abc-1")];
    server.get(&format!("/ratings?edition=2025-01&window={WINDOW}"), &headers).await;
    let said = taken(&lines);
    assert_eq!(said.len(), 1, "{said:?}");
    let read = fields(&said[0]);
    for (name, value) in [
        ("request.id", "abc-1"),
        ("client.address", "unknown"),
        ("viewer.role", "commander"),
        ("viewer.label", "test commander"),
        ("http.method", "GET"),
        ("http.path", "/ratings"),
        ("http.query", &format!("edition=2025-01&window={WINDOW}")),
        ("http.route", "/ratings"),
        ("http.status", "200"),
    ] {
        assert_eq!(read.get(name).map(String::as_str), Some(value), "{name} of {}", said[0]);
    }
    assert!(read["took_us"].parse::<u64>().is_ok());
}
