//! Points and cells compared with a plain walk over all incidents.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::domain::area::Position;
use crate::domain::filter::CategorySet;
use crate::domain::incident::taxonomy::{CategoryIndex, ChannelIndex, PrecisionIndex, Severity, StatusIndex};
use crate::domain::incident::{Incident, IncidentLocation};
use crate::domain::rules::scheme::SchemeIndex;
use crate::domain::time::period::{Day, Period};
use crate::geometry::projection;

/// Status of the incidents that are not drawn in these tests.
const HIDDEN: u8 = 1;

/// Longitude and latitude in ten-millionths, day, category, severity, status.
type Raw = ((i32, i32), i32, u8, u8, u8);

fn raw() -> impl Strategy<Value = Vec<Raw>> {
    prop::collection::vec(one(), 1..150)
}

fn one() -> impl Strategy<Value = Raw> {
    // Half of the places close together, so that cells of every zoom hold several.
    let place = prop_oneof![
        (1_072_000_000..1_087_000_000_i32, 149_700_000..160_400_000_i32),
        (1_083_000_000..1_083_100_000_i32, 155_000_000..155_100_000_i32),
        (1_083_000_000..1_083_000_900_i32, 155_000_000..155_000_900_i32),
    ];
    (place, 0_i32..60, 0_u8..4, 1_u8..=5, 0_u8..=HIDDEN)
}

fn filter() -> impl Strategy<Value = Filter> {
    (-5_i32..60, 1_i32..70, prop::collection::vec(0_u8..4, 0..4), 1_u8..=5).prop_map(|(from, length, set, least)| {
        Filter {
            edition: "2025-07".parse().unwrap(),
            period: Period::new(Day::from_number(from), Day::from_number(from + length)).unwrap(),
            categories: set.iter().fold(CategorySet::EMPTY, |all, place| all.with(CategoryIndex::new(*place))),
            min_severity: Severity::new(least).unwrap(),
            scheme: SchemeIndex::new(0),
        }
    })
}

fn incident(row: usize, raw: &Raw) -> Incident {
    let ((lon_e7, lat_e7), day, category, severity, status) = *raw;
    Incident {
        // Not in the order of the rows, as in a batch that came late.
        id: format!("{:04}", (row * 37) % 1_009),
        unix_seconds: Day::from_number(day).first_second() + 3_600,
        location: IncidentLocation::Point(Position::from_e7(lon_e7, lat_e7).unwrap()),
        category: CategoryIndex::new(category),
        severity: Severity::new(severity).unwrap(),
        status: StatusIndex::new(status),
        channel: ChannelIndex::new(0),
        precision: PrecisionIndex::new(0),
    }
}

fn columns(raw: &[Raw]) -> IncidentColumns {
    let mut columns = IncidentColumns::default();
    raw.iter().enumerate().for_each(|(row, raw)| columns.push(&incident(row, raw)));
    columns
}

/// The incidents in drawing order, and their points.
fn drawn(incidents: IncidentColumns, max_rows_read: usize) -> (LayeredIncidents, IncidentPoints) {
    let ordered = OrderedIncidents::new(incidents, may_draw);
    let points = IncidentPoints::reading_at_most(&ordered, max_rows_read);
    (ordered.incidents.into(), points)
}

/// The rows of some pieces.
fn rows_of(incidents: &LayeredIncidents, pieces: &[RowPiece]) -> Vec<IncidentRow> {
    pieces.iter().flat_map(|piece| incidents.rows_of(piece)).collect()
}

/// The rows of all points.
fn points_of(incidents: &LayeredIncidents, points: &IncidentPoints) -> Vec<IncidentRow> {
    rows_of(incidents, &points.rows())
}

/// The cells of a tile from its rows.
fn read(
    incidents: &LayeredIncidents,
    points: &IncidentPoints,
    address: TileAddress,
    rows: &RowFilter,
) -> Vec<IncidentCell> {
    let shift = 2 * u32::from(cells::levels_up(address));
    let add = |key: u32, _, counts: &mut Counts| {
        points.add_cell(incidents, u64::from(key) << shift..(u64::from(key) + 1) << shift, rows, counts);
    };
    cells::each_cell(&points.tiles, address, rows.zero(), add)
}

