//! A snapshot built from the one before is the same as one that is built anew from the same holdings.

use std::collections::BTreeMap;

use geo::{MultiPolygon, Rect, coord};
use proptest::prelude::*;

use super::tests::{EDITION, THEFTS, code, commune, holdings, key, row_of, rule_set, snapshot};
use super::*;
use crate::domain::area::{Area, CommuneIndex, Level, Position};
use crate::domain::filter::CategorySet;
use crate::domain::holdings::{Holdings, IncidentColumns};
use crate::domain::incident::incident_change::{CommittedChange, IncidentChange};
use crate::domain::incident::taxonomy::{CategoryIndex, ChannelIndex, PrecisionIndex, Severity, StatusIndex};
use crate::domain::incident::{Incident, IncidentLocation, IncidentRow};
use crate::domain::rules::rule_set::RuleSet;
use crate::domain::rules::scheme::SchemeIndex;
use crate::domain::time::period::Period;
use crate::geometry::projection::{LonLatBounds, MAX_ZOOM, TileAddress};

/// An edition whose communes are two each of the other one's.
const MERGED: &str = "2025-07";

fn in_merged(code: &str) -> AreaKey {
    AreaKey { edition: MERGED.parse().unwrap(), code: code.parse().unwrap() }
}

/// The areas of both editions.
fn areas(holdings: &Holdings) -> Vec<Area> {
    let merged = (0..THEFTS.len() / 2).map(|pair| {
        let west = 108.0 + 0.2 * pair as f64;
        let both = Rect::new(coord! { x: west, y: 15.0 }, coord! { x: west + 0.2, y: 15.1 });
        let boundary = Some(MultiPolygon::from(both.to_polygon()));
        Area { key: in_merged(&(30_001 + pair).to_string()), parent: None, boundary, ..commune(pair) }
    });
    holdings.areas.iter().cloned().chain(merged).collect()
}

fn locations() -> impl Strategy<Value = IncidentLocation> {
    let point = |(lon_e7, lat_e7)| IncidentLocation::Point(Position::from_e7(lon_e7, lat_e7).unwrap());
    let unbounded = AreaKey { edition: "2019-01".parse().unwrap(), code: "20001".parse().unwrap() };
    prop_oneof![
        4 => (1_079_900_000..1_088_100_000_i32, 149_900_000..151_100_000_i32).prop_map(point),
        // So close together that many share a tile of the deepest zoom.
        3 => (1_081_000_000..1_081_010_000_i32, 150_500_000..150_510_000_i32).prop_map(point),
        2 => (0..THEFTS.len()).prop_map(|number| IncidentLocation::Area(key(&code(number)))),
        1 => Just(IncidentLocation::Area(in_merged("30002"))),
        1 => Just(IncidentLocation::Area(key("501"))),
        1 => Just(IncidentLocation::Area(unbounded)),
        1 => Just(IncidentLocation::Unknown),
    ]
}

/// Location, day, category, severity, status, channel.
type Raw = (IncidentLocation, i64, u8, u8, u8, u8);

fn incident(number: u16, raw: Raw) -> Incident {
    let (location, day, category, severity, status, channel) = raw;
    Incident {
        // Not in the order of the numbers.
        id: format!("{:03}-{number}", (u32::from(number) * 37) % 1_009),
        unix_seconds: day * 86_400,
        location,
        category: CategoryIndex::new(category),
        severity: Severity::new(severity).unwrap(),
        status: StatusIndex::new(status),
        channel: ChannelIndex::new(channel),
        precision: PrecisionIndex::new(0),
    }
}

/// Incidents by the number of their id.
fn some_incidents(most: usize) -> impl Strategy<Value = BTreeMap<u16, Incident>> {
    let taxonomy = rule_set().taxonomy;
    let (categories, statuses) = (taxonomy.categories.len() as u8, taxonomy.statuses.len() as u8);
    let days = prop_oneof![20 => 18_900_i64..19_200, 1 => -40_000_i64..40_000];
    let one = (locations(), days, 0..categories, 1_u8..=5, 0..statuses, 0_u8..2);
    let of = |raw: BTreeMap<u16, Raw>| raw.into_iter().map(|(number, raw)| (number, incident(number, raw))).collect();
    prop::collection::btree_map(0_u16..300, one, 0..most).prop_map(of)
}

