//! What a store keeps of its imports: each with the state that it brought, none without it, and only so many.

#![expect(clippy::unwrap_used, reason = "the helpers of tests may fail loudly")]

use std::path::Path;

use binhyen::domain::area::population::Population;
use binhyen::domain::area::{Area, AreaKey, Level};
use binhyen::domain::import_record::{ImportContents, ImportRecord, ImportedRows, StoredImport};
use binhyen::store::{ImportsFound, MOST_IMPORTS, Replacement, SourceKind, Store};

use crate::support::imports::{Bench, TWO_SQUARES, words};

const OWN: SourceKind = SourceKind::Own;

async fn opened(folder: &Path) -> Store {
    Store::open(folder, &words().taxonomy).await.unwrap()
}

fn record(file: &str) -> ImportRecord {
    let rows = ImportedRows { read: 1, added: 1, ..ImportedRows::default() };
    ImportRecord::new(1_764_468_000, "population", file, ImportContents { rows, ..ImportContents::default() })
}

fn residents(year: i16) -> [Population; 1] {
    [Population { area: key("20335"), year, residents: 7 }]
}

fn key(code: &str) -> AreaKey {
    AreaKey { edition: "2020-02".parse().unwrap(), code: code.parse().unwrap() }
}

fn files(imports: &[StoredImport]) -> Vec<&str> {
    imports.iter().map(|import| import.record.file.as_str()).collect()
}

#[tokio::test]
async fn a_record_comes_with_the_state_that_its_import_shows() {
    let folder = tempfile::tempdir().unwrap();
    let (store, importer) = (opened(folder.path()).await, opened(folder.path()).await);
    assert_eq!(store.import_records().await.unwrap(), [], "nothing yet");
    let held = importer.hold_back().await.unwrap();
    importer.import(&residents(2019), OWN).await.unwrap();
    assert_eq!(store.import_records().await.unwrap(), [], "held back");
    held.publish_recorded(&record("a.csv")).await.unwrap();
    let epoch = store.epoch().await.unwrap();
    let stored = StoredImport { number: 1, epoch, record: record("a.csv") };
    assert_eq!(store.import_records().await.unwrap(), std::slice::from_ref(&stored));
    assert_eq!(store.epoch().await.unwrap(), epoch, "a record is no data");
    store.close().await;
    assert_eq!(opened(folder.path()).await.import_records().await.unwrap(), [stored], "opened again");
}

#[tokio::test]
async fn an_import_that_is_undone_leaves_no_record() {
    let folder = tempfile::tempdir().unwrap();
    let (store, importer) = (opened(folder.path()).await, opened(folder.path()).await);
    store.add_import_record(&record("before.csv")).await.unwrap();
    let held = importer.hold_back().await.unwrap();
    importer.import(&residents(2019), OWN).await.unwrap();
    drop(held);
    assert!(matches!(store.settle_imports().await.unwrap(), ImportsFound::Undone(_)));
    assert_eq!(files(&store.import_records().await.unwrap()), ["before.csv"]);
}

#[tokio::test]
async fn the_last_imports_are_kept_and_no_more() {
    let folder = tempfile::tempdir().unwrap();
    let store = opened(folder.path()).await;
    for number in 0..MOST_IMPORTS + 3 {
        store.add_import_record(&record(&format!("{number}.csv"))).await.unwrap();
    }
    let kept = store.import_records().await.unwrap();
    assert_eq!(kept.len(), MOST_IMPORTS as usize);
    assert_eq!((files(&kept)[0], *files(&kept).last().unwrap()), ("102.csv", "3.csv"));
    assert!(kept.is_sorted_by(|newer, older| newer.number > older.number));
}

#[tokio::test]
async fn boundaries_are_recorded_with_what_they_changed() {
    let folder = tempfile::tempdir().unwrap();
    let store = opened(folder.path()).await;
    let area = |code: &str, name: &str| Area {
        key: key(code),
        level: Level::Commune,
        name: name.to_owned(),
        parent: None,
        boundary: None,
    };
    let (edition, level) = (key("20335").edition, Level::Commune);
    let [first, second] = [[area("20335", "Một"), area("20338", "Hai")], [area("20335", "Một"), area("20341", "Ba")]];
    for areas in [&first, &second, &second] {
        let new = Replacement { edition, level, areas, districts: &[], populations: &[] };
        store.replace_areas_recorded(&new, record("b.geojson")).await.unwrap();
    }
    let imports = store.import_records().await.unwrap();
    let rows: Vec<_> = imports.iter().rev().map(|import| import.record.contents.rows).collect();
    let counts: Vec<_> = rows.iter().map(|rows| (rows.added, rows.unchanged, rows.removed)).collect();
    assert_eq!(counts, [(2, 0, 0), (1, 1, 1), (0, 2, 0)]);
    let epoch = store.epoch().await.unwrap();
    assert_eq!(imports.iter().map(|import| import.epoch).collect::<Vec<_>>(), [epoch, epoch, epoch - 1]);
}

#[test]
fn the_program_records_its_imports_without_a_value_of_their_files() {
    let bench = Bench::new();
    let boundaries = bench.file("a.geojson", TWO_SQUARES);
    bench.succeed(&["import", "boundaries", &boundaries, "--edition", "2020-02"]);
    let rows =
        "id,time,category,severity\n1,2024-01-01 10:00,chay,1\n2,2024-01-01 10:00,Trần Văn X,1\n3,hôm qua,chay,1\n";
    let file = bench.file("vu-viec.csv", rows);
    for more in [&["--dry-run"][..], &[], &["--publish-batches"]] {
        bench.reject(&[&["import", "incidents", &file], more].concat());
    }
    let store = crate::support::imports::store(&bench.data());
    let imports = crate::support::imports::wait(store.import_records()).unwrap();
    assert_eq!(files(&imports), ["vu-viec.csv", "vu-viec.csv", "a.geojson"], "a dry run writes nothing");
    let [again, incidents, boundaries] = imports.as_slice() else { panic!("{imports:?}") };
    let rows = |import: &StoredImport| import.record.contents.rows;
    let first = ImportedRows { read: 3, added: 1, rejected: 2, ..ImportedRows::default() };
    assert_eq!((rows(incidents), rows(again)), (first, ImportedRows { added: 0, unchanged: 1, ..first }));
    assert_eq!((rows(boundaries).read, rows(boundaries).added), (2, 2));
    let contents = &incidents.record.contents;
    let fields: Vec<_> = contents.rejected_by_field.iter().map(|field| (&*field.field, field.rows)).collect();
    assert_eq!(fields, [("category", 1), ("time", 1)]);
    assert_eq!(contents.examples.iter().map(|example| example.line).collect::<Vec<_>>(), [3, 4]);
    let kept = format!("{imports:?}");
    for value in ["Trần", "hôm qua", bench.data().to_str().unwrap()] {
        assert!(!kept.contains(value), "{value} is in {kept}");
    }
}
