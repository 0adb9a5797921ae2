//! What is counted and rated, from holdings to the rows of an assessment.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use binhyen::assessment::rating::grade::{Grade, Insufficiency, Letter};
use binhyen::assessment::release::Release;
use binhyen::assessment::trend::series::{AreaAt, Visibility, by_year};
use binhyen::assessment::{AreaAssessment, Assessment, AssessmentError, InTotal, Statutory, assess, assess_released};
use binhyen::domain::area::{AreaIndex, Level};
use binhyen::domain::filter::{CategorySet, Filter};
use binhyen::domain::holdings::Holdings;
use binhyen::domain::incident::IncidentLocation;
use binhyen::domain::model::{CommunityModel, ModelOrigin};
use binhyen::domain::rules::rule_set::RuleSet;
use binhyen::domain::standard::certification::{Certification, Declared, UnitKind};
use binhyen::domain::time::period::Day;
use binhyen::snapshot::Snapshot;

use crate::support::golden::{golden, say};
use crate::support::province::{
    commune, covered, everything, incident, key, point, population, shipped_rules, snapshot, square, two_editions,
};

const THEFT: &str = "trom_cap";

fn of(snapshot: &Snapshot, rules: &RuleSet, edition: &str, level: Level) -> Assessment {
    assess(snapshot, level, &everything(rules, edition, "2024-01-01", "2025-01-01")).unwrap()
}

fn counts(assessment: &Assessment) -> Vec<u32> {
    assessment.rows.iter().map(|row| row.incidents.unwrap()).collect()
}

#[test]
fn point_on_a_shared_border_belongs_to_the_lowest_code() {
    let rules = shipped_rules();
    let mut holdings = two_editions();
    holdings.areas.reverse();
    holdings.incidents.push(&incident(&rules, "1", "2024-05-01", point(1.0, 0.5), (THEFT, 2)));
    holdings.incidents.push(&incident(&rules, "2", "2024-05-01", point(2.0, 0.5), (THEFT, 2)));
    let snapshot = snapshot(holdings, &rules);
    assert_eq!(counts(&of(&snapshot, &rules, "2025-01", Level::Commune)), [1, 1, 0, 0]);
    assert_eq!(counts(&of(&snapshot, &rules, "2025-07", Level::Commune)), [2, 0]);
}

#[test]
fn districts_and_province_are_sums_of_their_communes() {
    let rules = shipped_rules();
    let mut holdings = two_editions();
    for (id, column) in [0.5, 1.5, 1.6, 3.5, 3.6, 3.7].into_iter().enumerate() {
        holdings.incidents.push(&incident(&rules, &id.to_string(), "2024-05-01", point(column, 0.5), (THEFT, 2)));
    }
    let snapshot = snapshot(holdings, &rules);
    assert_eq!(counts(&of(&snapshot, &rules, "2025-01", Level::Commune)), [1, 2, 0, 3]);
    let districts = of(&snapshot, &rules, "2025-01", Level::District);
    assert_eq!(counts(&districts), [3, 3]);
    assert_eq!(districts.rows[0].residents, Some(11_000));
    assert_eq!(counts(&of(&snapshot, &rules, "2025-01", Level::Province)), [6]);
}

#[test]
fn rate_of_a_commune_is_its_count_over_person_years() {
    let rules = shipped_rules();
    let mut holdings = two_editions();
    for id in 0..10 {
        holdings.incidents.push(&incident(&rules, &id.to_string(), "2024-05-01", point(0.5, 0.5), (THEFT, 2)));
    }
    let snapshot = snapshot(holdings, &rules);
    let row = &of(&snapshot, &rules, "2025-01", Level::Commune).rows[0];
    let years = 366.0 / 365.25;
    assert!((row.rate.unwrap() - 10.0 / (5_000.0 * years) * 1e5).abs() < 1e-9);
    // Garwood's limits of 10 events are 4.795 and 18.39.
    assert!((row.rate_low.unwrap() / row.rate.unwrap() - 0.4795).abs() < 1e-4);
    assert!((row.rate_high.unwrap() / row.rate.unwrap() - 1.839).abs() < 1e-3);
}

