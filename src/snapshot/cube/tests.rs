//! The forms of the cube count alike, and as a plain scan does.

use proptest::prelude::*;

use super::*;
use crate::domain::area::{AreaIndex, CommuneIndex};
use crate::domain::filter::CategorySet;
use crate::domain::incident::taxonomy::{CategoryIndex, Severity};
use crate::domain::rules::scheme::SchemeIndex;
use crate::domain::time::period::{Day, Period};

const ROWS: usize = 4;
const CATEGORIES: usize = 3;
const NO_BUDGET: usize = 0;

fn filter(from: i32, to: i32) -> Filter {
    Filter {
        edition: "2025-07".parse().unwrap(),
        period: Period::new(Day::from_number(from), Day::from_number(to)).unwrap(),
        categories: categories(0b111),
        min_severity: Severity::LEAST,
        scheme: SchemeIndex::new(0),
    }
}

fn categories(bits: u8) -> CategorySet {
    let chosen = (0..8).filter(|index| bits >> index & 1 == 1);
    chosen.fold(CategorySet::EMPTY, |set, index| set.with(CategoryIndex::new(index)))
}

fn event(row: usize, category: u8, severity: u8, day: i32) -> Event {
    Event {
        row: CubeRow::new(row),
        category: CategoryIndex::new(category),
        severity: Severity::new(severity).unwrap(),
        day,
    }
}

/// The first so many rows, or some of them.
fn cube_rows(numbers: impl Iterator<Item = usize> + Clone) -> impl Iterator<Item = CubeRow> + Clone {
    numbers.map(CubeRow::new)
}

fn commune(number: usize) -> CommuneIndex {
    CommuneIndex::new(number)
}

fn group(number: usize) -> AreaIndex {
    AreaIndex::new(number)
}

/// The same events in both forms.
fn forms(events: &[Event]) -> [Cube; 2] {
    let cubes = [PREFIX_SUM_BUDGET_BYTES, NO_BUDGET].map(|room| Cube::new(ROWS, CATEGORIES, events, room));
    assert_eq!(cubes[1].summary().form, CubeForm::Sparse);
    cubes
}

/// What the filter counts of the events, one by one.
fn scanned(events: &[Event], filter: &Filter, row: usize, category: u8, severity: u8) -> u32 {
    let counts = |event: &&Event| {
        **event == self::event(row, category, severity, event.day)
            && filter.period.contains(Day::from_number(event.day))
            && filter.categories.contains(event.category)
            && event.severity >= filter.min_severity
    };
    events.iter().filter(counts).count() as u32
}

#[test]
fn the_last_day_of_a_period_is_not_counted() {
    for cube in forms(&[event(0, 0, 1, 9), event(0, 0, 1, 10), event(0, 0, 1, 20)]) {
        for (from, to, count) in [(10, 20, 1), (9, 21, 3), (-500, 500, 3), (21, 22, 0), (-9, 9, 0)] {
            assert_eq!(cube.totals(&filter(from, to), cube_rows(0..1)), [count], "{from} to {to}");
        }
    }
}

#[test]
fn no_events_give_zeros() {
    for cube in [Cube::new(ROWS, CATEGORIES, &[], PREFIX_SUM_BUDGET_BYTES), Cube::default()] {
        assert_eq!(cube.counts::<CommuneIndex>(&filter(0, 100), 0..0).rows(), 0);
        assert_eq!(cube.summary().cells, 0);
    }
    let cube = Cube::new(ROWS, CATEGORIES, &[], PREFIX_SUM_BUDGET_BYTES);
    assert_eq!(cube.counts::<CommuneIndex>(&filter(0, 100), 0..ROWS), CountTable::zero(ROWS, CATEGORIES));
    assert_eq!(cube.totals(&filter(0, 100), cube_rows([3, 1].into_iter())), [0, 0]);
}

