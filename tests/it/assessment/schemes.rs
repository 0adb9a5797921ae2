//! Rating schemes: several at once, named in every answer, and none of them changes what is counted.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

use binhyen::assessment::rating::grade::{Grade, Letter};
use binhyen::assessment::{AreaAssessment, Assessment, assess};
use binhyen::config::{NamedText, RuleFiles};
use binhyen::domain::area::Level;
use binhyen::domain::filter::Filter;
use binhyen::domain::rules::rule_set::RuleSet;
use binhyen::snapshot::{Snapshot, build};
use serde_json::{Value, json};

use crate::support::province::{everything, incident, point, snapshot, two_editions};
use crate::support::snapshot::{PLANNER, TestServer, WINDOW, holdings};
use crate::support::{binhyen, rule_set_of};

fn default_scheme() -> String {
    let files = RuleFiles::embedded().schemes;
    files.iter().find(|scheme| scheme.stem == "default").unwrap().text.to_string()
}

/// The shipped files and a copy of the default scheme called `khac`, with one value changed.
fn files_with(from: &str, to: &str) -> RuleFiles {
    let mut files = RuleFiles::embedded();
    let default = files.schemes.iter().find(|scheme| scheme.stem == "default").unwrap();
    let text = default.text.replacen("id = \"default\"", "id = \"khac\"", 1);
    assert!(text.contains(from), "{from}");
    let text = text.replacen(from, to, 1).into();
    files.schemes.push(NamedText { file: "schemes/khac.toml".into(), stem: "khac".into(), text });
    files
}

/// The square communes with 12, 3, 7 and 0 incidents of mixed severity.
fn province(rules: &RuleSet) -> Snapshot {
    let mut holdings = two_editions();
    for (column, count) in [12, 3, 7, 0].into_iter().enumerate() {
        for number in 0..count {
            let id = format!("{column}-{number}");
            let category = if number % 3 == 0 { "co_y_gay_thuong_tich" } else { "trom_cap" };
            let what = (category, 1 + (number * 7 % 5) as u8);
            let at = point(column as f64 + 0.5, 0.5);
            holdings.incidents.push(&incident(rules, &id, "2024-05-01", at, what));
        }
    }
    snapshot(holdings, rules)
}

fn rated(snapshot: &Snapshot, filter: &Filter, scheme: &str) -> Assessment {
    let filter = Filter { scheme: snapshot.schemes.named(scheme).unwrap(), ..*filter };
    assess(snapshot, Level::Commune, &filter).unwrap()
}

/// A row without what a weight may move.
fn unweighted(row: &AreaAssessment) -> AreaAssessment {
    let mut row = row.clone();
    (row.ratio, row.ratio_low, row.ratio_high) = (None, None, None);
    (row.prob_above_1, row.reliability) = (None, None);
    row.grade = Grade::Suppressed;
    row.prob_letter = None;
    (row.grade_best, row.grade_worst, row.difference) = (None, None, None);
    for component in &mut row.components {
        component.contribution = None;
    }
    row
}

#[test]
fn changing_one_weight_moves_the_rating_and_nothing_that_is_counted() {
    let rules = rule_set_of(&files_with("rat_nghiem_trong = 15", "rat_nghiem_trong = 150"));
    let snapshot = province(&rules);
    let filter = everything(&rules, "2025-01", "2024-01-01", "2025-01-01");
    let (before, after) = (rated(&snapshot, &filter, "default"), rated(&snapshot, &filter, "khac"));
    assert_eq!(before.totals, after.totals);
    let mut moved = 0;
    for (one, other) in before.rows.iter().zip(&after.rows) {
        assert_eq!(unweighted(one), unweighted(other));
        moved += usize::from(one.ratio != other.ratio && one.reliability != other.reliability);
    }
    assert_eq!(moved, before.rows.len(), "every rating rests on the weights");
    assert_ne!(before.method, after.method);
}

#[test]
fn scheme_that_differs_in_its_bands_moves_letters_only() {
    let rules = rule_set_of(&files_with("[0.5, 0.8, 1.25, 2.0]", "[0.05, 0.08, 0.125, 0.2]"));
    let snapshot = province(&rules);
    let filter = everything(&rules, "2025-01", "2024-01-01", "2025-01-01");
    let (before, after) = (rated(&snapshot, &filter, "default"), rated(&snapshot, &filter, "khac"));
    for (one, other) in before.rows.iter().zip(&after.rows) {
        assert_eq!((one.ratio, one.ratio_low, one.reliability), (other.ratio, other.ratio_low, other.reliability));
        assert_eq!(other.grade_worst, Some(Letter::E));
    }
    assert!(before.rows.iter().any(|row| row.grade_worst.is_some_and(|letter| letter != Letter::E)));
}

#[test]
fn unweighted_scheme_has_no_dispersion_and_the_plain_ratio() {
    let rules = rule_set_of(&RuleFiles::embedded());
    let snapshot = province(&rules);
    let filter = everything(&rules, "2025-01", "2024-01-01", "2025-01-01");
    let plain = rated(&snapshot, &filter, "khong_trong_so");
    assert_eq!(plain.method.dispersion, Some(1.0));
    for row in &plain.rows {
        let rated: f64 = row.components.iter().filter_map(|part| part.contribution).sum();
        let ratio = f64::from(row.incidents.unwrap()) / row.expected.unwrap();
        assert!((1.0 + rated - ratio).abs() < 1e-12, "{rated} {ratio}");
    }
}

