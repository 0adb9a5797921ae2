//! The revision: another one for everything that may change an answer, the same one otherwise.

#![expect(clippy::unwrap_used, reason = "the helpers of tests may fail loudly")]

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;

use binhyen::config::RuleFiles;
use binhyen::domain::time::period::Day;
use binhyen::service::revision::revision;
use binhyen::snapshot::build;

use crate::support::imports::{Bench, TWO_SQUARES, holdings};
use crate::support::rule_set_of;

/// A day when no window of years to come has been released.
fn day() -> Day {
    Day::of_date("2024-06-01".parse().unwrap())
}

fn revision_with(data: &Path, files: &RuleFiles, day: Day) -> String {
    revision(&build(holdings(data), &rule_set_of(files), None).unwrap(), day)
}

fn revision_of(data: &Path) -> String {
    revision_with(data, &RuleFiles::embedded(), day())
}

/// A folder with two communes.
fn filled() -> Bench {
    let bench = Bench::new();
    let squares = bench.file("a.geojson", TWO_SQUARES);
    bench.succeed(&["import", "boundaries", &squares, "--edition", "2020-02"]);
    bench
}

fn import_incident(bench: &Bench, id: &str) {
    let row = format!("id,time,category,severity\n{id},2024-01-01,chay,1\n");
    bench.succeed(&["import", "incidents", &bench.file("i.csv", row)]);
}

#[test]
fn two_folders_filled_alike_never_share_a_revision() {
    let (one, other) = (filled(), filled());
    assert_eq!(one.holdings().epoch, other.holdings().epoch);
    assert_ne!(one.holdings().data_id, other.holdings().data_id);
    assert_ne!(revision_of(&one.data()), revision_of(&other.data()));
}

#[test]
fn a_folder_read_again_gives_the_revision_of_before() {
    let bench = filled();
    let before = revision_of(&bench.data());
    assert_eq!(revision_of(&bench.data()), before);
    let squares = bench.path("a.geojson");
    bench.succeed(&["import", "boundaries", squares.to_str().unwrap(), "--edition", "2020-02"]);
    assert_eq!(revision_of(&bench.data()), before, "an import that changes nothing");
}

#[test]
fn an_import_changes_the_revision() {
    let bench = filled();
    let before = revision_of(&bench.data());
    import_incident(&bench, "A");
    assert_ne!(revision_of(&bench.data()), before);
}

#[test]
fn a_backup_that_goes_another_way_from_the_same_epoch_has_another_revision() {
    let bench = filled();
    let backup = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(bench.data()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            std::fs::copy(&path, backup.path().join(path.file_name().unwrap())).unwrap();
        }
    }
    assert_eq!(revision_of(backup.path()), revision_of(&bench.data()), "a copy is the same data");
    import_incident(&bench, "A");
    let row = bench.file("b.csv", "id,time,category,severity\nB,2024-01-01,chay,1\n");
    let run = crate::support::imports::run_with(backup.path(), &["import", "incidents", &row]);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    assert_eq!(holdings(backup.path()).epoch, bench.holdings().epoch);
    assert_ne!(revision_of(backup.path()), revision_of(&bench.data()));
}

#[test]
fn each_rule_file_has_its_part_in_the_revision() {
    let bench = filled();
    let commented = |text: &str| Cow::Owned(format!("{text}\n# another version\n"));
    let shipped = RuleFiles::embedded();
    let mut scheme = shipped.clone();
    scheme.schemes[0].text = commented(&shipped.schemes[0].text);
    let mut circular = shipped.clone();
    circular.circulars[0].text = commented(&shipped.circulars[0].text);
    let files = [
        RuleFiles { taxonomy: commented(&shipped.taxonomy), ..shipped.clone() },
        RuleFiles { rules: commented(&shipped.rules), ..shipped.clone() },
        RuleFiles { peers: commented(&shipped.peers), ..shipped.clone() },
        RuleFiles { editions: commented(&shipped.editions), ..shipped.clone() },
        scheme,
        circular,
        shipped,
    ];
    let revisions: BTreeSet<String> = files.iter().map(|files| revision_with(&bench.data(), files, day())).collect();
    assert_eq!(revisions.len(), files.len());
}

#[test]
fn a_day_changes_the_revision_only_when_it_releases_a_window() {
    let bench = filled();
    let on = |date: &str| revision_with(&bench.data(), &RuleFiles::embedded(), Day::of_date(date.parse().unwrap()));
    assert_eq!(on("2024-06-01"), on("2024-06-02"));
    assert_ne!(on("2019-01-01"), on("2024-06-01"));
}