#[test]
fn a_cube_of_nothing_gains_and_loses() {
    let cube = ChangedCube::from(Cube::new(ROWS, CATEGORIES, &[], PREFIX_SUM_BUDGET_BYTES));
    assert_eq!(cube.changed(&[], &[]).summary(), cube.summary());
    let one = cube.changed(&[event(2, 1, 3, 7)], &[]);
    assert_eq!(one.totals(&filter(0, 10), cube_rows(0..ROWS)), [0, 0, 1, 0]);
    let none = one.changed(&[], &[event(2, 1, 3, 7)]);
    assert_eq!(none.totals(&filter(0, 10), cube_rows(0..ROWS)), [0, 0, 0, 0]);
    assert!(none.summary().bytes > cube.summary().bytes, "what changed is weighed");
}

/// So many changes that they leave the list of the last, and the cube of the last few thousand.
#[test]
fn a_cube_that_changes_for_long_counts_as_one_of_the_events_that_are_left() {
    let made = |number: usize| {
        event(number * 7 % 4, (number * 5 % 3) as u8, (number % 4) as u8 + 1, (number * 11 % 200) as i32)
    };
    let mut all: Vec<Event> = (0..500).map(made).collect();
    let mut cube = ChangedCube::from(Cube::new(ROWS, CATEGORIES, &all, PREFIX_SUM_BUDGET_BYTES));
    let group_of = [Some(1), None, Some(0), Some(1)];
    for change in 0..60 {
        let came: Vec<Event> = (0..230).map(|number| made(500 + change * 230 + number)).collect();
        let gone: Vec<Event> = (0..90).map(|number| all.swap_remove(number * 37 % all.len())).collect();
        all.extend(&came);
        cube = cube.changed(&came, &gone);
        let anew = Cube::new(ROWS, CATEGORIES, &all, PREFIX_SUM_BUDGET_BYTES);
        let filter = filter(20, 21 + change as i32 * 3);
        assert_eq!(cube.counts::<CommuneIndex>(&filter, 0..ROWS), anew.counts(&filter, 0..ROWS), "change {change}");
        let rows = cube_rows(0..ROWS);
        assert_eq!(cube.totals(&filter, rows.clone()), anew.totals(&filter, rows), "change {change}");
        let bounds = [0, 50, 120, 180];
        assert_eq!(cube.stepped(&filter, &group_of, 2, &bounds), anew.stepped(&filter, &group_of, 2, &bounds));
    }
}

#[test]
fn events_outside_the_rows_and_categories_are_not_counted() {
    for cube in forms(&[event(9, 0, 1, 5), event(0, 7, 1, 5), event(0, 2, 1, 5)]) {
        let all = Filter { categories: categories(0xff), ..filter(0, 9) };
        assert_eq!(cube.totals(&all, cube_rows(0..ROWS)), [1, 0, 0, 0]);
    }
}

#[test]
fn least_severity_leaves_lesser_incidents_out() {
    for cube in forms(&[event(0, 0, 1, 5), event(0, 1, 4, 5), event(0, 1, 2, 5)]) {
        let severe = Filter { min_severity: Severity::new(3).unwrap(), ..filter(0, 10) };
        assert_eq!(cube.totals(&severe, cube_rows(0..1)), [1]);
        let table = cube.counts(&severe, 0..1);
        assert_eq!(table.row_total(commune(0), severe.categories), 1);
        assert_eq!(table.count(commune(0), CategoryIndex::new(1), Severity::new(4).unwrap()), 1);
    }
}

#[test]
fn day_on_a_bound_belongs_to_the_step_that_begins_there() {
    for cube in forms(&[9, 10, 14, 20, 21].map(|day| event(0, 0, 1, day))) {
        assert_eq!(cube.stepped(&filter(0, 1), &[Some(0)], 1, &[10, 15, 16, 21]), [[2, 0, 1]]);
        assert_eq!(cube.stepped(&filter(0, 1), &[Some(0)], 1, &[]), [[0_u32; 0]]);
    }
}

#[test]
fn many_on_one_day_need_wider_numbers_and_are_counted() {
    for many in [255, 256, 70_000] {
        let mut events = vec![event(1, 1, 3, 100); many];
        events.push(event(1, 1, 5, 164));
        let dense = Cube::new(ROWS, CATEGORIES, &events, PREFIX_SUM_BUDGET_BYTES);
        assert_ne!(dense.summary().form, CubeForm::Sparse);
        assert_eq!(dense.totals(&filter(100, 101), cube_rows(1..2)), [many as u32]);
        assert_eq!(dense.totals(&filter(101, 165), cube_rows(1..2)), [1]);
    }
}

