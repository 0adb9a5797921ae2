//! What caches are told an entry weighs is what it takes.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::hint::black_box;
use std::sync::Arc;

use binhyen::assessment::shared_figures::SharedFigures;
use binhyen::assessment::{Assessment, Assessor, assess};
use binhyen::domain::area::Level;
use binhyen::tile::encoding::encode::Evaluation;

use crate::support::province::everything;
use crate::support::sample::sample_snapshot;

/// What is told may be off by so much: blocks of the allocator are rounded up.
const TOLERANCE: f64 = 0.25;
const COPIES: usize = 400;

/// The bytes of memory that are resident.
fn resident_bytes() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches("kB").trim().parse::<f64>().unwrap() * 1024.0
}

/// How much memory many values take, and how much each says it holds.
fn measured<T>(make: impl Fn() -> T, held_bytes: impl Fn(&T) -> usize) -> (f64, f64) {
    // The first ones fill what the allocator has in hand.
    let first: Vec<T> = (0..COPIES / 4).map(|_| make()).collect();
    let before = resident_bytes();
    let values: Vec<T> = (0..COPIES).map(|_| make()).collect();
    let taken = resident_bytes() - before;
    let told = values.iter().map(&held_bytes).sum::<usize>() as f64;
    black_box((first, values));
    (taken, told)
}

fn assert_close(what: &str, (taken, told): (f64, f64)) {
    assert!((told / taken - 1.0).abs() < TOLERANCE, "{what}: {told} bytes are told, {taken} are taken");
}

#[test]
fn an_assessment_weighs_what_it_takes() {
    let (rules, snapshot) = sample_snapshot();
    let filter = everything(&rules, "2025-01", "2022-12-15", "2025-12-15");
    let assessment = assess(&snapshot, Level::Commune, &filter).unwrap();
    assert!(assessment.rows.len() > 50);
    assert_close("an assessment", measured(|| assessment.clone(), Assessment::held_bytes));
    let evaluation = || Evaluation::new(Arc::new(assessment.clone()));
    assert_close("an evaluation", measured(evaluation, Evaluation::weighed));
}

/// Filters whose periods end on different days need different figures of models and of certification, more than their
/// caches hold: what these let go is kept by the assessments alone, and weighs there.
#[test]
fn an_assessment_weighs_what_outlives_the_cache_that_computed_it() {
    const FILTERS: u32 = 30;
    let (rules, snapshot) = sample_snapshot();
    // Room for the figures of one filter or two.
    let figures = SharedFigures::new(|_| 1 << 20);
    let assessor = Assessor { snapshot: &snapshot, figures: &figures };
    let made = |number: u32| {
        let (year, month) = (2019 + number / 12, number % 12 + 1);
        let filter = everything(&rules, "2025-01", "2018-06-15", &format!("{year}-{month:02}-20"));
        let assessment = assessor.assess(Level::Commune, &filter).unwrap();
        // Weighed at once, as a cache does it.
        let told = assessment.held_bytes();
        (assessment, told)
    };
    let first: Vec<_> = (0..FILTERS).map(made).collect();
    let before = resident_bytes();
    let values: Vec<_> = (FILTERS..3 * FILTERS).map(made).collect();
    let taken = resident_bytes() - before;
    let told = values.iter().map(|(_, told)| *told as f64).sum();
    assert_close("assessments of many days", (taken, told));
    black_box((first, values));
}
