//! What names the content: digests that every write keeps, and that tell two folders, a copy and altered rows apart.

#![expect(clippy::unwrap_used, reason = "the helpers of tests may fail loudly")]

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use binhyen::domain::content::ContentDigest;
use binhyen::store::CopyCheck;

use crate::support::imports::{Bench, TWO_SQUARES, run_with, store, wait};

/// A folder with a row of everything that one line of a file can change.
fn filled() -> Bench {
    let bench = Bench::new();
    let squares = bench.file("a.geojson", TWO_SQUARES);
    bench.succeed(&["import", "boundaries", &squares, "--edition", "2020-02"]);
    for (what, text) in FILES {
        import(&bench.data(), &bench, what, text);
    }
    bench
}

const FILES: [(&str, &str); 4] = [
    ("incidents", "id,time,category,severity\nA,2024-01-01,chay,1\nB'\u{1ed9},2024-01-02,chay,2\n"),
    ("models", "id,kind,lon,lat,started_on\nM,camera,108.15,15.15,2020-01-01\n"),
    ("population", "area_code,edition,year,population\n20335,2020-02,2020,1000\n"),
    (
        "certifications",
        "unit_id,unit_kind,area_code,edition,window,registered,recognised,decided_on\n\
         K1,residential_area,20335,2020-02,ANTT-2022-kdc,yes,yes,2022-11-06\n",
    ),
];

/// The same files with one cell changed.
const OTHER_CELLS: [(&str, &str, &str); 8] = [
    ("incidents", ",1\n", ",3\n"),
    ("incidents", "2024-01-02", "2024-01-03"),
    ("incidents", "chay,2", "trom_cap,2"),
    ("models", "108.15", "108.16"),
    ("models", "camera", "to_tu_quan"),
    ("models", "2020-01-01", "2020-01-02"),
    ("population", "1000", "1001"),
    ("certifications", "2022-11-06", "2022-11-07"),
];

fn import(data: &Path, bench: &Bench, what: &str, text: &str) {
    let run = run_with(data, &["import", what, &bench.file("in.csv", text)]);
    assert_eq!(run.code, Some(0), "{what}: {}{}", run.out, run.err);
}

fn copied(data: &Path) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(data).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            std::fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
        }
    }
    folder
}

fn content(data: &Path) -> ContentDigest {
    let store = store(data);
    let holdings = wait(store.load()).unwrap();
    let integrity = wait(store.integrity()).unwrap();
    assert_eq!(integrity.faults, Vec::<String>::new(), "the kept digests are those of the rows");
    wait(store.close());
    holdings.content
}

/// Runs a statement on a database without the program.
fn edited(data: &Path, statement: &str) {
    let path = data.join("binhyen.sqlite");
    let script = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit()";
    let edit = Command::new("python3").args(["-c", script]).arg(path).arg(statement).status();
    assert!(edit.unwrap().success(), "{statement}");
}

#[test]
fn a_cell_that_differs_is_another_content_and_the_same_rows_are_the_same() {
    let bench = filled();
    let before = content(&bench.data());
    let mut seen = vec![before];
    for (what, old, new) in OTHER_CELLS {
        let (_, text) = FILES.into_iter().find(|(name, _)| *name == what).unwrap();
        assert!(text.contains(old), "{old}");
        let other = copied(&bench.data());
        import(other.path(), &bench, what, &text.replacen(old, new, 1));
        let changed = content(other.path());
        assert!(!seen.contains(&changed), "{what}: {new}");
        assert_eq!(changed.open == before.open, what == "incidents", "{what}");
        import(other.path(), &bench, what, text);
        assert_eq!(content(other.path()), before, "{what}: back to {old}");
        seen.push(changed);
    }
}

