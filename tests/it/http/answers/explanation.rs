//! The explanation of a letter: the letter from the JSON alone, and what the public gets of it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

use serde_json::Value;
use statrs::distribution::{ContinuousCDF as _, Gamma};

use crate::support::snapshot::{PLANNER, TestServer, WINDOW};
use crate::support::{Role, ServerProcess};

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

fn close(ours: f64, theirs: &Value, what: &str) {
    let theirs = number(theirs);
    assert!((ours - theirs).abs() <= 1e-9 * theirs.abs().max(1e-6), "{what}: by hand {ours}, given {theirs}");
}

fn letter(ratio: f64, bands: &Value) -> &'static str {
    let place = bands.as_array().unwrap().iter().filter(|bound| ratio > number(bound)).count();
    ["A", "B", "C", "D", "E"][place]
}

/// Works the rating out from the counts, rates and weights of an explanation, and compares every step.
fn work_out(answer: &Value) {
    let (method, weighted) = (&answer["method"], &answer["weighted"]);
    let person_years = number(&answer["denominators"]["person_years"]);
    let classes = answer["classes"].as_array().unwrap();
    let (mut score, mut expected_score) = (0.0, 0.0);
    for class in classes {
        close(person_years * number(&class["rate_per_person_year"]), &class["expected"], "expected");
        score += number(&class["weight"]) * number(&class["observed"]);
        expected_score += number(&class["weight"]) * number(&class["expected"]);
    }
    close(score, &weighted["score"], "score");
    close(expected_score, &weighted["expected_score"], "expected score");
    let contributions: f64 = classes.iter().map(|class| number(&class["contribution"])).sum();
    close(1.0 + contributions, &weighted["raw_ratio"], "contributions sum to the ratio less 1");
    let (phi, mean, variance) =
        (number(&method["dispersion"]), number(&method["prior_mean"]), number(&method["prior_variance"]));
    let (count, expected) = (score / phi, expected_score / phi);
    close(variance / (variance + mean / expected), &weighted["reliability"], "reliability");
    let reliability = number(&weighted["reliability"]);
    let (shape, rate) = (mean * mean / variance + count, mean / variance + expected);
    close(shape, &weighted["posterior"]["shape"], "shape");
    close(rate, &weighted["posterior"]["rate"], "rate");
    let posterior = Gamma::new(shape, rate).unwrap();
    let tail = (1.0 - number(&method["interval"])) / 2.0;
    // The library bisects its quantiles to about eight digits; asking it for the probability is sharper.
    let at = |name: &str| posterior.cdf(number(&weighted[name]));
    assert!((at("ratio") - 0.5).abs() < 1e-9 && (at("ratio_low") - tail).abs() < 1e-9);
    assert!((at("ratio_high") - 1.0 + tail).abs() < 1e-9);
    assert!((posterior.sf(1.0) - number(&weighted["prob_above_1"])).abs() < 1e-9);
    let ends = ["ratio", "ratio_low", "ratio_high"].map(|name| number(&weighted[name]));
    let [own, best, worst] = ends.map(|ratio| letter(ratio, &method["bands"]));
    assert_eq!((&answer["grade_best"], &answer["grade_worst"]), (&Value::from(best), &Value::from(worst)));
    if reliability < number(&method["min_reliability"]) {
        assert_eq!((&answer["grade"], &answer["prob_letter"]), (&Value::from("insufficient"), &Value::Null));
        assert_eq!(answer["withheld"], "reliability_below_min_reliability");
        return;
    }
    let bounds: Vec<f64> = method["bands"].as_array().unwrap().iter().map(number).collect();
    let band = ["A", "B", "C", "D", "E"].iter().position(|letter| *letter == own).unwrap();
    let above = |bound: Option<&f64>| bound.map_or(0.0, |bound| posterior.sf(*bound));
    let below = band.checked_sub(1).map_or(1.0, |below| above(bounds.get(below)));
    let likely = below - above(bounds.get(band));
    assert!((likely - number(&answer["prob_letter"])).abs() < 1e-9, "{likely}");
    let is_letter = best == worst || likely >= number(&method["min_letter_probability"]);
    assert_eq!(answer["grade"], if is_letter { own } else { "range" });
    assert_eq!(answer["withheld"], if is_letter { Value::Null } else { "letter_below_min_probability".into() });
}

#[tokio::test]
async fn letter_follows_from_the_json_alone() {
    let server = TestServer::new();
    for code in ["20335", "502"] {
        let address = format!("/areas/2025-01/{code}/explanation?window={WINDOW}");
        work_out(&server.with_token(PLANNER, &address).await.json());
    }
}

#[test]
fn letters_of_the_sample_follow_from_the_json_alone() {
    let server = ServerProcess::on_sample();
    let ratings = server.get_as(Role::Planner, "/ratings?edition=2025-01").json();
    let rows = ratings["areas"].as_array().unwrap();
    let letters: std::collections::BTreeSet<&str> =
        rows.iter().step_by(9).map(|row| row["grade"].as_str().unwrap()).collect();
    assert!(letters.len() > 2, "the areas looked at have grades {letters:?}");
    for row in rows.iter().step_by(9) {
        let address = format!("/areas/2025-01/{}/explanation", row["code"].as_str().unwrap());
        let answer = server.get_as(Role::Planner, &address).json();
        assert_eq!(answer["grade"], row["grade"]);
        work_out(&answer);
    }
}

#[tokio::test]
async fn public_gets_no_class_and_no_posterior() {
    let server = TestServer::new();
    let answer = server.public(&format!("/areas/2025-01/20335/explanation?window={WINDOW}")).await.json();
    assert!(answer["classes"].is_null() && answer["weighted"]["posterior"].is_null());
    assert!(answer["weighted"]["score"].is_null() && answer["method"]["dispersion"].is_null());
    let sentence = &answer["sentence"];
    assert!(sentence["vi"].as_str().unwrap().starts_with("Phường An Xuân: từ 15/12/2021 đến 14/12/2022"), "{sentence}");
    assert!(sentence["en"].as_str().unwrap().contains("from 15 Dec 2021 to 14 Dec 2022"), "{sentence}");
}

#[tokio::test]
async fn hidden_count_stays_hidden_in_every_member() {
    let server = TestServer::new();
    let ratings = server.public(&format!("/ratings?edition=2025-01&window={WINDOW}")).await.json();
    let hidden = ratings["areas"].as_array().unwrap().iter().find(|row| row["incidents"].is_null()).unwrap();
    let code = hidden["code"].as_str().unwrap();
    let answer = server.public(&format!("/areas/2025-01/{code}/explanation?window={WINDOW}")).await.json();
    for member in ["observed", "expected", "ratio", "low", "high"] {
        assert!(answer["unweighted"][member].is_null(), "{member}");
    }
    assert!(answer["sentence"]["vi"].as_str().unwrap().contains("không được công bố"), "{}", answer["sentence"]);
    assert_eq!(answer["withheld"], "count_not_shown");
}

#[tokio::test]
async fn unknown_area_and_unreleased_filter_are_refused() {
    let server = TestServer::new();
    assert_eq!(server.public("/areas/2025-01/99999/explanation").await.status, 404);
    assert_eq!(server.public("/areas/2025-01/20335/explanation?from=2022-01-01&to=2022-02-01").await.status, 403);
    assert_eq!(server.public("/areas/2025-01/20335/explanation?why=1").await.status, 400);
}
