//! OGC API – Tiles: from the list to a tile by links alone, and the same bytes at both addresses.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use binhyen::config::Flags;
use binhyen::snapshot::build;
use geo::{MultiPolygon, polygon};
use mvt_reader::Reader;
use mvt_reader::feature::Value;
use serde_json::Value as Json;

use crate::support::snapshot::{COMMANDER, PLANNER, TestServer, WINDOW, holdings, rule_set, tile_at};

const HOME: &str = "https://maps.example";
const TILING_SCHEME: &str = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme";

fn server() -> TestServer {
    TestServer::with(Flags { public_url: Some(HOME.to_owned()), ..Flags::default() }, &[])
}

/// The route that a link of a relation leads to.
fn linked(document: &Json, rel: &str) -> String {
    let links = document["links"].as_array().unwrap();
    let link = links.iter().find(|link| link["rel"] == rel).unwrap();
    link["href"].as_str().unwrap().strip_prefix(HOME).unwrap().to_owned()
}

#[tokio::test]
async fn links_lead_from_the_list_to_a_tile() {
    let server = server();
    for list in ["/tiles?f=json", "/collections/communes/tiles?f=json", "/collections/communes-2025-01/tiles"] {
        let list = server.public(list).await.json();
        let entry = list["tilesets"].as_array().unwrap().iter().find(|entry| entry["id"] == "communes").unwrap();
        assert_eq!((&entry["dataType"], entry["title"].is_string()), (&Json::from("vector"), true));
        let metadata = server.public(&linked(entry, "self")).await.json();
        let scheme = server.public(&linked(&metadata, TILING_SCHEME)).await.json();
        assert_eq!((&scheme["id"], &scheme["uri"]), (&metadata["tileMatrixSetId"], &metadata["tileMatrixSetURI"]));
        let limits = metadata["tileMatrixSetLimits"].as_array().unwrap();
        let limit = limits.iter().find(|limit| limit["tileMatrix"] == "9").unwrap();
        let item = linked(&metadata, "item")
            .replace("{tileMatrix}", "9")
            .replace("{tileRow}", &limit["minTileRow"].to_string())
            .replace("{tileCol}", &limit["minTileCol"].to_string());
        let tile = server.public(&item).await;
        assert!([200, 204].contains(&tile.status.as_u16()), "{item}");
        assert!(tile.header("cache-control").contains("immutable"), "the template names the revision");
    }
}

#[tokio::test]
async fn both_addresses_of_a_tile_give_the_same_bytes_and_tag() {
    let server = server();
    let areas = server.public("/areas?edition=2025-01&geometry=label").await.json();
    let label = &areas["features"][0]["geometry"]["coordinates"];
    let (x, y) = tile_at(9, label[0].as_f64().unwrap(), label[1].as_f64().unwrap());
    let filter = format!("edition=2025-01&window={WINDOW}");
    let ogc = |end: &str| format!("/collections/communes/tiles/WebMercatorQuad/9/{y}/{x}{end}?{filter}");
    // Three times: made, made again and cached, given from the cache.
    for _ in 0..3 {
        let own = server.public(&format!("/tiles/communes/9/{x}/{y}?{filter}")).await;
        assert_eq!(own.status, 200);
        for end in ["", ".pbf", ".mvt"] {
            let other = server.public(&ogc(end)).await;
            assert_eq!(
                (other.status, &other.bytes, other.header("etag")),
                (own.status, &own.bytes, own.header("etag"))
            );
            assert_eq!(server.public(&format!("/tiles/communes/9/{x}/{y}{end}?{filter}")).await.bytes, own.bytes);
        }
        let head = server.send_method("HEAD", &ogc(""), &[]).await;
        assert_eq!(head.header("etag"), server.public(&ogc("")).await.header("etag"));
    }
    let other = format!("/collections/communes-2025-01/tiles/WebMercatorQuad/9/{y}/{x}?window={WINDOW}");
    let own = server.public(&format!("/tiles/communes/9/{x}/{y}?{filter}")).await;
    for _ in 0..3 {
        let answer = server.public(&other).await;
        assert_eq!((&answer.bytes, answer.header("etag")), (&own.bytes, own.header("etag")));
    }
    let formed = server.public(&format!("/tiles/communes/9/{x}/{y}?{filter}&f=mvt")).await;
    assert_eq!(formed.status, 200);
    let wrong = server.public(&format!("/tiles/communes/9/{x}/{y}?{filter}&f=png")).await;
    assert_eq!(wrong.status, 400);
    let escaped = server.public(&format!("/collections/communes/tiles/WebMercatorQuad/%39/{y}/{x}?{filter}")).await;
    assert_eq!(escaped.plain(), formed.plain());
}

