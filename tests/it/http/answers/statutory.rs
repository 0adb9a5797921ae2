//! The statutory reading over HTTP: what the public sees of it, what a planner sees, and the published figures.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::snapshot::{PLANNER, TestServer, WINDOW};
use crate::support::{Role, ServerProcess};

const AREA: &str = "/areas/2025-01/20335";

#[tokio::test]
async fn public_sees_the_decision_and_no_more() {
    let server = TestServer::new();
    for address in [format!("{AREA}?window={WINDOW}"), format!("{AREA}/explanation?window={WINDOW}")] {
        let statutory = server.public(&address).await.json()["statutory"].take();
        assert_eq!(statutory["verdict"], "met");
        let members: Vec<&str> = statutory["communes"][0].as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(members, ["commune", "decision", "kind", "label", "unit_id"]);
        for hidden in ["agreement", "counts", "movement_grade"] {
            assert!(statutory.get(hidden).is_none(), "{hidden}");
        }
    }
    let row = server.public(&format!("{AREA}?window={WINDOW}")).await.json()["area"].take();
    assert!(row["statutory_check"].is_null() && row["movement_grade"].is_null());
    let share = &row["certification"][0];
    assert_eq!(
        (share["share"].as_f64(), &share["units"], &share["recognised"]),
        (Some(1.0), &Value::Null, &Value::Null)
    );
}

#[tokio::test]
async fn planner_sees_every_criterion_with_the_hash_of_its_file() {
    let server = TestServer::new();
    let address = format!("{AREA}/explanation?window={WINDOW}");
    let statutory = server.with_token(PLANNER, &address).await.json()["statutory"].take();
    assert_eq!(statutory["window"]["id"], "ANTT-2022-xa");
    assert_eq!(statutory["circular"]["id"], "124/2021/TT-BCA");
    assert_eq!(statutory["circular"]["hash"].as_str().unwrap().len(), 16);
    let commune = &statutory["communes"][0];
    assert_eq!((&commune["check"], &commune["agreement"]), (&json!("insufficient"), &json!("unknown")));
    let criteria = commune["criteria"].as_array().unwrap();
    let kinds: Vec<(&str, &str)> =
        criteria.iter().map(|found| (found["id"].as_str().unwrap(), found["kind"].as_str().unwrap())).collect();
    assert_eq!(
        kinds,
        [
            ("5.1.a", "declared"),
            ("5.1.b", "computed"),
            ("5.2.a", "declared"),
            ("5.2.b", "declared"),
            ("5.2.c", "evidence"),
            ("5.3", "declared"),
            ("5.4", "computed"),
        ]
    );
    assert_eq!(criteria[0]["verdict_text"]["vi"], "chưa có dữ liệu");
    assert_eq!(criteria[6]["threshold"]["recognised_min"], json!([7, 10]));
    let summary = server.with_token(PLANNER, &format!("{AREA}?window={WINDOW}")).await.json();
    assert!(summary["statutory"]["communes"][0].get("criteria").is_none(), "the summary leaves the criteria out");
}

#[tokio::test]
async fn disagreements_are_for_planners() {
    let server = TestServer::new();
    assert_eq!(server.public("/disagreements").await.status, 401);
    assert_eq!(server.public("/disagreements?x=1").await.status, 401);
    let answer = server.with_token(PLANNER, &format!("/disagreements?edition=2025-01&window={WINDOW}")).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("cache-control"), "private, no-store");
    assert_eq!(answer.json()["count"], 0, "nothing was declared, so nothing contradicts");
    assert_eq!(server.with_token(PLANNER, "/disagreements?level=commune").await.status, 400);
}