fn filters() -> impl Strategy<Value = Filter> {
    let categories = CategorySet::all(&rule_set().taxonomy);
    (-40_000_i32..20_000, 1_i32..60_000, any::<u64>(), 1_u8..=5, any::<bool>()).prop_map(
        move |(from, length, chosen, least, is_narrow)| {
            let (from, length) =
                if is_narrow { (18_900 + from.rem_euclid(300), length % 90 + 1) } else { (from, length) };
            let categories = categories.iter().filter(|category| chosen >> (category.index() % 64) & 1 == 1);
            Filter {
                edition: EDITION.parse().unwrap(),
                period: Period::new(Day::from_number(from), Day::from_number(from + length)).unwrap(),
                categories: categories.fold(CategorySet::EMPTY, CategorySet::with),
                min_severity: Severity::new(least).unwrap(),
                scheme: SchemeIndex::new(0),
            }
        },
    )
}

/// The holdings of the small world with both editions, and some incidents.
fn holdings_with<'a>(rule_set: &RuleSet, incidents: impl IntoIterator<Item = &'a Incident>) -> Holdings {
    let small = holdings(rule_set);
    let mut holdings = Holdings { areas: areas(&small), incidents: IncidentColumns::default(), ..small };
    for incident in incidents {
        holdings.incidents.push(incident);
    }
    holdings
}

/// The snapshot after a change, from the one before.
fn changed(before: &Snapshot, rule_set: &RuleSet, current: Vec<Incident>) -> Snapshot {
    let change = change_of(before, current);
    build_changed(holdings_with(rule_set, []), &change, rule_set, before, &BuildSurroundings::NONE).unwrap()
}

/// What leads from a snapshot to some incidents being as they are given.
fn change_of(snapshot: &Snapshot, current: Vec<Incident>) -> IncidentChange {
    let ids: Vec<&str> = current.iter().map(|incident| incident.id.as_str()).collect();
    let rows = snapshot.incidents.rows_of_ids(&ids);
    let before = rows.into_iter().filter_map(|row| snapshot.incidents.at(row)).collect();
    IncidentChange { before, current }.without_repeats()
}

/// The snapshot after a commit, from the one before.
fn committed(before: &Snapshot, change: IncidentChange) -> Snapshot {
    let incidents = before.content.incidents;
    before.changed(&CommittedChange { epoch: before.epoch + 1, commit_id: 1, incidents, change }).unwrap()
}

fn assert_same_points(one: &Snapshot, other: &Snapshot, filter: &Filter) {
    assert_eq!(one.points.len(), other.points.len());
    assert_eq!(all_of(one, &one.points.rows()), all_of(other, &other.points.rows()));
    assert_eq!(
        all_of(one, &one.points.other_rows(&one.incidents)),
        all_of(other, &other.points.other_rows(&other.incidents))
    );
    let bounds = LonLatBounds { west: 107.5, south: 14.5, east: 108.305, north: 15.055 };
    let within = |snapshot: &Snapshot| -> Vec<Incident> {
        let all = all_of(snapshot, &snapshot.points.rows_near(bounds)).into_iter();
        let is_within = |incident: &Incident| match incident.location {
            IncidentLocation::Point(at) => {
                bounds.contains(crate::geometry::projection::LonLat::new(at.lon(), at.lat()))
            }
            _ => false,
        };
        all.filter(is_within).collect()
    };
    assert_eq!(within(one), within(other));
    let pieces = one.points.rows();
    let points: Vec<IncidentRow> = pieces.iter().flat_map(|piece| one.incidents.rows_of(piece)).collect();
    for row in points.into_iter().step_by(7) {
        let at = one.incidents.position(row).unwrap();
        let world = crate::geometry::projection::LonLat::new(at.lon(), at.lat()).to_world();
        for z in [5, 9, 12, MAX_ZOOM] {
            let column = |fraction: f64| (fraction * f64::from(1_u32 << z)) as u32;
            let address = TileAddress::new(z, column(world.x), column(world.y)).unwrap();
            assert_eq!(one.points.count_in(address), other.points.count_in(address));
            assert_eq!(in_tile(one, address), in_tile(other, address));
            assert_eq!(
                one.points.cells_in(&one.incidents, address, filter),
                other.points.cells_in(&other.incidents, address, filter)
            );
        }
    }
}

/// The incidents of some pieces, in the order of their ids.
fn all_of(snapshot: &Snapshot, pieces: &[RowPiece]) -> Vec<Incident> {
    let rows = pieces.iter().flat_map(|piece| snapshot.incidents.rows_of(piece));
    let mut all: Vec<Incident> = rows.filter_map(|row| snapshot.incidents.at(row)).collect();
    all.sort_unstable_by(|one, other| one.id.cmp(&other.id));
    all
}

/// The ids of the points of a tile, in the order in which they are drawn.
fn in_tile(snapshot: &Snapshot, address: TileAddress) -> Vec<&str> {
    let pieces = snapshot.points.rows_in(address);
    let rows = pieces.iter().flat_map(|piece| snapshot.incidents.rows_of(piece)).collect();
    let rows = snapshot.points.in_drawing_order(&snapshot.incidents, rows);
    rows.into_iter().map(|row| snapshot.incidents.id(row)).collect()
}

