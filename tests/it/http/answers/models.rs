//! What is answered on single models, their effects and their kinds, and to whom.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

use serde_json::Value;

use crate::support::golden::say;
use crate::support::snapshot::{COMMANDER, PLANNER, TestServer, WINDOW};
use crate::support::{Role, ServerProcess};

/// Words that would say what caused what.
const CAUSAL: [&str; 10] = [
    "gây ra",
    "nhờ ",
    "làm giảm",
    "tác dụng",
    "hiệu quả của",
    "caused by",
    "because of",
    "reduced",
    "prevented",
    "thanks to",
];

#[tokio::test]
async fn single_models_are_for_planners_and_above() {
    let server = TestServer::new();
    for path in ["/models/mohinh-01", "/models/mohinh-01/effect"] {
        assert_eq!(server.public(path).await.status, 401, "{path}");
        for token in [PLANNER, COMMANDER] {
            let reply = server.with_token(token, path).await;
            assert_eq!((reply.status.as_u16(), reply.header("cache-control")), (200, "private, no-store"), "{path}");
        }
        assert_eq!(server.with_token(PLANNER, &format!("{path}?edition=2025-01")).await.status, 200);
        assert_eq!(server.with_token(PLANNER, &format!("{path}?window={WINDOW}")).await.status, 400, "no filter here");
    }
    for path in ["/models/mohinh-99", "/models/mohinh-99/effect"] {
        assert_eq!(server.with_token(PLANNER, path).await.status, 404, "{path}");
    }
    assert_eq!(server.with_token(PLANNER, "/models/mohinh-01?edition=1999-01").await.status, 404);
}

#[tokio::test]
async fn model_comes_with_its_life_its_reach_and_its_area_of_the_edition() {
    let server = TestServer::new();
    let answer = server.with_token(PLANNER, "/models/mohinh-01?edition=2025-07").await.json();
    let model = &answer["model"];
    assert_eq!((&model["code"], &model["area_name"]), (&"20335".into(), &"Phường Tam Kỳ".into()));
    assert_eq!(model["reach"]["metres"], 100.0);
    let built = serde_json::json!({ "event": "built", "on": "2021-01-01", "result": null, "decision": null });
    assert_eq!(answer["life_cycle"], Value::Array(vec![built]));
    assert_eq!((&answer["parent"], &answer["children"]), (&Value::Null, &serde_json::json!([])));
    let effect = server.with_token(PLANNER, "/models/mohinh-01/effect").await.json();
    let verdict = serde_json::json!({ "word": "cannot_tell", "obstacle": "not_covered" });
    assert_eq!((&effect["verdict"], &effect["inside"], &effect["ratio"]), (&verdict, &Value::Null, &Value::Null));
    assert_eq!(effect["before"], serde_json::json!({ "from": "2019-01-02", "to": "2020-01-02" }));
    assert_eq!(effect["matched"], serde_json::json!({ "from": "2020-01-02", "to": "2021-01-01" }));
    assert!(effect["sentence"]["vi"].as_str().unwrap().starts_with("Chưa thể kết luận"), "{}", effect["sentence"]);
}

#[tokio::test]
async fn public_gets_the_stock_and_the_number_of_each_kind_and_no_more() {
    let server = TestServer::new();
    let path = format!("/models/kinds?edition=2025-01&window={WINDOW}");
    let public = server.public(&path).await.json();
    let camera = &public["kinds"][0];
    assert_eq!((&camera["id"], &camera["density"]["count"]), (&"camera".into(), &2.into()));
    for member in ["effect", "candidates"] {
        assert_eq!(camera[member], Value::Null, "{member}");
    }
    assert_eq!(camera["density"]["coverage"], Value::Null);
    assert!(public["density"].get("coverage").is_none(), "reaches of kinds are not united");
    let windows: Vec<&str> = windows(&public["stock"]);
    assert!(windows.contains(&WINDOW) && !windows.contains(&"N-2022"), "{windows:?}");
    let planner = server.with_token(PLANNER, &path).await.json();
    assert_eq!(planner["kinds"][0]["effect"]["verdict"]["word"], "cannot_tell");
    assert_eq!(planner["kinds"][0]["candidates"], serde_json::json!([]));
    assert!(planner["kinds"][0]["density"]["coverage"].as_f64().unwrap() > 0.0);
    let stock = planner["stock"].as_array().unwrap().iter().find(|stock| stock["window"]["id"] == "N-2021").unwrap();
    assert_eq!(
        (&stock["start"], &stock["new"], &stock["end"], &stock["balances"]),
        (&0.into(), &2.into(), &2.into(), &true.into())
    );
    assert_eq!(server.public("/models/kinds?from=2022-01-01&to=2022-02-01").await.status, 403);
}

fn windows(stock: &Value) -> Vec<&str> {
    stock.as_array().unwrap().iter().map(|stock| stock["window"]["id"].as_str().unwrap()).collect()
}

/// Every text in a document.
fn texts(document: &Value) -> Vec<&str> {
    match document {
        Value::String(text) => vec![text],
        Value::Array(members) => members.iter().flat_map(texts).collect(),
        Value::Object(members) => members.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

fn assert_no_cause_is_told(document: &Value) {
    for text in texts(document) {
        let text = text.to_lowercase();
        assert!(CAUSAL.iter().all(|word| !text.contains(word)), "{text}");
    }
}

#[test]
fn sample_shows_stock_density_effects_and_candidates_without_telling_causes() {
    let server = ServerProcess::on_sample();
    let answer = server.get_as(Role::Planner, "/models/kinds?edition=2025-01").json();
    assert_no_cause_is_told(&answer);
    for stock in answer["stock"].as_array().unwrap() {
        assert_eq!(stock["balances"], true);
        if stock["window"]["id"] == "TK-2022" {
            say(&format!("stock of the sample {stock}"));
        }
    }
    say(&format!("density of the province: {}", answer["density"]));
    for kind in answer["kinds"].as_array().unwrap() {
        let proposals = kind["candidates"].as_array().unwrap().len();
        say(&format!("{}: {} {proposals} candidates", kind["id"], kind["effect"]["sentence"]["en"]));
        assert!(!kind["effect"]["verdict"]["word"].is_null());
    }
    let models = server.get_as(Role::Planner, "/models?edition=2025-01").json();
    let looked_at = models["features"].as_array().unwrap().iter().rev().step_by(100);
    for feature in looked_at {
        let id = feature["id"].as_str().unwrap();
        let model = server.get_as(Role::Planner, &format!("/models/{id}?edition=2025-01")).json();
        assert_eq!(model["model"]["code"], feature["properties"]["code"]);
        assert_eq!(model["life_cycle"][0]["on"], feature["properties"]["started_on"]);
        if let Some(last) = model["reviews"].as_array().unwrap().last() {
            assert_eq!(
                (&last["on"], &last["result"]),
                (&feature["properties"]["reviewed_on"], &feature["properties"]["review"])
            );
        }
        let effect = server.get_as(Role::Planner, &format!("/models/{id}/effect?edition=2025-01"));
        assert_eq!(effect.status, 200, "{}", effect.text());
        assert_no_cause_is_told(&effect.json());
    }
}
