//! An import that was interrupted is undone before a server shows anything, and nothing that was acknowledged with it.

#![expect(clippy::unwrap_used, reason = "the helpers of tests may fail loudly")]

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use binhyen::domain::incident::coverage::{CoverageScope, DeclaredCoverage};
use binhyen::domain::incident::taxonomy::{CategoryIndex, ChannelIndex, PrecisionIndex, Severity, StatusIndex};
use binhyen::domain::incident::{Incident, IncidentLocation};
use binhyen::store::{EarlierDeclarations, ImportsFound, SourceKind, Store};

use crate::support::imports::words;

const OWN: SourceKind = SourceKind::Own;

/// Incidents of one severity.
fn incidents(numbers: Range<u32>, severity: u8) -> Vec<Incident> {
    let incident = |number: u32| Incident {
        id: format!("V{number:05}"),
        unix_seconds: i64::from(number),
        location: IncidentLocation::Unknown,
        category: CategoryIndex::new((number % 5) as u8),
        severity: Severity::new(severity).unwrap(),
        status: StatusIndex::new(0),
        channel: ChannelIndex::new(0),
        precision: PrecisionIndex::new(0),
    };
    numbers.map(incident).collect()
}

async fn opened(folder: &Path) -> Store {
    Store::open(folder, &words().taxonomy).await.unwrap()
}

/// The severity of every incident by its id; the store is sound.
async fn kept(store: &Store) -> BTreeMap<String, u8> {
    assert_eq!(store.integrity().await.unwrap().faults, Vec::<String>::new());
    let held = store.load().await.unwrap().incidents;
    held.rows().filter_map(|row| held.at(row)).map(|one| (one.id.clone(), one.severity.number())).collect()
}

/// Batches of an import that is never published: whoever wrote it is gone.
async fn interrupted(folder: &Path, batches: &[Vec<Incident>]) {
    let importer = opened(folder).await;
    let held = importer.hold_back().await.unwrap();
    for batch in batches {
        importer.import(batch, OWN).await.unwrap();
    }
    drop(held);
    importer.close().await;
}

#[tokio::test]
async fn rows_are_again_what_they_were_before_an_interrupted_import() {
    let folder = tempfile::tempdir().unwrap();
    let store = opened(folder.path()).await;
    store.import(&incidents(0..600, 1), OWN).await.unwrap();
    let (before, epoch) = (kept(&store).await, store.epoch().await.unwrap());
    // New rows, changed ones, some as they were, and one chunk changed twice.
    let batches = [incidents(500..700, 3), incidents(0..300, 2), incidents(300..400, 1), incidents(0..50, 4)];
    interrupted(folder.path(), &batches).await;
    assert_ne!(kept(&store).await, before);
    assert_eq!(store.settle_imports().await.unwrap(), ImportsFound::Undone(500));
    assert_eq!(kept(&store).await, before);
    assert!(store.epoch().await.unwrap() > epoch, "a reader of the batches learns of it");
    assert_eq!(store.settle_imports().await.unwrap(), ImportsFound::Ended);
    store.import(&incidents(500..700, 3), OWN).await.unwrap();
    assert_eq!(kept(&store).await.len(), 700);
}

#[tokio::test]
async fn a_store_that_had_no_incidents_has_none_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = opened(folder.path()).await;
    interrupted(folder.path(), &[incidents(0..300, 1)]).await;
    // Run again, and interrupted again.
    interrupted(folder.path(), &[incidents(0..300, 1), incidents(300..900, 1)]).await;
    assert_eq!(store.settle_imports().await.unwrap(), ImportsFound::Undone(900));
    assert_eq!(kept(&store).await, BTreeMap::new());
}

