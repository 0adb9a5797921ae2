//! Releases: what is imported later changes nothing published, and the next one adds windows and nothing else.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::http::StatusCode;
use axum::http::header::CONTENT_LENGTH;
use binhyen::config::Flags;
use binhyen::domain::area::AreaKey;
use binhyen::domain::holdings::Holdings;
use binhyen::domain::incident::Incident;
use binhyen::domain::incident::IncidentRow;
use binhyen::domain::incident::coverage::{CoverageScope, DeclaredCoverage};
use binhyen::domain::time::period::Day;
use binhyen::service::live::releasing::{NextRelease, ReleaseMaker};
use binhyen::service::live::{CountedSteps, today};
use binhyen::service::public_tables::{DisclosureReport, PublicTables};
use binhyen::snapshot::{Snapshot, build};
use binhyen::store::{ReleaseOutcome, Store};
use jiff::civil::{Date, date};

use crate::support::province::shipped_rules;
use crate::support::random_province::random_province;
use crate::support::snapshot::{
    COMMANDER, TestResponse, TestServer, holdings_with_thefts, released_on, rule_set, tile_at,
};

/// Windows up to that of 2023 are due; that of 2024 is not.
const FIRST: Date = date(2024, 6, 1);
/// That of 2024 is due too.
const SECOND: Date = date(2025, 6, 1);

fn day(date: Date) -> Day {
    Day::of_date(date)
}

/// What the store holds after the first release was made of 40, 4 and 20 thefts: that, and other numbers of thefts now.
fn after_first(thefts: [u32; 3]) -> Holdings {
    let rules = rule_set();
    let before = build(holdings_with_thefts(&rules, [40, 4, 20]), &rules, None).unwrap();
    let mut holdings = holdings_with_thefts(&rules, thefts);
    holdings.releases.clone_from(&released_on(before, day(FIRST)).releases);
    holdings
}

fn built(holdings: Holdings) -> Snapshot {
    build(holdings, &rule_set(), None).unwrap()
}

/// Every kind of public answer, on both editions, every level and every released window.
fn addresses() -> Vec<String> {
    let mut all: Vec<String> = ["/meta", "/version", "/gazetteer", "/readyz", "/healthz", "/tiles", "/styles", "/api"]
        .map(str::to_owned)
        .into();
    all.extend(["/", "/embed", "/docs", "/styles/light", "/models/kinds", "/models"].map(str::to_owned));
    all.extend(["/ratings?window=TK-2024", "/incidents", "/tiles/incidents"].map(str::to_owned));
    let (x, y) = tile_at(9, 108.05, 15.55);
    for (edition, levels) in
        [("2025-01", &["commune", "district", "province"][..]), ("2025-07", &["commune", "province"])]
    {
        for window in ["TK-2021", "TK-2022", "TK-2023", "3N-2023"] {
            let filter = format!("edition={edition}&window={window}");
            for set in ["map", "communes", "labels"] {
                all.push(format!("/tiles/{set}?{filter}"));
                all.push(format!("/tiles/{set}/9/{x}/{y}?{filter}"));
            }
            for level in levels {
                let at = format!("{filter}&level={level}");
                let kinds = ["ratings", "areas", "certifications", "series", "export/svg"];
                all.extend(kinds.map(|kind| format!("/{kind}?{at}")));
                all.push(format!("/comparison?{at}&areas=20335,20401"));
            }
            for code in ["20335", "20338", "20401"] {
                all.push(format!("/areas/{edition}/{code}?window={window}"));
                all.push(format!("/areas/{edition}/{code}/explanation?window={window}"));
            }
        }
    }
    all
}

/// The public's answers by address: status, headers, bytes. What is only the clock's is left out.
async fn read(server: &TestServer) -> BTreeMap<String, (StatusCode, Vec<(String, Vec<u8>)>, Vec<u8>)> {
    let mut read = BTreeMap::new();
    for address in addresses() {
        let response = server.public(&address).await;
        let plain = response.plain();
        let TestResponse { status, headers, bytes: _ } = response;
        // A tile that is kept states the length of its coded form, one that is made as it is sent does not; and every
        // answer names its own request.
        let headers = headers.iter().filter(|(name, _)| *name != CONTENT_LENGTH && *name != "x-request-id");
        let mut headers: Vec<(String, Vec<u8>)> =
            headers.map(|(name, value)| (name.to_string(), value.as_bytes().to_vec())).collect();
        headers.sort();
        read.insert(address, (status, headers, plain));
    }
    read
}