fn assert_same_counts(one: &EditionData, other: &EditionData, filter: &Filter) {
    assert_eq!(one.counts(filter), other.counts(filter));
    assert_eq!(one.placed_totals(filter), other.placed_totals(filter));
    let communes = one.shape.communes().len();
    let backwards = || (0..communes).rev().map(CommuneIndex::new);
    assert_eq!(one.commune_totals(filter, backwards()), other.commune_totals(filter, backwards()));
    let groups: Vec<Option<usize>> = (0..communes).map(|commune| [Some(0), None, Some(1)][commune % 3]).collect();
    let bounds: Vec<Day> = [-50_000, 18_900, 18_907, 19_000, 19_031, 50_000].map(Day::from_number).to_vec();
    assert_eq!(one.counts_by_step(filter, &groups, 2, &bounds), other.counts_by_step(filter, &groups, 2, &bounds));
}

/// Whether two snapshots say the same of everything that depends on incidents.
fn assert_same(one: &Snapshot, other: &Snapshot, filter: &Filter) {
    let all = |snapshot: &Snapshot| -> BTreeMap<String, (Incident, Vec<Option<CommuneIndex>>)> {
        let communes =
            |row| snapshot.editions.iter().map(|edition_data| edition_data.commune_of_incident(row)).collect();
        let rows = snapshot.incidents.rows().filter_map(|row| Some((snapshot.incidents.at(row)?, communes(row))));
        rows.map(|(incident, communes)| (incident.id.clone(), (incident, communes))).collect()
    };
    assert_eq!(one.incidents.len(), other.incidents.len());
    assert_eq!(all(one), all(other));
    assert_eq!((one.days, &one.coverage), (other.days, &other.coverage));
    assert_same_points(one, other, filter);
    assert_eq!(one.editions.len(), other.editions.len());
    for (one_edition, other_edition) in one.editions.iter().zip(&other.editions) {
        assert_same_counts(one_edition, other_edition, filter);
    }
}

#[test]
fn one_more_theft_is_counted_drawn_and_placed() {
    let (rule_set, before) = (rule_set(), snapshot());
    let theft = before.incidents.at(row_of(&before, "case-0001")).unwrap();
    let more = Incident { id: "case-0500".to_owned(), ..theft };
    let change = change_of(&before, vec![more]);
    let after = build_changed(
        Holdings { incidents: IncidentColumns::default(), ..holdings(&rule_set) },
        &change,
        &rule_set,
        &before,
        &BuildSurroundings::NONE,
    );
    let after = after.unwrap();
    assert_eq!((before.changed_rows, after.changed_rows), (0, 1));
    assert_eq!(after.points.len(), before.points.len() + 1);
    let first = |snapshot: &Snapshot| {
        snapshot.editions[EditionIndex::new(0)].commune_of_incident(row_of(snapshot, "case-0001"))
    };
    let new = after.editions[EditionIndex::new(0)].commune_of_incident(row_of(&after, "case-0500"));
    assert_eq!((new, first(&after)), (first(&before), first(&before)));
    assert_ne!(after.serial(), before.serial(), "what is computed of one is not served of the other");
}

#[test]
fn nothing_that_changes_nothing_is_the_same_snapshot() {
    let rule_set = rule_set();
    let before = build(holdings_with(&rule_set, []), &rule_set, None).unwrap();
    let after = changed(&before, &rule_set, Vec::new());
    assert!(after.incidents.is_empty() && after.days.is_none());
    assert_eq!(after.changed_rows, 0);
}

#[test]
fn many_changes_have_everything_counted_anew() {
    let rule_set = rule_set();
    let before = build(holdings_with(&rule_set, []), &rule_set, None).unwrap();
    let small = snapshot();
    let theft = small.incidents.at(row_of(&small, "case-0001")).unwrap();
    let thefts = |range: std::ops::Range<u32>| -> Vec<Incident> {
        range.map(|number| Incident { id: format!("{number:05}"), ..theft.clone() }).collect()
    };
    let few = changed(&before, &rule_set, thefts(0..1_000));
    assert_eq!(few.changed_rows, 1_000);
    let more = changed(&few, &rule_set, thefts(1_000..1_001));
    assert_eq!(more.changed_rows, 0, "a base of its own");
    let anew = build(holdings_with(&rule_set, &thefts(0..1_001)), &rule_set, Some(&before)).unwrap();
    let filter = Filter {
        edition: EDITION.parse().unwrap(),
        period: Period::new(Day::from_number(0), Day::from_number(30_000)).unwrap(),
        categories: CategorySet::all(&rule_set.taxonomy),
        min_severity: Severity::LEAST,
        scheme: SchemeIndex::new(0),
    };
    assert_same(&more, &anew, &filter);
    assert_eq!(
        few.editions[EditionIndex::new(0)].counts(&filter).row_total(CommuneIndex::new(0), filter.categories),
        1_000
    );
}

