//! The statistics against numbers computed by others.
//!
//! The fixtures of this repository are always checked. The larger golden files
//! are looked for in the folder named by `BINHYEN_GOLDEN`, else beside the
//! repository; where they are absent, a line says which comparison was left out.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use binhyen::statistics::{
    AreaRating, Bands, ClassTable, ExposedCount, Level, Limits, Standard, benjamini_hochberg, byar_limits,
    compare_counts, exact_limits, mid_p_limits, smoothed_rates_per_100k,
};
use serde_json::Value;

use crate::support::agreement::{Agreement, Scale, say_all};
use crate::support::golden::{golden, say};

/// What the golden files promise unless they say otherwise.
const RELATIVE_TOLERANCE: f64 = 1e-9;

/// The largest relative deviation met in one comparison.
struct Deviation {
    what: String,
    largest: f64,
}

impl Deviation {
    fn of(what: &str) -> Self {
        Self { what: what.to_owned(), largest: 0.0 }
    }

    fn note(&mut self, place: &str, computed: f64, expected: f64) {
        let deviation = if expected == 0.0 { computed.abs() } else { ((computed - expected) / expected).abs() };
        assert!(
            deviation <= RELATIVE_TOLERANCE,
            "{}, {place}: computed {computed:e}, expected {expected:e}, deviation {deviation:e}",
            self.what
        );
        self.largest = self.largest.max(deviation);
    }

    fn say(&self) {
        say(&format!("{}: largest relative deviation {:.1e}", self.what, self.largest));
    }
}

fn number(value: &Value, key: &str) -> f64 {
    value[key].as_f64().unwrap_or_else(|| panic!("{key} is no number in {value}"))
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|item| item.as_f64().unwrap()).collect()
}

fn counts(value: &Value) -> Vec<u64> {
    value.as_array().unwrap().iter().map(|item| item.as_u64().unwrap()).collect()
}

type LimitsOfCount = fn(u64, Level) -> Limits;

#[test]
fn poisson_limits_meet_golden_01() {
    let Some(golden) = golden("01_poisson_limits.json") else { return };
    let methods: [(&str, LimitsOfCount); 3] = [("exact", exact_limits), ("byar", byar_limits), ("midp", mid_p_limits)];
    for (name, method) in methods {
        let mut deviation = Deviation::of(&format!("01 Poisson limits, {name}"));
        for case in golden["cases"].as_array().unwrap() {
            let level = Level::new(number(case, "level")).unwrap();
            let limits = method(case["count"].as_u64().unwrap(), level);
            let place = format!("count {} level {}", case["count"], case["level"]);
            deviation.note(&place, limits.low, number(case, &format!("{name}_lo")));
            deviation.note(&place, limits.high, number(case, &format!("{name}_hi")));
        }
        deviation.say();
    }
}

#[test]
fn count_comparisons_meet_golden_02() {
    let Some(golden) = golden("02_two_poisson_rates.json") else { return };
    let scale = Scale::Absolute(number(&golden, "tolerance_abs"));
    let mut agreement = Agreement::within("conditional comparison of two counts", "golden 02", scale);
    for case in golden["cases"].as_array().unwrap() {
        let side = |n: u8| ExposedCount {
            count: case[format!("count{n}")].as_u64().unwrap(),
            person_years: number(case, &format!("exposure{n}")),
        };
        let comparison = compare_counts(side(1), side(2)).unwrap();
        for (computed, key) in
            [(comparison.exact_p, "p_exact-cond_two-sided"), (comparison.mid_p, "p_cond-midp_two-sided")]
        {
            agreement.note(key, computed, number(case, key));
        }
    }
    say_all(&[agreement]);
}

#[test]
fn hand_cases_of_golden_15_hold() {
    let Some(golden) = golden("15_hand_cases.json") else { return };
    let mut deviation = Deviation::of("15 Benjamini–Hochberg");
    let cases = &golden["benjamini_hochberg"];
    let q_values = benjamini_hochberg(&numbers(&cases["p"])).unwrap();
    for (rank, (computed, expected)) in q_values.iter().zip(numbers(&cases["q"])).enumerate() {
        deviation.note(&format!("rank {rank}"), *computed, expected);
    }
    for (key, alpha) in [("rejected_at_0.05", 0.05), ("rejected_at_0.25", 0.25)] {
        let rejected = q_values.iter().filter(|&&q| q <= alpha).count();
        assert_eq!(rejected as u64, cases[key].as_u64().unwrap(), "{key}");
    }
    deviation.say();
}

