//! A made-up province of the size of the one that was: 241 communes in 18 districts with a million incidents.

use binhyen::domain::area::edition::EditionId;
use binhyen::domain::area::population::Population;
use binhyen::domain::area::{Area, AreaKey, Level, Position};
use binhyen::domain::holdings::Holdings;
use binhyen::domain::incident::taxonomy::{CategoryIndex, Severity};
use binhyen::domain::incident::{Incident, IncidentLocation};
use binhyen::domain::rules::rule_set::RuleSet;
use binhyen::snapshot::{Snapshot, build};
use geo::{MultiPolygon, Rect, coord};

const COMMUNES: u32 = 241;
const COLUMNS: u32 = 16;
const SIDE: f64 = 0.08;
const CORNER: (f64, f64) = (107.2, 14.9);
/// 2020-01-01 to 2024-12-30.
const DAYS: std::ops::Range<i64> = 18_262..20_087;

/// The province with so many incidents.
pub(crate) fn large_province(rules: &RuleSet, incidents: u32) -> Snapshot {
    let edition: EditionId = "2025-01".parse().unwrap();
    let mut holdings = Holdings::default();
    for number in 0..COMMUNES {
        let key = AreaKey { edition, code: format!("{:05}", 20_000 + number).parse().unwrap() };
        holdings.populations.push(Population { area: key.clone(), year: 2022, residents: 2_000 + 67 * number });
        holdings.areas.push(Area {
            name: format!("Xã {number}"),
            parent: Some(format!("{}", 500 + number * 18 / COMMUNES).parse().unwrap()),
            level: Level::Commune,
            boundary: Some(square(number)),
            key,
        });
    }
    let mut dice = Dice(20_240_711);
    for number in 0..incidents {
        holdings.incidents.push(&incident(number, rules, &mut dice));
    }
    build(holdings, rules, None).unwrap()
}

fn square(number: u32) -> MultiPolygon<f64> {
    let (west, south) = corner(number);
    MultiPolygon::from(Rect::new(coord! { x: west, y: south }, coord! { x: west + SIDE, y: south + SIDE }).to_polygon())
}

fn corner(number: u32) -> (f64, f64) {
    (CORNER.0 + f64::from(number % COLUMNS) * SIDE, CORNER.1 + f64::from(number / COLUMNS) * SIDE)
}

/// Some communes, categories and severities come far more often than others.
fn incident(number: u32, rules: &RuleSet, dice: &mut Dice) -> Incident {
    let taxonomy = &rules.taxonomy;
    let skewed = |of: u64, dice: &mut Dice| dice.below(of) * dice.below(of) / of;
    let (west, south) = corner(skewed(u64::from(COMMUNES), dice) as u32);
    let at = |dice: &mut Dice| SIDE * (dice.below(1_000) as f64 + 0.5) / 1_000.0;
    Incident {
        id: number.to_string(),
        unix_seconds: (DAYS.start + dice.below((DAYS.end - DAYS.start) as u64) as i64) * 86_400,
        location: IncidentLocation::Point(Position::new(west + at(dice), south + at(dice)).unwrap()),
        category: CategoryIndex::new(skewed(taxonomy.categories.len() as u64, dice) as u8),
        severity: Severity::new(1 + skewed(5, dice) as u8).unwrap(),
        status: taxonomy.status("recorded").unwrap(),
        channel: taxonomy.channel("113").unwrap(),
        precision: taxonomy.precision("exact").unwrap(),
    }
}

/// Numbers that look thrown and are the same every time (a congruential generator; its high bits are used).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) * end) >> 31
    }
}
