//! The statutory reading on a small world: criteria, units, agreement, who is missing, which circular judges.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

use std::sync::Arc;

use binhyen::assessment::Statutory;
use binhyen::assessment::statutory::{
    Agreement, Facts, ShareFacts, StatutoryEvaluation, StatutoryVerdict, UnitCheck, by_area, disagreements, evidence,
    judged_window,
};
use binhyen::domain::area::{CommuneIndex, Level};
use binhyen::domain::holdings::Holdings;
use binhyen::domain::incident::taxonomy::Taxonomy;
use binhyen::domain::model::{CommunityModel, ModelOrigin, Review};
use binhyen::domain::rules::Rules;
use binhyen::domain::rules::rule_set::RuleSet;
use binhyen::domain::standard::certification::{Certification, Decision, Declared, UnitKind};
use binhyen::domain::standard::declaration::Declaration;
use binhyen::domain::standard::unit::{InstitutionForm, Unit};
use binhyen::domain::time::period::Period;
use binhyen::snapshot::Snapshot;

use crate::support::golden::say;
use crate::support::province::{incident, key, point, shipped_rules, snapshot, two_editions};

const COMMUNE: &str = "20001";
const DECLARED: [&str; 5] = ["5.1.a", "5.2.a", "5.2.b", "5.2.c", "5.3"];

fn unit(id: &str, kind: UnitKind, commune: &str) -> Unit {
    Unit {
        id: id.to_owned(),
        kind,
        form: None,
        area: key("2025-01", commune),
        label: Some(format!("Nơi {id}")),
        established_on: None,
        dissolved_on: None,
    }
}

fn certification(id: &str, kind: UnitKind, window: &str, recognised: Declared) -> Certification {
    Certification {
        unit_id: id.to_owned(),
        unit_kind: kind,
        area: key("2025-01", COMMUNE),
        window: window.to_owned(),
        registered: Declared::Yes,
        recognised,
        decided_on: None,
    }
}

fn declaration(window: &str, criterion: &str, met: Declared) -> Declaration {
    Declaration {
        unit_id: COMMUNE.to_owned(),
        unit_kind: UnitKind::Commune,
        area: key("2025-01", COMMUNE),
        window: window.to_owned(),
        criterion: criterion.parse().unwrap(),
        met,
    }
}

fn model(id: &str, started_on: &str, review: Option<(&str, Review)>) -> CommunityModel {
    CommunityModel {
        id: id.to_owned(),
        kind: "camera".to_owned(),
        position: None,
        area: Some(key("2025-01", COMMUNE)),
        origin: ModelOrigin::New,
        parent_id: None,
        started_on: started_on.parse().unwrap(),
        ended_on: None,
        residential_area: None,
        review: review.map(|(day, review)| (day.parse().unwrap(), review)),
    }
}

/// A commune that meets everything in a year: ten residential areas of which so many are recognised, one
/// agency, one good model, every declaration, and the decision.
fn good_commune(year: i16, recognised: usize) -> Holdings {
    commune_with(year, (recognised, 10))
}

/// The same with so many recognised residential areas of so many.
fn commune_with(year: i16, (recognised, units): (usize, usize)) -> Holdings {
    let (areas, communes) = (format!("ANTT-{year}-kdc"), format!("ANTT-{year}-xa"));
    let mut holdings = two_editions();
    for number in 0..units {
        let id = format!("KDC-{number}");
        holdings.units.push(unit(&id, UnitKind::ResidentialArea, COMMUNE));
        let outcome = Declared::of(number < recognised);
        holdings.certifications.push(certification(&id, UnitKind::ResidentialArea, &areas, outcome));
    }
    holdings.units.push(unit("CQ-1", UnitKind::Agency, COMMUNE));
    holdings.certifications.push(certification("CQ-1", UnitKind::Agency, &communes, Declared::Yes));
    holdings.certifications.push(certification(COMMUNE, UnitKind::Commune, &communes, Declared::Yes));
    holdings.declarations.extend(DECLARED.map(|criterion| declaration(&communes, criterion, Declared::Yes)));
    holdings.models.push(model("M-1", "2019-01-01", Some(("2020-05-01", Review::Good))));
    holdings
}

fn period(snapshot: &Snapshot, window: &str) -> Period {
    snapshot.rules.window(window).unwrap().period
}

