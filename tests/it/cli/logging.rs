//! What the real binary writes into its log: lines on requests, in the form and number that the configuration says, and
//! what an operator is warned of.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{Role, ServerProcess, binhyen};

/// A server on the sample with a section `[log]`.
fn logging(section: &str) -> ServerProcess {
    let folder = tempfile::tempdir().expect("temporary folder");
    let config = folder.path().join("binhyen.toml");
    std::fs::write(&config, format!("[log]\n{section}\n")).expect("a file");
    let config = config.to_str().expect("a path of text").to_owned();
    ServerProcess::in_folder(folder, &["--sample", "--config", &config])
}

/// The lines on access, each an object.
fn access_lines(server: &ServerProcess) -> Vec<Value> {
    let log = server.log();
    let objects = log.lines().filter(|line| line.starts_with('{'));
    let objects = objects.map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")));
    objects.filter(|line: &Value| line["target"] == "binhyen::access").collect()
}

#[test]
fn json_lines_name_request_route_role_and_every_look_at_points() {
    let server = logging("format = \"json\"\none_request_in = 1");
    for path in ["/tiles/incidents/9/409/232?window=TK-2024", "/incidents?limit=2"] {
        assert_eq!(server.get_as(Role::Commander, path).status, 200, "{path}");
        let lines = access_lines(&server);
        let answered = lines.last().expect("a line");
        assert_eq!(answered["message"], "a request was answered", "{answered}");
        assert_eq!((&answered["viewer.role"], &answered["http.status"]), (&"commander".into(), &200.into()));
        let (route, query) = path.split_once('?').expect("a query");
        assert_eq!((answered["http.path"].as_str(), answered["http.query"].as_str()), (Some(route), Some(query)));
        assert!(answered["took_us"].is_u64() && answered["client.address"] == "127.0.0.1", "{answered}");
        let id = &answered["request.id"];
        let looks = lines.iter().filter(|line| line["request.id"] == *id).count();
        assert_eq!(looks, 2, "the look at points and the answer stand under one id: {lines:?}");
    }
    assert_eq!(server.get_with("no-such-token", "/ratings").status, 401);
    assert!(access_lines(&server).iter().any(|line| line["message"] == "a token was refused"));
}

#[test]
fn one_request_in_so_many_has_a_line_of_text_and_a_reload_changes_how_many() {
    let server = logging("one_request_in = 1000");
    let lines = || server.log().lines().filter(|line| line.contains("a request was answered")).count();
    let asked = |times: usize| {
        let before = lines();
        for _ in 0..times {
            assert_eq!(server.get("/healthz").status, 200);
        }
        lines() - before
    };
    assert!(asked(20) <= 1, "{}", server.log());
    let config = server.folder().join("binhyen.toml");
    std::fs::write(&config, "[log]\none_request_in = 5\n").expect("a file");
    let mut reload = binhyen();
    reload.arg("reload").arg("--config").arg(&config).arg("--data").arg(server.folder().join("data"));
    assert!(reload.status().expect("the binary runs").success());
    let found = asked(20);
    assert!((4..=5).contains(&found), "{found} of 20");
    let log = server.log();
    assert!(!log.contains("\u{1b}["), "a file gets no colours");
    assert!(log.contains("http.route=\"/healthz\" http.status=200"), "texts stand in quotes: {log}");
}

#[test]
fn foreign_host_without_a_public_address_is_warned_of_once() {
    let server = ServerProcess::on_sample();
    let agent = ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
    for path in ["/oembed?url=https://bando.example.vn/", "/tiles/communes", "/tiles/communes"] {
        let answer = agent.get(format!("http://{}{path}", server.address())).header("host", "bando.example.vn").call();
        answer.expect("the server answers");
    }
    let deadline = Instant::now() + Duration::from_mins(1);
    let warnings = || server.log().matches("set public_url").count();
    while warnings() == 0 {
        assert!(Instant::now() < deadline, "{}", server.log());
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(warnings(), 1);
    assert!(server.log().contains("http.host=\"bando.example.vn\""), "{}", server.log());
}

#[test]
fn healthcheck_finds_the_server_below_its_base_path() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let config = folder.path().join("binhyen.toml");
    std::fs::write(&config, "base_path = \"/map\"\n").expect("a file");
    let server = ServerProcess::started(folder, &["--sample", "--config", config.to_str().expect("a path of text")]);
    let check = |config: &Path| {
        let mut check = binhyen();
        let check =
            check.args(["healthcheck", "--ready", "--config"]).arg(config).env("BINHYEN_LISTEN", server.address());
        check.output().expect("the binary runs").status.code()
    };
    let deadline = Instant::now() + Duration::from_mins(1);
    while check(&config) != Some(0) {
        assert!(Instant::now() < deadline, "{}", server.log());
        std::thread::sleep(Duration::from_millis(100));
    }
    assert_eq!((server.get("/healthz").status, server.get("/map/healthz").status), (404, 200));
    let elsewhere = server.folder().join("other.toml");
    std::fs::write(&elsewhere, "base_path = \"/elsewhere\"\n").expect("a file");
    assert_eq!(check(&elsewhere), Some(1), "another base path is another server");
}
