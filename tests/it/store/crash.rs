//! kill −9 in the middle of an import.

use std::time::{Duration, Instant};

use crate::support::imports::{Bench, command, holdings, store, wait};

const ROWS: usize = 60_000;
const BATCH: usize = 2_000;

fn rows() -> String {
    let row = |id: usize| {
        format!(
            "V{:06},2024-01-{:02} 10:00,108.{:03},15.5,chay,{}\n",
            id * 7919 % ROWS,
            id % 28 + 1,
            id % 1000,
            id % 5 + 1
        )
    };
    std::iter::once("id,time,lon,lat,category,severity\n".to_owned()).chain((0..ROWS).map(row)).collect()
}

#[test]
fn a_killed_import_leaves_whole_batches_and_a_rerun_completes_it() {
    let bench = Bench::new();
    let file = bench.file("in.csv", rows());
    let batch = BATCH.to_string();
    let args = ["import", "incidents", &file, "--batch", &batch];
    let mut killed_midway = 0;
    for round in 1..=4 {
        let data = bench.path(&format!("killed-{round}"));
        let mut child = command(&data).args(args).stdout(std::process::Stdio::null()).spawn().unwrap();
        wait_for_log(&data, round * 200_000);
        child.kill().unwrap(); // SIGKILL
        child.wait().unwrap();

        let store = store(&data);
        assert_eq!(wait(store.integrity()).unwrap().faults, Vec::<String>::new());
        let kept = wait(store.load()).unwrap();
        assert_eq!(kept.incidents.len() % BATCH, 0, "whole batches");
        assert_eq!(kept.epoch as usize, kept.incidents.len() / BATCH, "an epoch for each");
        killed_midway += usize::from((1..ROWS).contains(&kept.incidents.len()));
        wait(store.close());

        assert!(command(&data).args(args).output().unwrap().status.success());
        let undisturbed = bench.path("undisturbed");
        assert!(command(&undisturbed).args(args).output().unwrap().status.success());
        assert!(same(&data, &undisturbed));
    }
    assert!(killed_midway > 0, "no round killed the program between two batches");
}

/// Waits until the program has written so many bytes.
fn wait_for_log(data: &std::path::Path, bytes: u64) {
    let begun = Instant::now();
    let length = |name: &str| data.join(name).metadata().map_or(0, |file| file.len());
    while length("binhyen.sqlite-wal") + length("binhyen.sqlite") < bytes && begun.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn same(one: &std::path::Path, two: &std::path::Path) -> bool {
    let (one, two) = (holdings(one).incidents, holdings(two).incidents);
    one.len() == ROWS && two.len() == ROWS && one.rows().all(|row| one.at(row) == two.at(row))
}
