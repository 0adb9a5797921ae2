//! Hidden counts leave no trace: where they change and everything published stays, the public gets the same bytes.
//!
//! An incident goes from one hidden commune to another of the same areas around, or severities change. What was
//! published before stays as it was, area by area and window by window; then every answer, tile, table, picture and
//! page that the public can have is asked for in both worlds and held together byte by byte, headers included.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::http::StatusCode;
use binhyen::assessment::release::{AreaRef, Release};
use binhyen::domain::area::Level;
use binhyen::domain::holdings::{Holdings, IncidentColumns};
use binhyen::domain::incident::taxonomy::Severity;
use binhyen::domain::incident::{Incident, IncidentLocation};
use binhyen::domain::role::Role;
use binhyen::domain::rules::rule_set::RuleSet;
use binhyen::domain::text::Language;
use binhyen::export::sheets::area_sheets;
use binhyen::service::area_sheets::{SheetBook, SheetRequest};
use binhyen::service::live::today;
use binhyen::snapshot::{Snapshot, build};
use proptest::prelude::*;

use crate::support::imports::wait;
use crate::support::province::{key, shipped_rules};
use crate::support::random_province::{OLD, code, place, random_province};
use crate::support::snapshot::{TestServer, released, tile_at};

/// What is published of counts: every area and window with its count, what police work found, and whether its components
/// are.
fn published(snapshot: &Snapshot) -> BTreeMap<String, (Option<u32>, Option<u32>, bool)> {
    let release = Release::new(snapshot, today()).unwrap();
    let mut cells = BTreeMap::new();
    for edition_data in &snapshot.editions {
        let edition = edition_data.entry.id;
        for window in release.windows() {
            for areas in &edition_data.shape.levels {
                for (area_index, entry) in areas.areas.indexed() {
                    let area = AreaRef { edition, level: areas.level, area_index };
                    let seen = (
                        release.count(area, window.period),
                        release.detected_count(area, window.period),
                        release.shows_components(area, window.period),
                    );
                    cells.insert(format!("{edition} {} {} {}", areas.level, entry.code, window.id), seen);
                }
            }
            cells.insert(
                format!("{edition} {}", window.id),
                (release.totals(edition, window.period).incidents(), None, false),
            );
        }
    }
    cells
}

/// Every address that the public may ask of a world, for some of its windows and for areas of some codes.
fn addresses(snapshot: &Snapshot, windows: &[String], codes: &[String]) -> Vec<String> {
    let mut addresses: Vec<String> =
        ["/meta", "/gazetteer", "/collections", "/collections/gazetteer/items", "/tiles", "/version", "/styles"]
            .map(str::to_owned)
            .to_vec();
    for edition_data in &snapshot.editions {
        let edition = edition_data.entry.id;
        for areas in &edition_data.shape.levels {
            let level = areas.level;
            for window in windows {
                let filter = format!("edition={edition}&level={level}&window={window}");
                if level == Level::Commune {
                    addresses.extend(of_collection(&format!("communes-{edition}"), window));
                }
                for form in ["json", "csv", "xlsx"] {
                    addresses.push(format!("/ratings?{filter}&f={form}"));
                }
                for form in ["flatgeobuf", "geoparquet"] {
                    addresses.push(format!("/export/{form}?{filter}"));
                }
                addresses.push(format!("/areas?{filter}&geometry=none"));
                addresses.push(format!("/certifications?{filter}"));
                addresses.push(format!("/export/svg?{filter}&width=300&height=300"));
            }
        }
        for window in windows {
            let filter = format!("window={window}");
            addresses.extend(of_edition(&edition.to_string(), &filter));
            let known = edition_data.shape.levels.iter().flat_map(|areas| areas.areas.iter());
            let known: Vec<&str> = known.map(|area| area.code.as_str()).collect();
            for code in codes.iter().filter(|code| known.contains(&code.as_str())) {
                addresses.extend(of_area(&edition.to_string(), code, &filter));
            }
        }
    }
    addresses
}

