//! The real binary as a whole: it starts on the sample, answers, says what is wrong, and leaves when told.

use crate::support::{Role, ServerProcess, binhyen};

#[test]
fn binary_serves_the_sample_and_leaves_when_told() {
    let server = ServerProcess::on_sample();
    assert_eq!(server.get("/healthz").json()["status"], "ok");
    assert_eq!(server.get("/version").json()["sample"], true);
    let page = server.get("/");
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    assert!(page.text().contains("<html"), "{}", page.text());
    assert!(server.folder().join("data").is_dir());
    assert!(server.stop().success());
}

#[test]
fn start_link_of_each_role_opens_that_role() {
    let server = ServerProcess::on_sample();
    for role in [Role::Public, Role::Planner, Role::Commander, Role::Operator] {
        assert_eq!(server.get_as(role, "/version").json()["role"], role.id());
    }
}

#[test]
fn healthcheck_follows_the_server() {
    let server = ServerProcess::on_sample();
    let url = format!("http://{}/healthz", server.address());
    let check = || binhyen().args(["healthcheck", &url]).output().expect("the binary runs").status;
    assert!(check().success());
    drop(server);
    assert!(!check().success());
}

#[test]
fn port_in_use_is_named() {
    let server = ServerProcess::on_sample();
    let folder = tempfile::tempdir().expect("temporary folder");
    let second = binhyen().args(["serve", "--listen", server.address(), "--data"]).arg(folder.path()).output();
    let second = second.expect("the binary runs");
    let said = String::from_utf8_lossy(&second.stderr);
    assert_eq!(second.status.code(), Some(2), "{said}");
    assert!(said.contains(server.address()), "{said}");
}

#[test]
fn sample_survives_a_kill_and_a_restart() {
    let server = ServerProcess::on_sample();
    let before = server.get("/ratings?level=commune").json();
    let folder = server.kill();
    let again = ServerProcess::in_folder(folder, &[]);
    assert_eq!(again.get("/ratings?level=commune").json()["areas"], before["areas"]);
}

#[test]
fn local_server_names_itself_and_believes_no_other_name() {
    let server = ServerProcess::on_sample();
    let template = |host: &str| {
        let url = format!("http://{}/tiles/communes", server.address());
        let mut answer = ureq::get(&url).header("host", host).call().expect("an answer");
        let text = answer.body_mut().read_to_string().expect("a body");
        let tiles: serde_json::Value = serde_json::from_str(&text).expect("TileJSON");
        tiles["tiles"][0].as_str().expect("a template").to_owned()
    };
    let port = server.address().rsplit(':').next().expect("a port");
    assert!(template(server.address()).starts_with(&format!("http://{}/tiles/communes/", server.address())));
    let localhost = format!("localhost:{port}");
    assert!(template(&localhost).starts_with(&format!("http://{localhost}/tiles/communes/")));
    assert!(template("evil.example").starts_with("/tiles/communes/"));
}
