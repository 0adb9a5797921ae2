//! The last days against the usual, and alerts: who is told what, and notes on an alert.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

mod heard;
mod recent;
mod webhooks;

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::Request;
use binhyen::domain::alert::{Alert, AlertKind, AlertMethod, AlertPlace, AlertScope};
use binhyen::domain::time::period::PeriodDates;
use binhyen::store::Store;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::imports::words;
use crate::support::snapshot::{COMMANDER, PLANNER, TestResponse, TestServer};

/// An alert of a week of a district.
fn alert(key: &str) -> Alert {
    Alert {
        key: key.to_owned(),
        kind: AlertKind::Week,
        method: AlertMethod::Farrington,
        place: AlertPlace {
            scope: AlertScope::District,
            edition: "2025-01".parse().unwrap(),
            codes: vec!["502".parse().unwrap()],
            group: None,
        },
        component: Some("trat_tu".to_owned()),
        period: PeriodDates { from: "2024-11-04".parse().unwrap(), to: "2024-11-11".parse().unwrap() },
        observed: 21,
        expected: 9.4,
        limit: Some(19),
        p: 0.0004,
        chance: 0.001,
        is_incomplete: false,
    }
}

/// A server that follows a store with one alert.
async fn followed() -> (TestServer, Store, TempDir) {
    let (server, folder) = (TestServer::new(), tempfile::tempdir().unwrap());
    let store = Store::open(folder.path(), &words().taxonomy).await.unwrap();
    server.state.service.follow_store(&store);
    store.keep_alerts(&BTreeSet::from(["one".to_owned()]), &[alert("one")], 1_730_000_000).await.unwrap();
    (server, store, folder)
}

async fn post(server: &TestServer, token: Option<&str>, path: &str, body: &str) -> TestResponse {
    let request = Request::builder().method("POST").uri(path);
    let request = match token {
        Some(token) => request.header("authorization", format!("Bearer {token}")),
        None => request,
    };
    server.send(request.body(Body::from(body.to_owned())).unwrap()).await
}

#[tokio::test]
async fn situation_is_refused_to_the_public_and_has_no_single_incident_for_planners() {
    let server = TestServer::new();
    assert_eq!(server.public("/situation").await.status, 401);
    let planner = server.with_token(PLANNER, "/situation?days=28").await;
    assert_eq!((planner.status.as_u16(), planner.header("cache-control")), (200, "private, no-store"));
    let told = planner.json();
    assert_eq!((&told["newest"], &told["days"]), (&Value::Null, &28.into()));
    assert!(!String::from_utf8(planner.plain()).unwrap().contains("vuviec-"));
    let commander = server.with_token(COMMANDER, "/situation?days=28").await.json();
    assert!(commander["newest"].is_array(), "{commander}");
    let levels: Vec<&str> =
        told["levels"].as_array().unwrap().iter().map(|level| level["level"].as_str().unwrap()).collect();
    assert_eq!(levels, ["province", "district", "commune"]);
    assert_eq!(server.with_token(PLANNER, "/situation?days=3").await.status, 400);
    assert_eq!(server.with_token(PLANNER, "/situation?edition=1999-01").await.status, 404);
}

#[tokio::test]
async fn alerts_have_their_reason_for_planners_and_their_notes_for_commanders() {
    let (server, _store, _folder) = followed().await;
    assert_eq!(server.public("/alerts").await.status, 401);
    let told = server.with_token(PLANNER, "/alerts").await;
    assert_eq!((told.status.as_u16(), told.header("cache-control")), (200, "private, no-store"));
    let told = told.json();
    assert_eq!((&told["open"], &told["false_alarms_a_quarter"]), (&1.into(), &1.0.into()));
    let first = &told["alerts"][0];
    assert_eq!((&first["number"], &first["notes"], &first["acknowledged_at"]), (&1.into(), &Value::Null, &Value::Null));
    let reason = first["reason"]["vi"].as_str().unwrap();
    assert!(
        reason.contains("21 vụ") && reason.contains("19 vụ vẫn là mức thường") && reason.contains("1 trên 2.500"),
        "{reason}"
    );
    assert_eq!(first["view"], "edition=2025-01&from=2024-11-04&to=2024-11-11&level=district&layer=count&area=502");
    assert!(first["models"].as_array().unwrap().iter().all(|kind| kind["kind"] != "to_lien_gia_pccc"), "{first}");
    let commander = server.with_token(COMMANDER, "/alerts").await.json();
    assert_eq!(commander["alerts"][0]["notes"], Value::Array(Vec::new()));
}

