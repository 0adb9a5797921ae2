//! A running server follows its store.

use std::time::{Duration, Instant};

use crate::support::{Role, ServerProcess, binhyen};

const SEEN_WITHIN: Duration = Duration::from_secs(30);

#[test]
fn an_import_is_served_without_a_restart_and_ends_the_tokens_of_the_sample() {
    let server = ServerProcess::on_sample();
    let ratings = "/ratings?edition=2025-01&level=province";
    let before = server.get_as(Role::Planner, ratings).json();
    assert_eq!(before["sample"], true);
    let file = server.folder().join("incidents.csv");
    let rows =
        "id,time,lon,lat,category,severity\nOWN-1,2024-05-01T08:00:00+07:00,108.33,15.88,trom_cap,nghiem_trong\n";
    std::fs::write(&file, rows).unwrap();
    let mut import = binhyen();
    import.args(["import", "incidents", "--covers", "2023-12-15..2024-12-15"]).arg(&file);
    import.arg("--data").arg(server.folder().join("data"));
    let import = import.output().unwrap();
    assert!(import.status.success(), "{}", String::from_utf8_lossy(&import.stderr));
    let deadline = Instant::now() + SEEN_WITHIN;
    while server.get("/version").json()["epoch"] == before["epoch"] {
        assert!(Instant::now() < deadline, "the import was not seen:\n{}", server.log());
        std::thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(server.get_as(Role::Planner, ratings).status, 401, "a token of the sample must not open own incidents");
    // What was released of the sample went with it; one report is no reason to publish before the rest has come.
    assert_eq!(server.get(ratings).status, 403, "nothing of own data is released yet");
    let mut make = binhyen();
    make.args(["release", "make", "--data"]).arg(server.folder().join("data"));
    let make = make.output().unwrap();
    assert!(make.status.success(), "{}", String::from_utf8_lossy(&make.stderr));
    let deadline = Instant::now() + SEEN_WITHIN;
    while server.get(ratings).status != 200 {
        assert!(Instant::now() < deadline, "the release was not seen:\n{}", server.log());
        std::thread::sleep(Duration::from_millis(100));
    }
    let after = server.get(ratings).json();
    assert_eq!(after["release"]["number"], 1, "releases of own data are numbered anew");
    assert!(after["areas"][0]["incidents"].is_null(), "one incident is a small count: {}", after["areas"][0]);
    assert!(after["epoch"].as_u64() > before["epoch"].as_u64());
}
