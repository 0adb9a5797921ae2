//! What police work found moves nothing but its own line: a campaign is no danger.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

use binhyen::domain::area::Position;
use binhyen::domain::incident::taxonomy::Severity;
use binhyen::domain::incident::{Incident, IncidentLocation};
use binhyen::snapshot::build;
use serde_json::{Value, json};

use crate::support::snapshot::{COMMANDER, PLANNER, TestServer, WINDOW, holdings, rule_set, tile_at};

/// Drug cases of the campaign, all in commune 20335.
const CASES: u32 = 40;

/// The small world after a campaign.
fn server_after_a_campaign() -> TestServer {
    server_after(&[(CASES, 108.05)])
}

/// The small world after so many drug cases at some longitudes of its southern communes.
fn server_after(campaigns: &[(u32, f64)]) -> TestServer {
    let (server, rules) = (TestServer::new(), rule_set());
    let mut holdings = holdings(&rules);
    let cases = campaigns.iter().flat_map(|(cases, lon)| (0..*cases).map(move |number| (number, *lon)));
    for (number, lon) in cases {
        let position = Position::new(lon + f64::from(number) * 1e-4, 15.55).unwrap();
        holdings.incidents.push(&Incident {
            id: format!("chuyen-an-{lon}-{number:04}"),
            unix_seconds: 1_654_059_600 + i64::from(number) * 3600,
            location: IncidentLocation::Point(position),
            category: rules.taxonomy.category("ma_tuy").unwrap(),
            severity: Severity::new(4).unwrap(),
            status: rules.taxonomy.status("recorded").unwrap(),
            channel: rules.taxonomy.channel("113").unwrap(),
            precision: rules.taxonomy.precision("exact").unwrap(),
        });
    }
    server.state.service.serve(crate::support::snapshot::released(build(holdings, &rules, None).unwrap()));
    server
}

/// An answer without the lines of what police work found, and the addresses that name the state of the data.
fn without_detected(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let is_detected = members.get("id") == Some(&json!("phat_hien"));
            let own = |name: &String| name == "detected" || is_detected && (name == "observed" || name == "expected");
            let kept = members.into_iter().filter(|(name, _)| !own(name));
            Value::Object(kept.map(|(name, value)| (name, without_detected(value))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(without_detected).collect()),
        Value::String(text) => Value::String(without_sentence(&text)),
        other => other,
    }
}

/// A text without the sentence on what police work found.
fn without_sentence(text: &str) -> String {
    let vietnamese =
        format!(" Ngoài ra, lực lượng chức năng phát hiện {CASES} vụ, không tính vào số vụ, tỷ suất và xếp loại.");
    let english =
        format!(" Beside them police work found {CASES} incidents, which are no part of count, rate and grade.");
    text.replace(&vietnamese, "").replace(&english, "")
}

fn questions() -> Vec<String> {
    let of_levels = ["commune", "district", "province"].into_iter().flat_map(|level| {
        [
            format!("/ratings?edition=2025-01&window={WINDOW}&level={level}"),
            format!("/areas?edition=2025-01&window={WINDOW}&level={level}"),
        ]
    });
    let fixed = [
        format!("/ratings?edition=2025-07&window={WINDOW}"),
        format!("/areas/2025-01/20335/explanation?window={WINDOW}"),
        format!("/areas/2025-01/502/explanation?window={WINDOW}"),
        format!("/comparison?edition=2025-01&window={WINDOW}&areas=20335,20401"),
        format!("/comparison?edition=2025-01&window={WINDOW}&areas=20335&with=province"),
        "/comparison?edition=2025-01&areas=20335&periods=TK-2021,TK-2022".to_owned(),
    ];
    of_levels.chain(fixed).collect()
}

