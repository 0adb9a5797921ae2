//! The account of incidents: each is in exactly one term, the terms add up, and the areas of every level to what is in
//! communes.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use binhyen::assessment::{Assessment, Totals, assess, whole_account};
use binhyen::domain::area::edition::EditionIndex;
use binhyen::domain::area::{Area, AreaKey, Level, Position};
use binhyen::domain::filter::{CategorySet, Filter};
use binhyen::domain::holdings::Holdings;
use binhyen::domain::incident::IncidentLocation;
use binhyen::domain::rules::rule_set::RuleSet;
use binhyen::geometry::projection::LonLat;
use binhyen::snapshot::Snapshot;
use proptest::prelude::*;

use crate::support::province::{
    commune, everything, incident, key, point, shipped_rules, snapshot, square, two_editions,
};

const THEFT: &str = "trom_cap";
const LEVELS: [(&str, Level); 5] = [
    ("2025-01", Level::Commune),
    ("2025-01", Level::District),
    ("2025-01", Level::Province),
    ("2025-07", Level::Commune),
    ("2025-07", Level::Province),
];

/// The two editions with their districts, a province, and in the newer one a commune further east than the older one
/// reaches.
fn world() -> Holdings {
    let mut holdings = two_editions();
    let wider = |edition, code: &str, level| Area {
        key: key(edition, code),
        level,
        name: code.to_owned(),
        parent: None,
        boundary: None,
    };
    holdings.areas.push(wider("2025-01", "501", Level::District));
    holdings.areas.push(wider("2025-01", "502", Level::District));
    holdings.areas.push(wider("2025-07", "48", Level::Province));
    holdings.areas.push(commune("2025-07", "29999", None, square(9, 0, 1)));
    holdings
}

fn of(snapshot: &Snapshot, rules: &RuleSet, edition: &str, level: Level) -> Assessment {
    // What police work found as well: the account is of all that the filter counts, whatever that is.
    let categories = CategorySet::all(&rules.taxonomy);
    let filter = Filter { categories, ..everything(rules, edition, "2024-01-01", "2025-01-01") };
    assess(snapshot, level, &filter).unwrap()
}

fn counts(assessment: &Assessment) -> Vec<u32> {
    assessment.rows.iter().map(|row| row.incidents.unwrap()).collect()
}

fn of_one(edition: &str, place: IncidentLocation, category: &str) -> (Vec<u32>, Totals) {
    let rules = shipped_rules();
    let mut holdings = world();
    holdings.incidents.push(&incident(&rules, "1", "2024-05-01", place, (category, 3)));
    let assessment = of(&snapshot(holdings, &rules), &rules, edition, Level::Commune);
    (counts(&assessment), assessment.totals)
}

fn area(edition: &str, code: &str) -> IncidentLocation {
    IncidentLocation::Area(key(edition, code))
}

#[test]
fn incident_known_by_its_commune_counts_there_and_once_only() {
    let one = Totals { incidents: 1, ..Totals::default() };
    let by_commune = Totals { by_commune: 1, ..one };
    assert_eq!(of_one("2025-01", area("2025-01", "20002"), THEFT), (vec![0, 1, 0, 0], by_commune));
    assert_eq!(of_one("2025-07", area("2025-01", "20002"), THEFT), (vec![1, 0, 0], by_commune));
    // The newer commune covers two of the older ones alike; the lower code has it.
    assert_eq!(of_one("2025-01", area("2025-07", "20003"), THEFT), (vec![0, 0, 1, 0], by_commune));
    assert_eq!(of_one("2025-01", point(1.5, 0.5), THEFT), (vec![0, 1, 0, 0], Totals { with_point: 1, ..one }));
}

#[test]
fn incident_that_no_commune_can_claim_is_in_a_term_of_its_own() {
    let one = Totals { incidents: 1, ..Totals::default() };
    for (place, category, totals) in [
        (area("2025-01", "502"), THEFT, Totals { by_wider_area: 1, ..one }),
        (area("2025-07", "48"), THEFT, Totals { by_wider_area: 1, ..one }),
        // The province of an edition that nobody imported as an area.
        (area("2025-01", "49"), THEFT, Totals { by_wider_area: 1, ..one }),
        // A commune that lies beyond this edition is outside it, as a point in it is.
        (area("2025-07", "29999"), THEFT, Totals { outside: 1, ..one }),
        (point(9.5, 0.5), THEFT, Totals { outside: 1, ..one }),
        (area("2020-02", "20001"), THEFT, Totals { unplaced: 1, ..one }),
        (IncidentLocation::Unknown, THEFT, Totals { unplaced: 1, ..one }),
        // Online fraud has no place, whatever the report says.
        (area("2025-01", "20002"), "lua_dao_truc_tuyen", Totals { unplaced: 1, ..one }),
        (point(1.5, 0.5), "lua_dao_truc_tuyen", Totals { unplaced: 1, ..one }),
        // Never shown below district, with a point or without.
        (area("2025-01", "20002"), "bao_luc_gia_dinh", Totals { district_only: 1, ..one }),
        (point(1.5, 0.5), "bao_luc_gia_dinh", Totals { district_only: 1, ..one }),
    ] {
        let said = format!("{place:?} {category}");
        assert_eq!(of_one("2025-01", place, category), (vec![0; 4], totals), "{said}");
    }
    assert_eq!(of_one("2025-07", area("2025-07", "29999"), THEFT), (vec![0, 0, 1], Totals { by_commune: 1, ..one }));
}