#[tokio::test]
async fn commanders_take_note_and_say_something_and_nobody_below_does() {
    let (server, _store, _folder) = followed().await;
    let path = "/alerts/1/acknowledgement";
    assert_eq!(post(&server, None, path, "").await.status, 401);
    assert_eq!(post(&server, Some(PLANNER), path, "").await.status, 403);
    assert_eq!(server.with_token(COMMANDER, path).await.status, 405, "a note is posted");
    let noted = post(&server, Some(COMMANDER), path, "").await;
    assert_eq!(noted.status, 200);
    assert_eq!(noted.json()["notes"][0]["kind"], "acknowledged");
    let said = post(&server, Some(COMMANDER), "/alerts/1/comments", r#"{"text": "Lễ hội"}"#).await.json();
    assert_eq!((&said["notes"][1]["text"], &said["notes"][1]["kind"]), (&"Lễ hội".into(), &"comment".into()));
    let planner = server.with_token(PLANNER, "/alerts").await;
    assert!(!String::from_utf8(planner.plain()).unwrap().contains("Lễ hội"));
    assert!(planner.json()["alerts"][0]["acknowledged_at"].is_string());
    assert_eq!(planner.json()["open"], 0);
    for (path, body, status) in [
        ("/alerts/2/comments", r#"{"text": "a"}"#, 404),
        ("/alerts/one/comments", r#"{"text": "a"}"#, 400),
        ("/alerts/1/comments", "", 400),
        ("/alerts/1/comments", r#"{"text": " "}"#, 400),
        ("/alerts/1/comments", r#"{"text": "a", "by": "b"}"#, 400),
        ("/alerts/1/comments", "{\"text\": \"a\u{7}\"}", 400),
    ] {
        let refused = post(&server, Some(COMMANDER), path, body).await;
        assert_eq!(
            (refused.status.as_u16(), refused.header("content-type")),
            (status, "application/problem+json"),
            "{path} {body}"
        );
    }
    let long = format!(r#"{{"text": "{}"}}"#, "a".repeat(20_000));
    assert_eq!(post(&server, Some(COMMANDER), "/alerts/1/comments", &long).await.status, 413);
}

#[tokio::test]
async fn feed_is_atom_in_the_language_of_the_reader() {
    let (server, _store, _folder) = followed().await;
    assert_eq!(server.public("/alerts.atom").await.status, 401);
    let feed = server.with_token(PLANNER, "/alerts.atom").await;
    assert_eq!(feed.header("content-type"), "application/atom+xml; charset=utf-8");
    let text = String::from_utf8(feed.plain()).unwrap();
    assert!(text.contains("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"vi\">"), "{text}");
    assert!(text.matches("<entry>").count() == 1 && text.contains("21 vụ"), "{text}");
}

#[tokio::test]
async fn an_alert_judged_anew_keeps_its_number_and_is_lifted_when_the_data_no_longer_raise_it() {
    let (_server, store, _folder) = followed().await;
    let judged = BTreeSet::from(["one".to_owned(), "two".to_owned()]);
    let more = Alert { observed: 23, ..alert("one") };
    assert_eq!(store.keep_alerts(&judged, &[more.clone(), alert("two")], 1_730_000_100).await.unwrap(), [2]);
    let kept = store.alerts().await.unwrap();
    assert_eq!(
        kept.iter().map(|alert| (alert.number, alert.raised_s)).collect::<Vec<_>>(),
        [(2, 1_730_000_100), (1, 1_730_000_000)]
    );
    assert_eq!(kept[1].alert, more);
    // What was not judged again says nothing of itself.
    store.keep_alerts(&BTreeSet::from(["two".to_owned()]), &[], 1_730_000_200).await.unwrap();
    let kept = store.alerts().await.unwrap();
    assert_eq!((kept[0].lifted_s, kept[1].lifted_s), (Some(1_730_000_200), None));
    store.keep_alerts(&judged, &[alert("two")], 1_730_000_300).await.unwrap();
    let kept = store.alerts().await.unwrap();
    assert_eq!((kept[0].lifted_s, kept[1].lifted_s), (None, Some(1_730_000_300)));
}
