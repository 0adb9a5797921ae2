//! Probabilities of the bands of letters against `SciPy`, by numbers that `tests/reference/letters.py` writes.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use binhyen::statistics::{GammaPosterior, Limits};
use serde_json::Value;

use crate::support::agreement::{Agreement, Scale, say_all};

/// What a difference of two tails of one half each keeps of sixteen digits.
const TOLERANCE: f64 = 1e-13;

/// Every comparison of this file.
pub(crate) fn agreements() -> Vec<Agreement> {
    let file: Value = serde_json::from_str(include_str!("../../fixtures/reference/letters.json")).unwrap();
    let bounds = file["bounds"].as_array().unwrap().iter().map(|bound| bound.as_f64().unwrap());
    let ends: Vec<f64> = std::iter::once(0.0).chain(bounds).chain([f64::INFINITY]).collect();
    let mut agreement = Agreement::within("probability of a letter", "gamma posteriors", Scale::Absolute(TOLERANCE));
    for case in file["cases"].as_array().unwrap() {
        let number = |key: &str| case[key].as_f64().unwrap();
        let posterior = GammaPosterior::new(number("shape"), number("rate")).unwrap();
        for (ends, theirs) in ends.windows(2).zip(case["bands"].as_array().unwrap()) {
            let Some(theirs) = theirs.as_f64() else { continue };
            let ours = posterior.probability_within(Limits { low: ends[0], high: ends[1] });
            agreement.note(&format!("{case}"), ours, theirs);
        }
    }
    vec![agreement]
}

#[test]
fn letters_are_as_likely_as_the_reference_says() {
    say_all(&agreements());
}
