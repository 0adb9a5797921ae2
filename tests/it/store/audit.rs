//! The audit log in the store: each kind of tampering is planted with raw SQL in a copy and found by the real program; its
//! triggers; its retention; what becomes of it in a backup.

#![expect(clippy::unwrap_used, reason = "the helpers of tests may fail loudly")]

use std::path::{Path, PathBuf};
use std::process::Command;

use binhyen::domain::audit::{AuditAction, AuditEntry, ChainFault, cut_question};
use binhyen::store::Store;

use crate::support::imports::{Bench, Run, run_with, store, wait};
use crate::support::{Role, ServerProcess};

const DAY_MS: i64 = 86_400_000;

fn entry(number: i64) -> AuditEntry {
    AuditEntry {
        moment_ms: number * DAY_MS,
        token_id: "ba7816bf".into(),
        label: "trực ban \"đêm\"".into(),
        role: "commander".into(),
        action: AuditAction::Points.as_str().into(),
        question: format!("/incidents?limit={number}"),
        rows: Some(number.unsigned_abs()),
        request_id: format!("r-{number}"),
    }
}

/// A data folder whose log has so many lines, one a day.
fn logged(lines: i64) -> Bench {
    let bench = Bench::new();
    let store = store(&bench.data());
    let entries: Vec<AuditEntry> = (1..=lines).map(entry).collect();
    wait(async {
        store.add_audit_lines(&entries).await.unwrap();
        store.close().await;
    });
    bench
}

