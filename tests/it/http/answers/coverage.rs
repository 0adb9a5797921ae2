//! Periods that reach beyond the days on which incidents are known: cut, said, or refused; and nothing that is missing
//! reads as a fall.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

use binhyen::domain::holdings::{Holdings, IncidentColumns};
use binhyen::domain::incident::coverage::{CoverageScope, DeclaredCoverage};
use binhyen::snapshot::build;
use serde_json::{Value, json};

use crate::support::province::{incident, key, point};
use crate::support::snapshot::{PLANNER, TestServer, holdings, released, rule_set};

/// Where the communes 20335, 20338, 20401 and 20404 lie.
const PLACES: [(f64, f64); 4] = [(0.5, 5.5), (1.5, 5.5), (0.5, 6.5), (1.5, 6.5)];
/// All of the year of statistics 2021 and the first half of that of 2022.
const HALF: &str = "2020-12-15..2022-06-15";
const EDITION: &str = "edition=2025-01";

fn declared(scope: CoverageScope, days: &str) -> DeclaredCoverage {
    DeclaredCoverage { scope, days: days.parse().unwrap() }
}

/// The communes with eighty thefts each half-year from the end of 2020 to the middle of 2022.
fn server(coverage: Vec<DeclaredCoverage>) -> TestServer {
    server_of(coverage, &[("2021-03-01", 80), ("2021-09-01", 80), ("2022-03-01", 80)])
}

fn server_of(coverage: Vec<DeclaredCoverage>, thefts: &[(&str, usize)]) -> TestServer {
    let rules = rule_set();
    let mut world = Holdings { coverage, incidents: IncidentColumns::default(), ..holdings(&rules) };
    for (date, count) in thefts {
        for (commune, (column, row)) in PLACES.into_iter().enumerate() {
            for number in 0..*count {
                let id = format!("{date}-{commune}-{number}");
                let theft = incident(&rules, &id, date, point(column, row), ("trom_cap", 2));
                world.incidents.push(&theft);
            }
        }
    }
    let server = TestServer::new();
    server.state.service.serve(released(build(world, &rules, None).unwrap()));
    server
}

fn half() -> Vec<DeclaredCoverage> {
    vec![declared(CoverageScope::Everything, HALF)]
}

async fn planned(server: &TestServer, path: &str) -> Value {
    let reply = server.with_token(PLANNER, path).await;
    assert_eq!(reply.status, 200, "{path}: {}", reply.json());
    reply.json()
}

#[tokio::test]
async fn period_that_reaches_beyond_is_cut_and_says_so() {
    let server = server(half());
    let path = format!("/ratings?{EDITION}&window=TK-2022");
    for answer in [planned(&server, &path).await, server.public(&path).await.json()] {
        assert_eq!(answer["window"], json!({ "id": "TK-2022", "from": "2021-12-15", "to": "2022-06-15" }));
        assert_eq!((&answer["filter"]["from"], &answer["filter"]["to"]), (&json!("2021-12-15"), &json!("2022-06-15")));
        let requested = &answer["requested"];
        assert_eq!((&requested["from"], &requested["to"]), (&json!("2021-12-15"), &json!("2022-12-15")));
        let note = "Chỉ tính từ 15/12/2021 đến 14/06/2022, là những ngày có số liệu vụ việc; \
                    kỳ được hỏi: từ 15/12/2021 đến 14/12/2022.";
        assert_eq!(requested["note"]["vi"], note);
        assert!(requested["note"]["en"].as_str().unwrap().contains("15 Dec 2021"), "{requested}");
        // 50,000 residents over 182 days, not over a year.
        let row = &answer["areas"][0];
        assert_eq!(row["incidents"], 80);
        let rate = 80.0 / (50_000.0 * 182.0 / 365.25) * 1e5;
        assert!((row["rate"].as_f64().unwrap() / rate - 1.0).abs() < 1e-6, "{row}");
    }
    let whole = planned(&server, &format!("/ratings?{EDITION}&window=TK-2021")).await;
    assert_eq!(whole["requested"], Value::Null);
}