#[test]
fn incidents_far_off_are_kept_apart_and_counted() {
    let mut events: Vec<Event> =
        (0..6_000_usize).map(|number| event(number % 4, (number % 3) as u8, 1, (number % 900) as i32)).collect();
    events.extend([event(2, 0, 1, -40_000), event(2, 0, 1, 2_000_000)]);
    let cube = Cube::new(ROWS, CATEGORIES, &events, PREFIX_SUM_BUDGET_BYTES);
    let summary = cube.summary();
    assert_eq!((summary.form, summary.cells), (CubeForm::Mixed, 12));
    assert!(summary.days <= 900 && summary.bytes < 100_000, "{summary:?}");
    assert_eq!(cube.totals(&filter(-50_000, 3_000_000), cube_rows(0..ROWS)), [1_500, 1_500, 1_502, 1_500]);
    assert_eq!(cube.totals(&filter(-50_000, 0), cube_rows(0..ROWS)), [0, 0, 1, 0]);
}

#[test]
fn ten_thousand_areas_over_ten_years_stay_below_two_gigabytes() {
    // Located and inside, outside, nowhere; ten years; thirty categories, each with all five severities in every area.
    let (rows, days, categories) = (2 * 10_000 + 2, 3_653, 30);
    let cells = 10_000 * categories * Severity::COUNT;
    assert!(Layout::least_bytes(days, cells) > PREFIX_SUM_BUDGET_BYTES, "prefix sums do not fit, so days are kept");
    let events: Vec<Event> = (0..2_000_000_u32)
        .map(|number| {
            let mixed = number.wrapping_mul(2_654_435_761) >> 8;
            event((mixed % 10_000) as usize, (mixed / 7 % 30) as u8, (mixed / 3 % 5 + 1) as u8, (mixed % 3_653) as i32)
        })
        .collect();
    let cube = Cube::new(rows, categories, &events, PREFIX_SUM_BUDGET_BYTES);
    assert_eq!(cube.summary().form, CubeForm::Sparse);
    assert_eq!(
        cube.totals(&filter(0, 9_999), cube_rows(0..10_000)).iter().map(|count| u64::from(*count)).sum::<u64>(),
        of_three_categories(&events)
    );
    // Beyond the numbering of the cells an incident takes four bytes: a hundred million take 400 MB.
    let numbering = (rows * categories + 1) * 4 + cells * (1 + 4);
    assert!(numbering + 4 * 100_000_000 < 500_000_000, "{numbering}");
    assert!(cube.summary().bytes <= numbering + 4 * events.len() + 4, "{:?}", cube.summary());
}

fn of_three_categories(events: &[Event]) -> u64 {
    events.iter().filter(|event| event.category.index() < 3).count() as u64
}

prop_compose! {
    fn some_events()(
        raw in prop::collection::vec((0_usize..4, 0_u8..3, 1_u8..=5, 0_i32..200), 0..300),
    ) -> Vec<Event> {
        raw.into_iter().map(|(row, category, severity, day)| event(row, category, severity, day)).collect()
    }
}

prop_compose! {
    fn some_filter()(from in -20_i32..220, length in 1_i32..240, bits in 0_u8..8, least in 1_u8..=5) -> Filter {
        let min_severity = Severity::new(least).unwrap();
        Filter { categories: categories(bits), min_severity, ..filter(from, from + length) }
    }
}

