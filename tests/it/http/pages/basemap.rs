//! Foreign tiles under the map: only where the operator names them, and then in styles and policies alike.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::Write as _;

use binhyen::config::Flags;
use serde_json::Value as Json;

use crate::support::snapshot::TestServer;

const TILES: &str = "https://tiles.example/{z}/{x}/{y}.png";

fn with_basemap() -> TestServer {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    write!(file, "[basemap]\ntiles = \"{TILES}\"\nattribution = \"© Example\"\n").unwrap();
    TestServer::with(Flags { config: Some(file.path().to_owned()), ..Flags::default() }, &[])
}

fn layer_ids(style: &Json) -> Vec<&str> {
    style["layers"].as_array().unwrap().iter().map(|layer| layer["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn basemap_lies_under_the_areas_of_every_style() {
    let server = with_basemap();
    for style in ["light", "dark", "contrast", "print"] {
        let style = server.public(&format!("/styles/{style}")).await.json();
        assert_eq!(style["sources"]["basemap"]["tiles"][0], TILES);
        assert_eq!(style["sources"]["basemap"]["attribution"], "© Example");
        let ids = layer_ids(&style);
        let place = |id: &str| ids.iter().position(|known| *known == id).unwrap();
        assert!(place("land") < place("basemap") && place("basemap") < place("area-grade"), "{ids:?}");
        assert!(style["layers"][place("area-grade")]["paint"]["fill-opacity"].is_number());
    }
}

#[tokio::test]
async fn pages_may_load_from_the_named_source_and_no_other() {
    let named = with_basemap();
    for path in ["/", "/embed"] {
        let page = named.public(path).await;
        let policy = page.header("content-security-policy");
        assert!(policy.contains("img-src 'self' data: https://tiles.example;"), "{policy}");
        assert!(policy.contains("connect-src 'self' https://tiles.example;"), "{policy}");
        assert_eq!(policy.matches("https://").count(), 2, "{policy}");
        let own = TestServer::new().public(path).await;
        assert!(!own.header("content-security-policy").contains("http"), "{path}");
    }
}

#[tokio::test]
async fn without_a_basemap_styles_draw_from_this_server_alone() {
    let own = TestServer::new().public("/styles/light").await;
    let named = with_basemap().public("/styles/light").await;
    assert!(own.json()["sources"]["basemap"].is_null());
    assert_ne!(own.header("etag"), named.header("etag"));
}