#[tokio::test]
async fn late_report_of_a_hidden_four_moves_no_byte_of_any_public_answer() {
    let server = TestServer::without_snapshot(Flags::default(), &[]);
    server.state.service.serve(Arc::new(built(after_first([40, 4, 20]))));
    let before = read(&server).await;
    let commander = server.with_token(COMMANDER, "/ratings?edition=2025-01&window=TK-2022").await.json();
    // The fifth theft comes in: for the rule its commune would no longer be small.
    let mut late = after_first([40, 5, 20]);
    (late.epoch, late.commit_id) = (late.epoch + 1, 12);
    server.state.service.serve(Arc::new(built(late)));
    let after = read(&server).await;
    for (address, answer) in &before {
        let (status, headers, bytes) = &after[address];
        assert_eq!((status, headers), (&answer.0, &answer.1), "{address}");
        assert!(*bytes == answer.2, "{address}: {} bytes before, {} after", answer.2.len(), bytes.len());
    }
    let answered = before.values().filter(|(status, ..)| status.is_success()).count();
    assert!(answered * 2 > before.len(), "{answered} of {} are numbers and not refusals", before.len());
    let now = server.with_token(COMMANDER, "/ratings?edition=2025-01&window=TK-2022").await.json();
    assert_ne!(now["areas"], commander["areas"], "a commander sees the report at once");
    assert_ne!(now["epoch"], commander["epoch"]);
    assert_eq!(now["release"], serde_json::Value::Null);
}

#[tokio::test]
async fn report_beyond_the_days_known_so_far_moves_no_byte_where_none_are_declared() {
    let rules = rule_set();
    let more = |mut holdings: Holdings, days: &[Date]| {
        let one = holdings.incidents.at(IncidentRow::new(0)).unwrap();
        for date in days {
            let unix_seconds = day(*date).first_second() + 3600;
            holdings.incidents.push(&Incident { id: format!("on-{date}"), unix_seconds, ..one.clone() });
        }
        holdings
    };
    let undeclared = || {
        let holdings = Holdings { coverage: Vec::new(), ..holdings_with_thefts(&rules, [40, 4, 20]) };
        more(holdings, &[date(2020, 3, 9), date(2024, 5, 10)])
    };
    let first = released_on(build(undeclared(), &rules, None).unwrap(), day(FIRST));
    let server = TestServer::without_snapshot(Flags::default(), &[]);
    server.state.service.serve(Arc::clone(&first));
    let before = read(&server).await;
    let mut late = more(undeclared(), &[date(2019, 8, 17), date(2024, 5, 29)]);
    late.releases.clone_from(&first.releases);
    (late.epoch, late.commit_id) = (late.epoch + 1, 12);
    server.state.service.serve(Arc::new(built(late)));
    let after = read(&server).await;
    for (address, answer) in &before {
        assert!(after[address] == *answer, "{address}");
    }
    let meta = server.public("/meta").await.json();
    assert_eq!(meta["coverage"]["declared"], false);
    let commander = server.with_token(COMMANDER, "/meta").await.json();
    assert_eq!(commander["coverage"]["periods"][0]["to"], "2024-05-30", "who sees all sees it at once");
    for period in meta["coverage"]["periods"].as_array().unwrap() {
        for end in [&period["from"], &period["to"]] {
            assert!(end.as_str().unwrap().ends_with("-01") || end.as_str().unwrap().ends_with("-12-15"), "{end}");
        }
    }
}

/// Holdings in which the days of a district are declared beside those of everything, with these reports late.
fn with_district_days(days: &str, late: &[Date]) -> Holdings {
    let mut holdings = holdings_with_thefts(&rule_set(), [40, 4, 20]);
    let scope = CoverageScope::District(AreaKey { edition: "2025-01".parse().unwrap(), code: "503".parse().unwrap() });
    holdings.coverage.push(DeclaredCoverage { scope, days: days.parse().unwrap() });
    let one = holdings.incidents.at(IncidentRow::new(0)).unwrap();
    for (number, date) in late.iter().enumerate() {
        let unix_seconds = day(*date).first_second() + 3600;
        holdings.incidents.push(&Incident { id: format!("late-{number}"), unix_seconds, ..one.clone() });
    }
    holdings
}

/// A server of its own, so that no answer of another world is at hand.
fn serving(snapshot: Arc<Snapshot>) -> TestServer {
    let server = TestServer::without_snapshot(Flags::default(), &[]);
    server.state.service.serve(snapshot);
    server
}

