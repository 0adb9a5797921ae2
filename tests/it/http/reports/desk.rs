//! The desk of moderation: one operator at a time, nothing twice, and what becomes of a report.

use binhyen::domain::area::Position;
use binhyen::domain::incident::IncidentLocation;
use binhyen::service::writing::Commit;
use binhyen::store::Changes;
use serde_json::json;

use super::{Desk, FIRST, SECOND};
use crate::support::snapshot::{COMMANDER, PLANNER};

#[tokio::test]
async fn the_queue_is_for_operators_and_in_the_order_of_arrival() {
    let desk = Desk::new().await;
    let numbers = [desk.taken_in(|_| ()).await, desk.taken_in(|_| ()).await, desk.taken_in(|_| ()).await];
    let paths = ["/reports".to_owned(), format!("/reports/{}", numbers[0])];
    for path in &paths {
        assert_eq!(desk.server.public(path).await.status, 401, "{path}");
        for token in [PLANNER, COMMANDER] {
            let refused = desk.get(token, path).await;
            assert_eq!((refused.status.as_u16(), &refused.json()["needed"]), (403, &"operator".into()), "{path}");
        }
    }
    let first = desk.get(FIRST, "/reports?limit=2").await;
    assert_eq!(first.header("cache-control"), "private, no-store");
    let page = first.json();
    let listed = |page: &serde_json::Value| -> Vec<String> {
        page["reports"].as_array().unwrap().iter().map(|report| report["number"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!((listed(&page), &page["open"]), (numbers[..2].to_vec(), &3.into()));
    let next = format!("/reports?limit=2&cursor={}", page["next"].as_str().unwrap());
    let last = desk.get(FIRST, &next).await.json();
    assert_eq!((listed(&last), &last["next"]), (numbers[2..].to_vec(), &serde_json::Value::Null));
    for wrong in ["limit=0", "limit=201", "limit=x", "cursor=x", "view=all", "a=1"] {
        assert_eq!(desk.get(FIRST, &format!("/reports?{wrong}")).await.status, 400, "{wrong}");
    }
}

#[tokio::test]
async fn a_queue_that_has_not_changed_is_not_sent_again() {
    let desk = Desk::new().await;
    desk.taken_in(|_| ()).await;
    let tag = desk.get(FIRST, "/reports").await.header("etag").to_owned();
    let ask = async || {
        let headers = [("authorization", "Bearer token-of-the-first-operator"), ("if-none-match", tag.as_str())];
        desk.server.get("/reports", &headers).await
    };
    assert_eq!(ask().await.status, 304);
    desk.taken_in(|_| ()).await;
    assert_eq!(ask().await.status, 200);
}

#[tokio::test]
async fn a_claim_keeps_the_other_operator_away_until_it_is_given_back() {
    let desk = Desk::new().await;
    let number = desk.taken_in(|_| ()).await;
    let claim = format!("/reports/{number}/claim");
    let claimed = desk.operate(FIRST, "POST", &claim, "").await;
    assert_eq!((claimed.status.as_u16(), &claimed.json()["claim"]["mine"]), (200, &true.into()));
    assert_eq!((&claimed.json()["status"], claimed.header("etag")), (&"in_review".into(), "\"2\""));
    assert_eq!(desk.operate(FIRST, "POST", &claim, "").await.header("etag"), "\"2\"", "prolonged");
    let refused = desk.operate(SECOND, "POST", &claim, "").await;
    assert_eq!(refused.status, 409);
    assert!(refused.json()["detail"].as_str().unwrap().contains("first"), "{}", refused.json());
    assert_eq!(desk.operate(SECOND, "DELETE", &claim, "").await.status, 409);
    let rejected = desk.judge(SECOND, &number, 2, &json!({ "decision": "reject", "reason": "x" })).await;
    assert_eq!(rejected.status, 409, "whoever does not hold it cannot judge it");
    let seen = desk.get(SECOND, &format!("/reports/{number}")).await.json();
    assert_eq!((&seen["report"]["claim"]["by"], &seen["report"]["claim"]["mine"]), (&"first".into(), &false.into()));
    let public = desk.server.public(&format!("/reports/{number}/status")).await.json();
    assert_eq!(public, json!({ "number": number, "status": "in_review" }));
    let back = desk.operate(FIRST, "DELETE", &claim, "").await;
    assert_eq!((&back.json()["status"], &back.json()["claim"]), (&"received".into(), &serde_json::Value::Null));
    assert_eq!(desk.operate(SECOND, "POST", &claim, "").await.status, 200);
    for (token, status) in [(COMMANDER, 403), ("nonsense", 401)] {
        assert_eq!(desk.operate(token, "POST", &claim, "").await.status, status);
        assert_eq!(desk.operate(token, "DELETE", &claim, "").await.status, status);
    }
    assert_eq!(desk.operate(FIRST, "POST", "/reports/0000000000/claim", "").await.status, 404);
}

#[tokio::test]
async fn two_operators_at_once_judge_once() {
    let desk = Desk::new().await;
    for _ in 0..10 {
        let number = desk.taken_in(|_| ()).await;
        let accept = json!({ "decision": "accept", "category": "trom_cap", "severity": 2 });
        let reject = json!({ "decision": "reject", "reason": "Không có thật" });
        let (one, two) = tokio::join!(desk.judge(FIRST, &number, 1, &accept), desk.judge(SECOND, &number, 1, &reject));
        let mut statuses = [one.status.as_u16(), two.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
    }
    let judged = desk.get(FIRST, "/reports?view=judged").await.json();
    assert_eq!((judged["reports"].as_array().unwrap().len(), &judged["open"]), (10, &0.into()));
}

#[tokio::test]
async fn two_claims_at_once_are_one() {
    let desk = Desk::new().await;
    for _ in 0..10 {
        let claim = format!("/reports/{}/claim", desk.taken_in(|_| ()).await);
        let (one, two) =
            tokio::join!(desk.operate(FIRST, "POST", &claim, ""), desk.operate(SECOND, "POST", &claim, ""));
        let mut statuses = [one.status.as_u16(), two.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
    }
}

#[tokio::test]
async fn a_judgement_names_the_version_that_was_seen() {
    let desk = Desk::new().await;
    let number = desk.taken_in(|_| ()).await;
    let path = format!("/reports/{number}/judgement");
    let reject = json!({ "decision": "reject", "reason": "Không có thật" });
    assert_eq!(desk.operate(FIRST, "POST", &path, &reject.to_string()).await.status, 428);
    desk.operate(FIRST, "POST", &format!("/reports/{number}/claim"), "").await;
    let outdated = desk.judge(FIRST, &number, 1, &reject).await;
    assert_eq!((outdated.status.as_u16(), &outdated.json()["type"]), (412, &"/problems/outdated".into()));
    let judged = desk.judge(FIRST, &number, 2, &reject).await;
    assert_eq!((judged.status.as_u16(), &judged.json()["judgement"]["reason"]), (200, &"Không có thật".into()));
    assert_eq!(desk.judge(FIRST, &number, 3, &reject).await.status, 409, "once");
    let public = desk.server.public(&format!("/reports/{number}/status")).await.json();
    assert_eq!(public, json!({ "number": number, "status": "not_taken_up" }));
}

#[tokio::test]
async fn what_is_accepted_is_an_incident_with_its_channel_and_without_its_words() {
    let desk = Desk::new().await;
    let before = desk.store.epoch().await.unwrap();
    let number = desk.taken_in(|_| ()).await;
    assert_eq!(desk.store.epoch().await.unwrap(), before, "a report moves no epoch");
    let accept =
        json!({ "decision": "accept", "category": "cuop_cuop_giat", "severity": 4, "lon": 108.06, "lat": 15.56 });
    let judged = desk.judge(FIRST, &number, 1, &accept).await;
    assert_eq!((judged.status.as_u16(), &judged.json()["status"]), (200, &"taken_up".into()), "{}", judged.json());
    assert_eq!(desk.store.epoch().await.unwrap(), before + 1);
    let incidents = desk.store.load().await.unwrap().incidents;
    let row = incidents.rows().next().unwrap();
    let incident = incidents.at(row).unwrap();
    let taxonomy = crate::support::imports::words().taxonomy;
    assert_eq!((incidents.len(), incident.id.as_str()), (1, judged.json()["judgement"]["incident"].as_str().unwrap()));
    assert!(incident.id.starts_with("bao-tin-") && !incident.id.contains(&number));
    assert_eq!(incident.location, IncidentLocation::Point(Position::new(108.06, 15.56).unwrap()));
    assert_eq!((Some(incident.category), incident.severity.number()), (taxonomy.category("cuop_cuop_giat"), 4));
    assert_eq!(
        (Some(incident.channel), Some(incident.status)),
        (taxonomy.channel("portal"), taxonomy.status("recorded"))
    );
    assert!((jiff::Timestamp::now().as_second() - incident.unix_seconds - 3600).abs() < 120, "as the report says");
    let public = desk.server.public(&format!("/reports/{number}/status")).await.json();
    assert_eq!(public, json!({ "number": number, "status": "taken_up" }));
}

#[tokio::test]
async fn what_is_accepted_is_handed_on_like_what_a_request_wrote() {
    let desk = Desk::new().await;
    let [accepted, rejected] = [desk.taken_in(|_| ()).await, desk.taken_in(|_| ()).await];
    desk.judge(FIRST, &rejected, 1, &json!({ "decision": "reject", "reason": "Không có thật" })).await;
    assert!(desk.commits.lock().unwrap().try_recv().is_err(), "nothing that anybody is shown has changed");
    let accept = json!({ "decision": "accept", "category": "trom_cap", "severity": 2 });
    let judged = desk.judge(FIRST, &accepted, 1, &accept).await.json();
    let Ok(Commit::Change(commit)) = desk.commits.lock().unwrap().try_recv() else { panic!("a commit: {judged}") };
    let holdings = desk.store.load().await.unwrap();
    assert_eq!((commit.epoch, commit.incidents), (holdings.epoch, holdings.content.incidents));
    assert!(commit.change.before.is_empty());
    assert_eq!(commit.change.current[0].id, judged["judgement"]["incident"].as_str().unwrap());
    // Whoever stood at the state before follows it by the list of changes.
    let Changes::Listed(listed) = desk.store.changes_since(commit.epoch - 1).await.unwrap() else { panic!("listed") };
    assert_eq!(listed.incidents, commit.change.current);
    assert!(desk.commits.lock().unwrap().try_recv().is_err(), "once");
}

#[tokio::test]
async fn a_decision_with_what_does_not_belong_to_it_is_refused() {
    let desk = Desk::new().await;
    let number = desk.taken_in(|_| ()).await;
    for (decision, field) in [
        (json!({}), "decision"),
        (json!({ "decision": "perhaps" }), "decision"),
        (json!({ "decision": "accept" }), "category"),
        (json!({ "decision": "accept", "category": "trom_cap" }), "severity"),
        (json!({ "decision": "accept", "category": "x", "severity": 2 }), "category"),
        (json!({ "decision": "accept", "category": "trom_cap", "severity": 6 }), "severity"),
        (json!({ "decision": "accept", "category": "trom_cap", "severity": 2.5 }), "severity"),
        (json!({ "decision": "accept", "category": "trom_cap", "severity": 2, "lon": 1, "lat": 1 }), "lon"),
        (json!({ "decision": "accept", "category": "trom_cap", "severity": 2, "time": "x" }), "time"),
        (json!({ "decision": "accept", "category": "trom_cap", "severity": 2, "reason": "x" }), "reason"),
        (json!({ "decision": "merge" }), "report"),
        (json!({ "decision": "merge", "report": "x" }), "report"),
        (json!({ "decision": "merge", "report": "0000000000", "incident": "a" }), "report"),
        (json!({ "decision": "merge", "incident": "" }), "report"),
        (json!({ "decision": "reject" }), "reason"),
        (json!({ "decision": "reject", "reason": " " }), "reason"),
        (json!({ "decision": "reject", "reason": "x".repeat(301) }), "reason"),
        (json!({ "decision": "reject", "reason": "x", "severity": 2 }), "severity"),
    ] {
        let refused = desk.judge(FIRST, &number, 1, &decision).await;
        assert_eq!((refused.status.as_u16(), &refused.json()["field"]), (400, &field.into()), "{decision}");
    }
    for target in [json!({ "report": "0000000000" }), json!({ "report": number }), json!({ "incident": "none" })] {
        let mut decision = target.clone();
        decision["decision"] = json!("merge");
        assert_eq!(desk.judge(FIRST, &number, 1, &decision).await.status, 409, "{target}");
    }
    assert_eq!(desk.get(FIRST, "/reports").await.json()["open"], 1, "nothing was judged");
    assert_eq!(desk.judge(FIRST, "0000000000", 1, &json!({})).await.status, 404);
    assert_eq!(desk.judge(COMMANDER, &number, 1, &json!({})).await.status, 403);
}

#[tokio::test]
async fn a_merged_report_is_as_far_as_the_other() {
    let desk = Desk::new().await;
    let [one, two, three] = [desk.taken_in(|_| ()).await, desk.taken_in(|_| ()).await, desk.taken_in(|_| ()).await];
    let merge = |number: &str| json!({ "decision": "merge", "report": number });
    assert_eq!(desk.judge(FIRST, &two, 1, &merge(&one)).await.status, 200);
    // The root itself goes into another: what was merged with it follows.
    assert_eq!(desk.judge(FIRST, &one, 1, &merge(&three)).await.status, 200);
    let status =
        async |number: &str| desk.server.public(&format!("/reports/{number}/status")).await.json()["status"].clone();
    assert_eq!([status(&one).await, status(&two).await], ["received", "received"]);
    assert_eq!(desk.judge(FIRST, &three, 1, &merge(&two)).await.status, 409, "a circle");
    let accept = json!({ "decision": "accept", "category": "trom_cap", "severity": 2 });
    let accepted = desk.judge(FIRST, &three, 1, &accept).await.json();
    assert_eq!([status(&one).await, status(&two).await, status(&three).await], ["taken_up"; 3]);
    let four = desk.taken_in(|_| ()).await;
    let incident = json!({ "decision": "merge", "incident": accepted["judgement"]["incident"] });
    assert_eq!(desk.judge(FIRST, &four, 1, &incident).await.status, 200);
    assert_eq!(status(&four).await, "taken_up");
    assert_eq!(desk.store.load().await.unwrap().incidents.len(), 1, "four reports, one incident");
}

#[tokio::test]
async fn a_report_stands_beside_what_is_near_it() {
    let desk = Desk::new().await;
    let near = desk.taken_in(|report| report["lat"] = json!(15.552)).await;
    let number = desk.taken_in(|_| ()).await;
    desk.taken_in(|report| report["lon"] = json!(108.19)).await;
    let seen = desk.get(FIRST, &format!("/reports/{number}")).await.json();
    let reports = seen["near_reports"].as_array().unwrap();
    assert_eq!((reports.len(), reports[0]["report"]["number"].as_str()), (1, Some(near.as_str())));
    let metres = reports[0]["nearness"]["distance_m"].as_f64().unwrap();
    assert!((metres - 221.0).abs() < 2.0, "{metres}");
    assert_eq!((&seen["near_m"], &seen["near_hours"]), (&500.0.into(), &72.into()));
    assert_eq!(seen["near_incidents"], json!([]), "those of the small world are years old");
}