/// Conditions that would tell a hidden count from another, were they answered from it: thresholds of all sizes on every
/// count and what follows from counts, whether they are known, sums of conditions, orders, pages.
fn of_collection(id: &str, window: &str) -> Vec<String> {
    let items = format!("/collections/{id}/items?window={window}&geometry=none");
    let mut addresses = vec![items.clone(), format!("/collections/{id}?f=html"), format!("{items}&f=html")];
    for name in ["incidents", "rate", "rate_high", "detected", "reliability"] {
        for threshold in [1, 3, 5] {
            addresses.push(format!("{items}&filter={name}+%3E%3D+{threshold}"));
        }
        addresses.push(format!("{items}&filter=NOT+{name}+%3C+4+OR+{name}+IS+NULL&limit=2"));
        addresses.push(format!("{items}&sortby=-{name}&properties=code"));
    }
    for filter in [
        "incidents+%3C+models",
        "rate+BETWEEN+rate_low+AND+rate_high",
        "grade+IN+('A','B','C','D','E')",
        "withheld+LIKE+'%25few%25'",
        "grade+%3D+'suppressed'+AND+S_INTERSECTS(geometry,BBOX(107,14,109,16))",
    ] {
        addresses.push(format!("{items}&filter={filter}"));
    }
    addresses
}

fn of_edition(edition: &str, filter: &str) -> Vec<String> {
    let filter = format!("edition={edition}&{filter}");
    let mut addresses = vec![
        format!("/models?{filter}"),
        format!("/models/kinds?{filter}"),
        format!("/export/png?{filter}&width=300&height=300"),
        format!("/export/mbtiles?{filter}&max_zoom=7"),
        format!("/share/view?{filter}"),
    ];
    for tileset in ["map", "communes", "districts", "province"] {
        addresses.push(format!("/tiles/{tileset}?{filter}"));
        for zoom in [7, 9, 11] {
            let (x, y) = tile_at(zoom, 108.25, 15.05);
            addresses.push(format!("/tiles/{tileset}/{zoom}/{x}/{y}?{filter}"));
        }
    }
    addresses
}

fn of_area(edition: &str, code: &str, filter: &str) -> Vec<String> {
    let area = format!("edition={edition}&areas={code}");
    let mut addresses = vec![
        format!("/areas/{edition}/{code}?{filter}"),
        format!("/areas/{edition}/{code}/explanation?{filter}"),
        format!("/areas/{edition}/{code}/explanation?{filter}&f=csv"),
        format!("/series?{area}&{filter}&by=year"),
        format!("/comparison?{area}&periods=TK-2023,TK-2024"),
        format!("/share/area?edition={edition}&area={code}&{filter}"),
    ];
    for group in ["district", "peers", "province"] {
        addresses.push(format!("/comparison?{area}&{filter}&with={group}"));
    }
    addresses
}

/// What the public is sent for an address: status, headers but the clock and the id of the request, bytes.
type Sent = (StatusCode, Vec<(String, String)>, Vec<u8>);

fn sent(server: &TestServer, address: &str) -> Sent {
    let answer = wait(server.public(address));
    let headers = answer.headers.iter().filter(|(name, _)| !matches!(name.as_str(), "date" | "x-request-id"));
    let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
    (answer.status, headers.collect(), answer.bytes)
}

/// The sheets of areas that the public gets of a world, as the bytes of the file; none where a window is not released.
fn sheets(snapshot: &Arc<Snapshot>, level: &str) -> Option<Vec<u8>> {
    let parameters = [("edition", OLD), ("level", level), ("window", "3N-2025")];
    let request = SheetRequest { role: Role::Public, today: today(), parameters: &parameters, cache_bytes: 8 << 20 };
    let book = SheetBook::of_snapshot(Arc::clone(snapshot), &request).ok()?;
    Some(area_sheets(&book, Language::Vietnamese, &mut || {}).unwrap())
}

/// Asserts that the public gets the same sheets of two worlds.
fn assert_same_sheets(one: Snapshot, two: Snapshot) {
    let (one, two) = (released(one), released(two));
    for level in ["commune", "district"] {
        let (first, second) = (sheets(&one, level), sheets(&two, level));
        assert!(first.is_some() && first == second, "the sheets of the {level}s differ");
    }
}

/// Asserts that the public gets the same of two worlds, and that most of it is an answer.
fn assert_same_to_the_public(one: Snapshot, two: Snapshot, addresses: &[String]) {
    let (one, two) = (TestServer::on(one), TestServer::on(two));
    let mut answered = 0;
    for address in addresses {
        let (first, second) = (sent(&one, address), sent(&two, address));
        answered += usize::from(first.0 == StatusCode::OK);
        let text = |sent: &Sent| String::from_utf8_lossy(&sent.2).into_owned();
        assert!(first == second, "{address} differs:\n{}\n{}", text(&first), text(&second));
    }
    assert!(answered * 2 > addresses.len(), "{answered} of {} are answers", addresses.len());
}

