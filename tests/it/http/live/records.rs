//! `POST /models`, `/models/{id}/events`, `/decisions`, `/declarations`: what is taken, refused, kept, and shown.

use super::{GEOJSON, collection, counts, put, shown};
use crate::support::{Answer, Call, Role, ServerProcess};

/// A camera at a point that runs since May 2024, with more of its properties.
fn camera(id: &str, more: &str) -> String {
    format!(
        r#"{{"type":"Feature","id":"{id}","geometry":{{"type":"Point","coordinates":[108.48,15.573]}},
           "properties":{{"kind":"camera","started_on":"2024-05-01"{more}}}}}"#
    )
}

/// A feature without geometry.
fn row(properties: &str) -> String {
    format!(r#"{{"type":"Feature","geometry":null,"properties":{{{properties}}}}}"#)
}

fn decision(number: &str) -> String {
    row(&format!(
        r#""unit_id":"20335","unit_kind":"commune","area_code":"20335","edition":"2025-07","window":"ANTT-2025-xa",
           "recognised":"no","number":"{number}","decided_on":"2025-11-28","body":"UBND thành phố (mẫu)""#
    ))
}

fn declaration(criterion: &str, met: &str) -> String {
    row(&format!(
        r#""unit_id":"20335","unit_kind":"commune","area_code":"20335","edition":"2025-07","window":"ANTT-2025-xa",
           "criterion":"{criterion}","met":"{met}""#
    ))
}

fn write(server: &ServerProcess, path: &str, features: &[String]) -> Answer {
    put(server, Role::Operator, path, &collection(features))
}

/// The first feature that an answer rejects: its number and field.
fn rejected(answer: &Answer) -> (u64, String) {
    let first = &answer.json()["rejected"][0];
    (first["feature"].as_u64().unwrap_or_default(), first["field"].as_str().unwrap_or_default().to_owned())
}

#[test]
fn models_are_put_amended_and_shown_and_incidents_are_not_read_again() {
    let server = ServerProcess::on_sample();
    // A child may stand before its parent.
    let both = [camera("live-child", r#","parent_id":"live-parent""#), camera("live-parent", "")];
    let first = write(&server, "/models", &both);
    assert_eq!((first.status, counts(&first)), (201, [2, 0, 0, 0]), "{}", first.text());
    shown(&server, &first);
    let child = server.get_as(Role::Planner, "/models/live-child").json();
    assert_eq!((&child["parent"]["id"], &child["model"]["origin"]), (&"live-parent".into(), &"replicated".into()));
    assert_eq!(child["model"]["started_on"], "2024-05-01");
    let again = write(&server, "/models", &both);
    assert_eq!((again.status, counts(&again), &again.json()["epoch"]), (200, [0, 0, 2, 0], &first.json()["epoch"]));

    let ended = [camera("live-child", r#","ended_on":"2025-02-01""#), camera("live-next", "")];
    let ended = write(&server, "/models", &ended);
    assert_eq!((ended.status, counts(&ended)), (201, [1, 1, 0, 0]), "{}", ended.text());
    shown(&server, &ended);
    let child = server.get_as(Role::Planner, "/models/live-child").json();
    assert_eq!(child["model"]["ended_on"], "2025-02-01");
    assert_eq!(child["parent"]["id"], "live-parent", "what the feature leaves unsaid stays");
    assert_eq!(server.get_as(Role::Planner, "/models/MH-00001").status, 200, "a trial replaces no sample");
    assert_eq!(server.get_as(Role::Operator, "/incidents?limit=1").status, 200);
    let whole =
        server.log().lines().filter(|line| line.contains("a snapshot was built") && line.contains("whole")).count();
    assert_eq!(whole, 1, "at the start alone:\n{}", server.log());
}

#[test]
fn what_happens_to_a_model_has_to_agree_with_it() {
    let server = ServerProcess::on_sample();
    let events = "/models/live-1/events";
    let reviewed = row(r#""event":"reviewed","on":"2025-03-01","result":"good","decision":"12/QĐ-thử""#);
    assert_eq!(write(&server, events, std::slice::from_ref(&reviewed)).status, 404, "there is no such model");
    // No look at what is served lies between: the next request knows what was acknowledged.
    assert_eq!(write(&server, "/models", &[camera("live-1", "")]).status, 201);
    let first = write(&server, events, std::slice::from_ref(&reviewed));
    assert_eq!((first.status, counts(&first)), (201, [1, 0, 0, 0]), "{}", first.text());
    shown(&server, &first);
    let model = server.get_as(Role::Planner, "/models/live-1").json();
    assert_eq!((&model["reviews"][0]["on"], &model["reviews"][0]["result"]), (&"2025-03-01".into(), &"good".into()));
    assert_eq!(counts(&write(&server, events, std::slice::from_ref(&reviewed))), [0, 0, 1, 0]);
    for (event, field) in [
        (r#""event":"retired","on":"2025-04-01""#, "event"),
        (r#""event":"adjusted","on":"2023-04-01""#, "on"),
        (r#""event":"replicated","on":"2024-05-01""#, "on"),
        (r#""event":"reviewed","on":"2025-04-01""#, "result"),
        (r#""event":"kept","on":"2025-04-01","result":"good""#, "result"),
        (r#""event":"praised","on":"2025-04-01""#, "event"),
        (r#""event":"kept","on":"2125-04-01""#, "on"),
        (r#""event":"kept","on":"2025-04-01","id":"MH-00001""#, "id"),
    ] {
        let refused = write(&server, events, &[row(event)]);
        assert_eq!((refused.status, rejected(&refused)), (422, (1, field.to_owned())), "{event}: {}", refused.text());
    }
    // Once it has an end, it can be retired on that day.
    assert_eq!(counts(&write(&server, "/models", &[camera("live-1", r#","ended_on":"2025-04-01""#)])), [0, 1, 0, 0]);
    let retired = row(r#""event":"retired","on":"2025-04-01","id":"live-1""#);
    assert_eq!(counts(&write(&server, events, &[retired])), [1, 0, 0, 0]);
}

#[test]
fn decisions_and_declarations_are_read_by_the_next_question() {
    let server = ServerProcess::on_sample();
    let area = "/areas/2025-07/20335/explanation?window=ANTT-2025-xa";
    let before = server.get_as(Role::Operator, area);
    assert_eq!(before.status, 200, "{}", before.text());
    let decided = write(&server, "/decisions", &[decision("7/QĐ-thử")]);
    assert_eq!((decided.status, counts(&decided)), (200, [0, 1, 0, 0]), "{}", decided.text());
    shown(&server, &decided);
    let after = server.get_as(Role::Operator, area);
    assert!(after.text().contains("7/QĐ-thử") && !before.text().contains("7/QĐ-thử"), "{}", after.text());
    assert_eq!(counts(&write(&server, "/decisions", &[decision("7/QĐ-thử")])), [0, 0, 1, 0]);

    let declared = write(&server, "/declarations", &[declaration("5.3", "no"), declaration("5.2.a", "yes")]);
    assert_eq!((declared.status, counts(&declared)), (200, [0, 1, 1, 0]), "{}", declared.text());
    shown(&server, &declared);
    assert_ne!(server.get_as(Role::Operator, area).json()["statutory"], after.json()["statutory"]);
    for (path, feature, field) in [
        ("/decisions", decision("").replace("\"number\":\"\",", ""), ""),
        ("/decisions", decision("7").replace("ANTT-2025-xa", "3N-2025"), "window"),
        ("/decisions", decision("7").replace("\"20335\",\"edition\"", "\"99999\",\"edition\""), "area_code"),
        ("/decisions", decision("7").replace("2025-11-28", "2021-11-28"), "decided_on"),
        ("/declarations", declaration("9.9", "yes"), "criterion"),
        ("/declarations", declaration("5.3", "perhaps"), "met"),
    ] {
        let refused = write(&server, path, std::slice::from_ref(&feature));
        let is_column = field.is_empty();
        assert_eq!(refused.status, if is_column { 400 } else { 422 }, "{feature}: {}", refused.text());
        assert!(is_column || rejected(&refused) == (1, field.to_owned()), "{feature}: {}", refused.text());
    }
}

#[test]
fn a_collection_of_records_is_taken_whole_or_in_part_and_once_under_its_key() {
    let server = ServerProcess::on_sample();
    let mixed = [camera("part-1", ""), camera("part-2", "").replace("camera", "no_such_kind")];
    let refused = write(&server, "/models", &mixed);
    assert_eq!((refused.status, rejected(&refused)), (422, (2, "kind".to_owned())), "{}", refused.text());
    let partly = write(&server, "/models?partial=true", &mixed);
    assert_eq!((partly.status, counts(&partly), rejected(&partly).0), (207, [1, 0, 0, 0], 2), "{}", partly.text());
    let send = |key: &str, path: &str, features: &[String]| {
        let headers = [GEOJSON, ("idempotency-key", key)];
        let body = collection(features);
        server.send_as(Role::Operator, Call { method: "POST", path, headers: &headers, body: &body })
    };
    let first = send("a", "/models", &[camera("once-1", "")]);
    let again = send("a", "/models", &[camera("once-1", "")]);
    assert_eq!((first.status, counts(&again), &again.json()["repeated"]), (201, [1, 0, 0, 0], &true.into()));
    assert_eq!(send("a", "/models", &[camera("once-2", "")]).status, 422, "another request");
    assert_eq!(send("a", "/decisions", &[decision("7")]).status, 422, "of another kind");
    shown(&server, &first);
    let known = |id: &str| server.get_as(Role::Planner, &format!("/models/{id}")).status;
    assert_eq!([known("part-1"), known("part-2"), known("once-1"), known("once-2")], [200, 404, 200, 404]);
}

#[test]
fn records_that_cannot_be_taken_are_refused_with_their_reason() {
    let server = ServerProcess::on_sample();
    let one = collection(&[camera("refused-1", "")]);
    for path in ["/models", "/models/MH-00001/events", "/decisions", "/declarations"] {
        for (role, status) in [(Role::Public, 401), (Role::Planner, 403), (Role::Commander, 403)] {
            assert_eq!(put(&server, role, path, &one).status, status, "{path} {role:?}");
        }
        let plain = [("content-type", "text/plain")];
        let text = server.send_as(Role::Operator, Call { method: "POST", path, headers: &plain, body: &one });
        assert_eq!(text.status, 415, "{path}");
        let person = one.replace("\"kind\"", "\"ho_ten\":\"A\",\"kind\"");
        let empty = collection(&[]);
        for body in ["", "[]", "{}", "{\"type\":\"FeatureCollection\",\"features\":[", &person, &empty] {
            let answer = put(&server, Role::Operator, path, body);
            assert_eq!(answer.status, 400, "{path} {body}: {}", answer.text());
            assert_eq!(answer.header("content-type"), "application/problem+json", "{path} {body}");
        }
        assert_eq!(put(&server, Role::Operator, &format!("{path}?partly=true"), &one).status, 400, "{path}");
    }
    let many = |count: usize| {
        let features: Vec<String> = (0..count).map(|number| camera(&format!("many-{number}"), "")).collect();
        write(&server, "/models", &features)
    };
    assert_eq!(many(1_001).status, 400);
    assert_eq!(counts(&many(1_000)), [1_000, 0, 0, 0]);
    for (feature, field) in [
        (camera("", ""), "id"),
        (camera("a b/c", ""), "id"),
        (camera("bad-1", "").replace("2024-05-01", "2124-05-01"), "started_on"),
        (camera("bad-2", r#","parent_id":"nobody""#), "parent_id"),
        (camera("bad-3", r#","review":"good""#), "reviewed_on"),
        (camera("bad-4", r#","ended_on":"2020-01-01""#), "ended_on"),
    ] {
        let refused = write(&server, "/models", std::slice::from_ref(&feature));
        assert_eq!((refused.status, rejected(&refused)), (422, (1, field.to_owned())), "{feature}: {}", refused.text());
    }
}

#[test]
fn acknowledged_records_are_there_after_a_kill() {
    let server = ServerProcess::on_sample();
    assert_eq!(write(&server, "/models", &[camera("kept-1", "")]).status, 201);
    let event = row(r#""event":"adjusted","on":"2025-03-01""#);
    assert_eq!(write(&server, "/models/kept-1/events", &[event]).status, 201);
    let server = ServerProcess::in_folder(server.kill(), &["--sample"]);
    let kept = server.get_as(Role::Planner, "/models/kept-1");
    assert_eq!(kept.status, 200, "{}", kept.text());
    assert!(kept.text().contains("adjusted"), "{}", kept.text());
}