#[tokio::test]
async fn roles_are_kept_at_the_other_address() {
    let server = server();
    for route in ["", "/tiles", "/tiles/WebMercatorQuad", "/tiles/WebMercatorQuad/9/232/409"] {
        let refused = server.public(&format!("/collections/incidents{route}")).await;
        assert_eq!(refused.status, 404, "{route}: what a role does not have is not there");
        assert!(!refused.json()["known"].as_array().unwrap().contains(&Json::from("incidents")), "{route}");
    }
    assert_eq!(server.with_token(PLANNER, "/collections/incidents/tiles").await.status, 200);
    let tile = server.with_token(COMMANDER, "/collections/incidents/tiles/WebMercatorQuad/9/232/409").await;
    assert!([200, 204].contains(&tile.status.as_u16()));
    assert!(tile.header("cache-control").contains("no-store"));
}

#[tokio::test]
async fn other_schemes_and_addresses_are_refused() {
    let server = server();
    for (path, status) in [
        ("/tileMatrixSets/WorldCRS84Quad", 404),
        ("/collections/communes/tiles/WorldCRS84Quad", 404),
        ("/collections/communes/tiles/WorldCRS84Quad/9/232/409", 404),
        ("/collections/roads/tiles", 404),
        ("/collections/communes-1999-01/tiles", 404),
        ("/collections/communes-1999-01/tiles/WebMercatorQuad", 404),
        ("/collections/roads/tiles/WebMercatorQuad", 404),
        ("/collections/roads/tiles/WebMercatorQuad/9/232/409", 404),
        ("/collections/communes/tiles/WebMercatorQuad/9/512/0", 400),
        ("/collections/communes/tiles/WebMercatorQuad/9/x/0", 400),
        ("/collections/communes/tiles/WebMercatorQuad/9/232.pbf/409", 404),
        ("/collections/communes/tiles/WebMercatorQuad/17/0/0", 404),
        ("/tileMatrixSets?f=xml", 400),
        ("/collections/communes-2025-01/tiles/WebMercatorQuad?edition=2025-07", 400),
        ("/collections/communes-2025-01/tiles/WebMercatorQuad/9/232/409?edition=2025-07", 400),
        ("/collections/communes-2025-01/tiles/WebMercatorQuad/9/232/%340%39?edition=2025-07", 400),
        ("/collections/communes/tiles/WebMercatorQuad?edition=2025-01", 200),
    ] {
        assert_eq!(server.public(path).await.status, status, "{path}");
    }
}

#[tokio::test]
async fn documents_of_tiles_and_styles_are_pages_too() {
    let server = server();
    for route in [
        "/tiles",
        "/styles",
        "/styles/light/metadata",
        "/tileMatrixSets",
        "/tileMatrixSets/WebMercatorQuad",
        "/collections/communes-2025-01/tiles",
        "/collections/communes-2025-01/tiles/WebMercatorQuad",
    ] {
        let document = server.public(route).await;
        assert_eq!(document.header("content-type"), "application/json", "{route}");
        let json = document.json();
        let page = json["links"].as_array().and_then(|links| links.iter().find(|link| link["rel"] == "alternate"));
        let is_scheme = route.ends_with("Sets/WebMercatorQuad");
        assert!(is_scheme || page.is_some_and(|page| page["type"] == "text/html"), "{route}");
        let english = server.public(&format!("{route}?f=html&lang=en")).await;
        assert_eq!(
            (english.status.as_u16(), english.header("content-type")),
            (200, "text/html; charset=utf-8"),
            "{route}"
        );
        let text = String::from_utf8(english.plain()).unwrap();
        assert!(text.contains("<html lang=\"en\"") && text.contains("<h1>"), "{route}");
        assert_ne!(english.header("etag"), document.header("etag"), "{route}");
        let in_browser = server.get(route, &[("accept", "text/html,*/*;q=0.8")]).await;
        assert_eq!(in_browser.header("content-type"), "text/html; charset=utf-8", "{route}");
        let anything = server.get(route, &[("accept", "image/png")]).await;
        assert_eq!(anything.header("content-type"), "application/json", "{route}: programs that draw ask for anything");
    }
}

