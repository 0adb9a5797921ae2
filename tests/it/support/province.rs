//! A made-up province of square communes, for tests of what is counted and rated.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use binhyen::config::RuleFiles;
use binhyen::domain::area::edition::EditionId;
use binhyen::domain::area::population::Population;
use binhyen::domain::area::{Area, AreaCode, AreaKey, Level, Position};
use binhyen::domain::filter::{CategorySet, Filter};
use binhyen::domain::holdings::Holdings;
use binhyen::domain::incident::coverage::{CoverageScope, DeclaredCoverage};
use binhyen::domain::incident::taxonomy::Severity;
use binhyen::domain::incident::{Incident, IncidentLocation};
use binhyen::domain::rules::rule_set::RuleSet;
use binhyen::domain::time::period::{Day, Period};
use binhyen::snapshot::{Snapshot, build};
use geo::{MultiPolygon, Rect, coord};

/// Side of a square commune, in degrees.
pub(crate) const SIDE: f64 = 0.1;
/// West and south end of the first square.
pub(crate) const CORNER: (f64, f64) = (108.0, 15.0);

/// The rule files that travel with the binary.
pub(crate) fn shipped_rules() -> RuleSet {
    super::rule_set_of(&RuleFiles::embedded())
}

/// The square of a column and a row, as wide as some columns.
pub(crate) fn square(column: u32, row: u32, columns: u32) -> MultiPolygon<f64> {
    let west = CORNER.0 + f64::from(column) * SIDE;
    let south = CORNER.1 + f64::from(row) * SIDE;
    let east = CORNER.0 + f64::from(column + columns) * SIDE;
    let rect = Rect::new(coord! { x: west, y: south }, coord! { x: east, y: south + SIDE });
    MultiPolygon::from(rect.to_polygon())
}

/// A key of an edition and a code.
pub(crate) fn key(edition: &str, code: &str) -> AreaKey {
    AreaKey { edition: edition.parse().unwrap(), code: code.parse().unwrap() }
}

/// A commune-level area.
pub(crate) fn commune(edition: &str, code: &str, parent: Option<&str>, boundary: MultiPolygon<f64>) -> Area {
    Area {
        key: key(edition, code),
        level: Level::Commune,
        name: format!("Xã {code}"),
        parent: parent.map(|code| code.parse::<AreaCode>().unwrap()),
        boundary: Some(boundary),
    }
}

/// Four communes in a row: 20001 and 20002 of district 501, 20003 and 20004 of 502 in edition 2025-01;
/// in edition 2025-07 the two halves as communes 20001 and 20003, without districts.
pub(crate) fn two_editions() -> Holdings {
    let mut holdings = Holdings::default();
    for (column, (code, district)) in
        [("20001", "501"), ("20002", "501"), ("20003", "502"), ("20004", "502")].into_iter().enumerate()
    {
        holdings.areas.push(commune("2025-01", code, Some(district), square(column as u32, 0, 1)));
        holdings.populations.push(population("2025-01", code, 5_000 + 1_000 * column as u32));
    }
    for (column, code) in [(0, "20001"), (2, "20003")] {
        holdings.areas.push(commune("2025-07", code, None, square(column, 0, 2)));
        holdings.populations.push(population("2025-07", code, 11_000 + 2_000 * column));
    }
    holdings
}

/// The same with the days on which its incidents are declared to be known, as `FROM..TO`.
pub(crate) fn covered(holdings: Holdings, days: &str) -> Holdings {
    let declared = DeclaredCoverage { scope: CoverageScope::Everything, days: days.parse().unwrap() };
    Holdings { coverage: vec![declared], ..holdings }
}

/// Residents of an area in 2019.
pub(crate) fn population(edition: &str, code: &str, residents: u32) -> Population {
    Population { area: key(edition, code), year: 2019, residents }
}

/// An incident of a category and severity at a place, on the day of a date at noon.
pub(crate) fn incident(
    rules: &RuleSet,
    id: &str,
    date: &str,
    location: IncidentLocation,
    what: (&str, u8),
) -> Incident {
    let taxonomy = &rules.taxonomy;
    let day = Day::of_date(date.parse().unwrap());
    Incident {
        id: id.to_owned(),
        unix_seconds: i64::from(day.number()) * 86_400 + 5 * 3600,
        location,
        category: taxonomy.category(what.0).unwrap(),
        severity: Severity::new(what.1).unwrap(),
        status: taxonomy.status("recorded").unwrap(),
        channel: taxonomy.channel("113").unwrap(),
        precision: taxonomy.precision("exact").unwrap(),
    }
}

/// A point in the squares, by fractions of their side from the first corner.
pub(crate) fn point(columns: f64, rows: f64) -> IncidentLocation {
    IncidentLocation::Point(Position::new(CORNER.0 + columns * SIDE, CORNER.1 + rows * SIDE).unwrap())
}

/// The snapshot of some holdings under the shipped rules.
pub(crate) fn snapshot(holdings: Holdings, rules: &RuleSet) -> Snapshot {
    build(holdings, rules, None).unwrap()
}

/// Everything that is counted in a period, on an edition, where nobody names categories.
pub(crate) fn everything(rules: &RuleSet, edition: &str, from: &str, to: &str) -> Filter {
    let edition: EditionId = edition.parse().unwrap();
    let day = |date: &str| Day::of_date(date.parse().unwrap());
    Filter {
        edition,
        period: Period::new(day(from), day(to)).unwrap(),
        categories: CategorySet::reported(&rules.taxonomy),
        min_severity: Severity::LEAST,
        scheme: rules.schemes.default_index(),
    }
}
