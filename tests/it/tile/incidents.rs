//! The incidents layer: single incidents while they fit, else cells; squares of five and more for planners.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

use binhyen::assessment::cells::{CountCell, SquareTable};
use binhyen::attributes::Selection;
use binhyen::domain::area::Position;
use binhyen::domain::filter::{CategorySet, Filter};
use binhyen::domain::incident::taxonomy::Severity;
use binhyen::domain::incident::{Incident, IncidentLocation, IncidentRow};
use binhyen::domain::role::Role;
use binhyen::domain::time::period::Day;
use binhyen::geometry::projection::LonLatBounds;
use binhyen::snapshot::{Snapshot, build};
use binhyen::tile::TileAddress;
use binhyen::tile::encoding::encode::{Aggregated, Evaluated, TileSource};
use binhyen::tile::encoding::skeleton::Skeletons;
use binhyen::tile::encoding::splice::SplicedTile;
use binhyen::tile::tileset::Tileset;

use jiff::civil::date;

use crate::support::snapshot::{COMMANDER, PLANNER, TestServer, WINDOW, holdings, rule_set, snapshot, tile_at};

const WEST_COMMUNES: (f64, f64) = (108.05, 15.55);
const MOST_BYTES: usize = 500_000;

fn filter(snapshot: &Snapshot) -> Filter {
    Filter {
        edition: "2025-01".parse().unwrap(),
        period: snapshot.rules.window(WINDOW).unwrap().period,
        categories: CategorySet::reported(&snapshot.taxonomy),
        min_severity: Severity::LEAST,
        scheme: snapshot.schemes.default_index(),
    }
}

fn tile(snapshot: &Snapshot, role: Role, z: u8) -> Option<SplicedTile> {
    let filter = filter(snapshot);
    let source = TileSource {
        snapshot,
        edition_data: snapshot.edition(filter.edition).unwrap(),
        tileset: Tileset::Incidents,
        role,
        filter: &filter,
        selection: Selection::ALL,
        evaluated: Evaluated::Whole(&[]),
        squares: None,
    };
    let (x, y) = tile_at(z, WEST_COMMUNES.0, WEST_COMMUNES.1);
    source.spliced(&Skeletons::default(), TileAddress::new(z, x, y).unwrap()).unwrap()
}

/// The small world with more thefts around one place, their ids as long as they may be.
fn crowded(more: usize) -> Snapshot {
    let rule_set = rule_set();
    let mut holdings = holdings(&rule_set);
    let one = holdings.incidents.at(IncidentRow::new(0)).unwrap();
    for number in 0..more {
        let step = |place: usize| place as f64 * 1e-5;
        let at = Position::new(108.05 + step(number % 60), 15.55 + step(number / 60)).unwrap();
        let unix_seconds = one.unix_seconds + number as i64;
        holdings.incidents.push(&Incident {
            id: format!("{number:0>200}"),
            unix_seconds,
            location: IncidentLocation::Point(at),
            ..one.clone()
        });
    }
    build(holdings, &rule_set, None).unwrap()
}

#[test]
fn single_incidents_become_cells_where_the_zoom_is_low_or_they_do_not_fit() {
    let small = snapshot();
    assert_eq!(tile(&small, Role::Commander, 8).unwrap().aggregated(), Some(Aggregated::CountGrid));
    assert_eq!(tile(&small, Role::Commander, 9).unwrap().aggregated(), None);
    let (full, over) = (crowded(1_300), crowded(1_400));
    for z in [9, 12, 14] {
        let single = tile(&full, Role::Commander, z).unwrap();
        assert_eq!(single.aggregated(), None, "z{z}");
        assert!((300_000..400_000).contains(&single.len()), "z{z}: {} bytes", single.len());
        let cells = tile(&over, Role::Commander, z).unwrap();
        assert_eq!(cells.aggregated(), Some(Aggregated::CountGrid), "z{z}");
        assert!(cells.len() < MOST_BYTES, "z{z}: {} bytes", cells.len());
    }
}

