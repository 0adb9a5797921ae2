//! A data folder that cannot be used, and what the program says.

#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "the helpers of tests may fail loudly")]

use std::path::Path;
use std::process::Command;

use crate::support::imports::{Bench, run_with};

const ROW: &str = "id,time,category\n1,2024-01-01,chay\n";

fn fires(rows: usize) -> String {
    let row = |id: usize| format!("{id},2024-01-01,chay\n");
    std::iter::once("id,time,category\n".to_owned()).chain((0..rows).map(row)).collect()
}

fn import_into(data: &Path, bench: &Bench) -> (Option<i32>, String) {
    let run = run_with(data, &["import", "incidents", &bench.file("in.csv", ROW)]);
    (run.code, run.err.replace(data.to_str().unwrap(), "DATA"))
}

#[test]
fn a_file_in_place_of_the_data_folder() {
    let bench = Bench::new();
    let data = bench.path("data");
    std::fs::write(&data, "not a folder").unwrap();
    let (code, told) = import_into(&data, &bench);
    assert_eq!(code, Some(2));
    assert_eq!(told, "error: DATA: the data folder cannot be created, because a file of that name exists\n");
}

#[test]
fn a_store_that_is_not_there() {
    let bench = Bench::new();
    let run = bench.run(&["check", bench.path(".").to_str().unwrap()]);
    assert_eq!(run.code, Some(2));
    assert!(
        run.err.contains("there is no database here") && run.err.contains("`binhyen import` creates it"),
        "{}",
        run.err
    );
}

#[test]
fn a_file_that_is_no_database() {
    let bench = Bench::new();
    std::fs::create_dir(bench.data()).unwrap();
    std::fs::write(bench.data().join("binhyen.sqlite"), "x".repeat(8192)).unwrap();
    let (code, told) = import_into(&bench.data(), &bench);
    assert_eq!(code, Some(2));
    assert_eq!(
        told,
        "error: DATA/binhyen.sqlite: the database is damaged (file is not a database); restore it from a backup, or \
         move it away and import again\n"
    );
}

#[test]
fn a_database_with_damaged_pages() {
    let bench = Bench::new();
    bench.succeed(&["import", "incidents", &bench.file("in.csv", fires(20_000))]);
    let path = bench.data().join("binhyen.sqlite");
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2 / 4096 * 4096;
    bytes[middle..middle + 3 * 4096].fill(0xAA);
    std::fs::write(&path, bytes).unwrap();
    let run = bench.run(&["check", bench.data().to_str().unwrap()]);
    assert!(matches!(run.code, Some(1 | 2)), "{}{}", run.out, run.err);
    let told = format!("{}{}", run.out, run.err);
    assert!(told.contains("the store is damaged") || told.contains("the database is damaged"), "{told}");
}

#[test]
fn a_database_of_a_newer_program() {
    let bench = Bench::new();
    bench.succeed(&["import", "incidents", &bench.file("in.csv", ROW)]);
    let later = "INSERT INTO _sqlx_migrations VALUES (9, 'later', '2030-01-01', 1, x'00', 0)";
    if Command::new("sqlite3").arg(bench.data().join("binhyen.sqlite")).arg(later).status().is_err() {
        let path = bench.data().join("binhyen.sqlite");
        let script = format!("import sqlite3; c=sqlite3.connect({path:?}); c.execute(\"{later}\"); c.commit()");
        if !Command::new("python3").args(["-c", &script]).status().is_ok_and(|status| status.success()) {
            eprintln!("not shown: a newer schema needs sqlite3 or python3 to write it");
            return;
        }
    }
    let (code, told) = import_into(&bench.data(), &bench);
    assert_eq!(code, Some(2));
    let newer = "error: DATA/binhyen.sqlite: the database has schema 9, this program knows schemas up to ";
    assert!(told.starts_with(newer) && told.ends_with(": use a newer binhyen\n"), "{told}");
}

/// A small file system of memory, mounted while it lives; none without the right to mount.
struct Mount(tempfile::TempDir);

impl Mount {
    fn new(options: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mut mount = Command::new("mount");
        let mounted = mount.args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(folder.path()).output();
        if mounted.is_ok_and(|output| output.status.success()) {
            return Some(Self(folder));
        }
        eprintln!("not shown: mounting a small file system needs root");
        None
    }

    fn remount(&self, options: &str) {
        let mut mount = Command::new("mount");
        assert!(mount.args(["-o", &format!("remount,{options}")]).arg(self.0.path()).status().unwrap().success());
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

#[test]
fn a_read_only_data_folder() {
    let Some(mount) = Mount::new("size=8m") else { return };
    let bench = Bench::new();
    let fresh = mount.0.path().join("fresh");
    let filled = mount.0.path().join("filled");
    assert_eq!(import_into(&filled, &bench).0, Some(0));
    mount.remount("ro");
    for data in [&fresh, &filled] {
        let (code, told) = import_into(data, &bench);
        assert_eq!(code, Some(2), "{told}");
        assert!(
            told.contains("the data folder is read-only; give a folder that this user may write with --data"),
            "{told}"
        );
    }
}

#[test]
fn a_full_disk_keeps_what_was_committed_and_the_rest_comes_later() {
    let Some(mount) = Mount::new("size=2m") else { return };
    let bench = Bench::new();
    let data = mount.0.path().join("data");
    let file = bench.file("in.csv", fires(60_000));
    let args = ["import", "incidents", &file, "--batch", "2000"];
    let run = run_with(&data, &args);
    assert_eq!(run.code, Some(2), "{}{}", run.out, run.err);
    let wanted = "the disk is full; the unfinished batch was rolled back; free some space and run again";
    assert!(run.err.contains(wanted), "{}", run.err);
    assert!(run.err.contains("rows had been written when the import stopped; they remain in the store"), "{}", run.err);
    mount.remount("size=64m");
    let run = run_with(&data, &args);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let holdings = crate::support::imports::holdings(&data);
    assert_eq!(holdings.incidents.len(), 60_000);
}
