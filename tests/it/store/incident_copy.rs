//! The copy of the incidents beside the database: used where it fits, never believed where it does not.

#![expect(clippy::unwrap_used, reason = "the helpers of tests may fail loudly")]

use std::fmt::Write as _;

use binhyen::domain::incident::Incident;
use binhyen::store::CopyOrder;

use crate::support::imports::{Bench, store, wait};

const ROWS: usize = 100_500;
const NAME: &str = "binhyen.incidents";

fn file(bench: &Bench) -> String {
    let mut text = "id,time,lon,lat,category,severity\n".to_owned();
    for row in 0..ROWS {
        let id = row * 7919 % ROWS;
        let place = if row % 10 == 0 { "," } else { "108.15,15.5" };
        writeln!(text, "V{id},2024-01-{:02} 10:00,{place},chay,{}", row % 28 + 1, row % 5 + 1).unwrap();
    }
    bench.file("in.csv", text)
}

/// The incidents in the order of their ids, and whether they came from the copy.
fn incidents(bench: &Bench) -> (Vec<Incident>, bool) {
    let store = store(&bench.data());
    let (holdings, source) = wait(store.load_from()).unwrap();
    wait(store.close());
    let mut all: Vec<Incident> = holdings.incidents.rows().filter_map(|row| holdings.incidents.at(row)).collect();
    all.sort_by(|a, b| a.id.cmp(&b.id));
    (all, source.is_copy())
}

#[test]
fn the_copy_says_what_the_database_says_or_is_not_used() {
    let bench = Bench::new();
    bench.succeed(&["import", "incidents", &file(&bench), "--batch", "7000"]);
    let path = bench.data().join(NAME);
    let whole = std::fs::read(&path).unwrap();
    let (from_copy, is_copy) = incidents(&bench);
    assert!(is_copy && from_copy.len() == ROWS);

    std::fs::remove_file(&path).unwrap();
    let (from_database, is_copy) = incidents(&bench);
    assert!(!is_copy && from_database == from_copy, "deleted");
    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    assert_eq!(incidents(&bench), (from_copy.clone(), false), "cut off");
    let mut flipped = whole.clone();
    flipped[whole.len() / 3] ^= 1;
    std::fs::write(&path, flipped).unwrap();
    assert_eq!(incidents(&bench), (from_copy.clone(), false), "a byte flipped");

    std::fs::write(&path, &whole).unwrap();
    let models = bench.file("m.csv", "id,kind,lon,lat,started_on\nM,camera,108.1,15.1,2020-01-01\n");
    bench.succeed(&["import", "models", &models]);
    assert_eq!(incidents(&bench), (from_copy.clone(), true), "other holdings do not age the copy");
    let change = "id,time,category,severity\nV5,2024-01-01,chay,5\nW,2024-01-01,chay,5\n";
    bench.succeed(&["import", "incidents", &bench.file("c.csv", change)]);
    let (changed, is_copy) = incidents(&bench);
    assert!(is_copy && changed.len() == ROWS + 1 && changed != from_copy, "few changes are added to the copy");
    std::fs::remove_file(&path).unwrap();
    assert_eq!(incidents(&bench), (changed, false), "as the database has them");

    std::fs::write(&path, &whole).unwrap();
    let rows: Vec<String> = (0..1_001).map(|row| format!("V{row},2024-02-01,chay,5")).collect();
    let text = format!("id,time,category,severity\n{}\n", rows.join("\n"));
    bench.succeed(&["import", "incidents", &bench.file("d.csv", text)]);
    assert!(!incidents(&bench).1, "many changes make it one of another state");
}

#[test]
fn a_copy_of_loaded_incidents_serves_the_next_start() {
    let bench = Bench::new();
    let path = file(&bench);
    let batch = "id,time,category,severity\nA,2024-01-01,chay,1\n";
    bench.succeed(&["import", "incidents", &bench.file("a.csv", batch)]);
    bench.succeed(&["import", "incidents", &path]);
    assert!(!bench.data().join(NAME).exists(), "the store had incidents already");
    let store = store(&bench.data());
    let (holdings, source) = wait(store.load_from()).unwrap();
    assert!(source.needs_copy(CopyOrder::Same));
    store.copy_incidents(&holdings.incidents, &source);
    wait(store.close());
    let (all, is_copy) = incidents(&bench);
    assert!(is_copy && all.len() == ROWS + 1);
    let (_, source) = wait(crate::support::imports::store(&bench.data()).load_from()).unwrap();
    assert_eq!([CopyOrder::Same, CopyOrder::Other].map(|order| source.needs_copy(order)), [false, true]);
}

#[test]
fn few_incidents_have_no_copy() {
    let bench = Bench::new();
    bench.succeed(&["import", "incidents", &bench.file("a.csv", "id,time,category,severity\nA,2024-01-01,chay,1\n")]);
    let names: Vec<_> = std::fs::read_dir(bench.data()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(names.iter().all(|name| !name.to_string_lossy().starts_with(NAME)), "{names:?}");
}
