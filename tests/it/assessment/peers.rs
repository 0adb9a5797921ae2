//! Peer groups: who belongs where, and what a scheme that leans on them changes.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

use std::collections::BTreeMap;

use binhyen::assessment::{Assessment, assess};
use binhyen::config::{RuleFiles, SAMPLE};
use binhyen::domain::area::peers::{PeerCandidate, Peers};
use binhyen::domain::area::{AreaCode, Level};
use binhyen::domain::filter::Filter;
use binhyen::domain::holdings::Holdings;
use binhyen::domain::rules::rule_set::RuleSet;
use binhyen::snapshot::Snapshot;
use binhyen::statistics::{Observation, Prior};
use serde_json::{Value, json};

use crate::support::province::{commune, everything, incident, point, population, snapshot, square};
use crate::support::rule_set_of;
use crate::support::snapshot::{PLANNER, TestServer, WINDOW};

#[test]
fn every_commune_of_the_sample_has_exactly_one_group() {
    let peers = Peers::from_toml(&RuleFiles::embedded().peers).unwrap();
    for (edition, communes) in [("2025-01", 233), ("2025-07", 78)] {
        let text = SAMPLE.get_file(format!("{edition}/communes.geojson")).unwrap().contents_utf8().unwrap();
        let file: Value = serde_json::from_str(text).unwrap();
        let mut sizes: BTreeMap<String, usize> = BTreeMap::new();
        for feature in file["features"].as_array().unwrap() {
            let member = |name: &str| feature["properties"][name].as_str();
            let code: AreaCode = member("code").unwrap().parse().unwrap();
            let district: Option<AreaCode> = member("parent").map(|code| code.parse().unwrap());
            let unit = PeerCandidate { code: &code, name: member("name").unwrap(), district: district.as_ref() };
            let group = peers.group_of(edition.parse().unwrap(), unit);
            let group = group.unwrap_or_else(|| panic!("{edition}/{code} has no peer group"));
            *sizes.entry(peers.group(group).unwrap().id.clone()).or_default() += 1;
        }
        assert_eq!(sizes.values().sum::<usize>(), communes, "{edition}: {sizes:?}");
        assert_eq!(sizes.len(), 4, "{edition}: {sizes:?}");
        assert_eq!(sizes["hai_dao"], 2, "{edition}: {sizes:?}");
    }
}

/// Groups of four and of two communes, of which the second is too small to stand for itself.
const GROUPS: &str = r#"
version = "test"
min_areas = 3
group = [{ id = "one", vi = "Một", en = "One" }, { id = "two", vi = "Hai", en = "Two" }]
member = [
  { editions = ["2025-01"], group = "one", communes = ["20001", "20002", "20003", "20004"] },
  { editions = ["2025-01"], group = "two", communes = ["20005", "20006"] },
]
"#;
const COUNTS: [u32; 6] = [2, 30, 9, 17, 60, 3];

fn rules(expectation: &str) -> RuleSet {
    let mut files = RuleFiles::embedded();
    files.peers = GROUPS.into();
    let scheme = files.schemes.iter_mut().find(|scheme| scheme.stem == "cung_dia_ban").unwrap();
    let from = "expectation = \"province\"";
    assert!(scheme.text.contains(from));
    scheme.text = scheme.text.replacen(from, &format!("expectation = \"{expectation}\""), 1).into();
    rule_set_of(&files)
}

fn six(rules: &RuleSet) -> Snapshot {
    let mut holdings = Holdings::default();
    for (column, count) in COUNTS.into_iter().enumerate() {
        let code = (20_001 + column).to_string();
        holdings.areas.push(commune("2025-01", &code, None, square(column as u32, 0, 1)));
        holdings.populations.push(population("2025-01", &code, 10_000));
        for number in 0..count {
            let id = format!("{column}-{number}");
            let at = point(column as f64 + 0.5, 0.5);
            holdings.incidents.push(&incident(rules, &id, "2024-05-01", at, ("trom_cap", 2)));
        }
    }
    snapshot(holdings, rules)
}

fn assessed(rules: &RuleSet, scheme: &str) -> Assessment {
    let snapshot = six(rules);
    let filter = everything(rules, "2025-01", "2024-01-01", "2025-01-01");
    let filter = Filter { scheme: rules.schemes.named(scheme).unwrap(), ..filter };
    assess(&snapshot, Level::Commune, &filter).unwrap()
}

