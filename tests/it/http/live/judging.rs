//! An accepted report: shown as fast as what a request writes.

use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};

use super::events::Listener;
use crate::support::{Call, Role, ServerProcess};

const JSON: (&str, &str) = ("content-type", "application/json");

/// A number that solves a challenge.
fn solution(challenge: &Json) -> String {
    let (text, bits) =
        (challenge["challenge"].as_str().expect("a text"), challenge["proof_bits"].as_u64().expect("bits"));
    let solves = |number: &u64| {
        let hash = Sha256::digest(format!("{text}:{number}"));
        u64::from(u64::from_be_bytes(*hash.first_chunk().expect("eight bytes")).leading_zeros()) >= bits
    };
    (0..1_u64 << 40).find(solves).expect("a solution").to_string()
}

/// Sends a report of something that happened an hour ago; gives its number.
fn reported(server: &ServerProcess) -> String {
    let challenge = server.get("/reports/challenge").json();
    let hour_ago = jiff::Timestamp::now() - jiff::SignedDuration::from_hours(1);
    let report = json!({
        "challenge": challenge["challenge"],
        "solution": solution(&challenge),
        "category": "trom_cap",
        "time": hour_ago.to_string(),
        "lon": 108.48,
        "lat": 15.573,
        "text": "Mất xe máy trước chợ",
    });
    let call = Call { method: "POST", path: "/reports", headers: &[JSON], body: &report.to_string() };
    let answer = server.send_as(Role::Public, call);
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()["number"].as_str().expect("a number").to_owned()
}

#[test]
fn an_accepted_report_is_shown_and_heard_of_without_a_look_at_the_store() {
    let server = ServerProcess::on_sample();
    let mut commander = Listener::new(&server, Role::Commander, None);
    let begun = commander.next()["epoch"].as_u64().expect("an epoch");
    let number = reported(&server);
    let accept = json!({ "decision": "accept", "category": "trom_cap", "severity": 3 }).to_string();
    let judged = server.send_as(
        Role::Operator,
        Call {
            method: "POST",
            path: &format!("/reports/{number}/judgement"),
            headers: &[JSON, ("if-match", "\"1\"")],
            body: &accept,
        },
    );
    assert_eq!(judged.status, 200, "{}", judged.text());
    // What is found by a look at the store is told without what changed; this came with the commit.
    let heard = commander.next();
    assert_eq!((heard["epoch"].as_u64(), heard["changed"]["added"].as_u64()), (Some(begun + 1), Some(1)), "{heard}");
    let ratings = server.get_as(Role::Commander, "/ratings?level=province").json();
    assert_eq!(ratings["epoch"].as_u64(), Some(begun + 1), "what is heard of is served");
    let id = judged.json()["judgement"]["incident"].as_str().expect("an id").to_owned();
    let incident = server.get_as(Role::Commander, &format!("/incidents/{id}"));
    assert_eq!((incident.status, incident.json()["properties"]["category"].as_str()), (200, Some("trom_cap")));
}
