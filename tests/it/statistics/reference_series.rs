//! Trends against pymannkendall, `SciPy` and statsmodels, by numbers that `tests/reference/series.py` and `seasons.py`
//! write.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use binhyen::statistics::{ConfidenceLevel, ExposedCount, SeriesPoint, TrendPoint};
use binhyen::statistics::{mann_kendall, poisson_trend, theil_sen};
use binhyen::statistics::{seasonal_mann_kendall, seasonal_poisson_trend, seasonal_theil_sen};
use serde_json::Value;

use crate::support::agreement::{Agreement, Scale, say_all};

/// What an iterated fit is held to: the reference itself stops where its parameters move by no more than 1e-14.
const FITTED: f64 = 1e-8;

/// One series of the reference, as columns.
struct Series {
    times: Vec<f64>,
    counts: Vec<f64>,
    rates: Vec<f64>,
    exposure: Vec<f64>,
    expected: Value,
}

impl Series {
    fn of(data: &Value) -> Self {
        let numbers = |key: &str| -> Vec<f64> {
            data[key].as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
        };
        let (counts, exposure) = (numbers("counts"), numbers("exposure"));
        let rates = counts.iter().zip(&exposure).map(|(count, exposure)| count / exposure).collect();
        Self { times: numbers("times"), counts, rates, exposure, expected: data["expected"].clone() }
    }

    fn column(&self, key: &str) -> &[f64] {
        if key.ends_with("counts") { &self.counts } else { &self.rates }
    }
}

fn file() -> (ConfidenceLevel, Vec<Series>) {
    let file: Value = serde_json::from_str(include_str!("../../fixtures/reference/series.json")).unwrap();
    let level = ConfidenceLevel::new(file["level"].as_f64().unwrap()).unwrap();
    (level, file["series"].as_array().unwrap().iter().map(Series::of).collect())
}

fn note_all(agreement: &mut Agreement, numbers: &[(&str, f64)], expected: &Value) {
    for (name, ours) in numbers {
        agreement.note(&format!("{name} of {expected}"), *ours, expected[name].as_f64().unwrap());
    }
}

fn mann_kendalls(series: &[Series], key: &str) -> Agreement {
    let mut agreement = Agreement::of("Mann–Kendall", &format!("22 series, {key}"));
    for one in series {
        let expected = &one.expected[format!("mann_kendall_of_{key}")];
        let Some(ours) = mann_kendall(one.column(key)) else {
            assert!(expected.is_null(), "{expected}");
            continue;
        };
        let numbers = [
            ("rises", ours.rises as f64),
            ("tau", ours.tau),
            ("variance", ours.variance),
            ("z", ours.z),
            ("p", ours.p),
        ];
        note_all(&mut agreement, &numbers, expected);
    }
    agreement
}

fn theil_sens(series: &[Series], key: &str, level: ConfidenceLevel) -> Agreement {
    let mut agreement = Agreement::of("Theil–Sen", &format!("22 series, {key}"));
    for one in series {
        let points: Vec<SeriesPoint> = one
            .times
            .iter()
            .zip(one.column(key))
            .map(|(time, value)| SeriesPoint { time: *time, value: *value })
            .collect();
        let ours = theil_sen(&points, level).unwrap();
        let numbers = [
            ("slope", ours.slope),
            ("intercept", ours.intercept),
            ("low", ours.limits.low),
            ("high", ours.limits.high),
        ];
        note_all(&mut agreement, &numbers, &one.expected[format!("theil_sen_of_{key}")]);
    }
    agreement
}

fn poisson_trends(series: &[Series], level: ConfidenceLevel) -> Agreement {
    let mut agreement = Agreement::within("Poisson log-linear trend", "22 series", Scale::Relative(FITTED));
    for one in series {
        let point = |index: usize| TrendPoint {
            time: one.times[index],
            area: ExposedCount { count: one.counts[index] as u64, person_years: one.exposure[index] },
        };
        let points: Vec<TrendPoint> = (0..one.times.len()).map(point).collect();
        let Some(ours) = poisson_trend(&points, level) else { continue };
        let numbers = [
            ("ratio", ours.per_step.ratio),
            ("log_standard_error", ours.per_step.log_standard_error),
            ("low", ours.per_step.limits.low),
            ("high", ours.per_step.limits.high),
            ("p", ours.per_step.p),
            ("dispersion", ours.dispersion.unwrap()),
        ];
        note_all(&mut agreement, &numbers, &one.expected["poisson"]);
    }
    agreement
}

/// One series of whole years, with the season of each step.
struct SeasonedSeries {
    points: Vec<TrendPoint>,
    rates: Vec<f64>,
    seasons: Vec<usize>,
    expected: Value,
}

impl SeasonedSeries {
    fn of(data: &Value) -> Self {
        let numbers = |key: &str| -> Vec<f64> {
            data[key].as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
        };
        let (counts, exposure) = (numbers("counts"), numbers("exposure"));
        let seasons = data["seasons"].as_u64().unwrap() as usize;
        let point = |(time, (count, exposure)): (usize, (&f64, &f64))| TrendPoint {
            time: time as f64,
            area: ExposedCount { count: *count as u64, person_years: *exposure },
        };
        Self {
            points: counts.iter().zip(&exposure).enumerate().map(point).collect(),
            rates: counts.iter().zip(&exposure).map(|(count, exposure)| count / exposure).collect(),
            seasons: (0..counts.len()).map(|step| step % seasons).collect(),
            expected: data["expected"].clone(),
        }
    }
}

fn within_seasons(level: ConfidenceLevel) -> Vec<Agreement> {
    let file: Value = serde_json::from_str(include_str!("../../fixtures/reference/seasons.json")).unwrap();
    let mut ranked = Agreement::of("Mann–Kendall and slope within seasons", "10 series, pymannkendall");
    let mut fitted = Agreement::within("Poisson trend with seasons", "10 series, statsmodels", Scale::Relative(FITTED));
    for one in file["series"].as_array().unwrap().iter().map(SeasonedSeries::of) {
        let ours = seasonal_mann_kendall(&one.rates, &one.seasons).unwrap();
        let steps = one.points.iter().zip(&one.rates);
        let line: Vec<SeriesPoint> =
            steps.map(|(point, rate)| SeriesPoint { time: point.time, value: *rate }).collect();
        let numbers = [
            ("rises", ours.rises as f64),
            ("tau", ours.tau),
            ("variance", ours.variance),
            ("z", ours.z),
            ("p", ours.p),
            ("slope", seasonal_theil_sen(&line, &one.seasons, level).unwrap().slope),
        ];
        note_all(&mut ranked, &numbers, &one.expected);
        let ours = seasonal_poisson_trend(&one.points, &one.seasons, level).unwrap();
        let numbers = [
            ("ratio", ours.per_step.ratio),
            ("log_standard_error", ours.per_step.log_standard_error),
            ("p", ours.per_step.p),
            ("dispersion", ours.dispersion.unwrap()),
        ];
        note_all(&mut fitted, &numbers, &one.expected["poisson"]);
    }
    vec![ranked, fitted]
}

/// Every comparison of this file.
pub(crate) fn agreements() -> Vec<Agreement> {
    let (level, series) = file();
    let of_columns = ["counts", "rates"].map(|key| [mann_kendalls(&series, key), theil_sens(&series, key, level)]);
    [of_columns.concat(), vec![poisson_trends(&series, level)], within_seasons(level)].concat()
}

#[test]
fn trends_are_those_of_the_references() {
    say_all(&agreements());
}
