//! The four densities of community models, from holdings to the rows of an assessment.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::f64::consts::PI;
use std::sync::Arc;

use binhyen::assessment::release::Release;
use binhyen::assessment::shared_figures::SharedFigures;
use binhyen::assessment::{AreaAssessment, Assessment, ModelDensity, assess, assess_released};
use binhyen::cli::sample::fill;
use binhyen::domain::area::edition::EditionIndex;
use binhyen::domain::area::{Level, Position};
use binhyen::domain::holdings::Holdings;
use binhyen::domain::model::model_stock::{ModelHistory, Stock};
use binhyen::domain::model::{CommunityModel, ModelOrigin};
use binhyen::domain::rules::rule_set::RuleSet;
use binhyen::domain::standard::certification::{Certification, Declared, UnitKind};
use binhyen::domain::time::period::Day;
use binhyen::geometry::local_metres::{LocalFrame, LocalPoint};
use binhyen::geometry::projection;
use binhyen::snapshot::{Snapshot, build};
use binhyen::store::Store;

use crate::support::golden::say;
use crate::support::imports::{wait, words};
use crate::support::province::{CORNER, SIDE, everything, key, shipped_rules, snapshot, two_editions};

const CAMERA_REACH_M: f64 = 100.0;

fn model(id: &str, kind: &str, position: Option<(f64, f64)>) -> CommunityModel {
    CommunityModel {
        id: id.to_owned(),
        kind: kind.to_owned(),
        position: position.map(|(column, row)| Position::new(CORNER.0 + column * SIDE, CORNER.1 + row * SIDE).unwrap()),
        area: Some(key("2025-01", "20001")),
        residential_area: None,
        origin: ModelOrigin::New,
        parent_id: None,
        started_on: "2020-01-01".parse().unwrap(),
        ended_on: None,
        review: None,
    }
}

fn with_models(models: Vec<CommunityModel>) -> Holdings {
    Holdings { models, ..two_editions() }
}

fn rows(snapshot: &Snapshot, rules: &RuleSet, level: Level) -> Assessment {
    assess(snapshot, level, &everything(rules, "2025-01", "2024-01-01", "2025-01-01")).unwrap()
}

fn of_kind<'a>(assessment: &'a Assessment, rules: &RuleSet, area: usize, kind: &str) -> &'a ModelDensity {
    &assessment.rows[area].models_by_kind[rules.rules.model_kind_index(kind).unwrap().index()]
}

/// The size of a square commune in the plane in which reaches are measured.
fn square_m2() -> f64 {
    let frame = LocalFrame::around(projection::LonLat::new(CORNER.0, CORNER.1 + SIDE / 2.0));
    let LocalPoint { x_m, y_m } = frame.to_local(projection::LonLat::new(CORNER.0 + SIDE, CORNER.1 + 1.5 * SIDE));
    x_m * y_m
}

fn is(found: Option<f64>, expected: f64) {
    let found = found.unwrap();
    // The plane of a commune lies around its label, which is the middle of a square only to a few metres.
    assert!((found - expected).abs() <= 1e-4 * expected, "{found} is not {expected}");
}

#[test]
fn one_disc_covers_its_share_of_commune_and_of_the_residents_of_the_district() {
    let rules = shipped_rules();
    let snapshot = snapshot(with_models(vec![model("M", "camera", Some((0.5, 0.5)))]), &rules);
    let share = PI * CAMERA_REACH_M * CAMERA_REACH_M / square_m2();
    let communes = rows(&snapshot, &rules, Level::Commune);
    is(of_kind(&communes, &rules, 0, "camera").coverage, share);
    assert_eq!(of_kind(&communes, &rules, 0, "to_hoa_giai").coverage, Some(0.0));
    assert_eq!(of_kind(&communes, &rules, 1, "camera").coverage, Some(0.0));
    assert_eq!(communes.rows[0].models.coverage, None, "reaches of kinds are not united");
    // 5,000 of the 11,000 residents of the district live in that commune.
    is(of_kind(&rows(&snapshot, &rules, Level::District), &rules, 0, "camera").coverage, share * 5.0 / 11.0);
    is(of_kind(&rows(&snapshot, &rules, Level::Province), &rules, 0, "camera").coverage, share * 5.0 / 26.0);
}

