//! Every statistic of 10,000 areas on a grid, and the pieces that take its time.

#![expect(clippy::unwrap_used, reason = "a bench fails by panicking")]

use std::hint::black_box;

use binhyen::statistics::kernel_density;
use binhyen::statistics::rate_profile;
use binhyen::statistics::{Bandwidth, Classification, ExposedCount, Neighbours, PlaneGrid, PlanePoint, class_breaks};
use criterion::{Criterion, criterion_group, criterion_main};

const SIDE: usize = 100;

/// Counts and residents that differ from cell to cell, the same in every run.
fn areas() -> Vec<ExposedCount> {
    let area = |index: usize| {
        let mixed = index.wrapping_mul(2_654_435_761) >> 7;
        let person_years = 500.0 + (mixed % 9_500) as f64;
        ExposedCount { count: (person_years / 1_800.0) as u64 * (mixed / 9_500 % 4) as u64, person_years }
    };
    (0..SIDE * SIDE).map(area).collect()
}

/// Queen or rook neighbours of a square grid.
fn grid(diagonal: usize) -> Neighbours {
    let near = |one: usize, other: usize| one.abs_diff(other) <= 1;
    let list = |index: usize| {
        let (column, row) = (index % SIDE, index / SIDE);
        let rows = row.saturating_sub(1)..(row + 2).min(SIDE);
        let around = rows.flat_map(move |other_row| {
            (column.saturating_sub(1)..(column + 2).min(SIDE)).map(move |other_column| (other_column, other_row))
        });
        around
            .filter(|&(other_column, other_row)| {
                let steps = column.abs_diff(other_column) + row.abs_diff(other_row);
                near(column, other_column) && (1..=diagonal).contains(&steps)
            })
            .map(|(other_column, other_row)| other_row * SIDE + other_column)
            .collect()
    };
    Neighbours::new((0..SIDE * SIDE).map(list).collect()).unwrap()
}

fn profiles(criterion: &mut Criterion) {
    let areas = areas();
    let mut group = criterion.benchmark_group("rate profile of 10,000 areas");
    group.sample_size(20);
    for (name, diagonal) in [("rook", 1), ("queen", 2)] {
        let neighbours = grid(diagonal);
        group.bench_function(name, |bench| bench.iter(|| rate_profile(black_box(&areas), &neighbours).unwrap()));
    }
    group.finish();
}

fn classes(criterion: &mut Criterion) {
    let rates: Vec<f64> = areas().iter().map(|area| area.count as f64 / area.person_years).collect();
    let mut group = criterion.benchmark_group("five classes of 10,000 rates");
    group.sample_size(10);
    for (name, classification) in
        [("quantile", Classification::Quantile), ("Fisher and Jenks", Classification::FisherJenks)]
    {
        group.bench_function(name, |bench| bench.iter(|| class_breaks(black_box(&rates), 5, classification)));
    }
    group.finish();
}

fn density(criterion: &mut Criterion) {
    let points: Vec<PlanePoint> = (0..10_000_u32)
        .map(|number| PlanePoint { x_m: f64::from(number * 7_919 % 50_000), y_m: f64::from(number * 104_729 % 50_000) })
        .collect();
    let grid = PlaneGrid::new(PlanePoint { x_m: 0.0, y_m: 0.0 }, 100.0, 500, 500).unwrap();
    let bandwidth = Bandwidth::new(1_000.0).unwrap();
    let mut group = criterion.benchmark_group("kernel density of 10,000 points on 250,000 cells");
    group.sample_size(10);
    group.bench_function("radius of 1 km", |bench| bench.iter(|| kernel_density(black_box(&points), bandwidth, &grid)));
    group.finish();
}

criterion_group!(benches, profiles, classes, density);
criterion_main!(benches);