fn may_draw(incidents: &IncidentColumns, row: IncidentRow) -> bool {
    incidents.status(row).index() != usize::from(HIDDEN)
}

/// The column and the line of the tile of a zoom, or of a cell of so many bits, that holds a position.
fn column_and_line(at: Position, bits: u8) -> (u32, u32) {
    let world = projection::LonLat::new(at.lon(), at.lat()).to_world();
    let side = f64::from(bits).exp2();
    ((world.x * side) as u32, (world.y * side) as u32)
}

/// The occupied tiles of a zoom.
fn tiles(incidents: &LayeredIncidents, points: &IncidentPoints, z: u8) -> Vec<TileAddress> {
    let mut places: Vec<(u32, u32)> = points_of(incidents, points)
        .into_iter()
        .filter_map(|row| Some(column_and_line(incidents.position(row)?, z)))
        .collect();
    places.sort_unstable();
    places.dedup();
    places.into_iter().map(|(x, y)| TileAddress::new(z, x, y).unwrap()).collect()
}

/// Count, most frequent category and greatest severity of each cell by a plain walk, in no order.
fn plain_cells(
    incidents: &LayeredIncidents,
    filter: &Filter,
    points: &IncidentPoints,
    bits: u8,
) -> Vec<(u32, usize, u8)> {
    let mut cells: BTreeMap<(u32, u32), (BTreeMap<usize, u32>, u8)> = BTreeMap::new();
    for row in points_of(incidents, points) {
        let (category, severity) = (incidents.category(row), incidents.severity(row));
        let is_asked = filter.period.contains(Day::of_unix_seconds(incidents.unix_seconds(row)))
            && filter.categories.contains(category)
            && severity >= filter.min_severity;
        if is_asked {
            let cell = cells.entry(column_and_line(incidents.position(row).unwrap(), bits)).or_default();
            *cell.0.entry(category.index()).or_default() += 1;
            cell.1 = cell.1.max(severity.number());
        }
    }
    let summary = |(by_category, worst): (BTreeMap<usize, u32>, u8)| {
        let main = by_category.iter().max_by_key(|(category, count)| (**count, std::cmp::Reverse(**category)));
        (by_category.values().sum(), main.map_or(0, |(category, _)| *category), worst)
    };
    cells.into_values().map(summary).collect()
}

fn summaries(cells: &[IncidentCell]) -> impl Iterator<Item = (u32, usize, u8)> {
    cells.iter().map(|cell| (cell.count, cell.main_category.index(), cell.worst.number()))
}

#[test]
fn no_incidents_give_no_rows_and_no_cells() {
    let (incidents, points) = drawn(IncidentColumns::default(), 0);
    let world = TileAddress::new(0, 0, 0).unwrap();
    assert!(points.is_empty() && points_of(&incidents, &points).is_empty());
    assert!(rows_of(&incidents, &points.rows_in(world)).is_empty());
    assert!(rows_of(&incidents, &points.rows_near(world.bounds())).is_empty());
    let everything = Filter {
        edition: "2025-07".parse().unwrap(),
        period: Period::new(Day::from_number(0), Day::from_number(9)).unwrap(),
        categories: CategorySet::EMPTY,
        min_severity: Severity::LEAST,
        scheme: SchemeIndex::new(0),
    };
    assert!([5, 16].iter().all(|z| {
        let address = TileAddress::new(*z, 0, 0).unwrap();
        points.cells_in(&incidents, address, &everything).is_empty()
    }));
}

