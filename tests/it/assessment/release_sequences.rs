//! One release after the other, with reports that come late between them: together they give nothing away.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use binhyen::domain::holdings::Holdings;
use binhyen::domain::rules::rule_set::RuleSet;
use binhyen::domain::time::period::Day;
use binhyen::service::live::today;
use binhyen::service::public_tables::PublicTables;
use binhyen::snapshot::Snapshot;
use proptest::prelude::*;

use crate::support::province::{covered, incident, point, shipped_rules, snapshot, two_editions};
use crate::support::snapshot::released_on;

/// A day in each year of statistics.
const DAYS: [&str; 5] = ["2021-06-01", "2022-06-01", "2023-06-01", "2024-06-01", "2025-06-01"];
/// When a release is made: after three years, after four, after five.
const MADE: [&str; 3] = ["2024-02-01", "2025-02-01", "2026-02-01"];
const CACHE_BYTES: u64 = 64 << 20;

/// Thefts by commune and year, those of years that are over on the day of a release.
fn holdings(rules: &RuleSet, counts: &[[u32; 5]; 4], years: usize) -> Holdings {
    let mut holdings = covered(two_editions(), "2019-12-15..2026-12-15");
    for (commune, by_year) in counts.iter().enumerate() {
        for (year, count) in by_year.iter().enumerate().take(years) {
            for number in 0..*count {
                let at = point(commune as f64 + 0.5, 0.5);
                let id = format!("{commune}-{year}-{number}");
                holdings.incidents.push(&incident(rules, &id, DAYS[year], at, ("trom_cap", 2)));
            }
        }
    }
    holdings
}

/// A store that made a release after each of the years, each of what was known then.
fn released_in_turn(rules: &RuleSet, known: &[[[u32; 5]; 4]; 3]) -> Arc<Snapshot> {
    let mut releases = Vec::new();
    let mut newest = None;
    for (turn, (counts, made)) in known.iter().zip(MADE).enumerate() {
        let mut holdings = holdings(rules, counts, turn + 3);
        holdings.releases = std::mem::take(&mut releases);
        let made = Day::of_date(made.parse().unwrap());
        let snapshot = released_on(snapshot(holdings, rules), made);
        releases.clone_from(&snapshot.releases);
        newest = Some(snapshot);
    }
    newest.unwrap()
}

fn audited(snapshot: Arc<Snapshot>) -> Vec<String> {
    let tables = PublicTables::new(snapshot, today(), CACHE_BYTES);
    let reading = tables.read(&mut || {}).unwrap();
    let report = tables.audited(&reading).unwrap();
    assert!(report.passed == report.too_narrow.is_empty(), "{:?}", report.audit);
    report.too_narrow
}

#[test]
fn what_was_published_stays_published_and_as_it_was() {
    let rules = shipped_rules();
    let first = [[9, 9, 9, 0, 0], [20; 5], [30; 5], [40; 5]];
    let mut second = first;
    // The last year is small, and one of the first was reported again.
    (second[0][3], second[0][0]) = (2, 11);
    let snapshot = released_in_turn(&rules, &[first, second, second]);
    let [one, _, three] = &snapshot.releases[..] else { panic!("three releases") };
    for group in &one.contents.published {
        for window in &group.windows {
            let same = |other: &&binhyen::domain::release::PublishedAreas| {
                (other.edition, other.level) == (group.edition, group.level) && other.windows.contains(window)
            };
            let kept: Vec<_> = three.contents.published.iter().filter(same).flat_map(|other| &other.codes).collect();
            assert!(group.codes.iter().all(|code| kept.contains(&code)), "{group:?}");
        }
    }
    assert_eq!(audited(snapshot), Vec::<String>::new());
}

fn years() -> impl Strategy<Value = [[u32; 5]; 4]> {
    prop::array::uniform4(prop::array::uniform5(prop_oneof![Just(0_u32), 1..8_u32, 5..30_u32]))
}

fn late() -> impl Strategy<Value = [[u32; 5]; 4]> {
    prop::array::uniform4(prop::array::uniform5(prop_oneof![3 => Just(0_u32), 1 => 1..4_u32]))
}

fn sum(counts: &[[u32; 5]; 4], late: &[[u32; 5]; 4]) -> [[u32; 5]; 4] {
    std::array::from_fn(|commune| std::array::from_fn(|year| counts[commune][year] + late[commune][year]))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn three_releases_with_late_reports_between_them_give_no_hidden_count_away(
        counts in years(), first in late(), second in late(),
    ) {
        let rules = shipped_rules();
        let next = sum(&counts, &first);
        let snapshot = released_in_turn(&rules, &[counts, next, sum(&next, &second)]);
        prop_assert_eq!(audited(snapshot), Vec::<String>::new());
    }
}
