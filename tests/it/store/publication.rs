//! An import is shown when it has ended: what a watch on the store tells while batches are written.

#![expect(clippy::unwrap_used, reason = "the helpers of tests may fail loudly")]

use std::process::Stdio;
use std::time::{Duration, Instant};

use binhyen::cli::DataFolder;
use binhyen::domain::incident::coverage::{CoverageScope, DeclaredCoverage};
use binhyen::store::{EarlierDeclarations, EpochWatch, SourceKind, Store};

use crate::support::imports::{Bench, command};

/// More than two polls of a watch.
const LONG: Duration = Duration::from_millis(2_500);

fn rows(range: std::ops::Range<usize>) -> String {
    let row = |id: usize| format!("V{id:06},2024-01-01 10:00,chay,1\n");
    std::iter::once("id,time,category,severity\n".to_owned()).chain(range.map(row)).collect()
}

async fn opened(bench: &Bench) -> Store {
    let folder = DataFolder::new(&bench.data()).unwrap();
    Store::open(&folder.path, &folder.loaded_rules.taxonomy).await.unwrap()
}

/// The epoch that a watch tells within a while.
async fn told(watch: &mut EpochWatch, known: u64) -> Option<u64> {
    tokio::time::timeout(LONG, watch.other_than(known)).await.ok().map(Result::unwrap)
}

#[tokio::test]
async fn batches_are_told_when_their_import_has_ended() {
    let bench = Bench::new();
    bench.succeed(&["import", "incidents", &bench.file("a.csv", rows(0..1))]);
    let store = opened(&bench).await;
    let known = store.epoch().await.unwrap();
    let mut watch = store.watch();
    let importer = opened(&bench).await;
    let held = importer.hold_back().await.unwrap();
    bench.succeed(&["import", "incidents", &bench.file("b.csv", rows(1..9)), "--batch", "2", "--publish-batches"]);
    let newest = store.epoch().await.unwrap();
    assert_eq!((newest, told(&mut watch, known).await), (known + 4, Some(newest)), "nothing was held back so far");
    let days = DeclaredCoverage { scope: CoverageScope::Everything, days: "2024-01-01..".parse().unwrap() };
    importer.declare_coverage(&[days], EarlierDeclarations::Kept, SourceKind::Own).await.unwrap();
    assert_eq!(told(&mut watch, newest).await, None);
    held.publish().await.unwrap();
    assert_eq!(told(&mut watch, newest).await, Some(newest + 1));
    let newest = newest + 1;
    bench.succeed(&["import", "incidents", &bench.file("c.csv", rows(9..20)), "--batch", "3"]);
    assert_eq!(told(&mut watch, newest).await, Some(newest + 4), "a whole import at once");
}

#[tokio::test]
async fn an_interrupted_import_is_shown_when_it_is_run_again_or_with_the_next_change() {
    let bench = Bench::new();
    let boundaries = bench.file("a.geojson", crate::support::imports::TWO_SQUARES);
    bench.succeed(&["import", "incidents", &bench.file("a.csv", rows(0..1))]);
    let file = bench.file("b.csv", rows(1..60_000));
    for ending in [&["import", "incidents", &file][..], &["import", "boundaries", &boundaries, "--edition", "2020-02"]]
    {
        let store = opened(&bench).await;
        let known = store.epoch().await.unwrap();
        let mut watch = store.watch();
        let import = ["import", "incidents", &file, "--batch", "200"];
        let mut running = command(&bench.data()).args(import).stdout(Stdio::null()).spawn().unwrap();
        let deadline = Instant::now() + Duration::from_mins(1);
        while store.epoch().await.unwrap() < known + 3 {
            assert!(Instant::now() < deadline, "the import does not begin");
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        running.kill().unwrap(); // SIGKILL
        running.wait().unwrap();
        let left = store.epoch().await.unwrap();
        assert!(left > known && told(&mut watch, known).await.is_none(), "half an import");
        bench.succeed(ending);
        let newest = store.epoch().await.unwrap();
        assert_eq!(told(&mut watch, known).await, Some(newest));
        store.close().await;
        std::fs::remove_dir_all(bench.data()).unwrap();
        bench.succeed(&["import", "incidents", &bench.file("a.csv", rows(0..1))]);
    }
}
