//! The attack on the squares of planners: all questions that are answered, and all that follows from them.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use binhyen::assessment::cells::{SquareQuestion, SquareTable};
use binhyen::domain::filter::{CategorySet, Filter};
use binhyen::domain::incident::taxonomy::Severity;
use binhyen::domain::rules::rule_set::RuleSet;
use binhyen::domain::time::period::{Day, Period};
use binhyen::snapshot::Snapshot;
use proptest::prelude::*;

use crate::support::province::{covered, incident, point, shipped_rules, snapshot, two_editions};

const DAYS: [&str; 5] = ["2021-06-01", "2022-06-01", "2023-06-01", "2024-06-01", "2025-06-01"];
/// Two of one component, one of each of two others.
const CATEGORIES: [&str; 4] = ["trom_cap", "co_y_gay_thuong_tich", "va_cham_giao_thong", "chay"];
const K: u32 = 5;

/// Incidents in some squares, by square, year and category.
type Counts = Vec<[[u32; 4]; 5]>;

fn world(rules: &RuleSet, counts: &Counts) -> Snapshot {
    let mut holdings = covered(two_editions(), "2019-12-15..2026-12-15");
    for (square, years) in counts.iter().enumerate() {
        for (year, categories) in years.iter().enumerate() {
            for (category, count) in categories.iter().enumerate() {
                for number in 0..*count {
                    // A tenth of a commune apart: more than a square.
                    let at = point(0.05 + 0.1 * square as f64, 0.5);
                    let id = format!("{square}-{year}-{category}-{number}");
                    let what = (known(rules, CATEGORIES[category], category), 2);
                    holdings.incidents.push(&incident(rules, &id, DAYS[year], at, what));
                }
            }
        }
    }
    snapshot(holdings, rules)
}

/// The category of an id, or another one of the taxonomy where that has no such word.
fn known<'a>(rules: &'a RuleSet, id: &'a str, number: usize) -> &'a str {
    let drawn = || rules.taxonomy.categories.iter().filter(|category| !category.sensitive && !category.unmapped);
    drawn().find(|category| category.id == id).or_else(|| drawn().nth(number)).map_or(id, |category| &category.id)
}

fn table(snapshot: &Snapshot) -> SquareTable {
    SquareTable::of(snapshot, Day::of_date("2026-06-01".parse().unwrap()))
}

/// What the attacker reads of each square: every question that it answers, with the count.
fn read(table: &SquareTable) -> BTreeMap<(i32, i32), Vec<(SquareQuestion, u32)>> {
    let mut read: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for question in table.choices.questions() {
        for cell in table.grid(question).cells {
            read.entry(cell.id).or_default().push((question, cell.count));
        }
    }
    read
}

/// Answers as equations over the counts of a square by year and component, brought into steps (Gauss).
struct Equations(Vec<(usize, Vec<f64>)>);

impl Equations {
    fn of(rows: impl Iterator<Item = Vec<f64>>) -> Self {
        let mut steps = Self(Vec::new());
        for row in rows {
            let row = steps.reduced(row);
            // The last entry is the count; a row of nothing but zeros before it says nothing new.
            let pivot = row[..row.len() - 1].iter().position(|entry| entry.abs() > 1e-9);
            if let Some(pivot) = pivot {
                let scale = row[pivot];
                steps.0.push((pivot, row.iter().map(|entry| entry / scale).collect()));
            }
        }
        steps
    }

    fn reduced(&self, mut row: Vec<f64>) -> Vec<f64> {
        // In the order in which they were found: a later step has no entry at an earlier pivot.
        for (pivot, step) in &self.0 {
            let factor = row[*pivot];
            row.iter_mut().zip(step).for_each(|(entry, part)| *entry -= factor * part);
        }
        row
    }