#[tokio::test]
async fn attributes_of_tiles_are_those_of_the_role() {
    let server = server();
    let fields = async |token: Option<&str>| {
        let described = match token {
            None => server.public("/tiles/communes").await,
            Some(token) => server.with_token(token, "/tiles/communes").await,
        };
        described.json()["vector_layers"][0]["fields"].as_object().unwrap().clone()
    };
    let (public, planner) = (fields(None).await, fields(Some(PLANNER)).await);
    for name in ["hot_spot", "statutory_check", "movement_grade", "model_density_residential", "residential_served"] {
        assert!(!public.contains_key(name) && planner.contains_key(name), "{name}");
        for route in [
            format!("/tiles/communes?properties={name}"),
            format!("/tiles/communes/9/409/232?properties={name}"),
            format!("/export/pmtiles?tileset=communes&max_zoom=1&properties={name}"),
        ] {
            let refused = server.public(&route).await;
            assert_eq!(refused.status, 400, "{route}");
            assert!(!refused.json()["known"].as_array().unwrap().contains(&Json::from(name)), "{route}");
        }
    }
    assert!(public.contains_key("grade") && public.contains_key("incidents"));
}

/// The kind of a value, as readers of tiles type fields.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::String(_) => "string",
        Value::Float(_) | Value::Double(_) => "real",
        Value::Int(_) | Value::UInt(_) | Value::SInt(_) => "integer",
        Value::Bool(_) => "truth",
        Value::Null => "null",
    }
}

#[tokio::test]
async fn an_attribute_has_one_type_in_all_tiles() {
    let server = server();
    let mut kinds: BTreeMap<(String, String), &'static str> = BTreeMap::new();
    for address in ["map/7/102/58", "map/8/204/116", "map/9/409/232", "map/9/409/233", "map/10/818/465"] {
        let tile = server.with_token(COMMANDER, &format!("/tiles/{address}?edition=2025-01&window={WINDOW}")).await;
        if tile.status != 200 {
            continue;
        }
        let reader = Reader::new(tile.plain()).unwrap();
        for layer in reader.get_layer_metadata().unwrap() {
            for feature in reader.get_features(layer.layer_index).unwrap() {
                for (name, value) in feature.properties.into_iter().flatten() {
                    let known = kinds.entry((layer.name.clone(), name.clone())).or_insert_with(|| kind(&value));
                    assert_eq!(*known, kind(&value), "{}: {name}", layer.name);
                }
            }
        }
    }
    assert!(kinds.len() > 30, "{kinds:?}");
    assert_eq!(kinds[&("communes".to_owned(), "rate".to_owned())], "real");
}

#[tokio::test]
async fn bounds_hold_islands_far_out_and_the_centre_does_not_lie_between() {
    let rule_set = rule_set();
    let mut holdings = holdings(&rule_set);
    let island = polygon![(x: 111.5, y: 16.4), (x: 112.7, y: 16.4), (x: 112.7, y: 17.1), (x: 111.5, y: 17.1)];
    let mut area = holdings.areas.iter().find(|area| area.key.edition.to_string() == "2025-07").unwrap().clone();
    (area.key.code, area.boundary) = ("20333".parse().unwrap(), Some(MultiPolygon::new(vec![island])));
    "Đặc khu Hoàng Sa".clone_into(&mut area.name);
    holdings.areas.push(area);
    let server = TestServer::on(build(holdings, &rule_set, None).unwrap());
    let described = server.public("/tiles/communes?edition=2025-07").await.json();
    assert_eq!(described["bounds"], serde_json::json!([108.0, 15.5, 112.7, 17.1]));
    let longitude = described["center"][0].as_f64().unwrap();
    assert!((108.0..108.3).contains(&longitude), "{longitude}");
    let (x, y) = tile_at(9, 112.0, 16.7);
    assert_eq!(server.public(&format!("/tiles/communes/9/{x}/{y}?edition=2025-07")).await.status, 200);
    let metadata = server.public("/collections/communes-2025-07/tiles/WebMercatorQuad").await.json();
    let limits = metadata["tileMatrixSetLimits"].as_array().unwrap();
    assert_eq!(limits[9]["maxTileCol"], tile_at(9, 112.7, 16.7).0);
}
