//! The audit log of a server: what is a line, whose, and that nothing is shown without one.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

use std::time::Duration;

use binhyen::domain::audit::AuditLine;
use binhyen::http::extract::access::token_hash;
use binhyen::service::accounting::BATCH_WINDOW;
use binhyen::store::Store;
use tempfile::TempDir;

use crate::support::imports::words;
use crate::support::snapshot::{COMMANDER, PLANNER, TestServer, WINDOW, tile_at};

/// A server that writes its log into a store.
async fn accounted() -> (TestServer, Store, TempDir) {
    let (server, folder) = (TestServer::new(), tempfile::tempdir().unwrap());
    let store = Store::open(folder.path(), &words().taxonomy).await.unwrap();
    server.state.service.follow_store(&store);
    server.state.service.accounting().begin(&store);
    (server, store, folder)
}

/// All lines but sign-ins, after whatever waits was written.
async fn lines(server: &TestServer, store: &Store) -> Vec<AuditLine> {
    server.state.service.accounting().end().await;
    let lines = store.audit_lines_after(0).await.unwrap();
    lines.into_iter().filter(|line| line.entry.action != "sign_in").collect()
}

fn actions(lines: &[AuditLine]) -> Vec<&str> {
    lines.iter().map(|line| line.entry.action.as_str()).collect()
}

#[tokio::test]
async fn a_look_at_points_is_on_the_disk_before_it_is_answered() {
    let (server, store, _folder) = accounted().await;
    let commander = format!("Bearer {COMMANDER}");
    let headers = [("authorization", &*commander), ("x-request-id", "look-1")];
    let answer = server.get(&format!("/incidents?window={WINDOW}&limit=5&bbox=107,15,109,16"), &headers).await;
    assert_eq!(answer.status, 200);
    // Not waited for: the line is there.
    let lines = store.audit_lines_after(0).await.unwrap();
    let look = &lines.iter().find(|line| line.entry.action == "points").unwrap().entry;
    assert_eq!((look.rows, &*look.role, &*look.label), (Some(5), "commander", "test commander"));
    assert_eq!(look.token_id, token_hash(COMMANDER)[..8]);
    assert_eq!(
        (&*look.request_id, &*look.question),
        ("look-1", "/incidents?bbox=107%2C15%2C109%2C16&limit=5&window=TK-2022")
    );
    assert_eq!(store.verified_audit(None, |_| ()).await.unwrap().fault, None);
}

#[tokio::test]
async fn what_a_role_reads_or_takes_with_it_is_a_line_and_what_is_public_is_none() {
    let (server, store, _folder) = accounted().await;
    for public in ["/ratings?f=csv", "/ratings", "/export/svg", "/meta", "/tiles"] {
        assert_eq!(server.public(public).await.status, 200, "{public}");
    }
    assert_eq!(actions(&lines(&server, &store).await), Vec::<&str>::new());
    let seen = [
        (COMMANDER, format!("/incidents?window={WINDOW}"), "points"),
        (COMMANDER, format!("/incidents?window={WINDOW}&f=csv"), "export"),
        (COMMANDER, format!("/incidents?window={WINDOW}&shape=squares"), "squares"),
        (PLANNER, format!("/incidents?window={WINDOW}"), "squares"),
        (PLANNER, format!("/ratings?window={WINDOW}&f=csv"), "export"),
        (PLANNER, format!("/ratings?window={WINDOW}&f=xlsx"), "export"),
        (PLANNER, format!("/export/svg?window={WINDOW}"), "export"),
    ];
    for (token, address, _) in &seen {
        assert_eq!(server.with_token(token, address).await.status, 200, "{address}");
    }
    assert_eq!(server.with_token(PLANNER, &format!("/ratings?window={WINDOW}")).await.status, 200);
    let expected: Vec<&str> = seen.iter().map(|(_, _, action)| *action).collect();
    assert_eq!(actions(&lines(&server, &store).await), expected);
}

