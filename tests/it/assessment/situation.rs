//! The last days against the usual, and alerts, on the sample: calm as it is, and with a week that was planted.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

use std::sync::Arc;

use binhyen::assessment::alerts::{Judgement, judge, models_beside};
use binhyen::assessment::situation::{Situation, SituationPart, SituationRequest, SituationRow, Standing, situation};
use binhyen::config::RuleFiles;
use binhyen::domain::alert::{AlertKind, AlertScope};
use binhyen::domain::area::Level;
use binhyen::domain::holdings::{Holdings, IncidentColumns};
use binhyen::domain::incident::Incident;
use binhyen::domain::time::period::Day;
use binhyen::snapshot::{Snapshot, build};

use crate::support::rule_set_of;
use crate::support::sample::sample_holdings;

const DAY_S: i64 = 24 * 3600;

fn day(text: &str) -> Day {
    Day::of_date(text.parse().unwrap())
}

/// The sample, whose data end with June 2026, judged by fewer maps of chance than usual.
fn served(holdings: Holdings) -> Snapshot {
    let mut rule_set = rule_set_of(&RuleFiles::embedded());
    let mut rules = (*rule_set.rules).clone();
    rules.alerts.scan.replicas = 99;
    rule_set.rules = Arc::new(rules);
    build(holdings, &rule_set, None).unwrap()
}

fn of(snapshot: &Snapshot, days: u16, today: &str) -> Situation {
    let request = SituationRequest { edition: "2025-07".parse().unwrap(), days, today: day(today) };
    situation(snapshot, &request).unwrap().unwrap()
}

/// As many incidents again as there were in a week, each a minute later.
fn doubled(mut holdings: Holdings, from: &str) -> Holdings {
    let from = day(from);
    let incidents = &holdings.incidents;
    let again: Vec<Incident> = incidents
        .rows()
        .filter_map(|row| incidents.at(row))
        .filter(|incident| (0..7).contains(&(incident.day().number() - from.number())))
        .map(|incident| {
            let later = incident.unix_seconds + 60;
            let end = Day::from_number(from.number() + 7).first_second();
            let unix_seconds = if later < end { later } else { later - DAY_S };
            Incident { id: format!("again-{}", incident.id), unix_seconds, ..incident }
        })
        .collect();
    for incident in &again {
        holdings.incidents.push(incident);
    }
    holdings
}

fn weeks_of_province(judgement: &Judgement) -> Vec<String> {
    let of_province = judgement.alerts.iter().filter(|alert| alert.place.scope == AlertScope::Province);
    of_province.filter(|alert| alert.kind == AlertKind::Week).map(|alert| alert.key.clone()).collect()
}

#[test]
fn last_days_of_the_sample_are_told_with_the_day_on_which_they_end() {
    let snapshot = served(sample_holdings());
    let found = of(&snapshot, 7, "2026-11-30");
    assert_eq!((found.last.period.from(), found.last.period.to()), (day("2026-06-24"), day("2026-07-01")));
    assert!(!found.last.is_current && found.last.incomplete_from.is_none() && found.years == 5, "{:?}", found.last);
    let [province, districts, communes] = found.levels.as_slice() else { panic!("three levels") };
    assert_eq!((province.level, districts.level, communes.level), (Level::Province, Level::District, Level::Commune));
    assert_eq!((districts.edition.to_string(), communes.edition.to_string()), ("2025-01".into(), "2025-07".into()));
    // Districts show what communes do not; where that is nothing, all levels add up to the same.
    let sum = |rows: &[SituationRow]| {
        rows.iter().filter(|row| row.part == SituationPart::All).filter_map(|row| row.count).sum::<u32>()
    };
    assert!(sum(&communes.rows) <= sum(&districts.rows) && sum(&districts.rows) <= sum(&province.rows));
    for row in found.levels.iter().flat_map(|level| &level.rows) {
        let (count, range) = (u64::from(row.count.unwrap()), row.range.unwrap());
        assert_eq!(row.standing == Standing::More, count > range.high, "{row:?}");
    }
}

#[test]
fn the_day_of_the_question_is_not_over_and_the_days_before_it_may_still_change() {
    let snapshot = served(sample_holdings());
    let found = of(&snapshot, 7, "2026-06-20");
    assert_eq!((found.last.period.to(), found.last.is_current), (day("2026-06-20"), true));
    assert_eq!(found.last.incomplete_from, Some(day("2026-06-17")));
    assert!(found.levels.iter().flat_map(|level| &level.rows).all(|row| row.standing != Standing::Fewer));
    let request = SituationRequest { edition: "2025-07".parse().unwrap(), days: 7, today: day("1990-01-01") };
    assert_eq!(situation(&snapshot, &request).unwrap(), None, "nothing is known of those days");
}

#[test]
fn a_doubled_week_of_the_province_raises_an_alert_and_the_sample_as_it_is_none() {
    // The last whole week of the sample is that from 22 June.
    let today = day("2026-11-30");
    let calm = judge(&served(sample_holdings()), today);
    assert!(weeks_of_province(&calm).is_empty(), "{:?}", calm.alerts);
    assert!(calm.judged.iter().any(|key| key.starts_with("week:2026-06-22:province:")), "the last week is judged");
    assert!(!calm.judged.iter().any(|key| key.contains(":commune:")), "no series of a single commune");
    let snapshot = served(doubled(sample_holdings(), "2026-06-22"));
    let planted = judge(&snapshot, today);
    let raised = weeks_of_province(&planted);
    assert!(
        raised.iter().any(|key| key.starts_with("week:2026-06-22:province:2025-07:") && key.ends_with(":all")),
        "{raised:?}"
    );
    let alert = planted
        .alerts
        .iter()
        .find(|alert| alert.key.ends_with(":all") && alert.place.scope == AlertScope::Province)
        .unwrap();
    assert!(alert.observed > alert.limit.unwrap() && alert.p <= alert.chance && !alert.is_incomplete, "{alert:?}");
    let beside = models_beside(&snapshot, alert).unwrap();
    assert_eq!(beside.len(), 10, "every kind, whether it runs there or not");
    assert!(beside.iter().any(|kind| kind.active > 0));
    // Judged while its reports still come in, it says so.
    let early = judge(&snapshot, day("2026-06-29"));
    assert!(early.alerts.iter().any(|alert| alert.is_incomplete && alert.key.starts_with("week:2026-06-22:province")));
}

#[test]
fn nothing_is_judged_where_nothing_is_known() {
    let mut holdings = sample_holdings();
    holdings.incidents = IncidentColumns::default();
    let judgement = judge(&served(holdings), day("2026-11-30"));
    assert!(judgement.alerts.is_empty());
}
