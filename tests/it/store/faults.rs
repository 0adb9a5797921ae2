//! A data folder that cannot be used, and what the program says.

#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "the helpers of tests may fail loudly")]

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::support::ServerProcess;
use crate::support::imports::{Bench, TWO_SQUARES, run_with};

const ROW: &str = "id,time,category,severity\n1,2024-01-01,chay,1\n";

fn fires(rows: usize) -> String {
    let row = |id: usize| format!("{id},2024-01-01,chay,1\n");
    std::iter::once("id,time,category,severity\n".to_owned()).chain((0..rows).map(row)).collect()
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
fn a_read_only_disk_is_served_after_a_clean_stop_and_named_otherwise() {
    let Some(mount) = Mount::new("size=32m") else { return };
    let bench = Bench::new();
    let data = mount.0.path().join("data");
    let squares = bench.file("a.geojson", TWO_SQUARES);
    let import = run_with(&data, &["import", "boundaries", &squares, "--edition", "2020-02"]);
    assert_eq!(import.code, Some(0), "{}", import.err);
    let folder = || {
        let folder = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(&data, folder.path().join("data")).unwrap();
        folder
    };
    let areas = "/areas?level=commune&edition=2020-02";
    let server = ServerProcess::in_folder(folder(), &[]);
    // The first release is made after the server is ready, and can only be made where the disk may be written.
    let is_released = (0..1_200).any(|_| {
        std::thread::sleep(Duration::from_millis(50));
        server.get(areas).status == 200
    });
    assert!(is_released, "no release was made within a minute");
    assert!(server.stop().success());
    mount.remount("ro");
    let server = ServerProcess::in_folder(folder(), &[]);
    assert_eq!(server.get(areas).json()["features"].as_array().unwrap().len(), 2);
    assert!(server.stop().success());
    let check = run_with(&data, &["check", data.to_str().unwrap()]);
    assert!(check.code == Some(0) && check.out.contains("the store is sound"), "{}{}", check.out, check.err);
    let backup = run_with(&data, &["backup", bench.path("b.backup").to_str().unwrap()]);
    assert_eq!(backup.code, Some(0), "{}", backup.err);

    mount.remount("rw");
    let server = ServerProcess::in_folder(folder(), &[]);
    let import = run_with(&data, &["import", "incidents", &bench.file("in.csv", ROW)]);
    assert_eq!(import.code, Some(0), "{}", import.err);
    drop(server.kill());
    assert!(data.join("binhyen.sqlite-wal").metadata().unwrap().len() > 0);
    mount.remount("ro");
    let check = run_with(&data, &["check", data.to_str().unwrap()]);
    assert!(check.code == Some(0) && check.out.contains("1 incidents"), "the log is read: {}{}", check.out, check.err);
    mount.remount("rw");
    std::fs::remove_file(data.join("binhyen.sqlite-shm")).unwrap();
    mount.remount("ro");
    let check = run_with(&data, &["check", data.to_str().unwrap()]);
    assert_eq!(check.code, Some(2), "{}", check.out);
    assert!(check.err.contains("the disk is read-only and the database was not closed"), "{}", check.err);
}

#[test]
fn a_backup_onto_a_full_disk_says_so_and_leaves_nothing() {
    let Some(mount) = Mount::new("size=1m") else { return };
    let bench = Bench::new();
    bench.succeed(&["import", "incidents", &bench.file("in.csv", fires(60_000))]);
    let file = mount.0.path().join("b.backup");
    let run = bench.run(&["backup", file.to_str().unwrap()]);
    assert_eq!(run.code, Some(2), "{}", run.out);
    let said = "the disk is full; nothing was kept of this file, and the data folder is as it was";
    assert!(run.err.contains(said), "{}", run.err);
    assert_eq!(std::fs::read_dir(mount.0.path()).unwrap().count(), 0);
    mount.remount("size=64m");
    bench.succeed(&["backup", file.to_str().unwrap()]);
    let full = Mount::new("size=1m").unwrap();
    let run = bench.run(&["restore", file.to_str().unwrap(), "--data", full.0.path().to_str().unwrap()]);
    assert!(run.code == Some(2) && run.err.contains(said), "{}", run.err);
}

#[test]
fn rejects_that_cannot_be_written_are_named_and_nothing_is_said_to_stay() {
    let bench = Bench::new();
    let row = |id: usize| format!("{id},2024-01-01,khong_co,3\n");
    let rows: String = (0..4_000).map(row).collect();
    let file = bench.file("in.csv", format!("{ROW}{rows}"));
    let run = bench.run(&["import", "incidents", &file, "--rejects", "/dev/full", "--batch", "100"]);
    assert_eq!(run.code, Some(2), "{}", run.out);
    assert!(run.err.contains("/dev/full") && run.err.contains("No space left on device"), "{}", run.err);
    assert!(!run.err.contains("had been written"), "{}", run.err);
    assert_eq!(bench.holdings().incidents.len(), 0);
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