/// Marshall's prior of some counts of equal expectation.
fn prior(counts: &[u32], expected: f64) -> Prior {
    let observed: Vec<Observation> =
        counts.iter().map(|count| Observation { count: f64::from(*count), expected }).collect();
    Prior::marshall(&observed).unwrap()
}

fn close(one: Option<f64>, other: f64) {
    assert!((one.unwrap() - other).abs() <= 1e-9 * other.abs().max(1.0), "{one:?} {other}");
}

#[test]
fn estimate_leans_on_the_peers_while_the_province_is_expected() {
    let rules = rules("province");
    let (all, with_peers) = (assessed(&rules, "default"), assessed(&rules, "cung_dia_ban"));
    let expected = f64::from(COUNTS.iter().sum::<u32>()) / 6.0;
    let group = &with_peers.method.peers[0];
    let by_hand = prior(&COUNTS[..4], expected);
    assert_eq!(group.areas, 4);
    close(group.prior_mean, by_hand.mean());
    close(group.prior_variance, by_hand.variance());
    for (one, other) in all.rows.iter().zip(&with_peers.rows).take(4) {
        assert_eq!((one.incidents, one.rate, one.expected), (other.incidents, other.rate, other.expected));
        assert_ne!(one.ratio, other.ratio);
        close(other.reliability, by_hand.reliability(expected));
    }
}

#[test]
fn group_of_too_few_areas_leans_on_all_and_says_so() {
    let rules = rules("province");
    let (all, with_peers) = (assessed(&rules, "default"), assessed(&rules, "cung_dia_ban"));
    let small = &with_peers.method.peers[1];
    assert_eq!((small.areas, small.prior_mean, small.prior_variance), (2, None, None));
    for (one, other) in all.rows.iter().zip(&with_peers.rows).skip(4) {
        assert_eq!((one.ratio, one.reliability, one.grade), (other.ratio, other.reliability, other.grade));
        assert_eq!(other.peer_group.as_deref(), Some("two"));
    }
}

#[test]
fn rates_of_the_peers_are_expected_where_the_scheme_says_so() {
    let rules = rules("peers");
    let assessment = assessed(&rules, "cung_dia_ban");
    let expected = f64::from(COUNTS[..4].iter().sum::<u32>()) / 4.0;
    close(assessment.method.peers[0].prior_mean, 1.0);
    for (row, count) in assessment.rows.iter().zip(COUNTS).take(4) {
        let share: f64 = row.components.iter().filter_map(|part| part.contribution).sum();
        close(Some(share), f64::from(count) / expected - 1.0);
        close(row.expected, f64::from(COUNTS.iter().sum::<u32>()) / 6.0);
    }
}

#[tokio::test]
async fn rows_and_meta_name_the_groups() {
    let server = TestServer::new();
    let meta = server.public("/meta").await.json();
    let ids: Vec<&str> =
        meta["peer_groups"].as_array().unwrap().iter().map(|group| group["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["do_thi", "dong_bang", "mien_nui", "hai_dao"]);
    let ratings = server.public(&format!("/ratings?edition=2025-01&window={WINDOW}")).await.json();
    // The second name begins with a sign, hence with no kind of unit: its district decides.
    let groups: Vec<&Value> = ratings["areas"].as_array().unwrap().iter().map(|row| &row["peer_group"]).collect();
    assert_eq!(groups, ["do_thi", "dong_bang", "do_thi", "do_thi"]);
    assert!(ratings["method"]["peers"].is_null());
    let address = format!("/ratings?edition=2025-01&window={WINDOW}&scheme=cung_dia_ban");
    let peers = server.with_token(PLANNER, &address).await.json()["method"]["peers"].clone();
    assert_eq!((&peers["by"], &peers["expectation"]), (&json!("terrain"), &json!("province")));
    let group = &peers["groups"][0];
    assert_eq!((&group["group"], &group["areas"], &group["leans_on"]), (&json!("do_thi"), &json!(3), &json!("all")));
    let address = format!("/areas/2025-01/20335/explanation?window={WINDOW}&scheme=cung_dia_ban");
    let answer = server.with_token(PLANNER, &address).await.json();
    assert_eq!((&answer["method"]["leans_on"], &answer["method"]["peer_group"]), (&json!("all"), &Value::Null));
}