#[tokio::test]
async fn campaign_moves_nothing_but_its_own_line_for_any_role() {
    let (before, after) = (TestServer::new(), server_after_a_campaign());
    let free = [
        "/series?edition=2025-01&window=TK-2022&areas=20335,20401&by=month".to_owned(),
        "/series?edition=2025-01&window=3N-2023&areas=502&by=year".to_owned(),
        format!("/incidents?edition=2025-01&window={WINDOW}"),
    ];
    for token in [None, Some(PLANNER), Some(COMMANDER)] {
        let ask = async |server: &TestServer, address: &str| match token {
            Some(token) => server.with_token(token, address).await,
            None => server.public(address).await,
        };
        for address in questions().iter().chain(free.iter().filter(|_| token.is_some())) {
            let (one, other) = (ask(&before, address).await, ask(&after, address).await);
            assert_eq!((one.status.as_u16(), other.status.as_u16()), (200, 200), "{address}");
            assert_eq!(without_detected(one.json()), without_detected(other.json()), "{address}");
        }
    }
}

#[tokio::test]
async fn campaign_moves_no_tile_and_no_picture() {
    let (before, after) = (TestServer::new(), server_after_a_campaign());
    let (x, y) = tile_at(9, 108.05, 15.55);
    let attributes = "code,incidents,rate,rate_smoothed,ratio,ratio_low,ratio_high,grade,grade_best,grade_worst,\
                      prob_letter,reliability,difference,trend";
    let addresses = [
        format!("/tiles/communes/9/{x}/{y}?edition=2025-01&window={WINDOW}&properties={attributes}"),
        format!("/tiles/province/9/{x}/{y}?edition=2025-01&window={WINDOW}&properties={attributes}"),
        format!(
            "/tiles/incidents/12/{}/{}?edition=2025-01&window={WINDOW}",
            tile_at(12, 108.05, 15.55).0,
            tile_at(12, 108.05, 15.55).1
        ),
        format!("/export/svg?edition=2025-01&window={WINDOW}&layer=grade"),
        format!("/export/svg?edition=2025-01&window={WINDOW}&layer=count"),
    ];
    for address in addresses {
        let (one, other) = (before.with_token(COMMANDER, &address).await, after.with_token(COMMANDER, &address).await);
        assert_eq!((one.status.as_u16(), other.status.as_u16()), (200, 200), "{address}");
        assert!(one.plain() == other.plain(), "{address}");
    }
}

#[tokio::test]
async fn what_police_work_found_stands_beside_the_count() {
    let server = server_after_a_campaign();
    let rows = async |query: &str| {
        let address = format!("/ratings?edition=2025-01&window={WINDOW}{query}");
        server.with_token(PLANNER, &address).await.json()["areas"].as_array().unwrap().clone()
    };
    let pairs = |rows: &[Value]| -> Vec<(Value, Value)> {
        rows.iter().map(|row| (row["incidents"].clone(), row["detected"].clone())).collect()
    };
    assert_eq!(pairs(&rows("&level=province").await)[0].1, json!(CASES));
    assert_eq!(pairs(&rows("&level=district").await)[0].1, json!(CASES));
    let communes = rows("").await;
    assert_eq!(communes[0]["detected"], json!(CASES));
    assert!(communes[1..].iter().all(|row| row["detected"] == json!(0)));
    // Asked for by name they are the count, and stand beside it too.
    let named = rows("&categories=ma_tuy").await;
    assert_eq!((&named[0]["incidents"], &named[0]["detected"]), (&json!(CASES), &json!(CASES)));
    assert_eq!((&named[0]["grade"], &named[0]["withheld"]), (&json!("insufficient"), &json!("nothing_rated")));
    assert_eq!((&named[0]["ratio"], &named[0]["difference"]), (&Value::Null, &Value::Null));
    // The least severity counts for them as well.
    assert_eq!(rows("&min_severity=5").await[0]["detected"], json!(0));
}

/// What the public reads as detected, area by area.
async fn public_detected(server: &TestServer, query: &str) -> Vec<Value> {
    let answer = server.public(&format!("/ratings?edition=2025-01&window={WINDOW}{query}")).await.json();
    answer["areas"].as_array().unwrap().iter().map(|row| row["detected"].clone()).collect()
}

