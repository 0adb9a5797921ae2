//! What components are measured against beside residents: visitors, kilometres of road, and what is not known.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

use binhyen::assessment::explanation::explain;
use binhyen::assessment::rating::grade::{Grade, Insufficiency};
use binhyen::assessment::{Assessment, ComponentAssessment, assess};
use binhyen::cli::{DataFolder, sample};
use binhyen::config::RuleFiles;
use binhyen::domain::area::exposure::{ExposureFigure, ExposureKind, Measure, Quantity};
use binhyen::domain::area::{AreaIndex, Level};
use binhyen::domain::filter::Filter;
use binhyen::domain::holdings::Holdings;
use binhyen::domain::rules::rule_set::RuleSet;
use binhyen::domain::rules::scheme::ComponentIndex;
use binhyen::snapshot::{Snapshot, build};
use binhyen::statistics::{AreaPosition, ClassTable, ConfidenceLevel as Coverage, Standard};
use binhyen::store::Store;

use crate::support::imports::wait;
use crate::support::province::{commune, everything, incident, key, point, population, snapshot, square};
use crate::support::rule_set_of;
use crate::support::snapshot::{PLANNER, TestServer, WINDOW, holdings};

/// Places of the components in the scheme.
const ORDER: usize = 0;
const TRAFFIC: usize = 1;
const FIRE: usize = 2;

/// The shipped files, the default scheme measuring order crime against residents and visitors, and traffic against
/// roads.
fn rules() -> RuleSet {
    let mut files = RuleFiles::embedded();
    let scheme = files.schemes.iter_mut().find(|scheme| scheme.stem == "default").unwrap();
    let (residents, mut text) = ("exposure = \"residents\"", scheme.text.to_string());
    for kind in [ExposureKind::ResidentsAndVisitors, ExposureKind::RoadKm] {
        text = text.replacen(residents, &format!("exposure = \"{}\"", kind.as_str()), 1);
    }
    scheme.text = text.into();
    rule_set_of(&files)
}

fn figure(code: &str, measure: Measure, quantity: f64) -> ExposureFigure {
    ExposureFigure { area: key("2025-01", code), year: 2024, measure, quantity: Quantity::new(quantity).unwrap() }
}

/// An old town of 10,000 with 20,000 visitors, a commune of 30,000 without any, and one of which nobody counted them.
fn three_communes(rules: &RuleSet) -> Holdings {
    let mut holdings = Holdings::default();
    let communes = [("20001", "501", 10_000), ("20002", "501", 30_000), ("20003", "502", 20_000)];
    for (column, (code, district, residents)) in communes.into_iter().enumerate() {
        holdings.areas.push(commune("2025-01", code, Some(district), square(column as u32, 0, 1)));
        holdings.populations.push(population("2025-01", code, residents));
    }
    holdings.exposures = vec![
        figure("20001", Measure::Visitors, 20_000.0),
        figure("20002", Measure::Visitors, 0.0),
        figure("20001", Measure::RoadKm, 30.0),
        figure("20002", Measure::RoadKm, 90.0),
        figure("20003", Measure::RoadKm, 120.0),
    ];
    for (category, counts) in [("trom_cap", [30, 30, 40]), ("tai_nan_giao_thong", [12, 6, 6])] {
        for (column, count) in counts.into_iter().enumerate() {
            for number in 0..count {
                let (id, at) = (format!("{category}-{column}-{number}"), point(column as f64 + 0.5, 0.5));
                holdings.incidents.push(&incident(rules, &id, "2024-05-01", at, (category, 2)));
            }
        }
    }
    holdings
}

fn year(rules: &RuleSet) -> Filter {
    everything(rules, "2025-01", "2024-01-01", "2025-01-01")
}

fn rated(level: Level) -> Assessment {
    let rules = rules();
    assess(&snapshot(three_communes(&rules), &rules), level, &year(&rules)).unwrap()
}

fn part(assessment: &Assessment, area: usize, component: usize) -> &ComponentAssessment {
    &assessment.rows[area].components[component]
}

fn close(value: Option<f64>, expected: f64) {
    let value = value.unwrap();
    assert!((value - expected).abs() < 1e-12 * expected.abs().max(1.0), "{value}, expected {expected}");
}

#[test]
fn visitors_and_roads_are_what_is_expected_by() {
    let assessment = rated(Level::Commune);
    // 60 thefts over 30,000 present in each of the two: 30 each. By residents alone the old town, a sixth of the
    // people, would expect 100/6.
    for area in [0, 1] {
        close(part(&assessment, area, ORDER).expected, 30.0);
    }
    let years = 366.0 / 365.25;
    close(part(&assessment, 0, ORDER).exposure.value, 30_000.0 * years);
    // 24 crashes over 240 km.
    for (area, expected) in [3.0, 9.0, 12.0].into_iter().enumerate() {
        close(part(&assessment, area, TRAFFIC).expected, expected);
    }
    close(part(&assessment, 0, TRAFFIC).exposure.value, 30.0 * years);
    assert_eq!(part(&assessment, 0, TRAFFIC).exposure.kind, ExposureKind::RoadKm);
    close(part(&assessment, 0, FIRE).exposure.value, 10_000.0 * years);
}

