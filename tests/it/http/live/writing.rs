//! `POST /incidents`, `PATCH` and `DELETE`: what is taken, refused, kept, and shown.

use super::{GEOJSON, collection, counted, counts, many, put, shown, theft};
use crate::support::{Call, Role, ServerProcess};

#[test]
fn what_operators_write_is_counted_amended_and_withdrawn() {
    let server = ServerProcess::on_sample();
    let before = counted(&server);
    let two = collection(&[theft("live-1", 108.48), theft("live-2", 108.49)]);
    let first = put(&server, Role::Operator, "/incidents", &two);
    assert_eq!((first.status, counts(&first)), (201, [2, 0, 0, 0]), "{}", first.text());
    shown(&server, &first);
    assert_eq!(counted(&server), before + 2);
    let again = put(&server, Role::Operator, "/incidents", &two);
    assert_eq!((again.status, counts(&again)), (200, [0, 0, 2, 0]));
    assert_eq!(again.json()["epoch"], first.json()["epoch"], "nothing changed");

    let one = server.get_as(Role::Operator, "/incidents/live-1");
    assert_eq!((one.status, one.json()["properties"]["category"].as_str()), (200, Some("trom_cap")));
    let version = one.header("etag").to_owned();
    let body = r#"{"type":"Feature","properties":{"status":"unfounded"},"reason":"báo nhầm"}"#;
    let amend = |headers: &[(&str, &str)]| {
        server.send_as(Role::Operator, Call { method: "PATCH", path: "/incidents/live-1", headers, body })
    };
    assert_eq!(amend(&[GEOJSON]).status, 428, "which version?");
    assert_eq!(amend(&[GEOJSON, ("if-match", "\"other\"")]).status, 412);
    let amended = amend(&[GEOJSON, ("if-match", &version)]);
    assert_eq!((amended.status, counts(&amended)), (200, [0, 1, 0, 0]), "{}", amended.text());
    shown(&server, &amended);
    assert_eq!(counted(&server), before + 1, "an unfounded report is not counted");
    assert_eq!(amend(&[GEOJSON, ("if-match", &version)]).status, 412, "it is another by now");

    let withdraw = |headers: &[(&str, &str)], path: &str| {
        server.send_as(Role::Operator, Call { method: "DELETE", path, headers, body: "" })
    };
    assert_eq!(withdraw(&[("if-match", "*")], "/incidents/live-2").status, 400, "why?");
    let gone = withdraw(&[("if-match", "*")], "/incidents/live-2?reason=ghi+tr%C3%B9ng");
    assert_eq!((gone.status, counts(&gone)), (200, [0, 0, 0, 1]), "{}", gone.text());
    shown(&server, &gone);
    assert_eq!(counted(&server), before);
    assert_eq!(server.get_as(Role::Operator, "/incidents/live-2").status, 404);
    assert_eq!(withdraw(&[("if-match", "*")], "/incidents/live-2?reason=ghi+tr%C3%B9ng").status, 404);
}

#[test]
fn what_was_acknowledged_is_there_after_a_kill() {
    let server = ServerProcess::on_sample();
    let written = put(&server, Role::Operator, "/incidents", &collection(&[theft("kept-1", 108.48)]));
    assert_eq!(written.status, 201);
    let server = ServerProcess::in_folder(server.kill(), &["--sample"]);
    let kept = server.get_as(Role::Operator, "/incidents/kept-1");
    assert_eq!(kept.status, 200, "{}", kept.text());
    assert_eq!(kept.json()["geometry"]["coordinates"][0], 108.48);
}

#[test]
fn a_collection_is_taken_whole_or_in_part() {
    let server = ServerProcess::on_sample();
    let wrong = theft("wrong-1", 108.48).replace("trom_cap", "no_such_thing");
    let mixed = collection(&[theft("right-1", 108.48), wrong]);
    let refused = put(&server, Role::Operator, "/incidents", &mixed);
    assert_eq!(refused.status, 422, "{}", refused.text());
    let rejected = &refused.json()["rejected"];
    assert_eq!((rejected[0]["feature"].as_u64(), rejected[0]["field"].as_str()), (Some(2), Some("category")));
    assert_eq!(server.get_as(Role::Operator, "/incidents/right-1").status, 404, "nothing was done");
    let partly = put(&server, Role::Operator, "/incidents?partial=true", &mixed);
    assert_eq!((partly.status, counts(&partly)), (207, [1, 0, 0, 0]), "{}", partly.text());
    assert_eq!(partly.json()["rejected"].as_array().map(Vec::len), Some(1));
    assert_eq!(server.get_as(Role::Operator, "/incidents/right-1").status, 200);
}