#[test]
fn any_way_to_the_same_incidents_gives_the_same_digest() {
    let row = |id: u32, severity: u32| format!("V{id},2024-01-01,chay,{severity}\n");
    let file = |rows: &[(u32, u32)]| {
        let rows: String = rows.iter().map(|(id, severity)| row(*id, *severity)).collect();
        format!("id,time,category,severity\n{rows}")
    };
    let all: Vec<(u32, u32)> = (0..700).map(|id| (id, id % 5 + 1)).collect();
    let bench = Bench::new();
    import(&bench.data(), &bench, "incidents", &file(&all));
    let at_once = content(&bench.data()).incidents;
    let bench = Bench::new();
    // In pieces that overlap, with other severities first, in another order.
    let wrong: Vec<(u32, u32)> = all[100..400].iter().map(|(id, severity)| (*id, severity % 5 + 1)).collect();
    let mut late = all[200..].to_vec();
    late.reverse();
    for rows in [&wrong, &all[..300].to_vec(), &late, &all] {
        import(&bench.data(), &bench, "incidents", &file(rows));
    }
    assert_eq!(content(&bench.data()).incidents, at_once);
}

#[test]
fn rows_altered_by_another_program_are_refused_until_they_are_accepted() {
    for (table, statement) in [
        ("incident", "UPDATE incident SET severity = 5 WHERE id = 'A'"),
        ("incident", "DELETE FROM incident WHERE id = 'A'"),
        ("population", "UPDATE population SET residents = residents + 1"),
        ("area", "UPDATE area SET name = 'Khác' WHERE code = '20335'"),
        ("word", "UPDATE word SET id = 'chay_no' WHERE id = 'chay'"),
    ] {
        let bench = filled();
        let before = content(&bench.data());
        edited(&bench.data(), statement);
        let store = store(&bench.data());
        let refusal = wait(store.load()).unwrap_err().to_string();
        assert!(table == "word" || refusal.contains(&format!("rows of table {table} are not those")), "{refusal}");
        wait(store.close());
        let data = bench.data();
        let check = bench.run(&["check", data.to_str().unwrap()]);
        let named = check.out.contains(&format!("table {table} are not those that were written"));
        assert!(check.code == Some(1) && named, "{}{}", check.out, check.err);
        if table != "word" {
            let check = bench.run(&["check", data.to_str().unwrap(), "--accept-rows"]);
            assert_eq!(check.code, Some(0), "{}{}", check.out, check.err);
            assert_ne!(content(&data), before);
        }
    }
}

#[test]
fn a_restored_database_beside_a_newer_copy_serves_the_database() {
    const ROWS: usize = 100_000;
    let bench = Bench::new();
    let rows = |range: std::ops::Range<usize>| {
        let mut text = "id,time,category,severity\n".to_owned();
        for id in range {
            writeln!(text, "V{id:06},2024-01-{:02} 10:00,chay,{}", id % 28 + 1, id % 5 + 1).unwrap();
        }
        text
    };
    import(&bench.data(), &bench, "incidents", &rows(0..ROWS));
    let older = copied(&bench.data());
    // Few changes, which are listed: before, nothing told the two databases apart for a copy.
    import(&bench.data(), &bench, "incidents", &rows(ROWS..ROWS + 400));
    let newer = store(&bench.data());
    let (holdings, source) = wait(newer.load_from()).unwrap();
    newer.copy_incidents(&holdings.incidents, &source);
    wait(newer.close());
    std::fs::copy(older.path().join("binhyen.sqlite"), bench.data().join("binhyen.sqlite")).unwrap();
    let restored = store(&bench.data());
    let (holdings, source) = wait(restored.load_from()).unwrap();
    assert_eq!((holdings.incidents.len(), source.is_copy()), (ROWS, false));
    assert_eq!(wait(restored.integrity()).unwrap().copy, CopyCheck::OtherIncidents);
    restored.copy_incidents(&holdings.incidents, &source);
    assert_eq!(wait(restored.integrity()).unwrap().copy, CopyCheck::Fits);
    wait(restored.close());
}