#[test]
fn scores_rest_on_the_exposures_of_their_components() {
    let assessment = rated(Level::Commune);
    // Weight 3 throughout, so 3 points are an event: O = 42, 36, 6 and E = 33, 39, 12.
    close(part(&assessment, 0, ORDER).contribution, 0.0);
    close(part(&assessment, 0, TRAFFIC).contribution, 9.0 / 33.0);
    close(part(&assessment, 1, TRAFFIC).contribution, -3.0 / 39.0);
    close(assessment.method.dispersion, 3.0);
    close(assessment.method.prior_mean, 1.0);
    // Marshall: (9²/33 + 3²/39 + 6²/12)/84 - 1/28.
    let variance = (81.0 / 33.0 + 9.0 / 39.0 + 3.0) / 84.0 - 1.0 / 28.0;
    close(assessment.method.prior_variance, variance);
    close(assessment.rows[0].reliability, variance / (variance + 1.0 / 33.0));
}

#[test]
fn component_without_its_figure_is_left_out_and_residents_do_not_stand_in() {
    let assessment = rated(Level::Commune);
    let order = part(&assessment, 2, ORDER);
    assert_eq!((order.observed, order.expected, order.contribution), (Some(40), None, None));
    assert_eq!((order.exposure.value, order.exposure.fault()), (None, Some("no_exposure")));
    // What is left is rated: 6 crashes, 12 expected; the 40 thefts are in no score and in no rate.
    close(part(&assessment, 2, TRAFFIC).contribution, -0.5);
    assert!(assessment.rows[2].ratio.is_some_and(|ratio| ratio < 1.0));
    assert_eq!(
        (assessment.rows[2].missing_measure(), assessment.rows[0].missing_measure()),
        (Some("no_exposure"), None)
    );
    // Rates by residents do not ask for visitors.
    assert_eq!(assessment.rows[2].incidents, Some(46));
    close(assessment.rows[2].expected, 124.0 / 3.0);
}

#[test]
fn wider_area_with_a_commune_without_figure_has_no_exposure() {
    let districts = rated(Level::District);
    close(part(&districts, 0, ORDER).expected, 60.0);
    close(part(&districts, 0, TRAFFIC).expected, 12.0);
    assert_eq!(part(&districts, 1, ORDER).exposure.value, None);
    let province = rated(Level::Province);
    assert_eq!(part(&province, 0, ORDER).expected, None);
    close(part(&province, 0, TRAFFIC).expected, 24.0);
}

#[test]
fn nothing_is_rated_where_no_figure_is_known() {
    let rules = rules();
    let mut holdings = three_communes(&rules);
    holdings.exposures.clear();
    // Of what residents are the measure for, nothing happened.
    let assessment = assess(&snapshot(holdings, &rules), Level::Commune, &year(&rules)).unwrap();
    for row in &assessment.rows {
        assert_eq!(row.missing_measure(), Some("no_exposure"));
        assert!(row.components[..2].iter().all(|part| part.expected.is_none() && part.contribution.is_none()));
        assert_eq!((row.components[FIRE].expected, row.ratio), (Some(0.0), None));
        assert_eq!(row.grade, Grade::Insufficient(Insufficiency::NoRatedEvents));
    }
    assert_eq!(assessment.method.dispersion, None);
}

#[test]
fn explanation_names_the_exposure_of_every_class() {
    let rules = rules();
    let snapshot = snapshot(three_communes(&rules), &rules);
    for place in [0, 2] {
        let explanation = explain(&snapshot, Level::Commune, &year(&rules), AreaIndex::new(place)).unwrap().unwrap();
        for class in explanation.classes.iter().filter(|class| class.exposure.fault().is_none()) {
            close(class.expected, class.exposure.value.unwrap() * class.rate);
        }
        let parts: f64 = explanation.classes.iter().filter_map(|class| class.contribution).sum();
        close(explanation.rating.unwrap().ratio, 1.0 + parts);
        let left_out = explanation.classes.iter().filter(|class| class.observed.is_none());
        assert!(
            left_out.clone().all(|class| class.component == ComponentIndex::new(ORDER) && class.expected.is_none())
        );
        assert_eq!(left_out.count(), if place == 2 { 5 } else { 0 });
    }
}

/// The embedded sample through the store, as it is served.
fn sample() -> (RuleSet, Snapshot) {
    let folder = tempfile::tempdir().unwrap();
    let words = DataFolder::new(folder.path()).unwrap().loaded_rules;
    let holdings = wait(async {
        let store = Store::open(folder.path(), &words.taxonomy).await.unwrap();
        sample::fill(&store, &words).await.unwrap();
        store.load().await.unwrap()
    });
    let rules = rule_set_of(&RuleFiles::embedded());
    let snapshot = build(holdings, &rules, None).unwrap();
    (rules, snapshot)
}