#[test]
fn a_request_that_is_sent_again_under_its_key_is_done_once() {
    let server = ServerProcess::on_sample();
    let send = |key: &str, body: &str| {
        let headers = [GEOJSON, ("idempotency-key", key)];
        server.send_as(Role::Operator, Call { method: "POST", path: "/incidents", headers: &headers, body })
    };
    let one = collection(&[theft("once-1", 108.48)]);
    let first = send("a", &one);
    assert_eq!((first.status, counts(&first), first.json()["repeated"].as_bool()), (201, [1, 0, 0, 0], Some(false)));
    let again = send("a", &one);
    assert_eq!((counts(&again), again.json()["repeated"].as_bool()), ([1, 0, 0, 0], Some(true)));
    assert_eq!(again.json()["epoch"], first.json()["epoch"]);
    let other = send("a", &collection(&[theft("once-2", 108.48)]));
    assert_eq!(other.status, 422, "{}", other.text());
    assert!(other.json()["type"].as_str().is_some_and(|kind| kind.ends_with("/key-reused")), "{}", other.text());
    assert_eq!(server.get_as(Role::Operator, "/incidents/once-2").status, 404);
}

#[test]
fn what_cannot_be_taken_is_refused_with_its_reason() {
    let server = ServerProcess::on_sample();
    let one = collection(&[theft("refused-1", 108.48)]);
    for (role, status) in [(Role::Public, 401), (Role::Planner, 403), (Role::Commander, 403)] {
        assert_eq!(put(&server, role, "/incidents", &one).status, status, "{role:?}");
    }
    let plain = [("content-type", "text/plain")];
    let text = server.send_as(Role::Operator, Call { method: "POST", path: "/incidents", headers: &plain, body: &one });
    assert_eq!(text.status, 415);
    let person = one.replace("\"category\"", "\"ho_ten\":\"A\",\"category\"");
    let cases = [
        ("", 400),
        ("[]", 400),
        ("{\"type\":\"FeatureCollection\",\"features\":[", 400),
        (person.as_str(), 400),
        (&many(1_001), 400),
        (&one.replace("2025-06-02", "2125-06-02"), 422),
        (&one.replace("108.48", "\"108.48\""), 422),
        (&one.replace("\"refused-1\"", "\"\""), 422),
    ];
    for (body, status) in cases {
        let answer = put(&server, Role::Operator, "/incidents", body);
        let start: String = body.chars().take(90).collect();
        assert_eq!(answer.status, status, "{start}: {}", answer.text());
        assert_eq!(answer.header("content-type"), "application/problem+json", "{start}");
    }
    assert_eq!(put(&server, Role::Operator, "/incidents?partly=true", &one).status, 400);
    assert_eq!(server.get_as(Role::Operator, "/incidents/refused-1").status, 404);
    assert_eq!(counts(&put(&server, Role::Operator, "/incidents", &many(1_000))), [1_000, 0, 0, 0]);
}

#[test]
fn an_incident_of_a_guarded_kind_is_told_to_operators_alone_and_without_its_place() {
    let server = ServerProcess::on_sample();
    let guarded = theft("guarded-1", 108.48).replace("trom_cap", "xam_hai_tinh_duc");
    let written = put(&server, Role::Operator, "/incidents", &collection(&[guarded]));
    assert_eq!(written.status, 201, "{}", written.text());
    assert_eq!(server.get_as(Role::Commander, "/incidents/guarded-1").status, 404);
    let told = server.get_as(Role::Operator, "/incidents/guarded-1").json();
    assert!(told["geometry"].is_null() && told["properties"].get("area_code").is_none(), "{told}");
}