#[test]
fn sensitive_categories_are_counted_from_the_district_up_only() {
    let rules = shipped_rules();
    let mut holdings = two_editions();
    holdings.incidents.push(&incident(&rules, "1", "2024-05-01", point(0.5, 0.5), ("bao_luc_gia_dinh", 3)));
    holdings.incidents.push(&incident(&rules, "2", "2024-05-01", point(0.5, 0.5), (THEFT, 3)));
    let snapshot = snapshot(holdings, &rules);
    let communes = of(&snapshot, &rules, "2025-01", Level::Commune);
    assert_eq!((counts(&communes), communes.totals.district_only), (vec![1, 0, 0, 0], 1));
    let districts = of(&snapshot, &rules, "2025-01", Level::District);
    assert_eq!((counts(&districts), districts.totals.district_only), (vec![2, 0], 0));
}

#[test]
fn unfounded_report_is_kept_but_never_counted() {
    let rules = shipped_rules();
    let mut holdings = two_editions();
    let mut unfounded = incident(&rules, "1", "2024-05-01", point(0.5, 0.5), (THEFT, 3));
    unfounded.status = rules.taxonomy.status("unfounded").unwrap();
    holdings.incidents.push(&unfounded);
    let snapshot = snapshot(holdings, &rules);
    assert_eq!(of(&snapshot, &rules, "2025-01", Level::Commune).totals.incidents, 0);
    assert_eq!(snapshot.incidents.len(), 1);
}

#[test]
fn incident_known_by_a_commune_of_an_older_edition_counts_where_most_of_that_commune_lies() {
    let rules = shipped_rules();
    let mut holdings = two_editions();
    let place = IncidentLocation::Area(key("2025-01", "20002"));
    holdings.incidents.push(&incident(&rules, "1", "2024-05-01", place, (THEFT, 3)));
    let snapshot = snapshot(holdings, &rules);
    let newer = of(&snapshot, &rules, "2025-07", Level::Commune);
    let without_point: Vec<Option<u32>> = newer.rows.iter().map(|row| row.without_point).collect();
    assert_eq!((without_point, newer.totals.by_commune, newer.totals.with_point), (vec![Some(1), Some(0)], 1, 0));
    assert_eq!(counts(&newer), [1, 0]);
}

#[test]
fn province_without_incidents_has_no_nan_and_no_letters() {
    let rules = shipped_rules();
    let snapshot = snapshot(two_editions(), &rules);
    for row in of(&snapshot, &rules, "2025-01", Level::Commune).rows {
        assert_eq!((row.incidents, row.rate, row.rate_smoothed), (Some(0), Some(0.0), Some(0.0)));
        assert_eq!(row.grade, Grade::Insufficient(Insufficiency::NoRatedEvents));
        assert_eq!([row.ratio, row.ratio_low, row.ratio_high, row.prob_above_1, row.reliability], [None; 5]);
    }
}

#[test]
fn commune_without_residents_has_counts_but_no_rate() {
    let rules = shipped_rules();
    let mut holdings = two_editions();
    holdings.populations.retain(|population| population.area.code.as_str() != "20002");
    holdings.incidents.push(&incident(&rules, "1", "2024-05-01", point(1.5, 0.5), (THEFT, 3)));
    let snapshot = snapshot(holdings, &rules);
    let row = &of(&snapshot, &rules, "2025-01", Level::Commune).rows[1];
    assert_eq!((row.incidents, row.rate, row.ratio, row.grade), (Some(1), None, None, Grade::NoExposure));
}

#[test]
fn unknown_edition_or_level_is_an_error() {
    let rules = shipped_rules();
    let snapshot = snapshot(two_editions(), &rules);
    let filter = everything(&rules, "2025-07", "2024-01-01", "2025-01-01");
    assert!(matches!(assess(&snapshot, Level::District, &filter), Err(AssessmentError::NoSuchLevel { .. })));
    let filter = everything(&rules, "2020-02", "2024-01-01", "2025-01-01");
    assert!(matches!(assess(&snapshot, Level::Commune, &filter), Err(AssessmentError::NoSuchEdition(_))));
}

