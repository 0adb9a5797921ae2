//! A running server: what it reads anew, and how it stops while it is asked.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use binhyen::http::extract::access::token_hash;

use crate::support::imports::{TWO_SQUARES, run_with};
use crate::support::{ServerProcess, binhyen};

/// A configuration file that lets in a planner's token.
fn write_config(path: &Path, token: &str, more: &str) {
    let hash = token_hash(token);
    let text = format!("{more}\n[[tokens]]\nrole = \"planner\"\nlabel = \"desk\"\nsha256 = \"{hash}\"\n");
    std::fs::write(path, text).unwrap();
}

/// A server on the sample with a configuration file that lets in the token `first`.
fn configured() -> (ServerProcess, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("binhyen.toml");
    write_config(&config, "first", "");
    let server = ServerProcess::in_folder(folder, &["--sample", "--config", config.to_str().unwrap()]);
    (server, config)
}

fn status(server: &ServerProcess, token: &str) -> u16 {
    server.get_with(token, "/version").status
}

/// What `reload` prints, and its exit code.
fn reload(server: &ServerProcess, config: &Path) -> (Option<i32>, String) {
    let mut reload = binhyen();
    reload.args(["reload", "--timeout", "60", "--config"]).arg(config).arg("--data").arg(server.folder().join("data"));
    let output = reload.output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(said).unwrap())
}

fn within_a_minute(what: &str, is_so: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_mins(1);
    while !is_so() {
        assert!(Instant::now() < deadline, "not within a minute: {what}");
        thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn tokens_and_rules_are_read_anew_all_together_or_not_at_all() {
    let (server, config) = configured();
    assert_eq!((status(&server, "first"), status(&server, "second")), (200, 401));
    write_config(&config, "second", "");
    let (code, said) = reload(&server, &config);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("reloaded: 1 tokens") && said.contains("rules as they were"), "{said}");
    assert_eq!((status(&server, "first"), status(&server, "second")), (401, 200));

    // A wrong rule file: the new token stands in a right file and is not taken either.
    write_config(&config, "third", "");
    let rules = server.folder().join("data/rules.toml");
    std::fs::write(&rules, "version = 3").unwrap();
    let (code, said) = reload(&server, &config);
    assert_eq!(code, Some(2), "{said}");
    server.signal("HUP");
    within_a_minute("the refusal is logged", || server.log().contains("the reload was refused"));
    assert_eq!((status(&server, "second"), status(&server, "third")), (200, 401));

    // Right ones: both are taken.
    let own = include_str!("../../../geodata/rules.toml");
    let version = own.lines().find(|line| line.starts_with("version")).unwrap();
    std::fs::write(&rules, own.replacen(version, "version = \"2099.1\"", 1)).unwrap();
    server.signal("HUP");
    within_a_minute("the rules are served", || server.get("/version").json()["rules"]["version"] == "2099.1");
    within_a_minute("the token is let in", || status(&server, "third") == 200);
    assert_eq!(status(&server, "second"), 401);

    write_config(&config, "third", "listen = \"127.0.0.1:1\"\n[limits]\nburst = 7\n[log]\nfilter = \"debug\"");
    let (code, said) = reload(&server, &config);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("log filter \"debug\"") && said.contains("needs a restart: limits"), "{said}");
    std::fs::write(&config, "tokens = 3").unwrap();
    let (code, said) = reload(&server, &config);
    assert!(code == Some(2) && said.contains("binhyen.toml"), "{code:?}: {said}");
    for unused in ["USR1", "USR2", "ALRM", "IO"] {
        server.signal(unused);
    }
    assert_eq!(status(&server, "third"), 200);
    assert!(server.stop().success());
}

