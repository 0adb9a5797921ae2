//! The lane before the router answers as the router does, or leaves the answer to it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderMap, Request, Response, StatusCode};
use binhyen::config::Flags;
use binhyen::http::extract::access::Peer;
use binhyen::http::layers::cached_tiles::CachedTileLayer;
use binhyen::snapshot::build;
use http_body_util::BodyExt as _;

use crate::support::snapshot::{COMMANDER, EPOCH, PLANNER, TestServer, WINDOW, holdings, rule_set, tile_at};

const CODINGS: [&str; 4] = ["identity", "gzip", "br, gzip", "gzip, deflate, br, zstd"];

fn tile(tileset: &str, query: &str) -> String {
    let (x, y) = tile_at(9, 108.05, 15.55);
    format!("/tiles/{tileset}/9/{x}/{y}?edition=2025-01&{query}")
}

fn request(address: &str, headers: &[(&str, &str)]) -> Request<Body> {
    let request =
        headers.iter().fold(Request::builder().uri(address), |request, (name, value)| request.header(*name, *value));
    request.body(Body::empty()).unwrap()
}

async fn taken_apart(response: Response<Body>) -> (StatusCode, HeaderMap, Vec<u8>) {
    let (head, body) = response.into_parts();
    (head.status, head.headers, body.collect().await.unwrap().to_bytes().to_vec())
}

/// Headers by name; the length is written by the server under the router and under the lane alike.
fn listed(headers: &HeaderMap) -> Vec<(String, String)> {
    let own = headers.iter().filter(|(name, _)| *name != "content-length");
    let mut listed: Vec<(String, String)> =
        own.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
    listed.sort();
    listed
}

#[tokio::test]
async fn the_lane_and_the_router_answer_alike_header_by_header() {
    let server = TestServer::new();
    let cached_tiles = CachedTileLayer::new(Arc::clone(&server.state));
    let window = format!("window={WINDOW}&epoch={EPOCH}");
    let free = "from=2023-01-01&to=2024-02-03&min_severity=2&properties=incidents,rate".to_owned();
    let planner = format!("Bearer {PLANNER}");
    let mut compared = 0;
    for coding in CODINGS {
        for (token, tileset, query) in [
            (None, "communes", &window),
            (None, "labels", &window),
            (Some(&planner), "communes", &window),
            (Some(&planner), "communes", &free),
            (Some(&planner), "province", &free),
        ] {
            let address = tile(tileset, query);
            let mut headers = vec![("accept-encoding", coding)];
            headers.extend(token.map(|token| ("authorization", token.as_str())));
            let by_router = server.get(&address, &headers).await;
            assert_eq!(by_router.status, 200, "{address}");
            for time in ["first", "again"] {
                let given = cached_tiles.answer(&request(&address, &headers), None);
                let (status, head, bytes) = taken_apart(given.unwrap_or_else(|| panic!("{address} {time}"))).await;
                assert_eq!((status, &bytes), (by_router.status, &by_router.bytes), "{address} {coding} {time}");
                assert_eq!(listed(&head), listed(&by_router.headers), "{address} {coding} {time}");
                compared += 1;
            }
            let tag = by_router.header("etag").to_owned();
            headers.push(("if-none-match", &tag));
            let known = server.get(&address, &headers).await;
            let (status, head, bytes) =
                taken_apart(cached_tiles.answer(&request(&address, &headers), None).unwrap()).await;
            assert_eq!((status.as_u16(), bytes.len()), (304, 0), "{address}");
            assert_eq!(listed(&head), listed(&known.headers), "{address}");
        }
    }
    assert_eq!(compared, 40);
}

#[tokio::test]
async fn what_the_lane_cannot_answer_is_left_to_the_router() {
    let server = TestServer::new();
    let cached_tiles = CachedTileLayer::new(Arc::clone(&server.state));
    let window = format!("window={WINDOW}");
    let forged = ("authorization", "Bearer forged");
    for (address, headers) in [
        ("/meta".to_owned(), vec![]),
        (tile("communes", &window), vec![forged]),
        (tile("communes", "from=2023-01-01&to=2024-01-01"), vec![]),
        (tile("communes", "window=none"), vec![]),
        (tile("incidents", &window), vec![]),
        (tile("roads", &window), vec![]),
        ("/tiles/communes/9/0/x".to_owned(), vec![]),
        ("/tiles/communes/99/0/0".to_owned(), vec![]),
        ("/tiles/communes/9/0/0/0".to_owned(), vec![]),
        ("/tiles/communes".to_owned(), vec![]),
    ] {
        assert!(cached_tiles.answer(&request(&address, &headers), None).is_none(), "{address}");
    }
    let head = Request::builder().method("HEAD").uri(tile("communes", &window)).body(Body::empty()).unwrap();
    assert!(cached_tiles.answer(&head, None).is_none());
}