#[test]
fn residents_everywhere_rate_the_sample_to_the_last_bit_as_one_common_exposure() {
    let (rules, snapshot) = sample();
    let filter = everything(&rules, "2025-01", "2022-01-01", "2025-01-01");
    let assessment = assess(&snapshot, Level::District, &filter).unwrap();
    let explained: Vec<_> = AreaIndex::of_all(assessment.rows.len())
        .map(|place| explain(&snapshot, Level::District, &filter, place).unwrap().unwrap())
        .collect();
    let weights: Vec<f64> = explained[0].classes.iter().map(|class| class.weight).collect();
    let person_years = assessment.rows.iter().map(|row| row.person_years.unwrap()).collect();
    let counts = explained.iter().flat_map(|of| &of.classes).map(|class| class.observed.unwrap() as u64).collect();
    let table = ClassTable::with_common_exposure(&weights, person_years, counts).unwrap();
    let standard = Standard::of(&table);
    let bits = |value: Option<f64>| value.map(f64::to_bits);
    for (place, row) in assessment.rows.iter().enumerate() {
        let rating = standard.rating(&table, AreaPosition::new(place), Coverage::new(0.8).unwrap()).unwrap().unwrap();
        assert!(rating.score > 0.0);
        let estimate = rating.estimate.unwrap();
        for (own, common) in [
            (row.ratio, estimate.median),
            (row.ratio_low, estimate.limits.low),
            (row.ratio_high, estimate.limits.high),
            (row.prob_above_1, estimate.probability_above_one),
            (row.reliability, estimate.reliability),
        ] {
            assert_eq!(bits(own), bits(Some(common)), "{place}");
        }
        let shares = standard.contributions(&table, AreaPosition::new(place)).unwrap().unwrap();
        for (class, share) in explained[place].classes.iter().zip(shares) {
            assert_eq!(bits(class.contribution), bits(Some(share.share)), "{place}");
        }
        for part in &row.components {
            assert_eq!(
                (part.exposure.kind, bits(part.exposure.value)),
                (ExposureKind::Residents, bits(row.person_years))
            );
        }
    }
}

/// The small world with visitors and roads of one commune only.
fn server() -> TestServer {
    let (server, rules) = (TestServer::new(), rules());
    let mut world = holdings(&rules);
    world.exposures = vec![figure("20335", Measure::Visitors, 5_000.0), figure("20335", Measure::RoadKm, 40.0)];
    server.state.service.serve(crate::support::snapshot::released(build(world, &rules, None).unwrap()));
    server
}

#[tokio::test]
async fn area_and_explanation_say_what_is_measured_against_what() {
    let server = server();
    for path in ["", "/explanation"] {
        let address = |code: &str| format!("/areas/2025-01/{code}{path}?window={WINDOW}");
        let known = server.with_token(PLANNER, &address("20335")).await.json()["components"].clone();
        assert_eq!(
            (&known[ORDER]["exposure"], &known[ORDER]["exposure_unit"]),
            (&"residents_and_visitors".into(), &"person_years".into())
        );
        assert_eq!(
            (&known[TRAFFIC]["exposure"], &known[TRAFFIC]["exposure_unit"]),
            (&"road_km".into(), &"km_years".into())
        );
        close(known[ORDER]["exposure_value"].as_f64(), 55_000.0 * 365.0 / 365.25);
        assert!(known[ORDER]["reason"].is_null() && known[ORDER]["expected"].is_number(), "{known}");
        let unknown = server.with_token(PLANNER, &address("20338")).await.json()["components"].clone();
        assert_eq!(unknown[ORDER]["reason"], "no_exposure");
        assert!(unknown[ORDER]["exposure_value"].is_null() && unknown[ORDER]["expected"].is_null(), "{unknown}");
        assert!(unknown[ORDER]["contribution"].is_null() && unknown[FIRE]["reason"].is_null(), "{unknown}");
    }
    let told = server.with_token(PLANNER, &format!("/areas/2025-01/20338/explanation?window={WINDOW}")).await.json();
    assert!(told["sentence"]["en"].as_str().unwrap().contains("A component is left out"), "{}", told["sentence"]);
    let traffic = told["classes"].as_array().unwrap().iter().find(|class| class["exposure"] == "road_km").unwrap();
    assert!(traffic["rate_per_person_year"].is_null() && traffic["rate_per_km_year"].is_number(), "{traffic}");
    assert!(traffic["observed"].is_null() && traffic["expected"].is_null(), "{traffic}");
    let meta = server.with_token(PLANNER, "/meta").await.json();
    assert_eq!(meta["components"][TRAFFIC]["exposure"], "road_km");
}