    /// The sum of some counts, where it follows from the answers.
    fn follows(&self, sum: &[f64]) -> Option<i64> {
        let row = self.reduced(sum.iter().copied().chain([0.0]).collect());
        let (count, rest) = row.split_last().unwrap();
        rest.iter().all(|entry| entry.abs() < 1e-9).then(|| -count.round() as i64)
    }
}

/// What the attacker looks for: the sum over a span of years and a set of components.
fn sums(components: usize) -> impl Iterator<Item = Vec<f64>> {
    let spans = (0..DAYS.len()).flat_map(|from| (from + 1..=DAYS.len()).map(move |to| from..to));
    spans.flat_map(move |span| {
        (1..1_usize << components).map(move |set| {
            let counts = |year: usize, component: usize| span.contains(&year) && set >> component & 1 == 1;
            (0..DAYS.len() * components).map(|at| f64::from(counts(at / components, at % components))).collect()
        })
    })
}

/// The row of a question: which years and components it sums, and what was answered.
fn row(snapshot: &Snapshot, table: &SquareTable, question: SquareQuestion, count: u32) -> Vec<f64> {
    let components = table.choices.component_ids();
    let window = snapshot.rules.window(table.choices.window_id(question)).unwrap().period;
    let mut row = Vec::new();
    for date in DAYS {
        let in_window = window.contains(Day::of_date(date.parse().unwrap()));
        let own = |id: &&str| table.choices.component(question).is_none_or(|component| component == *id);
        row.extend(components.iter().map(|id| f64::from(in_window && own(id))));
    }
    row.push(f64::from(count));
    row
}

/// The truth by year and component for a square, as the questions sum it.
fn truth(snapshot: &Snapshot, table: &SquareTable, at: (i32, i32), question: SquareQuestion) -> u32 {
    // Counted point by point, by another road than the table.
    let choices = &table.choices;
    let window = snapshot.rules.window(choices.window_id(question)).unwrap().period;
    let scheme = snapshot.schemes.scheme(snapshot.schemes.default_index());
    let grid = table.grid(question);
    let cell = grid.cells.iter().find(|cell| cell.id == at).unwrap();
    let pieces = snapshot.points.rows();
    let rows = pieces.iter().flat_map(|piece| snapshot.incidents.rows_of(piece));
    let inside = rows.filter(|row| {
        let place = snapshot.incidents.position(*row).unwrap();
        let day = Day::of_unix_seconds(snapshot.incidents.unix_seconds(*row));
        let category = snapshot.taxonomy.category_entry(snapshot.incidents.category(*row)).unwrap();
        let of_group =
            choices.component(question).map_or(!category.detected, |component| category.component == component);
        assert!(scheme.components.iter().any(|component| component.id == category.component));
        let bounds = cell.bounds;
        let holds =
            (bounds.west..bounds.east).contains(&place.lon()) && (bounds.south..bounds.north).contains(&place.lat());
        window.contains(day) && of_group && holds
    });
    inside.count() as u32
}

