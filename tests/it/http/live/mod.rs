//! Writing by requests, and hearing of what was written.

mod events;
mod judging;
mod records;
mod sessions;
mod writing;

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use crate::support::{Answer, Call, Role, ServerProcess};

/// Far longer than a change takes, for a machine that does much else.
const SEEN_WITHIN: Duration = Duration::from_secs(20);

/// A theft at a point as a feature.
fn theft(id: &str, lon: f64) -> String {
    format!(
        r#"{{"type":"Feature","id":"{id}","geometry":{{"type":"Point","coordinates":[{lon},15.573]}},
           "properties":{{"time":"2025-06-02T08:00:00+07:00","category":"trom_cap","severity":"nghiem_trong"}}}}"#
    )
}

fn collection(features: &[String]) -> String {
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

const GEOJSON: (&str, &str) = ("content-type", "application/geo+json");

fn put(server: &ServerProcess, role: Role, path: &str, body: &str) -> Answer {
    server.send_as(role, Call { method: "POST", path, headers: &[GEOJSON], body })
}

/// The counts of an answer to a write: added, amended, unchanged, withdrawn.
fn counts(answer: &Answer) -> [u64; 4] {
    let json = answer.json();
    ["added", "amended", "unchanged", "withdrawn"].map(|name| json[name].as_u64().unwrap_or(u64::MAX))
}

/// Waits until the state of an answer is served.
fn shown(server: &ServerProcess, answer: &Answer) {
    let epoch = answer.json()["epoch"].as_u64().expect("an epoch");
    let deadline = Instant::now() + SEEN_WITHIN;
    while server.get_as(Role::Commander, "/ratings?level=province").json()["epoch"].as_u64() < Some(epoch) {
        assert!(Instant::now() < deadline, "epoch {epoch} is not shown:\n{}", server.log());
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// How many incidents the newest edition counts in the year of the thefts.
fn counted(server: &ServerProcess) -> u64 {
    let path = "/ratings?level=province&from=2025-01-01&to=2026-01-01";
    let json = server.get_as(Role::Planner, path).json();
    json["areas"][0]["incidents"].as_u64().unwrap_or_else(|| panic!("{json}"))
}

fn many(count: usize) -> String {
    let mut features = String::new();
    for number in 0..count {
        let separator = if number == 0 { "" } else { "," };
        write!(features, "{separator}{}", theft(&format!("many-{number}"), 108.48)).expect("a text");
    }
    format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#)
}
