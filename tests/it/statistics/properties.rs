//! What must hold for every statistic whatever the numbers: no NaN, no order, no unit, no loss on merging.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use binhyen::statistics::{
    AreaProfile, AreaRating, ClassTable, ConfidenceLevel, ExposedCount, Neighbours, RateProfile, Standard,
};
use binhyen::statistics::{concentration, rate_profile};
use proptest::prelude::*;

/// Up to thirty areas in a row, some without people, some without events, some cut off from both sides.
fn maps() -> impl Strategy<Value = (Vec<ExposedCount>, Vec<Vec<usize>>)> {
    let exposure = prop_oneof![1 => Just(0.0), 6 => 1.0..50_000.0_f64];
    let count = prop_oneof![2 => Just(0_u64), 5 => 0_u64..40, 1 => 0_u64..5_000];
    let area = (count, exposure, 0_u8..5).prop_map(|(count, person_years, cut)| (count, person_years, cut == 0));
    proptest::collection::vec(area, 1..30).prop_map(|areas| {
        let n = areas.len();
        let linked = |one: usize, other: usize| !areas[one].2 && !areas[other].2;
        let around = |area: usize| [area.checked_sub(1), (area + 1 < n).then_some(area + 1)].into_iter().flatten();
        let lists = (0..n).map(|area| around(area).filter(|other| linked(area, *other)).collect()).collect();
        // Without exposure nothing is counted.
        let counted = |&(count, person_years, _): &(u64, f64, bool)| ExposedCount {
            count: if person_years > 0.0 { count } else { 0 },
            person_years,
        };
        (areas.iter().map(counted).collect(), lists)
    })
}

fn profile(areas: &[ExposedCount], lists: &[Vec<usize>]) -> RateProfile {
    rate_profile(areas, &Neighbours::new(lists.to_vec()).unwrap()).unwrap()
}

/// Every number of an area, absent ones as such.
fn numbers(profile: &RateProfile, index: usize) -> Vec<Option<f64>> {
    let own = profile.areas[index];
    let of = |number: fn(AreaProfile) -> f64| own.map(number);
    let maybe = |number: fn(AreaProfile) -> Option<f64>| own.and_then(number);
    let spatial = &profile.spatial;
    vec![
        of(|area| area.rate),
        of(|area| area.ratio),
        of(|area| area.p_upper),
        of(|area| area.p_lower),
        of(|area| area.eb_global),
        of(|area| area.shrink_weight),
        maybe(|area| area.posterior.map(|limits| limits.low)),
        maybe(|area| area.posterior.map(|limits| limits.high)),
        maybe(|area| area.prob_above_overall),
        maybe(|area| area.exact.map(|limits| limits.high)),
        maybe(|area| area.byar.map(|limits| limits.low)),
        maybe(|area| area.eb_local),
        maybe(|area| area.ebi_z),
        spatial.local_moran[index].map(|local| local.statistic),
        spatial.local_moran[index].and_then(|local| local.z),
        spatial.local_moran_q[index],
        spatial.gi_star[index].map(|spot| spot.z),
        spatial.gi_star_q[index],
        spatial.gi[index].map(|spot| spot.z),
        spatial.gi_q[index],
        profile.funnel.areas[index].map(|area| area.z),
        profile.funnel.areas[index].map(|area| area.z_adjusted),
    ]
}

fn close(one: Option<f64>, other: Option<f64>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => (one - other).abs() <= 1e-7 * one.abs().max(1.0),
        (one, other) => one == other,
    }
}

