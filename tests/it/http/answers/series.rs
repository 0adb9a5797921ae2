//! Areas over time: what each step holds, what the public gets of it, what is refused.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

use serde_json::{Value, json};

use crate::support::snapshot::{PLANNER, TestServer};

fn points(answer: &Value) -> &Vec<Value> {
    answer["areas"][0]["points"].as_array().unwrap()
}

fn sum(points: &[Value]) -> u64 {
    points.iter().map(|point| point["incidents"].as_u64().unwrap()).sum()
}

#[tokio::test]
async fn steps_add_up_to_the_ratings_of_the_period() {
    let server = TestServer::new();
    let rows = server.with_token(PLANNER, "/ratings?edition=2025-01&window=3N-2023").await.json();
    let codes: Vec<&str> = rows["areas"].as_array().unwrap().iter().map(|row| row["code"].as_str().unwrap()).collect();
    for (by, steps) in [("day", 1095), ("week", 157), ("month", 37), ("quarter", 13), ("year", 3)] {
        let address = format!("/series?edition=2025-01&window=3N-2023&areas={}&by={by}", codes.join(","));
        let answer = server.with_token(PLANNER, &address).await.json();
        assert_eq!(answer["by"], by);
        for (row, area) in rows["areas"].as_array().unwrap().iter().zip(answer["areas"].as_array().unwrap()) {
            let points = area["points"].as_array().unwrap();
            assert_eq!((&area["code"], points.len()), (&row["code"], steps), "{by}");
            assert_eq!(sum(points), row["incidents"].as_u64().unwrap(), "{by}");
            let person_years: f64 = points.iter().map(|point| point["person_years"].as_f64().unwrap()).sum();
            assert!((person_years / row["person_years"].as_f64().unwrap() - 1.0).abs() < 1e-9, "{by}");
        }
    }
}

#[tokio::test]
async fn step_has_a_rate_with_limits_and_says_when_it_is_cut() {
    let server = TestServer::new();
    let address = "/series?edition=2025-01&from=2022-05-18&to=2022-07-01&areas=20335&by=month";
    let answer = server.with_token(PLANNER, address).await.json();
    let [may, june] = points(&answer).as_slice() else { panic!("{answer}") };
    assert_eq!((&may["from"], &may["to"], &may["partial"]), (&json!("2022-05-18"), &json!("2022-06-01"), &json!(true)));
    assert_eq!((&june["partial"], &june["incidents"]), (&json!(false), &json!(40)));
    let rate = 40.0 / (50_000.0 * 30.0 / 365.25) * 1e5;
    assert!((june["rate"].as_f64().unwrap() / rate - 1.0).abs() < 1e-12);
    assert!(june["rate_low"].as_f64().unwrap() < rate && rate < june["rate_high"].as_f64().unwrap());
    // Fourteen days without an incident: no rate of 0 without its upper limit, 40 = 1 / 0.025.
    let upper = 40_f64.ln() / (50_000.0 * 14.0 / 365.25) * 1e5;
    assert!((may["rate_high"].as_f64().unwrap() / upper - 1.0).abs() < 1e-9);
}

#[tokio::test]
async fn days_are_those_of_viet_nam_and_weeks_begin_on_monday() {
    let server = TestServer::new();
    // 1 June 2022 was a Wednesday.
    let address = "/series?edition=2025-01&from=2022-05-01&to=2022-07-01&areas=20335&by=week";
    let answer = server.with_token(PLANNER, address).await.json();
    let with_incidents: Vec<&Value> = points(&answer).iter().filter(|point| point["incidents"] != 0).collect();
    assert_eq!(with_incidents.len(), 1);
    assert_eq!((&with_incidents[0]["from"], &with_incidents[0]["to"]), (&json!("2022-05-30"), &json!("2022-06-06")));
}

#[tokio::test]
async fn year_is_the_named_year_of_statistics() {
    let server = TestServer::new();
    let address = "/series?edition=2025-01&from=2020-01-01&to=2022-12-15&areas=502&by=year";
    let answer = server.with_token(PLANNER, address).await.json();
    let windows: Vec<&Value> = points(&answer).iter().map(|point| &point["window"]).collect();
    // A part of a year has the name of the year that it lies in.
    assert_eq!(windows, ["TK-2020", "TK-2021", "TK-2022"]);
    assert_eq!((&points(&answer)[0]["to"], &points(&answer)[0]["partial"]), (&json!("2020-12-15"), &json!(true)));
    let year = &answer["method"]["year"];
    assert_eq!((&year["first_day"], &year["last_day"]), (&json!("--12-15"), &json!("--12-14")));
}

