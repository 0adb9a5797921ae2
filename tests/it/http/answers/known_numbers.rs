//! What answers say, on known numbers.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

use serde_json::json;

use crate::support::snapshot::{EPOCH, PLANNER, TestServer, WINDOW, tile_at};

#[tokio::test]
async fn ratings_count_the_known_incidents_at_every_level() {
    let server = TestServer::new();
    let rows =
        async |query: &str| server.with_token(PLANNER, &format!("/ratings?window={WINDOW}&{query}")).await.json();
    let counts = |answer: &serde_json::Value| -> Vec<i64> {
        answer["areas"].as_array().unwrap().iter().map(|row| row["incidents"].as_i64().unwrap()).collect()
    };
    let communes = rows("edition=2025-01").await;
    assert_eq!(counts(&communes), [40, 3, 20, 0]);
    let totals = &communes["totals"];
    // 63 thefts, of which one is known by its commune alone, one sensitive, one unmapped, one outside; the unfounded one
    // never counts.
    let account = json!({ "incidents": 66, "with_point": 62, "by_commune": 1, "by_wider_area": 0, "outside": 1,
        "unplaced": 1, "district_only": 1, "models": 2 });
    assert_eq!(*totals, account);
    assert_eq!(
        (&communes["areas"][0]["without_point"], &communes["areas"][1]["without_point"]),
        (&json!(1), &json!(0))
    );
    let collection = server.with_token(PLANNER, &format!("/areas?window={WINDOW}&edition=2025-01")).await.json();
    assert_eq!(collection["totals"], account);
    assert_eq!(counts(&rows("edition=2025-01&level=district").await), [43, 21]);
    assert_eq!(counts(&rows("edition=2025-01&level=province").await), [64]);
    assert_eq!(counts(&rows("edition=2025-07").await), [43, 20]);
}

#[tokio::test]
async fn ratings_name_the_window_the_filter_the_method_and_the_sample() {
    let answer =
        TestServer::new().with_token(PLANNER, &format!("/ratings?edition=2025-01&window={WINDOW}")).await.json();
    assert_eq!(answer["sample"], true);
    assert_eq!(answer["epoch"], EPOCH);
    assert_eq!(answer["edition"], "2025-01");
    assert_eq!(answer["window"], json!({ "id": WINDOW, "from": "2021-12-15", "to": "2022-12-15" }));
    assert_eq!(answer["filter"]["min_severity"], 1);
    assert_eq!(answer["method"]["bands"], json!([0.5, 0.8, 1.25, 2.0]));
    assert_eq!(answer["method"]["rate_unit"], "per 100000 person-years");
    let base = json!({ "years": [2022], "between_years": "interpolated",
        "text": { "vi": "dân số 2022", "en": "residents of 2022" } });
    assert_eq!(answer["method"]["residents_base"], base);
    assert_eq!(answer["scheme"]["hash"].as_str().unwrap().len(), 16);
    let row = &answer["areas"][0];
    assert_eq!(
        (&row["code"], &row["name"], &row["parent"]),
        (&json!("20335"), &json!("Phường An Xuân"), &json!("502"))
    );
    assert_eq!((&row["population"], &row["statutory"]), (&json!(50_000), &json!("met")));
    assert_eq!(row["models"], 2);
    assert_eq!(row["certification"][0]["recognised"], 1);
    for member in ["person_years", "expected", "prob_above_1", "reliability", "grade", "model_density", "area_km2"] {
        assert!(!row[member].is_null(), "{member}: {row}");
    }
}

