//! `binhyen backup` and `restore`: a drill with the real program, and what is refused.

#![expect(clippy::unwrap_used, reason = "the helpers of tests may fail loudly")]

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use sha2::Digest as _;

use crate::support::imports::{Bench, Run, TWO_SQUARES, command, run_with};
use crate::support::{ServerProcess, binhyen};

const BATCH: usize = 500;
const TOKEN: &str = "drill";

fn rows(range: std::ops::Range<usize>) -> String {
    let mut text = "id,time,lon,lat,category,severity\n".to_owned();
    for id in range {
        let (day, lon) = (id % 28 + 1, 108_100 + id % 200);
        writeln!(text, "V{id:06},2024-01-{day:02} 10:00,108.{},15.15,chay,{}", lon % 1000, id % 5 + 1).unwrap();
    }
    text
}

fn filled(incidents: usize) -> Bench {
    let bench = Bench::new();
    let squares = bench.file("a.geojson", TWO_SQUARES);
    bench.succeed(&["import", "boundaries", &squares, "--edition", "2020-02"]);
    bench.succeed(&["import", "incidents", &bench.file("in.csv", rows(0..incidents))]);
    bench
}

fn restored(backup: &str, data: &Path, more: &[&str]) -> Run {
    let output = binhyen().args(["restore", backup, "--data"]).arg(data).args(more).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

fn succeeded(run: &Run) {
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
}

/// Status and body of some answers to the planner whose token the drill configures. The first names the revision, by
/// which entity tags are made; tags also hold the address of the server.
fn answers(server: &ServerProcess) -> Vec<(u16, String)> {
    let agent = ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
    let one = |path: &&str| {
        let request = agent.get(format!("http://{}{path}", server.address()));
        let mut answer = request.header("authorization", format!("Bearer {TOKEN}")).call().unwrap();
        (answer.status().as_u16(), answer.body_mut().read_to_string().unwrap())
    };
    [
        "/version",
        "/ratings?level=commune&from=2024-01-01&to=2024-02-01",
        "/areas/2020-02/20335?from=2024-01-01&to=2024-02-01",
        "/series?areas=20335&by=month&from=2024-01-01&to=2024-02-01",
    ]
    .iter()
    .map(one)
    .collect()
}

fn served(data: &Path) -> ServerProcess {
    let folder = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(data, folder.path().join("data")).unwrap();
    let config = folder.path().join("binhyen.toml");
    let sha256 = hex::encode(sha2::Sha256::digest(TOKEN));
    std::fs::write(&config, format!("[[tokens]]\nrole = \"planner\"\nsha256 = \"{sha256}\"\nlabel = \"drill\"\n"))
        .unwrap();
    let config = config.to_str().unwrap().to_owned();
    ServerProcess::in_folder(folder, &["--config", &config])
}

#[test]
fn drill_of_a_backup_under_a_running_import_a_kill_and_a_restore() {
    const BEFORE: usize = 2_000;
    let bench = filled(BEFORE);
    let server = served(&bench.data());
    let file = bench.file("many.csv", rows(BEFORE..BEFORE + 60_000));
    let import = ["import", "incidents", &file, "--batch", &BATCH.to_string()].map(str::to_owned);
    let mut running = command(&bench.data()).args(&import).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let deadline = Instant::now() + Duration::from_mins(1);
    let log = bench.data().join("binhyen.sqlite-wal");
    while log.metadata().map_or(0, |log| log.len()) < 400_000 {
        assert!(Instant::now() < deadline, "the import does not begin");
        std::thread::sleep(Duration::from_millis(1));
    }
    let first = bench.path("first.backup");
    succeeded(&bench.run(&["backup", first.to_str().unwrap()]));
    let was_running = running.try_wait().unwrap().is_none();
    running.kill().unwrap(); // SIGKILL
    running.wait().unwrap();
    assert!(was_running, "the import ended before the backup did");

    // The backup of the middle is one committed state: whole batches.
    let middle = bench.path("middle");
    succeeded(&restored(first.to_str().unwrap(), &middle, &[]));
    succeeded(&run_with(&middle, &["check", middle.to_str().unwrap()]));
    let kept = crate::support::imports::holdings(&middle).incidents.len();
    assert!((BEFORE..BEFORE + 60_000).contains(&kept) && (kept - BEFORE).is_multiple_of(BATCH), "{kept}");

    // The import is run again, the server killed, and the folder lost.
    let import: Vec<&str> = import.iter().map(String::as_str).collect();
    bench.succeed(&import);
    while !answers(&server)[1].1.contains("62000") {
        assert!(Instant::now() < deadline, "{}", answers(&server)[1].1);
        std::thread::sleep(Duration::from_millis(200));
    }
    let before = answers(&server);
    assert!(before.iter().all(|(status, ..)| *status == 200), "{before:?}");
    let last = bench.path("last.backup");
    succeeded(&bench.run(&["backup", last.to_str().unwrap()]));
    drop(server);
    std::fs::remove_dir_all(bench.data()).unwrap();
    let again = bench.path("again");
    succeeded(&restored(last.to_str().unwrap(), &again, &[]));
    assert!(answers(&served(&again)) == before, "revision, status and bodies");
}

#[test]
fn a_backup_says_what_it_holds_and_is_private() {
    let bench = filled(3);
    std::fs::create_dir(bench.data().join("schemes")).unwrap();
    let scheme = include_str!("../../../geodata/schemes/default.toml").replacen("\"default\"", "\"tinh\"", 1);
    std::fs::write(bench.data().join("schemes/tinh.toml"), &scheme).unwrap();
    let file = bench.path("b.backup");
    let out = bench.succeed(&["backup", file.to_str().unwrap()]);
    for said in ["verified", "2 areas", "3 incidents", "rule files: schemes/tinh.toml", "SHA-256"] {
        assert!(out.contains(said), "{said}: {out}");
    }
    let mode = std::os::unix::fs::PermissionsExt::mode(&file.metadata().unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
    let sums = Command::new("sha256sum").args(["--check", "b.backup.sha256"]).current_dir(bench.path(".")).output();
    assert!(sums.unwrap().status.success());
    let again = bench.run(&["backup", file.to_str().unwrap()]);
    assert!(again.code == Some(2) && again.err.contains("a backup overwrites nothing"), "{}", again.err);
    let other = bench.path("other");
    succeeded(&restored(file.to_str().unwrap(), &other, &[]));
    assert_eq!(std::fs::read_to_string(other.join("schemes/tinh.toml")).unwrap(), scheme);
}

#[test]
fn a_damaged_backup_is_put_nowhere() {
    let bench = filled(2_000);
    let file = bench.path("b.backup");
    bench.succeed(&["backup", file.to_str().unwrap()]);
    let whole = std::fs::read(&file).unwrap();
    let other = bench.path("other");
    let refused = |said: &[&str]| {
        let run = restored(file.to_str().unwrap(), &other, &[]);
        assert_eq!(run.code, Some(2), "{}", run.out);
        assert!(said.iter().any(|said| run.err.contains(said)), "{}", run.err);
        assert!(!other.exists(), "the folder is not even made");
    };
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 1;
    std::fs::write(&file, &flipped).unwrap();
    refused(&["the file is damaged or another one"]);
    std::fs::remove_file(bench.path("b.backup.sha256")).unwrap();
    for at in (5_000..whole.len()).step_by(whole.len() / 12) {
        let mut bytes = whole.clone();
        // Digits of a cell, or the structure of a page: both are found without the digest beside the file.
        bytes[at..at + 64].iter_mut().for_each(|byte| *byte ^= 1);
        std::fs::write(&file, &bytes).unwrap();
        if restored(file.to_str().unwrap(), &other, &[]).code == Some(0) {
            // Bytes of a page that nothing uses.
            succeeded(&run_with(&other, &["check", other.to_str().unwrap()]));
            std::fs::remove_dir_all(&other).unwrap();
        }
    }
    std::fs::write(&file, &whole[..whole.len() / 2]).unwrap();
    refused(&["the backup is damaged", "no file that `binhyen backup` made"]);
    std::fs::write(&file, "text").unwrap();
    refused(&["no file that `binhyen backup` made"]);
    std::fs::copy(bench.data().join("binhyen.sqlite"), &file).unwrap();
    refused(&["no file that `binhyen backup` made"]);
}

#[test]
fn a_folder_in_use_or_not_empty_is_refused_and_replaced_only_on_request() {
    let bench = filled(10);
    let file = bench.path("b.backup");
    let backup = file.to_str().unwrap();
    bench.succeed(&["backup", backup]);
    let data = bench.data();
    let server = served(&data);
    for more in [&[][..], &["--replace"]] {
        let run = restored(backup, &data, more);
        let said = if more.is_empty() { "this folder is not empty" } else { "uses this folder; stop it first" };
        assert!(run.code == Some(2) && run.err.contains(said), "{}", run.err);
    }
    drop(server);
    bench.succeed(&["import", "incidents", &bench.file("in.csv", rows(0..20))]);
    std::fs::write(data.join("binhyen.incidents"), "of another state").unwrap();
    std::fs::write(data.join("peers.toml"), include_str!("../../../geodata/peers.toml")).unwrap();
    assert!(data.join("shapes").exists());
    let run = restored(backup, &data, &[]);
    assert!(run.code == Some(2) && run.err.contains("--replace"), "{}", run.err);
    succeeded(&restored(backup, &data, &["--replace"]));
    let left: Vec<String> =
        std::fs::read_dir(&data).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert!(left.iter().all(|name| !name.contains("incidents") && !name.contains("wal")), "{left:?}");
    assert!(!data.join("shapes").exists() && !data.join("peers.toml").exists(), "{left:?}");
    assert_eq!(bench.holdings().incidents.len(), 10);
}

#[test]
fn a_restore_that_fails_midway_leaves_the_database_of_before() {
    let bench = filled(20);
    let backup = bench.path("a.backup");
    std::fs::write(bench.path("data").join("peers.toml"), include_str!("../../../geodata/peers.toml")).unwrap();
    succeeded(&bench.run(&["backup", backup.to_str().unwrap()]));
    let data = bench.path("other");
    let squares = bench.path("a.geojson");
    succeeded(&run_with(&data, &["import", "boundaries", squares.to_str().unwrap(), "--edition", "2020-02"]));
    let before = crate::support::imports::holdings(&data).data_id;
    // A folder stands where a rule file of the backup belongs.
    std::fs::create_dir_all(data.join("peers.toml").join("x")).unwrap();
    let run = restored(backup.to_str().unwrap(), &data, &["--replace"]);
    assert_eq!(run.code, Some(2), "{}{}", run.out, run.err);
    assert!(run.err.contains("peers.toml"), "{}", run.err);
    std::fs::remove_dir_all(data.join("peers.toml")).unwrap();
    assert_eq!(crate::support::imports::holdings(&data).data_id, before);

    succeeded(&restored(backup.to_str().unwrap(), &data, &["--replace"]));
    assert_ne!(crate::support::imports::holdings(&data).data_id, before);
    let left: Vec<_> = std::fs::read_dir(&data).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    let left: Vec<_> = left.iter().filter_map(|name| name.to_str()).filter(|name| name.contains("replaced")).collect();
    assert_eq!(left, Vec::<&str>::new());
}

#[test]
fn a_restore_that_was_cut_off_leaves_no_database_and_can_be_run_again() {
    let bench = filled(20);
    let backup = bench.path("a.backup");
    succeeded(&bench.run(&["backup", backup.to_str().unwrap()]));
    let data = bench.data();
    // As it lies there between the two renamings.
    std::fs::rename(data.join("binhyen.sqlite"), data.join("binhyen.replaced")).unwrap();
    std::fs::write(data.join("binhyen.sqlite-wal"), [7; 4096]).unwrap();
    let run = run_with(&data, &["check", data.to_str().unwrap()]);
    assert_eq!(run.code, Some(2), "{}{}", run.out, run.err);
    assert!(run.err.contains("no database here"), "{}", run.err);
    succeeded(&restored(backup.to_str().unwrap(), &data, &["--replace"]));
    assert_eq!(crate::support::imports::holdings(&data).incidents.len(), 20);
    assert!(!data.join("binhyen.replaced").exists() && !data.join("binhyen.replaced-wal").exists());
}