#[test]
fn area_that_holds_nearly_all_leaves_its_neighbour_the_same_deviate_in_any_order() {
    let area = |count, person_years| ExposedCount { count, person_years };
    let areas = [area(32, 30_596.652_743_958_362), area(0, 1.0), area(2_292, 15.379_606_567_753_719)];
    let turned: Vec<ExposedCount> = areas.iter().rev().copied().collect();
    let (one, other) = (profile(&areas, &[vec![], vec![2], vec![1]]), profile(&turned, &[vec![1], vec![0], vec![]]));
    for index in 0..3 {
        for (one, other) in numbers(&one, index).into_iter().zip(numbers(&other, 2 - index)) {
            assert!(close(one, other), "{one:?} {other:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_number_of_a_profile_is_nan_or_infinite((areas, lists) in maps()) {
        let profile = profile(&areas, &lists);
        for index in 0..areas.len() {
            prop_assert!(numbers(&profile, index).into_iter().flatten().all(f64::is_finite), "{:?}", profile.areas[index]);
            let absent = areas[index].person_years == 0.0;
            prop_assert_eq!(profile.areas[index].is_none(), absent);
            if lists[index].is_empty() {
                prop_assert_eq!((profile.spatial.gi_star[index], profile.spatial.local_moran[index]), (None, None));
            }
        }
        let overall = [profile.rate, profile.moran_ebi.map(|moran| moran.statistic), Some(profile.funnel.dispersion)];
        prop_assert!(overall.into_iter().flatten().all(f64::is_finite));
    }

    #[test]
    fn order_of_the_areas_changes_no_number((areas, lists) in maps()) {
        let n = areas.len();
        let turned_areas: Vec<ExposedCount> = areas.iter().rev().copied().collect();
        let turned_lists: Vec<Vec<usize>> =
            lists.iter().rev().map(|list| list.iter().map(|other| n - 1 - other).collect()).collect();
        let (one, other) = (profile(&areas, &lists), profile(&turned_areas, &turned_lists));
        for index in 0..n {
            for (one, other) in numbers(&one, index).into_iter().zip(numbers(&other, n - 1 - index)) {
                prop_assert!(close(one, other), "{one:?} {other:?}");
            }
        }
    }

    #[test]
    fn expected_counts_sum_to_the_observed((areas, lists) in maps()) {
        let profile = profile(&areas, &lists);
        let expected: f64 = profile.areas.iter().flatten().map(|area| area.expected).sum();
        prop_assert!((expected - profile.observed as f64).abs() <= 1e-9 * expected.max(1.0));
    }

    #[test]
    fn merging_two_areas_adds_what_they_expect_and_observe((areas, _) in maps()) {
        prop_assume!(areas.len() > 2);
        let sum = ExposedCount {
            count: areas[0].count + areas[1].count,
            person_years: areas[0].person_years + areas[1].person_years,
        };
        let merged: Vec<ExposedCount> = [sum].into_iter().chain(areas[2..].iter().copied()).collect();
        let alone = |areas: &[ExposedCount]| profile(areas, &vec![vec![]; areas.len()]);
        let (fine, coarse) = (alone(&areas), alone(&merged));
        prop_assert_eq!(fine.observed, coarse.observed);
        let expected = |area: Option<AreaProfile>| area.map_or(0.0, |area| area.expected);
        let parts = expected(fine.areas[0]) + expected(fine.areas[1]);
        prop_assert!((parts - expected(coarse.areas[0])).abs() <= 1e-9 * parts.max(1.0));
    }

    #[test]
    fn unit_of_exposure_does_not_matter((areas, lists) in maps(), unit in 0.01..100.0_f64) {
        let scaled: Vec<ExposedCount> =
            areas.iter().map(|area| ExposedCount { person_years: area.person_years * unit, ..*area }).collect();
        let (one, other) = (profile(&areas, &lists), profile(&scaled, &lists));
        for (one, other) in one.areas.iter().zip(&other.areas) {
            let (Some(one), Some(other)) = (one, other) else { continue };
            prop_assert!((one.ratio - other.ratio).abs() <= 1e-9 * one.ratio.max(1.0));
            prop_assert!((one.eb_global - other.eb_global * unit).abs() <= 1e-7 * one.eb_global);
            // Where the variance is next to none, rounding may leave one map with a posterior and the other without.
            if let (Some(one), Some(other)) = (one.prob_above_overall, other.prob_above_overall) {
                prop_assert!((one - other).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn weights_times_a_constant_change_no_rating(
        rows in proptest::collection::vec((0_u64..30, 0_u64..5, 1.0..9_000.0_f64), 2..15), factor in 0.05..20.0_f64,
    ) {
        let rated = |weights: [f64; 2]| {
            let years = rows.iter().map(|row| row.2).collect();
            let counts = rows.iter().flat_map(|row| [row.0, row.1]).collect();
            let table = ClassTable::with_common_exposure(&weights, years, counts).unwrap();
            Standard::of(&table).ratings(&table, ConfidenceLevel::new(0.8).unwrap()).unwrap()
        };
        for (one, other) in rated([3.0, 15.0]).into_iter().zip(rated([3.0 * factor, 15.0 * factor])) {
            let (one, other) = (one.unwrap(), other.unwrap());
            prop_assert!(close(one.ratio, other.ratio));
            let of = |rating: AreaRating| rating.estimate.map(|of| (of.median, of.reliability));
            let (one, other) = (of(one), of(other));
            prop_assert!(close(one.map(|of| of.0), other.map(|of| of.0)));
            prop_assert!(one.zip(other).is_none_or(|(one, other)| (one.1 - other.1).abs() < 1e-7));
        }
    }
}

#[test]
fn province_of_one_area_is_its_own_measure() {
    let areas = [ExposedCount { count: 7, person_years: 3_000.0 }];
    let profile = profile(&areas, &[vec![]]);
    let alone = profile.areas[0].unwrap();
    assert!((alone.ratio - 1.0).abs() < 1e-15);
    assert_eq!((alone.shrink_weight, alone.eb_local), (0.0, None));
    assert_eq!((profile.spatial.moran_row, profile.spatial.gi_star[0]), (None, None));
    assert_eq!(concentration(&[7.0]).unwrap().gini, 0.0);
}
