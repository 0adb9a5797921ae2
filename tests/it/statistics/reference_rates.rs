//! Rates, posteriors, the funnel, weighted rates and concentration against `SciPy`, `inequality` and formulas in
//! `NumPy`, by numbers that `tests/reference/rates.py` writes.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use binhyen::statistics::{AreaProfile, ConfidenceLevel, ExposedCount, FunnelArea, Neighbours, RateProfile, Stratum};
use binhyen::statistics::{concentration, rate_profile, weighted_rate};
use serde_json::Value;

use crate::support::agreement::{Agreement, say_all};

fn file() -> Value {
    serde_json::from_str(include_str!("../../fixtures/reference/rates.json")).unwrap()
}

fn numbers(data: &Value, key: &str) -> Vec<f64> {
    data[key].as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

fn exposed(data: &Value, counts: &str) -> Vec<ExposedCount> {
    let areas = numbers(data, counts).into_iter().zip(numbers(data, "exposure"));
    areas.map(|(count, person_years)| ExposedCount { count: count as u64, person_years }).collect()
}

/// A number of the reference by name, and how to take ours from an area.
type Column = (&'static str, fn(AreaProfile) -> f64);

/// Compares a column of the reference with a number of every area.
fn note_column<T: Copy>(
    agreement: &mut Agreement,
    areas: &[Option<T>],
    (expected, key): (&Value, &str),
    number: impl Fn(T) -> f64,
) {
    let theirs = numbers(expected, key);
    assert_eq!(areas.len(), theirs.len());
    for (area, (ours, theirs)) in areas.iter().zip(theirs).enumerate() {
        agreement.note(&format!("{key} of area {area}"), number(ours.unwrap()), theirs);
    }
}

fn limits(profile: &RateProfile, expected: &Value, name: &str) -> Agreement {
    let mut agreement = Agreement::of("limits and p of O/E", name);
    let columns: [Column; 6] = [
        ("exact_low", |area| area.exact.unwrap().low),
        ("exact_high", |area| area.exact.unwrap().high),
        ("byar_low", |area| area.byar.unwrap().low),
        ("byar_high", |area| area.byar.unwrap().high),
        ("p_upper", |area| area.p_upper),
        ("p_lower", |area| area.p_lower),
    ];
    for (key, number) in columns {
        note_column(&mut agreement, &profile.areas, (expected, key), number);
    }
    agreement
}

fn posterior(profile: &RateProfile, expected: &Value, name: &str) -> Agreement {
    let mut agreement = Agreement::of("posterior", name);
    let columns: [Column; 4] = [
        ("mean", |area| area.eb_global),
        ("low", |area| area.posterior.unwrap().low),
        ("high", |area| area.posterior.unwrap().high),
        ("above", |area| area.prob_above_overall.unwrap()),
    ];
    for (key, number) in columns {
        note_column(&mut agreement, &profile.areas, (&expected["posterior"], key), number);
    }
    agreement
}

fn funnel(profile: &RateProfile, expected: &Value, (name, level): (&str, ConfidenceLevel)) -> Agreement {
    let (funnel, expected) = (&profile.funnel, &expected["funnel"]);
    let mut agreement = Agreement::of("funnel", name);
    agreement.note("dispersion", funnel.dispersion, expected["dispersion"].as_f64().unwrap());
    agreement.note("between", funnel.variance_between, expected["between"].as_f64().unwrap());
    note_column(&mut agreement, &funnel.areas, (expected, "z"), |area: FunnelArea| area.z);
    note_column(&mut agreement, &funnel.areas, (expected, "z_adjusted"), |area| area.z_adjusted);
    note_column(&mut agreement, &funnel.areas, (expected, "low"), |area| area.limits(level).low);
    note_column(&mut agreement, &funnel.areas, (expected, "high"), |area| area.limits(level).high);
    note_column(&mut agreement, &funnel.areas, (expected, "dispersed_low"), |area| area.dispersed_limits(level).low);
    note_column(&mut agreement, &funnel.areas, (expected, "dispersed_high"), |area| area.dispersed_limits(level).high);
    agreement
}

fn concentrations(data: &Value, name: &str) -> Agreement {
    let mut agreement = Agreement::of("Gini and Theil", name);
    let (ours, expected) = (concentration(&numbers(data, "events")).unwrap(), &data["expected"]["concentration"]);
    agreement.note("gini", ours.gini, expected["gini"].as_f64().unwrap());
    agreement.note("theil", ours.theil, expected["theil"].as_f64().unwrap());
    agreement
}

fn weighted(file: &Value, level: ConfidenceLevel) -> Agreement {
    let mut agreement = Agreement::of("weighted rate, Dobson, Fay–Feuer", "18 sets of strata");
    for case in file["strata"].as_array().unwrap() {
        let strata: Vec<Stratum> = exposed(case, "counts")
            .into_iter()
            .zip(numbers(case, "weights"))
            .map(|(area, weight)| Stratum { area, weight })
            .collect();
        let ours = weighted_rate(&strata, level).unwrap();
        let columns = [
            ("rate", ours.rate),
            ("standard_error", ours.standard_error),
            ("dobson_low", ours.dobson.low),
            ("dobson_high", ours.dobson.high),
            ("fay_feuer_low", ours.fay_feuer.low),
            ("fay_feuer_high", ours.fay_feuer.high),
        ];
        for (key, number) in columns {
            agreement.note(&format!("{key} of {case}"), number, case["expected"][key].as_f64().unwrap());
        }
    }
    agreement
}

/// Every comparison of this file.
pub(crate) fn agreements() -> Vec<Agreement> {
    let file = file();
    let level = ConfidenceLevel::new(file["level"].as_f64().unwrap()).unwrap();
    let of_table = |(name, data): (&String, &Value)| {
        let areas = exposed(data, "events");
        let islands = Neighbours::new(vec![vec![]; areas.len()]).unwrap();
        let (profile, expected) = (rate_profile(&areas, &islands).unwrap(), &data["expected"]);
        [
            limits(&profile, expected, name),
            posterior(&profile, expected, name),
            funnel(&profile, expected, (name, level)),
            concentrations(data, name),
        ]
    };
    let tables = file["tables"].as_object().unwrap().iter().flat_map(of_table);
    tables.chain([weighted(&file, level)]).collect()
}

#[test]
fn rates_are_those_of_the_references() {
    say_all(&agreements());
}
