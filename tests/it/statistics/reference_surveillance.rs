//! Early warning against the R package surveillance, by numbers that `tests/reference/surveillance.R` writes.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use binhyen::statistics::{EarsDesign, EarsMethod, FarringtonDesign, FewCases, ears, farrington};
use serde_json::Value;

use crate::support::agreement::{Agreement, Scale, say_all};

/// What a fit is held to: the reference settles to about that.
const FITTED: f64 = 1e-6;

fn reference() -> Value {
    serde_json::from_str(include_str!("../../fixtures/reference/surveillance.json")).unwrap()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(number).collect()
}

fn whole(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

fn counts(case: &Value) -> Vec<Option<u64>> {
    case["counts"].as_array().unwrap().iter().map(|count| Some(count.as_u64().unwrap())).collect()
}

fn design(case: &Value) -> FarringtonDesign {
    FarringtonDesign {
        steps_a_year: whole(&case["steps_a_year"]),
        years: whole(&case["years"]),
        half_window: whole(&case["half_window"]),
        seasons: whole(&case["seasons"]),
        left_out: whole(&case["left_out"]),
        reweighted_above: 2.58,
        few_cases: FewCases { cases: 5, steps: 4 },
    }
}

/// Every judged step of a series beside ours.
fn of_series(case: &Value) -> Vec<Agreement> {
    let name = case["name"].as_str().unwrap();
    let methods = ["mean", "dispersion", "p"];
    let mut agreements =
        methods.map(|what| Agreement::within(&format!("improved Farrington: {what}"), name, Scale::Relative(FITTED)));
    let mut limits = Agreement::of("improved Farrington: limit", name);
    let (series, design) = (counts(case), design(case));
    for judged in case["judged"].as_array().unwrap() {
        let at = whole(&judged["at"]);
        let place = format!("step {at}");
        let ours = farrington(&series, at, &design).unwrap();
        assert_eq!(ours.has_trend, judged["has_trend"].as_bool().unwrap(), "{name}, {place}");
        for ((agreement, own), what) in agreements.iter_mut().zip([ours.mean, ours.dispersion, ours.p()]).zip(methods) {
            agreement.note(&place, own, number(&judged[what]));
        }
        for (alpha, limit) in numbers(&case["alphas"]).into_iter().zip(judged["limits"].as_array().unwrap()) {
            assert_eq!(ours.has_enough_cases, !limit.is_null(), "{name}, {place}");
            if let Some(limit) = limit.as_f64() {
                limits.note(&format!("{place}, {alpha}"), ours.upper_limit(alpha) as f64, limit);
            }
        }
    }
    // Of a series with few cases there is no limit to compare.
    let has_limits = case["judged"].as_array().unwrap().iter().any(|judged| !judged["limits"][0].is_null());
    agreements.into_iter().chain(has_limits.then_some(limits)).collect()
}

/// Every step of a short series beside ours.
fn of_short_series(case: &Value) -> Vec<Agreement> {
    let name = case["name"].as_str().unwrap();
    let columns = ["c1_limit", "c2_limit", "c2", "c3"];
    let mut agreements = columns.map(|what| Agreement::of(&format!("EARS: {what}"), name));
    let design = EarsDesign { baseline: whole(&case["baseline"]), min_deviation: 0.0 };
    let (series, alpha) = (counts(case), number(&case["alpha"]));
    for (row, at) in case["at"].as_array().unwrap().iter().enumerate() {
        let at = whole(at);
        let of = |method| ears(&series, at, method, design).unwrap();
        let second = of(EarsMethod::C2);
        let own = [
            of(EarsMethod::C1).upper_limit(alpha),
            second.upper_limit(alpha),
            second.statistic,
            of(EarsMethod::C3).statistic,
        ];
        for ((agreement, own), what) in agreements.iter_mut().zip(own).zip(columns) {
            agreement.note(&format!("step {at}"), own, number(&case[what][row]));
        }
    }
    agreements.to_vec()
}

/// Agreement of early warning with the package.
pub(crate) fn agreements() -> Vec<Agreement> {
    let reference = reference();
    let of_all = |what: &str, of: fn(&Value) -> Vec<Agreement>| -> Vec<Agreement> {
        reference[what].as_array().unwrap().iter().flat_map(of).collect()
    };
    [of_all("farrington", of_series), of_all("ears", of_short_series)].concat()
}

#[test]
fn early_warning_is_that_of_the_package() {
    say_all(&agreements());
}

#[test]
fn reference_judges_steps_with_and_without_a_trend_and_with_few_cases() {
    let reference = reference();
    let judged: Vec<&Value> = reference["farrington"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|case| case["judged"].as_array().unwrap())
        .collect();
    assert!(judged.len() > 100, "{}", judged.len());
    assert!(judged.iter().any(|step| step["has_trend"] == false));
    assert!(judged.iter().any(|step| step["limits"][0].is_null()));
}
