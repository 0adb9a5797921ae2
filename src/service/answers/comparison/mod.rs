//! Comparisons as JSON: areas in pairs, two periods of some areas, an area and the rest of a group.
//!
//! Every kind has the same members for a difference: the difference of the rates, their ratio with its limits, p, q,
//! what can be said, and a sentence.

pub(crate) mod against;
pub(crate) mod beside;
pub(crate) mod two_periods;

use serde_json::{Map, Value as Json, json};

use super::object;
use crate::assessment::comparison::Difference;
use crate::assessment::{MEASURED_LEVEL, Measured};
use crate::domain::text::Names;

/// What is said of a difference; all numbers are null where nothing can be said.
fn difference_members(found: Option<&Difference>, sentence: &Names) -> Map<String, Json> {
    object([
        ("rate_difference", json!(found.map(|found| found.rate_difference))),
        ("rate_ratio", json!(found.and_then(|found| found.rate_ratio))),
        ("low", json!(found.map(|found| found.low))),
        ("high", json!(found.and_then(|found| found.high))),
        ("p", json!(found.map(|found| found.p))),
        ("q", json!(found.map(|found| found.q))),
        ("difference", json!(found.map(|found| found.clear.as_str()))),
        ("sentence", json!(sentence)),
    ])
}

/// A count with its person-years and its rate.
pub(crate) fn measured_members(measured: Measured) -> Map<String, Json> {
    let rate = measured.rate();
    object([
        ("incidents", json!(measured.incidents)),
        ("population", json!(measured.residents)),
        ("person_years", json!(measured.person_years)),
        ("rate", json!(rate.map(|rate| rate.value))),
        ("rate_low", json!(rate.map(|rate| rate.low))),
        ("rate_high", json!(rate.map(|rate| rate.high))),
    ])
}

/// How differences are found; `over` says what q is adjusted over.
fn method(over: &str) -> Json {
    json!({
        "rate_unit": "per 100000 person-years",
        "level": MEASURED_LEVEL,
        "limits": "exact conditional (Clopper-Pearson)",
        "p": "exact conditional, two-sided",
        "q": format!("Benjamini-Hochberg over {over}"),
        "difference": "clear where the limits exclude 1 and q is at most 1 - level",
    })
}
