//! What the answers on the sample say does not depend on whether an incident is known by a point or by its commune's
//! code: with every point replaced by the code of its commune nothing moves but the account, and nothing is a point any
//! more.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

use std::sync::Arc;

use binhyen::assessment::effect::by_kind;
use binhyen::cli::sample;
use binhyen::config::{Flags, RuleFiles};
use binhyen::domain::area::AreaKey;
use binhyen::domain::holdings::{Holdings, IncidentColumns};
use binhyen::domain::incident::{Incident, IncidentLocation};
use binhyen::domain::rules::ModelReach;
use binhyen::geometry::projection::LonLat;
use binhyen::snapshot::{EditionData, Snapshot, build};
use binhyen::store::Store;
use serde_json::Value;

use crate::support::golden::say;
use crate::support::imports::{wait, words};
use crate::support::rule_set_of;
use crate::support::snapshot::{COMMANDER, PLANNER, TestServer, released, tile_at};

const EDITIONS: [(&str, &[&str]); 2] =
    [("2025-01", &["commune", "district", "province"]), ("2025-07", &["commune", "province"])];
const FILTERS: [&str; 4] = [
    "window=3N-2025",
    "window=TK-2022",
    "from=2023-03-05&to=2023-09-11&min_severity=3",
    "window=N-2024&categories=trom_cap",
];

/// The middle of the province.
const CENTRE: (f64, f64) = (108.25, 15.65);

fn sample_holdings() -> Holdings {
    let folder = tempfile::tempdir().unwrap();
    let words = words();
    wait(async {
        let store = Store::open(folder.path(), &words.taxonomy).await.unwrap();
        sample::fill(&store, &words).await.unwrap();
        store.load().await.unwrap()
    })
}

/// The same incidents, those at a point inside a commune of the edition known by its code alone.
fn by_codes(incidents: &IncidentColumns, edition_data: &EditionData) -> IncidentColumns {
    let mut replaced = IncidentColumns::default();
    for row in incidents.rows() {
        let incident = incidents.at(row).unwrap();
        let location = match incident.location {
            IncidentLocation::Point(at) => {
                let commune = edition_data.shape.commune_at(LonLat::new(at.lon(), at.lat()));
                commune.map_or(IncidentLocation::Point(at), |commune| {
                    let code = edition_data.shape.commune(commune).unwrap().code.clone();
                    IncidentLocation::Area(AreaKey { edition: edition_data.entry.id, code })
                })
            }
            known @ (IncidentLocation::Area(_) | IncidentLocation::Unknown) => known,
        };
        replaced.push(&Incident { location, ..incident });
    }
    replaced
}

/// Two servers: on the sample, and on the sample by codes.
struct Servers {
    points: TestServer,
    codes: TestServer,
}

impl Servers {
    fn on(points: &Arc<Snapshot>, codes: Arc<Snapshot>) -> Self {
        let serving = |snapshot: Arc<Snapshot>| {
            let server = TestServer::without_snapshot(Flags::default(), &[]);
            server.state.service.serve(snapshot);
            server
        };
        Self { points: serving(Arc::clone(points)), codes: serving(codes) }
    }

    async fn json(&self, token: Option<&str>, address: &str) -> [Value; 2] {
        let bearer = token.map(|token| format!("Bearer {token}"));
        let headers: Vec<(&str, &str)> = bearer.iter().map(|bearer| ("authorization", bearer.as_str())).collect();
        let (one, other) = (self.points.get(address, &headers).await, self.codes.get(address, &headers).await);
        assert_eq!((one.status.as_u16(), other.status.as_u16()), (200, 200), "{address}");
        [one.json(), other.json()]
    }

    async fn assert_same(&self, token: Option<&str>, address: &str) {
        let [mut one, mut other] = self.json(token, address).await;
        // Evidence rests on the communes of the edition in which a unit was certified, all of them of 2025-01: the codes
        // of another edition say less of these than points do.
        if address.starts_with("/areas/2025-07/") {
            without_evidence(&mut one);
            without_evidence(&mut other);
        }
        without_account(&mut one);
        without_account(&mut other);
        assert!(one == other, "{address} differs");
    }
}

