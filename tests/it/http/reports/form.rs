//! The form: what is taken in, and every way in which it is not.

use serde_json::{Value as Json, json};

use super::{Desk, FIRST, solution};
use crate::support::snapshot::TestResponse;

#[tokio::test]
async fn a_challenge_says_what_may_be_reported_and_is_kept_by_nobody() {
    let desk = Desk::new().await;
    let answer = desk.server.public("/reports/challenge").await;
    assert_eq!((answer.status.as_u16(), answer.header("cache-control")), (200, "no-store"));
    let json = answer.json();
    assert_eq!(
        (&json["proof_bits"], &json["form"]["text_chars"], &json["form"]["text_days"]),
        (&6.into(), &500.into(), &90.into())
    );
    let ids: Vec<&str> =
        json["form"]["categories"].as_array().unwrap().iter().map(|term| term["id"].as_str().unwrap()).collect();
    assert!(ids.contains(&"trom_cap") && !ids.contains(&"tre_em"), "{ids:?}");
    let other = desk.server.public("/reports/challenge").await.json();
    assert_ne!(json["challenge"], other["challenge"]);
}

#[tokio::test]
async fn a_report_gets_a_number_under_which_its_sender_learns_how_far_it_is() {
    let desk = Desk::new().await;
    let answer = desk.report(|_| ()).await;
    assert_eq!((answer.status.as_u16(), answer.header("cache-control")), (201, "no-store"));
    let number = answer.json()["number"].as_str().unwrap().to_owned();
    assert_eq!((number.len(), &answer.json()["status"]), (10, &"received".into()));
    let copied = format!("{}-{}", number[..5].to_lowercase(), &number[5..]);
    let status = desk.server.public(&format!("/reports/{copied}/status")).await;
    assert_eq!(status.json(), json!({ "number": number, "status": "received" }));
    for unknown in ["0000000000", "x", "challenge"] {
        assert_eq!(desk.server.public(&format!("/reports/{unknown}/status")).await.status, 404, "{unknown}");
    }
    assert_eq!(desk.server.public(&format!("/reports/{number}/status?a=1")).await.status, 400);
}

#[tokio::test]
async fn a_commune_stands_for_a_point() {
    let desk = Desk::new().await;
    let number = desk
        .taken_in(|report| {
            (report["lon"], report["lat"]) = (Json::Null, Json::Null);
            (report["edition"], report["area_code"]) = (json!("2025-01"), json!("20338"));
            report["text"] = Json::Null;
        })
        .await;
    let report = desk.get(FIRST, &format!("/reports/{number}")).await.json()["report"].clone();
    let place =
        json!({ "lon": null, "lat": null, "edition": "2025-01", "area_code": "20338", "area_name": "=Phường An Phú" });
    assert_eq!((&report["place"], &report["text"]), (&place, &Json::Null));
    assert_eq!((&report["channel"]["id"], &report["category"]["id"]), (&"portal".into(), &"trom_cap".into()));
}