#[test]
fn models_count_on_the_last_day_of_the_period() {
    let rules = shipped_rules();
    let mut holdings = two_editions();
    let model = |id: &str, started: &str, ended: Option<&str>| CommunityModel {
        id: id.to_owned(),
        kind: "camera".to_owned(),
        position: None,
        area: Some(key("2025-01", "20001")),
        residential_area: None,
        origin: ModelOrigin::New,
        parent_id: None,
        started_on: started.parse().unwrap(),
        ended_on: ended.map(|date| date.parse().unwrap()),
        review: None,
    };
    holdings.models.push(model("kept", "2020-01-01", None));
    holdings.models.push(model("ended on the last day", "2020-01-01", Some("2024-12-31")));
    holdings.models.push(model("started on the last day", "2024-12-31", None));
    holdings.models.push(model("started after", "2025-01-01", None));
    let snapshot = snapshot(holdings, &rules);
    let models = &of(&snapshot, &rules, "2025-01", Level::Commune).rows[0].models;
    assert_eq!(models.active, 2);
    assert!((models.per_10k_residents.unwrap() - 4.0).abs() < 1e-12);
}

#[test]
fn each_kind_of_unit_is_certified_over_its_own_denominator() {
    let rules = shipped_rules();
    let mut holdings = two_editions();
    let mut certify = |id: &str, kind: UnitKind, window: &str, recognised: Declared| {
        holdings.certifications.push(Certification {
            unit_id: id.to_owned(),
            unit_kind: kind,
            area: key("2025-01", "20001"),
            window: window.to_owned(),
            registered: Declared::Yes,
            recognised,
            decided_on: None,
        });
    };
    certify("KDC-1", UnitKind::ResidentialArea, "ANTT-2024-kdc", Declared::Yes);
    certify("KDC-2", UnitKind::ResidentialArea, "ANTT-2024-kdc", Declared::No);
    certify("KDC-2", UnitKind::ResidentialArea, "ANTT-2023-kdc", Declared::Yes);
    certify("XA-1", UnitKind::Commune, "ANTT-2024-xa", Declared::Yes);
    let snapshot = snapshot(holdings, &rules);
    let row = &of(&snapshot, &rules, "2025-01", Level::Commune).rows[0];
    let shares: Vec<_> = row.certification.iter().map(|share| (share.kind, share.share(), &share.window)).collect();
    assert_eq!(shares[0], (UnitKind::ResidentialArea, Some(0.5), &"ANTT-2024-kdc".to_owned()));
    assert_eq!(shares[1], (UnitKind::Commune, Some(1.0), &"ANTT-2024-xa".to_owned()));
    assert_eq!(row.statutory, Statutory::Met);
}

/// The rows of a level in the statistics year 2024 as the public sees them.
fn published(snapshot: &Snapshot, rules: &RuleSet, edition: &str, level: Level) -> Assessment {
    let filter = everything(rules, edition, "2023-12-15", "2024-12-15");
    let release = Release::new(snapshot, Day::of_date("2026-11-01".parse().unwrap())).unwrap();
    assess_released(snapshot, &release, level, &filter).unwrap()
}

fn thefts_of_2024(counts: [u32; 4]) -> (Snapshot, RuleSet) {
    let rules = shipped_rules();
    let mut holdings = two_editions();
    for (commune, count) in counts.into_iter().enumerate() {
        for id in 0..count {
            let place = point(commune as f64 + 0.5, 0.5);
            holdings.incidents.push(&incident(&rules, &format!("{commune}-{id}"), "2024-05-01", place, (THEFT, 2)));
        }
    }
    (snapshot(covered(holdings, "2020-12-15..2025-12-15"), &rules), rules)
}

/// What a public row says of its components: of all that are part of the count, and of the one that stands beside it.
fn components(row: &AreaAssessment) -> [Option<(Option<u32>, Option<f64>)>; 2] {
    let said = |wanted: InTotal| {
        let parts = row.components.iter().filter(move |part| part.in_total == wanted);
        let said: Vec<_> = parts.map(|part| (part.observed, part.expected)).collect();
        said.into_iter().find(|said| *said != (None, None))
    };
    [said(InTotal::Counted), said(InTotal::Beside)]
}

