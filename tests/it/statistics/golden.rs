//! The statistics against numbers computed by others.
//!
//! The fixtures of this repository are always checked. The larger golden files
//! are looked for in the folder named by `BINHYEN_GOLDEN`, else beside the
//! repository; where they are absent, a line says which comparison was left out.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use binhyen::statistics::rate_ratio;
use binhyen::statistics::{
    AreaPosition, AreaRating, Bands, ClassTable, ConfidenceLevel, CountTest, ExposedCount, Limits, Standard,
    benjamini_hochberg, byar_limits, count_test, exact_limits, mid_p_limits, smoothed_rates_per_100k,
};
use serde_json::Value;

use crate::support::agreement::{Agreement, Scale, say_all};
use crate::support::golden::{golden, golden_input};

fn number(value: &Value, key: &str) -> f64 {
    value[key].as_f64().unwrap_or_else(|| panic!("{key} is no number in {value}"))
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|item| item.as_f64().unwrap()).collect()
}

fn counts(value: &Value) -> Vec<u64> {
    value.as_array().unwrap().iter().map(|item| item.as_u64().unwrap()).collect()
}

type LimitsOfCount = fn(u64, ConfidenceLevel) -> Limits;

fn poisson_limits() -> Vec<Agreement> {
    let Some(golden) = golden("01_poisson_limits.json") else { return vec![] };
    let methods: [(&str, LimitsOfCount); 3] = [("exact", exact_limits), ("byar", byar_limits), ("midp", mid_p_limits)];
    let compared = methods.map(|(name, method)| {
        let mut deviation = Agreement::of(&format!("Poisson limits, {name}"), "golden 01");
        for case in golden["cases"].as_array().unwrap() {
            let level = ConfidenceLevel::new(number(case, "level")).unwrap();
            let limits = method(case["count"].as_u64().unwrap(), level);
            let index = format!("count {} level {}", case["count"], case["level"]);
            deviation.note(&index, limits.low, number(case, &format!("{name}_lo")));
            deviation.note(&index, limits.high, number(case, &format!("{name}_hi")));
        }
        deviation
    });
    compared.to_vec()
}

#[test]
fn poisson_limits_meet_golden_01() {
    say_all(&poisson_limits());
}

/// The cases of golden 02, and its counties with the later years first, where their file is there.
fn two_rates(golden: &Value) -> Vec<(ExposedCount, ExposedCount, Value)> {
    let side = |case: &Value, count: &str, exposure: &str| ExposedCount {
        count: case[count].as_u64().unwrap(),
        person_years: number(case, exposure),
    };
    let cases = golden["cases"].as_array().unwrap().iter();
    let own = |case: &Value| (side(case, "count1", "exposure1"), side(case, "count2", "exposure2"), case.clone());
    let counties = golden_input("sids2.geojson").unwrap_or_default();
    let counties: Vec<&Value> =
        counties["features"].as_array().into_iter().flatten().map(|feature| &feature["properties"]).collect();
    let of_county = |case: &Value| {
        let county = counties.iter().find(|county| county["id"] == case["id"])?;
        Some((side(county, "SID79", "BIR79"), side(county, "SID74", "BIR74"), case.clone()))
    };
    let compared = golden["sids2_1974_vs_1979"].as_array().unwrap().iter();
    cases.map(own).chain(compared.filter_map(of_county)).collect()
}

fn tests_of_two_rates() -> Vec<Agreement> {
    let Some(golden) = golden("02_two_poisson_rates.json") else { return vec![] };
    let tests = [
        (CountTest::Conditional, "exact-cond", "tolerance_abs"),
        (CountTest::MidP, "cond-midp", "tolerance_abs"),
        (CountTest::Score, "score", "tolerance_abs"),
        (CountTest::Estimated, "etest", "tolerance_abs_etest"),
        (CountTest::EstimatedUnpooled, "etest-wald", "tolerance_abs_etest"),
    ];
    let compared = tests.map(|(test, name, tolerance)| {
        let scale = Scale::Absolute(number(&golden, tolerance));
        let mut agreement = Agreement::within(&format!("two rates, {name}"), "golden 02", scale);
        for (first, second, expected) in two_rates(&golden) {
            let p = count_test(first, second, test).unwrap();
            for (sided, computed) in [("two-sided", p.two_sided), ("larger", p.larger), ("smaller", p.smaller)] {
                let key = format!("p_{name}_{sided}");
                if let Some(expected) = expected[&key].as_f64() {
                    agreement.note(&key, computed, expected);
                }
            }
        }
        agreement
    });
    compared.to_vec()
}