#[test]
fn sensitive_incident_without_a_point_counts_from_the_district_up() {
    let rules = shipped_rules();
    let mut holdings = world();
    holdings.incidents.push(&incident(&rules, "1", "2024-05-01", area("2025-01", "20003"), ("bao_luc_gia_dinh", 3)));
    let districts = of(&snapshot(holdings, &rules), &rules, "2025-01", Level::District);
    assert_eq!((counts(&districts), districts.totals.by_commune), (vec![0, 1], 1));
    assert_eq!(districts.rows[1].without_point, Some(1));
}

#[test]
fn no_incidents_make_an_account_of_zeros() {
    let rules = shipped_rules();
    let snapshot = snapshot(world(), &rules);
    assert_eq!(whole_account(&snapshot, &snapshot.editions[EditionIndex::new(0)]), Totals::default());
    assert_eq!(of(&snapshot, &rules, "2025-01", Level::Commune).totals, Totals::default());
}

/// Places that only some editions hold are left out here: for them the editions differ, as they should.
fn place() -> impl Strategy<Value = IncidentLocation> {
    let named = |edition: &'static str, codes: Vec<&'static str>| {
        prop::sample::select(codes).prop_map(move |code| area(edition, code))
    };
    prop_oneof![
        6 => (-1.0_f64..5.0, -0.5_f64..1.5).prop_map(|(column, row)| point(column, row)),
        2 => named("2025-01", vec!["20001", "20002", "20003", "20004"]),
        1 => named("2025-07", vec!["20001", "20003", "99999"]),
        1 => named("2025-01", vec!["501", "502"]),
        1 => named("2025-07", vec!["48"]),
        1 => Just(IncidentLocation::Unknown),
    ]
}

/// The commune of an edition that holds a point of [`place`]; the newer communes are two columns wide.
fn code_at(edition: &str, position: Position, snapshot: &Snapshot) -> Option<AreaKey> {
    let at = LonLat::new(position.lon(), position.lat());
    let shape = &snapshot.edition(edition.parse().unwrap()).unwrap().shape;
    Some(AreaKey { edition: edition.parse().unwrap(), code: shape.commune(shape.commune_at(at)?)?.code.clone() })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn terms_add_up_on_every_level_and_editions_agree(
        places in prop::collection::vec((place(), 0_u8..12, 1_u8..=5), 0..60),
    ) {
        let rules = shipped_rules();
        let mut holdings = world();
        for (id, (place, category, severity)) in places.iter().enumerate() {
            let what = (category.to_string(), *severity);
            holdings.incidents.push(&incident(
                &rules, &id.to_string(), "2024-03-03", place.clone(), (&what.0, what.1),
            ));
        }
        let snapshot = snapshot(holdings, &rules);
        let mut seen = Vec::new();
        for (edition, level) in LEVELS {
            let assessment = of(&snapshot, &rules, edition, level);
            let totals = assessment.totals;
            let Totals { incidents, with_point, by_commune, by_wider_area, outside, unplaced, district_only, .. } = totals;
            prop_assert_eq!(incidents as usize, places.len());
            prop_assert_eq!(with_point + by_commune + by_wider_area + outside + unplaced + district_only, incidents);
            prop_assert_eq!(counts(&assessment).iter().sum::<u32>(), with_point + by_commune);
            let without_point = assessment.rows.iter().map(|row| row.without_point.unwrap());
            prop_assert_eq!(without_point.sum::<u32>(), by_commune);
            prop_assert!(assessment.rows.iter().all(|row| row.without_point <= row.incidents));
            seen.push((with_point + by_commune + district_only, by_wider_area, outside, unplaced));
        }
        prop_assert!(seen.windows(2).all(|pair| pair[0] == pair[1]), "{seen:?}");
    }

    /// What an area says does not depend on whether its incidents have points.
    #[test]
    fn points_replaced_by_the_codes_of_their_communes_change_no_row(
        places in prop::collection::vec((place(), 0_u8..12, 1_u8..=5), 1..60),
    ) {
        let rules = shipped_rules();
        let built = |code_of: &dyn Fn(Position) -> Option<AreaKey>| {
            let mut holdings = world();
            for (id, (place, category, severity)) in places.iter().enumerate() {
                let place = match place {
                    IncidentLocation::Point(at) => code_of(*at).map_or(place.clone(), IncidentLocation::Area),
                    IncidentLocation::Area(_) | IncidentLocation::Unknown => place.clone(),
                };
                let what = (category.to_string(), *severity);
                holdings.incidents.push(&incident(&rules, &id.to_string(), "2024-03-03", place, (&what.0, what.1)));
            }
            snapshot(holdings, &rules)
        };
        let points = built(&|_| None);
        for (edition, level) in LEVELS {
            let codes = built(&|at| code_at(edition, at, &points));
            let (one, other) = (of(&points, &rules, edition, level), of(&codes, &rules, edition, level));
            prop_assert_eq!(other.totals.with_point, 0);
            prop_assert_eq!(one.totals.with_point + one.totals.by_commune, other.totals.by_commune);
            for (mut with_points, mut by_code) in one.rows.into_iter().zip(other.rows) {
                prop_assert_eq!(by_code.without_point, by_code.incidents);
                (with_points.without_point, by_code.without_point) = (None, None);
                prop_assert_eq!(with_points, by_code);
            }
        }
    }
}