#[tokio::test]
async fn half_a_year_of_missing_data_never_reads_as_a_fall() {
    // What is not covered is not there: 160 in the year 2021, 80 in that of 2022.
    for coverage in [half(), Vec::new()] {
        let is_declared = !coverage.is_empty();
        let server = server(coverage);
        let ratings = planned(&server, &format!("/ratings?{EDITION}&window=TK-2022")).await;
        for row in ratings["areas"].as_array().unwrap() {
            assert_ne!(row["trend"], "down", "{row}");
        }
        if is_declared {
            assert!(ratings["trend"]["reason"].is_null(), "both halves are covered: {}", ratings["trend"]);
            assert_eq!(ratings["trend"]["window"]["from"], "2020-12-15", "the same days of the year before");
            assert_eq!(ratings["areas"][0]["trend"], "equal");
        }
        let address = format!("/comparison?{EDITION}&areas=20335,20338&periods=TK-2021,TK-2022");
        let refused = server.with_token(PLANNER, &address).await;
        assert_eq!(refused.status, 404);
        assert!(refused.json()["type"].as_str().unwrap().ends_with("/problems/not-covered"), "{}", refused.json());
        let years = planned(&server, &format!("/series?{EDITION}&areas=20335&from=2020-12-15&to=2023-12-15")).await;
        let points = years["areas"][0]["points"].as_array().unwrap();
        assert_eq!(points.len(), 2, "nothing stands for 2023: {points:?}");
        assert_eq!((&points[1]["partial"], &points[1]["incidents"]), (&json!(true), &json!(80)));
        assert!(points[1]["to"].as_str().unwrap() <= "2022-06-15", "{}", points[1]);
        let series = &planned(&server, "/areas/2025-01/20335?window=TK-2021").await["series"];
        let known: Vec<&Value> = series.as_array().unwrap().iter().map(|year| &year["window"]["id"]).collect();
        let whole: &[&str] = if is_declared { &["TK-2021"] } else { &[] };
        assert_eq!(known, whole, "a year of which days are missing is no year");
    }
}

#[tokio::test]
async fn halves_of_equal_length_are_compared() {
    let server = server(half());
    let periods = "2020-12-15..2021-06-15,2021-12-15..2022-06-15";
    let answer = planned(&server, &format!("/comparison?{EDITION}&areas=20335&periods={periods}")).await;
    let area = &answer["areas"][0];
    assert_eq!((&area["first"]["incidents"], &area["second"]["incidents"]), (&json!(80), &json!(80)));
    assert_eq!(area["difference"], "not_clearly_different");
    assert_eq!(answer["periods"][0]["requested"], Value::Null);
}

#[tokio::test]
async fn steps_end_where_the_incidents_do() {
    let server = server(half());
    let answer = planned(&server, &format!("/series?{EDITION}&areas=20335&window=TK-2022&by=quarter")).await;
    let points = answer["areas"][0]["points"].as_array().unwrap();
    let steps: Vec<_> = points.iter().map(|point| (point["from"].as_str().unwrap(), &point["partial"])).collect();
    let (partial, whole) = (json!(true), json!(false));
    assert_eq!(steps, [("2021-12-15", &partial), ("2022-01-01", &whole), ("2022-04-01", &partial)]);
    // A released year of which a part is covered is one step of the public too.
    let public = server.public(&format!("/series?{EDITION}&areas=20335&window=TK-2022")).await.json();
    assert_eq!(public["areas"][0]["points"][0]["incidents"], 80, "{public}");
}