/// Looks at the check of the commune in a window.
fn with_check<T>(
    holdings: Holdings,
    window: &str,
    look: impl FnOnce(&StatutoryEvaluation<'_>, &UnitCheck<'_>) -> T,
) -> T {
    with_check_under(&shipped_rules(), holdings, window, look)
}

fn with_check_under<T>(
    rules: &RuleSet,
    holdings: Holdings,
    window: &str,
    look: impl FnOnce(&StatutoryEvaluation<'_>, &UnitCheck<'_>) -> T,
) -> T {
    let snapshot = snapshot(holdings, rules);
    let reading = StatutoryEvaluation::of(&snapshot, period(&snapshot, window)).unwrap();
    let commune = *reading.commune(&key("2025-01", COMMUNE)).unwrap();
    look(&reading, &reading.check(&commune))
}

fn verdict_of(check: &UnitCheck<'_>, criterion: &str) -> StatutoryVerdict {
    check.criteria.iter().find(|found| found.criterion.id.as_str() == criterion).unwrap().verdict
}

fn shares<'c>(check: &'c UnitCheck<'_>) -> &'c ShareFacts {
    check
        .criteria
        .iter()
        .find_map(|criterion| match &criterion.facts {
            Facts::Shares(shares) => Some(shares),
            _ => None,
        })
        .unwrap()
}

#[test]
fn a_commune_that_meets_every_criterion_agrees_with_its_recognition() {
    with_check(good_commune(2024, 7), "ANTT-2024-xa", |reading, check| {
        assert_eq!(reading.circular.unwrap().id, "124/2021/TT-BCA");
        assert!(
            check.criteria.iter().all(|criterion| criterion.verdict == StatutoryVerdict::Met),
            "{:?}",
            check.criteria
        );
        assert_eq!((check.official, check.check, check.agreement), (Statutory::Met, Statutory::Met, Agreement::Agrees));
    });
}

#[test]
fn seven_tenths_are_judged_in_whole_numbers() {
    for ((recognised, units), expected) in [
        ((7, 10), StatutoryVerdict::Met),
        ((14, 20), StatutoryVerdict::Met),
        ((16, 25), StatutoryVerdict::NotMet),
        ((18, 25), StatutoryVerdict::Met),
        ((69, 100), StatutoryVerdict::NotMet),
    ] {
        with_check(commune_with(2024, (recognised, units)), "ANTT-2024-xa", |_, check| {
            let verdict = verdict_of(check, "5.4");
            say(&format!("5(4): {recognised} of {units} residential areas recognised: {verdict:?}"));
            assert_eq!(verdict, expected, "{recognised}/{units}");
        });
    }
}

#[test]
fn six_recognised_areas_of_ten_contradict_the_recognition_and_are_named() {
    with_check(good_commune(2024, 6), "ANTT-2024-xa", |_, check| {
        assert_eq!(verdict_of(check, "5.4"), StatutoryVerdict::NotMet);
        assert_eq!(check.agreement, Agreement::Disagrees);
        let areas = &shares(check).kinds[0];
        let named: Vec<&str> = areas.unrecognised.iter().map(|unit| unit.unit_id.as_str()).collect();
        assert_eq!(named, ["KDC-6", "KDC-7", "KDC-8", "KDC-9"]);
        assert_eq!(areas.unrecognised[0].label.as_deref(), Some("Nơi KDC-6"));
    });
}

#[test]
fn what_is_missing_is_never_met() {
    let mut holdings = good_commune(2024, 10);
    holdings.declarations.retain(|row| row.criterion.as_str() != "5.3");
    with_check(holdings, "ANTT-2024-xa", |_, check| {
        assert_eq!(verdict_of(check, "5.3"), StatutoryVerdict::NoData);
        assert_eq!((check.check, check.agreement), (Statutory::Insufficient, Agreement::Unknown));
    });
}

#[test]
fn a_unit_on_the_register_of_which_nobody_spoke_is_missing_by_name() {
    let mut holdings = good_commune(2024, 10);
    holdings.units.push(unit("KDC-90", UnitKind::ResidentialArea, COMMUNE));
    with_check(holdings, "ANTT-2024-xa", |_, check| {
        assert_eq!(verdict_of(check, "5.4"), StatutoryVerdict::NoData);
        let areas = &shares(check).kinds[0];
        assert_eq!((areas.counts.units, areas.counts.registered), (11, 10));
        assert_eq!(areas.silent.iter().map(|unit| unit.unit_id.as_str()).collect::<Vec<_>>(), ["KDC-90"]);
    });
}