#[tokio::test]
async fn days_of_a_district_are_those_of_the_release() {
    // The days go on to the last incident, in the summer of 2022; a report of the end of 2023 moves that end.
    let first = released_on(built(with_district_days("2019-12-15..", &[])), day(FIRST));
    let server = serving(Arc::clone(&first));
    let before = read(&server).await;
    let rows = server.public("/ratings?edition=2025-01&window=3N-2023").await.json();
    assert!(rows["areas"].as_array().unwrap().iter().all(|row| row["withheld"] != "not_covered"), "{rows}");
    for days in ["2019-12-15..", "2019-12-15..2021-12-15"] {
        let mut later = with_district_days(days, &[date(2023, 12, 10)]);
        later.releases.clone_from(&first.releases);
        let after = read(&serving(Arc::new(built(later)))).await;
        for (address, answer) in &before {
            assert!(after[address] == *answer, "{days}: {address}");
        }
    }
}

#[tokio::test]
async fn days_of_a_district_that_a_release_was_told_of_are_in_its_rows() {
    let server = serving(released_on(built(with_district_days("2019-12-15..2022-06-15", &[])), day(FIRST)));
    let rows = server.public("/ratings?edition=2025-01&window=TK-2022").await.json();
    let seen = |code: &str| {
        let row = rows["areas"].as_array().unwrap().iter().find(|row| row["code"] == code).unwrap();
        (row["withheld"] == "not_covered", row["incidents"].is_null())
    };
    assert_eq!((seen("20401"), seen("20335").0), ((true, true), false), "of half of the year nothing is known there");
    let meta = server.public("/meta").await.json();
    assert_eq!(meta["coverage"]["districts"][0]["periods"][0]["to"], "2022-06-15", "{meta}");
}

#[tokio::test]
async fn the_next_release_adds_windows_and_leaves_those_before_as_they_were() {
    let rules = rule_set();
    let server = TestServer::without_snapshot(Flags::default(), &[]);
    server.state.service.serve(Arc::new(built(after_first([40, 4, 20]))));
    let before = server.public("/ratings?edition=2025-01&window=TK-2022").await.json();
    assert_eq!(before["release"], serde_json::json!({ "number": 1, "made_on": "2024-06-01" }));
    assert_eq!(server.public("/ratings?edition=2025-01&window=TK-2024").await.status, 403, "not in the first");

    let mut more = after_first([40, 9, 20]);
    let one = more.incidents.at(IncidentRow::new(0)).unwrap();
    for number in 0..30 {
        let unix_seconds = day(date(2024, 3, 1)).first_second() + 3600 * number;
        more.incidents.push(&Incident { id: format!("year-2024-{number:03}"), unix_seconds, ..one.clone() });
    }
    more.open_change.epoch += 1;
    let snapshot = released_on(build(more, &rules, None).unwrap(), day(SECOND));
    let [first, second] = &snapshot.releases[..] else { panic!("{} releases", snapshot.releases.len()) };
    for step in &first.contents.steps {
        assert!(second.contents.steps.contains(step), "{:?} is counted as it was", step.days);
    }
    let since = |id: &str| second.contents.windows.iter().find(|window| window.id == id).map(|window| window.since);
    assert_eq!(["TK-2022", "3N-2023", "TK-2024", "3N-2024"].map(since), [Some(1), Some(1), Some(2), Some(2)]);
    server.state.service.serve(snapshot);
    let after = server.public("/ratings?edition=2025-01&window=TK-2022").await.json();
    assert_eq!((&after["areas"], &after["totals"]), (&before["areas"], &before["totals"]));
    assert_eq!(after["release"]["number"], 2);
    // The commune of the thirty is what the hidden four of the first release is exchanged with: only wider areas may show
    // them.
    let new = server.public("/ratings?edition=2025-01&level=province&window=TK-2024").await.json();
    assert_eq!(new["areas"][0]["incidents"], 30, "{new}");
}