#[test]
fn own_data_are_served_before_their_first_release_is_attacked_and_it_is_followed_when_it_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let communes = file("communes.geojson", TWO_SQUARES);
    let rows =
        (0..80).map(|row| format!("V{row},2023-{:02}-05,{},2020-02,trom_cap,2\n", row % 12 + 1, 20335 + row % 2 * 3));
    let incidents =
        file("incidents.csv", &format!("id,time,area_code,edition,category,severity\n{}", rows.collect::<String>()));
    let boundaries = ["import", "boundaries", &communes, "--edition", "2020-02", "--code", "code", "--name", "name"];
    let covers = ["import", "incidents", &incidents, "--covers", "2022-01-01..2024-12-31"];
    for verb in [&boundaries[..], &covers[..]] {
        let run = run_with(&data, verb);
        assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    }
    let server = ServerProcess::in_folder(folder, &[]);
    within_a_minute("the release is public", || server.get("/meta").json()["release"].is_object());
    let log = server.log();
    let at = |line: &str| log.find(line).unwrap_or_else(|| panic!("no line {line:?} in {log}"));
    assert!(at("a snapshot was built") < at("a release was made"), "{log}");
    assert!(at("a release was made") < at("the store changed; a new snapshot is served"), "{log}");
    assert!(server.stop().success());
}

#[test]
fn reload_without_a_server_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let output = binhyen().args(["reload", "--timeout", "1", "--data"]).arg(folder.path()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(2) && said.contains("is one running?"), "{said}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "the request is taken back");
}

/// How the requests of a client ended.
#[derive(Debug, Default, PartialEq, Eq)]
struct Ended {
    answered: usize,
    cut: usize,
}

/// Asks over and over on connections that are kept as long as the server keeps them, until it accepts none.
fn asked_until_refused(address: &str, path: &str) -> Ended {
    let mut ended = Ended::default();
    while let Ok(stream) = TcpStream::connect(address) {
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let mut stream = BufReader::new(stream);
        loop {
            let Some(is_kept) = answered(&mut stream, address, path) else {
                ended.cut += 1;
                break;
            };
            ended.answered += 1;
            if !is_kept {
                break;
            }
        }
    }
    ended
}

/// Whether the connection is kept after an answer; none where there was no whole answer.
fn answered(stream: &mut BufReader<TcpStream>, address: &str, path: &str) -> Option<bool> {
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n");
    stream.get_mut().write_all(request.as_bytes()).ok()?;
    let (mut length, mut is_kept, mut line) = (0, true, String::new());
    stream.read_line(&mut line).ok().filter(|read| *read > 0)?;
    loop {
        line.clear();
        stream.read_line(&mut line).ok().filter(|read| *read > 0)?;
        let header = line.trim_end().to_ascii_lowercase();
        if header.is_empty() {
            break;
        }
        if let Some(number) = header.strip_prefix("content-length: ") {
            length = number.parse().ok()?;
        }
        is_kept &= header != "connection: close";
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    Some(is_kept)
}

#[test]
fn a_stop_under_load_is_announced_and_cuts_nobody_off() {
    let server = ServerProcess::on_sample();
    let address = server.address().to_owned();
    let clients: Vec<_> = ["/healthz", "/meta", "/tiles/communes/9/409/232", "/version", "/ratings", "/healthz"]
        .map(|path| (address.clone(), path))
        .map(|(address, path)| thread::spawn(move || asked_until_refused(&address, path)))
        .into();
    let watcher = thread::spawn(move || {
        let agent = ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
        let mut statuses = Vec::new();
        while let Ok(answer) = agent.get(format!("http://{address}/readyz")).call() {
            statuses.push(answer.status().as_u16());
        }
        statuses
    });
    thread::sleep(Duration::from_millis(500));
    let begun = Instant::now();
    assert!(server.stop().success());
    assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
    for client in clients {
        let ended = client.join().unwrap();
        assert!(ended.cut == 0 && ended.answered > 0, "{ended:?}");
    }
    let statuses = watcher.join().unwrap();
    assert_eq!((statuses.first(), statuses.last()), (Some(&200), Some(&503)), "not ready before it is gone");
}