/// Takes out what says how many incidents have a point.
fn without_account(answer: &mut Value) {
    match answer {
        Value::Object(members) => {
            members.remove("without_point");
            let with_point = members.remove("with_point").and_then(|count| count.as_u64());
            let by_commune = members.remove("by_commune").and_then(|count| count.as_u64());
            if let Some((with_point, by_commune)) = with_point.zip(by_commune) {
                members.insert("in_areas".to_owned(), (with_point + by_commune).into());
            }
            members.values_mut().for_each(without_account);
        }
        Value::Array(entries) => entries.iter_mut().for_each(without_account),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Takes out the evidence of criteria.
fn without_evidence(answer: &mut Value) {
    match answer {
        Value::Object(members) => {
            members.remove("evidence");
            members.values_mut().for_each(without_evidence);
        }
        Value::Array(entries) => entries.iter_mut().for_each(without_evidence),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

async fn assert_answers_agree(servers: &Servers, edition: &str, levels: &[&str]) -> usize {
    let mut compared = 0;
    for window in FILTERS {
        let filter = format!("edition={edition}&{window}");
        for level in levels {
            let ratings = format!("/ratings?{filter}&level={level}");
            servers.assert_same(Some(PLANNER), &ratings).await;
            let [rows, _] = servers.json(Some(PLANNER), &ratings).await;
            let areas = rows["areas"].as_array().unwrap();
            let totals = &rows["totals"];
            let sum: u64 = areas.iter().map(|row| row["incidents"].as_u64().unwrap()).sum();
            assert_eq!(Some(sum), totals["with_point"].as_u64().zip(totals["by_commune"].as_u64()).map(|(a, b)| a + b));
            let code = areas[areas.len() / 2]["code"].as_str().unwrap();
            for address in [
                format!("/areas?{filter}&level={level}&geometry=none"),
                format!("/areas/{edition}/{code}?{window}"),
                format!("/areas/{edition}/{code}/explanation?{window}"),
                format!("/series?{filter}&areas={code}&by=month"),
            ] {
                servers.assert_same(Some(PLANNER), &address).await;
                compared += 1;
            }
        }
        for tileset in ["communes", "districts", "province", "labels"] {
            for z in [7, 9, 11] {
                let (x, y) = tile_at(z, CENTRE.0, CENTRE.1);
                let address = format!("/tiles/{tileset}/{z}/{x}/{y}?{filter}");
                let one = servers.points.with_token(PLANNER, &address).await.plain();
                assert!(one == servers.codes.with_token(PLANNER, &address).await.plain(), "{address} differs");
                compared += 1;
            }
        }
    }
    compared
}

/// What is shown as a point or a square is of the incidents outside, which kept theirs.
async fn assert_nothing_is_a_point(servers: &Servers, edition: &str) {
    let address = format!("/incidents?edition={edition}&window=TK-2022&limit=1000");
    let [points, codes] = servers.json(Some(COMMANDER), &address).await;
    let inside = |answer: &Value| {
        let features = answer["features"].as_array().unwrap().iter();
        features.filter(|feature| !feature["properties"]["code"].is_null()).count()
    };
    assert!(inside(&points) > 100, "the test no longer finds what it looks for");
    assert_eq!(inside(&codes), 0, "an incident known by its commune became a point");
    for (token, z) in [(COMMANDER, 12), (PLANNER, 12), (COMMANDER, 8)] {
        let (x, y) = tile_at(z, 108.47, 15.57);
        let tile = format!("/tiles/incidents/{z}/{x}/{y}?edition={edition}&window=3N-2025");
        let [points, codes] = [&servers.points, &servers.codes].map(|server| server.with_token(token, &tile));
        let (points, codes) = (points.await.plain().len(), codes.await.plain().len());
        assert!(codes < points, "{tile}: {codes} bytes of {points}");
    }
}

/// The effect of kinds that reach the whole commune rests on the counts of communes.
fn assert_effects_agree(points: &Snapshot, codes: &Snapshot, edition_data: &EditionData) {
    let other = codes.edition(edition_data.entry.id).unwrap();
    let kinds = points.rules.model_kinds.indexed().filter(|(_, kind)| kind.reach == ModelReach::Area);
    let over_areas: Vec<_> = kinds.map(|(kind, _)| kind).collect();
    // Of what is adjusted over all kinds nothing is asked: kinds with a reach in metres need points.
    let of = |snapshot: &Snapshot, edition_data: &EditionData| {
        let effects = by_kind(snapshot, edition_data).into_iter().filter(|effect| over_areas.contains(&effect.kind));
        effects
            .map(|effect| (effect.kind, effect.models, effect.strata, effect.before, effect.pooled))
            .collect::<Vec<_>>()
    };
    let found = of(points, edition_data);
    assert!(found.iter().any(|(_, _, _, before, _)| *before > 0), "the test no longer finds what it looks for");
    assert_eq!(found, of(codes, other));
}

#[test]
fn sample_by_codes_of_communes_has_the_same_rows_letters_trends_series_and_tiles() {
    let rules = rule_set_of(&RuleFiles::embedded());
    let holdings = sample_holdings();
    let points = released(build(holdings.clone(), &rules, None).unwrap());
    for (edition, levels) in EDITIONS {
        let edition_data = points.edition(edition.parse().unwrap()).unwrap();
        let incidents = by_codes(&holdings.incidents, edition_data);
        let codes = released(build(Holdings { incidents, ..holdings.clone() }, &rules, Some(&points)).unwrap());
        assert_effects_agree(&points, &codes, edition_data);
        let servers = Servers::on(&points, codes);
        wait(async {
            let compared = assert_answers_agree(&servers, edition, levels).await;
            assert_nothing_is_a_point(&servers, edition).await;
            // What the public gets is counted from the blocks of the finer edition: its codes say as much as points do.
            if edition == EDITIONS[0].0 {
                for level in levels {
                    let address = format!("/ratings?edition={edition}&window=3N-2025&level={level}");
                    servers.assert_same(None, &address).await;
                }
            }
            say(&format!(
                "{edition}: {compared} answers on the sample are the same by points and by codes of communes"
            ));
        });
    }
}