fn rows(columns: &IncidentColumns) -> Vec<Incident> {
    columns.rows().filter_map(|row| columns.at(row)).collect()
}

fn with_incidents(holdings: &Holdings, incidents: &[Incident]) -> Holdings {
    let mut other = Holdings { incidents: IncidentColumns::default(), ..holdings.clone() };
    for incident in incidents {
        other.incidents.push(incident);
    }
    other
}

/// The number of the commune in which an incident was put.
fn home(incident: &Incident) -> usize {
    incident.id.split('-').next().unwrap().parse().unwrap()
}

/// The same province with one incident of a hidden commune in another hidden one beside it, where all that is published
/// stays; the codes of both.
fn exchanged(rules: &RuleSet, holdings: &Holdings, pick: usize) -> Option<(Holdings, [String; 2])> {
    let snapshot = build(holdings.clone(), rules, None).unwrap();
    let before = published(&snapshot);
    let release = Release::new(&snapshot, today()).unwrap();
    let edition_data = snapshot.edition(OLD.parse().unwrap())?;
    let communes = edition_data.shape.level(Level::Commune)?;
    let is_hidden = |number: usize| {
        let Some(area_index) = communes.index_of(&code(number).parse().unwrap()) else { return false };
        let area = AreaRef { edition: OLD.parse().unwrap(), level: Level::Commune, area_index };
        release.windows().iter().all(|window| !release.shows(area, window.period))
    };
    let hidden: Vec<usize> = (0..communes.areas.len()).filter(|number| is_hidden(*number)).collect();
    let incidents = rows(&holdings.incidents);
    let movable: Vec<usize> = (0..incidents.len()).filter(|row| hidden.contains(&home(&incidents[*row]))).collect();
    let tries = movable.iter().cycle().skip(pick % movable.len().max(1)).take(movable.len().min(12));
    tries.flat_map(|row| hidden.iter().map(move |to| (*row, *to))).take(24).find_map(|(row, to)| {
        let from = home(&incidents[row]);
        let mut moved = incidents.clone();
        moved[row].location = match moved[row].location {
            IncidentLocation::Area(_) => IncidentLocation::Area(key(OLD, &code(to))),
            _ => place(to),
        };
        let other = (from != to).then(|| with_incidents(holdings, &moved))?;
        let is_same = published(&build(other.clone(), rules, None).unwrap()) == before;
        is_same.then(|| (other, [code(from), code(to)]))
    })
}

fn windows() -> Vec<String> {
    ["3N-2025", "TK-2024"].map(str::to_owned).to_vec()
}

proptest! {
    #![proptest_config(ProptestConfig { max_global_rejects: 200, ..ProptestConfig::with_cases(if std::env::var_os("CI").is_some() { 12 } else { 6 }) })]

    #[test]
    fn incident_that_goes_from_one_hidden_commune_to_another_changes_no_byte(seed in 0_u64..10_000, pick in 0_usize..500) {
        let rules = shipped_rules();
        let holdings = random_province(&rules, seed, 8 + (seed % 13) as usize);
        let found = exchanged(&rules, &holdings, pick);
        prop_assume!(found.is_some());
        let (other, codes) = found.unwrap();
        let built = |holdings: &Holdings| build(holdings.clone(), &rules, None).unwrap();
        assert_same_sheets(built(&holdings), built(&other));
        let (one, two) = (built(&holdings), built(&other));
        let addresses = addresses(&one, &windows(), &codes);
        assert_same_to_the_public(one, two, &addresses);
    }

    #[test]
    fn severities_are_nowhere_in_what_the_public_gets(seed in 0_u64..10_000) {
        let rules = shipped_rules();
        let holdings = random_province(&rules, seed, 12);
        let mut incidents = rows(&holdings.incidents);
        for (number, incident) in incidents.iter_mut().enumerate() {
            incident.severity = Severity::new(1 + ((number as u64 * 7 + seed) % 5) as u8).unwrap();
        }
        let other = with_incidents(&holdings, &incidents);
        let built = |holdings: &Holdings| build(holdings.clone(), &rules, None).unwrap();
        assert_same_sheets(built(&holdings), built(&other));
        let (one, two) = (built(&holdings), built(&other));
        let addresses = addresses(&one, &windows(), &[code(0), code(5), "501".to_owned()]);
        assert_same_to_the_public(one, two, &addresses);
    }
}