#[test]
fn other_boundaries_or_districts_have_everything_placed_anew() {
    let rule_set = rule_set();
    let incidents: Vec<Incident> = ["20001", "501", "509"]
        .into_iter()
        .map(|code| Incident {
            id: code.to_owned(),
            location: IncidentLocation::Area(key(code)),
            ..snapshot().incidents.at(IncidentRow::new(0)).unwrap()
        })
        .collect();
    let before = build(holdings_with(&rule_set, &incidents), &rule_set, None).unwrap();
    let district = Area { key: key("509"), level: Level::District, parent: None, boundary: None, ..commune(0) };
    let with_district = |holdings: Holdings| {
        let areas = holdings.areas.iter().cloned().chain([district.clone()]).collect();
        Holdings { areas, ..holdings }
    };
    let without_commune = |holdings: Holdings| {
        let areas = holdings.areas.iter().filter(|area| area.key != key("20001")).cloned().collect();
        Holdings { areas, ..holdings }
    };
    let none = IncidentChange::default();
    let filter = Filter {
        edition: EDITION.parse().unwrap(),
        period: Period::new(Day::from_number(0), Day::from_number(30_000)).unwrap(),
        categories: CategorySet::all(&rule_set.taxonomy),
        min_severity: Severity::LEAST,
        scheme: SchemeIndex::new(0),
    };
    let changes: [&dyn Fn(Holdings) -> Holdings; 2] = [&with_district, &without_commune];
    for other in changes {
        let upon = other(holdings_with(&rule_set, []));
        let after = build_changed(upon, &none, &rule_set, &before, &BuildSurroundings::NONE).unwrap();
        let anew = build(other(holdings_with(&rule_set, &incidents)), &rule_set, None).unwrap();
        assert_same(&after, &anew, &filter);
        let totals = |snapshot: &Snapshot| snapshot.edition(EDITION.parse().unwrap()).unwrap().placed_totals(&filter);
        assert_ne!(totals(&after), totals(&before));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_changed_snapshot_says_what_one_that_is_built_anew_says(
        first in some_incidents(150),
        steps in prop::collection::vec(some_incidents(30), 1..5),
        filter in filters(),
    ) {
        let rule_set = rule_set();
        let mut all = first;
        let mut current = build(holdings_with(&rule_set, all.values()), &rule_set, None).unwrap();
        for step in steps {
            let incidents: Vec<Incident> = step.values().cloned().collect();
            all.extend(step);
            let after = changed(&current, &rule_set, incidents);
            prop_assert!(after.changed_rows >= current.changed_rows, "the counts were taken over");
            let anew = build(holdings_with(&rule_set, all.values()), &rule_set, Some(&current)).unwrap();
            assert_same(&after, &anew, &filter);
            current = after;
        }
    }

    #[test]
    fn commits_and_merges_in_any_order_say_what_a_snapshot_built_anew_says(
        first in some_incidents(150),
        steps in prop::collection::vec((some_incidents(30), prop::collection::btree_set(0_u16..300, 0..60), any::<bool>()), 1..6),
        filter in filters(),
    ) {
        let rule_set = rule_set();
        let mut all = first;
        let mut current = build(holdings_with(&rule_set, all.values()), &rule_set, None).unwrap();
        for (step, gone, is_merged) in steps {
            let gone: Vec<u16> = gone.into_iter().filter(|number| !step.contains_key(number)).collect();
            let outdated = gone.iter().chain(step.keys()).filter_map(|number| all.get(number).cloned());
            let change = IncidentChange { before: outdated.collect(), current: step.values().cloned().collect() };
            all.extend(step);
            all.retain(|number, _| !gone.contains(number));
            let after = committed(&current, change.without_repeats());
            let anew = build(holdings_with(&rule_set, all.values()), &rule_set, Some(&current)).unwrap();
            assert_same(&after, &anew, &filter);
            current = if is_merged { after.merged() } else { after };
            assert_same(&current, &anew, &filter);
            let rows = |snapshot: &Snapshot| -> Vec<Incident> {
                snapshot.incidents.rows().filter_map(|row| snapshot.incidents.at(row)).collect()
            };
            prop_assert!(!is_merged || rows(&current) == rows(&anew), "the order is that of incidents laid down anew");
        }
    }
}
