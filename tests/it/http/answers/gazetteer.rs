//! The gazetteer: every area by its name, what became of it, and what only some roles find in it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::Instant;

use binhyen::config::Flags;
use binhyen::domain::area::{Area, Level};
use binhyen::domain::holdings::Holdings;
use binhyen::snapshot::build;
use serde_json::{Value as Json, json};

use crate::support::geometry::{RealFile, communes_241, units_94};
use crate::support::golden::say;
use crate::support::province::{commune, shipped_rules, snapshot, square, two_editions};
use crate::support::snapshot::{COMMANDER, EPOCH, PLANNER, TestServer};

fn area<'a>(gazetteer: &'a Json, edition: &str, code: &str, level: &str) -> &'a Json {
    let areas = gazetteer["areas"].as_array().unwrap();
    let found = areas.iter().find(|area| area["edition"] == edition && area["code"] == code && area["level"] == level);
    found.unwrap_or_else(|| panic!("{edition}/{code} is not in the gazetteer"))
}

async fn of_holdings(holdings: Holdings) -> Json {
    let server = TestServer::without_snapshot(Flags::default(), &[]);
    server.state.service.serve(crate::support::snapshot::released(snapshot(holdings, &shipped_rules())));
    server.public("/gazetteer").await.json()
}

#[tokio::test]
async fn former_name_leads_to_the_unit_of_today_and_back() {
    let gazetteer = TestServer::new().public("/gazetteer").await.json();
    assert_eq!((&gazetteer["epoch"], &gazetteer["default_edition"]), (&json!(EPOCH), &json!("2025-07")));
    assert_eq!(gazetteer["editions"], json!(["2025-01", "2025-07"]));
    let former = area(&gazetteer, "2025-01", "20338", "commune");
    assert_eq!(former["name"], "=Phường An Phú");
    assert_eq!(former["parent"], "502");
    let today = json!({ "2025-07": { "code": "20335", "name": "Phường Tam Kỳ", "share": 1.0 } });
    assert_eq!(former["counterparts"], today);
    let back = &area(&gazetteer, "2025-07", "20335", "commune")["counterparts"]["2025-01"];
    assert_eq!((&back["code"], &back["share"]), (&json!("20335"), &json!(0.5)), "of two equal halves the lower code");
    let label = area(&gazetteer, "2025-01", "20338", "commune")["label"].as_array().unwrap();
    assert!((label[0].as_f64().unwrap() - 108.15).abs() < 0.05 && (label[1].as_f64().unwrap() - 15.55).abs() < 0.05);
}

#[tokio::test]
async fn every_area_of_every_level_stands_once_and_a_level_that_an_edition_lacks_has_no_counterpart_there() {
    let gazetteer = TestServer::new().public("/gazetteer").await.json();
    let areas = gazetteer["areas"].as_array().unwrap();
    let count = |edition: &str, level: &str| {
        areas.iter().filter(|area| area["edition"] == edition && area["level"] == level).count()
    };
    assert_eq!((count("2025-01", "commune"), count("2025-01", "district"), count("2025-01", "province")), (4, 2, 1));
    assert_eq!((count("2025-07", "commune"), count("2025-07", "district"), count("2025-07", "province")), (2, 0, 1));
    assert_eq!(areas.len(), 10);
    assert_eq!(area(&gazetteer, "2025-01", "502", "district")["counterparts"], json!({}));
    let province = areas.iter().find(|area| area["edition"] == "2025-01" && area["level"] == "province").unwrap();
    assert_eq!(province["counterparts"]["2025-07"]["share"], 1.0, "the whole province, not its largest commune");
}

#[tokio::test]
async fn larger_part_decides_and_is_told_to_a_thousandth() {
    let mut holdings = Holdings::default();
    holdings.areas.extend([
        commune("2020-02", "20001", Some("501"), square(0, 0, 3)),
        commune("2020-02", "20002", Some("502"), square(3, 0, 1)),
        commune("2025-01", "20001", Some("501"), square(0, 0, 1)),
        commune("2025-01", "20003", Some("502"), square(1, 0, 3)),
    ]);
    let gazetteer = of_holdings(holdings).await;
    let way = |edition: &str, code: &str, level: &str, other: &str| {
        let counterpart = &area(&gazetteer, edition, code, level)["counterparts"][other];
        (counterpart["code"].as_str().unwrap().to_owned(), counterpart["share"].as_f64().unwrap())
    };
    assert_eq!(way("2020-02", "20001", "commune", "2025-01"), ("20003".to_owned(), 0.667));
    assert_eq!(way("2020-02", "20002", "commune", "2025-01"), ("20003".to_owned(), 1.0));
    assert_eq!(way("2025-01", "20003", "commune", "2020-02"), ("20001".to_owned(), 0.667));
    assert_eq!(way("2020-02", "501", "district", "2025-01"), ("502".to_owned(), 0.667));
    assert_eq!(way("2025-01", "501", "district", "2020-02"), ("501".to_owned(), 1.0));
}

