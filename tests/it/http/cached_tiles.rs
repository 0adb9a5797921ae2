//! The layer of cached tiles answers as the routes behind it do, or leaves the answer to them.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderMap, Request, Response, StatusCode};
use binhyen::config::Flags;
use binhyen::http::extract::access::Peer;
use binhyen::http::layers::cached_tiles::CachedTileLayer;
use binhyen::snapshot::build;
use http_body_util::BodyExt as _;
use mvt_reader::Reader;
use tower::{Layer as _, ServiceExt as _, service_fn};

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

/// The answer of the layer alone; none where it leaves the answer to the routes.
async fn by_layer(server: &TestServer, request: Request<Body>) -> Option<Response<Body>> {
    let routes = service_fn(async |_: Request<Body>| {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::IM_A_TEAPOT;
        Ok::<_, Infallible>(response)
    });
    let layer = CachedTileLayer::new(Arc::clone(&server.state), |_| Response::default()).layer(routes);
    let response = layer.oneshot(request).await.unwrap();
    (response.status() != StatusCode::IM_A_TEAPOT).then_some(response)
}

async fn taken_apart(response: Response<Body>) -> (StatusCode, HeaderMap, Vec<u8>) {
    let (head, body) = response.into_parts();
    (head.status, head.headers, body.collect().await.unwrap().to_bytes().to_vec())
}

/// Headers by name; the length is written by the server, whoever answers, and each request has an id of its own.
fn listed(headers: &HeaderMap) -> Vec<(String, String)> {
    let own = headers.iter().filter(|(name, _)| *name != "content-length" && *name != "x-request-id");
    let mut listed: Vec<(String, String)> =
        own.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
    listed.sort();
    listed
}

/// What a server is started with, and what its clients send beside the rest.
struct Setting {
    variables: &'static [(&'static str, &'static str)],
    headers: &'static [(&'static str, &'static str)],
}

/// Compares the answers of the layer with the answer that the routes of a fresh server give, how often it did.
async fn compared(setting: &Setting, coding: &'static str) -> usize {
    let server = TestServer::with(Flags::default(), setting.variables);
    let window = format!("window={WINDOW}&epoch={EPOCH}");
    let free = "from=2023-01-01&to=2024-02-03&min_severity=2&properties=incidents,rate".to_owned();
    let planner = format!("Bearer {PLANNER}");
    let mut compared = 0;
    for (token, tileset, query) in [
        (None, "communes", &window),
        (None, "labels", &window),
        (Some(&planner), "communes", &window),
        (Some(&planner), "communes", &free),
        (Some(&planner), "province", &free),
    ] {
        let address = tile(tileset, query);
        let mut headers = vec![("accept-encoding", coding)];
        headers.extend(setting.headers);
        headers.extend(token.map(|token| ("authorization", token.as_str())));
        let fresh = TestServer::with(Flags::default(), setting.variables);
        assert!(by_layer(&fresh, request(&address, &headers)).await.is_none(), "the routes have to answer {address}");
        let by_routes = fresh.get(&address, &headers).await;
        assert_eq!(by_routes.status, 200, "{address}");
        server.get(&address, &headers).await;
        for time in ["put together", "given again"] {
            let given = server.get(&address, &headers).await;
            assert_eq!((given.status, &given.bytes), (by_routes.status, &by_routes.bytes), "{address} {coding} {time}");
            assert_eq!(listed(&given.headers), listed(&by_routes.headers), "{address} {coding} {time}");
            let alone = by_layer(&server, request(&address, &headers)).await;
            let (status, _, bytes) = taken_apart(alone.unwrap_or_else(|| panic!("{address} {time}"))).await;
            assert_eq!((status, &bytes), (by_routes.status, &by_routes.bytes), "{address} {coding} {time}");
            compared += 1;
        }
        let tag = by_routes.header("etag").to_owned();
        headers.push(("if-none-match", &tag));
        // The layer leaves requests for the head alone to the routes.
        let by_routes = fresh.send_method("HEAD", &address, &headers).await;
        assert_eq!(by_routes.status, 304, "{address}");
        assert!(by_layer(&server, request(&address, &headers)).await.is_some(), "{address}");
        let given = server.get(&address, &headers).await;
        assert_eq!((given.status.as_u16(), given.bytes.len()), (304, 0), "{address}");
        assert_eq!(listed(&given.headers), listed(&by_routes.headers), "{address}");
    }
    compared
}

#[tokio::test]
async fn layer_and_routes_answer_alike_header_by_header() {
    let open = Setting { variables: &[], headers: &[] };
    for coding in CODINGS {
        assert_eq!(compared(&open, coding).await, 10);
    }
}

#[tokio::test]
async fn layer_and_routes_answer_alike_under_a_list_of_origins() {
    const VARIABLES: &[(&str, &str)] = &[("BINHYEN_CORS_ORIGINS", "https://a.example,https://b.example")];
    for headers in [&[][..], &[("origin", "https://b.example")], &[("origin", "https://other.example")]] {
        assert_eq!(compared(&Setting { variables: VARIABLES, headers }, "gzip").await, 10);
    }
}