#[test]
fn tests_of_two_rates_meet_golden_02() {
    say_all(&tests_of_two_rates());
}

fn ratios_of_two_rates() -> Vec<Agreement> {
    let Some(golden) = golden("02_two_poisson_rates.json") else { return vec![] };
    let level = ConfidenceLevel::new(0.95).unwrap();
    let mut agreement = Agreement::of("ratio of two rates, exact limits", "golden 02");
    for (first, second, expected) in two_rates(&golden) {
        let Some(ratio) = rate_ratio(first, second, level) else { continue };
        let numbers = [("rate_ratio", ratio.ratio), ("rr_exact_lo", Some(ratio.low)), ("rr_exact_hi", ratio.high)];
        for (key, computed) in numbers {
            match expected[key].as_f64() {
                Some(expected) => agreement.note(key, computed.unwrap(), expected),
                None => assert_eq!(computed, None, "{key} in {expected}"),
            }
        }
    }
    vec![agreement]
}

#[test]
fn ratios_of_two_rates_meet_golden_02() {
    say_all(&ratios_of_two_rates());
}

fn false_discoveries() -> Vec<Agreement> {
    let Some(golden) = golden("15_hand_cases.json") else { return vec![] };
    let mut deviation = Agreement::of("Benjamini–Hochberg", "golden 15");
    let cases = &golden["benjamini_hochberg"];
    let q_values = benjamini_hochberg(&numbers(&cases["p"])).unwrap();
    for (rank, (computed, expected)) in q_values.iter().zip(numbers(&cases["q"])).enumerate() {
        deviation.note(&format!("rank {rank}"), *computed, expected);
    }
    for (key, alpha) in [("rejected_at_0.05", 0.05), ("rejected_at_0.25", 0.25)] {
        let rejected = q_values.iter().filter(|&&q| q <= alpha).count();
        assert_eq!(rejected as u64, cases[key].as_u64().unwrap(), "{key}");
    }
    vec![deviation]
}

#[test]
fn false_discoveries_of_golden_15_hold() {
    say_all(&false_discoveries());
}

fn empirical_bayes_edges() -> Vec<Agreement> {
    let Some(golden) = golden("15_hand_cases.json") else { return vec![] };
    let edges = &golden["empirical_bayes_edges"];
    let mut deviation = Agreement::of("empirical Bayes, edges", "golden 15");
    let smoothed = |edge: &Value| {
        let areas: Vec<ExposedCount> = counts(&edge["counts"])
            .into_iter()
            .zip(numbers(&edge["population"]))
            .map(|(count, person_years)| ExposedCount { count, person_years })
            .collect();
        smoothed_rates_per_100k(&areas).into_iter().map(|rate| rate.map(|rate| rate / 100_000.0)).collect::<Vec<_>>()
    };
    let common = number(&edges["underdispersed"], "expect_all_equal_to");
    for rate in smoothed(&edges["underdispersed"]) {
        deviation.note("underdispersed", rate.unwrap(), common);
    }
    for name in ["all_zero", "single_area"] {
        for (rate, expected) in smoothed(&edges[name]).into_iter().zip(numbers(&edges[name]["expect"])) {
            deviation.note(name, rate.unwrap(), expected);
        }
    }
    let with_empty_area = smoothed(&edges["zero_population"]);
    assert_eq!(with_empty_area[0], None);
    assert!(with_empty_area[1..].iter().all(|rate| rate.is_some_and(|rate| rate > 0.0 && rate.is_finite())));
    vec![deviation]
}

#[test]
fn empirical_bayes_edges_of_golden_15_hold() {
    say_all(&empirical_bayes_edges());
}

