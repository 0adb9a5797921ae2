//! `import incidents --covers` through the real program: what is declared, kept, joined, replaced and reported.

#![expect(clippy::unwrap_used, reason = "the helpers of tests may fail loudly")]

use binhyen::domain::incident::coverage::{CoverageScope, DataCoverage, DeclaredCoverage};
use serde_json::{Value, json};

use crate::support::imports::{Bench, TWO_SQUARES};

const FILE: &str = "id,time,lon,lat,area_code,edition,category,severity,status,channel,precision\n\
                    A1,2024-01-05 10:00,108.15,15.15,,,chay,1,,,\n\
                    A2,2024-06-20 10:00,108.15,15.15,,,chay,1,,,\n";

fn bench() -> (Bench, String) {
    let bench = Bench::new();
    let file = bench.file("a.csv", FILE);
    (bench, file)
}

fn report(bench: &Bench, file: &str, options: &[&str]) -> Value {
    let out = bench.succeed(&[&["import", "incidents", file, "--format", "json"], options].concat());
    serde_json::from_str(&out).unwrap()
}

/// What is declared in all, as `FROM..TO`.
fn spans(bench: &Bench) -> Vec<String> {
    let coverage = DataCoverage::new(&bench.holdings().coverage, None, 0);
    let spans = coverage.overall.map_or(Vec::new(), |days| days.spans().to_vec());
    spans.iter().map(|span| format!("{}..{}", span.from(), span.to())).collect()
}

#[test]
fn report_names_the_days_of_the_file_and_those_covered() {
    let (bench, file) = bench();
    let undeclared = report(&bench, &file, &[]);
    assert_eq!(
        undeclared["coverage"],
        json!({ "first_day": "2024-01-05", "last_day": "2024-06-20", "declared": false, "outside": null,
                "covered": [{ "from": "2024-01-05", "to": "2024-06-21" }] })
    );
    let out = bench.succeed(&["import", "incidents", &file, "--covers", "2024-01-01..2024-07-01"]);
    assert!(out.contains("incidents from 2024-01-05 to 2024-06-20\n"), "{out}");
    assert!(out.contains("covered, as declared: 2024-01-01 up to before 2024-07-01\n"), "{out}");
    let kept = report(&bench, &file, &[]);
    assert_eq!(kept["coverage"]["covered"], json!([{ "from": "2024-01-01", "to": "2024-07-01" }]), "kept");
    assert_eq!((&kept["coverage"]["declared"], spans(&bench)), (&json!(true), vec!["2024-01-01..2024-07-01".into()]));
}

#[test]
fn declarations_hold_together_until_they_are_made_anew() {
    let (bench, file) = bench();
    report(&bench, &file, &["--covers", "2024-01-01..2024-04-01"]);
    report(&bench, &file, &["--covers", "2024-04-01..2024-07-01", "--covers", "2025-01-01..2025-02-01"]);
    assert_eq!(spans(&bench), ["2024-01-01..2024-07-01", "2025-01-01..2025-02-01"]);
    let dry = report(&bench, &file, &["--dry-run", "--covers-anew", "--covers", "2024-01-01..2024-06-01"]);
    assert_eq!(dry["coverage"]["covered"], json!([{ "from": "2024-01-01", "to": "2024-06-01" }]));
    assert_eq!(dry["coverage"]["outside"], json!({ "first_day": "2024-06-20", "last_day": "2024-06-20" }));
    assert_eq!(spans(&bench).len(), 2, "a dry run declares nothing");
    let before = report(&bench, &file, &[])["epoch"].as_u64().unwrap();
    let anew = report(&bench, &file, &["--covers-anew", "--covers", "2024-01-01..2024-06-01"]);
    assert_eq!((anew["epoch"].as_u64().unwrap(), spans(&bench)), (before + 1, vec!["2024-01-01..2024-06-01".into()]));
    let again = report(&bench, &file, &["--covers-anew", "--covers", "2024-01-01..2024-06-01"]);
    assert_eq!(again["epoch"].as_u64().unwrap(), before + 1, "the same again changes nothing");
}

#[test]
fn end_left_open_goes_on_to_the_last_incident() {
    let (bench, file) = bench();
    let open = report(&bench, &file, &["--covers", "2023-12-15.."]);
    assert_eq!(open["coverage"]["covered"], json!([{ "from": "2023-12-15", "to": "2024-06-21" }]));
}

#[test]
fn channels_and_districts_are_declared_by_their_codes() {
    let (bench, file) = bench();
    let squares = bench.file("squares.geojson", TWO_SQUARES.replace("\"name\":", "\"parent\":\"502\",\"name\":"));
    let districts = bench.file("districts.csv", "code,name\n502,Huyện Một\n");
    let edition = ["--edition", "2020-02"];
    bench.succeed(&[&["import", "boundaries", &districts, "--level", "district"][..], &edition].concat());
    bench.succeed(&[&["import", "boundaries", &squares][..], &edition].concat());
    let options = ["--covers-channel", "113=2024-02-01..", "--covers-district", "502=2024-01-01..2024-05-01"];
    report(&bench, &file, &[&options[..], &edition].concat());
    let scopes: Vec<CoverageScope> =
        bench.holdings().coverage.into_iter().map(|DeclaredCoverage { scope, .. }| scope).collect();
    assert!(matches!(&scopes[0], CoverageScope::Channel(id) if id == "113"), "{scopes:?}");
    assert!(matches!(&scopes[1], CoverageScope::District(key) if key.to_string() == "2020-02/502"), "{scopes:?}");

    for (options, words) in [
        (&["--covers-channel", "pigeon=2024-01-01.."][..], "no such channel; there are"),
        (&["--covers-district", "502=2024-01-01.."][..], "--edition must say"),
        (&["--covers-district", "20335=2024-01-01..", "--edition", "2020-02"][..], "is no district but a commune"),
        (&["--covers-anew"][..], "needs --covers"),
    ] {
        let run = bench.run(&[&["import", "incidents", &file], options].concat());
        assert_eq!((run.code, run.err.contains(words)), (Some(2), true), "{}", run.err);
    }
}

#[test]
fn days_that_are_none_are_refused_with_the_form_expected() {
    let (bench, file) = bench();
    for (days, words) in [
        ("2024", "not of the form FROM..TO, as 2022-12-15..2025-12-15"),
        ("01/01/2024..01/07/2024", "not of the form"),
        ("2024-02-30..2024-07-01", "\"2024-02-30\" is not a day"),
        ("2024-07-01..2024-01-01", "TO is the first day that is not covered"),
    ] {
        let run = bench.run(&["import", "incidents", &file, "--covers", days]);
        assert_eq!((run.code, run.err.contains(words)), (Some(2), true), "{days}: {}", run.err);
    }
    let help = bench.succeed(&["import", "incidents", "--help"]);
    assert!(help.contains("--covers 2025-12-15..2026-06-15"), "{help}");
}