#[tokio::test]
async fn without_a_release_the_public_gets_a_problem_and_no_number() {
    let server = TestServer::without_snapshot(Flags::default(), &[]);
    server.state.service.serve(Arc::new(crate::support::snapshot::snapshot()));
    for address in ["/ratings?window=TK-2022", "/areas", "/series", "/tiles/communes", "/export/svg?window=TK-2022"] {
        let reply = server.public(address).await;
        assert_eq!(reply.status, 403, "{address}");
        let problem = reply.json();
        assert!(problem["type"].as_str().unwrap().ends_with("/problems/not-released"), "{problem}");
        assert_eq!(problem["released"], serde_json::json!([]), "{address}");
    }
    let meta = server.public("/meta").await.json();
    assert_eq!((&meta["release"], &meta["default_window"]), (&serde_json::Value::Null, &serde_json::Value::Null));
    assert_eq!(meta["windows"], serde_json::json!([]));
    assert_eq!(server.with_token(COMMANDER, "/ratings?window=TK-2022").await.status, 200);
    // The first released window of the rules that has days is over on 14 December 2021; 30 days are waited.
    assert_eq!(meta["first_release_due"], "2022-01-14");
    assert_eq!(server.with_token(COMMANDER, "/meta").await.json()["first_release_due"], "2022-01-14");
    let rules = rule_set();
    let one_day = Holdings { coverage: Vec::new(), ..holdings_with_thefts(&rules, [1, 0, 0]) };
    server.state.service.serve(Arc::new(build(one_day, &rules, None).unwrap()));
    let meta = server.public("/meta").await.json();
    assert_eq!(meta["first_release_due"], serde_json::Value::Null, "one incident is no month, and does not show");
    let released = TestServer::new().public("/meta").await.json();
    assert_eq!((&released["first_release_due"], &released["release"]["number"]), (&serde_json::Value::Null, &1.into()));
}

#[tokio::test]
async fn of_two_programs_that_make_the_same_release_one_stores_it() {
    let (rules, folder) = (rule_set(), tempfile::tempdir().unwrap());
    let store = Store::open(folder.path(), &rules.taxonomy).await.unwrap();
    let snapshot = Arc::new(crate::support::snapshot::snapshot());
    let next = NextRelease::of(&snapshot, day(FIRST), CountedSteps::New).unwrap().release;
    let before = store.epoch().await.unwrap();
    assert_eq!(store.add_release(&next).await.unwrap(), ReleaseOutcome::Added(before + 1));
    assert_eq!(store.add_release(&next).await.unwrap(), ReleaseOutcome::NumberTaken);
    assert_eq!(store.releases().await.unwrap(), std::slice::from_ref(&next));
    let loaded = store.load().await.unwrap();
    assert_eq!((loaded.releases, loaded.open_change.epoch), (vec![next], before + 1));
}

#[test]
fn late_reports_are_revised_only_where_no_count_changes_by_few() {
    let revised = |thefts| {
        let snapshot = Arc::new(built(after_first(thefts)));
        let next = NextRelease::of(&snapshot, day(FIRST), CountedSteps::All).unwrap();
        assert!(next.added.is_empty() && next.adds_anything());
        next.attacked().unwrap()
    };
    let few = revised([41, 4, 20]);
    assert!(!few.is_safe());
    assert!(few.small_changes().all(|change| (change.before, change.now) != (40, 40)));
    let many = revised([60, 4, 20]);
    assert_eq!(many.small_changes().count(), 0);
    assert!(many.is_safe(), "{:?}", many.report.too_narrow);
    let unchanged = Arc::new(built(after_first([40, 4, 20])));
    assert!(!NextRelease::of(&unchanged, day(FIRST), CountedSteps::All).unwrap().adds_anything());
}

/// What an attack on the releases of a snapshot finds.
fn report_on(snapshot: Arc<Snapshot>) -> DisclosureReport {
    let tables = PublicTables::new(snapshot, day(FIRST), 64 << 20);
    let reading = tables.read(&mut || {}).unwrap();
    tables.audited(&reading).unwrap()
}

#[test]
fn late_report_that_makes_a_hidden_four_known_is_found_before_the_revision_is_stored() {
    let snapshot = Arc::new(built(after_first([40, 5, 20])));
    let next = NextRelease::of(&snapshot, day(FIRST), CountedSteps::All).unwrap();
    let attacked = next.attacked().unwrap();
    assert!(!attacked.is_safe() && attacked.report.release_pairs == 1);
    let said = |what: &str| attacked.report.from_pairs.iter().any(|found| found.contains(what));
    // 44 in the district then, 45 now; the partner had 40 at most, so the hidden one was 4 or 5.
    let place = "2025-01/20338 =Phường An Phú, TK-2022: ";
    assert!(said(&format!("{place}4 is hidden in release 1, releases 1 and 2 together say 4 to 5")), "{attacked:?}");
    assert!(
        said("1 came in after release 1, releases 1 and 2 together say 1 to 1"),
        "{:?}",
        attacked.report.from_pairs
    );
    assert!(attacked.report.too_narrow.is_empty(), "the later table by itself hides nothing");
}