#[test]
fn what_two_models_reach_is_counted_once_and_a_border_divides_it() {
    let rules = shipped_rules();
    let radius_in_columns = CAMERA_REACH_M / square_m2().sqrt();
    let pair = vec![
        model("A", "camera", Some((0.5, 0.5))),
        model("B", "camera", Some((0.5, 0.5))),
        model("C", "camera", Some((1.0, 0.25))),
    ];
    assert!(radius_in_columns < 0.02, "the discs stay apart");
    let snapshot = snapshot(with_models(pair), &rules);
    let disc = PI * CAMERA_REACH_M * CAMERA_REACH_M / square_m2();
    let communes = rows(&snapshot, &rules, Level::Commune);
    is(of_kind(&communes, &rules, 0, "camera").coverage, 1.5 * disc);
    is(of_kind(&communes, &rules, 1, "camera").coverage, 0.5 * disc);
    assert_eq!((communes.rows[0].models.active, communes.rows[1].models.active), (3, 0));
}

/// A residential area that was registered for certification.
fn unit(unit_id: &str, code: &str, window: &str) -> Certification {
    Certification {
        unit_id: unit_id.to_owned(),
        unit_kind: UnitKind::ResidentialArea,
        area: key("2025-01", code),
        window: window.to_owned(),
        registered: Declared::Yes,
        recognised: Declared::Yes,
        decided_on: None,
    }
}

#[test]
fn team_reaches_the_residential_areas_that_it_names_and_not_the_whole_commune() {
    let rules = shipped_rules();
    let team = |id: &str, unit: Option<&str>| CommunityModel {
        residential_area: unit.map(str::to_owned),
        ..model(id, "to_tu_quan", None)
    };
    let mut holdings = with_models(vec![
        team("T", Some("K1")),
        team("U", Some("K1")),
        team("V", Some("K3")),
        model("H", "to_hoa_giai", None),
        model("C", "camera", None),
    ]);
    holdings.certifications = ["K1", "K2", "K4", "K5"].map(|id| unit(id, "20001", "ANTT-2023-kdc")).to_vec();
    holdings.certifications.extend(["K3", "K6"].map(|id| unit(id, "20002", "ANTT-2023-kdc")));
    let snapshot = snapshot(holdings, &rules);
    let communes = rows(&snapshot, &rules, Level::Commune);
    let of = |area: usize, kind: &str| of_kind(&communes, &rules, area, kind).coverage;
    assert_eq!(of(0, "to_tu_quan"), Some(0.25), "two teams name one of four");
    assert_eq!(of(1, "to_tu_quan"), Some(0.5), "one stands in the first commune and works for one of two here");
    assert_eq!(of(0, "to_hoa_giai"), None, "it names no residential area");
    assert_eq!((of(2, "to_tu_quan"), of(2, "to_hoa_giai")), (Some(0.0), Some(0.0)));
    assert_eq!(of(0, "camera"), Some(0.0), "a camera of no known place reaches nothing");
    // 5,000 residents of the district live in the first commune, 6,000 in the second.
    is(
        of_kind(&rows(&snapshot, &rules, Level::District), &rules, 0, "to_tu_quan").coverage,
        (5.0 * 0.25 + 6.0 * 0.5) / 11.0,
    );
}

#[test]
fn residential_areas_are_served_by_the_models_that_name_them() {
    let rules = shipped_rules();
    let serving = |id: &str, unit: &str| CommunityModel {
        residential_area: Some(unit.to_owned()),
        ..model(id, "camera", Some((0.5, 0.5)))
    };
    let mut holdings =
        with_models(vec![serving("A", "K1"), serving("B", "K1"), serving("C", "K9"), model("D", "to_hoa_giai", None)]);
    holdings.certifications = vec![
        unit("K1", "20001", "ANTT-2022-kdc"),
        unit("K1", "20001", "ANTT-2023-kdc"),
        unit("K2", "20001", "ANTT-2022-kdc"),
        unit("K3", "20002", "ANTT-2022-kdc"),
    ];
    let snapshot = snapshot(holdings, &rules);
    let communes = rows(&snapshot, &rules, Level::Commune);
    let first = &communes.rows[0].models;
    assert_eq!((first.per_residential_area, first.residential_areas_served), (Some(4.0 / 2.0), Some(1.0 / 2.0)));
    assert_eq!(of_kind(&communes, &rules, 0, "to_hoa_giai").residential_areas_served, Some(0.0));
    assert_eq!(communes.rows[1].models.residential_areas_served, Some(0.0));
    assert_eq!(communes.rows[2].models.per_residential_area, None, "no residential area is registered there");
    is(rows(&snapshot, &rules, Level::District).rows[0].models.residential_areas_served, 1.0 / 3.0);
}