#[test]
fn squares_of_a_box_are_those_of_the_whole_province_with_all_their_incidents() {
    let snapshot = crowded(500);
    let filter = filter(&snapshot);
    let table = SquareTable::of(&snapshot, Day::of_date(date(2026, 6, 1)));
    let question = table.choices.asked(&filter).unwrap();
    let all = table.grid(question);
    assert!(all.cells.len() > 3, "{}", all.cells.len());
    for step in 0..40 {
        let (west, south) = (108.03 + f64::from(step) * 0.001, 15.53 + f64::from(step % 7) * 0.003);
        let [east, north] = [west + 0.02, south + 0.02];
        let meets = |cell: &&CountCell| {
            let cell = cell.bounds;
            cell.west <= east && west < cell.east && cell.south <= north && south < cell.north
        };
        let expected: Vec<CountCell> = all.cells.iter().filter(meets).cloned().collect();
        let found = table.meeting(question, LonLatBounds { west, south, east, north }, 10_000);
        assert_eq!(found, expected, "{step}");
    }
    let province = LonLatBounds { west: 107.0, south: 14.5, east: 109.0, north: 16.5 };
    assert_eq!(table.meeting(question, province, 10_000), []);
}

#[tokio::test]
async fn planners_see_squares_of_five_and_more_from_zoom_ten() {
    let server = TestServer::new();
    let ask = async |token: &'static str, z: u8, window: &str| {
        let (x, y) = tile_at(z, WEST_COMMUNES.0, WEST_COMMUNES.1);
        server.with_token(token, &format!("/tiles/incidents/{z}/{x}/{y}?window={window}")).await
    };
    assert_eq!(ask(PLANNER, 9, WINDOW).await.status, 204);
    assert_eq!(ask(COMMANDER, 9, WINDOW).await.status, 200);
    for z in 10..=16 {
        let reply = ask(PLANNER, z, WINDOW).await;
        assert_eq!((reply.status.as_u16(), reply.header("cache-control")), (200, "private, no-store"), "z{z}");
        let plain = reply.plain();
        let has = |word: &str| plain.windows(word.len()).any(|window| window == word.as_bytes());
        assert!(has("square") && !has("vuviec-") && !has("severity") && !has("cell"), "z{z}");
    }
    // The three thefts of the second commune are too few for a square.
    let (x, y) = tile_at(14, 108.15, 15.55);
    let few = server.with_token(PLANNER, &format!("/tiles/incidents/14/{x}/{y}?window={WINDOW}")).await;
    assert_eq!(few.status, 204);
}

#[tokio::test]
async fn description_says_from_which_zoom_and_with_what_the_role_sees_incidents() {
    let server = TestServer::new();
    let planner = server.with_token(PLANNER, "/tiles/incidents").await.json();
    let commander = server.with_token(COMMANDER, "/tiles/incidents").await.json();
    assert_eq!((&planner["minzoom"], &commander["minzoom"]), (&10.into(), &0.into()));
    let names = |answer: &serde_json::Value| -> Vec<String> {
        answer["vector_layers"][0]["fields"].as_object().unwrap().keys().cloned().collect()
    };
    assert_eq!(names(&planner), ["category", "count", "kind"]);
    assert_eq!(names(&commander), ["category", "count", "id", "kind", "precision", "severity", "time"]);
    let map = server.with_token(PLANNER, "/tiles/map").await.json();
    let layers = map["vector_layers"].as_array().unwrap();
    let incidents = layers.iter().find(|layer| layer["id"] == "incidents").unwrap();
    assert_eq!((&map["minzoom"], &incidents["minzoom"]), (&0.into(), &10.into()));
    let public = server.public("/tiles/map").await.json();
    assert!(public["vector_layers"].as_array().unwrap().iter().all(|layer| layer["id"] != "incidents"));
}