#[tokio::test]
async fn a_kept_answer_of_one_role_is_not_given_to_another() {
    let server = TestServer::new();
    let cached_tiles = CachedTileLayer::new(Arc::clone(&server.state));
    let address = tile("communes", &format!("window={WINDOW}"));
    let commander = format!("Bearer {COMMANDER}");
    server.with_token(COMMANDER, &address).await;
    server.public(&address).await;
    let ask = |headers: Vec<(&'static str, String)>| {
        let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        cached_tiles.answer(&request(&address, &headers), None)
    };
    let of_commander = taken_apart(ask(vec![("authorization", commander.clone())]).unwrap()).await;
    let of_public = taken_apart(ask(vec![]).unwrap()).await;
    assert_eq!(of_commander.1["cache-control"], "private, no-store");
    assert!(of_public.1["cache-control"].to_str().unwrap().starts_with("public"));
    assert_ne!(of_commander.1["etag"], of_public.1["etag"]);
    assert_ne!(of_commander.2, of_public.2, "the small world hides counts from the public");
}

#[tokio::test]
async fn a_token_of_the_sample_opens_nothing_through_the_lane_from_elsewhere() {
    let server = TestServer::new();
    let cached_tiles = CachedTileLayer::new(Arc::clone(&server.state));
    let address = tile("communes", &format!("window={WINDOW}"));
    let thrown = [("authorization", "Bearer thrown-away")];
    let far = Some(Peer("192.0.2.7:1234".parse().unwrap()));
    assert!(cached_tiles.answer(&request(&address, &thrown), far).is_none());
}

#[tokio::test]
async fn a_list_of_origins_closes_the_lane() {
    let server = TestServer::with(Flags::default(), &[("BINHYEN_CORS_ORIGINS", "https://a.example")]);
    let address = tile("communes", &format!("window={WINDOW}"));
    server.public(&address).await;
    assert!(CachedTileLayer::new(Arc::clone(&server.state)).answer(&request(&address, &[]), None).is_none());
}

#[tokio::test]
async fn another_snapshot_is_answered_anew() {
    let server = TestServer::new();
    let cached_tiles = CachedTileLayer::new(Arc::clone(&server.state));
    let address = tile("communes", &format!("window={WINDOW}"));
    server.public(&address).await;
    let before = taken_apart(cached_tiles.answer(&request(&address, &[]), None).unwrap()).await;
    let rules = rule_set();
    let mut next = holdings(&rules);
    next.epoch += 1;
    let next = build(next, &rules, None).unwrap();
    server.state.serve(Arc::new(next));
    assert!(cached_tiles.answer(&request(&address, &[]), None).is_none(), "nothing of the new snapshot is at hand yet");
    server.public(&address).await;
    let after = taken_apart(cached_tiles.answer(&request(&address, &[]), None).unwrap()).await;
    assert_ne!(before.1["etag"], after.1["etag"]);
}

#[tokio::test]
async fn properties_choose_the_attributes_of_a_tile_and_unknown_ones_are_refused() {
    let server = TestServer::new();
    let all = server.with_token(PLANNER, &tile("communes", &format!("window={WINDOW}"))).await.plain();
    let few = server.with_token(PLANNER, &tile("communes", &format!("window={WINDOW}&properties=incidents"))).await;
    let few = few.plain();
    let holds = |bytes: &[u8], name: &str| bytes.windows(name.len()).any(|window| window == name.as_bytes());
    assert!(holds(&all, "grade") && holds(&all, "incidents"));
    assert!(!holds(&few, "grade") && holds(&few, "incidents"));
    let refused = server.public(&tile("communes", &format!("window={WINDOW}&properties=height"))).await;
    assert_eq!(refused.status, 400);
    let described = server.public(&format!("/tiles/communes?window={WINDOW}&properties=rate,code")).await.json();
    let fields: Vec<&String> = described["vector_layers"][0]["fields"].as_object().unwrap().keys().collect();
    assert_eq!(fields, ["code", "rate"]);
    assert!(described["tiles"][0].as_str().unwrap().contains("properties=code,rate"));
}