#[test]
fn public_rows_hold_no_small_count_and_nothing_it_could_be_read_from() {
    let (snapshot, rules) = thefts_of_2024([3, 7, 20, 0]);
    let shown = published(&snapshot, &rules, "2025-01", Level::Commune);
    let [small, partner, twenty, none] = shown.rows.as_slice() else { panic!("four communes") };
    for hidden in [small, partner] {
        assert_eq!((hidden.incidents, hidden.rate, hidden.rate_high, hidden.rate_smoothed), (None, None, None, None));
        assert_eq!((hidden.ratio, hidden.reliability, hidden.grade), (None, None, Grade::Suppressed));
        assert_eq!(components(hidden), [None, Some((Some(0), Some(0.0)))], "that nothing was detected is published");
    }
    assert_eq!(twenty.incidents, Some(20));
    // Two published counts do not tell how areas differ: a ratio would have rested on the hidden ones, as it did before.
    let few = Grade::Insufficient(Insufficiency::FewAreasPublished);
    assert_eq!((twenty.ratio, twenty.grade), (None, few));
    assert!((twenty.expected.unwrap() - 20.0 * 7_000.0 / 15_000.0).abs() < 1e-9);
    assert_eq!((none.incidents, none.grade), (Some(0), Grade::Suppressed));
    assert_eq!(shown.method.prior_variance, None);
    // The district and the new commune, which are the two hidden ones together, are published.
    assert_eq!(published(&snapshot, &rules, "2025-01", Level::District).rows[0].incidents, Some(10));
    assert_eq!(published(&snapshot, &rules, "2025-07", Level::Commune).rows[0].incidents, Some(10));
    assert_eq!(of(&snapshot, &rules, "2025-01", Level::Commune).rows[0].incidents, Some(3));
}

#[test]
fn small_count_of_the_only_area_cannot_be_read_from_its_expectation() {
    let (snapshot, rules) = thefts_of_2024([3, 0, 0, 0]);
    let province = &of(&snapshot, &rules, "2025-01", Level::Province).rows[0];
    assert_eq!(province.expected, Some(3.0), "the test no longer finds what it looks for");
    let province = &published(&snapshot, &rules, "2025-01", Level::Province).rows[0];
    assert_eq!((province.incidents, province.expected), (None, None));
    assert_eq!(components(province), [None, Some((Some(0), Some(0.0)))]);
}

#[test]
fn sensitive_category_alone_has_no_count_below_district_for_any_role() {
    let rules = shipped_rules();
    let mut holdings = two_editions();
    holdings.incidents.push(&incident(&rules, "1", "2024-05-01", point(0.5, 0.5), ("tre_em", 3)));
    let snapshot = snapshot(covered(holdings, "2023-12-15..2024-12-15"), &rules);
    let sensitive = CategorySet::EMPTY.with(rules.taxonomy.category("tre_em").unwrap());
    let filter = Filter { categories: sensitive, ..everything(&rules, "2025-01", "2024-01-01", "2025-01-01") };
    let at = |level| assess(&snapshot, level, &filter).unwrap();
    let communes = at(Level::Commune);
    for row in &communes.rows {
        assert_eq!((row.incidents, row.rate, row.expected, row.without_point), (None, None, None, None));
        assert_eq!((row.ratio, row.grade), (None, Grade::Suppressed));
        assert!(row.components.iter().all(|component| component.observed.is_none() && component.expected.is_none()));
    }
    assert_eq!((communes.totals.incidents, communes.totals.district_only), (1, 1));
    assert_eq!(counts(&at(Level::District)), [1, 0]);
    let edition_data = snapshot.edition(filter.edition).unwrap();
    let areas = edition_data.shape.level(Level::Commune).unwrap();
    let at = AreaAt { snapshot: &snapshot, edition_data, areas, area_index: AreaIndex::new(0) };
    assert!(by_year(&at, &filter, Visibility::Full).iter().all(|year| year.incidents.is_none()));
}