#[tokio::test]
async fn a_cached_tile_names_the_listed_origin_that_asks_and_no_other() {
    let server = TestServer::with(Flags::default(), &[("BINHYEN_CORS_ORIGINS", "https://a.example,https://b.example")]);
    let address = tile("communes", &format!("window={WINDOW}"));
    server.public(&address).await;
    for (origin, allowed) in [
        ("https://a.example", "https://a.example"),
        ("https://b.example", "https://b.example"),
        ("https://other.example", ""),
    ] {
        assert!(by_layer(&server, request(&address, &[("origin", origin)])).await.is_some(), "{origin}");
        let given = server.get(&address, &[("origin", origin)]).await;
        assert_eq!(given.header("access-control-allow-origin"), allowed, "{origin}");
        let vary: Vec<&str> = given.headers.get_all("vary").iter().map(|value| value.to_str().unwrap()).collect();
        assert!(vary.iter().any(|value| value.contains("origin")), "{vary:?}");
    }
}

#[tokio::test]
async fn what_the_layer_cannot_answer_is_left_to_the_routes() {
    let server = TestServer::new();
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
        assert!(by_layer(&server, request(&address, &headers)).await.is_none(), "{address}");
    }
    let head = Request::builder().method("HEAD").uri(tile("communes", &window)).body(Body::empty()).unwrap();
    assert!(by_layer(&server, head).await.is_none());
}

#[tokio::test]
async fn a_kept_answer_of_one_role_is_not_given_to_another() {
    let server = TestServer::new();
    let address = tile("communes", &format!("window={WINDOW}"));
    let commander = format!("Bearer {COMMANDER}");
    server.with_token(COMMANDER, &address).await;
    server.public(&address).await;
    let as_commander = request(&address, &[("authorization", &commander)]);
    let of_commander = taken_apart(by_layer(&server, as_commander).await.unwrap()).await;
    let of_public = taken_apart(by_layer(&server, request(&address, &[])).await.unwrap()).await;
    assert_eq!(of_commander.1["cache-control"], "private, no-store");
    assert!(of_public.1["cache-control"].to_str().unwrap().starts_with("public"));
    assert_ne!(of_commander.1["etag"], of_public.1["etag"]);
    assert_ne!(of_commander.2, of_public.2, "the small world hides counts from the public");
}

#[tokio::test]
async fn a_tile_that_is_still_asked_for_is_given_in_fewer_bytes_that_read_the_same() {
    let server = TestServer::new();
    let commander = format!("Bearer {COMMANDER}");
    let headers = [("authorization", commander.as_str()), ("accept-encoding", "identity")];
    let address = tile("communes", &format!("window={WINDOW}"));
    let given = async || taken_apart(by_layer(&server, request(&address, &headers)).await.unwrap()).await;
    server.with_token(COMMANDER, &address).await;
    // Made for the second time and cached; then given from there.
    given().await;
    let first = given().await;
    let again = given().await;
    assert_eq!((listed(&again.1), &again.2), (listed(&first.1), &first.2), "cached and not yet two seconds old");
    let mut kept = first.clone();
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        kept = given().await;
        if kept.2.len() < first.2.len() {
            break;
        }
    }
    assert!(kept.2.len() < first.2.len(), "{} bytes", first.2.len());
    let headers = |answer: &(StatusCode, HeaderMap, Vec<u8>)| listed(&answer.1);
    assert_eq!(headers(&kept), headers(&first));
    assert!(first.1["etag"].to_str().unwrap().starts_with("W/"), "the bytes of a tile may change, not what they say");
    let as_read = |tile: &[u8]| {
        let reader = Reader::new(tile.to_vec()).unwrap();
        let layers = reader.get_layer_metadata().unwrap();
        let features = |place: usize| {
            reader.get_features(place).unwrap().into_iter().map(|feature| {
                let properties: BTreeMap<_, _> = feature.properties.unwrap_or_default().into_iter().collect();
                format!("{:?} {:?} {properties:?}", feature.id, feature.geometry)
            })
        };
        let layers = layers.iter().enumerate();
        layers.map(|(place, layer)| (layer.name.clone(), features(place).collect::<Vec<_>>())).collect::<Vec<_>>()
    };
    assert_eq!(as_read(&kept.2), as_read(&first.2));
}

#[tokio::test]
async fn a_token_of_the_sample_opens_nothing_through_the_layer_from_elsewhere() {
    let server = TestServer::new();
    let address = tile("communes", &format!("window={WINDOW}"));
    let thrown = [("authorization", "Bearer thrown-away")];
    let mut request = request(&address, &thrown);
    request.extensions_mut().insert(Peer("192.0.2.7:1234".parse().unwrap()));
    assert!(by_layer(&server, request).await.is_none());
}

#[tokio::test]
async fn another_snapshot_is_answered_anew() {
    let server = TestServer::new();
    let address = tile("communes", &format!("window={WINDOW}"));
    server.public(&address).await;
    let before = taken_apart(by_layer(&server, request(&address, &[])).await.unwrap()).await;
    let rules = rule_set();
    let mut next = holdings(&rules);
    next.epoch += 1;
    next.open_change.epoch = next.epoch;
    let next = build(next, &rules, None).unwrap();
    server.state.service.serve(crate::support::snapshot::released(next));
    let early = by_layer(&server, request(&address, &[])).await;
    assert!(early.is_none(), "nothing of the new snapshot is at hand yet");
    server.public(&address).await;
    let after = taken_apart(by_layer(&server, request(&address, &[])).await.unwrap()).await;
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
