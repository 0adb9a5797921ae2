//! The desk of operators: how the server does, what was imported, which tokens are used; for nobody else.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

use binhyen::domain::import_record::{ImportContents, ImportRecord, ImportedRows, RejectedExample, RejectedField};
use binhyen::http::extract::access::token_hash;
use binhyen::store::Store;
use tempfile::TempDir;

use crate::support::imports::words;
use crate::support::snapshot::{COMMANDER, EPOCH, PLANNER, TestResponse, TestServer};

const PATHS: [&str; 3] = ["/desk", "/imports", "/tokens"];

/// A server that follows an empty store.
async fn followed() -> (TestServer, Store, TempDir) {
    let (server, folder) = (TestServer::new(), tempfile::tempdir().unwrap());
    let store = Store::open(folder.path(), &words().taxonomy).await.unwrap();
    server.state.service.follow_store(&store);
    (server, store, folder)
}

async fn as_operator(server: &TestServer, path: &str) -> TestResponse {
    server.with_token_from("127.0.0.1:5000", "thrown-away", path).await
}

#[tokio::test]
async fn the_desk_is_for_operators_and_kept_by_nobody() {
    let (server, _store, _folder) = followed().await;
    for path in PATHS {
        let refused = server.public(path).await;
        assert_eq!((refused.status.as_u16(), refused.header("content-type")), (401, "application/problem+json"));
        for (token, role) in [(PLANNER, "planner"), (COMMANDER, "commander")] {
            let refused = server.with_token(token, path).await;
            assert_eq!(refused.status, 403, "{role} {path}");
            assert_eq!((&refused.json()["needed"], &refused.json()["role"]), (&"operator".into(), &role.into()));
        }
        let answer = as_operator(&server, path).await;
        assert_eq!((answer.status.as_u16(), answer.header("cache-control")), (200, "private, no-store"), "{path}");
        assert!(answer.header("vary").contains("Authorization") && answer.header("etag").is_empty(), "{path}");
        assert_eq!(as_operator(&server, &format!("{path}?a=1")).await.status, 400, "{path}");
    }
}

#[tokio::test]
async fn before_a_store_is_open_the_desk_says_that_data_are_loaded() {
    let server = TestServer::new();
    for path in ["/desk", "/imports"] {
        assert_eq!(as_operator(&server, path).await.status, 503, "{path}");
    }
}

#[tokio::test]
async fn the_desk_says_what_is_served_from_what_store() {
    let (server, store, _folder) = followed().await;
    let desk = as_operator(&server, "/desk").await.json();
    assert_eq!((&desk["ready"], &desk["last_import"]), (&true.into(), &serde_json::Value::Null));
    assert_eq!((&desk["data"]["epoch"], &desk["data"]["editions"][0]["areas"]["commune"]), (&EPOCH.into(), &4.into()));
    assert_eq!(desk["data"]["release"]["number"], 1);
    let account = &desk["data"]["editions"][0]["account"];
    let term = |name: &str| account[name].as_u64().unwrap();
    let terms = ["with_point", "by_commune", "by_wider_area", "outside", "unplaced", "district_only"].map(term);
    assert_eq!(terms.iter().sum::<u64>(), term("incidents"), "{account}");
    assert_eq!((term("by_commune"), term("outside")), (1, 1));
    assert_eq!((&desk["store"]["condition"], &desk["store"]["import_held_back"]), (&"in_order".into(), &false.into()));
    assert!(desk["store"]["bytes"].as_u64().unwrap() > 4_096, "{}", desk["store"]);
    assert_eq!(desk["work"].as_array().unwrap().len(), 4);
    store.add_import_record(&record()).await.unwrap();
    let desk = as_operator(&server, "/desk").await.json();
    assert_eq!((&desk["last_import"]["number"], &desk["last_import"]["rows"]["rejected"]), (&1.into(), &2.into()));
}

fn record() -> ImportRecord {
    let rows = ImportedRows { read: 5, added: 3, rejected: 2, ..ImportedRows::default() };
    let contents = ImportContents {
        rows,
        rejected_by_field: vec![RejectedField { field: "category".to_owned(), rows: 2 }],
        examples: vec![RejectedExample::new(7, "category", "Trần V", "\"Trần V\" is no category")],
        ..ImportContents::default()
    };
    ImportRecord::new(1_764_468_000, "incidents", "/home/someone/vu-viec.csv", contents)
}

#[tokio::test]
async fn imports_are_listed_with_their_reports() {
    let (server, store, _folder) = followed().await;
    assert_eq!(as_operator(&server, "/imports").await.json()["imports"], serde_json::json!([]));
    store.add_import_record(&record()).await.unwrap();
    let answer = as_operator(&server, "/imports").await;
    let import = &answer.json()["imports"][0];
    assert_eq!((&import["file"], &import["name"]["vi"]), (&"vu-viec.csv".into(), &"vụ việc".into()));
    assert_eq!(import["ended_at"], "2025-11-30T02:00:00Z");
    assert_eq!(import["rows"]["added"], 3);
    assert_eq!(import["rejected_by_field"], serde_json::json!([{ "field": "category", "rows": 2 }]));
    let example = serde_json::json!({ "line": 7, "field": "category", "reason": "\"…\" is no category" });
    assert_eq!(import["examples"][0], example);
    let text = String::from_utf8(answer.bytes).unwrap();
    assert!(!text.contains("Trần") && !text.contains("someone"), "{text}");
}

#[tokio::test]
async fn tokens_are_told_apart_counted_and_never_shown() {
    let (server, _store, _folder) = followed().await;
    for _ in 0..3 {
        server.with_token(PLANNER, "/meta").await;
    }
    server.with_token("forged", "/meta").await;
    let answer = as_operator(&server, "/tokens").await;
    let tokens = answer.json()["tokens"].as_array().unwrap().clone();
    let seen: Vec<_> = tokens
        .iter()
        .map(|token| (token["label"].as_str().unwrap(), token["role"].as_str().unwrap(), token["requests"].as_u64()))
        .collect();
    let expected = [("test planner", "planner", Some(3)), ("test commander", "commander", Some(0))];
    assert_eq!(seen[..2], expected);
    assert_eq!((seen[2].1, &tokens[2]["scope"]), ("operator", &"local_sample".into()));
    assert_eq!(tokens[0]["fingerprint"].as_str(), Some(&token_hash(PLANNER)[..8]));
    assert!(tokens[0]["last_used_on"].is_string() && tokens[1]["last_used_on"].is_null());
    let text = String::from_utf8(answer.bytes).unwrap();
    for secret in [PLANNER, COMMANDER, "thrown-away", &token_hash(PLANNER)] {
        assert!(!text.contains(secret), "{secret} is in {text}");
    }
}