#[tokio::test]
async fn without_boundaries_the_gazetteer_is_empty() {
    let gazetteer = of_holdings(Holdings::default()).await;
    assert_eq!((&gazetteer["areas"], &gazetteer["editions"]), (&json!([]), &json!([])));
    assert_eq!(gazetteer["default_edition"], Json::Null);
}

#[tokio::test]
async fn single_models_are_for_roles_that_see_them() {
    let server = TestServer::new();
    let public = server.public("/gazetteer").await;
    assert!(public.json().get("models").is_none());
    assert!(!String::from_utf8(public.plain()).unwrap().contains("mohinh-01"), "not even by name");
    assert_eq!(public.header("cache-control"), "public, max-age=0, stale-while-revalidate=30");
    for token in [PLANNER, COMMANDER] {
        let reply = server.with_token(token, "/gazetteer").await;
        assert_eq!(reply.json()["models"][0], json!({ "id": "mohinh-01", "kind": "camera", "code": "20335" }));
        assert_eq!(reply.header("cache-control"), "private, no-store");
        assert_ne!(reply.header("etag"), public.header("etag"));
    }
}

#[tokio::test]
async fn wider_ways_are_taken_over_by_the_next_snapshot() {
    let rules = shipped_rules();
    let first = build(two_editions(), &rules, None).unwrap();
    let (old, new) = ("2025-01".parse().unwrap(), "2025-07".parse().unwrap());
    let ways = |snapshot: &binhyen::snapshot::Snapshot| {
        let holders = snapshot.edition(new).unwrap().dominants(old, Level::Province).unwrap();
        (holders.as_ptr(), holders[0].unwrap())
    };
    let before = ways(&first);
    let next = build(two_editions(), &rules, Some(&first)).unwrap();
    assert_eq!(ways(&next), before, "the same memory: nothing was cut again");
    assert!(first.edition(new).unwrap().dominants(old, Level::District).is_none());
    assert!(first.edition(new).unwrap().dominants("1999-01".parse().unwrap(), Level::Commune).is_none());
}

#[tokio::test]
async fn gazetteer_takes_no_parameter_and_is_known_by_its_tag() {
    let server = TestServer::new();
    let refused = server.public("/gazetteer?lang=en").await;
    assert_eq!((refused.status.as_u16(), refused.json()["parameter"].clone()), (400, json!("lang")));
    let tag = server.public("/gazetteer").await.header("etag").to_owned();
    assert_eq!(server.get("/gazetteer", &[("if-none-match", &tag)]).await.status, 304);
    assert_eq!(server.send_method("POST", "/gazetteer", &[]).await.status, 405);
}

fn real(edition: &'static str, file: &RealFile) -> Vec<Area> {
    let rows = file.codes.iter().zip(&file.areas).zip(&file.properties);
    let area = rows.map(|((code, shape), properties)| {
        let district = properties.get("district_code").and_then(Json::as_str);
        Area {
            name: properties["ward_name"].as_str().unwrap().to_owned(),
            ..commune(edition, code, district, shape.clone())
        }
    });
    area.collect()
}

#[tokio::test]
async fn real_editions_are_found_in_each_other_at_once() {
    let (Some(old), Some(mut new)) = (communes_241(), units_94()) else { return };
    let kept: Vec<bool> = new.properties.iter().map(|row| row["origin"] == "Quảng Nam").collect();
    let mut flags = kept.iter();
    new.codes.retain(|_| *flags.next().unwrap());
    let mut flags = kept.iter();
    new.areas.retain(|_| *flags.next().unwrap());
    new.properties.retain(|row| row["origin"] == "Quảng Nam");
    let mut holdings = Holdings::default();
    holdings.areas.extend(real("2020-02", &old));
    holdings.areas.extend(real("2025-07", &new));
    let server = TestServer::without_snapshot(Flags::default(), &[]);
    server.state.service.serve(crate::support::snapshot::released(snapshot(holdings, &shipped_rules())));
    let timed = async || {
        let start = Instant::now();
        let gazetteer = server.public("/gazetteer").await.json();
        (gazetteer, start.elapsed().as_secs_f64() * 1e3)
    };
    let ((gazetteer, first_ms), (again, next_ms)) = (timed().await, timed().await);
    assert_eq!(gazetteer, again);
    let (areas, bytes) = (gazetteer["areas"].as_array().unwrap().len(), gazetteer.to_string().len());
    assert_eq!(areas, 241 + 18 + 1 + 78 + 1);
    let an_my = area(&gazetteer, "2020-02", "20341", "commune");
    assert_eq!(an_my["name"], "Phường An Mỹ");
    assert_eq!(an_my["counterparts"]["2025-07"]["name"], "Phường Tam Kỳ");
    say(&format!(
        "gazetteer of 241 + 78 communes: {areas} areas, {bytes} bytes; first answer {first_ms:.0} ms, next {next_ms:.0} ms"
    ));
}
