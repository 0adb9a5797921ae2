//! Two periods of some areas, and an area beside the rest of its district or province.

use serde_json::{Value, json};

use crate::support::snapshot::{PLANNER, TestServer};

fn periods(areas: &str, periods: &str) -> String {
    format!("/comparison?edition=2025-01&areas={areas}&periods={periods}")
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

#[tokio::test]
async fn change_is_that_of_rates_with_q_over_the_areas() {
    let server = TestServer::new();
    // Nothing was recorded in 2021; in 2022: 40, 3 and 0 among 50,000.
    let answer = server.with_token(PLANNER, &periods("20335,20338,20404", "TK-2021,TK-2022")).await.json();
    assert_eq!(answer["periods"][0]["id"], "TK-2021");
    assert_eq!(
        answer["periods"][1],
        json!({ "id": "TK-2022", "from": "2021-12-15", "to": "2022-12-15", "requested": null,
        "years": 365.0 / 365.25 })
    );
    assert!(answer.get("window").is_none() && answer["filter"].get("from").is_none());
    let areas = answer["areas"].as_array().unwrap();
    let first = &areas[0];
    assert_eq!((&first["first"]["incidents"], &first["second"]["incidents"]), (&json!(0), &json!(40)));
    let rate = 40.0 / (50_000.0 * 365.0 / 365.25) * 1e5;
    assert!((number(&first["second"]["rate"]) / rate - 1.0).abs() < 1e-12);
    assert!((number(&first["rate_difference"]) / rate - 1.0).abs() < 1e-12);
    assert!(number(&first["second"]["rate_low"]) < rate && rate < number(&first["second"]["rate_high"]));
    // Nothing before: the ratio has a lower end only. 0 of 40 under equal rates: 2 / 2⁴⁰.
    assert!(first["rate_ratio"].is_null() && first["high"].is_null() && number(&first["low"]) > 10.0);
    assert!((number(&first["p"]) * 2_f64.powi(39) - 1.0).abs() < 1e-6);
    assert!((number(&first["q"]) / number(&first["p"]) - 2.0).abs() < 1e-9, "two areas can be compared");
    assert_eq!(first["difference"], "higher");
    assert!(first["sentence"]["vi"].as_str().unwrap().contains("không cho biết nguyên nhân"), "{first}");
    // Three against none happens by chance in one of four years: 2 / 2³.
    assert!((number(&areas[1]["p"]) - 0.25).abs() < 1e-9);
    assert_eq!(areas[1]["difference"], "not_clearly_different");
    assert!(areas[1]["sentence"]["en"].as_str().unwrap().contains("nor can it be concluded that nothing changed"));
    // None and none: no ratio, no verdict.
    assert!(areas[2]["difference"].is_null() && areas[2]["p"].is_null());
    assert!(areas[2]["sentence"]["vi"].as_str().unwrap().contains("chưa thể kết luận là tăng hay giảm"));
}

#[tokio::test]
async fn no_rank_is_given() {
    let server = TestServer::new();
    for address in [
        periods("20335,20338", "TK-2021,TK-2022"),
        "/comparison?edition=2025-01&window=TK-2022&areas=20335,20338".to_owned(),
        "/comparison?edition=2025-01&window=TK-2022&areas=20335&with=province".to_owned(),
    ] {
        let text = server.with_token(PLANNER, &address).await.json().to_string();
        assert!(!text.contains("\"rank"), "{address}: {text}");
    }
}

#[tokio::test]
async fn free_days_are_periods_too_and_seasons_are_told() {
    let server = TestServer::new();
    let halves = periods("20335", "2021-12-15..2022-06-15,2022-06-15..2022-12-15");
    let answer = server.with_token(PLANNER, &halves).await.json();
    let area = &answer["areas"][0];
    assert_eq!((&area["first"]["incidents"], &area["second"]["incidents"]), (&json!(40), &json!(0)));
    assert_eq!((&area["difference"], &area["rate_ratio"]), (&json!("lower"), &json!(0.0)));
    assert_eq!(answer["same_seasons"], false);
    assert!(area["sentence"]["vi"].as_str().unwrap().contains("do mùa"), "{area}");
    let years = server.with_token(PLANNER, &periods("20335", "TK-2022,TK-2023")).await.json();
    assert_eq!(years["same_seasons"], true);
}

#[tokio::test]
async fn public_compares_released_windows_and_sees_what_their_ratings_show() {
    let server = TestServer::new();
    let rows = async |window: &str| server.public(&format!("/ratings?edition=2025-01&window={window}")).await.json();
    let (before, after) = (rows("TK-2021").await, rows("TK-2022").await);
    let answer = server.public(&periods("20335,20338,20401,20404", "TK-2021,TK-2022")).await.json();
    let mut hidden = 0;
    for (place, area) in answer["areas"].as_array().unwrap().iter().enumerate() {
        let (first, second) = (&before["areas"][place], &after["areas"][place]);
        assert_eq!(
            (&area["first"]["incidents"], &area["second"]["incidents"]),
            (&first["incidents"], &second["incidents"])
        );
        assert_eq!(area["second"]["rate"], second["rate"]);
        if first["incidents"].is_null() || second["incidents"].is_null() {
            hidden += 1;
            for member in ["rate_difference", "rate_ratio", "low", "high", "p", "q", "difference"] {
                assert!(area[member].is_null(), "{member}: {area}");
            }
            assert!(area["sentence"]["vi"].as_str().unwrap().contains("không được công bố"));
        }
    }
    assert!(hidden > 0, "the small world hides something: {answer}");
    assert!(answer["areas"][1]["second"]["incidents"].is_null(), "three is a small count");
    for free in ["N-2022,N-2023", "2022-01-01..2022-02-01,2023-01-01..2023-02-01", "TK-2022,2023-01-01..2023-02-01"] {
        let refusal = server.public(&periods("20335", free)).await;
        assert_eq!(refusal.status, 403, "{free}");
        assert!(refusal.json()["released"].as_array().unwrap().contains(&json!("TK-2022")));
    }
}

#[tokio::test]
async fn wrong_periods_are_refused() {
    let server = TestServer::new();
    let asked = async |address: String| server.with_token(PLANNER, &address).await.status.as_u16();
    // A day on both sides would be compared with itself.
    assert_eq!(asked(periods("20335", "TK-2022,3N-2023")).await, 400);
    assert_eq!(asked(periods("20335", "TK-2022,TK-2022")).await, 400);
    for wrong in ["TK-2022", "", "TK-2022,", "TK-1,TK-2022", "2022-01-01..2021-01-01,TK-2023", "2022-01-01..,TK-2023"] {
        assert_eq!(asked(periods("20335", wrong)).await, 400, "{wrong}");
    }
    assert_eq!(asked(periods("20335", "TK-2021,TK-2022") + "&window=TK-2023").await, 400);
    assert_eq!(asked(periods("20335", "TK-2021,TK-2022") + "&with=province").await, 400);
    assert_eq!(asked(periods("", "TK-2021,TK-2022")).await, 400);
    assert_eq!(asked(periods("99999", "TK-2021,TK-2022")).await, 404);
}

#[tokio::test]
async fn area_is_left_out_of_what_it_is_held_against() {
    let server = TestServer::new();
    let with =
        |area: &str, group: &str| format!("/comparison?edition=2025-01&window=TK-2022&areas={area}&with={group}");
    let district = server.with_token(PLANNER, &with("20335", "district")).await.json();
    let others = &district["others"];
    assert_eq!((&others["areas"], &others["incidents"], &others["population"]), (&json!(1), &json!(3), &json!(50_000)));
    assert_eq!((&others["group"], &others["area_itself"]), (&json!("district"), &json!("left_out")));
    assert_eq!(others["name"]["vi"], "Thành phố Tam Kỳ");
    assert!((number(&district["rate_ratio"]) - 40.0 / 3.0).abs() < 1e-9);
    assert_eq!(district["difference"], "higher");
    let province = server.with_token(PLANNER, &with("20335", "province")).await.json();
    assert_eq!((&province["others"]["areas"], &province["others"]["incidents"]), (&json!(3), &json!(23)));
    assert!((number(&province["rate_ratio"]) - 40.0 / (23.0 / 3.0)).abs() < 1e-9);
    assert!(province["sentence"]["vi"].as_str().unwrap().contains("3 khu vực còn lại"), "{province}");
    let peers = server.with_token(PLANNER, &with("20335", "peers")).await.json();
    assert_eq!((&peers["others"]["group"], &peers["others"]["name"]["vi"]), (&json!("peers"), &json!("Đô thị")));
    assert_eq!(peers["others"]["areas"], 2, "three are wards by their names, the fourth is called \"=Phường\"");
    // Districts count what communes never show, and are held against districts.
    let of_districts = server.with_token(PLANNER, &with("502", "province")).await.json();
    assert_eq!(of_districts["others"]["areas"], 1);
}

#[tokio::test]
async fn public_gets_the_rest_only_where_every_row_is_published() {
    let server = TestServer::new();
    for level in ["commune", "district"] {
        let ratings = server.public(&format!("/ratings?edition=2025-01&window=TK-2022&level={level}")).await.json();
        let rows = ratings["areas"].as_array().unwrap();
        for row in rows {
            let code = row["code"].as_str().unwrap();
            let address = format!("/comparison?edition=2025-01&window=TK-2022&areas={code}&with=province");
            let answer = server.public(&address).await.json();
            let others = rows.iter().filter(|other| other["code"] != row["code"]);
            let sum: Option<u64> = others.map(|other| other["incidents"].as_u64()).sum();
            assert_eq!(answer["others"]["incidents"].as_u64(), sum, "{answer}");
            let is_known = sum.is_some() && row["incidents"].is_number();
            assert_eq!(answer["difference"].is_string(), is_known, "{answer}");
        }
    }
}

#[tokio::test]
async fn group_that_an_area_does_not_have_is_refused() {
    let server = TestServer::new();
    let status = async |query: &str| server.with_token(PLANNER, &format!("/comparison?{query}")).await.status.as_u16();
    assert_eq!(status("edition=2025-07&window=TK-2022&areas=20335&with=district").await, 400);
    assert_eq!(status("edition=2025-01&window=TK-2022&areas=502&with=district").await, 400);
    assert_eq!(status("edition=2025-01&window=TK-2022&areas=49&with=province").await, 400);
    assert_eq!(status("edition=2025-01&window=TK-2022&areas=20335&with=friends").await, 400);
    assert_eq!(status("edition=2025-01&window=TK-2022&areas=20335,20338&with=province").await, 400);
}
