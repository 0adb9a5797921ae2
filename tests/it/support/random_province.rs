//! Provinces made up by a seed, for attacks on what the public reads: districts, an edition whose communes are merged
//! (at times across the borders of districts), populations of which some are unknown, small and large counts of every
//! kind of category in five years, incidents known by their commune only, units, certifications, models.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

use binhyen::domain::holdings::Holdings;
use binhyen::domain::incident::{Incident, IncidentLocation};
use binhyen::domain::model::{CommunityModel, ModelOrigin};
use binhyen::domain::rules::rule_set::RuleSet;
use binhyen::domain::standard::certification::{Certification, Declared, UnitKind};

use super::geometry::Numbers;
use super::province::{commune, covered, incident, key, point, population, square};

/// The edition with districts.
pub(crate) const OLD: &str = "2025-01";
/// The edition of the merged communes.
const NEW: &str = "2025-07";
/// A day in each of the years that the windows released by now cover.
const DAYS: [&str; 5] = ["2021-06-01", "2022-06-01", "2023-06-01", "2024-06-01", "2025-06-01"];
/// Categories by how often they are counted: order, traffic, fire, sensitive ones, detected ones, one without a place.
const CATEGORIES: [(&str, f64); 9] = [
    ("trom_cap", 1.0),
    ("co_y_gay_thuong_tich", 0.6),
    ("tai_nan_giao_thong", 0.8),
    ("chay", 0.2),
    ("tre_em", 0.1),
    ("bao_luc_gia_dinh", 0.1),
    ("ma_tuy", 0.5),
    ("moi_truong", 0.1),
    ("duoi_nuoc", 0.1),
];
const COLUMNS: usize = 10;

/// A province of so many communes.
pub(crate) fn random_province(rules: &RuleSet, seed: u64, communes: usize) -> Holdings {
    let mut numbers = Numbers::new(seed + 1);
    let mut holdings = Holdings { epoch: 7, ..Holdings::default() };
    old_edition(&mut holdings, &mut numbers, communes);
    new_edition(&mut holdings, &mut numbers, communes);
    for number in 0..communes {
        incidents(&mut holdings, &mut numbers, rules, number);
        units(&mut holdings, &mut numbers, number);
        models(&mut holdings, &mut numbers, number);
    }
    covered(holdings, "2020-12-15..2025-12-15")
}

/// The code of a commune of the old edition.
pub(crate) fn code(number: usize) -> String {
    (20_001 + number).to_string()
}

/// The place of an incident inside a commune.
pub(crate) fn place(number: usize) -> IncidentLocation {
    let (column, row) = (number % COLUMNS, number / COLUMNS);
    point(column as f64 + 0.5, row as f64 + 0.5)
}

fn old_edition(holdings: &mut Holdings, numbers: &mut Numbers, communes: usize) {
    let (mut district, mut left) = (500, 0);
    for number in 0..communes {
        if left == 0 {
            (district, left) = (district + 1, 1 + numbers.below(8));
        }
        left -= 1;
        let (column, row) = (number % COLUMNS, number / COLUMNS);
        let boundary = square(column as u32, row as u32, 1);
        holdings.areas.push(commune(OLD, &code(number), Some(&district.to_string()), boundary));
        if numbers.next() > 0.05 {
            let residents = 600 + numbers.below(20_000) as u32;
            holdings.populations.push(population(OLD, &code(number), residents));
        }
    }
}

fn new_edition(holdings: &mut Holdings, numbers: &mut Numbers, communes: usize) {
    let mut number = 0;
    while number < communes {
        let (column, row) = (number % COLUMNS, number / COLUMNS);
        let room = (communes - number).min(COLUMNS - column);
        let merged = (1 + numbers.below(4)).min(room);
        holdings.areas.push(commune(NEW, &code(number), None, square(column as u32, row as u32, merged as u32)));
        let residents = (2_000 + numbers.below(30_000)) as u32;
        holdings.populations.push(population(NEW, &code(number), residents));
        number += merged;
    }
}

fn incidents(holdings: &mut Holdings, numbers: &mut Numbers, rules: &RuleSet, number: usize) {
    // Quiet, small and busy communes, each at its own level.
    let busy = [0.3, 1.5, 4.0, 15.0][numbers.below(4)];
    for (year, day) in DAYS.into_iter().enumerate() {
        for (category, share) in CATEGORIES {
            let most = (2.0 * busy * share).ceil() as usize;
            for case in 0..numbers.below(most + 1) {
                let id = format!("{number}-{year}-{category}-{case}");
                let at =
                    if numbers.next() < 0.2 { IncidentLocation::Area(key(OLD, &code(number))) } else { place(number) };
                let severity = 1 + numbers.below(5) as u8;
                let made: Incident = incident(rules, &id, day, at, (category, severity));
                holdings.incidents.push(&made);
            }
        }
    }
}

fn units(holdings: &mut Holdings, numbers: &mut Numbers, number: usize) {
    let units = numbers.below(30);
    for year in 2022..=2025 {
        for unit in 0..units {
            let recognised = if numbers.next() < 0.85 { Declared::Yes } else { Declared::No };
            holdings.certifications.push(Certification {
                unit_id: format!("kdc-{number}-{unit}"),
                unit_kind: UnitKind::ResidentialArea,
                area: key(OLD, &code(number)),
                window: format!("ANTT-{year}-kdc"),
                registered: Declared::Yes,
                recognised,
                decided_on: None,
            });
        }
    }
}

fn models(holdings: &mut Holdings, numbers: &mut Numbers, number: usize) {
    for model in 0..numbers.below(3) {
        holdings.models.push(CommunityModel {
            id: format!("model-{number}-{model}"),
            kind: "camera".to_owned(),
            position: None,
            area: Some(key(OLD, &code(number))),
            origin: ModelOrigin::New,
            parent_id: None,
            started_on: "2020-01-01".parse().unwrap(),
            ended_on: None,
            residential_area: None,
            review: None,
        });
    }
}