#[test]
fn units_out_of_scope_or_not_there_yet_need_not_register() {
    let mut holdings = good_commune(2024, 10);
    holdings.units.push(Unit { form: Some(InstitutionForm::Primary), ..unit("TH-1", UnitKind::School, COMMUNE) });
    holdings.units.push(Unit { form: Some(InstitutionForm::Small), ..unit("DN-1", UnitKind::Business, COMMUNE) });
    let later = unit("KDC-91", UnitKind::ResidentialArea, COMMUNE);
    holdings.units.push(Unit { established_on: "2024-11-01".parse().ok(), ..later });
    with_check(holdings, "ANTT-2024-xa", |_, check| {
        let kinds = &shares(check).kinds;
        assert_eq!(kinds.iter().map(|share| share.counts.units).collect::<Vec<_>>(), [10, 1, 0, 0]);
        assert_eq!(kinds[3].verdict, StatutoryVerdict::NotApplicable);
        assert_eq!(check.check, Statutory::Met);
    });
}

#[test]
fn without_a_register_a_hundred_percent_cannot_be_said() {
    let mut holdings = good_commune(2024, 10);
    holdings.units.clear();
    with_check(holdings, "ANTT-2024-xa", |_, check| {
        assert_eq!((verdict_of(check, "5.4"), check.agreement), (StatutoryVerdict::NoData, Agreement::Unknown));
    });
}

#[test]
fn a_model_counts_by_its_last_review_before_the_end_of_the_window() {
    let of = |models: Vec<CommunityModel>| {
        let holdings = Holdings { models, ..good_commune(2024, 10) };
        with_check(holdings, "ANTT-2024-xa", |_, check| verdict_of(check, "5.1.b"))
    };
    assert_eq!(of(vec![model("M", "2019-01-01", Some(("2024-11-15", Review::Fair)))]), StatutoryVerdict::Met);
    assert_eq!(of(vec![model("M", "2019-01-01", Some(("2024-11-16", Review::Fair)))]), StatutoryVerdict::NoData);
    assert_eq!(of(vec![model("M", "2019-01-01", Some(("2024-05-01", Review::Weak)))]), StatutoryVerdict::NotMet);
    assert_eq!(of(vec![model("M", "2024-11-16", None)]), StatutoryVerdict::NotMet, "it started after the window");
    assert_eq!(of(Vec::new()), StatutoryVerdict::NoData, "no model was ever imported");
}

/// The shipped rules with the windows of 2021, which the circular of 2012 judges.
fn rules_with_2021(pooled: &str) -> RuleSet {
    let taxonomy = Taxonomy::from_toml(include_str!("../../../geodata/taxonomy.toml")).unwrap();
    let window = |id: &str, from: &str, to: &str, serves: &str| {
        format!(
            "\n[[window]]\nid = \"{id}\"\nfrom = \"{from}\"\nto = \"{to}\"\nreleased = false\nuse = \"{serves}\"\n\
             vi = \"{id}\"\nen = \"{id}\"\n"
        )
    };
    let text = [
        include_str!("../../../geodata/rules.toml").to_owned(),
        window("ANTT-2021-kdc", "2020-11-01", "2021-11-01", "certification_residential_area"),
        window("ANTT-2021-xa", "2020-11-16", "2021-11-16", "certification_commune"),
    ];
    let rules = Rules::from_toml(&text.concat(), &taxonomy).unwrap();
    let old = include_str!("../../../geodata/circulars/023-2012.toml").replace("pool = \"pooled\"", pooled);
    let files =
        [("023-2012.toml", old.as_str()), ("124-2021.toml", include_str!("../../../geodata/circulars/124-2021.toml"))];
    let circulars = binhyen::domain::standard::circulars::Circulars::from_files(files.into_iter(), &taxonomy).unwrap();
    RuleSet { rules: Arc::new(rules), circulars: Arc::new(circulars), ..shipped_rules() }
}

