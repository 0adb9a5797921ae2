//! OGC API – Features: every requirement that is claimed, in our words, with the test that shows it.
//!
//! The tables stand in `requirements`; a test reads them and this folder, and fails for a requirement without a test.

mod core;
mod crs;
mod disclosure;
mod filter;
mod pages;
mod requirements;

use serde_json::Value as Json;

use crate::support::snapshot::{TestServer, WINDOW};

/// The communes of the older edition, of which each is known.
const COMMUNES: &str = "/collections/communes-2025-01";

/// The ids of the features that an address answers the public with.
async fn ids(server: &TestServer, query: &str) -> Vec<String> {
    let answer = server.public(&items(query)).await;
    assert_eq!(answer.status, 200, "{query}: {}", String::from_utf8_lossy(&answer.plain()));
    ids_of(&answer.json())
}

fn ids_of(answer: &Json) -> Vec<String> {
    let features = answer["features"].as_array().cloned().unwrap_or_default();
    features.iter().map(|feature| feature["id"].as_str().unwrap_or_default().to_owned()).collect()
}

/// The address of the communes with a query; values are escaped.
fn items(query: &str) -> String {
    let escaped: Vec<String> = query.split('&').filter(|pair| !pair.is_empty()).map(escaped_pair).collect();
    format!("{COMMUNES}/items?window={WINDOW}&{}", escaped.join("&")).trim_end_matches('&').to_owned()
}

fn escaped_pair(pair: &str) -> String {
    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
    let escaped = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b',' => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    format!("{name}={}", value.bytes().map(escaped).collect::<String>())
}

/// The link of a relation.
fn link(document: &Json, relation: &str) -> Option<String> {
    let links = document["links"].as_array()?;
    let found = links.iter().find(|link| link["rel"] == relation)?;
    found["href"].as_str().map(str::to_owned)
}
