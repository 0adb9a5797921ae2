//! Trends, hot spots and the funnel: what stands out beyond chance, and the words of it that the public gets.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

use binhyen::assessment::clusters::hot_spot::HotSpotKind;
use binhyen::assessment::clusters::scan::{ClusterShape, clusters};
use binhyen::assessment::trend::{Arrow, TrendCoverage};
use binhyen::assessment::{Assessment, assess};
use binhyen::config::RuleFiles;
use binhyen::domain::area::Level;
use binhyen::domain::holdings::Holdings;
use binhyen::domain::rules::rule_set::RuleSet;
use binhyen::snapshot::{Snapshot, build};
use serde_json::{Value, json};

use crate::support::province::{commune, everything, incident, point, population, snapshot, square, two_editions};
use crate::support::rule_set_of;
use crate::support::snapshot::{PLANNER, TestServer, holdings};

fn rules() -> RuleSet {
    rule_set_of(&RuleFiles::embedded())
}

/// Adds some thefts of a day in the commune of a column.
fn add(holdings: &mut Holdings, rules: &RuleSet, date: &str, column: f64, count: u32) {
    for number in 0..count {
        let id = format!("{date}-{column}-{number}");
        holdings.incidents.push(&incident(rules, &id, date, point(column, 0.5), ("trom_cap", 2)));
    }
}

/// Four communes over 2023 and 2024: one rises, one falls, two stay.
fn two_years(rules: &RuleSet) -> Snapshot {
    let mut holdings = two_editions();
    for (column, before, now) in [(0.5, 5, 40), (1.5, 50, 12), (2.5, 20, 24), (3.5, 0, 0)] {
        add(&mut holdings, rules, "2023-01-02", column, before);
        add(&mut holdings, rules, "2024-12-30", column, now);
    }
    snapshot(holdings, rules)
}

fn assessed(snapshot: &Snapshot, rules: &RuleSet, from: &str, to: &str) -> Assessment {
    assess(snapshot, Level::Commune, &everything(rules, "2025-01", from, to)).unwrap()
}

fn arrows(assessment: &Assessment) -> Vec<Option<Arrow>> {
    assessment.rows.iter().map(|row| row.trend.map(|trend| trend.arrow)).collect()
}

#[test]
fn arrow_shows_what_rose_and_fell_beyond_chance() {
    let rules = rules();
    let assessment = assessed(&two_years(&rules), &rules, "2024-01-01", "2025-01-01");
    assert_eq!(arrows(&assessment), [Some(Arrow::Up), Some(Arrow::Down), Some(Arrow::Equal), Some(Arrow::Equal)]);
    let window = assessment.preceding.unwrap();
    assert_eq!((window.id.as_deref(), window.coverage), (Some("N-2023"), TrendCoverage::Whole));
    let figures = assessment.rows[0].trend.unwrap().figures.unwrap();
    assert_eq!((figures.before.count, figures.now.count), (5, 40));
    assert!(figures.p <= figures.q && figures.q < 0.001, "{figures:?}");
}

#[test]
fn free_period_is_held_against_the_same_days_of_the_year_before() {
    let rules = rules();
    let assessment = assessed(&two_years(&rules), &rules, "2024-01-05", "2025-01-01");
    let window = assessment.preceding.unwrap();
    assert_eq!(window.id, None);
    assert_eq!(
        (window.period.from().to_string(), window.period.to().to_string()),
        ("2023-01-05".into(), "2024-01-01".into())
    );
}

#[test]
fn nothing_is_said_where_incidents_do_not_reach_back_far_enough() {
    let rules = rules();
    let assessment = assessed(&two_years(&rules), &rules, "2023-01-01", "2024-01-01");
    assert_eq!(arrows(&assessment), [None; 4]);
    let gap = assessment.preceding.unwrap().coverage.gap();
    assert_eq!(serde_json::to_value(gap).unwrap(), "incidents_do_not_cover_both_windows");
}