#[test]
fn few_residents_have_a_count_and_no_rate_and_days_decide_what_runs() {
    let rules = shipped_rules();
    let later = CommunityModel { started_on: "2025-01-01".parse().unwrap(), ..model("L", "camera", Some((0.2, 0.2))) };
    let mut holdings = with_models(vec![model("M", "camera", Some((0.5, 0.5))), later]);
    holdings.populations.iter_mut().for_each(|row| row.residents = 999);
    let snapshot = snapshot(holdings, &rules);
    let row = &rows(&snapshot, &rules, Level::Commune).rows[0];
    assert_eq!((row.models.active, row.models.per_10k_residents), (1, None));
    let next = assess(&snapshot, Level::Commune, &everything(&rules, "2025-01", "2025-01-01", "2026-01-01")).unwrap();
    assert_eq!(next.rows[0].models.active, 2);
    let camera =
        |row: &AreaAssessment| row.models_by_kind[rules.rules.model_kind_index("camera").unwrap().index()].coverage;
    is(camera(&next.rows[0]), 2.0 * camera(row).unwrap());
}

#[test]
fn public_gets_the_number_of_models_and_nothing_that_tells_where_they_stand() {
    let rules = shipped_rules();
    let snapshot = snapshot(with_models(vec![model("M", "camera", Some((0.5, 0.5)))]), &rules);
    let release = Release::new(&snapshot, Day::of_date("2026-11-01".parse().unwrap())).unwrap();
    let filter = everything(&rules, "2025-01", "2021-12-15", "2022-12-15");
    let public = assess_released(&snapshot, &release, Level::Commune, &filter).unwrap();
    for density in std::iter::once(&public.rows[0].models).chain(public.rows[0].models_by_kind.iter()) {
        assert_eq!((density.coverage, density.residential_areas_served), (None, None));
    }
    assert_eq!(public.rows[0].models.active, 1);
    assert!(public.rows[0].models.per_10k_residents.is_some());
}

#[test]
fn reach_is_kept_while_models_and_boundaries_stay() {
    let rules = shipped_rules();
    let day = Day::of_date("2024-06-01".parse().unwrap());
    let figures = SharedFigures::default();
    let shares = |snapshot: &Snapshot| figures.reach_shares(snapshot, &snapshot.editions[EditionIndex::new(0)], day);
    let models = vec![model("M", "camera", Some((0.5, 0.5)))];
    let first = build(with_models(models.clone()), &rules, None).unwrap();
    let found = shares(&first);
    assert!(Arc::ptr_eq(&found, &shares(&first)));
    let mut grown = with_models(models.clone());
    grown.epoch = 1;
    let second = build(grown, &rules, Some(&first)).unwrap();
    assert!(Arc::ptr_eq(&found, &shares(&second)), "nothing that matters has changed");
    let moved = build(with_models(vec![model("M", "camera", Some((1.0, 0.5)))]), &rules, Some(&second)).unwrap();
    assert!(!Arc::ptr_eq(&found, &shares(&moved)));
}

#[test]
fn sample_has_the_published_stock_of_2022() {
    let folder = tempfile::tempdir().unwrap();
    let words = words();
    let holdings = wait(async {
        let store = Store::open(folder.path(), &words.taxonomy).await.unwrap();
        fill(&store, &words).await.unwrap();
        store.load().await.unwrap()
    });
    let rules = shipped_rules();
    let snapshot = build(holdings, &rules, None).unwrap();
    let stock = |window: &str, kind: Option<&str>| {
        let of_kind = snapshot.models.iter().filter(|model| kind.is_none_or(|kind| model.kind == kind));
        let lives = of_kind.map(|model| ModelHistory::of(model, &snapshot.model_events));
        Stock::of(lives, rules.rules.window(window).unwrap().period)
    };
    for window in ["N-2022", "TK-2022"] {
        let Stock { start, new, replicated, retired, kept, end } = stock(window, None);
        say(&format!(
            "{window}: {start} + {new} new + {replicated} replicated − {retired} retired = {end}, {kept} kept"
        ));
        assert_eq!((kept, new + replicated, retired), (1_039, 70, 344));
        assert!(stock(window, None).balances());
        let kinds = &rules.rules.model_kinds;
        assert!(kinds.iter().all(|kind| stock(window, Some(&kind.id)).balances()));
        assert_eq!(kinds.iter().filter(|kind| stock(window, Some(&kind.id)).kept > 0).count(), 10);
        let fields: std::collections::BTreeSet<&str> = kinds.iter().map(|kind| kind.field.as_str()).collect();
        assert_eq!(fields.len(), 5);
    }
}