#[test]
fn empirical_bayes_edges_of_golden_15_hold() {
    let Some(golden) = golden("15_hand_cases.json") else { return };
    let edges = &golden["empirical_bayes_edges"];
    let mut deviation = Deviation::of("15 empirical Bayes edges");
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
    deviation.say();
}

/// Rates the table of a file and compares everything the file has an opinion on.
fn compare_rating(what: &str, golden: &Value, interval: f64, letters: Option<&Bands>) {
    let mut deviation = Deviation::of(what);
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
    let ratings = standard.ratings(&table, Level::new(interval).unwrap()).unwrap();
    assert_eq!(ratings.len(), areas.len());
    for (position, (area, rating)) in areas.iter().zip(&ratings).enumerate() {
        let rating = rating.unwrap();
        compare_fields(&mut deviation, position, area, &rating);
        let contributions = standard.contributions(&table, position).unwrap().unwrap();
        for (computed, expected) in contributions.iter().zip(numbers(&area["contributions"])) {
            deviation.note(&format!("area {position} contribution"), computed.share, expected);
        }
        if let Some(bands) = letters {
            let letter = |ratio| bands.band_of(ratio).map(|band| ["A", "B", "C", "D", "E"][band]);
            assert_eq!(letter(rating.median), area["grade"].as_str(), "area {position}");
            assert_eq!(letter(rating.limits.low), area["grade_best"].as_str(), "area {position}");
            assert_eq!(letter(rating.limits.high), area["grade_worst"].as_str(), "area {position}");
        }
    }
    deviation.say();
}

fn compare_fields(deviation: &mut Deviation, position: usize, area: &Value, rating: &AreaRating) {
    let fields = [
        ("score", rating.score),
        ("expected_score", rating.expected_score),
        ("ratio", rating.ratio.unwrap()),
        ("eff_count", rating.effective_count),
        ("eff_expected", rating.effective_expected),
        ("reliability", rating.reliability),
        ("posterior_mean", rating.posterior.mean()),
        ("rr_median", rating.median),
        ("rr_lo", rating.limits.low),
        ("rr_hi", rating.limits.high),
        ("prob_above_1", rating.probability_above_one),
    ];
    for (key, computed) in fields {
        if let Some(expected) = area[key].as_f64() {
            deviation.note(&format!("area {position} {key}"), computed, expected);
        }
    }
}

#[test]
fn rating_meets_golden_17() {
    let Some(golden) = golden("17_composite_rating.json") else { return };
    let bands = Bands::new(numbers(&golden["bands_upper"])).unwrap();
    let interval = number(&golden, "credible_interval");
    for part in ["weights_3_7_15_20", "equal_weights"] {
        compare_rating(&format!("17 rating, {part}"), &golden[part], interval, Some(&bands));
    }
}

#[test]
fn rating_meets_the_one_worked_by_hand() {
    let fixture: Value = serde_json::from_str(include_str!("../fixtures/statistics/hand_rating.json")).unwrap();
    let interval = number(&fixture, "interval");
    compare_rating("fixture, rating by hand", &fixture, interval, None);
}

#[test]
fn published_garwood_limits_are_met_to_their_digits() {
    let table = include_str!("../fixtures/statistics/garwood_95.csv");
    let level = Level::new(0.95).unwrap();
    for line in table.lines().skip(1) {
        let row: Vec<f64> = line.split(',').map(|field| field.parse().unwrap()).collect();
        let limits = exact_limits(row[0] as u64, level);
        assert!((limits.low - row[1]).abs() <= row[3], "{line}: {limits:?}");
        assert!((limits.high - row[2]).abs() <= row[3], "{line}: {limits:?}");
    }
}
