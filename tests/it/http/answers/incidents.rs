//! `/incidents` for those who see points: what has no place, squares of a kilometre, and all as one file.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::Value as Json;

use crate::support::snapshot::{COMMANDER, PLANNER, TestServer, WINDOW};

async fn answer(server: &TestServer, more: &str) -> Json {
    server.with_token(COMMANDER, &format!("/incidents?edition=2025-01&window={WINDOW}{more}")).await.json()
}

fn ids(answer: &Json) -> Vec<&str> {
    answer["features"].as_array().unwrap().iter().map(|feature| feature["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn incidents_without_a_place_are_listed_by_themselves_and_are_as_many_as_the_account_says() {
    let server = TestServer::new();
    let unlocated = answer(&server, "&located=false").await;
    // The unmapped one, whatever position was stored of it, and the one known by its commune; none that is sensitive or
    // unfounded.
    assert_eq!(ids(&unlocated), ["vuviec-0901", "vuviec-0903"]);
    let features = unlocated["features"].as_array().unwrap();
    assert!(features.iter().all(|feature| feature["geometry"].is_null()), "{features:?}");
    assert_eq!(
        (&features[0]["properties"]["code"], &features[1]["properties"]["code"]),
        (&Json::Null, &"20335".into())
    );
    let ratings = format!("/ratings?edition=2025-01&window={WINDOW}");
    let totals = server.with_token(COMMANDER, &ratings).await.json()["totals"].clone();
    let known = |name: &str| totals[name].as_u64().unwrap();
    assert_eq!(unlocated["numberMatched"], known("by_commune") + known("by_wider_area") + known("unplaced"));
    let located = answer(&server, "&located=true").await;
    assert_eq!(located["numberMatched"], known("with_point") + known("outside"));
    assert_eq!(ids(&located), ids(&answer(&server, "").await));
}

#[tokio::test]
async fn what_has_no_place_takes_the_filter_and_comes_in_pages() {
    let server = TestServer::new();
    let theft = answer(&server, "&located=false&categories=trom_cap").await;
    assert_eq!(ids(&theft), ["vuviec-0903"]);
    assert_eq!(answer(&server, "&located=false&min_severity=4").await["numberMatched"], 0);
    let first = answer(&server, "&located=false&limit=1").await;
    assert_eq!((ids(&first), &first["numberMatched"]), (vec!["vuviec-0901"], &2.into()));
    let next = first["links"].as_array().unwrap().iter().find(|link| link["rel"] == "next").unwrap();
    let second = server.with_token(COMMANDER, next["href"].as_str().unwrap()).await.json();
    assert_eq!(ids(&second), ["vuviec-0903"]);
    let foreign = format!("/incidents?window={WINDOW}&located=false&cursor=vuviec-0000");
    assert_eq!(server.with_token(COMMANDER, &foreign).await.status, 400, "a point is no page of what has no place");
}

#[tokio::test]
async fn squares_of_a_kilometre_hold_every_incident_that_is_a_point() {
    let server = TestServer::new();
    let squares = answer(&server, "&shape=squares").await;
    assert_eq!((&squares["cells"]["side_m"], &squares["cells"]["least"]), (&1_000.0.into(), &1.into()));
    let points = answer(&server, "&limit=10000").await;
    let mut left: Vec<[f64; 2]> = points["features"].as_array().unwrap().iter().map(position).collect();
    assert_eq!(squares["cells"]["incidents"], left.len());
    for square in squares["features"].as_array().unwrap() {
        let ring = square["geometry"]["coordinates"][0].as_array().unwrap();
        let corner = |index: usize| [ring[index][0].as_f64().unwrap(), ring[index][1].as_f64().unwrap()];
        let ([west, south], [east, north]) = (corner(0), corner(2));
        let before = left.len();
        left.retain(|[lon, lat]| !((west..east).contains(lon) && (south..north).contains(lat)));
        assert_eq!(square["properties"]["count"], before - left.len(), "{square}");
        assert_eq!(square["properties"]["main_component"], "trat_tu");
    }
    assert_eq!(left, Vec::<[f64; 2]>::new());
    assert_eq!(answer(&server, "&shape=squares&min_severity=4").await["features"], serde_json::json!([]));
}

fn position(feature: &Json) -> [f64; 2] {
    let at = &feature["geometry"]["coordinates"];
    [at[0].as_f64().unwrap(), at[1].as_f64().unwrap()]
}

#[tokio::test]
async fn a_file_holds_all_incidents_whether_the_address_or_the_header_asks_for_it() {
    let server = TestServer::new();
    let address = format!("/incidents?edition=2025-01&window={WINDOW}");
    let file = server.with_token(COMMANDER, &format!("{address}&f=csv")).await;
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(file.header("cache-control"), "private, no-store");
    let disposition = file.header("content-disposition");
    assert!(disposition.contains(&format!("binhyen-incidents-2025-01-{WINDOW}.csv")), "{disposition}");
    let text = String::from_utf8(file.plain()).unwrap();
    let lines: Vec<&str> = text.split_terminator("\r\n").collect();
    assert_eq!(lines[0], "edition,id,time,precision,category,severity,status,channel,code,lon,lat,sample");
    assert_eq!(lines.len(), 64, "the head and 63 incidents");
    assert!(lines[1].starts_with("2025-01,vuviec-0000,2022-"), "{}", lines[1]);
    assert!(lines[1].ends_with(",exact,trom_cap,3,recorded,113,20335,108.05,15.55,true"), "{}", lines[1]);
    let commander = format!("Bearer {COMMANDER}");
    let wanted = [("authorization", &*commander), ("accept", "text/csv")];
    let accepted = server.get(&address, &wanted).await;
    assert_eq!(String::from_utf8(accepted.plain()).unwrap(), text);
    assert!(accepted.header("vary").contains("Accept,"), "{}", accepted.header("vary"));
    let json = server.get(&address, &[("authorization", &*commander), ("accept", "*/*")]).await;
    assert_eq!(json.header("content-type"), "application/geo+json");
    assert_ne!(json.header("etag"), accepted.header("etag"));
    let boxed = server.with_token(COMMANDER, &format!("{address}&f=csv&bbox=108,15.6,108.1,15.7")).await;
    assert_eq!(String::from_utf8(boxed.plain()).unwrap().lines().count(), 21);
    let without = server.with_token(COMMANDER, &format!("{address}&f=csv&located=false")).await;
    let text = String::from_utf8(without.plain()).unwrap();
    assert!(text.lines().last().unwrap().ends_with(",20335,,,true"), "{text}");
}

#[tokio::test]
async fn what_does_not_go_together_is_refused() {
    let server = TestServer::new();
    for more in [
        "located=perhaps",
        "located=false&bbox=108,15,109,16",
        "shape=circles",
        "shape=squares&bbox=108,15,109,16",
        "shape=squares&limit=5",
        "shape=squares&f=csv",
        "shape=squares&located=false",
        "f=xlsx",
        "f=csv&limit=5",
        "f=csv&cursor=vuviec-0000",
    ] {
        assert_eq!(server.with_token(COMMANDER, &format!("/incidents?{more}")).await.status, 400, "{more}");
    }
}

#[tokio::test]
async fn roles_that_see_no_points_get_none_of_it() {
    let server = TestServer::new();
    for more in ["located=false", "shape=squares", "f=csv"] {
        let address = format!("/incidents?window={WINDOW}&{more}");
        assert_eq!(server.public(&address).await.status, 401, "{more}");
        let planner = server.with_token(PLANNER, &address).await;
        assert_eq!(planner.status, 400, "{more}");
        assert!(!String::from_utf8_lossy(&planner.plain()).contains("vuviec-"), "{more}");
    }
    let planner = format!("Bearer {PLANNER}");
    let headers = [("authorization", &*planner), ("accept", "text/csv")];
    let reply = server.get(&format!("/incidents?window={WINDOW}"), &headers).await;
    assert!(!String::from_utf8_lossy(&reply.plain()).contains("vuviec-"));
}