fn desk_with(from: &str, to: &str) -> TestServer {
    let server = TestServer::new();
    let rules = rule_set_of(&files_with(from, to));
    server.state.service.serve(crate::support::snapshot::released(build(holdings(&rules), &rules, None).unwrap()));
    server
}

#[tokio::test]
async fn scheme_is_chosen_by_id_or_hash_and_named_in_every_answer() {
    let server = TestServer::new();
    let meta = server.with_token(PLANNER, "/meta").await.json();
    assert_eq!(meta["default_scheme"], "default");
    let schemes = meta["schemes"].as_array().unwrap();
    assert!(schemes.len() >= 2, "{meta}");
    for scheme in schemes {
        let (id, hash) = (scheme["id"].as_str().unwrap(), scheme["hash"].as_str().unwrap());
        let ask = async |path: &str, name: &str| {
            server.with_token(PLANNER, &format!("{path}window={WINDOW}&scheme={name}")).await
        };
        for path in ["/ratings?", "/areas?", "/areas/2025-01/20335?", "/areas/2025-01/20335/explanation?", "/models?"] {
            let (by_id, by_hash) = (ask(path, id).await, ask(path, hash).await);
            let expected = json!({ "id": id, "version": scheme["version"], "hash": hash, "name": scheme["name"] });
            assert_eq!(by_id.json()["scheme"], expected, "{path}");
            assert_eq!(by_id.header("etag"), by_hash.header("etag"), "{path}");
        }
    }
    let tag = async |query: &str| {
        server.with_token(PLANNER, &format!("/ratings?window={WINDOW}{query}")).await.header("etag").to_owned()
    };
    assert_eq!(tag("").await, tag("&scheme=default").await);
    assert_ne!(tag("").await, tag("&scheme=khong_trong_so").await);
}

#[tokio::test]
async fn tiles_follow_the_scheme_of_their_description() {
    let server = TestServer::new();
    let address = format!("/tiles/communes?edition=2025-01&window={WINDOW}&scheme=khong_trong_so");
    let description = server.with_token(PLANNER, &address).await.json();
    let template = description["tiles"][0].as_str().unwrap();
    assert!(template.contains("&scheme=khong_trong_so&"), "{template}");
    let address = format!("/tiles/communes?edition=2025-01&window={WINDOW}&scheme=default");
    let template = server.with_token(PLANNER, &address).await.json()["tiles"][0].clone();
    assert!(!template.as_str().unwrap().contains("scheme"), "{template}");
}

#[tokio::test]
async fn unknown_scheme_is_400_with_those_there_are() {
    let server = TestServer::new();
    let reply = server.with_token(PLANNER, "/ratings?scheme=2026.1").await;
    assert_eq!(reply.status, 400);
    let known: Vec<Value> = reply.json()["known"].as_array().unwrap().clone();
    assert!(known.contains(&json!("default")) && known.contains(&json!("khong_trong_so")), "{known:?}");
}

#[tokio::test]
async fn public_has_the_released_schemes_only() {
    let server = TestServer::new();
    let reply = server.public(&format!("/ratings?window={WINDOW}&scheme=khong_trong_so")).await;
    assert_eq!((reply.status.as_u16(), &reply.json()["released"]), (403, &json!(["default"])));
    assert_eq!(server.public("/ratings?scheme=none").await.json()["known"], json!(["default"]));
    assert_eq!(server.public(&format!("/ratings?window={WINDOW}&scheme=default")).await.status, 200);
    let meta = server.public("/meta").await.json();
    assert_eq!(meta["schemes"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn changed_scheme_changes_every_tag() {
    let address = format!("/ratings?window={WINDOW}");
    let tag = async |server: &TestServer| server.public(&address).await.header("etag").to_owned();
    let one = tag(&desk_with("rat_nghiem_trong = 15", "rat_nghiem_trong = 16")).await;
    assert_ne!(one, tag(&desk_with("rat_nghiem_trong = 15", "rat_nghiem_trong = 17")).await);
}

#[test]
fn broken_scheme_of_a_data_folder_stops_the_start_with_its_name() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("schemes")).unwrap();
    let path = folder.path().join("schemes/tinh.toml");
    let good = default_scheme().replacen("id = \"default\"", "id = \"tinh\"", 1);
    for (text, said) in [
        (good.replacen("0.8, 1.25", "0.8, 0.25", 1), "grade.bands"),
        (good.replacen("id = \"tinh\"", "id = \"other\"", 1), "tinh"),
        ("[[".to_owned(), "TOML"),
    ] {
        std::fs::write(&path, &text).unwrap();
        let output =
            binhyen().args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(folder.path()).output().unwrap();
        let err = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{err}");
        assert!(err.contains("schemes/tinh.toml") && err.contains(said), "{err}");
    }
}
