//! Areas side by side: what a pair says, and what it does not say to the public.

use serde_json::json;

use crate::support::snapshot::{PLANNER, TestServer, WINDOW};

fn address(areas: &str) -> String {
    format!("/comparison?edition=2025-01&window={WINDOW}&areas={areas}")
}

#[tokio::test]
async fn every_pair_has_its_ratio_with_limits() {
    let server = TestServer::new();
    let ratings = server.with_token(PLANNER, &format!("/ratings?edition=2025-01&window={WINDOW}")).await.json();
    let rows = ratings["areas"].as_array().unwrap();
    let codes: Vec<&str> = rows.iter().map(|row| row["code"].as_str().unwrap()).collect();
    let answer = server.with_token(PLANNER, &address(&codes.join(","))).await.json();
    assert_eq!(answer["areas"].as_array().unwrap().len(), 4);
    let pairs = answer["pairs"].as_array().unwrap();
    assert_eq!(pairs.len(), 6);
    // 40 thefts in the first, 3 in the second.
    let first = &pairs[0];
    let rate = |row: &serde_json::Value| row["incidents"].as_f64().unwrap() / row["person_years"].as_f64().unwrap();
    let by_hand = rate(&rows[0]) / rate(&rows[1]);
    assert!((first["rate_ratio"].as_f64().unwrap() / by_hand - 1.0).abs() < 1e-12);
    assert!(first["low"].as_f64().unwrap() < by_hand && by_hand < first["high"].as_f64().unwrap());
    assert!(first["p"].as_f64().unwrap() <= first["q"].as_f64().unwrap());
    assert_eq!(first["difference"], "higher");
    for pair in pairs.iter().filter(|pair| pair["difference"] != "not_clearly_different") {
        assert!(pair["q"].as_f64().unwrap() <= 0.05 && pair["p"].as_f64().unwrap() <= 0.05, "{pair}");
    }
    // Nothing happened in the fourth: the ratio to it is unbounded.
    let to_nothing = &pairs[2];
    assert!(to_nothing["rate_ratio"].is_null() && to_nothing["high"].is_null() && to_nothing["low"].is_number());
}

#[tokio::test]
async fn the_order_asked_is_the_order_answered() {
    let server = TestServer::new();
    let codes = ["20344", "20335"];
    let ratings = server.with_token(PLANNER, &format!("/ratings?edition=2025-01&window={WINDOW}")).await.json();
    let known: Vec<&str> =
        ratings["areas"].as_array().unwrap().iter().map(|row| row["code"].as_str().unwrap()).collect();
    let codes = if known.contains(&codes[0]) { codes } else { [known[1], known[0]] };
    let answer = server.with_token(PLANNER, &address(&codes.join(","))).await.json();
    assert_eq!((&answer["areas"][0]["code"], &answer["areas"][1]["code"]), (&json!(codes[0]), &json!(codes[1])));
    assert_eq!((&answer["pairs"][0]["first"], &answer["pairs"][0]["second"]), (&json!(codes[0]), &json!(codes[1])));
}

#[tokio::test]
async fn hidden_count_hides_the_pair() {
    let server = TestServer::new();
    let ratings = server.public(&format!("/ratings?edition=2025-01&window={WINDOW}")).await.json();
    let rows = ratings["areas"].as_array().unwrap();
    let hidden = rows.iter().find(|row| row["incidents"].is_null()).unwrap()["code"].as_str().unwrap();
    let shown = rows.iter().find(|row| row["incidents"].is_number()).unwrap()["code"].as_str().unwrap();
    let answer = server.public(&address(&format!("{shown},{hidden}"))).await.json();
    let pair = &answer["pairs"][0];
    for member in ["rate_difference", "rate_ratio", "low", "high", "p", "q", "difference"] {
        assert!(pair[member].is_null(), "{member}: {pair}");
    }
    assert!(pair["sentence"]["vi"].as_str().unwrap().starts_with("Chưa so sánh được"), "{pair}");
}

#[tokio::test]
async fn wrong_areas_are_refused() {
    let server = TestServer::new();
    for areas in ["", "20335", "20335,20335", "1,2,3,4,5,6,7"] {
        assert_eq!(server.with_token(PLANNER, &address(areas)).await.status, 400, "{areas}");
    }
    assert_eq!(server.with_token(PLANNER, &address("20335,99999")).await.status, 404);
    assert_eq!(server.with_token(PLANNER, &address("20335,502")).await.status, 400);
    assert_eq!(server.public("/comparison?areas=20335,20341&from=2022-01-01&to=2022-02-01").await.status, 403);
}
