//! `binhyen export`: the real binary writes a whole file or none, and says why.

use std::path::Path;
use std::process::Output;

use crate::support::binhyen;

fn export(folder: &Path, arguments: &[&str]) -> Output {
    binhyen().args(["export", "sheets"]).args(arguments).current_dir(folder).output().expect("the binary runs")
}

fn complaint(folder: &Path, arguments: &[&str]) -> String {
    let output = export(folder, arguments);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    String::from_utf8(output.stderr).expect("text")
}

#[test]
fn sheets_of_the_sample_are_one_file_and_what_is_wrong_is_said() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let folder = folder.path();
    let told = complaint(folder, &["--data", "data", "-o", "a.pdf"]);
    assert!(told.contains("there is no database here"), "{told}");
    let output = export(folder, &["--data", "data", "--sample", "--areas", "20335,20341", "-o", "a.pdf"]);
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8(output.stdout).expect("text");
    assert!(said.starts_with("a.pdf: 3 pages, "), "{said}");
    let pdf = std::fs::read(folder.join("a.pdf")).expect("the file");
    assert!(pdf.starts_with(b"%PDF-"));
    for (arguments, words) in [
        (&["--edition", "2031-01"][..], &["2031-01", "2025-07"][..]),
        (&["--window", "TK-1900"], &["TK-1900", "3N-2025"]),
        (&["--from", "2025-01-01", "--to", "2025-02-01"], &["3N-2025"]),
        (&["--role", "planner", "--from", "2025-02-01", "--to", "2025-02-01"], &["2025-02-01"]),
        (&["--areas", "99999"], &["99999"]),
    ] {
        let told = complaint(folder, &[&["--data", "data", "-o", "a.pdf"], arguments].concat());
        assert!(words.iter().all(|word| told.contains(word)), "{arguments:?}: {told}");
    }
    let told = complaint(folder, &["--data", "data", "-o", "nowhere/a.pdf"]);
    assert!(told.contains("nowhere/a.pdf cannot be written"), "{told}");
    assert!(std::fs::read(folder.join("a.pdf")).expect("the file") == pdf, "refusals leave the file as it was");
    let mut left: Vec<_> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").file_name()).collect();
    left.sort();
    assert_eq!(left, ["a.pdf", "data"]);
}

#[test]
fn geographic_files_of_the_sample_are_the_same_bytes_twice_and_counts_are_a_folder() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let folder = folder.path();
    let run = |arguments: &[&str]| {
        let mut command = binhyen();
        command.arg("export").args(arguments).args(["--data", "data", "--sample"]).current_dir(folder);
        command.output().expect("the binary runs")
    };
    for (format, magic) in [("fgb", &b"fgb\x03"[..]), ("geoparquet", b"PAR1"), ("mbtiles", b"SQLite format 3\0")] {
        let more: &[&str] = if format == "mbtiles" { &["--max-zoom", "7"] } else { &["--level", "commune"] };
        for file in ["one", "two"] {
            let output = run(&[&[format, "-o", file], more].concat());
            assert!(output.status.success(), "{output:?}");
        }
        let bytes = std::fs::read(folder.join("one")).expect("the file");
        assert!(bytes.starts_with(magic), "{format}");
        assert!(bytes == std::fs::read(folder.join("two")).expect("the file"), "{format}: the same bytes");
    }
    let partitions = ["geoparquet", "--partition-by", "year,level", "-o", "counts"];
    let output = run(&[&partitions[..], &["--role", "planner", "--edition", "2025-01"]].concat());
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8(output.stdout).expect("text");
    assert!(said.starts_with("counts: ") && said.contains(" files, "), "{said}");
    for level in ["commune", "district", "province"] {
        let path = folder.join(format!("counts/year=2024/level={level}/part-0.parquet"));
        assert!(std::fs::read(path).expect("the file").starts_with(b"PAR1"));
    }
    for (arguments, words) in [
        (&partitions[..], "counts is not empty"),
        (&["geoparquet", "--partition-by", "year,year", "-o", "b"], "names a key twice"),
        (&["geoparquet", "--partition-by", "year", "--window", "TK-2024", "-o", "b"], "--window"),
        (&["geoparquet", "--partition-by", "month", "-o", "b"], "month"),
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let told = String::from_utf8(output.stderr).expect("text");
        assert!(told.contains(words), "{arguments:?}: {told}");
    }
    assert!(!folder.join("b").exists());
}
