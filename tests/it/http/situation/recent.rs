//! What `/situation` says was written lately, and to whom.

use binhyen::domain::area::Position;
use binhyen::domain::incident::taxonomy::Severity;
use binhyen::domain::incident::{Incident, IncidentLocation};
use binhyen::domain::unsaid::FieldSet;
use binhyen::service::live::now_s;
use binhyen::store::{ExpectedState, PutIncident, Store, WriteAction};
use serde_json::Value;

use super::followed;
use crate::support::imports::words;
use crate::support::record_writes::write_at;
use crate::support::snapshot::{COMMANDER, PLANNER};

fn incident(id: &str, category: &str, (lon, lat): (f64, f64)) -> Incident {
    let taxonomy = words().taxonomy;
    Incident {
        id: id.to_owned(),
        unix_seconds: 1_654_059_600,
        location: IncidentLocation::Point(Position::new(lon, lat).unwrap()),
        category: taxonomy.category(category).unwrap(),
        severity: Severity::new(3).unwrap(),
        status: taxonomy.status("recorded").unwrap(),
        channel: taxonomy.channel("113").unwrap(),
        precision: taxonomy.precision("exact").unwrap(),
    }
}

async fn write(store: &Store, moment_s: i64, action: WriteAction) {
    store.submit_together(&[write_at(moment_s, action)], &[]).await.unwrap();
}

fn put(incident: Incident) -> WriteAction {
    WriteAction::Put(vec![PutIncident { incident, unsaid: FieldSet::default() }])
}

#[tokio::test]
async fn commanders_read_what_was_written_one_by_one_and_planners_how_much() {
    let (server, store, _folder) = followed().await;
    let path = "/situation?days=1&edition=2025-01";
    let before = server.with_token(COMMANDER, path).await;
    assert_eq!(before.json()["recent"]["incidents"], Value::Array(Vec::new()));
    let (now, centre) = (now_s(), (108.05, 15.55));
    write(&store, now - 3 * 86_400, put(incident("cu-1", "trom_cap", centre))).await;
    write(&store, now - 2, put(incident("moi-1", "trom_cap", centre))).await;
    write(&store, now - 1, WriteAction::Withdraw("cu-1".to_owned(), ExpectedState::Any)).await;
    write(&store, now, put(incident("kin-1", "tre_em", (108.15, 15.65)))).await;

    let answer = server.with_token(COMMANDER, path).await;
    assert_ne!(answer.header("etag"), before.header("etag"), "it is another answer");
    let recent = &answer.json()["recent"];
    let counts = ["added", "corrected", "withdrawn"].map(|name| recent[name].as_u64().unwrap());
    assert_eq!(counts, [2, 0, 1], "{recent}");
    let listed = recent["incidents"].as_array().unwrap();
    let told = |name: &str| -> Vec<&str> { listed.iter().map(|one| one[name].as_str().unwrap()).collect() };
    assert_eq!((told("id"), told("what")), (vec!["cu-1", "moi-1"], vec!["withdrawn", "added"]));
    assert!(listed.iter().all(|one| one["commune"]["code"] == "20335"), "{recent}");
    assert_eq!(told("time"), ["2022-06-01T12:00:00+07:00"; 2]);
    // What is never shown below district stands in no list: neither its id nor where it was.
    assert!(!recent.to_string().contains("kin-1") && !recent.to_string().contains("20404"), "{recent}");

    let planner = server.with_token(PLANNER, path).await.json();
    assert_eq!((&planner["recent"]["added"], &planner["recent"]["incidents"]), (&2.into(), &Value::Null));
    let text = planner.to_string();
    assert!(["cu-1", "moi-1", "kin-1"].iter().all(|id| !text.contains(id)), "{text}");
    let week = server.with_token(COMMANDER, "/situation?days=7&edition=2025-01").await.json();
    assert_eq!((&week["recent"]["added"], &week["recent"]["withdrawn"]), (&2.into(), &0.into()), "added and withdrawn");
}