#[tokio::test]
async fn public_reads_what_police_work_found_as_the_release_publishes_it() {
    let server = server_after_a_campaign();
    assert_eq!(public_detected(&server, "").await, [json!(CASES), json!(0), json!(0), json!(0)]);
    assert_eq!(public_detected(&server, "&level=district").await, [json!(CASES), json!(0)]);
    assert_eq!(public_detected(&server, "&level=province").await, [json!(CASES)]);
    let address = format!("/areas/2025-01/20335/explanation?window={WINDOW}");
    let answer = server.public(&address).await.json();
    assert_eq!(answer["detected"], json!(CASES));
    let beside = answer["components"].as_array().unwrap().iter().find(|part| part["id"] == "phat_hien").unwrap();
    assert_eq!((&beside["observed"], &beside["in_total"]), (&json!(CASES), &json!(false)));
    assert!(answer["sentence"]["vi"].as_str().unwrap().contains("phát hiện 40 vụ"), "{answer}");
}

#[tokio::test]
async fn few_cases_are_hidden_with_a_partner_so_that_no_sum_shows_them() {
    // Three beside forty in the same district: the district's 43 is published, neither of the two communes is.
    let server = server_after(&[(3, 108.05), (CASES, 108.15)]);
    assert_eq!(public_detected(&server, "").await, [Value::Null, Value::Null, json!(0), json!(0)]);
    assert_eq!(public_detected(&server, "&level=district").await, [json!(CASES + 3), json!(0)]);
    let planner = server.with_token(PLANNER, &format!("/ratings?edition=2025-01&window={WINDOW}")).await.json();
    assert_eq!(planner["areas"][0]["detected"], json!(3));
    let answer = server.public(&format!("/areas/2025-01/20335/explanation?window={WINDOW}")).await.json();
    let beside = answer["components"].as_array().unwrap().iter().find(|part| part["id"] == "phat_hien").unwrap();
    assert_eq!(
        (&answer["detected"], &beside["observed"], &beside["expected"]),
        (&Value::Null, &Value::Null, &Value::Null)
    );
    assert!(!answer["sentence"]["vi"].as_str().unwrap().contains("phát hiện"), "{answer}");
}

#[tokio::test]
async fn explanation_names_them_and_keeps_them_out_of_the_total() {
    let server = server_after_a_campaign();
    let address = format!("/areas/2025-01/20335/explanation?window={WINDOW}");
    let answer = server.with_token(PLANNER, &address).await.json();
    assert_eq!(answer["detected"], json!(CASES));
    let components = answer["components"].as_array().unwrap();
    let in_total = components.iter().filter(|part| part["in_total"] == true);
    let sum: u64 = in_total.map(|part| part["observed"].as_u64().unwrap()).sum();
    assert_eq!(json!(sum), answer["unweighted"]["observed"]);
    let beside: Vec<&Value> = components.iter().filter(|part| part["in_total"] == false).collect();
    assert_eq!(beside.len(), 1);
    assert_eq!((&beside[0]["id"], &beside[0]["observed"]), (&json!("phat_hien"), &json!(CASES)));
    let said = answer["sentence"]["vi"].as_str().unwrap();
    assert!(said.contains("phát hiện 40 vụ, không tính vào số vụ"), "{said}");
}

#[tokio::test]
async fn default_filter_is_the_reported_categories() {
    let server = TestServer::new();
    let ask = async |query: &str| {
        server.with_token(PLANNER, &format!("/ratings?edition=2025-01&window={WINDOW}{query}")).await
    };
    let meta = server.with_token(PLANNER, "/meta").await.json();
    let ids = |wanted: &dyn Fn(&Value) -> bool| -> Vec<String> {
        let categories = meta["categories"].as_array().unwrap().iter().filter(|category| wanted(category));
        categories.map(|category| category["id"].as_str().unwrap().to_owned()).collect()
    };
    let reported = ids(&|category| category["detected"] == false).join(",");
    assert_eq!(ids(&|category| category["detected"] == true), ["ma_tuy", "kinh_te", "moi_truong"]);
    let (default, named) = (ask("").await, ask(&format!("&categories={reported}")).await);
    assert_eq!(default.header("etag"), named.header("etag"), "the same meaning has one key");
    assert_eq!(default.json()["filter"]["categories"], Value::Null);
    let all = ids(&|_| true);
    let everything = ask(&format!("&categories={}", all.join(","))).await;
    assert_ne!(default.header("etag"), everything.header("etag"));
    assert_eq!(everything.json()["filter"]["categories"], json!(all));
}