#[test]
fn revision_that_was_stored_is_attacked_with_the_release_that_it_replaced() {
    let mut snapshot = Arc::new(built(after_first([40, 5, 20])));
    let next = NextRelease::of(&snapshot, day(FIRST), CountedSteps::All).unwrap().release;
    Arc::make_mut(&mut Arc::get_mut(&mut snapshot).unwrap().releases).push(next);
    let report = report_on(snapshot);
    assert!(!report.passed && report.release_pairs == 1 && report.follow_from_pairs > 0, "{report:?}");
    // The same incidents counted once more are no other table.
    let mut snapshot = Arc::new(built(after_first([40, 4, 20])));
    let next = NextRelease::of(&snapshot, day(FIRST), CountedSteps::All).unwrap().release;
    Arc::make_mut(&mut Arc::get_mut(&mut snapshot).unwrap().releases).push(next);
    let report = report_on(snapshot);
    assert!(report.passed && report.release_pairs == 0, "{report:?}");
}

#[test]
fn reports_that_were_withdrawn_do_not_end_the_attack() {
    let attacked = |thefts| {
        let snapshot = Arc::new(built(after_first(thefts)));
        NextRelease::of(&snapshot, day(FIRST), CountedSteps::All).unwrap().attacked().unwrap()
    };
    let fewer = attacked([40, 4, 12]);
    assert!(fewer.report.release_pairs == 1 && fewer.is_safe(), "{:?}", fewer.report.from_pairs);
    // What became known elsewhere is found all the same.
    let found = attacked([40, 5, 12]).report.from_pairs;
    assert!(
        found.iter().any(|found| found.contains("20338") && found.contains("4 is hidden in release 1")),
        "{found:?}"
    );
}

#[tokio::test]
async fn release_without_a_table_of_what_police_work_found_is_still_read() {
    let mut holdings = after_first([40, 4, 20]);
    let stored = &mut holdings.releases[0].contents;
    let mut json = serde_json::to_value(&*stored).unwrap();
    assert!(!json.as_object_mut().unwrap().remove("detected").unwrap().as_array().unwrap().is_empty());
    *stored = serde_json::from_value(json).unwrap();
    let server = TestServer::without_snapshot(Flags::default(), &[]);
    server.state.service.serve(Arc::new(built(holdings.clone())));
    let rows = server.public("/ratings?edition=2025-01&window=TK-2022").await.json()["areas"].clone();
    let detected: Vec<_> = rows.as_array().unwrap().iter().map(|row| row["detected"].clone()).collect();
    assert_eq!(detected, vec![serde_json::Value::Null; 4]);
    assert!(rows.as_array().unwrap().iter().any(|row| !row["incidents"].is_null()));
    // The next release has it.
    let next = released_on(built(holdings), day(SECOND));
    assert!(!next.releases[1].contents.detected.is_empty());
}

#[test]
fn late_case_that_police_work_found_is_a_small_change_too() {
    let mut holdings = after_first([40, 4, 20]);
    let one = holdings.incidents.at(IncidentRow::new(0)).unwrap();
    let category = rule_set().taxonomy.category("ma_tuy").unwrap();
    holdings.incidents.push(&Incident { id: "chuyen-an".to_owned(), category, ..one });
    let next = NextRelease::of(&Arc::new(built(holdings)), day(FIRST), CountedSteps::All).unwrap();
    let small: Vec<String> = next.small_changes().map(|change| change.count.to_string()).collect();
    assert!(small.contains(&"2025-01/20335, found by police work".to_owned()), "{small:?}");
    assert!(small.iter().all(|name| name.ends_with(", found by police work")), "{small:?}");
    assert!(!next.attacked().unwrap().is_safe());
}

#[tokio::test]
async fn first_release_of_own_data_is_attacked_before_it_is_stored() {
    let sound = shipped_rules();
    let mut leaking = sound.clone();
    // Shares to a hundred-thousandth, of a single unit on: the counts behind them follow.
    let shares = &mut Arc::make_mut(&mut leaking.rules).disclosure.shares;
    (shares.steps, shares.min_units) = (100_000, 1);
    for (rules, is_made) in [(leaking, false), (sound, true)] {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), &rules.taxonomy).await.unwrap();
        let snapshot = Arc::new(build(random_province(&rules, 3, 6), &rules, None).unwrap());
        let attempt = ReleaseMaker::new(store.clone()).due_attempt(&snapshot, today()).unwrap();
        assert!(!attempt.is_quick());
        let made = attempt.made().await.unwrap();
        assert_eq!((made, store.releases().await.unwrap().len()), (is_made, usize::from(is_made)));
    }
}