#[tokio::test]
async fn filter_holds_in_every_step_and_sensitive_categories_stay_above_communes() {
    let server = TestServer::new();
    let sum_of = async |area: &str, filter: &str| {
        let address = format!("/series?edition=2025-01&window=TK-2022&areas={area}&by=month&{filter}");
        server.with_token(PLANNER, &address).await.json()
    };
    assert_eq!(sum(points(&sum_of("20401", "categories=trom_cap").await)), 20);
    assert_eq!(sum(points(&sum_of("20401", "categories=trom_cap&min_severity=4").await)), 0);
    assert_eq!(sum(points(&sum_of("503", "categories=xam_hai_tinh_duc").await)), 1);
    let hidden = sum_of("20401", "categories=xam_hai_tinh_duc").await;
    assert!(points(&hidden).iter().all(|point| point["incidents"].is_null() && point["rate"].is_null()), "{hidden}");
}

#[tokio::test]
async fn public_gets_released_years_as_the_ratings_show_them() {
    let server = TestServer::new();
    let mut shown = 0;
    for (place, code) in ["20335", "20338", "20401", "20404"].iter().enumerate() {
        let answer =
            server.public(&format!("/series?edition=2025-01&window=3N-2023&areas={code}&by=year")).await.json();
        assert_eq!(points(&answer).len(), 3);
        for point in points(&answer) {
            let window = point["window"].as_str().unwrap();
            let rows = server.public(&format!("/ratings?edition=2025-01&window={window}")).await.json();
            assert_eq!(point["incidents"], rows["areas"][place]["incidents"], "{code} {window}");
            assert_eq!(point["rate_high"], rows["areas"][place]["rate_high"], "{code} {window}");
            shown += u32::from(point["incidents"].is_number());
            assert_ne!(point["incidents"], 3, "{code} {window}");
        }
    }
    assert!(shown > 0, "something is published");
}

#[tokio::test]
async fn public_may_not_cut_time_any_finer() {
    let server = TestServer::new();
    for by in ["day", "week", "month", "quarter"] {
        let refusal = server.public(&format!("/series?window=3N-2023&areas=20335&by={by}")).await;
        assert_eq!(refusal.status, 403, "{by}");
        assert!(refusal.json()["released"].as_array().unwrap().contains(&json!("TK-2022")));
    }
    assert_eq!(server.public("/series?areas=20335&by=year&from=2021-12-15&to=2022-12-15").await.status, 403);
    assert_eq!(server.public("/series?areas=20335&by=year&window=TK-2022&categories=trom_cap").await.status, 403);
}

#[tokio::test]
async fn too_many_points_and_wrong_words_are_refused() {
    let server = TestServer::new();
    let refused = async |query: &str| {
        let reply = server.with_token(PLANNER, &format!("/series?edition=2025-01&{query}")).await;
        (reply.status.as_u16(), reply.json()["detail"].as_str().unwrap_or_default().to_owned())
    };
    // What is not covered is no point: from June 2020 on there are 2,040 days up to 2026, and 1,675 up to 2025.
    let (status, detail) = refused("from=2000-01-01&to=2026-01-01&areas=20335,20338,20401&by=day").await;
    assert!(status == 400 && detail.contains("Quá nhiều điểm") && detail.contains("1666"), "{detail}");
    let (status, detail) = refused("from=2015-01-01&to=2025-01-01&areas=20335,20338,20401,20404&by=day").await;
    assert!(status == 400 && detail.contains("1250"), "{detail}");
    let (status, detail) = refused("window=TK-2022&areas=20335&by=hour").await;
    assert!(status == 400 && detail.contains("day, week, month, quarter, year"), "{detail}");
    assert_eq!(refused("window=TK-2022&by=month").await.0, 400);
    assert_eq!(refused("window=TK-2022&areas=20335,502&by=month").await.0, 400);
    assert_eq!(refused("window=TK-2022&areas=99999&by=month").await.0, 404);
    assert_eq!(refused("window=TK-2022&areas=20335&by=month&step=2").await.0, 400);
}