#[test]
fn cell_stands_at_the_mean_of_all_its_incidents_whatever_the_filter() {
    let raw = [((1_083_004_000, 155_004_000), 1, 0, 1, 0), ((1_083_004_200, 155_004_400), 9, 0, 1, 0)];
    let (incidents, points) = drawn(columns(&raw), usize::MAX);
    let early = Filter {
        edition: "2025-07".parse().unwrap(),
        period: Period::new(Day::from_number(0), Day::from_number(5)).unwrap(),
        categories: CategorySet::EMPTY.with(CategoryIndex::new(0)),
        min_severity: Severity::LEAST,
        scheme: SchemeIndex::new(0),
    };
    for z in 5..=16 {
        let address = tiles(&incidents, &points, z)[0];
        let cells = points.cells_in(&incidents, address, &early);
        assert_eq!((cells.len(), cells[0].count, cells[0].position.e7()), (1, 1, (1_083_004_100, 155_004_200)), "z{z}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn order_is_the_same_however_the_incidents_came(raw in raw(), turn in 0_usize..150) {
        let incidents = columns(&raw);
        let turned: Vec<IncidentRow> =
            (0..raw.len()).rev().map(|row| IncidentRow::new((row + turn) % raw.len())).collect();
        let (first, points) = drawn(incidents.clone(), usize::MAX);
        let (second, _) = drawn(incidents.permuted(&turned), usize::MAX);
        prop_assert_eq!(&first.base().parts(), &second.base().parts());
        let (again, _) = drawn(first.base().clone(), usize::MAX);
        prop_assert_eq!(again.base(), first.base());
        let is_drawn = |row: IncidentRow| first.status(row).index() != usize::from(HIDDEN);
        prop_assert!(first.rows().all(|row| is_drawn(row) == points.is_point(&first, row)));
        let others = rows_of(&first, &points.other_rows(&first));
        prop_assert!(others.is_sorted_by(|one, next| first.id(*one) < first.id(*next)));
    }

    #[test]
    fn tile_holds_exactly_the_points_inside_it(raw in raw(), z in 5_u8..=16) {
        let (incidents, points) = drawn(columns(&raw), usize::MAX);
        for address in tiles(&incidents, &points, z) {
            let is_inside =
                |row: &IncidentRow| column_and_line(incidents.position(*row).unwrap(), z) == (address.x(), address.y());
            let expected: Vec<IncidentRow> = points_of(&incidents, &points).into_iter().filter(is_inside).collect();
            prop_assert_eq!(points.count_in(address), expected.len());
            prop_assert_eq!(rows_of(&incidents, &points.rows_in(address)), expected);
        }
    }

    #[test]
    fn runs_of_a_box_hold_every_point_in_it_once(
        raw in raw(), west in 107.0_f64..109.0, south in 14.5_f64..16.5, width in 0.0_f64..1.0,
    ) {
        let (incidents, points) = drawn(columns(&raw), usize::MAX);
        let bounds = LonLatBounds { west, south, east: west + width, north: south + width };
        let found = rows_of(&incidents, &points.rows_near(bounds));
        prop_assert!(found.is_sorted_by(|one, next| one < next));
        let is_inside = |row: &IncidentRow| {
            let at = incidents.position(*row).unwrap();
            (west..=west + width).contains(&at.lon()) && (south..=south + width).contains(&at.lat())
        };
        let inside = points_of(&incidents, &points).into_iter().filter(is_inside);
        prop_assert!(inside.into_iter().all(|row| found.binary_search(&row).is_ok()));
    }

    #[test]
    fn cells_from_sorted_days_from_rows_and_from_a_plain_walk_are_the_same(raw in raw(), filter in filter()) {
        let (incidents, points) = drawn(columns(&raw), 0);
        let rows = RowFilter::new(&filter);
        for z in 5..=MAX_ZOOM - CELL_DEPTH {
            let mut all = Vec::new();
            for address in tiles(&incidents, &points, z) {
                let read = read(&incidents, &points, address, &rows);
                prop_assert_eq!(&points.cells_in(&incidents, address, &filter), &read);
                let reader = points.cube.reader(z + CELL_DEPTH, &filter, &rows).unwrap();
                prop_assert_eq!(&cells::counted(&points.tiles, address, reader, rows.zero()), &read);
                all.extend(summaries(&read));
            }
            let mut plain = plain_cells(&incidents, &filter, &points, z + CELL_DEPTH);
            all.sort_unstable();
            plain.sort_unstable();
            prop_assert_eq!(all, plain);
        }
    }

    #[test]
    fn no_incident_of_the_filter_is_lost_at_any_zoom(raw in raw(), filter in filter()) {
        let (incidents, points) = drawn(columns(&raw), usize::MAX);
        let rows = RowFilter::new(&filter);
        let expected = points_of(&incidents, &points).into_iter().filter(|row| rows.holds(&incidents, *row)).count();
        for z in 5..=MAX_ZOOM {
            let cells = tiles(&incidents, &points, z).into_iter()
                .flat_map(|address| points.cells_in(&incidents, address, &filter));
            prop_assert_eq!(cells.map(|cell| cell.count as usize).sum::<usize>(), expected, "z{}", z);
        }
    }

    #[test]
    fn changed_points_are_those_of_the_changed_incidents_ordered_anew(
        before in raw(),
        steps in prop::collection::vec((prop::collection::btree_map(0_usize..200, one(), 0..25), any::<bool>()), 1..4),
        filter in filter(),
    ) {
        let (mut incidents, mut points) = drawn(columns(&before), 0);
        let counted = RowFilter::new(&filter);
        let mut all: BTreeMap<usize, Raw> = before.into_iter().enumerate().collect();
        for (step, is_merged) in steps {
            // Rows that are there change, others are new.
            let ordered = |rows: &BTreeMap<usize, Raw>| {
                let mut columns = IncidentColumns::default();
                for (row, raw) in rows {
                    columns.push(&incident(*row, raw));
                }
                OrderedIncidents::new(columns, may_draw)
            };
            let was: BTreeMap<usize, Raw> = all.iter().filter(|(row, _)| step.contains_key(row)).map(|(row, raw)| (*row, *raw)).collect();
            let mut outdated: Vec<IncidentRow> =
                was.iter().map(|(row, raw)| points.row_of(&incidents, &incident(*row, raw)).unwrap()).collect();
            outdated.sort_unstable();
            let (lost, gained) = (ordered(&was), ordered(&step));
            all.extend(step);
            let change = PointChange { outdated: &outdated, lost: &lost, gained: &gained };
            let changed = points.changed(&incidents, &change);
            incidents = incidents.changed(&outdated, &gained.incidents);
            points = changed;
            if is_merged {
                let merge = points.merge(&incidents, may_draw);
                incidents = incidents.base().spliced(&merge.gained.incidents, &merge.splice).into();
                points = points.merged();
            }

            let mut anew = IncidentColumns::default();
            for (row, raw) in &all {
                anew.push(&incident(*row, raw));
            }
            let (anew, expected) = drawn(anew, 0);
            let ids = |incidents: &LayeredIncidents, rows: Vec<IncidentRow>| -> Vec<String> {
                rows.into_iter().map(|row| incidents.id(row).to_owned()).collect()
            };
            let in_order = points.in_drawing_order(&incidents, points_of(&incidents, &points));
            prop_assert_eq!(ids(&incidents, in_order), ids(&anew, points_of(&anew, &expected)));
            prop_assert_eq!(&points.tiles, &expected.tiles);
            for z in 5..=MAX_ZOOM - CELL_DEPTH {
                for address in tiles(&incidents, &points, z) {
                    let cells = |points: &IncidentPoints| {
                        let reader = points.cube.reader(z + CELL_DEPTH, &filter, &counted);
                        reader.map(|reader| cells::counted(&points.tiles, address, reader, counted.zero()))
                    };
                    // Before anything is drawn no zoom is counted ahead: then cells are read from rows.
                    let read = read(&incidents, &points, address, &counted);
                    prop_assert_eq!(cells(&points).unwrap_or_else(|| read.clone()), read.clone());
                    prop_assert_eq!(expected.cells_in(&anew, address, &filter), read);
                }
            }
        }
    }
}