/// A row of communes, the first four with many incidents, and one far from all others.
fn row_and_island(rules: &RuleSet) -> Snapshot {
    let mut holdings = Holdings::default();
    for column in (0_u32..24).chain([40]) {
        let code = (20_001 + column).to_string();
        holdings.areas.push(commune("2025-01", &code, None, square(column, 0, 1)));
        holdings.populations.push(population("2025-01", &code, 10_000));
        add(&mut holdings, rules, "2024-06-01", f64::from(column) + 0.5, if column < 4 { 60 } else { 8 + column % 3 });
    }
    snapshot(holdings, rules)
}

#[test]
fn neighbours_with_high_rates_are_hot_and_an_island_has_no_statistic() {
    let rules = rules();
    let snapshot = row_and_island(&rules);
    let edition_data = snapshot.default_edition().unwrap();
    let contiguity = &edition_data.shape.level(Level::Commune).unwrap().contiguity;
    assert_eq!((&contiguity[0], &contiguity[1], &contiguity[24]), (&vec![1], &vec![0, 2], &vec![]));
    let assessment = assessed(&snapshot, &rules, "2024-01-01", "2025-01-01");
    assert_eq!(assessment.rows[1].hot_spot.unwrap().kind, HotSpotKind::Hot);
    assert_eq!(assessment.rows[14].hot_spot.unwrap().kind, HotSpotKind::Neither);
    assert_eq!(assessment.rows[24].hot_spot, None);
    assert!(assessment.rows[24].funnel.is_some());
    assert!(assessment.rows[0].funnel.unwrap().z > 2.0);
}

#[test]
fn scan_finds_the_high_end_of_a_row_and_nothing_else() {
    let rules = rules();
    let snapshot = row_and_island(&rules);
    let filter = everything(&rules, "2025-01", "2024-01-01", "2025-01-01");
    let scan = clusters(&snapshot, Level::Commune, &filter, ClusterShape::Circle).unwrap();
    let found = scan.clusters.unwrap();
    let [cluster] = found.as_slice() else { panic!("one cluster: {found:?}") };
    let mut members: Vec<usize> = cluster.members.iter().map(|member| member.index()).collect();
    members.sort_unstable();
    assert_eq!((members, cluster.observed), (vec![0, 1, 2, 3], 240));
    assert_eq!((scan.areas_scanned, cluster.p), (25, 0.001));
    assert!((cluster.expected - scan.incidents as f64 * 4.0 / 25.0).abs() < 1e-9);
}

#[tokio::test]
async fn planner_reads_clusters_and_the_public_is_told_that_it_may_not() {
    let server = TestServer::new();
    server.state.service.serve(crate::support::snapshot::released(row_and_island(&rules())));
    let address = "/clusters?edition=2025-01&from=2024-01-01&to=2025-01-01";
    let answer = server.with_token(PLANNER, address).await.json();
    let cluster = &answer["clusters"][0];
    assert_eq!((cluster["areas"].as_array().unwrap().len(), &cluster["observed"]), (4, &json!(240)));
    assert_eq!((&cluster["p"], &answer["unscanned"]), (&json!(0.001), &Value::Null));
    assert_eq!(answer["most_likely"], *cluster);
    let vietnamese = cluster["label"]["vi"].as_str().unwrap();
    assert!(vietnamese.starts_with("Cụm 1: 240 vụ, mong đợi ") && vietnamese.ends_with("p = 0,001"), "{vietnamese}");
    assert!(answer["method"]["sentence"]["vi"].as_str().unwrap().starts_with("Cụm cao hơn mức chung"));
    assert_eq!(server.with_token(PLANNER, address).await.json(), answer, "the same again");
    let image = address.replace("/clusters?", "/export/svg?layer=clusters&");
    let image = server.with_token(PLANNER, &image).await;
    let drawing = String::from_utf8(image.plain()).unwrap();
    assert!(drawing.contains("Cụm 1: 240 vụ") && drawing.contains("Ngoài các cụm"), "{drawing}");
    assert_eq!(server.public("/export/svg?layer=clusters&edition=2025-01&window=TK-2024").await.status, 401);
    let refusal = server.public("/clusters?edition=2025-01&window=TK-2024").await;
    assert_eq!(refusal.status, 401);
    let none = server.with_token(PLANNER, &format!("{address}&categories=lua_dao_truc_tuyen")).await.json();
    assert_eq!((&none["unscanned"], &none["clusters"]), (&json!("too_few_incidents"), &json!([])));
    assert!(none["sentence"]["en"].as_str().unwrap().contains("fewer than 2 incidents"), "{}", none["sentence"]);
}

