//! Styles that other programs load: everything they name is there.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use binhyen::config::Flags;
use serde_json::Value as Json;

use crate::support::snapshot::{TestServer, WINDOW};

const HOME: &str = "https://maps.example";

fn server() -> TestServer {
    TestServer::with(Flags { public_url: Some(HOME.to_owned()), ..Flags::default() }, &[])
}

/// The route of an absolute address.
fn route(address: &Json) -> String {
    address.as_str().unwrap().strip_prefix(HOME).unwrap().to_owned()
}

fn ids(style: &Json) -> Vec<&str> {
    style["layers"].as_array().unwrap().iter().map(|layer| layer["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn everything_that_a_style_names_is_there() {
    let server = server();
    for id in ["light", "dark", "contrast", "print"] {
        let style = server.public(&format!("/styles/{id}")).await.json();
        assert_eq!(server.public(&route(&style["sources"]["areas"]["url"])).await.status, 200);
        let sprite = route(&style["sprite"]);
        for end in [".json", ".png", "@2x.json", "@2x.png"] {
            let part = server.public(&format!("{sprite}{end}")).await;
            assert_eq!(part.status, 200, "{id}{end}");
            assert_eq!(part.header("cross-origin-resource-policy"), "cross-origin");
        }
        let index = server.public(&format!("{sprite}.json")).await.json();
        for layer in style["layers"].as_array().unwrap() {
            if let Some(pattern) = layer["paint"]["fill-pattern"].as_str() {
                assert!(index[pattern]["width"].as_u64() > Some(0), "{id}: {pattern}");
            }
            for font in layer["layout"]["text-font"].as_array().into_iter().flatten() {
                let glyphs =
                    route(&style["glyphs"]).replace("{fontstack}", &font.as_str().unwrap().replace(' ', "%20"));
                let glyphs = server.public(&glyphs.replace("{range}", "7680-7935")).await;
                assert_eq!((glyphs.status.as_u16(), glyphs.header("content-type")), (200, "application/x-protobuf"));
                assert!(glyphs.plain().len() > 10_000, "the letters of Vietnamese");
            }
        }
        for source in style["sources"].as_object().unwrap().values() {
            assert_ne!(source["tiles"], serde_json::json!([]));
            if let Some(data) = source["data"].as_str() {
                assert_eq!(server.public(data.strip_prefix(HOME).unwrap()).await.status, 200, "{data}");
            }
        }
    }
}

#[tokio::test]
async fn filter_theme_language_and_form_are_part_of_a_style() {
    let server = server();
    let asked = format!("/styles/light?edition=2025-01&window={WINDOW}&layer=rate&lang=en&simple=true&f=json");
    let style = server.public(&asked).await.json();
    let tiles = route(&style["sources"]["areas"]["url"]);
    assert_eq!(tiles, format!("/tiles/map?edition=2025-01&window={WINDOW}"));
    assert!(ids(&style).contains(&"simple-rate-0") && !ids(&style).contains(&"area-rate"));
    assert!(style.get("sprite").is_none());
    assert_eq!(style["sources"].as_object().unwrap().len(), 1, "QGIS knows one source");
    let plain = server.public("/styles/light?lang=en").await.json();
    let sea = plain["layers"].as_array().unwrap().iter().find(|layer| layer["id"] == "sea-name").unwrap();
    assert_eq!(sea["layout"]["text-field"], "EAST SEA");
    // OpenLayers appends the last parameter of a style to what the style names.
    for named in ["/tiles/map?simple=true", "/styles/surroundings.geojson?layer=rate", "/sprites/light.png?lang=en"] {
        assert_eq!(server.public(named).await.status, 200, "{named}");
    }
    assert!(ids(&plain).contains(&"area-grade") && route(&plain["sources"]["areas"]["url"]) == "/tiles/map");
    for (query, name) in [
        ("layer=clusters", "layer"),
        ("simple=yes", "simple"),
        ("f=xml", "f"),
        ("lang=fr", "lang"),
        ("edition=now", "edition"),
        ("window=none", "window"),
        ("colour=red", "colour"),
    ] {
        let refused = server.public(&format!("/styles/light?{query}")).await;
        assert_eq!(refused.status, 400, "{query}");
        assert!(refused.plain_text().contains(name), "{query}: {}", refused.plain_text());
    }
    assert_eq!(server.public("/styles/light?from=2022-01-01&to=2022-02-01").await.status, 403);
}

#[tokio::test]
async fn style_has_the_media_type_of_its_link_for_whoever_names_it() {
    let (server, gl) = (server(), "application/vnd.mapbox.style+json");
    let list = server.public("/styles").await.json();
    assert_eq!(list["styles"][0]["links"][0]["type"], gl);
    let json = "application/json";
    for (accept, media) in [
        (gl, gl),
        ("application/vnd.mapbox.style+json;q=0.9, */*;q=0.1", gl),
        ("application/json, application/vnd.mapbox.style+json;q=0.5", json),
        ("*/*", json),
        ("text/html,application/xhtml+xml,*/*;q=0.8", json),
        ("application/json", json),
    ] {
        let style = server.get("/styles/light", &[("accept", accept)]).await;
        assert_eq!(style.header("content-type"), media, "{accept}");
        assert!(style.header("vary").contains("Accept,"), "{}", style.header("vary"));
        assert_eq!(style.json()["version"], 8);
    }
}

#[tokio::test]
async fn page_has_its_own_layers_in_no_list() {
    let server = server();
    let style = server.public("/styles/page-light").await.json();
    assert!(ids(&style).contains(&"area-hover") && style.get("glyphs").is_none());
    let listed = server.public("/styles?f=json").await.json();
    let entries = listed["styles"].as_array().unwrap();
    assert_eq!(entries.len(), 4);
    for entry in entries {
        assert!(!entry["id"].as_str().unwrap().starts_with("page-"));
        for link in entry["links"].as_array().unwrap() {
            assert_eq!(server.public(&route(&link["href"])).await.status, 200, "{link}");
        }
    }
    for unknown in ["/styles/page-neon", "/styles/neon", "/styles/neon.qml", "/styles/neon/metadata"] {
        assert_eq!(server.public(unknown).await.status, 404, "{unknown}");
    }
}

#[tokio::test]
async fn qgis_gets_the_classes_of_a_theme() {
    let server = server();
    let file = server.public("/styles/light.qml?layer=rate&lang=en").await;
    assert_eq!(file.status, 200);
    assert!(file.header("content-disposition").contains("binhyen-light-rate.qml"));
    assert!(file.plain_text().contains("rate_smoothed") && file.plain_text().contains("RuleRenderer"));
    assert_eq!(server.public("/styles/light?f=qml&layer=rate&lang=en").await.plain_text(), file.plain_text());
    assert_eq!(server.public("/styles/light.qml?layer=count").await.status, 400);
}

#[tokio::test]
async fn font_list_falls_back_and_ranges_without_signs_are_empty() {
    let server = server();
    let known = server.public("/fonts/Be%20Vietnam%20Pro/0-255.pbf").await;
    let listed = server.public("/fonts/Noto%20Sans%20Regular,Be%20Vietnam%20Pro/0-255.pbf").await;
    assert_eq!((listed.status.as_u16(), listed.plain()), (200, known.plain()));
    let empty = server.public("/fonts/Be%20Vietnam%20Pro/19968-20223.pbf").await;
    assert_eq!(empty.status, 200);
    assert!(empty.plain().len() < 64);
    assert_eq!(server.public("/fonts/Arial/0-255.pbf").await.status, 404);
    for wrong in ["0-254.pbf", "1-256.pbf", "x.pbf", "0-255.png"] {
        assert_eq!(server.public(&format!("/fonts/Be%20Vietnam%20Pro/{wrong}")).await.status, 400, "{wrong}");
    }
    let sheet = server.public("/fonts/be-vietnam-pro/600.css").await;
    assert_eq!(sheet.header("content-type"), "text/css; charset=utf-8");
    assert_eq!(server.public("/fonts/be-vietnam-pro/600.ttf").await.header("content-type"), "font/ttf");
    assert_eq!(server.public("/fonts/be-vietnam-pro/500.ttf").await.status, 404);
}

#[tokio::test]
async fn style_without_a_public_address_is_refused_to_other_programs() {
    let server = TestServer::new();
    let host = [("host", "map.example.vn")];
    assert_eq!(server.get("/styles/light", &host).await.status, 501);
    assert_eq!(server.get("/styles/page-light", &host).await.status, 200, "the page reads its own address");
    assert_eq!(server.get("/styles/light.qml", &host).await.status, 200, "names no address");
}