/// Rates the table of a file and compares everything the file has an opinion on.
fn compare_rating(what: &str, golden: &Value, interval: f64, letters: Option<&Bands>) -> Agreement {
    let mut deviation = Agreement::of("severity-weighted rating", what);
    let areas = golden["areas"].as_array().unwrap();
    let table = ClassTable::with_common_exposure(
        &numbers(&golden["weights"]),
        areas.iter().map(|area| number(area, "population")).collect(),
        areas.iter().flat_map(|area| counts(&area["counts"])).collect(),
    )
    .unwrap();
    let standard = Standard::of(&table);
    deviation.note("dispersion", standard.dispersion().unwrap(), number(golden, "dispersion"));
    deviation.note("prior mean", standard.prior().mean(), number(golden, "prior_mean"));
    deviation.note("prior variance", standard.prior().variance(), number(golden, "prior_variance"));
    let ratings = standard.ratings(&table, ConfidenceLevel::new(interval).unwrap()).unwrap();
    assert_eq!(ratings.len(), areas.len());
    for (position, (area, rating)) in areas.iter().zip(&ratings).enumerate() {
        let rating = rating.unwrap();
        compare_fields(&mut deviation, position, area, &rating);
        let contributions = standard.contributions(&table, AreaPosition::new(position)).unwrap().unwrap();
        for (computed, expected) in contributions.iter().zip(numbers(&area["contributions"])) {
            deviation.note(&format!("area {position} contribution"), computed.share, expected);
        }
        if let Some(bands) = letters {
            let letter = |ratio| bands.band_of(ratio).map(|band| ["A", "B", "C", "D", "E"][band]);
            let estimate = rating.estimate.unwrap();
            assert_eq!(letter(estimate.median), area["grade"].as_str(), "area {position}");
            assert_eq!(letter(estimate.limits.low), area["grade_best"].as_str(), "area {position}");
            assert_eq!(letter(estimate.limits.high), area["grade_worst"].as_str(), "area {position}");
        }
    }
    deviation
}

fn compare_fields(deviation: &mut Agreement, position: usize, area: &Value, rating: &AreaRating) {
    let estimate = rating.estimate.unwrap();
    let fields = [
        ("score", rating.score),
        ("expected_score", rating.expected_score),
        ("ratio", rating.ratio.unwrap()),
        ("eff_count", rating.effective_count),
        ("eff_expected", rating.effective_expected),
        ("reliability", estimate.reliability),
        ("posterior_mean", rating.posterior.mean()),
        ("rr_median", estimate.median),
        ("rr_lo", estimate.limits.low),
        ("rr_hi", estimate.limits.high),
        ("prob_above_1", estimate.probability_above_one),
    ];
    for (key, computed) in fields {
        if let Some(expected) = area[key].as_f64() {
            deviation.note(&format!("area {position} {key}"), computed, expected);
        }
    }
}

fn ratings() -> Vec<Agreement> {
    let Some(golden) = golden("17_composite_rating.json") else { return vec![] };
    let bands = Bands::new(numbers(&golden["bands_upper"])).unwrap();
    let interval = number(&golden, "credible_interval");
    let part = |name: &str| compare_rating(&format!("golden 17, {name}"), &golden[name], interval, Some(&bands));
    ["weights_3_7_15_20", "equal_weights"].map(part).to_vec()
}

#[test]
fn rating_meets_golden_17() {
    say_all(&ratings());
}

fn rating_by_hand() -> Vec<Agreement> {
    let fixture: Value = serde_json::from_str(include_str!("../../fixtures/statistics/hand_rating.json")).unwrap();
    vec![compare_rating("by hand", &fixture, number(&fixture, "interval"), None)]
}

#[test]
fn rating_meets_the_one_worked_by_hand() {
    say_all(&rating_by_hand());
}

/// Every comparison of this file.
pub(crate) fn agreements() -> Vec<Agreement> {
    [
        poisson_limits(),
        tests_of_two_rates(),
        ratios_of_two_rates(),
        false_discoveries(),
        empirical_bayes_edges(),
        rating_by_hand(),
        ratings(),
    ]
    .concat()
}

#[test]
fn published_garwood_limits_are_met_to_their_digits() {
    let table = include_str!("../../fixtures/statistics/garwood_95.csv");
    let level = ConfidenceLevel::new(0.95).unwrap();
    for line in table.lines().skip(1) {
        let row: Vec<f64> = line.split(',').map(|field| field.parse().unwrap()).collect();
        let limits = exact_limits(row[0] as u64, level);
        assert!((limits.low - row[1]).abs() <= row[3], "{line}: {limits:?}");
        assert!((limits.high - row[2]).abs() <= row[3], "{line}: {limits:?}");
    }
}