#[tokio::test]
async fn the_table_has_a_header_a_row_per_area_and_no_formula() {
    let server = TestServer::new();
    let address = format!("/ratings?edition=2025-01&window={WINDOW}");
    let reply = server.public(&format!("{address}&f=csv")).await;
    assert_eq!(reply.header("content-type"), "text/csv; charset=utf-8");
    let by_accept = server.get(&address, &[("accept", "text/csv")]).await;
    assert_eq!(by_accept.plain(), reply.plain());
    assert!(by_accept.header("vary").contains("Accept,"), "{:?}", by_accept.headers);
    let text = String::from_utf8(reply.plain()).unwrap();
    assert!(text.starts_with("edition,from,to,code,name,"), "{text}");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let name = reader.headers().unwrap().iter().position(|column| column == "name").unwrap();
    let names: Vec<String> = reader.records().map(|row| row.unwrap()[name].to_owned()).collect();
    assert_eq!(names, ["Phường An Xuân", "'=Phường An Phú", "Phường Minh An", "Phường Tân An"]);
}

#[tokio::test]
async fn areas_come_with_the_shape_asked_for() {
    let server = TestServer::new();
    let features = async |shape: &str| {
        let reply = server.public(&format!("/areas?edition=2025-01&window={WINDOW}&geometry={shape}")).await;
        assert_eq!(reply.header("content-type"), "application/geo+json");
        reply.json()["features"].as_array().unwrap().clone()
    };
    assert!(features("none").await[0]["geometry"].is_null());
    assert_eq!(features("label").await[0]["geometry"]["type"], "Point");
    for shape in ["simplified", "full"] {
        let found = features(shape).await;
        assert_eq!(found.len(), 4);
        assert_eq!((&found[0]["type"], &found[0]["id"]), (&json!("Feature"), &json!("20335")));
        assert_eq!(found[0]["geometry"]["type"], "MultiPolygon");
        for feature in &found {
            assert!(doubled_area(&feature["geometry"]["coordinates"][0][0]) > 0.0, "shells turn counter-clockwise");
        }
    }
    let full = features("full").await;
    let area = doubled_area(&full[0]["geometry"]["coordinates"][0][0]) / 2.0;
    assert!((area - 0.01).abs() < 1e-9, "{area}");
}

fn doubled_area(ring: &serde_json::Value) -> f64 {
    let points: Vec<(f64, f64)> =
        ring.as_array().unwrap().iter().map(|at| (at[0].as_f64().unwrap(), at[1].as_f64().unwrap())).collect();
    assert_eq!(points.first(), points.last(), "a ring ends where it begins");
    points.windows(2).map(|pair| pair[0].0 * pair[1].1 - pair[1].0 * pair[0].1).sum()
}

#[tokio::test]
async fn one_area_tells_its_numbers_its_models_and_its_years() {
    let answer = TestServer::new().with_token(PLANNER, &format!("/areas/2025-01/20335?window={WINDOW}")).await.json();
    assert_eq!(answer["area"]["incidents"], 40);
    assert_eq!(answer["models"]["total"], 2);
    assert_eq!(answer["models"]["by_kind"][0]["count"], 2);
    let component = &answer["components"][0];
    assert_eq!((&component["id"], &component["observed"]), (&json!("trat_tu"), &json!(40)));
    let series = answer["series"].as_array().unwrap();
    let year = series.iter().find(|year| year["year"] == 2022).unwrap();
    assert_eq!(year["incidents"], 40);
    assert_eq!(answer["bounds"], json!([108.0, 15.5, 108.1, 15.6]));
    assert_eq!(answer["label"].as_array().unwrap().len(), 2);
    let district = TestServer::new().public(&format!("/areas/2025-01/502?window={WINDOW}")).await.json();
    assert_eq!((&district["level"], &district["area"]["incidents"]), (&json!("district"), &json!(43)));
}