#[test]
fn the_circular_in_force_at_the_end_of_the_window_judges_it() {
    let rules = rules_with_2021("pool = \"pooled\"");
    let without_models = |year| {
        let mut holdings = good_commune(year, 10);
        holdings.models = vec![model("M", "2019-01-01", Some(("2020-01-01", Review::Weak)))];
        holdings
    };
    with_check_under(&rules, without_models(2021), "ANTT-2021-xa", |reading, check| {
        assert_eq!(reading.circular.unwrap().id, "23/2012/TT-BCA");
        assert_eq!(check.check, Statutory::Met, "it does not ask for a model");
    });
    with_check_under(&rules, without_models(2022), "ANTT-2022-xa", |reading, check| {
        assert_eq!(reading.circular.unwrap().id, "124/2021/TT-BCA");
        assert_eq!((check.check, check.agreement), (Statutory::NotMet, Agreement::Disagrees));
    });
}

#[test]
fn pooled_kinds_pass_where_each_kind_by_itself_fails() {
    let world = || {
        let mut holdings = good_commune(2021, 10);
        holdings.units.push(unit("TH-1", UnitKind::School, COMMUNE));
        let school = certification("TH-1", UnitKind::School, "ANTT-2021-xa", Declared::No);
        holdings.certifications.push(school);
        holdings
    };
    let of = |pool: &str| {
        with_check_under(&rules_with_2021(pool), world(), "ANTT-2021-xa", |_, check| verdict_of(check, "5.4"))
    };
    assert_eq!(of("pool = \"pooled\""), StatutoryVerdict::Met, "11 of 12");
    assert_eq!(of("pool = \"each\""), StatutoryVerdict::NotMet, "0 of 1 school");
}

#[test]
fn the_decision_with_its_number_sets_what_a_unit_is() {
    let mut holdings = good_commune(2024, 10);
    holdings.decisions.push(Decision {
        unit_id: COMMUNE.to_owned(),
        unit_kind: UnitKind::Commune,
        area: key("2025-01", COMMUNE),
        window: "ANTT-2024-xa".to_owned(),
        recognised: Declared::No,
        number: "12/QĐ-UBND".to_owned(),
        decided_on: "2024-11-20".parse().unwrap(),
        body: "UBND tỉnh".to_owned(),
    });
    with_check(holdings, "ANTT-2024-xa", |_, check| {
        assert_eq!(check.unit.decision.unwrap().number, "12/QĐ-UBND");
        assert_eq!((check.official, check.check), (Statutory::NotMet, Statutory::Met));
    });
}

#[test]
fn rows_of_a_merged_commune_stand_for_the_communes_in_it() {
    let rules = shipped_rules();
    let mut holdings = good_commune(2024, 6);
    let neighbour = Certification {
        unit_id: "20002".to_owned(),
        area: key("2025-01", "20002"),
        ..certification("20002", UnitKind::Commune, "ANTT-2024-xa", Declared::No)
    };
    holdings.certifications.push(neighbour);
    let snapshot = snapshot(holdings, &rules);
    let reading = StatutoryEvaluation::of(&snapshot, period(&snapshot, "TK-2024")).unwrap();
    let agreements = |edition: &str| {
        let edition_data = snapshot.edition(edition.parse().unwrap()).unwrap();
        let areas = edition_data.shape.level(Level::Commune).unwrap();
        let standings = by_area(Some(&reading), edition_data, areas);
        standings.iter().map(|standing| standing.agreement).collect::<Vec<_>>()
    };
    let [agrees, unknown, disagrees] = [Agreement::Agrees, Agreement::Unknown, Agreement::Disagrees].map(Some);
    assert_eq!(agreements("2025-01"), [disagrees, agrees, unknown, unknown], "20002 has no model and no recognition");
    assert_eq!(agreements("2025-07"), [disagrees, unknown]);
    let merged = snapshot.edition("2025-07".parse().unwrap()).unwrap();
    let listed = disagreements(&reading, merged);
    assert_eq!((listed.len(), listed[0].commune, listed[0].check.unit.unit_id), (1, CommuneIndex::new(0), COMMUNE));
}