#[tokio::test]
async fn what_others_wrote_meanwhile_stays() {
    let folder = tempfile::tempdir().unwrap();
    let store = opened(folder.path()).await;
    for from_nothing in [true, false] {
        if !from_nothing {
            store.import(&incidents(0..400, 1), OWN).await.unwrap();
        }
        let importer = opened(folder.path()).await;
        let held = importer.hold_back().await.unwrap();
        importer.import(&incidents(0..200, 2), OWN).await.unwrap();
        store.submit(&incidents(100..101, 5)).await.unwrap();
        store.submit(&incidents(900..901, 5)).await.unwrap();
        importer.import(&incidents(200..300, 2), OWN).await.unwrap();
        drop(held);
        let found = store.settle_imports().await.unwrap();
        assert!(matches!(found, ImportsFound::Undone(_)), "{found:?}");
        let kept = kept(&store).await;
        assert_eq!((kept["V00100"], kept["V00900"]), (5, 5), "acknowledged: {from_nothing}");
        if !from_nothing {
            assert_eq!(kept.values().filter(|severity| **severity == 2).count(), 0);
            assert_eq!(kept.len(), 401);
        }
        store.import(&incidents(0..400, 1), OWN).await.unwrap();
    }
}

#[tokio::test]
async fn of_two_imports_the_one_that_was_published_stays() {
    let folder = tempfile::tempdir().unwrap();
    let store = opened(folder.path()).await;
    store.import(&incidents(0..400, 1), OWN).await.unwrap();
    let (one, other) = (opened(folder.path()).await, opened(folder.path()).await);
    let held = [one.hold_back().await.unwrap(), other.hold_back().await.unwrap()];
    one.import(&incidents(0..200, 2), OWN).await.unwrap();
    other.import(&incidents(100..300, 3), OWN).await.unwrap();
    one.import(&incidents(200..250, 2), OWN).await.unwrap();
    let [of_one, of_other] = held;
    of_other.publish().await.unwrap();
    one.import(&incidents(390..500, 2), OWN).await.unwrap();
    drop(of_one);
    assert_eq!(store.settle_imports().await.unwrap(), ImportsFound::Undone(210));
    let kept = kept(&store).await;
    let severities = |range: Range<u32>| range.map(|id| kept[&format!("V{id:05}")]).collect::<Vec<_>>();
    assert_eq!(severities(0..100), [1; 100]);
    assert_eq!(severities(100..200), [3; 100]);
    assert_eq!(severities(250..300), [3; 50]);
    assert_eq!(severities(300..400), [1; 100]);
    assert_eq!(kept.len(), 400);
}

#[tokio::test]
async fn an_import_that_had_come_to_its_end_is_not_undone() {
    let folder = tempfile::tempdir().unwrap();
    let store = opened(folder.path()).await;
    store.import(&incidents(0..10, 1), OWN).await.unwrap();
    let importer = opened(folder.path()).await;
    let held = importer.hold_back().await.unwrap();
    importer.import(&incidents(0..20, 2), OWN).await.unwrap();
    let days = DeclaredCoverage { scope: CoverageScope::Everything, days: "2024-01-01..".parse().unwrap() };
    importer.declare_coverage(&[days], EarlierDeclarations::Kept, OWN).await.unwrap();
    drop(held);
    assert_eq!(store.settle_imports().await.unwrap(), ImportsFound::Undone(0));
    assert_eq!(kept(&store).await, incidents(0..20, 2).iter().map(|one| (one.id.clone(), 2)).collect());
    assert_eq!(store.settle_imports().await.unwrap(), ImportsFound::Ended);
}

#[tokio::test]
async fn an_import_that_runs_is_to_be_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let store = opened(folder.path()).await;
    let importer = opened(folder.path()).await;
    let held = importer.hold_back().await.unwrap();
    importer.import(&incidents(0..10, 1), OWN).await.unwrap();
    assert_eq!(store.settle_imports().await.unwrap(), ImportsFound::Running);
    held.publish().await.unwrap();
    assert_eq!(store.settle_imports().await.unwrap(), ImportsFound::Ended);
    assert_eq!(kept(&store).await.len(), 10);
}