proptest! {
    #[test]
    fn every_form_counts_as_a_plain_scan_does(events in some_events(), filter in some_filter()) {
        for cube in forms(&events) {
            let table = cube.counts(&filter, 0..ROWS);
            for (row, category, severity) in (0..ROWS).flat_map(|r| (0..3).flat_map(move |c| (1..=5).map(move |s| (r, c, s)))) {
                let count = table.count(commune(row), CategoryIndex::new(category), Severity::new(severity).unwrap());
                prop_assert_eq!(count, scanned(&events, &filter, row, category, severity));
            }
            let totals: Vec<u32> = (0..ROWS).map(|row| table.row_total(commune(row), filter.categories)).collect();
            prop_assert_eq!(cube.totals(&filter, cube_rows(0..ROWS)), totals);
            prop_assert_eq!(cube.totals(&filter, cube_rows([3, 1].into_iter())), cube.totals(&filter, cube_rows((0..2).map(|index| 3 - 2 * index))));
            let (first, rest) =
                (cube.counts::<CommuneIndex>(&filter, 0..1), cube.counts::<CommuneIndex>(&filter, 1..ROWS));
            prop_assert_eq!(first.row_total(commune(0), filter.categories), table.row_total(commune(0), filter.categories));
            prop_assert_eq!(rest.row_total(commune(2), filter.categories), table.row_total(commune(3), filter.categories));
        }
    }

    #[test]
    fn steps_count_what_a_question_for_each_would(
        events in some_events(), filter in some_filter(), bounds in prop::collection::btree_set(-20_i32..220, 2..12),
    ) {
        let bounds: Vec<i32> = bounds.into_iter().collect();
        let group_of = [Some(1), None, Some(0), Some(1)];
        for cube in forms(&events) {
            let stepped = cube.stepped(&filter, &group_of, 2, &bounds);
            for (step, pair) in bounds.windows(2).enumerate() {
                let period = Period::new(Day::from_number(pair[0]), Day::from_number(pair[1])).unwrap();
                let one = Filter { period, ..filter };
                let counts = cube.counts::<CommuneIndex>(&one, 0..ROWS);
                let grouped = counts.grouped(&group_of.map(|of| of.map(group)), 2);
                for (number, counts) in stepped.iter().enumerate() {
                    prop_assert_eq!(counts[step], grouped.row_total(group(number), filter.categories));
                }
            }
        }
    }

    #[test]
    fn groups_conserve_what_their_rows_count(events in some_events(), filter in some_filter()) {
        let cube = Cube::new(ROWS, CATEGORIES, &events, PREFIX_SUM_BUDGET_BYTES);
        let counts = cube.counts::<CommuneIndex>(&filter, 0..ROWS);
        let grouped = counts.grouped(&[Some(group(0)), Some(group(1)), Some(group(0)), None], 2);
        let sum = |rows: &[usize]| rows.iter().map(|row| counts.row_total(commune(*row), filter.categories)).sum::<u32>();
        prop_assert_eq!(grouped.row_total(group(0), filter.categories), sum(&[0, 2]));
        prop_assert_eq!(grouped.row_total(group(1), filter.categories), sum(&[1]));
    }

    #[test]
    fn a_changed_cube_counts_as_one_of_the_events_that_are_left(
        base in some_events(), came in some_events(), gone in prop::collection::vec(any::<prop::sample::Index>(), 0..40),
        filter in some_filter(), bounds in prop::collection::btree_set(-20_i32..220, 2..12),
    ) {
        let bounds: Vec<i32> = bounds.into_iter().collect();
        let group_of = [Some(1), None, Some(0), Some(1)];
        for room in [PREFIX_SUM_BUDGET_BYTES, NO_BUDGET] {
            let mut all = base.clone();
            let mut cube = ChangedCube::from(Cube::new(ROWS, CATEGORIES, &base, room));
            // Twice, so that what came in one change goes in the next.
            for came in came.chunks(came.len().div_ceil(2).max(1)) {
                all.extend(came);
                let mut lost = Vec::new();
                for index in gone.iter().take(all.len()) {
                    lost.push(all.swap_remove(index.index(all.len())));
                }
                cube = cube.changed(came, &lost);
                let anew = Cube::new(ROWS, CATEGORIES, &all, room);
                prop_assert_eq!(cube.counts::<CommuneIndex>(&filter, 1..ROWS), anew.counts(&filter, 1..ROWS));
                let rows = cube_rows([3, 1, 2].into_iter());
                prop_assert_eq!(cube.totals(&filter, rows.clone()), anew.totals(&filter, rows));
                prop_assert_eq!(
                    cube.stepped(&filter, &group_of, 2, &bounds),
                    anew.stepped(&filter, &group_of, 2, &bounds)
                );
            }
        }
    }
}