#[tokio::test]
async fn meta_offers_the_public_only_what_it_may_ask_for() {
    let server = TestServer::new();
    let (public, planner) = (server.public("/meta").await.json(), server.with_token(PLANNER, "/meta").await.json());
    assert_eq!((&public["role"], &planner["role"]), (&json!("public"), &json!("planner")));
    assert_eq!(public["default_edition"], "2025-07");
    let ids = |answer: &serde_json::Value| -> Vec<String> {
        answer["windows"].as_array().unwrap().iter().map(|window| window["id"].as_str().unwrap().to_owned()).collect()
    };
    assert!(ids(&public).contains(&WINDOW.to_owned()) && !ids(&public).contains(&"N-2022".to_owned()));
    assert!(ids(&planner).contains(&"N-2022".to_owned()));
    // Held are the 66 that a filter of everything counts; no level hides any of them in the account of an edition.
    let account = json!({ "incidents": 66, "with_point": 63, "by_commune": 1, "by_wider_area": 0, "outside": 1,
        "unplaced": 1, "district_only": 0 });
    for (place, edition) in public["editions"].as_array().unwrap().iter().enumerate() {
        assert_eq!((&edition["account"], &planner["editions"][place]["account"]), (&json!(null), &account));
    }
    let edition = &public["editions"][0];
    assert_eq!(edition["levels"], json!(["commune", "district", "province"]));
    assert_eq!(edition["areas"], json!({ "commune": 4, "district": 2, "province": 1 }));
    assert_eq!(public["editions"][1]["levels"], json!(["commune", "province"]));
    for window in ids(&public) {
        assert_eq!(server.public(&format!("/ratings?window={window}")).await.status, 200, "{window}");
    }
}

#[tokio::test]
async fn tilesets_are_described_for_the_role() {
    let server = TestServer::new();
    let ids = |answer: &serde_json::Value| -> Vec<String> {
        answer["tilesets"].as_array().unwrap().iter().map(|entry| entry["id"].as_str().unwrap().to_owned()).collect()
    };
    let public = ids(&server.public("/tiles").await.json());
    assert!(public.contains(&"map".to_owned()) && !public.contains(&"incidents".to_owned()));
    let description = server.public(&format!("/tiles/map?edition=2025-01&window={WINDOW}")).await.json();
    assert_eq!(description["tilejson"], "3.0.0");
    assert_eq!(description["sample"], true);
    let template = description["tiles"][0].as_str().unwrap();
    assert!(
        template.starts_with("/tiles/map/{z}/{x}/{y}?edition=2025-01&window=TK-2022&epoch=7&revision="),
        "{template}"
    );
    let layers: Vec<&str> =
        description["vector_layers"].as_array().unwrap().iter().map(|layer| layer["id"].as_str().unwrap()).collect();
    assert!(layers.contains(&"communes") && !layers.contains(&"incidents"), "{layers:?}");
    let free = "edition=2025-01&from=2022-01-01&to=2022-07-01&categories=trom_cap&min_severity=2";
    let description = server.with_token(PLANNER, &format!("/tiles/map?{free}")).await.json();
    assert!(description["tiles"][0].as_str().unwrap().contains(free), "{description}");
}

#[tokio::test]
async fn many_requests_at_once_get_the_same_answer() {
    let server = std::sync::Arc::new(TestServer::new());
    let mut running = tokio::task::JoinSet::new();
    for _ in 0..32 {
        let server = std::sync::Arc::clone(&server);
        running.spawn(async move { server.public(&format!("/ratings?window={WINDOW}")).await.bytes });
    }
    let answers = running.join_all().await;
    assert!(answers.iter().all(|answer| *answer == answers[0]));
}

#[tokio::test]
async fn every_zoom_from_the_whole_world_to_a_street_has_a_tile_with_the_communes() {
    let server = TestServer::new();
    let areas = server.public("/areas?edition=2025-01&geometry=label").await.json();
    let label = &areas["features"][0]["geometry"]["coordinates"];
    let (lon, lat) = (label[0].as_f64().unwrap(), label[1].as_f64().unwrap());
    for zoom in 0..=16 {
        let (x, y) = tile_at(zoom, lon, lat);
        let reply = server.public(&format!("/tiles/communes/{zoom}/{x}/{y}?edition=2025-01")).await;
        assert_eq!((reply.status.as_u16(), reply.plain().is_empty()), (200, false), "zoom {zoom}");
    }
}