/// Runs SQL on the database of a data folder, as another program does.
fn sql(data: &Path, script: &str) -> Result<(), String> {
    let program = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.executescript(sys.argv[2]); c.commit()";
    let database = data.join("binhyen.sqlite");
    let output = Command::new("python3").args(["-c", program]).arg(database).arg(script).output().unwrap();
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

/// A copy of a data folder.
fn copied(bench: &Bench, name: &str) -> PathBuf {
    let copy = bench.path(name);
    std::fs::create_dir(&copy).unwrap();
    std::fs::copy(bench.data().join("binhyen.sqlite"), copy.join("binhyen.sqlite")).unwrap();
    copy
}

fn verify(data: &Path) -> Run {
    run_with(data, &["audit", "verify", "--format", "json"])
}

fn report(run: &Run) -> serde_json::Value {
    serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{}{}", run.out, run.err))
}

/// Takes the triggers away, as whoever tampers does.
const UNGUARDED: &str = "DROP TRIGGER audit_line_is_never_changed; DROP TRIGGER audit_line_is_kept; \
                         DROP TRIGGER audit_line_follows; DROP TRIGGER audit_line_is_the_end; \
                         DROP TRIGGER audit_end_moves_on; DROP TRIGGER audit_end_is_kept; \
                         DROP TRIGGER audit_cut_is_a_line; DROP TRIGGER audit_cut_is_never_changed;";

#[test]
fn each_kind_of_tampering_is_found_at_its_first_line() {
    let bench = logged(9);
    let run = verify(&bench.data());
    let found = report(&run);
    assert_eq!((run.code, &found["intact"], &found["lines"]), (Some(0), &true.into(), &9.into()));
    let swap = "UPDATE audit_line SET number = -1 WHERE number = 4; UPDATE audit_line SET number = 4 WHERE number = 6; \
                UPDATE audit_line SET number = 6 WHERE number = -1;";
    for (name, script, fault, line) in [
        ("label", "UPDATE audit_line SET label = 'somebody else' WHERE number = 5", "changed", 5),
        ("rows", "UPDATE audit_line SET row_count = NULL WHERE number = 5", "changed", 5),
        ("moment", "UPDATE audit_line SET moment_ms = moment_ms + 1 WHERE number = 1", "changed", 1),
        ("hash", "UPDATE audit_line SET hash = zeroblob(32) WHERE number = 9", "changed", 9),
        ("previous", "UPDATE audit_line SET previous_hash = zeroblob(32) WHERE number = 3", "changed", 3),
        ("first", "DELETE FROM audit_line WHERE number = 1", "missing", 1),
        ("middle", "DELETE FROM audit_line WHERE number BETWEEN 4 AND 5", "missing", 4),
        ("last", "DELETE FROM audit_line WHERE number = 9", "missing", 9),
        ("all", "DELETE FROM audit_line", "missing", 1),
        ("end", "DELETE FROM audit_end", "missing", 10),
        ("swapped", swap, "reordered", 4),
        ("added", "UPDATE audit_end SET number = 8", "unconnected", 9),
        (
            "cut by hand",
            "INSERT INTO audit_cut SELECT number, hash FROM audit_line WHERE number = 4; \
             DELETE FROM audit_line WHERE number <= 4",
            "unwitnessed_cut",
            4,
        ),
    ] {
        let copy = copied(&bench, name);
        sql(&copy, &format!("{UNGUARDED} {script}")).unwrap();
        let run = verify(&copy);
        let found = report(&run);
        let seen = (run.code, found["fault"].as_str(), found["line"].as_u64());
        assert_eq!(seen, (Some(1), Some(fault), Some(line)), "{name}: {found}");
    }
    assert_eq!(verify(&bench.data()).code, Some(0), "the original is as it was");
}

#[test]
fn a_log_that_was_written_anew_is_told_by_an_end_that_was_written_down() {
    let (bench, other) = (logged(5), logged(4));
    let end = report(&verify(&bench.data()))["end"].as_str().unwrap().to_owned();
    let held = |data: &Path, end: &str| run_with(data, &["audit", "verify", "--holds", end]);
    wait(async {
        let store = store_of(&bench).await;
        store.add_audit_lines(&[entry(6)]).await.unwrap();
        store.close().await;
        let store = store_of(&other).await;
        store.add_audit_lines(&[AuditEntry { label: "x".into(), ..entry(5) }]).await.unwrap();
        store.close().await;
    });
    let run = held(&bench.data(), &end);
    assert!(run.code == Some(0) && run.out.contains("intact: 6 lines"), "{}{}", run.out, run.err);
    let run = held(&other.data(), &end);
    assert_eq!(run.out, "Line 5 of the audit log is not the one that was written down: the log was written anew.\n");
    assert_eq!(run.code, Some(1));
    let run = held(&bench.data(), "5");
    assert!(run.code == Some(2) && run.err.contains("NUMBER:HASH"), "{}", run.err);
}

async fn store_of(bench: &Bench) -> Store {
    let folder = binhyen::cli::DataFolder::new(&bench.data()).unwrap();
    Store::open_existing(&folder.path, &folder.loaded_rules.taxonomy).await.unwrap()
}

#[test]
fn the_schema_refuses_every_change_of_a_line() {
    let bench = logged(3);
    for (script, reason) in [
        ("UPDATE audit_line SET label = 'x'", "never changed"),
        ("DELETE FROM audit_line WHERE number = 1", "by its retention alone"),
        ("INSERT OR REPLACE INTO audit_line SELECT * FROM audit_line WHERE number = 2", "follows the last one"),
        ("INSERT INTO audit_cut VALUES (2, zeroblob(32))", "at a line of its own"),
        ("UPDATE audit_end SET number = 0", "only grows"),
        ("DELETE FROM audit_end", "only grows"),
    ] {
        let refusal = sql(&bench.data(), script).unwrap_err();
        assert!(refusal.contains(reason), "{script}: {refusal}");
    }
    assert_eq!(verify(&bench.data()).code, Some(0));
}

#[test]
fn retention_leaves_a_chain_that_can_be_walked() {
    let bench = logged(10);
    wait(async {
        let store = store_of(&bench).await;
        let end = store.audit_span().await.unwrap().end;
        assert_eq!(store.cut_audit(DAY_MS, 20 * DAY_MS).await.unwrap(), 0, "nothing is older");
        assert_eq!(store.cut_audit(7 * DAY_MS, 20 * DAY_MS).await.unwrap(), 6);
        assert_eq!(store.cut_audit(7 * DAY_MS, 20 * DAY_MS).await.unwrap(), 0);
        let lines = store.audit_lines_after(0).await.unwrap();
        assert_eq!(lines.iter().map(|line| line.number).collect::<Vec<_>>(), [7, 8, 9, 10, 11]);
        let span = store.audit_span().await.unwrap();
        let witness = &lines[4].entry;
        assert_eq!((&*witness.action, &witness.question), ("retention", &cut_question(span.begins_after)));
        assert_eq!((witness.rows, span.begins_after.number, lines[4].previous), (Some(6), 6, end.hash));
        assert_eq!(store.verified_audit(Some(end), |_| ()).await.unwrap().fault, None);
        // Once more: the first cut is no longer needed. The last line stays, whatever its age.
        assert_eq!(store.cut_audit(30 * DAY_MS, 40 * DAY_MS).await.unwrap(), 4);
        let report = store.verified_audit(Some(end), |_| ()).await.unwrap();
        assert_eq!((report.fault, report.lines, report.begins_after.number), (None, 2, 10));
        store.close().await;
    });
    sql(&bench.data(), &format!("{UNGUARDED} UPDATE audit_cut SET hash = zeroblob(32) WHERE number = 10")).unwrap();
    let report = wait(async { store_of(&bench).await.verified_audit(None, |_| ()).await.unwrap() });
    assert_eq!(report.fault, Some(ChainFault::Unconnected { number: 11 }));
}

#[test]
fn days_are_written_out_as_json_lines_or_rows() {
    let bench = logged(5);
    let lines = bench.succeed(&["audit", "export", "--from", "1970-01-03", "--to", "1970-01-05"]);
    let read: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(read.len(), 2);
    assert_eq!(
        (&read[0]["number"], &read[0]["rows"], &read[0]["moment"]),
        (&2.into(), &2.into(), &"1970-01-03T00:00:00Z".into())
    );
    assert_eq!(read[0]["label"], "trực ban \"đêm\"");
    assert_eq!(read[1]["previous_hash"], read[0]["hash"]);
    let rows = bench.succeed(&["audit", "export", "--format", "csv"]);
    assert_eq!(rows.lines().count(), 6);
    assert!(rows.starts_with("number,moment,token_id,") && rows.contains("\"trực ban \"\"đêm\"\"\""), "{rows}");
    assert_eq!(Bench::new().run(&["audit", "export"]).code, Some(2), "no store");
}

#[test]
fn imports_are_lines_and_a_backup_carries_the_log() {
    let bench = Bench::new();
    let incidents = bench.file("in.csv", "id,time,category,severity\n1,2024-01-01,chay,1\n2,2024-01-02,chay,1\n");
    bench.succeed(&["import", "incidents", &incidents]);
    let line: serde_json::Value = serde_json::from_str(&bench.succeed(&["audit", "export"])).unwrap();
    assert_eq!(
        (&line["action"], &line["rows"], &line["label"]),
        (&"write".into(), &2.into(), &"binhyen import".into())
    );
    assert_eq!(line["question"], "import incidents in.csv");
    let backup = bench.path("b.backup").to_str().unwrap().to_owned();
    assert!(bench.succeed(&["backup", &backup]).contains("1 audit lines"));
    let restored = bench.path("restored");
    let run = run_with(&restored, &["restore", &backup, "--data", restored.to_str().unwrap()]);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    let (before, after) = (report(&verify(&bench.data())), report(&verify(&restored)));
    assert_eq!((&before["end"], &after["intact"]), (&after["end"], &true.into()));
    let refusal = sql(&restored, "UPDATE audit_line SET label = 'x'").unwrap_err();
    assert!(refusal.contains("never changed"), "the triggers came along");
}

#[test]
fn what_was_answered_is_in_the_log_when_the_server_is_killed() {
    let server = ServerProcess::on_sample();
    let token = server.token(Role::Commander);
    for limit in 1..=5 {
        assert_eq!(server.get_with(&token, &format!("/incidents?limit={limit}")).status, 200);
    }
    let folder = server.kill();
    let data = folder.path().join("data");
    let run = verify(&data);
    assert_eq!((run.code, &report(&run)["intact"]), (Some(0), &true.into()), "{}", run.err);
    let lines = run_with(&data, &["audit", "export", "--data", data.to_str().unwrap()]).out;
    let looks: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let seen = looks.iter().filter(|line| line["action"] == "points" && line["role"] == "commander");
    let rows: Vec<u64> = seen.map(|line| line["rows"].as_u64().unwrap()).collect();
    assert_eq!(rows, [1, 2, 3, 4, 5]);
    assert!(!lines.contains(&token));
}