#[tokio::test]
async fn questions_cut_to_the_same_days_count_the_same_and_each_says_what_it_asked() {
    let server = server(half());
    let path = |to: &str| format!("/ratings?{EDITION}&from=2021-12-15&to={to}");
    let (one, other) = (path("2022-12-15"), path("2023-02-01"));
    let assessments = || {
        let caches = server.state.service.caches();
        caches.into_iter().find(|cache| cache.name == "assessments").unwrap().entries
    };
    let first = planned(&server, &one).await;
    let made = assessments();
    let second = planned(&server, &other).await;
    assert_eq!(first["areas"], second["areas"]);
    assert_eq!((&first["requested"]["to"], &second["requested"]["to"]), (&json!("2022-12-15"), &json!("2023-02-01")));
    let exact = planned(&server, &path("2022-06-15")).await;
    assert_eq!((&exact["areas"], &exact["requested"]), (&first["areas"], &Value::Null));
    let mut tags = Vec::new();
    for path in [one, other, path("2022-06-15")] {
        tags.push(server.with_token(PLANNER, &path).await.header("etag").to_owned());
    }
    tags.sort();
    tags.dedup();
    assert_eq!(tags.len(), 3, "answers that differ have tags that differ");
    assert_eq!(assessments(), made, "counted once");
}

#[tokio::test]
async fn period_of_which_nothing_is_left_is_refused_with_the_days_there_are() {
    let server = server(half());
    for path in [
        format!("/ratings?{EDITION}&window=TK-2023"),
        format!("/ratings?{EDITION}&from=2010-01-01&to=2020-12-15"),
        format!("/tiles/communes/9/409/232?{EDITION}&window=TK-2023"),
        format!("/tiles/communes?{EDITION}&window=TK-2023"),
        format!("/series?{EDITION}&areas=20335&window=TK-2023"),
        format!("/export/svg?{EDITION}&window=TK-2023"),
    ] {
        let reply = server.with_token(PLANNER, &path).await;
        assert_eq!((reply.status.as_u16(), reply.header("content-type")), (404, "application/problem+json"), "{path}");
        let problem = reply.json();
        assert!(problem["type"].as_str().unwrap().ends_with("/problems/not-covered"), "{problem}");
        assert_eq!(problem["covered"], json!([{ "from": "2020-12-15", "to": "2022-06-15" }]), "{path}");
        assert!(problem["detail"].as_str().unwrap().contains("từ 15/12/2020 đến 14/06/2022"), "{problem}");
    }
    assert_eq!(server.public("/problems/not-covered").await.status, 200);
}

#[tokio::test]
async fn meta_names_the_days_and_the_default_window_has_some() {
    let channel = CoverageScope::Channel("113".to_owned());
    let server = server([half(), vec![declared(channel, "2021-12-15..2022-06-15")]].concat());
    let meta = server.public("/meta").await.json();
    let coverage = &meta["coverage"];
    assert_eq!(coverage["periods"], json!([{ "from": "2020-12-15", "to": "2022-06-15" }]));
    assert_eq!((&coverage["declared"], &coverage["districts"]), (&json!(true), &json!([])));
    assert_eq!(coverage["channels"][0]["id"], "113");
    assert_eq!(coverage["note"]["vi"], "Số liệu vụ việc từ 15/12/2020 đến 14/06/2022.");
    let windows = meta["windows"].as_array().unwrap();
    let window = |id: &str| windows.iter().find(|window| window["id"] == id).unwrap();
    assert_eq!(window("TK-2022")["covered"], json!({ "from": "2021-12-15", "to": "2022-06-15" }));
    assert_eq!((&window("TK-2022")["to"], &window("TK-2023")["covered"]), (&json!("2022-12-15"), &Value::Null));
    let default = meta["default_window"].as_str().unwrap();
    assert_ne!(window(default)["covered"], Value::Null, "{default}");
    let answer = server.public("/ratings").await.json();
    assert_eq!(answer["window"]["id"], default);
    // The channel began between the two: what changed could be the channel.
    let periods = "2020-12-15..2021-06-15,2021-12-15..2022-06-15";
    let refused = server.with_token(PLANNER, &format!("/comparison?{EDITION}&areas=20335&periods={periods}")).await;
    assert_eq!(refused.status, 404);
    assert!(refused.json()["detail"].as_str().unwrap().contains("113"), "{}", refused.json());
}