fn squares() -> impl Strategy<Value = Counts> {
    let count = prop_oneof![3 => Just(0_u32), 2 => 1..5_u32, 2 => 5..9_u32];
    prop::collection::vec(prop::array::uniform5(prop::array::uniform4(count)), 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_sums_and_differences_of_answers_are_a_small_count(counts in squares()) {
        let rules = shipped_rules();
        let snapshot = world(&rules, &counts);
        let table = table(&snapshot);
        let small = 1..i64::from(K);
        for (at, answers) in read(&table) {
            for (question, count) in &answers {
                prop_assert!(*count >= K, "{at:?} {question:?}: {count}");
                prop_assert_eq!(*count, truth(&snapshot, &table, at, *question));
            }
            let equations = Equations::of(answers.iter().map(|(asked, count)| row(&snapshot, &table, *asked, *count)));
            for sum in sums(table.choices.component_ids().len()) {
                let derived = equations.follows(&sum);
                prop_assert!(derived.is_none_or(|count| !small.contains(&count)), "{at:?}: {derived:?} for {sum:?}");
            }
        }
    }
}

#[test]
fn the_attack_finds_a_count_that_is_answered_for_one_window_too_many() {
    let rules = shipped_rules();
    let snapshot = world(&rules, &vec![[[6, 0, 0, 0], [6, 0, 0, 0], [6, 0, 0, 0], [6, 0, 0, 0], [2, 0, 0, 0]]]);
    let table = table(&snapshot);
    let asked = |window: &str| {
        let all = table.choices.questions().filter(|question| table.choices.component(*question).is_none());
        all.into_iter().find(|question| table.choices.window_id(*question) == window).unwrap()
    };
    let answers = [("3N-2025", 14), ("TK-2023", 6), ("TK-2024", 6)];
    let equations = Equations::of(answers.iter().map(|(id, count)| row(&snapshot, &table, asked(id), *count)));
    let last_year = row(&snapshot, &table, asked("TK-2025"), 0);
    assert_eq!(equations.follows(&last_year[..last_year.len() - 1]), Some(2));
}

#[test]
fn filters_beside_the_questions_are_refused_or_answered_by_the_nearest() {
    let rules = shipped_rules();
    let snapshot = world(&rules, &vec![[[6, 0, 0, 0]; 5]]);
    let table = table(&snapshot);
    let day = |text: &str| Day::of_date(text.parse().unwrap());
    let filter = |from: &str, to: &str| Filter {
        edition: "2025-01".parse().unwrap(),
        period: Period::new(day(from), day(to)).unwrap(),
        categories: CategorySet::reported(&snapshot.taxonomy),
        min_severity: Severity::LEAST,
        scheme: snapshot.schemes.default_index(),
    };
    let year = filter("2021-12-15", "2022-12-15");
    let asked = table.choices.asked(&year).unwrap();
    assert_eq!(table.choices.window_id(asked), "TK-2022");
    for (from, to) in [("2022-06-01", "2022-06-02"), ("2021-12-15", "2022-12-14"), ("2022-01-01", "2023-01-01")] {
        assert_eq!(table.choices.asked(&filter(from, to)), None, "{from} to {to}");
    }
    let severe = Filter { min_severity: Severity::new(3).unwrap(), ..year };
    assert_eq!(table.choices.asked(&severe), None);
    let nearest = |filter: &Filter| table.choices.window_id(table.choices.nearest(filter).unwrap()).to_owned();
    assert_eq!(nearest(&filter("2022-06-01", "2022-06-02")), "TK-2022");
    assert_eq!(nearest(&filter("2022-06-01", "2023-06-02")), "3N-2023");
    assert_eq!(nearest(&filter("2019-06-01", "2019-06-02")), "3N-2025");
    // One category of several in a component is no question, so that no square tells categories apart.
    let one = CategorySet::EMPTY.with(snapshot.taxonomy.category("trom_cap").unwrap());
    assert_eq!(table.choices.asked(&Filter { categories: one, ..year }), None);
}

#[test]
fn a_square_with_a_small_year_answers_for_the_long_window_alone() {
    let rules = shipped_rules();
    let shown = |years: [u32; 5]| -> Vec<String> {
        let snapshot = world(&rules, &vec![years.map(|count| [count, 0, 0, 0])]);
        let table = table(&snapshot);
        let answers = read(&table).into_values().flatten();
        let whole = answers.filter(|(question, _)| table.choices.component(*question).is_none());
        let mut windows: Vec<String> = whole.map(|(asked, _)| table.choices.window_id(asked).to_owned()).collect();
        windows.sort();
        windows
    };
    let all = ["3N-2022", "3N-2023", "3N-2024", "3N-2025", "TK-2021", "TK-2022", "TK-2023", "TK-2024", "TK-2025"];
    assert_eq!(shown([6; 5]), all);
    assert_eq!(shown([6, 6, 6, 6, 2]), ["3N-2025"]);
    assert_eq!(shown([6, 6, 0, 0, 2]), [] as [&str; 0]);
}