fn field_of(refused: &TestResponse) -> String {
    assert_eq!((refused.status.as_u16(), refused.header("content-type")), (400, "application/problem+json"));
    refused.json()["field"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn every_member_that_cannot_be_used_is_named() {
    let desk = Desk::new().await;
    let cases: Vec<(&str, Json, &str)> = vec![
        ("category", json!("tre_em"), "category"),
        ("category", json!("khong_co"), "category"),
        ("category", json!(7), "category"),
        ("category", Json::Null, "category"),
        ("time", json!("yesterday"), "time"),
        ("time", json!("2099-01-01T00:00"), "time"),
        ("time", json!("2001-01-01T00:00"), "time"),
        ("time", Json::Null, "time"),
        ("lon", json!(100.0), "lon"),
        ("lon", json!(1e300), "lon"),
        ("lon", json!("108.05"), "lon"),
        ("lon", Json::Null, "lon"),
        ("lat", Json::Null, "lat"),
        ("edition", json!("2025-01"), "area_code"),
        ("area_code", json!("20338"), "edition"),
        ("text", json!("x".repeat(501)), "text"),
        ("text", json!("a\u{0}b"), "text"),
        ("text", json!("a\u{202e}b"), "text"),
        ("text", json!(["a"]), "text"),
        ("phone", json!("0905"), "phone"),
        ("name", json!("A"), "name"),
        ("challenge", json!("AAAA"), "challenge"),
        ("challenge", Json::Null, "challenge"),
        ("solution", json!("1 "), "solution"),
        ("solution", Json::Null, "solution"),
    ];
    for (member, value, named) in cases {
        let refused = desk.report(|report| report[member] = value.clone()).await;
        assert_eq!(field_of(&refused), named, "{member} = {value}");
    }
    let both =
        desk.report(|report| (report["edition"], report["area_code"]) = (json!("2025-01"), json!("20338"))).await;
    assert_eq!(field_of(&both), "lon");
    for (edition, code, named) in
        [("2025-01", "99999", "area_code"), ("2019-01", "20338", "area_code"), ("x", "20338", "edition")]
    {
        let refused = desk
            .report(|report| {
                (report["lon"], report["lat"]) = (Json::Null, Json::Null);
                (report["edition"], report["area_code"]) = (json!(edition), json!(code));
            })
            .await;
        assert_eq!(field_of(&refused), named, "{edition} {code}");
    }
    let nowhere = desk.report(|report| (report["lon"], report["lat"]) = (Json::Null, Json::Null)).await;
    assert_eq!(field_of(&nowhere), "lon");
    assert_eq!(desk.store.open_reports().await.unwrap(), 0, "nothing of these was kept");
}

#[tokio::test]
async fn what_is_no_report_is_refused_with_a_reason_in_both_languages() {
    let desk = Desk::new().await;
    for body in ["", "{", "[]", "null"] {
        let refused = desk.send("POST", "/reports", &[("accept-language", "en")], body).await;
        assert_eq!(refused.status, 400, "{body}");
        assert!(refused.json()["detail"].as_str().unwrap().contains("JSON"), "{body}");
    }
    let vietnamese = desk.send("POST", "/reports", &[], "{}").await.json();
    assert!(vietnamese["detail"].as_str().unwrap().contains("bắt buộc"), "{vietnamese}");
    let request = axum::http::Request::builder().method("POST").uri("/reports");
    let plain = desk.server.send(request.body(axum::body::Body::from("{}")).unwrap()).await;
    assert_eq!(plain.status, 415);
    assert_eq!(desk.send("POST", "/reports?a=1", &[], "{}").await.status, 400);
    assert_eq!(desk.send("PUT", "/reports", &[], "{}").await.status, 405);
    let large = "x".repeat(65 * 1024);
    assert_eq!(desk.send("POST", "/reports", &[], &large).await.status, 413);
    let declared = [("content-length", "70000")];
    assert_eq!(desk.send("POST", "/reports", &declared, "{}").await.status, 413);
}

#[tokio::test]
async fn a_challenge_is_spent_once_and_a_repeat_gets_the_same_number() {
    let desk = Desk::new().await;
    let report = desk.solved(|_| ()).await;
    let first = desk.send("POST", "/reports", &[], &report.to_string()).await;
    let again = desk.send("POST", "/reports", &[], &report.to_string()).await;
    assert_eq!((first.status.as_u16(), again.status.as_u16()), (201, 200));
    assert_eq!(first.json()["number"], again.json()["number"]);
    let mut other = report.clone();
    other["text"] = json!("Another story");
    let refused = desk.send("POST", "/reports", &[], &other.to_string()).await;
    assert_eq!((refused.status.as_u16(), &refused.json()["type"]), (409, &"/problems/conflict".into()));
    assert_eq!(desk.store.open_reports().await.unwrap(), 1);
}

#[tokio::test]
async fn two_at_once_by_one_challenge_are_one_report() {
    let desk = Desk::new().await;
    let report = desk.solved(|_| ()).await.to_string();
    let send = || desk.send("POST", "/reports", &[], &report);
    let (one, two, three) = tokio::join!(send(), send(), send());
    let numbers = [one, two, three].map(|answer| answer.json()["number"].clone());
    assert!(numbers.iter().all(|number| number.is_string() && *number == numbers[0]), "{numbers:?}");
    assert_eq!(desk.store.open_reports().await.unwrap(), 1);
}

#[tokio::test]
async fn work_that_was_not_done_is_refused() {
    let desk = Desk::configured("[reports]\nproof_bits = 16\n").await;
    let challenge = desk.server.public("/reports/challenge").await.json();
    let right = solution(&challenge);
    let mut report = desk.solved(|_| ()).await;
    report["challenge"] = challenge["challenge"].clone();
    let wrong = (right.parse::<u64>().unwrap() + 1).to_string();
    report["solution"] = json!(wrong);
    assert_eq!(field_of(&desk.send("POST", "/reports", &[], &report.to_string()).await), "solution");
    report["solution"] = json!(right);
    assert_eq!(desk.send("POST", "/reports", &[], &report.to_string()).await.status, 201);
    let elsewhere = Desk::configured("[reports]\nproof_bits = 16\n").await;
    let foreign = elsewhere.send("POST", "/reports", &[], &report.to_string()).await;
    assert_eq!(field_of(&foreign), "challenge");
}

#[tokio::test]
async fn an_address_and_all_together_are_slowed_down() {
    let desk = Desk::configured("[reports]\nproof_bits = 0\nper_address_per_hour = 8\nper_hour = 12\n").await;
    let status = async |peer: &str| desk.report_from(peer).await.status.as_u16();
    assert_eq!(
        [status("192.0.2.1:1").await, status("192.0.2.1:2").await, status("192.0.2.1:3").await],
        [201, 201, 429]
    );
    assert_eq!([status("192.0.2.2:1").await, status("192.0.2.3:1").await], [201, 429], "three of all at once");
    let waits = desk.report_from("192.0.2.4:1").await;
    assert!(waits.header("retry-after").parse::<u64>().unwrap() > 100, "{:?}", waits.headers);
}

#[tokio::test]
async fn a_slip_of_the_pen_does_not_count_against_the_rate() {
    let desk = Desk::configured("[reports]\nproof_bits = 0\nper_address_per_hour = 4\n").await;
    for _ in 0..5 {
        let slip = desk.report(|report| report["time"] = json!("?")).await;
        assert_eq!(slip.status, 400);
    }
    assert_eq!(desk.report_from("192.0.2.1:1").await.status, 201);
}

#[tokio::test]
async fn a_form_that_is_closed_offers_nothing_and_keeps_its_desk() {
    let desk = Desk::configured("[reports]\nopen = false\n").await;
    assert_eq!(desk.server.public("/reports/challenge").await.status, 501);
    assert_eq!(desk.send("POST", "/reports", &[], "{}").await.status, 501);
    assert_eq!(desk.get(FIRST, "/reports").await.status, 200);
}

#[tokio::test]
async fn a_token_is_neither_read_nor_refused_by_the_form() {
    let desk = Desk::new().await;
    let report = desk.solved(|_| ()).await;
    let headers = [("authorization", "Bearer nonsense")];
    assert_eq!(desk.send("POST", "/reports", &headers, &report.to_string()).await.status, 201);
}

#[tokio::test]
async fn words_expire_and_the_report_stays() {
    let desk = Desk::configured("[reports]\nproof_bits = 0\ntext_days = 2\n").await;
    let number = desk.taken_in(|report| report["text"] = json!("Ông X ở nhà số 7")).await;
    let now_s = jiff::Timestamp::now().as_second();
    let text = async || desk.get(FIRST, &format!("/reports/{number}")).await.json()["report"]["text"].clone();
    desk.server.state.service.delete_expired_reports(now_s + 86_400).await.unwrap();
    assert_eq!(text().await, "Ông X ở nhà số 7");
    desk.server.state.service.delete_expired_reports(now_s + 2 * 86_400 + 1).await.unwrap();
    assert_eq!(text().await, Json::Null);
    assert_eq!(desk.get(FIRST, "/reports").await.json()["open"], 1);
    let bytes = std::fs::read(desk.data().join("binhyen.sqlite")).unwrap();
    desk.store.clone().close().await;
    let after = std::fs::read(desk.data().join("binhyen.sqlite")).unwrap();
    let holds = |bytes: &[u8]| bytes.windows(5).any(|window| window == "ng X ".as_bytes());
    assert!(!holds(&after), "the words lie in the file still (before closing: {})", holds(&bytes));
}