/// Counts of one commune of two in the statistics years 2022 to 2024: all, and what the public sees of them.
fn years_seen(counts: [u32; 3]) -> [Vec<Option<u32>>; 2] {
    let rules = shipped_rules();
    let mut holdings = two_editions();
    for (date, count) in ["2022-05-01", "2023-05-01", "2024-05-01"].into_iter().zip(counts) {
        for number in 0..count + 30 {
            let id = format!("{date}-{number}");
            let column = if number < count { 0.5 } else { 1.5 };
            holdings.incidents.push(&incident(&rules, &id, date, point(column, 0.5), (THEFT, 2)));
        }
    }
    let snapshot = snapshot(covered(holdings, "2021-12-15..2024-12-15"), &rules);
    let filter = everything(&rules, "2025-01", "2021-12-15", "2024-12-15");
    let edition_data = snapshot.edition(filter.edition).unwrap();
    let areas = edition_data.shape.level(Level::Commune).unwrap();
    let at = AreaAt { snapshot: &snapshot, edition_data, areas, area_index: AreaIndex::new(0) };
    let release = Release::new(&snapshot, Day::of_date("2025-02-01".parse().unwrap())).unwrap();
    let seen = |sight: Visibility<'_>| by_year(&at, &filter, sight).into_iter().map(|year| year.incidents).collect();
    [seen(Visibility::Full), seen(Visibility::Published(&release))]
}

#[test]
fn small_year_cannot_be_read_from_the_other_years_and_their_sum() {
    assert_eq!(years_seen([8, 4, 5]), [vec![Some(8), Some(4), Some(5)], vec![None, None, None]]);
    assert_eq!(years_seen([8, 0, 5]), [vec![Some(8), Some(0), Some(5)], vec![Some(8), Some(0), Some(5)]]);
}

/// The invented province of the golden file, rated through the whole way from points to letters.
#[test]
fn whole_way_gives_the_golden_rating() {
    let Some(file) = golden("17_composite_rating.json") else { return };
    let rules = shipped_rules();
    let areas = file["weights_3_7_15_20"]["areas"].as_array().unwrap();
    let mut holdings = Holdings::default();
    for (place, area) in areas.iter().enumerate() {
        let code = (20_000 + place).to_string();
        holdings.areas.push(commune("2025-01", &code, None, square(place as u32, 0, 1)));
        let residents = area["population"].as_f64().unwrap() as u32;
        holdings.populations.push(population("2025-01", &code, residents));
        for (class, count) in area["counts"].as_array().unwrap().iter().enumerate() {
            for number in 0..count.as_u64().unwrap() {
                let id = format!("{place}-{class}-{number}");
                let at = point(place as f64 + 0.5, 0.5);
                holdings.incidents.push(&incident(&rules, &id, "2024-06-01", at, (THEFT, class as u8 + 2)));
            }
        }
    }
    let assessment = of(&snapshot(holdings, &rules), &rules, "2025-01", Level::Commune);
    let bands = rules.schemes.scheme(rules.schemes.default_index()).grade.bands;
    let mut largest = 0.0_f64;
    for (row, area) in assessment.rows.iter().zip(areas) {
        for (value, name) in [
            (row.ratio, "rr_median"),
            (row.ratio_low, "rr_lo"),
            (row.ratio_high, "rr_hi"),
            (row.prob_above_1, "prob_above_1"),
            (row.reliability, "reliability"),
        ] {
            let expected = area[name].as_f64().unwrap();
            let deviation = (value.unwrap() - expected).abs() / expected.abs();
            assert!(deviation < 1e-9, "{name}: {value:?}, expected {expected}");
            largest = largest.max(deviation);
        }
        // The golden letter is the band of the median; ours is said where it is likelier than all others together.
        let letter = Letter::of(row.ratio.unwrap(), bands);
        assert_eq!(Some(letter.as_str()), area["grade"].as_str());
        let is_likely = row.prob_letter.unwrap() >= 0.5;
        assert_eq!(row.grade, if is_likely { Grade::Letter(letter) } else { Grade::Range });
        assert_eq!(row.grade_best.map(Letter::as_str), area["grade_best"].as_str());
        assert_eq!(row.grade_worst.map(Letter::as_str), area["grade_worst"].as_str());
    }
    say(&format!("17 through snapshot and assessment: largest relative deviation {largest:.1e}"));
}