/// The small world with incidents over the years of statistics 2022 and 2023.
fn desk_of_two_years() -> TestServer {
    let server = TestServer::new();
    let rules = rules();
    let mut holdings = holdings(&rules);
    for (date, count) in [("2021-12-16", 5), ("2023-12-10", 160)] {
        for number in 0..count {
            let id = format!("them-{date}-{number}");
            holdings.incidents.push(&incident(&rules, &id, date, point(0.5, 5.5), ("trom_cap", 2)));
        }
    }
    server.state.service.serve(crate::support::snapshot::released(build(holdings, &rules, None).unwrap()));
    server
}

const ADDRESS: &str = "edition=2025-01&window=TK-2023";

#[tokio::test]
async fn planner_gets_the_figures_behind_an_arrow() {
    let server = desk_of_two_years();
    let answer = server.with_token(PLANNER, &format!("/ratings?{ADDRESS}")).await.json();
    assert_eq!(answer["trend"]["window"]["id"], "TK-2022");
    assert!(answer["trend"]["reason"].is_null());
    let row = &answer["areas"][0];
    assert_eq!((&row["trend"], &row["trend_figures"]["incidents_before"]), (&json!("up"), &json!(45)));
    for member in ["funnel", "unweighted"] {
        assert!(row[member].is_object(), "{member}: {row}");
    }
    let address = "/areas/2025-01/20335/explanation?window=TK-2023";
    let trend = server.with_token(PLANNER, address).await.json()["trend"].clone();
    assert_eq!((&trend["incidents"], &trend["incidents_before"]), (&json!(160), &json!(45)));
    let ratio = trend["rate_ratio"].as_f64().unwrap();
    assert!((ratio - 160.0 / 45.0).abs() < 1e-9, "{trend}");
    assert!(trend["low"].as_f64().unwrap() < ratio && ratio < trend["high"].as_f64().unwrap());
}

#[tokio::test]
async fn public_gets_words_and_those_only_where_the_count_is_public() {
    let server = desk_of_two_years();
    let mut arrows = 0;
    for level in ["commune", "district", "province"] {
        let answer = server.public(&format!("/ratings?{ADDRESS}&level={level}")).await.json();
        for row in answer["areas"].as_array().unwrap() {
            assert!(row["trend_figures"].is_null() && row["funnel"].is_null(), "{row}");
            assert!(row["hot_spot"].is_null() && row["hot_spot_figures"].is_null(), "{row}");
            if row["incidents"].is_null() {
                let words: Vec<&Value> = ["trend", "difference"].iter().map(|name| &row[*name]).collect();
                assert!(words.iter().all(|word| word.is_null()), "{words:?}");
            }
            arrows += usize::from(row["trend"] == "up");
        }
    }
    assert!(arrows > 0, "no arrow is public");
    let trend = server.public("/areas/2025-01/20335/explanation?window=TK-2023").await.json()["trend"].clone();
    for member in ["incidents_before", "person_years_before", "rate_ratio", "low", "high", "p", "q"] {
        assert!(trend[member].is_null(), "{member}: {trend}");
    }
}