#[tokio::test]
async fn district_known_on_fewer_days_has_no_count_and_takes_no_part() {
    let district = CoverageScope::District(key("2025-01", "503"));
    let server = server([half(), vec![declared(district, "2022-01-15..2022-06-15")]].concat());
    let answer = planned(&server, &format!("/ratings?{EDITION}&window=TK-2022")).await;
    let [first, second, third, fourth] = answer["areas"].as_array().unwrap().as_slice() else { panic!("four") };
    for row in [third, fourth] {
        for member in ["incidents", "rate", "expected", "ratio", "person_years", "trend"] {
            assert!(row[member].is_null(), "{member}: {row}");
        }
        assert_eq!((&row["grade"], &row["withheld"]), (&json!("none"), &json!("not_covered")));
    }
    // Of 160 thefts among the two that are known, half each; the others' do not raise what is expected.
    assert_eq!((&first["incidents"], &second["incidents"]), (&json!(80), &json!(80)));
    for row in [first, second] {
        assert!((row["expected"].as_f64().unwrap() - 80.0).abs() < 1e-9, "{row}");
    }
    let sentence = &planned(&server, "/areas/2025-01/20401/explanation?window=TK-2022").await["sentence"];
    assert!(sentence["vi"].as_str().unwrap().contains("chưa đủ ngày"), "{sentence}");
    // On the other edition the commune that holds most of them; within their own days they count again.
    let other = planned(&server, "/ratings?edition=2025-07&window=TK-2022").await;
    assert_eq!((&other["areas"][0]["incidents"], &other["areas"][1]["incidents"]), (&json!(160), &Value::Null));
    let short = planned(&server, &format!("/ratings?{EDITION}&from=2022-02-01&to=2022-06-01")).await;
    assert_eq!(short["areas"][2]["incidents"], 80);
    let months = planned(&server, &format!("/series?{EDITION}&areas=20401&window=TK-2022&by=month")).await;
    let counts: Vec<&Value> =
        months["areas"][0]["points"].as_array().unwrap().iter().map(|one| &one["incidents"]).collect();
    let null = Value::Null;
    assert_eq!(counts, [&null, &null, &json!(0), &json!(80), &json!(0), &json!(0), &json!(0)]);
}

#[tokio::test]
async fn tables_and_pictures_say_what_was_cut() {
    let server = server(half());
    let said = "Chỉ tính từ 15/12/2021 đến 14/06/2022";
    let picture = server.public(&format!("/export/svg?{EDITION}&window=TK-2022")).await;
    assert!(String::from_utf8(picture.plain()).unwrap().contains(said));
    let whole = server.public(&format!("/export/svg?{EDITION}&window=TK-2021")).await;
    assert!(!String::from_utf8(whole.plain()).unwrap().contains("Chỉ tính"));
    let table = server.public(&format!("/ratings?{EDITION}&window=TK-2022&f=csv")).await;
    let table = String::from_utf8(table.plain()).unwrap();
    assert!(table.contains("2021-12-15,2022-06-15") && !table.contains("2022-12-15"), "{table}");
}

#[tokio::test]
async fn of_no_incidents_nothing_is_claimed() {
    let server = server_of(Vec::new(), &[]);
    assert_eq!(server.public("/meta").await.json()["coverage"], Value::Null);
    let answer = planned(&server, &format!("/ratings?{EDITION}&window=TK-2022")).await;
    assert_eq!((&answer["requested"], &answer["window"]["to"]), (&Value::Null, &json!("2022-12-15")));
    assert!(answer["areas"].as_array().unwrap().iter().all(|row| row["trend"].is_null()));
}

#[tokio::test]
async fn units_are_known_beyond_the_incidents() {
    let server = server(vec![declared(CoverageScope::Everything, "2020-12-15..2021-12-15")]);
    let path = format!("/certifications?{EDITION}&window=N-2022");
    let answer = planned(&server, &path).await;
    assert_eq!((&answer["window"]["to"], &answer["requested"]), (&json!("2023-01-01"), &Value::Null));
    assert_eq!(answer["windows"]["commune"]["window"]["id"], "ANTT-2022-xa");
    let share = server.public("/share/d2luZG93PVRLLTIwMjI").await; // window=TK-2022
    assert_eq!(share.status, 200, "a window without incidents falls back to one with some");
}
