//! The real binary as a whole: it starts on the sample, answers, says what is wrong, and leaves when told.

use std::path::Path;
use std::time::{Duration, Instant};

use crate::support::imports::TWO_SQUARES;
use crate::support::{Role, ServerProcess, binhyen, free_address};

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
fn server_and_program_name_the_same_commit() {
    let output = binhyen().arg("--version").output().expect("the binary runs");
    let said = String::from_utf8(output.stdout).expect("text");
    let version = ServerProcess::on_sample().get("/version").json();
    let commit = version["commit"].as_str().map(|commit| format!(" ({commit})")).unwrap_or_default();
    assert!(version["commit"].is_null() || version["commit"].is_string(), "{version}");
    assert_eq!(said.trim(), format!("binhyen {}{commit}", version["version"].as_str().expect("a version")));
}

/// What `serve` says that does not start.
fn refused_start(folder: &Path, arguments: &[&str], variables: &[(&str, &Path)]) -> String {
    let mut serve = binhyen();
    serve.args(["serve", "--listen", &free_address()]).args(arguments).current_dir(folder);
    for (name, value) in variables {
        serve.env(name, value);
    }
    let log = std::fs::File::create(folder.join("log")).expect("a file");
    let mut serve = serve.stdout(std::process::Stdio::null()).stderr(log).spawn().expect("the binary runs");
    let said = || std::fs::read_to_string(folder.join("log")).expect("the log");
    let deadline = Instant::now() + Duration::from_mins(1);
    let status = loop {
        if let Some(status) = serve.try_wait().expect("the child can be asked") {
            break status;
        }
        if Instant::now() > deadline {
            serve.kill().expect("a child");
            serve.wait().expect("a child");
            panic!("it serves: {}", said());
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    assert_eq!(status.code(), Some(2), "{}", said());
    said()
}

#[test]
fn named_folder_without_a_database_is_refused_and_stays_as_it_is() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let data = folder.path().join("mount");
    std::fs::create_dir(&data).expect("a folder");
    let config = folder.path().join("binhyen.toml");
    std::fs::write(&config, "data = \"mount\"").expect("a file");
    for (arguments, variables) in [
        (&["--data", "mount"][..], &[][..]),
        (&["--data", "nowhere"], &[]),
        (&["--config", "binhyen.toml"], &[]),
        (&[], &[("BINHYEN_CONFIG", config.as_path())]),
        (&[], &[("BINHYEN_DATA", data.as_path())]),
    ] {
        let said = refused_start(folder.path(), arguments, variables);
        for word in ["there is no database here", "binhyen import", "--sample", "mounted"] {
            assert!(said.contains(word), "{word}: {said}");
        }
    }
    std::fs::write(&config, "").expect("a file");
    let said = refused_start(folder.path(), &["--config", "binhyen.toml"], &[]);
    assert!(said.contains("binhyen-data: there is no database here"), "{said}");
    let left: Vec<_> = std::fs::read_dir(folder.path()).expect("a folder").collect();
    assert_eq!((left.len(), std::fs::read_dir(&data).expect("a folder").count()), (3, 0), "log, configuration, folder");
}

#[test]
fn damaged_store_is_never_ready() {
    let (_, folder) = ServerProcess::on_sample().stop_and_keep();
    let database = folder.path().join("data/binhyen.sqlite");
    let whole = std::fs::read(&database).expect("a database");
    for from in [whole.len() / 2 / 4096 * 4096, whole.len() - 4096] {
        let mut bytes = whole.clone();
        bytes[from..from + 4096].fill(0xAA);
        std::fs::write(&database, bytes).expect("a file");
        let said = refused_start(folder.path(), &["--data", "data"], &[]);
        assert!(said.contains("damaged") && said.contains("restore"), "{said}");
    }
}

#[test]
fn empty_store_is_waited_for_and_says_so() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let data = folder.path().join("data");
    let import = |what: &[&str], file: &Path, text: &str, data: &Path| {
        std::fs::write(file, text).expect("a file");
        let output = binhyen().arg("import").args(what).arg(file).arg("--data").arg(data).output();
        assert!(output.expect("the binary runs").status.success());
    };
    import(&["incidents"], &folder.path().join("i.csv"), "id,time,category,severity\n1,2024-01-01,chay,1\n", &data);
    let server = ServerProcess::started(folder, &[]);
    let deadline = Instant::now() + Duration::from_mins(1);
    while !server.log().contains("holds no boundaries") {
        assert!(Instant::now() < deadline, "{}", server.log());
        std::thread::sleep(Duration::from_millis(50));
    }
    let answer = server.get("/readyz");
    assert_eq!(answer.status, 503);
    assert!(answer.text().contains("Kho dữ liệu chưa có địa giới"), "{}", answer.text());
    let boundaries = ["boundaries", "--edition", "2020-02"];
    import(&boundaries, &server.folder().join("a.geojson"), TWO_SQUARES, &server.folder().join("data"));
    while server.get("/readyz").status != 200 {
        assert!(Instant::now() < deadline, "{}", server.log());
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(server.get("/version").json()["sample"], false);
}

#[test]
fn database_alone_is_whole_after_a_clean_stop() {
    let (status, folder) = ServerProcess::on_sample().stop_and_keep();
    assert!(status.success());
    let data = folder.path().join("data");
    let left = std::fs::read_dir(&data).expect("a folder");
    let left: Vec<_> = left.map(|entry| entry.expect("an entry").file_name()).collect();
    assert!(!left.iter().any(|name| name == "binhyen.sqlite-wal" || name == "binhyen.sqlite-shm"), "{left:?}");
    let other = tempfile::tempdir().expect("temporary folder");
    std::fs::create_dir(other.path().join("data")).expect("a folder");
    std::fs::copy(data.join("binhyen.sqlite"), other.path().join("data/binhyen.sqlite")).expect("a copy");
    let before = ServerProcess::in_folder(folder, &[]);
    let alone = ServerProcess::in_folder(other, &[]);
    for path in ["/version", "/ratings?level=commune", "/areas?level=commune"] {
        let (one, other) = (before.get(path), alone.get(path));
        assert!(one.status == 200 && one.body == other.body, "{path}");
    }
    let log = alone.log();
    assert!(log.contains("other users of this machine may read this"), "the copy is open to others: {log}");
}

#[test]
fn data_folder_is_private_and_tidied() {
    let server = ServerProcess::on_sample();
    let data = server.folder().join("data");
    let mode = |name: &str| {
        let rights = data.join(name).metadata().expect("it is there").permissions();
        std::os::unix::fs::PermissionsExt::mode(&rights) & 0o777
    };
    assert_eq!((mode("."), mode("shapes")), (0o700, 0o700));
    assert_eq!(["binhyen.sqlite", "binhyen.sqlite-wal", "binhyen.sqlite-shm"].map(mode), [0o600; 3]);
    assert!(!server.log().contains("other users of this machine"), "{}", server.log());
    let folder = server.kill();
    let left = [folder.path().join("data/binhyen.incidents.7.part"), folder.path().join("data/shapes/x.7.part")];
    for path in &left {
        std::fs::write(path, "half").expect("a file");
    }
    let again = ServerProcess::in_folder(folder, &[]);
    assert!(left.iter().all(|path| !path.exists()), "{}", again.log());
}

#[test]
fn grown_taxonomy_is_taken_by_the_running_server() {
    let folder = ServerProcess::on_sample().stop_and_keep().1;
    let server = ServerProcess::in_folder(folder, &[]);
    let data = server.folder().join("data");
    assert!(!server.get("/meta").text().contains("cay_xanh_do"));
    let shipped = include_str!("../../../geodata/taxonomy.toml");
    let grown = "[[category]]\nid = \"cay_xanh_do\"\nnumber = 99\ncomponent = \"khac\"\n\
                 vi = \"Cây xanh đổ\"\nen = \"Fallen tree\"\n\n# Severity: ";
    let grown = shipped.replacen("# Severity: ", grown, 1);
    std::fs::write(data.join("taxonomy.toml"), grown).expect("a file");
    let file = server.folder().join("i.csv");
    std::fs::write(&file, "id,time,category,severity\n1,2024-01-01,cay_xanh_do,1\n").expect("a file");
    let mut import = binhyen();
    let import = import.args(["import", "incidents"]).arg(&file).arg("--data").arg(&data).output();
    assert!(import.expect("the binary runs").status.success());
    let deadline = Instant::now() + Duration::from_mins(1);
    while !server.get("/meta").text().contains("cay_xanh_do") {
        assert!(Instant::now() < deadline, "{}", server.log());
        std::thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(server.get("/readyz").status, 200);
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
    let url = format!("http://{}/tiles/communes", server.address());
    let refused = ureq::get(&url).header("host", "evil.example").call();
    assert!(matches!(refused, Err(ureq::Error::StatusCode(501))), "{refused:?}");
}
