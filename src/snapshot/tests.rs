//! A small world for the tests of this layer and of those above: eight communes in a row, some incidents, one model.
//!
//! In the year of statistics 2022 theft was recorded as often as [`THEFTS`] says, commune by commune, one of them in the
//! first commune at a place that nobody knows; besides, once outside.

use std::sync::Arc;

use geo::{MultiPolygon, Rect, coord};
use jiff::civil::date;

use super::{Snapshot, build};
use crate::domain::area::edition::EditionCatalogue;
use crate::domain::area::peers::Peers;
use crate::domain::area::population::Population;
use crate::domain::area::{Area, AreaKey, Level, Position};
use crate::domain::holdings::{Holdings, OpenChange};
use crate::domain::incident::coverage::{CoverageScope, DeclaredCoverage};
use crate::domain::incident::taxonomy::{Severity, Taxonomy};
use crate::domain::incident::{Incident, IncidentLocation, IncidentRow};
use crate::domain::model::{CommunityModel, ModelOrigin};
use crate::domain::rules::Rules;
use crate::domain::rules::rule_set::RuleSet;
use crate::domain::rules::scheme::{SchemeText, Schemes};
use crate::domain::standard::circulars::Circulars;

/// The one edition; its communes 20001 to 20004 belong to district 501, the others to 502.
pub(crate) const EDITION: &str = "2025-01";
/// The year of statistics with the incidents.
pub(crate) const WINDOW: &str = "TK-2022";
/// The number of the last change.
pub(crate) const EPOCH: u64 = 7;
/// The days on which incidents are known.
pub(crate) const COVERED: &str = "2020-12-15..2027-01-01";
/// Thefts of each commune; one of the first has no point.
pub(crate) const THEFTS: [u32; 8] = [40, 2, 20, 0, 30, 30, 30, 30];
/// The residents of each commune.
pub(crate) const RESIDENTS: u32 = 50_000;
/// The id of the incident that happened outside.
pub(crate) const OUTSIDE: &str = "case-9002";
/// 1 June 2022, noon in Quang Nam.
const MOMENT_S: i64 = 1_654_059_600;

/// The snapshot of the small world.
pub(crate) fn snapshot() -> Snapshot {
    let rule_set = rule_set();
    build(holdings(&rule_set), &rule_set, None).unwrap()
}

/// The row of an incident.
pub(crate) fn row_of(snapshot: &Snapshot, id: &str) -> IncidentRow {
    snapshot.incidents.rows().find(|row| snapshot.incidents.id(*row) == id).unwrap()
}

pub(super) fn rule_set() -> RuleSet {
    let taxonomy = Taxonomy::from_toml(include_str!("../../geodata/taxonomy.toml")).unwrap();
    let rules = Rules::from_toml(include_str!("../../geodata/rules.toml"), &taxonomy).unwrap();
    let scheme = include_str!("../../geodata/schemes/default.toml");
    let scheme = SchemeText { file: "default.toml", file_id: "default", text: scheme };
    RuleSet {
        schemes: Arc::new(Schemes::from_texts([scheme], &rules.default_scheme, &taxonomy).unwrap()),
        peers: Arc::new(Peers::from_toml(include_str!("../../geodata/peers.toml")).unwrap()),
        circulars: Arc::new(Circulars::new(Vec::new()).unwrap()),
        catalogue: Arc::new(EditionCatalogue::default()),
        rules: Arc::new(rules),
        taxonomy: Arc::new(taxonomy),
    }
}

pub(super) fn holdings(rule_set: &RuleSet) -> Holdings {
    let communes = (0..THEFTS.len()).map(commune);
    let mut holdings = Holdings {
        epoch: EPOCH,
        open_change: OpenChange { epoch: EPOCH, commit_id: 0 },
        areas: communes.chain(["501", "502"].map(district)).collect(),
        models: vec![model()],
        coverage: vec![DeclaredCoverage { scope: CoverageScope::Everything, days: COVERED.parse().unwrap() }],
        ..Holdings::default()
    };
    for number in 0..THEFTS.len() {
        holdings.populations.push(Population { area: key(&code(number)), year: 2022, residents: RESIDENTS });
    }
    for incident in incidents(&rule_set.taxonomy) {
        holdings.incidents.push(&incident);
    }
    holdings
}

pub(super) fn code(number: usize) -> String {
    (20_001 + number).to_string()
}

pub(super) fn key(code: &str) -> AreaKey {
    AreaKey { edition: EDITION.parse().unwrap(), code: code.parse().unwrap() }
}

/// A square of a tenth of a degree.
pub(super) fn commune(number: usize) -> Area {
    let (west, district) = (108.0 + 0.1 * number as f64, if number < 4 { "501" } else { "502" });
    let square = Rect::new(coord! { x: west, y: 15.0 }, coord! { x: west + 0.1, y: 15.1 });
    Area {
        key: key(&code(number)),
        level: Level::Commune,
        name: format!("Commune {}", code(number)),
        parent: Some(district.parse().unwrap()),
        boundary: Some(MultiPolygon::from(square.to_polygon())),
    }
}

fn district(code: &str) -> Area {
    Area { key: key(code), level: Level::District, name: format!("District {code}"), parent: None, boundary: None }
}

fn centre(number: usize) -> Position {
    Position::new(108.05 + 0.1 * number as f64, 15.05).unwrap()
}

fn model() -> CommunityModel {
    CommunityModel {
        id: "model-01".to_owned(),
        kind: "camera".to_owned(),
        position: Some(centre(0)),
        area: None,
        residential_area: None,
        origin: ModelOrigin::New,
        parent_id: None,
        started_on: date(2021, 1, 1),
        ended_on: None,
        review: None,
    }
}

fn incidents(taxonomy: &Taxonomy) -> Vec<Incident> {
    let points = THEFTS.iter().enumerate().flat_map(|(number, count)| {
        let without_point = u32::from(number == 0);
        (without_point..*count).map(move |_| centre(number))
    });
    let points = points.enumerate().map(|(number, at)| (number + 1, IncidentLocation::Point(at)));
    let outside = IncidentLocation::Point(Position::new(107.0, 15.0).unwrap());
    let others = [(9001, IncidentLocation::Area(key(&code(0)))), (9002, outside)];
    let incident = |(number, location): (usize, IncidentLocation)| Incident {
        id: format!("case-{number:04}"),
        unix_seconds: MOMENT_S,
        location,
        category: taxonomy.category("trom_cap").unwrap(),
        severity: Severity::new(3).unwrap(),
        status: taxonomy.status("recorded").unwrap(),
        channel: taxonomy.channel("113").unwrap(),
        precision: taxonomy.precision("exact").unwrap(),
    };
    points.chain(others).map(incident).collect()
}