#[tokio::test]
async fn tiles_of_points_are_lines_wherever_they_come_from() {
    let (server, store, _folder) = accounted().await;
    let (x, y) = tile_at(12, 108.05, 15.55);
    let address = format!("/tiles/incidents/12/{x}/{y}?window={WINDOW}");
    let mut tag = String::new();
    for _ in 0..3 {
        server.with_token(COMMANDER, &address).await.header("etag").clone_into(&mut tag);
    }
    let held = [("authorization", &*format!("Bearer {COMMANDER}")), ("if-none-match", &*tag)];
    assert_eq!(server.get(&address, &held).await.status, 304);
    server.with_token(PLANNER, &address).await;
    server.with_token(COMMANDER, &address.replace("/incidents/", "/communes/")).await;
    let lines = lines(&server, &store).await;
    assert_eq!(actions(&lines), ["points_tile"; 4], "made, kept, given from the cache, held by the client");
    let question = format!("/tiles/incidents/12/{x}/{y}?window=TK-2022");
    assert!(lines[..3].iter().all(|line| line.entry.question == question), "{lines:?}");
    assert_eq!(lines[3].entry.question, format!("{question} (held by the client)"));
}

#[tokio::test]
async fn tiles_of_points_are_written_within_the_window() {
    let (server, store, _folder) = accounted().await;
    let (x, y) = tile_at(12, 108.05, 15.55);
    server.with_token(COMMANDER, &format!("/tiles/incidents/12/{x}/{y}?window={WINDOW}")).await;
    tokio::time::sleep(BATCH_WINDOW + Duration::from_millis(800)).await;
    let lines = store.audit_lines_after(0).await.unwrap();
    assert!(lines.iter().any(|line| line.entry.action == "points_tile"), "{lines:?}");
}

#[tokio::test]
async fn nothing_is_shown_that_cannot_be_accounted_for() {
    let (server, store, folder) = accounted().await;
    let script = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(\"CREATE TRIGGER full BEFORE INSERT \
                  ON audit_line BEGIN SELECT RAISE(ABORT, 'full'); END\"); c.commit()";
    let database = folder.path().join("binhyen.sqlite");
    assert!(std::process::Command::new("python3").args(["-c", script]).arg(database).status().unwrap().success());
    let refused = server.with_token(COMMANDER, &format!("/incidents?window={WINDOW}")).await;
    assert_eq!((refused.status.as_u16(), refused.header("retry-after")), (503, "5"));
    let problem = refused.json();
    assert!(problem["type"].as_str().unwrap().ends_with("/problems/not-accounted"), "{problem}");
    let (x, y) = tile_at(12, 108.05, 15.55);
    for _ in 0..3 {
        let tile = server.with_token(COMMANDER, &format!("/tiles/incidents/12/{x}/{y}?window={WINDOW}")).await;
        assert_eq!(tile.status, 503);
    }
    assert_eq!(server.public("/ratings").await.status, 200, "what is public needs no line");
    assert_eq!(store.audit_span().await.unwrap().end.number, 0);
}

#[tokio::test]
async fn refusals_are_lines_up_to_a_number_a_minute_and_all_are_counted() {
    let (server, store, _folder) = accounted().await;
    for _ in 0..30 {
        server.with_token("forged", "/incidents?window=TK-2022").await;
    }
    server.public("/desk").await;
    server.with_token(PLANNER, "/desk").await;
    let lines = lines(&server, &store).await;
    assert_eq!(actions(&lines), ["refusal"; 20]);
    let first = &lines[0].entry;
    assert_eq!((&*first.question, &*first.role, first.rows), ("401 GET /incidents?window=TK-2022", "", Some(1)));
    assert!(lines.iter().all(|line| !line.entry.question.contains("forged")));
}

#[tokio::test]
async fn the_first_use_of_a_token_is_a_sign_in() {
    let (server, store, _folder) = accounted().await;
    for token in [PLANNER, PLANNER, COMMANDER, "forged"] {
        server.with_token(token, "/meta").await;
    }
    server.public("/meta").await;
    server.state.service.accounting().end().await;
    let lines = store.audit_lines_after(0).await.unwrap();
    let seen: Vec<_> = lines.iter().map(|line| (line.entry.action.as_str(), line.entry.label.as_str())).collect();
    assert_eq!(seen, [("sign_in", "test planner"), ("sign_in", "test commander"), ("refusal", "")]);
}