#[tokio::test]
async fn public_shares_need_a_released_window() {
    let server = TestServer::new();
    assert_eq!(server.public("/certifications?edition=2025-01&window=ANTT-2022-xa").await.status, 403);
    assert_eq!(server.public("/certifications?edition=2025-01&categories=trom_cap").await.status, 400);
    let shares = server.public(&format!("/certifications?edition=2025-01&level=district&window={WINDOW}")).await.json();
    assert_eq!(
        shares["total"],
        json!([{ "kind": "commune", "window": "ANTT-2022-xa", "share": 0.5,
        "units": null, "registered": null, "recognised": null, "silent": null }])
    );
    assert_eq!(shares["areas"].as_array().unwrap().len(), 2);
}

/// Units and recognised units of a kind in the total of an answer.
fn total(answer: &Value, kind: &str) -> (u64, u64) {
    let shares = answer["total"].as_array().unwrap();
    let share = shares.iter().find(|share| share["kind"] == kind).unwrap();
    (share["recognised"].as_u64().unwrap(), share["units"].as_u64().unwrap())
}

#[test]
fn the_sample_gives_the_published_figures_every_verdict_and_disagreements_with_names() {
    let server = ServerProcess::on_sample();
    let of_2022 = server.get_as(Role::Planner, "/certifications?edition=2025-01&level=province&window=TK-2022").json();
    assert_eq!(total(&of_2022, "residential_area"), (1_170, 1_240)); // 94.355 %
    assert_eq!(total(&of_2022, "commune"), (220, 233)); // 94.421 %
    let institutions = ["agency", "business", "school"].map(|kind| total(&of_2022, kind));
    let sum = |part: fn(&(u64, u64)) -> u64| institutions.iter().map(part).sum::<u64>();
    assert_eq!((sum(|kind| kind.0), sum(|kind| kind.1)), (957, 1_000)); // over 95 %
    // The same on the boundaries of today: each unit is counted once.
    let merged = server.get_as(Role::Planner, "/certifications?edition=2025-07&level=province&window=TK-2022").json();
    assert_eq!(merged["total"], of_2022["total"]);

    // Decided for 2025 are the 78 units of today, by the city.
    let address = "/ratings?edition=2025-07&window=TK-2025";
    let rows = server.get_as(Role::Planner, address).json()["areas"].take();
    let words = |member: &str| -> BTreeSet<String> {
        rows.as_array().unwrap().iter().map(|row| row[member].as_str().unwrap_or("null").to_owned()).collect()
    };
    assert_eq!(words("statutory_check"), ["agrees", "disagrees", "unknown"].map(String::from).into());
    assert_eq!(words("movement_grade"), ["average", "excellent", "good", "weak"].map(String::from).into());
    let province = server.get_as(Role::Planner, "/areas/2025-07/49?window=TK-2025").json()["statutory"].take();
    let commune = server.get_as(Role::Planner, "/areas/2025-07/20335?window=TK-2025").json()["statutory"].take();
    assert_eq!(commune["communes"][0]["decision"]["body"], "UBND thành phố Đà Nẵng (mẫu)", "{commune}");
    let of_2025 = server.get_as(Role::Planner, "/certifications?edition=2025-07&level=province&window=TK-2025").json();
    assert_eq!(total(&of_2025, "commune"), (75, 78));
    for verdict in ["met", "not_met", "insufficient"] {
        assert!(province["counts"]["check"][verdict].as_u64().unwrap() > 0, "{verdict}: {province}");
    }

    let found = server.get_as(Role::Planner, "/disagreements?edition=2025-07&window=TK-2025").json();
    let listed = found["disagreements"].as_array().unwrap();
    assert_eq!(found["circular"]["id"], "48/2025/TT-BCA");
    let communes = listed.iter().filter(|one| one["kind"] == "commune").count() as u64;
    assert_eq!(province["counts"]["agreement"]["disagrees"].as_u64(), Some(communes));
    assert!(listed.iter().any(|one| one["kind"] == "residential_area"), "{found}");
    assert!(listed.iter().all(|one| one["check"] != "insufficient" && one["decision"]["verdict"] != one["check"]));
    let failing = listed.iter().filter(|one| one["check"] == "not_met");
    assert!(failing.clone().count() > 0 && failing.clone().all(|one| !one["failing"][0].is_null()), "{found}");
}