#[test]
fn evidence_calls_a_change_chance_unless_its_probability_is_small() {
    let rules = shipped_rules();
    let of = |now: u32, before: u32| {
        let mut holdings = good_commune(2024, 10);
        let mut happened = |date: &str, count: u32| {
            for number in 0..count {
                let id = format!("{date}-{number}");
                holdings.incidents.push(&incident(&rules, &id, date, point(0.5, 0.5), ("trom_cap", 3)));
            }
        };
        happened("2023-03-01", now);
        happened("2022-03-01", before);
        // Elsewhere, so that the incidents are known to reach over both windows.
        for date in ["2021-01-01", "2024-01-01"] {
            holdings.incidents.push(&incident(&rules, date, date, point(3.5, 0.5), ("trom_cap", 3)));
        }
        let snapshot = snapshot(holdings, &rules);
        let circular = snapshot.circulars.in_force_for(period(&snapshot, "ANTT-2023-xa")).unwrap();
        let window = snapshot.rules.window("ANTT-2023-xa").unwrap();
        evidence(&snapshot, &key("2025-01", COMMUNE), window, &circular.evidence).unwrap()
    };
    // Six against none in two windows of 365 days: 2/2⁶.
    let fallen = of(0, 6);
    assert_eq!((fallen.total.now, fallen.total.before), (0, 6));
    assert!((fallen.total.p - 2.0 / 64.0).abs() < 1e-9 && !fallen.total.is_within_chance(), "{fallen:?}");
    let same = of(3, 2);
    assert!(same.total.p > 0.99 && same.total.is_within_chance(), "{same:?}");
    let by_severity: Vec<u32> = same.by_severity.iter().map(|(_, change)| change.now).collect();
    assert_eq!(by_severity.iter().sum::<u32>(), same.total.now);
    assert_eq!(by_severity[2], 3, "all are of the third severity");
}

#[test]
fn without_both_windows_there_is_no_evidence() {
    let rules = shipped_rules();
    let mut holdings = good_commune(2024, 10);
    holdings.incidents.push(&incident(&rules, "only", "2024-03-01", point(0.5, 0.5), ("trom_cap", 3)));
    let snapshot = snapshot(holdings, &rules);
    let circular = snapshot.circulars.in_force_for(period(&snapshot, "ANTT-2024-xa")).unwrap();
    let window = snapshot.rules.window("ANTT-2024-xa").unwrap();
    assert_eq!(evidence(&snapshot, &key("2025-01", COMMUNE), window, &circular.evidence), None);
}

#[test]
fn nothing_is_read_before_the_first_window_with_rows_has_ended() {
    let snapshot = snapshot(good_commune(2024, 10), &shipped_rules());
    assert!(StatutoryEvaluation::of(&snapshot, period(&snapshot, "TK-2023")).is_none());
    let window = judged_window(&snapshot, UnitKind::Commune, period(&snapshot, "3N-2025"));
    assert_eq!(window.map(|window| window.id.as_str()), Some("ANTT-2024-xa"), "the last one with rows");
}

/// The good commune decided on as the unit of 2025-07 that it became the larger part of.
fn decided_as_merged_unit(areas: usize) -> Holdings {
    let merged = key("2025-07", COMMUNE);
    let mut holdings = commune_with(2025, (areas, areas));
    let of_communes = |kind: UnitKind| kind == UnitKind::Commune;
    for row in holdings.certifications.iter_mut().filter(|row| of_communes(row.unit_kind)) {
        row.area = merged.clone();
    }
    holdings.declarations.iter_mut().for_each(|row| row.area = merged.clone());
    holdings
}

#[test]
fn units_entered_under_a_former_commune_count_for_the_unit_that_it_became_part_of() {
    let rules = shipped_rules();
    let check = |holdings: Holdings| {
        let snapshot = snapshot(holdings, &rules);
        let reading = StatutoryEvaluation::of(&snapshot, period(&snapshot, "TK-2025")).unwrap();
        let commune = *reading.commune(&key("2025-07", COMMUNE)).unwrap();
        let check = reading.check(&commune);
        let Facts::Shares(facts) = &check.criteria.last().unwrap().facts else { panic!("{:?}", check.criteria) };
        (check.check, facts.kinds[0].counts.units, facts.kinds[0].silent.len())
    };
    assert_eq!(check(decided_as_merged_unit(10)), (Statutory::Met, 10, 0));
    // A unit on the register of the other commune of the two, of which nothing is said, is missing in the merged one.
    let mut holdings = decided_as_merged_unit(10);
    holdings.units.push(unit("KDC-silent", UnitKind::ResidentialArea, "20002"));
    assert_eq!(check(holdings), (Statutory::Insufficient, 11, 1));
}
